//! A tenant whose clock stands still, and callers with tokens of any kind.

use serde_json::{Value, json};
use tenant::clock::Change;
use tenant::contract::Watch;
use tenant::{Options, Running, Scenario};

/// Everything that Pimento may ask for.
pub const SCOPES: &str = "User.Read RoleEligibilitySchedule.Read.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                          RoleManagementPolicy.Read.Directory RoleManagement.Read.Directory \
                          PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup \
                          RoleManagementPolicy.Read.AzureADGroup GroupMember.Read.All";

pub struct Bench {
    pub tenant: Running,
    pub watch: Watch,
    http: reqwest::Client,
}

/// What a token says about the sign-in.
#[derive(Clone)]
pub struct Proof {
    pub scopes: &'static str,
    pub mfa: bool,
    pub context: bool,
    pub cp1: bool,
}

impl Default for Proof {
    fn default() -> Self {
        Self { scopes: SCOPES, mfa: true, context: true, cp1: true }
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn rows(&self) -> &[Value] {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body["value"].as_array().unwrap()
    }

    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    pub fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    /// One column of the rows.
    pub fn column(&self, name: &str) -> Vec<&str> {
        self.rows().iter().map(|row| row[name].as_str().unwrap_or_default()).collect()
    }
}

impl Bench {
    pub async fn contoso() -> Self {
        Self::new(Scenario::contoso()).await
    }

    pub async fn new(scenario: Scenario) -> Self {
        let tenant = tenant::start(Options { scenario, ..Options::default() }).await.unwrap();
        tenant.app().clock.change(&Change { rate: Some(0.0), ..Change::default() }).unwrap();
        let watch = Watch::over(tenant.app());
        // Nobody else may have chosen a provider yet; if somebody has, it is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { watch, http: reqwest::Client::builder().no_proxy().build().unwrap(), tenant }
    }

    pub fn scenario(&self) -> &Scenario {
        &self.tenant.app().scenario
    }

    pub fn id(&self, user: &str) -> String {
        self.scenario().user_named(user).unwrap().id.to_string()
    }

    pub fn role(&self, name: &str) -> String {
        self.scenario().role_named(name).unwrap().id.to_string()
    }

    pub fn pass(&self, duration: &str) {
        let change = Change { advance: Some(duration.to_owned()), ..Change::default() };
        self.tenant.app().clock.change(&change).unwrap();
    }

    /// A token of this tenant.
    pub fn token(&self, user: &str, proof: &Proof) -> String {
        let app = self.tenant.app();
        let user = app.scenario.user_named(user).unwrap();
        let now = app.clock.now().timestamp();
        let claims = json!({
            "aud": "https://graph.microsoft.com", "iat": now, "nbf": now, "exp": now + 400 * 86_400,
            "oid": user.id, "tid": app.scenario.organization.tenant_id, "upn": user.user_principal_name,
            "scp": proof.scopes, "appid": "14d82eec-204b-4c2f-b7e8-296a70dab67e",
            "amr": if proof.mfa { vec!["pwd", "mfa"] } else { vec!["pwd"] },
            "acrs": if proof.context { vec!["c1"] } else { vec![] },
            "xms_cc": if proof.cp1 { vec!["cp1"] } else { vec![] },
            "aio": app.sts().epochs(user.id).access.to_string(),
        });
        app.keys.sign(&claims)
    }

    pub async fn get(&self, user: &str, path: &str) -> Answer {
        self.call("GET", user, path, &Value::Null, &Proof::default()).await
    }

    pub async fn post(&self, user: &str, path: &str, body: &Value) -> Answer {
        self.call("POST", user, path, body, &Proof::default()).await
    }

    pub async fn get_with_bad_token(&self, path: &str) -> Answer {
        let url = format!("{}/{path}", self.tenant.endpoints().graph);
        Self::answer(self.http.get(url).bearer_auth("x.y.z").send().await.unwrap()).await
    }

    /// Any call; `path` begins at the version, or is a whole address.
    pub async fn call(&self, method: &str, user: &str, path: &str, body: &Value, proof: &Proof) -> Answer {
        let graph = &self.tenant.endpoints().graph;
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{graph}/{path}") };
        let mut request = self.http.request(method.parse().unwrap(), url).bearer_auth(self.token(user, proof));
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        Self::answer(request.send().await.unwrap()).await
    }

    /// A GET, with `ConsistencyLevel: eventual` or without.
    pub async fn look(&self, user: &str, path: &str, proof: &Proof, eventual: bool) -> Answer {
        let url = format!("{}/{path}", self.tenant.endpoints().graph);
        let mut request = self.http.get(url).bearer_auth(self.token(user, proof));
        if eventual {
            request = request.header("ConsistencyLevel", "eventual");
        }
        Self::answer(request.send().await.unwrap()).await
    }

    async fn answer(response: reqwest::Response) -> Answer {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        Answer { status, body, headers }
    }

    /// A flawless activation by Maya for one hour.
    pub fn activation(&self, role: &str) -> Value {
        json!({
            "action": "selfActivate",
            "principalId": self.id("maya"),
            "roleDefinitionId": self.role(role),
            "directoryScopeId": "/",
            "justification": "Warehouse scanners are offline",
            "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": "PT1H" } },
            "ticketInfo": { "ticketNumber": "INC-4711", "ticketSystem": "ServiceNow" },
        })
    }

    pub fn deactivation(&self, role: &str) -> Value {
        json!({
            "action": "selfDeactivate",
            "principalId": self.id("maya"),
            "roleDefinitionId": self.role(role),
            "directoryScopeId": "/",
        })
    }
}

pub const DIRECTORY: &str = "v1.0/roleManagement/directory";

/// `filterByCurrentUser` on a collection.
pub fn mine(collection: &str, on: &str) -> String {
    format!("{DIRECTORY}/{collection}/filterByCurrentUser(on='{on}')")
}

pub fn requests() -> String {
    format!("{DIRECTORY}/roleAssignmentScheduleRequests")
}

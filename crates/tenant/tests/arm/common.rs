//! A tenant whose clock stands still, and callers with tokens for Azure.

use serde_json::{Value, json};
use tenant::clock::Change;
use tenant::contract::Watch;
use tenant::{Options, Running, Scenario};

pub const PIM: &str = "providers/Microsoft.Authorization";
pub const PRODUCTION: &str = "subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01";
pub const WAREHOUSES: &str = "subscriptions/2e8b6a90-7c1d-4f53-8b29-1a4c9d7e3f02";
pub const DEVELOPMENT: &str = "subscriptions/61d4c3b2-a8f7-4e09-93c5-8e7b6f5a4d03";
pub const CONNECTIVITY: &str = "subscriptions/b7a5e1f4-29c8-4d36-87e0-3c6d9b2a8f04";
pub const LOGISTICS: &str = "providers/Microsoft.Management/managementGroups/contoso-logistics";

pub struct Bench {
    pub tenant: Running,
    _watch: Watch,
    http: reqwest::Client,
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

    /// What the rows are about: role and scope, by name.
    pub fn names(&self) -> Vec<String> {
        let name = |row: &Value| {
            let expanded = &row["properties"]["expandedProperties"];
            let text = |value: &Value| value["displayName"].as_str().unwrap_or_default().to_owned();
            format!("{} at {}", text(&expanded["roleDefinition"]), text(&expanded["scope"]))
        };
        self.rows().iter().map(name).collect()
    }
}

/// What a token says about the sign-in.
#[derive(Clone, Copy)]
pub struct Proof {
    pub mfa: bool,
    pub context: bool,
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
        Self { _watch: watch, http: reqwest::Client::builder().no_proxy().build().unwrap(), tenant }
    }

    pub fn id(&self, user: &str) -> String {
        self.tenant.app().scenario.user_named(user).unwrap().id.to_string()
    }

    pub fn pass(&self, duration: &str) {
        let change = Change { advance: Some(duration.to_owned()), ..Change::default() };
        self.tenant.app().clock.change(&change).unwrap();
    }

    pub fn token(&self, user: &str, audience: &str, proof: Proof) -> String {
        let app = self.tenant.app();
        let user = app.scenario.user_named(user).unwrap();
        let now = app.clock.now().timestamp();
        app.keys.sign(&json!({
            "aud": audience, "iat": now, "nbf": now, "exp": now + 400 * 86_400,
            "oid": user.id, "tid": app.scenario.organization.tenant_id, "upn": user.user_principal_name,
            "scp": "user_impersonation", "appid": "7b5e3c1a-92d4-4f68-8a0b-1c6d5e4f3a29",
            "amr": if proof.mfa { vec!["pwd", "mfa"] } else { vec!["pwd"] },
            "acrs": if proof.context { vec!["c1"] } else { vec![] },
            "xms_cc": ["cp1"], "aio": app.sts().epochs(user.id).access.to_string(),
        }))
    }

    /// A call with any token; `path` is below the endpoint, or a whole address.
    pub async fn with_token(&self, method: &str, path: &str, body: &Value, token: &str) -> Answer {
        let arm = &self.tenant.endpoints().arm;
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{arm}/{path}") };
        let mut request = self.http.request(method.parse().unwrap(), url).bearer_auth(token);
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        Answer { status, body, headers }
    }

    pub async fn call(&self, method: &str, user: &str, path: &str, body: &Value, proof: Proof) -> Answer {
        let token = self.token(user, "https://management.azure.com", proof);
        self.with_token(method, path, body, &token).await
    }

    pub async fn get(&self, user: &str, path: &str) -> Answer {
        self.call("GET", user, path, &Value::Null, STRONG).await
    }

    /// What concerns a user, read at a scope; the tenant's root is empty.
    pub async fn mine(&self, user: &str, scope: &str, list: &str) -> Answer {
        let scope = if scope.is_empty() { String::new() } else { format!("{scope}/") };
        self.get(user, &format!("{scope}{PIM}/{list}?api-version=2020-10-01&$filter=asTarget()")).await
    }

    /// Maya's request for one of her eligible roles at a scope, one hour long.
    pub fn request(&self, kind: &str, role: &str) -> Value {
        let role = self.tenant.app().scenario.azure.roles.iter().find(|known| known.display_name == role).unwrap().id;
        json!({ "properties": {
            "principalId": self.id("maya"),
            "roleDefinitionId": format!("/providers/Microsoft.Authorization/roleDefinitions/{role}"),
            "requestType": kind,
            "justification": "Scanners are offline",
            "ticketInfo": { "ticketNumber": "INC-1", "ticketSystem": "ServiceNow" },
            "scheduleInfo": { "expiration": { "type": "AfterDuration", "endDateTime": null, "duration": "PT1H" } },
        } })
    }

    pub async fn put(&self, scope: &str, name: u128, body: &Value) -> Answer {
        self.call("PUT", "maya", &path(scope, name), body, STRONG).await
    }
}

/// Everything proved.
pub const STRONG: Proof = Proof { mfa: true, context: true };

pub fn path(scope: &str, name: u128) -> String {
    let name = uuid::Uuid::from_u128(name);
    format!("{scope}/{PIM}/roleAssignmentScheduleRequests/{name}?api-version=2020-10-01")
}

//! Every error code of the collection can be met, and which ones only with a fault on demand.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::faults::{Fault, Rule};

use crate::common::{Answer, Bench, PIM, PRODUCTION, Proof, STRONG, WAREHOUSES, path};

/// What no behaviour of this tenant leads to: statuses and texts are the collection's.
const ON_DEMAND: [(&str, u16); 4] = [
    // Policies are changed by administrators, elsewhere.
    ("InvalidPolicy", 400),
    // Throttled by accident is nobody here.
    ("TooManyRequests", 429),
    // One client's table only, without a request that leads to it.
    ("RoleEligibilityScheduleRequestNotFound", 404),
    ("serviceNotAvailable", 503),
];

const GROUPS: &str = "v1.0/identityGovernance/privilegedAccess/group";
const ROLES: &str = "v1.0/roleManagement/directory";
const PIM_SCOPES: &str = "User.Read RoleEligibilitySchedule.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory \
                          RoleManagementPolicy.Read.Directory PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup";

/// The codes that were met so far.
#[derive(Default)]
struct Met(BTreeSet<String>);

impl Met {
    fn expect(&mut self, answer: &Answer, status: u16, code: &str) {
        assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.body);
        self.0.insert(code.to_owned());
    }
}

struct Graph<'a>(&'a Bench);

impl Graph<'_> {
    fn token(&self, user: &str, scopes: &str, proof: Proof) -> String {
        let app = self.0.tenant.app();
        let user = app.scenario.user_named(user).unwrap();
        let now = app.clock.now().timestamp();
        app.keys.sign(&json!({
            "aud": "https://graph.microsoft.com", "iat": now, "nbf": now, "exp": now + 400 * 86_400,
            "oid": user.id, "tid": app.scenario.organization.tenant_id, "upn": user.user_principal_name,
            "scp": scopes, "appid": "7b5e3c1a-92d4-4f68-8a0b-1c6d5e4f3a29",
            "amr": if proof.mfa { vec!["pwd", "mfa"] } else { vec!["pwd"] },
            "acrs": if proof.context { vec!["c1"] } else { vec![] },
            "xms_cc": ["cp1"], "aio": app.sts().epochs(user.id).access.to_string(),
        }))
    }

    async fn call(&self, method: &str, user: &str, path: &str, body: &Value) -> Answer {
        let token = self.token(user, PIM_SCOPES, STRONG);
        self.with(method, path, body, &token).await
    }

    async fn with(&self, method: &str, path: &str, body: &Value, token: &str) -> Answer {
        let url = format!("{}/{path}", self.0.tenant.endpoints().graph);
        self.0.with_token(method, &url, body, token).await
    }

    fn activation(&self, role: &str) -> Value {
        json!({
            "action": "selfActivate", "principalId": self.0.id("maya"), "directoryScopeId": "/",
            "roleDefinitionId": self.0.tenant.app().scenario.role_named(role).unwrap().id,
            "justification": "Scanners", "ticketInfo": { "ticketNumber": "INC-1" },
            "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
        })
    }
}

/// In Microsoft Graph.
async fn meet_in_graph(met: &mut Met) {
    let bench = Bench::contoso().await;
    let graph = Graph(&bench);
    let requests = format!("{ROLES}/roleAssignmentScheduleRequests");
    let post = async |body: &Value| graph.call("POST", "maya", &requests, body).await;
    let users = graph.activation("User Administrator");
    assert_eq!(post(&users).await.status, 201);
    met.expect(&post(&users).await, 400, "RoleAssignmentExists");
    let mut end = users.clone();
    end["action"] = json!("selfDeactivate");
    met.expect(&post(&end).await, 400, "ActiveDurationTooShort");
    let mut absent = graph.activation("Teams Administrator");
    absent["action"] = json!("selfDeactivate");
    met.expect(&post(&absent).await, 400, "RoleAssignmentDoesNotExist");
    let approval = graph.activation("Global Administrator");
    assert_eq!(post(&approval).await.status, 201);
    met.expect(&post(&approval).await, 400, "PendingRoleAssignmentRequest");
    let mut later = graph.activation("Groups Administrator");
    later["scheduleInfo"]["startDateTime"] =
        json!((bench.tenant.app().clock.now() + chrono::TimeDelta::hours(1)).to_rfc3339());
    assert_eq!(post(&later).await.status, 201);
    met.expect(&post(&later).await, 400, "OverlapsPendingRoleAssignmentRequests");
    let mut silent = graph.activation("Teams Administrator");
    silent["justification"] = Value::Null;
    met.expect(&post(&silent).await, 400, "RoleAssignmentRequestPolicyValidationFailed");
    let plain = graph.token("maya", PIM_SCOPES, Proof { context: false, ..STRONG });
    let context = graph.with("POST", &requests, &graph.activation("Security Administrator"), &plain).await;
    met.expect(&context, 400, "RoleAssignmentRequestAcrsValidationFailed");
    let mut nobody = graph.activation("Teams Administrator");
    nobody["principalId"] = json!("nobody");
    met.expect(&post(&nobody).await, 404, "SubjectNotFound");
    let mut nothing = graph.activation("Teams Administrator");
    nothing["roleDefinitionId"] = json!("00000000-0000-4000-8000-000000000000");
    met.expect(&post(&nothing).await, 404, "RoleNotFound");
    let mut other = graph.activation("Teams Administrator");
    other["principalId"] = json!(bench.id("ines"));
    met.expect(&post(&other).await, 400, "InvalidRoleAssignmentRequest");
    let get = async |path: &str| graph.call("GET", "maya", path, &Value::Null).await;
    met.expect(&get(&format!("{ROLES}/roleEligibilitySchedules")).await, 403, "Authorization_RequestDenied");
    met.expect(&get(&format!("{ROLES}/roleEligibilitySchedules/nope")).await, 404, "ResourceNotFound");
    met.expect(&get("v1.0/policies/roleManagementPolicyAssignments").await, 400, "InvalidFilter");
    met.expect(&get(&format!("{GROUPS}/assignmentSchedules")).await, 400, "BadRequest");
    met.expect(&graph.call("PUT", "maya", &requests, &json!({})).await, 405, "Request_BadRequest");
    let token = graph.token("maya", "User.Read", STRONG);
    let scopeless = graph.with("GET", &requests, &Value::Null, &token).await;
    let nested: Value = serde_json::from_str(scopeless.message()).unwrap();
    assert_eq!(nested["errorCode"], "PermissionScopeNotGranted");
    met.expect(&scopeless, 403, "UnknownError");
    met.0.insert("PermissionScopeNotGranted".to_owned());
    met.expect(&graph.with("GET", "v1.0/me", &Value::Null, "x.y.z").await, 401, "InvalidAuthenticationToken");
    let id = post(&graph.activation("Compliance Administrator")).await.body["id"].as_str().unwrap().to_owned();
    let steps = format!("beta/roleManagement/directory/roleAssignmentApprovals/{id}/steps");
    let step = graph.call("GET", "omar", &steps, &Value::Null).await.rows()[0]["id"].as_str().unwrap().to_owned();
    let decision = json!({ "reviewResult": "Deny", "justification": "No" });
    let decide = async || graph.call("PATCH", "omar", &format!("{steps}/{step}"), &decision).await;
    assert_eq!(decide().await.status, 204);
    met.expect(&decide().await, 409, "RequestConflict");
    let depends = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/nonsense" },
        { "id": "2", "method": "GET", "url": "/me", "dependsOn": ["1"] },
    ] });
    let batch = graph.call("POST", "maya", "v1.0/$batch", &depends).await;
    let second = batch.body["responses"].as_array().unwrap().iter().find(|answer| answer["id"] == "2").unwrap();
    assert_eq!(second["body"]["error"]["code"], "FailedDependency");
    met.0.insert("FailedDependency".to_owned());

    let mut scenario = Scenario::contoso();
    scenario.switches.license = false;
    let bench = Bench::new(scenario).await;
    let path = format!("{ROLES}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')");
    let unlicensed = Graph(&bench).call("GET", "maya", &path, &Value::Null).await;
    met.expect(&unlicensed, 400, "AadPremiumLicenseRequired");

    // The only owner of a group stays.
    let mut scenario = Scenario::contoso();
    scenario.groups.iter_mut().for_each(|group| group.owners.clear());
    let bench = Bench::new(scenario).await;
    let graph = Graph(&bench);
    let groups = &bench.tenant.app().scenario.groups;
    let group = groups.iter().find(|group| group.display_name == "Warehouse Dashboards").unwrap().id;
    let mut owner = json!({
        "accessId": "owner", "groupId": group, "principalId": bench.id("maya"), "action": "selfActivate",
        "justification": "x", "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
    });
    let path = format!("{GROUPS}/assignmentScheduleRequests");
    assert_eq!(graph.call("POST", "maya", &path, &owner).await.status, 201);
    bench.pass("PT6M");
    owner["action"] = json!("selfDeactivate");
    met.expect(&graph.call("POST", "maya", &path, &owner).await, 400, "CannotDeleteLastAdminAssignment");
}

/// In Azure Resource Manager.
async fn meet_in_azure(met: &mut Met) {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_policies_readable = false;
    scenario.switches.azure_mandatory_mfa = true;
    let bench = Bench::new(scenario).await;
    let pim = "api-version=2020-10-01";
    let list = format!("{PIM}/roleEligibilityScheduleInstances");
    let nowhere = "subscriptions/00000000-0000-4000-8000-000000000000";
    for (path, status, code) in [
        (format!("{list}?{pim}"), 403, "InsufficientPermissions"),
        (format!("{PRODUCTION}/{PIM}/roleManagementPolicies?{pim}"), 403, "AuthorizationFailed"),
        (list.clone(), 400, "MissingApiVersionParameter"),
        ("tenants?api-version=1".to_owned(), 400, "InvalidApiVersionParameter"),
        (format!("{list}?api-version=1"), 400, "InvalidResourceType"),
        (format!("{nowhere}/{list}?{pim}"), 404, "SubscriptionNotFound"),
        (format!("{PRODUCTION}/resourceGroups/x/{list}?{pim}"), 404, "ResourceGroupNotFound"),
        (format!("{list}?{pim}&$filter=asTarget()&$skiptoken=!"), 400, "InvalidSkipToken"),
    ] {
        met.expect(&bench.get("maya", &path).await, status, code);
    }
    met.expect(
        &bench.call("DELETE", "maya", &format!("{list}?{pim}"), &Value::Null, STRONG).await,
        405,
        "HttpMethodNotSupported",
    );
    let body = bench.request("SelfActivate", "Contributor");
    let put = async |member: &str, value: Value| {
        let mut body = body.clone();
        body["properties"][member] = value;
        bench.put(WAREHOUSES, 1, &body).await
    };
    let nothing = json!("/x/00000000-0000-4000-8000-000000000000");
    met.expect(&put("roleDefinitionId", nothing).await, 404, "RoleDefinitionDoesNotExist");
    let past = json!({ "startDateTime": "2020-01-01T00:00:00Z" });
    met.expect(&put("scheduleInfo", past).await, 400, "InvalidRoleAssignmentRequestSchedule");
    met.expect(&bench.put(WAREHOUSES, 1, &json!([])).await, 400, "InvalidRequestContent");
    let nameless = path(WAREHOUSES, 1).replace(&uuid::Uuid::from_u128(1).to_string(), "mine");
    let unnamed = bench.call("PUT", "maya", &nameless, &body, STRONG).await;
    met.expect(&unnamed, 400, "InvalidRoleAssignmentScheduleRequestId");
    let weak = Proof { mfa: false, context: false };
    let disallowed = bench.call("PUT", "maya", &path(WAREHOUSES, 1), &body, weak).await;
    met.expect(&disallowed, 403, "RequestDisallowedByAzure");
    let graph = bench.token("maya", "https://graph.microsoft.com", STRONG);
    for (token, code) in [(graph.as_str(), "InvalidAuthenticationTokenAudience"), ("", "AuthenticationFailed")] {
        met.expect(&bench.with_token("GET", &list, &Value::Null, token).await, 401, code);
    }
    let token = bench.token("maya", "https://management.azure.com", STRONG);
    bench.pass("P401D");
    met.expect(&bench.with_token("GET", &list, &Value::Null, &token).await, 401, "ExpiredAuthenticationToken");
}

#[tokio::test]
async fn every_code_of_the_collection_can_be_met() {
    let mut met = Met::default();
    meet_in_graph(&mut met).await;
    meet_in_azure(&mut met).await;
    let natural = met.0.len();
    assert!(natural >= 30, "only {natural}: {:?}", met.0);

    let bench = Bench::contoso().await;
    for (code, status) in ON_DEMAND {
        let body = json!({ "error": { "code": code, "message": "Made on demand." } });
        let fault = Fault::Answer { status, headers: std::collections::BTreeMap::default(), body };
        let rule = Rule { method: None, path: "/arm/tenants".to_owned(), after: 0, times: 1, fault };
        bench.tenant.app().faults.add(rule);
        met.expect(&bench.get("maya", "tenants?api-version=2022-12-01").await, status, code);
    }

    let folder = std::env::var_os("PIMENTO_CONTRACTS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/contracts"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(folder.join("error-codes.json")) else {
        // Not `eprintln!`, which the test harness hides when tests pass.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: there is no collection of error codes in {} ***\n",
            folder.display()
        );
        return;
    };
    let collection: Value = serde_json::from_str(&text).unwrap();
    let known: Vec<&str> =
        collection["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    let missing: Vec<_> = known.iter().filter(|code| !met.0.contains(**code)).collect();
    assert!(known.len() >= 20 && missing.is_empty(), "never met: {missing:?}");
}

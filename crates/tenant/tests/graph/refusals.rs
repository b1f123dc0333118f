//! Errors with the service's codes, texts and shapes.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::faults::{Fault, Rule};
use tenant::scenario::{MissingScope, PolicyMessages};

use crate::common::{Bench, DIRECTORY, Proof, mine, requests};

#[tokio::test]
async fn errors_have_graph_s_shape() {
    let bench = Bench::contoso().await;
    let mut activation = bench.activation("User Administrator");
    activation["scheduleInfo"]["expiration"]["duration"] = json!("PT9H");
    let refused = bench.post("maya", &requests(), &activation).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.code(), "RoleAssignmentRequestPolicyValidationFailed");
    assert_eq!(
        refused.message(),
        "The following policy rules failed: ExpirationRule - The duration in the request is greater than maximum allowed duration"
    );
    let inner = &refused.body["error"]["innerError"];
    assert_eq!(inner["date"].as_str().unwrap().len(), "2026-09-09T14:01:18".len());
    assert_eq!(inner["request-id"], refused.headers["request-id"].to_str().unwrap());
    assert_eq!(inner["client-request-id"], refused.headers["client-request-id"].to_str().unwrap());
    assert!(refused.headers["content-type"].to_str().unwrap().starts_with("application/json"));
}

#[tokio::test]
async fn the_older_format_of_policy_failures() {
    let mut scenario = Scenario::contoso();
    scenario.switches.policy_messages = PolicyMessages::Documented;
    let bench = Bench::new(scenario).await;
    let proof = Proof { mfa: false, ..Proof::default() };
    let refused = bench.call("POST", "maya", &requests(), &bench.activation("User Administrator"), &proof).await;
    assert_eq!(refused.message(), r#"The following policy rules failed: ["MfaRule"]"#);
}

#[tokio::test]
async fn an_authentication_context_is_demanded_in_the_message() {
    let bench = Bench::contoso().await;
    let activation = bench.activation("Security Administrator");
    for proof in [Proof { context: false, ..Proof::default() }, Proof { cp1: false, ..Proof::default() }] {
        let refused = bench.call("POST", "maya", &requests(), &activation, &proof).await;
        assert_eq!((refused.status, refused.code()), (400, "RoleAssignmentRequestAcrsValidationFailed"));
        assert!(
            refused.message().starts_with("&claims=%7B%22access_token%22%3A%7B%22acrs%22"),
            "{}",
            refused.message()
        );
    }
    assert_eq!(bench.post("maya", &requests(), &activation).await.status, 201);
}

#[tokio::test]
async fn a_missing_scope_is_named_in_nested_json() {
    let bench = Bench::contoso().await;
    let proof = Proof { scopes: "User.Read", ..Proof::default() };
    let path = mine("roleAssignmentScheduleInstances", "principal");
    let refused = bench.call("GET", "maya", &path, &Value::Null, &proof).await;
    assert_eq!((refused.status, refused.code()), (403, "UnknownError"));
    let nested: Value = serde_json::from_str(refused.message()).unwrap();
    assert_eq!(nested["errorCode"], "PermissionScopeNotGranted");
    assert!(nested["message"].as_str().unwrap().contains("RoleAssignmentSchedule.Read.Directory,"));
    // Reading is not writing: requests take the ReadWrite scope even to be read.
    let proof = Proof { scopes: "RoleAssignmentSchedule.Read.Directory", ..Proof::default() };
    assert_eq!(bench.call("GET", "maya", &path, &Value::Null, &proof).await.status, 200);
    let path = mine("roleAssignmentScheduleRequests", "principal");
    assert_eq!(bench.call("GET", "maya", &path, &Value::Null, &proof).await.status, 403);

    let mut scenario = Scenario::contoso();
    scenario.switches.missing_scope = MissingScope::Plain;
    let bench = Bench::new(scenario).await;
    assert_eq!(bench.call("GET", "maya", &path, &Value::Null, &proof).await.code(), "PermissionScopeNotGranted");
}

#[tokio::test]
async fn a_tenant_without_a_licence() {
    let mut scenario = Scenario::contoso();
    scenario.switches.license = false;
    let bench = Bench::new(scenario).await;
    for path in [
        mine("roleEligibilityScheduleInstances", "principal"),
        "v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
            .to_owned(),
    ] {
        let refused = bench.get("maya", &path).await;
        assert_eq!((refused.status, refused.code()), (400, "AadPremiumLicenseRequired"));
    }
    assert_eq!(bench.get("maya", "v1.0/me").await.status, 200);
}

/// Microsoft's own package for Python writes lengths so.
#[tokio::test]
async fn time_spans_are_taken_where_a_switch_says_so() {
    let mut scenario = Scenario::contoso();
    scenario.switches.iso_durations_only = false;
    let bench = Bench::new(scenario).await;
    let mut body = bench.activation("Reports Reader");
    for (length, status) in [("for 90 minutes", 400), ("1:30:00", 201)] {
        body["scheduleInfo"]["expiration"]["duration"] = json!(length);
        let answer = bench.post("maya", &requests(), &body).await;
        assert_eq!(answer.status, status, "{length}: {}", answer.body);
    }
    let active = bench.get("maya", &mine("roleAssignmentScheduleInstances", "principal")).await;
    let row = active.rows().iter().find(|row| row["assignmentType"] == "Activated").unwrap();
    let at = |name: &str| row[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(at("endDateTime") - at("startDateTime"), chrono::TimeDelta::minutes(90));
}

#[tokio::test]
async fn bodies_that_make_no_sense() {
    let bench = Bench::contoso().await;
    let with = |path: &[&str], value: Value| {
        let mut body = bench.activation("User Administrator");
        let (last, parents) = path.split_last().unwrap();
        let mut at = &mut body;
        for parent in parents {
            at = &mut at[*parent];
        }
        at[*last] = value;
        body
    };
    let hour_ago = (bench.tenant.app().clock.now() - chrono::TimeDelta::hours(1)).format("%Y-%m-%dT%H:%M:%S");
    for (body, status, code) in [
        (with(&["action"], json!("selfDestruct")), 400, "InvalidRoleAssignmentRequest"),
        (with(&["action"], Value::Null), 400, "InvalidRoleAssignmentRequest"),
        (with(&["principalId"], json!(bench.id("ines"))), 400, "InvalidRoleAssignmentRequest"),
        (with(&["principalId"], json!("maya")), 404, "SubjectNotFound"),
        (with(&["roleDefinitionId"], json!("7be44c8a-adaf-4e2a-84d6-ab2649e08a14")), 404, "RoleNotFound"),
        (with(&["directoryScopeId"], json!("everywhere")), 400, "InvalidRoleAssignmentRequest"),
        (with(&["appScopeId"], json!("/x")), 400, "InvalidRoleAssignmentRequest"),
        (with(&["scheduleInfo", "startDateTime"], json!(hour_ago.to_string())), 400, "InvalidRoleAssignmentRequest"),
        (with(&["scheduleInfo", "startDateTime"], json!("tomorrow")), 400, "BadRequest"),
        (with(&["scheduleInfo", "expiration", "duration"], json!("5:30:00")), 400, "BadRequest"),
        (with(&["scheduleInfo", "expiration", "duration"], Value::Null), 400, "InvalidRoleAssignmentRequest"),
        (with(&["scheduleInfo", "expiration", "type"], json!("never")), 400, "BadRequest"),
        (with(&["scheduleInfo", "recurrence"], json!({})), 400, "InvalidRoleAssignmentRequest"),
        (with(&["justificaton"], json!("misspelt")), 400, "BadRequest"),
        (json!([]), 400, "BadRequest"),
    ] {
        let refused = bench.post("maya", &requests(), &body).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{body}");
    }
    let patched = bench.call("PATCH", "maya", &requests(), &json!({}), &Proof::default()).await;
    assert_eq!(patched.status, 405);
}

#[tokio::test]
async fn a_bad_token_is_refused_before_anything_else() {
    let bench = Bench::contoso().await;
    let refused = bench.get_with_bad_token(&format!("{DIRECTORY}/nonsense")).await;
    assert_eq!((refused.status, refused.code()), (401, "InvalidAuthenticationToken"));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let mut scenario = Scenario::contoso();
    let breakglass = scenario.user_named("breakglass").unwrap().id;
    scenario.assigned.retain(|grant| grant.principal != breakglass);
    let bench = Bench::new(scenario).await;
    let created = bench.post("maya", &requests(), &bench.activation("Global Administrator")).await;
    assert_eq!(created.body["status"], "PendingApproval");
    let id = created.body["id"].as_str().unwrap().parse().unwrap();
    let app = bench.tenant.app();
    let omar = app.scenario.user_named("omar").unwrap().id;
    app.with_pim(|pim, now| pim.decide(&app.scenario, omar, id, true, "fine", now)).unwrap();
    bench.pass("PT6M");
    let refused = bench.post("maya", &requests(), &bench.deactivation("Global Administrator")).await;
    assert_eq!((refused.status, refused.code()), (400, "CannotDeleteLastAdminAssignment"));
}

#[tokio::test]
async fn throttling_meets_the_next_call_only() {
    let bench = Bench::contoso().await;
    let fault = Fault::Throttle { retry_after: 7, date: false };
    let rule = Rule { method: None, path: "/me".to_owned(), after: 0, times: 1, fault };
    bench.tenant.app().faults.add(rule);
    let refused = bench.get("maya", "v1.0/me").await;
    assert_eq!((refused.status, refused.headers["retry-after"].to_str().unwrap()), (429, "7"));
    assert_eq!(bench.get("maya", "v1.0/me").await.status, 200);
}

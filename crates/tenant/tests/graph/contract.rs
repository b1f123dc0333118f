//! That the check of the contract catches what it should.

use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tenant::contract::{Contracts, Watch};
use tenant::graph::Observation;

use crate::common::{Bench, mine};

fn observation(method: Method, target: &str, status: u16, body: Value) -> Observation {
    let status = StatusCode::from_u16(status).unwrap();
    Observation { version: "v1.0", method, target: target.to_owned(), status, body: Some(body) }
}

#[tokio::test]
async fn wrong_answers_are_caught() {
    let contracts = Contracts::committed();
    let bench = Bench::contoso().await;
    let path =
        format!("{}?$expand=roleDefinition,principal&$top=1", mine("roleEligibilityScheduleInstances", "principal"));
    let target = path.trim_start_matches("v1.0/");
    let good = bench.get("maya", &path).await.body;
    let check = |body: &Value| contracts.check(&observation(Method::GET, target, 200, body.clone()));
    assert_eq!(check(&good), Vec::<String>::new());

    let spoilt = |spoil: fn(&mut Value)| {
        let mut body = good.clone();
        spoil(&mut body);
        body
    };
    for (what, body) in [
        ("a misspelt property", spoilt(|b| b["value"][0]["principleId"] = json!("x"))),
        ("a wrong type", spoilt(|b| b["value"][0]["memberType"] = json!(1))),
        ("no instant", spoilt(|b| b["value"][0]["startDateTime"] = json!("yesterday"))),
        ("a misspelt property of what was expanded", spoilt(|b| b["value"][0]["roleDefinition"]["name"] = json!("x"))),
        (
            "a user's property on a group",
            spoilt(|b| b["value"][0]["principal"]["@odata.type"] = json!("#microsoft.graph.group")),
        ),
        ("no list", spoilt(|b| b["value"] = json!({}))),
        ("a member beside the list", spoilt(|b| b["values"] = json!([]))),
    ] {
        assert!(!check(&body).is_empty(), "{what} passed");
    }

    let request = json!({ "id": "x", "action": "selfActivate", "createdBy": { "user": { "id": "x" } } });
    let requests = "roleManagement/directory/roleAssignmentScheduleRequests";
    let check = |status, body: Value| contracts.check(&observation(Method::POST, requests, status, body));
    assert_eq!(check(201, request.clone()), Vec::<String>::new());
    let mut spoilt = request.clone();
    spoilt["action"] = json!("selfDestruct");
    assert!(!check(201, spoilt).is_empty(), "an unknown action passed");
    let mut spoilt = request.clone();
    spoilt["createdBy"]["user"]["oid"] = json!("x");
    assert!(!check(201, spoilt).is_empty(), "an unknown member of an identity passed");
    // Case does not matter.
    let mut pascal = request;
    pascal["action"] = json!("SelfActivate");
    assert_eq!(check(201, pascal), Vec::<String>::new());

    assert!(!check(400, json!({ "error": "text" })).is_empty(), "an error without a code passed");
    assert!(!check(400, json!({ "error": { "code": "x", "message": "y", "inner_error": {} } })).is_empty());
    let nowhere = observation(Method::GET, "nowhere", 200, json!({}));
    assert!(!contracts.check(&nowhere).is_empty(), "an unknown path passed");
    let patched = observation(Method::PUT, requests, 200, json!({}));
    assert!(!contracts.check(&patched).is_empty(), "an unknown operation passed");
}

#[tokio::test]
async fn rules_are_checked_by_their_type() {
    let contracts = Contracts::committed();
    let target = "policies/roleManagementPolicies/x/rules/y";
    let check = |body: Value| contracts.check(&observation(Method::GET, target, 200, body));
    let rule = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": "Expiration_EndUser_Assignment", "maximumDuration": "PT8H",
    });
    assert_eq!(check(rule.clone()), Vec::<String>::new());
    let mut spoilt = rule.clone();
    spoilt["enabledRules"] = json!([]);
    assert!(!check(spoilt).is_empty(), "another rule's property passed");
    let mut spoilt = rule;
    spoilt["maximumDuration"] = json!("8 hours");
    assert!(!check(spoilt).is_empty(), "no duration passed");
}

#[test]
fn azure_s_answers_are_checked_too() {
    let contracts = Contracts::committed();
    let check = |target: &str, status, body: Value| {
        contracts.check(&Observation { version: "arm", ..observation(Method::GET, target, status, body) })
    };
    for scope in ["", "subscriptions/1/resourceGroups/2/"] {
        let target =
            format!("{scope}providers/Microsoft.Authorization/roleEligibilityScheduleInstances?api-version=2020-10-01");
        let row = |name: &str, value: Value| json!({ "value": [{ "name": "1", "properties": { name: value } }] });
        for (name, value) in [
            ("memberType", json!("Group")),
            ("endDateTime", Value::Null),
            ("startDateTime", json!("2026-10-09T18:30:12Z")),
        ] {
            assert_eq!(check(&target, 200, row(name, value)), Vec::<String>::new());
        }
        for (name, value) in
            [("memberType", json!("Elsewhere")), ("endDate", Value::Null), ("startDateTime", json!("yesterday"))]
        {
            assert_eq!(check(&target, 200, row(name, value)).len(), 1, "{name}");
        }
        assert_eq!(check(&target, 404, json!({ "error": { "code": "x", "message": "y" } })), Vec::<String>::new());
        assert!(!check(&target, 404, json!({ "error": { "code": "x" } })).is_empty());
    }
    assert!(!check("providers/Microsoft.Authorization/elsewhere", 200, json!({})).is_empty());
}

#[tokio::test]
async fn a_watched_tenant_is_seen_and_its_mistakes_fail_the_test() {
    let bench = Bench::contoso().await;
    let observe = |body| observation(Method::GET, "me", 200, body);
    bench.watch.look(&observe(json!({ "id": "x" })));
    assert_eq!(bench.watch.take_complaints(), Vec::<String>::new());
    bench.watch.look(&observe(json!({ "oid": "x" })));
    assert!(!bench.watch.take_complaints().is_empty());

    let wrong = Watch::over(bench.tenant.app());
    wrong.look(&observe(json!({ "oid": "x" })));
    let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(wrong)));
    assert!(dropped.is_err());

    // And the tenant does tell of its answers, those to bad tokens included.
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    bench.tenant.app().observer.watch(move |observation| {
        sink.lock().unwrap().push((observation.target.clone(), observation.status.as_u16()));
    });
    bench.get("maya", "v1.0/me").await;
    let requests = json!([{ "id": "1", "method": "GET", "url": "/organization" }]);
    bench.post("maya", "v1.0/$batch", &json!({ "requests": requests })).await;
    bench.get_with_bad_token("beta/me").await;
    let expected = [("me", 200), ("organization", 200), ("$batch", 200), ("me", 401)];
    assert_eq!(*seen.lock().unwrap(), expected.map(|(target, status)| (target.to_owned(), status)));
}

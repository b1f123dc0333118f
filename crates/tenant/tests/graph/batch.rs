//! `$batch`.

use serde_json::{Value, json};
use tenant::Scenario;
use tenant::faults::{Fault, Rule};

use crate::common::{Answer, Bench};

async fn batch(bench: &Bench, requests: Value) -> Answer {
    bench.post("maya", "v1.0/$batch", &json!({ "requests": requests })).await
}

fn response<'a>(answer: &'a Answer, id: &str) -> &'a Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["responses"].as_array().unwrap().iter().find(|response| response["id"] == id).unwrap()
}

fn activate(bench: &Bench, id: &str, role: &str) -> Value {
    json!({
        "id": id, "method": "POST", "url": "/roleManagement/directory/roleAssignmentScheduleRequests",
        "headers": { "Content-Type": "application/json" }, "body": bench.activation(role),
    })
}

#[tokio::test]
async fn each_call_has_its_own_status() {
    let bench = Bench::contoso().await;
    let answer = batch(
        &bench,
        json!([
            { "id": "me", "method": "GET", "url": "/me?$select=id" },
            activate(&bench, "one", "User Administrator"),
            activate(&bench, "two", "User Administrator"),
            { "id": "list", "method": "get", "url": "roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition" },
            { "id": "nowhere", "method": "GET", "url": "/nonsense" },
        ]),
    )
    .await;
    assert_eq!(response(&answer, "me")["body"]["id"], bench.id("maya"));
    assert_eq!(response(&answer, "one")["status"], 201);
    assert_eq!(response(&answer, "two")["status"], 400);
    assert_eq!(response(&answer, "two")["body"]["error"]["code"], "RoleAssignmentExists");
    assert!(response(&answer, "two")["body"]["error"]["innerError"]["request-id"].is_string());
    assert_eq!(response(&answer, "list")["body"]["value"].as_array().unwrap().len(), 2);
    assert!(response(&answer, "list")["headers"]["Content-Type"].as_str().unwrap().starts_with("application/json"));
    assert_eq!(response(&answer, "nowhere")["status"], 400);
    let order: Vec<_> = answer.body["responses"].as_array().unwrap().iter().map(|r| r["id"].clone()).collect();
    assert_ne!(order[0], "me", "answers come in any order");
}

#[tokio::test]
async fn throttled_within_a_success() {
    let bench = Bench::contoso().await;
    let fault = Fault::Throttle { retry_after: 3, date: false };
    let rule = Rule {
        method: Some("POST".to_owned()),
        path: "roleAssignmentScheduleRequests".to_owned(),
        after: 1,
        times: 1,
        fault,
    };
    bench.tenant.app().faults.add(rule);
    let requests = json!([activate(&bench, "1", "User Administrator"), activate(&bench, "2", "Groups Administrator")]);
    let answer = batch(&bench, requests).await;
    assert_eq!(response(&answer, "1")["status"], 201);
    assert_eq!(response(&answer, "2")["status"], 429);
    assert_eq!(response(&answer, "2")["headers"]["Retry-After"], "3");
    assert_eq!(response(&answer, "2")["body"]["error"]["code"], "TooManyRequests");
}

#[tokio::test]
async fn what_depends_on_a_failure_fails() {
    let bench = Bench::contoso().await;
    let mut second = activate(&bench, "2", "Groups Administrator");
    second["dependsOn"] = json!(["1"]);
    let first = json!({ "id": "1", "method": "GET", "url": "/nonsense" });
    let answer = batch(&bench, json!([first, second])).await;
    assert_eq!(response(&answer, "2")["status"], 424);
    let fine = json!({ "id": "1", "method": "GET", "url": "/me" });
    let answer = batch(&bench, json!([fine, second])).await;
    assert_eq!(response(&answer, "2")["status"], 201);
}

#[tokio::test]
async fn reading_may_come_with_an_empty_body_and_counts_are_text() {
    let bench = Bench::contoso().await;
    let answer = batch(
        &bench,
        json!([
            { "id": "1", "method": "GET", "url": "/me", "headers": {}, "body": {}, "dependsOn": [] },
            { "id": "2", "method": "GET", "url": "/roleManagement/directory/roleDefinitions/$count" },
        ]),
    )
    .await;
    assert_eq!(response(&answer, "1")["status"], 200);
    let roles = Scenario::contoso().roles.len();
    let count = response(&answer, "2");
    assert_eq!((&count["headers"]["Content-Type"], &count["body"]), (&json!("text/plain"), &json!(roles)));
}

#[tokio::test]
async fn batches_that_are_refused_as_a_whole() {
    let bench = Bench::contoso().await;
    let me = |id: usize| json!({ "id": id.to_string(), "method": "GET", "url": "/me" });
    let many: Vec<Value> = (0..21).map(me).collect();
    let untyped = json!({ "id": "1", "method": "POST", "url": "/x", "body": {} });
    for requests in [
        json!([]),
        json!(many),
        json!([me(1), me(1)]),
        json!([{ "id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/me" }]),
        json!([{ "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] }]),
        json!([untyped]),
        json!("x"),
    ] {
        assert_eq!(batch(&bench, requests.clone()).await.status, 400, "{requests}");
    }
    let nested = batch(&bench, json!([{ "id": "1", "method": "POST", "url": "/$batch" }])).await;
    assert_eq!(response(&nested, "1")["status"], 400);
}

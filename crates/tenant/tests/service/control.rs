//! The control endpoint: clock, faults, request log, ledger.

use std::time::Duration;

use crate::common::*;
use serde_json::{Value, json};
use tenant::Options;

#[tokio::test]
async fn the_clock_is_set_advanced_stopped_and_streamed() {
    let client = tenant().await;
    let url = format!("{}/clock/stream", client.tenant.endpoints().control);
    let mut stream = client.http.get(url).send().await.unwrap();
    let mut line = async || -> Value { serde_json::from_slice(&stream.chunk().await.unwrap().unwrap()).unwrap() };
    assert_eq!(line().await["rate"], 1.0);
    client.control("/clock", json!({ "rate": 0, "set": "2026-11-20T08:00:00Z" })).await;
    assert_eq!(line().await, json!({ "now": "2026-11-20T08:00:00.000Z", "rate": 0.0 }));
    client.control("/clock", json!({ "advance": "PT8H" })).await;
    assert_eq!(line().await["now"], "2026-11-20T16:00:00.000Z");
    assert_eq!(client.control_get("/clock").await["now"], "2026-11-20T16:00:00.000Z");

    let answer = client.http.get(client.url("/common/v2.0/.well-known/openid-configuration")).send().await.unwrap();
    assert_eq!(answer.headers()["date"], "Fri, 20 Nov 2026 16:00:00 GMT");
    for nonsense in [json!({ "advance": "8 hours" }), json!({ "rate": -1 }), json!({}), json!({ "sett": "x" })] {
        assert!((400..500).contains(&client.control("/clock", nonsense.clone()).await), "{nonsense}");
    }
    assert_eq!(client.control_get("/clock").await["now"], "2026-11-20T16:00:00.000Z");
}

async fn fault(client: &Client, fault: Value) {
    let rule = json!({ "method": "GET", "path": "/graph/v1.0/me", "fault": fault });
    assert_eq!(client.control("/faults", rule).await, 204);
}

#[tokio::test]
async fn the_next_matching_request_meets_the_fault_and_the_one_after_does_not() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let token = tokens["access_token"].as_str().unwrap();
    let url = format!("{}/v1.0/me", client.tenant.endpoints().graph);
    let me = async || client.http.get(&url).bearer_auth(token).send().await;

    client.control("/clock", json!({ "rate": 0, "set": "2026-11-20T08:00:00Z" })).await;
    client.control("/clock", json!({ "rate": 0 })).await;
    fault(&client, json!({ "kind": "throttle", "retryAfter": 7, "date": true })).await;
    let throttled = me().await.unwrap();
    assert_eq!(
        (throttled.status().as_u16(), &throttled.headers()["retry-after"]),
        (429, &"Fri, 20 Nov 2026 08:00:07 GMT".parse().unwrap())
    );
    fault(&client, json!({ "kind": "unavailable", "retryAfter": 2 })).await;
    assert_eq!(me().await.unwrap().status(), 503);
    fault(&client, json!({ "kind": "answer", "status": 418, "headers": { "x-a": "b" }, "body": { "c": 1 } })).await;
    let answered = me().await.unwrap();
    assert_eq!((answered.status().as_u16(), answered.headers()["x-a"].as_bytes()), (418, b"b".as_slice()));
    fault(&client, json!({ "kind": "html" })).await;
    assert!(me().await.unwrap().text().await.unwrap().starts_with("<!DOCTYPE html>"));
    fault(&client, json!({ "kind": "huge", "bytes": 1_000_000 })).await;
    assert!(me().await.unwrap().bytes().await.unwrap().len() > 1_000_000);
    for kind in ["drop-before", "drop-after"] {
        fault(&client, json!({ "kind": kind })).await;
        assert!(me().await.is_err(), "{kind}");
    }
    fault(&client, json!({ "kind": "truncate", "bytes": 10 })).await;
    assert!(me().await.unwrap().bytes().await.is_err());
    fault(&client, json!({ "kind": "delay", "milliseconds": 1 })).await;
    assert_ne!(me().await.unwrap().status(), 429);
    assert_eq!(client.control_get("/faults").await, json!([]));
    assert_eq!(client.control("/faults", json!({ "fault": { "kind": "gremlins" } })).await, 422);

    let log = client.control_get("/requests").await;
    let faults: Vec<&str> = log.as_array().unwrap().iter().filter_map(|entry| entry["fault"].as_str()).collect();
    let made = ["throttle", "unavailable", "answer", "html", "huge", "drop-before", "drop-after", "truncate", "delay"];
    assert_eq!(faults, made);
}

#[tokio::test]
async fn the_log_counts_requests_and_compressed_bytes_and_keeps_no_secrets() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let last = client.control_get("/requests").await.as_array().unwrap().last().unwrap()["number"].as_u64().unwrap();
    let document = client.url("/common/v2.0/.well-known/openid-configuration");
    let answer = client.http.get(&document).send().await.unwrap();
    let text = answer.text().await.unwrap();
    client.me(tokens["access_token"].as_str().unwrap()).await;
    let log = client.control_get(&format!("/requests?after={last}")).await;
    let entries = log.as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["encoding"], "gzip");
    assert!((1..text.len() as u64).contains(&entries[0]["bytes"].as_u64().unwrap()), "{}", entries[0]);
    assert_eq!(entries[1]["path"], "/graph/v1.0/me");
    assert!(entries[1]["user"].as_str().unwrap().starts_with("maya@"));

    let all = client.control_get("/requests").await.to_string();
    assert!(!all.contains(VERIFIER) && !all.contains("the state"), "parameters of sign-in are not logged");
    let url = format!("{}/requests", client.tenant.endpoints().control);
    client.http.delete(url).send().await.unwrap();
    assert_eq!(client.control_get("/requests").await, json!([]));
}

#[tokio::test]
async fn latency_is_added_to_every_answer_but_those_of_the_control_endpoint() {
    let client = with(Options { latency: Duration::from_millis(60), ..Options::default() }).await;
    client.http.get(client.url("/common/v2.0/.well-known/openid-configuration")).send().await.unwrap();
    let log = client.control_get("/requests").await;
    assert!(log[0]["milliseconds"].as_i64().unwrap() >= 60, "{log}");
    client.control("/settings", json!({ "latency": 120 })).await;
    client.http.get(client.url("/common/v2.0/.well-known/openid-configuration")).send().await.unwrap();
    let log = client.control_get("/requests").await;
    assert!(log[1]["milliseconds"].as_i64().unwrap() >= 120, "{log}");
    assert_eq!(client.control_get("/settings").await, json!({ "deviceCodeInterval": 5, "latency": 120 }));
    // The client keeps its connection; another client has one of its own.
    reqwest::get(client.url("/common/v2.0/.well-known/openid-configuration")).await.unwrap();
    let log = client.control_get("/requests").await;
    assert_eq!(log[0]["connection"], log[1]["connection"]);
    assert!(log[2]["connection"].as_u64() > log[1]["connection"].as_u64(), "{log}");
}

#[tokio::test]
async fn the_overview_is_what_the_command_line_announces() {
    let client = tenant().await;
    client.control("/clock", json!({ "rate": 0 })).await;
    let overview = client.control_get("").await;
    let announced = client.tenant.announcement();
    assert_eq!(client.control_get("/").await, overview);
    for member in ["authority", "graph", "arm", "control", "tenantId", "clientId", "users"] {
        assert_eq!(overview[member], announced[member], "{member}");
        assert!(!announced[member].is_null(), "{member}");
    }
    let canary = overview["canaries"][0].as_str().unwrap();
    let tokens = client.sign_in(&maya(), &[]).await;
    assert!(tokens["refresh_token"].as_str().unwrap().contains(canary));
    let events = client.control_get("/ledger").await;
    let events: Vec<_> = events.as_array().unwrap().iter().map(|entry| entry["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["consent", "signIn"]);
}

#[tokio::test]
async fn a_web_page_elsewhere_cannot_reach_the_tenant_under_its_own_name() {
    let client = tenant().await;
    let url = format!("{}/clock", client.tenant.endpoints().control);
    let rebound = client.http.get(&url).header("host", "evil.example:80").send().await.unwrap();
    assert_eq!(rebound.status(), 421);
    let form = client.http.post(&url).header("content-type", "text/plain").body(r#"{"rate":0}"#).send().await.unwrap();
    assert_eq!(form.status(), 415, "JSON only, which browsers do not send across origins without asking");
}

#[tokio::test]
async fn the_approver_decides_over_the_control_endpoint_and_a_new_token_has_the_role() {
    let client = tenant().await;
    // Strong enough for whatever the role's policy demands.
    let claims_wanted = r#"{"access_token":{"xms_cc":{"values":["cp1"]},"amr":{"essential":true,"values":["mfa"]}}}"#;
    let tokens = client.sign_in(&maya(), &[("claims", claims_wanted)]).await;
    let scenario = &client.tenant.app().scenario;
    let maya = scenario.user_named("maya").unwrap();
    let of_maya = |grant: &&tenant::scenario::Grant| {
        let policy = scenario.policy(grant.role, grant.scope).unwrap();
        scenario.covers(grant.principal, maya.id) && policy.approval && policy.authentication_context.is_none()
    };
    let role = scenario.eligible.iter().find(of_maya).unwrap();
    let url =
        format!("{}/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", client.tenant.endpoints().graph);
    let request = json!({
        "action": "selfActivate", "principalId": maya.id, "roleDefinitionId": role.role,
        "directoryScopeId": String::from(role.scope), "justification": "Rotating the keys",
        "ticketInfo": { "ticketNumber": "4711", "ticketSystem": "Desk" },
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT30M" } },
    });
    let token = tokens["access_token"].as_str().unwrap();
    let ask = async || -> Value {
        let answer = client.http.post(&url).bearer_auth(token).json(&request).send().await.unwrap();
        answer.json().await.unwrap()
    };
    let status = async |id: &Value| -> Value {
        let url = format!("{url}/{}", id.as_str().unwrap());
        let answer = client.http.get(url).bearer_auth(token).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["status"].clone()
    };

    let first = ask().await;
    assert_eq!(first["status"], "PendingApproval", "{first}");
    assert_eq!(client.control("/deny", json!({ "requestId": first["id"], "justification": "No" })).await, 204);
    assert_eq!(status(&first["id"]).await, "Denied");
    assert_eq!(client.control("/approve", json!({ "requestId": first["id"] })).await, 409, "decided already");

    let second = ask().await;
    let own = json!({ "requestId": second["id"], "approver": "maya" });
    assert_eq!(client.control("/approve", own).await, 403, "nobody approves an own request");
    assert_eq!(client.control("/approve", json!({ "requestId": second["id"] })).await, 204);
    assert_eq!(status(&second["id"]).await, "Provisioned");
    assert_eq!(client.control("/approve", json!({ "requestId": maya.id })).await, 404);

    let has_role =
        |tokens: &Value| claims(&tokens["access_token"])["wids"].as_array().unwrap().contains(&json!(role.role));
    assert!(!has_role(&tokens), "a token keeps its content");
    // It takes a moment to take effect.
    assert_eq!(client.control("/clock", json!({ "advance": "PT5S" })).await, 200);
    let renewed = client.refresh(tokens["refresh_token"].as_str().unwrap(), &[]).await.1;
    assert!(has_role(&renewed));
}

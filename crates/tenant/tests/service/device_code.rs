//! Signing in by device code.

use crate::common::*;
use serde_json::{Value, json};
use tenant::robot::{RobotError, approve_device_code};
use tenant::sts::clients::PIMENTO;

async fn begin(client: &Client) -> Value {
    let form = [("client_id", PIMENTO.id), ("scope", SCOPE), ("claims", CP1)];
    let url = client.url("/organizations/oauth2/v2.0/devicecode");
    client.http.post(url).form(&form).send().await.unwrap().json().await.unwrap()
}

async fn poll(client: &Client, begun: &Value) -> (u16, Value) {
    let grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    client.token(&[("grant_type", grant_type), ("device_code", begun["device_code"].as_str().unwrap())]).await
}

fn user_code(begun: &Value) -> &str {
    begun["user_code"].as_str().unwrap()
}

#[tokio::test]
async fn pending_then_approved_then_spent() {
    let client = tenant().await;
    let begun = begin(&client).await;
    assert_eq!((&begun["expires_in"], &begun["interval"]), (&json!(900), &json!(5)));
    assert!(begun["message"].as_str().unwrap().contains(user_code(&begun)));
    let (status, pending) = poll(&client, &begun).await;
    assert_eq!((status, &pending["error"]), (400, &json!("authorization_pending")));
    assert_eq!(poll(&client, &begun).await.1["error"], "slow_down", "sooner than the interval");

    let lower = user_code(&begun).to_lowercase();
    approve_device_code(client.tenant.endpoints(), &lower, "maya").await.unwrap();
    let (status, tokens) = poll(&client, &begun).await;
    assert_eq!(status, 200, "{tokens}");
    assert_eq!(claims(&tokens["access_token"])["xms_cc"], json!(["cp1"]));
    assert!(tokens["refresh_token"].is_string() && tokens["id_token"].is_string());
    assert_eq!(poll(&client, &begun).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn declined_expired_and_unknown_codes() {
    let client = tenant().await;
    client.control("/settings", json!({ "deviceCodeInterval": 0 })).await;
    let declined = begin(&client).await;
    assert_eq!(declined["interval"], 0);
    let person = maya().who_declines_consent();
    person.approve_device_code(&client.tenant.endpoints().authority, user_code(&declined)).await.unwrap();
    assert_eq!(poll(&client, &declined).await.1["error"], "authorization_declined");

    let late = begin(&client).await;
    client.control("/clock", json!({ "advance": "PT15M" })).await;
    assert_eq!(poll(&client, &late).await.1["error"], "expired_token");
    let entered = approve_device_code(client.tenant.endpoints(), user_code(&late), "maya").await;
    assert!(matches!(entered, Err(RobotError::Refused(_))), "{entered:?}");
    assert_eq!(poll(&client, &json!({ "device_code": "x" })).await.1["error"], "bad_verification_code");
}

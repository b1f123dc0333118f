//! Refresh tokens, step-up, revocation, consent: what the token endpoint and Graph say about tokens.

use crate::common::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tenant::sts::clients::ALL;

fn refresh_token(tokens: &Value) -> &str {
    tokens["refresh_token"].as_str().unwrap()
}

fn access_token(tokens: &Value) -> &str {
    tokens["access_token"].as_str().unwrap()
}

#[tokio::test]
async fn refresh_tokens_rotate_and_the_old_one_still_works() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let (status, renewed) = client.refresh(refresh_token(&tokens), &[]).await;
    assert_eq!(status, 200, "{renewed}");
    assert_ne!(renewed["refresh_token"], tokens["refresh_token"]);
    assert_eq!(renewed["scope"], tokens["scope"]);
    assert_eq!(client.refresh(refresh_token(&tokens), &[]).await.0, 200);
    assert_eq!(client.refresh(refresh_token(&renewed), &[]).await.0, 200);
    assert_eq!(client.refresh("0.Amade-up", &[]).await.1["error"], "invalid_grant");
    let other = client.refresh(refresh_token(&tokens), &[("client_id", ALL[1].id)]).await.1;
    assert_eq!(other["error"], "invalid_grant", "a refresh token is bound to its client");
}

#[tokio::test]
async fn a_refresh_token_serves_another_resource_but_one_at_a_time() {
    let client = tenant().await;
    let both = format!("{SCOPE} https://management.azure.com/user_impersonation");
    let arrival = maya().sign_in(&client.authorize(&[("scope", &both)])).await.unwrap();
    let two = client.redeem(code(&arrival), &[("scope", &both)]).await.1;
    assert_eq!(two["error_codes"], json!([28_000]));
    let arrival = maya().sign_in(&client.authorize(&[("scope", &both)])).await.unwrap();
    let tokens = client.redeem(code(&arrival), &[]).await.1;
    assert_eq!(claims(&tokens["access_token"])["aud"], "https://graph.microsoft.com");
    let arm = [("scope", "https://management.azure.com/.default")];
    let (status, other) = client.refresh(refresh_token(&tokens), &arm).await;
    assert_eq!(status, 200, "{other}");
    assert_eq!(claims(&other["access_token"])["aud"], "https://management.azure.com");
    assert_eq!(claims(&other["access_token"])["scp"], "user_impersonation");
    assert_eq!(client.me(access_token(&other)).await.status(), 401, "a token for ARM is none for Graph");
}

#[tokio::test]
async fn scopes_nobody_consented_to_are_refused() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let (status, refused) = client.refresh(refresh_token(&tokens), &[("scope", "AuditLog.Read.All")]).await;
    assert_eq!((status, &refused["error_codes"]), (400, &json!([65_001])));
    assert_eq!(client.refresh(refresh_token(&tokens), &[]).await.0, 200, "the refresh token survives that");
}

#[tokio::test]
async fn every_permission_means_those_that_were_consented_to() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let every = [("scope", "https://graph.microsoft.com/.default")];
    let (status, some) = client.refresh(refresh_token(&tokens), &every).await;
    assert_eq!(status, 200, "{some}");
    let scp = claims(&some["access_token"])["scp"].as_str().unwrap().to_owned();
    assert!(scp.contains("RoleAssignmentSchedule.ReadWrite.Directory") && !scp.contains("AuditLog"), "{scp}");
    let told: Vec<&str> = some["scope"].as_str().unwrap().split(' ').collect();
    assert!(told.contains(&every[0].1), "clients look for what they asked for: {told:?}");
    // Of Azure there is nothing yet.
    let azure = [("scope", "https://management.azure.com/.default")];
    assert_eq!(client.refresh(refresh_token(&tokens), &azure).await.1["error_codes"], json!([65_001]));
    let arrival = maya().sign_in(&client.authorize(&[("scope", &format!("openid {}", every[0].1))])).await.unwrap();
    let (status, whole) = client.redeem(code(&arrival), &[]).await;
    assert_eq!(status, 200, "{whole}");
}

#[tokio::test]
async fn microsofts_own_clients_are_a_family() {
    let client = tenant().await;
    let scope = "https://graph.microsoft.com/User.Read offline_access";
    let (cli, powershell) = (ALL[2].id, ALL[3].id);
    let arrival = maya().sign_in(&client.authorize(&[("client_id", cli), ("scope", scope)])).await.unwrap();
    let tokens = client.redeem(code(&arrival), &[("client_id", cli)]).await.1;
    assert_eq!(tokens["foci"], "1");
    let azure = [("client_id", powershell), ("scope", "https://management.azure.com/.default")];
    let (status, other) = client.refresh(refresh_token(&tokens), &azure).await;
    assert_eq!(status, 200, "{other}");
    assert_eq!(claims(&other["access_token"])["appid"], powershell);
    let stranger = client.refresh(refresh_token(&tokens), &[]).await.1;
    assert_eq!(stranger["error_codes"], json!([700_005]));
}

#[tokio::test]
async fn who_signed_in_is_told_in_openid_connects_own_way() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    let document = client.http.get(client.url("/organizations/v2.0/.well-known/openid-configuration"));
    let document: Value = document.send().await.unwrap().json().await.unwrap();
    let url = document["userinfo_endpoint"].as_str().unwrap();
    let told = client.http.get(url).bearer_auth(access_token(&tokens)).send().await.unwrap();
    let told: Value = told.json().await.unwrap();
    assert_eq!(told["sub"], claims(&tokens["id_token"])["sub"]);
    assert_eq!((&told["name"], told.get("email")), (&json!("Maya Lindqvist"), None));
    assert_eq!(client.http.get(url).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn ninety_idle_days_end_a_refresh_token() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    client.control("/clock", json!({ "advance": "P89D" })).await;
    let renewed = client.refresh(refresh_token(&tokens), &[]).await.1;
    client.control("/clock", json!({ "advance": "P89D" })).await;
    assert_eq!(client.refresh(refresh_token(&renewed), &[]).await.0, 200);
    client.control("/clock", json!({ "advance": "P90D" })).await;
    assert_eq!(client.refresh(refresh_token(&renewed), &[]).await.1["error_codes"], json!([700_082]));
}

#[tokio::test]
async fn only_a_page_can_raise_the_authentication_context() {
    let client = tenant().await;
    let browser = maya();
    let tokens = client.sign_in(&browser, &[]).await;
    let wanted = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}}"#;
    let (status, refused) = client.refresh(refresh_token(&tokens), &[("claims", wanted)]).await;
    assert_eq!((status, &refused["error"]), (400, &json!("interaction_required")));
    let demanded: Value = serde_json::from_str(refused["claims"].as_str().unwrap()).unwrap();
    assert_eq!(demanded["access_token"]["acrs"]["value"], "c1");
    let stronger = client.sign_in(&browser, &[("claims", wanted)]).await;
    assert_eq!(claims(&stronger["access_token"])["acrs"], json!(["c1"]));
    let (status, renewed) = client.refresh(refresh_token(&stronger), &[("claims", wanted)]).await;
    assert_eq!(status, 200, "{renewed}");
    assert_eq!(claims(&renewed["access_token"])["acrs"], json!(["c1"]));
}

#[tokio::test]
async fn access_tokens_end_with_tenant_time() {
    let client = tenant().await;
    let tokens = client.sign_in(&maya(), &[]).await;
    assert_eq!(client.me(access_token(&tokens)).await.status(), 200);
    let life = tokens["expires_in"].as_i64().unwrap();
    client.control("/clock", json!({ "advance": format!("PT{}S", life + 1) })).await;
    let expired = client.me(access_token(&tokens)).await;
    assert_eq!(expired.status(), 401);
    assert!(expired.headers().contains_key("www-authenticate"));
    let header = expired.headers()["request-id"].to_str().unwrap().to_owned();
    let body: Value = expired.json().await.unwrap();
    assert_eq!(body["error"]["code"], "InvalidAuthenticationToken");
    assert_eq!(body["error"]["innerError"]["request-id"], json!(header));
    for nonsense in ["", "abc", "a.b.c"] {
        assert_eq!(client.me(nonsense).await.status(), 401, "{nonsense:?}");
    }
    let id_token = tokens["id_token"].as_str().unwrap();
    assert_eq!(client.me(id_token).await.status(), 401, "an id token is no access token");
}

#[tokio::test]
async fn revocation_is_a_claims_challenge_for_cp1_clients_and_invalid_grant_for_all() {
    let client = tenant().await;
    let browser = maya();
    let able = client.sign_in(&browser, &[("claims", CP1)]).await;
    let unable = client.sign_in(&browser, &[]).await;
    // With the clock stopped everything happens in one instant: what was issued before must still be told from after.
    client.control("/clock", json!({ "rate": 0 })).await;
    assert_eq!(client.control("/revoke", json!({ "user": "maya", "sessions": false })).await, 204);

    let challenged = client.me(access_token(&able)).await;
    assert_eq!(challenged.status(), 401);
    let header = challenged.headers()["www-authenticate"].to_str().unwrap().to_owned();
    assert!(header.contains(r#"error="insufficient_claims""#), "{header}");
    let demanded = header.split_once(r#"claims=""#).unwrap().1.split('"').next().unwrap();
    let demanded = String::from_utf8(STANDARD.decode(demanded).unwrap()).unwrap();
    assert_eq!(client.me(access_token(&unable)).await.status(), 200, "without cp1 a token lives until it expires");
    let renewed = client.refresh(refresh_token(&able), &[("claims", &demanded)]).await;
    assert_eq!(renewed.0, 200, "{}", renewed.1);
    assert_eq!(client.me(access_token(&renewed.1)).await.status(), 200);

    assert_eq!(client.control("/revoke", json!({ "user": "maya" })).await, 204);
    let (status, refused) = client.refresh(refresh_token(&able), &[]).await;
    assert_eq!((status, &refused["error_codes"]), (400, &json!([50_173])));
    let silent = browser.sign_in(&client.authorize(&[("prompt", "none")])).await.unwrap();
    assert_eq!(silent.parameters["error"], "login_required", "the browser's session is over too");
    let again = client.sign_in(&browser, &[]).await;
    assert_eq!(client.refresh(refresh_token(&again), &[]).await.0, 200);
    assert_eq!(client.control("/revoke", json!({ "user": "nobody" })).await, 404);
}

#[tokio::test]
async fn the_token_endpoint_says_what_is_wrong() {
    let client = tenant().await;
    for (form, error, number) in [
        (vec![], "invalid_request", 900_144),
        (vec![("grant_type", "password")], "unsupported_grant_type", 70_003),
        (vec![("grant_type", "authorization_code")], "invalid_request", 900_144),
        (
            vec![("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", REDIRECT)],
            "invalid_grant",
            9_002_313,
        ),
        (
            vec![("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_secret", "x")],
            "invalid_client",
            700_025,
        ),
        (vec![("client_id", "11111111-2222-3333-4444-555555555555")], "unauthorized_client", 700_016),
    ] {
        let (status, body) = client.token(&form).await;
        assert_eq!((status, &body["error"], &body["error_codes"]), (400, &json!(error), &json!([number])), "{form:?}");
        assert!(body["error_description"].as_str().unwrap().starts_with(&format!("AADSTS{number}: ")));
    }
}

//! Signing in through the pages, as a browser and a client would.

use crate::common::*;
use serde_json::json;
use tenant::robot::{Person, RobotError};
use tenant::sts::clients::PIMENTO;
use url::Url;

#[tokio::test]
async fn code_and_pkce_end_in_tokens_with_entras_claims() {
    let client = tenant().await;
    let arrival = maya().sign_in(&client.authorize(&[("claims", CP1)])).await.unwrap();
    assert_eq!(arrival.parameters["state"], "the state");
    assert_eq!(arrival.url.path(), "/");
    let (status, tokens) = client.redeem(code(&arrival), &[("client_info", "1")]).await;
    assert_eq!(status, 200, "{tokens}");
    assert_eq!(tokens["token_type"], "Bearer");
    let scope = tokens["scope"].as_str().unwrap();
    assert!(scope.contains("https://graph.microsoft.com/User.Read"), "{scope}");

    let access = claims(&tokens["access_token"]);
    let id = claims(&tokens["id_token"]);
    let organization = &client.tenant.app().scenario.organization;
    let user = client.tenant.app().scenario.user_named("maya").unwrap();
    for token in [&access, &id] {
        assert_eq!(token["oid"], json!(user.id));
        assert_eq!(token["tid"], json!(organization.tenant_id));
        assert_eq!(token["preferred_username"], json!(user.user_principal_name));
        assert_eq!(token["name"], json!(user.display_name));
    }
    assert_eq!(access["aud"], "https://graph.microsoft.com");
    assert_eq!(access["appid"], PIMENTO.id);
    assert_eq!(access["idtyp"], "user");
    assert_eq!(access["amr"], json!(["pwd"]));
    assert_eq!(access["xms_cc"], json!(["cp1"]));
    assert_eq!(access["acrs"], json!(null));
    assert!(
        access["scp"].as_str().unwrap().split(' ').any(|scope| scope == "RoleAssignmentSchedule.ReadWrite.Directory")
    );
    for claim in ["iat", "nbf", "exp"] {
        assert!(access[claim].is_i64(), "{claim}");
    }
    for claim in ["iss", "acr", "sub", "uti", "ver", "upn"] {
        assert!(access[claim].is_string(), "{claim}");
    }
    assert!(access["wids"].is_array());
    assert_eq!(id["aud"], PIMENTO.id);
    assert_eq!(id["nonce"], "the nonce");
    assert_eq!(id["ver"], "2.0");
    assert!(tokens["client_info"].is_string());
}

#[tokio::test]
async fn the_documents_lead_to_the_keys_that_sign() {
    let client = tenant().await;
    let tenant_id = client.tenant.app().scenario.organization.tenant_id.to_string();
    let get =
        async |url: String| -> serde_json::Value { client.http.get(url).send().await.unwrap().json().await.unwrap() };
    for name in [tenant_id.as_str(), "organizations", "common", &client.tenant.app().scenario.organization.domain] {
        let document = get(client.url(&format!("/{name}/v2.0/.well-known/openid-configuration"))).await;
        for member in
            ["issuer", "authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "jwks_uri"]
        {
            assert!(document[member].as_str().unwrap().starts_with(&client.url("/")), "{name} {member}");
        }
        let keys = get(document["jwks_uri"].as_str().unwrap().to_owned()).await;
        assert_eq!(keys["keys"][0]["kty"], "RSA");
        // One key for all tenants.
        assert!(keys["keys"][0]["issuer"].as_str().unwrap().contains("{tenantid}"), "{keys}");
    }
    let personal = get(client.url("/consumers/v2.0/.well-known/openid-configuration")).await;
    assert!(personal["issuer"].as_str().unwrap().contains("9188040d-6c67-4c5b-b112-36a304b66dad"), "{personal}");
    let unknown = client.http.get(client.url("/elsewhere.example/v2.0/.well-known/openid-configuration"));
    let refused: serde_json::Value = unknown.send().await.unwrap().json().await.unwrap();
    assert_eq!(refused["error_codes"], json!([90_002]));
    let asked = client.url("/common/oauth2/v2.0/authorize");
    let discovery = Url::parse_with_params(
        &client.url("/common/discovery/instance"),
        [("api-version", "1.1"), ("authorization_endpoint", &asked)],
    );
    let found = get(discovery.unwrap().into()).await;
    assert!(found["tenant_discovery_endpoint"].is_string());
}

#[tokio::test]
async fn the_answer_comes_in_the_mode_that_was_asked_for() {
    let client = tenant().await;
    let fragment = maya().sign_in(&client.authorize(&[("response_mode", "fragment")])).await.unwrap();
    assert!(fragment.url.query().is_none() && fragment.url.fragment().is_some());
    let form = maya().sign_in(&client.authorize(&[("response_mode", "form_post")])).await.unwrap();
    assert_eq!(form.url.as_str(), REDIRECT);
    assert_eq!(form.parameters["state"], "the state");
    for arrival in [fragment, form] {
        assert_eq!(client.redeem(code(&arrival), &[]).await.0, 200);
    }
    let both = client.authorize(&[("response_type", "code id_token")]);
    let hybrid = maya().sign_in(&both).await.unwrap();
    assert_eq!(claims(&json!(hybrid.parameters["id_token"]))["nonce"], "the nonce");
}

#[tokio::test]
async fn a_proof_key_is_checked_where_there_is_one() {
    let client = tenant().await;
    // Without one, none may be shown; without a method it is the verifier itself.
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let arrival = maya().sign_in(&client.authorize(&without)).await.unwrap();
    assert_eq!(client.redeem(code(&arrival), &[]).await.1["error_codes"], json!([501_481]));
    let form = [("grant_type", "authorization_code"), ("code", code(&arrival)), ("redirect_uri", REDIRECT)];
    assert_eq!(client.token(&form).await.0, 200);
    for method in ["plain", ""] {
        let plain = [("code_challenge", VERIFIER), ("code_challenge_method", method)];
        let arrival = maya().sign_in(&client.authorize(&plain)).await.unwrap();
        let wrong = client.redeem(code(&arrival), &[("code_verifier", "another")]).await;
        assert_eq!(wrong.1["error_codes"], json!([501_481]));
        assert_eq!(client.redeem(code(&arrival), &[]).await.0, 200);
    }
    for (challenge, method) in [("short", "S256"), ("short", "plain"), (VERIFIER, "S512")] {
        let wrong = [("code_challenge", challenge), ("code_challenge_method", method)];
        let arrival = maya().sign_in(&client.authorize(&wrong)).await.unwrap();
        assert_eq!(arrival.parameters["error"], "invalid_request", "{challenge} {method}");
    }

    let arrival = maya().sign_in(&client.authorize(&[])).await.unwrap();
    let wrong =
        client.redeem(code(&arrival), &[("code_verifier", "somebody-elses-verifier-0123456789-0123456789")]).await;
    assert_eq!((wrong.0, &wrong.1["error_codes"]), (400, &json!([501_481])));
    for member in ["error_description", "timestamp", "trace_id", "correlation_id"] {
        assert!(wrong.1[member].is_string(), "{member}");
    }
    assert!(wrong.1["error_description"].as_str().unwrap().contains("\r\nTrace ID: "), "{}", wrong.1);
    assert_eq!(client.redeem(code(&arrival), &[]).await.0, 200, "a wrong guess does not spend the code");
}

#[tokio::test]
async fn a_code_works_once_for_ten_minutes_at_its_redirect_uri() {
    let client = tenant().await;
    let arrival = maya().sign_in(&client.authorize(&[])).await.unwrap();
    let elsewhere = client.redeem(code(&arrival), &[("redirect_uri", "http://localhost:1/")]).await.1;
    assert_eq!(elsewhere["error_codes"], json!([500_112]));
    assert_eq!(client.redeem(code(&arrival), &[]).await.0, 200);
    assert_eq!(client.redeem(code(&arrival), &[]).await.1["error_codes"], json!([54_005]));

    let late = maya().sign_in(&client.authorize(&[])).await.unwrap();
    client.control("/clock", json!({ "advance": "PT10M" })).await;
    assert_eq!(client.redeem(code(&late), &[]).await.1["error_codes"], json!([70_008]));
}

#[tokio::test]
async fn errors_stay_on_the_page_until_the_redirect_uri_is_known() {
    let client = tenant().await;
    for (extra, code) in [
        (("redirect_uri", "https://example.com/"), "50011"),
        (("redirect_uri", "http://localhost:49152/Other"), "50011"),
        (("client_id", "11111111-2222-3333-4444-555555555555"), "700016"),
    ] {
        match maya().sign_in(&client.authorize(&[extra])).await {
            Err(RobotError::Refused(text)) => assert!(text.contains(&format!("AADSTS{code}")), "{text}"),
            other => panic!("{extra:?}: {other:?}"),
        }
    }
    for (extra, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "https://graph.microsoft.com/No.Such"), "invalid_client"),
        (("prompt", "sometimes"), "invalid_request"),
        (("claims", "c1"), "invalid_request"),
        (("response_type", "id_token code"), "invalid_request"),
    ] {
        let arrival = maya().sign_in(&client.authorize(&[extra, ("response_mode", "query")])).await.unwrap();
        assert_eq!(arrival.parameters["error"], error, "{extra:?}");
        assert_eq!(arrival.parameters["state"], "the state");
    }
}

#[tokio::test]
async fn whoever_cancels_or_denies_gets_back_to_the_client() {
    let client = tenant().await;
    let declined = maya().who_declines_consent().sign_in(&client.authorize(&[])).await.unwrap();
    assert_eq!(declined.parameters["error"], "access_denied");
    let mfa = r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#;
    let denied = maya().who_denies_mfa().sign_in(&client.authorize(&[("claims", mfa)])).await.unwrap();
    assert_eq!(denied.parameters["error"], "access_denied");
    assert!(denied.parameters["error_description"].contains("AADSTS65004"));
    let nobody = Person::new("nobody").sign_in(&client.authorize(&[])).await;
    assert!(matches!(nobody, Err(RobotError::NoSuchUser(_))), "{nobody:?}");
}

#[tokio::test]
async fn a_browser_session_signs_in_again_without_a_page_until_it_is_not_enough() {
    let client = tenant().await;
    let silent = [("prompt", "none"), ("login_hint", "maya")];
    let stranger = maya().sign_in(&client.authorize(&silent)).await.unwrap();
    assert_eq!(stranger.parameters["error"], "login_required");

    let browser = maya();
    client.sign_in(&browser, &[]).await;
    client.sign_in(&browser, &silent).await;
    let step_up = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    let refused = browser.sign_in(&client.authorize(&[("prompt", "none"), ("claims", step_up)])).await.unwrap();
    assert_eq!(refused.parameters["error"], "interaction_required");
    let stronger = client.sign_in(&browser, &[("claims", step_up)]).await;
    let access = claims(&stronger["access_token"]);
    assert_eq!(access["acrs"], json!(["c1"]));
    assert!(access["amr"].as_array().unwrap().contains(&json!("mfa")));
    // Signing out ends the browser's session, and nothing else.
    browser.sign_in(&Url::parse(&client.url("/organizations/oauth2/v2.0/logout")).unwrap()).await.unwrap();
    let out = browser.sign_in(&client.authorize(&silent)).await.unwrap();
    assert_eq!(out.parameters["error"], "login_required");
    assert_eq!(client.refresh(stronger["refresh_token"].as_str().unwrap(), &[]).await.0, 200);
}

#[tokio::test]
async fn an_administrator_agrees_for_everybody() {
    let client = tenant().await;
    let parameters = [("client_id", PIMENTO.id), ("redirect_uri", REDIRECT), ("state", "x")];
    let url = Url::parse_with_params(&client.url("/organizations/adminconsent"), parameters).unwrap();
    let arrival = maya().sign_in(&url).await.unwrap();
    assert_eq!(arrival.parameters["admin_consent"], "True");
    assert!(!arrival.parameters.contains_key("scope"));
    let other = client.tenant.users().into_iter().find(|user| user.username != "maya").unwrap();
    // Whoever is not asked cannot decline.
    let person = Person::new(&other.username).who_stops_at_the_client().who_declines_consent();
    client.sign_in(&person, &[]).await;
}

#[tokio::test]
async fn an_administrator_agrees_to_some_of_it_elsewhere() {
    let client = tenant().await;
    let there = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";
    let scope = "https://graph.microsoft.com/Group.Read.All";
    let parameters = [("client_id", PIMENTO.id), ("redirect_uri", REDIRECT), ("scope", scope)];
    let url = Url::parse_with_params(&client.url(&format!("/{there}/v2.0/adminconsent")), parameters).unwrap();
    let arrival = maya().sign_in(&url).await.unwrap();
    assert_eq!((arrival.parameters["tenant"].as_str(), arrival.parameters["scope"].as_str()), (there, scope));
}

#[tokio::test]
async fn unreadable_requests_are_told_in_the_services_own_way() {
    let client = tenant().await;
    let twice = client.http.get(client.url("/organizations/oauth2/v2.0/authorize?client_id=a&client_id=b"));
    assert!(twice.send().await.unwrap().text().await.unwrap().contains("AADSTS90013"));
    let token = client.url("/organizations/oauth2/v2.0/token");
    let errors = async |request: reqwest::RequestBuilder| -> serde_json::Value {
        request.send().await.unwrap().json::<serde_json::Value>().await.unwrap()["error_codes"].clone()
    };
    assert_eq!(errors(client.http.get(&token)).await, json!([900_561]));
    assert_eq!(errors(client.http.post(&token).json(&json!({ "client_id": "x" }))).await, json!([900_144]));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let twice = client.http.post(&token).header(form.0, form.1).body("client_id=a&client_id=b");
    assert_eq!(errors(twice).await, json!([90_013]));
    let consumers = client.url("/consumers/oauth2/v2.0/token");
    assert_eq!(errors(client.http.post(consumers).form(&[("client_id", PIMENTO.id)])).await, json!([9_002_346]));
}

#[tokio::test]
async fn pages_are_closed_to_scripts_frames_and_caches() {
    let client = tenant().await;
    let page = client.http.get(client.authorize(&[])).send().await.unwrap();
    let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://localhost:49152;"),
        "{policy}"
    );
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("cache-control"), "no-store");
    let text = page.text().await.unwrap();
    assert!(text.contains("Simulation"));
    let hint = client.authorize(&[("login_hint", "<script>alert(1)</script>")]);
    let hostile = client.http.get(hint).send().await.unwrap().text().await.unwrap();
    assert!(!hostile.contains("<script>alert"));
}

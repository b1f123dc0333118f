//! Signing in at the simulated tenant, as at the real one: browser, device code, keyring, step-up.

mod support;

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, atomic::Ordering},
};

use pim::{
    auth::{Browser, DeviceCode, Registration, SignIn, claims},
    cloud::Resource,
    failure::Claims,
    problem::Remedy,
    secrets::{MemoryStore, SecretStore, Vault},
};
use serde_json::json;
use support::{World, counting_robot, robot};
use tenant::{faults::Fault, robot::Person};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_brings_identity_token_and_session() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let maya = world.tenant.users().into_iter().find(|user| user.username == "maya").expect("maya");
    assert_eq!(tokens.identity().object_id, maya.id.to_string());
    assert_eq!(tokens.identity().name, "Maya Lindqvist");
    assert_eq!(tokens.identity().username, maya.user_principal_name);
    assert_eq!(world.token_requests(), 1);
    tokens.access_token(Resource::Graph).await.expect("a token");
    assert_eq!(world.token_requests(), 1, "the sign-in's own token is used");
    assert!(tokens.unremembered().is_some(), "memory does not last, and says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_listens_before_and_after() {
    let world = World::new().await;
    let ports = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&ports);
    let person = Person::new("maya");
    let runtime = tokio::runtime::Handle::current();
    let browser = Browser::new(move |url| {
        let redirect = url.query_pairs().find(|(name, _)| name == "redirect_uri").expect("a redirect").1.into_owned();
        let port: u16 = redirect.rsplit(':').next().expect("a port").parse().expect("a number");
        seen.lock().expect("lock").push(port);
        let (person, url) = (person.clone(), url.clone());
        runtime.spawn(async move { person.sign_in(&url).await });
        Ok(())
    });
    world.way_in().browser(&browser, None).await.expect("signed in");
    let port = ports.lock().expect("lock")[0];
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err());
    assert!(TcpStream::connect((Ipv6Addr::LOCALHOST, port)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_comes_back_from_the_store_without_a_request() {
    let world = World::new().await;
    let id = world.sign_in("maya").await.identity().id();
    let before = world.requests("").len();
    let restored = world.way_in().restore(&id).await.expect("readable").expect("there");
    assert_eq!(world.requests("").len(), before);
    assert_eq!(restored.identity().id(), id);
    restored.access_token(Resource::Graph).await.expect("still valid");
    assert_eq!(world.requests("").len(), before, "a token that is still valid is used on");
    world.advance(chrono::TimeDelta::hours(30));
    restored.access_token(Resource::Graph).await.expect("refreshed");
    assert_eq!(world.token_requests(), 2);
    assert!(world.way_in().restore("nobody.nowhere").await.expect("readable").is_none());
    let other = Registration { client_id: "3c5af4a2-7d0f-4b8e-9a57-3d8fdd6a9b11".into(), ..Registration::default() };
    let other = SignIn::new(world.net.clone(), other, Vault::new(Arc::clone(&world.secrets))).expect("a registration");
    assert!(other.restore(&id).await.expect("readable").is_none(), "another application's session is not ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_entry_is_said_and_never_quoted() {
    let world = World::new().await;
    let id = world.sign_in("maya").await.identity().id();
    for damaged in [&b"\xff\xfe"[..], b"", b"{}", b"{\"version\":1,\"refresh_token\":\"canary", b"[\"canary\"]"] {
        world.secrets.write(&format!("loopback.{id}"), damaged).expect("memory");
        let problem = world.way_in().restore(&id).await.expect_err("damaged");
        assert_eq!(problem.code, "keyring-corrupt");
        assert!(!format!("{problem:?}").contains("canary"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_wipes_memory_and_store() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let name = format!("loopback.{}", tokens.identity().id());
    assert!(world.secrets.read(&name).expect("memory").is_some());
    tokens.sign_out().await.expect("wiped");
    assert!(world.secrets.read(&name).expect("memory").is_none());
    let before = world.requests("").len();
    assert!(tokens.access_token(Resource::Graph).await.is_err());
    assert_eq!(world.requests("").len(), before, "a session that is over asks for nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_says_no_leads_back_to_the_start() {
    let world = World::new().await;
    let person = Person::new("maya").who_declines_consent();
    let problem = world.way_in().browser(&robot(person), None).await.expect_err("declined");
    assert!(problem.message.ends_with('.'), "{problem:?}");
    assert!(matches!(problem.remedy, Remedy::SignIn), "{problem:?}");
    assert_eq!(world.token_requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_open_is_said() {
    let world = World::new().await;
    let broken = Browser::new(|_| Err(std::io::Error::other("no display")));
    let problem = world.way_in().browser(&broken, None).await.expect_err("no browser");
    assert_eq!((problem.code.as_str(), problem.detail.as_deref()), ("no-browser", Some("no display")));
    assert_eq!(world.token_requests(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_by_device_code() {
    let world = World::new().await;
    world.tenant.app().set_device_code_interval(1);
    let authority = world.tenant.endpoints().authority.clone();
    let runtime = tokio::runtime::Handle::current();
    let show = move |code: DeviceCode| {
        assert!(!code.verification_uri.is_empty());
        runtime.spawn(async move {
            Person::new("omar").approve_device_code(&authority, &code.user_code).await.expect("approved");
        });
    };
    let tokens = world.way_in().device_code(show).await.expect("signed in");
    assert_eq!(tokens.identity().name, "Omar Haddad");
    tokens.access_token(Resource::Graph).await.expect("a token");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_device_code_that_is_not_understood_is_not_quoted() {
    let world = World::new().await;
    let body = json!({ "access_token": "secret", "token_type": "Bearer", "expires_in": "misplaced-secret" });
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("/oauth2/v2.0/token", 1, Fault::Answer { status: 200, headers, body });
    let problem = world.way_in().device_code(|_| {}).await.expect_err("not understood");
    assert!(!format!("{problem:?}").contains("secret"), "{problem:?}");
    assert_eq!(problem.detail.as_deref(), Some("at expires_in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_code_that_nobody_types_expires() {
    let world = World::new().await;
    world.tenant.app().set_device_code_interval(1);
    let (shown, waiting) = tokio::sync::oneshot::channel();
    let way_in = world.way_in();
    let attempt = tokio::spawn(async move { way_in.device_code(|code| drop(shown.send(code))).await });
    waiting.await.expect("a code");
    world.advance(chrono::TimeDelta::hours(1));
    let problem = attempt.await.expect("no panic").expect_err("expired");
    assert!(problem.message.ends_with("Start again."), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_brings_the_very_token_to_use() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let first = tokens.access_token(Resource::Graph).await.expect("a token");
    let (browser, opened) = counting_robot(Person::new("maya"));
    let c1 = claims::authentication_context("c1");
    let token = tokens.step_up(Resource::Graph, &c1, &browser).await.expect("stepped up");
    assert_eq!(opened.load(Ordering::SeqCst), 1);
    assert_eq!(token.resource(), Resource::Graph);
    assert_ne!(token.expires(), first.expires(), "a new token");
    assert_eq!(world.token_requests(), 2);
    tokens.access_token(Resource::Graph).await.expect("a token");
    assert_eq!(world.token_requests(), 2, "the new token serves the rest too");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_browser_serves_all_who_want_the_same_step_up() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let (browser, opened) = counting_robot(Person::new("maya"));
    let c1 = claims::authentication_context("c1");
    let both =
        tokio::join!(tokens.step_up(Resource::Graph, &c1, &browser), tokens.step_up(Resource::Graph, &c1, &browser));
    both.0.expect("stepped up");
    both.1.expect("served");
    assert_eq!(opened.load(Ordering::SeqCst), 1);
    tokens.step_up(Resource::Graph, &c1, &browser).await.expect("asked for anew");
    assert_eq!(opened.load(Ordering::SeqCst), 2, "a later wish is a new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_by_somebody_else_is_not_taken() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let stored = world.secrets.read(&format!("loopback.{}", tokens.identity().id())).expect("memory");
    // The hint names Maya, but Omar sits down at the browser.
    let runtime = tokio::runtime::Handle::current();
    let browser = Browser::new(move |url| {
        let mut url = url.clone();
        let kept: Vec<(String, String)> =
            url.query_pairs().into_owned().filter(|(name, _)| name != "login_hint").collect();
        url.query_pairs_mut().clear().extend_pairs(kept);
        runtime.spawn(async move { Person::new("omar").sign_in(&url).await });
        Ok(())
    });
    let claims = claims::authentication_context("c1");
    let problem = tokens.step_up(Resource::Graph, &claims, &browser).await.expect_err("somebody else");
    assert_eq!(problem.code, "other-account");
    assert_eq!(world.secrets.read(&format!("loopback.{}", tokens.identity().id())).expect("memory"), stored);
    tokens.access_token(Resource::Graph).await.expect("the session goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_of_a_step_up_and_the_capability_travel_together() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let urls = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&urls);
    let runtime = tokio::runtime::Handle::current();
    let browser = Browser::new(move |url| {
        seen.lock().expect("lock").push(url.clone());
        let url = url.clone();
        runtime.spawn(async move { Person::new("maya").sign_in(&url).await });
        Ok(())
    });
    let asked = Claims(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#.into());
    tokens.step_up(Resource::Graph, &asked, &browser).await.expect("stepped up");
    let url = urls.lock().expect("lock")[0].clone();
    let parameter = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let sent: serde_json::Value = serde_json::from_str(&parameter("claims").expect("claims")).expect("json");
    assert_eq!(sent["access_token"]["acrs"]["value"], "c1");
    assert_eq!(sent["access_token"]["xms_cc"]["values"][0], "cp1");
    assert_eq!(parameter("login_hint").as_deref(), Some(tokens.identity().username.as_str()));
    assert_eq!(parameter("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(parameter("prompt"), None);
    assert!(parameter("state").expect("state").len() >= 16 && parameter("nonce").expect("nonce").len() >= 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_through_a_portal_or_a_fault_is_said_and_can_be_repeated() {
    let world = World::new().await;
    let faults = [
        (Fault::Html, "not-json"),
        (Fault::DropBefore, "answer-lost"),
        (Fault::DropAfter, "answer-lost"),
        (Fault::Truncate { bytes: 40 }, "answer-lost"),
        (Fault::Unavailable { retry_after: None }, "serviceNotAvailable"),
        (Fault::Throttle { retry_after: 1, date: false }, "TooManyRequests"),
        (Fault::Huge { bytes: 40_000_000 }, "too-large"),
    ];
    for (fault, code) in faults {
        world.fault_on(Some("POST"), "/oauth2/v2.0/token", 1, fault.clone());
        let problem = world.way_in().browser(&robot(Person::new("maya")), None).await.expect_err("a fault");
        assert_eq!(problem.code, code, "{fault:?}: {problem:?}");
    }
    world.sign_in("maya").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_are_none_are_refused_before_anything_is_sent() {
    let world = World::new().await;
    let secrets: Arc<dyn SecretStore> = Arc::new(MemoryStore::default());
    for (tenant, client_id) in [("common/../x", "14d82eec-204b-4c2f-b7e8-296a70dab67e"), ("organizations", "my app")] {
        let registration = Registration { tenant: tenant.into(), client_id: client_id.into() };
        assert!(SignIn::new(world.net.clone(), registration, Vault::new(Arc::clone(&secrets))).is_err());
    }
    assert!(world.requests("").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_account_cannot_answer_for_this_one() {
    let world = World::new().await;
    let registration = Registration { tenant: "6a3f1b0c-9d47-4a43-bb0e-2f4a2f8f5a11".into(), ..World::registration() };
    let way_in =
        SignIn::new(world.net.clone(), registration, Vault::new(Arc::clone(&world.secrets))).expect("a registration");
    let browser = robot(Person::new("maya"));
    let attempt = tokio::time::timeout(std::time::Duration::from_secs(3), way_in.browser(&browser, None));
    // The tenant itself knows no such directory; nobody is signed in, whatever its page says.
    assert!(!matches!(attempt.await, Ok(Ok(_))));
}

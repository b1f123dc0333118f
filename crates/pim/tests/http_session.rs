//! Promises R7, R3 and S6: one refresh at a time, early; rotation without loss; revocation; a bad network signs nobody out.

mod support;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    auth::Tokens,
    cloud::Resource,
    failure::{Claims, Failure},
    secrets::{MemoryStore, SecretError, SecretStore},
};
use serde_json::{Value, json};
use support::{World, counting_robot, robot};
use tenant::{faults::Fault, robot::Person};
use tokio::task::JoinSet;
use tokio::time::timeout;

fn refresh_token(world: &World, tokens: &Tokens) -> String {
    let secret = world.secrets.read(&format!("loopback.{}", tokens.identity().id())).expect("memory").expect("kept");
    let record: Value = serde_json::from_slice(&secret).expect("json");
    record["refresh_token"].as_str().expect("a token").to_owned()
}

fn revoke(world: &World, username: &str, access: bool, sessions: bool) {
    let user = world.tenant.users().into_iter().find(|user| user.username == username).expect("a user");
    world.tenant.app().sts().revoke(user.id, access, sessions);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_make_one_refresh() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    world.advance(TimeDelta::hours(30));
    let before = world.token_requests();
    let mut callers = JoinSet::new();
    for _ in 0..100 {
        let tokens = tokens.clone();
        callers.spawn(async move { tokens.access_token(Resource::Graph).await.expect("a token").expires() });
    }
    let ends = callers.join_all().await;
    println!("{} concurrent callers: {} refresh", ends.len(), world.token_requests() - before);
    assert_eq!(world.token_requests() - before, 1);
    assert!(ends.iter().all(|end| *end == ends[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_refreshed_five_minutes_before_its_end() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let end = tokens.access_token(Resource::Graph).await.expect("a token").expires();
    world.advance(end - world.net.clock().now() - TimeDelta::minutes(6));
    let before = world.token_requests();
    tokens.access_token(Resource::Graph).await.expect("a token");
    assert_eq!(world.token_requests(), before);
    world.advance(TimeDelta::minutes(2));
    assert!(tokens.access_token(Resource::Graph).await.expect("a token").expires() > end);
    assert_eq!(world.token_requests(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rotated_token_is_kept_before_the_access_token_is_handed_out() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    for _ in 0..3 {
        let old = refresh_token(&world, &tokens);
        world.advance(TimeDelta::hours(30));
        tokens.access_token(Resource::Graph).await.expect("a token");
        assert_ne!(refresh_token(&world, &tokens), old);
    }
    let restored = world.way_in().restore(&tokens.identity().id()).await.expect("readable").expect("there");
    restored.access_token(Resource::Graph).await.expect("the kept token is the newest");
}

/// Another process of the same user, with the session that the keyring has.
async fn beside(world: &World, tokens: &Tokens) -> Tokens {
    world.way_in().restore(&tokens.identity().id()).await.expect("readable").expect("there")
}

/// Has another process taken it out of the keyring?
fn taken(tokens: &Tokens) -> bool {
    tokens.unremembered().is_some_and(|problem| problem.code == "keyring-taken")
}

async fn refreshed(world: &World, tokens: &Tokens) {
    world.advance(TimeDelta::hours(30));
    tokens.access_token(Resource::Graph).await.expect("a token");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_wrote_since_stays_and_is_gone_by() {
    let world = World::new().await;
    let first = world.sign_in("maya").await;
    let second = beside(&world, &first).await;
    refreshed(&world, &first).await;
    let newer = refresh_token(&world, &first);
    // This one refreshed with what it had read before.
    refreshed(&world, &second).await;
    assert_eq!(refresh_token(&world, &first), newer, "the older session does not write over the newer one");
    assert!(!taken(&second));
    // From now on it goes by that one, and each takes over what the other has written.
    refreshed(&world, &second).await;
    let newest = refresh_token(&world, &first);
    assert_ne!(newest, newer);
    refreshed(&world, &first).await;
    refreshed(&world, &first).await;
    let restored = beside(&world, &first).await;
    restored.access_token(Resource::Graph).await.expect("the kept token is good");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_newer_than_every_session_before_it() {
    let world = World::new().await;
    let old = world.sign_in("maya").await;
    let beside_it = beside(&world, &old).await;
    refreshed(&world, &beside_it).await;
    let anew = world.sign_in("maya").await;
    let newest = refresh_token(&world, &anew);
    refreshed(&world, &old).await;
    assert_eq!(refresh_token(&world, &anew), newest, "the older session does not write over it");
    // A token that the service would not have makes the other one write, and then refresh with what it finds.
    revoke(&world, "maya", true, false);
    world.roles(&beside_it).eligible().await.expect("with another token");
    let newest = refresh_token(&world, &anew);
    beside(&world, &anew).await.access_token(Resource::Graph).await.expect("the kept token is good");
    // Whoever signs in for more is the newest again.
    let nothing_more = Claims("{}".into());
    old.step_up(Resource::Arm, &nothing_more, &robot(Person::new("maya"))).await.expect("signed in");
    assert_ne!(refresh_token(&world, &anew), newest);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_signed_out_by_another_process_is_not_put_back() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let elsewhere = beside(&world, &tokens).await;
    elsewhere.sign_out().await.expect("wiped");
    refreshed(&world, &tokens).await;
    let entry = format!("loopback.{}", tokens.identity().id());
    assert!(world.secrets.read(&entry).expect("memory").is_none(), "it stays wiped");
    assert!(taken(&tokens));
    // Signed in again over there: this session goes by that one, and is remembered.
    world.sign_in("maya").await;
    refreshed(&world, &tokens).await;
    refreshed(&world, &tokens).await;
    assert!(!taken(&tokens));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_within_the_tokens_life_asks_for_none_and_a_step_up_leaves_no_weaker_one_behind() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    tokens.access_token(Resource::Graph).await.expect("a token");
    let restored = async || world.way_in().restore(&tokens.identity().id()).await.expect("readable").expect("there");
    let before = world.token_requests();
    let again = restored().await;
    for resource in [Resource::Graph, Resource::Arm] {
        again.access_token(resource).await.expect("the kept token");
    }
    assert_eq!(world.token_requests(), before);
    let claims = Claims(r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#.into());
    tokens.step_up(Resource::Arm, &claims, &robot(Person::new("maya"))).await.expect("stepped up");
    let before = world.token_requests();
    let again = restored().await;
    again.access_token(Resource::Arm).await.expect("the stronger one");
    assert_eq!(world.token_requests(), before);
    again.access_token(Resource::Graph).await.expect("one of the stronger sign-in");
    assert_eq!(world.token_requests(), before + 1, "the weaker one is not used again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_loses_interest_loses_no_token() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    world.advance(TimeDelta::hours(30));
    let before = world.token_requests();
    world.fault("/oauth2/v2.0/token", 1, Fault::Delay { milliseconds: 300 });
    let caller = tokio::spawn({
        let tokens = tokens.clone();
        async move { tokens.access_token(Resource::Graph).await.map(|_| ()) }
    });
    tokio::task::yield_now().await;
    caller.abort();
    tokens.access_token(Resource::Graph).await.expect("the refresh went on");
    assert_eq!(world.token_requests(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_resources_take_turns_with_one_refresh_token() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    world.advance(TimeDelta::hours(30));
    let both = tokio::join!(tokens.access_token(Resource::Graph), tokens.access_token(Resource::Arm));
    assert_eq!(both.0.expect("Graph").resource(), Resource::Graph);
    // Microsoft Graph Command Line Tools may not have Azure; whatever the answer, the session stands.
    drop(both.1);
    tokens.access_token(Resource::Graph).await.expect("the session goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_session_is_signed_out_without_a_browser() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    revoke(&world, "maya", true, true);
    let failure = world.roles(&tokens).eligible().await.expect_err("revoked");
    assert!(matches!(failure, Failure::SignedOut(_)), "{failure:?}");
    let before = world.requests("").len();
    assert!(matches!(tokens.access_token(Resource::Graph).await, Err(Failure::SignedOut(_))));
    assert_eq!(world.requests("").len(), before, "what is known to be over is not tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_access_token_is_replaced_silently_and_never_sent_again() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let roles = world.roles(&tokens);
    roles.eligible().await.expect("a list");
    world.advance(TimeDelta::seconds(5));
    revoke(&world, "maya", true, false);
    let before = world.requests("/graph/").len();
    assert!(!roles.eligible().await.expect("a list").is_empty());
    let kept = world.way_in().restore(&tokens.identity().id()).await.expect("readable").expect("there");
    world.roles(&kept).eligible().await.expect("the keyring has the new token too");
    let statuses: Vec<u16> = world.requests("/graph/")[before..].iter().map(|entry| entry.status).collect();
    assert_eq!(statuses, [401, 200, 200]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_that_never_ends_is_not_answered_for_ever() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzI5NzU2ODMwIn19fQ==";
    let header = format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"");
    let answer = Fault::Answer {
        status: 401,
        headers: [("WWW-Authenticate".into(), header), ("Content-Type".into(), "application/json".into())].into(),
        body: json!({"error": {"code": "InvalidAuthenticationToken", "message": "Continuous access evaluation"}}),
    };
    world.fault("/graph/", 20, answer);
    let failure = world.roles(&tokens).eligible().await.expect_err("a loop");
    assert!(matches!(failure, Failure::StepUp { .. }), "{failure:?}");
    assert_eq!(world.requests("/graph/").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_refuses_fresh_tokens_does_not_sign_anybody_out() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let answer = Fault::Answer {
        status: 401,
        headers: [("Content-Type".into(), "application/json".into())].into(),
        body: json!({"error": {"code": "InvalidAuthenticationToken", "message": "Lifetime validation failed."}}),
    };
    world.fault("/graph/", 2, answer);
    let failure = world.roles(&tokens).eligible().await.expect_err("refused twice");
    assert!(matches!(failure, Failure::Refused(_)), "{failure:?}");
    assert!(!world.roles(&tokens).eligible().await.expect("a list").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_network_signs_nobody_out() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let faults = [
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Html,
        Fault::Truncate { bytes: 10 },
        Fault::Unavailable { retry_after: Some(1) },
        Fault::Unavailable { retry_after: None },
        Fault::Throttle { retry_after: 1, date: true },
        Fault::Answer { status: 504, headers: [].into(), body: json!("gateway") },
        Fault::Answer {
            status: 302,
            headers: [("Location".into(), "http://portal.example/".into())].into(),
            body: json!(""),
        },
    ];
    for fault in faults {
        world.advance(TimeDelta::hours(30));
        world.fault("/oauth2/v2.0/token", 1, fault.clone());
        let failure = tokens.access_token(Resource::Graph).await.expect_err("no network");
        assert!(matches!(failure, Failure::NotSent { .. }), "{fault:?}: {failure:?}");
        world.advance(TimeDelta::seconds(2));
        tokens.access_token(Resource::Graph).await.expect("the network is back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_there_is_time_left_a_token_outlasts_a_bad_network() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let end = tokens.access_token(Resource::Graph).await.expect("a token").expires();
    world.advance(end - world.net.clock().now() - TimeDelta::minutes(3));
    world.fault("/oauth2/v2.0/token", 1, Fault::DropBefore);
    assert_eq!(tokens.access_token(Resource::Graph).await.expect("the old one").expires(), end);
    world.advance(TimeDelta::minutes(3));
    world.fault("/oauth2/v2.0/token", 1, Fault::DropBefore);
    assert!(tokens.access_token(Resource::Graph).await.is_err(), "not beyond its end");
}

/// Moves the time on to four minutes before the end of Graph's token; that end.
async fn to_the_last_minutes(world: &World, tokens: &Tokens) -> DateTime<Utc> {
    let end = tokens.access_token(Resource::Graph).await.expect("a token").expires();
    world.advance(end - world.net.clock().now() - TimeDelta::minutes(4));
    end
}

/// Asks until there is a token that ends later.
async fn renewed(tokens: &Tokens, end: DateTime<Utc>) {
    let asking = async {
        while tokens.access_token(Resource::Graph).await.expect("a token").expires() <= end {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asking).await.expect("it is refreshed in the background");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_with_time_left_is_not_refreshed_before_the_time_that_was_named() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let end = to_the_last_minutes(&world, &tokens).await;
    world.fault("/oauth2/v2.0/token", 1, Fault::Throttle { retry_after: 120, date: false });
    let before = world.token_requests();
    for _ in 0..10 {
        assert_eq!(tokens.access_token(Resource::Graph).await.expect("the old one").expires(), end);
        world.roles(&tokens).eligible().await.expect("a list");
        world.advance(TimeDelta::seconds(10));
    }
    assert_eq!(world.token_requests(), before + 1);
    world.advance(TimeDelta::seconds(21));
    renewed(&tokens, end).await;
    assert_eq!(world.token_requests(), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_without_a_token_keeps_to_the_time_that_was_named() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    world.advance(TimeDelta::hours(30));
    world.fault("/oauth2/v2.0/token", 1, Fault::Unavailable { retry_after: Some(120) });
    let before = world.token_requests();
    for _ in 0..5 {
        // Azure's comes from the same service.
        for resource in [Resource::Graph, Resource::Arm] {
            let failure = tokens.access_token(resource).await.expect_err("a pause");
            assert!(failure.retry_at().is_some_and(|at| at > world.net.clock().now()), "{failure:?}");
        }
        world.advance(TimeDelta::seconds(20));
    }
    assert_eq!(world.token_requests(), before + 1);
    world.advance(TimeDelta::seconds(21));
    tokens.access_token(Resource::Graph).await.expect("a token");
}

/// With a host that does not answer, each call would wait for a deadline.
#[tokio::test(flavor = "multi_thread")]
async fn while_there_is_time_left_nobody_waits_for_a_dead_sign_in_service() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let end = to_the_last_minutes(&world, &tokens).await;
    world.fault("/oauth2/v2.0/token", 1, Fault::DropBefore);
    assert_eq!(tokens.access_token(Resource::Graph).await.expect("the old one").expires(), end);
    world.fault("/oauth2/v2.0/token", 20, Fault::Delay { milliseconds: 600_000 });
    let before = world.token_requests();
    let asked = async {
        for _ in 0..5 {
            world.advance(TimeDelta::seconds(11));
            assert_eq!(tokens.access_token(Resource::Graph).await.expect("the old one").expires(), end);
        }
    };
    timeout(Duration::from_secs(20), asked).await.expect("nobody waits for it");
    assert!(world.token_requests() <= before + 1, "one at a time");
}

/// A refresh that was sent before a stronger sign-in, and answered after it, takes nothing of it away.
#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_under_way_does_not_undo_a_step_up() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let claims = Claims(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#.into());
    to_the_last_minutes(&world, &tokens).await;
    world.fault("/oauth2/v2.0/token", 1, Fault::Delay { milliseconds: 3_000 });
    let refresh = tokio::spawn({
        let tokens = tokens.clone();
        async move { tokens.access_token(Resource::Graph).await.map(|_| ()) }
    });
    while !world.tenant.app().faults.waiting().is_empty() {
        tokio::task::yield_now().await;
    }
    tokens.step_up(Resource::Graph, &claims, &robot(Person::new("maya"))).await.expect("stepped up");
    refresh.await.expect("no panic").expect("refreshed");
    let kept = world.way_in().restore(&tokens.identity().id()).await.expect("readable").expect("there");
    for (tokens, which) in [(&tokens, "in use"), (&kept, "in the keyring")] {
        let (browser, opened) = counting_robot(Person::new("maya"));
        tokens.prove(Resource::Graph, &claims, &browser).await.expect("proven");
        assert_eq!(opened.load(Ordering::SeqCst), 0, "the token {which} proves it already");
    }
}

/// A keyring that works at first and then refuses.
struct Moody {
    inner: MemoryStore,
    writes: AtomicUsize,
}

impl SecretStore for Moody {
    fn read(&self, name: &str) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, SecretError> {
        self.inner.read(name)
    }
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
        if self.writes.fetch_add(1, Ordering::SeqCst) > 0 {
            return Err(SecretError::Unavailable("locked".into()));
        }
        self.inner.write(name, secret)
    }
    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.inner.delete(name)
    }
    fn lasting(&self) -> bool {
        true
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_stops_working_is_said_and_the_session_goes_on() {
    let mut world = World::new().await;
    world.secrets = Arc::new(Moody { inner: MemoryStore::default(), writes: AtomicUsize::new(0) });
    let tokens = world.sign_in("maya").await;
    assert_eq!(tokens.unremembered(), None);
    for _ in 0..2 {
        world.advance(TimeDelta::hours(30));
        tokens.access_token(Resource::Graph).await.expect("in memory it goes on");
        let why = tokens.unremembered().expect("a reason");
        assert_eq!((why.code.as_str(), why.detail.as_deref()), ("keyring", Some("locked")));
    }
}

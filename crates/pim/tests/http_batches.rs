//! Many Azure roles at many scopes, over HTTP: few requests, never too many at once, and nothing hangs on batches.

mod support;

use std::sync::{Arc, Mutex};

use pim::{
    api::Sources,
    cloud::Resource,
    failure::Claims,
    model::{Eligibility, Kind, RoleKey},
};
use serde_json::json;
use support::{World, activation, robot};
use tenant::{Scenario, faults::Fault, requests::Entry, robot::Person};

/// Batches of twenty that fifty roles take.
const BATCHES: usize = 3;

async fn world() -> (World, Sources) {
    let world = World::of(Scenario::with_kinds(150, 50, 1)).await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    (world, sources)
}

async fn fifty(sources: &Sources) -> Vec<RoleKey> {
    let rows = sources.azure.eligible(&[]).await.expect("eligible").found;
    assert_eq!(rows.len(), 50);
    rows.into_iter().map(|row| row.key).collect()
}

/// Whether any requests were under way at once, more than so many.
fn at_once(entries: &[Entry]) -> usize {
    let ends = |entry: &Entry| entry.at + chrono::TimeDelta::milliseconds(entry.milliseconds);
    let under_way = |now: &Entry| entries.iter().filter(|other| other.at <= now.at && ends(other) > now.at).count();
    entries.iter().map(under_way).max().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_policies_come_in_batches_and_few_one_by_one() {
    let (world, sources) = world().await;
    let keys = fifty(&sources).await;
    let policies = sources.azure.policies(&keys).await.expect("policies");
    assert!(policies.missing.is_empty(), "{:?}", policies.missing);
    assert!(keys.iter().all(|key| policies.found[&key.policy_id()].known));
    assert_eq!(world.requests("/arm/batch").len(), BATCHES);
    assert!(world.requests("PolicyAssignments").is_empty());
    let few = sources.azure.policies(&keys[..16]).await.expect("policies");
    assert_eq!((few.found.len(), few.missing.len()), (16, 0));
    assert_eq!((world.requests("/arm/batch").len(), world.requests("PolicyAssignments").len()), (BATCHES, 16));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_throttled_inside_a_batch_is_asked_for_again_when_the_service_wants_it() {
    let (world, sources) = world().await;
    let keys = fifty(&sources).await;
    world.fault("PolicyAssignments", 5, Fault::Throttle { retry_after: 1, date: false });
    let policies = sources.azure.policies(&keys).await.expect("policies");
    assert_eq!((policies.found.len(), policies.missing.len()), (50, 0));
    let batches = world.requests("/arm/batch");
    assert_eq!(batches.len(), BATCHES + 1, "the five that were left, together");
    let answered = batches[..BATCHES].iter().map(|entry| entry.at).max().expect("three");
    assert!(batches[BATCHES].at - answered >= chrono::TimeDelta::milliseconds(900), "{batches:?}");
    let refusal = json!({"error": {"code": "AuthorizationFailed", "message": "no"}});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("PolicyAssignments", 1, Fault::Answer { status: 403, headers, body: refusal });
    let policies = sources.azure.policies(&keys).await.expect("policies");
    assert_eq!((policies.found.len(), policies.missing.len()), (49, 1), "one that may not be read hides no other");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_are_no_batches_policies_are_read_one_by_one() {
    let headers = || [("Content-Type".into(), "application/json".into())].into();
    let refusal = json!({"error": {"code": "InvalidResourceType", "message": "no"}});
    let refused = |status, body| Fault::Answer { status, headers: headers(), body };
    for (fault, again) in [
        (refused(404, refusal.clone()), false),
        (refused(200, json!({ "value": [] })), false),
        (refused(200, json!({ "responses": [{ "httpStatusCode": 200, "content": {} }] })), true),
        (refused(202, json!(null)), true),
    ] {
        let (world, sources) = world().await;
        let keys = fifty(&sources).await;
        world.fault("/arm/batch", 100, fault.clone());
        for _ in 0..2 {
            let policies = sources.azure.policies(&keys).await.expect("policies");
            assert_eq!((policies.found.len(), policies.missing.len()), (50, 0), "{fault:?}");
        }
        assert_eq!(world.requests("PolicyAssignments").len(), 100, "{fault:?}");
        assert_eq!(world.requests("/arm/batch").len() > BATCHES, again, "{fault:?}");
        let most = at_once(&world.requests("/arm/"));
        assert!(most <= 16, "{most} at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_lists_share_what_they_have_in_common_and_keep_to_sixteen_at_once() {
    let (world, sources) = world().await;
    let keys = fifty(&sources).await;
    assert_eq!(world.requests("/arm/subscriptions").len(), 1);
    // Whichever list is there first still waits for the names when the other one needs them.
    world.fault("/arm/subscriptions", 1, Fault::Delay { milliseconds: 1_000 });
    let (eligible, active) = tokio::join!(sources.azure.eligible(&[]), sources.azure.active(&[]));
    assert!(eligible.is_ok() && active.is_ok());
    assert_eq!(world.requests("/arm/subscriptions").len(), 2, "names are not read for each list");
    // Neither root answers: every scope is asked, for both lists.
    world.fault("/arm/providers/Microsoft.Authorization/role", 10, Fault::Html);
    world.fault("/arm/subscriptions/*/roleEligibilityScheduleInstances", 100, Fault::Delay { milliseconds: 50 });
    world.fault("/arm/subscriptions/*/roleAssignmentScheduleInstances", 100, Fault::Delay { milliseconds: 50 });
    let (eligible, active) = tokio::join!(sources.azure.eligible(&keys), sources.azure.active(&keys));
    assert_eq!(eligible.expect("the scopes").found.len(), 50);
    assert!(active.is_ok());
    let most = at_once(&world.requests("/arm/"));
    assert!(most <= 16, "{most} at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_told_page_by_page() {
    let world = World::of(Scenario::with_kinds(750, 50, 1)).await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    for kind in Kind::ALL {
        let heard: Arc<Mutex<Vec<Vec<RoleKey>>>> = Arc::default();
        let told = Arc::clone(&heard);
        let tell = Arc::new(move |keys| told.lock().expect("no panic").push(keys));
        let rows = sources.eligible_telling(kind, &[], tell, |_| {}).await.expect("eligible").found;
        assert_eq!(rows.len(), 250, "{kind:?}");
        let heard = heard.lock().expect("no panic");
        let sizes: Vec<usize> = heard.iter().map(Vec::len).collect();
        // Directory roles' policies come all at once anyway; the last page is the list's end.
        let expected: &[usize] = if kind == Kind::DirectoryRole { &[] } else { &[100, 100] };
        assert_eq!(sizes, expected, "{kind:?}");
        let keys = rows.iter().map(|row: &Eligibility| &row.key);
        assert!(heard.iter().flatten().zip(keys).all(|(told, listed)| told == listed), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_and_ten_activations_share_one_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    let scenario = Scenario::with_kinds(150, 10, 1);
    let world = World::of_over_tls(scenario, &ca_file).await;
    let browser = robot(Person::new("maya").trusting(&ca_file));
    let tokens = world.way_in().browser(&browser, None).await.expect("signed in");
    tokens.step_up(Resource::Arm, &Claims("{}".into()), &browser).await.expect("consented to");
    let sources = world.sources(&tokens);
    let rows = sources.azure.eligible(&[]).await.expect("eligible").found;
    let policies = sources.azure.policies(&rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>()).await;
    let policies = policies.expect("policies").found;
    let simple = rows.iter().filter(|row| !policies[&row.key.policy_id()].mfa);
    let ten: Vec<_> = simple.take(10).map(|row| activation(row, 30)).collect();
    assert_eq!(ten.len(), 10);
    for outcome in sources.azure.activate(&ten, None).await {
        outcome.expect("activated");
    }
    let puts: Vec<Entry> =
        world.requests("roleAssignmentScheduleRequests").into_iter().filter(|entry| entry.method == "PUT").collect();
    assert_eq!(puts.len(), 10);
    assert!(puts.iter().all(|put| put.version == "HTTP/2.0" && put.connection == puts[0].connection), "{puts:?}");
}

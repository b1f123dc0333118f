//! Promise R3: a bad network signs nobody out, and a service that names a time is left alone until then.

use chrono::TimeDelta;
use pim::view::{Command, Session};
use tenant::faults::Fault;

use crate::desk::{Desk, listed};

/// The lists, by what is in their paths.
const LISTS: [&str; 3] =
    ["roleEligibilityScheduleInstances", "roleAssignmentScheduleInstances", "roleManagementPolicyAssignments"];

/// What was read so long ago is read again, policies too.
const OLD: TimeDelta = TimeDelta::minutes(11);

/// Longer than the client waits by itself: the state machine has to remember it.
const SECONDS: [u32; 2] = [12, 45];

/// Three ways to say "later", in seconds and as a date.
fn faults(desk: &Desk, seconds: u32) -> Vec<Fault> {
    let date =
        (desk.tenant.app().clock.now() + OLD + TimeDelta::seconds(seconds.into())).format("%a, %d %b %Y %H:%M:%S GMT");
    let says = |status: u16, after: String| Fault::Answer {
        status,
        headers: [("Retry-After".to_owned(), after)].into(),
        body: serde_json::json!("later"),
    };
    vec![
        Fault::Throttle { retry_after: seconds, date: false },
        Fault::Throttle { retry_after: seconds, date: true },
        Fault::Unavailable { retry_after: Some(seconds) },
        says(503, date.to_string()),
        says(504, seconds.to_string()),
        says(504, date.to_string()),
    ]
}

/// Every way to say it, of one list: how often it was said, and how long after the time that was named it was asked again, at
/// the soonest and at the latest.
async fn obeyed(list: &str) -> (usize, TimeDelta, TimeDelta) {
    let desk = Desk::signed_in().await;
    let app = desk.tenant.app();
    let (mut cases, mut soonest, mut latest) = (0, TimeDelta::MAX, TimeDelta::zero());
    for seconds in SECONDS {
        for kind in 0..6 {
            let fault = faults(&desk, seconds).swap_remove(kind);
            let what = format!("{list}: {fault:?}");
            let seen = app.requests.after(0).last().map_or(0, |entry| entry.number);
            // Policies of groups are read in a batch, each by a request of its own.
            desk.fault("GET", list, 20, fault);
            desk.advance(OLD);
            let advanced = app.clock.now();
            desk.agent.send(Command::Refresh);
            // It may have been told of the time only then: once it knows, policies are old as well.
            desk.until(&format!("{what}: the time known"), |view| view.now >= advanced).await;
            desk.agent.send(Command::Refresh);
            let of_list = || app.requests.after(seen).into_iter().filter(|entry| entry.path.contains(list));
            desk.wait(&format!("{what} met"), || of_list().any(|entry| entry.fault.is_some())).await;
            let refused = of_list().find(|entry| entry.fault.is_some()).expect("just seen");
            desk.until(&format!("{what} said"), |view| view.list.problem.is_some() && !view.list.loading).await;
            app.faults.clear();
            // Two seconds before its time nobody asks again, though a list without a time would be asked for every ten seconds.
            let wait = TimeDelta::seconds(seconds.into());
            let early = refused.at + wait - TimeDelta::seconds(2);
            desk.advance((early - app.clock.now()).max(TimeDelta::zero()));
            let view = desk.until(&format!("{what} over"), |view| view.list.problem.is_none() && listed(view)).await;
            assert!(matches!(view.session, Session::SignedIn { .. }), "{what}");
            let again = of_list().find(|entry| entry.number > refused.number).expect("asked again");
            let after = again.at - refused.at;
            // A date has no fraction of a second, and a request arrives when its answer is already under way.
            assert!(after >= wait - TimeDelta::seconds(1), "{what}: asked again after {after}");
            assert!(after <= wait + TimeDelta::seconds(12), "{what}: asked again after {after}");
            soonest = soonest.min(after - wait);
            latest = latest.max(after - wait);
            cases += 1;
        }
    }
    assert_eq!(desk.browsers(), 1, "nobody was signed out");
    (cases, soonest, latest)
}

#[tokio::test]
async fn every_retry_after_is_obeyed_and_the_list_is_there_soon_after() {
    let [first, second, third] = LISTS.map(obeyed);
    let (first, second, third) = tokio::join!(first, second, third);
    let all = [first, second, third];
    let cases: usize = all.iter().map(|(cases, ..)| cases).sum();
    let soonest = all.iter().map(|(_, soonest, _)| *soonest).min().unwrap_or_default();
    let latest = all.iter().map(|(.., latest)| *latest).max().unwrap_or_default();
    println!(
        "R3: {cases} times Retry-After, in seconds and as a date: asked again {} to {} ms after it",
        soonest.num_milliseconds(),
        latest.num_milliseconds()
    );
    assert_eq!(cases, 36);
}

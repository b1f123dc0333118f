//! Later ends: of eligibilities and of standing assignments.

use chrono::Duration;

use super::{
    service::Fault,
    world::{World, id, noon, policy},
};
use crate::{
    model::{Action, RequestStatus},
    view::{Command, ExtensionState, ExtensionView},
};

const ALL: [&str; 3] = ["reader", "group", "azure"];

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

/// An eligibility and a standing assignment that end so many days after the beginning.
fn ending(role: &str, days: i64) -> World {
    let mut world = World::new(&[(role, policy())]);
    world.service.ends.insert(role.to_owned(), noon() + Duration::days(days));
    world.service.standing.insert(role.to_owned(), Some(noon() + Duration::days(days)));
    world.send(Command::Refresh);
    world.pass(seconds(2));
    world
}

fn ask(world: &mut World, role: &str, eligibility: bool) {
    world.send(Command::RequestExtension { id: id(role), eligibility, reason: " still needed ".into() });
}

fn eligible(world: &World, role: &str) -> Option<ExtensionView> {
    world.eligible(role).extension
}

fn standing(world: &World, role: &str) -> Option<ExtensionView> {
    world.row(role).expect("a standing assignment").extension
}

fn state(view: Option<ExtensionView>) -> Option<ExtensionState> {
    view.map(|view| view.state)
}

#[test]
fn an_extension_is_offered_in_the_last_two_weeks_and_asked_for_once() {
    for role in ALL {
        let world = ending(role, 15);
        assert_eq!((eligible(&world, role), standing(&world, role)), (None, None), "there is time");
        assert_eq!(world.extension_reads, 0, "nothing is asked for that nobody could use");
        for eligibility in [true, false] {
            let mut world = ending(role, 13);
            let shown = |world: &World| if eligibility { eligible(world, role) } else { standing(world, role) };
            assert_eq!(shown(&world), Some(ExtensionView { renew: false, state: ExtensionState::Possible }));
            ask(&mut world, role, eligibility);
            ask(&mut world, role, eligibility);
            assert_eq!(state(shown(&world)), Some(ExtensionState::Requesting));
            world.pass(seconds(1));
            assert_eq!(state(shown(&world)), Some(ExtensionState::Requested));
            let (request, side) = world.service.extensions[0].clone();
            assert_eq!((request.action, side, world.service.extensions.len()), (Action::SelfExtend, eligibility, 1));
            assert_eq!(request.justification.as_deref(), Some("still needed"));
            assert!(request.end > Some(noon() + Duration::days(13)), "later than now");
            world.crash();
            world.pass(seconds(2));
            if (role, eligibility) == ("reader", true) {
                // Those requests are not for us to list: the service says so when it is asked again.
                ask(&mut world, role, eligibility);
                world.pass(seconds(1));
            }
            assert_eq!(state(shown(&world)), Some(ExtensionState::Requested), "{role}: found among the requests");
            assert_eq!(world.service.extensions.len(), 1);
            // The administrator did what was asked for.
            world.service.extensions[0].0.status = RequestStatus::InFlight("AdminApproved".into());
            world.service.ends.insert(role.to_owned(), noon() + Duration::days(100));
            world.service.standing.insert(role.to_owned(), Some(noon() + Duration::days(100)));
            world.crash();
            world.pass(seconds(2));
            assert_eq!(shown(&world), None);
        }
    }
}

#[test]
fn what_has_ended_can_be_renewed_for_thirty_days_and_not_activated() {
    let mut world = ending("reader", 1);
    world.pass(Duration::days(2));
    world.send(Command::Refresh);
    world.pass(seconds(1));
    assert_eq!(eligible(&world, "reader"), Some(ExtensionView { renew: true, state: ExtensionState::Possible }));
    assert!(!world.eligible("reader").one_click);
    world.activate("reader", 60);
    assert_eq!(world.eligible("reader").problem.unwrap().code, "eligibility-over");
    world.crash();
    world.pass(seconds(1));
    ask(&mut world, "reader", true);
    world.pass(seconds(1));
    assert_eq!(state(eligible(&world, "reader")), Some(ExtensionState::Requested));
    assert_eq!(world.service.extensions[0].0.action, Action::SelfRenew);
    assert_eq!(world.service.commits("reader"), 0);
    world.service.extensions.clear();
    world.pass(Duration::days(30));
    world.crash();
    world.pass(seconds(1));
    assert!(world.machine.view(world.now).eligible.is_empty(), "too long ago");
}

#[test]
fn a_lost_answer_is_looked_up_and_what_never_arrived_is_told() {
    for (fault, expected) in
        [(Fault::LostAfter, None), (Fault::LostBefore, Some("not-sent")), (Fault::NotSent, Some("network"))]
    {
        let mut world = ending("group", 5);
        world.service.faults = vec![fault];
        ask(&mut world, "group", true);
        world.pass(seconds(200));
        match (state(eligible(&world, "group")), expected) {
            (Some(ExtensionState::Requested), None) => assert_eq!(world.service.extensions.len(), 1),
            (Some(ExtensionState::Failed { problem }), Some(code)) => {
                assert_eq!(problem.code, code);
                world.send(Command::DismissProblem { id: id("group") });
                assert_eq!(state(eligible(&world, "group")), Some(ExtensionState::Possible));
            }
            other => panic!("{fault:?}: {other:?}"),
        }
    }
}

#[test]
fn what_was_asked_for_elsewhere_counts_and_what_cannot_be_asked_for_is_said() {
    let mut world = ending("reader", 5);
    let elsewhere = ending("reader", 5);
    drop(elsewhere);
    ask(&mut world, "reader", true);
    world.pass(seconds(1));
    // Another window, whose lists are older.
    let mut late = ending("reader", 5);
    late.service.extensions = world.service.extensions.clone();
    ask(&mut late, "reader", true);
    late.pass(seconds(1));
    assert_eq!(state(eligible(&late, "reader")), Some(ExtensionState::Requested), "refused as pending: it is there");
    assert_eq!(late.service.extensions.len(), 1);

    let mut early = ending("reader", 20);
    ask(&mut early, "reader", true);
    let Some(ExtensionState::Failed { problem }) = state(eligible(&early, "reader")) else { panic!() };
    assert_eq!(problem.code, "not-extendable");
    let mut silent = ending("reader", 5);
    silent.send(Command::RequestExtension { id: id("reader"), eligibility: true, reason: " ".into() });
    let Some(ExtensionState::Failed { problem }) = state(eligible(&silent, "reader")) else { panic!() };
    assert_eq!(problem.code, "reason-missing");
    assert!(silent.service.extensions.is_empty() && early.service.extensions.is_empty());
}

#[test]
fn an_extension_may_open_one_browser() {
    for signs_in in [true, false] {
        let mut world = ending("azure", 5);
        world.service.strict_extensions = true;
        world.signs_in = signs_in;
        ask(&mut world, "azure", true);
        world.pass(seconds(2));
        assert_eq!(world.step_ups, 1);
        match state(eligible(&world, "azure")) {
            Some(ExtensionState::Requested) if signs_in => {}
            Some(ExtensionState::Failed { problem }) if !signs_in => assert_eq!(problem.code, "sign-in-cancelled"),
            other => panic!("{other:?}"),
        }
    }
}

//! Later ends: of eligibilities and of standing assignments.

use chrono::Duration;

use super::{
    service::Fault,
    world::{World, id, noon, policy},
};
use crate::{
    model::{Action, Kind, RequestStatus},
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
            assert_eq!(state(shown(&world)), Some(ExtensionState::Requested), "{role}: remembered");
            world.pass(seconds(2));
            ask(&mut world, role, eligibility);
            world.pass(seconds(1));
            assert_eq!(state(shown(&world)), Some(ExtensionState::Requested));
            assert_eq!(world.service.extensions.len(), 1, "asked for once");
            // The administrator did what was asked for.
            world.service.decide_extensions(&RequestStatus::InFlight("AdminApproved".into()));
            world.service.ends.insert(role.to_owned(), noon() + Duration::days(100));
            world.service.standing.insert(role.to_owned(), Some(noon() + Duration::days(100)));
            world.crash();
            world.pass(seconds(2));
            assert_eq!(shown(&world), None);
            assert!(world.disk.extensions.is_empty(), "nothing is left of it");
        }
    }
}

#[test]
fn what_was_decided_or_withdrawn_can_be_asked_for_again_where_that_can_be_read() {
    let over = [
        RequestStatus::Denied,
        RequestStatus::Canceled,
        RequestStatus::Failed("Failed".into()),
        RequestStatus::InFlight("AdminApproved".into()),
    ];
    for role in ALL {
        for status in &over {
            let mut world = ending(role, 13);
            world.service.unlistable.clear();
            ask(&mut world, role, true);
            world.pass(seconds(1));
            let reads = world.extension_reads;
            world.send(Command::Refresh);
            world.pass(seconds(1));
            assert_eq!(world.extension_reads, reads + 1, "looked at again with the lists");
            assert_eq!(state(eligible(&world, role)), Some(ExtensionState::Requested));
            world.service.decide_extensions(status);
            world.send(Command::Refresh);
            world.pass(seconds(1));
            assert_eq!(state(eligible(&world, role)), Some(ExtensionState::Possible), "{role} {status:?}");
            assert!(world.disk.extensions.is_empty());
            ask(&mut world, role, true);
            world.pass(seconds(1));
            assert_eq!(world.service.extensions.len(), 2);
        }
    }
}

#[test]
fn what_cannot_be_read_is_over_with_a_later_end_or_past_renewing() {
    let mut world = ending("reader", 5);
    ask(&mut world, "reader", true);
    world.pass(seconds(1));
    world.service.decide_extensions(&RequestStatus::Denied);
    world.crash();
    world.pass(Duration::days(34));
    assert_eq!(state(eligible(&world, "reader")), Some(ExtensionState::Requested), "nobody told otherwise");
    world.pass(Duration::days(2));
    assert!(world.disk.extensions.is_empty());
    world.send(Command::Refresh);
    world.pass(seconds(1));
    assert!(world.machine.view(world.now).eligible.is_empty());
    for end in [Some(6), None] {
        let mut world = ending("reader", 5);
        ask(&mut world, "reader", true);
        world.pass(seconds(1));
        world.service.ends.remove("reader");
        world.service.ends.extend(end.map(|days| ("reader".to_owned(), noon() + Duration::days(days))));
        world.send(Command::Refresh);
        world.pass(seconds(1));
        assert_eq!(state(eligible(&world, "reader")), end.map(|_| ExtensionState::Possible), "granted");
        assert!(world.disk.extensions.is_empty());
    }
}

#[test]
fn what_was_being_asked_for_when_it_ended_is_looked_up_and_not_sent_again() {
    for (fault, listable, expected) in [
        (None, true, None),
        (Some(Fault::LostBefore), true, Some("not-sent")),
        (None, false, Some("not-consented")),
        (Some(Fault::LostBefore), false, Some("not-consented")),
    ] {
        let mut world = ending("reader", 5);
        if listable {
            world.service.unlistable.clear();
        }
        world.service.faults.extend(fault);
        ask(&mut world, "reader", true);
        // Written down, and sent; the answer never comes.
        world.pass(Duration::milliseconds(100));
        assert_eq!(world.service.extensions.len(), usize::from(fault.is_none()));
        world.crash();
        world.pass(seconds(200));
        match (state(eligible(&world, "reader")), expected) {
            (Some(ExtensionState::Requested), None) => assert!(world.disk.extensions[0].taken),
            (Some(ExtensionState::Failed { problem }), Some(code)) => {
                assert_eq!(problem.code, code);
                assert!(world.disk.extensions.is_empty());
            }
            other => panic!("{fault:?} {listable}: {other:?}"),
        }
        assert_eq!(world.service.extensions.len(), usize::from(fault.is_none()), "sent once");
    }
}

#[test]
fn a_service_that_cannot_be_asked_is_not_said_to_know_nothing() {
    let mut world = ending("group", 5);
    world.service.faults = vec![Fault::LostAfter];
    ask(&mut world, "group", true);
    world.pass(Duration::milliseconds(100));
    world.service.away = true;
    world.pass(Duration::minutes(50));
    assert_eq!(state(eligible(&world, "group")), Some(ExtensionState::Requesting));
    world.service.away = false;
    world.pass(Duration::minutes(1));
    assert_eq!(state(eligible(&world, "group")), Some(ExtensionState::Requested));
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

#[test]
fn the_permission_is_asked_for_at_the_click_once_for_all_that_wait() {
    let both = [("reader", policy()), ("auditor", policy())];
    let mut world = World::new(&both);
    for (role, _) in &both {
        world.service.ends.insert((*role).to_owned(), noon() + Duration::days(5));
    }
    world.service.unpermitted.extend([Kind::DirectoryRole, Kind::Group]);
    world.send(Command::Refresh);
    world.pass(seconds(2));
    assert_eq!((world.permits, world.service.extensions.len()), (0, 0), "nobody has clicked");
    for (role, _) in &both {
        ask(&mut world, role, true);
    }
    world.pass(Duration::milliseconds(200));
    assert_eq!(state(eligible(&world, "reader")), Some(ExtensionState::SigningIn));
    world.pass(seconds(2));
    for (role, _) in &both {
        assert_eq!(state(eligible(&world, role)), Some(ExtensionState::Requested));
    }
    assert_eq!((world.permits, world.step_ups, world.service.extensions.len()), (1, 0, 2));
    // The permission lists such requests, too.
    world.service.decide_extensions(&RequestStatus::Denied);
    world.crash();
    world.pass(seconds(2));
    assert_eq!(state(eligible(&world, "reader")), Some(ExtensionState::Possible));
    assert_eq!(world.permits, 1);
}

#[test]
fn a_permission_that_is_not_given_ends_in_words_and_not_in_a_second_sign_in() {
    for (role, signs_in, consents, code) in [
        ("reader", false, false, "AADSTS90094"),
        ("group", false, false, "AADSTS90094"),
        // Somebody has signed in, and the service refuses it all the same.
        ("group", true, false, "PermissionScopeNotGranted"),
    ] {
        let mut world = ending(role, 5);
        world.service.unpermitted.extend([Kind::DirectoryRole, Kind::Group]);
        (world.signs_in, world.consents) = (signs_in, consents);
        ask(&mut world, role, true);
        world.pass(seconds(5));
        let Some(ExtensionState::Failed { problem }) = state(eligible(&world, role)) else { panic!("{role}") };
        assert_eq!((problem.code.as_str(), world.permits), (code, 1));
        assert!(world.disk.extensions.is_empty());
        world.crash();
        world.pass(seconds(5));
        assert_eq!(world.permits, 1, "never by itself");
        ask(&mut world, role, true);
        world.pass(seconds(5));
        assert_eq!(world.permits, 2, "another click, another sign-in");
    }
}

#[test]
fn what_needs_no_such_permission_opens_no_browser() {
    for role in ALL {
        let mut world = ending(role, 5);
        world.service.unpermitted.extend([Kind::DirectoryRole, Kind::Group]);
        ask(&mut world, role, false);
        world.pass(seconds(2));
        assert_eq!(state(standing(&world, role)), Some(ExtensionState::Requested), "{role}: a standing assignment");
        assert_eq!(world.permits, 0);
    }
}

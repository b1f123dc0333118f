//! What follows a running activation by itself: sent beforehand where the service takes that, at its end elsewhere.

mod never_doubled;

use chrono::{DateTime, Duration, DurationRound as _, Utc};

use super::{
    service::Fault,
    world::{World, end, id, policy},
};
use crate::{
    model::{Kind, RequestStatus, Requirements},
    view::{Command, RenewalRefused, RenewalView, RenewalWay, RowState},
};

const ALL: [&str; 3] = ["reader", "group", "azure"];

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn active(role: &str, policy: Requirements, ahead: bool) -> World {
    let mut world = World::new(&[(role, policy)]);
    if ahead {
        world.service.takes_ahead.extend(Kind::ALL);
    }
    world.activate(role, 60);
    world.pass(seconds(2));
    assert_eq!(world.state(role), Some(RowState::Active));
    world
}

fn arm(world: &mut World, role: &str, armed: bool) {
    world.send(Command::ArmRenewal { id: id(role), armed });
    world.pass(seconds(1));
}

fn renewal(world: &World, role: &str) -> RenewalView {
    world.row(role).and_then(|row| row.renewal).expect("an activation's row says how it is renewed")
}

/// No activation of a role begins before the one before it has ended.
fn assert_apart(world: &World, role: &str) {
    for pair in world.service.instances[role].windows(2) {
        let over = pair[0].ended.unwrap_or(pair[0].end);
        assert!(pair[1].start >= over, "{role}: {:?}", world.service.instances[role]);
    }
}

#[test]
fn where_the_service_takes_it_the_renewal_is_sent_beforehand_and_there_is_no_gap() {
    for role in ALL {
        let mut world = active(role, policy(), true);
        assert_eq!(renewal(&world, role).ahead, None, "nobody has tried");
        arm(&mut world, role, true);
        let shown = renewal(&world, role);
        assert_eq!((shown.armed, shown.way, shown.gap_seconds, shown.ahead), (true, RenewalWay::Ahead, 0, Some(true)));
        assert_eq!(shown.pending, Some(RowState::Scheduled));
        assert_eq!(world.rows().len(), 1, "one row, not two");
        world.crash();
        world.pass(seconds(2));
        assert_eq!(renewal(&world, role), RenewalView { step_up: false, ..shown }, "it survives a restart");
        let first = end(&world, role);
        world.pass(first - world.now + seconds(5));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.start), (RowState::Active, Some(first + seconds(1))), "{role}");
        assert!(!row.renewal_armed && row.renewal.unwrap().pending.is_none(), "once, until armed again");
        assert_eq!(world.notes().last().unwrap().title, format!("Role {role} was activated again"));
        world.pass(Duration::hours(5));
        assert_eq!(world.service.commits(role), 2);
        assert!(world.disk.intents.is_empty() && world.disk.renewals.is_empty());
    }
}

#[test]
fn where_the_service_refuses_it_that_is_learned_once_and_the_renewal_waits_for_the_end() {
    for role in ALL {
        let mut world = active(role, policy(), false);
        world.batches.clear();
        arm(&mut world, role, true);
        let shown = renewal(&world, role);
        assert_eq!((shown.armed, shown.way, shown.ahead), (true, RenewalWay::AtExpiry, Some(false)));
        assert!(shown.gap_seconds > 0 && shown.pending.is_none(), "{shown:?}");
        assert_eq!((world.row(role).unwrap().problem, world.failure(role)), (None, None), "no matter for the user");
        assert_eq!(world.batches, [1]);
        arm(&mut world, role, false);
        world.crash();
        world.pass(seconds(1));
        arm(&mut world, role, true);
        assert_eq!(world.batches, [1], "{role}: not asked a second time");
        let first = end(&world, role);
        world.pass(first - world.now + seconds(10));
        assert_eq!(world.state(role), Some(RowState::Active));
        assert_eq!(world.service.commits(role), 2);
        assert_apart(&world, role);
    }
}

/// Some services compare windows by the minute, inclusively: what follows gets a minute of its own there, and no more.
#[test]
fn where_the_service_compares_by_the_minute_what_follows_has_a_minute_of_its_own() {
    for role in ALL {
        let mut world = active(role, policy(), true);
        world.service.by_minute = true;
        world.batches.clear();
        arm(&mut world, role, true);
        let first = end(&world, role);
        let next = first.duration_trunc(Duration::minutes(1)).unwrap() + Duration::minutes(1);
        let shown = renewal(&world, role);
        assert_eq!((shown.armed, shown.way, shown.ahead), (true, RenewalWay::Ahead, Some(true)), "{role}");
        let gap = i64::from(shown.gap_seconds);
        assert!(gap > 0 && (next - first - seconds(gap)).abs() <= seconds(2), "{role}: {gap} s");
        assert_eq!(shown.pending, Some(RowState::Scheduled));
        assert_eq!((world.row(role).unwrap().problem, world.failure(role)), (None, None), "no matter for the user");
        assert_eq!(world.batches, [1, 1], "refused once");
        arm(&mut world, role, false);
        arm(&mut world, role, true);
        assert_eq!(world.batches, [1, 1, 1], "{role}: known for this run");
        world.pass(next - world.now + seconds(5));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.start), (RowState::Active, Some(next)), "{role}");
        assert_apart(&world, role);
    }
}

/// The same of what somebody asks for early.
#[test]
fn what_is_asked_for_early_gets_a_minute_of_its_own_where_it_needs_one() {
    for role in ALL {
        let mut world = active(role, Requirements { approval: false, ..policy() }, true);
        world.service.by_minute = true;
        let first = end(&world, role);
        let (id, reason) = (id(role), "more".to_owned());
        let start = Some(first);
        world.send(Command::Activate { id, minutes: 30, reason, ticket: None, undoable: false, start, scope: None });
        world.pass(seconds(2));
        assert_eq!(renewal(&world, role).pending, Some(RowState::Scheduled), "{role}");
        let next = first.duration_trunc(Duration::minutes(1)).unwrap() + Duration::minutes(1);
        world.pass(next - world.now + seconds(5));
        assert_eq!(world.row(role).unwrap().start, Some(next), "{role}");
        assert_eq!(world.service.commits(role), 2, "{role}");
        assert!(world.disk.intents.is_empty());
    }
}

#[test]
fn disarming_or_ending_takes_back_what_was_sent_beforehand() {
    for role in ALL {
        for deactivates in [false, true] {
            let mut world = active(role, policy(), true);
            arm(&mut world, role, true);
            world.pass(Duration::minutes(6));
            if deactivates {
                world.send(Command::Deactivate { id: id(role) });
            } else {
                world.send(Command::CancelRequest { id: id(role) });
            }
            assert!(!world.row(role).unwrap().renewal_armed);
            // Killed before the answer: it is taken back all the same.
            world.pass(Duration::milliseconds(40));
            world.crash();
            world.pass(Duration::hours(5));
            assert_eq!(world.service.instances[role].len(), 1, "{role} {deactivates}");
            let (request, _) =
                world.service.requests.iter().find(|(request, _)| request.start > request.created).unwrap();
            assert_eq!(request.status, RequestStatus::Canceled);
            assert!(world.rows().is_empty());
        }
    }
}

#[test]
fn a_renewal_whose_answer_was_lost_is_found_and_never_doubled() {
    for role in ALL {
        for fault in [Fault::LostAfter, Fault::LostBefore, Fault::NotSent] {
            let mut world = active(role, policy(), true);
            world.service.lag = seconds(40);
            world.service.repeats_exist = true;
            world.service.faults = vec![fault];
            arm(&mut world, role, true);
            assert!(renewal(&world, role).armed);
            world.pass(Duration::minutes(5));
            assert!(renewal(&world, role).armed, "{role} {fault:?}");
            let first = end(&world, role);
            world.pass(first - world.now + seconds(90));
            assert_eq!(world.state(role), Some(RowState::Active), "{role} {fault:?}");
            assert_eq!(world.service.commits(role), 2);
            assert_apart(&world, role);
        }
    }
}

#[test]
fn what_has_to_be_proven_is_proven_when_the_renewal_is_armed() {
    for role in ["strong", "group", "azure"] {
        for ahead in [false, true] {
            let mut world = active(role, Requirements { mfa: true, ..policy() }, ahead);
            assert_eq!(world.step_ups, 1);
            // What the activation proved is forgotten by then.
            world.pass(Duration::minutes(52));
            world.send(Command::ArmRenewal { id: id(role), armed: true });
            assert_eq!(renewal(&world, role).pending, Some(RowState::SteppingUp));
            world.pass(seconds(2));
            assert_eq!((world.step_ups, renewal(&world, role).armed), (2, true), "{role}");
            world.pass(Duration::minutes(8));
            assert_eq!(world.state(role), Some(RowState::Active), "{role} {ahead}");
            assert_eq!((world.step_ups, world.service.commits(role)), (2, 2), "no browser by itself");
        }
    }
}

#[test]
fn who_does_not_sign_in_has_armed_nothing_and_reads_why() {
    let mut world = active("strong", Requirements { mfa: true, ..policy() }, true);
    world.pass(Duration::minutes(52));
    world.signs_in = false;
    arm(&mut world, "strong", true);
    let row = world.row("strong").unwrap();
    assert_eq!((row.renewal_armed, row.problem.unwrap().code.as_str()), (false, "sign-in-cancelled"));
    world.pass(Duration::hours(2));
    assert_eq!(world.service.commits("strong"), 1);
}

#[test]
fn several_renewals_with_the_same_need_open_one_browser() {
    let strong = || Requirements { mfa: true, ..policy() };
    let mut world = World::new(&[("a", strong()), ("b", strong()), ("c", strong())]);
    for role in ["a", "b", "c"] {
        world.activate(role, 60);
    }
    world.pass(Duration::minutes(52));
    for role in ["a", "b", "c"] {
        world.send(Command::ArmRenewal { id: id(role), armed: true });
    }
    world.pass(seconds(2));
    assert_eq!(world.step_ups, 2);
    assert!(["a", "b", "c"].iter().all(|role| renewal(&world, role).armed));
}

fn early(role: &str, start: DateTime<Utc>) -> Command {
    let (id, reason) = (id(role), "still at it".to_owned());
    Command::Activate { id, minutes: 30, reason, ticket: None, undoable: false, start: Some(start), scope: None }
}

#[test]
fn what_somebody_approves_is_asked_for_early_instead() {
    for role in ALL {
        let gated = Requirements { approval: true, approvers: vec!["Noor".into()], ..policy() };
        let mut world = World::new(&[(role, gated)]);
        world.service.takes_ahead.extend(Kind::ALL);
        world.activate(role, 60);
        world.pass(seconds(1));
        world.service.decide(role, &RequestStatus::Provisioned, world.now);
        world.pass(seconds(90));
        assert_eq!(renewal(&world, role).refused, Some(RenewalRefused::Approval));
        arm(&mut world, role, true);
        assert_eq!(world.row(role).unwrap().problem.unwrap().code, "not-renewable");
        let first = end(&world, role);
        world.send(early(role, first));
        world.pass(seconds(2));
        let row = world.row(role).unwrap();
        assert_eq!((world.rows().len(), row.state, row.problem), (1, RowState::Active, None));
        let Some(RowState::WaitingForApproval { approvers, .. }) = row.renewal.unwrap().pending else { panic!() };
        assert_eq!(approvers, ["Noor"]);
        world.crash();
        world.pass(seconds(2));
        assert!(matches!(renewal(&world, role).pending, Some(RowState::WaitingForApproval { .. })));
        world.service.decide(role, &RequestStatus::Granted, world.now);
        world.pass(seconds(90));
        assert_eq!(renewal(&world, role).pending, Some(RowState::Scheduled));
        world.pass(first - world.now + seconds(20));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("still at it")), "{role}");
        assert_apart(&world, role);
    }
}

#[test]
fn a_service_that_takes_no_early_request_says_so_once_and_then_we_do() {
    let gated = Requirements { approval: true, ..policy() };
    let mut world = World::new(&[("gated", gated)]);
    world.activate("gated", 60);
    world.pass(seconds(1));
    world.service.decide("gated", &RequestStatus::Provisioned, world.now);
    world.pass(seconds(90));
    let first = end(&world, "gated");
    for (code, sent) in [("RoleAssignmentExists", 1), ("not-while-active", 0)] {
        world.batches.clear();
        world.send(early("gated", first));
        world.pass(seconds(2));
        let problem = world.row("gated").unwrap().problem.unwrap();
        assert_eq!((problem.code.as_str(), world.batches.len()), (code, sent));
        assert!(problem.message.contains("Ask again when it has ended"), "{problem}");
    }
    assert_eq!(renewal(&world, "gated").ahead, Some(false));
    assert_eq!(world.state("gated"), Some(RowState::Active));
}

#[test]
fn ending_and_activating_again_first_takes_back_what_was_sent_beforehand() {
    for role in ALL {
        let mut world = active(role, policy(), true);
        arm(&mut world, role, true);
        world.pass(Duration::minutes(10));
        world.send(Command::RestartNow {
            id: id(role),
            minutes: 20,
            reason: "more".into(),
            ticket: None,
            confirmed: false,
        });
        world.pass(seconds(5));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("more")), "{role}");
        world.pass(Duration::hours(3));
        assert_eq!(world.service.instances[role].len(), 2);
    }
}

#[test]
fn what_is_armed_stays_so_where_ending_and_activating_again_comes_to_nothing() {
    for (ahead, crashes) in [(true, false), (false, false), (true, true), (false, true)] {
        for role in ALL {
            let mut world = active(role, policy(), ahead);
            arm(&mut world, role, true);
            world.pass(Duration::minutes(10));
            let first = end(&world, role);
            // Nothing arrives; after three minutes that is certain.
            world.service.faults = vec![Fault::LostBefore];
            world.send(Command::RestartNow {
                id: id(role),
                minutes: 20,
                reason: "more".into(),
                ticket: None,
                confirmed: false,
            });
            world.pass(seconds(1));
            assert!(!world.row(role).unwrap().renewal_armed);
            if crashes {
                world.crash();
            }
            world.pass(Duration::minutes(4));
            let row = world.row(role).unwrap();
            assert_eq!((row.state, row.end), (RowState::Active, Some(first)), "{role}: it was not ended");
            assert!(row.renewal_armed && row.problem.is_some(), "{role}");
            let way = if ahead { RenewalWay::Ahead } else { RenewalWay::AtExpiry };
            assert_eq!(renewal(&world, role).way, way, "{role}");
            world.pass(first - world.now + seconds(10));
            let row = world.row(role).unwrap();
            assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("why")), "{role}: as it was armed");
            assert_apart(&world, role);
            world.pass(Duration::hours(5));
            assert_eq!(world.service.instances[role].len(), 2, "{role}: once");
        }
    }
}

#[test]
fn what_is_armed_is_used_up_by_ending_and_activating_again() {
    let mut world = active("reader", policy(), false);
    arm(&mut world, "reader", true);
    world.pass(Duration::minutes(10));
    world.send(Command::RestartNow {
        id: id("reader"),
        minutes: 20,
        reason: "more".into(),
        ticket: None,
        confirmed: false,
    });
    world.pass(seconds(5));
    assert!(!world.row("reader").unwrap().renewal_armed && world.disk.renewals.is_empty());
    world.pass(Duration::hours(3));
    assert_eq!(world.service.instances["reader"].len(), 2);
}

#[test]
fn a_renewal_that_somebody_cancelled_elsewhere_is_told_of() {
    let mut world = active("reader", policy(), true);
    arm(&mut world, "reader", true);
    world.pass(Duration::minutes(5));
    for (request, _) in &mut world.service.requests {
        if request.status == RequestStatus::Granted {
            request.status = RequestStatus::Canceled;
        }
    }
    world.send(Command::Refresh);
    world.pass(seconds(3));
    let row = world.row("reader").unwrap();
    assert_eq!((row.renewal_armed, row.problem.unwrap().code.as_str()), (false, "Canceled"));
    assert_eq!(world.notes().last().unwrap().title, "Role reader will not be activated again");
    world.pass(Duration::hours(2));
    assert_eq!(world.service.commits("reader"), 2, "the original and the cancelled one");
}

#[test]
fn nothing_is_sent_beforehand_shortly_before_the_end() {
    let mut world = active("reader", policy(), true);
    world.pass(Duration::minutes(58) + seconds(30));
    arm(&mut world, "reader", true);
    let shown = renewal(&world, "reader");
    assert_eq!((shown.armed, shown.way, shown.pending), (true, RenewalWay::AtExpiry, None));
    world.pass(Duration::minutes(2));
    assert_eq!(world.service.commits("reader"), 2);
}

#[test]
fn the_gap_is_what_provisioning_took_lately() {
    let mut world = World::new(&[("group", policy())]);
    world.service.provisioning = seconds(20);
    world.activate("group", 60);
    world.pass(seconds(60));
    let shown = renewal(&world, "group");
    assert!((20..=40).contains(&shown.gap_seconds), "{shown:?}");
}

//! Crashes and sleeps between the click and the answer, under clocks that are right or wrong.

use chrono::Duration;

use super::{
    service::Fault,
    world::{World, policy},
};
use crate::{
    journal::Outcome,
    model::{RequestStatus, Requirements},
    view::RowState,
};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

#[test]
fn a_suspend_does_not_count_as_looking() {
    let mut world = World::new(&[("reader", policy())]);
    world.service.faults = vec![Fault::LostAfter];
    world.service.lag = seconds(100);
    world.activate("reader", 60);
    world.pass(seconds(1));
    world.suspend(seconds(3600 - 30));
    world.pass(seconds(10));
    assert_eq!(world.failure("reader"), None);
    assert_eq!(world.state("reader"), Some(RowState::Active));
}

#[test]
fn a_crash_between_intent_and_answer_is_reconciled() {
    for fault in [Fault::LostBefore, Fault::LostAfter] {
        let mut world = World::new(&[("reader", policy())]);
        world.service.faults = vec![fault];
        world.activate("reader", 60);
        // The journal takes 80 ms here, the answer as long again.
        world.pass(Duration::milliseconds(150));
        world.crash();
        assert_eq!(world.state("reader"), Some(RowState::Checking));
        world.pass(seconds(300));
        match fault {
            Fault::LostAfter => assert_eq!(world.state("reader"), Some(RowState::Active)),
            _ => assert_eq!(world.failure("reader").as_deref(), Some("not-sent")),
        }
        assert_eq!(world.service.commits("reader"), usize::from(fault == Fault::LostAfter));
    }
}

#[test]
fn a_clock_that_was_fast_at_the_start_delays_nothing() {
    for (fault, outcome) in [(Fault::LostAfter, None), (Fault::LostBefore, Some("not-sent"))] {
        let mut world = World::new(&[("reader", policy())]);
        world.service.faults.push(fault);
        world.now += Duration::hours(1);
        world.activate("reader", 60);
        // Its intent is being written down when the first answer puts the clock right.
        world.pass(Duration::milliseconds(40));
        world.put_clock_right(Duration::hours(1));
        world.pass(seconds(182));
        assert_eq!(world.failure("reader").as_deref(), outcome);
        assert_eq!(world.state("reader") == Some(RowState::Active), outcome.is_none());
    }
    let mut world = World::new(&[("reader", policy())]);
    world.service.faults.push(Fault::LostBefore);
    world.activate("reader", 60);
    world.pass(seconds(1));
    world.now += Duration::hours(1);
    world.crash();
    world.put_clock_right(Duration::hours(1));
    world.pass(seconds(182));
    assert_eq!(world.failure("reader").as_deref(), Some("not-sent"));
}

#[test]
fn a_clock_that_was_slow_at_the_start_decides_nothing_early() {
    for (fault, outcome) in [(Fault::LostAfter, None), (Fault::LostBefore, Some("not-sent"))] {
        let mut world = World::new(&[("reader", policy())]);
        world.service.faults.push(fault);
        world.activate("reader", 60);
        world.pass(Duration::milliseconds(150));
        // Neither list shows anything younger than this.
        world.service.lag = seconds(150);
        world.crash_with_slow_clock(Duration::hours(1));
        world.pass(seconds(145));
        assert_eq!(world.state("reader"), Some(RowState::Checking), "{fault:?}: it may still show");
        world.pass(seconds(37));
        assert_eq!(world.failure("reader").as_deref(), outcome);
        assert_eq!(world.state("reader") == Some(RowState::Active), outcome.is_none());
    }
}

#[test]
fn a_request_that_is_over_is_not_found_again_after_a_crash() {
    let mut world = World::new(&[("gated", Requirements { approval: true, ..policy() })]);
    world.activate("gated", 60);
    world.pass(seconds(10));
    world.service.decide("gated", &RequestStatus::Denied, world.now);
    world.pass(seconds(30));
    assert_eq!(world.failure("gated").as_deref(), Some("Denied"));
    world.crash();
    world.service.faults.push(Fault::LostBefore);
    world.activate("gated", 60);
    world.pass(seconds(182));
    assert_eq!(world.failure("gated").as_deref(), Some("not-sent"));
}

#[test]
fn no_browser_opens_by_itself_after_a_restart() {
    let strong = Requirements { mfa: true, ..policy() };
    let mut world = World::new(&[("azure-strong", strong)]);
    world.signs_in = false;
    world.activate("azure-strong", 60);
    while world.step_ups == 0 {
        world.pass(Duration::milliseconds(10));
    }
    world.crash();
    world.pass(Duration::minutes(5));
    assert_eq!(world.step_ups, 1);
    assert!(matches!(world.state("azure-strong"), Some(RowState::Failed { .. })));
    assert_eq!(world.service.commits("azure-strong"), 0);
}

#[test]
fn what_a_fast_clock_has_dated_is_found_after_a_crash() {
    for fault in [Fault::LostAfter, Fault::LostBefore] {
        for (fast, away) in [(Duration::minutes(30), seconds(1)), (Duration::hours(20), Duration::minutes(20))] {
            for role in ["reader", "group-reader", "azure-reader"] {
                let mut world = World::new(&[(role, policy())]);
                world.service.faults.push(fault);
                world.crash_with_fast_clock(role, fast, away);
                world.pass(Duration::minutes(4));
                let found = fault == Fault::LostAfter;
                assert_eq!(world.service.commits(role), usize::from(found), "{role} {fast} {away}");
                let expected =
                    if found { (Some(RowState::Active), None) } else { (world.state(role), Some("not-sent")) };
                let failure = world.failure(role);
                assert_eq!((world.state(role), failure.as_deref()), expected, "{fault:?} {role} {fast} {away}");
                assert!(world.disk.intents.is_empty());
                let outcome = &world.disk.history.last().unwrap().outcome;
                assert_eq!(*outcome == Outcome::Granted, found, "{fault:?} {role}: {outcome:?}");
            }
        }
    }
}

//! What is done without a click, and until when something renews by itself.

use std::cell::Cell;

use chrono::{Duration, NaiveTime};
use proptest::prelude::*;

use super::{
    service::Fault,
    world::{World, end, id, noon, policy},
};
use crate::{
    elevation::{ByItself, Options},
    model::{Kind, RequestStatus, Requirements},
    view::{Command, RowState},
};

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

/// Active since a moment after noon.
fn active(role: &str, policy: Requirements, minutes: u32) -> World {
    let mut world = World::new(&[(role, policy)]);
    world.activate(role, minutes);
    world.pass(seconds(2));
    assert_eq!(world.state(role), Some(RowState::Active));
    world
}

fn until(world: &mut World, text: &str) {
    world.set(Options { renews_until: Some(time(text)), ..world.options });
}

fn arm(world: &mut World, role: &str) {
    world.send(Command::ArmRenewal { id: id(role), armed: true });
    world.pass(seconds(1));
    assert!(world.row(role).unwrap().renewal_armed);
}

fn ends(world: &mut World, role: &str) {
    world.by_itself(ByItself::End { id: id(role) });
}

#[test]
fn what_ends_by_itself_is_ended_and_does_not_renew() {
    for role in ["reader", "group", "azure"] {
        for ahead in [false, true] {
            let mut world = active(role, policy(), 60);
            world.service.takes_ahead.extend(Kind::ALL.into_iter().filter(|_| ahead));
            arm(&mut world, role);
            world.pass(Duration::minutes(6));
            ends(&mut world, role);
            assert_eq!(world.state(role), Some(RowState::Deactivating));
            ends(&mut world, role);
            world.pass(Duration::hours(3));
            let [instance] = &world.service.instances[role][..] else { panic!("{role} was activated again") };
            assert!(instance.ended.is_some());
            assert!(world.rows().is_empty() && world.notes().is_empty(), "{:?}", world.notes());
        }
    }
}

#[test]
fn what_the_service_refuses_is_tried_once_and_opens_no_browser() {
    for fault in [Fault::Refused, Fault::Challenged] {
        let mut world = active("reader", policy(), 60);
        world.pass(Duration::minutes(6));
        let browsers = world.step_ups;
        world.service.faults = vec![fault, Fault::Refused];
        ends(&mut world, "reader");
        world.pass(Duration::minutes(20));
        let row = world.row("reader").unwrap();
        assert_eq!(row.state, RowState::Active);
        assert!(row.problem.is_some(), "it says why");
        assert_eq!((world.step_ups, world.service.faults.len()), (browsers, 1), "{fault:?}");
    }
    // Whoever clicks is asked.
    let mut world = active("reader", policy(), 60);
    world.pass(Duration::minutes(6));
    world.service.faults = vec![Fault::Challenged];
    world.send(Command::Deactivate { id: id("reader") });
    world.pass(seconds(5));
    assert_eq!((world.step_ups, world.state("reader")), (1, None));
}

#[test]
fn with_the_network_away_it_is_ended_when_that_is_back() {
    let mut world = active("reader", policy(), 60);
    world.pass(Duration::minutes(6));
    world.service.faults = vec![Fault::NotSent; 4];
    ends(&mut world, "reader");
    world.pass(seconds(50));
    assert_eq!(world.state("reader"), Some(RowState::Deactivating));
    world.pass(seconds(80));
    assert_eq!(world.state("reader"), None);
    // However long that takes, and less and less often.
    let mut world = active("reader", policy(), 120);
    world.pass(Duration::minutes(6));
    world.service.faults = vec![Fault::NotSent; 200];
    ends(&mut world, "reader");
    world.pass(Duration::minutes(60));
    assert_eq!(world.state("reader"), Some(RowState::Deactivating));
    assert!((136..=140).contains(&world.service.faults.len()), "{}", world.service.faults.len());
    world.service.faults.clear();
    world.pass(Duration::minutes(2));
    assert_eq!(world.state("reader"), None);
}

#[test]
fn a_machine_that_is_put_to_sleep_by_closing_its_lid_ends_it_when_it_wakes_up() {
    // The request was not sent, or nobody knows whether it was; the network comes back some moments after the machine.
    for fault in [Fault::NotSent, Fault::LostBefore] {
        for role in ["reader", "group", "azure"] {
            let mut world = active(role, policy(), 240);
            world.pass(Duration::minutes(6));
            world.service.faults = vec![fault];
            ends(&mut world, role);
            world.suspend(Duration::minutes(45));
            world.service.faults = vec![Fault::NotSent; 2];
            world.pass(Duration::minutes(8));
            assert_eq!(world.state(role), None, "{role}, {fault:?}");
            assert!(world.service.instances[role][0].ended.is_some());
        }
    }
}

#[test]
fn nothing_comes_of_ending_what_is_not_active_or_still_locked() {
    let mut world = active("reader", policy(), 60);
    ends(&mut world, "reader");
    ends(&mut world, "nobody");
    world.pass(Duration::minutes(1));
    let row = world.row("reader").unwrap();
    assert_eq!((row.state, row.problem), (RowState::Active, None));
}

#[test]
fn what_is_armed_by_itself_opens_no_browser_and_is_no_problem_where_it_cannot_be() {
    for role in ["reader", "group", "azure"] {
        let mut world = active(role, policy(), 60);
        world.by_itself(ByItself::Arm { id: id(role) });
        world.pass(seconds(2));
        assert!(world.row(role).unwrap().renewal_armed, "{role}");
        world.pass(Duration::minutes(62));
        assert_eq!(world.service.commits(role), 2);
    }
    // The activation has proven what it takes.
    let mut world = active("strong", Requirements { mfa: true, ..policy() }, 60);
    world.by_itself(ByItself::Arm { id: id("strong") });
    assert!(world.row("strong").unwrap().renewal_armed);
    // After a restart nobody knows.
    world.send(Command::ArmRenewal { id: id("strong"), armed: false });
    world.crash();
    world.pass(seconds(2));
    let browsers = world.step_ups;
    world.by_itself(ByItself::Arm { id: id("strong") });
    world.pass(seconds(2));
    let row = world.row("strong").unwrap();
    assert_eq!((row.renewal_armed, row.problem, world.step_ups), (false, None, browsers));
    // What wants a ticket must be typed.
    let mut world = World::new(&[("ticket", Requirements { ticket: true, ..policy() })]);
    world.by_itself(ByItself::Arm { id: id("ticket") });
    assert!(world.rows().is_empty());
}

#[test]
fn what_would_renew_after_that_time_says_so_and_is_disarmed_with_the_warning() {
    for role in ["reader", "group", "azure"] {
        for ahead in [false, true] {
            let mut world = active(role, policy(), 60);
            world.service.takes_ahead.extend(Kind::ALL.into_iter().filter(|_| ahead));
            until(&mut world, "12:30");
            arm(&mut world, role);
            let not_after = world.row(role).unwrap().renewal.unwrap().not_after;
            assert_eq!(not_after, Some(noon() + Duration::minutes(30)));
            assert!(world.disk.intents.is_empty(), "nothing is sent beforehand");
            world.pass(end(&world, role) - Duration::minutes(5) - world.now);
            assert!(!world.row(role).unwrap().renewal_armed);
            let warning = world.notes().last().unwrap().body.clone();
            assert!(warning.starts_with("Active until 13:00."), "{warning}");
            world.pass(Duration::hours(3));
            assert_eq!(world.service.commits(role), 1, "{role}");
            assert!(world.notes().last().unwrap().title.ends_with("has ended"));
        }
    }
}

#[test]
fn what_renews_before_that_time_does_and_its_successor_does_not() {
    let mut world = active("reader", policy(), 60);
    until(&mut world, "13:30");
    arm(&mut world, "reader");
    assert_eq!(world.row("reader").unwrap().renewal.unwrap().not_after, None);
    world.pass(Duration::minutes(62));
    assert_eq!(world.state("reader"), Some(RowState::Active));
    assert!(world.row("reader").unwrap().renewal.unwrap().not_after.is_some());
    world.by_itself(ByItself::Arm { id: id("reader") });
    world.pass(Duration::hours(3));
    assert_eq!(world.service.commits("reader"), 2);
}

#[test]
fn a_time_that_is_set_later_takes_back_what_was_sent_beforehand() {
    let mut world = active("reader", policy(), 60);
    world.service.takes_ahead.extend(Kind::ALL);
    arm(&mut world, "reader");
    world.pass(Duration::minutes(30));
    assert_eq!(world.row("reader").unwrap().renewal.unwrap().pending, Some(RowState::Scheduled));
    until(&mut world, "12:40");
    world.pass(Duration::hours(3));
    assert_eq!(world.service.instances["reader"].len(), 1);
    let mut planned = world.service.requests.iter().filter(|(request, _)| request.start > request.created);
    assert_eq!(planned.next().unwrap().0.status, RequestStatus::Canceled);
}

#[test]
fn the_end_of_the_day_is_such_a_time_unless_it_is_kept() {
    for kept in [false, true] {
        let mut world = active("reader", policy(), 60);
        let kept_day = kept.then(|| noon().date_naive());
        world.set(Options { day_ends: Some(time("12:30")), kept: kept_day, ..world.options });
        world.send(Command::ArmRenewal { id: id("reader"), armed: true });
        world.pass(Duration::hours(3));
        assert_eq!(world.service.commits("reader"), if kept { 2 } else { 1 }, "{kept}");
    }
}

#[test]
fn what_is_noticed_after_that_time_does_not_renew() {
    // Asleep from before the end to after that time; started anew in between, or not.
    for crash in [false, true] {
        let mut world = active("reader", policy(), 60);
        until(&mut world, "13:10");
        arm(&mut world, "reader");
        world.pass(Duration::minutes(50));
        world.suspend(Duration::minutes(25));
        if crash {
            world.crash();
        }
        world.pass(Duration::minutes(30));
        assert_eq!((world.service.commits("reader"), world.state("reader")), (1, None), "{crash}");
        assert!(world.notes().iter().any(|note| note.title.ends_with("has ended")), "{:?}", world.notes());
    }
    // The network was away at the end, and comes back too late.
    let mut world = active("reader", policy(), 60);
    until(&mut world, "13:10");
    arm(&mut world, "reader");
    world.pass(end(&world, "reader") - world.now - seconds(1));
    world.service.faults = vec![Fault::NotSent; 1000];
    world.pass(Duration::minutes(12));
    world.service.faults.clear();
    world.pass(Duration::minutes(30));
    assert_eq!(world.service.commits("reader"), 1);
    assert_eq!(world.failure("reader").as_deref(), Some("renewal-lapsed"));
}

/// However long activations are and whenever the machine sleeps: nothing begins by itself after that time of the day.
#[test]
fn nothing_ever_renews_by_itself_after_that_time() {
    let (cases, renewed) = (Cell::new(0), Cell::new(0));
    proptest!(ProptestConfig::with_cases(200), |(
        limit in 0..1440_u32,
        steps in prop::collection::vec((5..240_u32, 0..400_i64, 0..4_u8, any::<bool>()), 1..12),
    )| {
        cases.set(cases.get() + 1);
        let limit = NaiveTime::from_hms_opt(limit / 60, limit % 60, 0).unwrap();
        let mut world = World::new(&[("reader", policy())]);
        world.set(Options { renews_until: Some(limit), ..world.options });
        let mut clicks = Vec::new();
        for (minutes, passes, what, ahead) in steps {
            world.service.takes_ahead.extend(Kind::ALL.into_iter().filter(|_| ahead));
            if world.rows().is_empty() {
                world.activate("reader", minutes);
                clicks.push(world.now);
            }
            world.pass(seconds(2));
            world.by_itself(ByItself::Arm { id: id("reader") });
            match what {
                0 => world.suspend(Duration::minutes(passes)),
                1 => {
                    world.suspend(Duration::minutes(passes));
                    world.crash();
                }
                _ => world.pass(Duration::minutes(passes)),
            }
            world.pass(Duration::minutes(1));
        }
        for instance in &world.service.instances["reader"] {
            let clicked = clicks.iter().any(|at| (Duration::zero()..seconds(5)).contains(&(instance.start - *at)));
            renewed.set(renewed.get() + u32::from(!clicked));
            // It was sent a moment before it began.
            let sent = (instance.start - seconds(5)).time();
            prop_assert!(clicked || instance.start.time() < limit || sent < limit, "{limit}: {instance:?}");
        }
    });
    // Fewer cases, as where a system is imitated, meet fewer of them.
    assert!(renewed.get() > cases.get() / 4, "{}", renewed.get());
}

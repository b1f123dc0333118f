//! While it is active, its end, and what follows.

use chrono::Duration;

use super::{
    service::Fault,
    world::{World, id, policy},
};
use crate::{
    elevation::{Notification, NotificationAction},
    model::Requirements,
    view::{Command, RowState, Status},
};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn active(minutes: u32) -> World {
    let mut world = World::new(&[("reader", policy())]);
    world.activate("reader", minutes);
    world.pass(seconds(1));
    assert_eq!(world.state("reader"), Some(RowState::Active));
    world
}

#[test]
fn it_is_warned_of_once_and_its_end_told_once() {
    let mut world = active(60);
    world.pass(Duration::minutes(54));
    assert_eq!((world.notes().len(), world.machine.status(world.now)), (0, Status::Active));
    world.pass(Duration::minutes(1));
    assert_eq!(world.machine.status(world.now), Status::Expiring);
    let note = world.notes()[0].clone();
    assert_eq!(note.title, "Role reader ends in 5 minutes");
    assert_eq!(
        note.actions,
        [NotificationAction::Reactivate { account: None, id: id("reader") }, NotificationAction::Dismiss]
    );
    assert!(note.body.contains("13:00") && note.body.contains("why"), "{}", note.body);
    world.pass(Duration::minutes(5) + seconds(5));
    assert_eq!(world.row("reader"), None);
    assert_eq!(world.machine.status(world.now), Status::Idle);
    assert_eq!(world.notes()[1].title, "Role reader has ended");
    world.pass(Duration::hours(20));
    assert_eq!(world.notes().len(), 2);
    world.activate("reader", 60);
    world.pass(seconds(1));
    assert!(world.hanging().is_empty(), "stale ones are withdrawn");
}

#[test]
fn a_short_activation_is_warned_of_in_its_last_third() {
    let mut world = active(9);
    world.pass(Duration::minutes(5));
    assert_eq!(world.notes().len(), 0);
    world.pass(Duration::minutes(2));
    assert_eq!(world.notes()[0].title, "Role reader ends in 3 minutes");
}

#[test]
fn a_batch_is_warned_of_together() {
    let mut world = World::new(&[("a", policy()), ("b", policy()), ("c", policy())]);
    for role in ["a", "b", "c"] {
        world.activate(role, 60);
    }
    world.pass(Duration::minutes(56));
    assert_eq!(world.notes().len(), 1);
    assert_eq!(world.notes()[0].title, "3 roles end in 5 minutes");
    assert_eq!(world.notes()[0].body, "Role a, Role b and Role c.");
    world.pass(Duration::minutes(5));
    assert_eq!(world.notes().len(), 2);
    assert_eq!(world.notes()[1].title, "3 roles have ended");
}

#[test]
fn restarts_and_suspends_neither_repeat_nor_miss_a_warning() {
    let mut world = active(60);
    world.suspend(Duration::minutes(56));
    world.pass(seconds(1));
    assert_eq!(world.notes().len(), 1, "late, but still of use");
    world.crash();
    world.pass(seconds(60));
    world.suspend(seconds(60));
    assert_eq!(world.notes().len(), 1);
    world.suspend(Duration::days(3));
    world.pass(seconds(10));
    assert_eq!(world.notes().len(), 2, "asleep over the end: one note of the end");
    world.crash();
    world.pass(Duration::hours(2));
    assert_eq!(world.notes().len(), 2);
}

#[test]
fn the_lock_of_five_minutes_is_shown_and_kept() {
    let mut world = active(60);
    let row = world.row("reader").unwrap();
    assert_eq!(row.deactivatable_from, row.start.map(|start| start + Duration::minutes(5)));
    world.send(Command::Deactivate { id: id("reader") });
    world.pass(seconds(1));
    assert_eq!(world.row("reader").unwrap().problem.unwrap().code, "locked");
    assert_eq!(world.state("reader"), Some(RowState::Active));
    world.pass(Duration::minutes(5));
    world.send(Command::Deactivate { id: id("reader") });
    assert_eq!(world.state("reader"), Some(RowState::Deactivating));
    world.service.lag = seconds(120);
    world.pass(seconds(200));
    assert_eq!(world.row("reader"), None, "a list that lags behind does not bring it back");
    world.pass(Duration::hours(1));
    assert_eq!(world.notes().len(), 0, "who ended it knows");
}

#[test]
fn a_lost_deactivation_is_looked_up() {
    for (fault, ended) in [(Fault::LostAfter, true), (Fault::LostBefore, false)] {
        let mut world = active(60);
        world.pass(Duration::minutes(6));
        world.service.faults = vec![fault];
        world.send(Command::Deactivate { id: id("reader") });
        world.pass(seconds(240));
        assert_eq!(world.row("reader").is_none(), ended);
        let problem = world.row("reader").and_then(|row| row.problem).map(|problem| problem.code);
        assert_eq!(problem.as_deref(), (!ended).then_some("deactivation-not-sent"));
    }
}

#[test]
fn a_crash_in_the_middle_of_a_deactivation_is_reconciled() {
    for fault in [Fault::LostBefore, Fault::LostAfter] {
        let mut world = World::new(&[("reader", policy())]);
        world.activate("reader", 60);
        world.pass(Duration::minutes(6));
        world.service.faults.push(fault);
        world.send(Command::Deactivate { id: id("reader") });
        // The journal takes 80 ms here, the answer as long again.
        world.pass(Duration::milliseconds(120));
        world.crash();
        assert_eq!(world.state("reader"), Some(RowState::Deactivating));
        world.pass(Duration::seconds(190));
        let row = world.row("reader");
        match fault {
            Fault::LostAfter => assert_eq!(row, None, "it is over"),
            _ => assert!(row.is_some_and(|row| row.state == RowState::Active && row.problem.is_some())),
        }
        assert!(world.disk.endings.is_empty(), "nothing is left open in the journal");
        assert_eq!(world.service.commits("reader"), 1);
    }
}

#[test]
fn a_deactivation_of_what_is_over_already_is_done() {
    let mut world = World::new(&[("reader", policy())]);
    world.activate("reader", 60);
    world.pass(Duration::minutes(6));
    let (now, lag) = (world.now, Duration::seconds(170));
    world.service.lag = lag;
    world.service.deactivate(&super::service::key("reader"), now).unwrap();
    world.send(Command::Deactivate { id: id("reader") });
    world.pass(Duration::seconds(1));
    assert_eq!(world.row("reader"), None);
    assert!(world.disk.endings.is_empty());
    assert_eq!(world.eligible("reader").problem, None);
}

#[test]
fn an_armed_renewal_is_sent_at_the_end_by_itself() {
    let mut world = active(60);
    world.send(Command::ArmRenewal { id: id("reader"), armed: true });
    assert!(world.row("reader").unwrap().renewal_armed);
    world.crash();
    world.pass(Duration::minutes(57));
    assert_eq!(world.notes()[0].actions[0], NotificationAction::Open, "nothing to activate again by hand");
    world.pass(Duration::minutes(4));
    let row = world.row("reader").unwrap();
    assert_eq!((row.state, row.renewal_armed), (RowState::Active, false));
    assert_eq!(world.service.commits("reader"), 2);
    assert_eq!(world.notes().len(), 2);
    assert_eq!(world.notes()[1].title, "Role reader was activated again");
}

#[test]
fn a_renewal_the_service_is_not_ready_for_is_tried_again_shortly() {
    let mut world = active(60);
    world.send(Command::ArmRenewal { id: id("reader"), armed: true });
    world.service.lingering = seconds(20);
    world.pass(Duration::minutes(60) + seconds(40));
    assert_eq!(world.state("reader"), Some(RowState::Active));
    assert_eq!(world.service.instances["reader"].len(), 2);
}

#[test]
fn a_renewal_is_not_sent_days_later_nor_when_somebody_else_ended_the_activation() {
    let mut world = active(60);
    world.send(Command::ArmRenewal { id: id("reader"), armed: true });
    world.suspend(Duration::days(2));
    world.pass(Duration::minutes(1));
    assert_eq!(world.failure("reader").as_deref(), Some("renewal-lapsed"));
    assert_eq!(world.service.commits("reader"), 1);

    let mut world = active(60);
    world.send(Command::ArmRenewal { id: id("reader"), armed: true });
    world.pass(Duration::minutes(10));
    world.service.instances.get_mut("reader").unwrap()[0].ended = Some(world.now);
    world.send(Command::Refresh);
    world.pass(Duration::hours(2));
    assert_eq!(world.service.commits("reader"), 1);
}

#[test]
fn a_renewal_survives_a_crash_at_the_moment_of_expiry() {
    for into in (0..3000).step_by(20) {
        let mut world = active(10);
        world.service.refuses_overlap = false;
        world.send(Command::ArmRenewal { id: id("reader"), armed: true });
        let end = world.service.instances["reader"][0].end;
        world.pass(end - world.now + Duration::milliseconds(into - 500));
        world.crash();
        world.pass(Duration::minutes(6));
        assert_eq!(world.service.commits("reader"), 2, "killed {into} ms after the last half second");
        assert_eq!(world.state("reader"), Some(RowState::Active));
    }
}

#[test]
fn what_must_be_typed_anew_cannot_be_armed() {
    let gated = Requirements { approval: true, ..policy() };
    let mut world = World::new(&[("gated", gated)]);
    world.activate("gated", 60);
    world.pass(seconds(1));
    world.service.decide("gated", &crate::model::RequestStatus::Provisioned, world.now);
    world.pass(seconds(30));
    assert!(!world.row("gated").unwrap().renewable);
    world.send(Command::ArmRenewal { id: id("gated"), armed: true });
    let row = world.row("gated").unwrap();
    assert_eq!((row.renewal_armed, row.problem.unwrap().code.as_str()), (false, "not-renewable"));
}

#[test]
fn a_renewal_never_opens_a_browser() {
    let strong = Requirements { mfa: true, ..policy() };
    let mut world = World::new(&[("strong", strong)]);
    world.activate("strong", 60);
    world.pass(seconds(1));
    assert_eq!(world.step_ups, 1);
    world.send(Command::ArmRenewal { id: id("strong"), armed: true });
    world.pass(Duration::minutes(61));
    assert_eq!(world.step_ups, 1);
    assert_eq!(world.failure("strong").as_deref(), Some("MfaRule"));
    let note = world.notes().last().copied().unwrap().clone();
    assert_eq!(note.title, "Role strong was not activated");
    assert!(note.actions.contains(&NotificationAction::Reactivate { account: None, id: id("strong") }));
}

#[test]
fn restarting_now_ends_and_activates_again() {
    let mut world = active(60);
    world.pass(Duration::minutes(10));
    world.send(Command::RestartNow {
        id: id("reader"),
        minutes: 30,
        reason: "more".into(),
        ticket: None,
        confirmed: false,
    });
    world.pass(seconds(2));
    let row = world.row("reader").unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("more")));
    assert_eq!(world.service.commits("reader"), 2);
    assert_eq!(row.end, Some(world.service.instances["reader"][1].end));
}

/// "End and activate again", and the process is killed before the answer to the end arrives.
fn interrupted_restart(faults: Vec<Fault>, away: Duration) -> World {
    let mut world = active(60);
    world.pass(Duration::minutes(10));
    world.service.faults = faults;
    world.send(Command::RestartNow {
        id: id("reader"),
        minutes: 30,
        reason: "more".into(),
        ticket: None,
        confirmed: false,
    });
    // Written down after 80 ms, and sent.
    world.pass(Duration::milliseconds(100));
    world.now += away;
    world.crash();
    world
}

#[test]
fn a_restart_that_is_interrupted_goes_on() {
    for lag in [0, 60] {
        let mut world = interrupted_restart(Vec::new(), seconds(1));
        world.service.lag = seconds(lag);
        world.pass(seconds(5));
        let row = world.row("reader").unwrap();
        assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("more")), "lists lag {lag} s");
        assert_eq!(world.service.commits("reader"), 2);
    }
}

#[test]
fn a_restart_that_is_interrupted_for_long_is_over_with_words() {
    let mut world = interrupted_restart(Vec::new(), Duration::minutes(10));
    world.pass(seconds(5));
    assert_eq!(world.failure("reader").as_deref(), Some("renewal-lapsed"));
    assert_eq!(world.service.commits("reader"), 1);
}

#[test]
fn a_restart_that_is_interrupted_before_the_end_was_sent_leaves_the_running_one() {
    let mut world = interrupted_restart(vec![Fault::LostBefore], seconds(1));
    world.pass(seconds(182));
    let row = world.row("reader").unwrap();
    assert_eq!((row.state, row.problem.unwrap().code.as_str()), (RowState::Active, "deactivation-not-sent"));
    world.pass(Duration::hours(2));
    assert_eq!(world.service.commits("reader"), 1);
}

#[test]
fn a_restart_whose_deactivation_fails_leaves_the_running_one() {
    let mut world = active(60);
    world.pass(Duration::minutes(10));
    world.service.faults = vec![Fault::NotSent];
    world.send(Command::RestartNow {
        id: id("reader"),
        minutes: 30,
        reason: "more".into(),
        ticket: None,
        confirmed: false,
    });
    world.pass(Duration::hours(1));
    assert_eq!(world.service.commits("reader"), 1);
}

#[test]
fn what_an_earlier_run_ended_disappears_within_three_minutes_of_a_start_with_a_slow_clock() {
    let mut world = active(60);
    world.pass(Duration::minutes(20));
    world.service.lag = seconds(60);
    world.service.instances.get_mut("reader").unwrap()[0].ended = Some(world.now);
    world.now -= Duration::minutes(10);
    world.crash();
    world.now += Duration::minutes(10);
    world.pass(seconds(182));
    assert_eq!(world.state("reader"), None);
}

#[test]
fn an_activation_that_ended_elsewhere_disappears_with_its_warning() {
    let mut world = active(60);
    world.pass(Duration::minutes(56));
    assert_eq!(world.hanging().len(), 1);
    world.service.instances.get_mut("reader").unwrap()[0].ended = Some(world.now);
    world.send(Command::Refresh);
    world.pass(seconds(1));
    assert_eq!(world.row("reader"), None);
    assert!(matches!(world.told.last(), Some(Notification::Withdraw { .. })));
}

#[test]
fn favourites_come_first_then_use_then_name() {
    let mut world = World::new(&[("a", policy()), ("b", policy()), ("c", policy()), ("d", policy())]);
    world.send(Command::SetFavourite { id: id("d"), favourite: true });
    world.activate("c", 5);
    world.pass(Duration::minutes(10));
    let order: Vec<_> = world.machine.view(world.now).eligible.into_iter().map(|row| row.name).collect();
    assert_eq!(order, ["Role d", "Role c", "Role a", "Role b"]);
    let row = world.eligible("c");
    assert!(row.one_click && !world.eligible("a").one_click);
    assert_eq!((row.last_reason.as_deref(), row.last_minutes), (Some("why"), Some(5)));
}

//! How somebody wants to be told: how long before the end, and with how much.

use chrono::Duration;

use super::world::{World, id, options, policy};
use crate::{
    elevation::{Notification, Options},
    model::{RequestStatus, Requirements},
    view::{Command, RowState, Settings, Status},
};

/// Active for four hours, and warned of as somebody has set it.
fn warned(minutes: i64) -> World {
    let mut world = World::new(&[("reader", policy())]);
    world.set(Options { warn: Duration::minutes(minutes), ..options() });
    world.activate("reader", 240);
    world.pass(Duration::seconds(1));
    assert_eq!(world.state("reader"), Some(RowState::Active));
    world
}

#[test]
fn the_warning_comes_when_somebody_wants_it_and_five_minutes_before_the_end_where_nobody_said() {
    assert_eq!(Settings::default().warn_minutes, 5);
    for (minutes, title) in [(1, "1 minute"), (5, "5 minutes"), (17, "17 minutes"), (60, "60 minutes")] {
        let mut world = warned(minutes);
        let end = world.row("reader").unwrap().end.unwrap();
        world.pass(end - world.now - Duration::minutes(minutes) - Duration::seconds(1));
        assert_eq!((world.notes().len(), world.machine.status(world.now)), (0, Status::Active), "{minutes}");
        world.pass(Duration::seconds(2));
        assert_eq!(world.notes()[0].title, format!("Role reader ends in {title}"));
        assert_eq!(world.machine.status(world.now), Status::Expiring);
    }
}

#[test]
fn what_is_set_while_it_runs_counts_at_once() {
    let mut world = warned(5);
    world.pass(Duration::minutes(200));
    assert_eq!(world.notes().len(), 0);
    world.set(Options { warn: Duration::minutes(45), ..options() });
    world.pass(Duration::seconds(1));
    assert_eq!(world.notes().len(), 1);
    // Once is enough, whatever is set later.
    world.set(options());
    world.pass(Duration::minutes(37));
    assert_eq!(world.notes().len(), 1);
}

/// Everything that is told of one who activates, waits for somebody, is denied, warned, and at the end.
fn told(details: bool) -> String {
    let gated = Requirements { approval: true, approvers: vec!["Noor".into()], ..policy() };
    let mut world = World::new(&[("reader", policy()), ("gated", gated)]);
    world.set(Options { details, ..options() });
    world.activate("reader", 60);
    world.activate("gated", 60);
    world.pass(Duration::minutes(5));
    world.service.decide("gated", &RequestStatus::Denied, world.now);
    world.pass(Duration::minutes(2));
    world.send(Command::DismissProblem { id: id("gated") });
    world.pass(Duration::minutes(60));
    let notes = world.told.iter().filter_map(|told| match told {
        Notification::Notify(note) => Some(format!("{}\n{}", note.title, note.body)),
        Notification::Withdraw { .. } => None,
    });
    notes.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_people_have_written_is_told_only_where_somebody_wants_that() {
    // The reason of whoever activates, and that of whoever denies.
    let reasons = ["why", "no change window"];
    let all = told(true);
    assert!(reasons.iter().all(|reason| all.contains(reason)), "{all}");
    let discreet = told(false);
    assert!(reasons.iter().all(|reason| !discreet.contains(reason)), "{discreet}");
    // What happened is told all the same.
    for what in ["ends in", "has ended", "not activated", "The request was denied."] {
        assert!(discreet.contains(what), "{what} in {discreet}");
    }
}

#[test]
fn what_was_decided_or_failed_is_pressing_and_what_ends_is_not() {
    let mut world = warned(5);
    world.pass(Duration::hours(5));
    let told: Vec<_> = world.told.iter().collect();
    let pressing = |told: &&Notification| matches!(told, Notification::Notify(note) if note.pressing);
    assert!(told.len() >= 2 && !told.iter().any(pressing), "{told:#?}");
    for status in [RequestStatus::Provisioned, RequestStatus::Denied] {
        let gated = Requirements { approval: true, approvers: vec!["Noor".into()], ..policy() };
        let mut world = World::new(&[("gated", gated)]);
        world.activate("gated", 60);
        world.pass(Duration::minutes(5));
        world.service.decide("gated", &status, world.now);
        world.pass(Duration::minutes(2));
        let notes = world.notes();
        assert!(notes.len() == 1 && notes[0].pressing, "{status:?}: {notes:#?}");
    }
}

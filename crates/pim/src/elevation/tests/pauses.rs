//! A service that names a time is left alone until then.

use chrono::{DateTime, Duration, Utc};

use super::{
    service::Fault,
    world::{World, id, policy},
};
use crate::{
    model::Kind,
    view::{Command, RowState},
};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

/// Questions about a kind since then.
fn asked(world: &World, kind: Kind, since: DateTime<Utc>) -> usize {
    world.asked.iter().filter(|(at, about)| *at >= since && *about == kind).count()
}

#[test]
fn a_lost_answer_is_looked_up_when_the_service_wants_to_be_asked() {
    for (role, kind) in [("reader", Kind::DirectoryRole), ("group-reader", Kind::Group)] {
        let mut world = World::new(&[(role, policy())]);
        world.service.retry_after = Some(seconds(40));
        world.service.faults.push(Fault::LostAfter);
        let clicked = world.now;
        world.activate(role, 60);
        world.pass(seconds(39));
        assert_eq!(asked(&world, kind, clicked), 0, "{role}");
        assert_eq!(world.state(role), Some(RowState::Checking), "{role}");
        world.pass(seconds(3));
        assert_eq!(world.state(role), Some(RowState::Active), "{role}");
        assert_eq!(world.service.commits(role), 1, "{role}");
    }
}

#[test]
fn what_has_a_name_is_sent_again_when_the_service_wants_it() {
    let mut world = World::new(&[("azure-reader", policy())]);
    world.service.retry_after = Some(seconds(40));
    world.service.faults.push(Fault::LostBefore);
    let clicked = world.now;
    world.activate("azure-reader", 60);
    world.pass(seconds(39));
    assert_eq!(world.batches.len(), 1);
    assert_eq!(asked(&world, Kind::AzureResource, clicked), 0);
    world.pass(seconds(3));
    assert_eq!(world.batches.len(), 2);
    assert_eq!(world.state("azure-reader"), Some(RowState::Active));
}

/// Three minutes after the click nobody expects it any more: it is looked for, not sent.
#[test]
fn what_has_a_name_is_not_sent_again_after_a_long_pause() {
    for fault in [Fault::LostBefore, Fault::LostAfter] {
        let mut world = World::new(&[("azure-reader", policy())]);
        world.service.retry_after = Some(Duration::minutes(5));
        world.service.faults.push(fault);
        let clicked = world.now;
        world.activate("azure-reader", 60);
        world.pass(Duration::minutes(5));
        assert_eq!(asked(&world, Kind::AzureResource, clicked), 0);
        world.pass(Duration::minutes(5));
        assert_eq!(world.batches.len(), 1, "{fault:?}");
        match fault {
            Fault::LostBefore => assert_eq!(world.failure("azure-reader").as_deref(), Some("not-sent")),
            _ => assert_eq!(world.state("azure-reader"), Some(RowState::Active)),
        }
    }
}

/// Nor after a night: a machine that slept between two tries looks first.
#[test]
fn what_has_a_name_is_not_sent_again_after_a_sleep() {
    let mut world = World::new(&[("azure-reader", policy())]);
    world.service.faults.extend([Fault::LostBefore; 3]);
    world.activate("azure-reader", 60);
    world.pass(seconds(3));
    let tries = world.batches.len();
    world.suspend(Duration::hours(8));
    world.pass(Duration::minutes(4));
    assert_eq!(world.batches.len(), tries);
    assert_eq!(world.failure("azure-reader").as_deref(), Some("not-sent"));
}

#[test]
fn a_deactivation_is_looked_up_when_the_service_wants_to_be_asked() {
    for fault in [Fault::LostBefore, Fault::LostAfter] {
        let mut world = World::new(&[("reader", policy())]);
        world.activate("reader", 60);
        world.pass(Duration::minutes(6));
        world.service.retry_after = Some(seconds(40));
        world.service.faults.push(fault);
        let clicked = world.now;
        world.send(Command::Deactivate { id: id("reader") });
        world.pass(seconds(39));
        assert_eq!(asked(&world, Kind::DirectoryRole, clicked), 0);
        assert_eq!(world.state("reader"), Some(RowState::Deactivating));
        world.pass(Duration::minutes(4));
        let state = world.state("reader");
        assert_eq!(state, (fault == Fault::LostBefore).then_some(RowState::Active), "{fault:?}");
    }
}

/// Nobody's impatience ends a pause: neither a button nor a machine that wakes up.
#[test]
fn a_refresh_waits_for_the_time_that_the_service_has_named() {
    let mut world = World::new(&[("reader", policy()), ("group-reader", policy())]);
    let until = world.now + seconds(90);
    world.service.busy_until = Some(until);
    world.send(Command::RefreshSource { source: Kind::DirectoryRole });
    world.pass(seconds(1));
    assert_eq!(world.machine.list().paused_until, Some(until));
    let refused = world.now;
    for _ in 0..8 {
        world.send(Command::Refresh);
        world.pass(seconds(10));
    }
    assert_eq!(asked(&world, Kind::DirectoryRole, refused), 0);
    let list = world.machine.list();
    let paused: Vec<_> = list.sources.iter().map(|source| source.paused_until).collect();
    assert_eq!(paused, [Some(until), Some(until), Some(until)], "each has heard it by itself, once");
    assert_eq!(asked(&world, Kind::Group, refused), 2, "its two lists, side by side");
    world.pass(seconds(10));
    assert!(asked(&world, Kind::DirectoryRole, refused) >= 2, "both lists are read when the time has come");
    let list = world.machine.list();
    assert_eq!((list.paused_until, list.problem), (None, None));
}

#[test]
fn what_waits_is_not_asked_about_during_a_pause() {
    let mut world = World::new(&[("reader", policy())]);
    world.service.provisioning = Duration::minutes(3);
    world.activate("reader", 60);
    world.pass(seconds(5));
    let until = world.now + Duration::minutes(2);
    world.service.busy_until = Some(until);
    world.pass(seconds(20));
    let heard = world.now;
    world.send(Command::Refresh);
    world.pass(seconds(99));
    assert_eq!(asked(&world, Kind::DirectoryRole, heard), 0);
    world.pass(Duration::minutes(2));
    assert_eq!(world.state("reader"), Some(RowState::Active));
}

#[test]
fn the_history_is_read_after_the_pause() {
    let mut world = World::new(&[("reader", policy())]);
    world.service.busy_until = Some(world.now + seconds(30));
    world.send(Command::Refresh);
    world.pass(seconds(1));
    world.send(Command::ShowHistory { text: String::new() });
    world.pass(seconds(28));
    assert_eq!(world.history_reads, 0);
    assert!(world.machine.view(world.now).history.unwrap().loading);
    world.pass(seconds(2));
    assert_eq!(world.history_reads, 3);
    assert!(!world.machine.view(world.now).history.unwrap().loading);
}

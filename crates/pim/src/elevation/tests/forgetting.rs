//! What is over is forgotten when the settings say, in the journal too.

use chrono::Duration;

use super::world::{World, id, options, policy};
use crate::{
    elevation::{Elevation, Options},
    view::RowState,
};

fn keeping(history: Duration) -> Options {
    Options { history, ..options() }
}

/// Activated for an hour, and over since a minute.
fn over(history: Duration) -> World {
    let mut world = World::new(&[("reader", policy())]);
    world.set(keeping(history));
    world.activate("reader", 60);
    world.pass(Duration::minutes(62));
    assert_eq!(world.state("reader"), None);
    assert_eq!((world.disk.history.len(), world.disk.reasons.len()), (1, 1));
    world
}

/// A day passes in sleep, and what is due then is done.
fn days(world: &mut World, days: i64) {
    world.suspend(Duration::days(days));
    world.pass(Duration::minutes(1));
}

#[test]
fn it_stays_for_as_long_as_it_is_to_and_no_day_longer() {
    for kept in [30, 365] {
        let mut world = over(Duration::days(kept));
        days(&mut world, kept - 1);
        assert_eq!(world.disk.history.len(), 1, "{kept}");
        days(&mut world, 2);
        assert!(world.disk.history.is_empty() && world.disk.ended.is_empty(), "{kept}");
        assert!(world.disk.reasons.is_empty(), "{kept}");
        let habit = world.disk.habit(&id("reader"));
        assert_eq!((habit.reason, habit.uses, habit.minutes), (None, 1, Some(60)), "{kept}");
        assert_eq!(world.machine.into_memory(), world.disk, "{kept}");
    }
}

#[test]
fn where_none_is_wanted_what_is_open_stays_and_what_is_over_is_gone_within_hours() {
    let mut world = World::new(&[("reader", policy())]);
    world.set(keeping(Duration::zero()));
    world.activate("reader", 480);
    world.pass(Duration::hours(7));
    assert_eq!(world.state("reader"), Some(RowState::Active));
    assert_eq!((world.disk.history.len(), world.disk.reasons.len()), (1, 1), "it is active");
    world.pass(Duration::hours(2));
    assert_eq!(world.state("reader"), None);
    assert_eq!(world.disk.history.len(), 1, "a request of the last hours is known for one's own");
    world.pass(Duration::hours(3));
    assert!(world.disk.history.is_empty() && world.disk.reasons.is_empty());
}

#[test]
fn a_shorter_time_counts_as_soon_as_it_is_set_and_a_longer_one_too() {
    let mut world = over(Duration::days(730));
    days(&mut world, 40);
    assert_eq!(world.disk.history.len(), 1);
    world.set(keeping(Duration::days(90)));
    assert_eq!(world.disk.history.len(), 1);
    world.set(keeping(Duration::days(30)));
    assert!(world.disk.history.is_empty());
}

#[test]
fn what_has_become_too_old_while_nothing_ran_is_forgotten_at_the_start_once_the_service_has_told_the_time() {
    let mut world = over(Duration::days(30));
    world.suspend(Duration::days(29));
    world.now += Duration::days(2);
    let kept = world.disk.clone();
    // The clock alone is not believed.
    let mut machine = Elevation::new(kept.clone(), None, world.options, world.now);
    machine.handle(crate::elevation::Event::Tick, world.now);
    assert_eq!(machine.into_memory(), kept);
    world.crash();
    world.pass(Duration::seconds(2));
    assert!(world.disk.history.is_empty());
}

#[test]
fn it_is_looked_at_once_a_day_and_a_clock_that_was_fast_puts_that_off_no_further() {
    let mut world = over(Duration::days(30));
    let first = world.machine.forgetting_deadline().expect("a day");
    assert!(first > world.now && first <= world.now + Duration::days(1));
    world.suspend(Duration::days(3));
    let next = world.machine.forgetting_deadline().expect("a day");
    assert_eq!(next, world.now + Duration::days(1));
    // The three days were none.
    world.put_clock_right(Duration::days(3));
    world.tick_at(world.now);
    assert_eq!(world.machine.forgetting_deadline(), Some(world.now + Duration::days(1)));
}

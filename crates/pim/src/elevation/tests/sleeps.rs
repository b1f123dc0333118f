//! Promises R2 and R3 in figures: a machine that sleeps for a minute or for days wakes to a right countdown and to every
//! warning once; and a list is there again ten seconds after the network.

use std::cell::Cell;

use chrono::Duration;
use proptest::prelude::*;

use super::{
    properties::config,
    world::{World, policy},
};
use crate::{
    model::Requirements,
    view::{Command, RowState},
};

/// What a machine that has woken needs to be right again.
const AWAKE: Duration = Duration::seconds(3);

/// How far a countdown may be off then.
const OFF: Duration = Duration::seconds(2);

#[test]
fn after_any_sleep_the_countdown_is_right_and_no_warning_is_missed_or_repeated() {
    let (sleeps, warned) = (Cell::new(0), Cell::new(0));
    let config = ProptestConfig { cases: 500, ..config() };
    // A minute to three days, short ones more often.
    let sleep = prop_oneof![60..3_600_i64, 60..28_800_i64, 60..259_200_i64];
    proptest!(config, |(
        minutes in 5..480_u32,
        nights in prop::collection::vec((0..5_400_i64, sleep), 1..6),
    )| {
        let mut world = World::new(&[("plain", Requirements { max_duration: Duration::hours(8), ..policy() })]);
        world.activate("plain", minutes);
        world.pass(Duration::seconds(5));
        let end = world.row("plain").and_then(|row| row.end).expect("active");
        let warning = end - Duration::minutes(5).min(Duration::minutes(minutes.into()) / 3);
        let count = |world: &World, words: &str| world.notes().iter().filter(|note| note.title.contains(words)).count();
        let mut heard = false;
        let mut awake = |world: &mut World, time: Duration| {
            let begun = world.now;
            world.pass(time);
            heard |= begun < end && world.now >= warning;
            heard
        };
        for (time, asleep) in nights {
            awake(&mut world, Duration::seconds(time));
            world.suspend(Duration::seconds(asleep));
            // The agent reads everything anew when the machine has slept.
            world.send(Command::Refresh);
            let heard = awake(&mut world, AWAKE);
            match world.row("plain") {
                Some(row) => {
                    prop_assert_eq!(row.state, RowState::Active);
                    let left = row.end.expect("an end") - world.now;
                    prop_assert!((left - (end - world.now)).abs() <= OFF, "{left} shown");
                }
                None => prop_assert!(world.now + OFF >= end, "it is gone {} before its end", end - world.now),
            }
            prop_assert_eq!(count(&world, "ends in"), usize::from(heard), "at {}, warning at {}", world.now, warning);
            let over = usize::from(world.now >= end + AWAKE);
            prop_assert!(count(&world, "has ended") >= over && count(&world, "has ended") <= 1, "{:?}", world.told);
            sleeps.set(sleeps.get() + 1);
        }
        world.pass(Duration::hours(9));
        prop_assert_eq!(count(&world, "has ended"), 1);
        prop_assert!(count(&world, "ends in") <= 1);
        warned.set(warned.get() + count(&world, "ends in"));
    });
    println!(
        "R2: {} sleeps of a minute to three days, {} warnings: none missed, none repeated, countdown off by at most {} s",
        sleeps.get(),
        warned.get(),
        OFF.num_seconds()
    );
}

#[test]
fn the_lists_are_back_ten_seconds_after_the_network() {
    let (longest, outages) = (Cell::new(Duration::zero()), Cell::new(0));
    let config = ProptestConfig { cases: 500, ..config() };
    proptest!(config, |(away in 1..600_000_i64, more in prop::collection::vec(1..120_000_i64, 0..4))| {
        let mut world = World::new(&[("plain", policy()), ("group-plain", policy()), ("azure-plain", policy())]);
        world.pass(Duration::seconds(30));
        world.service.away = true;
        world.send(Command::Refresh);
        world.pass(Duration::milliseconds(away));
        for shorter in more.into_iter().chain([0]) {
            world.service.away = false;
            let back = world.now;
            while world.machine.list().problem.is_some() || world.machine.list().loading || world.machine.offline() {
                let within = Duration::seconds(10) + world.latency * 2;
                prop_assert!(world.now - back <= within, "away for {away} ms; {:?}", world.machine.list());
                world.pass(Duration::milliseconds(50));
            }
            longest.set(longest.get().max(world.now - back));
            outages.set(outages.get() + 1);
            if shorter > 0 {
                world.service.away = true;
                world.send(Command::Refresh);
                world.pass(Duration::milliseconds(shorter));
            }
        }
    });
    println!(
        "R3: {} outages of up to ten minutes, the lists back after {} ms at most",
        outages.get(),
        longest.get().num_milliseconds()
    );
}

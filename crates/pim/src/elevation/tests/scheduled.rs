//! Activations from a time to come.

use chrono::Duration;

use super::world::{World, id, noon, policy};
use crate::view::{Command, RowState};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn planned(role: &str) -> World {
    let mut world = World::new(&[(role, policy())]);
    let start = Some(noon() + Duration::hours(6));
    let reason = "maintenance".to_owned();
    world.send(Command::Activate {
        id: id(role),
        minutes: 120,
        reason,
        ticket: None,
        undoable: false,
        start,
        scope: None,
    });
    world.pass(seconds(1));
    world
}

#[test]
fn a_planned_activation_is_shown_survives_a_restart_and_begins_by_itself() {
    for role in ["reader", "group", "azure"] {
        let mut world = planned(role);
        let row = world.row(role).unwrap();
        assert_eq!(row.state, RowState::Scheduled);
        assert_eq!((row.start, row.end), (Some(noon() + Duration::hours(6)), Some(noon() + Duration::hours(8))));
        assert!(world.eligible(role).engaged);
        world.crash();
        assert_eq!(world.state(role), Some(RowState::Scheduled));
        let polls = world.polls;
        world.pass(Duration::hours(5));
        assert!(world.polls - polls <= 3, "nothing happens before its start");
        assert_eq!(world.state(role), Some(RowState::Scheduled));
        world.pass(Duration::hours(1) + seconds(20));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.end), (RowState::Active, Some(noon() + Duration::hours(8))), "{role}");
        assert_eq!(world.service.commits(role), 1);
    }
}

#[test]
fn a_planned_activation_can_be_cancelled() {
    for role in ["reader", "azure"] {
        let mut world = planned(role);
        world.send(Command::CancelRequest { id: id(role) });
        world.pass(seconds(1));
        assert_eq!(world.row(role), None);
        world.pass(Duration::hours(9));
        assert!(world.service.instances.is_empty());
        world.activate(role, 60);
        world.pass(seconds(1));
        assert_eq!(world.state(role), Some(RowState::Active));
    }
}

#[test]
fn a_start_that_is_past_means_now_and_one_in_another_century_is_a_slip() {
    let mut world = World::new(&[("reader", policy())]);
    let mut send = |start| {
        let (id, reason) = (id("reader"), "why".to_owned());
        world.send(Command::Activate {
            id,
            minutes: 60,
            reason,
            ticket: None,
            undoable: false,
            start: Some(start),
            scope: None,
        });
        world.pass(seconds(1));
        (world.state("reader"), world.eligible("reader").problem.map(|problem| problem.code))
    };
    assert_eq!(send(noon() + Duration::days(40_000)), (None, Some("start-too-late".into())));
    assert_eq!(send(noon() - Duration::hours(1)), (Some(RowState::Active), None));
}

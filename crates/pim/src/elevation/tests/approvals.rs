//! What somebody else decides, and how the user hears of it.

use chrono::Duration;

use super::world::{World, id, policy};
use crate::{
    model::{RequestStatus, Requirements},
    view::{Command, RowState},
};

const ALL: [&str; 3] = ["gated", "group", "azure"];

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

/// Asked for together, and waiting for Noor.
fn waiting() -> World {
    let gated = || Requirements { approval: true, approvers: vec!["Noor".into()], ..policy() };
    let mut world = World::new(&ALL.map(|role| (role, gated())));
    for role in ALL {
        world.activate(role, 60);
    }
    world.pass(seconds(2));
    for role in ALL {
        let Some(RowState::WaitingForApproval { approvers, lapses_at }) = world.state(role) else { panic!("{role}") };
        assert_eq!(approvers, ["Noor"]);
        let left = lapses_at.unwrap() - world.now;
        assert!(left > Duration::hours(23) && left <= Duration::hours(24), "{role}: {left}");
    }
    assert!(world.notes().is_empty(), "whoever clicked saw it");
    world
}

#[test]
fn a_request_lapses_when_its_policy_says() {
    for (days, waits) in [(None, 1), (Some(3), 3), (Some(0), 1), (Some(u32::MAX), 365)] {
        let asks = Requirements { approval: true, approval_days: days, ..policy() };
        let mut world = World::new(&[("gated", asks)]);
        assert_eq!(world.eligible("gated").requirements.approval_days, days);
        world.activate("gated", 60);
        world.pass(seconds(2));
        let Some(RowState::WaitingForApproval { lapses_at, .. }) = world.state("gated") else { panic!("{days:?}") };
        let left = lapses_at.unwrap() - world.now;
        assert!((Duration::days(waits) - left) < Duration::minutes(1), "{days:?}: {left}");
        if waits < 10 {
            world.pass(Duration::days(waits));
            let waiting = matches!(world.state("gated"), Some(RowState::WaitingForApproval { .. }));
            assert!(waiting, "{days:?}: nothing is given up before the service has had its time");
            world.pass(Duration::hours(2));
            assert!(matches!(world.state("gated"), Some(RowState::Failed { .. })), "{days:?}");
        }
    }
}

#[test]
fn each_outcome_of_a_batch_is_shown_by_row_and_told_once() {
    for (status, title, code) in [
        (RequestStatus::Provisioned, "3 roles were approved", None),
        (RequestStatus::Denied, "3 roles were not activated", Some("Denied")),
        (RequestStatus::TimedOut, "3 roles were not activated", Some("TimedOut")),
        (RequestStatus::Canceled, "3 roles were not activated", Some("Canceled")),
    ] {
        let mut world = waiting();
        world.pass(Duration::minutes(5));
        for role in ALL {
            world.service.decide(role, &status, world.now);
        }
        world.pass(seconds(90));
        for role in ALL {
            assert_eq!(world.failure(role).as_deref(), code, "{role}");
            assert_eq!(world.state(role) == Some(RowState::Active), code.is_none());
        }
        let notes = world.notes();
        assert_eq!(notes.len(), 1, "{notes:#?}");
        assert_eq!(notes[0].title, title);
        // In the order of their keys.
        assert!(notes[0].body.starts_with("Role azure, Role gated and Role group."), "{}", notes[0].body);
        if status == RequestStatus::Denied {
            assert!(notes[0].body.contains("no change window"), "{}", notes[0].body);
        }
    }
}

#[test]
fn a_batch_that_nobody_decides_on_lapses_with_one_notification() {
    let mut world = waiting();
    world.pass(Duration::hours(26));
    for role in ALL {
        assert_eq!(world.failure(role).as_deref(), Some("TimedOut"), "{role}");
    }
    assert_eq!(
        world.notes().iter().map(|note| note.title.as_str()).collect::<Vec<_>>(),
        ["3 roles were not activated"]
    );
}

/// People have a day, however often Pimento is started meanwhile.
#[test]
fn a_restart_gives_nobody_more_time_to_decide() {
    let mut world = waiting();
    let lapses = |world: &World, role: &str| match world.state(role) {
        Some(RowState::WaitingForApproval { lapses_at, .. }) => lapses_at.unwrap(),
        state => panic!("{role}: {state:?}"),
    };
    let before: Vec<_> = ALL.iter().map(|role| lapses(&world, role)).collect();
    for _ in 0..3 {
        world.pass(Duration::hours(5));
        world.crash();
        world.pass(seconds(5));
        let after: Vec<_> = ALL.iter().map(|role| lapses(&world, role)).collect();
        assert_eq!(after, before);
    }
    world.pass(Duration::hours(11));
    for role in ALL {
        assert_eq!(world.failure(role).as_deref(), Some("TimedOut"), "{role}");
    }
}

/// Somebody has decided after hours: what the service does then has not taken hours already.
#[test]
fn what_was_approved_late_is_not_called_stuck() {
    let mut world = waiting();
    world.pass(Duration::hours(5));
    world.service.provisioning = Duration::days(1);
    for (request, _) in &mut world.service.requests {
        request.status = RequestStatus::InFlight("PendingApprovalProvisioning".into());
    }
    world.pass(Duration::minutes(10));
    for role in ALL {
        assert_eq!(world.state(role), Some(RowState::Provisioning), "{role}");
    }
}

/// Nobody expects an answer within seconds: it is told, although whoever clicked may be looking.
#[test]
fn a_quick_decision_is_told() {
    for status in [RequestStatus::Denied, RequestStatus::Canceled] {
        let gated = Requirements { approval: true, ..policy() };
        let mut world = World::new(&[("gated", gated), ("reader", policy())]);
        world.activate("gated", 60);
        world.pass(seconds(2));
        world.service.decide("gated", &status, world.now);
        world.pass(seconds(20));
        assert!(world.failure("gated").is_some());
        let notes = world.notes();
        assert_eq!(notes.len(), 1, "{status:?}: {notes:#?}");
        assert_eq!(notes[0].title, "Role gated was not activated");
    }
    // What nobody had to decide on is seen by whoever clicked.
    let mut world = World::new(&[("reader", policy())]);
    world.service.faults.push(super::service::Fault::NotSent);
    world.activate("reader", 60);
    world.pass(seconds(20));
    assert!(world.failure("reader").is_some() && world.notes().is_empty());
}

#[test]
fn a_failure_is_told_with_the_next_step_and_what_the_service_calls_it() {
    let mut world = waiting();
    world.pass(Duration::minutes(5));
    world.send(Command::CancelRequest { id: id("group") });
    world.send(Command::CancelRequest { id: id("azure") });
    world.pass(seconds(5));
    world.told.clear();
    world.service.decide("gated", &RequestStatus::Denied, world.now);
    world.pass(seconds(90));
    let body = &world.notes()[0].body;
    assert_eq!(
        body,
        "Noor denied the request: \u{201c}no change window\u{201d} Open its form to ask again.\nCode: Denied"
    );
}

/// Once it has ended it is gone until somebody says yes.
#[test]
fn what_has_to_be_approved_again_is_ended_only_by_whoever_was_told_so() {
    let mut world = waiting();
    for role in ALL {
        world.service.decide(role, &RequestStatus::Provisioned, world.now);
    }
    world.pass(Duration::minutes(10));
    let restart = |role: &str, confirmed| Command::RestartNow {
        id: id(role),
        minutes: 30,
        reason: "more".into(),
        ticket: None,
        confirmed,
    };
    for role in ALL {
        world.send(restart(role, false));
        world.pass(seconds(20));
        let row = world.row(role).unwrap();
        assert_eq!((row.state, row.problem.unwrap().code.as_str()), (RowState::Active, "approval-first"), "{role}");
    }
    for role in ALL {
        world.send(restart(role, true));
        world.pass(seconds(20));
        assert!(matches!(world.state(role), Some(RowState::WaitingForApproval { .. })), "{role}");
    }
}

#[test]
fn what_the_user_takes_back_is_told_and_leaves_nothing() {
    let mut world = waiting();
    world.send(Command::CancelRequest { id: id("group") });
    world.pass(seconds(5));
    assert_eq!(world.row("group"), None);
    assert_eq!(world.notes().len(), 1);
    assert_eq!(world.notes()[0].title, "Role group was cancelled");
    world.pass(Duration::minutes(5));
    for role in ["gated", "azure"] {
        world.service.decide(role, &RequestStatus::Provisioned, world.now);
    }
    world.pass(seconds(90));
    assert_eq!(world.notes().last().unwrap().title, "2 roles were approved");
}

#[test]
fn it_can_be_taken_back_while_it_is_being_asked_about() {
    let mut world = waiting();
    world.latency = seconds(20);
    let asked = (0..600).any(|_| {
        world.pass(seconds(1));
        world.machine.asking(&id("group"))
    });
    assert!(asked, "it is asked about now and then");
    world.send(Command::CancelRequest { id: id("group") });
    world.pass(seconds(21));
    assert_eq!(world.row("group"), None);
    world.pass(seconds(60));
    assert_eq!(world.row("group"), None, "whatever the older question was answered with");
}

#[test]
fn three_notifications_at_most_for_one_activation() {
    let mut world = waiting();
    world.pass(Duration::minutes(5));
    world.service.decide("gated", &RequestStatus::Provisioned, world.now);
    world.pass(Duration::hours(3));
    let titles: Vec<_> = world.notes().iter().map(|note| note.title.as_str()).collect();
    assert_eq!(titles, ["Role gated was approved", "Role gated ends in 5 minutes", "Role gated has ended"]);
}

#[test]
fn approved_for_later_is_told_at_once_and_not_again_when_it_begins() {
    let mut world = World::new(&[("gated", Requirements { approval: true, ..policy() })]);
    let start = Some(world.now + Duration::hours(4));
    let (id, reason) = (id("gated"), "tonight".to_owned());
    world.send(Command::Activate { id, minutes: 60, reason, ticket: None, undoable: false, start, scope: None });
    world.pass(Duration::minutes(5));
    world.service.decide("gated", &RequestStatus::Granted, world.now);
    world.pass(seconds(90));
    assert_eq!(world.state("gated"), Some(RowState::Scheduled));
    assert_eq!((world.notes().len(), world.notes()[0].title.as_str()), (1, "Role gated was approved"));
    assert!(world.notes()[0].body.starts_with("Active from 16:00"), "{}", world.notes()[0].body);
    world.pass(Duration::hours(4));
    assert_eq!((world.state("gated"), world.notes().len()), (Some(RowState::Active), 1));
}

#[test]
fn an_end_is_told_while_the_next_one_still_waits_for_somebody() {
    let mut world = World::new(&[("gated", Requirements { approval: true, ..policy() })]);
    world.service.takes_ahead.insert(crate::model::Kind::DirectoryRole);
    world.activate("gated", 60);
    world.pass(seconds(2));
    world.service.decide("gated", &RequestStatus::Provisioned, world.now);
    world.pass(seconds(90));
    let start = world.row("gated").unwrap().end;
    let (id, reason) = (id("gated"), "more".to_owned());
    world.send(Command::Activate { id, minutes: 60, reason, ticket: None, undoable: false, start, scope: None });
    world.pass(Duration::minutes(62));
    assert!(matches!(world.state("gated"), Some(RowState::WaitingForApproval { .. })));
    assert_eq!(world.notes().last().unwrap().title, "Role gated has ended");
}

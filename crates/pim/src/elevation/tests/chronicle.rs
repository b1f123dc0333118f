//! The history: remembered and told.

use chrono::Duration;

use super::{
    service::key,
    world::{World, id, policy},
};
use crate::{
    model::{Activation, Kind, RequestStatus, Requirements},
    timeline::Standing,
    view::{Command, HistoryAction, HistoryOutcome, HistoryView},
};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn show(world: &mut World, text: &str) -> HistoryView {
    world.send(Command::ShowHistory { text: text.into() });
    world.pass(seconds(1));
    shown(world).expect("it was asked for")
}

fn shown(world: &World) -> Option<HistoryView> {
    world.machine.view(world.now).history
}

#[test]
fn what_both_know_is_shown_once_with_its_end_and_read_only_when_somebody_looks() {
    let mut world = World::new(&[("reader", policy()), ("group", policy()), ("azure", policy())]);
    for role in ["reader", "group", "azure"] {
        world.activate(role, 60);
        world.pass(Duration::minutes(6));
    }
    world.send(Command::Deactivate { id: id("reader") });
    world.pass(seconds(1));
    let ended = world.now;
    let elsewhere = Activation::new(key("reader"), "me", Duration::hours(1), "from the portal");
    world.pass(Duration::hours(2));
    world.service.activate(&elsewhere, false, world.now).unwrap();
    assert_eq!((world.history_reads, shown(&world)), (0, None), "nobody looked");
    world.send(Command::ShowHistory { text: String::new() });
    let before = shown(&world).unwrap();
    assert!(before.loading && before.rows.len() == 3, "what is remembered is there at once: {before:?}");
    let view = show(&mut world, "");
    assert!(!view.loading && view.problem.is_none() && !view.more);
    assert_eq!(world.history_reads, 3, "each kind once");
    let rows: Vec<_> = view.rows.iter().map(|row| (row.name.as_str(), row.action, row.here)).collect();
    let activate = HistoryAction::Activate;
    assert_eq!(
        rows,
        [
            ("Role reader", activate, false),
            ("Role reader", HistoryAction::Deactivate, false),
            ("Role azure", activate, true),
            ("Role group", activate, true),
            ("Role reader", activate, true),
        ]
    );
    let first = view.rows.last().unwrap();
    assert_eq!((first.outcome.clone(), first.reason.as_deref()), (HistoryOutcome::Granted, Some("why")));
    assert!((first.end.unwrap() - ended).abs() <= seconds(2), "ended by hand: {:?}", first.end);
    // The picture of them: what was ended is shorter, what came from elsewhere is on the same role's line.
    let spans: Vec<_> = view.lanes.iter().map(|lane| (lane.name.as_str(), lane.spans.len())).collect();
    assert_eq!(spans, [("Role reader", 2), ("Role group", 1), ("Role azure", 1)]);
    let [first, second] = &view.lanes[0].spans[..] else { panic!("{:?}", view.lanes) };
    assert!((first.end - ended).abs() <= seconds(2) && first.minutes == Some(60) && first.here, "{first:?}");
    assert_eq!((second.standing(world.now), second.here), (Standing::Running, false));
    let reasons = world.machine.view(world.now).recent_reasons;
    assert_eq!(reasons, ["why", "from the portal"], "reasons given elsewhere are offered, too");
    let found = show(&mut world, "PORTAL reader");
    assert_eq!((found.rows.len(), found.lanes), (1, view.lanes), "the picture is of all of it");
    assert_eq!(world.history_reads, 3, "searching reads nothing");
    world.send(Command::CloseHistory);
    assert_eq!(shown(&world), None);
    assert_eq!(world.machine.view(world.now).recent_reasons, reasons, "also when the history is closed again");
    world.crash();
    let view = show(&mut world, "azure");
    assert_eq!((view.rows.len(), world.history_reads), (1, 6), "another look reads anew");
}

#[test]
fn what_was_asked_for_elsewhere_is_withdrawn_where_the_history_shows_it() {
    let mut world = World::new(&[("gated", Requirements { approval: true, ..policy() })]);
    let elsewhere = Activation::new(key("gated"), "me", Duration::hours(1), "from the portal");
    world.service.activate(&elsewhere, false, world.now).unwrap();
    world.send(Command::CancelRequest { id: id("gated") });
    world.pass(seconds(1));
    assert_eq!(world.service.requests[0].0.status, RequestStatus::PendingApproval, "nobody knows of it yet");
    assert_eq!(show(&mut world, "").rows[0].outcome, HistoryOutcome::Waiting);
    world.send(Command::CancelRequest { id: id("gated") });
    world.pass(seconds(1));
    assert_eq!(shown(&world).unwrap().rows[0].outcome, HistoryOutcome::Cancelled);
    // A second time there is nothing to withdraw.
    let reads = world.history_reads;
    world.send(Command::CancelRequest { id: id("gated") });
    world.pass(seconds(1));
    assert_eq!(world.history_reads, reads);
}

#[test]
fn a_denial_says_why_whoever_heard_of_it() {
    for remembered in [true, false] {
        let mut world = World::new(&[("gated", Requirements { approval: true, ..policy() })]);
        world.activate("gated", 60);
        world.pass(seconds(60));
        world.service.decide("gated", &RequestStatus::Denied, world.now);
        if !remembered {
            world.disk = crate::journal::Memory::default();
            world.crash();
        }
        world.pass(seconds(90));
        let view = show(&mut world, "denied change window");
        assert_eq!(view.rows.len(), 1, "remembered: {remembered}");
        let why = HistoryOutcome::Denied { reason: Some("no change window".into()) };
        assert_eq!((view.rows[0].outcome.clone(), view.rows[0].here), (why, remembered));
    }
}

#[test]
fn a_kind_that_does_not_answer_is_said_and_the_rest_is_shown() {
    let mut world = World::new(&[("reader", policy()), ("group", policy())]);
    world.activate("reader", 60);
    world.activate("group", 60);
    world.pass(seconds(2));
    world.service.forbidden.insert(Kind::AzureResource);
    world.send(Command::RefreshSource { source: Kind::AzureResource });
    world.pass(seconds(1));
    assert_eq!(show(&mut world, "").problem, None, "a kind that nobody uses has nothing to say");
    world.send(Command::CloseHistory);
    world.service.away_for.insert(Kind::Group);
    let view = show(&mut world, "");
    assert_eq!(view.problem.unwrap().code, "network");
    assert_eq!(view.rows.len(), 2, "what is remembered is shown all the same");
}

#[test]
fn a_renewal_that_was_tried_beforehand_is_no_failure_to_tell_of() {
    let mut world = World::new(&[("reader", policy())]);
    world.activate("reader", 60);
    world.pass(seconds(2));
    world.send(Command::ArmRenewal { id: id("reader"), armed: true });
    world.pass(Duration::minutes(62));
    let view = show(&mut world, "");
    assert_eq!(view.rows.len(), 2);
    assert!(view.rows.iter().all(|row| row.outcome == HistoryOutcome::Granted), "{:#?}", view.rows);
}

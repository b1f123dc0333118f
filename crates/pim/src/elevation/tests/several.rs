//! Several roles at once: picked together, or kept as a bundle.

use chrono::Duration;

use super::{
    service::{Fault, key},
    world::{World, id, policy},
};
use crate::{
    bundles::{self, Bundle, BundleRole},
    model::{RequestStatus, Requirements, Ticket},
    view::{BundleEntry, Command, RowState},
};

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn several(roles: &[&str], minutes: u32) -> Command {
    let ids = roles.iter().map(|role| id(role)).collect();
    Command::ActivateSeveral { ids, minutes, reason: "release".into(), ticket: None }
}

#[test]
fn several_of_all_kinds_go_together_and_fail_one_by_one() {
    let short = Requirements { max_duration: Duration::minutes(30), ..policy() };
    let ticket = Requirements { ticket: true, ..policy() };
    let mut world = World::new(&[
        ("a", policy()),
        ("b", short),
        ("c", ticket),
        ("d", policy()),
        ("group", policy()),
        ("azure", policy()),
    ]);
    world.activate("d", 60);
    world.pass(seconds(1));
    world.service.faults = vec![Fault::NotSent];
    world.batches.clear();
    world.send(several(&["a", "b", "c", "d", "group", "azure"], 120));
    world.pass(seconds(1));
    assert_eq!(world.batches, [3, 1]);
    assert_eq!(world.failure("a").as_deref(), Some("network"));
    let half_an_hour = world.row("b").map(|row| row.end.unwrap() - row.start.unwrap());
    assert_eq!(half_an_hour, Some(Duration::minutes(30)), "no longer than its policy allows");
    assert_eq!(world.eligible("c").problem.unwrap().code, "ticket-missing");
    let active = world.row("d").unwrap();
    assert_eq!((active.state, active.problem), (RowState::Active, None), "active already is as wanted");
    for role in ["group", "azure"] {
        assert_eq!(world.state(role), Some(RowState::Active));
    }
    let ticket = Some(Ticket { number: "INC-1".into(), system: "SNOW".into() });
    world.send(Command::ActivateSeveral { ids: vec![id("a"), id("c")], minutes: 60, reason: "again".into(), ticket });
    world.pass(seconds(1));
    assert_eq!((world.state("a"), world.state("c")), (Some(RowState::Active), Some(RowState::Active)));
}

#[test]
fn a_bundle_is_kept_run_changed_and_forgotten() {
    let mut world = World::new(&[("reader", policy()), ("azure", policy())]);
    let entry = |role: &str, minutes| BundleEntry { id: id(role), minutes };
    let roles = vec![entry("reader", Some(45)), entry("azure", None)];
    world.send(Command::SaveBundle { name: " On call ".into(), reason: "On call {date}".into(), roles });
    world.crash();
    world.pass(seconds(1));
    let bundle = world.machine.view(world.now).bundles[0].clone();
    assert_eq!((bundle.name.as_str(), bundle.reason.as_str()), ("On call", "On call 2026-11-24"));
    assert_eq!(bundle.roles.iter().map(|row| row.minutes).collect::<Vec<_>>(), [45, 480]);
    world.send(Command::RunBundle { name: bundle.name.clone(), reason: None, ticket: None });
    world.pass(seconds(1));
    let row = world.row("reader").unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (RowState::Active, Some("On call 2026-11-24")));
    assert_eq!(row.end.unwrap() - row.start.unwrap(), Duration::minutes(45));
    assert_eq!(world.state("azure"), Some(RowState::Active));
    assert!(world.machine.view(world.now).bundles[0].roles.iter().all(|row| row.engaged));
    world.send(Command::RunBundle { name: bundle.name.clone(), reason: None, ticket: None });
    world.pass(seconds(1));
    assert_eq!((world.service.commits("reader"), world.service.commits("azure")), (1, 1));
    world.send(Command::SaveBundle { name: "Empty".into(), reason: String::new(), roles: Vec::new() });
    assert_eq!(world.machine.view(world.now).bundle_problem.unwrap().code, "bad-bundle");
    world.send(Command::DeleteBundle { name: bundle.name });
    assert!(world.machine.view(world.now).bundles.is_empty());
}

#[test]
fn a_bundle_from_a_file_may_name_roles_that_are_not_there() {
    let mut world = World::new(&[("reader", policy())]);
    let roles = ["reader", "elsewhere"].map(|role| BundleRole::new(&key(role), role, Some(60))).to_vec();
    let bundle = Bundle { name: "Ours".into(), reason: "why".into(), roles };
    world.send(Command::ImportBundles { text: bundles::export(&[bundle]) });
    let shown = world.machine.view(world.now).bundles[0].clone();
    assert_eq!(shown.roles.iter().map(|row| row.eligible).collect::<Vec<_>>(), [true, false]);
    world.send(Command::RunBundle { name: "Ours".into(), reason: Some("mine".into()), ticket: None });
    world.pass(seconds(1));
    assert_eq!(world.row("reader").unwrap().reason.as_deref(), Some("mine"));
    world.send(Command::ImportBundles { text: "{".into() });
    assert!(world.machine.view(world.now).bundle_problem.is_some());
    assert_eq!(world.machine.view(world.now).bundles.len(), 1, "what was there stays");
}

#[test]
fn the_organisations_bundles_win_and_stay_as_they_are() {
    let mut world = World::new(&[("reader", policy()), ("other", policy())]);
    let save = |role: &str| Command::SaveBundle {
        name: "On call".into(),
        reason: "mine".into(),
        roles: vec![BundleEntry { id: id(role), minutes: Some(30) }],
    };
    world.send(save("other"));
    let roles = vec![BundleRole::new(&key("reader"), "reader", Some(45))];
    let ours = Bundle { name: "On call".into(), reason: "the organisation's".into(), roles };
    world.machine.manage(vec![ours.clone()]);
    let shown = |world: &World| world.machine.view(world.now).bundles;
    assert_eq!(shown(&world).len(), 1);
    assert!(shown(&world)[0].managed && shown(&world)[0].reason == "the organisation's");
    let theirs = Bundle { reason: "theirs".into(), ..ours.clone() };
    let import = Command::ImportBundles { text: bundles::export(&[theirs]) };
    for command in [save("other"), Command::DeleteBundle { name: "On call".into() }, import] {
        world.send(command);
        assert_eq!(world.machine.view(world.now).bundle_problem.unwrap().code, "managed-bundle");
        assert_eq!(world.machine.bundles(&["On call".into()]), std::slice::from_ref(&ours));
    }
    world.send(Command::RunBundle { name: "On call".into(), reason: None, ticket: None });
    world.pass(seconds(1));
    assert_eq!(world.row("reader").unwrap().reason.as_deref(), Some("the organisation's"));
    assert_eq!(world.state("other"), None);
    world.machine.manage(Vec::new());
    assert_eq!(shown(&world)[0].reason, "mine", "the user's own was never lost");
}

#[test]
fn a_denial_comes_with_the_approvers_reason() {
    for role in ["gated", "group", "azure"] {
        let mut world = World::new(&[(role, Requirements { approval: true, ..policy() })]);
        world.activate(role, 60);
        world.pass(seconds(120));
        world.service.decide(role, &RequestStatus::Denied, world.now);
        world.pass(seconds(90));
        let Some(RowState::Failed { problem }) = world.state(role) else { panic!("{:?}", world.state(role)) };
        assert_eq!(problem.message, "Noor denied the request: \u{201c}no change window\u{201d}");
        assert_eq!(world.notes().len(), 1);
        assert!(world.notes()[0].body.contains("no change window"));
    }
}

/// What is not eligible any more is not left out in silence: each has a row that says so.
#[test]
fn what_is_gone_is_said_on_a_row_of_its_own() {
    let mut world = World::new(&[("reader", policy()), ("gone", policy()), ("group", policy())]);
    let entry = |role: &str| BundleEntry { id: id(role), minutes: Some(30) };
    let roles = ["reader", "gone", "group"].map(entry).into();
    world.send(Command::SaveBundle { name: "On call".into(), reason: "release".into(), roles });
    let end = world.now - Duration::days(100);
    world.service.ends.insert("gone".into(), end);
    world.send(Command::Refresh);
    world.pass(seconds(1));
    let run = Command::RunBundle { name: "On call".into(), reason: None, ticket: None };
    for command in [run, several(&["reader", "gone", "group", "never-known"], 60)] {
        world.send(command);
        world.pass(seconds(1));
        for role in ["reader", "group"] {
            assert_eq!(world.state(role), Some(RowState::Active), "{role}");
        }
        assert_eq!(world.failure("gone").as_deref(), Some("eligibility-over"));
        assert_eq!(world.row("gone").unwrap().reason.as_deref(), Some("release"));
        world.send(Command::DismissProblem { id: id("gone") });
        assert_eq!(world.row("gone"), None);
    }
    assert_eq!(world.failure("never-known").as_deref(), Some("eligibility-over"));
    assert_eq!(world.service.commits("gone") + world.service.commits("never-known"), 0);
}

/// An Azure role below the scope that one is eligible at can be in a bundle; what cannot is named.
#[test]
fn a_bundle_holds_narrower_scopes_and_names_what_it_cannot_hold() {
    let narrow = "azure@/subscriptions/one/resourceGroups/web";
    let mut world = World::new(&[("azure", policy()), ("reader", policy())]);
    let entry = |role: &str| BundleEntry { id: id(role), minutes: Some(30) };
    let roles = vec![entry(narrow), entry("reader"), entry("unknown")];
    world.send(Command::SaveBundle { name: "On call".into(), reason: "release".into(), roles });
    let view = world.machine.view(world.now);
    let problem = view.bundle_problem.expect("something is left out");
    assert_eq!(problem.code, "left-out");
    assert!(problem.message.contains("without unknown"), "{problem}");
    let rows: Vec<_> = view.bundles[0].roles.iter().map(|row| (row.id.clone(), row.eligible)).collect();
    assert_eq!(rows, [(id(narrow), true), (id("reader"), true)]);
    world.send(Command::RunBundle { name: "On call".into(), reason: None, ticket: None });
    world.pass(seconds(1));
    assert_eq!(world.state(narrow), Some(RowState::Active));
    assert_eq!(world.state("azure"), None, "not the whole subscription");
    world.send(Command::SaveBundle { name: "None".into(), reason: String::new(), roles: vec![entry("unknown")] });
    let view = world.machine.view(world.now);
    assert_eq!((view.bundles.len(), view.bundle_problem.unwrap().code.as_str()), (1, "bad-bundle"));
}

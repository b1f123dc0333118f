//! Directory roles, groups and Azure roles side by side.

use chrono::{DateTime, Duration, Utc};

use super::{
    service::{Fault, Instance, key, not_sent},
    world::{World, id, noon, options, policy},
};
use crate::{
    elevation::{Effect, Elevation, Event, Gap, Known, Listed},
    journal::Memory,
    model::{Activation, Eligibility, Kind, Requirements},
    view::{Command, RowState, SourceState},
};

const ALL: [&str; 3] = ["reader", "group", "azure"];

fn seconds(seconds: i64) -> Duration {
    Duration::seconds(seconds)
}

fn three() -> World {
    World::new(&ALL.map(|name| (name, policy())))
}

fn source(world: &World, kind: Kind) -> SourceState {
    world.machine.list().sources.into_iter().find(|source| source.kind == kind).unwrap()
}

#[test]
fn roles_of_all_kinds_are_listed_activated_and_ended_together() {
    let mut world = three();
    for name in ALL {
        assert!(world.eligible(name).requirements.known, "{name}");
        world.activate(name, 60);
    }
    world.pass(seconds(1));
    assert_eq!(world.batches, [2, 1], "those of Graph as one, the Azure role by itself");
    for name in ALL {
        assert_eq!(world.state(name), Some(RowState::Active), "{name}");
    }
    world.pass(Duration::minutes(6));
    for name in ALL {
        world.send(Command::Deactivate { id: id(name) });
    }
    world.pass(seconds(1));
    assert!(world.rows().is_empty());
}

#[test]
fn one_kind_that_fails_changes_nothing_for_the_others() {
    for kind in Kind::ALL {
        let mut world = three();
        let before = world.machine.view(world.now).eligible;
        world.service.away_for.insert(kind);
        world.send(Command::Refresh);
        world.pass(seconds(60));
        for other in Kind::ALL {
            assert_eq!(source(&world, other).problem.is_some(), other == kind);
        }
        assert_eq!(world.machine.view(world.now).eligible, before);
        assert_eq!(world.machine.list().problem.unwrap().code, "network");
        assert!(!world.machine.offline(), "one service answers");
        for name in ALL {
            world.activate(name, 60);
        }
        world.pass(seconds(1));
        for name in ALL {
            assert_eq!(world.state(name), Some(RowState::Active), "{name}");
        }
        world.service.away_for.clear();
        world.pass(seconds(10));
        assert_eq!(source(&world, kind).problem, None);
    }
}

#[test]
fn what_a_group_gives_is_read_again_when_its_membership_begins_and_ends() {
    let mut world = three();
    let since = |world: &World, from: usize, began: DateTime<Utc>| {
        let reads = world.reads[from..].iter().map(|(at, kind)| (*kind, (*at - began).num_seconds()));
        let mut reads: Vec<_> = reads.collect();
        reads.sort_unstable();
        reads
    };
    let looks: Vec<_> = [Kind::DirectoryRole, Kind::AzureResource]
        .into_iter()
        .flat_map(|kind| [2, 22, 142].map(|after| (kind, after)))
        .collect();
    let (asked, began) = (world.reads.len(), world.now);
    world.activate("reader", 60);
    world.pass(Duration::minutes(5));
    assert_eq!(since(&world, asked, began), [], "a directory role gives no others");
    let began = world.now;
    world.activate("group", 60);
    world.pass(Duration::minutes(10));
    assert_eq!(since(&world, asked, began), looks, "soon, and when a slow list has noticed");
    let (asked, ended) = (world.reads.len(), world.now);
    world.send(Command::Deactivate { id: id("group") });
    world.pass(Duration::minutes(10));
    assert_eq!(since(&world, asked, ended), looks);
    // Somewhere else, and at its end.
    let asked = world.reads.len();
    let elsewhere = Activation::new(key("group"), "me", Duration::hours(1), "from the portal");
    world.service.activate(&elsewhere, false, world.now).unwrap();
    world.send(Command::RefreshSource { source: Kind::Group });
    world.pass(Duration::minutes(3));
    assert_eq!(world.reads.len() - asked, 1 + looks.len());
    let asked = world.reads.len();
    world.pass(Duration::hours(2));
    assert_eq!(world.reads.len() - asked, looks.len(), "and nothing more");
    // What was refused is not asked for again.
    world.service.forbidden.insert(Kind::AzureResource);
    world.send(Command::Refresh);
    world.pass(seconds(1));
    let asked = world.reads.len();
    world.activate("group", 60);
    world.pass(Duration::minutes(10));
    assert!(world.reads[asked..].iter().all(|(_, kind)| *kind == Kind::DirectoryRole), "{:?}", &world.reads[asked..]);
}

#[test]
fn a_kind_that_nobody_consented_to_is_silent() {
    let mut world = World::new(&[("reader", policy())]);
    world.service.forbidden.extend([Kind::Group, Kind::AzureResource]);
    world.crash();
    world.pass(seconds(1));
    assert_eq!(world.machine.list().problem, None);
    assert_eq!(source(&world, Kind::Group).problem.unwrap().code, "PermissionScopeNotGranted");
    let asked = world.reads.len();
    world.pass(Duration::hours(3));
    assert_eq!(world.reads.len(), asked, "nor is it asked again by itself");
    world.send(Command::RefreshSource { source: Kind::Group });
    world.pass(seconds(1));
    assert_eq!(world.reads[asked..].iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [Kind::Group]);
    world.service.forbidden.insert(Kind::DirectoryRole);
    let mut nobody = World::new(&[]);
    nobody.service.forbidden.extend(Kind::ALL);
    nobody.crash();
    nobody.pass(seconds(1));
    assert_eq!(nobody.machine.list().problem.unwrap().code, "PermissionScopeNotGranted", "there is no other kind");
}

#[test]
fn a_list_that_keeps_failing_is_read_less_and_less_often_whatever_the_others_do() {
    let mut world = three();
    world.service.policies_away = true;
    world.pass(Duration::minutes(11));
    world.policy_reads.clear();
    for _ in 0..20 {
        world.send(Command::Refresh);
        world.pass(seconds(1));
    }
    world.policy_reads.clear();
    world.pass(Duration::minutes(10));
    let of_directory = world.policy_reads.iter().filter(|(_, kind)| *kind == Kind::DirectoryRole).count();
    assert!((40..=65).contains(&of_directory), "{of_directory} in ten minutes");
    world.pass(Duration::minutes(10));
    world.policy_reads.clear();
    world.pass(Duration::minutes(10));
    let of_directory = world.policy_reads.iter().filter(|(_, kind)| *kind == Kind::DirectoryRole).count();
    assert!(of_directory <= 10, "{of_directory} in ten minutes, later");
}

#[test]
fn policies_of_groups_and_azure_are_read_once_for_what_is_listed() {
    let mut world = three();
    let reads = |world: &World| world.policy_reads.iter().map(|(_, kind)| *kind).collect::<Vec<_>>();
    assert_eq!(reads(&world), [Kind::DirectoryRole, Kind::Group, Kind::AzureResource]);
    world.send(Command::Refresh);
    world.pass(Duration::minutes(1));
    assert_eq!(reads(&world).len(), 3, "still fresh");
    let world = World::new(&[("reader", policy())]);
    assert_eq!(reads(&world), [Kind::DirectoryRole], "nothing is listed that would need one");
}

#[test]
fn what_was_listed_before_is_asked_about_beside_the_lists_and_what_is_new_after_them() {
    let mut world = three();
    world.service.policies.insert("group-2".into(), policy());
    world.crash();
    let first = world.now;
    world.pass(Duration::minutes(1));
    let reads = |kind| world.policy_reads.iter().filter(move |read| read.1 == kind && read.0 >= first);
    let times = |kind| reads(kind).map(|(at, _)| *at - first).collect::<Vec<_>>();
    assert_eq!(times(Kind::AzureResource), [Duration::zero()], "side by side with its lists, and once");
    assert_eq!(times(Kind::Group), [Duration::zero(), world.latency], "the new one as soon as it is listed");
    assert!(world.eligible("group-2").requirements.known);
}

#[test]
fn policies_need_not_wait_for_a_lists_last_page() {
    let mut machine = Elevation::new(Memory::default(), None, options(), noon());
    let effects = machine.handle(Event::Command(Command::RefreshSource { source: Kind::Group }), noon());
    let call = effects.iter().find_map(|effect| match effect {
        Effect::ReadEligible(call, Kind::Group, _) => Some(*call),
        _ => None,
    });
    let call = call.unwrap();
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::ReadPolicies(call, Kind::Group, keys) => Some((*call, keys.clone())),
            _ => None,
        })
    };
    let [first, second] = ["group", "group-2"].map(key);
    let page = machine.handle(Event::Coming(call, vec![first.clone()]), noon());
    let (policies, keys) = asked(&page).unwrap();
    assert_eq!(keys, std::slice::from_ref(&first));
    assert_eq!(asked(&machine.handle(Event::Coming(call, vec![first.clone()]), noon())), None, "it is under way");
    // That it fails is said when it is known what else there is.
    machine.handle(Event::Policies(policies, Err(not_sent())), noon());
    let problem = |machine: &Elevation| machine.list().sources[1].problem.clone();
    assert_eq!(problem(&machine), None);
    let rows = [&first, &second].map(|key| Eligibility::new(key.clone(), "i", "Group", "me"));
    let end = machine.handle(Event::Eligible(call, Ok(Listed::all(rows.to_vec()))), noon());
    let (policies, keys) = asked(&end).unwrap();
    assert_eq!(keys, std::slice::from_ref(&second));
    let known = [(second.policy_id(), policy())].into();
    machine.handle(Event::Policies(policies, Ok(Listed::all(known))), noon());
    assert!(problem(&machine).is_some(), "one of several is enough");
    let retry = machine.next_deadline().unwrap();
    let (policies, keys) = asked(&machine.handle(Event::Tick, retry)).unwrap();
    assert_eq!(keys, std::slice::from_ref(&first), "what is known is not asked for again");
    let known = [(first.policy_id(), policy())].into();
    machine.handle(Event::Policies(policies, Ok(Listed::all(known))), retry);
    assert_eq!(problem(&machine), None);
}

#[test]
fn that_a_vanished_roles_policy_cannot_be_read_is_no_trouble() {
    let mut world = World::new(&[("group", policy())]);
    world.service.policies.clear();
    world.service.policies_away = true;
    world.crash();
    world.pass(Duration::seconds(1));
    let asked = world.policy_reads.iter().filter(|(_, kind)| *kind == Kind::Group).count();
    assert_eq!(asked, 2, "before the crash, and because it was listed then");
    assert_eq!(source(&world, Kind::Group).problem, None);
}

#[test]
fn what_a_scope_that_answered_does_not_name_is_gone_and_what_did_not_answer_is_not() {
    const OTHER: &str = "/subscriptions/two";
    // Both with an eligibility, a standing assignment and an activation.
    let there = format!("azure@{OTHER}");
    let names = ["azure", there.as_str()];
    let mut world = World::new(&[("azure", policy()), (&there, policy())]);
    for name in names {
        world.activate(name, 240);
        world.service.standing.insert(name.replace("azure", "azure-standing"), None);
    }
    world.pass(Duration::minutes(5));
    world.send(Command::Refresh);
    world.pass(seconds(2));
    assert_eq!((world.rows().len(), world.machine.view(world.now).eligible.len()), (4, 2));
    // All of it is taken away; one subscription says so, by itself or beside a root that answers.
    world.service.policies.clear();
    world.service.standing.clear();
    for instance in world.service.instances.values_mut().flatten() {
        instance.ended = Some(world.now);
    }
    for gap in [Gap::AllBut(vec!["/subscriptions/one".into()]), Gap::At(vec![OTHER.into()])] {
        world.service.gap = Some(gap);
        world.send(Command::Refresh);
        world.pass(Duration::minutes(4));
        world.send(Command::Refresh);
        world.pass(seconds(2));
        let left: Vec<_> = world.rows().into_iter().map(|row| (row.id.contains(OTHER), row.activated)).collect();
        assert_eq!(
            left,
            [(true, true), (true, false)],
            "the activation and the standing one of the other subscription"
        );
        let eligible = world.machine.view(world.now).eligible;
        assert!(eligible.len() == 1 && eligible[0].id.contains(OTHER), "{eligible:#?}");
    }
    world.service.gap = None;
    world.send(Command::Refresh);
    world.pass(seconds(2));
    assert!(world.rows().is_empty() && world.machine.view(world.now).eligible.is_empty());
}

#[test]
fn what_an_incomplete_list_leaves_out_is_not_gone() {
    let mut world = three();
    for name in ALL {
        world.activate(name, 120);
    }
    world.pass(Duration::minutes(10));
    world.service.partial.insert(Kind::AzureResource);
    world.send(Command::Refresh);
    world.pass(Duration::minutes(30));
    assert_eq!(world.state("azure"), Some(RowState::Active));
    assert!(world.eligible("azure").engaged);
    assert_eq!(source(&world, Kind::AzureResource).partial.unwrap().code, "no-answer");
    assert_eq!(world.machine.list().problem, None);
    world.service.partial.clear();
    world.service.policies.remove("azure");
    world.send(Command::Refresh);
    world.pass(seconds(1));
    assert!(world.machine.view(world.now).eligible.iter().all(|row| row.kind != Kind::AzureResource));
}

#[test]
fn one_step_up_serves_both_services() {
    let strong = || Requirements { mfa: true, ..policy() };
    let mut world = World::new(&ALL.map(|name| (name, strong())));
    for name in ALL {
        world.activate(name, 60);
    }
    world.pass(seconds(2));
    assert_eq!(world.step_ups, 1);
    for name in ALL {
        assert_eq!(world.state(name), Some(RowState::Active), "{name}");
        assert_eq!(world.service.commits(name), 1);
    }
}

#[test]
fn a_service_that_wants_a_step_up_of_its_own_gets_one() {
    let strong = || Requirements { mfa: true, ..policy() };
    let mut world = World::new(&ALL.map(|name| (name, strong())));
    world.service.one_sign_in = false;
    for name in ALL {
        world.activate(name, 60);
    }
    world.pass(seconds(3));
    assert_eq!(world.step_ups, 2, "one for each service, and no more");
    for name in ALL {
        assert_eq!(world.state(name), Some(RowState::Active), "{name}");
    }
}

#[test]
fn an_azure_request_whose_answer_was_lost_is_sent_again_under_its_name() {
    for (fault, exists) in [(Fault::LostBefore, false), (Fault::LostAfter, false), (Fault::LostAfter, true)] {
        let mut world = three();
        (world.service.refuses_overlap, world.service.repeats_exist) = (exists, exists);
        world.service.lag = seconds(60);
        world.service.faults = vec![fault];
        world.activate("azure", 60);
        world.pass(seconds(1));
        assert_eq!(world.state("azure"), Some(RowState::Checking));
        world.pass(seconds(if exists { 120 } else { 5 }));
        assert_eq!(world.state("azure"), Some(RowState::Active), "{fault:?} {exists}");
        assert_eq!(world.service.commits("azure"), 1);
    }
}

#[test]
fn an_azure_request_is_sent_again_after_a_crash_but_not_much_later() {
    for (away, commits) in [(seconds(20), 1), (Duration::minutes(30), 0)] {
        let mut world = three();
        world.service.faults = vec![Fault::LostBefore];
        world.activate("azure", 60);
        world.pass(Duration::milliseconds(150));
        world.suspend(Duration::zero());
        world.now += away;
        world.crash();
        world.pass(Duration::minutes(4));
        assert_eq!(world.service.commits("azure"), commits);
        let failure = world.failure("azure");
        assert_eq!(failure.as_deref(), (commits == 0).then_some("not-sent"));
    }
}

/// Azure does not know an activation in its first minute or so: that is no reason to believe that it has ended.
#[test]
fn what_azure_does_not_know_yet_has_not_ended() {
    let elsewhere = |world: &World, role: &str| {
        let start = world.now - Duration::minutes(10);
        let instance =
            Instance { id: format!("elsewhere-{role}"), start, end: start + Duration::hours(1), ended: None };
        (role.to_owned(), vec![instance])
    };
    for (role, fresh) in [("azure", true), ("group", false), ("reader", false)] {
        let mut world = three();
        let (name, instances) = elsewhere(&world, role);
        world.service.instances.insert(name, instances);
        world.send(Command::Refresh);
        world.pass(seconds(1));
        world.service.faults.push(Fault::NotKnownYet);
        world.send(Command::Deactivate { id: id(role) });
        world.pass(seconds(1));
        let over = world.service.instances[role][0].ended.is_some();
        assert_eq!((world.state(role), over), (fresh.then_some(RowState::Deactivating), false), "{role}");
        world.pass(seconds(20));
        let over = world.service.instances[role][0].ended.is_some();
        assert_eq!((world.row(role), over), (None, fresh), "{role}: sent again where it was not believed");
    }
    // Later it is what it says.
    let mut world = three();
    world.activate("azure", 60);
    world.pass(Duration::minutes(6));
    world.service.faults.push(Fault::NotKnownYet);
    world.send(Command::Deactivate { id: id("azure") });
    world.pass(seconds(1));
    assert_eq!(world.row("azure"), None);
}

#[test]
fn what_has_ended_on_azure_is_not_shown_as_a_standing_assignment() {
    // Ended here, or elsewhere while it was known here, or elsewhere and never known here.
    for way in 0..3 {
        let mut world = three();
        if way < 2 {
            world.activate("azure", 60);
            world.pass(Duration::minutes(6));
        }
        match way {
            0 => world.send(Command::Deactivate { id: id("azure") }),
            1 => world.service.instances.get_mut("azure").unwrap()[0].ended = Some(world.now),
            _ => {}
        }
        world.service.standing.insert("azure".into(), None);
        for _ in 0..9 {
            world.send(Command::Refresh);
            world.pass(Duration::minutes(1));
            assert_eq!(world.row("azure"), None, "way {way}");
        }
        // It has stayed: it is one.
        world.pass(Duration::minutes(2));
        world.send(Command::Refresh);
        world.pass(seconds(1));
        let row = world.row("azure").expect("by now it is believed");
        assert!(!row.activated && row.end.is_none());
    }
}

/// What cannot be activated was not activated: it is a standing assignment from the first moment on. So is one with an end.
#[test]
fn a_standing_assignment_is_shown_at_once_where_it_can_be_no_ghost() {
    let mut world = three();
    world.service.standing.insert("azure-other".into(), None);
    world.service.standing.insert("azure".into(), Some(world.now + Duration::days(9)));
    world.service.standing.insert("reader".into(), None);
    world.send(Command::Refresh);
    world.pass(seconds(1));
    for role in ["azure-other", "azure", "reader"] {
        assert!(world.row(role).is_some_and(|row| !row.activated), "{role}");
    }
}

#[test]
fn views_that_earlier_versions_saved_are_read() {
    let text = r#"{"asOf":"2026-11-23T11:00:00Z","eligible":[],"active":[],"policies":{}}"#;
    let known: Known = serde_json::from_str(text).unwrap();
    assert!(known.sources.is_empty());
    let mut world = three();
    world.activate("azure", 60);
    world.pass(seconds(5));
    let known = world.machine.known();
    let back: Known = serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap();
    assert_eq!(back, known);
    assert_eq!(back.sources.len(), 3);
}

//! What the Manage window asks, answered over HTTP against the simulated tenant.

mod support;

use pim::{
    manage::{Counter, Office},
    model::Kind,
    view::{ApprovalRow, Ask, HoldingRow, Outcome, StepAction, Told, Wanted},
};
use support::{World, robot};
use tenant::{
    Scenario,
    pim::{Actor, Expiration, ScheduleInfo, Side, Status, Submission, Ticket},
    robot::Person,
    scenario::IsoDuration,
};

/// Contoso, where tokens for errands are had without anybody being asked, and Omar at the counter.
async fn omar() -> (World, Office, Counter) {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("omar").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("omar")));
    (world, office, Counter::default())
}

async fn held(counter: &mut Counter, office: &Office) -> Vec<HoldingRow> {
    match counter.answer(office, Ask::Assignments).await {
        Told::Assignments { sources, rows, .. } => {
            assert!(sources.iter().all(|source| source.refused.is_none()), "{sources:?}");
            rows
        }
        other => panic!("{other:?}"),
    }
}

fn of<'a>(rows: &'a [HoldingRow], person: &str, role: &str) -> Vec<&'a HoldingRow> {
    rows.iter().filter(|row| row.person == person && row.name == role).collect()
}

fn remove(ids: &[&str]) -> Wanted {
    Wanted::Remove { ids: ids.iter().map(|id| (*id).to_owned()).collect(), reason: "Leaves".into() }
}

fn code(told: &Told) -> &str {
    match told {
        Told::Failed { problem } => &problem.code,
        other => panic!("{other:?}"),
    }
}

fn outcomes(told: Told) -> Vec<Outcome> {
    match told {
        Told::Outcomes { outcomes } => outcomes,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_told_is_never_sent() {
    let (world, office, mut counter) = omar().await;
    let before = world.requests("ScheduleRequests").len();
    for ids in [vec![], vec!["active|made-up"]] {
        for ask in [
            Ask::Plan { change: remove(&ids) },
            Ask::Change { change: remove(&ids) },
            Ask::Decide { ids: ids.iter().map(|id| (*id).to_owned()).collect(), approve: true, reason: "x".into() },
        ] {
            assert_eq!(code(&counter.answer(&office, ask.clone()).await), "not-told", "{ask:?}");
        }
    }
    // What one counter was told is unknown at another.
    let rows = held(&mut counter, &office).await;
    let known = remove(&[&rows[0].id]);
    assert!(matches!(counter.answer(&office, Ask::Plan { change: known.clone() }).await, Told::Plan { .. }));
    let mut other = Counter::default();
    assert_eq!(code(&other.answer(&office, Ask::Change { change: known }).await), "not-told");
    assert_eq!(world.requests("ScheduleRequests").len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_planned_rehearsed_and_made() {
    let (world, office, mut counter) = omar().await;
    let rows = held(&mut counter, &office).await;
    let row = of(&rows, "Sven Aldous", "Security Reader");
    let row = row.first().unwrap_or_else(|| panic!("{rows:?}"));
    assert!(!row.eligible && row.end.is_none());
    let change = remove(&[&row.id]);
    let Told::Plan { steps, risks } = counter.answer(&office, Ask::Plan { change: change.clone() }).await else {
        panic!("no plan")
    };
    assert_eq!((steps.len(), steps[0].action, &steps[0].problem), (1, StepAction::Remove, &None));
    assert!(risks.is_empty(), "{risks:?}");
    let rehearsed = outcomes(counter.answer(&office, Ask::Rehearse { change: change.clone() }).await);
    assert_eq!(rehearsed[0].problem, None);
    assert_eq!(of(&held(&mut counter, &office).await, "Sven Aldous", "Security Reader").len(), 1);
    let made = outcomes(counter.answer(&office, Ask::Change { change }).await);
    assert_eq!((made.len(), &made[0].problem), (1, &None));
    assert!(of(&held(&mut counter, &office).await, "Sven Aldous", "Security Reader").is_empty());
    drop(world);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_is_foreseen_and_nothing_of_the_choice_is_sent() {
    let (world, office, mut counter) = omar().await;
    let rows = held(&mut counter, &office).await;
    let last = of(&rows, "Emergency Access", "Global Administrator")[0].id.clone();
    let other = of(&rows, "Sven Aldous", "Security Reader")[0].id.clone();
    let change = remove(&[&other, &last]);
    let Told::Plan { steps, .. } = counter.answer(&office, Ask::Plan { change: change.clone() }).await else {
        panic!("no plan")
    };
    let codes: Vec<Option<&str>> =
        steps.iter().map(|step| step.problem.as_ref().map(|problem| problem.code.as_str())).collect();
    assert_eq!(codes, [None, Some("last-administrator")]);
    assert_eq!(code(&counter.answer(&office, Ask::Change { change }).await), "last-administrator");
    assert_eq!(of(&held(&mut counter, &office).await, "Sven Aldous", "Security Reader").len(), 1);
    drop(world);
}

#[tokio::test(flavor = "multi_thread")]
async fn standing_access_becomes_eligible() {
    let (_world, office, mut counter) = omar().await;
    let Told::Standing { permanent, stale, nested, missing } =
        counter.answer(&office, Ask::Standing { days: 90, allow: true }).await
    else {
        panic!("no report")
    };
    assert!(missing.is_empty(), "{missing:?}");
    assert!(!stale.is_empty() && stale.iter().all(|row| row.held.eligible), "{stale:?}");
    assert!(nested.iter().any(|row| row.through.len() == 2), "{nested:?}");
    let emergency = permanent.iter().find(|row| row.held.person == "Emergency Access").expect("told");
    assert!(!emergency.proposed && emergency.keep.is_some());
    let sven = permanent.iter().find(|row| row.held.name == "Security Reader").expect("told");
    assert!(sven.proposed);
    let change = Wanted::MakeEligible { ids: vec![sven.held.id.clone()], reason: String::new() };
    let Told::Plan { steps, .. } = counter.answer(&office, Ask::Plan { change: change.clone() }).await else {
        panic!("no plan")
    };
    assert_eq!(steps.iter().map(|step| step.action).collect::<Vec<_>>(), [StepAction::Give, StepAction::Remove]);
    let made = outcomes(counter.answer(&office, Ask::Change { change }).await);
    assert_eq!((made.len(), &made[0].problem), (1, &None));
    let rows = held(&mut counter, &office).await;
    let now = of(&rows, "Sven Aldous", "Security Reader");
    assert!(now.len() == 1 && now[0].eligible, "{now:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_of_others_are_decided_with_a_reason() {
    let (world, office, mut counter) = omar().await;
    let app = world.tenant.app();
    let maya = app.scenario.user_named("maya").expect("somebody").id;
    let named = |name: &str| app.scenario.roles.iter().find(|role| role.display_name == name).expect("a role").id;
    let role = named("Global Administrator");
    let grant = app.scenario.eligible.iter().find(|grant| grant.principal == maya && grant.role == role);
    let submission = Submission {
        side: Side::Assignment,
        action: tenant::pim::Action::SelfActivate,
        principal: maya,
        role,
        scope: grant.expect("eligible").scope,
        justification: Some("Tenant settings".into()),
        schedule: Some(ScheduleInfo { start: None, expiration: Expiration::AfterDuration(IsoDuration::hours(1)) }),
        ticket: Ticket { number: Some("INC-7".into()), system: Some("SNOW".into()) },
        validation_only: false,
        eligibility: None,
        condition: None,
    };
    let actor = Actor { id: maya, mfa: true, contexts: vec!["c1".into()], cp1: true };
    let guid = app.guid();
    let asked = app.with_pim(|pim, now| pim.submit(&app.scenario, &actor, &submission, guid, now)).expect("taken");
    assert_eq!(asked.status, Status::PendingApproval);

    let Told::Approvals { rows, .. } = counter.answer(&office, Ask::Approvals).await else { panic!("no list") };
    let [ApprovalRow { id, person, name, reason, ticket, minutes, deadline, own, .. }] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!((person.as_str(), name.as_str()), ("Maya Lindqvist", "Global Administrator"));
    assert_eq!((reason.as_deref(), ticket.as_deref(), *minutes), (Some("Tenant settings"), Some("INC-7"), Some(60)));
    assert!(deadline.is_some() && !own);
    let decide = |reason: &str| Ask::Decide { ids: vec![id.clone()], approve: true, reason: reason.into() };
    assert_eq!(code(&counter.answer(&office, decide("  ")).await), "no-reason");
    assert_eq!(outcomes(counter.answer(&office, decide("As agreed")).await)[0].problem, None);
    let again = outcomes(counter.answer(&office, decide("As agreed")).await);
    assert!(again[0].problem.is_some(), "{again:?}");
    let Told::Approvals { rows, .. } = counter.answer(&office, Ask::Approvals).await else { panic!("no list") };
    assert!(rows.is_empty(), "{rows:?}");
    drop(world);
}

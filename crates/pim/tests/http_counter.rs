//! What the Manage window asks, answered over HTTP against the simulated tenant.

mod support;

use chrono::TimeDelta;
use pim::{
    manage::{Counter, Office},
    model::{Kind, Opinion, PrincipalKind},
    view::{
        AlertRow, AlertSeverity, Answered, ApprovalRow, Ask, HoldingRow, Outcome, ReviewRow, ReviewVerdict,
        ReviewedPerson, StepAction, Told, Wanted,
    },
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
    omar_of(Scenario::contoso()).await
}

async fn omar_of(mut scenario: Scenario) -> (World, Office, Counter) {
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
    Wanted::Remove { ids: ids.iter().map(|id| (*id).to_owned()).collect(), reason: "Leaves".into(), ticket: None }
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
async fn a_ticket_that_the_policy_wants_is_missed_and_sent() {
    let mut scenario = Scenario::contoso();
    for policy in scenario.policies.values_mut() {
        policy.eligibility_enablement.ticket = true;
    }
    let (world, office, mut counter) = omar_of(scenario).await;
    let rows = held(&mut counter, &office).await;
    let row = of(&rows, "Maya Lindqvist", "Global Administrator")[0];
    let end = row.end.map(|end| end - TimeDelta::days(1));
    let change = |number: &str| Wanted::Move {
        ids: vec![row.id.clone()],
        end,
        reason: "Until the merger".into(),
        ticket: Some(pim::model::Ticket { number: number.into(), system: " SNOW".into() }),
    };
    // One without a number is none.
    for (number, code) in [(" ", Some("no-ticket")), (" CHG0042 ", None)] {
        let Told::Plan { steps, .. } = counter.answer(&office, Ask::Plan { change: change(number) }).await else {
            panic!("no plan")
        };
        assert_eq!(steps[0].problem.as_ref().map(|problem| problem.code.as_str()), code);
    }
    let made = outcomes(counter.answer(&office, Ask::Change { change: change(" CHG0042 ") }).await);
    assert_eq!(made[0].problem, None);
    let sent = world.tenant.app().with_pim(|pim, _| {
        pim.requests(Side::Eligibility).max_by_key(|request| request.created).map(|request| request.ticket.clone())
    });
    assert_eq!(sent, Some(Ticket { number: Some("CHG0042".into()), system: Some("SNOW".into()) }));
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
    let change = Wanted::MakeEligible { ids: vec![sven.held.id.clone()], reason: String::new(), ticket: None };
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

/// The alerts, and how the directory's were answered.
async fn alerts(counter: &mut Counter, office: &Office, allow: bool) -> (Vec<AlertRow>, Answered) {
    match counter.answer(office, Ask::Alerts { allow }).await {
        Told::Alerts { mut sources, rows } => {
            let at = sources.iter().position(|source| source.kind == Kind::DirectoryRole).expect("told");
            (rows, sources.remove(at))
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_are_told_with_what_was_found_and_dismissed_by_their_ids() {
    let (world, office, mut counter) = omar().await;
    let dismiss = |id: &str| Ask::Dismiss { ids: vec![id.to_owned()] };
    let patches = || world.requests("roleManagementAlerts").iter().filter(|entry| entry.method == "PATCH").count();
    assert_eq!(code(&counter.answer(&office, dismiss("made-up")).await), "not-told");
    let (rows, directory) = alerts(&mut counter, &office, false).await;
    assert!(directory.refused.is_none() && !directory.allowable, "{directory:?}");
    let outside = rows.iter().find(|row| row.kind == Kind::DirectoryRole && row.name.contains("outside"));
    let outside = outside.unwrap_or_else(|| panic!("{rows:?}")).clone();
    assert!(outside.active && outside.severity == AlertSeverity::High && outside.mitigation.is_some());
    assert_eq!(
        (outside.count, outside.findings[0].person.as_deref(), outside.findings[0].role.as_deref()),
        (1, Some("Tomasz Wójcik"), Some("Guest Inviter"))
    );
    assert!(rows.iter().any(|row| row.kind == Kind::AzureResource && row.scope.is_some()), "{rows:?}");
    let active = rows.iter().take_while(|row| row.active).count();
    assert!(rows[active..].iter().all(|row| !row.active), "what is there is first");
    assert_eq!(code(&counter.answer(&office, Ask::LookAgain { id: Some("made-up".into()) }).await), "not-told");
    assert_eq!(patches(), 0, "nothing that was made up was sent");
    let said = outcomes(counter.answer(&office, dismiss(&outside.id)).await);
    assert_eq!((said.len(), &said[0].problem, said[0].about.as_str()), (1, &None, outside.name.as_str()));
    let (after, _) = alerts(&mut counter, &office, false).await;
    assert!(!after.iter().find(|row| row.id == outside.id).expect("still told").active);
    assert_eq!(patches(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_looks_for_an_alert_again_while_somebody_waits() {
    let (world, office, mut counter) = omar().await;
    let (rows, _) = alerts(&mut counter, &office, false).await;
    let one = rows.into_iter().find(|row| row.kind == Kind::DirectoryRole).expect("one");
    let asking = tokio::spawn(async move {
        let said = counter.answer(&office, Ask::LookAgain { id: Some(one.id.clone()) }).await;
        let (rows, _) = alerts(&mut counter, &office, false).await;
        (outcomes(said), one.scanned, rows.into_iter().find(|row| row.id == one.id).expect("still told").scanned)
    });
    // Once the look has been asked for, its time goes by.
    while world.requests("/refresh").is_empty() {
        tokio::task::yield_now().await;
    }
    world.advance(TimeDelta::seconds(6));
    let (said, before, after) = asking.await.expect("no panic");
    assert_eq!((said[0].problem.as_ref(), said[0].pending), (None, false));
    assert!(after > before, "{before:?}, {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_permission_for_alerts_is_named_and_asked_for_only_by_whoever_wants_that() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("omar").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("omar")));
    let mut counter = Counter::default();
    let (rows, directory) = alerts(&mut counter, &office, false).await;
    assert!(directory.allowable && directory.refused.is_some(), "{directory:?}");
    let consent = directory.consent.expect("an administrator's link");
    assert!(consent.link.contains("/adminconsent"), "{consent:?}");
    assert_eq!(consent.permissions, [pim::cloud::ALERTS]);
    assert!(rows.iter().all(|row| row.kind == Kind::AzureResource), "Azure answers all the same");
    let (rows, directory) = alerts(&mut counter, &office, true).await;
    assert!(directory.refused.is_none() && !directory.allowable, "{directory:?}");
    assert!(rows.iter().any(|row| row.kind == Kind::DirectoryRole));
}

async fn reviews(counter: &mut Counter, office: &Office) -> (Vec<ReviewRow>, Vec<Answered>) {
    match counter.answer(office, Ask::Reviews { allow: false }).await {
        Told::Reviews { sources, rows } => (rows, sources),
        other => panic!("{other:?}"),
    }
}

fn under<'a>(rows: &'a [ReviewRow], review: &str, person: &str) -> &'a ReviewedPerson {
    let row = rows.iter().find(|row| row.name == review).unwrap_or_else(|| panic!("{rows:?}"));
    row.people.iter().find(|each| each.person.contains(person)).unwrap_or_else(|| panic!("{row:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn reviews_are_told_with_everybody_in_them_and_answered_by_ids() {
    const HELPDESK: &str = "Helpdesk Administrators, every quarter";
    let (world, office, mut counter) = omar().await;
    let answer = |ids: &[&str], verdict, reason: &str| Ask::Review {
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        verdict,
        reason: reason.to_owned(),
    };
    let patches = || world.requests("/decisions/").iter().filter(|entry| entry.method == "PATCH").count();
    assert_eq!(code(&counter.answer(&office, answer(&["made-up"], ReviewVerdict::Deny, "x")).await), "not-told");
    let (rows, sources) = reviews(&mut counter, &office).await;
    assert!(sources.len() == 3 && sources.iter().all(|source| source.refused.is_none()), "{sources:?}");
    let ines = under(&rows, HELPDESK, "Inês").clone();
    assert!(ines.said.is_none() && ines.recommended.is_some() && ines.last_activation.is_some(), "{ines:?}");
    let helpdesk = rows.iter().find(|row| row.name == HELPDESK).expect("told");
    assert!(helpdesk.reason_to_approve && helpdesk.end.is_some() && helpdesk.kind == Some(Kind::DirectoryRole));
    // An approval without the reason that it takes is not sent, and neither is what was chosen with it.
    let petra = under(&rows, HELPDESK, "Petra").id.clone();
    let refused = counter.answer(&office, answer(&[&ines.id, &petra], ReviewVerdict::Approve, " ")).await;
    assert_eq!(code(&refused), "review-reason");
    assert_eq!(patches(), 0);
    let said =
        outcomes(counter.answer(&office, answer(&[&ines.id], ReviewVerdict::Approve, "Still at the desk")).await);
    assert_eq!((said.len(), &said[0].problem), (1, &None));
    let (rows, _) = reviews(&mut counter, &office).await;
    let ines = under(&rows, HELPDESK, "Inês");
    assert_eq!((ines.said, ines.reason.as_deref()), (Some(Opinion::Approve), Some("Still at the desk")));
    assert_eq!(ines.by.as_deref(), Some("Omar Haddad"));
    // What the service recommends of each.
    let recommended = under(&rows, HELPDESK, "Petra").recommended;
    let said = outcomes(counter.answer(&office, answer(&[&petra], ReviewVerdict::Recommended, "As recommended")).await);
    assert_eq!(said[0].problem, None, "{recommended:?}");
    let (rows, _) = reviews(&mut counter, &office).await;
    assert!(recommended.is_some());
    assert_eq!(under(&rows, HELPDESK, "Petra").said, recommended);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_told_page_by_page_and_its_permission_asked_for_by_whoever_wants_that() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("sven").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("sven")));
    let mut counter = Counter::default();
    let nothing = counter.answer(&office, Ask::AuditFurther).await;
    assert!(matches!(&nothing, Told::Audit { rows, more: false, refused: None, .. } if rows.is_empty()), "{nothing:?}");
    let refused = counter.answer(&office, Ask::Audit { allow: false }).await;
    let Told::Audit { refused: Some(problem), allowable: true, .. } = refused else { panic!("{refused:?}") };
    assert!(problem.message.contains("AuditLog.Read.All"), "{problem:?}");
    let mut told = counter.answer(&office, Ask::Audit { allow: true }).await;
    let (mut ids, mut pages, mut last) = (Vec::new(), 0, None);
    loop {
        let Told::Audit { rows, more, unreadable: 0, refused: None, .. } = told else { panic!("{told:?}") };
        for row in rows {
            assert!(last.is_none_or(|last| row.at <= last), "newest first");
            last = Some(row.at);
            assert!(!row.activity.is_empty());
            ids.push(row.id);
        }
        pages += 1;
        if !more {
            break;
        }
        told = counter.answer(&office, Ask::AuditFurther).await;
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert!(all > 0 && ids.len() == all, "{all} records on {pages} pages, each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_to_people_who_were_found() {
    let (world, office, mut counter) = omar().await;
    let end = Some(office.now() + TimeDelta::days(30));
    let give = |role: &str, people: &[&str], eligible| Wanted::Give {
        role: role.to_owned(),
        people: people.iter().map(|id| (*id).to_owned()).collect(),
        eligible,
        start: None,
        end,
        reason: "New at the desk".into(),
        ticket: None,
    };
    // Nothing was told: nothing can be given, to nobody.
    let made_up = give("directoryrole|made-up|/|", &["made-up"], true);
    assert_eq!(code(&counter.answer(&office, Ask::Change { change: made_up }).await), "not-told");
    held(&mut counter, &office).await;
    let Told::Givable { rows, problem: None } = counter.answer(&office, Ask::Givable).await else { panic!("no roles") };
    assert!(rows.is_sorted_by_key(|row| row.name.to_lowercase()));
    assert!(rows.iter().any(|row| row.kind == Kind::Group) && rows.iter().any(|row| row.kind == Kind::AzureResource));
    let reader = rows.iter().find(|row| row.name == "Global Reader" && row.scope.is_none()).expect("a role");
    let find = |text: &str| Ask::FindPeople { who: PrincipalKind::User, text: text.to_owned() };
    assert_eq!(code(&counter.answer(&office, find(" ")).await), "no-name");
    let Told::People { rows: found, more: false } = counter.answer(&office, find("Petra")).await else {
        panic!("nobody")
    };
    let [petra] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(petra.username.as_deref(), Some("petra@contoso.example"));
    // Whom an earlier search found may be chosen still.
    let Told::People { rows: others, .. } = counter.answer(&office, find("Tomasz")).await else { panic!("nobody") };
    let change = give(&reader.id, &[&petra.id, &others[0].id], true);
    let Told::Plan { steps, .. } = counter.answer(&office, Ask::Plan { change: change.clone() }).await else {
        panic!("no plan")
    };
    assert_eq!(steps.iter().map(|step| (step.action, step.end)).collect::<Vec<_>>(), [(StepAction::Give, end); 2]);
    let problems: Vec<_> = steps.iter().filter_map(|step| step.problem.as_ref()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let made = outcomes(counter.answer(&office, Ask::Change { change }).await);
    assert!(made.len() == 2 && made.iter().all(|outcome| outcome.problem.is_none()), "{made:?}");
    let rows = held(&mut counter, &office).await;
    for person in ["Petra Nováková", "Tomasz Wójcik"] {
        let given = of(&rows, person, "Global Reader");
        assert!(given.iter().any(|row| row.eligible), "{person}: {given:?}");
    }
    drop(world);
}

//! Every switch of a scenario both ways: what the service does differs between eras, tenants and reports, and our client gets
//! through whichever it is.

use std::{pin::Pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use pim::{
    cloud::Reach,
    failure::Failure,
    model::{Deactivation, Kind, RequestStatus},
    problem::Remedy,
    view::{Command, RowState, View},
};
use tenant::{
    Scenario,
    scenario::{Casing, IsoDuration, MissingScope, PolicyMessages, Switches},
};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    desk::{Desk, listed},
    kinds::{all_listed, eligible, state},
    support::{World, activation, named},
};

type Survives = fn(Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>>;
type Set = fn(&mut Switches);

/// Tenants that are played with side by side.
const AT_ONCE: usize = 6;

const TABLE: &[(&str, &[Set], Survives)] = &[
    ("azure-list-lag", &[|to| to.azure_list_lag = none(), |to| to.azure_list_lag = seconds(65)], azure),
    ("azure-root-delay", &[|to| to.azure_root_delay = none(), |to| to.azure_root_delay = seconds(6)], azure),
    ("azure-settling", &[|to| to.azure_settling = none(), |to| to.azure_settling = seconds(240)], azure),
    ("azure-lingering", &[|to| to.azure_lingering = none(), |to| to.azure_lingering = seconds(150)], azure),
    ("azure-ghosts", &[|to| to.azure_ghosts = none(), |to| to.azure_ghosts = seconds(240)], azure),
    ("casing", &[|to| to.casing = Casing::Camel, |to| to.casing = Casing::Pascal], every_kind),
    ("page-size", &[|to| to.page_size = 100, |to| to.page_size = 3], every_kind),
    (
        "group-provisioning-delay",
        &[|to| to.group_provisioning_delay = none(), |to| to.group_provisioning_delay = seconds(150)],
        every_kind,
    ),
    ("acrs-requires-cp1", &[|to| to.acrs_requires_cp1 = true, |to| to.acrs_requires_cp1 = false], context),
    ("approval-expiry", &[|to| to.approval_expiry = hours(24), |to| to.approval_expiry = hours(1)], approval),
    (
        "policy-messages",
        &[|to| to.policy_messages = PolicyMessages::Recorded2026, |to| to.policy_messages = PolicyMessages::Documented],
        refusal,
    ),
    ("five-minute-rule", &[|to| to.five_minute_rule = true, |to| to.five_minute_rule = false], five_minutes),
    (
        "missing-scope",
        &[|to| to.missing_scope = MissingScope::Nested, |to| to.missing_scope = MissingScope::Plain],
        missing_scope,
    ),
    ("license", &[|to| to.license = true, |to| to.license = false], license),
];

fn none() -> IsoDuration {
    IsoDuration::zero()
}

fn seconds(count: u32) -> IsoDuration {
    IsoDuration::seconds(count)
}

fn hours(count: u32) -> IsoDuration {
    IsoDuration::hours(count)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_gets_through_whichever_way_a_switch_stands() {
    // They wait more than they do.
    let (turns, mut under_way) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for (name, ways, survives) in TABLE {
        for (way, set) in ways.iter().enumerate() {
            let mut scenario = Scenario::contoso();
            set(&mut scenario.switches);
            let turns = turns.clone();
            under_way.spawn(async move {
                let _turn = turns.acquire().await;
                println!("{name}, way {way}");
                survives(scenario).await;
            });
        }
    }
    // One that fails ends the test.
    while let Some(outcome) = under_way.join_next().await {
        outcome.expect("survived");
    }
}

/// Lets the tenant's time go on, half a minute at a time, until a view shows this; no longer than so much of it.
async fn in_time(desk: &Desk, most: TimeDelta, what: &str, holds: impl Fn(&View) -> bool) {
    let now = || desk.tenant.app().clock.now();
    let until = now() + most;
    loop {
        let mut views = desk.agent.views();
        let seen = tokio::time::timeout(Duration::from_millis(150), views.wait_for(|view| holds(view))).await;
        if seen.is_ok() {
            return;
        }
        assert!(now() < until, "never {what}: {:#?}", desk.agent.view());
        desk.advance(TimeDelta::seconds(30));
    }
}

/// The service ends it at the earliest now.
fn is_unlocked(view: &View, id: &str) -> bool {
    view.active.iter().any(|row| row.id == id && row.deactivatable_from.is_some_and(|from| from <= view.now))
}

fn several(id: &str) -> Command {
    Command::ActivateSeveral { ids: vec![id.to_owned()], minutes: 60, reason: "why".into(), ticket: None }
}

fn is_gone(view: &View, id: &str) -> bool {
    state(view, id).is_none() && view.eligible.iter().any(|row| row.id == id && !row.engaged)
}

/// An Azure role is activated, listed, ended, activated again at once and ended again, each once; then nothing of it is shown.
fn azure(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let desk = Desk::of(scenario).await;
        all_listed(&desk).await;
        let whole = |view: &View| view.eligible.iter().filter(|row| row.kind == Kind::AzureResource).count() == 12;
        let view = desk.until("everything", |view| whole(view) && !view.list.loading).await;
        let id = eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox")).id;
        for time in 1..=2 {
            desk.agent.send(several(&id));
            // The service may still have the last one for a while.
            let active = |view: &View| state(view, &id) == Some(RowState::Active);
            in_time(&desk, TimeDelta::minutes(6), "active", active).await;
            assert_eq!(desk.committed("selfActivate"), time);
            // Not listed for a while, and active all the same.
            in_time(&desk, TimeDelta::minutes(6), "unlocked", |view| {
                assert!(active(view), "{:?}", state(view, &id));
                is_unlocked(view, &id)
            })
            .await;
            desk.agent.send(Command::Deactivate { id: id.clone() });
            in_time(&desk, TimeDelta::minutes(10), "ended", |view| is_gone(view, &id)).await;
            assert_eq!(desk.committed("selfDeactivate"), time);
        }
        for _ in 0..6 {
            let read = |view: &View| {
                let source = view.list.sources.iter().find(|source| source.kind == Kind::AzureResource);
                source.filter(|source| !source.loading)?.as_of
            };
            let before = read(&desk.agent.view());
            desk.advance(TimeDelta::seconds(45));
            desk.agent.send(Command::RefreshSource { source: Kind::AzureResource });
            let view = desk.until("read", |view| read(view).is_some_and(|at| Some(at) > before)).await;
            assert_eq!(state(&view, &id), None, "what lingers in a list is no assignment");
        }
        assert_eq!((desk.committed("selfActivate"), desk.committed("selfDeactivate")), (2, 2));
    })
}

/// A role of each kind is activated, and all are listed.
fn every_kind(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let desk = Desk::of(scenario).await;
        let view = all_listed(&desk).await;
        let count = |kind| view.eligible.iter().filter(|row| row.kind == kind).count();
        assert_eq!(Kind::ALL.map(count), [22, 6, 12], "{:#?}", view.list);
        let ids = [
            eligible(&view, Kind::DirectoryRole, "Global Reader", None).id,
            eligible(&view, Kind::Group, "Warehouse Dashboards", Some("Member")).id,
            eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox")).id,
        ];
        let (all, reason) = (ids.to_vec(), "why".to_owned());
        desk.agent.send(Command::ActivateSeveral { ids: all, minutes: 60, reason, ticket: None });
        let active = |view: &View| ids.iter().all(|id| state(view, id) == Some(RowState::Active));
        in_time(&desk, TimeDelta::minutes(4), "all active", active).await;
        assert_eq!(desk.committed("selfActivate"), 3);
    })
}

/// One step-up brings the authentication context.
fn context(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let desk = Desk::of(scenario).await;
        desk.sign_in().await;
        let before = desk.browsers();
        desk.activate("Security Administrator", 30, None);
        desk.until_active("Security Administrator").await;
        assert_eq!(desk.browsers(), before + 1);
    })
}

/// Nobody decides: the request waits as long as the service lets it, and then that is said.
fn approval(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let expiry = scenario.switches.approval_expiry.length();
        let desk = Desk::of(scenario).await;
        desk.sign_in().await;
        desk.activate("Global Administrator", 30, None);
        let waits = |state: &RowState| matches!(state, RowState::WaitingForApproval { .. });
        desk.until_state("Global Administrator", "waiting", waits).await;
        desk.advance(expiry - TimeDelta::minutes(5));
        desk.until_state("Global Administrator", "still waiting", waits).await;
        desk.advance(TimeDelta::minutes(10));
        let failed = |view: &View| crate::desk::row(view, "Global Administrator").is_some_and(|row| !waits(&row.state));
        in_time(&desk, TimeDelta::minutes(20), "lapsed", failed).await;
        let problem = desk.until_failed("Global Administrator").await;
        assert!(problem.message.contains("Nobody decided") || problem.message.contains("lapsed"), "{problem}");
    })
}

/// Which rules failed is understood in either form.
fn refusal(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure("maya").await;
        let sources = world.sources(&tokens);
        let directory = sources.directory.eligible().await.expect("eligible");
        let azure = sources.azure.eligible(&[]).await.expect("eligible").found;
        for mut wanted in [
            activation(named(&directory, "Global Reader"), 60),
            activation(named(&azure, "Virtual Machine Contributor"), 60),
        ] {
            wanted.justification = String::new();
            let refused = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0);
            let Err(Failure::Refused(problem)) = refused else { panic!("a reason is wanted: {refused:?}") };
            assert_eq!((problem.message.as_str(), problem.remedy), ("A reason is required.", Remedy::EditForm));
        }
    })
}

/// What is too early is told apart from what is done.
fn five_minutes(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let rule = scenario.switches.five_minute_rule;
        let world = World::of(scenario).await;
        let tokens = world.sign_in("maya").await;
        let roles = world.roles(&tokens);
        let wanted = activation(named(&roles.eligible().await.expect("eligible"), "Global Reader"), 60);
        roles.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("activated");
        world.advance(TimeDelta::minutes(2));
        let ended = roles.deactivate(&Deactivation::new(wanted.key.clone(), &wanted.principal_id), None).await;
        match ended {
            Err(Failure::TooShort(_)) if rule => {}
            Ok(ended) if !rule => assert_eq!(ended.status, RequestStatus::Revoked),
            other => panic!("{other:?}"),
        }
    })
}

/// A permission that is missing is told as such, with what to ask an administrator for.
fn missing_scope(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let world = World::of(scenario).await;
        let way_in = world.way_in().reaching(Reach::Directory);
        let browser = crate::support::robot(tenant::robot::Person::new("maya"));
        let tokens = way_in.browser(&browser, None).await.expect("signed in");
        let refused = world.sources(&tokens).groups.eligible().await;
        let Err(Failure::Refused(problem)) = refused else { panic!("{refused:?}") };
        assert!(matches!(problem.remedy, Remedy::AskAdmin { .. }), "{problem:?}");
        assert!(problem.message.contains("consented"), "{problem}");
    })
}

/// A tenant without a licence says so; with one there is a list.
fn license(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let licensed = scenario.switches.license;
        let desk = Desk::of(scenario).await;
        desk.agent.send(Command::SignInDemo);
        if licensed {
            desk.until("a list", listed).await;
            return;
        }
        let told = |view: &View| view.list.problem.clone().filter(|_| !view.list.loading);
        let view = desk.until("no licence", |view| told(view).is_some()).await;
        let problem = told(&view).expect("just seen");
        assert_eq!(problem.code, "AadPremiumLicenseRequired");
        assert!(matches!(problem.remedy, Remedy::AskAdmin { .. }), "{problem:?}");
    })
}

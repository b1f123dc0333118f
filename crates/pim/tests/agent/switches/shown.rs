//! What a person sees, whichever way a switch stands: the whole agent.

use std::{pin::Pin, time::Duration};

use chrono::TimeDelta;
use pim::{
    cloud::{GROUP_SCOPES, Reach},
    failure::Failure,
    model::Kind,
    problem::Remedy,
    view::{Command, RowState, View},
};
use tenant::{Scenario, robot::Person};

use crate::{
    desk::{Desk, listed},
    kinds::{all_listed, eligible, state},
    support::World,
};

/// Looks at the requests in a row that hold the time up at most.
const LOOKS: usize = 20;

/// Lets the tenant's time go on, half a minute at a time, until a view shows this; no longer than so much of it, and than three
/// times as much on a machine so busy that nobody looks as often. While there are requests no time passes: who asks is to hear
/// the answer first.
async fn in_time(desk: &Desk, most: TimeDelta, what: &str, holds: impl Fn(&View) -> bool) {
    let app = desk.tenant.app();
    let until = app.clock.now() + most * 3;
    let (mut last, mut looks) = (0, 0);
    loop {
        let mut views = desk.agent.views();
        let seen = tokio::time::timeout(Duration::from_millis(150), views.wait_for(|view| holds(view))).await;
        if seen.is_ok() {
            return;
        }
        if let Some(request) = app.requests.after(last).last().filter(|_| looks < LOOKS) {
            (last, looks) = (request.number, looks + 1);
            continue;
        }
        looks = 0;
        assert!(app.clock.now() < until, "never {what}: {:#?}", desk.agent.view());
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
pub fn azure(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let slow = scenario.switches.azure_root_delay.length() > TimeDelta::zero();
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
        // Where each look takes seconds, two of them.
        let looks = if slow { 2 } else { 6 };
        for _ in 0..looks {
            let read = |view: &View| {
                let source = view.list.sources.iter().find(|source| source.kind == Kind::AzureResource);
                source.filter(|source| !source.loading)?.as_of
            };
            let before = read(&desk.agent.view());
            desk.advance(TimeDelta::seconds(270) / looks);
            desk.agent.send(Command::RefreshSource { source: Kind::AzureResource });
            let view = desk.until("read", |view| read(view).is_some_and(|at| Some(at) > before)).await;
            assert_eq!(state(&view, &id), None, "what lingers in a list is no assignment");
        }
        assert_eq!((desk.committed("selfActivate"), desk.committed("selfDeactivate")), (2, 2));
    })
}

/// A role of each kind is activated, and all are listed; then all are ended.
pub fn every_kind(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
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
        desk.advance(TimeDelta::minutes(4));
        let unlocked = |view: &View| active(view) && ids.iter().all(|id| is_unlocked(view, id));
        in_time(&desk, TimeDelta::minutes(6), "all unlocked", unlocked).await;
        for id in &ids {
            desk.agent.send(Command::Deactivate { id: id.clone() });
        }
        let gone = |view: &View| ids.iter().all(|id| is_gone(view, id));
        in_time(&desk, TimeDelta::minutes(10), "all ended", gone).await;
        assert_eq!((desk.committed("selfActivate"), desk.committed("selfDeactivate")), (3, 3));
    })
}

/// One step-up brings the authentication context.
pub fn context(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
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
pub fn approval(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let expiry = scenario.switches.approval_expiry.length();
        let named = scenario.switches.approver_names;
        let desk = Desk::of(scenario).await;
        desk.sign_in().await;
        desk.activate("Global Administrator", 30, None);
        let waits = |state: &RowState| matches!(state, RowState::WaitingForApproval { .. });
        let row = desk.until_state("Global Administrator", "waiting", waits).await;
        let RowState::WaitingForApproval { approvers, .. } = row.state else { unreachable!("just seen") };
        assert_eq!(approvers, if named { vec!["Omar Haddad"] } else { Vec::new() }, "an id tells nobody anything");
        desk.advance(expiry - TimeDelta::minutes(5));
        desk.until_state("Global Administrator", "still waiting", waits).await;
        desk.advance(TimeDelta::minutes(10));
        let failed = |view: &View| crate::desk::row(view, "Global Administrator").is_some_and(|row| !waits(&row.state));
        in_time(&desk, TimeDelta::minutes(20), "lapsed", failed).await;
        let problem = desk.until_failed("Global Administrator").await;
        assert!(problem.message.contains("Nobody decided") || problem.message.contains("lapsed"), "{problem}");
    })
}

/// A permission that is missing is told as such, with what to ask an administrator for.
pub fn missing_scope(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
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
pub fn license(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
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

/// What only an administrator can consent to is missing, with the way to it; the rest goes through its life.
pub fn unconsented(scenario: Scenario) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let mut desk = Desk::of(scenario).await;
        desk.person = Person::new("maya").who_goes_back();
        desk.reach = Reach::Directory;
        desk.restart().await;
        desk.sign_in().await;
        desk.agent.send(Command::AllowSource { source: Kind::Group });
        let consent = |view: &View| {
            let source = view.list.sources.iter().find(|source| source.kind == Kind::Group)?;
            source.consent.clone().filter(|_| source.problem.as_ref().is_some_and(|told| told.code == "not-consented"))
        };
        let view = desk.until("told whom to ask for groups", |view| consent(view).is_some()).await;
        let consent = consent(&view).expect("just seen");
        assert!(consent.link.contains("/adminconsent"), "{consent:?}");
        assert!(consent.permissions.iter().all(|name| GROUP_SCOPES.contains(&name.as_str())), "{consent:?}");
        assert_eq!(view.eligible.iter().filter(|row| row.kind == Kind::Group).count(), 0);
        desk.activate("Global Reader", 60, None);
        desk.until_active("Global Reader").await;
        let id = desk.eligible("Global Reader").id;
        desk.advance(TimeDelta::minutes(6));
        desk.until("unlocked", |view| is_unlocked(view, &id)).await;
        desk.agent.send(Command::Deactivate { id: id.clone() });
        desk.until("ended", |view| is_gone(view, &id)).await;
        assert_eq!((desk.committed("selfActivate"), desk.committed("selfDeactivate")), (1, 1));
    })
}

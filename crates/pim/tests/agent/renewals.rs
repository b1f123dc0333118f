//! Renewals over HTTP: sent beforehand where the tenant takes that, at the end where it does not.

use chrono::TimeDelta;
use pim::{
    model::Kind,
    view::{ActiveRow, Command, RenewalRefused, RenewalWay, RowState, View},
};
use tenant::{Scenario, scenario::FutureStart};

use crate::desk::{Desk, listed};

/// One of each kind that asks for no more than a reason.
const ROLES: [(Kind, &str); 3] =
    [(Kind::DirectoryRole, "Global Reader"), (Kind::Group, "Warehouse Dashboards"), (Kind::AzureResource, "Reader")];

/// A tenant that does this with what starts while a role is active.
fn scenario(future: FutureStart) -> Scenario {
    let mut scenario = Scenario::contoso();
    let switches = &mut scenario.switches;
    switches.future_start_while_active = future;
    switches.group_future_start_while_active = future;
    switches.azure_future_start_while_active = future;
    scenario
}

async fn signed_in(scenario: Scenario) -> Desk {
    let desk = Desk::of(scenario).await;
    desk.sign_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let known = |view: &View, kind| view.eligible.iter().any(|row| row.kind == kind && row.requirements.known);
    desk.until("all kinds", |view| listed(view) && Kind::ALL.into_iter().all(|kind| known(view, kind))).await;
    desk
}

fn row(view: &View, id: &str) -> Option<ActiveRow> {
    view.active.iter().find(|row| row.id == id).cloned()
}

/// The key of an eligible role of this name that asks for nothing special.
fn key(view: &View, kind: Kind, name: &str) -> String {
    let plain = |row: &&pim::view::EligibleRow| {
        let asks = &row.requirements;
        row.kind == kind && row.name == name && !asks.mfa && !asks.approval && asks.authentication_context.is_none()
    };
    let found = view.eligible.iter().find(plain);
    found.unwrap_or_else(|| panic!("no {name}: {:#?}", view.eligible)).id.clone()
}

async fn activate(desk: &Desk, id: &str) -> ActiveRow {
    let (id, reason) = (id.to_owned(), "to test".to_owned());
    desk.agent.send(Command::Activate {
        id: id.clone(),
        minutes: 30,
        reason,
        ticket: None,
        undoable: false,
        start: None,
        scope: None,
    });
    let active = |view: &View| row(view, &id).filter(|row| row.state == RowState::Active);
    // Groups take eight seconds of the tenant's time.
    desk.until("accepted", |view| row(view, &id).is_some_and(|row| row.state != RowState::Requesting)).await;
    desk.advance(TimeDelta::seconds(10));
    let view = desk.until("active", |view| active(view).is_some()).await;
    active(&view).expect("just seen")
}

#[tokio::test]
async fn a_renewal_is_sent_beforehand_where_the_tenant_takes_it() {
    sent_beforehand(FutureStart::Queued).await;
}

#[tokio::test]
async fn a_renewal_has_a_minute_of_its_own_where_the_tenant_compares_by_the_minute() {
    sent_beforehand(FutureStart::QueuedByMinute).await;
}

async fn sent_beforehand(future: FutureStart) {
    let mut desk = signed_in(scenario(future)).await;
    for (number, (kind, name)) in ROLES.into_iter().enumerate() {
        let id = key(&desk.agent.view(), kind, name);
        let first = activate(&desk, &id).await;
        desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: true });
        let scheduled = |view: &View| {
            row(view, &id).and_then(|row| row.renewal).is_some_and(|it| it.pending == Some(RowState::Scheduled))
        };
        let view = desk.until("sent beforehand", scheduled).await;
        let renewal = row(&view, &id).and_then(|row| row.renewal).expect("a renewal");
        assert_eq!((renewal.armed, renewal.way), (true, RenewalWay::Ahead));
        let most = if future == FutureStart::Queued { 0 } else { 59 };
        assert!(renewal.gap_seconds <= most, "{renewal:?}");
        assert_eq!(desk.committed("selfActivate"), 2 * number + 2);
        if number == 0 {
            desk.restart().await;
            desk.until("restored", |view| listed(view) && scheduled(view)).await;
        }
        desk.advance(TimeDelta::minutes(32));
        let renewed =
            |view: &View| row(view, &id).is_some_and(|row| row.state == RowState::Active && row.end > first.end);
        let view = desk.until("renewed", renewed).await;
        assert!(!row(&view, &id).expect("a row").renewal_armed);
        assert_eq!(desk.committed("selfActivate"), 2 * number + 2, "{name}: one request did it");
        desk.until_noted(&format!("{name} was activated again")).await;
    }
}

#[tokio::test]
async fn where_the_tenant_refuses_it_the_renewal_waits_for_the_end() {
    let desk = signed_in(scenario(FutureStart::Refused)).await;
    for (number, (kind, name)) in ROLES.into_iter().enumerate() {
        let id = key(&desk.agent.view(), kind, name);
        let first = activate(&desk, &id).await;
        desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: true });
        let learned =
            |view: &View| row(view, &id).and_then(|row| row.renewal).is_some_and(|it| it.ahead == Some(false));
        let view = desk.until("refused", learned).await;
        let shown = row(&view, &id).unwrap();
        let renewal = shown.renewal.unwrap();
        assert_eq!((renewal.armed, renewal.way, renewal.pending), (true, RenewalWay::AtExpiry, None));
        assert!(renewal.gap_seconds > 0);
        assert_eq!((shown.state, shown.problem), (RowState::Active, None), "nothing that the user need know");
        assert_eq!(desk.committed("selfActivate"), 2 * number + 1);
        desk.advance(first.end.unwrap() - view.now + TimeDelta::seconds(2));
        desk.until("sent", |view| row(view, &id).is_none_or(|row| row.end != first.end)).await;
        desk.advance(TimeDelta::seconds(15));
        let renewed =
            |view: &View| row(view, &id).is_some_and(|row| row.state == RowState::Active && row.end > first.end);
        desk.until("renewed", renewed).await;
        assert_eq!(desk.committed("selfActivate"), 2 * number + 2);
    }
}

#[tokio::test]
async fn disarming_withdraws_what_was_sent_beforehand() {
    let desk = signed_in(scenario(FutureStart::Queued)).await;
    let id = key(&desk.agent.view(), Kind::DirectoryRole, "Global Reader");
    activate(&desk, &id).await;
    desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: true });
    let pending = |view: &View| row(view, &id).and_then(|row| row.renewal?.pending) == Some(RowState::Scheduled);
    desk.until("sent beforehand", pending).await;
    desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: false });
    desk.wait("withdrawn", || desk.committed("canceled") == 1).await;
    let view = desk.agent.view();
    assert!(row(&view, &id).is_some_and(|row| row.state == RowState::Active && !row.renewal_armed));
    desk.advance(TimeDelta::minutes(40));
    desk.until("over", |view| row(view, &id).is_none()).await;
}

#[tokio::test]
async fn a_renewal_is_proven_when_it_is_armed_without_a_browser_where_the_sign_in_is_strong_enough() {
    let mut desk = signed_in(scenario(FutureStart::Queued)).await;
    let found = desk.agent.view().eligible.iter().find(|row| row.name == "User Administrator").cloned().unwrap();
    let browsers = desk.browsers();
    activate(&desk, &found.id).await;
    assert_eq!(desk.browsers() - browsers, 1, "its policy wants multifactor authentication");
    // A new process knows nothing of it, but the kept token does.
    desk.restart().await;
    desk.until("restored", listed).await;
    desk.agent.send(Command::ArmRenewal { id: found.id.clone(), armed: true });
    desk.until("armed", |view| row(view, &found.id).is_some_and(|row| row.renewal_armed)).await;
    assert_eq!(desk.browsers() - browsers, 1);
}

#[tokio::test]
async fn what_has_to_be_approved_is_asked_for_early() {
    for future in [FutureStart::Queued, FutureStart::QueuedByMinute, FutureStart::Refused] {
        let desk = signed_in(scenario(future)).await;
        let id = desk.eligible("Global Administrator").id;
        let ask = |start| Command::Activate {
            id: id.clone(),
            minutes: 30,
            reason: "to test".into(),
            ticket: None,
            undoable: false,
            start,
            scope: None,
        };
        desk.agent.send(ask(None));
        desk.until("waiting", |view| {
            row(view, &id).is_some_and(|row| matches!(row.state, RowState::WaitingForApproval { .. }))
        })
        .await;
        desk.decide("approve").await;
        desk.advance(TimeDelta::seconds(60));
        let active = |view: &View| row(view, &id).filter(|row| row.state == RowState::Active && row.end.is_some());
        let view = desk.until("approved", |view| active(view).is_some()).await;
        let first = active(&view).expect("a row");
        assert_eq!(first.renewal.expect("a renewal").refused, Some(RenewalRefused::Approval));
        desk.agent.send(ask(first.end));
        if future == FutureStart::Refused {
            let view = desk.until("refused", |view| row(view, &id).is_some_and(|row| row.problem.is_some())).await;
            let problem = row(&view, &id).and_then(|row| row.problem).expect("a problem");
            assert_eq!(problem.code, "RoleAssignmentExists");
            assert!(problem.message.contains("Ask again when it has ended"), "{problem}");
        } else {
            let waits = |view: &View| {
                let pending = row(view, &id).and_then(|row| row.renewal?.pending);
                matches!(pending, Some(RowState::WaitingForApproval { .. }))
            };
            desk.until("asked early", waits).await;
            desk.decide("approve").await;
            desk.advance(TimeDelta::minutes(31));
            let renewed = |view: &View| active(view).is_some_and(|row| row.end > first.end);
            desk.until("the next one", renewed).await;
        }
    }
}

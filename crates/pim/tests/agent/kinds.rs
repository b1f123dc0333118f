//! Directory roles, groups and Azure resources in one list, over HTTP.

use std::sync::Arc;

use chrono::TimeDelta;
use pim::{
    model::Kind,
    view::{ActiveRow, Command, EligibleRow, RowState, View},
};
use tenant::faults::Fault;

use crate::desk::Desk;

pub fn eligible(view: &View, kind: Kind, name: &str, scope: Option<&str>) -> EligibleRow {
    let found = view.eligible.iter().find(|row| {
        row.kind == kind && row.name == name && scope.is_none_or(|scope| row.scope.as_deref() == Some(scope))
    });
    found.unwrap_or_else(|| panic!("no {name} of {kind:?}: {:#?}", view.eligible)).clone()
}

pub fn state(view: &View, id: &str) -> Option<RowState> {
    view.active.iter().find(|row| row.id == id).map(|row| row.state.clone())
}

pub async fn until_active(desk: &Desk, id: &str) -> ActiveRow {
    let view = desk.until(&format!("{id} active"), |view| state(view, id) == Some(RowState::Active)).await;
    view.active.iter().find(|row| row.id == id).expect("just seen").clone()
}

/// Every kind is listed, with what its roles ask for.
pub async fn all_listed(desk: &Desk) -> Arc<View> {
    desk.sign_in().await;
    let view = desk.until("told that Azure is not consented to", |view| {
        view.list.sources.iter().any(|source| source.kind == Kind::AzureResource && source.problem.is_some())
    });
    assert_eq!(view.await.list.problem, None, "the list as a whole is silent about it");
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let known = |view: &View, kind| view.eligible.iter().any(|row| row.kind == kind && row.requirements.known);
    desk.until("all kinds listed", |view| !view.list.loading && Kind::ALL.into_iter().all(|kind| known(view, kind)))
        .await
}

#[tokio::test]
async fn one_role_of_each_kind_is_activated_in_one_batch_with_one_sign_in() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    assert_eq!(view.list.problem, None);
    let roles = [
        eligible(&view, Kind::DirectoryRole, "User Administrator", None),
        eligible(&view, Kind::Group, "Identity Operators", None),
        eligible(&view, Kind::AzureResource, "Contributor", Some("Warehouse Systems")),
    ];
    assert!(roles.iter().all(|row| row.requirements.mfa), "{roles:#?}");
    let ids: Vec<_> = roles.iter().map(|row| row.id.clone()).collect();
    let (before, reason) = (desk.browsers(), "release".to_owned());
    desk.agent.send(Command::ActivateSeveral { ids: ids.clone(), minutes: 30, reason, ticket: None });
    for id in &ids {
        assert_eq!(until_active(&desk, id).await.reason.as_deref(), Some("release"));
    }
    assert_eq!(desk.browsers() - before, 1, "one step-up");
    assert_eq!(desk.committed("selfActivate"), 3);
}

#[tokio::test]
async fn azure_that_does_not_answer_hides_nothing_else() {
    let desk = Desk::new().await;
    desk.fault(
        "GET",
        "/Microsoft.Authorization/roleEligibilityScheduleInstances",
        1000,
        Fault::Unavailable { retry_after: None },
    );
    desk.sign_in().await;
    let view = desk.until("the other kinds listed", |view| {
        let listed = |kind| view.eligible.iter().any(|row| row.kind == kind && row.requirements.known);
        !view.list.loading && listed(Kind::DirectoryRole) && listed(Kind::Group)
    });
    let view = view.await;
    let group = eligible(&view, Kind::Group, "Warehouse Dashboards", None);
    let reason = "why".to_owned();
    desk.agent.send(Command::ActivateSeveral { ids: vec![group.id.clone()], minutes: 30, reason, ticket: None });
    until_active(&desk, &group.id).await;
}

#[tokio::test]
async fn an_azure_request_whose_answer_is_lost_is_carried_out_once() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let role = eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox"));
    desk.fault("PUT", "/roleAssignmentScheduleRequests/", 1, Fault::DropAfter);
    let reason = "why".to_owned();
    desk.agent.send(Command::ActivateSeveral { ids: vec![role.id.clone()], minutes: 30, reason, ticket: None });
    until_active(&desk, &role.id).await;
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn an_azure_role_planned_for_later_is_shown_and_cancelled() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let id = eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox")).id;
    let start = Some(view.now + TimeDelta::hours(3));
    let reason = "tonight".to_owned();
    desk.agent.send(Command::Activate {
        id: id.clone(),
        minutes: 60,
        reason,
        ticket: None,
        undoable: false,
        start,
        scope: None,
    });
    desk.until("scheduled", |view| state(view, &id) == Some(RowState::Scheduled)).await;
    desk.agent.send(Command::CancelRequest { id: id.clone() });
    desk.until("gone", |view| state(view, &id).is_none()).await;
}

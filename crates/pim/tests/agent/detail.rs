//! What is read when somebody looks at a role, and after its activation.

use std::sync::Arc;

use chrono::TimeDelta;
use pim::{
    model::Kind,
    view::{Command, Effectiveness, RoleDetail, RowState, ScopeNode, View},
};
use tenant::{Scenario, faults::Fault};

use crate::{
    desk::Desk,
    kinds::{all_listed, eligible, state, until_active},
};

fn node<'a>(detail: &'a RoleDetail, name: &str) -> Option<&'a ScopeNode> {
    detail.scopes.iter().find(|node| node.name == name)
}

async fn until_detail(desk: &Desk, what: &str, holds: impl Fn(&RoleDetail) -> bool) -> RoleDetail {
    let holds = |view: &View| view.detail.as_ref().is_some_and(|detail| !detail.loading && holds(detail));
    desk.until(what, holds).await.detail.clone().expect("just seen")
}

fn activate(desk: &Desk, id: &str, scope: Option<&str>) {
    let (id, reason, scope) = (id.to_owned(), "why".to_owned(), scope.map(str::to_owned));
    let (ticket, start, undoable) = (None, None, false);
    desk.agent.send(Command::Activate { id, minutes: 30, reason, ticket, undoable, start, scope });
}

fn effect(view: &View, id: &str) -> Option<Effectiveness> {
    view.active.iter().find(|row| row.id == id)?.effect
}

#[tokio::test]
async fn an_azure_role_is_activated_on_a_subscription_below_its_management_group() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let role = eligible(&view, Kind::AzureResource, "Reader", Some("Contoso Logistics"));
    assert!(role.narrowable);
    assert!(!eligible(&view, Kind::AzureResource, "Key Vault Administrator", None).narrowable);
    desk.agent.send(Command::ShowDetail { id: role.id.clone() });
    let detail = until_detail(&desk, "children", |detail| detail.scopes.len() > 1).await;
    assert_eq!((detail.scopes[0].name.as_str(), detail.scopes[0].depth), ("Contoso Logistics", 0));
    let names: Vec<_> = detail.scopes[1..].iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["Development and Test", "Production", "Warehouse Systems"]);
    let production = node(&detail, "Production").expect("a child").clone();
    assert_eq!((production.what.as_str(), production.depth, production.foldable), ("subscription", 1, true));

    desk.agent.send(Command::UnfoldScope { id: role.id.clone(), scope: production.id.clone() });
    let detail = until_detail(&desk, "resource groups", |detail| node(detail, "rg-erp-prod").is_some()).await;
    let group = node(&detail, "rg-erp-prod").expect("just seen");
    assert_eq!((group.what.as_str(), group.depth), ("resource group", 2));
    let again = desk.requests("eligibleChildResources");
    desk.agent.send(Command::UnfoldScope { id: role.id.clone(), scope: production.id.clone() });

    activate(&desk, &role.id, Some(&production.id));
    let named = |view: &View| view.active.iter().find(|row| row.scope.as_deref() == Some("Production")).cloned();
    let view = desk.until("active there", |view| named(view).is_some_and(|row| row.state == RowState::Active)).await;
    let row = named(&view).expect("just seen");
    assert_ne!(row.id, role.id);
    assert_eq!(state(&view, &role.id), None, "at its own scope it is not");
    assert!(!eligible(&view, Kind::AzureResource, "Reader", Some("Contoso Logistics")).engaged);
    assert_eq!(desk.requests("eligibleChildResources"), again, "read once");
    let entries = desk.tenant.app().ledger.entries();
    let committed = entries.iter().find(|entry| entry.event == "selfActivate").expect("committed");
    assert_eq!(committed.details["scope"], serde_json::json!(production.id));

    desk.agent.send(Command::Refresh);
    desk.until("read again", |view| !view.list.loading && named(view).is_some()).await;
    desk.advance(TimeDelta::minutes(6));
    desk.until("unlocked", |view| row.deactivatable_from.is_some_and(|from| view.now > from)).await;
    desk.agent.send(Command::Deactivate { id: row.id.clone() });
    desk.until("ended", |view| named(view).is_none()).await;
    desk.agent.send(Command::CloseDetail);
    desk.until("closed", |view| view.detail.is_none()).await;
}

#[tokio::test]
async fn a_scope_outside_is_refused_before_anything_is_sent() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let role = eligible(&view, Kind::AzureResource, "Reader", Some("Contoso Logistics"));
    activate(&desk, &role.id, Some("/subscriptions/b7a5e1f4-29c8-4d36-87e0-3c6d9b2a8f04"));
    let refused = |view: &View| {
        let row = view.eligible.iter().find(|row| row.id == role.id)?;
        row.problem.clone()
    };
    let view = desk.until("refused", |view| refused(view).is_some()).await;
    assert_eq!(refused(&view).expect("just seen").code, "not-below");
    assert_eq!(desk.committed("selfActivate"), 0);
}

#[tokio::test]
async fn what_a_group_gives_is_shown_and_read_again_once_it_is_active() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let grants = |detail: &RoleDetail| -> Vec<(Kind, String, Option<String>)> {
        let rows = detail.grants.iter().flatten();
        rows.map(|role| (role.kind, role.name.clone(), role.scope.clone())).collect()
    };
    let operators = eligible(&view, Kind::Group, "Identity Operators", None);
    desk.agent.send(Command::ShowDetail { id: operators.id.clone() });
    let detail = until_detail(&desk, "grants", |detail| detail.grants.is_some()).await;
    let names: Vec<_> = grants(&detail).into_iter().map(|(_, name, _)| name).collect();
    assert_eq!(names, ["Groups Administrator", "License Administrator"]);

    // They come and go with the membership.
    let through = |view: &View| {
        let rows = view.active.iter().filter(|row| row.through_group && row.kind == Kind::DirectoryRole);
        let mut names: Vec<_> = rows.map(|row| row.name.clone()).collect();
        names.sort();
        names
    };
    assert!(through(&view).is_empty());
    let (id, reason) = (operators.id.clone(), "why".to_owned());
    desk.agent.send(Command::ActivateSeveral { ids: vec![id.clone()], minutes: 30, reason, ticket: None });
    desk.until("on its way", |view| state(view, &id).is_some()).await;
    desk.advance(TimeDelta::seconds(10));
    until_active(&desk, &id).await;
    desk.until("its roles", |view| through(view) == names).await;
    desk.advance(TimeDelta::minutes(30));
    desk.until("no more of its roles", |view| state(view, &id).is_none() && through(view).is_empty()).await;

    // On Azure she sees nothing but the subscription where she holds something.
    let production = eligible(&view, Kind::Group, "Production Operators", None);
    desk.agent.send(Command::ShowDetail { id: production.id.clone() });
    let detail = until_detail(&desk, "no grants", |detail| detail.id == production.id && detail.grants.is_some()).await;
    assert_eq!(grants(&detail), []);
    assert_eq!(detail.problem.expect("said").code, "grants-unreadable");
    desk.agent.send(Command::ActivateSeveral {
        ids: vec![production.id.clone()],
        minutes: 30,
        reason: "why".into(),
        ticket: Some(pim::model::Ticket { number: "INC-1".into(), system: "SNOW".into() }),
    });
    let on_its_way = |view: &View| state(view, &production.id).is_some();
    desk.until("on its way", on_its_way).await;
    desk.advance(TimeDelta::seconds(10));
    until_active(&desk, &production.id).await;
    let detail = until_detail(&desk, "read again", |detail| !grants(detail).is_empty()).await;
    let gives = (Kind::AzureResource, "Monitoring Reader".to_owned(), Some("Production".to_owned()));
    assert_eq!(grants(&detail), [gives]);
}

#[tokio::test]
async fn what_does_not_answer_hides_nothing_of_what_a_group_gives_and_is_said() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let group = eligible(&view, Kind::Group, "Identity Operators", None);
    let silent = Fault::Unavailable { retry_after: None };
    desk.fault("GET", "/roleManagement/directory/roleEligibilityScheduleInstances", 1000, silent);
    desk.agent.send(Command::ShowDetail { id: group.id });
    let detail = until_detail(&desk, "an answer", |detail| !detail.loading && detail.problem.is_some()).await;
    let names: Vec<_> = detail.grants.iter().flatten().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["Groups Administrator", "License Administrator"]);
    assert_ne!(detail.problem.expect("just seen").code, "grants-unreadable", "it was not refused");
}

#[tokio::test]
async fn what_may_not_be_read_is_said_and_blocks_nothing() {
    let mut scenario = Scenario::contoso();
    scenario.switches.consented_for_all.clear();
    let desk = Desk::of(scenario).await;
    let view = all_listed(&desk).await;
    let group = eligible(&view, Kind::Group, "Identity Operators", None);
    desk.agent.send(Command::ShowDetail { id: group.id });
    let detail = until_detail(&desk, "an answer", |detail| detail.problem.is_some()).await;
    assert_eq!(detail.problem.expect("just seen").code, "grants-unreadable");
    let owner = view.eligible.iter().find(|row| row.scope.as_deref() == Some("Owner")).expect("an ownership");
    desk.agent.send(Command::ShowDetail { id: owner.id.clone() });
    let detail = until_detail(&desk, "the owner's", |detail| detail.id == owner.id).await;
    assert_eq!((detail.grants, detail.problem), (Some(Vec::new()), None), "an owner gets no roles by that");

    desk.fault("GET", "eligibleChildResources", 100, Fault::Unavailable { retry_after: None });
    let role = eligible(&view, Kind::AzureResource, "Contributor", Some("Production"));
    desk.agent.send(Command::ShowDetail { id: role.id.clone() });
    let detail = until_detail(&desk, "a failure", |detail| detail.id == role.id && detail.problem.is_some()).await;
    assert!(detail.scopes[0].foldable && !detail.scopes[0].unfolded, "it can be tried again");
}

#[tokio::test]
async fn access_is_looked_for_until_it_has_arrived() {
    let desk = Desk::new().await;
    let view: Arc<View> = all_listed(&desk).await;
    let roles = [
        eligible(&view, Kind::DirectoryRole, "Global Reader", None),
        eligible(&view, Kind::Group, "Warehouse Dashboards", Some("Member")),
        eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox")),
    ];
    for role in &roles {
        activate(&desk, &role.id, None);
        if role.kind == Kind::Group {
            desk.until("on its way", |view| state(view, &role.id).is_some()).await;
            desk.advance(TimeDelta::seconds(10));
        }
        let row = until_active(&desk, &role.id).await;
        assert!(row.hints.iter().any(|hint| hint.link) && row.hints.iter().any(|hint| !hint.link), "{:?}", row.hints);
        desk.agent.send(Command::CheckEffect { id: role.id.clone() });
        desk.until("looked at", |view| effect(view, &role.id).is_some()).await;
        desk.advance(TimeDelta::seconds(30));
        desk.until("arrived", |view| effect(view, &role.id) == Some(Effectiveness::Effective)).await;
    }
    let looks = desk.requests("checkMemberGroups") + desk.requests("/permissions");
    desk.advance(TimeDelta::minutes(30));
    desk.agent.send(Command::RefreshSource { source: Kind::DirectoryRole });
    desk.until("read", |view| !view.list.loading).await;
    assert_eq!(desk.requests("checkMemberGroups") + desk.requests("/permissions"), looks, "nobody waits any more");
}

#[tokio::test]
async fn what_is_not_effective_yet_is_said_and_found_out_by_itself_once() {
    let mut scenario = Scenario::contoso();
    scenario.switches.effect_lag = "PT10M".parse().expect("a duration");
    let desk = Desk::of(scenario).await;
    desk.sign_in().await;
    let role = desk.eligible("Global Reader");
    activate(&desk, &role.id, None);
    until_active(&desk, &role.id).await;
    desk.advance(TimeDelta::seconds(6));
    desk.until("not yet", |view| effect(view, &role.id) == Some(Effectiveness::NotYet)).await;
    let scoped =
        desk.agent.view().eligible.iter().find(|row| row.name == "User Administrator" && row.scope.is_some()).cloned();
    let scoped = scoped.expect("a role at an administrative unit");
    activate(&desk, &scoped.id, None);
    until_active(&desk, &scoped.id).await;
    desk.agent.send(Command::CheckEffect { id: scoped.id.clone() });
    desk.until("untold", |view| effect(view, &scoped.id) == Some(Effectiveness::Unknown)).await;
}

#[tokio::test]
async fn a_portal_is_opened_in_the_browser_and_nothing_else_is() {
    let desk = Desk::signed_in().await;
    let role = desk.eligible("Global Reader");
    activate(&desk, &role.id, None);
    let row = until_active(&desk, &role.id).await;
    let before = desk.browsers();
    for hint in &row.hints {
        desk.agent.send(Command::OpenHint { id: role.id.clone(), title: hint.title.clone() });
    }
    desk.agent.send(Command::OpenHint { id: role.id.clone(), title: "https://example.org/".into() });
    desk.wait("opened", || desk.browsers() == before + 1).await;
}

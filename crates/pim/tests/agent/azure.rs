//! Azure as it is in some tenants: slow, short, with scopes and roles that are gone, and policies of each scope's own.

use chrono::TimeDelta;
use pim::{
    model::Kind,
    view::{Command, RenewalRefused, RequirementsView, RowState, SourceState, View},
};
use serde_json::json;
use tenant::{
    Scenario,
    faults::Fault,
    scenario::{AzureRoot, IsoDuration},
};

use crate::{
    desk::Desk,
    kinds::{all_listed, eligible, state, until_active},
};

const PRODUCTION: &str = "/subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01";
const WAREHOUSES: &str = "/subscriptions/2e8b6a90-7c1d-4f53-8b29-1a4c9d7e3f02";

fn azure(view: &View) -> SourceState {
    view.list.sources.iter().find(|source| source.kind == Kind::AzureResource).expect("always there").clone()
}

fn listed(view: &View) -> usize {
    view.eligible.iter().filter(|row| row.kind == Kind::AzureResource).count()
}

/// Signs in to Azure as somebody who was never here.
async fn allow(desk: &Desk) {
    desk.sign_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
}

#[tokio::test]
async fn a_slow_root_hides_nothing_and_completes_the_list_by_itself() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_root_delay = IsoDuration::seconds(6);
    let desk = Desk::of(scenario).await;
    allow(&desk).await;
    let view = desk.until("what the scopes say", |view| listed(view) > 0).await;
    let early = azure(&view);
    assert!(early.loading && early.partial.is_some_and(|partial| partial.code == "azure-late"), "{:?}", view.list);
    let view = desk.until("all of it", |view| !azure(view).loading).await;
    assert_eq!((listed(&view), azure(&view).partial, azure(&view).problem), (12, None, None));
}

#[tokio::test]
async fn somebody_new_sees_what_a_short_root_leaves_out() {
    for root in [AzureRoot::Short, AzureRoot::Empty] {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_root = root;
        let desk = Desk::of(scenario).await;
        allow(&desk).await;
        let view = desk.until("listed", |view| listed(view) > 0 && !azure(view).loading).await;
        assert_eq!((listed(&view), azure(&view).partial), (12, None), "{root:?}");
    }
}

#[tokio::test]
async fn what_did_not_answer_is_asked_again_by_itself() {
    let desk = Desk::new().await;
    all_listed(&desk).await;
    let body = json!({ "error": { "code": "SomethingNew", "message": "no" } });
    let headers = [("Content-Type".into(), "application/json".into())].into();
    // Tried three times each.
    desk.fault(
        "GET",
        "arm/providers/Microsoft.Authorization/roleEligibility",
        1,
        Fault::Answer { status: 400, headers, body },
    );
    desk.fault(
        "GET",
        &format!("{WAREHOUSES}/providers/Microsoft.Authorization/roleEligibility"),
        3,
        Fault::Unavailable { retry_after: None },
    );
    desk.agent.send(Command::RefreshSource { source: Kind::AzureResource });
    let view = desk.until("partial", |view| azure(view).partial.is_some() && !azure(view).loading).await;
    assert_eq!(listed(&view), 12, "what did not answer is not gone");
    desk.advance(TimeDelta::seconds(31));
    desk.until("whole again", |view| azure(view).partial.is_none() && !azure(view).loading).await;
}

/// What an Azure role asks for at a scope below the one it is eligible at.
async fn asked_at(desk: &Desk, id: &str, scope: &str) -> RequirementsView {
    desk.agent.send(Command::ShowDetail { id: id.to_owned() });
    let picked = |view: &View| Some(view.detail.as_ref().filter(|detail| detail.id == id)?.picked.clone());
    desk.agent.send(Command::PickScope { id: id.to_owned(), scope: Some(scope.to_owned()) });
    let read = |view: &View| picked(view).flatten().is_some_and(|picked| picked.scope == scope && !picked.loading);
    let view = desk.until("the scope's policy", read).await;
    picked(&view).flatten().expect("just seen").requirements
}

/// What lies in a management group no path says: it has to be looked at.
async fn look_below(desk: &Desk, id: &str) {
    desk.agent.send(Command::ShowDetail { id: id.to_owned() });
    let unfolded = |view: &View| {
        let detail = view.detail.as_ref().filter(|detail| detail.id == id && !detail.loading);
        detail.is_some_and(|detail| detail.scopes.iter().any(|node| node.depth > 0))
    };
    desk.until("scopes", unfolded).await;
}

fn narrow(desk: &Desk, id: &str, scope: &str) {
    let (id, reason, scope) = (id.to_owned(), "why".to_owned(), Some(scope.to_owned()));
    desk.agent.send(Command::Activate { id, minutes: 30, reason, ticket: None, undoable: false, start: None, scope });
}

/// Contoso, where some roles ask for more below the scope that one is eligible at.
fn more_below() -> Scenario {
    let contoso = include_str!("../../../tenant/scenarios/contoso.toml");
    let policies = [
        ("Reader", "Warehouse Systems", "approval"),
        ("Reader", "Production", "mfa"),
        ("Contributor", "rg-erp-prod", "ticket"),
    ];
    let more = policies.map(|(role, scope, policy)| {
        format!("[[azure-policies]]\nrole = \"{role}\"\nscope = \"{scope}\"\npolicy = \"{policy}\"\n\n")
    });
    let more = format!("{}[[eligible]]", more.concat());
    Scenario::parse(&contoso.replacen("[[eligible]]", &more, 1), "more below").expect("a scenario")
}

#[tokio::test]
async fn a_narrower_scopes_own_policy_is_shown_obeyed_and_renewed_by() {
    let desk = Desk::of(more_below()).await;
    let view = all_listed(&desk).await;
    let reader = eligible(&view, Kind::AzureResource, "Reader", Some("Contoso Logistics"));
    assert!(!reader.requirements.approval && !reader.requirements.mfa, "{reader:#?}");
    look_below(&desk, &reader.id).await;
    let asks = asked_at(&desk, &reader.id, WAREHOUSES).await;
    assert!(asks.known && asks.approval && !asks.approvers.is_empty(), "{asks:?}");
    // Who decides is said on the row that waits.
    narrow(&desk, &reader.id, WAREHOUSES);
    let id = pim::model::RoleKey::azure(reader.id.split('|').nth(1).expect("a role"), WAREHOUSES).id();
    let named = |state: Option<RowState>| matches!(state, Some(RowState::WaitingForApproval { approvers, .. }) if !approvers.is_empty());
    desk.until("waiting for somebody with a name", |view| named(state(view, &id))).await;
    desk.decide("approve").await;
    until_active(&desk, &id).await;
    // It cannot be armed, although the role can be where it is eligible.
    let refused = |view: &View| {
        let row = view.active.iter().find(|row| row.id == id)?;
        row.renewal.as_ref()?.refused
    };
    let view = desk.until("its renewal refused", |view| refused(view).is_some()).await;
    assert_eq!(refused(&view), Some(RenewalRefused::Approval));
    desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: true });
    let view = desk.until("refused", |view| view.active.iter().any(|row| row.id == id && row.problem.is_some())).await;
    let row = view.active.iter().find(|row| row.id == id).expect("still there");
    assert!(!row.renewal_armed, "{row:#?}");
}

#[tokio::test]
async fn what_a_narrower_scope_wants_proven_is_proven_when_the_renewal_is_armed() {
    let desk = Desk::of(more_below()).await;
    let view = all_listed(&desk).await;
    let reader = eligible(&view, Kind::AzureResource, "Reader", Some("Contoso Logistics"));
    look_below(&desk, &reader.id).await;
    let browsers = desk.browsers();
    assert!(asked_at(&desk, &reader.id, PRODUCTION).await.mfa);
    narrow(&desk, &reader.id, PRODUCTION);
    let id = pim::model::RoleKey::azure(reader.id.split('|').nth(1).expect("a role"), PRODUCTION).id();
    until_active(&desk, &id).await;
    assert_eq!(desk.browsers(), browsers + 1, "a stronger sign-in for the activation");
    // Started anew, nothing is proven yet.
    let mut desk = desk;
    desk.restart().await;
    until_active(&desk, &id).await;
    let step_up = |view: &View| {
        view.active.iter().any(|row| row.id == id && row.renewal.as_ref().is_some_and(|each| each.step_up))
    };
    desk.until("a step-up announced", step_up).await;
    desk.agent.send(Command::ArmRenewal { id: id.clone(), armed: true });
    desk.until("armed", |view| view.active.iter().any(|row| row.id == id && row.renewal_armed)).await;
}

#[tokio::test]
async fn a_policy_that_nobody_may_read_is_the_services_to_judge() {
    let mut scenario = more_below();
    scenario.switches.azure_policies_readable = false;
    let desk = Desk::of(scenario).await;
    allow(&desk).await;
    let view = desk.until("listed", |view| listed(view) == 12 && !azure(view).loading).await;
    assert_eq!(azure(&view).problem, None, "that is no trouble of the list");
    let contributor = eligible(&view, Kind::AzureResource, "Contributor", Some("Production"));
    let group = format!("{}/resourceGroups/rg-erp-prod", contributor.id.split('|').nth(2).expect("a scope"));
    assert!(!asked_at(&desk, &contributor.id, &group).await.known);
    // It wants a ticket there, as nobody could know.
    narrow(&desk, &contributor.id, &group);
    let id = pim::model::RoleKey::azure(contributor.id.split('|').nth(1).expect("a role"), &*group).id();
    let failed = |view: &View| matches!(state(view, &id), Some(RowState::Failed { problem }) if problem.message.contains("ticket"));
    desk.until("refused for want of a ticket", failed).await;
}

#[tokio::test]
async fn scopes_and_roles_that_are_gone_are_said_and_hide_nothing_else() {
    let desk = Desk::new().await;
    let view = all_listed(&desk).await;
    let role = eligible(&view, Kind::AzureResource, "Contributor", Some("rg-sandbox"));
    for (code, words) in [
        ("RoleDefinitionDoesNotExist", "definition of this role is gone"),
        ("RoleNotFound", "does not know this role any more"),
        ("ResourceGroupNotFound", "resource group is gone"),
        ("SubscriptionNotFound", "subscription is gone"),
        ("ManagementGroupNotFound", "management group is gone"),
        ("ResourceNotFound", "does not find it any more"),
        ("ScopeLocked", "lock on the resource"),
        ("ReadOnlyDisabledSubscription", "subscription is disabled"),
    ] {
        let body = json!({ "error": { "code": code, "message": "gone" } });
        let headers = [("Content-Type".into(), "application/json".into())].into();
        desk.fault("PUT", "roleAssignmentScheduleRequests", 1, Fault::Answer { status: 404, headers, body });
        let (ids, reason) = (vec![role.id.clone()], "why".to_owned());
        desk.agent.send(Command::ActivateSeveral { ids, minutes: 30, reason, ticket: None });
        let failed = |view: &View| match state(view, &role.id) {
            Some(RowState::Failed { problem }) => Some(problem),
            _ => None,
        };
        let view = desk.until(code, |view| failed(view).is_some()).await;
        let problem = failed(&view).expect("just seen");
        assert!(problem.code == code && problem.correlation_id.is_some(), "{problem}");
        assert!(problem.message.contains(words), "{problem}");
        desk.agent.send(Command::DismissProblem { id: role.id.clone() });
        desk.until("dismissed", |view| state(view, &role.id).is_none()).await;
    }
    // A scope that is gone is no trouble of the list, whose root has a fault; what else there is stays.
    let headers: std::collections::BTreeMap<String, String> =
        [("Content-Type".into(), "application/json".into())].into();
    let body = |code: &str| json!({ "error": { "code": code, "message": "gone" } });
    let answer = |status, code| Fault::Answer { status, headers: headers.clone(), body: body(code) };
    let list = "providers/Microsoft.Authorization/roleEligibility";
    desk.fault("GET", &format!("arm/{list}"), 1, answer(400, "SomethingNew"));
    desk.fault("GET", &format!("{WAREHOUSES}/{list}"), 1, answer(404, "SubscriptionNotFound"));
    desk.agent.send(Command::RefreshSource { source: Kind::AzureResource });
    let partial = |view: &View| azure(view).partial.filter(|_| !azure(view).loading);
    let view = desk.until("the root's fault", |view| partial(view).is_some()).await;
    assert_eq!(partial(&view).expect("just seen").code, "SomethingNew", "not the scope that is gone");
    let (ids, reason) = (vec![role.id.clone()], "why".to_owned());
    desk.agent.send(Command::ActivateSeveral { ids, minutes: 30, reason, ticket: None });
    until_active(&desk, &role.id).await;
}

//! What is odd or gone on the service's side: obeyed as far as it is known, the rest said, nothing lost.

use chrono::TimeDelta;
use pim::view::{RowState, Status};
use serde_json::json;
use tenant::{Scenario, faults::Fault};

use crate::desk::{Desk, listed};

#[tokio::test]
async fn a_policy_with_an_unknown_rule_is_obeyed_as_far_as_it_is_known_and_the_rest_is_said() {
    let mut scenario = Scenario::contoso();
    scenario.switches.unknown_policy_rule = true;
    let desk = Desk::of(scenario).await;
    desk.sign_in().await;
    let asks = desk.eligible("Global Reader").requirements;
    assert!(asks.known && asks.justification && !asks.unknown_rules.is_empty(), "{asks:?}");
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
}

#[tokio::test]
async fn what_has_vanished_is_said_with_a_way_out_and_hides_nothing_else() {
    let desk = Desk::signed_in().await;
    for (code, words) in [
        ("RoleNotFound", "does not know this role any more"),
        ("RoleDefinitionDoesNotExist", "definition of this role is gone"),
        ("ResourceGroupNotFound", "resource group is gone"),
        ("SubscriptionNotFound", "subscription is gone"),
        ("ManagementGroupNotFound", "management group is gone"),
        ("ScopeLocked", "lock on the resource"),
        ("SubjectNotFound", "does not know this account"),
    ] {
        let body = json!({ "error": { "code": code, "message": "gone", "innerError": { "request-id": "0b5c" } } });
        let headers = [("Content-Type".into(), "application/json".into())].into();
        desk.fault("POST", "roleAssignmentScheduleRequests", 1, Fault::Answer { status: 400, headers, body });
        desk.activate("Global Reader", 60, None);
        let problem = desk.until_failed("Global Reader").await;
        assert_eq!((problem.code.as_str(), problem.correlation_id.as_deref()), (code, Some("0b5c")));
        assert!(problem.message.contains(words), "{problem}");
        let id = desk.eligible("Global Reader").id;
        desk.agent.send(pim::view::Command::DismissProblem { id });
        desk.until_gone("Global Reader").await;
    }
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
}

#[tokio::test]
async fn a_clock_that_disagrees_with_the_services_changes_nothing() {
    for hours in [-30, 30] {
        let desk = Desk::new().await;
        desk.advance(TimeDelta::hours(hours));
        desk.sign_in().await;
        desk.until("listed", listed).await;
        desk.activate("Global Reader", 60, None);
        let row = desk.until_active("Global Reader").await;
        let now = desk.tenant.app().clock.now();
        let left = row.end.unwrap() - now;
        assert!(left > TimeDelta::minutes(58) && left <= TimeDelta::minutes(61), "{left}, off by {hours} h");
        assert_eq!((row.state, desk.agent.view().status), (RowState::Active, Status::Active));
    }
}

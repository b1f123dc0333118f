//! When a browser opens: for a click that the service wants a stronger sign-in for, once, and never by itself.

use chrono::TimeDelta;
use pim::view::{Command, RowState, Session};
use serde_json::json;
use tenant::faults::Fault;

use crate::desk::{Desk, listed, row};

/// PIM's challenge for an authentication context, whatever the token says.
fn challenge() -> Fault {
    let claims =
        "%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";
    let code = "RoleAssignmentRequestAcrsValidationFailed";
    Fault::Answer {
        status: 400,
        headers: [("Content-Type".into(), "application/json".into())].into(),
        body: json!({ "error": { "code": code, "message": format!("&claims={claims}") } }),
    }
}

/// The same at the door of any read.
fn closed_door() -> Fault {
    // {"access_token":{"acrs":{"essential":true,"value":"c1"}}}
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
    let header = format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"");
    Fault::Answer {
        status: 401,
        headers: [("WWW-Authenticate".into(), header), ("Content-Type".into(), "application/json".into())].into(),
        body: json!({ "error": { "code": "InvalidAuthenticationToken", "message": "Continuous access evaluation" } }),
    }
}

#[tokio::test]
async fn a_challenge_that_never_ends_takes_one_browser_and_ends_with_words() {
    let desk = Desk::signed_in().await;
    desk.fault("POST", "roleAssignmentScheduleRequests", 1000, challenge());
    for clicks in 1..=3 {
        desk.activate("Global Reader", 60, None);
        let problem = desk.until_failed("Global Reader").await;
        assert!(problem.message.contains("You signed in again"), "{problem:?}");
        assert_eq!(desk.browsers(), 1 + clicks, "one for each click");
        desk.agent.send(Command::DismissProblem { id: desk.eligible("Global Reader").id });
        desk.until_gone("Global Reader").await;
    }
    assert_eq!(desk.committed("selfActivate"), 0);
}

#[tokio::test]
async fn one_browser_serves_all_roles_of_one_click() {
    let desk = Desk::signed_in().await;
    let roles = ["Security Administrator", "Conditional Access Administrator"];
    for role in roles {
        desk.activate(role, 30, None);
    }
    for role in roles {
        desk.until_active(role).await;
    }
    assert_eq!(desk.browsers(), 2, "the sign-in, and one step-up for both");
}

#[tokio::test]
async fn nothing_in_the_background_opens_a_browser() {
    let desk = Desk::signed_in().await;
    // Reads that want a stronger sign-in.
    desk.fault("GET", "/graph/", 1000, closed_door());
    for _ in 0..10 {
        desk.agent.send(Command::Refresh);
        desk.advance(TimeDelta::minutes(20));
        desk.until("refused with words", |view| view.list.problem.is_some() && !view.list.loading).await;
    }
    assert!(matches!(desk.agent.view().session, Session::SignedIn { .. }));
    desk.tenant.app().faults.clear();
    desk.agent.send(Command::Refresh);
    desk.until("read again", |view| view.list.problem.is_none() && listed(view)).await;
    // A session that is over.
    desk.revoke().await;
    desk.agent.send(Command::Refresh);
    desk.until("signed out", |view| matches!(view.session, Session::SignedOut { .. })).await;
    desk.advance(TimeDelta::hours(9));
    assert_eq!(desk.browsers(), 1, "the sign-in");
}

#[tokio::test]
async fn a_renewal_that_is_challenged_says_so_and_opens_nothing() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let id = desk.until_active("Global Reader").await.id;
    desk.agent.send(Command::ArmRenewal { id, armed: true });
    desk.until("armed", |view| row(view, "Global Reader").is_some_and(|row| row.renewal_armed)).await;
    desk.fault("POST", "roleAssignmentScheduleRequests", 1000, challenge());
    desk.advance(TimeDelta::minutes(61));
    let failed = |state: &RowState| matches!(state, RowState::Failed { .. });
    desk.until_state("Global Reader", "not renewed", failed).await;
    desk.until_noted("was not activated").await;
    assert_eq!((desk.browsers(), desk.committed("selfActivate")), (1, 1));
}

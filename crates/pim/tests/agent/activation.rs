//! Activating roles of every kind.

use chrono::TimeDelta;
use pim::{
    problem::Remedy,
    view::{Command, RowState, Status},
};
use tenant::faults::Fault;

use crate::desk::{Desk, row};

#[tokio::test]
async fn a_role_is_activated_and_counts_down_to_the_servers_end() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let active = desk.until_active("Global Reader").await;
    assert_eq!(active.reason.as_deref(), Some("to test Global Reader"));
    assert_eq!(active.end.unwrap() - active.start.unwrap(), TimeDelta::hours(1));
    assert_eq!(desk.agent.view().status, Status::Active);
    assert_eq!(desk.committed("selfActivate"), 1);
    assert_eq!(desk.browsers(), 1, "one sign-in, no step-up");
}

#[tokio::test]
async fn multifactor_authentication_and_contexts_take_one_step_up_each() {
    let desk = Desk::signed_in().await;
    for (role, most) in [("User Administrator", 1), ("Security Administrator", 1)] {
        let before = desk.browsers();
        desk.activate(role, 30, None);
        desk.until_active(role).await;
        assert!(desk.browsers() - before <= most, "{role}");
    }
    assert_eq!(desk.committed("selfActivate"), 2);
}

#[tokio::test]
async fn one_step_up_serves_all_the_roles_that_wait_for_it() {
    let desk = Desk::signed_in().await;
    let roles = ["Security Administrator", "Conditional Access Administrator", "Global Reader"];
    for role in roles {
        desk.activate(role, 30, None);
    }
    for role in roles {
        desk.until_active(role).await;
    }
    assert_eq!(desk.browsers(), 2, "the sign-in and one step-up");
    assert_eq!(desk.committed("selfActivate"), 3);
}

#[tokio::test]
async fn a_provisioning_that_takes_its_time_is_polled_politely() {
    let mut scenario = tenant::Scenario::contoso();
    scenario.switches.provisioning_delay = "PT3S".to_owned().try_into().unwrap();
    let desk = Desk::of(scenario).await;
    desk.sign_in().await;
    desk.activate("Global Reader", 60, None);
    desk.until_state("Global Reader", "provisioned", |state| *state == RowState::Provisioning).await;
    desk.until_active("Global Reader").await;
    let polls = desk.requests("roleAssignmentScheduleRequests/");
    assert!((1..=8).contains(&polls), "{polls} polls");
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn lists_that_lag_change_nothing() {
    let mut scenario = tenant::Scenario::contoso();
    scenario.switches.list_lag = "PT170S".to_owned().try_into().unwrap();
    let desk = Desk::of(scenario).await;
    desk.sign_in().await;
    desk.activate("Global Reader", 60, None);
    let first = desk.until_active("Global Reader").await;
    for _ in 0..6 {
        desk.advance(TimeDelta::seconds(40));
        let refreshed = desk.agent.view().list.as_of;
        desk.agent.send(Command::Refresh);
        let view = desk.until("refreshed", |view| view.list.as_of > refreshed && !view.list.loading).await;
        let row = row(&view, "Global Reader").expect("active all the time");
        assert!((row.end.unwrap() - first.end.unwrap()).abs() < TimeDelta::seconds(2));
    }
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn a_step_up_that_is_denied_leaves_a_sentence_and_the_way_back() {
    let mut desk = Desk::signed_in().await;
    desk.person = desk.person.clone().who_denies_mfa();
    desk.restart().await;
    desk.until("restored", crate::desk::listed).await;
    desk.activate("Security Administrator", 30, None);
    let problem = desk.until_failed("Security Administrator").await;
    assert!(!problem.message.is_empty());
    assert_eq!(desk.agent.view().status, Status::Error);
    let id = desk.eligible("Security Administrator").id;
    desk.agent.send(Command::DismissProblem { id });
    desk.until_gone("Security Administrator").await;
    assert_eq!(desk.committed("selfActivate"), 0);
}

#[tokio::test]
async fn a_ticket_is_asked_for_before_anything_is_sent() {
    let desk = Desk::signed_in().await;
    let posted = desk.requests("roleAssignmentScheduleRequests");
    desk.activate("Exchange Administrator", 60, None);
    let view = desk.until("refused", |view| view.eligible.iter().any(|row| row.problem.is_some())).await;
    let refused = view.eligible.iter().find(|row| row.problem.is_some()).unwrap();
    assert_eq!(refused.name, "Exchange Administrator");
    assert_eq!(refused.problem.as_ref().unwrap().remedy, Remedy::EditForm);
    assert_eq!(desk.requests("roleAssignmentScheduleRequests"), posted, "nothing was sent");
    desk.activate("Exchange Administrator", 60, Some("INC-4711"));
    let ticket = desk.until_active("Exchange Administrator").await.ticket.expect("the ticket");
    assert_eq!(ticket.number, "INC-4711");
}

#[tokio::test]
async fn an_approval_is_waited_for_over_a_restart() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Administrator", 60, None);
    let waits = |state: &RowState| matches!(state, RowState::WaitingForApproval { .. });
    desk.until_state("Global Administrator", "waits", waits).await;
    desk.restart().await;
    desk.until_state("Global Administrator", "still waits", waits).await;
    desk.decide("approve").await;
    desk.advance(TimeDelta::minutes(2));
    desk.until_active("Global Administrator").await;
    desk.until_noted("Global Administrator was approved").await;
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn a_denial_and_a_cancellation_end_the_wait() {
    let desk = Desk::signed_in().await;
    let waits = |state: &RowState| matches!(state, RowState::WaitingForApproval { .. });
    desk.activate("Global Administrator", 60, None);
    desk.until_state("Global Administrator", "waits", waits).await;
    desk.decide("deny").await;
    desk.advance(TimeDelta::minutes(2));
    assert_eq!(desk.until_failed("Global Administrator").await.code, "Denied");
    desk.activate("Global Administrator", 60, None);
    let id = desk.until_state("Global Administrator", "waits", waits).await.id;
    desk.agent.send(Command::CancelRequest { id });
    desk.until_gone("Global Administrator").await;
    assert_eq!(desk.committed("granted"), 0);
}

#[tokio::test]
async fn several_roles_leave_as_one_batch() {
    let desk = Desk::signed_in().await;
    let roles = ["Global Reader", "Security Reader", "Reports Reader", "Helpdesk Administrator"];
    // The policies of groups are read by one.
    let before = desk.requests("$batch");
    for role in roles {
        desk.activate(role, 60, None);
    }
    for role in roles {
        desk.until_active(role).await;
    }
    assert_eq!(desk.requests("$batch") - before, 1);
    assert_eq!(desk.committed("selfActivate"), 4);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_nothing_sent_twice() {
    for fault in [Fault::DropAfter, Fault::UnavailableAfter { retry_after: 2 }] {
        let desk = Desk::signed_in().await;
        desk.fault("POST", "roleAssignmentScheduleRequests", 1, fault);
        desk.activate("Global Reader", 60, None);
        desk.until_active("Global Reader").await;
        assert_eq!(desk.committed("selfActivate"), 1);
    }
}

#[tokio::test]
async fn a_request_that_never_arrived_is_said_so_after_three_minutes() {
    let desk = Desk::signed_in().await;
    desk.fault("POST", "roleAssignmentScheduleRequests", 1, Fault::DropBefore);
    desk.activate("Global Reader", 60, None);
    desk.until_state("Global Reader", "checked", |state| *state == RowState::Checking).await;
    desk.advance(TimeDelta::seconds(181));
    assert_eq!(desk.until_failed("Global Reader").await.code, "not-sent");
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn a_restart_in_the_middle_finds_everything_as_it_was() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    // The list shows it: the end is the service's own.
    let view = desk.until("listed", |view| !view.list.loading && row(view, "Global Reader").is_some()).await;
    let before = row(&view, "Global Reader").unwrap().clone();
    desk.agent.shutdown().await;
    let asked = desk.requests("");
    desk.start();
    // At once, from the disk, before anything was asked.
    let first = desk.agent.view();
    assert_eq!(row(&first, "Global Reader").unwrap().end, before.end);
    assert!(first.eligible.len() > 15);
    assert_eq!((first.status, desk.requests("")), (Status::Loading, asked));
    desk.until("restored", crate::desk::listed).await;
    let after = desk.until_active("Global Reader").await;
    assert_eq!(after.reason, before.reason);
    assert!((after.end.unwrap() - before.end.unwrap()).abs() < TimeDelta::seconds(1));
    assert_eq!(desk.browsers(), 1, "nobody had to sign in again");
    let eligible = desk.eligible("Global Reader");
    assert_eq!((eligible.uses, eligible.last_minutes), (1, Some(60)));
}

#[tokio::test]
async fn a_process_killed_after_sending_reconciles() {
    let mut desk = Desk::signed_in().await;
    desk.fault("POST", "roleAssignmentScheduleRequests", 1, Fault::DropAfter);
    // Nor can it be looked up before the end of the process.
    desk.fault("GET", "roleAssignmentScheduleRequests", 1000, Fault::DropBefore);
    desk.activate("Global Reader", 60, None);
    desk.wait("committed", || desk.committed("selfActivate") == 1).await;
    desk.restart().await;
    desk.until_state("Global Reader", "checked", |state| *state == RowState::Checking).await;
    desk.tenant.app().faults.clear();
    desk.until_active("Global Reader").await;
    assert_eq!(desk.committed("selfActivate"), 1);
}

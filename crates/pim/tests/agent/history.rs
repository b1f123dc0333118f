//! The history and later ends, over HTTP.

use chrono::TimeDelta;
use pim::{
    model::Kind,
    view::{Command, ExtensionState, HistoryAction, HistoryOutcome, HistoryView, View},
};

use crate::desk::{Desk, listed};

async fn history(desk: &Desk, text: &str) -> HistoryView {
    desk.agent.send(Command::ShowHistory { text: text.into() });
    let read = |view: &View| view.history.as_ref().is_some_and(|history| !history.loading && history.text == text);
    let view = desk.until("the history", read).await;
    view.history.clone().expect("just seen")
}

#[tokio::test]
async fn what_was_activated_ended_and_denied_is_told_after_a_restart_and_read_when_somebody_looks() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let active = desk.until_active("Global Reader").await;
    desk.advance(TimeDelta::minutes(6));
    desk.until("unlocked", |view| view.now > active.deactivatable_from.unwrap()).await;
    desk.agent.send(Command::Deactivate { id: active.id });
    desk.until_gone("Global Reader").await;
    desk.activate("Global Administrator", 60, None);
    desk.until_state("Global Administrator", "waiting", |state| {
        matches!(state, pim::view::RowState::WaitingForApproval { .. })
    })
    .await;
    desk.decide("deny").await;
    desk.advance(TimeDelta::seconds(60));
    let problem = desk.until_failed("Global Administrator").await;
    let before = desk.requests("roleAssignmentScheduleRequests/filterByCurrentUser");
    desk.restart().await;
    desk.until("restored", listed).await;
    assert_eq!(desk.requests("roleAssignmentScheduleRequests/filterByCurrentUser"), before, "nobody looked");
    let view = history(&desk, "").await;
    assert_eq!(view.problem, None, "a kind that nobody consented to has nothing to say");
    let rows: Vec<_> = view.rows.iter().filter(|row| row.action != HistoryAction::Other).collect();
    let shown: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.action, row.here)).collect();
    assert_eq!(
        shown,
        [
            ("Global Administrator", HistoryAction::Activate, true),
            ("Global Reader", HistoryAction::Deactivate, false),
            ("Global Reader", HistoryAction::Activate, true),
        ]
    );
    let HistoryOutcome::Denied { reason: Some(reason) } = &rows[0].outcome else { panic!("{:?}", rows[0]) };
    assert!(problem.message.contains(reason.as_str()), "{problem} / {reason}");
    assert_eq!(rows[2].reason.as_deref(), Some("to test Global Reader"));
    assert!(rows[2].end.unwrap() - rows[2].start.unwrap() < TimeDelta::minutes(10), "ended by hand");
    assert_eq!(history(&desk, "global ADMINISTRATOR denied").await.rows.len(), 1);
    desk.agent.send(Command::CloseHistory);
    desk.until("closed", |view| view.history.is_none()).await;
}

#[tokio::test]
async fn a_later_end_is_asked_for_and_shown_as_asked_for() {
    let mut desk = Desk::new().await;
    desk.sign_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let extendable = |view: &View| {
        let found = view.eligible.iter().find(|row| row.kind == Kind::AzureResource && row.extension.is_some());
        found.map(|row| (row.id.clone(), row.extension.as_ref().map(|extension| extension.state.clone())))
    };
    let view = desk.until("an Azure role that ends soon", |view| extendable(view).is_some()).await;
    let (id, state) = extendable(&view).unwrap();
    assert_eq!(state, Some(ExtensionState::Possible));
    let of = |view: &View| {
        let row = view.eligible.iter().find(|row| row.id == id)?;
        row.extension.as_ref().map(|extension| extension.state.clone())
    };
    desk.agent.send(Command::RequestExtension { id: id.clone(), eligibility: true, reason: "still at it".into() });
    desk.until("asked for", |view| of(view) == Some(ExtensionState::Requested)).await;
    desk.restart().await;
    desk.until("found again", |view| of(view) == Some(ExtensionState::Requested)).await;
    assert_eq!(desk.committed("selfExtend"), 1);
}

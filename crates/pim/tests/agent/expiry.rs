//! Warnings, ends, renewals, deactivations.

use chrono::TimeDelta;
use pim::view::{Command, RowState, Status};

use crate::desk::Desk;

#[tokio::test]
async fn the_end_is_warned_of_and_told_when_eight_hours_pass_at_once() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 480, None);
    desk.until_active("Global Reader").await;
    desk.advance(TimeDelta::minutes(476));
    let warning = desk.until_noted("Global Reader ends in").await;
    assert!(!warning.body.is_empty());
    assert_eq!(desk.agent.view().status, Status::Expiring);
    desk.advance(TimeDelta::minutes(5));
    desk.until_gone("Global Reader").await;
    desk.until_noted("Global Reader has ended").await;
    assert_eq!(desk.noted().len(), 2);
    assert_eq!(desk.agent.view().status, Status::Idle);
}

#[tokio::test]
async fn the_warning_comes_as_long_before_the_end_as_somebody_has_set() {
    let desk = Desk::signed_in().await;
    let settings = pim::view::Settings { warn_minutes: 20, ..desk.agent.view().settings.clone() };
    desk.agent.send(Command::SaveSettings { settings: Box::new(settings) });
    desk.until("set", |view| view.settings.warn_minutes == 20).await;
    desk.activate("Global Reader", 480, None);
    desk.until_active("Global Reader").await;
    desk.advance(TimeDelta::minutes(461));
    let warning = desk.until_noted("Global Reader ends in").await;
    assert!(warning.title.contains("19 minutes") || warning.title.contains("20 minutes"), "{warning:?}");
}

#[tokio::test]
async fn an_armed_renewal_happens_by_itself_over_a_restart() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Reader", 480, None);
    let id = desk.until_active("Global Reader").await.id;
    desk.agent.send(Command::ArmRenewal { id, armed: true });
    desk.until("armed", |view| view.active.iter().any(|row| row.renewal_armed)).await;
    desk.restart().await;
    let view = desk.until("restored", crate::desk::listed).await;
    let first = crate::desk::row(&view, "Global Reader").unwrap().clone();
    assert!(first.renewal_armed);
    desk.advance(TimeDelta::hours(8) + TimeDelta::seconds(2));
    desk.until("renewed", |view| {
        crate::desk::row(view, "Global Reader").is_some_and(|row| row.state == RowState::Active && row.end > first.end)
    })
    .await;
    assert_eq!(desk.committed("selfActivate"), 2);
    desk.until_noted("activated again").await;
}

#[tokio::test]
async fn nothing_is_renewed_that_was_not_armed() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let id = desk.until_active("Global Reader").await.id;
    desk.agent.send(Command::OpenForm { id: id.clone() });
    desk.until("form", |view| view.open_form.as_ref().is_some_and(|form| form.id == id)).await;
    desk.advance(TimeDelta::minutes(61));
    desk.until_gone("Global Reader").await;
    desk.until_noted("has ended").await;
    assert_eq!(desk.committed("selfActivate"), 1);
}

#[tokio::test]
async fn the_five_minute_lock_holds_and_then_it_can_be_ended() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let active = desk.until_active("Global Reader").await;
    desk.agent.send(Command::Deactivate { id: active.id.clone() });
    let view = desk.until("refused", |view| view.active.iter().any(|row| row.problem.is_some())).await;
    assert_eq!(view.active[0].problem.as_ref().unwrap().code, "locked");
    assert_eq!(desk.committed("selfDeactivate"), 0);
    desk.advance(active.deactivatable_from.unwrap() - view.now + TimeDelta::seconds(1));
    desk.until("unlocked", |view| view.now > active.deactivatable_from.unwrap()).await;
    desk.agent.send(Command::Deactivate { id: active.id });
    desk.until_gone("Global Reader").await;
    assert_eq!(desk.committed("selfDeactivate"), 1);
}

#[tokio::test]
async fn ending_and_activating_again_is_one_click() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let first = desk.until_active("Global Reader").await;
    desk.advance(TimeDelta::minutes(20));
    desk.until("later", |view| view.now > first.start.unwrap() + TimeDelta::minutes(19)).await;
    desk.agent.send(Command::RestartNow {
        id: first.id,
        minutes: 120,
        reason: "more".into(),
        ticket: None,
        confirmed: false,
    });
    let again = desk.until("again", |view| {
        crate::desk::row(view, "Global Reader").is_some_and(|row| row.state == RowState::Active && row.end > first.end)
    });
    again.await;
    assert_eq!((desk.committed("selfDeactivate"), desk.committed("selfActivate")), (1, 2));
}

#[tokio::test]
async fn one_click_waits_and_can_be_undone() {
    let desk = Desk::signed_in().await;
    let id = desk.eligible("Global Reader").id;
    let click = Command::Activate {
        id: id.clone(),
        minutes: 60,
        reason: "why".into(),
        ticket: None,
        undoable: true,
        start: None,
        scope: None,
    };
    desk.agent.send(click.clone());
    let view = desk.until("undo offered", |view| view.undo.is_some()).await;
    assert_eq!(view.undo.as_ref().unwrap().id, id);
    desk.agent.send(Command::Undo { id });
    desk.until("undone", |view| view.undo.is_none()).await;
    assert_eq!(desk.committed("selfActivate"), 0);
    desk.agent.send(click);
    desk.until("offered again", |view| view.undo.is_some()).await;
    desk.advance(TimeDelta::seconds(6));
    desk.until_active("Global Reader").await;
}

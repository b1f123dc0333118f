//! Signing in and out.

use std::fs;

use chrono::TimeDelta;
use pim::view::{Command, Session, Status};

use crate::desk::Desk;

#[tokio::test]
async fn a_fresh_start_is_signed_out_and_asks_nobody() {
    let desk = Desk::new().await;
    let view = desk.agent.view();
    assert_eq!((&view.session, view.status), (&Session::SignedOut { reason: None }, Status::SignedOut));
    assert_eq!(desk.requests(""), 0);
}

#[tokio::test]
async fn the_tenants_name_and_the_account_are_shown() {
    let desk = Desk::signed_in().await;
    let view = desk
        .until(
            "named",
            |view| matches!(&view.session, Session::SignedIn { account } if account.tenant == "Contoso Logistics"),
        )
        .await;
    let Session::SignedIn { account } = &view.session else { unreachable!() };
    assert!(account.demo && account.username.starts_with("maya@"));
}

#[tokio::test]
async fn signing_out_wipes_keyring_list_and_memory() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    desk.agent.send(Command::SignOut);
    let view = desk.until("signed out", |view| matches!(view.session, Session::SignedOut { .. })).await;
    assert!(view.active.is_empty() && view.eligible.is_empty() && view.recent_reasons.is_empty());
    desk.agent.shutdown().await;
    for path in desk.files() {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!text.contains("to test"), "a reason in {}", path.display());
        assert!(!text.contains("maya"), "the account in {}", path.display());
    }
    desk.start();
    assert_eq!(desk.agent.view().session, Session::SignedOut { reason: None });
}

#[tokio::test]
async fn no_file_holds_a_token() {
    let desk = Desk::signed_in().await;
    desk.activate("User Administrator", 60, None);
    desk.until_active("User Administrator").await;
    desk.agent.shutdown().await;
    for path in desk.files() {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        // Every token of the tenant is a signed one.
        assert!(!text.contains("eyJ"), "a token in {}", path.display());
        assert!(!text.contains("refresh"), "{}", path.display());
    }
}

#[tokio::test]
async fn a_cancelled_sign_in_goes_back_to_the_start_with_a_sentence() {
    let mut desk = Desk::new().await;
    desk.person = desk.person.clone().who_stops_at_the_client();
    desk.restart().await;
    desk.agent.send(Command::SignInDemo);
    desk.until("signing in", |view| matches!(view.session, Session::SigningIn { .. })).await;
    desk.agent.send(Command::CancelSignIn);
    let view = desk.until("back", |view| matches!(view.session, Session::SignedOut { .. })).await;
    let Session::SignedOut { reason: Some(problem) } = &view.session else { panic!("{:?}", view.session) };
    assert_eq!(problem.message, "The sign-in was cancelled.");
}

#[tokio::test]
async fn a_revoked_session_is_signed_out_with_a_reason_and_resumes_after_signing_in() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let before = desk.until_active("Global Reader").await;
    desk.revoke().await;
    desk.agent.send(Command::Refresh);
    let view = desk.until("signed out", |view| matches!(view.session, Session::SignedOut { .. })).await;
    assert!(matches!(&view.session, Session::SignedOut { reason: Some(_) }));
    assert_eq!(desk.browsers(), 1, "no browser by itself");
    desk.sign_in().await;
    let after = desk.until_active("Global Reader").await;
    assert_eq!(after.reason, before.reason);
    assert!((after.end.unwrap() - before.end.unwrap()).abs() < TimeDelta::seconds(1));
}

#[tokio::test]
async fn a_session_that_only_memory_keeps_is_told_and_the_banner_can_be_closed() {
    let desk = Desk::signed_in().await;
    let told = |view: &pim::view::View| view.notices.iter().any(|notice| notice.id == "keyring");
    let view = desk.until("told", told).await;
    let Session::SignedIn { account } = &view.session else { panic!("{:?}", view.session) };
    assert!(!account.remembered);
    desk.agent.send(Command::DismissNotice { id: "keyring".into() });
    desk.until("closed", |view| !told(view)).await;
}

#[tokio::test]
async fn a_second_agent_in_the_same_place_runs_beside_the_first() {
    let mut desk = Desk::signed_in().await;
    let first = desk.agent.clone();
    desk.start();
    desk.until("restored", crate::desk::listed).await;
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    assert!(first.view().notices.iter().all(|notice| notice.id != "disk"));
}

#[tokio::test]
async fn settings_are_kept_and_bad_ones_refused() {
    let mut desk = Desk::new().await;
    let good = pim::view::Settings { warn_minutes: 10, ..pim::view::Settings::default() };
    desk.agent.send(Command::SaveSettings { settings: good.clone() });
    let bad = pim::view::Settings { warn_minutes: 0, ..good.clone() };
    desk.agent.send(Command::SaveSettings { settings: bad });
    let view = desk.until("refused", |view| !view.notices.is_empty()).await;
    assert_eq!(view.settings, good);
    desk.restart().await;
    assert_eq!(desk.agent.view().settings, good);
}

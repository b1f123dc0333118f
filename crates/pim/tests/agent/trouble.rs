//! Bad networks, bad answers, bad files.

use std::fs;

use pim::view::{Command, RowState, Session, Status};
use tenant::faults::Fault;

use crate::desk::{Desk, listed};

#[tokio::test]
async fn a_bad_network_signs_nobody_out_and_is_over_when_it_is_over() {
    let desk = Desk::signed_in().await;
    desk.fault("GET", "/graph/", 1000, Fault::DropBefore);
    desk.agent.send(Command::Refresh);
    let view = desk.until("troubled", |view| view.list.problem.is_some() && !view.list.loading).await;
    assert!(matches!(view.session, Session::SignedIn { .. }));
    assert!(view.eligible.len() > 15, "the old list is kept");
    desk.tenant.app().faults.clear();
    desk.agent.send(Command::Refresh);
    desk.until("recovered", |view| view.list.problem.is_none() && listed(view)).await;
}

#[tokio::test]
async fn no_network_at_the_start_shows_the_saved_list_as_offline() {
    let mut desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    desk.agent.shutdown().await;
    // Nobody answers at those addresses any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let origin = format!("http://{gone}");
    desk.agent = desk.agent_at(&origin);
    let view = desk.until("offline", |view| view.status == Status::Offline).await;
    assert!(matches!(view.session, Session::SignedIn { .. }));
    assert!(view.eligible.len() > 15);
    let running = |row: &&pim::view::ActiveRow| row.activated && row.state == RowState::Active;
    assert_eq!(view.active.iter().filter(running).count(), 1);
}

#[tokio::test]
async fn answers_that_are_no_answers_keep_the_old_list() {
    let desk = Desk::signed_in().await;
    for fault in [Fault::Html, Fault::Truncate { bytes: 40 }, Fault::Huge { bytes: 80 << 20 }] {
        desk.fault("GET", "roleEligibilityScheduleInstances", 3, fault.clone());
        desk.agent.send(Command::Refresh);
        let view = desk.until(&format!("{fault:?} told"), |view| view.list.problem.is_some()).await;
        assert!(view.eligible.len() > 15, "{fault:?}");
        desk.tenant.app().faults.clear();
        desk.agent.send(Command::Refresh);
        desk.until("recovered", |view| view.list.problem.is_none() && listed(view)).await;
    }
}

#[tokio::test]
async fn files_that_cannot_be_read_are_set_aside_and_named() {
    let mut desk = Desk::signed_in().await;
    desk.agent.shutdown().await;
    let saved = desk.files().into_iter().find(|file| file.parent().is_some_and(|folder| folder.ends_with("saved")));
    let saved = saved.expect("a saved list");
    fs::write(&saved, "<html>").unwrap();
    desk.start();
    let listed = desk.agent.view();
    assert!(listed.notices.iter().any(|notice| notice.id == "saved-saved-list"), "{:?}", listed.notices);
    desk.agent.shutdown().await;
    for (file, text) in [
        ("journal.jsonl", "{\"pimentoJournal\":1}\nnonsense\n"),
        ("session.json", "{\"format\":1,\"content\":[]}"),
        ("settings.toml", "warnMinutes = \"soon\"\n"),
    ] {
        fs::write(desk.home.path().join(file), text).unwrap();
    }
    desk.start();
    let view = desk.agent.view();
    let ids: Vec<_> = view.notices.iter().map(|notice| notice.id.as_str()).collect();
    for id in ["settings", "journal", "saved-session"] {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    assert_eq!(view.session, Session::SignedOut { reason: None });
    let aside = desk.files().into_iter().filter(|file| file.to_string_lossy().contains(".aside-"));
    assert_eq!(aside.count(), 4, "kept, every one");
    desk.sign_in().await;
}

#[tokio::test]
async fn throttling_is_obeyed_and_told() {
    let desk = Desk::signed_in().await;
    desk.fault("POST", "roleAssignmentScheduleRequests", 1, Fault::Throttle { retry_after: 30, date: false });
    desk.activate("Global Reader", 60, None);
    let problem = desk.until_failed("Global Reader").await;
    assert!(matches!(problem.remedy, pim::problem::Remedy::Retry { .. }), "{problem:?}");
    assert_eq!(desk.committed("selfActivate"), 0);
}

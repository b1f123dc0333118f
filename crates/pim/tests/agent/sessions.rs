//! Signing in and out.

use std::{
    fs,
    future::{Future, poll_fn},
    sync::{Arc, Condvar, Mutex},
    task::Poll,
};

use chrono::TimeDelta;
use pim::{
    secrets::{MemoryStore, SecretError, SecretStore},
    view::{Command, Session, Status},
};
use zeroize::Zeroizing;

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

/// A keyring that somebody has to unlock before it writes anything.
#[derive(Default)]
struct Locked {
    inner: MemoryStore,
    /// Locked; writes that wait.
    door: Mutex<(bool, usize)>,
    opened: Condvar,
    names: Mutex<Vec<String>>,
}

impl Locked {
    fn lock(&self, locked: bool) {
        self.door.lock().expect("no panic").0 = locked;
        self.opened.notify_all();
    }

    fn waits(&self) -> bool {
        self.door.lock().expect("no panic").1 > 0
    }

    /// What it holds under the name that was written last.
    fn kept(&self) -> Option<Zeroizing<Vec<u8>>> {
        let name = self.names.lock().expect("no panic").last()?.clone();
        self.inner.read(&name).expect("it can be read")
    }
}

impl SecretStore for Locked {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
        self.inner.read(name)
    }
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
        let mut door = self.door.lock().expect("no panic");
        door.1 += 1;
        door = self.opened.wait_while(door, |door| door.0).expect("no panic");
        door.1 -= 1;
        drop(door);
        self.names.lock().expect("no panic").push(name.to_owned());
        self.inner.write(name, secret)
    }
    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.inner.delete(name)
    }
    fn lasting(&self) -> bool {
        true
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_for_a_sign_in_that_nobody_waits_for_is_wiped() {
    for shut_down in [false, true] {
        let (mut desk, keyring) = (Desk::new().await, Arc::new(Locked::default()));
        desk.secrets = keyring.clone();
        desk.restart().await;
        keyring.lock(true);
        desk.agent.send(Command::SignInDemo);
        desk.wait("about to be kept", || keyring.waits()).await;
        if shut_down {
            let agent = desk.agent.clone();
            let mut ending = Box::pin(async move { agent.shutdown().await });
            // The end is ordered before the keyring answers.
            let ordered = poll_fn(|context| Poll::Ready(ending.as_mut().poll(context).is_pending())).await;
            assert!(ordered, "it waits for the keyring");
            keyring.lock(false);
            ending.await;
            assert!(!keyring.names.lock().unwrap().is_empty(), "it was written");
            assert_eq!(keyring.kept(), None, "nobody was signed in when the program ended");
            desk.start();
        } else {
            desk.agent.send(Command::CancelSignIn);
            desk.until("back", |view| matches!(view.session, Session::SignedOut { .. })).await;
            keyring.lock(false);
            desk.wait("written and wiped", || !keyring.names.lock().unwrap().is_empty() && keyring.kept().is_none())
                .await;
        }
        // Whoever signs in after that is kept.
        desk.sign_in().await;
        desk.restart().await;
        desk.until("signed in still", |view| matches!(view.session, Session::SignedIn { .. })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_given_up_takes_nothing_from_whoever_is_signed_in_to_the_same_account() {
    let (mut desk, keyring) = (Desk::new().await, Arc::new(Locked::default()));
    desk.secrets = keyring.clone();
    desk.restart().await;
    desk.sign_in().await;
    let before = keyring.kept().expect("kept");
    keyring.lock(true);
    desk.agent.send(Command::SignInDemo);
    desk.wait("about to be kept", || keyring.waits()).await;
    desk.agent.send(Command::CancelSignIn);
    desk.until("not any more", |view| !matches!(view.session, Session::SigningIn { .. })).await;
    let written = keyring.names.lock().unwrap().len();
    keyring.lock(false);
    desk.wait("as before", || {
        keyring.names.lock().unwrap().len() > written + 1 && keyring.kept().as_ref() == Some(&before)
    })
    .await;
    desk.restart().await;
    desk.until("signed in still", |view| matches!(view.session, Session::SignedIn { .. })).await;
}

#[tokio::test]
async fn a_revoked_session_is_signed_out_with_a_reason_and_resumes_after_signing_in() {
    let desk = Desk::signed_in().await;
    desk.activate("Global Reader", 60, None);
    let before = desk.until_active("Global Reader").await;
    desk.revoke().await;
    let clock = pim::clock::Clock::system();
    let begun = clock.elapsed();
    desk.agent.send(Command::Refresh);
    let view = desk.until("signed out", |view| matches!(view.session, Session::SignedOut { .. })).await;
    let took = clock.elapsed().saturating_sub(begun);
    println!("R7: signed out is shown {took:?} after the first request that is refused");
    assert!(took <= std::time::Duration::from_secs(5), "{took:?}");
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
    desk.agent.send(Command::SaveSettings { settings: Box::new(good.clone()) });
    let bad = pim::view::Settings { warn_minutes: 0, ..good.clone() };
    desk.agent.send(Command::SaveSettings { settings: Box::new(bad) });
    let view = desk.until("refused", |view| !view.notices.is_empty()).await;
    assert_eq!(view.settings, good);
    desk.restart().await;
    assert_eq!(desk.agent.view().settings, good);
}

//! Promise S3: no silent plaintext store. A keyring that is absent, locked, refuses, hangs or holds something else, at every
//! moment at which it is asked: each is answered within five seconds, said on the screen, and nothing is written to a file.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use pim::{
    clock::Clock,
    secrets::{MemoryStore, SecretError, SecretStore},
    view::{Command, Session, View},
};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::desk::{Desk, listed};

/// An answer must be there by then.
const WITHIN: Duration = Duration::from_secs(5);

/// Each case is an application and a tenant: many at once would wait for the processor, not for the keyring.
const AT_ONCE: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Absent,
    Locked,
    Refused,
    Hung,
    Corrupt,
    Panics,
}

const FAULTS: [Fault; 6] = [Fault::Absent, Fault::Locked, Fault::Refused, Fault::Hung, Fault::Corrupt, Fault::Panics];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Read,
    Write,
    Delete,
}

/// A keyring that works until its fault is switched on, and then has it at one kind of call.
struct Faulty {
    inner: MemoryStore,
    fault: Fault,
    at: Call,
    on: AtomicBool,
    /// When the first call met the fault.
    met: Mutex<Option<Duration>>,
    calls: AtomicUsize,
    clock: Clock,
    /// Dropped with the test: what hangs ends then.
    hangs: Mutex<mpsc::Receiver<()>>,
}

impl Faulty {
    fn new(fault: Fault, at: Call) -> (Arc<Self>, mpsc::Sender<()>) {
        let (release, hangs) = mpsc::channel();
        let faulty = Self {
            inner: MemoryStore::default(),
            fault,
            at,
            on: AtomicBool::new(false),
            met: Mutex::default(),
            calls: AtomicUsize::new(0),
            clock: Clock::system(),
            hangs: Mutex::new(hangs),
        };
        (Arc::new(faulty), release)
    }

    fn meet<T>(&self, call: Call, ok: impl FnOnce() -> Result<T, SecretError>) -> Result<T, SecretError> {
        if call != self.at || !self.on.load(Ordering::SeqCst) {
            return ok();
        }
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.met.lock().expect("nobody panics with it").get_or_insert(self.clock.elapsed());
        match self.fault {
            Fault::Absent => Err(SecretError::Unavailable("org.freedesktop.secrets: NoStorageAccess".into())),
            Fault::Locked => Err(SecretError::Unavailable("The collection is locked.".into())),
            Fault::Refused => Err(SecretError::Unavailable("Access denied.".into())),
            Fault::Corrupt => Err(SecretError::Corrupt("The entry has an unknown format.".into())),
            Fault::Panics => panic!("in the keyring's library"),
            Fault::Hung => {
                let _ = self.hangs.lock().expect("nobody panics with it").recv();
                Err(SecretError::Unavailable("too late".into()))
            }
        }
    }
}

impl SecretStore for Faulty {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
        self.meet(Call::Read, || self.inner.read(name))
    }
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
        self.meet(Call::Write, || self.inner.write(name, secret))
    }
    fn delete(&self, name: &str) -> Result<(), SecretError> {
        self.meet(Call::Delete, || self.inner.delete(name))
    }
    fn lasting(&self) -> bool {
        true
    }
}

/// What the screen says about the keyring.
fn said(view: &View) -> bool {
    let told = |id: &str| view.notices.iter().any(|notice| notice.id == id);
    let reason =
        matches!(&view.session, Session::SignedOut { reason: Some(problem) } if problem.code.contains("keyring"));
    told("keyring") || told("sign-out") || reason
}

/// One fault at one call: how long its answer took.
async fn case(fault: Fault, at: Call) -> Duration {
    let (faulty, release) = Faulty::new(fault, at);
    let mut desk = Desk::new().await;
    desk.secrets = faulty.clone();
    desk.restart().await;
    let what = format!("{fault:?} at {at:?}");
    if at == Call::Write {
        faulty.on.store(true, Ordering::SeqCst);
        desk.agent.send(Command::SignInDemo);
        let view = desk
            .until(&format!("{what}: said"), |view| said(view) && matches!(view.session, Session::SignedIn { .. }))
            .await;
        let Session::SignedIn { account } = &view.session else { unreachable!() };
        assert!(!account.remembered, "{what}");
    } else {
        desk.sign_in().await;
        // The tokens are kept beside the answer to the sign-in.
        desk.wait("kept", || {
            faulty.inner.read(&format!("loopback.{}", account(&desk))).is_ok_and(|kept| kept.is_some())
        })
        .await;
        faulty.on.store(true, Ordering::SeqCst);
        if at == Call::Read {
            desk.restart().await;
        } else {
            desk.agent.send(Command::SignOut);
            desk.until(&format!("{what}: signed out"), |view| matches!(view.session, Session::SignedOut { .. })).await;
        }
        desk.until(&format!("{what}: said"), said).await;
    }
    let met = faulty.met.lock().expect("nobody panics with it").expect("the keyring was asked");
    let took = faulty.clock.elapsed().saturating_sub(met);
    assert!(took <= WITHIN, "{what}: {took:?}");
    // Whoever is signed in works.
    if at == Call::Write {
        desk.until("listed", listed).await;
        desk.activate("Global Reader", 60, None);
        desk.until_active("Global Reader").await;
    }
    // It ends in good time, whatever hangs; and no token is in any file.
    let begun = faulty.clock.elapsed();
    desk.agent.shutdown().await;
    assert!(faulty.clock.elapsed().saturating_sub(begun) <= WITHIN, "{what}: the end");
    for file in desk.files() {
        let bytes = std::fs::read(&file).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        let secret = ["eyJ", "refresh_token", "access_token"].iter().any(|word| text.contains(word));
        let canary = text.contains("LeakCanary");
        assert!(!secret && !canary, "{what}: a token in {}", file.display());
    }
    drop(release);
    took
}

fn account(desk: &Desk) -> String {
    match &desk.agent.view().session {
        Session::SignedIn { account } => account.id.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_the_keyring_is_answered_in_time_and_never_with_a_file() {
    let (mut cases, mut times) = (JoinSet::new(), Vec::new());
    for fault in FAULTS {
        for at in [Call::Read, Call::Write, Call::Delete] {
            if cases.len() == AT_ONCE {
                times.extend(cases.join_next().await.transpose().expect("a case that holds"));
            }
            cases.spawn(case(fault, at));
        }
    }
    times.extend(cases.join_all().await);
    let longest = times.iter().max().expect("cases");
    println!("S3: {} faults at their calls, the longest answer after {longest:?}, 0 plaintext files", times.len());
    assert_eq!(times.len(), 18);
}

//! A store's calls with a deadline, each on a thread of its own: a keyring that hangs holds nobody up, not even the end of
//! the program.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use tokio::{
    sync::{Mutex, oneshot, watch},
    time,
};
use zeroize::Zeroizing;

use super::{SecretError, SecretStore};
use crate::{codes, problem::Problem};

/// How long a store may take. What follows from it is to be on the screen within five seconds, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a call is waited for that is still out when the next one comes: somebody gave it up a moment ago, or it hangs.
const AFTERWARDS: Duration = Duration::from_millis(300);

/// How long another process is waited for that changes what is kept. One that takes longer hangs.
const TURN: Duration = Duration::from_millis(1500);

/// Between two looks whether it has finished.
const PAUSE: Duration = Duration::from_millis(10);

/// A store that always answers in time. Cheap to clone, and all clones are one queue: everybody who uses a store in this
/// program must share it, or a call that comes late undoes what came after it.
#[derive(Clone)]
pub struct Vault {
    store: Arc<dyn SecretStore>,
    turns: Option<Turns>,
    /// Held during a call: calls take turns. It closes when the last one has come back: when its turn is over and it is still
    /// out, no further one is tried until then.
    last: Arc<Mutex<Option<watch::Receiver<()>>>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// The one queue to a store.
    pub fn new(store: Arc<dyn SecretStore>) -> Self {
        Self { store, turns: None, last: Arc::default() }
    }

    /// The same, taking turns with other processes by way of this file.
    #[must_use]
    pub fn taking_turns_by(self, lock: PathBuf) -> Self {
        Self { turns: Some(Turns { lock: lock.into(), patience: TURN }), ..self }
    }

    /// Why nothing kept here outlives the program, if so.
    pub(crate) fn unlasting(&self) -> Option<Problem> {
        let why = "It is kept in memory.";
        (!self.store.lasting()).then(|| codes::ours(codes::KEYRING, Some(why.into())))
    }

    pub(crate) async fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Problem> {
        let name = name.to_owned();
        self.call(move |store| store.read(&name)).await
    }

    /// Shows `decide` what is kept under a name, if that can be read, and writes what it wants to be kept instead, if anything.
    /// No other process that takes turns comes in between.
    pub(crate) async fn exchange<T: Send + 'static>(
        &self,
        name: &str,
        decide: impl FnOnce(Result<Option<&[u8]>, SecretError>) -> (Option<Zeroizing<Vec<u8>>>, T) + Send + 'static,
    ) -> Result<T, Problem> {
        let (name, turns) = (name.to_owned(), self.turns.clone());
        self.call(move |store| exchange(store, turns.as_ref(), &name, decide)).await
    }

    pub(crate) async fn delete(&self, name: &str) -> Result<(), Problem> {
        let (name, turns) = (name.to_owned(), self.turns.clone());
        self.call(move |store| {
            let _turn = turns.as_ref().and_then(Turns::take);
            store.delete(&name)
        })
        .await
    }

    async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn SecretStore) -> Result<T, SecretError> + Send + 'static,
    ) -> Result<T, Problem> {
        let unavailable = |why: &str| codes::ours(codes::KEYRING, Some(why.into()));
        let mut last = self.last.lock().await;
        // One that nobody waits for any more may be about to end.
        if let Some(earlier) = last.as_mut()
            && time::timeout(AFTERWARDS, earlier.changed()).await.is_err()
        {
            return Err(unavailable("An earlier call to the keyring is still waiting for its answer."));
        }
        let (done, outcome) = oneshot::channel();
        let (out, ends) = watch::channel(());
        let store = Arc::clone(&self.store);
        *last = Some(ends);
        let work = move || {
            let result = call(&*store);
            drop(out);
            // Fails when nobody waits any more.
            let _ = done.send(result);
        };
        if let Err(error) = thread::Builder::new().name("keyring".into()).spawn(work) {
            return Err(unavailable(&error.to_string()));
        }
        match time::timeout(PATIENCE, outcome).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(Ok(Err(SecretError::Unavailable(why)))) => Err(unavailable(&why)),
            Ok(Ok(Err(SecretError::Corrupt(why)))) => Err(codes::ours(codes::KEYRING_CORRUPT, Some(why))),
            // The thread panicked inside the store.
            Ok(Err(_)) => Err(unavailable("The keyring's library failed.")),
            Err(_) => Err(unavailable("The keyring did not answer in time. It may be locked.")),
        }
    }
}

fn exchange<T>(
    store: &dyn SecretStore,
    turns: Option<&Turns>,
    name: &str,
    decide: impl FnOnce(Result<Option<&[u8]>, SecretError>) -> (Option<Zeroizing<Vec<u8>>>, T),
) -> Result<T, SecretError> {
    let _turn = turns.and_then(Turns::take);
    let kept = store.read(name);
    let (new, told) = decide(kept.as_ref().map(|kept| kept.as_deref().map(Vec::as_slice)).map_err(Clone::clone));
    new.map_or(Ok(()), |new| store.write(name, &new))?;
    Ok(told)
}

/// How processes of the user take turns to change what the store keeps.
#[derive(Clone)]
struct Turns {
    /// A file that whoever's turn it is has locked.
    lock: Arc<Path>,
    /// How long the others are waited for.
    patience: Duration,
}

impl Turns {
    /// Waits for its turn, which is over when this is dropped. `None` where there is nowhere to take turns, or somebody hangs:
    /// what has to be kept is kept all the same.
    fn take(&self) -> Option<File> {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&self.lock).ok()?;
        for _ in 0..self.patience.as_millis() / PAUSE.as_millis() {
            match file.try_lock() {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, mpsc};

    use super::*;
    use crate::secrets::MemoryStore;

    async fn write(vault: &Vault, secret: &[u8]) -> Result<(), Problem> {
        let secret = Zeroizing::new(secret.to_vec());
        vault.exchange("a", move |_| (Some(secret), ())).await
    }

    /// A store with a fault in every call.
    enum Faulty {
        Locked,
        Corrupt,
        Panics,
        /// Until the other end is dropped or says so.
        Hangs(Mutex<mpsc::Receiver<()>>),
    }

    impl Faulty {
        fn fail<T>(&self) -> Result<T, SecretError> {
            match self {
                Self::Locked => Err(SecretError::Unavailable("locked".into())),
                Self::Corrupt => Err(SecretError::Corrupt("damaged".into())),
                Self::Panics => panic!("in the store"),
                Self::Hangs(until) => {
                    let _ = until.lock().expect("lock").recv();
                    Err(SecretError::Unavailable("late".into()))
                }
            }
        }
    }

    impl SecretStore for Faulty {
        fn read(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
            self.fail()
        }
        fn write(&self, _: &str, _: &[u8]) -> Result<(), SecretError> {
            self.fail()
        }
        fn delete(&self, _: &str) -> Result<(), SecretError> {
            self.fail()
        }
        fn lasting(&self) -> bool {
            true
        }
    }

    #[tokio::test]
    async fn every_fault_of_every_call_is_answered_with_its_reason() {
        for (fault, code) in [
            (Faulty::Locked, codes::KEYRING),
            (Faulty::Corrupt, codes::KEYRING_CORRUPT),
            (Faulty::Panics, codes::KEYRING),
        ] {
            let vault = Vault::new(Arc::new(fault));
            assert_eq!(vault.read("a").await.err().map(|problem| problem.code), Some(code.into()));
            assert_eq!(write(&vault, b"x").await.err().map(|problem| problem.code), Some(code.into()));
            assert_eq!(vault.delete("a").await.err().map(|problem| problem.code), Some(code.into()));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_hangs_is_left_alone_until_it_is_back() {
        let (let_go, until) = mpsc::channel();
        let vault = Vault::new(Arc::new(Faulty::Hangs(Mutex::new(until))));
        assert_eq!(vault.read("a").await.expect_err("hangs").code, codes::KEYRING);
        // At once, without another thread.
        let again = write(&vault, b"x").await.expect_err("still hanging");
        assert!(again.detail.expect("a reason").contains("earlier call"));
        drop(let_go);
        while vault.last.lock().await.as_ref().is_some_and(|last| last.has_changed().is_ok()) {
            tokio::task::yield_now().await;
        }
        time::resume();
        assert!(vault.delete("a").await.expect_err("late").detail.expect("a reason").contains("late"));
    }

    /// Memory whose wiping waits for somebody to answer a prompt.
    struct Prompting(MemoryStore, Mutex<mpsc::Receiver<()>>);

    impl SecretStore for Prompting {
        fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
            self.0.read(name)
        }
        fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
            self.0.write(name, secret)
        }
        fn delete(&self, name: &str) -> Result<(), SecretError> {
            let _ = self.1.lock().expect("lock").recv();
            self.0.delete(name)
        }
        fn lasting(&self) -> bool {
            true
        }
    }

    #[tokio::test]
    async fn calls_take_turns_also_when_nobody_waits_for_them_any_more() {
        let (answer, prompt) = mpsc::channel();
        let vault = Vault::new(Arc::new(Prompting(MemoryStore::default(), Mutex::new(prompt))));
        write(&vault, b"old").await.expect("write");
        let wiping = tokio::spawn({
            let vault = vault.clone();
            async move { vault.delete("a").await }
        });
        while vault.last.try_lock().is_ok() {
            tokio::task::yield_now().await;
        }
        // Asked for while the prompt is open: its turn comes when the wiping is done.
        let writing = tokio::spawn({
            let vault = vault.clone();
            async move { write(&vault, b"new").await }
        });
        tokio::task::yield_now().await;
        answer.send(()).expect("somebody asks");
        wiping.await.expect("done").expect("deleted");
        writing.await.expect("done").expect("written");
        assert_eq!(&**vault.read("a").await.expect("read").expect("there"), b"new");
        // Given up, but still out: what is written now would be wiped when the prompt is answered.
        assert!(time::timeout(Duration::from_millis(1), vault.delete("a")).await.is_err());
        let refused = write(&vault, b"newer").await.expect_err("not in between");
        assert!(refused.detail.expect("a reason").contains("earlier call"));
        drop(answer);
    }

    /// Memory that is slow to be written to: who reads meanwhile reads what was there before.
    struct Slow(MemoryStore);

    impl SecretStore for Slow {
        fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, SecretError> {
            self.0.read(name)
        }
        fn write(&self, name: &str, secret: &[u8]) -> Result<(), SecretError> {
            for _ in 0..100 {
                thread::yield_now();
            }
            self.0.write(name, secret)
        }
        fn delete(&self, name: &str) -> Result<(), SecretError> {
            self.0.delete(name)
        }
        fn lasting(&self) -> bool {
            true
        }
    }

    #[test]
    fn processes_take_turns_to_change_what_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        // However busy the machine is.
        let turns = Turns { lock: folder.path().join("lock").into(), patience: Duration::from_secs(3600) };
        let store = Slow(MemoryStore::default());
        let one_more = |kept: Result<Option<&[u8]>, SecretError>| {
            let mut bytes = Zeroizing::new(kept.expect("read").unwrap_or_default().to_vec());
            bytes.push(b'x');
            (Some(bytes), ())
        };
        thread::scope(|processes| {
            for _ in 0..4 {
                processes.spawn(|| {
                    for _ in 0..5 {
                        exchange(&store, Some(&turns), "a", one_more).expect("written");
                    }
                });
            }
        });
        assert_eq!(store.read("a").expect("read").expect("there").len(), 20, "none was lost");
    }

    #[tokio::test]
    async fn somebody_who_hangs_does_not_keep_others_from_writing() {
        let folder = tempfile::tempdir().expect("a folder");
        let by = |file: &str| Turns { lock: folder.path().join(file).into(), patience: 3 * PAUSE };
        let hanging = by("lock").take().expect("free");
        for turns in [by("lock"), by("no/such/folder")] {
            let vault = Vault { turns: Some(turns), ..Vault::new(Arc::new(MemoryStore::default())) };
            write(&vault, b"x").await.expect("written all the same");
        }
        drop(hanging);
    }

    #[tokio::test]
    async fn memory_keeps_and_says_that_it_does_not_last() {
        let vault = Vault::new(Arc::new(MemoryStore::default()));
        assert!(vault.unlasting().is_some());
        assert!(vault.read("a").await.expect("read").is_none());
        write(&vault, b"x").await.expect("write");
        assert_eq!(&**vault.read("a").await.expect("read").expect("there"), b"x");
        vault.delete("a").await.expect("delete");
        assert!(vault.read("a").await.expect("read").is_none());
    }
}

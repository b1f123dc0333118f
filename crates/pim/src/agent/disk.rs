//! One thread writes all files, in the order in which it was asked to: no write waits in the asynchronous part, none
//! overtakes another.

use std::{io, sync::mpsc, thread};

use tokio::sync::oneshot;

use crate::{
    clock::Clock,
    journal::{Fact, Journal},
    paths::Paths,
    problem::{Problem, Remedy},
    saved::{self, Change, SavedView},
    settings,
    view::Settings,
};

enum Job {
    Record(String, Vec<Fact>, oneshot::Sender<Result<(), Problem>>),
    Forget(String),
    Accounts(Change),
    View(Box<SavedView>),
    Settings(Box<Settings>),
}

/// The writing thread. Cheap to clone; it ends when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Disk(mpsc::Sender<Job>);

/// The thread itself.
pub(super) struct Writing(Option<thread::JoinHandle<()>>);

impl Writing {
    /// Returns when everything is written and the journal is free for the next process. Blocks; no [`Disk`] may be left.
    pub fn end(self) {
        if let Some(thread) = self.0 {
            let _ = thread.join();
        }
    }
}

impl Disk {
    /// `trouble` is called when something could not be written that nobody waits for.
    pub fn new(
        paths: Paths,
        journal: Option<Journal>,
        clock: Clock,
        trouble: impl Fn(Problem) + Send + 'static,
    ) -> (Self, Writing) {
        let (jobs, inbox) = mpsc::channel();
        let write = move || {
            let mut writer = Writer { paths, journal, clock };
            while let Ok(job) = inbox.recv() {
                if let Err(error) = writer.write(job) {
                    trouble(problem(&error));
                }
            }
        };
        let thread = thread::Builder::new().name("disk".into()).spawn(write).ok();
        (Self(jobs), Writing(thread))
    }

    /// Writes facts to the journal; the answer comes when they are on the disk.
    pub fn record(&self, account: &str, facts: Vec<Fact>) -> oneshot::Receiver<Result<(), Problem>> {
        let (answer, answered) = oneshot::channel();
        self.send(Job::Record(account.to_owned(), facts, answer));
        answered
    }

    /// Forgets an account: its memory, its list, and that it is signed in.
    pub fn forget(&self, account: &str) {
        self.send(Job::Forget(account.to_owned()));
    }

    pub fn accounts(&self, change: Change) {
        self.send(Job::Accounts(change));
    }

    pub fn view(&self, view: SavedView) {
        self.send(Job::View(Box::new(view)));
    }

    pub fn settings(&self, settings: Settings) {
        self.send(Job::Settings(Box::new(settings)));
    }

    fn send(&self, job: Job) {
        // Without its thread nothing can be written: whoever waits for an answer sees the channel closed.
        let _ = self.0.send(job);
    }
}

struct Writer {
    paths: Paths,
    journal: Option<Journal>,
    clock: Clock,
}

impl Writer {
    fn write(&mut self, job: Job) -> io::Result<()> {
        match job {
            Job::Record(account, facts, answer) => {
                let written = match &mut self.journal {
                    Some(journal) => journal.record(&account, &facts),
                    None => Err(io::Error::other("the journal is not open")),
                };
                // Whoever waits is told; whoever does not, by way of the notice.
                match answer.send(match &written {
                    Ok(()) => Ok(()),
                    Err(error) => Err(problem(error)),
                }) {
                    Ok(()) => Ok(()),
                    Err(_) => written,
                }
            }
            Job::Forget(account) => {
                saved::change(&self.paths, Change::Forget(account.clone()), self.clock.now())?;
                saved::remove(&self.paths.saved(&account))?;
                self.journal.as_mut().map_or(Ok(()), |journal| journal.forget(&account))
            }
            Job::Accounts(change) => saved::change(&self.paths, change, self.clock.now()),
            Job::View(view) => saved::save_view(&self.paths, &view),
            Job::Settings(settings) => settings::save(&self.paths.settings(), &settings),
        }
    }
}

/// A file that cannot be written, for people.
pub(super) fn problem(error: &io::Error) -> Problem {
    Problem {
        code: "disk".into(),
        message: "Pimento could not write its files, so nothing was sent that it might have to remember.".into(),
        remedy: Remedy::Retry { at: None },
        correlation_id: None,
        detail: Some(error.to_string()),
    }
}

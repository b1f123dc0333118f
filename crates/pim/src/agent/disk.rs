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
                if let Err(problem) = writer.write(job) {
                    trouble(problem);
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
    /// What could not be written and nobody waits for.
    fn write(&mut self, job: Job) -> Result<(), Problem> {
        let (what, written) = match job {
            Job::Record(account, facts, answer) => {
                let written = match &mut self.journal {
                    Some(journal) => journal.record(&account, &facts),
                    None => Err(io::Error::other("the journal is not open")),
                };
                let told = match &written {
                    Ok(()) => Ok(()),
                    Err(error) => Err(problem(error)),
                };
                // Whoever waits is told; whoever does not, by way of the notice.
                match answer.send(told) {
                    Ok(()) => return Ok(()),
                    Err(_) => (message!("cannot-note"), written),
                }
            }
            Job::Forget(account) => (message!("cannot-remove"), self.forget(&account)),
            Job::Accounts(change) => {
                (message!("cannot-note-accounts"), saved::change(&self.paths, change, self.clock.now()))
            }
            Job::View(view) => (message!("cannot-keep-list"), saved::save_view(&self.paths, &view)),
            Job::Settings(settings) => {
                let saved = settings::save(&self.paths.settings(), &settings);
                (message!("cannot-save-settings"), saved)
            }
        };
        written.map_err(|error| trouble(say!(what), &error))
    }

    /// Whatever stands in the way of one file, the others go.
    fn forget(&mut self, account: &str) -> io::Result<()> {
        let listed = saved::change(&self.paths, Change::Forget(account.to_owned()), self.clock.now());
        let shown = saved::remove(&self.paths.saved(account));
        let watched = saved::remove(&self.paths.watched(account));
        let defined = saved::remove(&self.paths.definitions(account));
        let remembered = self.journal.as_mut().map_or(Ok(()), |journal| journal.forget(account));
        listed.and(shown).and(watched).and(defined).and(remembered)
    }
}

/// What had to be written before something is sent could not be, for people.
pub(super) fn problem(error: &io::Error) -> Problem {
    trouble(say!("cannot-write-first"), error)
}

/// The journal cannot be used.
pub(super) fn unopened(error: &io::Error) -> Problem {
    trouble(say!("cannot-open-journal"), error)
}

fn trouble(message: String, error: &io::Error) -> Problem {
    Problem {
        code: "disk".into(),
        message,
        remedy: Remedy::Retry { at: None },
        correlation_id: None,
        detail: Some(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use super::*;

    fn writer(paths: &Paths) -> Writer {
        paths.create().unwrap();
        let clock = Clock::system();
        let (journal, _) = Journal::open(paths, Duration::ZERO, clock.now()).unwrap();
        Writer { paths: paths.clone(), journal: Some(journal), clock }
    }

    fn favoured() -> Vec<Fact> {
        vec![Fact::Favoured { key: crate::model::RoleKey::directory("reader", "/"), favourite: true }]
    }

    #[test]
    fn what_stands_in_the_way_of_one_file_keeps_none_of_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let mut writer = writer(&paths);
        let (answer, mut answered) = oneshot::channel();
        writer.write(Job::Record("maya".into(), favoured(), answer)).unwrap();
        assert_eq!(answered.try_recv().unwrap(), Ok(()));
        fs::write(paths.saved("maya"), "{}").unwrap();
        fs::create_dir(paths.session()).unwrap();
        let problem = writer.write(Job::Forget("maya".into())).unwrap_err();
        assert_eq!(problem.message, "Pimento could not remove all that it kept for the account.");
        assert!(!paths.saved("maya").exists());
        assert!(writer.journal.unwrap().memories().is_empty());
    }

    #[test]
    fn only_what_had_to_be_written_first_says_that_nothing_was_sent() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let mut writer = Writer { journal: None, ..writer(&paths) };
        let (answer, mut answered) = oneshot::channel();
        writer.write(Job::Record("maya".into(), favoured(), answer)).unwrap();
        assert!(answered.try_recv().unwrap().unwrap_err().message.contains("nothing was sent"));
        let (answer, _) = oneshot::channel();
        fs::create_dir(paths.settings()).unwrap();
        for job in [Job::Record("maya".into(), favoured(), answer), Job::Settings(Box::default())] {
            let problem = writer.write(job).unwrap_err();
            assert!(!problem.message.contains("sent"), "{}", problem.message);
        }
    }
}

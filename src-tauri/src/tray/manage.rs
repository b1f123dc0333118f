//! The Manage window: a process of its own, started when somebody opens it and gone when it is closed. It asks, and is
//! answered with the session of the account at whose desk it asked.

use std::{collections::HashMap, io, sync::Arc};

use pim::{
    agent::Handle,
    clock::Clock,
    manage::Counter,
    model::Kind,
    problem::{Problem, Remedy},
    say,
    view::{Account, Appearance, Ask, Command, Desk, Section, Session, Settings, Told, View, Watch},
    watch::{Seen, Watching},
};
use tokio::{
    io::{AsyncWriteExt, BufReader},
    sync::{Mutex, Semaphore, mpsc},
};

use super::{
    pace::Pace,
    process::{self, read_line},
    wire::{Input, Output},
};
use crate::pipe::{self, ManageDown, ManageUp};

/// Questions that are dealt with at once. A page of ours has two or three.
const MOST_QUESTIONS: usize = 8;

/// What somebody outside wants to see: a part, and what is chosen there.
pub type Wanted = (Section, Option<String>);

/// The Manage window, open or not.
#[derive(Debug)]
pub struct Manage {
    agent: Handle,
    watching: Watching,
    clock: Clock,
    raise: Option<mpsc::UnboundedSender<Option<Wanted>>>,
    tells: mpsc::UnboundedSender<FromManage>,
}

/// What the Manage window has for the rest of the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromManage {
    /// It could not be opened, or has ended by itself.
    Failed(String),
    /// Somebody wants the flyout with this role's form.
    OpenForm {
        /// Whose role it is.
        account: String,
        /// The role's key.
        id: String,
    },
}

impl Manage {
    /// Closed. What it has to say comes out of `tells`.
    pub fn new(agent: Handle, watching: Watching, clock: Clock, tells: mpsc::UnboundedSender<FromManage>) -> Self {
        Self { agent, watching, clock, raise: None, tells }
    }

    /// Opens it, with this part and this chosen there where something is wanted. One that is open is put in front.
    pub fn show(&mut self, wanted: Option<Wanted>) {
        if self.raise.as_ref().is_some_and(|raise| raise.send(wanted.clone()).is_ok()) {
            return;
        }
        let (section, chosen) = wanted.unwrap_or_default();
        match process::spawn(&[pipe::MANAGE]) {
            Ok((mut child, input, output)) => {
                tracing::info!(pid = child.id(), "manage window started");
                let (raise, raised) = mpsc::unbounded_channel();
                self.raise = Some(raise);
                let (agent, clock, tells) = (self.agent.clone(), self.clock.clone(), self.tells.clone());
                let watching = self.watching.clone();
                tokio::spawn(async move {
                    let desk = Desk {
                        now: clock.now(),
                        account: None,
                        section,
                        chosen,
                        serial: 1,
                        watch: Watch::default(),
                        appearance: Appearance::default(),
                        language: None,
                        locked: Vec::new(),
                    };
                    let counters = Counters::default();
                    let conversation = Conversation { agent, watching, clock, desk, counters, tells: tells.clone() };
                    let told = conversation.hold(input, output, raised).await;
                    // Its input has ended, and so it ends; one that hangs does not.
                    let well = process::end(&mut child).await;
                    tracing::info!("manage window ended");
                    let failure = match told {
                        Ok(failure) => failure.or_else(|| (!well).then(|| say!("manage-ended"))),
                        Err(error) => Some(say!("manage-ended-with", error = error.to_string())),
                    };
                    if let Some(failure) = failure {
                        let _ = tells.send(FromManage::Failed(failure));
                    }
                });
            }
            Err(error) => {
                let failure = say!("manage-not-opened", error = error.to_string());
                let _ = self.tells.send(FromManage::Failed(failure));
            }
        }
    }

    /// Closes it.
    pub fn end(&mut self) {
        self.raise = None;
    }
}

/// Whose desk it is.
fn account(view: &View) -> Option<Account> {
    match &view.session {
        Session::SignedIn { account } => Some(account.clone()),
        _ => None,
    }
}

/// Takes over what a view says of the desk; whether any of it is new.
fn take(desk: &mut Desk, view: &View) -> bool {
    let View { settings: Settings { watch, appearance, language, .. }, locked, .. } = view;
    let (watch, language, locked) = (watch.clone(), language.clone(), locked.clone());
    let new = Desk { account: account(view), watch, appearance: *appearance, language, locked, ..desk.clone() };
    let changed = new != *desk;
    *desk = new;
    changed
}

/// What the window asks and is told, from its start to its end.
struct Conversation {
    agent: Handle,
    watching: Watching,
    clock: Clock,
    desk: Desk,
    counters: Counters,
    tells: mpsc::UnboundedSender<FromManage>,
}

/// Every account has a counter of its own: what was told at one is unknown at another.
#[derive(Clone, Debug, Default)]
struct Counters(Arc<Mutex<HashMap<String, Arc<Mutex<Counter>>>>>);

impl Counters {
    async fn of(&self, account: &str) -> Arc<Mutex<Counter>> {
        self.0.lock().await.entry(account.to_owned()).or_default().clone()
    }
}

impl Conversation {
    /// Answers until somebody closes the window, or its process ends. What comes back is why there was no window.
    async fn hold(
        mut self,
        mut input: Input,
        output: Output,
        mut raised: mpsc::UnboundedReceiver<Option<Wanted>>,
    ) -> io::Result<Option<String>> {
        let mut views = self.agent.views();
        take(&mut self.desk, &views.borrow_and_update());
        let mut line = self.desk();
        line.extend(pipe::line(&ManageDown::Show));
        input.write_all(&line).await?;
        let turns = Arc::new(Semaphore::new(MOST_QUESTIONS));
        let (answers, mut answered) = mpsc::channel::<ManageDown>(MOST_QUESTIONS);
        let (says, mut said) = mpsc::channel(MOST_QUESTIONS);
        let _reading = Reading(tokio::spawn(read(BufReader::new(output), says, self.clock.clone())));
        loop {
            let line = tokio::select! {
                order = raised.recv() => match order {
                    None => return Ok(None),
                    Some(wanted) => {
                        let mut line = Vec::new();
                        if let Some(wanted) = wanted {
                            (self.desk.section, self.desk.chosen) = wanted;
                            self.desk.serial = self.desk.serial.wrapping_add(1);
                            line = self.desk();
                        }
                        line.extend(pipe::line(&ManageDown::Show));
                        line
                    }
                },
                changed = views.changed() => {
                    if changed.is_err() {
                        return Ok(None);
                    }
                    if !take(&mut self.desk, &views.borrow_and_update()) {
                        continue;
                    }
                    self.desk()
                }
                () = self.clock.changed() => self.desk(),
                Some(answer) = answered.recv() => {
                    // With the time: after a suspend the page counts from a wrong one.
                    let mut line = self.desk();
                    line.extend(pipe::line(&answer));
                    line
                }
                message = said.recv() => match message {
                    None => return Ok(None),
                    Some(ManageUp::Failed { message }) => return Ok(Some(message)),
                    Some(ManageUp::Ask { serial, account, ask }) => {
                        let Ok(turn) = turns.clone().try_acquire_owned() else {
                            let told = Box::new(Told::Failed { problem: busy() });
                            input.write_all(&pipe::line(&ManageDown::Told { serial, told })).await?;
                            continue;
                        };
                        let (agent, counters, answers) = (self.agent.clone(), self.counters.clone(), answers.clone());
                        let (watching, tells) = (self.watching.clone(), self.tells.clone());
                        tokio::spawn(async move {
                            let decides = matches!(ask, Ask::Decide { .. });
                            let told = Box::new(answer((&agent, &tells), &counters, &account, ask).await);
                            if let Some(seen) = seen(decides, &told) {
                                watching.seen(&account, seen);
                            }
                            let _ = answers.send(ManageDown::Told { serial, told }).await;
                            drop(turn);
                        });
                        continue;
                    }
                },
            };
            input.write_all(&line).await?;
        }
    }

    /// The desk as a line for the pipe.
    fn desk(&mut self) -> Vec<u8> {
        self.desk.now = self.clock.now();
        pipe::line(&ManageDown::Desk { desk: Box::new(self.desk.clone()) })
    }
}

/// Ends the reading with the conversation.
struct Reading(tokio::task::JoinHandle<io::Result<()>>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn busy() -> Problem {
    Problem {
        code: "too-many-questions".into(),
        message: say!("too-many-questions"),
        remedy: Remedy::Refresh,
        correlation_id: None,
        detail: None,
    }
}

/// With the session of the account at whose desk it was asked, whichever is the current one by now.
async fn answer(
    (agent, tells): (&Handle, &mpsc::UnboundedSender<FromManage>),
    counters: &Counters,
    account: &str,
    ask: Ask,
) -> Told {
    if let Ask::OpenForm { id } = ask {
        let _ = tells.send(FromManage::OpenForm { account: account.to_owned(), id });
        return Told::Opened;
    }
    if let Ask::Watch { watch } = ask {
        let settings = Settings { watch: watch.clone(), ..agent.view().settings.clone() };
        if let Err(wrong) = pim::settings::check(&settings) {
            let message = say!("watch-not-saved", wrong = wrong.to_string());
            let problem = Problem {
                code: "settings".into(),
                message,
                remedy: Remedy::EditForm,
                correlation_id: None,
                detail: None,
            };
            return Told::Failed { problem };
        }
        agent.send(Command::Watch { watch: watch.clone() });
        return Told::Watching { watch };
    }
    match agent.office_of(account).await {
        Ok(office) => counters.of(account).await.lock().await.answer(&office, ask).await,
        Err(problem) => Told::Failed { problem },
    }
}

/// What an answer means to the watch.
fn seen(decides: bool, told: &Told) -> Option<Seen> {
    match told {
        Told::Approvals { sources, rows } => {
            let open = |kind| rows.iter().filter(move |row| row.kind == kind && !row.own && row.elsewhere.is_none());
            let answered = sources.iter().filter(|source| source.refused.is_none()).map(|source| source.kind);
            let shown = answered.map(|kind| (kind, open(kind).map(|row| row.id.clone()).collect()));
            Some(Seen::Approvals(shown.collect()))
        }
        Told::Outcomes { .. } if decides => Some(Seen::Decided),
        // Those of the directory take a permission; Azure's do not.
        Told::Reviews { sources, .. }
            if sources.iter().all(|source| source.kind == Kind::AzureResource || source.refused.is_none()) =>
        {
            Some(Seen::Reviews)
        }
        Told::Audit { refused: None, .. } | Told::Activations { refused: None, .. } => Some(Seen::Log),
        _ => None,
    }
}

/// Reads what the window says until its output ends, no faster than somebody clicks.
async fn read(mut output: BufReader<Output>, says: mpsc::Sender<ManageUp>, clock: Clock) -> io::Result<()> {
    let mut pace = Pace::default();
    while let Some(line) = read_line(&mut output, pipe::LONGEST_QUESTION).await? {
        tokio::time::sleep(pace.wait(clock.elapsed())).await;
        match serde_json::from_slice(&line) {
            Ok(message) => {
                if says.send(message).await.is_err() {
                    break;
                }
            }
            Err(error) => tracing::warn!(%error, "the manage window said something this version does not know"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use pim::view::{Answered, Outcome};

    use super::*;

    fn answered(refused: bool) -> Answered {
        Answered {
            kind: Kind::DirectoryRole,
            refused: refused.then(busy),
            partial: None,
            consent: None,
            allowable: false,
        }
    }

    #[test]
    fn the_watch_hears_of_what_was_shown_and_of_nothing_that_was_not() {
        let approvals = |refused| Told::Approvals { sources: vec![answered(refused)], rows: Vec::new() };
        let nothing = vec![(Kind::DirectoryRole, Vec::new())];
        assert_eq!(seen(false, &approvals(false)), Some(Seen::Approvals(nothing)));
        let unknown = Some(Seen::Approvals(Vec::new()));
        assert_eq!(seen(false, &approvals(true)), unknown, "what was refused says nothing about what waits");
        let reviews = |refused| Told::Reviews { sources: vec![answered(refused)], rows: Vec::new() };
        assert_eq!(seen(false, &reviews(false)), Some(Seen::Reviews));
        assert_eq!(seen(false, &reviews(true)), None);
        let outcomes = || Told::Outcomes { outcomes: Vec::<Outcome>::new() };
        assert_eq!(seen(true, &outcomes()), Some(Seen::Decided));
        assert_eq!(seen(false, &outcomes()), None, "something else was done");
        assert_eq!(seen(true, &Told::Failed { problem: busy() }), None);
    }
}

//! The Manage window: a process of its own, started when somebody opens it and gone when it is closed. It asks, and is
//! answered with the session of the account at whose desk it asked.

use std::{collections::HashMap, io, sync::Arc};

use pim::{
    agent::Handle,
    clock::Clock,
    manage::Counter,
    problem::{Problem, Remedy},
    view::{Account, Ask, Desk, Section, Session, Told, View},
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

/// Said where the window ended, and nobody had closed it.
const ENDED: &str = "The Manage window has ended by itself. Open it anew from the icon's menu; the log says more.";

/// The Manage window, open or not.
#[derive(Debug)]
pub struct Manage {
    agent: Handle,
    clock: Clock,
    raise: Option<mpsc::UnboundedSender<()>>,
    failed: mpsc::UnboundedSender<String>,
}

impl Manage {
    /// Closed. Why it could not be opened comes out of `failed`.
    pub fn new(agent: Handle, clock: Clock, failed: mpsc::UnboundedSender<String>) -> Self {
        Self { agent, clock, raise: None, failed }
    }

    /// Opens it with this part; one that is open is put in front as it is.
    pub fn show(&mut self, section: Section) {
        if self.raise.as_ref().is_some_and(|raise| raise.send(()).is_ok()) {
            return;
        }
        match process::spawn(&[pipe::MANAGE]) {
            Ok((mut child, input, output)) => {
                tracing::info!(pid = child.id(), "manage window started");
                let (raise, raised) = mpsc::unbounded_channel();
                self.raise = Some(raise);
                let (agent, clock, failed) = (self.agent.clone(), self.clock.clone(), self.failed.clone());
                tokio::spawn(async move {
                    let desk = Desk { now: clock.now(), account: None, section, serial: 1 };
                    let told = Conversation { agent, clock, desk, counters: Counters::default() }
                        .hold(input, output, raised)
                        .await;
                    // Its input has ended, and so it ends; one that hangs does not.
                    let well = process::end(&mut child).await;
                    tracing::info!("manage window ended");
                    let failure = match told {
                        Ok(failure) => failure.or((!well).then(|| ENDED.to_owned())),
                        Err(error) => Some(format!("{ENDED} ({error})")),
                    };
                    if let Some(failure) = failure {
                        let _ = failed.send(failure);
                    }
                });
            }
            Err(error) => {
                let _ = self.failed.send(format!("The window could not be opened: {error}"));
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

/// What the window asks and is told, from its start to its end.
struct Conversation {
    agent: Handle,
    clock: Clock,
    desk: Desk,
    counters: Counters,
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
        mut raised: mpsc::UnboundedReceiver<()>,
    ) -> io::Result<Option<String>> {
        let mut views = self.agent.views();
        self.desk.account = account(&views.borrow_and_update());
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
                    Some(()) => pipe::line(&ManageDown::Show),
                },
                changed = views.changed() => {
                    if changed.is_err() {
                        return Ok(None);
                    }
                    let now = account(&views.borrow_and_update());
                    if now == self.desk.account {
                        continue;
                    }
                    self.desk.account = now;
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
                        tokio::spawn(async move {
                            let told = Box::new(answer(&agent, &counters, &account, ask).await);
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
        message: "Too much was asked at once. Nothing was sent: try again in a moment.".into(),
        remedy: Remedy::Refresh,
        correlation_id: None,
        detail: None,
    }
}

/// With the session of the account at whose desk it was asked, whichever is the current one by now.
async fn answer(agent: &Handle, counters: &Counters, account: &str, ask: Ask) -> Told {
    match agent.office_of(account).await {
        Ok(office) => counters.of(account).await.lock().await.answer(&office, ask).await,
        Err(problem) => Told::Failed { problem },
    }
}

/// Reads what the window says until its output ends, no faster than somebody clicks.
async fn read(mut output: BufReader<Output>, says: mpsc::Sender<ManageUp>, clock: Clock) -> io::Result<()> {
    let mut pace = Pace::default();
    while let Some(line) = read_line(&mut output).await? {
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

//! The Manage window: a process of its own, started when somebody opens it and gone when it is closed. It asks, and is
//! answered with the current account's session.

use std::{io, sync::Arc};

use pim::{
    agent::Handle,
    clock::Clock,
    manage::Counter,
    view::{Account, Ask, Desk, Section, Session, Told, View},
};
use tokio::{
    io::{AsyncWriteExt, BufReader},
    sync::{Mutex, mpsc},
};

use super::{
    process::{self, read_line},
    wire::{Input, Output},
};
use crate::pipe::{self, ManageDown, ManageUp};

/// Questions that are dealt with at once; more wait in the pipe.
const MOST_QUESTIONS: usize = 8;

/// The Manage window, open or not.
#[derive(Debug)]
pub struct Manage {
    agent: Handle,
    clock: Clock,
    orders: Option<mpsc::UnboundedSender<Section>>,
    failed: mpsc::UnboundedSender<String>,
}

impl Manage {
    /// Closed. Why it could not be opened comes out of `failed`.
    pub fn new(agent: Handle, clock: Clock, failed: mpsc::UnboundedSender<String>) -> Self {
        Self { agent, clock, orders: None, failed }
    }

    /// Shows it, with this part.
    pub fn show(&mut self, section: Section) {
        if self.orders.as_ref().is_some_and(|orders| orders.send(section).is_ok()) {
            return;
        }
        match process::spawn(&[pipe::MANAGE]) {
            Ok((mut child, input, output)) => {
                tracing::info!(pid = child.id(), "manage window started");
                let (orders, ordered) = mpsc::unbounded_channel();
                let _ = orders.send(section);
                self.orders = Some(orders);
                let (agent, clock, failed) = (self.agent.clone(), self.clock.clone(), self.failed.clone());
                tokio::spawn(async move {
                    if let Err(error) = serve(input, output, ordered, agent, clock, failed).await {
                        tracing::warn!(%error, "the manage window's pipe");
                    }
                    // Its input has ended, and so it ends; one that hangs does not.
                    process::end(&mut child).await;
                    tracing::info!("manage window ended");
                });
            }
            Err(error) => {
                let _ = self.failed.send(format!("The window could not be opened: {error}"));
            }
        }
    }

    /// Closes it.
    pub fn end(&mut self) {
        self.orders = None;
    }
}

/// Whose desk it is.
fn account(view: &View) -> Option<Account> {
    match &view.session {
        Session::SignedIn { account } => Some(account.clone()),
        _ => None,
    }
}

/// Answers until somebody closes the window, or its process ends.
async fn serve(
    mut input: Input,
    output: Output,
    mut orders: mpsc::UnboundedReceiver<Section>,
    agent: Handle,
    clock: Clock,
    failed: mpsc::UnboundedSender<String>,
) -> io::Result<()> {
    let mut views = agent.views();
    let mut desk = Desk { now: clock.now(), account: None, section: Section::default(), serial: 0 };
    let counter = Arc::new(Mutex::new(Counter::default()));
    let (answers, mut answered) = mpsc::channel::<ManageDown>(MOST_QUESTIONS);
    let (says, mut said) = mpsc::channel(MOST_QUESTIONS);
    let reading = tokio::spawn(read(BufReader::new(output), says));
    let outcome = loop {
        let line = tokio::select! {
            section = orders.recv() => {
                let Some(section) = section else { break Ok(()) };
                (desk.section, desk.serial) = (section, desk.serial + 1);
                desk.account = account(&views.borrow_and_update());
                let mut lines = told(&mut desk, &clock);
                lines.extend(pipe::line(&ManageDown::Show));
                lines
            }
            changed = views.changed() => {
                let now = account(&views.borrow_and_update());
                if changed.is_err() {
                    break Ok(());
                }
                if now == desk.account {
                    continue;
                }
                // What was told to one account is nobody else's.
                *counter.lock().await = Counter::default();
                desk.account = now;
                told(&mut desk, &clock)
            }
            () = clock.changed() => told(&mut desk, &clock),
            Some(answer) = answered.recv() => pipe::line(&answer),
            message = said.recv() => match message {
                None => break Ok(()),
                Some(ManageUp::Failed { message }) => {
                    let _ = failed.send(message);
                    break Ok(());
                }
                Some(ManageUp::Ask { serial, ask }) => {
                    let (agent, counter, answers) = (agent.clone(), counter.clone(), answers.clone());
                    tokio::spawn(async move {
                        let told = Box::new(answer(&agent, &counter, ask).await);
                        let _ = answers.send(ManageDown::Told { serial, told }).await;
                    });
                    continue;
                }
            },
        };
        if let Err(error) = input.write_all(&line).await {
            break Err(error);
        }
    };
    reading.abort();
    outcome
}

fn told(desk: &mut Desk, clock: &Clock) -> Vec<u8> {
    desk.now = clock.now();
    pipe::line(&ManageDown::Desk { desk: Box::new(desk.clone()) })
}

async fn answer(agent: &Handle, counter: &Mutex<Counter>, ask: Ask) -> Told {
    match agent.office().await {
        Ok(office) => counter.lock().await.answer(&office, ask).await,
        Err(problem) => Told::Failed { problem },
    }
}

/// Reads what the window says until its output ends.
async fn read(mut output: BufReader<Output>, says: mpsc::Sender<ManageUp>) -> io::Result<()> {
    while let Some(line) = read_line(&mut output).await? {
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

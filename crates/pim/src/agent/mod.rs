//! The asynchronous shell round the state machines. Each account has an agent that owns its session and runs its machine's
//! effects; they live in one house (`house`), which has one channel of commands in, one of views and one of notifications
//! out.

mod arriving;
mod disk;
mod effects;
mod house;
mod keep;
mod lifecycle;
mod looking;
mod messages;
mod perform;
mod run;
mod session;
mod show;
mod tenants;

use std::{fmt, sync::Arc, time::Duration};

use chrono::NaiveDate;
use tokio::sync::{mpsc, oneshot, watch};

use self::house::House;
use crate::{
    auth::Browser,
    clock::Clock,
    cloud::Cloud,
    codes,
    manage::Office,
    paths::Paths,
    problem::Problem,
    secrets::SecretStore,
    view::{Command, View},
    words::Language,
};

pub use crate::elevation::{ByItself, Notification, NotificationAction, Notify};

/// How long the journal of another process is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whoever waits for a session to work with.
type Lent = oneshot::Sender<Result<Office, Problem>>;

/// The same, and whose session it must be; `None`: the current account's.
type Lending = (Option<String>, Lent);

/// What is asked of the house beside commands.
#[derive(Debug)]
enum Asked {
    Lend(Lending),
    ByItself(String, ByItself),
    Keep(String, NaiveDate),
}

type Starting = std::pin::Pin<Box<dyn Future<Output = Result<Cloud, Problem>> + Send>>;

/// Starts, or finds, the demo tenant when somebody wants to sign in to it.
#[derive(Clone)]
pub struct Demo(Arc<dyn Fn() -> Starting + Send + Sync>);

impl Demo {
    /// A tenant that `start` brings up. Called for every sign-in to the demo tenant and when an earlier one is restored:
    /// it should start the tenant once and then return the same endpoints.
    pub fn new<F, R>(start: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Cloud, Problem>> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(start())))
    }

    fn start(&self) -> Starting {
        (self.0)()
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Demo")
    }
}

/// What the agent is built from.
pub struct Setup {
    /// Where files are.
    pub paths: Paths,
    /// Where refresh tokens are kept.
    pub secrets: Arc<dyn SecretStore>,
    /// How a browser is opened for a sign-in.
    pub browser: Browser,
    /// The demo tenant.
    pub demo: Demo,
    /// The clock.
    pub clock: Clock,
    /// The system's language, where people are spoken to in theirs: the settings may name another one. `None`: it stays English.
    pub language: Option<Language>,
}

/// The running agents of all accounts. Cheap to clone; they end when [`Handle::shutdown`] is called or the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Handle {
    commands: mpsc::UnboundedSender<Command>,
    asks: mpsc::UnboundedSender<Asked>,
    views: watch::Receiver<Arc<View>>,
    stop: watch::Sender<bool>,
}

impl Handle {
    /// Asks for something. Never blocks; what comes of it is seen in the views.
    pub fn send(&self, command: Command) {
        // After the shutdown nobody is left to ask.
        let _ = self.commands.send(command);
    }

    /// The latest view, and every one after it.
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.views.clone()
    }

    /// The latest view.
    pub fn view(&self) -> Arc<View> {
        self.views.borrow().clone()
    }

    /// The current account's session, for an administrator's work. Waits until the keyring has answered.
    ///
    /// # Errors
    /// Nobody is signed in, or the session is over.
    pub async fn office(&self) -> Result<Office, Problem> {
        self.lent(None).await
    }

    /// The session of this account ([`crate::view::Account::id`]), whichever is the current one.
    ///
    /// # Errors
    /// It is signed in no more, or its session is over.
    pub async fn office_of(&self, account: &str) -> Result<Office, Problem> {
        self.lent(Some(account.to_owned())).await
    }

    async fn lent(&self, account: Option<String>) -> Result<Office, Problem> {
        let (lend, lent) = oneshot::channel();
        let _ = self.asks.send(Asked::Lend((account, lend)));
        // Whoever drops the question has nobody to lend it to.
        lent.await.unwrap_or_else(|_| Err(codes::ours(codes::SIGNED_OUT, None)))
    }

    /// Has something done for an account ([`crate::view::Account::id`]) that nobody has clicked for.
    pub fn by_itself(&self, account: &str, deed: ByItself) {
        // After the shutdown nothing is done any more.
        let _ = self.asks.send(Asked::ByItself(account.to_owned(), deed));
    }

    /// For an account, what is active and what is armed stays so at the end of this day on the wall.
    pub fn keep(&self, account: &str, day: NaiveDate) {
        let _ = self.asks.send(Asked::Keep(account.to_owned(), day));
    }

    /// Ends all agents: what was written stays, what is in flight is looked up at the next start. Returns when the last
    /// file is closed.
    pub async fn shutdown(&self) {
        self.stop.send_replace(true);
        let mut views = self.views.clone();
        // The house owns the sender: it is gone when the house is.
        while views.changed().await.is_ok() {}
    }
}

/// Starts the agents on the current Tokio runtime: the handle, and the notifications to show.
///
/// The view of the last run is there when this returns, read from the disk; no server has been asked for anything yet.
/// Accounts beside the current one are read after that.
pub fn start(setup: Setup) -> (Handle, mpsc::UnboundedReceiver<Notification>) {
    let (commands, inbox) = mpsc::unbounded_channel();
    let (notifications, told) = mpsc::unbounded_channel();
    let stop = watch::Sender::new(false);
    let (house, views) = House::new(setup, notifications, stop.subscribe());
    let (asks, asked) = mpsc::unbounded_channel();
    tokio::spawn(house.run(inbox, asked));
    (Handle { commands, asks, views, stop }, told)
}

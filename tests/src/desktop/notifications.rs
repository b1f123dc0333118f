//! Notification servers: one of ours that records every call and can press buttons, and Xfce's, which draws.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use zbus::{Connection, connection::Builder};

use super::{Desktop, recorder::Server};
use crate::{process::Process, wait};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// Why a notification went away, in the specification's numbers: by the person.
const DISMISSED: u32 = 2;

/// A notification as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The number that the server gave it.
    pub id: u32,
    /// The first line.
    pub title: String,
    /// The text.
    pub body: String,
    /// Keys and labels of its buttons, in order.
    pub actions: Vec<(String, String)>,
    /// The `urgency` hint: 0 low, 1 normal, 2 critical.
    pub urgency: u8,
    /// The application withdrew it.
    pub withdrawn: bool,
}

pub(super) type Notices = Arc<Mutex<Vec<Notice>>>;

/// The recording server.
#[derive(Debug)]
pub struct Recorder {
    notices: Notices,
    connection: Connection,
}

impl Recorder {
    pub(super) async fn start(address: &str) -> Result<Self> {
        let notices = Notices::default();
        let server = Server { notices: Arc::clone(&notices) };
        let connection = Builder::address(address)?.name(NAME)?.serve_at(PATH, server)?.build().await?;
        Ok(Self { notices, connection })
    }

    /// Everything that was shown so far, oldest first; a replaced notification appears once, as it is now.
    pub fn all(&self) -> Vec<Notice> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The server's own connection to the bus: what is said on it comes from the server.
    pub fn bus(&self) -> &Connection {
        &self.connection
    }

    /// Waits for one whose title or body contains the words.
    pub async fn with(&self, words: &str) -> Result<Notice> {
        let found =
            async || Ok(self.all().into_iter().find(|one| one.title.contains(words) || one.body.contains(words)));
        let seen = wait::until(&format!("a notification with \"{words}\""), wait::LONG, found).await;
        seen.with_context(|| format!("shown were: {:?}", self.all()))
    }

    /// Presses the button with this label.
    pub async fn press(&self, notice: &Notice, label: &str) -> Result<()> {
        let key = notice.actions.iter().find(|(_, of)| of == label).map(|(key, _)| key);
        let key = key.with_context(|| format!("no button \"{label}\" on {notice:?}"))?;
        let emitter = self.connection.object_server().interface::<_, Server>(PATH).await?;
        Server::action_invoked(emitter.signal_emitter(), notice.id, key).await?;
        Ok(Server::notification_closed(emitter.signal_emitter(), notice.id, DISMISSED).await?)
    }
}

impl Desktop {
    /// Starts Xfce's server. It lies outside PATH, where the bus finds it by the name of its service.
    pub(super) async fn start_notifyd(&mut self) -> Result<()> {
        let file = "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service";
        let service = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
        let line = service.lines().find_map(|line| line.strip_prefix("Exec=")).context("no Exec line")?;
        ensure!(!line.contains(' '), "unexpected arguments in {line}");
        let server = Process::start("notifyd", &mut self.command(line), self.home())?;
        self.keep(server);
        self.name(NAME).await
    }
}

//! Notification servers: one of ours that records every call and can press buttons, and Xfce's, which draws.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use zbus::{Connection, connection::Builder, zvariant::Value};

use super::{Desktop, display::run, recorder::Server};
use crate::{process::Process, wait};

pub(super) const NAME: &str = "org.freedesktop.Notifications";
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
    async fn start(address: &str, buttons: bool) -> Result<Self> {
        let notices = Notices::default();
        let server = Server { notices: Arc::clone(&notices), buttons };
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

    /// Presses it until something has come of it: whoever shows a notification needs a moment before it listens, and a person
    /// is never that quick.
    pub async fn press_until(
        &self,
        notice: &Notice,
        label: &str,
        mut done: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        let pressed = async || {
            self.press(notice, label).await?;
            done().await
        };
        wait::until_true(&format!("something to come of \"{label}\""), wait::LONG, pressed).await
    }
}

/// How much a notification may disturb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Not at all.
    Low = 0,
    /// Always.
    Critical = 2,
}

impl Desktop {
    /// Shows a notification as another program would; returns its number.
    pub async fn notify(&self, title: &str, urgency: Urgency) -> Result<u32> {
        let hints = HashMap::from([("urgency", Value::from(urgency as u8))]);
        let call = ("other", 0u32, "", title, "", Vec::<&str>::new(), hints, 0i32);
        let reply = self.bus().call_method(Some(NAME), PATH, Some(NAME), "Notify", &call).await?;
        Ok(reply.body().deserialize()?)
    }

    /// Tells Xfce's server to show nothing that may wait, or everything again.
    pub fn do_not_disturb(&self, on: bool) -> Result<()> {
        let mut set = self.command("xfconf-query");
        set.args([
            "-c",
            "xfce4-notifyd",
            "-p",
            "/do-not-disturb",
            "-n",
            "-t",
            "bool",
            "-s",
            if on { "true" } else { "false" },
        ]);
        run(&mut set)
    }

    /// Starts the recording server, with buttons or without.
    pub async fn start_recorder(&mut self, buttons: bool) -> Result<()> {
        self.recorder = Some(Recorder::start(&self.session.address, buttons).await?);
        Ok(())
    }

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

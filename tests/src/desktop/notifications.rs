//! Notification servers: one of ours that records every call and can press buttons, and Xfce's, which draws.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use zbus::{Connection, connection::Builder, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use super::Desktop;
use crate::{process::Process, wait};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// Why a notification went away, in the numbers of the specification.
const DISMISSED: u32 = 2;
const CLOSED: u32 = 3;

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

type Notices = Arc<Mutex<Vec<Notice>>>;

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

struct Server {
    notices: Notices,
}

impl Server {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Notice>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        _application: &str,
        replaces: u32,
        _icon: &str,
        title: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut notices = self.lock();
        let next = notices.iter().map(|one| one.id).max().unwrap_or(0) + 1;
        let id = if replaces == 0 { next } else { replaces };
        let notice = Notice {
            id,
            title: title.into(),
            body: body.into(),
            actions: actions.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect(),
            urgency: hints.get("urgency").and_then(|value| u8::try_from(value).ok()).unwrap_or(1),
            withdrawn: false,
        };
        match notices.iter_mut().find(|one| one.id == id) {
            Some(old) => *old = notice,
            None => notices.push(notice),
        }
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        if let Some(notice) = self.lock().iter_mut().find(|one| one.id == id) {
            notice.withdrawn = true;
        }
        Ok(Self::notification_closed(&emitter, id, CLOSED).await?)
    }

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["body", "actions", "persistence"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("recorder", "Pimento's tests", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
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

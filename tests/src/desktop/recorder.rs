//! The recording notification server as D-Bus sees it.

use std::{
    collections::HashMap,
    sync::{MutexGuard, PoisonError},
};

use zbus::{interface, object_server::SignalEmitter, zvariant::OwnedValue};

use super::notifications::{Notice, Notices};

/// Why a notification went away, in the specification's numbers: by the application.
const CLOSED: u32 = 3;

/// Keeps what it is asked to show.
pub(super) struct Server {
    pub(super) notices: Notices,
    /// It has buttons.
    pub(super) buttons: bool,
}

impl Server {
    fn lock(&self) -> MutexGuard<'_, Vec<Notice>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::unused_self,
    reason = "the shape of the methods is the specification's"
)]
#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn notify(
        &self,
        application: &str,
        replaces: u32,
        icon: &str,
        title: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        timeout: i32,
    ) -> u32 {
        // The specification's, without a meaning here.
        let _ = (application, icon, timeout);
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
        if self.buttons { vec!["body", "actions", "persistence"] } else { vec!["body"] }
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("recorder", "Pimento's tests", "1", "1.2")
    }

    #[zbus(signal)]
    pub(super) async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    pub(super) async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

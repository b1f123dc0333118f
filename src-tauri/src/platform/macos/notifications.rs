//! macOS: notifications under our bundle's name, as far as the interface for them goes without unsafe code: they cannot be
//! taken back, and a newer one does not replace an older one. Their buttons are heard for as long as they hang in the
//! notification centre.

use std::sync::Arc;

use notify_rust::{Notification, NotificationResponse};
use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    platform::buttons::{button, chosen, clicked},
    registration::APP_ID,
    tray::Barred,
};

/// Each notification whose button is waited for holds a thread, for as long as nobody answers: over weeks, this many and no more.
/// What comes after them is shown, and a click on it opens nothing.
const MOST_WAITED_FOR: usize = 16;

/// Shows notifications.
pub struct Notifications {
    choices: UnboundedSender<NotificationAction>,
    /// Held by each that is waited for.
    waited_for: Arc<()>,
}

impl Notifications {
    /// Says who we are. The system knows us by our bundle: a program beside it shows notifications under the terminal's name.
    pub fn new(choices: UnboundedSender<NotificationAction>) -> Self {
        if let Err(error) = notify_rust::set_application(APP_ID) {
            tracing::warn!(%error, "notifications do not carry Pimento's name: the system does not know its bundle");
        }
        Self { choices, waited_for: Arc::new(()) }
    }

    /// Whether anybody sees them is nothing that the system tells a program without unsafe code.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same face as on Linux")]
    pub fn look(&self) -> Result<(), Barred> {
        Ok(())
    }

    /// Shows one.
    #[expect(clippy::unnecessary_wraps, reason = "the same face as on Linux")]
    pub fn show(&mut self, notify: &Notify) -> Result<(), Barred> {
        let mut notification = Notification::new();
        notification.appname("Pimento").summary(&notify.title).body(&notify.body);
        // A click opens Pimento, and the system has a button of its own to close: one that is left stands there by itself,
        // where several would hide in a menu.
        let spare = [NotificationAction::Open, NotificationAction::Dismiss];
        for (name, label) in notify.actions.iter().filter(|action| !spare.contains(action)).map(button) {
            notification.action(name, &label);
        }
        let waits = (Arc::strong_count(&self.waited_for) <= MOST_WAITED_FOR).then(|| self.waited_for.clone());
        let (choices, notify) = (self.choices.clone(), notify.clone());
        // Showing one waits for the person who answers it.
        let show = move || {
            let respond = |response: &NotificationResponse| {
                let choice = match response {
                    NotificationResponse::Default => Some(clicked(&notify)),
                    NotificationResponse::Action(name) => chosen(&notify, name),
                    _ => None,
                };
                if let Some(action) = choice {
                    let _ = choices.send(action);
                }
            };
            let waited = notification.show().and_then(|handle| match waits {
                Some(_held) => handle.wait_for_response(respond),
                None => Ok(()),
            });
            if let Err(error) = waited {
                tracing::warn!(%error, "a notification could not be shown");
            }
        };
        if let Err(error) = std::thread::Builder::new().name("notification".into()).spawn(show) {
            tracing::warn!(%error, "a notification could not be shown");
        }
        Ok(())
    }

    /// The system knows no way to take one back.
    #[expect(clippy::unused_self, reason = "the same face as on Linux")]
    pub fn withdraw(&mut self, tag: &str) {
        tracing::debug!(tag, "a notification stays, though it is stale");
    }
}

//! macOS: notifications under our bundle's name, as far as the interface for them goes without unsafe code: they cannot be
//! taken back, and a newer one does not replace an older one. Their buttons are heard for as long as they hang in the
//! notification centre.

use notify_rust::{Notification, NotificationResponse};
use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    platform::buttons::{button, chosen, clicked},
    registration::APP_ID,
};

/// Shows notifications.
pub struct Notifications {
    choices: UnboundedSender<NotificationAction>,
}

impl Notifications {
    /// Says who we are. The system knows us by our bundle: a program beside it shows notifications under the terminal's name.
    pub fn new(choices: UnboundedSender<NotificationAction>) -> Self {
        if let Err(error) = notify_rust::set_application(APP_ID) {
            tracing::warn!(%error, "notifications do not carry Pimento's name: the system does not know its bundle");
        }
        Self { choices }
    }

    /// Shows one.
    pub fn show(&mut self, notify: &Notify) {
        let mut notification = Notification::new();
        notification.appname("Pimento").summary(&notify.title).body(&notify.body);
        // A click opens Pimento, and the system has a button of its own to close: one that is left stands there by itself,
        // where several would hide in a menu.
        let spare = [NotificationAction::Open, NotificationAction::Dismiss];
        for (name, label) in notify.actions.iter().filter(|action| !spare.contains(action)).map(button) {
            notification.action(name, label);
        }
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
            let waited = notification.show().and_then(|handle| handle.wait_for_response(respond));
            if let Err(error) = waited {
                tracing::warn!(%error, "a notification could not be shown");
            }
        };
        if let Err(error) = std::thread::Builder::new().name("notification".into()).spawn(show) {
            tracing::warn!(%error, "a notification could not be shown");
        }
    }

    /// The system knows no way to take one back.
    #[expect(clippy::unused_self, reason = "the same face as on Linux")]
    pub fn withdraw(&mut self, tag: &str) {
        tracing::debug!(tag, "a notification stays, though it is stale");
    }
}

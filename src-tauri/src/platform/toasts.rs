//! Notifications on Windows and macOS, as far as the system's interface for unpackaged applications goes: they cannot be
//! taken back, and a newer one does not replace an older one.

use notify_rust::{Notification, NotificationResponse};
use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;

/// Shows notifications.
pub struct Notifications {
    choices: UnboundedSender<NotificationAction>,
}

impl Notifications {
    /// Nothing is asked of the system before there is something to show.
    pub fn new(choices: UnboundedSender<NotificationAction>) -> Self {
        Self { choices }
    }

    /// Shows one.
    pub fn show(&mut self, notify: &Notify) {
        let mut notification = Notification::new();
        notification.appname("Pimento").summary(&notify.title).body(&notify.body);
        for (number, action) in notify.actions.iter().enumerate() {
            let label = match action {
                NotificationAction::Reactivate { .. } => "Re-activate",
                NotificationAction::Open => "Open Pimento",
                NotificationAction::Dismiss => "Dismiss",
            };
            notification.action(&number.to_string(), label);
        }
        let (choices, actions) = (self.choices.clone(), notify.actions.clone());
        // Showing one can wait for the person who answers it.
        let show = move || {
            let respond = |response: &NotificationResponse| {
                let choice = match response {
                    NotificationResponse::Default => Some(NotificationAction::Open),
                    NotificationResponse::Action(key) => {
                        key.parse::<usize>().ok().and_then(|n| actions.get(n)).cloned()
                    }
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

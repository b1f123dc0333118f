//! Notifications over D-Bus.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use notify_rust::{Hint, Notification, NotificationResponse, Timeout, Urgency};
use pim::agent::{NotificationAction, Notify};
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    platform::{
        buttons::{button, chosen, clicked},
        icon_file,
    },
    registration::APP_ID,
    tray::Barred,
};

/// The key of a click on the notification itself.
const DEFAULT: &str = "default";

/// Those on the screen.
pub struct Notifications {
    choices: UnboundedSender<NotificationAction>,
    /// The server's ids by our tags. An entry goes when its notification is closed.
    shown: Arc<Mutex<HashMap<String, Shown>>>,
    /// Notifications shown so far.
    count: u64,
}

#[derive(Clone, Copy, PartialEq)]
struct Shown {
    id: u32,
    /// A replaced notification keeps its id: only the newest listens.
    serial: u64,
}

impl Notifications {
    /// Nothing is asked of the server before there is something to show.
    pub fn new(choices: UnboundedSender<NotificationAction>) -> Self {
        Self { choices, shown: Arc::default(), count: 0 }
    }

    /// Shows one; it replaces the one with the same tag.
    pub fn show(&mut self, notify: &Notify) -> Result<(), Barred> {
        let capabilities = notify_rust::get_capabilities().unwrap_or_default();
        let can = |what: &str| capabilities.iter().any(|capability| capability == what);
        let mut notification = Notification::new();
        let body = if can("body-markup") { super::icon::escape(&notify.body) } else { notify.body.clone() };
        notification.appname("Pimento").summary(&notify.title).body(&body);
        // A name would only be known where Pimento is installed.
        if let Some(icon) = icon_file().and_then(Path::to_str) {
            notification.icon(icon);
        }
        notification.urgency(Urgency::Normal).hint(Hint::DesktopEntry(APP_ID.into()));
        if can("actions") && !notify.actions.is_empty() {
            for (key, label) in buttons(notify) {
                notification.action(key, &label);
            }
            // It waits for its buttons; it is withdrawn when it says nothing true any more.
            notification.timeout(Timeout::Never);
        }
        if let Some(shown) = self.lock().get(&notify.tag) {
            notification.id(shown.id);
        }
        match notification.show() {
            Ok(handle) => {
                self.listen(handle, notify);
                Ok(())
            }
            Err(error) => {
                tracing::warn!(%error, "a notification could not be shown");
                self.look().and(Err(Barred::Failed(error.to_string())))
            }
        }
    }

    /// Whether there is somebody who shows them, and takes them from us.
    #[expect(clippy::unused_self, reason = "the same face as elsewhere")]
    pub fn look(&self) -> Result<(), Barred> {
        call("GetServerInformation", &()).map_err(|error| match &error {
            zbus::Error::MethodError(name, _, _) => barred(name, &error),
            _ => Barred::Failed(error.to_string()),
        })
    }

    /// Takes one back.
    pub fn withdraw(&mut self, tag: &str) {
        let Some(shown) = self.lock().remove(tag) else { return };
        if let Err(error) = close(shown.id) {
            tracing::debug!(%error, "a notification could not be withdrawn");
        }
    }

    /// Waits for a button on a thread of its own, which ends when the notification is closed.
    fn listen(&mut self, handle: notify_rust::NotificationHandle, notify: &Notify) {
        self.count += 1;
        let mine = Shown { id: handle.id(), serial: self.count };
        self.lock().insert(notify.tag.clone(), mine);
        let (shown, choices, notify) = (self.shown.clone(), self.choices.clone(), notify.clone());
        let wait = move || {
            let mut chosen = None;
            let waited = handle.wait_for_response(|response: &NotificationResponse| chosen = choice(&notify, response));
            if let Err(error) = waited {
                tracing::warn!(%error, "the buttons of a notification do nothing");
            }
            let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            if shown.get(&notify.tag) != Some(&mine) {
                // Replaced or withdrawn meanwhile: what was chosen on it is no longer meant.
                return;
            }
            shown.remove(&notify.tag);
            drop(shown);
            if let Some(action) = chosen {
                let _ = choices.send(action);
                // Servers that keep a notification after a button was pressed are told.
                let _ = close(mine.id);
            }
        };
        if let Err(error) = std::thread::Builder::new().name("notification".into()).spawn(wait) {
            tracing::warn!(%error, "the buttons of a notification do nothing");
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What goes over the bus: the click on the notification itself, then the buttons. Some servers draw the first one as a
/// button too, so none that says the same stands beside it.
fn buttons(notify: &Notify) -> Vec<(&'static str, String)> {
    let click = clicked(notify);
    let others = notify.actions.iter().filter(|action| **action != click).map(button);
    std::iter::once((DEFAULT, button(&click).1)).chain(others).collect()
}

/// What a button, or a click on the notification itself, asks for.
fn choice(notify: &Notify, response: &NotificationResponse) -> Option<NotificationAction> {
    match response {
        NotificationResponse::Default => Some(clicked(notify)),
        NotificationResponse::Action(key) => chosen(notify, key),
        _ => None,
    }
}

fn close(id: u32) -> zbus::Result<()> {
    call("CloseNotification", &(id,))
}

/// Calls the server, whatever it answers.
fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(method: &str, arguments: &B) -> zbus::Result<()> {
    const SERVER: &str = "org.freedesktop.Notifications";
    let bus = zbus::blocking::Connection::session()?;
    bus.call_method(Some(SERVER), "/org/freedesktop/Notifications", Some(SERVER), method, arguments)?;
    Ok(())
}

/// What an error of the bus means.
fn barred(name: &str, error: &zbus::Error) -> Barred {
    match name.strip_prefix("org.freedesktop.DBus.Error.") {
        Some("ServiceUnknown" | "NameHasNoOwner") => Barred::NobodyShows,
        // As a sandbox or the bus's own policy says.
        Some("AccessDenied" | "AuthFailed") => Barred::Forbidden,
        _ => Barred::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_buttons_say_the_same() {
        let reactivate = || NotificationAction::Reactivate { account: None, id: "x".into() };
        for actions in [
            vec![NotificationAction::Open, NotificationAction::Dismiss],
            vec![reactivate(), NotificationAction::Dismiss],
            vec![reactivate(), NotificationAction::Open, NotificationAction::Dismiss],
        ] {
            let notify =
                Notify { tag: String::new(), title: String::new(), body: String::new(), actions, pressing: false };
            let buttons = buttons(&notify);
            assert_eq!(buttons[0], (DEFAULT, "Open Pimento".to_owned()));
            let labels: std::collections::BTreeSet<_> = buttons.iter().map(|(_, label)| label).collect();
            assert_eq!(labels.len(), buttons.len(), "{buttons:?}");
        }
    }

    #[test]
    fn a_click_on_the_notification_itself_opens_the_window() {
        let (title, body) = (String::new(), String::new());
        let notify =
            Notify { tag: "x".into(), title, body, actions: vec![NotificationAction::Dismiss], pressing: false };
        assert_eq!(choice(&notify, &NotificationResponse::Default), Some(NotificationAction::Open));
        let dismissed = choice(&notify, &NotificationResponse::Action("dismiss".into()));
        assert_eq!(dismissed, Some(NotificationAction::Dismiss));
    }
}

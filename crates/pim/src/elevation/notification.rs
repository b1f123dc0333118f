//! What to tell the user outside the window.

use crate::{model::RoleKey, view::Section};

/// A change to the notifications on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notification {
    /// Show one; it replaces the one with the same tag.
    Notify(Notify),
    /// Take one back: what it says is no longer so.
    Withdraw {
        /// Its tag.
        tag: String,
    },
}

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notify {
    /// Names it for replacing and withdrawing.
    pub tag: String,
    /// Headline.
    pub title: String,
    /// One or two sentences. May carry the reason and the tenant only where the settings allow it.
    pub body: String,
    /// Buttons, in order.
    pub actions: Vec<NotificationAction>,
}

/// A button. None of them elevates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotificationAction {
    /// "Re-activate": send `Command::OpenForm` with this role's key, as the account's (`Command::For`), and show the window.
    Reactivate {
        /// Whose role it is ([`crate::view::Account::id`]); the state machine, which has one account only, names none.
        account: Option<String>,
        /// The role's key ([`RoleKey::id`]).
        id: String,
    },
    /// Open the Manage window at this account's desk, with this part.
    Manage {
        /// Whose desk it is ([`crate::view::Account::id`]).
        account: String,
        /// Which part.
        section: Section,
        /// What is chosen there, where it is one thing.
        id: Option<String>,
    },
    /// Open the window.
    Open,
    /// Close the notification.
    Dismiss,
}

impl NotificationAction {
    pub(super) fn reactivate(key: &RoleKey) -> Self {
        Self::Reactivate { account: None, id: key.id() }
    }
}

//! What to tell the user outside the window.

use chrono::NaiveDate;

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
    /// It is told in quiet hours too: the user has to answer it, or waits for it.
    pub pressing: bool,
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
    /// "Activate…": send `Command::OpenForm`, or `Command::OpenBundle`, as the account's, and show the window.
    Activate {
        /// Whose it is ([`crate::view::Account::id`]).
        account: String,
        /// The role's key, or the bundle's name.
        id: String,
        /// It is a bundle's name.
        bundle: bool,
    },
    /// "Keep today": nothing is ended at the end of this day on the wall.
    Keep {
        /// The day that was announced: a button that still hangs there tomorrow keeps nothing.
        day: NaiveDate,
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

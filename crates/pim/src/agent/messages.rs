//! What the house, its agents and their tasks say to each other.

use std::{io, path::PathBuf, sync::Arc};

use chrono::NaiveDate;
use tokio::sync::mpsc;

use super::{Lent, looking::Looked, session::Open};
use crate::{
    auth::AccessToken,
    bundles::Bundle,
    elevation::{ByItself, CallId, Event, Notification},
    failure::Failure,
    model::{Eligibility, Kind, Tenant},
    problem::Problem,
    view::{Command, Settings, View},
};

/// What the house asks of an agent.
pub(super) enum Order {
    Command(Command),
    Settings(Box<Settings>),
    /// The organisation's bundles.
    Managed(Vec<Bundle>),
    /// The person has signed in to the account again.
    Adopt(Box<Open>),
    /// Another session of the same account was written to the keyring, and is wanted by nobody.
    Remember,
    /// Somebody wants to work with the session.
    Lend(Lent),
    /// Something is to be done that nobody has clicked for.
    ByItself(ByItself),
    /// Nothing is ended at the end of this day on the wall.
    Keep(NaiveDate),
    /// The account is to be forgotten.
    Leave,
}

impl Order {
    /// Is this for somebody whose keyring has answered?
    pub fn waits(&self) -> bool {
        !matches!(self, Self::Settings(_) | Self::Managed(_) | Self::Command(Command::DismissNotice { .. }))
    }
}

/// What an agent tells the house.
pub(super) enum Told {
    View(Arc<View>),
    Notification(Notification),
    /// Signed out here; the token may still be in the keyring.
    NotWiped(Problem),
}

/// How an agent tells the house; which one it is stands beside it.
#[derive(Clone)]
pub(super) struct Teller {
    pub seat: u64,
    pub to: mpsc::UnboundedSender<(u64, Told)>,
}

impl Teller {
    pub fn tell(&self, told: Told) {
        // Without a house there is nobody to show it to.
        let _ = self.to.send((self.seat, told));
    }
}

/// The end of a task.
pub(super) enum Done {
    Restored(Result<Option<Box<Open>>, Problem>),
    SteppedUp(CallId, Result<AccessToken, Problem>),
    Named(Option<String>),
    Allowed(Kind, Result<(), Problem>),
    Permitted(CallId, Result<(), Problem>),
    Tenants(Result<Vec<Tenant>, Failure>),
    Entered(Result<Box<Eligibility>, Failure>),
    /// With the reason, should the session have turned out to be over.
    Event(Box<Event>, Option<Problem>),
    Looked(Looked),
    /// Whether a role's access has arrived.
    Arrived(String, Result<Option<bool>, Failure>),
    /// A page was opened in the browser, or why not.
    Opened(Option<io::Error>),
    /// Bundles were written to a file.
    Exported(io::Result<PathBuf>),
}

impl Done {
    /// Does it change what is shown? Roles on the first pages of a list are shown with the rest.
    pub fn is_seen(&self) -> bool {
        !matches!(self, Self::Event(event, None) if matches!(**event, Event::Coming(..)))
    }
}

//! Policies: every rule of a role in words, what is different between two, and the file they travel in.
//!
//! Rules are kept as the service writes them. What this version understands is told in words and checked in a file; what it does
//! not is shown as such, compared all the same, and never changed by accident.

mod desk;
mod difference;
mod edit;
mod file;
mod words;

use crate::model::{RoleKey, RolePolicy};

pub use desk::Applied;
pub use difference::{Difference, differences};
pub use edit::{EditError, edited, settings};
pub use file::{Entry, FileError, read, write};
pub use words::{as_it_is, group, title, words};

/// A role's policy with the names that it is told by.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The role at its scope.
    pub key: RoleKey,
    /// The role's name.
    pub role: String,
    /// The scope's name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Its policy.
    pub policy: RolePolicy,
}

#[cfg(test)]
mod edit_tests;
#[cfg(test)]
mod tests;

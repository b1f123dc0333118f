//! What happens outside, and what is wanted by it.

use pim::{agent::NotificationAction, view::Command};

use super::{Action, Purpose, Report};
use crate::pipe::Place;

/// What happens outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// The icon was clicked.
    Clicked(Place),
    /// A line of the menu was chosen.
    Chosen(Action),
    /// Pimento was started once more.
    SecondStart,
    /// There is a tray (again), or none.
    Host(bool),
    /// A button of a notification.
    Notification(NotificationAction),
    /// Keys that work from anywhere were pressed, by a person or by a program.
    Pressed(Purpose),
    /// The screen was locked.
    Locked,
    /// What came of asking the system for keys.
    Shortcuts(Report),
    /// End.
    Quit,
}

/// Somebody wants to sign in.
pub(super) fn is_sign_in(command: &Command) -> bool {
    matches!(without_address(command), Command::SignIn | Command::SignInDemo)
}

/// What is wanted, whoever it is wanted of.
pub(super) fn without_address(command: &Command) -> &Command {
    match command {
        Command::For { command, .. } => without_address(command),
        command => command,
    }
}

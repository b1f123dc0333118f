//! The pipe between the process that holds the tokens and the one that runs HTML: one JSON line each.

use pim::view::{Ask, Command, Desk, Told, View};
use serde::{Deserialize, Serialize};

/// The longest line that comes up: a file of bundles, of a mebibyte at most, as a JSON string. Other commands are far shorter.
pub const LONGEST_UP: u64 = 4 * 1024 * 1024;

/// The longest question of the Manage window: a file of policies, which its page takes up to eight mebibytes of, some hundred
/// roles. As a JSON string that is half as long again; twice is room enough, and eight questions at once are no burden.
pub const LONGEST_QUESTION: u64 = 16 * 1024 * 1024;

/// The longest line that goes down: the view of thousands of roles.
pub const LONGEST_DOWN: u64 = 64 * 1024 * 1024;

/// The most that is kept of what a window was left with.
pub const MOST_LEFT: usize = 256 * 1024;

/// The argument that makes the window's program the Manage window.
pub const MANAGE: &str = "manage";

/// What the tray process tells the window's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Down {
    /// Everything there is to show.
    View {
        /// The view.
        view: Box<View>,
    },
    /// Show the window, in front and with the focus.
    Show {
        /// Where.
        place: Place,
        /// With this page instead of the one that it was left on.
        page: Option<Page>,
    },
    /// Hide it.
    Hide,
    /// Ask the page for a sign of life.
    Ping,
    /// What the window before this one was left with, before the first view.
    Left {
        /// As the page wrote it.
        state: String,
    },
    /// The report that was asked for.
    Diagnostics {
        /// Of the question.
        serial: u32,
        /// The report. No token is in it.
        text: String,
    },
}

/// What the tray process tells that of the Manage window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ManageDown {
    /// Whose desk it is now.
    Desk {
        /// The desk.
        desk: Box<Desk>,
    },
    /// Show the window, in front and with the focus.
    Show,
    /// The answer to a question.
    Told {
        /// Of the question.
        serial: u32,
        /// The answer.
        told: Box<Told>,
    },
}

/// What the process of the Manage window tells the tray's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ManageUp {
    /// A question.
    Ask {
        /// Comes back with the answer.
        serial: u32,
        /// Whose desk it was asked at ([`pim::view::Account::id`]): it is that account's, or nobody's.
        account: String,
        /// What.
        ask: Ask,
    },
    /// There will be no window on this system.
    Failed {
        /// One sentence.
        message: String,
    },
}

/// A page that can be asked for from outside the window. (A role's form is asked for in the view.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// The settings.
    Settings,
    /// What it says about Pimento.
    About,
}

/// Where the window is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Place {
    /// A flyout beside the icon: its rectangle, or a click with no size. Physical pixels.
    Beside {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A flyout in the middle: where the icon is, is not known.
    Centre,
    /// An ordinary window with a title bar: there is no tray.
    Ordinary,
}

/// What the window's process tells the tray's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Up {
    /// It is shown.
    Shown,
    /// It is hidden.
    Hidden {
        /// Why.
        because: Because,
    },
    /// The first view was painted.
    Painted {
        /// Milliseconds since the window was told to show.
        milliseconds: u64,
    },
    /// The person wants something.
    Command {
        /// What.
        command: Command,
    },
    /// The person wants the page opened at which the announced device code is typed. Which page that is, is not the
    /// window's to say.
    OpenSignInPage,
    /// The page has answered.
    Alive,
    /// The page's own process has ended: nothing more comes of this window.
    PageDied {
        /// How.
        how: Death,
    },
    /// What the page would go on with, should it end: the page that is open and what was typed. Kept in memory, and for no
    /// longer than a hidden window is.
    Left {
        /// As the page wrote it; nobody else reads it.
        state: String,
    },
    /// Somebody wants the report for whoever helps them.
    Diagnose {
        /// Comes back with the report.
        serial: u32,
        /// With the names of people, tenants, roles and scopes.
        names: bool,
    },
    /// There will be no window on this system.
    Failed {
        /// One sentence.
        message: String,
    },
}

/// How a page's process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Death {
    /// It crashed, or was killed.
    Crashed,
    /// It took more memory than it may.
    Memory,
    /// The system does not say.
    Unknown,
}

/// Why the window was hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// It was asked to: by the tray process, or by the person in the window (Esc).
    Asked,
    /// It lost the focus.
    Blur,
    /// Its close button.
    Closed,
}

/// One line with its end. Both sides write nothing else.
pub fn line<T: Serialize>(message: &T) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).expect("messages have string keys only");
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        /// Neither side takes noise for a message, and none makes it panic.
        #[test]
        fn no_bytes_are_taken_for_a_message(noise in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,40}", kind in "[a-zA-Z]{0,12}|command|show|view") {
            prop_assert!(serde_json::from_slice::<Up>(&noise).is_err() && serde_json::from_slice::<Down>(&noise).is_err());
            let near = serde_json::json!({ "kind": kind, "command": text, "view": text, "place": text, "because": text });
            prop_assert!(serde_json::from_value::<Up>(near.clone()).is_err() || matches!(kind.as_str(), "shown" | "alive" | "openSignInPage"));
            prop_assert!(serde_json::from_value::<Down>(near).is_err() || matches!(kind.as_str(), "hide" | "ping"));
        }
    }

    #[test]
    fn a_message_is_one_line_whatever_is_in_it() {
        let message = Up::Failed { message: "two\nlines \u{2028} and more\r\n".into() };
        let line = line(&message);
        assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
        assert_eq!(serde_json::from_slice::<Up>(&line).unwrap(), message);
    }

    #[test]
    fn what_is_not_a_message_is_refused() {
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"kind":"quit"}"#,
            r#"{"kind":"hidden"}"#,
            r#"{"kind":"hidden","because":"tired"}"#,
            r#"{"kind":"command","command":{"kind":"elevateEverything"}}"#,
            r#"{"kind":"command","command":{"kind":"deactivate"}}"#,
            r#"{"kind":"command","command":{"kind":"deactivate","id":7}}"#,
            r#"{"kind":"command","command":{"kind":"deactivate","id":"x","force":true}}"#,
            r#"{"kind":"command","command":{"kind":"activate","id":"x","minutes":-1,"reason":"","ticket":null,"undoable":false}}"#,
        ] {
            assert!(serde_json::from_str::<Up>(text).is_err(), "{text}");
        }
    }
}

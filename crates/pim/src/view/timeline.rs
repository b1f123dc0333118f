//! What was, is and will be active when: a picture of a day or a week is made of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{Kind, Ticket};

/// One role's line of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// The role's key.
    pub role: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory, or where it is not known.
    pub scope: Option<String>,
    /// When it was active, oldest first; no two at the same time.
    pub spans: Vec<Span>,
}

/// One activation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// Server time of its start.
    pub start: DateTime<Utc>,
    /// Server time of its end: as it was, or as it is to be.
    pub end: DateTime<Utc>,
    /// It is sure: it was, or is, active. `false`: it waits for its start, or for somebody's yes.
    pub granted: bool,
    /// How long it was asked for, minutes, where that is known.
    pub minutes: Option<u32>,
    /// The reason given.
    pub reason: Option<String>,
    /// The ticket given.
    pub ticket: Option<Ticket>,
    /// It was asked for from here.
    pub here: bool,
}

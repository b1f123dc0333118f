//! Who activated what, as it is shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Somebody has activated something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ActivationRow {
    /// Unique in the log.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Until when.
    pub end: Option<DateTime<Utc>>,
    /// What to call whoever did it.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// The role.
    pub name: String,
    /// Where.
    pub scope: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The ticket's number.
    pub ticket: Option<String>,
    /// Its role is one that is watched.
    pub watched: bool,
}

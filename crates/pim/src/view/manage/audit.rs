//! The audit history as it is shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Something that was done to somebody's roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct AuditRow {
    /// Unique in the log.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What, in the service's words.
    pub activity: String,
    /// What came of it, in the service's word, where it did not succeed.
    pub failed: Option<String>,
    /// Who did it.
    pub by: Option<String>,
    /// Whom it concerns, where that is somebody else.
    pub subject: Option<String>,
    /// Which role.
    pub role: Option<String>,
    /// Where.
    pub scope: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The ticket's number.
    pub ticket: Option<String>,
}

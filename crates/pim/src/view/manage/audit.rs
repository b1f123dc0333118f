//! The audit history as it is shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::manage::audit::Format;

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

/// How far back a download of the history goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum AuditSpan {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// As far as the service does.
    Everything,
}

/// A download of the history that has not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedRow {
    /// For [`super::Ask::ResumeDownload`].
    pub id: String,
    /// What was asked for.
    pub span: AuditSpan,
    /// As which kind of file.
    pub format: Format,
    /// When it was begun: nothing younger is in it.
    pub begun: DateTime<Utc>,
    /// Records so far.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub count: u64,
    /// How far back they go.
    pub reached: Option<DateTime<Utc>>,
}

/// How far a download of the history has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct DownloadState {
    /// Where the file lies, once it is finished.
    pub file: String,
    /// Records so far.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub count: u64,
    /// Records that this version cannot read, and that are not among them.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub unreadable: u64,
    /// How far back they go.
    pub reached: Option<DateTime<Utc>>,
    /// The service wants to be asked for the next page no sooner.
    pub pause: Option<DateTime<Utc>>,
    /// The file's SHA-256, in hexadecimal digits, once it is finished.
    pub sha256: Option<String>,
}

//! Security alerts as they are shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// An alert with what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct AlertRow {
    /// For [`super::Ask::Dismiss`].
    pub id: String,
    /// Whose alert: the directory's or Azure's.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// The scope of Azure; `null` for the directory.
    pub scope: Option<String>,
    /// How bad it is.
    pub severity: AlertSeverity,
    /// There is something that was not dismissed.
    pub active: bool,
    /// It is not looked for.
    pub off: bool,
    /// What it says.
    pub description: Option<String>,
    /// Why that is bad.
    pub impact: Option<String>,
    /// What to do about it.
    pub mitigation: Option<String>,
    /// How to keep it from coming back.
    pub prevention: Option<String>,
    /// When it was last looked for.
    pub scanned: Option<DateTime<Utc>>,
    /// How many were found.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub count: u64,
    /// What was found, as far as it is told; some hundreds at most.
    pub findings: Vec<FindingRow>,
}

/// How bad an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum AlertSeverity {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
    /// For information.
    Informational,
    /// The service does not say, or in a word that is not known here.
    Unknown,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    /// Whom it is about.
    pub person: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// Everything else, as names and values.
    pub details: Vec<(String, String)>,
}

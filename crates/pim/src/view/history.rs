//! What was activated, when, why, and how it ended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{insight::Insight, timeline::Lane};
use crate::{
    model::{Kind, Ticket},
    problem::Problem,
};

/// A part of the history: what was asked for, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// The words that every row has.
    pub text: String,
    /// Newest first, some hundreds at most.
    pub rows: Vec<HistoryRow>,
    /// There are older ones.
    pub more: bool,
    /// The service is being asked for its own requests.
    pub loading: bool,
    /// Why the service's own requests are not among them.
    pub problem: Option<Problem>,
    /// What was, is and will be active in the days around now, whatever the words are.
    pub lanes: Vec<Lane>,
    /// How roles are used, likewise.
    pub insight: Insight,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Unique within the history.
    pub id: String,
    /// The role's key.
    pub role: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory, or where it is not known.
    pub scope: Option<String>,
    /// What was asked for.
    pub action: HistoryAction,
    /// What came of it.
    pub outcome: HistoryOutcome,
    /// Server time of the request.
    pub at: DateTime<Utc>,
    /// Server time from which it was, or is to be, active.
    pub start: Option<DateTime<Utc>>,
    /// Server time of the end, as far as it is known.
    pub end: Option<DateTime<Utc>>,
    /// How long an activation was asked for, minutes, where that is known.
    pub minutes: Option<u32>,
    /// The reason given.
    pub reason: Option<String>,
    /// The ticket given.
    pub ticket: Option<Ticket>,
    /// It was asked for from here.
    pub here: bool,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum HistoryAction {
    /// To activate.
    Activate,
    /// To end an activation.
    Deactivate,
    /// A later end of what will end.
    Extend,
    /// What had ended, once more.
    Renew,
    /// Something else, by an administrator.
    Other,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HistoryOutcome {
    /// It became, or is, active; or was done.
    Granted,
    /// It waits: for an approver, for its start, for the service.
    Waiting,
    /// An approver said no, and why, where that is known.
    Denied {
        /// Why.
        reason: Option<String>,
    },
    /// Taken back by the user.
    Cancelled,
    /// The service, or the time, said no.
    Failed {
        /// The problem's code, where one is known.
        code: Option<String>,
    },
    /// Certainly never processed.
    NotSent,
}

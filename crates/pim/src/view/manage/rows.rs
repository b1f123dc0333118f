//! Rows of the Manage window's lists.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{model::Kind, problem::Problem};

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRow {
    /// For [`Ask::Decide`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
    /// Who asks, as they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// Their reason.
    pub reason: Option<String>,
    /// Their ticket number.
    pub ticket: Option<String>,
    /// When it is to begin; `null`: once it is approved.
    pub start: Option<DateTime<Utc>>,
    /// How long it is to last.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub minutes: Option<i64>,
    /// Until when somebody has to decide.
    pub deadline: Option<DateTime<Utc>>,
    /// How often the same was given before, and when last; `null`: that may not be read.
    pub before: Option<Before>,
    /// Where it is decided, if not here.
    pub elsewhere: Option<String>,
    /// It is the caller's own, which others decide on.
    pub own: bool,
}

/// What somebody activated before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Before {
    /// The same, so often.
    pub same: u32,
    /// When last.
    pub last: Option<DateTime<Utc>>,
    /// Others, so often.
    pub other: u32,
}

/// Somebody's eligibility or assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct HoldingRow {
    /// For [`Wanted`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
    /// Whose it is, as they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
    /// It can be activated; else it is there.
    pub eligible: bool,
    /// From an eligibility, by whoever holds it.
    pub activated: bool,
    /// Since when, or from when on.
    pub start: Option<DateTime<Utc>>,
    /// Until when; `null` for ever.
    pub end: Option<DateTime<Utc>>,
}

/// A privileged role that is there for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PermanentRow {
    /// The assignment.
    pub held: HoldingRow,
    /// It can be made eligible ([`Wanted::MakeEligible`]).
    pub proposed: bool,
    /// Why nothing is proposed.
    pub keep: Option<String>,
}

/// An eligibility that nobody activates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct StaleRow {
    /// The eligibility.
    pub held: HoldingRow,
    /// When it was activated last.
    pub last: Option<DateTime<Utc>>,
}

/// Somebody who has a role through a group within a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NestedRow {
    /// What the outermost group holds.
    pub held: HoldingRow,
    /// Who has it.
    pub person: String,
    /// The groups, from the one that holds the role to the one that they are in.
    pub through: Vec<String>,
}

/// Something that a report does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct MissingRow {
    /// What.
    pub what: MissingPart,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// Why.
    pub problem: Problem,
    /// A permission is missing that can be asked for ([`Ask::Standing`]).
    pub allowable: bool,
}

/// What a report may not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum MissingPart {
    /// Who holds roles.
    Holdings,
    /// Which roles are privileged.
    Privileged,
    /// When roles were activated.
    Activations,
    /// Who is in groups.
    Members,
}

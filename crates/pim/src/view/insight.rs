//! How roles are used: how often, for how long, and which are not.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// What the history says about the use of roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Insight {
    /// Server time from which on it is looked at: 90 days ago, or where what is known begins.
    pub since: DateTime<Utc>,
    /// Minutes since then.
    pub minutes: u32,
    /// Minutes of them in which anything was active.
    pub active_minutes: u32,
    /// Roles that were used, those first that were active longest.
    pub roles: Vec<RoleUse>,
    /// Roles that could have been activated for 90 days, and were not.
    pub unused: Vec<UnusedRole>,
}

/// How one role is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RoleUse {
    /// The role's key.
    pub role: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory, or where it is not known.
    pub scope: Option<String>,
    /// How often it was activated.
    pub times: u32,
    /// How often it was ended before its time.
    pub early: u32,
    /// Minutes that it was active, all in all, until now.
    pub total_minutes: u32,
    /// Minutes that it was asked for, on average of those that are over; `None` where that is not known of any.
    pub asked_minutes: Option<u32>,
    /// Minutes that these lasted, on average.
    pub used_minutes: Option<u32>,
    /// Minutes that half of them did not last longer than.
    pub typical_minutes: Option<u32>,
    /// Minutes that would nearly always have been enough, where that is far less than what is asked for.
    pub enough_minutes: Option<u32>,
}

/// A role that could have been activated for 90 days, and was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct UnusedRole {
    /// The role's key.
    pub role: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory.
    pub scope: Option<String>,
    /// Server time of the end of its last activation, where one is known.
    pub last: Option<DateTime<Utc>>,
}

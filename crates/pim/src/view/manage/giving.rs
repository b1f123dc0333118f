//! What can be given, and to whom.

use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// A role that can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct GivableRow {
    /// For [`super::Wanted::Give`].
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The role's or group's name.
    pub name: String,
    /// The scope's name; `null` for the whole directory.
    pub scope: Option<String>,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct FoundPerson {
    /// For [`super::Wanted::Give`].
    pub id: String,
    /// What they are called.
    pub person: String,
    /// Their user name.
    pub username: Option<String>,
}

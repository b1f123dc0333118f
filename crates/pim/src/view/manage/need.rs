//! What somebody needs, as it is shown.

use serde::{Deserialize, Serialize};

use crate::{model::Kind, problem::Problem};

/// A role that allows what is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NeedRow {
    /// Directory role or Azure role.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The service calls it privileged.
    pub privileged: bool,
    /// The action that it allows; `null`: its description has what was said.
    pub action: Option<String>,
    /// What its definition names, which may have wildcards; or its description.
    pub by: String,
    /// Where the caller may activate it.
    pub places: Vec<NeedPlace>,
}

/// Where a role can be activated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NeedPlace {
    /// The row of the flyout ([`crate::model::RoleKey::id`]).
    pub id: String,
    /// The scope; `null`: the whole directory.
    pub scope: Option<String>,
}

/// A kind of which not all roles are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct NeedMissing {
    /// The kind.
    pub kind: Kind,
    /// Why.
    pub problem: Problem,
    /// It takes a permission that may be asked for in the browser.
    pub allowable: bool,
}

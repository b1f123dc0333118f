//! Bundles, as shown and as asked for.

use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// A named set of roles that are activated together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// What it is called.
    pub name: String,
    /// The reason it begins with, today.
    pub reason: String,
    /// The same as it is kept, with `{date}` where the day will be.
    pub template: String,
    /// Its roles.
    pub roles: Vec<BundleRow>,
    /// The button elevates at once: there is something to activate, and nothing has to be typed.
    pub one_click: bool,
    /// Published by the organisation: it can be run, not changed.
    pub managed: bool,
}

/// A role in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct BundleRow {
    /// The role's key (`RoleKey::id`).
    pub id: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory, or where it is not known.
    pub scope: Option<String>,
    /// How long it will be active, minutes.
    pub minutes: u32,
    /// It can be activated; otherwise it is left out.
    pub eligible: bool,
    /// It is active or on its way already.
    pub engaged: bool,
}

/// A role to be put into a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BundleEntry {
    /// The role's key.
    pub id: String,
    /// Minutes; `None`: as used last, or as long as the policy allows.
    pub minutes: Option<u32>,
}

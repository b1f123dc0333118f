//! More about one role than its row says: read when somebody looks, not before.

use serde::{Deserialize, Serialize};

use super::RequirementsView;
use crate::{
    model::{Kind, Scope},
    problem::Problem,
};

/// More about one role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct RoleDetail {
    /// The role's key.
    pub id: String,
    /// Being read.
    pub loading: bool,
    /// Why there is not more.
    pub problem: Option<Problem>,
    /// What a group's membership or ownership gives; `None` where that is not known, or the role is not a group's.
    pub grants: Option<Vec<GrantedRole>>,
    /// Where an Azure role can be activated: the eligible scope first, then what was unfolded below it, each after its
    /// parent. Empty for other kinds.
    pub scopes: Vec<ScopeNode>,
    /// What the narrower scope asks for that is being chosen ([`super::Command::PickScope`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub picked: Option<PickedScope>,
}

/// A narrower scope than the eligible one: what a role asks for is not inherited from one scope to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct PickedScope {
    /// Its id.
    pub scope: String,
    /// What the role asks for there is being read.
    pub loading: bool,
    /// What the role asks for there.
    pub requirements: RequirementsView,
}

/// A role that comes with a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct GrantedRole {
    /// The kind of the role.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name; `None` for the whole directory.
    pub scope: Option<String>,
}

/// A scope of Azure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct ScopeNode {
    /// Its id (`/subscriptions/…`).
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, in words (`subscription`, `resource group`, `virtual machine`).
    pub what: String,
    /// How deep below the outermost scope that is told, which is 0.
    pub depth: u32,
    /// There may be more below it that was not asked for yet.
    pub foldable: bool,
    /// What is below it was asked for.
    pub unfolded: bool,
    /// Being asked.
    pub loading: bool,
}

impl ScopeNode {
    /// A scope below which nothing was asked for yet.
    pub fn of(scope: Scope, depth: u32, foldable: bool) -> Self {
        let what = scope.scope_type.words();
        Self { id: scope.id, name: scope.name, what, depth, foldable, unfolded: false, loading: false }
    }
}

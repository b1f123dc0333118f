//! A role's policy as it stands, every rule of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The policy of a role at a scope: `unifiedRoleManagementPolicy`, or Azure's `RoleManagementPolicy`.
///
/// Rules stay as the service writes them: what this version does not know is neither lost nor changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RolePolicy {
    /// Its id, under which rules are changed.
    pub id: String,
    /// Its rules.
    pub rules: Vec<Value>,
}

impl RolePolicy {
    /// The rule of this id, in any case.
    pub fn rule(&self, id: &str) -> Option<&Value> {
        self.rules.iter().find(|rule| rule["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id)))
    }
}

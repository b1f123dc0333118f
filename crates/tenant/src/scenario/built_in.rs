//! Microsoft's own roles with the permissions that are documented for them (`data/`).

use std::sync::LazyLock;

use serde::Deserialize;
use uuid::Uuid;

/// A role that is the same in every tenant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuiltIn {
    /// The template's id.
    pub id: Uuid,
    /// What it is for, in our own words.
    pub description: String,
    /// The actions it allows.
    pub actions: Vec<String>,
    /// What of them it does not.
    #[serde(default)]
    pub not_actions: Vec<String>,
    /// The actions on data that it allows.
    #[serde(default)]
    pub data_actions: Vec<String>,
    /// What of those it does not.
    #[serde(default)]
    pub not_data_actions: Vec<String>,
    /// Microsoft calls it privileged.
    #[serde(default)]
    pub privileged: bool,
    /// It can be assigned within an administrative unit.
    #[serde(default)]
    pub units: bool,
}

static DIRECTORY: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| read(include_str!("../../data/directory-roles.json")));
static AZURE: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| read(include_str!("../../data/azure-roles.json")));

fn read(data: &str) -> Vec<BuiltIn> {
    serde_json::from_str(data).unwrap_or_else(|error| panic!("the built-in roles: {error}"))
}

/// The directory role with this template id.
pub fn directory(id: Uuid) -> Option<&'static BuiltIn> {
    DIRECTORY.iter().find(|role| role.id == id)
}

/// The role of Azure with this id.
pub fn azure(id: Uuid) -> Option<&'static BuiltIn> {
    AZURE.iter().find(|role| role.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn roles_are_there_once_and_allow_something() {
        for roles in [&*DIRECTORY, &*AZURE] {
            let ids: BTreeSet<_> = roles.iter().map(|role| role.id).collect();
            assert_eq!(ids.len(), roles.len());
            assert!(roles.iter().all(|role| !role.actions.is_empty() || !role.data_actions.is_empty()));
        }
    }
}

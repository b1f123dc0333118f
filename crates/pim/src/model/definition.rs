//! What a role allows.

use serde::{Deserialize, Serialize};

use super::Kind;

/// A role's definition: `unifiedRoleDefinition` on Graph, `roleDefinitions` on Azure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDefinition {
    /// Directory role or Azure role.
    pub kind: Kind,
    /// Its id: of a built-in directory role the template id, of an Azure role the last part of the full one.
    pub id: String,
    /// `displayName` (`roleName` on Azure).
    pub name: String,
    /// `description`.
    #[serde(default)]
    pub description: Option<String>,
    /// `isPrivileged`, where the service says so.
    #[serde(default)]
    pub privileged: bool,
    /// `rolePermissions` (`permissions` on Azure).
    #[serde(default)]
    pub permissions: Vec<Permission>,
}

/// What is allowed together. A directory role has `actions` only (`allowedResourceActions`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permission {
    /// `actions`, `allowedResourceActions`.
    pub actions: Vec<String>,
    /// `notActions`: left out of `actions`.
    pub not_actions: Vec<String>,
    /// `dataActions`.
    pub data_actions: Vec<String>,
    /// `notDataActions`.
    pub not_data_actions: Vec<String>,
}

impl RoleDefinition {
    /// Does the role allow this action?
    pub fn allows(&self, action: &str) -> bool {
        self.allowed_by(action).is_some()
    }

    /// What of its definition allows this action: the action itself, or something with wildcards.
    pub fn allowed_by(&self, action: &str) -> Option<&str> {
        self.permissions.iter().find_map(|permission| permission.allows(self.kind, action))
    }

    /// Every action that it names, wildcards as they stand.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        let all = self.permissions.iter().flat_map(|each| each.actions.iter().chain(&each.data_actions));
        all.map(String::as_str)
    }

    /// How much it allows, by which the least privileged of several is found: the actions that it names, each weighed by how
    /// much its wildcards leave open. The order is what matters, not the number.
    pub fn breadth(&self) -> u64 {
        let weighed = |action: &str| match self.kind {
            Kind::AzureResource => azure_weight(action),
            _ => directory_weight(action),
        };
        // What the directory calls privileged can raise its holder's rights: there is always more behind it.
        let base = if self.privileged { 10_000 } else { 0 };
        base + self.actions().map(weighed).sum::<u64>()
    }
}

impl Permission {
    fn allows(&self, kind: Kind, action: &str) -> Option<&str> {
        let covers = if kind == Kind::AzureResource { azure_covers } else { directory_covers };
        let find = |granted: &'_ [String]| granted.iter().position(|granted| covers(granted, action));
        let allowed = |granted: &'_ [String], left_out: &[String]| find(granted).filter(|_| find(left_out).is_none());
        let action = allowed(&self.actions, &self.not_actions).map(|at| &self.actions[at]);
        let found =
            action.or_else(|| allowed(&self.data_actions, &self.not_data_actions).map(|at| &self.data_actions[at]));
        found.map(String::as_str)
    }
}

/// `*` stands for anything, slashes too ("Understand Azure role definitions").
fn azure_covers(granted: &str, wanted: &str) -> bool {
    let (granted, wanted) = (granted.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    let mut parts = granted.split('*');
    let Some(mut rest) = parts.next().and_then(|first| wanted.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(between) = last.replace(part) {
            let between: &str = between;
            match rest.find(between) {
                Some(at) => rest = &rest[at + between.len()..],
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |end| rest.ends_with(end))
}

/// `namespace/entity/propertySet/task`, where `allEntities`, `allProperties` and `allTasks` stand for all of theirs
/// ("Microsoft Entra custom role permissions": format of a permission).
fn directory_covers(granted: &str, wanted: &str) -> bool {
    let (granted, wanted) = (granted.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    if granted == wanted {
        return true;
    }
    let (Some(granted), Some(wanted)) = (Parts::of(&granted), Parts::of(&wanted)) else { return false };
    let entity = granted.entity == "allentities" || granted.entity == wanted.entity;
    let all_tasks = granted.task == "alltasks";
    let task = all_tasks || granted.task == wanted.task;
    let properties = match granted.properties {
        Some("allproperties") => true,
        None if all_tasks => true,
        own => own == wanted.properties,
    };
    granted.namespace == wanted.namespace && entity && task && properties
}

struct Parts<'a> {
    namespace: &'a str,
    entity: &'a str,
    properties: Option<&'a str>,
    task: &'a str,
}

impl<'a> Parts<'a> {
    fn of(action: &'a str) -> Option<Self> {
        let (namespace, rest) = action.split_once('/')?;
        let (entity, rest) = rest.split_once('/')?;
        let (properties, task) = match rest.rsplit_once('/') {
            Some((properties, task)) => (Some(properties), task),
            None => (None, rest),
        };
        Some(Self { namespace, entity, properties, task })
    }
}

fn azure_weight(action: &str) -> u64 {
    let reads = action.ends_with("/read");
    let open = match action.find('*') {
        None => 10,
        Some(0) if reads => 500,
        Some(0) => 100_000,
        // The deeper the wildcard stands, the less it leaves open.
        Some(at) => 2_000 / (1 + action[..at].matches('/').count() as u64),
    };
    if reads { open / 5 } else { open }
}

fn directory_weight(action: &str) -> u64 {
    let mut weight = 10;
    for (word, factor) in [("/allEntities/", 20), ("/allProperties/", 5), ("/allTasks", 5)] {
        if action.contains(word) {
            weight *= factor;
        }
    }
    if action.ends_with("/read") { weight / 5 } else { weight }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn azure(actions: &[&str], not_actions: &[&str]) -> RoleDefinition {
        let owned = |all: &[&str]| all.iter().map(|each| (*each).to_owned()).collect();
        RoleDefinition {
            kind: Kind::AzureResource,
            id: "x".into(),
            name: "x".into(),
            description: None,
            privileged: false,
            permissions: vec![Permission {
                actions: owned(actions),
                not_actions: owned(not_actions),
                ..Permission::default()
            }],
        }
    }

    #[test]
    fn a_wildcard_of_azure_stands_for_anything() {
        let start = "Microsoft.Compute/virtualMachines/start/action";
        for granted in ["*", "Microsoft.Compute/*", "microsoft.compute/virtualmachines/*", "*/action", start] {
            assert!(azure(&[granted], &[]).allows(start), "{granted}");
        }
        for granted in ["", "*/read", "Microsoft.Compute/virtualMachines", "Microsoft.Compute/*/write", "a*b*c"] {
            assert!(!azure(&[granted], &[]).allows(start), "{granted}");
        }
        assert!(azure(&["a/*/b/*/c"], &[]).allows("a/1/b/2/3/c"));
        assert!(!azure(&["*"], &["Microsoft.Compute/*/action"]).allows(start), "left out again");
    }

    #[test]
    fn all_of_the_directory_stands_for_all_of_its_own_place() {
        let reset = "microsoft.directory/users/password/update";
        for granted in [
            reset,
            "microsoft.directory/users/allProperties/update",
            "microsoft.directory/users/allProperties/allTasks",
            "microsoft.directory/allEntities/allProperties/allTasks",
            "microsoft.directory/allEntities/allTasks",
        ] {
            assert!(directory_covers(granted, reset), "{granted}");
        }
        for granted in [
            "microsoft.directory/users/basic/update",
            "microsoft.directory/users/allProperties/read",
            "microsoft.directory/groups/allProperties/allTasks",
            "microsoft.office365.serviceHealth/allEntities/allTasks",
            "microsoft.directory/users",
        ] {
            assert!(!directory_covers(granted, reset), "{granted}");
        }
    }

    #[test]
    fn what_leaves_more_open_weighs_more() {
        let roles = [
            azure(&["Microsoft.Compute/virtualMachines/read"], &[]),
            azure(&["Microsoft.Compute/virtualMachines/start/action"], &[]),
            azure(&["Microsoft.Compute/virtualMachines/*"], &[]),
            azure(&["Microsoft.Compute/*"], &[]),
            azure(&["*"], &[]),
        ];
        assert!(roles.windows(2).all(|pair| pair[0].breadth() < pair[1].breadth()));
        assert!(azure(&["*/read"], &[]).breadth() < azure(&["*"], &[]).breadth());
    }
}

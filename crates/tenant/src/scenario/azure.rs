//! The company's Azure: management groups, subscriptions, resource groups and resources, and the roles on them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::RoleDefinition;

/// What a scope of Azure Resource Manager is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// A management group.
    ManagementGroup,
    /// A subscription.
    Subscription,
    /// A resource group.
    ResourceGroup,
    /// A resource.
    Resource,
}

/// A scope of Azure Resource Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AzureScope {
    /// Made from the path, so that it is the same in every run and for every spelling of the path.
    pub id: Uuid,
    /// The path, spelt as the service answers it.
    pub path: String,
    /// Its last segment.
    pub name: String,
    /// The name that people know.
    pub display_name: String,
    /// What it is.
    pub level: Level,
    /// The scope that it is directly in; a root management group is in none.
    pub parent: Option<Uuid>,
    /// The region of resource groups and resources.
    pub location: String,
}

/// A policy that differs from the role's own at one scope. Settings are not inherited (documented).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AzurePolicy {
    /// The role.
    pub role: Uuid,
    /// The scope.
    pub scope: Uuid,
    /// The policy's name.
    pub policy: String,
}

/// The company's Azure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Azure {
    /// All scopes.
    pub scopes: Vec<AzureScope>,
    /// All roles that somebody is eligible for or holds.
    pub roles: Vec<RoleDefinition>,
    /// Policies of single scopes.
    pub policies: Vec<AzurePolicy>,
}

impl Azure {
    /// The scope with this id.
    pub fn scope(&self, id: Uuid) -> Option<&AzureScope> {
        self.scopes.iter().find(|scope| scope.id == id)
    }

    /// The scope at this path, in any case.
    pub fn at(&self, path: &str) -> Option<&AzureScope> {
        let id = scope_id(path);
        self.scope(id)
    }

    /// The role with this id.
    pub fn role(&self, id: Uuid) -> Option<&RoleDefinition> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// Whether `inner` is `outer` or somewhere below it.
    pub fn contains(&self, outer: Uuid, inner: Uuid) -> bool {
        let mut at = Some(inner);
        while let Some(scope) = at {
            if scope == outer {
                return true;
            }
            at = self.scope(scope).and_then(|scope| scope.parent);
        }
        false
    }

    /// The scopes directly below one.
    pub fn children(&self, of: Uuid) -> impl Iterator<Item = &AzureScope> {
        self.scopes.iter().filter(move |scope| scope.parent == Some(of))
    }

    /// The subscription that a scope belongs to.
    pub fn subscription_of(&self, scope: Uuid) -> Option<&AzureScope> {
        let mut at = self.scope(scope);
        while let Some(scope) = at {
            if scope.level == Level::Subscription {
                return Some(scope);
            }
            at = scope.parent.and_then(|parent| self.scope(parent));
        }
        None
    }
}

/// The id of the scope at a path; paths differ in case without meaning another scope (documented).
pub fn scope_id(path: &str) -> Uuid {
    derived(&["azure scope", path.trim_matches('/')])
}

/// An id that looks as random as any and is always the same.
pub fn derived(parts: &[&str]) -> Uuid {
    let hash = Sha256::digest(parts.join("\n").to_ascii_lowercase());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// What a path names: its level, and the path of the scope that it is in where that can be read off.
pub(super) fn read(path: &str) -> Option<(Level, Option<String>)> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    if segments.iter().any(|segment| segment.is_empty()) {
        return None;
    }
    let is = |at: usize, name: &str| segments.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    let upto = |count: usize| Some(format!("/{}", segments[..count].join("/")));
    if is(0, "providers") && is(1, "Microsoft.Management") && is(2, "managementGroups") && segments.len() == 4 {
        return Some((Level::ManagementGroup, None));
    }
    if !is(0, "subscriptions") {
        return None;
    }
    match segments.len() {
        2 => segments[1].parse::<Uuid>().ok().map(|_| (Level::Subscription, None)),
        4 if is(2, "resourceGroups") => Some((Level::ResourceGroup, upto(2))),
        8 if is(2, "resourceGroups") && is(4, "providers") => Some((Level::Resource, upto(4))),
        count if count > 8 && count % 2 == 0 && is(4, "providers") => Some((Level::Resource, upto(count - 2))),
        _ => None,
    }
}

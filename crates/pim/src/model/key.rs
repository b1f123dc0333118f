//! What makes a role unique.

use std::{cmp::Ordering, fmt, hash};

use serde::{Deserialize, Serialize};

use super::Kind;

/// What makes a role the caller may hold unique within one account: its definition *at* its scope.
///
/// One role may be listed several times (several scopes, direct and through a group); names alone are ambiguous.
/// Compared without regard to case, as the services are inconsistent about it; kept as received, because the scope must be
/// sent back verbatim. The fields are those of a `roleManagementPolicyAssignment`, which has them for all three kinds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RoleKey {
    /// The kind of PIM.
    pub kind: Kind,
    /// `roleDefinitionId`. Of a built-in directory role the template id, constant in all tenants; of a group `member` or
    /// `owner`; of an Azure role the full id, which holds the subscription it was read at.
    pub role_definition_id: String,
    /// Of a directory role its `directoryScopeId` (`/`, `/administrativeUnits/{id}` or `/{objectId}`), of a group its id,
    /// of an Azure role its scope (`/subscriptions/{id}/resourceGroups/{name}`, …).
    #[serde(rename = "directory_scope_id", alias = "scope_id")]
    pub scope_id: String,
    /// `appScopeId`, where a directory role is scoped to an application's own scope.
    #[serde(default)]
    pub app_scope_id: Option<String>,
}

/// What one may be in a group: `accessId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// A member.
    Member,
    /// An owner.
    Owner,
}

impl Access {
    /// As the service writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::Owner => "Owner",
        }
    }

    /// From the service's word, whatever its case.
    pub fn from_id(text: &str) -> Option<Self> {
        [Self::Member, Self::Owner].into_iter().find(|access| access.id().eq_ignore_ascii_case(text))
    }
}

impl RoleKey {
    /// A directory role at a scope.
    pub fn directory(role_definition_id: impl Into<String>, directory_scope_id: impl Into<String>) -> Self {
        Self {
            kind: Kind::DirectoryRole,
            role_definition_id: role_definition_id.into(),
            scope_id: directory_scope_id.into(),
            app_scope_id: None,
        }
    }

    /// Membership or ownership of a group.
    pub fn group(group_id: impl Into<String>, access: Access) -> Self {
        Self::in_group(group_id, access.id())
    }

    /// The same in the service's word, which may be one that this version does not know.
    pub fn in_group(group_id: impl Into<String>, access: &str) -> Self {
        let access = match Access::from_id(access) {
            Some(known) => known.id(),
            None => access,
        };
        Self { kind: Kind::Group, role_definition_id: access.into(), scope_id: group_id.into(), app_scope_id: None }
    }

    /// An Azure role at a scope.
    pub fn azure(role_definition_id: impl Into<String>, scope: impl Into<String>) -> Self {
        Self {
            kind: Kind::AzureResource,
            role_definition_id: role_definition_id.into(),
            scope_id: scope.into(),
            app_scope_id: None,
        }
    }

    /// What one is in the group; `None` for other kinds, and where this version does not know the word.
    pub fn access(&self) -> Option<Access> {
        if self.kind == Kind::Group { Access::from_id(&self.role_definition_id) } else { None }
    }

    /// The same role at another scope: for an Azure role that is activated below the scope it is eligible at.
    #[must_use]
    pub fn at(&self, scope: impl Into<String>) -> Self {
        Self { scope_id: scope.into(), ..self.clone() }
    }

    /// The key as one opaque string: what the window, the command line and the files call the role.
    pub fn id(&self) -> String {
        let kind = match self.kind {
            Kind::DirectoryRole => "directoryRole",
            Kind::Group => "group",
            Kind::AzureResource => "azureResource",
        };
        let app = self.app_scope_id.as_deref().unwrap_or("");
        format!("{kind}|{}|{}|{app}", self.role(), self.scope_id).to_lowercase()
    }

    /// What names the role wherever it was read.
    fn role(&self) -> &str {
        match self.kind {
            Kind::DirectoryRole | Kind::Group => &self.role_definition_id,
            Kind::AzureResource => last_segment(&self.role_definition_id),
        }
    }

    /// The key that [`RoleKey::id`] makes, as far as that tells: in lower case, an Azure role without the subscription that it
    /// was read at.
    pub fn from_id(id: &str) -> Option<Self> {
        let parts: Vec<&str> = id.split('|').collect();
        let [kind, role, scope, app] = parts[..] else { return None };
        let kind = Kind::ALL.into_iter().find(|known| {
            let name = match known {
                Kind::DirectoryRole => "directoryRole",
                Kind::Group => "group",
                Kind::AzureResource => "azureResource",
            };
            name.eq_ignore_ascii_case(kind)
        })?;
        let app_scope_id = Some(app).filter(|app| !app.is_empty()).map(str::to_owned);
        Some(Self { kind, role_definition_id: role.into(), scope_id: scope.into(), app_scope_id })
    }

    /// Under what the role's policy is kept. A directory role has one for all scopes; a group one for members and one for
    /// owners; an Azure role one for each scope, which is not inherited.
    pub fn policy_id(&self) -> String {
        match self.kind {
            Kind::DirectoryRole => self.role_definition_id.to_lowercase(),
            Kind::Group | Kind::AzureResource => self.id(),
        }
    }
}

/// The same Azure role has another id under each subscription; its last segment is what makes it the same.
fn last_segment(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id)
}

/// Equal in lower case. What services send is ASCII, and is compared without being copied.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (!(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase())
}

/// As their ids compare, which are not made for that: whole lists are searched for a key.
impl PartialEq for RoleKey {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && same(self.role(), other.role())
            && same(&self.scope_id, &other.scope_id)
            && same(self.app_scope_id.as_deref().unwrap_or(""), other.app_scope_id.as_deref().unwrap_or(""))
    }
}
impl Eq for RoleKey {}
impl hash::Hash for RoleKey {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}
impl PartialOrd for RoleKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for RoleKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(&other.id())
    }
}
impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

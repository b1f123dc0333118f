//! Where something applies: in the directory, on a group, in Azure.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The three kinds of Privileged Identity Management. They share one engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Directory roles.
    Directory,
    /// Membership and ownership of groups.
    Group,
    /// Roles on Azure resources.
    Azure,
}

/// Where a role applies. For directory roles this is Graph's `directoryScopeId`, or its `appScopeId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// `/`, the whole directory.
    Directory,
    /// `/administrativeUnits/{id}`.
    AdministrativeUnit(Uuid),
    /// `/{id}`, one application or service principal.
    Object(Uuid),
    /// An application's own scope: Graph's `appScopeId`.
    Application(Uuid),
    /// A group, whose membership or ownership is the role.
    Group(Uuid),
    /// A scope of Azure Resource Manager, by the id that [`super::AzureScope`] gives it.
    Azure(Uuid),
}

impl Scope {
    /// The kind of what applies there.
    pub fn kind(self) -> Kind {
        match self {
            Self::Directory | Self::AdministrativeUnit(_) | Self::Object(_) | Self::Application(_) => Kind::Directory,
            Self::Group(_) => Kind::Group,
            Self::Azure(_) => Kind::Azure,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory => f.write_str("/"),
            Self::AdministrativeUnit(id) => write!(f, "/administrativeUnits/{id}"),
            Self::Object(id) => write!(f, "/{id}"),
            Self::Application(id) => write!(f, "application:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
            Self::Azure(id) => write!(f, "azure:{id}"),
        }
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// The text is no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a directory scope: /, /administrativeUnits/{{id}} or /{{id}}")]
pub struct NotAScope(pub String);

impl TryFrom<String> for Scope {
    type Error = NotAScope;

    fn try_from(text: String) -> Result<Self, NotAScope> {
        let refuse = || NotAScope(text.clone());
        if text == "/" {
            return Ok(Self::Directory);
        }
        if let Some((kind, id)) = text.split_once(':') {
            return match (kind, id.parse()) {
                ("application", Ok(id)) => Ok(Self::Application(id)),
                ("group", Ok(id)) => Ok(Self::Group(id)),
                ("azure", Ok(id)) => Ok(Self::Azure(id)),
                _ => Err(refuse()),
            };
        }
        let path = text.strip_prefix('/').ok_or_else(refuse)?;
        match path.split_once('/') {
            None => path.parse().map(Self::Object).map_err(|_| refuse()),
            Some((collection, id)) if collection.eq_ignore_ascii_case("administrativeUnits") => {
                id.parse().map(Self::AdministrativeUnit).map_err(|_| refuse())
            }
            Some(_) => Err(refuse()),
        }
    }
}

/// What somebody is to a group: Graph's `accessId`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// A member.
    #[default]
    Member,
    /// An owner.
    Owner,
}

impl Access {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Member, Self::Owner];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// The id that stands for it where the engine wants the id of a role.
    pub fn role(self) -> Uuid {
        match self {
            Self::Member => Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_006d_656d),
            Self::Owner => Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_006f_776e),
        }
    }

    /// What the role stands for.
    pub fn of(role: Uuid) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.role() == role)
    }
}

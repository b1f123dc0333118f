//! The company that the tenant simulates, read from a TOML file.
//!
//! A scenario names its users, groups, roles, policies and who is eligible for what, and sets the switches for
//! behaviours of the service that differ. Times in it are relative to the tenant's start.

mod azure;
mod azure_file;
mod built_in;
mod crowd;
mod duration;
mod events_file;
mod file;
mod generate;
mod model;
mod names;
mod scope;
mod switches;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::aside::set_aside;

pub use azure::{Azure, AzurePolicy, AzureScope, Level, derived, scope_id};
pub use duration::{IsoDuration, NotADuration};
pub use model::{
    AdministrativeUnit, ApplicationScope, Approver, Enablement, Grant, Group, GroupPolicies, Home, MfaMethod,
    Organization, PastActivation, Policy, Review, RoleDefinition, ServicePrincipal, User,
};
pub use scope::{Access, Kind, NotAScope, Scope};
pub use switches::{
    AzureDecided, AzureDecisions, AzureRepeat, AzureRoot, Casing, FractionalDigits, FutureStart, GroupApprovals,
    GroupRows, MissingScope, PolicyMessages, Switches,
};

/// The file of the scenario that is built in.
const CONTOSO: &str = include_str!("../../scenarios/contoso.toml");

/// Groups within groups are followed so far.
pub const DEEPEST_GROUP: usize = 8;

/// Everything a tenant starts from. Names are resolved: every id in it refers to something in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// A short name.
    pub name: String,
    /// The tenant.
    pub organization: Organization,
    /// How the service behaves where that differs.
    pub switches: Switches,
    /// The people.
    pub users: Vec<User>,
    /// The applications that can be given roles.
    pub service_principals: Vec<ServicePrincipal>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The administrative units.
    pub administrative_units: Vec<AdministrativeUnit>,
    /// Applications' own scopes that directory roles can be scoped to.
    #[serde(default)]
    pub application_scopes: Vec<ApplicationScope>,
    /// The roles' policies by name.
    pub policies: BTreeMap<String, Policy>,
    /// The directory roles.
    pub roles: Vec<RoleDefinition>,
    /// The company's Azure.
    pub azure: Azure,
    /// Who may activate what.
    pub eligible: Vec<Grant>,
    /// Who holds what without activating it.
    pub assigned: Vec<Grant>,
    /// What was activated before the tenant's start.
    pub activations: Vec<PastActivation>,
    /// Access reviews under way.
    pub reviews: Vec<Review>,
    /// Further tenants, where people of this one are guests.
    pub tenants: Vec<Scenario>,
}

/// Why a scenario file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("the scenario file {file} cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file that cannot be used was moved away, so that the next try goes without it.
    #[error("{reason}; it was moved to {aside}")]
    Aside {
        /// What is wrong with it, where.
        reason: Box<Self>,
        /// Where it is now.
        aside: String,
    },
    /// The file's content is not a scenario.
    #[error("{file}, line {line}: {reason}")]
    Invalid {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
}

impl Default for Scenario {
    fn default() -> Self {
        Self::contoso()
    }
}

impl Scenario {
    /// The built-in scenario: Contoso, whose administrator Maya is eligible for some twenty roles.
    #[expect(clippy::missing_panics_doc, reason = "the built-in file is read by this module's tests")]
    pub fn contoso() -> Self {
        Self::parse(CONTOSO, "contoso.toml").expect("the built-in scenario is valid")
    }

    /// Read a scenario from a file.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &file),
            Err(source) => Err(ScenarioError::Unreadable { file, source }),
        }
    }

    /// Read the scenario of the user's own demo company, where there is a file; otherwise the built-in one.
    ///
    /// # Errors
    /// A file that cannot be used: with line and reason. It is set aside, so that the next call answers.
    pub fn of_user(path: &Path) -> Result<Self, ScenarioError> {
        match Self::read(path) {
            Err(ScenarioError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(Self::contoso())
            }
            Err(reason) => Err(match set_aside(path) {
                Ok(aside) => ScenarioError::Aside { reason: Box::new(reason), aside: aside.display().to_string() },
                Err(_) => reason,
            }),
            read => read,
        }
    }

    /// Read a scenario from TOML; `file` is what errors call it.
    pub fn parse(text: &str, file: &str) -> Result<Self, ScenarioError> {
        let invalid = |at: usize, reason: String| ScenarioError::Invalid {
            file: file.to_owned(),
            line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count(),
            reason,
        };
        let parsed: file::File = toml::from_str(text)
            .map_err(|error| invalid(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        parsed.resolve().map_err(|nonsense| invalid(nonsense.at.start, nonsense.reason))
    }

    /// The user with this object id.
    pub fn user(&self, id: Uuid) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this username or user principal name, in any case.
    pub fn user_named(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| {
            user.username.eq_ignore_ascii_case(name) || user.user_principal_name.eq_ignore_ascii_case(name)
        })
    }

    /// The group with this object id.
    pub fn group(&self, id: Uuid) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The application's identity with this object id.
    pub fn service_principal(&self, id: Uuid) -> Option<&ServicePrincipal> {
        self.service_principals.iter().find(|known| known.id == id)
    }

    /// The name of a user, a group or an application's identity.
    pub fn name_of(&self, id: Uuid) -> Option<&str> {
        let user = self.user(id).map(|user| user.display_name.as_str());
        let group = || self.group(id).map(|group| group.display_name.as_str());
        user.or_else(group).or_else(|| self.service_principal(id).map(|known| known.display_name.as_str()))
    }

    /// The administrative unit with this object id.
    pub fn administrative_unit(&self, id: Uuid) -> Option<&AdministrativeUnit> {
        self.administrative_units.iter().find(|unit| unit.id == id)
    }

    /// The role with this id: a directory role, a role of Azure, or what stands for membership or ownership of a group.
    pub fn role(&self, id: Uuid) -> Option<&RoleDefinition> {
        self.directory_role(id)
            .or_else(|| self.azure.role(id))
            .or_else(|| GROUP_ROLES.iter().find(|role| role.id == id))
    }

    /// The directory role with this id.
    pub fn directory_role(&self, id: Uuid) -> Option<&RoleDefinition> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The role with this name, in any case.
    pub fn role_named(&self, name: &str) -> Option<&RoleDefinition> {
        self.roles.iter().find(|role| role.display_name.eq_ignore_ascii_case(name))
    }

    /// The policy that a role at a scope begins with. Only Azure's differ from scope to scope.
    pub fn policy(&self, role: Uuid, scope: Scope) -> Option<&Policy> {
        let name = match scope {
            Scope::Directory | Scope::AdministrativeUnit(_) | Scope::Object(_) | Scope::Application(_) => {
                &self.directory_role(role)?.policy
            }
            Scope::Group(group) => {
                let policies = self.group(group)?.pim.as_ref()?;
                match Access::of(role)? {
                    Access::Member => &policies.member,
                    Access::Owner => &policies.owner,
                }
            }
            Scope::Azure(scope) => {
                self.azure.scope(scope)?;
                let own = self.azure.policies.iter().find(|policy| policy.role == role && policy.scope == scope);
                own.map_or_else(|| self.azure.role(role).map(|role| &role.policy), |own| Some(&own.policy))?
            }
        };
        self.policies.get(name)
    }

    /// The guest who this tenant knows a person of another tenant by.
    pub fn guest(&self, account: Uuid) -> Option<&User> {
        self.users.iter().find(|user| user.home.is_some_and(|home| home.id == account))
    }

    /// Whether what applies at `outer` applies at `inner` too: below a scope of Azure, else only there.
    pub fn contains(&self, outer: Scope, inner: Scope) -> bool {
        match (outer, inner) {
            (Scope::Azure(outer), Scope::Azure(inner)) => self.azure.contains(outer, inner),
            _ => outer == inner,
        }
    }

    /// Whether `principal` is the user `user` or a group that `user` belongs to without PIM's doing, also by way of
    /// another group.
    pub fn covers(&self, principal: Uuid, user: Uuid) -> bool {
        self.covers_within(principal, user, DEEPEST_GROUP)
    }

    fn covers_within(&self, principal: Uuid, user: Uuid, deep: usize) -> bool {
        principal == user
            || deep > 0
                && self.group(principal).is_some_and(|group| {
                    let mut members = group.members.iter();
                    members.any(|member| self.covers_within(*member, user, deep - 1))
                })
    }
}

/// What stands for membership and ownership of a group where a role is wanted.
static GROUP_ROLES: LazyLock<[RoleDefinition; 2]> = LazyLock::new(|| {
    Access::ALL.map(|access| RoleDefinition {
        id: access.role(),
        display_name: access.name().to_owned(),
        description: String::new(),
        built_in: true,
        actions: Vec::new(),
        not_actions: Vec::new(),
        data_actions: Vec::new(),
        not_data_actions: Vec::new(),
        privileged: false,
        units: false,
        policy: String::new(),
    })
});

#[cfg(test)]
mod tests;

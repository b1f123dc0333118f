//! The scenario file as it is written, before names are resolved.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::azure_file::{self, AzurePolicyEntry, AzureScopeEntry};
use super::{
    Access, AdministrativeUnit, Approver, Azure, Grant, Group, GroupPolicies, Home, IsoDuration, MfaMethod,
    Organization, Policy, RoleDefinition, Scenario, Scope, Switches, User,
};

/// The whole file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    name: String,
    organization: Organization,
    #[serde(default)]
    switches: Switches,
    #[serde(default)]
    users: Vec<Spanned<UserEntry>>,
    #[serde(default)]
    groups: Vec<Spanned<GroupEntry>>,
    #[serde(default)]
    administrative_units: Vec<Spanned<AdministrativeUnit>>,
    #[serde(default)]
    policies: BTreeMap<String, PolicyEntry>,
    #[serde(default)]
    roles: Vec<Spanned<RoleEntry>>,
    #[serde(default)]
    azure_scopes: Vec<Spanned<AzureScopeEntry>>,
    #[serde(default)]
    azure_roles: Vec<Spanned<RoleEntry>>,
    #[serde(default)]
    azure_policies: Vec<AzurePolicyEntry>,
    #[serde(default)]
    eligible: Vec<Spanned<GrantEntry>>,
    #[serde(default)]
    assigned: Vec<Spanned<GrantEntry>>,
    /// Further tenants, where users of this one can be guests.
    #[serde(default)]
    tenants: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct UserEntry {
    username: String,
    id: Uuid,
    display_name: String,
    #[serde(default)]
    user_principal_name: Option<String>,
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    surname: Option<String>,
    #[serde(default)]
    job_title: String,
    #[serde(default)]
    office_location: Option<String>,
    #[serde(default)]
    mfa: BTreeSet<MfaMethod>,
    /// In a further tenant: the username of the person in the first one.
    #[serde(default)]
    home: Option<Spanned<String>>,
    #[serde(default)]
    consented: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct GroupEntry {
    id: Uuid,
    display_name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    members: Vec<Spanned<String>>,
    #[serde(default)]
    owners: Vec<Spanned<String>>,
    #[serde(default)]
    role_assignable: bool,
    #[serde(default)]
    member_policy: Option<Spanned<String>>,
    #[serde(default)]
    owner_policy: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PolicyEntry {
    maximum: IsoDuration,
    #[serde(default)]
    mfa: bool,
    #[serde(default)]
    justification: bool,
    #[serde(default)]
    ticket: bool,
    #[serde(default)]
    authentication_context: Option<String>,
    #[serde(default)]
    approval: bool,
    #[serde(default)]
    approvers: Vec<Spanned<String>>,
    #[serde(default)]
    eligibility_maximum: Option<IsoDuration>,
    #[serde(default)]
    assignment_maximum: Option<IsoDuration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RoleEntry {
    id: Uuid,
    display_name: String,
    #[serde(default)]
    description: String,
    #[serde(default = "yes")]
    built_in: bool,
    #[serde(default)]
    actions: Vec<String>,
    policy: Spanned<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct GrantEntry {
    principal: Spanned<String>,
    /// A directory role.
    #[serde(default)]
    role: Option<Spanned<String>>,
    /// Instead of a role: a group.
    #[serde(default)]
    group: Option<Spanned<String>>,
    /// With a group.
    #[serde(default)]
    access: Access,
    /// Instead of a role: one of Azure, at `scope`.
    #[serde(default)]
    azure_role: Option<Spanned<String>>,
    #[serde(default)]
    scope: Option<Spanned<String>>,
    /// With a role of Azure.
    #[serde(default)]
    condition: Option<String>,
    #[serde(default = "a_quarter")]
    since: IsoDuration,
    #[serde(default)]
    ends: Option<IsoDuration>,
}

fn a_quarter() -> IsoDuration {
    IsoDuration::days(90)
}

/// Why the file makes no sense although its syntax does, and where.
pub(super) struct Nonsense {
    pub(super) at: Range<usize>,
    pub(super) reason: String,
}

pub(super) fn nonsense(at: Range<usize>, reason: String) -> Nonsense {
    Nonsense { at, reason }
}

/// What names in the file stand for.
#[derive(Default)]
struct Names {
    ids: HashMap<Uuid, String>,
    users: HashMap<String, Uuid>,
    groups: HashMap<String, Uuid>,
    units: HashMap<String, Uuid>,
    roles: HashMap<String, Uuid>,
    azure_roles: HashMap<String, Uuid>,
    azure_scopes: HashMap<String, Uuid>,
}

/// The id that a name stands for among those of its kind.
fn named(among: &HashMap<String, Uuid>, what: &str, name: &Spanned<String>) -> Result<Uuid, Nonsense> {
    let found = among.get(&name.get_ref().to_lowercase()).copied();
    found.ok_or_else(|| nonsense(name.span(), format!("there is no {what} {:?}", name.get_ref())))
}

impl Names {
    /// Remember an object; ids are unique across the tenant, names within their kind.
    fn add(
        &mut self,
        kind: fn(&mut Self) -> &mut HashMap<String, Uuid>,
        name: &str,
        id: Uuid,
        at: Range<usize>,
    ) -> Result<(), Nonsense> {
        if let Some(other) = self.ids.insert(id, name.to_owned()) {
            return Err(nonsense(at, format!("the id {id} of {name:?} is also that of {other:?}")));
        }
        match kind(self).insert(name.to_lowercase(), id) {
            Some(_) => Err(nonsense(at, format!("there are two called {name:?}"))),
            None => Ok(()),
        }
    }

    fn principal(&self, name: &Spanned<String>) -> Result<Approver, Nonsense> {
        let key = name.get_ref().to_lowercase();
        let user = self.users.get(&key).map(|id| Approver::User(*id));
        user.or_else(|| self.groups.get(&key).map(|id| Approver::Group(*id))).ok_or_else(|| {
            nonsense(name.span(), format!("{:?} is neither a user's username nor a group's name", name.get_ref()))
        })
    }

    fn scope(&self, name: &Spanned<String>) -> Result<Scope, Nonsense> {
        if let Some(id) = self.units.get(&name.get_ref().to_lowercase()) {
            return Ok(Scope::AdministrativeUnit(*id));
        }
        Scope::try_from(name.get_ref().clone()).map_err(|_| {
            let reason =
                format!("{:?} is neither / nor an administrative unit's name nor an object's path", name.get_ref());
            nonsense(name.span(), reason)
        })
    }

    fn grants(&self, entries: Vec<Spanned<GrantEntry>>) -> Result<Vec<Grant>, Nonsense> {
        let mut seen = BTreeSet::new();
        let mut grants = Vec::new();
        for entry in entries {
            let span = entry.span();
            let entry = entry.into_inner();
            let (Approver::User(principal) | Approver::Group(principal)) = self.principal(&entry.principal)?;
            let (role, scope) = match (&entry.role, &entry.group, &entry.azure_role, &entry.scope) {
                (Some(role), None, None, scope) => {
                    let scope = scope.as_ref().map_or(Ok(Scope::Directory), |scope| self.scope(scope))?;
                    (named(&self.roles, "role", role)?, scope)
                }
                (None, Some(group), None, None) => {
                    (entry.access.role(), Scope::Group(named(&self.groups, "group", group)?))
                }
                (None, None, Some(role), Some(scope)) => {
                    let scope = named(&self.azure_scopes, "scope of Azure", scope)?;
                    (named(&self.azure_roles, "role of Azure", role)?, Scope::Azure(scope))
                }
                _ => {
                    let reason = "this needs a role, or a group, or an azure-role with a scope";
                    return Err(nonsense(span, reason.to_owned()));
                }
            };
            if !seen.insert((principal, role, scope)) {
                return Err(nonsense(span, "the same principal, role and scope are here twice".to_owned()));
            }
            let GrantEntry { since, ends, condition, .. } = entry;
            grants.push(Grant { principal, role, scope, since, ends, condition });
        }
        Ok(grants)
    }
}

impl File {
    /// Check the file and resolve its names.
    pub(super) fn resolve(self) -> Result<Scenario, Nonsense> {
        self.within(None)
    }

    /// `first` is the tenant that a further one's guests come from, with its users.
    fn within(self, first: Option<(Uuid, &HashMap<String, Uuid>)>) -> Result<Scenario, Nonsense> {
        let mut names = Names::default();
        for user in &self.users {
            names.add(|n| &mut n.users, &user.get_ref().username, user.get_ref().id, user.span())?;
        }
        for group in &self.groups {
            names.add(|n| &mut n.groups, &group.get_ref().display_name, group.get_ref().id, group.span())?;
        }
        for unit in &self.administrative_units {
            names.add(|n| &mut n.units, &unit.get_ref().display_name, unit.get_ref().id, unit.span())?;
        }
        let known = |policy: &Spanned<String>| {
            if self.policies.contains_key(policy.get_ref()) {
                return Ok(());
            }
            Err(nonsense(policy.span(), format!("there is no policy {:?}", policy.get_ref())))
        };
        for role in &self.roles {
            names.add(|n| &mut n.roles, &role.get_ref().display_name, role.get_ref().id, role.span())?;
            known(&role.get_ref().policy)?;
        }
        for role in &self.azure_roles {
            names.add(|n| &mut n.azure_roles, &role.get_ref().display_name, role.get_ref().id, role.span())?;
            known(&role.get_ref().policy)?;
        }
        for group in &self.groups {
            let group = group.get_ref();
            group.member_policy.iter().chain(&group.owner_policy).try_for_each(known)?;
        }
        self.azure_policies.iter().map(AzurePolicyEntry::policy).try_for_each(known)?;
        let scopes = azure_file::scopes(self.azure_scopes)?;
        for scope in &scopes {
            // People say the display name; paths are unique, and so are the last segments of most.
            for name in [&scope.display_name, &scope.path] {
                names.azure_scopes.insert(name.to_lowercase(), scope.id);
            }
        }
        let azure_policies = self.azure_policies.into_iter().map(|policy| {
            let role = named(&names.azure_roles, "role of Azure", policy.role())?;
            let scope = named(&names.azure_scopes, "scope of Azure", policy.scope())?;
            Ok(policy.resolve(role, scope))
        });
        let azure = Azure {
            scopes,
            policies: azure_policies.collect::<Result<_, Nonsense>>()?,
            roles: self.azure_roles.into_iter().map(|role| role.into_inner().resolve()).collect(),
        };

        let groups =
            self.groups.into_iter().map(|group| group.into_inner().resolve(&names)).collect::<Result<_, _>>()?;
        let policies = self
            .policies
            .into_iter()
            .map(|(name, policy)| Ok((name, policy.resolve(&names)?)))
            .collect::<Result<_, Nonsense>>()?;
        let domain = &self.organization.domain;
        let users = self.users.into_iter().map(|user| user.into_inner().resolve(domain, first));
        let here = Some((self.organization.tenant_id, &names.users));
        let tenants = self.tenants.into_iter().map(|tenant| tenant.within(here));
        Ok(Scenario {
            eligible: names.grants(self.eligible)?,
            assigned: names.grants(self.assigned)?,
            users: users.collect::<Result<_, _>>()?,
            tenants: tenants.collect::<Result<_, _>>()?,
            groups,
            administrative_units: self.administrative_units.into_iter().map(Spanned::into_inner).collect(),
            policies,
            azure,
            roles: self.roles.into_iter().map(|role| role.into_inner().resolve()).collect(),
            name: self.name,
            organization: self.organization,
            switches: self.switches,
        })
    }
}

impl UserEntry {
    fn resolve(self, domain: &str, first: Option<(Uuid, &HashMap<String, Uuid>)>) -> Result<User, Nonsense> {
        let home = self.home.map(|name| match first {
            Some((tenant, people)) => Ok(Home { tenant, id: named(people, "user of the first tenant", &name)? }),
            None => Err(nonsense(name.span(), "guests are for further tenants".to_owned())),
        });
        Ok(User {
            home: home.transpose()?,
            user_principal_name: self.user_principal_name.unwrap_or_else(|| format!("{}@{domain}", self.username)),
            username: self.username,
            id: self.id,
            display_name: self.display_name,
            given_name: self.given_name,
            surname: self.surname,
            job_title: self.job_title,
            office_location: self.office_location,
            mfa: self.mfa,
            consented: self.consented,
        })
    }
}

impl GroupEntry {
    fn resolve(self, names: &Names) -> Result<Group, Nonsense> {
        let people = |list: &[Spanned<String>]| {
            let person = |name: &Spanned<String>| {
                let id = names.users.get(&name.get_ref().to_lowercase()).copied();
                id.ok_or_else(|| nonsense(name.span(), format!("{:?} is no user's username", name.get_ref())))
            };
            list.iter().map(person).collect::<Result<BTreeSet<Uuid>, Nonsense>>()
        };
        let pim = match (self.member_policy.map(Spanned::into_inner), self.owner_policy.map(Spanned::into_inner)) {
            (None, None) => None,
            (Some(only), None) | (None, Some(only)) => Some(GroupPolicies { member: only.clone(), owner: only }),
            (Some(member), Some(owner)) => Some(GroupPolicies { member, owner }),
        };
        let members = people(&self.members)?;
        Ok(Group {
            owners: people(&self.owners)?,
            pim,
            id: self.id,
            display_name: self.display_name,
            description: self.description,
            members,
            role_assignable: self.role_assignable,
        })
    }
}

impl PolicyEntry {
    fn resolve(self, names: &Names) -> Result<Policy, Nonsense> {
        Ok(Policy {
            approvers: self.approvers.iter().map(|name| names.principal(name)).collect::<Result<_, _>>()?,
            maximum: self.maximum,
            mfa: self.mfa,
            justification: self.justification,
            ticket: self.ticket,
            authentication_context: self.authentication_context,
            approval: self.approval,
            eligibility_maximum: self.eligibility_maximum,
            assignment_maximum: self.assignment_maximum,
        })
    }
}

impl RoleEntry {
    fn resolve(self) -> RoleDefinition {
        RoleDefinition {
            id: self.id,
            display_name: self.display_name,
            description: self.description,
            built_in: self.built_in,
            actions: self.actions,
            policy: self.policy.into_inner(),
        }
    }
}

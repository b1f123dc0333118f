//! The scenario file as it is written, before names are resolved.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::azure_file::{self, AzurePolicyEntry, AzureScopeEntry};
use super::events_file::{ActivationEntry, ReviewEntry};
use super::names::{Names, Nonsense, named, nonsense};
use super::{
    Access, AdministrativeUnit, ApplicationScope, Approver, Azure, Enablement, Group, GroupPolicies, Home, IsoDuration,
    MfaMethod, Organization, Policy, RoleDefinition, Scenario, ServicePrincipal, Switches, User, built_in, events_file,
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
    service_principals: Vec<Spanned<ServicePrincipal>>,
    #[serde(default)]
    groups: Vec<Spanned<GroupEntry>>,
    #[serde(default)]
    administrative_units: Vec<Spanned<AdministrativeUnit>>,
    #[serde(default)]
    application_scopes: Vec<Spanned<ApplicationScope>>,
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
    #[serde(default)]
    activations: Vec<Spanned<ActivationEntry>>,
    #[serde(default)]
    reviews: Vec<Spanned<ReviewEntry>>,
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
    #[serde(default = "yesterday")]
    last_sign_in: IsoDuration,
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
    /// Of administrators: `Enablement_Admin_Eligibility` and `Enablement_Admin_Assignment`.
    #[serde(default)]
    eligibility_justification: bool,
    #[serde(default)]
    eligibility_mfa: bool,
    #[serde(default = "yes")]
    assignment_justification: bool,
    #[serde(default)]
    assignment_mfa: bool,
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
    /// Those of Microsoft's own roles are known.
    #[serde(default)]
    actions: Vec<String>,
    #[serde(default)]
    privileged: bool,
    policy: Spanned<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct GrantEntry {
    pub(super) principal: Spanned<String>,
    /// A directory role.
    #[serde(default)]
    pub(super) role: Option<Spanned<String>>,
    /// Instead of a role: a group.
    #[serde(default)]
    pub(super) group: Option<Spanned<String>>,
    /// With a group.
    #[serde(default)]
    pub(super) access: Access,
    /// Instead of a role: one of Azure, at `scope`.
    #[serde(default)]
    pub(super) azure_role: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) scope: Option<Spanned<String>>,
    /// With a role of Azure.
    #[serde(default)]
    pub(super) condition: Option<String>,
    #[serde(default = "a_quarter")]
    pub(super) since: IsoDuration,
    #[serde(default)]
    pub(super) ends: Option<IsoDuration>,
    /// Given outside of PIM.
    #[serde(default)]
    pub(super) outside: bool,
}

fn yesterday() -> IsoDuration {
    IsoDuration::days(1)
}

fn a_quarter() -> IsoDuration {
    IsoDuration::days(90)
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
        for known in &self.service_principals {
            names.add(
                |n| &mut n.service_principals,
                &known.get_ref().display_name,
                known.get_ref().id,
                known.span(),
            )?;
        }
        for group in &self.groups {
            names.add(|n| &mut n.groups, &group.get_ref().display_name, group.get_ref().id, group.span())?;
        }
        for unit in &self.administrative_units {
            names.add(|n| &mut n.units, &unit.get_ref().display_name, unit.get_ref().id, unit.span())?;
        }
        for scope in &self.application_scopes {
            let (inner, at) = (scope.get_ref(), scope.span());
            names.add(|n| &mut n.application_scopes, &inner.display_name, inner.id, at)?;
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
            roles: self.azure_roles.into_iter().map(|role| role.into_inner().resolve(built_in::azure)).collect(),
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
            activations: events_file::activations(&names, self.activations)?,
            reviews: events_file::reviews(&names, self.reviews)?,
            service_principals: self.service_principals.into_iter().map(Spanned::into_inner).collect(),
            users: users.collect::<Result<_, _>>()?,
            tenants: tenants.collect::<Result<_, _>>()?,
            groups,
            administrative_units: self.administrative_units.into_iter().map(Spanned::into_inner).collect(),
            application_scopes: self.application_scopes.into_iter().map(Spanned::into_inner).collect(),
            policies,
            azure,
            roles: self.roles.into_iter().map(|role| role.into_inner().resolve(built_in::directory)).collect(),
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
            last_sign_in: self.last_sign_in,
        })
    }
}

impl GroupEntry {
    fn resolve(self, names: &Names) -> Result<Group, Nonsense> {
        let people = |list: &[Spanned<String>]| {
            list.iter().map(|name| names.person(name)).collect::<Result<BTreeSet<Uuid>, Nonsense>>()
        };
        // Groups can be in groups.
        let member = |name: &Spanned<String>| names.principal(name).map(Approver::id);
        let pim = match (self.member_policy.map(Spanned::into_inner), self.owner_policy.map(Spanned::into_inner)) {
            (None, None) => None,
            (Some(only), None) | (None, Some(only)) => Some(GroupPolicies { member: only.clone(), owner: only }),
            (Some(member), Some(owner)) => Some(GroupPolicies { member, owner }),
        };
        let members = self.members.iter().map(member).collect::<Result<BTreeSet<Uuid>, Nonsense>>()?;
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
            eligibility_enablement: Enablement {
                mfa: self.eligibility_mfa,
                justification: self.eligibility_justification,
                ticket: false,
            },
            assignment_enablement: Enablement {
                mfa: self.assignment_mfa,
                justification: self.assignment_justification,
                ticket: false,
            },
            approver_justification: true,
        })
    }
}

impl RoleEntry {
    fn resolve(self, built_in: fn(Uuid) -> Option<&'static built_in::BuiltIn>) -> RoleDefinition {
        let known = built_in(self.id).filter(|_| self.built_in).cloned().unwrap_or_default();
        RoleDefinition {
            id: self.id,
            display_name: self.display_name,
            description: if self.description.is_empty() { known.description } else { self.description },
            built_in: self.built_in,
            actions: if self.actions.is_empty() { known.actions } else { self.actions },
            not_actions: known.not_actions,
            data_actions: known.data_actions,
            not_data_actions: known.not_data_actions,
            privileged: self.privileged || known.privileged,
            // What nobody knows better can be assigned anywhere.
            units: known.units || known.id.is_nil(),
            policy: self.policy.into_inner(),
        }
    }
}

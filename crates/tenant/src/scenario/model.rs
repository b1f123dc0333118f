//! What a scenario describes: the company, its people, roles, policies and who may do what.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{IsoDuration, Scope};

/// The tenant itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Organization {
    /// The tenant's id, `tid` in tokens.
    pub tenant_id: Uuid,
    /// The organisation's name.
    pub display_name: String,
    /// The verified default domain, the part after `@` of user principal names.
    pub domain: String,
    /// Two-letter country code.
    #[serde(default = "default_country")]
    pub country: String,
}

fn default_country() -> String {
    "NL".to_owned()
}

/// A way to prove who one is, beyond the first factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MfaMethod {
    /// Microsoft Authenticator on a phone.
    Authenticator,
    /// A security key or passkey.
    Fido2,
    /// A text message.
    Sms,
}

/// A person with an account. There are no passwords: picking the account signs in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The short name, used by scenario files, the sign-in page and tests.
    pub username: String,
    /// The object id, `oid` in tokens.
    pub id: Uuid,
    /// The user principal name.
    pub user_principal_name: String,
    /// The name shown everywhere.
    pub display_name: String,
    /// First name.
    pub given_name: Option<String>,
    /// Family name.
    pub surname: Option<String>,
    /// What they do; may be empty.
    pub job_title: String,
    /// Office.
    pub office_location: Option<String>,
    /// What the person can prove a second factor with; empty: enrolment would be needed.
    pub mfa: BTreeSet<MfaMethod>,
    /// The account that this one stands for, if it is a guest's.
    pub home: Option<Home>,
    /// Client ids that the person (or an administrator for all) has consented to already.
    pub consented: BTreeSet<String>,
}

/// Where a guest comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The home tenant's id.
    pub tenant: Uuid,
    /// The object id there.
    pub id: Uuid,
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The object id.
    pub id: Uuid,
    /// The name.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Object ids of its members.
    pub members: BTreeSet<Uuid>,
    /// Object ids of its owners.
    pub owners: BTreeSet<Uuid>,
    /// Whether directory roles may be assigned to it.
    pub role_assignable: bool,
    /// The names of the policies of membership and ownership, where the group is managed with PIM.
    pub pim: Option<GroupPolicies>,
}

/// The policies of a group that is managed with PIM, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPolicies {
    /// For members.
    pub member: String,
    /// For owners.
    pub owner: String,
}

/// A part of the directory that roles can be scoped to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdministrativeUnit {
    /// The object id.
    pub id: Uuid,
    /// The name.
    pub display_name: String,
    /// What it comprises.
    pub description: Option<String>,
}

/// A role of the directory or of Azure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleDefinition {
    /// `roleDefinitionId`; for built-in roles the template id, the same in every tenant.
    pub id: Uuid,
    /// The name.
    pub display_name: String,
    /// What it allows.
    pub description: String,
    /// Microsoft's own, as opposed to a custom role.
    pub built_in: bool,
    /// A few of the actions it allows.
    pub actions: Vec<String>,
    /// The name of its policy in [`super::Scenario::policies`].
    pub policy: String,
}

/// Somebody who decides on requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approver {
    /// A person.
    User(Uuid),
    /// Every member of a group.
    Group(Uuid),
}

/// What a role's policy demands (the settings behind the 17 rules of a `unifiedRoleManagementPolicy`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// `Expiration_EndUser_Assignment`: the longest activation.
    pub maximum: IsoDuration,
    /// `Enablement_EndUser_Assignment` has `MultiFactorAuthentication`.
    pub mfa: bool,
    /// `Enablement_EndUser_Assignment` has `Justification`.
    pub justification: bool,
    /// `Enablement_EndUser_Assignment` has `Ticketing`.
    pub ticket: bool,
    /// `AuthenticationContext_EndUser_Assignment`: the context, if one is demanded.
    pub authentication_context: Option<String>,
    /// `Approval_EndUser_Assignment`.
    pub approval: bool,
    /// Who approves; when empty, Global and Privileged Role Administrators do.
    pub approvers: Vec<Approver>,
    /// `Expiration_Admin_Eligibility`: the longest eligibility, if it must end.
    pub eligibility_maximum: Option<IsoDuration>,
    /// `Expiration_Admin_Assignment`: the longest active assignment, if it must end.
    pub assignment_maximum: Option<IsoDuration>,
}

impl Default for Policy {
    /// The documented defaults of a role nobody has configured.
    fn default() -> Self {
        Self {
            maximum: IsoDuration::hours(8),
            mfa: true,
            justification: true,
            ticket: false,
            authentication_context: None,
            approval: false,
            approvers: Vec::new(),
            eligibility_maximum: None,
            assignment_maximum: None,
        }
    }
}

/// A role that somebody may activate, or holds, when the tenant starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// The user or group.
    pub principal: Uuid,
    /// The role.
    pub role: Uuid,
    /// Where it applies.
    pub scope: Scope,
    /// When it began, before the tenant's start.
    pub since: IsoDuration,
    /// When it ends, after the tenant's start; `None` is permanent.
    pub ends: Option<IsoDuration>,
    /// An attribute condition (Azure only), as Azure writes it.
    pub condition: Option<String>,
}

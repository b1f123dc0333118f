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
    /// When they last signed in, before the tenant's start.
    pub last_sign_in: IsoDuration,
}

/// Where a guest comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The home tenant's id.
    pub tenant: Uuid,
    /// The object id there.
    pub id: Uuid,
}

/// An application's identity in the tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ServicePrincipal {
    /// The object id.
    pub id: Uuid,
    /// The application's id.
    pub app_id: Uuid,
    /// The name.
    pub display_name: String,
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
    /// Object ids of its members: people and groups.
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

/// A scope that an application has made up for itself: Graph's `appScope`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ApplicationScope {
    /// Its id.
    pub id: Uuid,
    /// The name.
    pub display_name: String,
    /// What the application calls such a scope.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A role of the directory or of Azure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoleDefinition {
    /// `roleDefinitionId`; for built-in roles the template id, the same in every tenant.
    pub id: Uuid,
    /// The name.
    pub display_name: String,
    /// What it allows.
    pub description: String,
    /// Microsoft's own, as opposed to a custom role.
    pub built_in: bool,
    /// The actions it allows.
    pub actions: Vec<String>,
    /// What of them it does not (Azure only).
    pub not_actions: Vec<String>,
    /// The actions on data that it allows (Azure only).
    pub data_actions: Vec<String>,
    /// What of those it does not (Azure only).
    pub not_data_actions: Vec<String>,
    /// Microsoft calls it privileged.
    pub privileged: bool,
    /// It can be assigned within an administrative unit.
    pub units: bool,
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

impl Approver {
    /// The object id.
    pub fn id(self) -> Uuid {
        let (Self::User(id) | Self::Group(id)) = self;
        id
    }
}

/// What an enablement rule asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enablement {
    /// `MultiFactorAuthentication`.
    pub mfa: bool,
    /// `Justification`.
    pub justification: bool,
    /// `Ticketing`.
    pub ticket: bool,
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
    /// `Enablement_Admin_Eligibility`.
    pub eligibility_enablement: Enablement,
    /// `Enablement_Admin_Assignment`.
    pub assignment_enablement: Enablement,
    /// Whether an approver has to say why.
    pub approver_justification: bool,
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
            eligibility_enablement: Enablement::default(),
            assignment_enablement: Enablement { justification: true, ..Enablement::default() },
            approver_justification: true,
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
    /// It was given outside of PIM.
    pub outside: bool,
}

/// An activation from before the tenant's start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastActivation {
    /// Who.
    pub principal: Uuid,
    /// Which role.
    pub role: Uuid,
    /// Where.
    pub scope: Scope,
    /// How long before the tenant's start it began.
    pub ago: IsoDuration,
    /// How long it lasted.
    pub lasted: IsoDuration,
    /// The reason that was given.
    pub justification: String,
}

/// An access review of everybody who holds a role, or is eligible for it, or belongs to a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub display_name: String,
    /// What reviewers are told.
    pub description: String,
    /// The role; for groups what stands for membership.
    pub role: Uuid,
    /// Where.
    pub scope: Scope,
    /// Who decides.
    pub reviewers: Vec<Uuid>,
    /// Who set it up.
    pub created_by: Option<Uuid>,
    /// When it began, before the tenant's start.
    pub began: IsoDuration,
    /// How many days reviewers have.
    pub days: u32,
    /// Whoever approves has to say why.
    pub justification: bool,
    /// What is decided is applied at the end without anybody's doing.
    pub apply: bool,
}

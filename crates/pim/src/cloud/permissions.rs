//! The delegated permissions that Pimento asks for: one table, which sign-ins, links for administrators, the window, the pages for
//! administrators and the scripts that register an application go by. Tests hold the last three against it.

use serde::{Deserialize, Serialize};

use super::Resource;
use crate::model::Kind;

/// When a permission is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By every sign-in.
    AtOnce,
    /// When somebody wants to see their groups.
    Groups,
    /// When somebody wants to see their roles on Azure resources.
    Azure,
    /// By the one thing that takes it, when somebody does that, and not before.
    Errand,
}

macro_rules! permissions {
    ($($permission:ident $name:tt $asked:ident $about:tt,)*) => {
        /// A delegated permission, by Microsoft's name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
        pub enum Permission {
            $(#[doc = $about] #[serde(rename = $name)] $permission,)*
        }

        impl Permission {
            /// All of them, in the order in which they are told.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$permission),*];

            /// As Microsoft calls it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$permission => $name,)* }
            }

            /// What it is for, in a sentence for administrators.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$permission => $about,)* }
            }

            /// When it is asked for.
            pub const fn asked(self) -> Asked {
                match self { $(Self::$permission => Asked::$asked,)* }
            }
        }
    };
}

permissions! {
    User "User.Read" AtOnce "The name of who is signed in, and of their organisation.",
    Eligibilities "RoleEligibilitySchedule.Read.Directory" AtOnce "The roles that somebody can activate.",
    Assignments "RoleAssignmentSchedule.ReadWrite.Directory" AtOnce "What is active; activating, ending and withdrawing one's own; deciding on requests for roles.",
    Policies "RoleManagementPolicy.Read.Directory" AtOnce "What each role asks for, before the click.",
    GroupEligibilities "PrivilegedEligibilitySchedule.Read.AzureADGroup" Groups "The groups that somebody can join or own for a while.",
    GroupAssignments "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup" Groups "Being in them for a while; deciding on requests for groups.",
    GroupPolicies "RoleManagementPolicy.Read.AzureADGroup" Groups "What each group asks for.",
    Azure "user_impersonation" Azure "Roles on management groups, subscriptions and resources: Azure Resource Manager has no narrower one.",
    AuditLog "AuditLog.Read.All" Errand "The tenant's audit history.",
    RoleDefinitions "RoleManagement.Read.Directory" Errand "Which directory role allows what.",
    GivingRoles "RoleEligibilitySchedule.ReadWrite.Directory" Errand "Making somebody eligible for a role; asking for a later end of one's own eligibility.",
    GivingGroups "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup" Errand "The same for a group.",
    ChangingPolicies "RoleManagementPolicy.ReadWrite.Directory" Errand "Changing what a role asks for.",
    ChangingGroupPolicies "RoleManagementPolicy.ReadWrite.AzureADGroup" Errand "Changing what a group asks for.",
    AccessReviews "AccessReview.Read.All" Errand "Reading access reviews.",
    Reviewing "AccessReview.ReadWrite.All" Errand "Deciding in access reviews.",
    Alerts "RoleManagementAlert.Read.Directory" Errand "Reading PIM's alerts.",
    Alerting "RoleManagementAlert.ReadWrite.Directory" Errand "Dismissing alerts, and having the service look again.",
    SearchUsers "User.ReadBasic.All" Errand "Finding people by name.",
    SearchGroups "GroupMember.Read.All" Errand "Finding groups by name, and who is in them.",
    SearchApplications "Application.Read.All" Errand "Finding applications by name.",
    SearchUnits "AdministrativeUnit.Read.All" Errand "Finding administrative units by name.",
}

impl Permission {
    /// Whose it is.
    pub const fn resource(self) -> Resource {
        if matches!(self, Self::Azure) { Resource::Arm } else { Resource::Graph }
    }

    /// Those that are asked for then.
    pub fn of(asked: Asked) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |permission| permission.asked() == asked)
    }
}

/// Delegated Graph permissions that directory roles need, least privilege first.
///
/// Listing one's own *requests* needs the `ReadWrite` scope ("Permissions" of
/// `rbacapplication-list-roleassignmentschedulerequests`), and that one covers reading instances too.
pub const DIRECTORY_ROLE_SCOPES: [&str; 4] = [
    Permission::User.name(),
    Permission::Eligibilities.name(),
    Permission::Assignments.name(),
    Permission::Policies.name(),
];

/// Delegated Graph permissions that PIM for Groups needs besides, least privilege first.
///
/// [`Permission::GroupAssignments`] covers reading instances, requests and approvals.
pub const GROUP_SCOPES: [&str; 3] =
    [Permission::GroupEligibilities.name(), Permission::GroupAssignments.name(), Permission::GroupPolicies.name()];

/// Azure Resource Manager's only permission.
pub const AZURE: &str = Permission::Azure.name();

/// Delegated Graph permissions that asking for a later end of one's own eligibilities takes, and listing such requests of
/// directory roles ("Permissions" of `rbacapplication-post-roleeligibilityschedulerequests` and
/// `privilegedaccessgroup-post-eligibilityschedulerequests`). They allow to change eligibilities, which nothing else here
/// does: they are asked for when somebody wants a later end, and not before.
pub const EXTENSION_SCOPES: [(Kind, &str); 2] =
    [(Kind::DirectoryRole, Permission::GivingRoles.name()), (Kind::Group, Permission::GivingGroups.name())];

/// The delegated Graph permission that reading the tenant's audit log takes ("Permissions" of `directoryaudit-list`). It is
/// asked for when somebody wants to read it, and not before; the service wants a role besides, such as Reports Reader.
pub const AUDIT_LOG: &str = Permission::AuditLog.name();

/// The delegated Graph permissions that reading access reviews takes, and deciding in them ("Permissions" of
/// `accessreviewinstancedecisionitem-filterbycurrentuser` and `accessreviewinstancedecisionitem-update`). Asked for when somebody
/// wants to, and not before.
pub const ACCESS_REVIEWS: &str = Permission::AccessReviews.name();
/// Deciding in access reviews.
pub const REVIEWING: &str = Permission::Reviewing.name();

/// The delegated Graph permissions that reading PIM's security alerts takes, and dismissing them ("Permissions" of
/// `rolemanagementalert-list-alerts` and `unifiedrolemanagementalert-update`). The service wants a role besides.
pub const ALERTS: &str = Permission::Alerts.name();
/// Dismissing alerts, and having the service look again.
pub const ALERTING: &str = Permission::Alerting.name();

/// The delegated Graph permission that reading what directory roles allow takes ("Permissions" of
/// `rbacapplication-list-roledefinitions`).
pub const ROLE_DEFINITIONS: &str = Permission::RoleDefinitions.name();

/// The delegated Graph permissions that looking for people, groups, applications and administrative units takes
/// ("Permissions" of `user-list`, `group-list`, `serviceprincipal-list` and `directory-list-administrativeunits`, the least of
/// each).
pub const SEARCH_USERS: &str = Permission::SearchUsers.name();
/// See [`SEARCH_USERS`].
pub const SEARCH_GROUPS: &str = Permission::SearchGroups.name();
/// See [`SEARCH_USERS`].
pub const SEARCH_APPLICATIONS: &str = Permission::SearchApplications.name();
/// See [`SEARCH_USERS`].
pub const SEARCH_UNITS: &str = Permission::SearchUnits.name();

/// The delegated Graph permissions that changing policies takes ("Permissions" of `unifiedrolemanagementpolicyrule-update`).
pub const POLICY_SCOPES: [(Kind, &str); 2] = [
    (Kind::DirectoryRole, Permission::ChangingPolicies.name()),
    (Kind::Group, Permission::ChangingGroupPolicies.name()),
];

/// The delegated permission that deciding on requests takes, and reading those that wait for one's decision ("Permissions" of
/// `approvalstep-update`, `approvalstage-update` and the requests' `filterByCurrentUser`). Each kind asks for it anyway.
pub const APPROVAL_SCOPES: [(Kind, &str); 3] = [
    (Kind::DirectoryRole, Permission::Assignments.name()),
    (Kind::Group, Permission::GroupAssignments.name()),
    (Kind::AzureResource, AZURE),
];

#[cfg(test)]
#[path = "permissions_tests.rs"]
mod tests;

//! Which delegated permissions each operation takes, least privileged first
//! (microsoftgraph/microsoft-graph-devx-content, `permissions/new/permissions.json`).

use axum::http::StatusCode;
use serde_json::json;

use super::answer::Failure;
use crate::scenario::MissingScope;

/// `GET /me`.
pub const ME: &[&str] = &[
    "User.Read",
    "User.ReadBasic.All",
    "User.ReadWrite",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// `GET /organization`.
pub const ORGANIZATION: &[&str] = &[
    "User.Read",
    "User.Read.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Reading role definitions.
pub const DEFINITIONS: &[&str] = &[
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "RoleManagement.Read.All",
];
/// Reading role assignments.
pub const ROLE_ASSIGNMENTS: &[&str] = &[
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "RoleManagement.ReadWrite.Directory",
];
/// Reading eligibility schedules and instances.
pub const READ_ELIGIBILITY: &[&str] = &[
    "RoleEligibilitySchedule.Read.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
];
/// Reading assignment schedules and instances, and approvals.
pub const READ_ASSIGNMENT: &[&str] = &[
    "RoleAssignmentSchedule.Read.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
];
/// Taking eligibilities away.
pub const REMOVE_ELIGIBILITY: &str = "RoleEligibilitySchedule.Remove.Directory";
/// Taking assignments away.
pub const REMOVE_ASSIGNMENT: &str = "RoleAssignmentSchedule.Remove.Directory";
/// Taking eligibilities of groups away.
pub const REMOVE_GROUP_ELIGIBILITY: &str = "PrivilegedEligibilitySchedule.Remove.AzureADGroup";
/// Taking assignments of groups away.
pub const REMOVE_GROUP_ASSIGNMENT: &str = "PrivilegedAssignmentSchedule.Remove.AzureADGroup";
/// Eligibility requests, reading them included.
pub const WRITE_ELIGIBILITY: &[&str] =
    &["RoleEligibilitySchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
/// Assignment requests, reading them included, and deciding on approvals.
pub const WRITE_ASSIGNMENT: &[&str] =
    &["RoleAssignmentSchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
/// Reading policies.
pub const POLICIES: &[&str] = &[
    "RoleManagementPolicy.Read.Directory",
    "RoleManagementPolicy.ReadWrite.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
];

/// Reading the eligibilities of groups.
pub const READ_GROUP_ELIGIBILITY: &[&str] = &[
    "PrivilegedEligibilitySchedule.Read.AzureADGroup",
    "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    "PrivilegedAccess.ReadWrite.AzureADGroup",
];
/// Reading the assignments of groups, their requests and approvals.
pub const READ_GROUP_ASSIGNMENT: &[&str] = &[
    "PrivilegedAssignmentSchedule.Read.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "PrivilegedAccess.ReadWrite.AzureADGroup",
];
/// Changing the eligibilities of groups.
pub const WRITE_GROUP_ELIGIBILITY: &[&str] =
    &["PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup"];
/// Changing the assignments of groups, and deciding on approvals.
pub const WRITE_GROUP_ASSIGNMENT: &[&str] =
    &["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup"];
/// Reading the policies of groups.
pub const GROUP_POLICIES: &[&str] =
    &["RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.AzureADGroup"];
/// `GET /groups`.
pub const GROUPS: &[&str] = &[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Group.ReadBasic.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

/// Changing the policies of directory roles.
pub const WRITE_POLICIES: &[&str] = &["RoleManagementPolicy.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
/// Changing the policies of groups.
pub const WRITE_GROUP_POLICIES: &[&str] = &["RoleManagementPolicy.ReadWrite.AzureADGroup"];
/// Giving and taking directory roles outside of PIM.
pub const WRITE_ROLE_ASSIGNMENTS: &[&str] = &["RoleManagement.ReadWrite.Directory"];
/// `GET /users`.
pub const USERS: &[&str] =
    &["User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];
/// `GET /servicePrincipals`.
pub const APPLICATIONS: &[&str] =
    &["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];
/// `GET /directory/administrativeUnits`.
pub const UNITS: &[&str] = &[
    "AdministrativeUnit.Read.All",
    "AdministrativeUnit.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// `POST /directoryObjects/getByIds`.
pub const OBJECTS: &[&str] = &["Directory.Read.All", "Directory.ReadWrite.All"];
/// Reading the audit log.
pub const AUDIT: &[&str] = &["AuditLog.Read.All", "Directory.Read.All"];
/// Reading access reviews.
pub const READ_REVIEWS: &[&str] = &["AccessReview.Read.All", "AccessReview.ReadWrite.All"];
/// Deciding in access reviews.
pub const WRITE_REVIEWS: &[&str] = &["AccessReview.ReadWrite.All"];
/// Reading alerts.
pub const READ_ALERTS: &[&str] = &["RoleManagementAlert.Read.Directory", "RoleManagementAlert.ReadWrite.Directory"];
/// Dismissing and refreshing alerts.
pub const WRITE_ALERTS: &[&str] = &["RoleManagementAlert.ReadWrite.Directory"];
/// Reading authentication contexts.
pub const AUTHENTICATION_CONTEXTS: &[&str] = &[
    "AuthenticationContext.Read.All",
    "AuthenticationContext.ReadWrite.All",
    "Policy.Read.ConditionalAccess",
    "Policy.ReadWrite.ConditionalAccess",
];

/// Refuse a token that has none of `needed`, in PIM's way.
pub fn demand(granted: &[String], needed: &[&str], shape: MissingScope) -> Result<(), Failure> {
    if has_any(granted, needed) {
        return Ok(());
    }
    let message = format!("Authorization failed due to missing permission scope {}.", needed.join(","));
    Err(match shape {
        MissingScope::Nested => {
            let nested =
                json!({"errorCode": "PermissionScopeNotGranted", "message": message, "instanceAnnotations": []});
            Failure::new(StatusCode::FORBIDDEN, "UnknownError", nested.to_string())
        }
        MissingScope::Plain => Failure::new(StatusCode::FORBIDDEN, "PermissionScopeNotGranted", message),
    })
}

/// Refuse a token that has none of `needed`, in the directory's way.
pub fn demand_plain(granted: &[String], needed: &[&str]) -> Result<(), Failure> {
    if has_any(granted, needed) {
        return Ok(());
    }
    let text = "Insufficient privileges to complete the operation.";
    Err(Failure::new(StatusCode::FORBIDDEN, "Authorization_RequestDenied", text))
}

/// Whether a token has one of the permissions.
pub fn has_any(granted: &[String], needed: &[&str]) -> bool {
    needed.iter().any(|needed| granted.iter().any(|granted| granted.eq_ignore_ascii_case(needed)))
}

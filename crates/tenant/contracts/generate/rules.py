"""What of Microsoft's description is kept, and what its packages do not say."""

import re

# Folders of request builders; with everything below them, or alone.
DEEP, ALONE = True, False
GRAPH_V1 = [
    ("role_management/directory/role_assignment_schedule_instances", DEEP),
    ("role_management/directory/role_assignment_schedule_requests", DEEP),
    ("role_management/directory/role_assignment_schedules", DEEP),
    ("role_management/directory/role_assignments", DEEP),
    ("role_management/directory/role_definitions", ALONE),
    ("role_management/directory/role_definitions/item", ALONE),
    ("role_management/directory/role_eligibility_schedule_instances", DEEP),
    ("role_management/directory/role_eligibility_schedule_requests", DEEP),
    ("role_management/directory/role_eligibility_schedules", DEEP),
    ("identity_governance/privileged_access/group", DEEP),
    ("policies/role_management_policies", DEEP),
    ("policies/role_management_policy_assignments", DEEP),
    ("identity/conditional_access/authentication_context_class_references", DEEP),
    ("audit_logs/directory_audits", DEEP),
    ("identity_governance/access_reviews/definitions", DEEP),
    ("users", ALONE),
    ("users/item", ALONE),
    ("users/item/check_member_groups", DEEP),
    ("users/item/member_of", DEEP),
    ("users/item/transitive_member_of", DEEP),
    ("groups", ALONE),
    ("groups/item", ALONE),
    ("groups/item/members", DEEP),
    ("groups/item/transitive_members", DEEP),
    ("groups/item/owners", DEEP),
    ("directory/administrative_units", ALONE),
    ("directory/administrative_units/item", ALONE),
    ("directory_objects", ALONE),
    ("directory_objects/item", ALONE),
    ("directory_objects/get_by_ids", ALONE),
    ("organization", ALONE),
    ("service_principals", ALONE),
    ("service_principals/item", ALONE),
]
GRAPH_BETA = [
    ("role_management/directory/role_assignment_approvals", DEEP),
    ("identity_governance/privileged_access/group/assignment_approvals", DEEP),
    ("identity_governance/role_management_alerts", DEEP),
    ("role_management/directory/role_definitions", ALONE),
    ("role_management/directory/role_definitions/item", ALONE),
]


def graph_path(path):
    """Not: counts as text, links, and members that are no people or groups."""
    return not re.search(r"/\$(count|ref)|/graph\.(application|device|orgContact)|serviceProvisioningErrors", path)


class Graph:
    # Types with hundreds of properties: only those that are no objects are kept, and these.
    plain_only = {"administrativeUnit", "directoryObject", "directoryRole", "group", "organization", "servicePrincipal", "user"}
    kept = {"organization.assignedPlans", "organization.provisionedPlans", "organization.verifiedDomains"}
    # Of types that nearly everything derives from, the derived ones that matter here.
    kinds = {
        "entity": set(),
        "directoryObject": {"administrativeUnit", "directoryRole", "group", "organization", "servicePrincipal", "user"},
        "servicePrincipal": set(),
        "user": set(),
        "identity": {"userIdentity", "auditUserIdentity", "servicePrincipalIdentity"},
        "identitySet": set(),
        "longRunningOperation": set(),
        "request": {
            "privilegedAccessGroupAssignmentScheduleRequest",
            "privilegedAccessGroupEligibilityScheduleRequest",
            "unifiedRoleAssignmentScheduleRequest",
            "unifiedRoleEligibilityScheduleRequest",
        },
    }
    # `Nullable="false"` in Microsoft's CSDL, which the generated clients do not tell.
    never_null = {
        "accessReviewAccessPackageAssignmentPolicyScope.accessPackageDisplayName",
        "accessReviewAccessPackageAssignmentPolicyScope.accessPackageId",
        "accessReviewAccessPackageAssignmentPolicyScope.catalogDisplayName",
        "accessReviewAccessPackageAssignmentPolicyScope.catalogId",
        "accessReviewInstanceDecisionItem.accessReviewId",
        "accessReviewInstanceDecisionItem.applyDescription",
        "accessReviewInstanceDecisionItem.permission",
        "accessReviewInstanceDecisionItemAccessPackageResource.accessPackageAssignmentPolicyDisplayName",
        "accessReviewInstanceDecisionItemAccessPackageResource.accessPackageAssignmentPolicyId",
        "accessReviewInstanceDecisionItemCustomDataProvidedResource.customData",
        "accessReviewInstanceDecisionItemCustomDataProvidedResource.scopeDisplayName",
        "accessReviewInstanceDecisionItemCustomDataProvidedResource.scopeId",
        "accessReviewInstanceDecisionItemPermission.description",
        "accessReviewInstanceDecisionItemPermission.displayName",
        "accessReviewInstanceDecisionItemPermission.id",
        "accessReviewInstanceDecisionItemPermission.type",
        "accessReviewInstanceDecisionItemResource.description",
        "accessReviewInstanceDecisionItemServicePrincipalResource.appRoleDisplayName",
        "accessReviewInstanceDecisionItemServicePrincipalResource.appRoleId",
        "accessReviewPrincipalScope.scopeType",
        "accessReviewResourceScope.displayName",
        "accessReviewResourceScope.resourceId",
        "accessReviewResourceScope.scopeType",
        "accessReviewReviewerScope.reviewerId",
        "accessReviewReviewerScope.scopeType",
        "accessReviewScheduleSettings.autoApplyDecisionsEnabled",
        "accessReviewScheduleSettings.defaultDecisionEnabled",
        "accessReviewScheduleSettings.instanceDurationInDays",
        "accessReviewScheduleSettings.justificationRequiredOnApproval",
        "accessReviewScheduleSettings.mailNotificationsEnabled",
        "accessReviewScheduleSettings.recommendationsEnabled",
        "accessReviewScheduleSettings.reminderNotificationsEnabled",
        "accessReviewStageSettings.durationInDays",
        "accessReviewStageSettings.recommendationsEnabled",
        "accessReviewStageSettings.stageId",
        "auditUserIdentity.homeTenantId",
        "auditUserIdentity.homeTenantName",
        "baseCollectionPaginationCountResponse",
        "directoryAudit.activityDateTime",
        "directoryAudit.activityDisplayName",
        "directoryAudit.category",
        "directoryAudit.initiatedBy",
        "entity.id",
        "errorDetails",
        "innerError",
        "mainError",
        "membershipOutlierInsight.containerId",
        "membershipOutlierInsight.memberId",
        "membershipOutlierInsight.outlierContainerType",
        "membershipOutlierInsight.outlierMemberType",
        "oDataError",
        "recurrencePattern.dayOfMonth",
        "recurrencePattern.interval",
        "recurrencePattern.month",
        "recurrenceRange.numberOfOccurrences",
        "request.status",
        "unifiedRoleManagementPolicy.description",
        "unifiedRoleManagementPolicy.displayName",
        "unifiedRoleManagementPolicy.scopeId",
        "unifiedRoleManagementPolicy.scopeType",
        "unifiedRoleManagementPolicyAssignment.policyId",
        "unifiedRoleManagementPolicyAssignment.scopeId",
        "unifiedRoleManagementPolicyAssignment.scopeType",
        "unifiedRoleManagementPolicyCustomExtensionRule.customExtensionId",
        "unifiedRoleManagementPolicyCustomExtensionRule.displayName",
        "unifiedRoleManagementPolicyCustomExtensionRule.isEnabled",
    }


# Azure: name of the file, package, folder, which operations (method and path).
PIM = r"/providers/Microsoft\.Authorization/(role(Assignment|Eligibility)Schedule|roleManagementPolic|eligibleChildResources)"
AZURE = [
    ("arm-authorization-2020-10-01", "azure-mgmt-authorization", "azure/mgmt/authorization/v2020_10_01", PIM),
    ("arm-authorization-2021-01-01-preview", "azure-mgmt-authorization", "azure/mgmt/authorization/v2021_01_01_preview",
     r"/roleAssignmentApprovals"),
    ("arm-authorization-2022-04-01", "azure-mgmt-authorization", "azure/mgmt/authorization/v2022_04_01",
     r"\{scope\}/providers/Microsoft\.Authorization/role(Assignments|Definitions)|resourcegroups/\{resourceGroupName\}/providers/Microsoft\.Authorization/permissions$"),
    ("arm-authorization-2021-12-01-preview", "azure-mgmt-authorization", "azure/mgmt/authorization/v2021_12_01_preview",
     r" /providers/Microsoft\.Authorization/accessReviewScheduleDefinitions"),
    ("arm-authorization-2022-08-01-preview", "azure-mgmt-authorization", "azure/mgmt/authorization/v2022_08_01_preview",
     r"/roleManagementAlert"),
    ("arm-subscriptions-2022-12-01", "azure-mgmt-resource", "azure/mgmt/resource/subscriptions/v2022_12_01",
     r"get /(tenants|subscriptions|subscriptions/\{subscriptionId\})$"),
    ("arm-resourcegroups-2021-04-01", "azure-mgmt-resource", "azure/mgmt/resource/resources/v2021_04_01",
     r"get /subscriptions/\{subscriptionId\}(/resourcegroups(/\{resourceGroupName\})?|(/resourceGroups/\{resourceGroupName\})?/resources)$"
     r"|head /subscriptions/\{subscriptionId\}/resourcegroups/\{resourceGroupName\}$"),
    ("arm-managementgroups-2021-04-01", "azure-mgmt-managementgroups", "azure/mgmt/managementgroups",
     r"get .*/managementGroups(/\{groupId\}(/descendants)?)?$"),
]
# Described for some scopes, served at all of them: name of the file, described path, served path.
AZURE_EVERYWHERE = [
    ("arm-authorization-2022-04-01",
     "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}/providers/Microsoft.Authorization/permissions",
     "/{scope}/providers/Microsoft.Authorization/permissions"),
]
# Recorded in answers of the real service, but not described.
AZURE_RECORDED = {"ExpandedPropertiesPrincipal": {"userPrincipalName": "string?"}}
# What AutoRest's clients flatten although it has kinds: where it is, and its type.
AZURE_KINDS = {
    "AccessReviewDecision": {"properties.principal": "AccessReviewDecisionIdentity"},
    "AccessReviewDecisionInsight": {"properties": "AccessReviewDecisionInsightProperties"},
    "AccessReviewDecisionProperties": {"principal": "AccessReviewDecisionIdentity"},
    "AlertConfiguration": {"properties": "AlertConfigurationProperties"},
    "AlertIncident": {"properties": "AlertIncidentProperties"},
}
# Clients read the address of a long operation only; it is in the body, too.
AZURE_OPERATIONS = [
    ("arm-authorization-2022-08-01-preview", "/{scope}/providers/Microsoft.Authorization/roleManagementAlerts/refresh",
     "AlertOperationResult"),
    ("arm-authorization-2022-08-01-preview",
     "/{scope}/providers/Microsoft.Authorization/roleManagementAlerts/{alertId}/refresh", "AlertOperationResult"),
]
# Nothing refers to it, but every service of Azure Resource Manager answers with it.
AZURE_ERROR = ("arm-authorization-2022-04-01", "ErrorResponse")

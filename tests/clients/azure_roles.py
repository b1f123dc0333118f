"""Microsoft's `azure-mgmt-authorization`: roles on Azure resources."""

import datetime
import uuid

from azure.core.exceptions import HttpResponseError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.authorization.v2020_10_01 import models

from graph import AtBrowser
from tenant import TENANT, settle, user

SCOPES = ["https://management.azure.com/.default"]
PRODUCTION = "subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01"
CONNECTIVITY = "subscriptions/b7a5e1f4-29c8-4d36-87e0-3c6d9b2a8f04"
CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
MFA = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'
SIGNED_IN = {}


def client(name="maya"):
    if name not in SIGNED_IN:
        credential = AtBrowser(name)
        credential.get_token(*SCOPES, claims=MFA)
        SIGNED_IN[name] = AuthorizationManagementClient(
            credential, PRODUCTION.split("/")[1], base_url=TENANT["arm"], credential_scopes=SCOPES
        )
    return SIGNED_IN[name]


def refused(call):
    try:
        answer = call()
    except HttpResponseError as error:
        assert error.error.code and error.error.message, error
        return error
    raise AssertionError(f"answered with {answer}")


def request(row, kind="SelfActivate"):
    hour = models.RoleAssignmentScheduleRequestPropertiesScheduleInfoExpiration(type="AfterDuration", duration="PT1H")
    return models.RoleAssignmentScheduleRequest(
        principal_id=user("maya")["id"],
        role_definition_id=row.role_definition_id,
        request_type=kind,
        justification="Month end",
        schedule_info=models.RoleAssignmentScheduleRequestPropertiesScheduleInfo(expiration=hour)
        if kind == "SelfActivate"
        else None,
    )


def eligible(role, scope):
    rows = list(client().role_eligibility_schedule_instances.list_for_scope("", filter="asTarget()"))
    return next(row for row in rows if row.role_definition_id.endswith(role) and row.scope.strip("/") == scope)


def test_eligible_everywhere_with_names():
    rows = list(client().role_eligibility_schedule_instances.list_for_scope("", filter="asTarget()"))
    assert len(rows) > 8 and all(isinstance(row, models.RoleEligibilityScheduleInstance) for row in rows)
    row = eligible(CONTRIBUTOR, PRODUCTION)
    expanded = row.expanded_properties
    assert (expanded.role_definition.display_name, expanded.scope.display_name) == ("Contributor", "Production"), expanded
    assert expanded.scope.type == "subscription" and row.principal_type == "User", row
    kinds = {row.expanded_properties.scope.type for row in rows}
    assert {"managementgroup", "subscription", "resourcegroup"} <= kinds, kinds
    # Without the filter it would be everybody's.
    everybody = refused(lambda: list(client().role_eligibility_schedule_instances.list_for_scope("")))
    assert everybody.error.code == "InsufficientPermissions", everybody


def test_policies_are_per_role_and_scope():
    for scope, asked in (
        (PRODUCTION, {"Justification", "Ticketing"}),
        (f"{PRODUCTION}/resourceGroups/rg-data-prod", {"Justification", "MultiFactorAuthentication"}),
    ):
        assignments = client().role_management_policy_assignments.list_for_scope(scope)
        policy = next(one for one in assignments if one.role_definition_id.endswith(CONTRIBUTOR))
        rules = {rule.id: rule for rule in policy.effective_rules}
        expiration = rules["Expiration_EndUser_Assignment"]
        assert isinstance(expiration, models.RoleManagementPolicyExpirationRule) and expiration.maximum_duration, expiration
        enablement = rules["Enablement_EndUser_Assignment"]
        assert isinstance(enablement, models.RoleManagementPolicyEnablementRule)
        assert set(enablement.enabled_rules) == asked, (scope, enablement.enabled_rules)


def test_activate_below_the_eligible_scope_and_deactivate():
    row = eligible(CONTRIBUTOR, PRODUCTION)
    children = list(client().eligible_child_resources.get(PRODUCTION, filter="resourceType eq 'resourcegroup'"))
    group = next(child for child in children if child.name == "rg-data-prod")
    requests = client().role_assignment_schedule_requests
    name = str(uuid.uuid4())
    sent = requests.create(group.id.strip("/"), name, request(row))
    assert isinstance(sent, models.RoleAssignmentScheduleRequest) and sent.name == name, sent
    assert (sent.request_type, sent.status, sent.scope) == ("SelfActivate", "Provisioned", group.id), sent
    assert sent.schedule_info.start_date_time.tzinfo and sent.created_on, sent
    assert requests.get(group.id.strip("/"), name).status == "Provisioned"
    settle()
    instances = client().role_assignment_schedule_instances
    active = [one for one in instances.list_for_scope("", filter="asTarget()") if one.assignment_type == "Activated"]
    (mine,) = [one for one in active if one.scope == group.id]
    assert mine.end_date_time - mine.start_date_time <= datetime.timedelta(hours=1, minutes=1), mine
    twice = refused(lambda: requests.create(group.id.strip("/"), str(uuid.uuid4()), request(row)))
    assert (twice.status_code, twice.error.code) == (400, "RoleAssignmentExists"), twice
    ended = requests.create(group.id.strip("/"), str(uuid.uuid4()), request(row, "SelfDeactivate"))
    assert ended.status == "Revoked", ended


def test_cancelled_while_it_waits():
    row = next(
        row
        for row in client().role_eligibility_schedule_instances.list_for_scope("", filter="asTarget()")
        if row.expanded_properties.role_definition.display_name == "Owner"
    )
    requests, name = client().role_assignment_schedule_requests, str(uuid.uuid4())
    sent = requests.create(CONNECTIVITY, name, request(row))
    assert sent.status == "PendingApproval" and sent.approval_id, sent
    assert requests.cancel(CONNECTIVITY, name) is None
    assert requests.get(CONNECTIVITY, name).status == "Canceled"

"""PIM for Groups through `msgraph-sdk`."""

import datetime

from msgraph.generated.models.approval_stage import ApprovalStage
from msgraph.generated.models.expiration_pattern import ExpirationPattern
from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.privileged_access_group_assignment_schedule_instance import (
    PrivilegedAccessGroupAssignmentScheduleInstance,
)
from msgraph.generated.models.privileged_access_group_assignment_schedule_request import (
    PrivilegedAccessGroupAssignmentScheduleRequest,
)
from msgraph.generated.models.privileged_access_group_eligibility_schedule_instance import (
    PrivilegedAccessGroupEligibilityScheduleInstance,
)
from msgraph.generated.models.privileged_access_group_relationships import PrivilegedAccessGroupRelationships as Access
from msgraph.generated.models.request_schedule import RequestSchedule
from msgraph.generated.models.schedule_request_actions import ScheduleRequestActions as Actions
from msgraph.generated.models.unified_role_management_policy_expiration_rule import UnifiedRoleManagementPolicyExpirationRule

from directory import asking
from graph import of, refused
from tenant import now, settle, user

DASHBOARDS, PAYROLL = "5e9a3d7c-1b46-4e82-a0f9-7d4c2b8e6f13", "c47f1b2e-6d98-4f05-b3a1-9e8d7c6b5a42"


def pim(name="maya"):
    return of(name).identity_governance.privileged_access.group


def request(group, action=Actions.SelfActivate):
    expiration = ExpirationPattern(
        type=ExpirationPatternType.AfterDateTime, end_date_time=now() + datetime.timedelta(hours=1)
    )
    return PrivilegedAccessGroupAssignmentScheduleRequest(
        access_id=Access.Member,
        group_id=group,
        principal_id=user("maya")["id"],
        action=action,
        justification="Month end",
        schedule_info=RequestSchedule(expiration=expiration) if action == Actions.SelfActivate else None,
    )


def one(sent):
    return pim().assignment_schedule_requests.by_privileged_access_group_assignment_schedule_request_id(sent.id)


async def active(group):
    answer = await pim().assignment_schedule_instances.filter_by_current_user_with_on("principal").get()
    return [row for row in answer.value if row.group_id == group]


async def test_eligible_groups_are_listed_with_names():
    mine = pim().eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    rows = (await mine.get(request_configuration=asking(mine, expand=["group"]))).value
    assert rows and all(isinstance(row, PrivilegedAccessGroupEligibilityScheduleInstance) for row in rows)
    assert {row.access_id for row in rows} == {Access.Member, Access.Owner}, rows
    names = {row.group_id: row.group.display_name for row in rows}
    assert names[DASHBOARDS] == "Warehouse Dashboards" and names[PAYROLL] == "Payroll Readers", names


async def test_policies_of_a_group():
    assignments = of("maya").policies.role_management_policy_assignments
    of_members = f"scopeId eq '{PAYROLL}' and scopeType eq 'Group' and roleDefinitionId eq 'member'"
    options = asking(assignments, filter=of_members, expand=["policy($expand=rules)"])
    (assignment,) = (await assignments.get(request_configuration=options)).value
    assert (assignment.scope_id, assignment.scope_type, assignment.role_definition_id) == (PAYROLL, "Group", "member")
    rules = {rule.id: rule for rule in assignment.policy.rules}
    expiration = rules["Expiration_EndUser_Assignment"]
    assert isinstance(expiration, UnifiedRoleManagementPolicyExpirationRule)
    assert expiration.maximum_duration == datetime.timedelta(hours=4), expiration
    assert rules["Approval_EndUser_Assignment"].setting.is_approval_required is True


async def test_activate_poll_deactivate():
    requests = pim().assignment_schedule_requests
    sent = await requests.post(request(DASHBOARDS))
    assert isinstance(sent, PrivilegedAccessGroupAssignmentScheduleRequest) and sent.action == Actions.SelfActivate, sent
    # A group's members are written to the directory a while later.
    assert sent.status == "PendingProvisioning" and sent.access_id == Access.Member, sent
    settle()
    assert (await one(sent).get()).status == "Provisioned"
    (row,) = await active(DASHBOARDS)
    assert isinstance(row, PrivilegedAccessGroupAssignmentScheduleInstance) and row.end_date_time > now(), row
    again = await refused(requests.post(request(DASHBOARDS)))
    assert again.error.code == "RoleAssignmentExists", again
    ended = await requests.post(request(DASHBOARDS, Actions.SelfDeactivate))
    assert ended.status == "Revoked", ended
    settle()
    assert await active(DASHBOARDS) == []


async def test_approved_in_its_stage():
    sent = await pim().assignment_schedule_requests.post(request(PAYROLL))
    assert sent.status == "PendingApproval", sent
    seen = (await pim("omar").assignment_schedule_requests.filter_by_current_user_with_on("approver").get()).value
    assert sent.id in [waiting.id for waiting in seen], seen
    stages = pim("omar").assignment_approvals.by_approval_id(sent.approval_id).stages
    (stage,) = (await stages.get()).value
    assert (stage.status, stage.assigned_to_me) == ("InProgress", True), stage
    decision = ApprovalStage(review_result="Approve", justification="Month end")
    assert await stages.by_approval_stage_id(stage.id).patch(decision) is None
    settle()
    assert (await one(sent).get()).status == "Provisioned"
    assert len(await active(PAYROLL)) == 1


async def test_cancelled_while_it_waits():
    settle()
    await pim().assignment_schedule_requests.post(request(PAYROLL, Actions.SelfDeactivate))
    settle()
    sent = await pim().assignment_schedule_requests.post(request(PAYROLL))
    assert await one(sent).cancel.post() is None
    assert (await one(sent).get()).status == "Canceled"

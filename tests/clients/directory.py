"""Directory roles through `msgraph-sdk`: what it makes of the answers, typed."""

import datetime
import json

from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph.generated.models.expiration_pattern import ExpirationPattern
from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.request_schedule import RequestSchedule
from msgraph.generated.models.ticket_info import TicketInfo
from msgraph.generated.models.unified_role_assignment_schedule_instance import UnifiedRoleAssignmentScheduleInstance
from msgraph.generated.models.unified_role_assignment_schedule_request import UnifiedRoleAssignmentScheduleRequest
from msgraph.generated.models.unified_role_eligibility_schedule_instance import UnifiedRoleEligibilityScheduleInstance
from msgraph.generated.models.unified_role_eligibility_schedule_instance_collection_response import (
    UnifiedRoleEligibilityScheduleInstanceCollectionResponse as Eligibilities,
)
from msgraph.generated.models.unified_role_management_policy_approval_rule import UnifiedRoleManagementPolicyApprovalRule
from msgraph.generated.models.unified_role_management_policy_authentication_context_rule import (
    UnifiedRoleManagementPolicyAuthenticationContextRule,
)
from msgraph.generated.models.unified_role_management_policy_enablement_rule import UnifiedRoleManagementPolicyEnablementRule
from msgraph.generated.models.unified_role_management_policy_expiration_rule import UnifiedRoleManagementPolicyExpirationRule
from msgraph.generated.models.unified_role_management_policy_notification_rule import (
    UnifiedRoleManagementPolicyNotificationRule,
)
from msgraph.generated.models.unified_role_schedule_request_actions import UnifiedRoleScheduleRequestActions as Actions
from msgraph.generated.models.user import User
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.requests.batch_response_content import BatchResponseContent
from msgraph_core.tasks.page_iterator import PageIterator

from graph import by_device_code, claims_in, of, refused, service, who
from tenant import SCOPES, answered, control, ledger, now, settle, user

READER, REPORTS = "f2ef992c-3afb-46b9-b7cf-a126ee74c451", "4a5d8f65-41da-4de4-8968-e035b65339cf"
EXCHANGE = "29232cdf-9323-42fd-ade2-1d097af3e4de"
GLOBAL, SECURITY = "62e90394-69f5-4237-9190-012177145e10", "194ae4cb-b126-40b2-bd5b-6091b380977d"
HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8"


def directory(name="maya"):
    return of(name).role_management.directory


def asking(builder, **options):
    """Query options of a request builder, in its own class for them."""
    kind = getattr(type(builder), f"{type(builder).__name__}GetQueryParameters")
    return RequestConfiguration(query_parameters=kind(**options))


def request(role, action=Actions.SelfActivate, hours=None, start=None, **more):
    """A request for a role, for some hours from now on."""
    more.setdefault("justification", "Quarterly audit")
    expiration = None
    if hours:
        begin = start or now()
        expiration = ExpirationPattern(
            type=ExpirationPatternType.AfterDateTime, end_date_time=begin + datetime.timedelta(hours=hours)
        )
    return UnifiedRoleAssignmentScheduleRequest(
        action=action,
        principal_id=user("maya")["id"],
        role_definition_id=role,
        directory_scope_id="/",
        schedule_info=RequestSchedule(start_date_time=start, expiration=expiration) if hours else None,
        **more,
    )


async def provisioned(sent):
    """Asks for a request until it has been carried out."""
    while sent.status != "Provisioned":
        assert sent.status in ("PendingProvisioning", "Granted", "ScheduleCreated"), sent.status
        settle()
        sent = await directory().role_assignment_schedule_requests.by_unified_role_assignment_schedule_request_id(sent.id).get()
    return sent


async def active(role):
    answer = await directory().role_assignment_schedule_instances.filter_by_current_user_with_on("principal").get()
    return [row for row in answer.value if row.role_definition_id == role]


async def test_who_i_am():
    me = await of("maya").me.get()
    assert isinstance(me, User) and me.id == user("maya")["id"], me
    assert me.user_principal_name == user("maya")["userPrincipalName"] and me.given_name == "Maya", me


async def test_eligibilities_are_listed_with_names():
    mine = directory().role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    answer = await mine.get(request_configuration=asking(mine, expand=["roleDefinition", "principal"]))
    assert all(isinstance(row, UnifiedRoleEligibilityScheduleInstance) for row in answer.value)
    names = {row.role_definition.display_name for row in answer.value}
    assert {"Global Reader", "Exchange Administrator", "Intune Administrator"} <= names, names
    ends = {row.role_definition.display_name: row.end_date_time for row in answer.value}
    assert ends["Global Administrator"] > now() and ends["Global Reader"] is None, ends
    assert {row.member_type.lower() for row in answer.value} == {"direct", "group"}
    by_group = next(row for row in answer.value if row.member_type.lower() == "group")
    assert by_group.principal.odata_type == "#microsoft.graph.group" and by_group.principal.display_name, by_group
    assert any(row.directory_scope_id.startswith("/administrativeUnits/") for row in answer.value)


async def test_pages_are_walked_by_the_page_iterator():
    mine = directory().role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    everything = await mine.get()
    assert len(everything.value) > 12 and everything.odata_next_link is None
    first = await mine.get(request_configuration=asking(mine, top=5))
    assert len(first.value) == 5 and first.odata_next_link
    seen = []

    def take(row):
        seen.append(row.id)
        return True

    await PageIterator(first, of("maya").request_adapter).iterate(take)
    assert seen == [row.id for row in everything.value], (len(seen), len(everything.value))


async def test_policies_have_rules_of_their_types():
    assignments = of("maya").policies.role_management_policy_assignments
    for role, hours, asked, contexts, approvers in (
        (READER, 8, {"Justification"}, None, None),
        (EXCHANGE, 4, {"Justification", "Ticketing"}, None, None),
        (SECURITY, 4, {"Justification"}, "c1", None),
        (GLOBAL, 1, {"Justification", "MultiFactorAuthentication"}, None, [user("omar")["id"]]),
    ):
        of_role = f"scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{role}'"
        options = asking(assignments, filter=of_role, expand=["policy($expand=rules)"])
        (assignment,) = (await assignments.get(request_configuration=options)).value
        rules = {rule.id: rule for rule in assignment.policy.rules}
        expiration = rules["Expiration_EndUser_Assignment"]
        assert isinstance(expiration, UnifiedRoleManagementPolicyExpirationRule), expiration
        assert expiration.maximum_duration == datetime.timedelta(hours=hours), expiration
        assert expiration.target.caller == "EndUser" and expiration.target.level == "Assignment", expiration.target
        enablement = rules["Enablement_EndUser_Assignment"]
        assert isinstance(enablement, UnifiedRoleManagementPolicyEnablementRule)
        assert set(enablement.enabled_rules) == asked, enablement.enabled_rules
        context = rules["AuthenticationContext_EndUser_Assignment"]
        assert isinstance(context, UnifiedRoleManagementPolicyAuthenticationContextRule)
        assert context.is_enabled is (contexts is not None) and (context.claim_value or None) == contexts, context
        approval = rules["Approval_EndUser_Assignment"]
        assert isinstance(approval, UnifiedRoleManagementPolicyApprovalRule)
        assert approval.setting.is_approval_required is (approvers is not None)
        if approvers:
            (stage,) = approval.setting.approval_stages
            assert [person.user_id for person in stage.primary_approvers] == approvers, stage.primary_approvers
        notification = rules["Notification_Requestor_EndUser_Assignment"]
        assert isinstance(notification, UnifiedRoleManagementPolicyNotificationRule)


async def test_activate_poll_deactivate():
    requests = directory().role_assignment_schedule_requests
    before = len(ledger("selfActivate"))
    sent = await requests.post(request(READER, hours=2))
    assert isinstance(sent, UnifiedRoleAssignmentScheduleRequest), sent
    assert sent.action == Actions.SelfActivate and sent.principal_id == user("maya")["id"], sent
    assert sent.created_by.user.id == user("maya")["id"] and sent.justification == "Quarterly audit", sent
    done = await provisioned(sent)
    assert done.target_schedule_id and done.completed_date_time and done.schedule_info.start_date_time, done
    (row,) = await active(READER)
    assert isinstance(row, UnifiedRoleAssignmentScheduleInstance) and row.assignment_type.lower() == "activated", row
    assert abs(row.end_date_time - done.schedule_info.expiration.end_date_time) < datetime.timedelta(minutes=1), row

    again = await refused(requests.post(request(READER, hours=2)))
    assert (again.response_status_code, again.error.code) == (400, "RoleAssignmentExists"), again
    early = await refused(requests.post(request(READER, Actions.SelfDeactivate)))
    assert early.error.code == "ActiveDurationTooShort", early
    settle()
    ended = await requests.post(request(READER, Actions.SelfDeactivate))
    assert ended.status == "Revoked" and ended.action == Actions.SelfDeactivate, ended
    settle()
    assert await active(READER) == []
    assert len(ledger("selfActivate")) == before + 1


async def test_scheduled_and_cancelled():
    requests = directory().role_assignment_schedule_requests
    start = now() + datetime.timedelta(hours=3)
    sent = await requests.post(request(HELPDESK, hours=1, start=start))
    assert sent.status in ("Granted", "ScheduleCreated"), sent.status
    assert sent.schedule_info.start_date_time == start.replace(microsecond=sent.schedule_info.start_date_time.microsecond)
    one = requests.by_unified_role_assignment_schedule_request_id(sent.id)
    assert await one.cancel.post() is None
    assert (await one.get()).status == "Canceled"
    assert await active(HELPDESK) == []
    twice = await refused(one.cancel.post())
    assert twice.response_status_code == 400, twice


async def test_batch():
    client = of("maya")
    eligible = directory().role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    nothing = directory().role_definitions.by_unified_role_definition_id("00000000-0000-0000-0000-000000000001")
    wanted = {
        "me": client.me.to_get_request_information(),
        "eligible": eligible.to_get_request_information(asking(eligible, top=3)),
        "nothing": nothing.to_get_request_information(),
        "activate": directory().role_assignment_schedule_requests.to_post_request_information(request(REPORTS, hours=1)),
    }
    sent = BatchRequestContent({name: BatchRequestItem(information, name) for name, information in wanted.items()})
    # The client's own class for the answer reads the statuses, but no body that is JSON (msgraph-core 1.5.2).
    information = await client.batch.to_post_request_information(sent)
    text = await client.request_adapter.send_primitive_async(information, "bytes", {})
    statuses = parsed(text, BatchResponseContent).get_response_status_codes()
    assert statuses == {"me": 200, "eligible": 200, "nothing": 404, "activate": 201}, statuses
    bodies = {answer["id"]: json.dumps(answer["body"]).encode() for answer in json.loads(text)["responses"]}
    assert parsed(bodies["me"], User).id == user("maya")["id"]
    assert len(parsed(bodies["eligible"], Eligibilities).value) == 3
    assert parsed(bodies["nothing"], ODataError).error.code
    await provisioned(parsed(bodies["activate"], UnifiedRoleAssignmentScheduleRequest))
    assert len(await active(REPORTS)) == 1

    del wanted["activate"]
    reads = BatchRequestContent({name: BatchRequestItem(information, name) for name, information in wanted.items()})
    answer = await client.batch.post(reads)
    assert answer.get_response_status_codes() == {"me": 200, "eligible": 200, "nothing": 404}


def parsed(text, kind):
    return JsonParseNodeFactory().get_root_parse_node("application/json", text).get_object_value(kind)


async def test_refusals_have_codes_and_words():
    requests = directory().role_assignment_schedule_requests
    for what, sent, code in (
        ("no reason", request(READER, hours=1, justification=""), "RoleAssignmentRequestPolicyValidationFailed"),
        ("too long", request(READER, hours=20), "RoleAssignmentRequestPolicyValidationFailed"),
        ("no ticket", request(EXCHANGE, hours=1), "RoleAssignmentRequestPolicyValidationFailed"),
        ("not eligible", request("158c047a-c907-4556-b7ef-000000000000", hours=1), None),
        ("not active", request(EXCHANGE, Actions.SelfDeactivate), "RoleAssignmentDoesNotExist"),
    ):
        error = await refused(requests.post(sent))
        assert error.response_status_code in (400, 404), (what, error)
        assert code is None or error.error.code == code, (what, error.error.code, error.error.message)
    gone = await refused(directory().role_definitions.by_unified_role_definition_id("x").get())
    assert gone.response_status_code == 404 and gone.response_headers.get("request-id"), gone
    ticket = TicketInfo(ticket_number="CHG-1", ticket_system="ServiceNow")
    sent = await requests.post(request(EXCHANGE, hours=1, ticket_info=ticket))
    assert sent.ticket_info.ticket_number == "CHG-1", sent.ticket_info


async def test_a_duration_that_is_none():
    # This client writes durations as 2:00:00.
    sent = request(HELPDESK, hours=2)
    sent.schedule_info.expiration = ExpirationPattern(
        type=ExpirationPatternType.AfterDuration, duration=datetime.timedelta(hours=2)
    )
    error = await refused(directory().role_assignment_schedule_requests.post(sent))
    assert error.response_status_code == 400, error
    assert await active(HELPDESK) == []


async def test_what_was_not_consented_to():
    reading = service(by_device_code("tomasz"), SCOPES[:1])
    assert (await reading.me.get()).id == user("tomasz")["id"]
    # Reading roles is consented to for everybody here; activating them is not.
    error = await refused(reading.role_management.directory.role_assignment_schedule_requests.post(request(READER, hours=1)))
    assert error.response_status_code == 403 and "PermissionScopeNotGranted" in error.error.message, error


async def test_a_revoked_token_is_replaced_without_a_word():
    before = (await of("maya").me.get()).id
    control("revoke", {"user": "maya", "sessions": False})
    # 401 with claims; the client asks for another token with them, and again.
    assert (await of("maya").me.get()).id == before
    statuses = [entry["status"] for entry in answered("/graph/v1.0/me")]
    assert statuses[-3:] == [200, 401, 200], statuses


async def test_authentication_context():
    requests = directory().role_assignment_schedule_requests
    error = await refused(requests.post(request(SECURITY, hours=1)))
    assert (error.response_status_code, error.error.code) == (400, "RoleAssignmentRequestAcrsValidationFailed"), error
    who("maya").step_up(claims_in(error))
    await provisioned(await requests.post(request(SECURITY, hours=1)))
    assert len(await active(SECURITY)) == 1

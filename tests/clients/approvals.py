"""Approvals of directory roles through `msgraph-beta-sdk`: the requester's side and the approver's."""

from msgraph_beta.generated.models.approval_step import ApprovalStep

from directory import GLOBAL, active, directory, request
from graph import MFA, AtBrowser, beta, refused, service, who
from tenant import settle, user


async def waiting():
    """Maya asks for a role that needs an approval; the request, and its approval as Omar sees it."""
    who("maya").step_up(MFA)
    sent = await directory().role_assignment_schedule_requests.post(request(GLOBAL, hours=1))
    assert sent.status == "PendingApproval" and sent.approval_id, sent
    requests = directory("omar").role_assignment_schedule_requests
    seen = (await requests.filter_by_current_user_with_on("approver").get()).value
    assert sent.id in [one.id for one in seen if one.status == "PendingApproval"], seen
    return sent, beta(who("omar")).role_management.directory.role_assignment_approvals.by_approval_id(sent.approval_id)


async def decide(approval, result, justification):
    (step,) = (await approval.steps.get()).value
    assert (step.status, step.assigned_to_me, step.review_result) == ("InProgress", True, "NotReviewed"), step
    one = approval.steps.by_approval_step_id(step.id)
    assert await one.patch(ApprovalStep(review_result=result, justification=justification)) is None
    decided = await one.get()
    assert (decided.status, decided.review_result, decided.justification) == ("Completed", result, justification), decided
    assert decided.reviewed_by.id == user("omar")["id"] and decided.reviewed_date_time, decided
    again = await refused(one.patch(ApprovalStep(review_result=result, justification="again")))
    assert again.response_status_code == 409, again


async def status(sent):
    one = directory().role_assignment_schedule_requests.by_unified_role_assignment_schedule_request_id(sent.id)
    return (await one.get()).status


async def test_multifactor_authentication_is_asked_for():
    # Signed in with a password alone.
    plain = service(AtBrowser("maya")).role_management.directory
    error = await refused(plain.role_assignment_schedule_requests.post(request(GLOBAL, hours=1)))
    assert error.error.code == "RoleAssignmentRequestPolicyValidationFailed" and "MfaRule" in error.error.message, error


async def test_denied():
    sent, approval = await waiting()
    await decide(approval, "Deny", "Not today")
    assert await status(sent) == "Denied" and await active(GLOBAL) == []


async def test_cancelled_while_it_waits():
    sent, _ = await waiting()
    requests = directory().role_assignment_schedule_requests
    await requests.by_unified_role_assignment_schedule_request_id(sent.id).cancel.post()
    assert await status(sent) == "Canceled"


async def test_nobody_approves_their_own_request():
    sent, _ = await waiting()
    own = beta(who("maya")).role_management.directory.role_assignment_approvals.by_approval_id(sent.approval_id)
    (step,) = (await own.steps.get()).value
    assert step.assigned_to_me is False, step
    decision = ApprovalStep(review_result="Approve", justification="Mine")
    error = await refused(own.steps.by_approval_step_id(step.id).patch(decision))
    assert error.response_status_code == 403, error
    await directory().role_assignment_schedule_requests.by_unified_role_assignment_schedule_request_id(sent.id).cancel.post()


async def test_approved():
    sent, approval = await waiting()
    await decide(approval, "Approve", "Go ahead")
    settle()
    assert await status(sent) == "Provisioned"
    assert len(await active(GLOBAL)) == 1

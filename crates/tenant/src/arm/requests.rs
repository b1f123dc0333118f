//! `PUT …ScheduleRequests/{name}`, its rehearsal and its withdrawal.

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, Place};
use super::filter::guid;
use super::rows;
use crate::pim::{Action, Expiration, Refusal, Request, ScheduleInfo, Side, Submission, Ticket};
use crate::scenario::{AzureRepeat, AzureScope, Scope, Switches};

#[derive(Deserialize)]
struct Body {
    properties: Properties,
}

/// What a client may say. Whatever else is in the body the service fills in itself and ignores.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    principal_id: Option<String>,
    role_definition_id: Option<String>,
    request_type: Option<String>,
    #[serde(alias = "targetRoleEligibilityScheduleId")]
    linked_role_eligibility_schedule_id: Option<String>,
    justification: Option<String>,
    schedule_info: Option<InfoBody>,
    ticket_info: Option<TicketBody>,
    condition: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InfoBody {
    start_date_time: Option<String>,
    expiration: Option<ExpirationBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExpirationBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    end_date_time: Option<String>,
    duration: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TicketBody {
    ticket_number: Option<String>,
    ticket_system: Option<String>,
}

/// A start further in the past is refused, as the engine does with the other kinds.
const PAST: TimeDelta = TimeDelta::minutes(5);

/// Make the request `name`, or only rehearse it.
pub fn put(call: &Call, place: Place, side: Side, name: &str, rehearse: bool) -> Result<Answer, Failure> {
    let Place::At(scope) = place else {
        return Err(Failure::bad("InvalidRoleAssignmentRequest", "The role assignment request is invalid."));
    };
    let id: Uuid = name.parse().map_err(|_| {
        let text = format!("The role assignment schedule request ID '{name}' is not valid. It must be a GUID.");
        Failure::bad("InvalidRoleAssignmentScheduleRequestId", text)
    })?;
    let body: Body = serde_json::from_slice(call.body).map_err(Failure::content)?;
    let linked = body.properties.linked_role_eligibility_schedule_id.clone();
    let submission = submission(call, scope, side, body.properties, rehearse)?;
    let earlier = call.pim(|state, _| state.request(id).cloned());
    if let Some(earlier) = earlier.filter(|_| !rehearse) {
        return repeated(call, scope, &submission, &earlier);
    }
    let submitted = call.pim(|state, now| state.submit(call.scenario(), &call.actor(), &submission, id, now));
    let request = submitted.map_err(|refusal| refused(call, scope, side, refusal))?;
    let linked = linked_id(call, scope, &request, linked.as_deref());
    let row = rows::request(call, &request, scope, linked.as_deref());
    let status = if rehearse { StatusCode::OK } else { StatusCode::CREATED };
    Ok(Answer::with(status, Some(row)))
}

/// In Azure's words: whoever may not is told which action over which scope.
fn refused(call: &Call, scope: &AzureScope, side: Side, refusal: Refusal) -> Failure {
    let kind = match side {
        Side::Eligibility => "roleEligibilityScheduleRequests",
        Side::Assignment => "roleAssignmentScheduleRequests",
    };
    let action = format!("Microsoft.Authorization/{kind}/write");
    match refusal {
        Refusal::Forbidden => Failure::unauthorized(call.caller.oid, &action, &scope.path),
        Refusal::LastAdministrator => Failure::bad(refusal.code(), "Cannot delete the last RBAC admin assignment."),
        other => other.into(),
    }
}

/// A PUT that was seen before: the first one's request, whatever has become of it.
fn repeated(call: &Call, scope: &AzureScope, submission: &Submission, earlier: &Request) -> Result<Answer, Failure> {
    let same = earlier.is_for(submission.principal, submission.role, submission.scope)
        && earlier.action == submission.action
        && earlier.side == submission.side;
    if !same || call.scenario().switches.azure_repeat == AzureRepeat::Judged {
        return Err(Refusal::Exists.into());
    }
    let linked = linked_id(call, scope, earlier, None);
    Ok(Answer::with(StatusCode::CREATED, Some(rows::request(call, earlier, scope, linked.as_deref()))))
}

/// The full id of the eligibility that an activation uses, also when a short one or none was sent (recorded).
fn linked_id(call: &Call, scope: &AzureScope, request: &Request, sent: Option<&str>) -> Option<String> {
    let used = call.pim(|state, _| {
        let schedule = request.target_schedule.as_ref().and_then(|id| state.schedule(Side::Assignment, id))?;
        schedule.activated_using.clone()
    });
    let used = used.or_else(|| sent.and_then(guid).map(|id| id.to_string()))?;
    let (eligible, _) = call.pim_schedule(Side::Eligibility, &used)?;
    Some(rows::id(rows::scope_of(call, eligible).unwrap_or(scope), "roleEligibilitySchedules", &used))
}

/// Withdraw a request.
pub fn cancel(call: &Call, side: Side, name: &str) -> Result<Answer, Failure> {
    let id: Uuid = name.parse().map_err(|_| Refusal::NotFound(name.to_owned()))?;
    call.pim(|state, now| state.cancel(call.scenario(), call.caller.oid, side, id, now))?;
    Ok(Answer::with(StatusCode::OK, None))
}

fn submission(
    call: &Call,
    scope: &AzureScope,
    side: Side,
    body: Properties,
    rehearse: bool,
) -> Result<Submission, Failure> {
    let kind = body.request_type.as_deref().unwrap_or_default();
    let action = Action::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(kind));
    let role = body.role_definition_id.as_deref().ok_or(Refusal::Invalid)?;
    // Only the GUID counts: what is before it depends on where the role was read.
    let role = guid(role).filter(|role| call.scenario().azure.role(*role).is_some()).ok_or(Refusal::RoleNotFound)?;
    let principal = body.principal_id.as_deref().ok_or(Refusal::Invalid)?;
    let switches = &call.scenario().switches;
    let schedule = body.schedule_info.map(|info| schedule_info(info, switches)).transpose()?;
    if action == Some(Action::SelfActivate) {
        sensible(schedule.as_ref(), call.app.clock.now())?;
    }
    let eligibility = body.linked_role_eligibility_schedule_id.filter(|_| action == Some(Action::SelfActivate));
    let ticket = body
        .ticket_info
        .map_or_else(Ticket::default, |ticket| Ticket { number: ticket.ticket_number, system: ticket.ticket_system });
    Ok(Submission {
        side,
        action: action.ok_or(Refusal::Invalid)?,
        principal: principal.parse().map_err(|_| Refusal::SubjectNotFound)?,
        role,
        scope: Scope::Azure(scope.id),
        justification: body.justification,
        schedule,
        ticket,
        validation_only: rehearse,
        eligibility: eligibility.map(|id| guid(&id).map_or(id, |guid| guid.to_string())),
        condition: body.condition,
    })
}

/// On Azure a window that makes no sense has a code of its own.
fn sensible(schedule: Option<&ScheduleInfo>, now: DateTime<Utc>) -> Result<(), Failure> {
    let start = schedule.and_then(|schedule| schedule.start);
    let end = schedule.and_then(|schedule| schedule.expiration.end(start.unwrap_or(now)));
    if start.is_some_and(|start| start < now - PAST) || end.is_some_and(|end| end <= start.unwrap_or(now)) {
        return Err(wrong_schedule());
    }
    Ok(())
}

fn wrong_schedule() -> Failure {
    Failure::bad("InvalidRoleAssignmentRequestSchedule", "The role assignment request schedule is invalid.")
}

fn schedule_info(body: InfoBody, switches: &Switches) -> Result<ScheduleInfo, Failure> {
    let expiration = match body.expiration {
        None => Expiration::NotSpecified,
        Some(ExpirationBody { kind, end_date_time, duration }) => {
            match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
                "" | "notspecified" => Expiration::NotSpecified,
                "noexpiration" => Expiration::NoExpiration,
                "afterdatetime" => Expiration::AfterDateTime(instant(&end_date_time.ok_or_else(wrong_schedule)?)?),
                "afterduration" => {
                    let duration = switches.length(&duration.ok_or_else(wrong_schedule)?);
                    Expiration::AfterDuration(
                        duration
                            .map_err(|error| Failure::content(format!("scheduleInfo.expiration.duration: {error}")))?,
                    )
                }
                other => return Err(Failure::content(format!("scheduleInfo.expiration.type: {other}"))),
            }
        }
    };
    Ok(ScheduleInfo { start: body.start_date_time.as_deref().map(instant).transpose()?, expiration })
}

/// An instant; without an offset it is taken for UTC.
fn instant(text: &str) -> Result<DateTime<Utc>, Failure> {
    let with_offset = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    let instant = with_offset.or_else(|_| text.parse::<NaiveDateTime>().map(|at| at.and_utc()));
    instant.map_err(|_| Failure::content(format!("'{text}' is no date and time")))
}

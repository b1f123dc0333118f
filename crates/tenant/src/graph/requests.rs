//! Making and withdrawing schedule requests.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::collections::{self, Collection, Family};
use super::rows;
use crate::pim::{Action, Expiration, Refusal, ScheduleInfo, Submission, Ticket};
use crate::scenario::{Access, Kind, Scope, Switches};

/// The body of a POST.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    action: Option<String>,
    principal_id: Option<String>,
    role_definition_id: Option<String>,
    directory_scope_id: Option<String>,
    app_scope_id: Option<String>,
    group_id: Option<String>,
    access_id: Option<String>,
    justification: Option<String>,
    schedule_info: Option<InfoBody>,
    ticket_info: Option<TicketBody>,
    is_validation_only: Option<bool>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What the type has besides: the service fills it in itself, and ignores what a client says.
const IGNORED: [&str; 15] = [
    "id",
    "status",
    "createdDateTime",
    "completedDateTime",
    "approvalId",
    "customData",
    "createdBy",
    "targetScheduleId",
    "roleDefinition",
    "principal",
    "directoryScope",
    "appScope",
    "activatedUsing",
    "targetSchedule",
    "group",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct InfoBody {
    start_date_time: Option<String>,
    expiration: Option<ExpirationBody>,
    recurrence: Option<Value>,
    #[serde(rename = "@odata.type")]
    _odata_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ExpirationBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    end_date_time: Option<String>,
    duration: Option<String>,
    #[serde(rename = "@odata.type")]
    _odata_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TicketBody {
    ticket_number: Option<String>,
    ticket_system: Option<String>,
    #[serde(rename = "@odata.type")]
    _odata_type: Option<String>,
}

/// `POST …Requests`.
pub fn create(call: &Call, collection: Collection) -> Result<Answer, Failure> {
    let body: Body = call.json()?;
    if let Some(name) = body.rest.keys().find(|name| !IGNORED.contains(&name.as_str()) && !name.contains("@odata.")) {
        let text = format!(
            "The property '{name}' does not exist on type 'microsoft.graph.{}'. Make sure to only use property names that are defined by the type.",
            collection.type_name()
        );
        return Err(Failure::bad_request(text));
    }
    let submission = submission(body, collection, &call.scenario().switches)?;
    let id = call.app.guid();
    let row = call.pim(|state, now| {
        let request = state.submit(call.scenario(), &call.actor(), &submission, id, now)?;
        Ok::<_, Refusal>(rows::request(call, state, &request, true))
    })?;
    collections::created(call, collection, row)
}

/// `POST …Requests/{id}/cancel`.
pub fn cancel(call: &Call, collection: Collection, id: &str) -> Result<Answer, Failure> {
    let request: Uuid = id.parse().map_err(|_| Failure::not_found(id))?;
    call.pim(|state, now| state.cancel(call.scenario(), call.caller.oid, collection.side, request, now))?;
    Ok(Answer::no_content())
}

/// Whether the call's request takes something away.
pub fn takes_away(call: &Call) -> bool {
    let body: Value = serde_json::from_slice(call.body).unwrap_or_default();
    body["action"].as_str().is_some_and(|action| action.eq_ignore_ascii_case(Action::AdminRemove.name()))
}

fn submission(body: Body, collection: Collection, switches: &Switches) -> Result<Submission, Failure> {
    let action = body.action.as_deref().unwrap_or_default();
    let action = Action::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(action));
    let principal = body.principal_id.as_deref().ok_or(Refusal::Invalid)?;
    let principal = principal.parse().map_err(|_| Refusal::SubjectNotFound)?;
    let (role, scope) = match collection.family {
        Family::Roles => directory_role(&body)?,
        Family::Groups => group_access(&body)?,
    };
    let ticket = body
        .ticket_info
        .map_or_else(Ticket::default, |ticket| Ticket { number: ticket.ticket_number, system: ticket.ticket_system });
    Ok(Submission {
        side: collection.side,
        action: action.ok_or(Refusal::Invalid)?,
        principal,
        role,
        scope,
        justification: body.justification,
        schedule: body.schedule_info.map(|info| schedule_info(info, switches)).transpose()?,
        ticket,
        validation_only: body.is_validation_only.unwrap_or(false),
        eligibility: None,
        condition: None,
    })
}

fn directory_role(body: &Body) -> Result<(Uuid, Scope), Refusal> {
    if body.group_id.is_some() || body.access_id.is_some() {
        return Err(Refusal::Invalid);
    }
    let role = body.role_definition_id.as_deref().ok_or(Refusal::Invalid)?;
    let scope = match (&body.directory_scope_id, &body.app_scope_id) {
        (Some(scope), None) => Scope::try_from(scope.clone()).ok(),
        (None, Some(scope)) => scope.trim_start_matches('/').parse().ok().map(Scope::Application),
        _ => None,
    };
    let scope = scope.filter(|scope| scope.kind() == Kind::Directory).ok_or(Refusal::Invalid)?;
    Ok((role.parse().map_err(|_| Refusal::RoleNotFound)?, scope))
}

fn group_access(body: &Body) -> Result<(Uuid, Scope), Refusal> {
    if body.role_definition_id.is_some() || body.directory_scope_id.is_some() || body.app_scope_id.is_some() {
        return Err(Refusal::Invalid);
    }
    let access = body.access_id.as_deref().unwrap_or_default();
    let access = Access::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(access));
    let group = body.group_id.as_deref().and_then(|group| group.parse().ok());
    match (access, group) {
        (Some(access), Some(group)) => Ok((access.role(), Scope::Group(group))),
        _ => Err(Refusal::Invalid),
    }
}

fn schedule_info(body: InfoBody, switches: &Switches) -> Result<ScheduleInfo, Failure> {
    // In the type, but unsupported.
    if body.recurrence.is_some_and(|recurrence| !recurrence.is_null()) {
        return Err(Refusal::Invalid.into());
    }
    Ok(ScheduleInfo {
        start: body.start_date_time.as_deref().map(instant).transpose()?,
        expiration: body.expiration.map_or(Ok(Expiration::NotSpecified), |body| expiration(body, switches))?,
    })
}

fn expiration(body: ExpirationBody, switches: &Switches) -> Result<Expiration, Failure> {
    match body.kind.as_deref().unwrap_or("notSpecified").to_ascii_lowercase().as_str() {
        "notspecified" => Ok(Expiration::NotSpecified),
        "noexpiration" => Ok(Expiration::NoExpiration),
        "afterdatetime" => Ok(Expiration::AfterDateTime(instant(&body.end_date_time.ok_or(Refusal::Invalid)?)?)),
        "afterduration" => {
            let duration = switches.length(&body.duration.ok_or(Refusal::Invalid)?);
            Ok(Expiration::AfterDuration(duration.map_err(|_| {
                Failure::bad_request("Cannot convert the literal to the expected type 'Edm.Duration'.")
            })?))
        }
        other => Err(Failure::bad_request(format!("Invalid value '{other}' for the type of an expiration."))),
    }
}

/// An instant; without an offset it is taken for UTC.
fn instant(text: &str) -> Result<DateTime<Utc>, Failure> {
    let with_offset = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    with_offset.or_else(|_| text.parse::<NaiveDateTime>().map(|at| at.and_utc())).map_err(|_| {
        Failure::bad_request(format!("Cannot convert the literal '{text}' to the expected type 'Edm.DateTimeOffset'."))
    })
}

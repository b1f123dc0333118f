//! `beta/roleManagement/directory/roleAssignmentApprovals`: v1.0 has none for directory roles.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::rows::row;
use super::scopes;
use crate::pim::{Refusal, Request, Side, Status};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DecisionBody {
    review_result: String,
    justification: Option<String>,
}

/// Answer a call below `roleAssignmentApprovals`; `rest` are the segments after it.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    let needed = if call.method == Method::GET { scopes::READ_ASSIGNMENT } else { scopes::WRITE_ASSIGNMENT };
    scopes::demand(&call.caller.scopes, needed, call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    match (&call.method, rest) {
        (&Method::GET, [function]) if function.eq_ignore_ascii_case("filterByCurrentUser(on='approver')") => {
            let approvals = call.pim(|state, now| {
                let mine = state.requests(Side::Assignment);
                let mine = mine.filter(|request| state.approves(call.scenario(), request, call.caller.oid, now));
                mine.map(approval_row).collect()
            });
            list::collection(call, approvals, &approval_shape(call))
        }
        (&Method::GET, [id]) => {
            let request = find(call, id)?;
            list::entity(call, approval_row(&request), &approval_shape(call)).map(Answer::ok)
        }
        (&Method::GET, [id, steps]) if steps == "steps" => {
            let request = find(call, id)?;
            list::collection(call, vec![step_row(call, &request)], &step_shape(id))
        }
        (&Method::GET, [id, steps, step]) if steps == "steps" => {
            let request = find_step(call, id, step)?;
            list::entity(call, step_row(call, &request), &step_shape(id)).map(Answer::ok)
        }
        (&Method::PATCH, [id, steps, step]) if steps == "steps" => decide(call, &find_step(call, id, step)?),
        (_, [.., last]) => Err(Failure::no_segment(last)),
        (_, []) => Err(Failure::method_not_allowed()),
    }
}

fn decide(call: &Call, request: &Request) -> Result<Answer, Failure> {
    let body: DecisionBody = call.json()?;
    let approved = match body.review_result.to_ascii_lowercase().as_str() {
        "approve" => true,
        "deny" => false,
        other => return Err(Failure::bad_request(format!("Invalid value '{other}' for reviewResult."))),
    };
    let justification = body.justification.unwrap_or_default();
    call.pim(|state, now| state.decide(call.scenario(), call.caller.oid, request.id, approved, &justification, now))?;
    Ok(Answer { status: StatusCode::NO_CONTENT, body: None })
}

/// The request with this approval, if the caller may see it: its maker, its approvers and those who see everything.
fn find(call: &Call, id: &str) -> Result<Request, Failure> {
    let wanted: Option<Uuid> = id.parse().ok();
    let user = call.caller.oid;
    let found = call.pim(|state, now| {
        let request = state.request(wanted?)?;
        request.approval_deadline?;
        let sees = request.principal == user
            || state.approves(call.scenario(), request, user, now)
            || state.reads_everything(call.scenario(), user, now);
        Some((sees, request.clone()))
    });
    match found {
        None => Err(Failure::not_found(id)),
        Some((false, _)) => Err(Refusal::Forbidden.into()),
        Some((true, request)) => Ok(request),
    }
}

fn find_step(call: &Call, id: &str, step: &str) -> Result<Request, Failure> {
    let request = find(call, id)?;
    if step_id(&request).to_string().eq_ignore_ascii_case(step) { Ok(request) } else { Err(Failure::not_found(step)) }
}

/// Not the approval's id, although it looks so in some tenants: clients must read it.
fn step_id(request: &Request) -> Uuid {
    Uuid::from_u128(request.id.as_u128() ^ 0x0000_0000_0000_0000_0000_ffff_ffff_ffff)
}

fn approval_row(request: &Request) -> Row {
    row(json!({ "id": request.id }))
}

fn step_row(call: &Call, request: &Request) -> Row {
    let pending = request.status == Status::PendingApproval;
    let mine = call.pim(|state, now| state.approves(call.scenario(), request, call.caller.oid, now));
    let status = match request.status {
        Status::PendingApproval => "InProgress",
        Status::TimedOut => "Expired",
        _ => "Completed",
    };
    let decision = request.decision.as_ref();
    let result = match decision.map(|decision| decision.approved) {
        None => "NotReviewed",
        Some(true) => "Approve",
        Some(false) => "Deny",
    };
    let reviewer = decision.and_then(|decision| call.scenario().user(decision.by));
    row(json!({
        "id": step_id(request),
        "displayName": null,
        "reviewedDateTime": decision.map(|decision| call.stamps().coarse(decision.at)),
        "reviewResult": result,
        "status": status,
        "assignedToMe": pending && mine,
        "justification": decision.map_or("", |decision| decision.justification.as_str()),
        "reviewedBy": reviewer.map(|user| json!({ "id": user.id, "displayName": user.display_name })),
    }))
}

fn approval_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        context: "roleManagement/directory/roleAssignmentApprovals".to_owned(),
        type_name: "approval",
        navigation: &["steps"],
        expand: Box::new(|row, _| {
            let request = find(call, row.get("id").and_then(Value::as_str).unwrap_or_default())?;
            Ok(json!([step_row(call, &request)]))
        }),
    }
}

fn step_shape<'a>(id: &str) -> Shape<'a> {
    Shape {
        context: format!("roleManagement/directory/roleAssignmentApprovals('{id}')/steps"),
        type_name: "approvalStep",
        navigation: &[],
        expand: Box::new(|_, _| Ok(Value::Null)),
    }
}

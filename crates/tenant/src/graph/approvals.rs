//! Approvals: `beta/roleManagement/directory/roleAssignmentApprovals`, and for groups
//! `identityGovernance/privilegedAccess/group/assignmentApprovals` in both versions.
//!
//! What beta calls steps v1.0 calls stages, but for one page of its documentation, so that v1.0 takes either where no switch
//! says otherwise.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, Version};
use super::collections::{self, On, Table};
use super::list::{self, Row, Shape};
use super::rows::row;
use super::scopes;
use crate::pim::{Refusal, Request, Side, State, Status};
use crate::scenario::{GroupApprovals, Kind};

/// Whose approvals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Directory roles.
    Roles,
    /// Groups.
    Groups,
}

impl Surface {
    fn kind(self) -> Kind {
        match self {
            Self::Roles => Kind::Directory,
            Self::Groups => Kind::Group,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Roles => "roleManagement/directory/roleAssignmentApprovals",
            Self::Groups => "identityGovernance/privilegedAccess/group/assignmentApprovals",
        }
    }

    fn scopes(self, method: &Method) -> &'static [&'static str] {
        match (self, *method == Method::GET) {
            (Self::Roles, true) => scopes::READ_ASSIGNMENT,
            (Self::Roles, false) => scopes::WRITE_ASSIGNMENT,
            (Self::Groups, true) => scopes::READ_GROUP_ASSIGNMENT,
            (Self::Groups, false) => scopes::WRITE_GROUP_ASSIGNMENT,
        }
    }
}

/// What the parts of an approval are called.
fn parts(call: &Call) -> &'static str {
    match call.version {
        Version::V1 => "stages",
        Version::Beta => "steps",
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DecisionBody {
    review_result: String,
    justification: Option<String>,
}

/// Answer a call below `roleAssignmentApprovals`; `rest` are the segments after it.
pub fn answer(call: &Call, surface: Surface, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand(&call.caller.scopes, surface.scopes(&call.method), call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    let known: &[&str] = match (call.version, call.scenario().switches.group_approvals) {
        (Version::Beta, _) | (_, GroupApprovals::Steps) => &["steps"],
        (Version::V1, GroupApprovals::Stages) => &["stages"],
        (Version::V1, GroupApprovals::Both) => &["stages", "steps"],
    };
    let is_part = |name: &String| known.iter().any(|known| name.eq_ignore_ascii_case(known));
    match (&call.method, rest) {
        // Whoever lists them all sees those that they may see one by one.
        (&Method::GET, []) => {
            let approvals = call.pim(|state, now| {
                let all = state.requests(Side::Assignment);
                let all = all.filter(|request| request.scope.kind() == surface.kind());
                all.filter(|request| sees(call, state, request, now)).map(approval_row).collect()
            });
            list::collection(call, approvals, &approval_shape(call, surface))
        }
        (&Method::GET, [function]) if collections::is_function(function) => {
            let on = collections::on(call, function, Table::Requests)?;
            let user = call.caller.oid;
            let approvals = call.pim(|state, now| {
                let all = state.requests(Side::Assignment).filter(|request| request.approval_deadline.is_some());
                let mine = all.filter(|request| request.scope.kind() == surface.kind());
                let mine = mine.filter(|request| match on {
                    On::Principal => request.principal == user,
                    On::CreatedBy => request.created_by == user,
                    On::Approver => state.approves(call.scenario(), request, user, now),
                });
                mine.map(approval_row).collect()
            });
            list::collection(call, approvals, &approval_shape(call, surface))
        }
        (&Method::GET, [id]) => {
            let request = find(call, surface, id)?;
            let mut row = approval_row(&request);
            // v1.0 shows the stages of a group's approval unasked, as in the documentation's example.
            if call.version == Version::V1 {
                row.insert("stages".to_owned(), json!([step_row(call, &request)]));
            }
            list::entity(call, row, &approval_shape(call, surface)).map(Answer::ok)
        }
        (&Method::GET, [id, steps]) if is_part(steps) => {
            let request = find(call, surface, id)?;
            list::collection(call, vec![step_row(call, &request)], &step_shape(call, surface, id))
        }
        (&Method::GET, [id, steps, step]) if is_part(steps) => {
            let request = find_step(call, surface, id, step)?;
            list::entity(call, step_row(call, &request), &step_shape(call, surface, id)).map(Answer::ok)
        }
        (&Method::PATCH, [id, steps, step]) if is_part(steps) => decide(call, &find_step(call, surface, id, step)?),
        (_, [_, part, ..]) if !is_part(part) => Err(Failure::no_segment(part)),
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
    Ok(Answer::no_content())
}

/// Whether the caller may see the approval of a request.
fn sees(call: &Call, state: &State, request: &Request, now: DateTime<Utc>) -> bool {
    let (scenario, user) = (call.scenario(), call.caller.oid);
    request.approval_deadline.is_some()
        && (request.principal == user
            || state.approves(scenario, request, user, now)
            || state.reads_everything(scenario, user, now))
}

/// The request with this approval, if the caller may see it: its maker, its approvers and those who see everything.
fn find(call: &Call, surface: Surface, id: &str) -> Result<Request, Failure> {
    let wanted: Option<Uuid> = id.parse().ok();
    let found = call.pim(|state, now| {
        let request = state.request(wanted?).filter(|request| request.scope.kind() == surface.kind())?;
        request.approval_deadline?;
        Some((sees(call, state, request, now), request.clone()))
    });
    match found {
        None => Err(Failure::not_found(id)),
        Some((false, _)) => Err(Refusal::Forbidden.into()),
        Some((true, request)) => Ok(request),
    }
}

fn find_step(call: &Call, surface: Surface, id: &str, step: &str) -> Result<Request, Failure> {
    let request = find(call, surface, id)?;
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

fn approval_shape<'a>(call: &'a Call<'a>, surface: Surface) -> Shape<'a> {
    Shape {
        context: surface.path().to_owned(),
        type_name: "approval".into(),
        navigation: vec![parts(call)],
        hidden: &[],
        mixed: false,
        expand: Box::new(move |row, _| {
            let request = find(call, surface, row.get("id").and_then(Value::as_str).unwrap_or_default())?;
            Ok(json!([step_row(call, &request)]))
        }),
    }
}

fn step_shape<'a>(call: &Call, surface: Surface, id: &str) -> Shape<'a> {
    Shape {
        context: format!("{}('{id}')/{}", surface.path(), parts(call)),
        type_name: if call.version == Version::V1 { "approvalStage" } else { "approvalStep" }.into(),
        navigation: vec![],
        hidden: &[],
        mixed: false,
        expand: Box::new(|_, _| Ok(Value::Null)),
    }
}

//! `roleAssignmentApprovals`. Decisions are taken bare and wrapped in `properties`, by PATCH and by PUT, where no switch says
//! otherwise: clients that work do it each way.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure, lean};
use super::call::Call;
use super::rows::stamp;
use crate::pim::{Refusal, Request, Side, Status};
use crate::scenario::{AzureDecided, AzureDecisions, Kind, derived};

const KIND: &str = "Microsoft.Authorization/roleAssignmentApprovals";

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Wrapped { properties: Decision },
    Bare(Decision),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Decision {
    review_result: Option<String>,
    justification: Option<String>,
}

/// `approvalId` of a request: the full id of its approval.
pub fn approval_id(request: Uuid) -> String {
    format!("/providers/{KIND}/{request}")
}

fn stage_name(request: &Request) -> String {
    derived(&["azure stage", &request.id.to_string()]).to_string()
}

/// Answer a call below `roleAssignmentApprovals`.
pub fn answer(call: &Call, rest: &[&str]) -> Result<Answer, Failure> {
    let is_stages = |name: &str| name.eq_ignore_ascii_case("stages");
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let waiting = call.pim(|state, now| {
                let all = state.requests(Side::Assignment).filter(|request| request.scope.kind() == Kind::Azure);
                let waiting = all.filter(|request| request.status == Status::PendingApproval);
                let mine = waiting.filter(|request| state.approves(call.scenario(), request, call.caller.oid, now));
                mine.cloned().collect::<Vec<_>>()
            });
            call.list(waiting.iter().map(|request| approval(call, request)).collect())
        }
        (&Method::GET, [id]) => Ok(Answer::ok(approval(call, &find(call, id)?))),
        (&Method::GET, [id, stages]) if is_stages(stages) => call.list(vec![stage(call, &find(call, id)?)]),
        (&Method::GET, [id, stages, name]) if is_stages(stages) => {
            Ok(Answer::ok(stage(call, &find_stage(call, id, name)?)))
        }
        (&Method::PATCH | &Method::PUT, [id, stages, name]) if is_stages(stages) => {
            decide(call, &find_stage(call, id, name)?)
        }
        (_, [] | [_] | [_, _] | [_, _, _]) => Err(Failure::method()),
        _ => Err(Failure::no_resource(&call.path)),
    }
}

fn decide(call: &Call, request: &Request) -> Result<Answer, Failure> {
    let switches = &call.scenario().switches;
    let other_method = match switches.azure_decisions {
        AzureDecisions::Any => None,
        AzureDecisions::Documented => Some(Method::PUT),
        AzureDecisions::Portal => Some(Method::PATCH),
    };
    if other_method.is_some_and(|other| call.method == other) {
        return Err(Failure::method());
    }
    let decision = match (serde_json::from_slice(call.body).map_err(Failure::content)?, switches.azure_decisions) {
        (Body::Wrapped { .. }, AzureDecisions::Documented) => {
            return Err(Failure::content("Could not find member 'properties' on object of type 'ApprovalStage'"));
        }
        (Body::Bare(_), AzureDecisions::Portal) => {
            return Err(Failure::content("Required property 'properties' not found in JSON"));
        }
        (Body::Wrapped { properties: decision } | Body::Bare(decision), _) => decision,
    };
    let approved = match decision.review_result.unwrap_or_default().to_ascii_lowercase().as_str() {
        "approve" => true,
        "deny" => false,
        other => return Err(Failure::content(format!("reviewResult: '{other}'"))),
    };
    let reason = decision.justification.unwrap_or_default();
    let decided = call.pim(|state, now| {
        state.decide(call.scenario(), call.caller.oid, request.id, approved, &reason, now)?;
        Ok::<_, Refusal>(state.request(request.id).cloned())
    });
    let decided = decided.map_err(|refusal| match refusal {
        Refusal::Forbidden => {
            let action = "Microsoft.Authorization/roleAssignmentApprovals/stages/write";
            Failure::unauthorized(call.caller.oid, action, &call.path)
        }
        other => other.into(),
    })?;
    match switches.azure_decided {
        AzureDecided::Stage => Ok(Answer::ok(stage(call, decided.as_ref().unwrap_or(request)))),
        AzureDecided::Empty => Ok(Answer::with(StatusCode::NO_CONTENT, None)),
    }
}

/// The request with this approval, if the caller may see it.
fn find(call: &Call, id: &str) -> Result<Request, Failure> {
    let user = call.caller.oid;
    let found = call.pim(|state, now| {
        let request = state.request(id.parse().ok()?).filter(|request| request.scope.kind() == Kind::Azure)?;
        request.approval_deadline?;
        let sees = request.principal == user || state.approves(call.scenario(), request, user, now);
        Some((sees, request.clone()))
    });
    match found {
        None => Err(Refusal::NotFound(id.to_owned()).into()),
        Some((false, _)) => {
            Err(Failure::unauthorized(user, "Microsoft.Authorization/roleAssignmentApprovals/read", &call.path))
        }
        Some((true, request)) => Ok(request),
    }
}

fn find_stage(call: &Call, id: &str, name: &str) -> Result<Request, Failure> {
    let request = find(call, id)?;
    let known = stage_name(&request).eq_ignore_ascii_case(name);
    if known { Ok(request) } else { Err(Refusal::NotFound(name.to_owned()).into()) }
}

fn approval(call: &Call, request: &Request) -> Value {
    json!({
        "id": approval_id(request.id), "type": KIND, "name": request.id,
        "properties": { "stages": [stage(call, request)] },
    })
}

fn stage(call: &Call, request: &Request) -> Value {
    let mine = call.pim(|state, now| state.approves(call.scenario(), request, call.caller.oid, now));
    let decision = request.decision.as_ref();
    let status = match request.status {
        Status::PendingApproval => "InProgress",
        Status::TimedOut => "Expired",
        _ => "Completed",
    };
    let result = match decision.map(|decision| decision.approved) {
        None => "NotReviewed",
        Some(true) => "Approve",
        Some(false) => "Deny",
    };
    let reviewer = decision.and_then(|decision| call.scenario().user(decision.by)).map(|user| {
        json!({
            "principalId": user.id, "principalType": "user", "principalName": user.display_name,
            "userPrincipalName": user.user_principal_name,
        })
    });
    let name = stage_name(request);
    lean(json!({
        "id": format!("{}/stages/{name}", approval_id(request.id)),
        "type": format!("{KIND}/stages"),
        "name": name,
        "properties": {
            "displayName": null,
            "status": status,
            "assignedToMe": mine && request.status == Status::PendingApproval,
            "reviewedBy": reviewer,
            "reviewedDateTime": decision.map(|decision| stamp(decision.at)),
            "reviewResult": result,
            "justification": decision.map_or("", |decision| decision.justification.as_str()),
        },
    }))
}

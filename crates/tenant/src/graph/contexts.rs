//! `identity/conditionalAccess/authenticationContextClassReferences`: the contexts that policies here demand.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::json;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::rows::row;
use super::scopes;

/// Answer a call for the collection, or for one of it.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::AUTHENTICATION_CONTEXTS)?;
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    let demanded = call.scenario().policies.values().filter_map(|policy| policy.authentication_context.as_deref());
    let mut contexts = demanded.collect::<BTreeSet<_>>().into_iter();
    // As the service has it, without the path's first segment.
    let context = "conditionalAccess/authenticationContextClassReferences";
    let shape = Shape::plain(context, "authenticationContextClassReference");
    match rest {
        [] => list::collection(call, contexts.map(reference).collect(), &shape),
        [id] => {
            let found = contexts.find(|known| known.eq_ignore_ascii_case(id)).ok_or_else(|| Failure::not_found(id))?;
            list::entity(call, reference(found), &shape).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

fn reference(id: &str) -> Row {
    row(json!({
        "id": id,
        "displayName": format!("Privileged work ({id})"),
        "description": "Asks for multifactor authentication anew.",
        "isAvailable": true,
    }))
}

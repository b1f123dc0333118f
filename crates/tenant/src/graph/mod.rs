//! Microsoft Graph, as far as PIM for directory roles needs it: v1.0, and the approvals of beta.

mod answer;
mod approvals;
mod batch;
mod call;
mod directory;
mod filter;
mod list;
mod policies;
mod query;
mod requests;
mod roles;
mod rows;
mod rules;
mod scopes;
mod stamp;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::any;

use self::answer::{Answer, CallIds, Failure, respond};
use self::call::{Call, Version};
use self::roles::Collection;
use crate::caller::Caller;
use crate::state::App;

/// The routes below `/graph` (`/v1.0/…`, `/beta/…`).
pub fn router() -> Router<App> {
    Router::new().route("/v1.0/{*path}", any(v1)).route("/beta/{*path}", any(beta))
}

async fn v1(state: State<App>, caller: Caller, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    serve(&state.0, &caller, Version::V1, method, &uri, &headers, &body)
}

async fn beta(
    state: State<App>,
    caller: Caller,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    serve(&state.0, &caller, Version::Beta, method, &uri, &headers, &body)
}

fn serve(
    app: &App,
    caller: &Caller,
    version: Version,
    method: Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let ids = CallIds::new(app.guid(), headers);
    // Within a nested router the path begins at the version.
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let prefix = format!("/{}/", version.name());
    let target = target.find(&prefix).map_or(target, |at| &target[at + prefix.len()..]);
    let outcome = Call::new(app, caller, version, method, target, body).and_then(|call| {
        if call.segments.len() == 1 && call.segments[0].eq_ignore_ascii_case("$batch") {
            batch::answer(&call)
        } else {
            dispatch(&call)
        }
    });
    let answer = outcome.unwrap_or_else(|failure| failure.answer(&ids, app.clock.now()));
    respond(answer, &ids)
}

/// Find who answers a call. Segments are matched in any case, as Graph does.
fn dispatch(call: &Call) -> Result<Answer, Failure> {
    let is = |at: usize, name: &str| call.segments.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    let last = call.segments.last().map_or("", String::as_str);
    if is(0, "me") && call.segments.len() == 1 {
        directory::me(call)
    } else if is(0, "organization") && call.segments.len() == 1 {
        directory::organization(call)
    } else if is(0, "policies") && is(1, "roleManagementPolicyAssignments") {
        policies::answer(call, true, &call.segments[2..])
    } else if is(0, "policies") && is(1, "roleManagementPolicies") {
        policies::answer(call, false, &call.segments[2..])
    } else if is(0, "roleManagement") && is(1, "directory") {
        match call.segments.get(2) {
            Some(name) if name.eq_ignore_ascii_case("roleDefinitions") => roles::definitions(call, &call.segments[3..]),
            Some(name) if name.eq_ignore_ascii_case("roleAssignmentApprovals") && call.version == Version::Beta => {
                approvals::answer(call, &call.segments[3..])
            }
            Some(name) => match Collection::named(name) {
                Some(collection) => roles::answer(call, collection, &call.segments[3..]),
                None => Err(Failure::no_segment(name)),
            },
            None => Err(Failure::no_segment(last)),
        }
    } else {
        Err(Failure::no_segment(last))
    }
}

#[cfg(test)]
mod tests;

//! Microsoft Graph, as far as PIM for directory roles and groups needs it: v1.0, and the approvals of beta.

pub(crate) mod address;
pub(crate) mod alert_texts;
mod alerts;
mod answer;
mod approvals;
mod assignments;
mod audits;
mod batch;
mod call;
mod collections;
mod contexts;
mod directory;
mod filter;
mod list;
mod observer;
mod people;
mod policies;
mod query;
mod requests;
mod reviews;
mod rows;
pub(crate) mod rules;
mod scopes;
mod search;
mod stamp;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};

use self::answer::{Answer, Failure, respond};
use self::approvals::Surface;
pub(crate) use self::call::capital;
use self::call::{Call, Version};
use self::collections::{Collection, Family};
pub use self::observer::{Observation, Observer};
use crate::caller::Caller;
use crate::exchange::RequestIds;
use crate::state::{App, directory};
use crate::sts::userinfo;

/// The routes below `/graph` (`/v1.0/…`, `/beta/…`).
pub fn router() -> Router<App> {
    Router::new()
        .route("/{version}/{*path}", any(versioned))
        .route("/oidc/userinfo", get(userinfo::answer).post(userinfo::answer))
        .fallback(elsewhere)
}

/// Whatever is below neither version.
async fn elsewhere(State(app): State<App>, ids: Ids, uri: Uri) -> Response {
    let version = uri.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    let failure = Failure::bad_request(format!("Invalid version: {version}"));
    respond(&failure.answer(&ids.0, app.clock.now()), &ids.0)
}

type Bearer = Result<Caller, Response>;
type Ids = Extension<RequestIds>;

/// What every call is handed.
#[derive(FromRequest)]
#[from_request(state(App))]
struct Request {
    app: State<App>,
    ids: Ids,
    caller: Bearer,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

async fn versioned(request: Request) -> Response {
    // Within a nested router the path begins at the version, which is written in any case.
    let target = request.uri.path_and_query().map_or("", |target| target.as_str()).trim_start_matches('/').to_owned();
    let (version, target) = target.split_once('/').unwrap_or((&target, ""));
    match Version::named(version) {
        Some(version) => serve(request, version, target).await,
        None => elsewhere(request.app, request.ids, request.uri).await,
    }
}

/// Whether a header's value asks for eventual consistency.
fn is_eventual(value: &str) -> bool {
    value.eq_ignore_ascii_case("eventual")
}

async fn serve(request: Request, version: Version, target: &str) -> Response {
    let Request { app: State(app), ids: Extension(ids), caller, method, headers, body, .. } = request;
    let (app, ids, body) = (&app, &ids, &body);
    let level = headers.get("consistencylevel").and_then(|value| value.to_str().ok());
    let eventual = level.is_some_and(is_eventual);
    let observed = |status, body| Observation {
        version: version.name(),
        method: method.clone(),
        target: target.to_owned(),
        status,
        body,
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(refusal) => {
            let (head, content) = refusal.into_parts();
            // It is in memory already.
            let content = to_bytes(content, usize::MAX).await.unwrap_or_default();
            app.observer.tell(|| observed(head.status, serde_json::from_slice(&content).ok()));
            return (head, Body::from(content)).into_response();
        }
    };
    let app = directory(app, caller.tid).unwrap_or(app);
    let call = Call::new(app, &caller, version, method.clone(), target, body);
    let outcome = match call {
        Ok(call) if call.is_batch() => batch::answer(&call, ids).await,
        Ok(call) => dispatch(&call.with_consistency(eventual)),
        Err(failure) => Err(failure),
    };
    let answer = outcome.unwrap_or_else(|failure| failure.answer(ids, app.clock.now()));
    app.observer.tell(|| observed(answer.status, answer.body.clone()));
    respond(&answer, ids)
}

/// Find who answers a call.
fn dispatch(call: &Call) -> Result<Answer, Failure> {
    match call.segments.split_last() {
        Some((last, rest)) if last.eq_ignore_ascii_case("$count") && call.method == Method::GET => count(call, rest),
        _ => find(call),
    }
}

/// `…/$count`: how many a collection has, as text.
fn count(call: &Call, segments: &[String]) -> Result<Answer, Failure> {
    let mut query = call.query.clone();
    (query.count, query.top) = (true, Some(0));
    let path = call.path.rsplit_once('/').map_or("", |(path, _)| path).to_owned();
    let counted = find(&Call { method: Method::GET, path, segments: segments.to_vec(), query, ..*call })?;
    let number = counted.body.as_ref().and_then(|body| body.get("@odata.count")).cloned();
    number.map(Answer::ok).ok_or_else(|| Failure::no_segment("$count"))
}

/// Find who answers a call for entities. Segments are matched in any case, as Graph does.
fn find(call: &Call) -> Result<Answer, Failure> {
    let is = |at: usize, name: &str| call.segments.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    let last = call.segments.last().map_or("", String::as_str);
    if is(0, "me") && call.segments.len() == 1 {
        directory::me(call)
    } else if is(0, "me") && is(1, "checkMemberGroups") && call.segments.len() == 2 {
        directory::check_member_groups(call)
    } else if is(0, "organization") && call.segments.len() == 1 {
        directory::organization(call)
    } else if is(0, "policies") && is(1, "roleManagementPolicyAssignments") {
        policies::answer(call, true, &call.segments[2..])
    } else if is(0, "policies") && is(1, "roleManagementPolicies") {
        policies::answer(call, false, &call.segments[2..])
    } else if is(0, "identity") && is(1, "conditionalAccess") && is(2, "authenticationContextClassReferences") {
        contexts::answer(call, &call.segments[3..])
    } else if is(0, "groups") {
        people::groups(call, &call.segments[1..])
    } else if is(0, "users") {
        people::users(call, &call.segments[1..])
    } else if is(0, "servicePrincipals") {
        people::applications(call, &call.segments[1..])
    } else if is(0, "identityGovernance") && is(1, "accessReviews") && is(2, "definitions") {
        reviews::answer(call, &call.segments[3..])
    } else if is(0, "identityGovernance") && is(1, "roleManagementAlerts") {
        alerts::answer(call, &call.segments[2..])
    } else if is(0, "auditLogs") && is(1, "directoryAudits") {
        audits::answer(call, &call.segments[2..])
    } else if is(0, "directory") && is(1, "administrativeUnits") {
        people::units(call, &call.segments[2..])
    } else if is(0, "directoryObjects") && is(1, "getByIds") && call.segments.len() == 2 {
        people::by_ids(call)
    } else if is(0, "roleManagement") && is(1, "directory") {
        let Some(name) = call.segments.get(2) else { return Err(Failure::no_segment(last)) };
        let rest = &call.segments[3..];
        if name.eq_ignore_ascii_case("roleDefinitions") {
            return collections::definitions(call, rest);
        }
        if name.eq_ignore_ascii_case("roleAssignments") {
            return assignments::answer(call, rest);
        }
        // v1.0 has none for directory roles.
        if name.eq_ignore_ascii_case("roleAssignmentApprovals") && call.version == Version::Beta {
            return approvals::answer(call, Surface::Roles, rest);
        }
        collection(call, Family::Roles, name, rest)
    } else if is(0, "identityGovernance") && is(1, "privilegedAccess") && is(2, "group") {
        let Some(name) = call.segments.get(3) else { return Err(Failure::no_segment(last)) };
        let rest = &call.segments[4..];
        if name.eq_ignore_ascii_case("assignmentApprovals") {
            return approvals::answer(call, Surface::Groups, rest);
        }
        collection(call, Family::Groups, name, rest)
    } else {
        Err(Failure::no_segment(last))
    }
}

fn collection(call: &Call, family: Family, name: &str, rest: &[String]) -> Result<Answer, Failure> {
    let found = Collection::named(family, name).ok_or_else(|| Failure::no_segment(name))?;
    collections::answer(call, found, rest)
}

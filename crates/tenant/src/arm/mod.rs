//! Azure Resource Manager, as far as PIM needs it: eligible and active roles at every scope, requests, policies,
//! approvals, and what scopes there are.

mod alerts;
mod answer;
mod approvals;
mod assignments;
mod batch;
mod call;
mod filter;
mod lists;
mod permissions;
mod policies;
mod requests;
mod reviews;
mod rows;
mod scopes;
mod versions;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::any;
use axum::{Extension, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use self::answer::Answer;
pub(crate) use self::answer::Failure;
use self::call::Call;
use crate::caller;
use crate::exchange::RequestIds;
use crate::graph::Observation;
use crate::state::{App, directory};

/// What answers are called that are not Microsoft Graph's.
pub const VERSION: &str = "arm";

/// The routes below `/arm`.
pub fn router() -> Router<App> {
    Router::new().route("/{*path}", any(serve)).fallback(serve)
}

async fn serve(
    State(app): State<App>,
    Extension(ids): Extension<RequestIds>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let target = uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let outcome = match caller::of_arm(&app, &headers) {
        Err(failure) => Err(failure),
        Ok(caller) => {
            let here = directory(&app, caller.tid).unwrap_or(&app);
            let call = Call::new((&app, here), &caller, method.clone(), &target, &body);
            if is_slow(&call) {
                // Real time: it is the line's and the service's, not the tenant's.
                tokio::time::sleep(here.scenario.switches.azure_root_delay.length().to_std().unwrap_or_default()).await;
            }
            if call.path.eq_ignore_ascii_case("/batch") { batched(&call).await } else { dispatch(&call) }
        }
    };
    let (answer, challenge) = match outcome {
        Ok(answer) => (answer, None),
        Err(failure) => (failure.answer(), failure.challenge),
    };
    app.observer.tell(|| Observation {
        version: VERSION,
        method: method.clone(),
        target: target.trim_start_matches('/').to_owned(),
        status: answer.status,
        body: answer.body.clone(),
    });
    let mut response = answer.respond();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    if let Some(challenge) = challenge {
        set(header::WWW_AUTHENTICATE.as_str(), &challenge);
    }
    set("x-ms-routing-request-id", &format!("WESTEUROPE:{}:{}", app.clock.now().format("%Y%m%dT%H%M%SZ"), ids.request));
    // The figures of a bucket that refills faster than anybody here drinks.
    match (method == Method::GET, target.to_ascii_lowercase().starts_with("/subscriptions/")) {
        (true, true) => set("x-ms-ratelimit-remaining-subscription-reads", "249"),
        (true, false) => set("x-ms-ratelimit-remaining-tenant-reads", "249"),
        (false, true) => set("x-ms-ratelimit-remaining-subscription-writes", "199"),
        (false, false) => set("x-ms-ratelimit-remaining-tenant-writes", "199"),
    }
    response
}

/// The tenant root's list of what concerns the caller.
fn is_slow(call: &Call) -> bool {
    let path = call.path.to_ascii_lowercase();
    path.starts_with("/providers/microsoft.authorization/role")
        && call.option("$filter").is_some_and(|filter| filter.to_ascii_lowercase().contains("astarget()"))
}

async fn batched(call: &Call<'_>) -> Result<Answer, Failure> {
    versions::check(call, None)?;
    batch::answer(call).await
}

const AUTHORIZATION: &str = "/providers/microsoft.authorization/";

/// Find who answers a call.
fn dispatch(call: &Call) -> Result<Answer, Failure> {
    let Some(at) = call.path.to_ascii_lowercase().rfind(AUTHORIZATION) else {
        versions::check(call, None)?;
        if call.path.eq_ignore_ascii_case("/batch") {
            return Err(Failure::content("a batch cannot contain a batch"));
        }
        return scopes::answer(call);
    };
    let (scope, rest) = (&call.path[..at], &call.path[at + AUTHORIZATION.len()..]);
    let rest: Vec<&str> = rest.split('/').collect();
    let Some((kind, rest)) = rest.split_first() else { return Err(Failure::no_resource(&call.path)) };
    versions::check(call, Some(kind))?;
    demand_mfa(call)?;
    let place = call.place(scope)?;
    if let Some(list) = lists::named(kind) {
        return lists::answer(call, place, list, rest);
    }
    match kind.to_ascii_lowercase().as_str() {
        "rolemanagementpolicyassignments" => policies::answer(call, place, true, rest),
        "rolemanagementpolicies" => policies::answer(call, place, false, rest),
        "roleassignmentapprovals" => approvals::answer(call, rest),
        "accessreviewscheduledefinitions" if matches!(place, call::Place::Root) => reviews::answer(call, rest),
        kind if kind.starts_with("rolemanagementalert") => alerts::answer(call, place, kind, rest),
        "permissions" if rest.is_empty() => permissions::answer(call, place),
        "roledefinitions" => permissions::definitions(call, place, rest),
        "roleassignments" => assignments::answer(call, place, rest),
        "eligiblechildresources" if call.method == Method::GET && rest.is_empty() => {
            scopes::eligible_children(call, place)
        }
        _ => Err(Failure::no_resource(&call.path)),
    }
}

/// Azure's own demand, whatever PIM's policies say; reading is free.
fn demand_mfa(call: &Call) -> Result<(), Failure> {
    let wanted = call.scenario().switches.azure_mandatory_mfa && call.method != Method::GET;
    if !wanted || call.actor().mfa {
        return Ok(());
    }
    let claims = json!({ "access_token": { "amr": { "essential": true, "values": ["mfa"] } } });
    let challenge = format!(
        r#"Bearer realm="", authorization_uri="{}/common/oauth2/authorize", error="insufficient_claims", claims="{}""#,
        call.app.endpoints.authority,
        STANDARD.encode(claims.to_string())
    );
    let text = format!(
        "Resource '{}' was disallowed by Azure: the request was made without authenticating through MFA. Sign in with multifactor authentication and try again.",
        call.path
    );
    let failure = Failure::new(StatusCode::FORBIDDEN, "RequestDisallowedByAzure", text);
    Err(Failure { challenge: Some(challenge), ..failure })
}

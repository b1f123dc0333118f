//! `/{tenant}/oauth2/v2.0/authorize` and what belongs to it: logout, and an administrator's consent for all.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use url::Url;
use uuid::Uuid;

use super::claims::Wanted;
use super::clients::{self, Client};
use super::flow::{self, Flow, Purpose, Step};
use super::problem::Refusal;
use super::respond::{self, ResponseMode, Return};
use super::scopes::Scopes;
use super::{correlation_id, directory_of, page, read, token};
use crate::state::App;

/// The parameters of an authorize request.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Request {
    client_id: Option<String>,
    response_type: Option<String>,
    redirect_uri: Option<String>,
    scope: Option<String>,
    response_mode: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    prompt: Option<String>,
    login_hint: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    claims: Option<String>,
    client_info: Option<String>,
    /// A browser sends no header of ours, so that clients put their id here.
    #[serde(rename = "client-request-id")]
    correlation_id: Option<Uuid>,
}

pub(super) async fn get(
    State(app): State<App>,
    Path(tenant): Path<String>,
    request: Result<Query<Request>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    authorize(&app, &tenant, read::query(request), &headers)
}

pub(super) async fn post(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    request: Result<Form<Request>, FormRejection>,
) -> Response {
    authorize(&app, &tenant, read::form(request), &headers)
}

fn authorize(app: &App, tenant: &str, request: Result<Request, Refusal>, headers: &HeaderMap) -> Response {
    let request = match request {
        Ok(request) => request,
        Err(refusal) => return page::error(app, &refusal.reported(app, correlation_id(app, headers)), None),
    };
    let request = &request;
    let correlation_id = request.correlation_id.unwrap_or_else(|| correlation_id(app, headers));
    // Until client and redirect URI are known to belong together, errors stay on a page: never redirect to a stranger.
    let trusted = directory_of(app, tenant).and_then(|directory| {
        let client = token::client(app, need(request.client_id.as_ref(), "client_id")?)?;
        Ok((client, back(request, client)?, directory.scenario.organization.tenant_id))
    });
    let (client, back, tenant) = match trusted {
        Ok(trusted) => trusted,
        Err(refusal) => return page::error(app, &refusal.reported(app, correlation_id), None),
    };
    match begin(app, request, client, &back, headers, (correlation_id, tenant)) {
        Ok(response) => response,
        Err(refusal) => respond::refused(app, &back, &refusal.reported(app, correlation_id), false),
    }
}

/// Everything that can be told to the client when it is wrong.
fn begin(
    app: &App,
    request: &Request,
    client: &Client,
    back: &Return,
    headers: &HeaderMap,
    (correlation_id, tenant): (Uuid, Uuid),
) -> Result<Response, Refusal> {
    let response_type = need(request.response_type.as_ref(), "response_type")?;
    let mut types: Vec<&str> = response_type.split_ascii_whitespace().collect();
    types.sort_unstable();
    let id_token = match types.as_slice() {
        ["code"] => false,
        ["code", "id_token"] => true,
        _ => {
            return Err(Refusal::new(
                "unsupported_response_type",
                700_054,
                format!("response_type '{response_type}' is not enabled for the application."),
            ));
        }
    };
    let scopes = Scopes::parse(need(request.scope.as_ref(), "scope")?, client, &app.endpoints)?;
    if id_token && request.nonce.is_none() {
        return Err(Refusal::missing("nonce"));
    }
    if id_token && request.response_mode.as_deref() == Some("query") {
        let text = "'query' is not a supported value of 'response_mode' when requesting a token.";
        return Err(Refusal::new("invalid_request", 70_007, text));
    }
    let challenge = challenge(request)?;
    let wanted = Wanted::parse(request.claims.as_deref()).map_err(|reason| {
        Refusal::new("invalid_request", 90_013, format!("Invalid input received from the user. {reason}."))
    })?;
    let prompt = request.prompt.as_deref().unwrap_or_default();
    if !["", "login", "none", "consent", "select_account"].contains(&prompt) {
        return Err(Refusal::new("invalid_request", 90_023, format!("Unsupported 'prompt' value '{prompt}'.")));
    }

    let purpose = Purpose::Authorize {
        back: back.clone(),
        id_token,
        nonce: request.nonce.clone(),
        challenge,
        client_info: request.client_info.as_deref() == Some("1"),
    };
    let mut flow = Flow::new(app, purpose, client.id, scopes, correlation_id);
    flow.wanted = wanted;
    flow.tenant = tenant;
    flow.ask_consent = prompt == "consent";
    flow.login_hint = request.login_hint.clone().filter(|hint| app.scenario.user_named(hint).is_some());
    if !["login", "select_account"].contains(&prompt) {
        let hinted = flow.login_hint.as_deref().and_then(|hint| app.scenario.user_named(hint));
        let session = flow::session(app, headers).filter(|session| {
            hinted.is_none_or(|user| user.id == session.user)
                && flow.wanted.not_before.is_none_or(|earliest| session.signed_in.timestamp() >= earliest)
        });
        if let Some(session) = session {
            flow.resume(&session);
        }
    }
    if prompt == "none" {
        silently(app, &flow)?;
    }
    Ok(flow::proceed(app, flow, headers, false))
}

/// `prompt=none`: refuse where a page would have to be shown.
fn silently(app: &App, flow: &Flow) -> Result<(), Refusal> {
    Err(match flow.step(app)? {
        Step::Done => return Ok(()),
        Step::Pick => Refusal::new(
            "login_required",
            50_058,
            "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in the request to Azure AD.",
        ),
        Step::Mfa => Refusal::new(
            "interaction_required",
            50_076,
            "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.",
        ),
        Step::Consent => Refusal::new(
            "interaction_required",
            65_001,
            format!("The user or administrator has not consented to use the application with ID '{}'.", flow.client_id),
        ),
    })
}

fn need<'a>(parameter: Option<&'a String>, name: &str) -> Result<&'a str, Refusal> {
    parameter.map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| Refusal::missing(name))
}

/// Where the answer goes, once the redirect URI is known to be the client's.
fn back(request: &Request, client: &Client) -> Result<Return, Refusal> {
    let given = need(request.redirect_uri.as_ref(), "redirect_uri")?;
    let uri = Url::parse(given).ok().filter(|uri| client.accepts(uri)).ok_or_else(|| mismatch(given, client.id))?;
    let mode = match request.response_mode.as_deref() {
        Some("query") => ResponseMode::Query,
        Some("fragment") => ResponseMode::Fragment,
        Some("form_post") => ResponseMode::FormPost,
        Some(other) => {
            return Err(Refusal::new(
                "invalid_request",
                90_023,
                format!("Unsupported 'response_mode' value '{other}'."),
            ));
        }
        None if request.response_type.as_deref().is_some_and(|types| types.contains("id_token")) => {
            ResponseMode::Fragment
        }
        None => ResponseMode::Query,
    };
    Ok(Return { uri, given: given.to_owned(), mode, state: request.state.clone() })
}

fn mismatch(given: &str, client_id: &str) -> Refusal {
    Refusal::new(
        "invalid_request",
        50_011,
        format!(
            "The redirect URI '{given}' specified in the request does not match the redirect URIs configured for the application '{client_id}'. Make sure the redirect URI sent in the request matches one added to your application."
        ),
    )
}

/// The PKCE challenge, in the form of method S256. Desktop clients are asked to send one and not made to (documented:
/// required of single-page applications only); without a method it is the verifier itself.
fn challenge(request: &Request) -> Result<Option<String>, Refusal> {
    let Some(challenge) = request.code_challenge.as_deref().filter(|challenge| !challenge.is_empty()) else {
        return Ok(None);
    };
    let size = || Refusal::new("invalid_request", 501_491, "Invalid size of Code_Challenge parameter.");
    match request.code_challenge_method.as_deref().unwrap_or("plain") {
        "S256" if challenge.len() == 43 => Ok(Some(challenge.to_owned())),
        "plain" if (43..=128).contains(&challenge.len()) => Ok(Some(URL_SAFE_NO_PAD.encode(Sha256::digest(challenge)))),
        "S256" | "plain" => Err(size()),
        other => Err(Refusal::new(
            "invalid_request",
            90_013,
            format!("Invalid input received from the user. Unsupported 'code_challenge_method' value '{other}'."),
        )),
    }
}

/// The parameters of a logout request.
#[derive(Debug, Deserialize)]
pub(super) struct Logout {
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// `/{tenant}/oauth2/v2.0/logout`: ends the browser's session only; refresh tokens go on working (documented).
pub(super) async fn logout(State(app): State<App>, headers: HeaderMap, Query(request): Query<Logout>) -> Response {
    if let Some(cookie) = flow::cookie_value(&headers) {
        app.sts().sessions.remove(cookie);
        app.touch();
    }
    let registered = |uri: &Url| clients::ALL.iter().any(|client| client.accepts(uri));
    let back = request.post_logout_redirect_uri.as_deref().and_then(|uri| Url::parse(uri).ok()).filter(registered);
    let response = match back {
        Some(mut uri) => {
            if let Some(state) = &request.state {
                uri.query_pairs_mut().append_pair("state", state);
            }
            Redirect::to(uri.as_str()).into_response()
        }
        None => page::notice(&app, "You signed out", "It is a good idea to close all browser windows."),
    };
    ([flow::forget_cookie()], response).into_response()
}

/// The parameters of an administrator's consent.
#[derive(Debug, Deserialize)]
pub(super) struct AdminConsent {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    state: Option<String>,
    scope: Option<String>,
}

/// `GET /{tenant}/adminconsent`: agree to all permissions of a client for everybody in the tenant.
pub(super) async fn admin_consent(
    State(app): State<App>,
    Path(tenant): Path<String>,
    Query(request): Query<AdminConsent>,
    headers: HeaderMap,
) -> Response {
    let all = "https://graph.microsoft.com/.default https://management.azure.com/.default".to_owned();
    agree_for_everybody(&app, &tenant, &AdminConsent { scope: Some(all), ..request }, false, &headers)
}

/// `GET /{tenant}/v2.0/adminconsent`: agree to the permissions in `scope` for everybody in the tenant.
pub(super) async fn admin_consent_to(
    State(app): State<App>,
    Path(tenant): Path<String>,
    Query(request): Query<AdminConsent>,
    headers: HeaderMap,
) -> Response {
    agree_for_everybody(&app, &tenant, &request, true, &headers)
}

/// Of the two addresses only the later one (`tells`) says in its answer what was agreed to.
fn agree_for_everybody(app: &App, tenant: &str, request: &AdminConsent, tells: bool, headers: &HeaderMap) -> Response {
    let correlation_id = correlation_id(app, headers);
    let begun = directory_of(app, tenant).and_then(|directory| {
        let client = token::client(app, need(request.client_id.as_ref(), "client_id")?)?;
        let redirect =
            Request { redirect_uri: request.redirect_uri.clone(), state: request.state.clone(), ..Request::default() };
        let scopes = Scopes::parse(need(request.scope.as_ref(), "scope")?, client, &app.endpoints)?;
        let purpose = Purpose::AdminConsent { back: back(&redirect, client)?, tells };
        let mut flow = Flow::new(app, purpose, client.id, scopes, correlation_id);
        flow.tenant = directory.scenario.organization.tenant_id;
        Ok(flow)
    });
    match begun {
        Ok(flow) => flow::proceed(app, flow, headers, false),
        Err(refusal) => page::error(app, &refusal.reported(app, correlation_id), None),
    }
}

//! `POST /{tenant}/oauth2/v2.0/token`: authorization code, refresh token, device code.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::claims::Wanted;
use super::clients::{self, Client};
use super::problem::Refusal;
use super::scopes::Scopes;
use super::tokens::{self, Issue};
use super::{Grant, REFRESH_LIFE, consented, correlation_id, device, directory_of, read, unconsented};
use crate::exchange::AskedClaims;
use crate::scenario::{Organization, User};
use crate::state::App;

/// The form of a token request.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Request {
    client_id: Option<String>,
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    device_code: Option<String>,
    scope: Option<String>,
    claims: Option<String>,
    client_info: Option<String>,
    client_secret: Option<String>,
}

pub(super) async fn post(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    request: Result<Form<Request>, FormRejection>,
) -> Response {
    let request = read::form(request);
    let claims = request.as_ref().ok().and_then(|request| request.claims.clone());
    let answer =
        request.and_then(|request| directory_of(&app, &tenant).and_then(|directory| redeem(&app, directory, &request)));
    let mut response = match answer {
        Ok(body) => ([("cache-control", "no-store"), ("pragma", "no-cache")], Json(body)).into_response(),
        Err(refusal) => refusal.reported(&app, correlation_id(&app, &headers)).into_response(),
    };
    if let Some(claims) = claims {
        response.extensions_mut().insert(AskedClaims(claims));
    }
    response
}

/// `GET` where only `POST` is served.
pub(super) async fn get(State(app): State<App>, headers: HeaderMap) -> Response {
    let text = "The endpoint only accepts POST requests. Received a GET request.";
    Refusal::new("invalid_request", 900_561, text).reported(&app, correlation_id(&app, &headers)).into_response()
}

/// The parameter, which must not be missing or empty.
fn need<'a>(parameter: Option<&'a String>, name: &str) -> Result<&'a str, Refusal> {
    parameter.map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| Refusal::missing(name))
}

/// The client that a request names.
pub(super) fn client(app: &App, id: &str) -> Result<&'static Client, Refusal> {
    clients::find(id).ok_or_else(|| {
        Refusal::new(
            "unauthorized_client",
            700_016,
            format!(
                "Application with identifier '{id}' was not found in the directory '{}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
                app.scenario.organization.display_name
            ),
        )
    })
}

fn redeem(app: &App, directory: &App, request: &Request) -> Result<Value, Refusal> {
    let client = client(app, need(request.client_id.as_ref(), "client_id")?)?;
    if request.client_secret.is_some() {
        return Err(Refusal::new(
            "invalid_client",
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ));
    }
    app.sts().forget_expired(app.clock.now());
    match need(request.grant_type.as_ref(), "grant_type")? {
        "authorization_code" => authorization_code(app, directory, request, client),
        "refresh_token" => refresh_token(app, directory, request, client),
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => device_code(app, directory, request, client),
        other => Err(Refusal::new(
            "unsupported_grant_type",
            70_003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

fn authorization_code(app: &App, directory: &App, request: &Request, client: &Client) -> Result<Value, Refusal> {
    let given = need(request.code.as_ref(), "code")?;
    let redirect_uri = need(request.redirect_uri.as_ref(), "redirect_uri")?;
    let wanted = wanted(request)?;
    let code = {
        let mut sts = app.sts();
        let code = sts.codes.get_mut(given).filter(|code| code.grant.client_id == client.id).ok_or_else(|| {
            Refusal::new("invalid_grant", 9_002_313, "Invalid request. Request is malformed or invalid.")
        })?;
        if code.redeemed {
            return Err(Refusal::new(
                "invalid_grant",
                54_005,
                "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
            ));
        }
        if app.clock.now() >= code.expires {
            return Err(Refusal::new(
                "invalid_grant",
                70_008,
                "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
            ));
        }
        if code.redirect_uri != redirect_uri {
            return Err(Refusal::new(
                "invalid_grant",
                500_112,
                format!(
                    "The reply address '{redirect_uri}' does not match the reply address '{}' provided when requesting Authorization code.",
                    code.redirect_uri
                ),
            ));
        }
        check_verifier(code.challenge.as_deref(), request.code_verifier.as_deref())?;
        code.redeemed = true;
        code.clone()
    };
    let scopes = match request.scope.as_deref().filter(|scope| !scope.is_empty()) {
        Some(scope) => one_resource(Scopes::parse(scope, client, &app.endpoints)?)?,
        None => code.scopes.only(code.scopes.first_resource()),
    };
    let issue = Issue {
        grant: &code.grant,
        scopes: &scopes,
        nonce: code.nonce.as_deref(),
        cp1: code.cp1 || wanted.cp1,
        client_info: request.client_info.as_deref() == Some("1"),
    };
    issue_tokens(app, directory, &issue, &wanted)
}

/// PKCE (RFC 7636): the verifier must belong to the challenge of the authorize request.
fn check_verifier(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), Refusal> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier))
            if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge.trim_end_matches('=') =>
        {
            Ok(())
        }
        (Some(_), None) => Err(Refusal::missing("code_verifier")),
        _ => Err(Refusal::new(
            "invalid_grant",
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        )),
    }
}

fn refresh_token(app: &App, directory: &App, request: &Request, client: &Client) -> Result<Value, Refusal> {
    let given = need(request.refresh_token.as_ref(), "refresh_token")?;
    let wanted = wanted(request)?;
    let now = app.clock.now();
    let refresh =
        app.sts().refresh.get(given).cloned().ok_or_else(|| {
            Refusal::new("invalid_grant", 9_002_313, "Invalid request. Request is malformed or invalid.")
        })?;
    // Microsoft's own clients are a family: what was issued to one of them is good for all.
    let family = client.first_party && clients::find(&refresh.grant.client_id).is_some_and(|other| other.first_party);
    if refresh.grant.client_id != client.id && !family {
        return Err(Refusal::new(
            "invalid_grant",
            700_005,
            "The provided authorization code or refresh token was issued to another client.",
        ));
    }
    if now >= refresh.last_used + REFRESH_LIFE {
        let last = refresh.last_used.format("%Y-%m-%dT%H:%M:%S%.6f0Z");
        return Err(Refusal::new(
            "invalid_grant",
            700_082,
            format!(
                "The refresh token has expired due to inactivity. The token was issued on {last} and was inactive for 90.00:00:00."
            ),
        ));
    }
    if refresh.grant.session_epoch != app.sts().epochs(refresh.grant.user).session {
        return Err(revoked());
    }
    let scopes = match request.scope.as_deref().filter(|scope| !scope.is_empty()) {
        Some(scope) => one_resource(Scopes::parse(scope, client, &app.endpoints)?)?,
        None => refresh.scopes.clone(),
    };
    // The answer always carries a new refresh token; this one keeps working (documented), its life starts anew.
    let scopes = Scopes { offline_access: true, ..scopes };
    if let Some(used) = app.sts().refresh.get_mut(given) {
        used.last_used = now;
    }
    let grant = Grant { client_id: client.id.to_owned(), ..refresh.grant.clone() };
    let issue = Issue {
        grant: &grant,
        scopes: &scopes,
        nonce: None,
        cp1: wanted.cp1,
        client_info: request.client_info.as_deref() == Some("1"),
    };
    issue_tokens(app, directory, &issue, &wanted)
}

fn device_code(app: &App, directory: &App, request: &Request, client: &Client) -> Result<Value, Refusal> {
    let given = need(request.device_code.as_ref(), "device_code")?;
    let wanted = wanted(request)?;
    let (grant, scopes, cp1) = device::redeem(app, given, client)?;
    let scopes = scopes.only(scopes.first_resource());
    let issue = Issue {
        grant: &grant,
        scopes: &scopes,
        nonce: None,
        cp1: cp1 || wanted.cp1,
        client_info: request.client_info.as_deref() == Some("1"),
    };
    issue_tokens(app, directory, &issue, &wanted)
}

fn wanted(request: &Request) -> Result<Wanted, Refusal> {
    Wanted::parse(request.claims.as_deref()).map_err(|reason| {
        Refusal::new("invalid_request", 90_013, format!("Invalid input received from the user. {reason}."))
    })
}

/// A token is for one resource only.
fn one_resource(scopes: Scopes) -> Result<Scopes, Refusal> {
    if scopes.resources().len() > 1 {
        return Err(Refusal::new(
            "invalid_request",
            28_000,
            "Provided value for the input parameter scope is not valid because it contains more than one resource.",
        ));
    }
    Ok(scopes)
}

/// The refusal of a refresh token whose user's sessions were revoked.
fn revoked() -> Refusal {
    Refusal {
        suberror: Some("bad_token"),
        ..Refusal::new(
            "invalid_grant",
            50_173,
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
        )
    }
}

/// The last checks, common to all grants: sign-in strong enough, consent given.
fn issue_tokens(app: &App, directory: &App, issue: &Issue<'_>, wanted: &Wanted) -> Result<Value, Refusal> {
    let Grant { user, client_id, amr, acrs, .. } = issue.grant;
    let user: &User = app
        .scenario
        .user(*user)
        .ok_or_else(|| Refusal::new("invalid_grant", 50_034, "The user account does not exist in the directory."))?;
    if !wanted.satisfied_by(amr, acrs) {
        return Err(Refusal {
            suberror: Some("basic_action"),
            claims: Some(interaction_claims(wanted)),
            ..Refusal::new(
                "interaction_required",
                50_076,
                format!(
                    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{}'.",
                    issue.scopes.first_resource().app_id()
                ),
            )
        });
    }
    let mut scopes = consented(app, user.id, client_id, issue.scopes).ok_or_else(|| Refusal {
        suberror: Some("consent_required"),
        ..Refusal::new(
            "invalid_grant",
            65_001,
            format!(
                "The user or administrator has not consented to use the application with ID '{client_id}'. Send an interactive authorization request for this user and resource."
            ),
        )
    })?;
    let waiting = unconsented(directory, client_id, &scopes);
    if !waiting.is_empty() && !scopes.every {
        return Err(Refusal {
            suberror: Some("consent_required"),
            ..Refusal::new(
                "invalid_grant",
                65_001,
                format!(
                    "The user or administrator has not consented to use the application with ID '{client_id}'. Send an interactive authorization request for this user and resource. An administrator must consent to: {}.",
                    waiting.join(", ")
                ),
            )
        });
    }
    scopes.permissions.retain(|permission| !waiting.contains(&permission.name));
    let issue = Issue { scopes: &scopes, ..*issue };
    let guest = directory.scenario.guest(user.id);
    let known = if directory.scenario.user(user.id).is_some() { Some(user) } else { guest };
    let known = known.ok_or_else(|| {
        let Organization { display_name, tenant_id, .. } = &directory.scenario.organization;
        Refusal::new(
            "invalid_grant",
            50_020,
            format!(
                "User account '{}' from identity provider does not exist in tenant '{display_name}' ({tenant_id}) and cannot access the application '{client_id}' in that tenant. The account needs to be added as an external user in the tenant first.",
                user.user_principal_name
            ),
        )
    })?;
    Ok(tokens::answer(directory, &issue, known))
}

/// The claims that an interactive sign-in must carry to satisfy `wanted`.
fn interaction_claims(wanted: &Wanted) -> String {
    let mut access_token = serde_json::Map::new();
    if let Some(context) = wanted.acrs.first() {
        access_token.insert("acrs".to_owned(), serde_json::json!({ "essential": true, "value": context }));
    }
    if wanted.mfa {
        access_token.insert("amr".to_owned(), serde_json::json!({ "essential": true, "values": ["mfa"] }));
    }
    serde_json::json!({ "access_token": access_token }).to_string()
}

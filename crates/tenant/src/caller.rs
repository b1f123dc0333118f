//! Who calls: the bearer token of a request to Microsoft Graph or Azure Resource Manager, verified.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::arm::Failure;
use crate::exchange::RequestIds;
use crate::state::{App, directory};
use crate::sts::scopes::Resource;

/// The signed-in user and what the access token says about the sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The user's object id.
    pub oid: Uuid,
    /// The tenant's id.
    pub tid: Uuid,
    /// The user's principal name.
    pub upn: String,
    /// Delegated permissions: the words of `scp`.
    pub scopes: Vec<String>,
    /// How the user has signed in; `mfa` among them after multi-factor authentication.
    pub amr: Vec<String>,
    /// The authentication contexts that the sign-in satisfies.
    pub acrs: Vec<String>,
    /// Whether the client declared that it handles claims challenges (`xms_cc` contains `cp1`).
    pub cp1: bool,
    /// The client's id.
    pub app_id: Uuid,
}

/// The claims of an access token that matter here.
#[derive(Deserialize)]
struct Claims {
    aud: String,
    nbf: i64,
    exp: i64,
    oid: Uuid,
    tid: Uuid,
    upn: String,
    scp: String,
    amr: Vec<String>,
    #[serde(default)]
    acrs: Vec<String>,
    #[serde(default)]
    xms_cc: Vec<String>,
    appid: Uuid,
    aio: String,
}

/// Why a token is refused with 401.
#[derive(Debug, PartialEq, Eq)]
enum Invalid {
    Missing,
    Malformed,
    Signature,
    Audience,
    Lifetime,
    /// The user's tokens were revoked (continuous access evaluation).
    Revoked,
}

impl Invalid {
    fn message(&self) -> &'static str {
        match self {
            Self::Missing => "Access token is empty.",
            Self::Malformed => "CompactToken parsing failed with error code: 80049217",
            Self::Signature => "Access token validation failure. Signature is invalid.",
            Self::Audience => "Access token validation failure. Invalid audience.",
            Self::Lifetime => "Lifetime validation failed, the token is expired.",
            Self::Revoked => {
                "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp"
            }
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        verify(app, &parts.headers, Resource::Graph)
            .map_err(|invalid| refusal(app, parts.extensions.get::<RequestIds>(), &invalid))
    }
}

fn verify(app: &App, headers: &HeaderMap, resource: Resource) -> Result<Caller, Invalid> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or(Invalid::Missing)?;
    let (scheme, token) = given.split_once(' ').ok_or(Invalid::Missing)?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() {
        return Err(Invalid::Missing);
    }
    if token.split('.').count() != 3 {
        return Err(Invalid::Malformed);
    }
    let claims = app.keys.verify(token).ok_or(Invalid::Signature)?;
    // Id tokens are signed with the same key, but lack most of these claims.
    let claims: Claims = serde_json::from_value(claims).map_err(|_| Invalid::Audience)?;
    let Some(directory) = directory(app, claims.tid) else { return Err(Invalid::Audience) };
    if claims.aud != resource.audience() {
        return Err(Invalid::Audience);
    }
    let now = app.clock.now().timestamp();
    // A clock that was set back makes tokens of the future; the service tolerates no more than five minutes.
    if now >= claims.exp || now < claims.nbf - 300 {
        return Err(Invalid::Lifetime);
    }
    // Tokens are revoked for the account, wherever it is a guest.
    let home = directory.scenario.user(claims.oid).and_then(|user| user.home);
    let account = home.map_or(claims.oid, |home| home.id);
    let cp1 = claims.xms_cc.iter().any(|capability| capability == "cp1");
    // Only clients that declare the capability are told; tokens of others live until they expire (documented).
    if cp1 && claims.aio != app.sts().epochs(account).access.to_string() {
        return Err(Invalid::Revoked);
    }
    Ok(Caller {
        oid: claims.oid,
        tid: claims.tid,
        upn: claims.upn,
        scopes: claims.scp.split(' ').map(str::to_owned).collect(),
        amr: claims.amr,
        acrs: claims.acrs,
        cp1,
        app_id: claims.appid,
    })
}

/// Who calls Azure Resource Manager.
pub(crate) fn of_arm(app: &App, headers: &HeaderMap) -> Result<Caller, Failure> {
    verify(app, headers, Resource::Arm).map_err(|invalid| {
        let (code, message) = match invalid {
            Invalid::Missing => {
                ("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing or invalid.")
            }
            Invalid::Lifetime => ("ExpiredAuthenticationToken", "The access token is expired or not valid yet."),
            Invalid::Audience => (
                "InvalidAuthenticationTokenAudience",
                "The access token has been obtained for wrong audience or resource.",
            ),
            Invalid::Malformed | Invalid::Signature => ("InvalidAuthenticationToken", "The access token is invalid."),
            Invalid::Revoked => ("InvalidAuthenticationToken", invalid.message()),
        };
        let challenge = challenge(app, &invalid, Resource::Arm);
        let failure = Failure::new(StatusCode::UNAUTHORIZED, code, message);
        Failure { challenge: Some(challenge), ..failure }
    })
}

fn challenge(app: &App, invalid: &Invalid, resource: Resource) -> String {
    let authority = &app.endpoints.authority;
    let base = format!(
        r#"Bearer realm="", authorization_uri="{authority}/common/oauth2/authorize", client_id="{}""#,
        resource.app_id()
    );
    if *invalid != Invalid::Revoked {
        return base;
    }
    let claims = json!({ "access_token": {
        "nbf": { "essential": true, "value": app.clock.now().timestamp().to_string() },
        "xms_caeerror": { "value": "20001" },
    } });
    format!(
        r#"{base}, error="insufficient_claims", error_description="{}", claims="{}""#,
        invalid.message(),
        STANDARD.encode(claims.to_string())
    )
}

fn refusal(app: &App, ids: Option<&RequestIds>, invalid: &Invalid) -> Response {
    let now = app.clock.now();
    let challenge = challenge(app, invalid, Resource::Graph);
    let body = json!({ "error": {
        "code": "InvalidAuthenticationToken",
        "message": invalid.message(),
        "innerError": {
            "date": now.format("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": ids.map(|ids| ids.request),
            "client-request-id": ids.map(|ids| &ids.client),
        },
    } });
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)], Json(body)).into_response()
}

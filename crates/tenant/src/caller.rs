//! Who calls Microsoft Graph: the bearer token of a request, verified.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use uuid::Uuid;

use crate::state::App;

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

impl FromRequestParts<App> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let _ = (parts, app);
        Err(axum::http::StatusCode::UNAUTHORIZED.into_response())
    }
}

use axum::response::IntoResponse as _;

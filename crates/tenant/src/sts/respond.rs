//! The answer of authorize to the client, in the three response modes.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use super::problem::Report;
use super::scopes::Scopes;
use super::{CANARY, CODE_LIFE, Code, Grant, page, tokens};
use crate::scenario::User;
use crate::state::App;

/// How the answer reaches the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseMode {
    /// In the redirect's query.
    Query,
    /// In the redirect's fragment.
    Fragment,
    /// As a form that the browser posts.
    FormPost,
}

/// Where and how to answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Return {
    /// The redirect URI as parsed (a missing path has become `/`).
    pub uri: Url,
    /// The redirect URI as the client wrote it: the token request must repeat it.
    pub given: String,
    pub mode: ResponseMode,
    pub state: Option<String>,
}

/// What an authorize request wants beside the code.
pub(super) struct Asked<'a> {
    pub id_token: bool,
    pub nonce: &'a Option<String>,
    pub challenge: &'a Option<String>,
    pub client_info: bool,
    pub cp1: bool,
}

/// Answer with a new authorization code.
pub(super) fn code(
    app: &App,
    back: &Return,
    asked: &Asked<'_>,
    grant: &Grant,
    scopes: &Scopes,
    user: &User,
) -> Response {
    let code = format!("1.A{CANARY}{}", app.ids().secret(48));
    let mut parameters = vec![("code", code.clone())];
    if asked.id_token {
        let token = tokens::id_token(app, grant, asked.nonce.as_deref(), scopes, user, Some(&code));
        parameters.push(("id_token", token));
    }
    if asked.client_info {
        parameters.push(("client_info", tokens::client_info(app, user)));
    }
    parameters.push(("session_state", grant.session.to_string()));
    let given = Code {
        grant: grant.clone(),
        scopes: scopes.clone(),
        redirect_uri: back.given.clone(),
        challenge: asked.challenge.clone(),
        nonce: asked.nonce.clone(),
        cp1: asked.cp1,
        expires: app.clock.now() + CODE_LIFE,
        redeemed: false,
    };
    app.sts().codes.insert(code, given);
    deliver(app, back, parameters)
}

/// Answer with an error; `cancelled` when it was the person who said no.
pub(super) fn refused(app: &App, back: &Return, report: &Report, cancelled: bool) -> Response {
    let mut parameters = vec![("error", report.refusal.error.to_owned()), ("error_description", report.description())];
    if cancelled {
        parameters.push(("error_subcode", "cancel".to_owned()));
    }
    deliver(app, back, parameters)
}

/// Answer an administrator's consent for a tenant, with what was agreed to where that is told.
pub(super) fn admin_consent(app: &App, back: &Return, tenant: Uuid, agreed: Option<&Scopes>) -> Response {
    let mut parameters = vec![("admin_consent", "True".to_owned()), ("tenant", tenant.to_string())];
    parameters.extend(agreed.map(|scopes| ("scope", scopes.granted())));
    deliver(app, back, parameters)
}

fn deliver(app: &App, back: &Return, mut parameters: Vec<(&'static str, String)>) -> Response {
    if let Some(state) = &back.state {
        parameters.push(("state", state.clone()));
    }
    let mut uri = back.uri.clone();
    match back.mode {
        ResponseMode::Query => {
            uri.query_pairs_mut().extend_pairs(parameters);
        }
        ResponseMode::Fragment => {
            let fragment = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
            uri.set_fragment(Some(&fragment));
        }
        ResponseMode::FormPost => return page::form_post(app, &uri, &parameters),
    }
    let headers = [(header::LOCATION, uri.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::FOUND, headers).into_response()
}

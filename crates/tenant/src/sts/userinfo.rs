//! `GET /oidc/userinfo` of Microsoft Graph's host: who signed in, for clients that know OpenID Connect and nothing more.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::tokens::subject;
use crate::caller::Caller;
use crate::state::{App, directory};

pub(crate) async fn answer(State(app): State<App>, caller: Result<Caller, Response>) -> Response {
    let caller = match caller {
        Ok(caller) => caller,
        Err(refusal) => return refusal,
    };
    let here = directory(&app, caller.tid).unwrap_or(&app);
    let user = here.scenario.user(caller.oid);
    let mut claims = json!({
        // As in the id token, which clients compare it with.
        "sub": user.map(|user| subject(user, &caller.app_id.to_string())),
        "picture": format!("{}/v1.0/me/photo/$value", app.endpoints.graph),
    });
    let asked = |scope: &str| caller.scopes.iter().any(|granted| granted == scope);
    if let Some(user) = user {
        if asked("profile") {
            claims["name"] = json!(user.display_name);
            claims["given_name"] = json!(user.given_name);
            claims["family_name"] = json!(user.surname);
        }
        if asked("email") {
            claims["email"] = json!(user.user_principal_name);
        }
    }
    Json(claims).into_response()
}

//! The tokens themselves: which claims go into access and id tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::metadata::issuer;
use super::scopes::{Resource, Scopes};
use super::{CANARY, Grant, Refresh};
use crate::scenario::{Home, User};
use crate::state::App;

/// How long an access token lives: an ordinary one, within Entra's 60 to 90 minutes.
const ORDINARY_LIFE: TimeDelta = TimeDelta::seconds(4_800);
/// How long one lives whose client takes part in continuous access evaluation (documented: up to 28 hours).
const CP1_LIFE: TimeDelta = TimeDelta::hours(24);

/// What a token answer is made of.
pub(super) struct Issue<'a> {
    pub grant: &'a Grant,
    /// Permissions of one resource, and the sign-in scopes.
    pub scopes: &'a Scopes,
    pub nonce: Option<&'a str>,
    pub cp1: bool,
    pub client_info: bool,
}

/// The JSON answer of the token endpoint. Records a new refresh token when `offline_access` is among the scopes.
pub(super) fn answer(app: &App, issue: &Issue<'_>, user: &User) -> Value {
    let now = app.clock.now();
    let resource = issue.scopes.first_resource();
    let life = if issue.cp1 && resource == Resource::Graph { CP1_LIFE } else { ORDINARY_LIFE };
    let access_token = app.keys.sign(&access_claims(app, issue, user, now, life));
    // As in Entra, the lifetime that is told is the seconds left, one less than the whole.
    let expires_in = life.num_seconds() - 1;
    let mut body = json!({
        "token_type": "Bearer",
        "scope": issue.scopes.granted(),
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": access_token,
    });
    if issue.scopes.offline_access {
        let token = format!("0.A{CANARY}{}", app.ids().secret(96));
        let refresh = Refresh { grant: issue.grant.clone(), scopes: issue.scopes.clone(), last_used: now };
        app.sts().refresh.insert(token.clone(), refresh);
        body["refresh_token"] = token.into();
    }
    if issue.scopes.openid {
        body["id_token"] = id_token(app, issue.grant, issue.nonce, issue.scopes, user, None).into();
    }
    if super::clients::find(&issue.grant.client_id).is_some_and(|client| client.first_party) {
        body["foci"] = "1".into();
    }
    if issue.client_info {
        body["client_info"] = client_info(app, user).into();
    }
    app.touch();
    body
}

/// base64url of `{"uid":…,"utid":…}`.
pub(super) fn client_info(app: &App, user: &User) -> String {
    // A guest's is that of the account at home.
    let home = user.home.unwrap_or(Home { tenant: app.scenario.organization.tenant_id, id: user.id });
    URL_SAFE_NO_PAD.encode(json!({ "uid": home.id, "utid": home.tenant }).to_string())
}

/// `scp`: what was asked for, and what an administrator has consented to for everybody.
fn permissions(app: &App, scopes: &Scopes) -> String {
    let asked = scopes.scp();
    let switches = &app.scenario.switches;
    let for_all = switches.consented_for_all.iter().filter(|_| scopes.first_resource() == Resource::Graph);
    let more = for_all.map(String::as_str).filter(|name| {
        let mut had_or_refused = asked.split(' ').chain(switches.unconsented.iter().map(String::as_str));
        !had_or_refused.any(|other| other.eq_ignore_ascii_case(name))
    });
    std::iter::once(asked.as_str()).chain(more).collect::<Vec<_>>().join(" ")
}

/// The pairwise subject: the same for a user and a client, different for every client.
pub(super) fn subject(user: &User, client_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{} {client_id}", user.id)))
}

fn access_claims(app: &App, issue: &Issue<'_>, user: &User, now: DateTime<Utc>, life: TimeDelta) -> Value {
    let Grant { client_id, amr, acrs, session, .. } = issue.grant;
    let tenant_id = app.scenario.organization.tenant_id;
    let issued = now.timestamp();
    let uti = app.ids().secret(16);
    let epochs = app.sts().epochs(user.home.map_or(user.id, |home| home.id));
    let mut claims = json!({
        "aud": issue.scopes.first_resource().audience(),
        "iss": format!("{}/{tenant_id}/", app.endpoints.authority),
        "iat": issued,
        "nbf": issued,
        "exp": (now + life).timestamp(),
        "acr": "1",
        // Opaque in real tokens. Here: how often the user's access tokens had been revoked.
        "aio": epochs.access.to_string(),
        "amr": amr,
        "app_displayname": super::clients::find(client_id).map(|client| client.name),
        "appid": client_id,
        "appidacr": "0",
        "idtyp": "user",
        "name": user.display_name,
        "oid": user.id,
        "preferred_username": user.user_principal_name,
        "scp": permissions(app, issue.scopes),
        "sid": session,
        "sub": subject(user, issue.scopes.first_resource().app_id()),
        "tid": tenant_id,
        "unique_name": user.user_principal_name,
        "upn": user.user_principal_name,
        "uti": uti,
        "ver": "1.0",
        "wids": app.active_roles(user.id),
    });
    for (name, value) in [("family_name", &user.surname), ("given_name", &user.given_name)] {
        if let Some(value) = value {
            claims[name] = value.as_str().into();
        }
    }
    if !acrs.is_empty() {
        claims["acrs"] = json!(acrs);
    }
    if issue.cp1 {
        claims["xms_cc"] = json!(["cp1"]);
    }
    claims
}

/// An id token; `code` when it accompanies one (its hash goes in).
pub(super) fn id_token(
    app: &App,
    grant: &Grant,
    nonce: Option<&str>,
    scopes: &Scopes,
    user: &User,
    code: Option<&str>,
) -> String {
    let now = app.clock.now();
    let tenant_id = app.scenario.organization.tenant_id;
    let mut claims = json!({
        "aud": grant.client_id,
        "iss": issuer(&app.endpoints, &tenant_id.to_string()),
        "iat": now.timestamp(),
        "nbf": now.timestamp(),
        "exp": (now + TimeDelta::hours(1)).timestamp(),
        "auth_time": grant.signed_in.timestamp(),
        "oid": user.id,
        "rh": app.ids().secret(12),
        "sid": grant.session,
        "sub": subject(user, &grant.client_id),
        "tid": tenant_id,
        "uti": app.ids().secret(16),
        "ver": "2.0",
    });
    if scopes.profile {
        claims["name"] = user.display_name.as_str().into();
        claims["preferred_username"] = user.user_principal_name.as_str().into();
    }
    if scopes.email {
        claims["email"] = user.user_principal_name.as_str().into();
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    if let Some(code) = code {
        claims["c_hash"] = URL_SAFE_NO_PAD.encode(&Sha256::digest(code)[..16]).into();
    }
    app.keys.sign(&claims)
}

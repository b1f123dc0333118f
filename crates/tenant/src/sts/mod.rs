//! The sign-in service ("security token service"): what `login.microsoftonline.com` is to a real tenant.

pub mod authorize;
pub mod claims;
pub mod clients;
pub mod device;
mod flow;
pub mod keys;
mod metadata;
mod page;
pub mod problem;
mod read;
mod respond;
pub mod scopes;
mod style;
mod token;
mod tokens;
pub(crate) mod userinfo;

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::scenario::Scenario;
use crate::state::App;
use problem::Refusal;
use scopes::Scopes;

/// Is part of every authorization code, device code and refresh token, so that tests can look for leaked ones by it.
pub const CANARY: &str = "LeakCanary5f1c";

/// The path's name for personal accounts.
const CONSUMERS: &str = "consumers";

/// How long an authorization code can be redeemed.
const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a refresh token lives without being used.
const REFRESH_LIFE: TimeDelta = TimeDelta::days(90);

/// One sign-in: who, with which client, how strongly. Refresh tokens and codes stand for one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The user's object id.
    pub user: Uuid,
    /// The client's id.
    pub client_id: String,
    /// The methods that the user has proved who they are with.
    pub amr: BTreeSet<String>,
    /// The authentication contexts that the sign-in satisfies.
    pub acrs: BTreeSet<String>,
    /// When the user signed in.
    pub signed_in: DateTime<Utc>,
    /// The browser session's id (`sid`).
    pub session: Uuid,
    /// How often the user's sessions had been revoked when this began.
    pub session_epoch: u64,
}

/// A session of a browser: what its cookie stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub user: Uuid,
    pub id: Uuid,
    pub amr: BTreeSet<String>,
    pub acrs: BTreeSet<String>,
    pub signed_in: DateTime<Utc>,
    pub epoch: u64,
}

/// An authorization code that was given out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Code {
    pub grant: Grant,
    pub scopes: Scopes,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub nonce: Option<String>,
    pub cp1: bool,
    pub expires: DateTime<Utc>,
    pub redeemed: bool,
}

/// A refresh token that was given out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Refresh {
    pub grant: Grant,
    pub scopes: Scopes,
    pub last_used: DateTime<Utc>,
}

/// How often a user's tokens have been revoked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epochs {
    /// Access tokens.
    pub access: u64,
    /// Refresh tokens and browser sessions.
    pub session: u64,
}

/// What the sign-in service remembers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) codes: BTreeMap<String, Code>,
    pub(crate) refresh: BTreeMap<String, Refresh>,
    pub(crate) devices: BTreeMap<String, device::Device>,
    pub(crate) flows: BTreeMap<String, flow::Flow>,
    /// Permissions consented to by (user, client), as `resource/name`.
    consents: BTreeMap<String, BTreeSet<String>>,
    epochs: BTreeMap<Uuid, Epochs>,
}

impl State {
    /// How often the user's tokens have been revoked.
    pub fn epochs(&self, user: Uuid) -> Epochs {
        self.epochs.get(&user).copied().unwrap_or_default()
    }

    /// Revoke what the user holds.
    pub fn revoke(&mut self, user: Uuid, access: bool, sessions: bool) {
        let epochs = self.epochs.entry(user).or_default();
        epochs.access += u64::from(access);
        epochs.session += u64::from(sessions);
    }

    fn consent_key(user: Uuid, client_id: &str) -> String {
        format!("{user} {client_id}")
    }

    pub(crate) fn has_consented(&self, user: Uuid, client_id: &str, scopes: &Scopes) -> bool {
        let given = self.consents.get(&Self::consent_key(user, client_id));
        let mut wanted = scopes.permissions.iter().map(permission_key);
        given.is_some_and(|given| wanted.all(|wanted| given.contains(&wanted)))
    }

    pub(crate) fn consent(&mut self, user: Uuid, client_id: &str, scopes: &Scopes) {
        let given = self.consents.entry(Self::consent_key(user, client_id)).or_default();
        given.extend(scopes.permissions.iter().map(permission_key));
    }

    /// Drop what can no longer be used, so that a long-lived tenant does not grow without end.
    pub(crate) fn forget_expired(&mut self, now: DateTime<Utc>) {
        // A used code is remembered past its life, so that its second use is told from a code never given.
        self.codes.retain(|_, code| now < code.expires + CODE_LIFE);
        self.refresh.retain(|_, refresh| now < refresh.last_used + REFRESH_LIFE * 2);
        self.devices.retain(|_, device| now < device.expires + CODE_LIFE);
        self.flows.retain(|_, flow| now < flow.started + TimeDelta::hours(1));
    }
}

fn permission_key(permission: &scopes::Permission) -> String {
    format!("{:?}/{}", permission.resource, permission.name)
}

/// What the user has agreed to of what the client asks for, now or before the tenant's start; nothing where there is more to
/// agree to. `.default` is satisfied with what there is, if there is something of every resource (documented).
pub(crate) fn consented(app: &App, user: Uuid, client_id: &str, scopes: &Scopes) -> Option<Scopes> {
    let before = clients::find(client_id).is_some_and(|client| client.first_party)
        || app.scenario.user(user).is_some_and(|user| user.consented.contains(client_id));
    let sts = app.sts();
    if before || sts.has_consented(user, client_id, scopes) {
        return Some(scopes.clone());
    }
    let mut some = scopes.clone();
    some.permissions.retain(|permission| sts.has_consented(user, client_id, &Scopes::of(permission)));
    (scopes.every && some.resources() == scopes.resources()).then_some(some)
}

/// The permissions among `scopes` that wait for an administrator's consent in a tenant.
pub(crate) fn unconsented(directory: &App, client_id: &str, scopes: &Scopes) -> Vec<String> {
    let Scenario { switches, organization, .. } = &directory.scenario;
    let first_party = clients::find(client_id).is_some_and(|client| client.first_party);
    let waiting = scopes.permissions.iter().filter(|permission| {
        let alone = Scopes::of(permission);
        let given = first_party || directory.sts().has_consented(organization.tenant_id, client_id, &alone);
        !given && switches.unconsented.iter().any(|name| name.eq_ignore_ascii_case(&permission.name))
    });
    waiting.map(|permission| permission.name.clone()).collect()
}

/// Whether the path's `{tenant}` means a tenant that is here.
pub(crate) fn check_tenant(app: &App, tenant: &str) -> Result<(), Refusal> {
    directory_of(app, tenant).map(|_| ())
}

/// The tenant that the path's `{tenant}` means: by its id, a domain of it, or `organizations` or `common` for the first.
pub(crate) fn directory_of<'a>(app: &'a App, tenant: &str) -> Result<&'a App, Refusal> {
    if ["organizations", "common"].iter().any(|name| tenant.eq_ignore_ascii_case(name)) {
        return Ok(app);
    }
    // Every client here is for work accounts.
    if tenant.eq_ignore_ascii_case(CONSUMERS) {
        return Err(Refusal::new(
            "invalid_request",
            9_002_346,
            "The application is configured for use by Microsoft Entra ID users only. Please do not use the /consumers endpoint to serve this request.",
        ));
    }
    let mut all = std::iter::once(app).chain(&app.further);
    let found = all.find(|directory| {
        let organization = &directory.scenario.organization;
        tenant.eq_ignore_ascii_case(&organization.tenant_id.to_string())
            || tenant.eq_ignore_ascii_case(&organization.domain)
    });
    found.ok_or_else(|| Refusal::new(
        "invalid_tenant",
        90_002,
        format!(
            "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
        ),
    ))
}

/// The id that the client gave its request, or a new one.
pub(crate) fn correlation_id(app: &App, headers: &HeaderMap) -> Uuid {
    let given = headers.get("client-request-id").and_then(|value| value.to_str().ok());
    given.and_then(|text| text.parse().ok()).unwrap_or_else(|| app.guid())
}

/// The routes below the authority.
pub fn router() -> Router<App> {
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(metadata::openid_configuration))
        .route("/common/discovery/instance", get(metadata::instance_discovery))
        .route("/{tenant}/discovery/v2.0/keys", get(metadata::jwks))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::get).post(authorize::post))
        .route("/{tenant}/login", post(flow::post))
        .route("/{tenant}/oauth2/v2.0/token", get(token::get).post(token::post))
        .route("/{tenant}/oauth2/v2.0/devicecode", get(token::get).post(device::post))
        .route("/devicelogin", get(device::page).post(device::enter))
        .route("/{tenant}/oauth2/v2.0/logout", get(authorize::logout).post(authorize::logout))
        .route("/{tenant}/adminconsent", get(authorize::admin_consent))
        .route("/{tenant}/v2.0/adminconsent", get(authorize::admin_consent_to))
}

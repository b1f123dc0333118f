//! One person's way through the sign-in pages: pick an account, prove it, agree, and back to the client.

use std::collections::BTreeSet;

use axum::extract::{Form, State as AppState};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::claims::Wanted;
use super::page::{self, Page};
use super::problem::Refusal;
use super::respond::{self, Return};
use super::scopes::Scopes;
use super::{Grant, Session, consented, correlation_id, device, unconsented};
use crate::ledger::Entry;
use crate::scenario::{MfaMethod, User};
use crate::state::{App, directory};

/// The cookie that holds a browser's session.
const COOKIE: &str = "demo_session";

/// Whether the person's second factor is a security key; whoever has the authenticator app too is asked for that.
pub(super) fn uses_security_key(user: &User) -> bool {
    user.mfa.contains(&MfaMethod::Fido2) && !user.mfa.contains(&MfaMethod::Authenticator)
}

/// What a flow is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// An authorize request: the answer goes to its redirect URI.
    Authorize {
        /// Where and how to answer.
        back: Return,
        /// `response_type` has `id_token` as well.
        id_token: bool,
        /// For the id token.
        nonce: Option<String>,
        /// The PKCE challenge.
        challenge: Option<String>,
        /// The answer carries `client_info`.
        client_info: bool,
    },
    /// Another device waits with this device code.
    Device(String),
    /// An administrator agrees for everybody.
    AdminConsent {
        /// Where to answer.
        back: Return,
        /// The answer says what was agreed to.
        tells: bool,
    },
}

/// One way through the pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Flow {
    pub started: DateTime<Utc>,
    pub purpose: Purpose,
    pub client_id: String,
    pub scopes: Scopes,
    pub wanted: Wanted,
    /// `prompt=consent`: ask even if consent was given before.
    pub ask_consent: bool,
    /// The account that the client suggests.
    pub login_hint: Option<String>,
    pub user: Option<Uuid>,
    pub amr: BTreeSet<String>,
    pub acrs: BTreeSet<String>,
    pub signed_in: DateTime<Utc>,
    pub agreed: bool,
    pub correlation_id: Uuid,
    /// The tenant that is signed in to.
    pub tenant: Uuid,
}

/// What the person has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Pick an account.
    Pick,
    /// Approve the sign-in on a second device.
    Mfa,
    /// Agree to the permissions.
    Consent,
    /// Nothing.
    Done,
}

impl Flow {
    /// A flow at its beginning, nobody signed in.
    pub fn new(app: &App, purpose: Purpose, client_id: &str, scopes: Scopes, correlation_id: Uuid) -> Self {
        let now = app.clock.now();
        Self {
            started: now,
            purpose,
            client_id: client_id.to_owned(),
            scopes,
            wanted: Wanted::default(),
            ask_consent: false,
            login_hint: None,
            user: None,
            amr: BTreeSet::new(),
            acrs: BTreeSet::new(),
            signed_in: now,
            agreed: false,
            correlation_id,
            tenant: app.scenario.organization.tenant_id,
        }
    }

    /// Go on with the sign-in of a browser's session.
    pub fn resume(&mut self, session: &Session) {
        self.user = Some(session.user);
        self.amr.clone_from(&session.amr);
        self.acrs.clone_from(&session.acrs);
        self.signed_in = session.signed_in;
    }

    /// What comes next.
    pub fn step(&self, app: &App) -> Result<Step, Refusal> {
        let Some(user) = self.user.and_then(|id| app.scenario.user(id)) else { return Ok(Step::Pick) };
        if !self.wanted.satisfied_by(&self.amr, &self.acrs) {
            if user.mfa.is_empty() {
                return Err(Refusal::new(
                    "interaction_required",
                    50_079,
                    "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.",
                ));
            }
            return Ok(Step::Mfa);
        }
        let directory = directory(app, self.tenant).unwrap_or(app);
        let for_all = matches!(self.purpose, Purpose::AdminConsent { .. });
        if !for_all && !self.scopes.every && !unconsented(directory, &self.client_id, &self.scopes).is_empty() {
            return Err(Refusal::new(
                "access_denied",
                90_094,
                "The grant requires admin permission. An administrator of the organization must consent to the application first.",
            ));
        }
        let must_ask = match self.purpose {
            Purpose::AdminConsent { .. } => true,
            _ => self.ask_consent || consented(app, user.id, &self.client_id, &self.scopes).is_none(),
        };
        Ok(if must_ask && !self.agreed { Step::Consent } else { Step::Done })
    }

    /// The person has picked this account.
    fn pick(&mut self, user: &User, now: DateTime<Utc>) {
        self.user = Some(user.id);
        self.amr = BTreeSet::from(["pwd".to_owned()]);
        self.acrs.clear();
        self.signed_in = now;
    }

    /// The person has approved on the second device.
    fn approve(&mut self, user: &User) {
        self.amr.insert("mfa".to_owned());
        if uses_security_key(user) {
            self.amr.insert("fido".to_owned());
        }
        self.acrs.extend(self.wanted.acrs.iter().cloned());
    }

    /// Where the answer goes, for flows that have a client waiting at a redirect URI.
    pub fn back(&self) -> Option<&Return> {
        match &self.purpose {
            Purpose::Authorize { back, .. } | Purpose::AdminConsent { back, .. } => Some(back),
            Purpose::Device(_) => None,
        }
    }
}

/// The form that every page sends.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    flow: String,
    #[serde(default)]
    action: String,
    user: Option<String>,
}

/// `POST /{tenant}/login`: a page was answered.
pub(super) async fn post(AppState(app): AppState<App>, headers: HeaderMap, Form(answer): Form<Answer>) -> Response {
    let taken = app.sts().flows.remove(&answer.flow);
    let Some(mut flow) = taken else {
        let refusal = Refusal::new(
            "invalid_request",
            90_100,
            "This sign-in page has been answered already, or it is too old. Go back to the application and sign in again.",
        );
        return page::error(&app, &refusal.reported(&app, correlation_id(&app, &headers)), None);
    };
    let step = match flow.step(&app) {
        Ok(step) => step,
        Err(refusal) => return refuse(&app, &flow, refusal),
    };
    let mut denied = false;
    match (answer.action.as_str(), step) {
        ("cancel", _) => return cancel(&app, &flow, step),
        ("other", _) => {
            flow.user = None;
            flow.login_hint = None;
        }
        ("approve", Step::Mfa) => {
            if let Some(user) = flow.user.and_then(|id| app.scenario.user(id)) {
                flow.approve(user);
            }
        }
        ("deny", Step::Mfa) => denied = true,
        ("agree", Step::Consent) => agree(&app, &mut flow),
        (_, Step::Pick) => {
            if let Some(user) = answer.user.as_deref().and_then(|name| app.scenario.user_named(name)) {
                flow.pick(user, app.clock.now());
            }
        }
        // A button of another page, pressed twice: show the page that is due.
        _ => {}
    }
    proceed(&app, flow, &headers, denied)
}

fn agree(app: &App, flow: &mut Flow) {
    flow.agreed = true;
    let Some(user) = flow.user.and_then(|id| app.scenario.user(id)) else { return };
    let for_all = matches!(flow.purpose, Purpose::AdminConsent { .. });
    {
        let mut sts = app.sts();
        if for_all {
            sts.consent(flow.tenant, &flow.client_id, &flow.scopes);
        }
        let everybody = app.scenario.users.iter().filter(|other| for_all || other.id == user.id);
        everybody.for_each(|user| sts.consent(user.id, &flow.client_id, &flow.scopes));
    }
    app.ledger.record(Entry {
        at: app.clock.now(),
        event: if for_all { "adminConsent" } else { "consent" }.to_owned(),
        user: user.user_principal_name.clone(),
        details: json!({ "clientId": flow.client_id, "scopes": flow.scopes.scp() }),
    });
    app.touch();
}

/// Show the page that is due, or finish.
pub(super) fn proceed(app: &App, flow: Flow, headers: &HeaderMap, denied: bool) -> Response {
    let step = match flow.step(app) {
        Ok(Step::Done) => return finish(app, &flow, headers),
        Ok(step) => step,
        Err(refusal) => return refuse(app, &flow, refusal),
    };
    let id = app.ids().secret(24);
    let response = page::step(app, &Page { flow: &flow, id: &id, step, denied });
    app.sts().flows.insert(id, flow);
    response
}

/// Somebody or something says no: a page that says so, with a way back to the client.
fn refuse(app: &App, flow: &Flow, refusal: Refusal) -> Response {
    let report = refusal.reported(app, flow.correlation_id);
    page::error(app, &report, flow.back())
}

fn cancel(app: &App, flow: &Flow, step: Step) -> Response {
    let message = if step == Step::Consent {
        "User declined to consent to access the app."
    } else {
        "The user has cancelled the sign-in."
    };
    let report = Refusal::new("access_denied", 65_004, message).reported(app, flow.correlation_id);
    match (&flow.purpose, flow.back()) {
        (Purpose::Device(code), _) => {
            device::decline(app, code);
            page::notice(app, "Sign-in cancelled", "The other device has been told. You can close this window.")
        }
        (_, Some(back)) => respond::refused(app, back, &report, true),
        (_, None) => page::error(app, &report, None),
    }
}

/// The person has done everything: remember the session, answer the client.
fn finish(app: &App, flow: &Flow, headers: &HeaderMap) -> Response {
    let Some(user) = flow.user.and_then(|id| app.scenario.user(id)) else {
        return refuse(app, flow, Refusal::new("invalid_request", 50_034, "The user account does not exist."));
    };
    let epochs = app.sts().epochs(user.id);
    let session = Session {
        user: user.id,
        id: session(app, headers).filter(|old| old.user == user.id).map_or_else(|| app.guid(), |old| old.id),
        amr: flow.amr.clone(),
        acrs: flow.acrs.clone(),
        signed_in: flow.signed_in,
        epoch: epochs.session,
    };
    let grant = Grant {
        user: user.id,
        client_id: flow.client_id.clone(),
        amr: flow.amr.clone(),
        acrs: flow.acrs.clone(),
        signed_in: flow.signed_in,
        session: session.id,
        session_epoch: epochs.session,
    };
    let response = match &flow.purpose {
        Purpose::Authorize { back, id_token, nonce, challenge, client_info } => {
            let asked = respond::Asked {
                id_token: *id_token,
                nonce,
                challenge,
                client_info: *client_info,
                cp1: flow.wanted.cp1,
            };
            respond::code(app, back, &asked, &grant, &flow.scopes, user)
        }
        Purpose::Device(code) => {
            device::approve(app, code, &grant);
            page::notice(
                app,
                "You are signed in on the other device",
                "The application there goes on by itself. You can close this window.",
            )
        }
        Purpose::AdminConsent { back, tells } => {
            respond::admin_consent(app, back, flow.tenant, tells.then_some(&flow.scopes))
        }
    };
    let cookie = app.ids().secret(24);
    {
        let mut sts = app.sts();
        if let Some(old) = cookie_value(headers) {
            sts.sessions.remove(old);
        }
        sts.sessions.insert(cookie.clone(), session);
    }
    app.ledger.record(Entry {
        at: app.clock.now(),
        event: "signIn".to_owned(),
        user: user.user_principal_name.clone(),
        details: json!({ "clientId": flow.client_id, "amr": flow.amr, "acrs": flow.acrs }),
    });
    app.with_pim(|pim, now| pim.signed_in(user.id, now));
    app.touch();
    ([("set-cookie", format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax"))], response).into_response()
}

/// The value of the session cookie.
pub(super) fn cookie_value(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// The browser's session, unless it was revoked.
pub(super) fn session(app: &App, headers: &HeaderMap) -> Option<Session> {
    let sts = app.sts();
    let session = sts.sessions.get(cookie_value(headers)?)?;
    (session.epoch == sts.epochs(session.user).session).then(|| session.clone())
}

/// The header that makes the browser forget its session.
pub(super) fn forget_cookie() -> (&'static str, String) {
    ("set-cookie", format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
}

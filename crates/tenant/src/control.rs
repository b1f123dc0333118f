//! The control endpoint: what no real tenant has. Tests and the demo turn the clock, read the ledger, make faults.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http_body::{Body as HttpBody, Frame};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::clock::{Change, Reading};
use crate::faults::Rule;
use crate::requests::Entry;
use crate::scenario::User;
use crate::server::overview;
use crate::state::App;
use crate::sts::CANARY;
use crate::sts::keys::TOKEN_START;

/// The routes below `/control`.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(show))
        .route("/clock", get(clock).post(change_clock))
        .route("/clock/stream", get(clock_stream))
        .route("/ledger", get(ledger))
        .route("/requests", get(requests).delete(forget_requests))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/revoke", post(revoke))
        .route("/approve", post(approve))
        .route("/deny", post(deny))
        .route("/settings", get(settings).post(change_settings))
}

/// A request that cannot be carried out.
#[derive(Debug)]
struct Refused(StatusCode, String);

impl Refused {
    fn bad(message: &dyn std::fmt::Display) -> Self {
        Self(StatusCode::BAD_REQUEST, message.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": { "message": self.1 } }))).into_response()
    }
}

impl From<JsonRejection> for Refused {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

/// A JSON body whose refusal is JSON too.
#[derive(FromRequest)]
#[from_request(via(Json), rejection(Refused))]
struct Input<T>(T);

pub(crate) async fn show(State(app): State<App>) -> Json<Value> {
    let mut shown = overview(&app);
    shown["organization"] = json!(app.scenario.organization.display_name);
    shown["clock"] = json!(app.clock.reading());
    shown["deviceCodeInterval"] = app.device_code_interval().into();
    shown["canaries"] = json!([CANARY, TOKEN_START]);
    shown["faults"] = json!(app.faults.waiting());
    Json(shown)
}

async fn clock(State(app): State<App>) -> Json<Reading> {
    Json(app.clock.reading())
}

async fn change_clock(State(app): State<App>, Input(change): Input<Change>) -> Result<Json<Reading>, Refused> {
    app.clock.change(&change).map_err(|error| Refused::bad(&error))?;
    app.touch();
    Ok(Json(app.clock.reading()))
}

/// A body of lines that come when they come.
struct Lines(mpsc::Receiver<Bytes>);

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}

/// One line of JSON at once and after every change of the clock, for as long as the client listens.
async fn clock_stream(State(app): State<App>) -> Response {
    let (lines, receiver) = mpsc::channel(1);
    let clock = app.clock.clone();
    tokio::spawn(async move {
        let mut changes = clock.changes();
        loop {
            changes.mark_unchanged();
            let line = format!("{}\n", json!(clock.reading()));
            if lines.send(Bytes::from(line)).await.is_err() {
                return;
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = lines.closed() => return,
            }
        }
    });
    ([(header::CONTENT_TYPE, "application/x-ndjson")], Body::new(Lines(receiver))).into_response()
}

async fn ledger(State(app): State<App>) -> Json<Value> {
    // Brings expiries up to the present before they are read.
    std::iter::once(&app).chain(&app.further).for_each(|app| app.with_pim(|_, _| ()));
    Json(json!(app.ledger.entries()))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn requests(State(app): State<App>, Query(query): Query<After>) -> Json<Vec<Entry>> {
    Json(app.requests.after(query.after))
}

async fn forget_requests(State(app): State<App>) -> StatusCode {
    app.requests.clear();
    StatusCode::NO_CONTENT
}

async fn faults(State(app): State<App>) -> Json<Vec<Rule>> {
    Json(app.faults.waiting())
}

async fn add_fault(State(app): State<App>, Input(rule): Input<Rule>) -> Result<StatusCode, Refused> {
    rule.check().map_err(|reason| Refused::bad(&reason))?;
    app.faults.add(rule);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Revoke {
    user: String,
    /// Access tokens: the next call gets 401 with claims, if the client declared `cp1`.
    #[serde(default = "yes")]
    access: bool,
    /// Refresh tokens and browser sessions: AADSTS50173, and the sign-in page again.
    #[serde(default = "yes")]
    sessions: bool,
}

fn user<'a>(app: &'a App, name: &str) -> Result<&'a User, Refused> {
    app.scenario.user_named(name).ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("there is no user {name:?}")))
}

async fn revoke(State(app): State<App>, Input(revoke): Input<Revoke>) -> Result<StatusCode, Refused> {
    let user = user(&app, &revoke.user)?;
    app.sts().revoke(user.id, revoke.access, revoke.sessions);
    app.touch();
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Decide {
    request_id: Uuid,
    #[serde(default = "reviewed")]
    justification: String,
    /// Who decides; somebody who may, if not given.
    approver: Option<String>,
}

fn reviewed() -> String {
    "Reviewed".to_owned()
}

async fn approve(State(app): State<App>, Input(decide): Input<Decide>) -> Result<StatusCode, Refused> {
    decision(&app, &decide, true)
}

async fn deny(State(app): State<App>, Input(decide): Input<Decide>) -> Result<StatusCode, Refused> {
    decision(&app, &decide, false)
}

fn decision(app: &App, decide: &Decide, approved: bool) -> Result<StatusCode, Refused> {
    // Also in a further tenant.
    let knows = |app: &&App| app.pim().request(decide.request_id).is_some();
    let app = std::iter::once(app).chain(&app.further).find(knows).unwrap_or(app);
    let named = decide.approver.as_deref().map(|name| user(app, name)).transpose()?.map(|user| user.id);
    app.with_pim(|pim, now| {
        let id = decide.request_id;
        let approver = named
            .or_else(|| pim.an_approver(&app.scenario, id, now))
            .ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no request {id} waits for an approval")))?;
        pim.decide(&app.scenario, approver, id, approved, &decide.justification, now).map_err(|refusal| {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            Refused(status, refusal.message())
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    /// Real seconds between polls that the device code flow asks for.
    device_code_interval: Option<u32>,
    /// The line's round-trip time in real milliseconds.
    latency: Option<u64>,
}

async fn settings(State(app): State<App>) -> Json<Value> {
    Json(json!({ "deviceCodeInterval": app.device_code_interval(), "latency": app.line.milliseconds() }))
}

async fn change_settings(State(app): State<App>, Input(settings): Input<Settings>) -> StatusCode {
    if let Some(seconds) = settings.device_code_interval {
        app.set_device_code_interval(seconds);
    }
    if let Some(milliseconds) = settings.latency {
        app.line.set(milliseconds);
    }
    StatusCode::NO_CONTENT
}

//! The device code flow: `devicecode`, the page `/devicelogin`, and the polls of the waiting device.

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::claims::Wanted;
use super::clients::Client;
use super::flow::{self, Flow, Purpose};
use super::problem::Refusal;
use super::scopes::Scopes;
use super::{CANARY, Grant, check_tenant, correlation_id, page, read, token};
use crate::state::App;

/// How long a code waits for its user.
const LIFE: TimeDelta = TimeDelta::minutes(15);
/// Letters of user codes: none that are mistaken for another.
const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Polls may come this much sooner than told, for the sake of timers that are not exact.
const TOLERANCE_MILLIS: i64 = 500;

/// How far a device's sign-in has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Progress {
    Waiting,
    Declined,
    Approved(Grant),
    Redeemed,
}

/// A device that waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Device {
    user_code: String,
    client_id: String,
    scopes: Scopes,
    wanted: Wanted,
    pub expires: DateTime<Utc>,
    progress: Progress,
    /// Real time of the last poll, milliseconds.
    polled: Option<i64>,
}

/// The form of a `devicecode` request.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Request {
    client_id: Option<String>,
    scope: Option<String>,
    claims: Option<String>,
}

/// `POST /{tenant}/oauth2/v2.0/devicecode`.
pub(super) async fn post(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    request: Result<Form<Request>, FormRejection>,
) -> Response {
    let device = read::form(request).and_then(|request| {
        check_tenant(&app, &tenant)?;
        let client = token::client(&app, &request.client_id.ok_or_else(|| Refusal::missing("client_id"))?)?;
        let scope = request.scope.ok_or_else(|| Refusal::missing("scope"))?;
        let wanted = Wanted::parse(request.claims.as_deref())
            .map_err(|reason| Refusal::new("invalid_request", 90_013, reason))?;
        Ok(Device {
            user_code: app.ids().pick(ALPHABET, 9),
            client_id: client.id.to_owned(),
            scopes: Scopes::parse(&scope, client, &app.endpoints)?,
            wanted,
            expires: app.clock.now() + LIFE,
            progress: Progress::Waiting,
            polled: None,
        })
    });
    let device = match device {
        Ok(device) => device,
        Err(refusal) => return refusal.reported(&app, correlation_id(&app, &headers)).into_response(),
    };
    let code = format!("{CANARY}{}", app.ids().secret(60));
    let page = format!("{}/devicelogin", app.endpoints.authority);
    let body = json!({
        "user_code": device.user_code,
        "device_code": code,
        "verification_uri": page,
        "expires_in": LIFE.num_seconds(),
        "interval": app.device_code_interval(),
        "message": format!(
            "To sign in, use a web browser to open the page {page} and enter the code {} to authenticate.",
            device.user_code
        ),
    });
    app.sts().devices.insert(code, device);
    app.touch();
    Json(body).into_response()
}

/// A code that is entered, or comes with the page's address.
#[derive(Debug, Deserialize)]
pub(super) struct Entered {
    #[serde(alias = "otc")]
    code: Option<String>,
}

/// `GET /devicelogin`.
pub(super) async fn page(State(app): State<App>, Query(query): Query<Entered>) -> Response {
    page::enter_code(&app, query.code.as_deref().unwrap_or_default(), None)
}

/// `POST /devicelogin`: the code was entered.
pub(super) async fn enter(State(app): State<App>, headers: HeaderMap, Form(form): Form<Entered>) -> Response {
    let typed: String = form.code.unwrap_or_default().split_whitespace().collect::<String>().to_uppercase();
    let now = app.clock.now();
    let found = app.sts().devices.iter().find_map(|(code, device)| {
        let right = device.user_code == typed && device.progress == Progress::Waiting && now < device.expires;
        right.then(|| (code.clone(), device.clone()))
    });
    let Some((code, device)) = found else {
        return page::enter_code(&app, &typed, Some("That code didn't work. Check the code and try again."));
    };
    let correlation_id = correlation_id(&app, &headers);
    let mut flow = Flow::new(&app, Purpose::Device(code), &device.client_id, device.scopes, correlation_id);
    flow.wanted = device.wanted;
    flow::proceed(&app, flow, &headers, false)
}

/// The person has signed in for the device.
pub(super) fn approve(app: &App, code: &str, grant: &Grant) {
    set(app, code, Progress::Approved(grant.clone()));
}

/// The person has cancelled.
pub(super) fn decline(app: &App, code: &str) {
    set(app, code, Progress::Declined);
}

fn set(app: &App, code: &str, progress: Progress) {
    if let Some(device) = app.sts().devices.get_mut(code) {
        device.progress = progress;
    }
    app.touch();
}

/// A poll of the device: its sign-in, scopes and whether it declared `cp1`, once the person is done.
pub(super) fn redeem(app: &App, code: &str, client: &Client) -> Result<(Grant, Scopes, bool), Refusal> {
    let now = app.clock.now();
    let real = app.clock.real_millis();
    let interval = i64::from(app.device_code_interval()) * 1_000;
    let mut sts = app.sts();
    let device = sts
        .devices
        .get_mut(code)
        .filter(|device| device.client_id == client.id)
        .ok_or_else(|| Refusal::new("bad_verification_code", 70_018, "The verification code is not valid."))?;
    let too_soon = device.polled.is_some_and(|last| real - last < interval - TOLERANCE_MILLIS);
    device.polled = Some(real);
    match &device.progress {
        Progress::Declined => Err(Refusal::new(
            "authorization_declined",
            70_017,
            "The user has denied access to the scope requested by the client application.",
        )),
        Progress::Redeemed => Err(Refusal::new(
            "invalid_grant",
            54_005,
            "OAuth2 device code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        )),
        _ if now >= device.expires => {
            Err(Refusal::new("expired_token", 70_019, "Verification code expired. Have the user retry the sign-in."))
        }
        Progress::Waiting if too_soon => {
            Err(Refusal::new("slow_down", 70_016, "The client polls more often than the interval allows."))
        }
        Progress::Waiting => Err(Refusal::new(
            "authorization_pending",
            70_016,
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )),
        Progress::Approved(grant) => {
            let answer = (grant.clone(), device.scopes.clone(), device.wanted.cp1);
            device.progress = Progress::Redeemed;
            Ok(answer)
        }
    }
}

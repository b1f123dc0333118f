//! What happens around every request: ids, latency, faults, the `Date` header, the request log.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use uuid::Uuid;

use crate::clock::http_date;
use crate::faults::{self, Dropped, Fault};
use crate::requests::Entry;
use crate::state::App;
use crate::sts::keys::unverified_claims;

/// The ids of one request; handlers find them among the request's extensions, for their error bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestIds {
    /// The service's: header `request-id`.
    pub request: Uuid,
    /// The client's (header `client-request-id`, of Azure `x-ms-correlation-request-id`), or else the service's.
    pub client: String,
}

/// Which connection a request came over, counted from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection(pub u64);

/// Goes with the answer to a request for a token: what claims that wanted.
#[derive(Clone, Debug)]
pub(crate) struct AskedClaims(pub String);

/// Sets the `Date` header of every answer to tenant time.
pub(crate) async fn date(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    keep(&app).await;
    set(response.headers_mut(), "date", &http_date(app.clock.now()));
    response
}

/// Have the state file written if the request has changed something.
async fn keep(app: &App) {
    if !app.must_keep() {
        return;
    }
    let app = app.clone();
    // A panic in there has been reported by the runtime; the answer does not depend on it.
    let _ = tokio::task::spawn_blocking(move || app.keep()).await;
}

/// Everything around the requests to sign-in, Graph and ARM.
pub(crate) async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = app.clock.real_millis();
    let at = app.clock.now();
    let ids = request_ids(&app, request.uri().path(), request.headers());
    let returned = returned_id(request.headers()).map(str::to_owned);
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().map(|query| logged_query(&path, query));
    let user = bearer_user(request.headers());
    let version = format!("{:?}", request.version());
    let connection = request.extensions().get::<Connection>().map_or(0, |connection| connection.0);
    request.extensions_mut().insert(ids.clone());

    // Side by side: what the tenant takes to answer is part of the round trip.
    let round_trip = app.line.travel(1);
    let fault = app.faults.take(&method, &path);
    let (mut response, bytes) = run(&app, request, next, fault.as_ref()).await;
    round_trip.await;
    let headers = response.headers_mut();
    set(headers, "date", &http_date(app.clock.now()));
    // Graph's handlers have put their own ids into headers and error bodies.
    if !headers.contains_key("request-id") {
        set(headers, "request-id", &ids.request.to_string());
        set(headers, "client-request-id", &ids.client);
    }
    if path.starts_with("/graph/") {
        let diagnostic = r#"{"ServerInfo":{"DataCenter":"Simulation","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"DEMO0001"}}"#;
        set(headers, "x-ms-ags-diagnostic", diagnostic);
    }
    if !path.starts_with("/graph/") {
        // Sign-in and Azure; also on the answers of faults.
        set(headers, "x-ms-request-id", &ids.request.to_string());
    }
    if path.starts_with("/arm/") {
        set(headers, "x-ms-correlation-request-id", &ids.client);
        if let Some(asked) = &returned {
            set(headers, "x-ms-client-request-id", asked);
        }
    }
    let request_id = text(response.headers(), "request-id").and_then(|id| id.parse().ok()).unwrap_or(ids.request);
    let dropped = response.extensions().get::<Dropped>().is_some();
    let endless = matches!(fault, Some(Fault::Huge { .. }));
    let number = app.requests.record(Entry {
        number: 0,
        at,
        method,
        path,
        query,
        user,
        status: if dropped { 0 } else { response.status().as_u16() },
        bytes,
        encoding: text(response.headers(), header::CONTENT_ENCODING.as_str()).map(str::to_owned),
        milliseconds: app.clock.real_millis() - started,
        version,
        connection,
        fault: fault.map(|fault| fault.name().to_owned()),
        claims: response.extensions().get::<AskedClaims>().map(|AskedClaims(claims)| claims.clone()),
        request_id,
    });
    if !endless {
        return response;
    }
    // Made while it is sent: how much of it is taken shows only then.
    response.map(|body| {
        Body::new(body.map_frame(move |frame| {
            app.requests.sent(number, frame.data_ref().map_or(0, Bytes::len));
            frame
        }))
    })
}

/// Carry the request out, or let the fault have its way; with the bytes of the answer's body.
async fn run(app: &App, request: Request, next: Next, fault: Option<&Fault>) -> (Response, u64) {
    if let Some(instead) = fault.and_then(|fault| fault.instead(app.clock.now())) {
        let bytes = axum::body::HttpBody::size_hint(instead.body()).lower();
        return (instead, bytes);
    }
    if let Some(Fault::Delay { milliseconds }) = fault {
        tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
    }
    let request = match fault {
        Some(Fault::Twice) => match twice(request).await {
            Some((first, second)) => {
                let _ = next.clone().run(first).await;
                second
            }
            None => return (faults::dropped(), 0),
        },
        _ => request,
    };
    let (mut head, body) = next.run(request).await.into_parts();
    keep(app).await;
    // Every handler's body is in memory already, so this only joins what compression made of it.
    let Ok(content) = to_bytes(body, usize::MAX).await else { return (faults::dropped(), 0) };
    if let Some(afterwards) = fault.and_then(Fault::afterwards) {
        let bytes = axum::body::HttpBody::size_hint(afterwards.body()).lower();
        return (afterwards, bytes);
    }
    let length = content.len();
    if let Some(Fault::Truncate { bytes }) = fault {
        head.headers.insert(header::CONTENT_LENGTH, length.into());
        return ((head, faults::truncated(&content, *bytes)).into_response(), (*bytes).min(length) as u64);
    }
    if let Some(Fault::Doubled) = fault {
        let content = [content.as_ref(), content.as_ref()].concat();
        head.headers.insert(header::CONTENT_LENGTH, content.len().into());
        return ((head, Body::from(content)).into_response(), 2 * length as u64);
    }
    ((head, Body::from(content)).into_response(), length as u64)
}

/// A request, and the same once more.
async fn twice(request: Request) -> Option<(Request, Request)> {
    let (head, body) = request.into_parts();
    let content = to_bytes(body, usize::MAX).await.ok()?;
    let first = Request::from_parts(head.clone(), Body::from(content.clone()));
    Some((first, Request::from_parts(head, Body::from(content))))
}

fn request_ids(app: &App, path: &str, headers: &HeaderMap) -> RequestIds {
    let request = app.guid();
    let name = if path.starts_with("/arm/") { "x-ms-correlation-request-id" } else { "client-request-id" };
    let client = text(headers, name).map_or_else(|| request.to_string(), str::to_owned);
    RequestIds { request, client }
}

/// Azure repeats the client's own id only to those who ask for that.
fn returned_id(headers: &HeaderMap) -> Option<&str> {
    let wanted =
        text(headers, "x-ms-return-client-request-id").is_some_and(|wanted| wanted.eq_ignore_ascii_case("true"));
    text(headers, "x-ms-client-request-id").filter(|_| wanted)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The query as it may be logged: of sign-in requests only the parameters' names, since values can be secrets.
fn logged_query(path: &str, query: &str) -> String {
    if path.starts_with("/graph/") || path.starts_with("/arm/") {
        return query.to_owned();
    }
    query.split('&').map(|pair| pair.split('=').next().unwrap_or(pair)).collect::<Vec<_>>().join("&")
}

/// The principal name in the request's access token. For the log only: the token is not verified.
fn bearer_user(headers: &HeaderMap) -> Option<String> {
    let token = text(headers, "authorization")?.strip_prefix("Bearer ")?;
    Some(unverified_claims(token)?["upn"].as_str()?.to_owned())
}

/// Refuses requests that name another host: a web page elsewhere cannot reach the tenant by pointing its own name here.
pub(crate) async fn loopback_only(request: Request, next: Next) -> Response {
    let named =
        text(request.headers(), "host").or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    let host = named
        .map(|named| named.rsplit_once(':').filter(|(_, port)| !port.contains(']')).map_or(named, |(host, _)| host));
    if matches!(host, Some("localhost" | "127.0.0.1" | "[::1]")) {
        return next.run(request).await;
    }
    (axum::http::StatusCode::MISDIRECTED_REQUEST, "This tenant answers on the loopback interface only.\n")
        .into_response()
}

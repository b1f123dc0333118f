//! Faults on demand: the next requests that match are answered wrongly, late or not at all.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Response as HttpResponse, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use http_body::{Body as HttpBody, Frame};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::clock::http_date;

/// What goes wrong. The JSON has a member `kind` with the name, and the kind's own members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// Another answer instead; the request is not carried out.
    Answer {
        /// The status.
        status: u16,
        /// Headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// A JSON value, or a text that is sent as it is.
        #[serde(default)]
        body: serde_json::Value,
    },
    /// 429 `TooManyRequests` with `Retry-After`; the request is not carried out.
    Throttle {
        /// Seconds to wait.
        retry_after: u32,
        /// `Retry-After` is an HTTP date (tenant time) instead of seconds.
        #[serde(default)]
        date: bool,
    },
    /// 503 with `Retry-After` if given; the request is not carried out.
    Unavailable {
        /// Seconds to wait.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// 503 with `Retry-After`, as from a gateway whose back end took too long: the request was carried out all the same.
    UnavailableAfter {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The connection is dropped without an answer before the request is carried out.
    DropBefore,
    /// The connection is dropped without an answer after the request was carried out.
    DropAfter,
    /// The connection is dropped after this many bytes of the answer's body.
    Truncate {
        /// Bytes that arrive.
        bytes: usize,
    },
    /// Something between carries the request over twice, one after the other; the answer is the second one's.
    Twice,
    /// The answer's body comes twice, one after the other.
    Doubled,
    /// The answer comes later.
    Delay {
        /// Real milliseconds.
        milliseconds: u64,
    },
    /// 200 with an HTML page, as from a proxy's sign-in page; the request is not carried out.
    Html,
    /// 200 with JSON that goes on for this many bytes; the request is not carried out.
    Huge {
        /// Bytes of the body.
        bytes: u64,
    },
}

/// Which requests a fault meets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Only this method; any if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only paths that contain this text, compared without regard to case; `*` in it stands for anything.
    #[serde(default)]
    pub path: String,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub after: u32,
    /// How many matching requests it meets then.
    #[serde(default = "once")]
    pub times: u32,
    /// What goes wrong.
    pub fault: Fault,
}

fn once() -> u32 {
    1
}

impl Rule {
    fn matches(&self, method: &str, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        let pattern = self.path.to_ascii_lowercase();
        let mut rest = path.as_str();
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && pattern.split('*').all(|part| match rest.find(part) {
                Some(found) => {
                    rest = &rest[found + part.len()..];
                    true
                }
                None => false,
            })
    }
}

/// The faults that wait for their requests.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Rule>>);

impl Faults {
    /// Add a rule.
    pub fn add(&self, rule: Rule) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// The rules that have something left to do.
    pub fn waiting(&self) -> Vec<Rule> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remove all rules.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The fault that meets a request to this path, counted as used. `$batch` asks this for its inner requests too.
    pub fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fault = None;
        for rule in rules.iter_mut().filter(|rule| rule.matches(method, path)) {
            if rule.after > 0 {
                rule.after -= 1;
            } else if fault.is_none() {
                rule.times = rule.times.saturating_sub(1);
                fault = Some(rule.fault.clone());
            }
        }
        rules.retain(|rule| rule.times > 0);
        fault
    }
}

impl Fault {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Throttle { .. } => "throttle",
            Self::Unavailable { .. } => "unavailable",
            Self::UnavailableAfter { .. } => "unavailable-after",
            Self::DropBefore => "drop-before",
            Self::DropAfter => "drop-after",
            Self::Truncate { .. } => "truncate",
            Self::Twice => "twice",
            Self::Doubled => "doubled",
            Self::Delay { .. } => "delay",
            Self::Html => "html",
            Self::Huge { .. } => "huge",
        }
    }

    /// The answer that stands in for the request's own; `None` for faults that let the request be carried out.
    pub fn instead(&self, now: DateTime<Utc>) -> Option<Response> {
        match self {
            Self::Answer { status, headers, body } => Some(answer(*status, headers, body)),
            Self::Throttle { retry_after, date } => {
                let wait = if *date {
                    http_date(now + chrono::TimeDelta::seconds(i64::from(*retry_after)))
                } else {
                    retry_after.to_string()
                };
                let body = error(
                    "TooManyRequests",
                    "Too many requests from Identifier under category:throttle.msgraph.rolemanagement. Please try again later.",
                );
                Some((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, wait)], body).into_response())
            }
            Self::Unavailable { retry_after } => Some(unavailable(*retry_after)),
            Self::DropBefore => Some(dropped()),
            Self::Html => {
                let page = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Welcome to the guest network</h1><p>Please accept the terms.</p></body></html>";
                Some(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
            }
            Self::Huge { bytes } => Some(huge(*bytes)),
            Self::UnavailableAfter { .. }
            | Self::DropAfter
            | Self::Truncate { .. }
            | Self::Twice
            | Self::Doubled
            | Self::Delay { .. } => None,
        }
    }

    /// The answer that takes the place of the request's own once that was carried out.
    pub fn afterwards(&self) -> Option<Response> {
        match self {
            Self::UnavailableAfter { retry_after } => Some(unavailable(Some(*retry_after))),
            Self::DropAfter => Some(dropped()),
            _ => None,
        }
    }
}

fn unavailable(retry_after: Option<u32>) -> Response {
    let body = error("serviceNotAvailable", "The service is temporarily unavailable.");
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, body).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn error(code: &str, message: &str) -> axum::Json<serde_json::Value> {
    axum::Json(json!({ "error": { "code": code, "message": message } }))
}

fn answer(status: u16, headers: &BTreeMap<String, String>, body: &serde_json::Value) -> Response {
    let mut builder = HttpResponse::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let built = match body {
        serde_json::Value::Null => builder.body(Body::empty()),
        serde_json::Value::String(text) => builder.body(Body::from(text.clone())),
        json => builder.header(header::CONTENT_TYPE, "application/json").body(Body::from(json.to_string())),
    };
    // Checked when the rule was added, so that a mistake in a test is told to the test.
    built.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

impl Rule {
    /// Whether the rule can be carried out.
    pub fn check(&self) -> Result<(), String> {
        if let Fault::Answer { status, headers, .. } = &self.fault {
            StatusCode::from_u16(*status).map_err(|error| format!("status: {error}"))?;
            for (name, value) in headers {
                header::HeaderName::try_from(name).map_err(|error| format!("header {name}: {error}"))?;
                header::HeaderValue::try_from(value).map_err(|error| format!("header {name}: {error}"))?;
            }
        }
        Ok(())
    }
}

/// A larger answer does not fit into a batch.
const LARGEST_IN_BATCH: usize = 1024 * 1024;

/// A fault's answer as part of a batch: what is not JSON goes as base64.
pub async fn in_batch(response: Response) -> (StatusCode, Map<String, Value>, Option<Value>) {
    let (head, content) = response.into_parts();
    let content = to_bytes(content, LARGEST_IN_BATCH).await.unwrap_or_default();
    let mut headers = Map::new();
    for (name, text) in [
        (header::CONTENT_TYPE, "Content-Type"),
        (header::RETRY_AFTER, "Retry-After"),
        (header::WWW_AUTHENTICATE, "WWW-Authenticate"),
    ] {
        if let Some(value) = head.headers.get(&name).and_then(|value| value.to_str().ok()) {
            headers.insert(text.to_owned(), json!(value));
        }
    }
    let body = (!content.is_empty())
        .then(|| serde_json::from_slice(&content).unwrap_or_else(|_| json!(STANDARD.encode(&content))));
    (head.status, headers, body)
}

/// Marks a response that stands for a dropped connection.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

impl From<Infallible> for Dropped {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A response that the server replaces by a dropped connection.
pub fn dropped() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Dropped);
    response
}

/// A body that announces all of `content` and ends with a dropped connection after `bytes` of it.
pub fn truncated(content: &Bytes, bytes: usize) -> Body {
    Body::new(CutOff { kept: Some(content.slice(..bytes.min(content.len()))), flushed: false })
}

/// A body that breaks off after its first chunk.
struct CutOff {
    kept: Option<Bytes>,
    flushed: bool,
}

impl HttpBody for CutOff {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        if let Some(kept) = self.kept.take() {
            return Poll::Ready(Some(Ok(Frame::data(kept))));
        }
        if !self.flushed {
            // The server sends what it has only while it waits for more.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Dropped)))
    }
}

/// A body out of chunks that are made as they are needed.
struct Chunks<I>(I);

impl<I: Iterator<Item = Bytes> + Unpin> HttpBody for Chunks<I> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.next().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// JSON of about `bytes` bytes, made while it is sent.
fn huge(bytes: u64) -> Response {
    const CHUNK: usize = 64 * 1024;
    let chunk = Bytes::from(" ".repeat(CHUNK));
    let chunks = (0..bytes.div_ceil(CHUNK as u64)).map(move |_| chunk.clone());
    let start = std::iter::once(Bytes::from_static(b"{\"value\":["));
    let end = std::iter::once(Bytes::from_static(b"]}"));
    let body = Body::new(Chunks(start.chain(chunks).chain(end)));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(json: serde_json::Value) -> Rule {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_rule_meets_the_requests_that_it_names_so_often() {
        let faults = Faults::default();
        faults.add(rule(json!({
            "method": "POST", "path": "/v1.0/*/roleAssignmentScheduleRequests", "after": 1, "times": 2,
            "fault": { "kind": "throttle", "retryAfter": 3 },
        })));
        let path = "/graph/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
        assert_eq!(faults.take("GET", path), None, "another method");
        assert_eq!(faults.take("POST", "/graph/v1.0/me"), None, "another path");
        assert_eq!(faults.take("POST", path), None, "the first passes");
        assert!(faults.take("POST", path).is_some());
        assert!(faults.take("POST", path).is_some());
        assert_eq!(faults.take("POST", path), None, "used up");
        assert!(faults.waiting().is_empty());
    }

    #[test]
    fn impossible_answers_are_refused_beforehand() {
        assert!(rule(json!({ "fault": { "kind": "answer", "status": 503 } })).check().is_ok());
        assert!(rule(json!({ "fault": { "kind": "answer", "status": 42 } })).check().is_err());
        let headers = json!({ "fault": { "kind": "answer", "status": 200, "headers": { "a b": "c" } } });
        assert!(rule(headers).check().is_err());
    }

    #[test]
    fn a_date_to_wait_for_is_in_tenant_time() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let response = Fault::Throttle { retry_after: 3, date: true }.instead(now).unwrap();
        assert_eq!(response.headers()["retry-after"], "Mon, 21 Sep 2026 14:13:23 GMT");
    }
}

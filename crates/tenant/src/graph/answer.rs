//! Answers and errors in Microsoft Graph's shapes.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::exchange::RequestIds;
use crate::pim::Refusal;

/// What Graph says in `Content-Type` of every JSON answer.
pub const JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// An answer, alone or within a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The JSON body, if there is one. A number alone is the text that `$count` is answered with.
    pub body: Option<Value>,
    /// `Location` of what goes on.
    pub location: Option<String>,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
}

impl Answer {
    fn new(status: StatusCode, body: Option<Value>) -> Self {
        Self { status, body, location: None, retry_after: None }
    }

    /// What its body is called in `Content-Type`.
    pub fn content_type(&self) -> Option<&'static str> {
        self.body.as_ref().map(|body| if body.is_number() { "text/plain" } else { JSON })
    }

    /// 200 with a body.
    pub fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, Some(body))
    }

    /// 201 with what was created.
    pub fn created(body: Value) -> Self {
        Self::new(StatusCode::CREATED, Some(body))
    }

    /// 202; where to look for what becomes of it.
    pub fn accepted(location: String) -> Self {
        Self { location: Some(location), ..Self::new(StatusCode::ACCEPTED, None) }
    }

    /// 204.
    pub fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, None)
    }
}

/// Why a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status.
    pub status: StatusCode,
    /// `error.code`.
    pub code: String,
    /// `error.message`.
    pub message: String,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
}

impl Failure {
    /// A failure with this status, code and text.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into(), retry_after: None }
    }

    /// 400 `BadRequest`.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// 400 `InvalidFilter`.
    pub fn invalid_filter(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidFilter", message)
    }

    /// 404 `ResourceNotFound`.
    pub fn not_found(id: &str) -> Self {
        Refusal::NotFound(id.to_owned()).into()
    }

    /// 400, the path leads nowhere.
    pub fn no_segment(segment: &str) -> Self {
        Self::bad_request(format!("Resource not found for the segment '{segment}'."))
    }

    /// 429: to be asked again after so many seconds.
    pub fn throttled(retry_after: u32, message: &str) -> Self {
        let failure = Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message);
        Self { retry_after: Some(retry_after), ..failure }
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        )
    }

    /// The answer with Graph's error object; its date is written without a zone, as recorded.
    pub fn answer(&self, ids: &RequestIds, now: DateTime<Utc>) -> Answer {
        let body = json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": {
                    "date": now.format("%Y-%m-%dT%H:%M:%S").to_string(),
                    "request-id": ids.request,
                    "client-request-id": ids.client,
                }
            }
        });
        Answer { retry_after: self.retry_after, ..Answer::new(self.status, Some(body)) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, refusal.code(), refusal.message())
    }
}

/// The answer on the wire.
pub fn respond(answer: &Answer, ids: &RequestIds) -> Response {
    let mut response = match &answer.body {
        Some(body) => {
            let mut response = Body::from(body.to_string()).into_response();
            let kind = answer.content_type().unwrap_or(JSON);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            response
        }
        None => Body::empty().into_response(),
    };
    *response.status_mut() = answer.status;
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    set("request-id", &ids.request.to_string());
    set("client-request-id", &ids.client);
    set("odata-version", "4.0");
    if let Some(location) = &answer.location {
        set("location", location);
    }
    if let Some(seconds) = answer.retry_after {
        set("retry-after", &seconds.to_string());
    }
    set(
        "x-ms-ags-diagnostic",
        r#"{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"000"}}"#,
    );
    response
}

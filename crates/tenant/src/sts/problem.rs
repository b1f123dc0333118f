//! Refusals of the sign-in service: AADSTS codes and the shapes in which they reach the client.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::state::State;

/// Why the sign-in service refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The OAuth error, such as `invalid_grant`.
    pub error: &'static str,
    /// The number behind `AADSTS`.
    pub code: u32,
    /// What went wrong, in the words of the service.
    pub message: String,
    /// The OAuth `suberror`, such as `basic_action`.
    pub suberror: Option<&'static str>,
    /// The claims that an interactive sign-in must carry.
    pub claims: Option<String>,
}

impl Refusal {
    /// A refusal without the optional members.
    pub fn new(error: &'static str, code: u32, message: impl Into<String>) -> Self {
        Self { error, code, message: message.into(), suberror: None, claims: None }
    }

    /// A parameter is missing (AADSTS900144).
    pub fn missing(parameter: &str) -> Self {
        Self::new(
            "invalid_request",
            900_144,
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    /// Give it the ids and the time under which it is reported.
    pub fn reported(self, state: &State, correlation_id: Uuid) -> Report {
        Report { refusal: self, trace_id: state.guid(), correlation_id, at: state.clock.now() }
    }
}

/// A refusal as it is reported: with trace id, correlation id and time.
#[derive(Clone, Debug)]
pub struct Report {
    /// What is reported.
    pub refusal: Refusal,
    /// The service's id of this one answer.
    pub trace_id: Uuid,
    /// The id that the client gave, or else the service.
    pub correlation_id: Uuid,
    /// When, in tenant time.
    pub at: DateTime<Utc>,
}

impl Report {
    /// `2026-11-20 10:00:00Z`.
    pub fn timestamp(&self) -> String {
        self.at.format("%Y-%m-%d %H:%M:%SZ").to_string()
    }

    /// The `error_description`.
    pub fn description(&self) -> String {
        format!(
            "AADSTS{}: {}\r\nTrace ID: {}\r\nCorrelation ID: {}\r\nTimestamp: {}",
            self.refusal.code,
            self.refusal.message,
            self.trace_id,
            self.correlation_id,
            self.timestamp()
        )
    }

    /// The JSON of the token endpoint.
    pub fn json(&self) -> Value {
        let mut body = json!({
            "error": self.refusal.error,
            "error_description": self.description(),
            "error_codes": [self.refusal.code],
            "timestamp": self.timestamp(),
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.refusal.code),
        });
        if let Some(suberror) = self.refusal.suberror {
            body["suberror"] = suberror.into();
        }
        if let Some(claims) = &self.refusal.claims {
            body["claims"] = claims.as_str().into();
        }
        body
    }
}

impl IntoResponse for Report {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, [("cache-control", "no-store"), ("pragma", "no-cache")], Json(self.json()))
            .into_response()
    }
}

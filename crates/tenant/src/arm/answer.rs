//! Answers and errors in Azure Resource Manager's shapes.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use crate::pim::Refusal;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The JSON body, if there is one.
    pub body: Option<Value>,
    /// `Location` of what goes on.
    pub location: Option<String>,
}

impl Answer {
    /// An answer with this status.
    pub fn with(status: StatusCode, body: Option<Value>) -> Self {
        Self { status, body, location: None }
    }

    /// 200 with a body.
    pub fn ok(body: Value) -> Self {
        Self::with(StatusCode::OK, Some(body))
    }

    /// 204.
    pub fn no_content() -> Self {
        Self::with(StatusCode::NO_CONTENT, None)
    }

    /// On the wire.
    pub fn respond(&self) -> Response {
        let mut response = match &self.body {
            Some(body) => {
                let mut response = Body::from(body.to_string()).into_response();
                let json = HeaderValue::from_static("application/json; charset=utf-8");
                response.headers_mut().insert(header::CONTENT_TYPE, json);
                response
            }
            None => Body::empty().into_response(),
        };
        *response.status_mut() = self.status;
        if let Some(location) = self.location.as_ref().and_then(|location| HeaderValue::from_str(location).ok()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
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
    /// A challenge for the header `WWW-Authenticate`.
    pub challenge: Option<String>,
}

impl Failure {
    /// A failure with this status, code and text.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into(), challenge: None }
    }

    /// 400.
    pub fn bad(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 404.
    pub fn missing(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    /// 400, the body is no JSON of the right shape.
    pub fn content(reason: impl std::fmt::Display) -> Self {
        Self::bad(
            "InvalidRequestContent",
            format!("The request content was invalid and could not be deserialized: '{reason}'."),
        )
    }

    /// 404, nothing is served there.
    pub fn no_resource(path: &str) -> Self {
        Self::missing("InvalidResourceType", format!("The resource type could not be found for '{path}'."))
    }

    /// 405.
    pub fn method() -> Self {
        let text = "The requested resource does not support this http method.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "HttpMethodNotSupported", text)
    }

    /// 403, no role lets the caller do this.
    pub fn unauthorized(user: uuid::Uuid, action: &str, scope: &str) -> Self {
        let text = format!(
            "The client '{user}' with object id '{user}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials."
        );
        Self::new(StatusCode::FORBIDDEN, "AuthorizationFailed", text)
    }

    /// The answer with ARM's error object.
    pub fn answer(&self) -> Answer {
        Answer::with(self.status, Some(json!({ "error": { "code": self.code, "message": self.message } })))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        // The same engine, with a name of its own for this one.
        let code = if refusal == Refusal::RoleNotFound { "RoleDefinitionDoesNotExist" } else { refusal.code() };
        Self::new(status, code, refusal.message())
    }
}

/// Without members that are null: live answers leave them out (recorded).
pub fn lean(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, lean(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(lean).collect(),
        other => other,
    }
}

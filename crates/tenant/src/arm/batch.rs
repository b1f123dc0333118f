//! `POST /batch`: several calls in one, as the portal sends them, and as one client decides on approvals.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Failure};
use super::call::Call;
use super::{VERSION, dispatch};
use crate::faults;
use crate::graph::Observation;

/// More calls in one batch are refused.
const MOST: usize = 20;

#[derive(Deserialize)]
struct Body {
    requests: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    http_method: String,
    #[serde(default)]
    name: Option<String>,
    /// Either this, absolute or relative, or the other.
    #[serde(default)]
    url: String,
    #[serde(default)]
    relative_url: String,
    #[serde(default)]
    content: Option<Value>,
}

/// Answer a batch.
pub async fn answer(call: &Call<'_>) -> Result<Answer, Failure> {
    if call.method != Method::POST {
        return Err(Failure::method());
    }
    let body: Body = serde_json::from_slice(call.body).map_err(Failure::content)?;
    if body.requests.is_empty() || body.requests.len() > MOST {
        return Err(Failure::content(format!("a batch has 1 to {MOST} requests")));
    }
    let mut responses = Vec::new();
    for item in &body.requests {
        responses.push(run(call, item).await);
    }
    Ok(Answer::ok(json!({ "responses": responses })))
}

async fn run(call: &Call<'_>, item: &Item) -> Value {
    let method: Method = item.http_method.to_ascii_uppercase().parse().unwrap_or(Method::TRACE);
    let content = item.content.as_ref().map(Value::to_string).unwrap_or_default();
    let url = if item.url.is_empty() { &item.relative_url } else { &item.url };
    // Absolute at this endpoint or the real one.
    let hosts = [call.app.endpoints.arm.as_str(), "https://management.azure.com"];
    let target = hosts.iter().find_map(|host| url.strip_prefix(host)).unwrap_or(url);
    let inner = Call::new((call.first, call.app), call.caller, method.clone(), target, content.as_bytes());
    // Faults meet calls within a batch too.
    let fault = call.app.faults.take(method.as_str(), &format!("/arm{}", inner.path));
    if let Some(instead) = fault.and_then(|fault| fault.instead(call.app.clock.now())) {
        let (status, headers, body) = faults::in_batch(instead).await;
        return json!({ "name": item.name, "httpStatusCode": status.as_u16(), "headers": headers, "content": body });
    }
    let answer = dispatch(&inner).unwrap_or_else(|failure| failure.answer());
    call.app.observer.tell(|| Observation {
        version: VERSION,
        method,
        target: target.trim_start_matches('/').to_owned(),
        status: answer.status,
        body: answer.body.clone(),
    });
    // Whoever decides this way is told 204 (reported); the stage comes all the same.
    let decided = inner.method != Method::GET && inner.path.contains("/stages/") && answer.status == StatusCode::OK;
    let status = if decided { StatusCode::NO_CONTENT } else { answer.status };
    json!({ "name": item.name, "httpStatusCode": status.as_u16(), "headers": {}, "content": answer.body })
}

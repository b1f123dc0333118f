//! `POST /batch`: several calls in one, as the portal and one client decide on approvals.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, Failure};
use super::call::Call;
use super::{VERSION, dispatch};
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
    url: String,
    #[serde(default)]
    content: Option<Value>,
}

/// Answer a batch.
pub fn answer(call: &Call) -> Result<Answer, Failure> {
    if call.method != Method::POST {
        return Err(Failure::method());
    }
    let body: Body = serde_json::from_slice(call.body).map_err(Failure::content)?;
    if body.requests.is_empty() || body.requests.len() > MOST {
        return Err(Failure::content(format!("a batch has 1 to {MOST} requests")));
    }
    let responses: Vec<Value> = body.requests.iter().map(|item| run(call, item)).collect();
    Ok(Answer::ok(json!({ "responses": responses })))
}

fn run(call: &Call, item: &Item) -> Value {
    let method: Method = item.http_method.to_ascii_uppercase().parse().unwrap_or(Method::TRACE);
    let content = item.content.as_ref().map(Value::to_string).unwrap_or_default();
    // Relative, or absolute at this endpoint or the real one.
    let hosts = [call.app.endpoints.arm.as_str(), "https://management.azure.com"];
    let target = hosts.iter().find_map(|host| item.url.strip_prefix(host)).unwrap_or(&item.url);
    let inner = Call::new((call.first, call.app), call.caller, method.clone(), target, content.as_bytes());
    let outcome = match inner.path.to_ascii_lowercase().as_str() {
        "/batch" => Err(Failure::content("a batch cannot contain a batch")),
        _ => dispatch(&inner),
    };
    let answer = outcome.unwrap_or_else(|failure| failure.answer());
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

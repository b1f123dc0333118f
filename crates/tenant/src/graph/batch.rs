//! `POST /$batch`: up to twenty calls in one.

use std::collections::HashMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, CallIds, Failure, JSON};
use super::call::Call;
use super::dispatch;

/// More calls in one batch are refused.
const MOST: usize = 20;

#[derive(Deserialize)]
struct Body {
    requests: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: HashMap<String, String>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<String>,
}

/// Answer a batch.
pub fn answer(call: &Call) -> Result<Answer, Failure> {
    if call.method != Method::POST {
        return Err(Failure::method_not_allowed());
    }
    let body: Body = call.json()?;
    check(&body.requests)?;
    let mut statuses: HashMap<&str, StatusCode> = HashMap::new();
    let mut responses = Vec::new();
    for item in &body.requests {
        let failed =
            item.depends_on.iter().any(|id| statuses.get(id.as_str()).is_none_or(|status| !status.is_success()));
        let (answer, headers) = if failed { (failed_dependency(call, item), Map::new()) } else { run(call, item) };
        statuses.insert(&item.id, answer.status);
        responses.push(response(&item.id, answer, headers));
    }
    // The order of the answers is not that of the calls: clients must go by the ids.
    responses.reverse();
    Ok(Answer::ok(json!({ "responses": responses })))
}

fn check(items: &[Item]) -> Result<(), Failure> {
    if items.is_empty() {
        return Err(Failure::bad_request("Batch request does not contain any requests."));
    }
    if items.len() > MOST {
        return Err(Failure::bad_request(format!(
            "Number of batch request steps exceeds the maximum value of {MOST}."
        )));
    }
    let mut seen = Vec::new();
    for item in items {
        let id = &item.id;
        if id.is_empty() || seen.contains(&id) {
            return Err(Failure::bad_request(format!("Request id '{id}' is empty or duplicated.")));
        }
        if item.depends_on.iter().any(|on| !seen.contains(&on)) {
            return Err(Failure::bad_request(format!(
                "Request id '{id}' depends on one that does not come before it."
            )));
        }
        if item.url.contains("://") {
            return Err(Failure::bad_request(format!("Request id '{id}' has an absolute url.")));
        }
        let typed = item.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
        if item.body.is_some() && !typed {
            let text = format!("Write request id : {id} does not contain Content-Type header or body.");
            return Err(Failure::bad_request(text));
        }
        seen.push(id);
    }
    Ok(())
}

fn run(call: &Call, item: &Item) -> (Answer, Map<String, Value>) {
    let mut headers = HeaderMap::new();
    for (name, value) in &item.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
    let ids = CallIds::new(call.app.guid(), &headers);
    let body = item.body.as_ref().map(Value::to_string).unwrap_or_default();
    let method: Method = item.method.to_ascii_uppercase().parse().unwrap_or(Method::TRACE);
    let target = item.url.trim_start_matches('/');
    // Calls within a batch cannot be batches.
    let outcome = Call::new(call.app, call.caller, call.version, method, target, body.as_bytes()).and_then(|inner| {
        if inner.segments.iter().any(|segment| segment == "$batch") {
            return Err(Failure::bad_request("A batch cannot contain a batch."));
        }
        dispatch(&inner)
    });
    let answer = outcome.unwrap_or_else(|failure| failure.answer(&ids, call.app.clock.now()));
    (answer, Map::from_iter([("request-id".to_owned(), json!(ids.request))]))
}

fn failed_dependency(call: &Call, item: &Item) -> Answer {
    let text = format!("Request id '{}' depends on one that failed.", item.id);
    let failure = Failure::new(StatusCode::FAILED_DEPENDENCY, "FailedDependency", text);
    failure.answer(&CallIds::new(call.app.guid(), &HeaderMap::new()), call.app.clock.now())
}

fn response(id: &str, answer: Answer, mut headers: Map<String, Value>) -> Value {
    let mut response = Map::new();
    response.insert("id".to_owned(), json!(id));
    response.insert("status".to_owned(), json!(answer.status.as_u16()));
    if let Some(body) = answer.body {
        headers.insert("Content-Type".to_owned(), json!(JSON));
        response.insert("body".to_owned(), body);
    }
    response.insert("headers".to_owned(), Value::Object(headers));
    Value::Object(response)
}

//! `POST /$batch`: up to twenty calls in one.

use std::collections::HashMap;

use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Failure};
use super::call::Call;
use super::{Observation, dispatch};
use crate::exchange::RequestIds;
use crate::faults::{self, Fault};

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
pub async fn answer(call: &Call<'_>, outer: &RequestIds) -> Result<Answer, Failure> {
    if call.method != Method::POST {
        return Err(Failure::method_not_allowed());
    }
    let body: Body = call.json()?;
    check(&body.requests)?;
    let mut statuses: HashMap<&str, StatusCode> = HashMap::new();
    let mut responses = Vec::new();
    for item in &body.requests {
        let ids = RequestIds {
            request: call.app.guid(),
            client: item.header("client-request-id").map_or_else(|| outer.client.clone(), str::to_owned),
        };
        let failed =
            item.depends_on.iter().any(|id| statuses.get(id.as_str()).is_none_or(|status| !status.is_success()));
        let answered = if failed { failed_dependency(call, item, &ids) } else { run(call, item, &ids).await };
        statuses.insert(&item.id, answered.status);
        responses.push(answered.response(&item.id));
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
        let writes = !["GET", "DELETE"].iter().any(|method| item.method.eq_ignore_ascii_case(method));
        if writes && item.body.is_some() && item.header("content-type").is_none() {
            let text = format!("Write request id : {id} does not contain Content-Type header or body.");
            return Err(Failure::bad_request(text));
        }
        seen.push(id);
    }
    Ok(())
}

/// The answer to one call of the batch.
struct Answered {
    status: StatusCode,
    headers: Map<String, Value>,
    body: Option<Value>,
}

impl Answered {
    fn new(answer: Answer, ids: &RequestIds) -> Self {
        let mut headers = Map::from_iter([("request-id".to_owned(), json!(ids.request))]);
        if let Some(kind) = answer.content_type() {
            headers.insert("Content-Type".to_owned(), json!(kind));
        }
        if let Some(location) = answer.location {
            headers.insert("Location".to_owned(), json!(location));
        }
        if let Some(seconds) = answer.retry_after {
            headers.insert("Retry-After".to_owned(), json!(seconds.to_string()));
        }
        Self { status: answer.status, headers, body: answer.body }
    }

    fn response(self, id: &str) -> Value {
        let mut response = json!({ "id": id, "status": self.status.as_u16(), "headers": self.headers });
        if let (Value::Object(response), Some(body)) = (&mut response, self.body) {
            response.insert("body".to_owned(), body);
        }
        response
    }
}

impl Item {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path and query below the version.
    fn target(&self) -> &str {
        self.url.trim_start_matches('/')
    }
}

async fn run(call: &Call<'_>, item: &Item, ids: &RequestIds) -> Answered {
    // Faults meet calls within a batch too: a 429 inside a 200.
    let path = item.target().split('?').next().unwrap_or_default();
    let fault = call.app.faults.take(&item.method, &format!("/graph/{}/{path}", call.version.name()));
    if let Some(instead) = fault.as_ref().and_then(|fault| fault.instead(call.app.clock.now())) {
        return faulty(instead).await;
    }
    let body = item.body.as_ref().map(Value::to_string).unwrap_or_default();
    let method: Method = item.method.to_ascii_uppercase().parse().unwrap_or(Method::TRACE);
    let eventual = item.header("consistencylevel").is_some_and(super::is_eventual);
    let carry_out = || {
        let inner = Call::new(call.app, call.caller, call.version, method.clone(), item.target(), body.as_bytes())?;
        let inner = inner.with_consistency(eventual);
        if inner.is_batch() {
            return Err(Failure::bad_request("A batch cannot contain a batch."));
        }
        dispatch(&inner)
    };
    if matches!(fault, Some(Fault::Twice)) {
        let _ = carry_out();
    }
    let outcome = carry_out();
    let answer = outcome.unwrap_or_else(|failure| failure.answer(ids, call.app.clock.now()));
    call.app.observer.tell(|| Observation {
        version: call.version.name(),
        method,
        target: item.target().to_owned(),
        status: answer.status,
        body: answer.body.clone(),
    });
    // A connection cannot be dropped for one call of a batch only.
    let afterwards = fault.filter(|fault| matches!(fault, Fault::UnavailableAfter { .. }));
    match afterwards.and_then(|fault| fault.afterwards()) {
        Some(afterwards) => faulty(afterwards).await,
        None => Answered::new(answer, ids),
    }
}

/// A fault's answer as part of a batch.
async fn faulty(response: Response) -> Answered {
    let (status, headers, body) = faults::in_batch(response).await;
    Answered { status, headers, body }
}

fn failed_dependency(call: &Call, item: &Item, ids: &RequestIds) -> Answered {
    let text = format!("Request id '{}' depends on one that failed.", item.id);
    let failure = Failure::new(StatusCode::FAILED_DEPENDENCY, "FailedDependency", text);
    Answered::new(failure.answer(ids, call.app.clock.now()), ids)
}

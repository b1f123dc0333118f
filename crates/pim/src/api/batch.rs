//! Several requests in one: `POST /$batch` ("Combine multiple HTTP requests using JSON batching").

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::{
    Client,
    answer::{self, Effect},
    rejected_again,
};
use crate::{
    auth::{AccessToken, claims},
    cloud::Resource,
    codes,
    failure::Failure,
    net::Answer,
};

/// The service's limit.
pub(super) const MOST: usize = 20;

#[derive(Deserialize)]
struct Responses {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
struct Response {
    id: String,
    status: u16,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    #[serde(default)]
    body: Value,
}

impl Client {
    /// Posts each body to `path` (relative, without the version), twenty to a batch, and tells the outcome of each in order.
    pub(super) async fn post_all(
        &self,
        path: &'static str,
        bodies: Vec<Value>,
        token: Option<&AccessToken>,
    ) -> Vec<Result<Answer, Failure>> {
        let mut batches = JoinSet::new();
        for (index, bodies) in bodies.chunks(MOST).enumerate() {
            let (client, bodies, token) = (self.clone(), bodies.to_vec(), token.cloned());
            batches.spawn(async move { (index, client.batch(path, &bodies, token.as_ref()).await) });
        }
        let mut outcomes = batches.join_all().await;
        outcomes.sort_by_key(|(index, _)| *index);
        outcomes.into_iter().flat_map(|(_, outcomes)| outcomes).collect()
    }

    async fn batch(&self, path: &str, bodies: &[Value], token: Option<&AccessToken>) -> Vec<Result<Answer, Failure>> {
        // The token is chosen here, so that a rejection inside the batch can be told to its source.
        let token = match token {
            Some(token) => token.clone(),
            None => match self.tokens.access_token(Resource::Graph).await {
                Ok(token) => token,
                Err(failure) => return vec![Err(failure); bodies.len()],
            },
        };
        let mut outcomes = self.batch_once(path, bodies, &token).await;
        let rejected: Vec<usize> = (0..outcomes.len()).filter(|at| silently_curable(&outcomes[*at])).collect();
        let Some(first) = rejected.first() else { return outcomes };
        let asked = match &outcomes[*first] {
            Err(Failure::StepUp { claims, .. }) => Some(claims.clone()),
            _ => None,
        };
        // A 401 says that nothing was done: these, and only these, may be sent again.
        let again: Vec<Value> = rejected.iter().map(|at| bodies[*at].clone()).collect();
        let second = match self.tokens.another(&token, asked.as_ref()).await {
            Ok(another) => self.batch_once(path, &again, &another).await,
            Err(failure) => vec![Err(failure); again.len()],
        };
        for (at, outcome) in rejected.into_iter().zip(second) {
            outcomes[at] = outcome.map_err(rejected_again);
        }
        outcomes
    }

    async fn batch_once(&self, path: &str, bodies: &[Value], token: &AccessToken) -> Vec<Result<Answer, Failure>> {
        let requests: Vec<Value> = bodies
            .iter()
            .enumerate()
            .map(|(at, body)| {
                let headers = json!({ "Content-Type": "application/json" });
                json!({ "id": (at + 1).to_string(), "method": "POST", "url": path, "headers": headers, "body": body })
            })
            .collect();
        let url = self.url(Resource::Graph, "/v1.0/$batch");
        let answered = match self.write(Resource::Graph, url, Some(&json!({ "requests": requests })), Some(token)).await
        {
            Ok(answer) => answer::parsed::<Responses>(&answer.body, Effect::Write),
            Err(failure) => Err(failure),
        };
        match answered {
            Ok(Responses { responses }) => (1..=bodies.len())
                .map(|at| {
                    let id = at.to_string();
                    let Some(response) = responses.iter().find(|response| response.id == id) else {
                        let missing = "The batch's answer leaves this request out.";
                        return Err(Failure::Lost(codes::ours(codes::ANSWER_LOST, Some(missing.into()))));
                    };
                    let answer = response.answer()?;
                    answer::check(&answer, Effect::Write, self.net.clock().now())?;
                    Ok(answer)
                })
                .collect(),
            Err(failure) => vec![Err(failure); bodies.len()],
        }
    }
}

impl Response {
    /// The inner response as if it had come by itself.
    fn answer(&self) -> Result<Answer, Failure> {
        let status = StatusCode::from_u16(self.status)
            .map_err(|error| Failure::Lost(codes::ours(codes::UNEXPECTED, Some(error.to_string()))))?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter().flatten() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                headers.append(name, value);
            }
        }
        // What is no JSON comes as base64 in a string.
        let body = match &self.body {
            Value::Null => Vec::new(),
            Value::String(coded) => BASE64_STANDARD.decode(coded).unwrap_or_else(|_| coded.clone().into_bytes()),
            json => {
                headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
                json.to_string().into_bytes()
            }
        };
        Ok(Answer { status, headers, body })
    }
}

/// Was the token refused inside the batch in a way that a refresh can cure?
fn silently_curable(outcome: &Result<Answer, Failure>) -> bool {
    match outcome {
        Err(Failure::StepUp { claims, .. }) => claims::refreshable(claims),
        Err(Failure::SignedOut(_)) => true,
        _ => false,
    }
}

//! Several requests in one: `POST /$batch` ("Combine multiple HTTP requests using JSON batching").

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{
    Method, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use super::{
    Client, FIRST_PAUSE, LONGEST_PAUSE, Request, TRIES,
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

/// What came of one request of a batch.
#[derive(Clone)]
struct Inner {
    /// The answer inside the batch was a 401: the service would not have the token.
    rejected: bool,
    outcome: Result<Answer, Failure>,
}

/// One request of a batch.
#[derive(Clone)]
struct Part {
    method: Method,
    /// Relative, without the version.
    url: String,
    /// A `POST` or `PATCH` has one, a `GET` has none.
    body: Option<Value>,
}

/// Which version of Graph a batch is sent to: one batch cannot have both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V1,
    Beta,
}

impl Version {
    /// Its segment of a path.
    pub(super) fn segment(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
        }
    }
}

impl Client {
    /// Posts each body to its path (relative, without the version), twenty to a batch, and tells the outcome of each in order.
    pub(super) async fn post_all(
        &self,
        posts: Vec<(&'static str, Value)>,
        token: Option<&AccessToken>,
    ) -> Vec<Result<Answer, Failure>> {
        let part =
            |(path, body): (&'static str, Value)| Part { method: Method::POST, url: path.into(), body: Some(body) };
        self.batches(Version::V1, posts.into_iter().map(part).collect(), Effect::Write, token).await
    }

    /// The same with `PATCH`, in either version.
    pub(super) async fn patch_all(
        &self,
        version: Version,
        patches: Vec<(String, Value)>,
        token: Option<&AccessToken>,
    ) -> Vec<Result<Answer, Failure>> {
        let part = |(url, body)| Part { method: Method::PATCH, url, body: Some(body) };
        self.batches(version, patches.into_iter().map(part).collect(), Effect::Write, token).await
    }

    /// Reads each address (relative, without the version), twenty to a batch; again where that may help.
    pub(super) async fn get_all(&self, urls: Vec<String>) -> Vec<Result<Answer, Failure>> {
        self.get_all_of(Version::V1, urls).await
    }

    /// The same in either version.
    pub(super) async fn get_all_of(&self, version: Version, urls: Vec<String>) -> Vec<Result<Answer, Failure>> {
        let parts: Vec<Part> = urls.into_iter().map(|url| Part { method: Method::GET, url, body: None }).collect();
        self.persist_each(parts, |parts| self.batches(version, parts, Effect::Read, None)).await
    }

    /// Reads several at once; again those among them that the service had no time for.
    pub(super) async fn persist_each<P: Clone, T, F: Future<Output = Vec<Result<T, Failure>>>>(
        &self,
        parts: Vec<P>,
        once: impl Fn(Vec<P>) -> F,
    ) -> Vec<Result<T, Failure>> {
        let mut outcomes = once(parts.clone()).await;
        let mut pause = FIRST_PAUSE;
        for _ in 1..TRIES {
            let now = self.net.clock().now();
            let wanted = |outcome: &Result<T, Failure>| match outcome {
                Err(Failure::NotSent { retry_at, .. }) => {
                    Some(retry_at.map_or(pause, |at| answer::pause(at, now))).filter(|pause| *pause <= LONGEST_PAUSE)
                }
                _ => None,
            };
            let again: Vec<usize> = (0..parts.len()).filter(|at| wanted(&outcomes[*at]).is_some()).collect();
            let Some(longest) = again.iter().filter_map(|at| wanted(&outcomes[*at])).max() else { break };
            tokio::time::sleep(longest).await;
            pause *= 2;
            let second = again.iter().map(|at| parts[*at].clone()).collect();
            for (at, outcome) in again.into_iter().zip(once(second).await) {
                outcomes[at] = outcome;
            }
        }
        outcomes
    }

    async fn batches(
        &self,
        version: Version,
        parts: Vec<Part>,
        effect: Effect,
        token: Option<&AccessToken>,
    ) -> Vec<Result<Answer, Failure>> {
        let mut batches = JoinSet::new();
        for (index, parts) in parts.chunks(MOST).enumerate() {
            let (client, parts, token) = (self.clone(), parts.to_vec(), token.cloned());
            batches.spawn(async move { (index, client.batch(version, &parts, effect, token.as_ref()).await) });
        }
        let mut outcomes = batches.join_all().await;
        outcomes.sort_by_key(|(index, _)| *index);
        outcomes.into_iter().flat_map(|(_, outcomes)| outcomes).collect()
    }

    async fn batch(
        &self,
        version: Version,
        parts: &[Part],
        effect: Effect,
        token: Option<&AccessToken>,
    ) -> Vec<Result<Answer, Failure>> {
        // The token is chosen here, so that a rejection inside the batch can be told to its source.
        let token = match token {
            Some(token) => token.clone(),
            None => match self.token(Resource::Graph).await {
                Ok(token) => token,
                Err(failure) => return vec![Err(failure); parts.len()],
            },
        };
        let first = self.batch_once(version, parts, effect, &token).await;
        if first.iter().any(|inner| inner.rejected) {
            self.tokens.discard(&token);
        }
        let rejected: Vec<usize> = (0..first.len()).filter(|at| first[*at].silently_curable()).collect();
        let asked = rejected.first().and_then(|at| match &first[*at].outcome {
            Err(Failure::StepUp { claims, .. }) => Some(claims.clone()),
            _ => None,
        });
        let mut outcomes: Vec<_> = first.into_iter().map(|inner| inner.outcome).collect();
        if rejected.is_empty() {
            return outcomes;
        }
        // A 401 says that nothing was done: these, and only these, may be sent again.
        let again: Vec<Part> = rejected.iter().map(|at| parts[*at].clone()).collect();
        let second = match self.another(&token, asked.as_ref()).await {
            Ok(another) => {
                let second = self.batch_once(version, &again, effect, &another).await;
                if second.iter().any(|inner| inner.rejected) {
                    self.tokens.discard(&another);
                }
                second.into_iter().map(|inner| inner.outcome).collect()
            }
            Err(failure) => vec![Err(failure); again.len()],
        };
        for (at, outcome) in rejected.into_iter().zip(second) {
            outcomes[at] = outcome.map_err(rejected_again);
        }
        outcomes
    }

    async fn batch_once(&self, version: Version, parts: &[Part], effect: Effect, token: &AccessToken) -> Vec<Inner> {
        let requests: Vec<Value> = parts.iter().enumerate().map(|(at, part)| part.request(at + 1)).collect();
        let body = json!({ "requests": requests });
        let url = self.url(Resource::Graph, &format!("/{}/$batch", version.segment()));
        let request = Request { method: Method::POST, url, body: Some(&body), effect };
        let now = || self.net.clock().now();
        let answered = match self.send(Resource::Graph, &request, Some(token)).await {
            Ok(answer) => answer::body::<Responses>(&answer, effect, now()),
            Err(failure) => Err(failure),
        };
        match answered {
            Ok(Responses { responses }) => (1..=parts.len())
                .map(|at| {
                    let id = at.to_string();
                    let Some(response) = responses.iter().find(|response| response.id == id) else {
                        let missing = "The batch's answer leaves this request out.";
                        return Inner::unsaid(
                            effect.uncertain(codes::ours(codes::ANSWER_LOST, Some(missing.into())), None),
                        );
                    };
                    let rejected = response.status == StatusCode::UNAUTHORIZED.as_u16();
                    let checked = |answer: Answer| answer::check(&answer, effect, now()).map(|()| answer);
                    Inner {
                        rejected,
                        outcome: inner(response.status, response.headers.as_ref(), &response.body).and_then(checked),
                    }
                })
                .collect(),
            Err(failure) => vec![Inner::unsaid(failure); parts.len()],
        }
    }
}

impl Part {
    fn request(&self, id: usize) -> Value {
        let mut request = json!({ "id": id.to_string(), "method": self.method.as_str(), "url": self.url });
        if let Some(body) = &self.body {
            request["headers"] = json!({ "Content-Type": "application/json" });
            request["body"] = body.clone();
        }
        request
    }
}

/// A response inside a batch as if it had come by itself.
pub(super) fn inner(status: u16, told: Option<&Map<String, Value>>, body: &Value) -> Result<Answer, Failure> {
    let status = StatusCode::from_u16(status)
        .map_err(|error| Failure::lost(codes::ours(codes::UNEXPECTED, Some(error.to_string()))))?;
    let mut headers = HeaderMap::new();
    for (name, value) in told.into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    // What is no JSON comes as base64 in a string.
    let body = match body {
        Value::Null => Vec::new(),
        Value::String(coded) => BASE64_STANDARD.decode(coded).unwrap_or_else(|_| coded.clone().into_bytes()),
        json => {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
            json.to_string().into_bytes()
        }
    };
    Ok(Answer { status, headers, body })
}

impl Inner {
    /// The batch had no answer for it.
    fn unsaid(failure: Failure) -> Self {
        Self { rejected: false, outcome: Err(failure) }
    }

    /// Was the token refused in a way that a refresh can cure?
    fn silently_curable(&self) -> bool {
        self.rejected
            && match &self.outcome {
                Err(Failure::StepUp { claims, .. }) => claims::refreshable(claims),
                Err(Failure::SignedOut(_)) => true,
                _ => false,
            }
    }
}

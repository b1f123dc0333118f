//! Several reads in one: `POST /batch`, which Azure's portal and Microsoft's own tools send. It is not documented, so nothing
//! hangs on it: what a batch does not answer is read by itself.

use std::sync::atomic::Ordering;

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::{AzureRoles, scope};
use crate::{
    api::{
        Request,
        answer::{self, Effect},
        batch::{MOST, inner},
        rejected_again,
    },
    auth::{AccessToken, claims},
    cloud::Resource,
    failure::{Claims, Failure},
    net::Answer,
};

const VERSION: &str = "api-version=2020-06-01";

#[derive(Deserialize)]
struct Responses {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    /// The read's, given back.
    #[serde(default)]
    name: Option<String>,
    http_status_code: u16,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    #[serde(default)]
    content: Value,
}

impl AzureRoles {
    /// Reads each address, twenty to a batch; again where that may help. Nothing comes of what is to be read by itself.
    pub(super) async fn get_all(&self, urls: Vec<Url>) -> Vec<Result<Option<Answer>, Failure>> {
        let once = |urls: Vec<Url>| async move {
            let batches = urls.chunks(MOST).map(<[Url]>::to_vec).collect();
            let outcomes = self.each(batches, |roles, urls| async move { roles.batch(&urls).await });
            outcomes.await.into_iter().flatten().collect()
        };
        self.client.persist_each(urls, once).await
    }

    async fn batch(&self, urls: &[Url]) -> Vec<Result<Option<Answer>, Failure>> {
        if self.batchless.load(Ordering::Relaxed) {
            return urls.iter().map(|_| Ok(None)).collect();
        }
        // The token is chosen here, so that a challenge inside the batch can be told to its source.
        let token = match self.client.token(Resource::Arm).await {
            Ok(token) => token,
            Err(failure) => return vec![Err(failure); urls.len()],
        };
        let first = self.batch_once(urls, &token).await;
        let challenged: Vec<usize> = (0..first.len()).filter(|at| first[*at].challenge.is_some()).collect();
        let asked = challenged.first().and_then(|at| first[*at].challenge.clone());
        let mut outcomes: Vec<_> = first.into_iter().map(|part| part.outcome).collect();
        let Some(asked) = asked else { return outcomes };
        let again: Vec<Url> = challenged.iter().map(|at| urls[*at].clone()).collect();
        let second = match self.client.another(&token, Some(&asked)).await {
            Ok(another) => {
                let second = self.batch_once(&again, &another).await;
                if second.iter().any(|part| part.challenge.is_some()) {
                    self.client.tokens.discard(&another);
                }
                second.into_iter().map(|part| part.outcome).collect()
            }
            Err(failure) => vec![Err(failure); again.len()],
        };
        for (at, outcome) in challenged.into_iter().zip(second) {
            outcomes[at] = outcome;
        }
        outcomes
    }

    async fn batch_once(&self, urls: &[Url], token: &AccessToken) -> Vec<Part> {
        let names: Vec<String> = urls.iter().map(|_| Uuid::new_v4().to_string()).collect();
        let responses = match self.responses(urls, &names, token).await {
            Ok(responses) => responses,
            Err(failure @ (Failure::NotSent { .. } | Failure::SignedOut(_) | Failure::StepUp { .. })) => {
                return vec![Part { challenge: None, outcome: Err(failure) }; urls.len()];
            }
            // Not for us, or not what it was: it is not tried again.
            Err(failure) => {
                tracing::warn!(code = %failure.problem().code, "Azure takes no batches");
                self.batchless.store(true, Ordering::Relaxed);
                Vec::new()
            }
        };
        let named = |name: &String| {
            responses
                .iter()
                .find(|response| response.name.as_ref().is_some_and(|given| given.eq_ignore_ascii_case(name)))
        };
        let part = |name| match named(name) {
            Some(response) => self.one_of_a_batch(response),
            None => Part { challenge: None, outcome: Ok(None) },
        };
        names.iter().map(part).collect()
    }

    async fn responses(&self, urls: &[Url], names: &[String], token: &AccessToken) -> Result<Vec<Response>, Failure> {
        let requests = urls.iter().zip(names).map(|(url, name)| {
            let url = self.client.relative(Resource::Arm, url);
            json!({ "httpMethod": "GET", "name": name, "url": url })
        });
        let body = json!({ "requests": requests.collect::<Value>() });
        let url = self.url(scope::ROOT, "batch", VERSION)?;
        let request = Request { method: Method::POST, url, body: Some(&body), effect: Effect::Read };
        let answer = self.client.send(Resource::Arm, &request, Some(token)).await?;
        answer::check(&answer, Effect::Read, self.client.net.clock().now())?;
        // Accepted, to be asked for later: that takes longer than reading one by one.
        if answer.status != StatusCode::OK {
            return Ok(Vec::new());
        }
        answer::parsed::<Responses>(&answer.body, Effect::Read).map(|answered| answered.responses)
    }

    fn one_of_a_batch(&self, response: &Response) -> Part {
        let read = || {
            let answer = inner(response.http_status_code, response.headers.as_ref(), &response.content)?;
            answer::check(&answer, Effect::Read, self.client.net.clock().now())?;
            Ok(answer)
        };
        match read() {
            Err(Failure::StepUp { claims, problem })
                if response.http_status_code == StatusCode::UNAUTHORIZED && claims::refreshable(&claims) =>
            {
                Part { challenge: Some(claims.clone()), outcome: Err(Failure::StepUp { claims, problem }) }
            }
            // The service took the token for the batch: what one of it says about the token ends no session.
            outcome => Part { challenge: None, outcome: outcome.map(Some).map_err(rejected_again) },
        }
    }
}

/// What came of one read of a batch.
#[derive(Clone)]
struct Part {
    /// What a newer token must have: a refresh brings it.
    challenge: Option<Claims>,
    outcome: Result<Option<Answer>, Failure>,
}

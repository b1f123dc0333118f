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
    cloud::Resource,
    failure::Failure,
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
        let names: Vec<String> = urls.iter().map(|_| Uuid::new_v4().to_string()).collect();
        let responses = match self.responses(urls, &names).await {
            Ok(responses) => responses,
            Err(failure @ (Failure::NotSent { .. } | Failure::SignedOut(_) | Failure::StepUp { .. })) => {
                return vec![Err(failure); urls.len()];
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
        names.iter().map(|name| named(name).map(|response| self.one_of_a_batch(response)).transpose()).collect()
    }

    async fn responses(&self, urls: &[Url], names: &[String]) -> Result<Vec<Response>, Failure> {
        let requests = urls.iter().zip(names).map(|(url, name)| {
            let url = self.client.relative(Resource::Arm, url);
            json!({ "httpMethod": "GET", "name": name, "url": url })
        });
        let body = json!({ "requests": requests.collect::<Value>() });
        let url = self.url(scope::ROOT, "batch", VERSION)?;
        let request = Request { method: Method::POST, url, body: Some(&body), effect: Effect::Read };
        let answer = self.client.send(Resource::Arm, &request, None).await?;
        answer::check(&answer, Effect::Read, self.client.net.clock().now())?;
        // Accepted, to be asked for later: that takes longer than reading one by one.
        if answer.status != StatusCode::OK {
            return Ok(Vec::new());
        }
        answer::parsed::<Responses>(&answer.body, Effect::Read).map(|answered| answered.responses)
    }

    fn one_of_a_batch(&self, response: &Response) -> Result<Answer, Failure> {
        let answer = inner(response.http_status_code, response.headers.as_ref(), &response.content)?;
        let checked = answer::check(&answer, Effect::Read, self.client.net.clock().now());
        // The service took the token for the batch: what one of it says about the token ends no session.
        checked.map_err(rejected_again).map(|()| answer)
    }
}

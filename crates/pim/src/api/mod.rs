//! The services' APIs over one HTTP client: authorized requests, pages, batches, bounded retries of reads, challenges.
//!
//! Rules that hold for every request: a token goes to its own resource's address and nowhere else; no redirect is followed;
//! a write is sent once and never by itself again, unless the service answered 401, which says that it did nothing, or the
//! write carries a name of our own choice that makes it the same write.

mod alerts;
pub(crate) mod answer;
pub mod arm;
mod assignments;
pub(crate) mod audit;
mod batch;
mod challenge;
mod definitions;
pub(crate) mod duration;
mod entered;
mod granted;
pub mod graph;
mod pages;
mod people;
mod policies;
mod reviews;
mod rules;
mod sources;
mod wire;

#[cfg(test)]
mod examples_tests;

pub use assignments::Way;
pub use definitions::Definitions;
pub(crate) use entered::ENTERED;
pub use people::Found;
pub(crate) use reviews::is_gone;
pub use sources::{Answered, Missing, Sources, Told};

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::{
    auth::{AccessToken, Tokens, claims},
    cloud::{self, Resource},
    codes,
    failure::{Claims, Failure},
    net::{Answer, DEADLINE, Net},
};
use answer::Effect;

/// How often a read is tried in all.
const TRIES: usize = 3;

/// Between two tries of a read, when the service names no time; doubled each time, with jitter.
const FIRST_PAUSE: Duration = Duration::from_millis(300);

/// A service that wants a longer pause is not waited for here: the caller learns when to come again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Sends requests in the name of one account. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    net: Net,
    tokens: Tokens,
    /// The one permission of Microsoft Graph that its requests take, where that is not among the session's.
    errand: Option<&'static str>,
    /// Searches of the directory want a header that says that their answer may be a moment old.
    eventual: bool,
    /// For each request.
    deadline: Duration,
}

/// A request as it is described to [`Client::send`].
struct Request<'a> {
    method: Method,
    url: Url,
    body: Option<&'a Value>,
    effect: Effect,
}

impl Client {
    /// A client for the account of `tokens`, over the connections of `net`.
    pub fn new(net: Net, tokens: Tokens) -> Self {
        Self { net, tokens, errand: None, eventual: false, deadline: DEADLINE }
    }

    /// The same for an errand that takes this permission of Microsoft Graph, which is not among the session's: its requests
    /// carry a token of their own. Where nobody has consented to it, they fail.
    #[must_use]
    pub(crate) fn on_errand(&self, permission: &'static str) -> Self {
        Self { errand: Some(permission), ..self.clone() }
    }

    /// The same for searches (`$search` of people, groups and applications: "Advanced query capabilities").
    #[must_use]
    fn eventually(&self) -> Self {
        Self { eventual: true, ..self.clone() }
    }

    /// The same for an answer that is known to take long: each of its requests may last until then.
    #[must_use]
    fn patient(&self, deadline: Duration) -> Self {
        Self { deadline, ..self.clone() }
    }

    /// The account's tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// An address below the resource's base.
    fn url(&self, resource: Resource, path_and_query: &str) -> Url {
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        let mut url = cloud::below(self.net.cloud().base(resource), path);
        url.set_query(query);
        url
    }

    /// An address as it stands below the resource's base.
    fn relative<'a>(&self, resource: Resource, url: &'a Url) -> &'a str {
        let base = self.net.cloud().base(resource).path().trim_end_matches('/');
        let whole = &url[url::Position::BeforePath..url::Position::AfterQuery];
        whole.strip_prefix(base).unwrap_or(whole)
    }

    /// Reads, again where that may help.
    async fn read<T: DeserializeOwned>(&self, resource: Resource, url: Url) -> Result<T, Failure> {
        self.persist(|| self.read_once(resource, url.clone())).await
    }

    /// The same; a pause that the service names is the caller's to wait for, however short.
    async fn read_unless_paused<T: DeserializeOwned>(&self, resource: Resource, url: Url) -> Result<T, Failure> {
        self.persist_through(Duration::ZERO, || self.read_once(resource, url.clone())).await
    }

    async fn read_once<T: DeserializeOwned>(&self, resource: Resource, url: Url) -> Result<T, Failure> {
        let request = Request { method: Method::GET, url, body: None, effect: Effect::Read };
        let answer = self.send(resource, &request, None).await?;
        answer::body(&answer, Effect::Read, self.net.clock().now())
    }

    /// Does what may be done more than once, again where that may help.
    async fn persist<T, F: Future<Output = Result<T, Failure>>>(&self, once: impl FnMut() -> F) -> Result<T, Failure> {
        self.persist_through(LONGEST_PAUSE, once).await
    }

    /// The same through pauses no longer than that.
    async fn persist_through<T, F: Future<Output = Result<T, Failure>>>(
        &self,
        longest: Duration,
        once: impl FnMut() -> F,
    ) -> Result<T, Failure> {
        let pauses = ExponentialBuilder::default().with_min_delay(FIRST_PAUSE).with_max_times(TRIES - 1).with_jitter();
        let wanted = |failure: &Failure| match failure {
            Failure::NotSent { retry_at: Some(at), .. } => Some(answer::pause(*at, self.net.clock().now())),
            _ => None,
        };
        once.retry(pauses)
            .when(|failure| {
                matches!(failure, Failure::NotSent { .. }) && wanted(failure).is_none_or(|pause| pause <= longest)
            })
            .adjust(|failure, pause| pause.map(|pause| wanted(failure).unwrap_or(pause)))
            .await
    }

    /// Writes once. `token` is the one a step-up brought, where there was one.
    async fn write(
        &self,
        resource: Resource,
        method: Method,
        url: Url,
        body: Option<&Value>,
        token: Option<&AccessToken>,
    ) -> Result<Answer, Failure> {
        let request = Request { method, url, body, effect: Effect::Write };
        let answer = self.send(resource, &request, token).await?;
        answer::check(&answer, Effect::Write, self.net.clock().now())?;
        Ok(answer)
    }

    /// Sends with a token; once more with another one if the service would not have the first and a new one can be had
    /// without the person.
    async fn send(
        &self,
        resource: Resource,
        request: &Request<'_>,
        token: Option<&AccessToken>,
    ) -> Result<Answer, Failure> {
        self.permit(resource, &request.url)?;
        let token = match token {
            Some(token) if token.resource() == resource => token.clone(),
            _ => self.token(resource).await?,
        };
        let answer = self.transmit(request, &token).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        let another = self.after_rejection(&token, &answer).await?;
        let answer = self.transmit(request, &another).await?;
        if answer.status == StatusCode::UNAUTHORIZED
            && let Err(failure) = answer::check(&answer, request.effect, self.net.clock().now())
        {
            self.tokens.discard(&another);
            return Err(rejected_again(failure));
        }
        Ok(answer)
    }

    /// The token that a request of this client carries.
    async fn token(&self, resource: Resource) -> Result<AccessToken, Failure> {
        if let Some(permission) = self.errand.filter(|_| resource == Resource::Graph) {
            return self.tokens.for_errand(permission, None).await;
        }
        if !self.tokens.is_ready(resource) {
            self.net.prime(resource);
        }
        self.tokens.access_token(resource).await
    }

    /// The token to try after a 401; a failure when only the person can bring one.
    async fn after_rejection(&self, token: &AccessToken, answer: &Answer) -> Result<AccessToken, Failure> {
        // A 401 means that nothing was done, so even a write counts as a read here.
        match answer::check(answer, Effect::Read, self.net.clock().now()) {
            Err(Failure::StepUp { claims, problem }) => {
                if claims::refreshable(&claims) {
                    self.another(token, Some(&claims)).await
                } else {
                    self.tokens.discard(token);
                    Err(Failure::StepUp { claims, problem })
                }
            }
            Err(Failure::SignedOut(_)) => self.another(token, None).await,
            Err(failure) => Err(failure),
            Ok(()) => Err(Failure::Refused(codes::ours(codes::UNEXPECTED, None))),
        }
    }

    async fn another(&self, rejected: &AccessToken, claims: Option<&Claims>) -> Result<AccessToken, Failure> {
        match self.errand.filter(|_| rejected.resource() == Resource::Graph) {
            Some(permission) => {
                self.tokens.discard(rejected);
                self.tokens.for_errand(permission, claims).await
            }
            None => self.tokens.another(rejected, claims).await,
        }
    }

    async fn transmit(&self, request: &Request<'_>, token: &AccessToken) -> Result<Answer, Failure> {
        let mut builder = self
            .net
            .http()
            .request(request.method.clone(), request.url.clone())
            .bearer_auth(token.secret())
            .header(own_id(token.resource()), Uuid::new_v4().to_string());
        if self.eventual {
            builder = builder.header("ConsistencyLevel", "eventual");
        }
        if let Some(body) = request.body {
            builder = builder.json(body);
        }
        self.net.send(builder, self.deadline).await.map_err(|broken| request.effect.broken(&broken))
    }

    /// A token is for its own resource's address: same scheme, host and port, at or below its path.
    fn permit(&self, resource: Resource, url: &Url) -> Result<(), Failure> {
        let base = self.net.cloud().base(resource);
        let path = base.path().trim_end_matches('/');
        let below = url.path().strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let safe = url.scheme() == "https" || (url.scheme() == "http" && cloud::is_loopback(url));
        if safe && below && url.origin() == base.origin() && url.username().is_empty() && url.password().is_none() {
            return Ok(());
        }
        let host = url.host_str().unwrap_or_default();
        Err(Failure::Refused(codes::ours(codes::FOREIGN_LINK, Some(format!("It led to {host}.")))))
    }
}

/// The header in which a service takes our own name for a request.
fn own_id(resource: Resource) -> &'static str {
    match resource {
        Resource::Graph => "client-request-id",
        Resource::Arm => "x-ms-client-request-id",
    }
}

/// The service refuses a token that the sign-in service has just made: that does not end the session.
fn rejected_again(failure: Failure) -> Failure {
    match failure {
        Failure::SignedOut(problem) => Failure::Refused(problem),
        other => other,
    }
}

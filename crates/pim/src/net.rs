//! The connections to one cloud: one HTTP client for sign-in and API, which never follows a redirect, reads no more than
//! it must, keeps a deadline, and tells the clock what time the servers have.

use std::{
    collections::HashSet,
    env,
    error::Error,
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use reqwest::{
    Certificate, RequestBuilder, StatusCode,
    header::{DATE, HeaderMap},
    redirect, retry,
};
use url::Origin;

use crate::{
    clock::Clock,
    cloud::{Cloud, Resource},
    codes,
    problem::Problem,
};

/// Environment variable that names a file with a root certificate (PEM) for a tenant on this machine that speaks TLS. No
/// other cloud is vouched for by it.
pub const CA_FILE: &str = "PIMENTO_CA_FILE";

/// Longest answer that is read, after decompression, bytes. A thousand roles with their policies take a tenth of it.
pub(crate) const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// From the first byte sent to the last one read, for a request that says nothing else.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// For the connection alone: a dead network is noticed soon.
const CONNECT_DEADLINE: Duration = Duration::from_secs(10);

/// The connections to one cloud, shared by sign-in and API. Cheap to clone.
#[derive(Clone)]
pub struct Net(Arc<Inner>);

struct Inner {
    cloud: Cloud,
    clock: Clock,
    http: reqwest::Client,
    /// Where a connection was opened ahead of need.
    primed: Mutex<HashSet<Origin>>,
}

/// A complete answer.
#[derive(Clone)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// There is no complete answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// No connection: the request certainly never left.
    Unreachable(String),
    /// It may have been received, but its answer was lost on the way or came too late.
    Lost(String),
    /// The answer is longer than anything the service would send.
    TooLarge,
}

impl Net {
    /// Prepares connections to `cloud`. Nothing is sent yet.
    ///
    /// `ca_file` names a root certificate in PEM; `None` takes what the environment variable [`CA_FILE`] names. Either counts
    /// for a tenant on this machine only: nothing in the environment may vouch for a real cloud.
    ///
    /// # Errors
    /// A certificate file that cannot be read, or TLS that cannot be set up.
    pub fn new(cloud: Cloud, clock: Clock, ca_file: Option<PathBuf>) -> Result<Self, Problem> {
        // The first one wins; a program that installed its own provider keeps it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("Pimento/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(CONNECT_DEADLINE)
            .gzip(true);
        if cloud.is_loopback() {
            // A proxy has no business between two programs on one machine.
            builder = builder.no_proxy();
            if [&cloud.login, &cloud.graph, &cloud.arm].iter().all(|url| url.scheme() == "http") {
                // Nobody shows a certificate there: the system's hundred and more need not be read.
                builder = builder.tls_certs_only([]);
            }
        } else {
            builder = builder.https_only(true);
        }
        if let Some(path) = ca_file.or_else(named_authority).filter(|_| cloud.is_loopback()) {
            let authority = authority(&path).map_err(|why| codes::ours(codes::CA_FILE, Some(why)))?;
            // It is all that may vouch for the tenant, and the system's verifier is not needed then.
            builder = builder.tls_certs_only(authority);
        }
        let http = builder.build().map_err(|error| codes::ours(codes::NETWORK, Some(chain(&error))))?;
        Ok(Self(Arc::new(Inner { cloud, clock, http, primed: Mutex::default() })))
    }

    /// The cloud.
    pub fn cloud(&self) -> &Cloud {
        &self.0.cloud
    }

    /// The clock that the answers' `Date` headers correct.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The HTTP client beneath, for requests that carry no token.
    pub fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Opens the connection to a service while something else is waited for: over TLS that takes as long as two requests.
    /// Once for each server, and without a token.
    pub(crate) fn prime(&self, resource: Resource) {
        let base = self.0.cloud.base(resource);
        let mut primed = self.0.primed.lock().unwrap_or_else(PoisonError::into_inner);
        if base.scheme() != "https" || !primed.insert(base.origin()) {
            return;
        }
        let (net, url) = (self.clone(), base.clone());
        tokio::spawn(async move { net.send(net.http().head(url), DEADLINE).await.map(|_| ()) });
    }

    /// Sends once and reads the whole answer, whatever its status, within `deadline`.
    pub(crate) async fn send(&self, request: RequestBuilder, deadline: Duration) -> Result<Answer, Broken> {
        let begun = self.0.clock.elapsed();
        let mut response = request.timeout(deadline).send().await.map_err(Broken::from)?;
        if let Some(date) = date(response.headers()) {
            self.0.clock.observe(date, self.0.clock.elapsed().saturating_sub(begun));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Broken::Lost(chain(&error.without_url())))? {
            if body.len() + chunk.len() > LONGEST_ANSWER {
                return Err(Broken::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status(), headers: std::mem::take(response.headers_mut()), body })
    }
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Net").field("cloud", &self.0.cloud.name).finish_non_exhaustive()
    }
}

impl From<reqwest::Error> for Broken {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let text = chain(&error);
        if error.is_connect() || error.is_builder() { Self::Unreachable(text) } else { Self::Lost(text) }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(text) | Self::Lost(text) => f.write_str(text),
            Self::TooLarge => f.write_str("the answer is too large"),
        }
    }
}

impl Error for Broken {}

impl Broken {
    /// Told to a person.
    pub(crate) fn problem(&self) -> Problem {
        match self {
            Self::Unreachable(text) => codes::ours(codes::NETWORK, Some(text.clone())),
            Self::Lost(text) => codes::ours(codes::ANSWER_LOST, Some(text.clone())),
            Self::TooLarge => codes::ours(codes::TOO_LARGE, None),
        }
    }
}

/// The file with a root certificate that the environment names: it vouches for servers on this machine only.
pub(crate) fn named_authority() -> Option<PathBuf> {
    env::var_os(CA_FILE).filter(|named| !named.is_empty()).map(PathBuf::from)
}

/// The root certificates in a file (PEM), or what is wrong with it.
pub(crate) fn authority(file: &Path) -> Result<Vec<Certificate>, String> {
    let unreadable = |error: &dyn Error| format!("{}: {}", file.display(), chain(error));
    let pem = fs::read(file).map_err(|error| unreadable(&error))?;
    Certificate::from_pem_bundle(&pem).map_err(|error| unreadable(&error))
}

/// The `Date` header.
fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// An HTTP date in any of its three spellings.
pub(crate) fn http_date(text: &str) -> Option<DateTime<Utc>> {
    httpdate::parse_http_date(text).ok().map(DateTime::<Utc>::from)
}

/// An error with its causes, as one line: the outermost alone says too little ("error sending request").
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        cause = inner.source();
    }
    text
}

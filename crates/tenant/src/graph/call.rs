//! One call of Microsoft Graph, alone or within a batch.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::address;
use super::answer::Failure;
use super::query::Query;
use super::stamp::Stamps;
use crate::caller::Caller;
use crate::pim::Actor;
use crate::scenario::{Casing, Scenario};
use crate::state::App;

/// Which Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `v1.0`.
    V1,
    /// `beta`.
    Beta,
}

impl Version {
    /// The version of this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        [Self::V1, Self::Beta].into_iter().find(|version| version.name().eq_ignore_ascii_case(name))
    }

    /// Its name in a path.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
        }
    }
}

/// A call, taken apart.
pub struct Call<'a> {
    /// The tenant.
    pub app: &'a App,
    /// Who calls.
    pub caller: &'a Caller,
    /// Which Graph.
    pub version: Version,
    /// The method.
    pub method: Method,
    /// The path below the version, as it came, without a slash at its ends.
    pub path: String,
    /// Its segments, decoded.
    pub segments: Vec<String>,
    /// The query options.
    pub query: Query,
    /// The body, empty where there is none.
    pub body: &'a [u8],
    /// `ConsistencyLevel: eventual`: advanced queries of the directory are allowed.
    pub eventual: bool,
}

impl<'a> Call<'a> {
    /// Take a call apart. `target` is the path below the version with its query.
    pub fn new(
        app: &'a App,
        caller: &'a Caller,
        version: Version,
        method: Method,
        target: &str,
        body: &'a [u8],
    ) -> Result<Self, Failure> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.trim_matches('/').to_owned();
        let segments = address::segments(&path);
        Ok(Self { app, caller, version, method, segments, query: Query::parse(query)?, path, body, eventual: false })
    }

    /// The same call, asked with or without `ConsistencyLevel: eventual`.
    #[must_use]
    pub fn with_consistency(self, eventual: bool) -> Self {
        Self { eventual, ..self }
    }

    /// Whether this is a batch of calls.
    pub fn is_batch(&self) -> bool {
        self.segments.len() == 1 && self.segments[0].eq_ignore_ascii_case("$batch")
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.app.scenario
    }

    /// `…/graph/v1.0`.
    pub fn root(&self) -> String {
        format!("{}/{}", self.app.endpoints.graph, self.version.name())
    }

    /// The call's own URL without its query.
    pub fn url(&self) -> String {
        format!("{}/{}", self.root(), self.path)
    }

    /// How time stamps are written.
    pub fn stamps(&self) -> Stamps {
        Stamps(self.scenario().switches.fractional_digits)
    }

    /// An enumeration's value as the scenario writes it.
    pub fn cased(&self, value: &str) -> String {
        match self.scenario().switches.casing {
            Casing::Camel => value.to_owned(),
            Casing::Pascal => capital(value),
        }
    }

    /// What the engine needs to know about the caller.
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.caller.oid,
            mfa: self.caller.amr.iter().any(|method| method == "mfa"),
            contexts: self.caller.acrs.clone(),
            cp1: self.caller.cp1,
        }
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(self.body)
            .map_err(|error| Failure::bad_request(format!("Unable to read JSON request payload. {error}")))
    }

    /// Run something on the engine, brought up to the present.
    pub fn pim<R>(&self, run: impl FnOnce(&mut crate::pim::State, DateTime<Utc>) -> R) -> R {
        self.app.with_pim(run)
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! One call of Azure Resource Manager.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::answer::{Answer, Failure};
use crate::caller::Caller;
use crate::pim::Actor;
use crate::scenario::{AzureScope, Scenario};
use crate::state::App;

/// A call, taken apart.
pub struct Call<'a> {
    /// The tenant that the caller has signed in to.
    pub app: &'a App,
    /// The first tenant, which knows the others.
    pub first: &'a App,
    /// Who calls.
    pub caller: &'a Caller,
    /// The method.
    pub method: Method,
    /// The path below the endpoint, decoded, beginning with a slash and not ending with one.
    pub path: String,
    /// The query as it came.
    pub query: Vec<(String, String)>,
    /// The body, empty where there is none.
    pub body: &'a [u8],
}

/// Where a call looks.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// The tenant: `/`.
    Root,
    /// A scope.
    At(&'a AzureScope),
}

impl<'a> Call<'a> {
    /// Take a call apart. `target` is the path below the endpoint with its query.
    pub fn new(
        (first, app): (&'a App, &'a App),
        caller: &'a Caller,
        method: Method,
        target: &str,
        body: &'a [u8],
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        // `+` means itself in a path.
        let path = url::form_urlencoded::parse(format!("p={}", path.replace('+', "%2B")).as_bytes())
            .next()
            .map_or_else(String::new, |(_, path)| path.into_owned());
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        // Clients leave out a part of a path and not the slash after it.
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        Self { app, first, caller, method, path: format!("/{}", segments.join("/")), query, body }
    }

    /// A query option, in any case.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The scenario.
    pub fn scenario(&self) -> &'a Scenario {
        &self.app.scenario
    }

    /// Run something on the engine, brought up to the present.
    pub fn pim<R>(&self, run: impl FnOnce(&mut crate::pim::State, DateTime<Utc>) -> R) -> R {
        self.app.with_pim(run)
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

    /// What is at a path; an empty one is the tenant.
    pub fn place(&self, path: &str) -> Result<Place<'a>, Failure> {
        // As in the examples of the specification.
        let path = path.strip_prefix("/providers/Microsoft.Subscription").unwrap_or(path);
        if path.is_empty() {
            return Ok(Place::Root);
        }
        self.scenario().azure.at(path).map(Place::At).ok_or_else(|| unknown(path))
    }

    /// A list, in pages.
    pub fn list(&self, rows: Vec<Value>) -> Result<Answer, Failure> {
        self.linked(rows, "nextLink")
    }

    /// A list whose contract demands a link on every page: on the last one an empty one.
    pub fn list_always_linked(&self, rows: Vec<Value>) -> Result<Answer, Failure> {
        let mut answer = self.list(rows)?;
        if let Some(Value::Object(body)) = &mut answer.body {
            body.entry("nextLink").or_insert_with(|| json!(""));
        }
        Ok(answer)
    }

    /// A list whose link to the next page has this name.
    pub fn linked(&self, rows: Vec<Value>, link: &str) -> Result<Answer, Failure> {
        let offset = match self.option("$skiptoken") {
            None => 0,
            Some(token) => {
                offset(token).ok_or_else(|| Failure::bad("InvalidSkipToken", "The skip token is invalid."))?
            }
        };
        let wanted = match self.option("$top") {
            None => usize::MAX,
            Some(text) => text.parse().map_err(|_| {
                Failure::bad("InvalidTopQueryString", format!("The value '{text}' of '$top' is not a number."))
            })?,
        };
        let (count, size) = (rows.len(), self.scenario().switches.page_size.min(wanted).max(1));
        let page: Vec<Value> = rows.into_iter().skip(offset).take(size).collect();
        let next = offset + page.len();
        let mut body = json!({ "value": page });
        if next < count {
            body[link] = json!(self.link(next));
        }
        Ok(Answer::ok(body))
    }

    /// The address of the page that begins at `offset`.
    fn link(&self, offset: usize) -> String {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.query.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken")) {
            text.append_pair(name, value);
        }
        text.append_pair("$skiptoken", &URL_SAFE_NO_PAD.encode(format!("offset:{offset}")));
        let query = text.finish().replace('+', "%20").replace("%24", "$");
        format!("{}{}?{query}", self.app.endpoints.arm, self.path)
    }
}

fn offset(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    String::from_utf8(bytes).ok()?.strip_prefix("offset:")?.parse().ok()
}

/// What the service says of a scope that is not there.
fn unknown(path: &str) -> Failure {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    match segments.as_slice() {
        [_, subscription] => {
            Failure::missing("SubscriptionNotFound", format!("The subscription '{subscription}' could not be found."))
        }
        [_, _, _, group] if segments[0].eq_ignore_ascii_case("subscriptions") => {
            Failure::missing("ResourceGroupNotFound", format!("Resource group '{group}' could not be found."))
        }
        [.., name] => Failure::missing("ResourceNotFound", format!("The Resource '{name}' was not found.")),
        [] => Failure::no_resource(path),
    }
}

//! Validates every answer of the simulated services against Microsoft's contract (feature `contract`, for tests).
//!
//! The contracts are part of the project (`contracts/`). They describe what may be in an answer; here nothing else may be, so
//! that a misspelt property is a failure. Where Microsoft's OpenAPI descriptions of Graph lie in `../shared/api/contracts`
//! beside the repository, or in the folder that the environment variable `PIMENTO_CONTRACTS` names, an answer has to keep
//! those, too. Every answer is held against all of them; of those that no schema can tell apart the first is ([`known`]).

#[cfg(test)]
mod agreement;
mod beside;
mod known;
mod own;
mod paths;
mod schema;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

use self::known::{Known, without_guids};
use crate::arm::VERSION as AZURE;
use crate::graph::Observation;
use crate::state::App;

/// Microsoft's contract of what the tenant simulates.
#[derive(Debug)]
pub struct Contracts {
    documents: Vec<Document>,
    /// Whether these have every path that the tenant serves.
    complete: bool,
    /// Where the description of a call stands, by service, version and path without GUIDs: looked for once.
    places: Mutex<HashMap<String, Option<Place>>>,
}

/// A path template, and the number of its document.
#[derive(Clone, Debug)]
struct Place {
    document: usize,
    template: Arc<str>,
}

#[derive(Debug)]
struct Document {
    /// `graph/v1.0`, `arm/2020-10-01`.
    service: String,
    content: Value,
    /// Every component's schema, closed.
    definitions: Value,
    /// Ready validators by operation and status.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
    /// What has kept the contract.
    known: Known,
}

static COMMITTED: LazyLock<Contracts> =
    LazyLock::new(|| Contracts::new(own::FILES.into_iter().map(own::open).collect(), true));

static BESIDE: LazyLock<Option<Contracts>> =
    LazyLock::new(|| beside::folder().map(|folder| Contracts::new(beside::read(&folder), false)));

/// What is wrong with an answer by any contract that is there; nothing, if it keeps them all.
pub fn check(observation: &Observation) -> Vec<String> {
    let mut complaints = COMMITTED.check(observation);
    if let Some(contracts) = &*BESIDE {
        complaints.extend(contracts.check(observation));
    }
    complaints
}

impl Contracts {
    fn new(documents: Vec<(String, Value)>, complete: bool) -> Self {
        let document = |(service, content)| Document {
            service,
            definitions: schema::definitions(&content),
            content,
            validators: Mutex::default(),
            known: Known::default(),
        };
        Self { documents: documents.into_iter().map(document).collect(), complete, places: Mutex::default() }
    }

    /// The contracts that are part of the project.
    pub fn committed() -> &'static Self {
        &COMMITTED
    }

    /// What is wrong with an answer; nothing, if it keeps the contract.
    pub fn check(&self, observation: &Observation) -> Vec<String> {
        let Observation { version, method, target, status, body } = observation;
        let path = format!("/{}", target.split('?').next().unwrap_or_default().trim_matches('/'));
        let azure = *version == AZURE;
        if !azure && path.ends_with("/$count") && status.is_success() {
            let number = body.as_ref().is_some_and(serde_json::Value::is_number);
            return if number { Vec::new() } else { vec![format!("{target} is no number")] };
        }
        if path == if azure { "/batch" } else { "/$batch" } && status.is_success() {
            return check_batch(azure, body.as_ref());
        }
        let complaints = if status.is_success() {
            match self.find(version, target, &path) {
                Some(Place { document, template }) => self.documents[document].check(&template, observation),
                None if self.complete => vec!["the contract has no such path".to_owned()],
                None => Vec::new(),
            }
        } else if method == "HEAD" {
            // It never has a body.
            Vec::new()
        } else {
            // One document of each service describes the shape of its errors.
            let mut checked = self.documents.iter().filter_map(|document| document.check_error(azure, body.as_ref()));
            checked.next().unwrap_or_default()
        };
        complaints
            .into_iter()
            .map(|complaint| format!("{method} /{version}/{target} answered {status}: {complaint}"))
            .collect()
    }

    /// The document and its path template for a call: of the version that was asked, or else, where the contracts are
    /// complete, of another of the same service (beta serves what v1.0 does, too, and may say more of it).
    fn find(&self, version: &str, target: &str, path: &str) -> Option<Place> {
        let family = if version == AZURE { AZURE } else { "graph" };
        let asked = if version == AZURE { api_version(target) } else { version };
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        // No template has a GUID in it: paths that differ in those alone match the same.
        let place = places.entry(format!("{family} {asked} {}", without_guids(path)));
        place.or_insert_with(|| self.search(family, asked, path)).clone()
    }

    fn search(&self, family: &str, asked: &str, path: &str) -> Option<Place> {
        let of = |document: &Document| document.service.split_once('/').map(|(of, is)| (of == family, is == asked));
        let numbered = || self.documents.iter().enumerate();
        let exact = numbered().filter(|(_, document)| of(document) == Some((true, true)));
        let other = numbered().filter(|(_, document)| self.complete && of(document) == Some((true, false)));
        let mut ordered = exact.chain(other);
        ordered
            .find_map(|(number, document)| Some(Place { document: number, template: document.template(path)?.into() }))
    }
}

/// The `api-version` that a call to Azure Resource Manager names.
fn api_version(target: &str) -> &str {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query.split('&').find_map(|option| option.strip_prefix("api-version=")).unwrap_or_default()
}

/// A batch has a shape, but no contract; the answers within it are observed on their own.
fn check_batch(azure: bool, body: Option<&Value>) -> Vec<String> {
    let complete = |response: &Value| {
        let status = if azure { "httpStatusCode" } else { "status" };
        response[status].is_u64() && response["headers"].is_object() && (azure || response["id"].is_string())
    };
    match body.and_then(|body| body["responses"].as_array()) {
        Some(responses) if responses.iter().all(complete) => Vec::new(),
        _ => vec![format!("a batch was answered with {body:?}")],
    }
}

impl Document {
    /// The path template that a path matches.
    fn template(&self, path: &str) -> Option<&str> {
        let templates = self.content["paths"].as_object()?;
        paths::find(templates.keys().map(String::as_str), path)
    }

    fn check(&self, template: &str, observation: &Observation) -> Vec<String> {
        let body = observation.body.as_ref();
        let method = observation.method.as_str().to_ascii_lowercase();
        let responses = &self.content["paths"][template][&method]["responses"];
        let exact = observation.status.as_str();
        // Some changes that the contract generator gives a body answer without one, as documented; and what leads to
        // nothing has none.
        let silent = exact == "204" && body.is_none() && ["get", "patch", "put"].contains(&method.as_str());
        if silent && responses.is_object() {
            return Vec::new();
        }
        // An operation that goes on is accepted, where the generator knows no more than that there is no body.
        let accepted = || if exact == "202" && body.is_none() { responses.get("204") } else { None };
        let Some(response) = responses.get(exact).or_else(|| responses.get("2XX")).or_else(accepted) else {
            return vec!["the contract has no such operation".to_owned()];
        };
        let schema = &response["content"]["application/json"]["schema"];
        match (body, schema.is_null()) {
            (None, true) => Vec::new(),
            (Some(_), true) => vec!["the contract has no body here".to_owned()],
            (None, false) => vec!["the contract has a body here".to_owned()],
            (Some(body), false) => self.validate(&format!("{method} {template} {exact}"), schema, body),
        }
    }

    /// What is wrong with an error; `None` if this document does not describe its shape.
    fn check_error(&self, azure: bool, body: Option<&Value>) -> Option<Vec<String>> {
        let name = if azure { "ErrorResponse" } else { "microsoft.graph.oDataError" };
        self.content["components"]["schemas"].get(name)?;
        let error = json!({ "$ref": format!("{}{name}", schema::COMPONENTS) });
        Some(match body {
            Some(body) if body["error"]["code"].is_string() && body["error"]["message"].is_string() => {
                self.validate("error", &error, body)
            }
            _ => vec!["an error without code and message".to_owned()],
        })
    }

    fn validate(&self, key: &str, schema: &Value, body: &Value) -> Vec<String> {
        // The contracts describe the rows of a list by one schema, whatever the rows beside them are.
        let Some((unlike, shapes)) = self.known.unlike(key, body) else { return Vec::new() };
        let validator = {
            let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
            let validator = validators.entry(key.to_owned());
            validator.or_insert_with(|| Arc::new(schema::validator(&self.content, schema, &self.definitions))).clone()
        };
        if validator.is_valid(&unlike) {
            self.known.learn(shapes);
            return Vec::new();
        }
        let complaints = validator.iter_errors(body);
        complaints.map(|complaint| format!("at {:?}: {complaint}", complaint.instance_path().to_string())).collect()
    }
}

/// What was wrong with the answers seen so far.
#[derive(Clone, Debug, Default)]
struct Complaints(Arc<Mutex<Vec<String>>>);

impl Complaints {
    fn look(&self, observation: &Observation) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(check(observation));
    }
}

/// Watches a tenant; when it is dropped, any answer that broke the contract fails the test.
#[derive(Debug)]
pub struct Watch(Complaints);

impl Watch {
    /// Watch a tenant from now on.
    pub fn over(app: &App) -> Self {
        let complaints = Complaints::default();
        let sink = complaints.clone();
        app.observer.watch(move |observation| sink.look(observation));
        Self(complaints)
    }

    /// Look at an answer as if the tenant had given it.
    pub fn look(&self, observation: &Observation) {
        self.0.look(observation);
    }

    /// What was wrong so far; asking forgets it.
    pub fn take_complaints(&self) -> Vec<String> {
        std::mem::take(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let complaints = self.take_complaints();
        // A test that fails already says why.
        assert!(
            complaints.is_empty() || std::thread::panicking(),
            "answers that break Microsoft's contract:\n{}",
            complaints.join("\n")
        );
    }
}

//! Validates every answer of Microsoft Graph and Azure Resource Manager against Microsoft's contract (feature `contract`, for tests).
//!
//! The contracts are OpenAPI documents in `../shared/api/contracts` beside the repository, or in the folder that the
//! environment variable `PIMENTO_CONTRACTS` names. They describe what may be in an answer; here nothing else may be, so
//! that a misspelt property is a failure. Where there is no such folder, the check says loudly that it was skipped.

mod arm;
mod paths;
mod schema;

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::Value;

use crate::arm::VERSION as ARM;
use crate::graph::Observation;
use crate::state::App;

/// The documents, by the version of Graph that they describe. The first that has a path answers for it.
const DOCUMENTS: [(&str, &str); 10] = [
    ("v1.0", "graph-v1.0-pim-roles.openapi.yaml"),
    ("v1.0", "graph-v1.0-pim-policies.openapi.yaml"),
    ("v1.0", "graph-v1.0-pim-groups.openapi.yaml"),
    ("v1.0", "graph-v1.0-audit-directory.openapi.yaml"),
    ("beta", "graph-beta-approvals.openapi.yaml"),
    (ARM, "arm-2020-10-01-pim.swagger.json"),
    (ARM, "arm-2021-01-01-preview-approvals.swagger.json"),
    (ARM, "arm-scopes-subscriptions.swagger.json"),
    (ARM, "arm-scopes-resourcegroups.swagger.json"),
    (ARM, "arm-scopes-managementgroups.swagger.json"),
];

/// Microsoft's contract of the part of Graph that the tenant simulates.
#[derive(Debug)]
pub struct Contracts {
    documents: Vec<Document>,
}

#[derive(Debug)]
struct Document {
    version: &'static str,
    content: Value,
    /// Every component's schema, closed.
    definitions: Value,
    /// Ready validators by operation and status.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// The contracts beside this repository, read once.
static BESIDE: LazyLock<Option<Contracts>> = LazyLock::new(|| {
    let folder = folder();
    if folder.is_dir() {
        return Some(Contracts::read(&folder));
    }
    // Not `eprintln!`, which the test harness hides when tests pass.
    let _ = writeln!(
        std::io::stderr(),
        "\n*** SKIPPED: answers are NOT validated against Microsoft's contract, since there is no {} ***\n\
         *** (PIMENTO_CONTRACTS names another folder)                                             ***\n",
        folder.display()
    );
    None
});

fn folder() -> PathBuf {
    std::env::var_os("PIMENTO_CONTRACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/contracts"), PathBuf::from)
}

impl Contracts {
    /// The contracts, if they are there.
    pub fn beside() -> Option<&'static Self> {
        BESIDE.as_ref()
    }

    /// Read the contracts of a folder.
    ///
    /// # Panics
    ///
    /// When one of them is missing or is no OpenAPI document.
    pub fn read(folder: &Path) -> Self {
        let read = |(version, name): (&'static str, &str)| {
            let path = folder.join(name);
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let content: Value = if version == ARM {
                arm::as_openapi(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            } else {
                serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            };
            Document { version, definitions: schema::definitions(&content), content, validators: Mutex::default() }
        };
        Self { documents: DOCUMENTS.into_iter().map(read).collect() }
    }

    /// What is wrong with an answer; nothing, if it keeps the contract.
    pub fn check(&self, observation: &Observation) -> Vec<String> {
        let path = format!("/{}", observation.target.split('?').next().unwrap_or_default().trim_matches('/'));
        if path == "/$batch" {
            return check_batch(observation);
        }
        let in_arm = observation.version == ARM;
        let path = if in_arm { arm::template_path(&path) } else { path };
        if in_arm && observation.status.is_success() && arm::is_undescribed(&path) {
            return Vec::new();
        }
        // Beta serves what v1.0 does, too.
        let mut candidates = self.documents.iter().filter(|document| document.version == observation.version);
        let found = candidates.find_map(|document| Some((document, document.template(&path)?)));
        let mut graph = self.documents.iter().filter(|document| document.version != ARM && !in_arm);
        let found = found.or_else(|| graph.find_map(|document| Some((document, document.template(&path)?))));
        let complaints = match found {
            _ if in_arm && !observation.status.is_success() => arm::check_error(observation.body.as_ref()),
            Some((document, template)) => document.check(template, observation),
            None if observation.status.is_success() => vec!["the contract has no such path".to_owned()],
            None => self.documents[0].check_error(observation.body.as_ref()),
        };
        let Observation { version, method, target, status, .. } = observation;
        complaints
            .into_iter()
            .map(|complaint| format!("{method} /{version}/{target} answered {status}: {complaint}"))
            .collect()
    }
}

/// A batch has a shape, but no contract; the answers within it are observed on their own.
fn check_batch(observation: &Observation) -> Vec<String> {
    if !observation.status.is_success() {
        return Vec::new();
    }
    let responses = observation.body.as_ref().and_then(|body| body["responses"].as_array());
    let complete =
        |response: &Value| response["id"].is_string() && response["status"].is_u64() && response["headers"].is_object();
    match responses {
        Some(responses) if responses.iter().all(complete) => Vec::new(),
        _ => vec![format!("a batch was answered with {:?}", observation.body)],
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
        if !observation.status.is_success() {
            return self.check_error(body);
        }
        let method = observation.method.as_str().to_ascii_lowercase();
        let responses = &self.content["paths"][template][&method]["responses"];
        let exact = observation.status.as_str();
        let Some(response) = responses.get(exact).or_else(|| responses.get("2XX")) else {
            return vec!["the contract has no such operation".to_owned()];
        };
        let schema = &response["content"]["application/json"]["schema"];
        match (body, schema.is_null()) {
            (None, true) => Vec::new(),
            (Some(_), true) => vec!["the contract has no body here".to_owned()],
            // Some operations that the contract generator gives a body answer without one, as documented.
            (None, false) if exact == "204" => Vec::new(),
            (None, false) => vec!["the contract has a body here".to_owned()],
            (Some(body), false) => self.validate(&format!("{method} {template}"), schema, body),
        }
    }

    fn check_error(&self, body: Option<&Value>) -> Vec<String> {
        let error = serde_json::json!({ "$ref": "#/components/schemas/microsoft.graph.oDataError" });
        match body {
            Some(body) if body["error"]["code"].is_string() && body["error"]["message"].is_string() => {
                self.validate("error", &error, body)
            }
            _ => vec!["an error without code and message".to_owned()],
        }
    }

    fn validate(&self, key: &str, schema: &Value, body: &Value) -> Vec<String> {
        let validator = {
            let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
            let validator = validators.entry(key.to_owned());
            validator.or_insert_with(|| Arc::new(schema::validator(&self.content, schema, &self.definitions))).clone()
        };
        let complaints = validator.iter_errors(body);
        complaints.map(|complaint| format!("at {:?}: {complaint}", complaint.instance_path().to_string())).collect()
    }
}

/// What was wrong with the answers seen so far.
#[derive(Clone, Debug, Default)]
struct Complaints(Arc<Mutex<Vec<String>>>);

impl Complaints {
    fn look(&self, observation: &Observation) {
        if let Some(contracts) = Contracts::beside() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(contracts.check(observation));
        }
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

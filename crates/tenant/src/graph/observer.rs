//! Lets tests see every answer of Microsoft Graph and Azure Resource Manager, those within batches and those to bad tokens included.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use serde_json::Value;

/// One call and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// `v1.0` or `beta`; `arm` for Azure Resource Manager.
    pub version: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the version with its query, as it came.
    pub target: String,
    /// The status.
    pub status: StatusCode,
    /// The JSON body; `None` where there was none.
    pub body: Option<Value>,
}

type Watcher = Arc<dyn Fn(&Observation) + Send + Sync>;

/// Whoever is told of every answer.
#[derive(Default)]
pub struct Observer(Mutex<Option<Watcher>>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Observer").finish_non_exhaustive()
    }
}

impl Observer {
    /// Tell `watcher` of every answer from now on, and nobody else.
    pub fn watch(&self, watcher: impl Fn(&Observation) + Send + Sync + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(watcher));
    }

    /// Tell of an answer. The observation is made only if somebody watches.
    pub(crate) fn tell(&self, observation: impl FnOnce() -> Observation) {
        let watcher = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(watcher) = watcher {
            watcher(&observation());
        }
    }
}

//! What the tenant has committed, in order: activations, deactivations, decisions, expiries, consents …
//! Tests read it over `GET /control/ledger` to learn what really happened, whatever a client believes.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One committed fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in tenant time.
    pub at: DateTime<Utc>,
    /// What: a short name such as `selfActivate`, `selfDeactivate`, `expired`, `approved`, `consent`, `signIn`.
    pub event: String,
    /// Whose it is: the user's principal name.
    pub user: String,
    /// What else belongs to it (request id, role definition id, scope, duration, …), depending on the event.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub details: Value,
}

/// The ledger of a tenant.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<Vec<Entry>>);

impl Ledger {
    /// A ledger that goes on after `entries`.
    pub fn resume(entries: Vec<Entry>) -> Self {
        Self(Mutex::new(entries))
    }

    /// Append a fact.
    pub fn record(&self, entry: Entry) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// Everything so far, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

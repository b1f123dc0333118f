//! Later ends that were asked for: remembered until somebody has decided on them, since not everybody may list such requests.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::memory::Memory;
use crate::model::{Extension, RoleKey};

/// A later end that was, or is about to be, asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AskedExtension {
    /// What is asked for.
    pub extension: Extension,
    /// Server time at which it was written down, before it was sent.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub at: DateTime<Utc>,
    /// The end that it had then: a later one says that it was granted.
    #[serde(deserialize_with = "crate::model::moment::deserialize")]
    pub had: DateTime<Utc>,
    /// The service has the request.
    #[serde(default)]
    pub taken: bool,
    /// The request's id, where the service told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl AskedExtension {
    /// Is it about this?
    pub fn is(&self, key: &RoleKey, eligibility: bool) -> bool {
        self.extension.eligibility == eligibility && self.extension.key == *key
    }
}

impl Memory {
    pub(super) fn ask(&mut self, asked: AskedExtension) {
        self.extensions.retain(|known| !known.is(&asked.extension.key, asked.extension.eligibility));
        self.extensions.push(asked);
    }

    pub(super) fn taken(&mut self, key: &RoleKey, eligibility: bool, request: Option<&String>) {
        if let Some(asked) = self.extensions.iter_mut().find(|asked| asked.is(key, eligibility)) {
            asked.taken = true;
            asked.request = request.cloned().or(asked.request.take());
        }
    }

    /// Takes over what a process beside this one asked for; of what both know, the newer.
    pub(super) fn absorb_extensions(&mut self, others: Vec<AskedExtension>) {
        for other in others {
            let (key, eligibility) = (&other.extension.key, other.extension.eligibility);
            let ours = self.extensions.iter().find(|asked| asked.is(key, eligibility));
            if ours.is_none_or(|ours| (ours.at, ours.taken) < (other.at, other.taken)) {
                self.ask(other);
            }
        }
    }
}

//! What went wrong, for people: what happened, what to do next, the service's code and correlation id.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::codes;

/// What would help: the one button beside a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Remedy {
    /// Nothing to do but read.
    None,
    /// Sign in again (session gone, or a step-up was cancelled).
    SignIn,
    /// Change what was entered (reason, ticket, duration) and try again.
    EditForm,
    /// Try again; not before `at` where the service said so.
    Retry {
        /// Server time before which a retry is refused.
        at: Option<DateTime<Utc>>,
    },
    /// Read the lists again.
    Refresh,
    /// Send this text to an administrator.
    AskAdmin {
        /// What to copy.
        text: String,
    },
}

/// A failure told to a person. Never holds a token or a request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The service's own code (`RoleAssignmentExists`, `AADSTS65001`), or ours in lower kebab case (`network`, `not-json`).
    pub code: String,
    /// One sentence: what happened.
    pub message: String,
    /// What would help.
    pub remedy: Remedy,
    /// `request-id` or AADSTS correlation id.
    pub correlation_id: Option<String>,
    /// The service's own words, shown folded away; control and bidirectional characters removed.
    pub detail: Option<String>,
}

/// What stood in the way, as far as the code tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The network or the service: it was not reached, has a fault, or asks for a pause.
    Unreachable,
    /// The session is over.
    SignedOut,
    /// Somebody said no.
    Refused,
}

impl Problem {
    /// What stood in the way.
    pub fn obstacle(&self) -> Obstacle {
        match codes::outcome(&self.code) {
            codes::Outcome::NotSent => Obstacle::Unreachable,
            codes::Outcome::SignedOut => Obstacle::SignedOut,
            _ => Obstacle::Refused,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { message, code, correlation_id, .. } = self;
        f.write_str(&match correlation_id {
            None => say!("problem-with-code", message = message, code = code),
            Some(id) => say!("problem-with-code-and-id", message = message, code = code, id = id),
        })
    }
}

impl std::error::Error for Problem {}

//! The PIM engine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;

/// What the engine knows; goes into the state file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {}

impl State {
    /// The state at the tenant's start.
    pub fn new(scenario: &Scenario, now: DateTime<Utc>) -> Self {
        let _ = (scenario, now);
        Self::default()
    }
}

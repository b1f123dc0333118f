//! How the tenant's handlers reach the engine.

use chrono::{DateTime, Utc};

use super::State;

impl crate::state::State {
    /// Bring the engine up to the present, do something with it, and enter what was committed in the ledger.
    pub fn with_pim<R>(&self, run: impl FnOnce(&mut State, DateTime<Utc>) -> R) -> R {
        let mut pim = self.pim();
        // Read under the lock, so that the engine never sees time go backwards unless the clock was set back.
        let now = self.clock.now();
        pim.advance(&self.scenario, now);
        let result = run(&mut pim, now);
        let entries = pim.take_committed();
        if !entries.is_empty() {
            for entry in entries {
                self.ledger.record(entry);
            }
            self.touch();
        }
        result
    }
}

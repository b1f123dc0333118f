//! The clock was fast, and was put right: what was set by the wrong time is set anew. An hour too much must not become an
//! hour of "checking".
//!
//! What happened, happened at the latest now; what is waited for comes as much earlier as the clock was fast. A clock that
//! was slow cannot be told from time that has passed.

use chrono::{DateTime, Duration, Utc};

use super::{
    Again, Call, Elevation,
    attempt::{Attempt, Stage},
};

impl Elevation {
    /// Notes the time that an event came with.
    pub(super) fn keep_time(&mut self, now: DateTime<Utc>) {
        let fast = self.last - now;
        self.last = now;
        if fast <= Duration::zero() {
            return;
        }
        self.started = self.started.min(now);
        for call in self.calls.values_mut() {
            if let Call::LookUp { started } | Call::Active { started } = call {
                *started = now.min(*started);
            }
        }
        for attempt in self.attempts.values_mut() {
            attempt.rewind(fast, now);
        }
        for again in self.unlisted.values_mut() {
            again.rewind(fast);
        }
        self.rewind_endings(fast, now);
        self.lists.rewind(fast);
        self.board.rewind(fast);
    }
}

impl Again {
    pub(super) fn rewind(&mut self, fast: Duration) {
        self.at -= fast;
    }
}

impl Attempt {
    fn rewind(&mut self, fast: Duration, now: DateTime<Utc>) {
        self.at = self.at.min(now);
        self.asked = self.asked.min(now);
        self.retry.rewind(fast);
        match &mut self.stage {
            Stage::Undo { until } | Stage::Gathering { until } => *until -= fast,
            Stage::Due { look } => *look -= fast,
            Stage::Checking { since, again, .. } => {
                *since = now.min(*since);
                again.rewind(fast);
            }
            Stage::Pending { since, waited, again, .. } => {
                *since = now.min(*since);
                *waited = waited.map(|waited| waited.min(now));
                again.rewind(fast);
            }
            Stage::Recording | Stage::Submitting | Stage::Retrying | Stage::SteppingUp { .. } => {}
        }
    }
}

//! What was asked for longer ago than the settings say is forgotten: looked at once the service has told the time, whenever
//! that is set anew, and then once a day. A clock that is wrong at the start forgets nothing.

use chrono::{DateTime, Duration, Utc};

use super::Elevation;
use crate::journal::{Fact, Memory};

/// What is over is needed for a while: after a restart, a request is known for one's own by it.
const NEEDED: Duration = Duration::hours(2);

/// Between two looks.
const DAILY: Duration = Duration::days(1);

/// The same, where next to nothing is kept.
const HOURLY: Duration = Duration::hours(1);

/// When somebody looks next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forgetting(Option<DateTime<Utc>>);

impl Elevation {
    /// How long it is kept may have changed.
    pub(super) fn look_what_to_forget(&mut self) {
        self.forgetting = Forgetting::default();
    }

    pub(super) fn forgetting_due(&mut self, now: DateTime<Utc>) {
        let often = if self.options.history < NEEDED { HOURLY } else { DAILY };
        // A clock that was fast has gone back since.
        let rests = self.forgetting.0.is_some_and(|next| now < next && next - now <= often);
        if rests || !self.knows_the_time() {
            return;
        }
        self.forgetting = Forgetting(Some(now + often));
        let before = now - self.options.history.max(NEEDED);
        let mut kept = self.memory.clone();
        kept.lapse(before);
        if kept != self.memory {
            self.note(vec![Fact::Lapsed { before }]);
        }
    }

    /// Whoever has nothing to forget, or does not know the time, wants to be woken by nobody.
    pub(super) fn forgetting_deadline(&self) -> Option<DateTime<Utc>> {
        let Memory { history, ended, .. } = &self.memory;
        let past = !history.is_empty() || !ended.is_empty();
        self.forgetting.0.filter(|_| past && self.knows_the_time())
    }

    /// The service has answered in this run.
    fn knows_the_time(&self) -> bool {
        self.away.values().any(|away| !away)
    }
}

//! Waiting between tries.

use chrono::{DateTime, Duration, Utc};

/// Something that is tried again, less and less often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    pub at: DateTime<Utc>,
    pub tries: usize,
}

impl Again {
    pub fn at(at: DateTime<Utc>) -> Self {
        Self { at, tries: 0 }
    }

    /// The next time, `steps` (milliseconds) after now; the last step repeats.
    pub fn after(self, steps: &[i64], now: DateTime<Utc>) -> Self {
        let step = steps[self.tries.min(steps.len() - 1)];
        Self { at: now + Duration::milliseconds(step), tries: self.tries.saturating_add(1) }
    }

    /// No later than a moment that decides, if that is still to come.
    pub fn no_later_than(self, moment: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if moment > now { Self { at: self.at.min(moment), ..self } } else { self }
    }

    /// Not before the moment a service named. A day at most: more is a mistake.
    pub fn not_before(self, moment: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        let moment = moment.map_or(self.at, |moment| moment.min(now + Duration::days(1)));
        Self { at: self.at.max(moment), ..self }
    }

    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        self.at += by;
    }
}

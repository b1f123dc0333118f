//! The clock was wrong and was put right: what was set by the wrong time is set anew. An hour too much must not become an
//! hour of "checking", nor an hour too little the end of it before the service was asked twice.
//!
//! What happened here happened at the latest now; what is waited for is still as far away as it was. A clock that was fast
//! shows by going back. One that was slow looks like time that has passed: whoever keeps the clock tells
//! ([`Event::PutForward`](super::Event::PutForward)). What the journal, or the service, dates is right already, and so is when a service wants to hear from us again.

use chrono::{DateTime, Duration, Utc};

use super::{
    Call, Elevation,
    stage::{Attempt, Stage, Waited},
};

impl Elevation {
    /// Notes the time that an event came with.
    pub(super) fn keep_time(&mut self, now: DateTime<Utc>) {
        let fast = self.last - now;
        self.last = now;
        if fast > Duration::zero() {
            self.shift(-fast, now);
        }
    }

    /// The clock was slow.
    pub(super) fn put_forward(&mut self, slow: Duration, now: DateTime<Utc>) {
        if slow > Duration::zero() {
            self.shift(slow, now);
        }
    }

    fn shift(&mut self, by: Duration, now: DateTime<Utc>) {
        self.started = past(self.started, by, now);
        for call in self.calls.values_mut() {
            if let Call::LookUp { started, .. } | Call::Active { started, .. } | Call::Extensions { started, .. } = call
            {
                *started = past(*started, by, now);
            }
        }
        for attempt in self.attempts.values_mut() {
            attempt.shift(by, now);
        }
        for again in self.unlisted.values_mut() {
            again.shift(by);
        }
        if let Some(ripple) = &mut self.ripple {
            ripple.shift(by);
        }
        self.shift_endings(by, now);
        self.shift_extensions(by, now);
        self.lists.shift(by);
        self.board.shift(by);
    }
}

/// A moment that is over, by the clock as it is now.
pub(super) fn past(moment: DateTime<Utc>, by: Duration, now: DateTime<Utc>) -> DateTime<Utc> {
    // A clock that was fast is known to be so at the moment it goes back, not since when: all that is certain is "not later".
    if by < Duration::zero() { moment.min(now) } else { (moment + by).min(now) }
}

/// The same, of something that the journal has dated, if it did: that is the service's time, and no earlier than a slow clock
/// has made of it.
pub(super) fn dated(
    moment: DateTime<Utc>,
    dated: Option<DateTime<Utc>>,
    by: Duration,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    match dated {
        Some(dated) if by >= Duration::zero() => moment.max(dated.min(now)),
        _ => past(moment, by, now),
    }
}

impl Attempt {
    fn shift(&mut self, by: Duration, now: DateTime<Utc>) {
        self.at = dated(self.at, self.dated, by, now);
        self.asked = dated(self.asked, self.dated, by, now);
        self.retry.shift(by);
        match &mut self.stage {
            Stage::Undo { until } | Stage::Gathering { until } => *until += by,
            Stage::Due { look } => *look += by,
            Stage::Checking { since, again, .. } => {
                *since = past(*since, by, now);
                again.shift(by);
            }
            Stage::Pending { since, waited, again, .. } => {
                *since = past(*since, by, now);
                if self.dated.is_none() || by < Duration::zero() {
                    *waited = waited.map(|Waited { last, over }| Waited {
                        last: past(last, by, now),
                        over: over.map(|over| past(over, by, now)),
                    });
                }
                again.shift(by);
            }
            Stage::Recording
            | Stage::Submitting
            | Stage::Retrying
            | Stage::SteppingUp { .. }
            | Stage::Explaining { .. } => {}
        }
    }
}

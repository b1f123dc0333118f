//! What is done without a click because the user has set it so, and until when.
//!
//! Nobody is at the screen: no browser is opened for any of it, and what the service refuses is tried once.

use chrono::{DateTime, Days, Duration, Utc};

use super::{ByItself, Elevation, words};
use crate::{
    failure::Failure,
    journal::{Grant, Origin, Outcome},
    wall,
};

/// Between two tries while the network is away: a machine whose lid was closed has none, and has none yet when it wakes up.
const PAUSE: Duration = Duration::seconds(15);
/// The same once it has been away for long.
const LONG_PAUSE: Duration = Duration::minutes(1);

impl Elevation {
    pub(super) fn by_itself(&mut self, deed: ByItself, now: DateTime<Utc>) {
        match deed {
            ByItself::End { id } => self.end_by_itself(&id, now),
            ByItself::Arm { id } => self.arm_by_itself(&id, now),
        }
    }

    /// What is not active, or being ended already, needs nothing.
    fn end_by_itself(&mut self, id: &str, now: DateTime<Utc>) {
        if let Ok((key, principal_id)) = self.may_end(id, now) {
            self.disarm(id, now);
            self.end(id, key, principal_id, false, now);
        }
    }

    /// When an ending that nobody watches is tried again; `None`: not any more. Without a network it is tried for as long as
    /// there is something to end: what the user wants ended when the lid is closed must not be active after that.
    pub(super) fn ends_again(failure: &Failure, asked: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let away = matches!(failure, Failure::NotSent { .. });
        let pause = (now - asked).clamp(PAUSE, LONG_PAUSE);
        away.then(|| failure.retry_at().unwrap_or(now).max(now + pause))
    }

    fn arm_by_itself(&mut self, id: &str, now: DateTime<Utc>) {
        let known = self.memory.grants.get(id).is_some_and(|grant| self.lists.requirements(&grant.key).known);
        let engaged = self.is_armed(id) || self.arms(id) || self.attempts.contains_key(id) || self.ending(id);
        if !known || engaged || self.failures.contains_key(id) {
            return;
        }
        if let Ok(activation) = self.renewal_of(id, now)
            && self.is_proven(&activation.key)
        {
            self.armed(id, activation, true, now);
        }
    }

    /// When it was too late for a renewal of what is active from `start` on to be sent at `at`; `None`: it is not. It is once
    /// such a time has passed in between, or earlier on that day.
    pub(super) fn too_late(&self, start: DateTime<Utc>, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let zone = self.options.zone;
        let today = wall::day(at, zone);
        let days = [Some(today), today.checked_sub_days(Days::new(1))].into_iter().flatten();
        let limits = days.flat_map(|day| {
            let ends = self.options.day_ends.filter(|_| self.options.kept != Some(day));
            let times = [self.options.renews_until, ends].into_iter().flatten();
            times.map(move |time| (day, wall::moment(day, time, zone)))
        });
        limits.filter(|(day, limit)| *limit <= at && (*day == today || *limit > start)).map(|(_, limit)| limit).min()
    }

    /// The same of an armed activation, at its end.
    pub(super) fn not_after(&self, grant: &Grant) -> Option<DateTime<Utc>> {
        self.too_late(grant.start, grant.end)
    }

    /// Disarms what would renew too late, when its end is warned of: what was sent beforehand is taken back.
    pub(super) fn disarm_late(&mut self, now: DateTime<Utc>) {
        let late = |(id, grant): &(&String, &Grant)| {
            let at = grant.end.max(now);
            self.is_armed(id) && self.warning_at(grant) <= now && self.too_late(grant.start, at).is_some()
        };
        let late: Vec<_> = self.memory.grants.iter().filter(late).map(|(id, _)| id.clone()).collect();
        for id in late {
            self.disarm(&id, now);
        }
    }

    /// Of those about to be sent again: what does not renew too late by now. Of what may have been carried out the answer is
    /// wanted all the same.
    pub(super) fn still_allowed(&mut self, mut ids: Vec<String>, now: DateTime<Utc>) -> Vec<String> {
        ids.retain(|id| {
            let attempt =
                self.attempts.get(id).filter(|attempt| attempt.origin == Origin::Renewal && !attempt.repeated);
            let Some(due) = attempt.and_then(|attempt| attempt.follows) else { return true };
            let start = self.memory.ended.get(id).map_or(due, |ended| ended.grant.start);
            let late = self.too_late(start, now).is_some();
            if late {
                self.fail(id, words::renewal_lapsed(), Outcome::NotSent, now);
            }
            !late
        });
        ids
    }

    /// Of what has ended already: nothing follows, however late that is noticed. `true`: it was disarmed.
    pub(super) fn lapsed(&mut self, id: &str, now: DateTime<Utc>) -> bool {
        let Some(renewal) = self.memory.renewals.get(id).filter(|renewal| renewal.origin == Origin::Renewal) else {
            return false;
        };
        let Some(due) = renewal.due else { return false };
        let start = self.memory.ended.get(id).map_or(due, |ended| ended.grant.start);
        let late = self.too_late(start, now.max(due)).is_some();
        if late {
            self.disarm(id, now);
        }
        late
    }
}

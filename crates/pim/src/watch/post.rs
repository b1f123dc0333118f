//! One account's watch: what is looked at when, and what of it is news. Synchronous, and handed the time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    activations::{Activation, is_watched},
    memory::Memory,
    words::{Manner, approval_tag},
};
use crate::{
    api::ENTERED,
    elevation::Notification,
    failure::Failure,
    manage::{
        approvals::{PATIENCE, PendingApproval},
        reviews::{Reviewed, Tally},
    },
    model::{Action, AuditRecord, Eligibility, Kind, MemberType, titled},
    quiet,
    view::Watch,
};

/// Between two looks at what waits for somebody who was asked for a decision before: 20 an hour, a request for each kind.
const APPROVER: TimeDelta = TimeDelta::minutes(3);

/// The same for everybody else.
const OTHERS: TimeDelta = TimeDelta::hours(1);

/// Between two looks at access reviews: they last for days.
const REVIEWS: TimeDelta = TimeDelta::hours(6);

/// A review that ends within this is told of.
const ENDS_SOON: TimeDelta = TimeDelta::days(3);

/// Between two looks at the log: 40 requests an hour, and news within two minutes.
const ACTIVATIONS: TimeDelta = TimeDelta::seconds(90);

/// The log may name what happened only some minutes later: so far is read once more each time.
const LATE: TimeDelta = TimeDelta::minutes(15);

/// After a longer absence, what was before is no news.
const MISSED: TimeDelta = TimeDelta::hours(24);

/// Between two looks at the account's own lists: what it may and may no longer do.
const LISTS: TimeDelta = TimeDelta::hours(4);

/// The first of them: whoever has just signed in looks at the list itself.
const FIRST_LISTS: TimeDelta = TimeDelta::hours(1);

/// By then a list that was asked for has been read and kept.
const READ_WITHIN: TimeDelta = TimeDelta::minutes(2);

/// An eligibility can be extended in its last days ("Extend or renew Microsoft Entra role assignments").
const EXTENDABLE: TimeDelta = TimeDelta::days(14);

/// What nobody has consented to is not asked for again so soon: each refusal is a line in somebody's log.
const REFUSED: TimeDelta = TimeDelta::hours(24);

/// What takes a role that the account does not have just now: it may activate it.
const WITHOUT_ROLE: TimeDelta = TimeDelta::minutes(15);

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// What waits for the account's decision, of these kinds.
    Approvals(Vec<Kind>),
    /// Access reviews.
    Reviews,
    /// The log, from then on.
    Activations(DateTime<Utc>),
    /// The account's own lists.
    Lists,
    /// Which of its eligibilities end soon, as they were read last.
    Endings,
}

/// What a kind answered: what waits, or why that is not known.
pub type Found = (Kind, Result<Vec<PendingApproval>, Failure>);

/// One account's watch.
#[derive(Debug)]
pub struct Post {
    memory: Memory,
    own_id: String,
    approvals: DateTime<Utc>,
    reviews: DateTime<Utc>,
    activations: DateTime<Utc>,
    lists: DateTime<Utc>,
    endings: DateTime<Utc>,
    refused: BTreeMap<Kind, DateTime<Utc>>,
    /// Ids of what waits, by kind.
    waiting: BTreeMap<Kind, BTreeSet<String>>,
    /// Tags of notifications about several requests.
    batches: Vec<String>,
}

impl Post {
    /// From `now` on, with what was told before. `own_id` is the account's object id: what it does itself is no news.
    pub fn new(memory: Memory, own_id: String, now: DateTime<Utc>) -> Self {
        Self {
            memory,
            own_id,
            approvals: now,
            reviews: now,
            activations: now,
            // They were read just now.
            lists: now + FIRST_LISTS,
            endings: now + FIRST_LISTS + READ_WITHIN,
            refused: BTreeMap::new(),
            waiting: BTreeMap::new(),
            batches: Vec::new(),
        }
    }

    /// What is to be kept.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// So many requests wait for the account's decision.
    pub fn waiting(&self) -> usize {
        self.waiting.values().map(BTreeSet::len).sum()
    }

    /// What is to be looked at by now. Each is due again later, whatever comes of it.
    pub fn due(&mut self, watch: &Watch, now: DateTime<Utc>) -> Vec<Errand> {
        let mut errands = Vec::new();
        if self.approvals <= now {
            self.approvals = now + if self.memory.approver { APPROVER } else { OTHERS };
            self.refused.retain(|_, until| *until > now);
            let kinds: Vec<_> = Kind::ALL.into_iter().filter(|kind| !self.refused.contains_key(kind)).collect();
            if !kinds.is_empty() {
                errands.push(Errand::Approvals(kinds));
            }
        }
        if self.memory.reviewer && self.reviews <= now {
            self.reviews = now + REVIEWS;
            errands.push(Errand::Reviews);
        }
        if !watch.activations {
            self.memory.watching_since = None;
            self.memory.held.clear();
        } else if self.activations <= now {
            self.activations = now + ACTIVATIONS;
            let since = *self.memory.watching_since.get_or_insert(now);
            let from = self.memory.looked.unwrap_or(since).max(now - MISSED) - LATE;
            errands.push(Errand::Activations(from.max(since)));
        }
        if self.lists <= now {
            self.lists = now + LISTS;
            self.endings = now + READ_WITHIN;
            errands.push(Errand::Lists);
        } else if self.endings <= now {
            self.endings = now + LISTS + READ_WITHIN;
            errands.push(Errand::Endings);
        }
        errands
    }

    /// When something is due next.
    pub fn next(&self, watch: &Watch, manner: &Manner, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut next = self.approvals.min(self.lists).min(self.endings);
        if self.memory.reviewer {
            next = next.min(self.reviews);
        }
        if watch.activations {
            next = next.min(self.activations);
            if !self.memory.held.is_empty() {
                next = next.min(quiet_until(watch, manner, now).unwrap_or(now));
            }
        }
        next
    }

    /// Somebody has looked, or decided, elsewhere: what waits is looked at soon.
    pub fn look_again(&mut self, now: DateTime<Utc>) {
        self.approvals = self.approvals.min(now);
    }

    /// These were shown in the Manage window, by the kinds that answered: nobody has to be told of them.
    pub fn approvals_shown(
        &mut self,
        shown: Vec<(Kind, Vec<String>)>,
        manner: &Manner,
        now: DateTime<Utc>,
    ) -> Vec<Notification> {
        let mut gone = Vec::new();
        for (kind, ids) in shown {
            self.refused.remove(&kind);
            for id in &ids {
                self.memory.approvals.entry(id.clone()).or_insert(now + PATIENCE);
            }
            gone.extend(self.now_waiting(kind, ids.into_iter().collect()));
        }
        self.memory.approver |= self.waiting() > 0;
        self.withdrawn(&gone, manner)
    }

    /// Takes down what waits of a kind; what waited before and does not any more is returned.
    fn now_waiting(&mut self, kind: Kind, ids: BTreeSet<String>) -> Vec<String> {
        let before = self.waiting.remove(&kind).unwrap_or_default();
        let gone = before.into_iter().filter(|id| !ids.contains(id)).collect();
        self.waiting.insert(kind, ids);
        gone
    }

    /// What hangs there about requests that do not wait any more.
    fn withdrawn(&mut self, gone: &[String], manner: &Manner) -> Vec<Notification> {
        let mut tags: Vec<String> = gone.iter().map(|id| manner.tag(&approval_tag(id))).collect();
        if self.waiting() == 0 {
            tags.append(&mut self.batches);
        }
        tags.into_iter().map(|tag| Notification::Withdraw { tag }).collect()
    }

    /// Access reviews could be read: they can be looked at from now on.
    pub fn reviews_shown(&mut self, now: DateTime<Utc>) {
        self.memory.reviewer = true;
        self.reviews = self.reviews.min(now + REVIEWS);
    }

    /// What came of a look at what waits.
    pub fn approvals_read(&mut self, found: Vec<Found>, manner: &Manner, now: DateTime<Utc>) -> Vec<Notification> {
        let mut new = Vec::new();
        let mut gone = Vec::new();
        for (kind, found) in found {
            let all = match found {
                Ok(all) => all,
                Err(Failure::Refused(_)) => {
                    self.refused.insert(kind, now + REFUSED);
                    Vec::new()
                }
                // What is not known stays as it was.
                Err(_) => continue,
            };
            let open: Vec<_> = all.into_iter().filter(|one| is_open(one, now)).collect();
            let ids: BTreeSet<_> = open.iter().map(|one| one.id.clone()).collect();
            gone.extend(self.now_waiting(kind, ids));
            new.extend(open.into_iter().filter(|one| !self.memory.approvals.contains_key(&one.id)));
        }
        for one in &new {
            self.memory.approvals.insert(one.id.clone(), one.deadline().unwrap_or(now + PATIENCE));
        }
        self.memory.approver |= self.waiting() > 0;
        self.memory.forget_before(now - MISSED);
        let mut told = self.withdrawn(&gone, manner);
        let notify = manner.approvals(&new.iter().collect::<Vec<_>>(), now);
        self.batches.extend(notify.iter().filter(|_| new.len() > 1).map(|notify| notify.tag.clone()));
        told.extend(notify.map(Notification::Notify));
        told
    }

    /// What came of a look at access reviews.
    pub fn reviews_read(&mut self, all: &[Reviewed], manner: &Manner, now: DateTime<Utc>) -> Vec<Notification> {
        let mut ending = Vec::new();
        for reviewed in all {
            let Some(end) = reviewed.review.end.filter(|end| *end > now && *end - now <= ENDS_SOON) else { continue };
            let open = reviewed.items.as_ref().map_or(0, |items| Tally::of(items).open);
            if open > 0 && reviewed.review.is_open() && !self.memory.reviews.contains_key(reviewed.review.id()) {
                self.memory.reviews.insert(reviewed.review.id().to_owned(), end);
                ending.push((reviewed, open));
            }
        }
        manner.reviews(&ending, now).map(Notification::Notify).into_iter().collect()
    }

    /// What came of a look at the account's own eligibilities: those that end soon. One whose end was moved is told anew.
    pub fn eligible_read(&mut self, all: &[Eligibility], manner: &Manner, now: DateTime<Utc>) -> Vec<Notification> {
        let mut ending = Vec::new();
        // Of what comes through a group nobody but the group's owner can ask for more.
        let own = |role: &&Eligibility| role.member_type == MemberType::Direct && role.instance_id != ENTERED;
        for role in all.iter().filter(own) {
            let Some(end) = role.end.filter(|end| *end > now && *end - now <= EXTENDABLE) else { continue };
            if self.memory.endings.insert(role.key.id(), end) != Some(end) {
                ending.push((titled(&role.role_name, role.scope_name.as_deref()), end));
            }
        }
        ending.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        manner.endings(&ending, now).map(Notification::Notify).into_iter().collect()
    }

    /// Access reviews, or the log, may not be read: not again today where a consent is missing, else not so soon.
    pub fn refused(&mut self, errand: &Errand, consent: bool, now: DateTime<Utc>) {
        let again = now + if consent { REFUSED } else { WITHOUT_ROLE };
        match errand {
            Errand::Reviews => self.reviews = again,
            Errand::Activations(_) => self.activations = again,
            Errand::Approvals(_) | Errand::Lists | Errand::Endings => {}
        }
    }

    /// The permission for the log is there: it was read in the Manage window.
    pub fn log_shown(&mut self, now: DateTime<Utc>) {
        self.activations = self.activations.min(now + ACTIVATIONS);
    }

    /// What came of a look at the log; where it was not read to its end, the next look begins where this one did.
    pub fn log_read(
        &mut self,
        records: &[AuditRecord],
        complete: bool,
        watch: &Watch,
        manner: &Manner,
        now: DateTime<Utc>,
    ) -> Vec<Notification> {
        let since = self.memory.watching_since.unwrap_or(now);
        let mut new = Vec::new();
        for record in records.iter().filter(|record| record.at >= since && is_watched(record, &watch.roles)) {
            let Some(activation) = Activation::of(record) else { continue };
            let own = activation.person_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&self.own_id));
            if self.memory.activations.insert(record.id.clone(), record.at).is_none() && !own {
                new.push(activation);
            }
        }
        if complete {
            self.memory.looked = Some(now);
        }
        self.memory.forget_before(now - MISSED);
        self.memory.held.append(&mut new);
        self.tell_activations(watch, manner, now)
    }

    /// What is held back, once the quiet hours are over.
    pub fn tell_activations(&mut self, watch: &Watch, manner: &Manner, now: DateTime<Utc>) -> Vec<Notification> {
        if quiet_until(watch, manner, now).is_some() {
            return Vec::new();
        }
        let mut held = std::mem::take(&mut self.memory.held);
        held.sort_by_key(|activation| activation.at);
        manner.activations(&held, now).map(Notification::Notify).into_iter().collect()
    }
}

/// It can be decided here, and by the caller.
fn is_open(one: &PendingApproval, now: DateTime<Utc>) -> bool {
    let here = !matches!(one.action, Action::SelfExtend | Action::SelfRenew);
    here && !one.own && one.deadline().is_none_or(|deadline| deadline > now)
}

/// Until when it is quiet; `None` where it is not.
fn quiet_until(watch: &Watch, manner: &Manner, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    quiet::until(watch.quiet.as_ref(), now, manner.zone)
}

#[cfg(test)]
#[path = "post_tests.rs"]
mod tests;

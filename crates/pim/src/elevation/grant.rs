//! What is active: what lists and requests say about it, its end, and what follows.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{
    Again, Elevation, Listed, STALE,
    ending::LOCK,
    stage::{Doubt, Stage},
    words,
};
use crate::{
    journal::{Fact, Grant, Origin, Outcome},
    model::{ActivationRequest, Assignment, Kind, RoleKey},
    view::Status,
};

/// Milliseconds between readings of the list until it shows what was provisioned.
const UNLISTED: [i64; 9] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000];
/// Somebody decided between two polls: so far apart are those at most.
const VAGUE: Duration = Duration::seconds(90);
/// Two ends this close are the same one: the service rounds here and there.
const SAME: Duration = Duration::seconds(60);
/// What the list does not show any more so shortly before its end has come to it: the service's clock is ahead of ours, which
/// goes by answers that say what second it is.
const NEAR: Duration = Duration::seconds(10);

impl Elevation {
    /// The service says that it is active. Until its list shows the instance, the end follows from what was asked.
    pub(super) fn provisioned(&mut self, id: &str, request: &ActivationRequest, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        self.settled.insert(request.id.clone());
        // What people decide on begins with their decision, after they were last waited for. Provisioning, however long it
        // takes, counts from the request on.
        let decided = attempt.decided();
        let waited = match attempt.stage {
            Stage::Pending { waited, .. } => waited,
            _ => None,
        };
        // A start that was past when the request arrived meant "now".
        let asked = request.start.filter(|start| request.created.is_none_or(|created| created - *start <= SAME));
        let start = asked.or(request.created).max(waited.map(|waited| waited.last)).unwrap_or(now);
        let end = start + attempt.activation.duration;
        // Ended already, or begun too vaguely long ago to count down from: the list knows.
        let vague = waited.is_some_and(|waited| waited.over.unwrap_or(now) - waited.last > VAGUE);
        if end <= now || vague {
            attempt.stage =
                Stage::Checking { since: now, again: Again::at(now), doubt: Doubt::Provisioned { decided } };
            return;
        }
        let Some(attempt) = self.attempts.remove(id) else { return };
        let grant = Grant {
            key: attempt.activation.key.clone(),
            name: attempt.name.clone(),
            instance: None,
            start,
            end,
            known_at: now,
            activation: Some(attempt.activation.clone()),
            warned: false,
            told: false,
        };
        let key = grant.key.clone();
        let mut facts = Vec::new();
        facts.extend(attempt.intent.map(|intent| Fact::Settled { intent, outcome: Outcome::Granted, at: now }));
        facts.push(Fact::Granted { grant });
        facts.extend(self.renewed(id, attempt.origin));
        self.note(facts);
        self.failures.remove(id);
        self.announce_grant(id, attempt.origin != Origin::User, decided, now);
        self.changed(&key, now);
        self.unlisted.insert(key, Again::at(now));
    }

    /// Holds what is known against a list whose reading began at `started`.
    pub(super) fn merge(
        &mut self,
        kind: Kind,
        list: &Listed<Vec<Assignment>>,
        started: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        let mut listed = BTreeSet::new();
        for row in list.found.iter().filter(|row| row.activated && row.key.kind == kind) {
            let id = row.key.id();
            let Some(end) = row.end.filter(|end| *end > now) else { continue };
            if row.start.is_some_and(|start| start > now + SAME) {
                // Planned, not active.
                continue;
            }
            if !self.lingers(&id, row, started) {
                self.adopt(&id, row, end, now);
                listed.insert(id);
            }
        }
        // Not listed need not mean gone.
        let open = |key: &RoleKey| list.partial.as_ref().is_some_and(|partial| partial.leaves_open(key));
        let missing = |(id, grant): &(&String, &Grant)| {
            let settled = started >= grant.known_at + STALE && now + NEAR < grant.end && !self.restarting(id);
            grant.key.kind == kind && !listed.contains(*id) && settled && !open(&grant.key)
        };
        let gone: Vec<_> = self.memory.grants.iter().filter(missing).map(|(id, _)| id.clone()).collect();
        for id in gone {
            self.vanished(&id, now);
        }
    }

    /// Is this the activation that was ended here a moment ago? Lists lag behind.
    fn lingers(&self, id: &str, row: &Assignment, started: DateTime<Utc>) -> bool {
        self.memory.ended.get(id).is_some_and(|ended| {
            let same = match &ended.grant.instance {
                Some(instance) => *instance == row.instance_id,
                None => row.start.is_some_and(|start| start + Duration::seconds(2) < ended.at),
            };
            same && ended.at < ended.grant.end && started < ended.at + STALE
        })
    }

    /// The list shows an activation: what the server says about its end rules.
    fn adopt(&mut self, id: &str, row: &Assignment, end: DateTime<Utc>, now: DateTime<Utc>) {
        let start = row.start.unwrap_or(now);
        let instance = Some(row.instance_id.clone());
        let mut facts = Vec::new();
        let mut activation = None;
        let mut announce = None;
        if let Some(attempt) = self.attempts.get(id) {
            let begins = attempt.activation.start.or(attempt.follows).unwrap_or(attempt.at);
            let ours = start >= begins - SAME;
            let settles = match &attempt.stage {
                // Still to come: what is active now is something else.
                _ if !ours && attempt.activation.start.is_some() => false,
                // Active already, from elsewhere: nothing has to be sent.
                _ if attempt.unsent() => true,
                Stage::Checking { doubt: Doubt::Exists(_) | Doubt::Provisioned { .. }, .. } => true,
                Stage::Checking { .. } | Stage::Pending { .. } | Stage::Retrying => ours,
                _ => false,
            };
            if settles && let Some(attempt) = self.attempts.remove(id) {
                facts.extend(attempt.intent.map(|intent| Fact::Settled { intent, outcome: Outcome::Granted, at: now }));
                if self.memory.renewals.contains_key(id) {
                    facts.push(Fact::Disarmed { key: row.key.clone() });
                }
                if attempt.intent.is_some() {
                    announce = Some((attempt.origin != Origin::User, attempt.decided()));
                    activation = Some(attempt.activation);
                }
            }
        }
        let known =
            self.memory.grants.get(id).filter(|grant| {
                grant.instance == instance || grant.instance.is_none() || (grant.end - end).abs() <= SAME
            });
        let grant = if let Some(known) = known {
            Grant { instance, start, end, activation: known.activation.clone().or(activation), ..known.clone() }
        } else {
            let before = self.memory.ended.get(id).filter(|ended| ended.grant.instance == instance);
            let (warned, told) = before.map_or((false, false), |ended| (ended.grant.warned, ended.grant.told));
            let activation = activation.or_else(|| before.and_then(|ended| ended.grant.activation.clone()));
            let (key, name) = (row.key.clone(), row.role_name.clone());
            Grant { key, name, instance, start, end, known_at: now, activation, warned, told }
        };
        let new = known.is_none();
        if known != Some(&grant) {
            facts.push(Fact::Granted { grant });
        }
        if new {
            self.changed(&row.key, now);
        }
        self.unlisted.remove(&row.key);
        if !facts.is_empty() {
            self.note(facts);
        }
        if let Some((renewed, decided)) = announce {
            self.failures.remove(id);
            self.announce_grant(id, renewed, decided, now);
        }
    }

    /// The list no longer shows it: somebody ended it elsewhere.
    fn vanished(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(grant) = self.memory.grants.get(id).cloned() else { return };
        self.drop_ending(id);
        let armed = self.memory.renewals.contains_key(id);
        // Whoever ended it may have meant it: nothing is sent by itself after that.
        self.disarm(id, now);
        self.over(id, grant.key, now);
        if armed {
            self.refuse(id, words::removed());
        }
    }

    /// Not active any more, since `at`.
    pub(super) fn over(&mut self, id: &str, key: RoleKey, at: DateTime<Utc>) {
        self.changed(&key, self.last);
        self.unlisted.remove(&key);
        self.note(vec![Fact::Ended { key, at }]);
        self.failures.remove(id);
        self.retract(id);
    }

    pub(super) fn grants_due(&mut self, now: DateTime<Utc>) {
        self.disarm_late(now);
        let ended: Vec<_> =
            self.memory.grants.iter().filter(|(_, grant)| grant.end <= now).map(|(id, _)| id.clone()).collect();
        for id in &ended {
            if let Some(grant) = self.memory.grants.get(id).cloned() {
                self.drop_ending(id);
                self.over(id, grant.key.clone(), grant.end);
                if !self.memory.renewals.contains_key(id) {
                    self.announce_end(&grant, now);
                }
                self.follow_up(id, now);
                self.lists.look_soon(grant.key.kind, now);
            }
        }
        self.warn(now);
        let due = |(key, again): &(&RoleKey, &Again)| self.politely(key.kind, again.at) <= now;
        let due = self.unlisted.iter().filter(due).map(|(key, _)| key.kind);
        for kind in due.collect::<BTreeSet<_>>() {
            self.read_active(kind, now);
        }
    }

    /// The list was read, or could not be: the next look at what it does not show yet.
    pub(super) fn still_unlisted(&mut self, kind: Kind, now: DateTime<Utc>) {
        for (_, again) in self.unlisted.iter_mut().filter(|(key, _)| key.kind == kind) {
            *again = again.after(&UNLISTED, now);
        }
    }

    pub(super) fn grants_deadline(&self) -> Option<DateTime<Utc>> {
        let grants = self.memory.grants.values().map(|grant| {
            let warning = (!grant.warned && !self.ending(&grant.key.id())).then(|| self.warning_at(grant));
            warning.map_or(grant.end, |warning| warning.min(grant.end))
        });
        let unlisted = self.unlisted.iter().filter(|(key, _)| !self.reading_active(key.kind));
        let unlisted = unlisted.map(|(key, again)| self.politely(key.kind, again.at));
        grants.chain(unlisted).min()
    }

    /// When the view changes by itself next: a minute less, the lock opens, the warning time begins.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let changes = self.memory.grants.values().filter(|grant| grant.end > now).flat_map(|grant| {
            let left = grant.end - now;
            let minute = grant.end
                - Duration::minutes(
                    left.num_minutes() - i64::from(left.subsec_nanos() == 0 && left.num_seconds() % 60 == 0),
                );
            [grant.start + LOCK, self.warning_at(grant), minute, grant.end]
        });
        changes.filter(|change| *change > now).min()
    }

    /// The one-glance state, as far as roles are concerned.
    pub fn status(&self, now: DateTime<Utc>) -> Status {
        let mut active = self.memory.grants.values().filter(|grant| grant.end > now).peekable();
        if self.failures.values().any(|failure| failure.sent) {
            Status::Error
        } else if active.peek().is_none() {
            Status::Idle
        } else if active.any(|grant| self.warning_at(grant) <= now) {
            Status::Expiring
        } else {
            Status::Active
        }
    }
}

//! Notifications: a warning before the end, the end, what came of something that took its time. At most three for one
//! activation, those of a batch merged, stale ones withdrawn, none repeated after a restart or a suspend.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::{Elevation, Notification, NotificationAction, Notify, attempt::Attempt, words};
use crate::{
    journal::{Fact, Grant, Origin},
    model::RoleKey,
    problem::Problem,
};

/// Warnings so close to each other are one.
const TOGETHER: Duration = Duration::seconds(30);
/// Ends so close to each other are one.
const ENDS_TOGETHER: Duration = Duration::seconds(3);
/// What ended longer ago than this before the start is no news.
const NEWS: Duration = Duration::hours(1);
/// What took no longer than this was watched.
const WATCHED: Duration = Duration::seconds(60);

/// What hangs on the user's screen.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// Roles by tag.
    shown: BTreeMap<String, BTreeSet<String>>,
    /// Ends to be announced together.
    ends: Vec<Grant>,
    ends_at: Option<DateTime<Utc>>,
}

impl Board {
    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        self.ends_at = self.ends_at.map(|at| at + by);
    }
}

impl Elevation {
    /// At the end of the session: takes everything back that hangs there, for its buttons would do nothing.
    pub fn farewell(&mut self) -> Vec<Notification> {
        let shown = std::mem::take(&mut self.board.shown);
        shown.into_keys().map(|tag| Notification::Withdraw { tag }).collect()
    }

    /// When the warning comes: the set time before the end, or with the last third of a short activation.
    pub(super) fn warning_at(&self, grant: &Grant) -> DateTime<Utc> {
        let third = (grant.end - grant.start).max(Duration::zero()) / 3;
        grant.end - self.options.warn.min(third)
    }

    /// Gives the warnings that are due.
    pub(super) fn warn(&mut self, now: DateTime<Utc>) {
        let due = |grant: &&Grant, at: DateTime<Utc>| {
            !grant.warned && grant.end > now && self.warning_at(grant) <= at && !self.ending(&grant.key.id())
        };
        if !self.memory.grants.values().any(|grant| due(&grant, now)) {
            // Those being ended right now need none; should the deactivation fail, it is given then.
            return;
        }
        let grants: Vec<_> = self.memory.grants.values().filter(|grant| due(grant, now + TOGETHER)).cloned().collect();
        let facts = grants.iter().map(|grant| Fact::Granted { grant: Grant { warned: true, ..grant.clone() } });
        self.note(facts.collect());
        self.announce_warning(&grants, now);
    }

    fn announce_warning(&mut self, grants: &[Grant], now: DateTime<Utc>) {
        let soonest = grants.iter().map(|grant| grant.end).min().unwrap_or(now);
        let left = soonest - now + Duration::seconds(30);
        let left = match left.num_minutes() {
            0 => "less than a minute".to_owned(),
            1 => "1 minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        let (title, armed) = match grants {
            [grant] => (format!("{} ends in {left}", grant.name), self.memory.renewals.contains_key(&grant.key.id())),
            _ => (format!("{} roles end in {left}", grants.len()), false),
        };
        let until = (self.options.clock_time)(soonest);
        let mut body = match grants {
            [_] if armed => format!("It will be activated again by itself at {until}."),
            [_] => format!("Active until {until}."),
            _ => format!("{}.", names(grants)),
        };
        if let [Grant { activation: Some(asked), .. }] = grants
            && self.options.details
            && !asked.justification.is_empty()
        {
            body.push_str(" Reason: ");
            body.push_str(&asked.justification);
        }
        let actions = match grants {
            [_] if armed => vec![NotificationAction::Open, NotificationAction::Dismiss],
            _ => again(grants),
        };
        self.show(grants, title, body, actions);
    }

    /// Takes note of an end; those of a batch are announced together.
    pub(super) fn announce_end(&mut self, grant: &Grant, now: DateTime<Utc>) {
        if !grant.told && grant.end >= self.started - NEWS {
            self.board.ends.push(grant.clone());
            self.board.ends_at.get_or_insert(now + ENDS_TOGETHER);
        }
    }

    pub(super) fn board_due(&mut self, now: DateTime<Utc>) {
        if self.board.ends_at.is_none_or(|at| at > now) {
            return;
        }
        self.board.ends_at = None;
        let mut grants = std::mem::take(&mut self.board.ends);
        self.note(grants.iter().map(|grant| Fact::Told { key: grant.key.clone() }).collect());
        // Renewed or activated again meanwhile: no news any more.
        grants.retain(|grant| !self.engaged(&grant.key.id(), now));
        let Some(last) = grants.iter().map(|grant| grant.end).max() else { return };
        let at = (self.options.clock_time)(last);
        let (title, body) = match &grants[..] {
            [grant] => {
                let length = words::length(grant.end - grant.start + Duration::seconds(30));
                (format!("{} has ended", grant.name), format!("It was active for {length}, until {at}."))
            }
            _ => (format!("{} roles have ended", grants.len()), format!("{}, at {at}.", names(&grants))),
        };
        let actions = again(&grants);
        self.show(&grants, title, body, actions);
    }

    pub(super) fn board_deadline(&self) -> Option<DateTime<Utc>> {
        self.board.ends_at
    }

    /// What an approver, or the moment of expiry, has brought. Whoever clicked a moment ago sees it happen.
    pub(super) fn announce_grant(&mut self, id: &str, renewed: bool, decided: bool) {
        let Some(grant) = self.memory.grants.get(id).cloned() else { return };
        self.retract(id);
        if renewed || decided {
            let title = if renewed {
                format!("{} was activated again", grant.name)
            } else {
                format!("{} was approved", grant.name)
            };
            let body = format!("Active until {}.", (self.options.clock_time)(grant.end));
            self.show(&[grant], title, body, vec![NotificationAction::Open, NotificationAction::Dismiss]);
        }
    }

    /// A failure that nobody is watching.
    pub(super) fn announce_failure(&mut self, attempt: &Attempt, problem: &Problem, now: DateTime<Utc>) {
        if attempt.origin != Origin::User || now > attempt.at + WATCHED {
            let key = &attempt.activation.key;
            let title = format!("{} was not activated", attempt.name);
            let actions = vec![NotificationAction::reactivate(key), NotificationAction::Dismiss];
            self.post(BTreeSet::from([key.id()]), key, title, problem.message.clone(), actions);
        }
    }

    /// A renewal that was sent beforehand, and that nothing will come of: the role is still active.
    pub(super) fn announce_unrenewed(&mut self, attempt: &Attempt, problem: &Problem, now: DateTime<Utc>) {
        if now > attempt.at + WATCHED {
            let key = &attempt.activation.key;
            let title = format!("{} will not be activated again", attempt.name);
            let actions = vec![NotificationAction::Open, NotificationAction::Dismiss];
            self.post(BTreeSet::from([key.id()]), key, title, problem.message.clone(), actions);
        }
    }

    /// Whatever hangs there about this role is stale.
    pub(super) fn retract(&mut self, id: &str) {
        self.board.ends.retain(|grant| grant.key.id() != id);
        let stale: Vec<_> = self
            .board
            .shown
            .iter_mut()
            .filter_map(|(tag, roles)| (roles.remove(id) && roles.is_empty()).then(|| tag.clone()))
            .collect();
        for tag in stale {
            self.board.shown.remove(&tag);
            self.effects.push(super::Effect::Tell(Notification::Withdraw { tag }));
        }
    }

    fn show(&mut self, grants: &[Grant], title: String, body: String, actions: Vec<NotificationAction>) {
        if let Some(first) = grants.first() {
            self.post(grants.iter().map(|grant| grant.key.id()).collect(), &first.key, title, body, actions);
        }
    }

    fn post(
        &mut self,
        roles: BTreeSet<String>,
        first: &RoleKey,
        title: String,
        body: String,
        actions: Vec<NotificationAction>,
    ) {
        let tag = match roles.len() {
            1 => first.id(),
            more => format!("{}+{}", first.id(), more - 1),
        };
        self.board.shown.insert(tag.clone(), roles);
        self.effects.push(super::Effect::Tell(Notification::Notify(Notify { tag, title, body, actions })));
    }
}

fn again(grants: &[Grant]) -> Vec<NotificationAction> {
    match grants {
        [grant] => vec![NotificationAction::reactivate(&grant.key), NotificationAction::Dismiss],
        _ => vec![NotificationAction::Open, NotificationAction::Dismiss],
    }
}

fn names(grants: &[Grant]) -> String {
    let names: Vec<_> = grants.iter().map(|grant| grant.name.as_str()).collect();
    match &names[..] {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        names => names.concat(),
    }
}

//! Notifications: a warning before the end, the end, what came of something that took its time. At most three for one
//! activation, those of a batch merged, stale ones withdrawn, none repeated after a restart or a suspend.
//!
//! A request that waits for somebody has one, when that is over: approved, denied with the reason, lapsed, or taken back.
//! "Submitted, waiting for approval" has none, on purpose: whoever clicked a moment ago looks at a row that says so, and the
//! three that an activation may have are kept for what they cannot see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::{
    Elevation, Notification, NotificationAction, Notify,
    stage::Attempt,
    words::{discreet, next_step, trace},
};
use crate::{
    journal::{Fact, Grant, Origin},
    model::RoleKey,
    problem::Problem,
    words,
};

/// Warnings so close to each other are one.
const TOGETHER: Duration = Duration::seconds(30);
/// Ends so close to each other are one.
const ENDS_TOGETHER: Duration = Duration::seconds(3);
/// What ended longer ago than this before the start is no news.
const NEWS: Duration = Duration::hours(1);
/// What took no longer than this was watched.
const WATCHED: Duration = Duration::seconds(60);

/// Codes that one notification has room for.
const TRACED: usize = 3;

/// News so close to each other are one.
const NEWS_TOGETHER: Duration = Duration::seconds(1);

/// What came of something that was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Approved,
    Renewed,
    Cancelled,
    NotActivated,
    NotRenewed,
}

#[derive(Clone, Debug)]
struct News {
    kind: Kind,
    key: RoleKey,
    name: String,
    body: String,
    /// The service's code and correlation id.
    trace: Option<String>,
}

/// What hangs on the user's screen.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// Roles by tag.
    shown: BTreeMap<String, BTreeSet<String>>,
    /// Ends to be announced together.
    ends: Vec<Grant>,
    ends_at: Option<DateTime<Utc>>,
    /// News to be told together.
    news: Vec<News>,
    news_at: Option<DateTime<Utc>>,
}

impl Board {
    /// The clock was put right.
    pub fn shift(&mut self, by: Duration) {
        self.ends_at = self.ends_at.map(|at| at + by);
        self.news_at = self.news_at.map(|at| at + by);
    }
}

impl Kind {
    /// Somebody has decided on what the user waits for, or the user has to do something else now.
    fn is_pressing(self) -> bool {
        match self {
            Self::Approved | Self::NotActivated | Self::NotRenewed => true,
            Self::Renewed | Self::Cancelled => false,
        }
    }

    fn title(self, role: &str) -> String {
        match self {
            Self::Approved => say!("role-approved", role = role),
            Self::Renewed => say!("role-renewed", role = role),
            Self::Cancelled => say!("role-cancelled", role = role),
            Self::NotActivated => say!("role-not-activated", role = role),
            Self::NotRenewed => say!("role-not-renewed", role = role),
        }
    }

    fn title_of_several(self, count: usize) -> String {
        match self {
            Self::Approved => say!("roles-approved", count = count),
            Self::Renewed => say!("roles-renewed", count = count),
            Self::Cancelled => say!("roles-cancelled", count = count),
            Self::NotActivated => say!("roles-not-activated", count = count),
            Self::NotRenewed => say!("roles-not-renewed", count = count),
        }
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
        let minutes = (soonest - now + Duration::seconds(30)).num_minutes();
        let (title, armed) = match grants {
            [grant] => (
                say!("role-ends", role = &grant.name, minutes = minutes),
                self.memory.renewals.contains_key(&grant.key.id()),
            ),
            _ => (say!("roles-end", count = grants.len(), minutes = minutes), false),
        };
        let until = (self.options.clock_time)(soonest);
        let mut body = match grants {
            [_] if armed => say!("renews-by-itself", time = until),
            [_] => say!("active-until", time = until),
            _ => say!("only-names", names = names(grants)),
        };
        if let [Grant { activation: Some(asked), .. }] = grants
            && self.options.details
            && !asked.justification.is_empty()
        {
            body = words::sentences([body, say!("reason", reason = &asked.justification)]);
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
        self.tell_news(now);
        if self.board.ends_at.is_none_or(|at| at > now) {
            return;
        }
        self.board.ends_at = None;
        let mut grants = std::mem::take(&mut self.board.ends);
        self.note(grants.iter().map(|grant| Fact::Told { key: grant.key.clone() }).collect());
        // Renewed or activated again meanwhile: no news any more. What still waits for somebody is not active, though.
        grants.retain(|grant| {
            let waits = self.attempts.get(&grant.key.id()).is_some_and(Attempt::decided);
            waits || !self.engaged(&grant.key.id(), now)
        });
        let Some(last) = grants.iter().map(|grant| grant.end).max() else { return };
        let at = (self.options.clock_time)(last);
        let (title, body) = match &grants[..] {
            [grant] => {
                let length = words::length(grant.end - grant.start + Duration::seconds(30));
                (say!("role-ended", role = &grant.name), say!("was-active-for", length = length, time = at))
            }
            _ => (say!("roles-ended", count = grants.len()), say!("names-at", names = names(&grants), time = at)),
        };
        let actions = again(&grants);
        self.show(&grants, title, body, actions);
    }

    pub(super) fn board_deadline(&self) -> Option<DateTime<Utc>> {
        self.board.ends_at.into_iter().chain(self.board.news_at).min()
    }

    fn hear(&mut self, kind: Kind, key: RoleKey, name: String, body: String, now: DateTime<Utc>) {
        self.board.news.push(News { kind, key, name, body, trace: None });
        self.board.news_at.get_or_insert(now + NEWS_TOGETHER);
    }

    /// What went wrong, what helps, and what the service calls it.
    fn hear_problem(&mut self, kind: Kind, key: RoleKey, name: String, problem: &Problem, now: DateTime<Utc>) {
        let problem = if self.options.details { problem } else { &discreet(problem) };
        let next = next_step(&problem.remedy, self.options.clock_time);
        let body = words::sentences(std::iter::once(problem.message.clone()).chain(next));
        self.board.news.push(News { kind, key, name, body, trace: trace(problem) });
        self.board.news_at.get_or_insert(now + NEWS_TOGETHER);
    }

    /// Tells the news that came together: one notification for each kind of them.
    fn tell_news(&mut self, now: DateTime<Utc>) {
        if self.board.news_at.is_none_or(|at| at > now) {
            return;
        }
        self.board.news_at = None;
        let mut kinds: BTreeMap<Kind, Vec<News>> = BTreeMap::new();
        for news in std::mem::take(&mut self.board.news) {
            kinds.entry(news.kind).or_default().push(news);
        }
        for (kind, all) in kinds {
            let Some(first) = all.first() else { continue };
            let (title, mut body) = if let [one] = &all[..] {
                (kind.title(&one.name), one.body.clone())
            } else {
                let names = words::list(all.iter().map(|news| news.name.as_str()));
                let same = all.iter().all(|news| news.body == first.body);
                let names = say!("only-names", names = names);
                let body = if same { words::sentences([names, first.body.clone()]) } else { names };
                (kind.title_of_several(all.len()), body)
            };
            // Of many there is no room for each; the window has them.
            for trace in all.iter().filter_map(|news| news.trace.as_deref()).take(TRACED) {
                body.push('\n');
                body.push_str(trace);
            }
            let actions = match (kind, &all[..]) {
                (Kind::NotActivated, [_]) => {
                    vec![NotificationAction::reactivate(&first.key), NotificationAction::Dismiss]
                }
                _ => vec![NotificationAction::Open, NotificationAction::Dismiss],
            };
            let keys: Vec<_> = all.iter().map(|news| &news.key).collect();
            self.post(&keys, Notify { tag: String::new(), title, body, actions, pressing: kind.is_pressing() });
        }
    }

    /// What an approver, or the moment of expiry, has brought. Whoever clicked a moment ago sees it happen.
    pub(super) fn announce_grant(&mut self, id: &str, renewed: bool, decided: bool, now: DateTime<Utc>) {
        let Some(grant) = self.memory.grants.get(id).cloned() else { return };
        self.retract(id);
        if renewed || decided {
            let kind = if renewed { Kind::Renewed } else { Kind::Approved };
            let body = say!("active-until", time = (self.options.clock_time)(grant.end));
            self.hear(kind, grant.key, grant.name, body, now);
        }
    }

    /// Approved, and to begin later.
    pub(super) fn announce_approval(&mut self, id: &str, start: DateTime<Utc>, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get(id) else { return };
        let body = say!("active-from", time = (self.options.clock_time)(start));
        let (key, name) = (attempt.activation.key.clone(), attempt.name.clone());
        self.hear(Kind::Approved, key, name, body, now);
    }

    /// Taken back by the user while somebody was to decide on it.
    pub(super) fn announce_cancellation(&mut self, id: &str, now: DateTime<Utc>) {
        if let Some(attempt) = self.attempts.get(id).filter(|attempt| attempt.decided()) {
            let (key, name) = (attempt.activation.key.clone(), attempt.name.clone());
            self.hear(Kind::Cancelled, key, name, say!("nobody-has-to-decide"), now);
        }
    }

    /// A failure that nobody is watching. What somebody else has decided nobody could foresee, however soon it comes.
    pub(super) fn announce_failure(&mut self, attempt: &Attempt, problem: &Problem, now: DateTime<Utc>) {
        if attempt.origin != Origin::User || now > attempt.at + WATCHED || attempt.waited_for_somebody() {
            let (key, name) = (attempt.activation.key.clone(), attempt.name.clone());
            self.hear_problem(Kind::NotActivated, key, name, problem, now);
        }
    }

    /// A renewal that was sent beforehand, and that nothing will come of: the role is still active.
    pub(super) fn announce_unrenewed(&mut self, attempt: &Attempt, problem: &Problem, now: DateTime<Utc>) {
        if now > attempt.at + WATCHED {
            let (key, name) = (attempt.activation.key.clone(), attempt.name.clone());
            self.hear_problem(Kind::NotRenewed, key, name, problem, now);
        }
    }

    /// Whatever hangs there about this role is stale.
    pub(super) fn retract(&mut self, id: &str) {
        self.board.ends.retain(|grant| grant.key.id() != id);
        self.board.news.retain(|news| news.key.id() != id);
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
        let keys: Vec<_> = grants.iter().map(|grant| &grant.key).collect();
        self.post(&keys, Notify { tag: String::new(), title, body, actions, pressing: false });
    }

    /// Shows one about these roles, which names itself after them.
    fn post(&mut self, roles: &[&RoleKey], notify: Notify) {
        let Some(first) = roles.first() else { return };
        let roles: BTreeSet<_> = roles.iter().map(|key| key.id()).collect();
        let tag = match roles.len() {
            1 => first.id(),
            more => format!("{}+{}", first.id(), more - 1),
        };
        self.board.shown.insert(tag.clone(), roles);
        self.effects.push(super::Effect::Tell(Notification::Notify(Notify { tag, ..notify })));
    }
}

fn again(grants: &[Grant]) -> Vec<NotificationAction> {
    match grants {
        [grant] => vec![NotificationAction::reactivate(&grant.key), NotificationAction::Dismiss],
        _ => vec![NotificationAction::Open, NotificationAction::Dismiss],
    }
}

fn names(grants: &[Grant]) -> String {
    words::list(grants.iter().map(|grant| grant.name.as_str()))
}

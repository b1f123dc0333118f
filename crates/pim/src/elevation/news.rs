//! News of one's own: a role that can be activated now, one that cannot be any more. What was there at the last reading, of this
//! run or an earlier one, is what something is new against, so nothing is told twice. At the very first reading nothing is:
//! whoever has just signed in looks at the list itself.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::{Effect, Elevation, Notification, NotificationAction, Notify, Partial};
use crate::{
    api::ENTERED,
    model::{Assignment, Eligibility, Kind, MemberType, RoleKey, titled},
    words,
};

/// What stands for less than this may be what a deactivation leaves behind for some minutes.
const STANDS: Duration = Duration::minutes(30);

/// More than these are counted.
const MOST_NAMED: usize = 3;

/// What was there at a reading, by key.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    at: Option<DateTime<Utc>>,
    roles: HashMap<String, Had>,
    /// What did not answer then: what stands there later may have been there before.
    partial: Option<Partial>,
}

#[derive(Clone, Debug)]
struct Had {
    key: RoleKey,
    name: String,
    end: Option<DateTime<Utc>>,
}

impl Snapshot {
    /// Of eligibilities as listed; what somebody has named by hand is not among them.
    pub fn of_eligible(eligible: &[Eligibility], at: Option<DateTime<Utc>>) -> Self {
        let listed = eligible.iter().filter(|role| role.instance_id != ENTERED);
        let had = |role: &Eligibility| Had {
            key: role.key.clone(),
            name: titled(&role.role_name, role.scope_name.as_deref()),
            end: role.end,
        };
        Self { at, roles: listed.map(|role| (role.key.id(), had(role))).collect(), partial: None }
    }

    /// Of whatever is held.
    fn of_held(active: &[Assignment], at: DateTime<Utc>) -> Self {
        let had = |row: &Assignment| Had {
            key: row.key.clone(),
            name: titled(&row.role_name, row.scope_name.as_deref()),
            end: row.end,
        };
        Self { at: Some(at), roles: active.iter().map(|row| (row.key.id(), had(row))).collect(), partial: None }
    }

    fn left_open(&self, key: &RoleKey) -> bool {
        self.partial.as_ref().is_some_and(|partial| partial.leaves_open(key))
    }
}

/// What is new in a list.
#[derive(Debug, Default, PartialEq)]
struct News {
    /// Keys and names.
    new: Vec<(String, String)>,
    gone: Vec<(String, String)>,
}

/// What `after` has that `before` had not, and the other way round. Both in the order of names.
fn news(before: &Snapshot, after: &Snapshot, now: DateTime<Utc>) -> News {
    if before.at.is_none() {
        return News::default();
    }
    let over = |had: &Had| had.end.is_some_and(|end| end <= now);
    let named = |(id, had): (&String, &Had)| (id.clone(), had.name.clone());
    let mut news = News {
        new: after
            .roles
            .iter()
            .filter(|(id, had)| !before.roles.contains_key(*id) && !before.left_open(&had.key))
            .map(named)
            .collect(),
        // What has come to its end was told of before.
        gone: before.roles.iter().filter(|(id, had)| !after.roles.contains_key(*id) && !over(had)).map(named).collect(),
    };
    for all in [&mut news.new, &mut news.gone] {
        all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    }
    news
}

impl Elevation {
    /// Tells what is new among the eligibilities of a kind, which were just read.
    pub(super) fn tell_eligible_news(&mut self, kind: Kind, partial: Option<Partial>, now: DateTime<Utc>) {
        let source = self.lists.source_mut(kind);
        let after = Snapshot { partial, ..Snapshot::of_eligible(&source.eligible, Some(now)) };
        let News { new, gone } = news(&source.eligible_before, &after, now);
        source.eligible_before = after;
        self.news("new", &new, |names| match new.len() {
            1 => (say!("eligible-now", role = names), say!("can-be-activated-now")),
            many => (say!("eligible-now-several", count = many), say!("only-names", names = names)),
        });
        self.news("gone", &gone, |names| match gone.len() {
            1 => (say!("taken-away", role = names), say!("not-eligible-now")),
            many => (say!("taken-away-several", count = many), say!("not-eligible-now-several", names = names)),
        });
    }

    /// The same of what is held without having been activated. A role that can be activated is none: after a deactivation
    /// Azure lists it so for a while.
    pub(super) fn tell_standing_news(&mut self, kind: Kind, now: DateTime<Utc>) {
        let source = self.lists.source_mut(kind);
        let mut held = Snapshot::of_held(&source.active, now);
        let mut gone = news(&source.standing_before, &held, now).gone;
        gone.retain(|(id, _)| source.eligibility(id).is_none());
        // What comes through a group ends with an activation of the group: that is no news.
        let own: HashSet<String> =
            source.active.iter().filter(|row| row.member_type == MemberType::Direct).map(|row| row.key.id()).collect();
        let stands = |id: &str| source.standing_since(id).is_some_and(|since| now - since >= STANDS);
        held.roles.retain(|id, _| own.contains(id) && stands(id));
        source.standing_before = held;
        self.news("lost", &gone, |names| match gone.len() {
            1 => (say!("taken-away", role = names), say!("not-held-now")),
            many => (say!("taken-away-several", count = many), say!("not-held-now-several", names = names)),
        });
    }

    fn news(&mut self, what: &str, about: &[(String, String)], said: impl Fn(&str) -> (String, String)) {
        let Some((first, _)) = about.first() else { return };
        let mut names: Vec<_> = about.iter().take(MOST_NAMED).map(|(_, name)| name.clone()).collect();
        if about.len() > MOST_NAMED {
            names.push(say!("so-many-more", count = about.len() - MOST_NAMED));
        }
        let (title, body) = said(&words::list(names.iter().map(String::as_str)));
        let actions = vec![NotificationAction::Open, NotificationAction::Dismiss];
        let tag = format!("news/{what}/{first}");
        let notify = Notify { tag, title, body, actions, pressing: false };
        self.effects.push(Effect::Tell(Notification::Notify(notify)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elevation::Gap;

    fn at(day: u32) -> DateTime<Utc> {
        format!("2026-11-{day:02}T12:00:00Z").parse().unwrap()
    }

    fn snapshot(day: u32, roles: &[(&str, Option<u32>)]) -> Snapshot {
        let had = |id: &str, end: Option<u32>| Had {
            key: RoleKey::azure(id, "/subscriptions/s"),
            name: id.to_uppercase(),
            end: end.map(at),
        };
        let roles = roles.iter().map(|(id, end)| ((*id).to_owned(), had(id, *end)));
        Snapshot { at: Some(at(day)), roles: roles.collect(), partial: None }
    }

    fn names(all: &[(String, String)]) -> Vec<&str> {
        all.iter().map(|(_, name)| name.as_str()).collect()
    }

    #[test]
    fn what_came_and_what_went_is_told() {
        let found = news(
            &snapshot(2, &[("a", None), ("b", None)]),
            &snapshot(3, &[("b", None), ("d", None), ("c", None)]),
            at(3),
        );
        assert_eq!((names(&found.new), names(&found.gone)), (vec!["C", "D"], vec!["A"]));
    }

    #[test]
    fn at_the_first_reading_nothing_is_new() {
        assert_eq!(news(&Snapshot::default(), &snapshot(3, &[("a", Some(5))]), at(3)), News::default());
    }

    #[test]
    fn what_did_not_answer_before_is_not_new() {
        let open = |scope: &str| Partial {
            problem: crate::codes::ours(crate::codes::NO_ANSWER, None),
            gap: Gap::At(vec![scope.into()]),
            later: None,
        };
        let later = snapshot(3, &[("a", None)]);
        let before = |scope| Snapshot { partial: Some(open(scope)), ..snapshot(2, &[]) };
        assert!(news(&before("/subscriptions/s"), &later, at(3)).new.is_empty());
        assert_eq!(news(&before("/subscriptions/other"), &later, at(3)).new.len(), 1);
    }

    #[test]
    fn what_came_to_its_end_was_not_taken_away() {
        let over = news(&snapshot(13, &[("a", Some(14)), ("b", Some(16))]), &snapshot(15, &[]), at(15));
        assert_eq!(names(&over.gone), ["B"]);
    }
}

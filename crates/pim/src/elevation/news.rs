//! News of one's own: a role that can be activated now, one that cannot be any more, an eligibility that ends soon. What was
//! there at the last reading, of this run or an earlier one, is what something is new against, so nothing is told twice. At
//! the very first reading nothing is: whoever has just signed in looks at the list itself.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};

use super::{Effect, Elevation, Notification, NotificationAction, Notify, tell::listing};
use crate::{
    api::ENTERED,
    model::{Assignment, Eligibility, Kind, titled},
};

/// An eligibility can be extended in its last days ("Extend or renew Microsoft Entra role assignments").
const SOON: Duration = Duration::days(14);

/// What stands for less than this may be what a deactivation leaves behind for some minutes.
const STANDS: Duration = Duration::minutes(30);

/// More than these are counted.
const MOST_NAMED: usize = 3;

/// What was there at a reading, by key.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    at: Option<DateTime<Utc>>,
    roles: HashMap<String, Had>,
}

#[derive(Clone, Debug)]
struct Had {
    name: String,
    end: Option<DateTime<Utc>>,
}

impl Snapshot {
    /// Of eligibilities as listed; what somebody has named by hand is not among them.
    pub fn of_eligible(eligible: &[Eligibility], at: Option<DateTime<Utc>>) -> Self {
        let listed = eligible.iter().filter(|role| role.instance_id != ENTERED);
        let had = |role: &Eligibility| Had { name: titled(&role.role_name, role.scope_name.as_deref()), end: role.end };
        Self { at, roles: listed.map(|role| (role.key.id(), had(role))).collect() }
    }

    /// Of whatever is held.
    fn of_held(active: &[Assignment], at: DateTime<Utc>) -> Self {
        let had = |row: &Assignment| Had { name: titled(&row.role_name, row.scope_name.as_deref()), end: row.end };
        Self { at: Some(at), roles: active.iter().map(|row| (row.key.id(), had(row))).collect() }
    }
}

/// What is new in a list.
#[derive(Debug, Default, PartialEq)]
struct News {
    /// Keys and names.
    new: Vec<(String, String)>,
    gone: Vec<(String, String)>,
    /// With their ends.
    ending: Vec<(String, String, DateTime<Utc>)>,
}

/// What `after` has that `before` had not, and the other way round. Both in the order of names.
fn news(before: &Snapshot, after: &Snapshot, now: DateTime<Utc>) -> News {
    let Some(then) = before.at else { return News::default() };
    let over = |had: &Had| had.end.is_some_and(|end| end <= now);
    let named = |(id, had): (&String, &Had)| (id.clone(), had.name.clone());
    let mut news = News {
        new: after.roles.iter().filter(|(id, _)| !before.roles.contains_key(*id)).map(named).collect(),
        // What has come to its end was told of before.
        gone: before.roles.iter().filter(|(id, had)| !after.roles.contains_key(*id) && !over(had)).map(named).collect(),
        ending: Vec::new(),
    };
    for (id, had) in after.roles.iter().filter(|(id, _)| before.roles.contains_key(*id)) {
        let Some(end) = had.end.filter(|end| *end > now && *end - now <= SOON) else { continue };
        // Moved nearer, or come nearer, since the last reading.
        let was = before.roles.get(id).and_then(|had| had.end);
        if was.is_none_or(|was| was - then > SOON) {
            news.ending.push((id.clone(), had.name.clone(), end));
        }
    }
    for all in [&mut news.new, &mut news.gone] {
        all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    }
    news.ending.sort_by(|a, b| (a.2, &a.1).cmp(&(b.2, &b.1)));
    news
}

impl Elevation {
    /// Tells what is new among the eligibilities of a kind, which were just read.
    pub(super) fn tell_eligible_news(&mut self, kind: Kind, now: DateTime<Utc>) {
        let source = self.lists.source_mut(kind);
        let after = Snapshot::of_eligible(&source.eligible, Some(now));
        let News { new, gone, ending } = news(&source.eligible_before, &after, now);
        source.eligible_before = after;
        self.news("new", &new, |names| match new.len() {
            1 => (format!("You are eligible for {names}"), "You can activate it from now on.".into()),
            many => (format!("You are eligible for {many} more roles"), format!("{names}.")),
        });
        self.news("gone", &gone, |names| match gone.len() {
            1 => (format!("{names} was taken away"), "You are not eligible for it any more.".into()),
            many => (format!("{many} roles were taken away"), format!("You are not eligible any more for {names}.")),
        });
        let date = self.options.local_date;
        let ends: Vec<_> = ending.iter().map(|(id, name, _)| (id.clone(), name.clone())).collect();
        self.news("ending", &ends, |names| {
            let first = ending.first().map(|(_, _, end)| date(*end)).unwrap_or_default();
            match ending.len() {
                1 => (
                    format!("Your eligibility for {names} ends soon"),
                    format!("It ends on {first}. You can ask for an extension."),
                ),
                many => (
                    format!("{many} of your eligibilities end soon"),
                    format!("{names}. The first ends on {first}. You can ask for extensions."),
                ),
            }
        });
    }

    /// The same of what is held without having been activated. A role that can be activated is none: after a deactivation
    /// Azure lists it so for a while.
    pub(super) fn tell_standing_news(&mut self, kind: Kind, now: DateTime<Utc>) {
        let source = self.lists.source_mut(kind);
        let mut held = Snapshot::of_held(&source.active, now);
        let mut gone = news(&source.standing_before, &held, now).gone;
        gone.retain(|(id, _)| source.eligibility(id).is_none());
        held.roles.retain(|id, _| source.standing_since(id).is_some_and(|since| now - since >= STANDS));
        source.standing_before = held;
        self.news("lost", &gone, |names| match gone.len() {
            1 => (format!("{names} was taken away"), "You do not hold it any more.".into()),
            many => (format!("{many} roles were taken away"), format!("You do not hold {names} any more.")),
        });
    }

    fn news(&mut self, what: &str, about: &[(String, String)], said: impl Fn(&str) -> (String, String)) {
        let Some((first, _)) = about.first() else { return };
        let mut names: Vec<_> = about.iter().take(MOST_NAMED).map(|(_, name)| name.clone()).collect();
        if about.len() > MOST_NAMED {
            names.push(format!("{} more", about.len() - MOST_NAMED));
        }
        let (title, body) = said(&listing(names.iter().map(String::as_str)));
        let actions = vec![NotificationAction::Open, NotificationAction::Dismiss];
        let tag = format!("news/{what}/{first}");
        self.effects.push(Effect::Tell(Notification::Notify(Notify { tag, title, body, actions })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        format!("2026-11-{day:02}T12:00:00Z").parse().unwrap()
    }

    fn snapshot(day: u32, roles: &[(&str, Option<u32>)]) -> Snapshot {
        let had = |end: &Option<u32>| Had { name: String::new(), end: end.map(at) };
        let roles = roles.iter().map(|(id, end)| ((*id).to_owned(), Had { name: id.to_uppercase(), ..had(end) }));
        Snapshot { at: Some(at(day)), roles: roles.collect() }
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
        assert!(found.ending.is_empty());
    }

    #[test]
    fn at_the_first_reading_nothing_is_new() {
        assert_eq!(news(&Snapshot::default(), &snapshot(3, &[("a", Some(5))]), at(3)), News::default());
    }

    #[test]
    fn an_end_is_told_once_when_it_comes_near() {
        let role = |end| [("a", Some(end))];
        let far = news(&snapshot(1, &role(28)), &snapshot(13, &role(28)), at(13));
        assert!(far.ending.is_empty(), "15 days are left");
        let near = news(&snapshot(13, &role(28)), &snapshot(14, &role(28)), at(14));
        assert_eq!(near.ending, [("a".into(), "A".into(), at(28))]);
        let again = news(&snapshot(14, &role(28)), &snapshot(15, &role(28)), at(15));
        assert!(again.ending.is_empty());
        let moved = news(&snapshot(15, &[("a", None)]), &snapshot(15, &role(20)), at(15));
        assert_eq!(moved.ending.len(), 1, "somebody has moved the end");
    }

    #[test]
    fn what_came_to_its_end_was_not_taken_away() {
        let over = news(&snapshot(13, &[("a", Some(14)), ("b", Some(16))]), &snapshot(15, &[]), at(15));
        assert_eq!(names(&over.gone), ["B"]);
    }
}

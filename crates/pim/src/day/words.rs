//! What the day says.

use chrono::{DateTime, NaiveDate, Utc};

use super::plan::Scene;
use crate::{
    codes,
    elevation::{NotificationAction, Notify},
    words,
};

/// Longest name of a role in a headline.
const LONGEST: usize = 200;

/// The tag of what is said about the day's end.
pub const END: &str = "day/end";

/// Roles will be ended then, unless the user keeps them, where they may.
pub fn announced(names: &[String], day: NaiveDate, at: DateTime<Utc>, scene: &Scene<'_>) -> Notify {
    let time = scene.clock(at);
    let title = match names {
        [name] => say!("day-role-ends", name = clean(name), time = time),
        _ => say!("day-roles-end", count = names.len(), time = time),
    };
    let keep = scene.may_keep().then_some(NotificationAction::Keep { day });
    let actions = keep.into_iter().chain([NotificationAction::Open]).collect();
    Notify { tag: END.into(), title, body: body(names, say!("day-ends-then")), actions, pressing: true }
}

/// The day ended while the machine slept: roles are ended now.
pub fn late(names: &[String], at: DateTime<Utc>, scene: &Scene<'_>) -> Notify {
    let why = say!("day-ended-at", time = scene.clock(at));
    Notify { tag: END.into(), title: ending(names), body: body(names, why), actions: looking(), pressing: false }
}

/// The screen was locked: roles are ended now.
pub fn locked(names: &[String]) -> Notify {
    let body = body(names, say!("day-screen-locked"));
    Notify { tag: "day/lock".into(), title: ending(names), body, actions: looking(), pressing: false }
}

/// Whether this is wanted now.
pub fn reminder(tag: String, name: &str, at: DateTime<Utc>, action: NotificationAction, scene: &Scene<'_>) -> Notify {
    let title = say!("day-reminder", name = clean(name));
    let body = say!("day-reminder-set", time = scene.clock(at));
    Notify { tag, title, body, actions: vec![action, NotificationAction::Dismiss], pressing: true }
}

fn ending(names: &[String]) -> String {
    match names {
        [name] => say!("day-role-ending", name = clean(name)),
        _ => say!("day-roles-ending", count = names.len()),
    }
}

fn clean(name: &str) -> String {
    codes::clean(name, LONGEST)
}

/// One is named by the headline, several are named here.
fn body(names: &[String], why: String) -> String {
    let listed = (names.len() > 1).then(|| {
        let names: Vec<_> = names.iter().map(|name| clean(name)).collect();
        say!("only-names", names = words::list(names.iter().map(String::as_str)))
    });
    words::sentences(listed.into_iter().chain([why]))
}

fn looking() -> Vec<NotificationAction> {
    vec![NotificationAction::Open, NotificationAction::Dismiss]
}

//! What the icon shows: glyph, tooltip and menu as one plain value, computed from the view and the time.

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    say,
    view::{ActiveRow, RowState, Session, Status, View},
};

use super::{
    menu::{self, Entry, Extra, worth_a_line},
    words::{Zone, clock, inert, left, left_changes},
};
use crate::icon::{Glyph, RING_STEPS};

/// Roles in the tooltip; more are counted.
const MOST_LINES: usize = 3;

/// All that the system shows of the icon.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// The picture.
    pub glyph: Glyph,
    /// With a dot: something waits for a decision.
    pub badge: bool,
    /// What is left, where it is to stand beside the picture and something ends.
    pub time: Option<Time>,
    /// The tooltip, one thought a line.
    pub tooltip: Vec<String>,
    /// The menu.
    pub menu: Vec<Entry>,
}

/// What is left of the activation that ends first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Full minutes.
    pub minutes: u32,
    /// The same in words: "2 h 41".
    pub words: String,
}

impl Face {
    /// What the icon shows before the agent has said anything.
    pub fn starting() -> Self {
        let menu = vec![
            Entry::Item { label: say!("menu-open"), action: Some(menu::Action::Open) },
            Entry::Separator,
            Entry::Item { label: say!("menu-quit"), action: Some(menu::Action::Quit) },
        ];
        Self { glyph: Glyph::Loading, badge: false, time: None, tooltip: vec![say!("starting")], menu }
    }

    /// The face for a view at a time, in the user's time zone.
    pub fn of(view: &View, extra: &Extra, now: DateTime<Utc>, zone: Zone) -> Self {
        let waiting: usize = extra.waiting.values().sum();
        let waits = (waiting > 0).then(|| menu::waiting(waiting));
        Self {
            glyph: glyph(view, now),
            badge: waits.is_some(),
            time: time(view, now),
            tooltip: tooltip(view, now, zone).into_iter().chain(waits).collect(),
            menu: menu::menu(view, extra, now, zone),
        }
    }
}

/// When the face changes next though the view stays the same: at full minutes left, and while nothing counts down, never.
pub fn next_change(view: &View, extra: &Extra, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = running(view).filter_map(|(_, end)| left_changes(end, now));
    minutes.chain(menu::next_change(view, extra, now)).min()
}

fn glyph(view: &View, now: DateTime<Utc>) -> Glyph {
    match status(view) {
        Status::Loading => Glyph::Loading,
        Status::SignedOut => Glyph::SignedOut,
        Status::Idle => Glyph::Idle,
        Status::Active => Glyph::Active { left: ring(view, now) },
        Status::Expiring => Glyph::Expiring,
        Status::Error => Glyph::Error,
        Status::Offline => Glyph::Offline,
    }
}

/// The most urgent of all accounts. That another one is not signed in, or not read yet, says nothing about the one shown.
fn status(view: &View) -> Status {
    let others = view.accounts.iter().filter(|row| !row.current).map(|row| row.status);
    let others = others.filter(|status| *status > Status::SignedOut);
    others.chain([view.status]).max().unwrap_or(view.status)
}

/// How much of the ring is left, for the activation that ends first. Never quite empty while something is active.
fn ring(view: &View, now: DateTime<Utc>) -> u8 {
    let Some((Some(start), end)) = ends_first(view).map(|(row, end)| (row.start, end)) else { return RING_STEPS };
    let (all, left) = ((end - start).num_seconds().max(1), (end - now).num_seconds());
    let steps = (left * i64::from(RING_STEPS) + all - 1).div_euclid(all);
    u8::try_from(steps.clamp(1, i64::from(RING_STEPS))).unwrap_or(RING_STEPS)
}

/// The time beside the picture.
fn time(view: &View, now: DateTime<Utc>) -> Option<Time> {
    let (_, end) = ends_first(view).filter(|_| view.settings.time_beside_icon)?;
    let minutes = u32::try_from((end - now).num_minutes()).unwrap_or(0);
    Some(Time { minutes, words: left(end - now) })
}

/// The activation that ends first, and when.
fn ends_first(view: &View) -> Option<(&ActiveRow, DateTime<Utc>)> {
    running(view).filter(|(row, _)| row.activated).min_by_key(|(_, end)| *end)
}

/// Rows that are active and end some time, of all accounts.
fn running(view: &View) -> impl Iterator<Item = (&ActiveRow, DateTime<Utc>)> {
    let active = rows(view).map(|(row, _)| row).filter(|row| row.state == RowState::Active);
    active.filter_map(|row| row.end.map(|end| (row, end)))
}

/// What is active or on its way, of all accounts; with its tenant where that is not the one that is shown.
fn rows(view: &View) -> impl Iterator<Item = (&ActiveRow, Option<&str>)> {
    let others = view.accounts.iter().filter(|row| !row.current);
    let others = others.flat_map(|row| row.active.iter().map(|each| (each, Some(row.account.tenant.as_str()))));
    view.active.iter().map(|row| (row, None)).chain(others)
}

/// Is anything active or on its way, in whichever account?
pub(super) fn busy(view: &View) -> bool {
    rows(view).next().is_some()
}

fn tooltip(view: &View, now: DateTime<Utc>, zone: Zone) -> Vec<String> {
    let mut lines = Vec::new();
    if view.status == Status::Offline {
        lines.push(match view.list.as_of {
            Some(as_of) => say!("offline-as-of", time = clock(as_of, now, zone)),
            None => say!("offline"),
        });
    }
    match &view.session {
        Session::Loading => lines.push(say!("starting")),
        Session::SignedOut { reason } => {
            lines.push(say!("not-signed-in"));
            lines.extend(reason.iter().map(|problem| inert(&problem.message)));
        }
        Session::SigningIn { .. } => lines.push(say!("waiting-for-sign-in")),
        Session::SignedIn { account } => {
            if !rows(view).any(|(row, _)| worth_a_line(row)) {
                lines.push(say!("nothing-active", account = inert(&account.username)));
            }
        }
    }
    lines.extend(active(view, now, zone));
    lines
}

fn active(view: &View, now: DateTime<Utc>, zone: Zone) -> Vec<String> {
    let rows: Vec<_> = rows(view).filter(|(row, _)| worth_a_line(row)).collect();
    let mut lines = Vec::new();
    if rows.len() > 1 {
        let active = rows.iter().filter(|(row, _)| row.state == RowState::Active).count();
        lines.push(say!("roles-active", count = active));
    }
    lines.extend(rows.iter().take(MOST_LINES).map(|(row, tenant)| line(row, *tenant, now, zone)));
    if rows.len() > MOST_LINES {
        lines.push(say!("and-more", count = rows.len() - MOST_LINES));
    }
    lines
}

fn line(row: &ActiveRow, tenant: Option<&str>, now: DateTime<Utc>, zone: Zone) -> String {
    let name = menu::role_at(row, tenant);
    match (&row.state, row.end) {
        (RowState::Active, Some(end)) if end - now > TimeDelta::zero() => {
            let (left, time) = (left(end - now), clock(end, now, zone));
            if row.renewal_armed {
                say!("left-renews", role = name, left = left, time = time)
            } else {
                say!("left-until", role = name, left = left, time = time)
            }
        }
        _ => match menu::state(row, now) {
            Some(state) => say!("role-and-state", role = name, state = state),
            None => name,
        },
    }
}

#[cfg(test)]
#[path = "face_tests.rs"]
pub(super) mod tests;

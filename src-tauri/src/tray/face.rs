//! What the icon shows: glyph, tooltip and menu as one plain value, computed from the view and the time.

use chrono::{DateTime, TimeDelta, Utc};
use pim::view::{ActiveRow, RowState, Session, Status, View};

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
    /// The tooltip, one thought a line.
    pub tooltip: Vec<String>,
    /// The menu.
    pub menu: Vec<Entry>,
}

impl Face {
    /// What the icon shows before the agent has said anything.
    pub fn starting() -> Self {
        let menu = vec![
            Entry::Item { label: "Open Pimento".into(), action: Some(menu::Action::Open) },
            Entry::Separator,
            Entry::Item { label: "Quit".into(), action: Some(menu::Action::Quit) },
        ];
        Self { glyph: Glyph::Loading, badge: false, tooltip: vec!["Starting".into()], menu }
    }

    /// The face for a view at a time, in the user's time zone.
    pub fn of(view: &View, extra: &Extra, now: DateTime<Utc>, zone: Zone) -> Self {
        let waiting: usize = extra.waiting.values().sum();
        let waits = (waiting > 0).then(|| menu::waiting(waiting));
        Self {
            glyph: glyph(view, now),
            badge: waits.is_some(),
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
    let next = running(view).filter(|(row, _)| row.activated).min_by_key(|(_, end)| *end);
    let Some((Some(start), end)) = next.map(|(row, end)| (row.start, end)) else { return RING_STEPS };
    let (all, left) = ((end - start).num_seconds().max(1), (end - now).num_seconds());
    let steps = (left * i64::from(RING_STEPS) + all - 1).div_euclid(all);
    u8::try_from(steps.clamp(1, i64::from(RING_STEPS))).unwrap_or(RING_STEPS)
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
            Some(as_of) => format!("Offline, as of {}", clock(as_of, now, zone)),
            None => "Offline".into(),
        });
    }
    match &view.session {
        Session::Loading => lines.push("Starting".into()),
        Session::SignedOut { reason } => {
            lines.push("Not signed in".into());
            lines.extend(reason.iter().map(|problem| inert(&problem.message)));
        }
        Session::SigningIn { .. } => lines.push("Waiting for the sign-in in your browser".into()),
        Session::SignedIn { account } => {
            if !rows(view).any(|(row, _)| worth_a_line(row)) {
                lines.push(format!("Nothing active · {}", inert(&account.username)));
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
        lines.push(if active == 1 { "1 role active".into() } else { format!("{active} roles active") });
    }
    lines.extend(rows.iter().take(MOST_LINES).map(|(row, tenant)| line(row, *tenant, now, zone)));
    if rows.len() > MOST_LINES {
        lines.push(format!("and {} more", rows.len() - MOST_LINES));
    }
    lines
}

fn line(row: &ActiveRow, tenant: Option<&str>, now: DateTime<Utc>, zone: Zone) -> String {
    let name = menu::role_at(row, tenant);
    match (&row.state, row.end) {
        (RowState::Active, Some(end)) if end - now > TimeDelta::zero() => {
            let verb = if row.renewal_armed { "renews at" } else { "until" };
            format!("{name} · {} left, {verb} {}", left(end - now), clock(end, now, zone))
        }
        _ => match menu::state(row, now) {
            Some(state) => format!("{name} · {state}"),
            None => name,
        },
    }
}

#[cfg(test)]
#[path = "face_tests.rs"]
mod tests;

//! What is done when. Synchronous, and handed the time, the time zone and what is shown.
//!
//! Each thing is done once: what was tried is noted before it is carried out, and a time that was past when it was set does
//! nothing on that day. What cannot be done yet (a role in its first minutes, an account without its network) is waited for
//! until the day on the wall is over, and shortly before midnight a little longer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    memory::{Asked, DayEnd, Memory, Sweep, Why},
    words,
};
use crate::{
    elevation::{Notification, NotificationAction},
    model::titled,
    settings::time_of_day,
    view::{ActiveRow, Reminder, RowState, Status, View},
    wall::{self, Zone},
};

/// So long before the day's end it is announced.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// A day's end that is noticed so late is told: the machine has slept.
const LATE: TimeDelta = TimeDelta::minutes(2);

/// A reminder that comes later than this is none.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// After the service has said that a role can be ended, by its clock.
const MARGIN: TimeDelta = TimeDelta::seconds(1);

/// What is to be ended is waited for at least so long: longer than the service makes anybody wait after a start.
const STAYS: TimeDelta = TimeDelta::minutes(15);

/// Two reports of a locked screen so close to each other are one: several services tell of it.
const SAME_LOCK: TimeDelta = TimeDelta::seconds(10);

/// Two starts this close are the same one: the service rounds here and there.
const SAME_START: TimeDelta = TimeDelta::minutes(4);

/// Longer than any activation lasts.
const OVER: TimeDelta = TimeDelta::days(2);

/// What is seen at a moment.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub view: &'a View,
    pub now: DateTime<Utc>,
    pub zone: Zone,
}

/// What is to be done, by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// End an activation.
    End { account: String, id: String },
    /// Disarm a renewal.
    Disarm { account: String, id: String },
    /// Arm a renewal, where nothing has to be proven for it.
    Arm { account: String, id: String },
    /// Nothing is ended at this day's end.
    Keep { account: String, day: NaiveDate },
    /// Change the notifications on the screen.
    Tell(Notification),
}

/// What was done, and what is to be.
#[derive(Debug)]
pub struct Plan {
    memory: Memory,
    /// The day that is kept, as each account's agent knows.
    kept: BTreeMap<String, NaiveDate>,
    /// Reminders that may hang on the screen, by tag.
    hanging: BTreeMap<String, Reminder>,
}

/// An account: whether something can be done for it now, and what is active there or on its way.
struct Seat<'a> {
    account: &'a str,
    ready: bool,
    rows: &'a [ActiveRow],
}

impl Plan {
    /// Goes on where an earlier run has ended.
    pub fn new(memory: Memory) -> Self {
        Self { memory, kept: BTreeMap::new(), hanging: BTreeMap::new() }
    }

    /// What is to be kept.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What is to be done by now.
    pub fn due(&mut self, scene: &Scene<'_>) -> Vec<Deed> {
        let mut deeds = Vec::new();
        self.memory.retain_accounts(|account| scene.seats().any(|seat| seat.account == account));
        self.end_of_day(scene, &mut deeds);
        self.tell_kept(scene, &mut deeds);
        self.sweep(scene, &mut deeds);
        self.remind(scene, &mut deeds);
        self.arm(scene, &mut deeds);
        deeds
    }

    /// When something is due next, if nothing else happens before; after `scene.now`, at which all that is due was done.
    pub fn next(&self, scene: &Scene<'_>) -> Option<DateTime<Utc>> {
        let end = self.next_end(scene);
        let locked =
            self.memory.sweeps.iter().flat_map(|sweep| scene.swept(sweep)).filter_map(|(seat, row)| {
                seat.ready.then(|| row.deactivatable_from.map(|from| from + MARGIN)).flatten()
            });
        let reminders =
            scene.view.settings.day.reminders.iter().filter_map(|reminder| self.next_reminder(reminder, scene));
        end.into_iter().chain(locked).chain(reminders).filter(|at| *at > scene.now).min()
    }

    /// The user keeps what is active on this day, where that is today and theirs to decide.
    pub fn keep(&mut self, day: NaiveDate, scene: &Scene<'_>) -> Vec<Deed> {
        let may = day == scene.today() && scene.may_keep();
        let Some(end) = self.memory.end.as_mut().filter(|end| end.day == day && may) else {
            return Vec::new();
        };
        end.kept = true;
        self.memory.sweeps.retain(|sweep| sweep.why != Why::Day);
        vec![withdraw(words::END)]
    }

    /// The screen was locked.
    pub fn locked(&mut self, scene: &Scene<'_>) -> Vec<Deed> {
        let known = self
            .memory
            .sweeps
            .iter()
            .any(|sweep| sweep.why == Why::Lock && (scene.now - sweep.moment).abs() < SAME_LOCK);
        if !scene.view.settings.day.end_on_lock || known {
            return Vec::new();
        }
        self.memory.sweeps.retain(|sweep| sweep.why != Why::Lock);
        let sweep = Sweep::new(Why::Lock, scene.today(), scene.now);
        let names: Vec<_> = scene.swept(&sweep).map(|(_, row)| called(row)).collect();
        self.memory.sweeps.push(sweep);
        if names.is_empty() { Vec::new() } else { vec![Deed::Tell(Notification::Notify(words::locked(&names)))] }
    }

    /// Announces the day's end, and begins it.
    fn end_of_day(&mut self, scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
        let Some((at, time)) = scene.ends_at() else {
            self.memory.sweeps.retain(|sweep| sweep.why != Why::Day);
            if self.memory.end.take().is_some_and(|end| end.warned) {
                deeds.push(withdraw(words::END));
            }
            return;
        };
        let (today, now) = (scene.today(), scene.now);
        if self.memory.end.as_ref().is_none_or(|end| end.at != at) {
            let (at, since) = (at.to_owned(), now);
            let before =
                self.memory.end.replace(DayEnd { at, since, day: today, moment: None, warned: false, kept: false });
            if before.is_some_and(|end| end.warned) {
                deeds.push(withdraw(words::END));
            }
        }
        let Some(end) = &mut self.memory.end else { return };
        // A day that begins a second time, further to the west, has had its end.
        if end.day < today {
            if end.warned {
                deeds.push(withdraw(words::END));
            }
            (end.day, end.moment, end.warned, end.kept) = (today, None, false, false);
        }
        let moment = wall::moment(today, time, scene.zone);
        if end.day != today || end.kept || end.moment.is_some() || moment <= end.since {
            return;
        }
        if now >= moment {
            let sweep = Sweep::new(Why::Day, today, moment);
            let names: Vec<_> = scene.swept(&sweep).map(|(_, row)| called(row)).collect();
            end.moment = Some(moment);
            if now - moment >= LATE && !names.is_empty() {
                deeds.push(Deed::Tell(Notification::Notify(words::late(&names, moment, scene))));
            } else if end.warned {
                deeds.push(withdraw(words::END));
            }
            self.memory.sweeps.retain(|sweep| sweep.why != Why::Day);
            self.memory.sweeps.push(sweep);
        } else if now >= moment - AHEAD && !end.warned {
            let stays = |row: &&ActiveRow| row.renewal_armed || row.end.is_some_and(|end| end > moment);
            let names: Vec<_> = scene.running().map(|(_, row)| row).filter(stays).map(called).collect();
            if !names.is_empty() {
                end.warned = true;
                deeds.push(Deed::Tell(Notification::Notify(words::announced(&names, today, moment, scene))));
            }
        }
    }

    fn next_end(&self, scene: &Scene<'_>) -> Option<DateTime<Utc>> {
        let (end, (_, time)) = (self.memory.end.as_ref()?, scene.ends_at()?);
        let mut days = scene.today().iter_days().take(3).filter(|day| *day >= end.day);
        days.find_map(|day| {
            let moment = wall::moment(day, time, scene.zone);
            let over = day == end.day && (end.kept || end.moment.is_some());
            let warned = day == end.day && end.warned;
            let next = [(!warned).then(|| moment - AHEAD), Some(moment)].into_iter().flatten();
            next.filter(|at| *at > scene.now && !over && moment > end.since).min()
        })
    }

    /// What gates renewals must know of it; an account that came later, too.
    fn tell_kept(&mut self, scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
        // Whoever signs in again has a new agent.
        self.kept.retain(|account, _| scene.seats().any(|seat| seat.account == account));
        let Some(day) = self.memory.end.as_ref().filter(|end| end.kept).map(|end| end.day) else { return };
        for seat in scene.seats() {
            if self.kept.insert(seat.account.to_owned(), day) != Some(day) {
                deeds.push(Deed::Keep { account: seat.account.to_owned(), day });
            }
        }
    }

    /// Ends what is to be ended and can be.
    fn sweep(&mut self, scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
        let (today, on_lock) = (scene.today(), scene.view.settings.day.end_on_lock);
        self.memory.sweeps.retain(|sweep| {
            (sweep.day == today || scene.now < sweep.moment + STAYS) && (sweep.why == Why::Day || on_lock)
        });
        let mut ended = BTreeSet::new();
        for sweep in &mut self.memory.sweeps {
            let rows: Vec<_> = scene.swept(sweep).filter(|(seat, _)| seat.ready).collect();
            for (Seat { account, .. }, row) in rows {
                let named = || (account.to_owned(), row.id.clone());
                if row.deactivatable_from.is_none_or(|from| from + MARGIN <= scene.now) {
                    sweep.tried.entry(account.to_owned()).or_default().insert(row.id.clone());
                    ended.insert(named());
                } else if row.renewal_armed
                    && sweep.disarmed.entry(account.to_owned()).or_default().insert(row.id.clone())
                {
                    let (account, id) = named();
                    deeds.push(Deed::Disarm { account, id });
                }
            }
        }
        deeds.extend(ended.into_iter().map(|(account, id)| Deed::End { account, id }));
    }

    /// Asks what is to be asked.
    fn remind(&mut self, scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
        let reminders = &scene.view.settings.day.reminders;
        self.memory.reminders.retain(|key, _| reminders.iter().any(|reminder| name(reminder) == *key));
        let engaged = |reminder: &Reminder| scene.engaged(reminder) == Some(true);
        // What is active meanwhile, or not set any more, needs no answer.
        self.hanging.retain(|tag, reminder| {
            let stale = engaged(reminder) || !reminders.contains(reminder);
            if stale {
                deeds.push(withdraw(tag));
            }
            !stale
        });
        for reminder in reminders {
            let key = name(reminder);
            let since = Asked { since: scene.now, day: None };
            let asked = self.memory.reminders.entry(key.clone()).or_insert(since);
            let Some((day, at)) = last(reminder, scene).filter(|(day, at)| asked.wants(*day, *at)) else { continue };
            let (Some(engaged), Some(account)) = (scene.engaged(reminder), scene.whose(reminder)) else { continue };
            asked.day = Some(day);
            if !engaged {
                let (id, bundle) = match (&reminder.role, &reminder.bundle) {
                    (Some(role), _) => (role.clone(), false),
                    (None, bundle) => (bundle.clone().unwrap_or_default(), true),
                };
                let action = NotificationAction::Activate { account: account.to_owned(), id, bundle };
                let tag = format!("day/{key}");
                self.hanging.insert(tag.clone(), reminder.clone());
                deeds.push(Deed::Tell(Notification::Notify(words::reminder(tag, &reminder.name, at, action, scene))));
            }
        }
    }

    fn next_reminder(&self, reminder: &Reminder, scene: &Scene<'_>) -> Option<DateTime<Utc>> {
        let asked = self.memory.reminders.get(&name(reminder));
        let time = time_of_day(&reminder.at)?;
        let days = scene.today().iter_days().take(9).filter(|day| on(reminder, *day));
        let moments = days.map(|day| (day, wall::moment(day, time, scene.zone)));
        let mut ahead = moments.filter(|(day, at)| *at > scene.now && asked.is_none_or(|asked| asked.wants(*day, *at)));
        ahead.next().map(|(_, at)| at)
    }

    /// Arms what can renew by itself, once for each activation: what somebody has disarmed stays so.
    fn arm(&mut self, scene: &Scene<'_>, deeds: &mut Vec<Deed>) {
        for known in self.memory.armed.values_mut() {
            known.retain(|_, start| scene.now - *start < OVER);
        }
        for (Seat { account, ready, .. }, row) in scene.running() {
            let (Some(start), Some(renewal)) = (row.start, &row.renewal) else { continue };
            let known = self.memory.armed.get(account).and_then(|roles| roles.get(&row.id));
            if known.is_some_and(|known| (start - *known).abs() < SAME_START) {
                continue;
            }
            let settled =
                row.requirements.known && row.renewable && renewal.refused.is_none() && renewal.pending.is_none();
            let sweeping = self.memory.sweeps.iter().any(|sweep| start <= sweep.moment);
            let arms = scene.view.settings.renewal.arm
                && ready
                && settled
                && !renewal.step_up
                && renewal.not_after.is_none()
                && !sweeping;
            if row.renewal_armed || arms {
                self.memory.armed.entry(account.to_owned()).or_default().insert(row.id.clone(), start);
            }
            if arms && !row.renewal_armed {
                deeds.push(Deed::Arm { account: account.to_owned(), id: row.id.clone() });
            }
        }
    }
}

impl<'a> Scene<'a> {
    fn today(&self) -> NaiveDate {
        wall::day(self.now, self.zone)
    }

    /// A time as it is said now.
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        let local = |at: DateTime<Utc>| at.with_timezone(&(self.zone)(at));
        crate::words::clock(local(at), local(self.now))
    }

    /// What an organisation ends, nobody keeps.
    pub fn may_keep(&self) -> bool {
        !self.view.locked.iter().any(|setting| setting == "day.endsAt")
    }

    fn ends_at(&self) -> Option<(&'a str, NaiveTime)> {
        let at = self.view.settings.day.ends_at.as_deref()?;
        Some((at, time_of_day(at)?))
    }

    fn seats(self) -> impl Iterator<Item = Seat<'a>> {
        self.view.accounts.iter().map(move |row| Seat {
            account: &row.account.id,
            ready: row.problem.is_none()
                && !matches!(row.status, Status::Loading | Status::SignedOut | Status::Offline),
            rows: if row.current { &self.view.active } else { &row.active },
        })
    }

    /// Activations that run.
    fn running(self) -> impl Iterator<Item = (Seat<'a>, &'a ActiveRow)> {
        let runs = move |row: &&ActiveRow| {
            row.activated && row.state == RowState::Active && row.end.is_some_and(|end| end > self.now)
        };
        self.seats().flat_map(move |Seat { account, ready, rows }| {
            rows.iter().filter(runs).map(move |row| (Seat { account, ready, rows }, row))
        })
    }

    /// Those that are to be ended and were not tried.
    fn swept<'s>(self, sweep: &'s Sweep) -> impl Iterator<Item = (Seat<'a>, &'a ActiveRow)> + use<'a, 's> {
        self.running().filter(|(seat, row)| {
            let tried = sweep.tried.get(seat.account).is_some_and(|tried| tried.contains(&row.id));
            !tried && row.start.is_some_and(|start| start <= sweep.moment)
        })
    }

    /// Whose reminder it is, where they are signed in.
    fn whose(&self, reminder: &Reminder) -> Option<&'a str> {
        let account = reminder.account.as_deref();
        let is = |row: &&crate::view::AccountRow| account.map_or(row.current, |account| row.account.id == account);
        self.view.accounts.iter().find(is).map(|row| row.account.id.as_str())
    }

    /// Whether what it is about is active already or on its way; `None` where that is not known, or where it cannot be
    /// activated at all.
    fn engaged(&self, reminder: &Reminder) -> Option<bool> {
        let account = self.whose(reminder)?;
        let seat = self.seats().find(|seat| seat.account == account).filter(|seat| seat.ready)?;
        let current = self.view.accounts.iter().any(|row| row.current && row.account.id == account);
        let active =
            |id: &str| seat.rows.iter().any(|row| row.id == id && !matches!(row.state, RowState::Failed { .. }));
        match (&reminder.role, &reminder.bundle) {
            (Some(role), _) if active(role) => Some(true),
            // Of another account than the one that is shown nobody knows here what it may activate.
            _ if !current => Some(false),
            (Some(role), _) => self.view.eligible.iter().find(|row| row.id == *role).map(|row| row.engaged),
            (None, bundle) => {
                let bundle = self.view.bundles.iter().find(|each| Some(&each.name) == bundle.as_ref())?;
                let mut roles = bundle.roles.iter().filter(|row| row.eligible || row.engaged).peekable();
                roles.peek()?;
                Some(roles.all(|row| row.engaged))
            }
        }
    }
}

impl Sweep {
    fn new(why: Why, day: NaiveDate, moment: DateTime<Utc>) -> Self {
        Self { why, day, moment, tried: BTreeMap::new(), disarmed: BTreeMap::new() }
    }
}

impl Asked {
    /// It has not been dealt with, and was set by then.
    fn wants(&self, day: NaiveDate, at: DateTime<Utc>) -> bool {
        at > self.since && self.day.is_none_or(|done| done < day)
    }
}

/// The last time at which a reminder was due, where that is not too long ago.
fn last(reminder: &Reminder, scene: &Scene<'_>) -> Option<(NaiveDate, DateTime<Utc>)> {
    let time = time_of_day(&reminder.at)?;
    let today = scene.today();
    let days = [Some(today), today.checked_sub_days(Days::new(1))].into_iter().flatten();
    let moments = days.filter(|day| on(reminder, *day)).map(|day| (day, wall::moment(day, time, scene.zone)));
    moments.into_iter().find(|(_, at)| *at <= scene.now && scene.now - *at <= PATIENCE)
}

/// Is this one of its days?
fn on(reminder: &Reminder, day: NaiveDate) -> bool {
    reminder.days.iter().any(|wanted| u32::from(*wanted) == day.weekday().number_from_monday())
}

/// What tells reminders apart.
fn name(reminder: &Reminder) -> String {
    let Reminder { days, at, account, role, bundle, .. } = reminder;
    let days: String = (1..=7).filter(|day| days.contains(day)).map(|day| day.to_string()).collect();
    let of = |kind: &str, what: &Option<String>| what.as_ref().map(|what| format!("{kind}/{what}"));
    let what = of("role", role).or_else(|| of("bundle", bundle)).unwrap_or_default();
    format!("{days}/{at}/{}/{what}", account.as_deref().unwrap_or_default())
}

fn called(row: &ActiveRow) -> String {
    titled(&row.name, row.scope.as_deref())
}

fn withdraw(tag: &str) -> Deed {
    Deed::Tell(Notification::Withdraw { tag: tag.to_owned() })
}

#[cfg(test)]
#[path = "plan_tests/mod.rs"]
mod tests;

//! When was what active: a day or a week as spans of time, a line for each role. Pure: what the history and the lists know
//! goes in, whoever draws decides how wide an hour is.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc};

use crate::{
    view::{ActiveRow, HistoryAction, HistoryOutcome, HistoryRow, Lane, RowState, Span},
    wall::{self, Zone},
};

/// A week that now is in begins, and ends, no further away.
const AROUND: Duration = Duration::days(8);
/// Spans in a picture; the newest count.
const MOST: usize = 500;
/// Two starts this close are the same one: the service rounds here and there.
const SAME: Duration = Duration::minutes(3);

/// A stretch of time: from the first instant until right before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
}

impl Stretch {
    /// The day that `now` is in, on the wall.
    pub fn day(now: DateTime<Utc>, zone: Zone) -> Self {
        Self::days(wall::day(now, zone), 1, zone)
    }

    /// The week that `now` is in, from its Monday on.
    pub fn week(now: DateTime<Utc>, zone: Zone) -> Self {
        let today = wall::day(now, zone);
        Self::days(today - Days::new(today.weekday().num_days_from_monday().into()), 7, zone)
    }

    fn days(first: NaiveDate, many: u64, zone: Zone) -> Self {
        Self { from: begins(first, zone), to: begins(first + Days::new(many), zone) }
    }

    /// The days in it: where each begins, and where the last one ends.
    pub fn begins(&self, zone: Zone) -> Vec<DateTime<Utc>> {
        let days = wall::day(self.from, zone).iter_days().map(|day| begins(day, zone));
        days.take_while(|at| *at < self.to).chain([self.to]).collect()
    }

    /// The part of a span that is in it.
    pub fn part(&self, span: &Span) -> Option<Self> {
        let part = Self { from: span.start.max(self.from), to: span.end.min(self.to) };
        (part.from < part.to).then_some(part)
    }
}

/// The first moment of a day.
fn begins(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    wall::moment(day, NaiveTime::MIN, zone)
}

/// Where a span stands at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It is over.
    Over,
    /// It runs.
    Running,
    /// It has yet to begin.
    Planned,
}

impl Span {
    /// Where it stands.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        match (self.granted, self.start > now, self.end > now) {
            (false, ..) | (true, true, _) => Standing::Planned,
            (true, false, true) => Standing::Running,
            (true, false, false) => Standing::Over,
        }
    }
}

/// All that was, is and will be active, as the history's rows (the newest first) and the active ones tell it.
pub fn lanes(rows: &[HistoryRow], active: &[ActiveRow], now: DateTime<Utc>) -> Vec<Lane> {
    let mut lanes = BTreeMap::new();
    let ends = ends(rows);
    for (row, span) in rows.iter().filter_map(|row| Some((row, asked(row, &ends, now)?))) {
        lane(&mut lanes, &row.role, || (row.name.clone(), row.scope.clone(), row.kind)).spans.push(span);
    }
    for (row, span) in active.iter().filter_map(|row| Some((row, running(row)?))) {
        let lane = lane(&mut lanes, &row.id, || (row.name.clone(), row.scope.clone(), row.kind));
        match lane.spans.iter_mut().find(|known| (known.start - span.start).abs() <= SAME) {
            // The lists know best when it ends.
            Some(known) => (known.end, known.granted) = (span.end, true),
            None => lane.spans.push(span),
        }
    }
    for lane in lanes.values_mut() {
        one_at_a_time(&mut lane.spans);
    }
    lanes.into_values().collect()
}

/// What of them is in the days around `now`; of very many the newest.
pub fn around(lanes: &[Lane], now: DateTime<Utc>) -> Vec<Lane> {
    let mut shown = within(lanes, Stretch { from: now - AROUND, to: now + AROUND });
    let mut starts: Vec<_> = shown.iter().flat_map(|lane| &lane.spans).map(|span| span.start).collect();
    if starts.len() > MOST {
        starts.sort_unstable();
        let first = starts[starts.len() - MOST];
        for lane in &mut shown {
            lane.spans.retain(|span| span.start >= first);
        }
        shown.retain(|lane| !lane.spans.is_empty());
    }
    shown
}

/// The lanes that have something in a stretch of time, with what is in it, whole; who began first comes first.
pub fn within(lanes: &[Lane], stretch: Stretch) -> Vec<Lane> {
    let inside = |lane: &Lane| {
        let spans: Vec<_> = lane.spans.iter().filter(|span| stretch.part(span).is_some()).cloned().collect();
        (!spans.is_empty()).then(|| Lane { spans, ..lane.clone() })
    };
    let mut lanes: Vec<_> = lanes.iter().filter_map(inside).collect();
    lanes.sort_by_cached_key(|lane| (lane.spans[0].start, lane.name.to_lowercase(), lane.role.clone()));
    lanes
}

/// How long a lane was active in a stretch of time, until now.
pub fn active_time(lane: &Lane, stretch: Stretch, now: DateTime<Utc>) -> Duration {
    let until_now = Stretch { to: stretch.to.min(now), ..stretch };
    let parts = lane.spans.iter().filter(|span| span.granted).filter_map(|span| until_now.part(span));
    parts.map(|part| part.to - part.from).sum()
}

fn lane<'a>(
    lanes: &'a mut BTreeMap<String, Lane>,
    role: &str,
    named: impl FnOnce() -> (String, Option<String>, crate::model::Kind),
) -> &'a mut Lane {
    lanes.entry(role.to_owned()).or_insert_with(|| {
        let (name, scope, kind) = named();
        Lane { role: role.to_owned(), kind, name, scope, spans: Vec::new() }
    })
}

/// When each role was ended by hand.
fn ends(rows: &[HistoryRow]) -> BTreeMap<&str, Vec<DateTime<Utc>>> {
    let mut ends: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        if row.action == HistoryAction::Deactivate && row.outcome == HistoryOutcome::Granted {
            ends.entry(row.role.as_str()).or_default().push(row.at);
        }
    }
    ends
}

/// When what a row tells of was, or is to be, active.
fn asked(row: &HistoryRow, ends: &BTreeMap<&str, Vec<DateTime<Utc>>>, now: DateTime<Utc>) -> Option<Span> {
    if row.action != HistoryAction::Activate {
        return None;
    }
    let granted = row.outcome == HistoryOutcome::Granted;
    let start = if granted { row.start.unwrap_or(row.at) } else { row.start? };
    let end = row.end.or_else(|| Some(start + Duration::minutes(row.minutes?.into())))?;
    let ahead = row.outcome == HistoryOutcome::Waiting && start > now;
    if !granted && !ahead {
        return None;
    }
    // What was asked for here may have been ended elsewhere.
    let by_hand = ends.get(row.role.as_str()).into_iter().flatten().filter(|at| start < **at && **at < end).min();
    Some(Span {
        start,
        end: by_hand.copied().unwrap_or(end),
        granted,
        minutes: row.minutes,
        reason: row.reason.clone(),
        ticket: row.ticket.clone(),
        here: row.here,
    })
}

/// What is active now, whoever asked for it.
fn running(row: &ActiveRow) -> Option<Span> {
    let runs = row.activated && matches!(row.state, RowState::Active | RowState::Deactivating);
    let (start, end) = row.start.zip(row.end).filter(|(start, end)| runs && start < end)?;
    Some(Span {
        start,
        end,
        granted: true,
        minutes: u32::try_from((end - start).num_minutes()).ok(),
        reason: row.reason.clone(),
        ticket: row.ticket.clone(),
        // Of what was asked for from here, the reason is known.
        here: row.reason.is_some(),
    })
}

/// In their order, none into the next: a role is active once. What was to last longer was ended by what came after it, and
/// what is not sure yet begins when what is has ended.
fn one_at_a_time(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start, span.granted, span.end));
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for mut span in spans.drain(..) {
        while let Some(mut before) = kept.pop_if(|before| before.end > span.start) {
            if span.granted {
                before.end = span.start;
            } else {
                span.start = before.end;
            }
            if before.start < before.end {
                kept.push(before);
            }
        }
        if span.start < span.end {
            kept.push(span);
        }
    }
    *spans = kept;
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;

//! How roles are used: time asked for against time used, and what nobody used for 90 days. Pure: the lines of the timeline and
//! what one is eligible for go in.

use chrono::{DateTime, Duration, Utc};

use crate::{
    model::Kind,
    timeline::{Standing, Stretch, active_time},
    view::{Insight, Lane, RoleUse, Span, UnusedRole},
};

/// What is looked at, and after which a role that nobody activated counts as unused.
pub const PERIOD: Duration = Duration::days(90);
/// Fewer activations than that are no habit.
const HABIT: usize = 3;
/// So much less than what was asked for is no rounding: it was ended early.
const EARLY: Duration = Duration::minutes(3);
/// Lengths that are worth proposing, minutes.
const LENGTHS: [u32; 12] = [15, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 720];

/// A role that can be activated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligible {
    /// The role's key.
    pub role: String,
    /// The kind of PIM.
    pub kind: Kind,
    /// Role name.
    pub name: String,
    /// Scope name.
    pub scope: Option<String>,
    /// Server time since which it can be; `None` where nobody says.
    pub since: Option<DateTime<Utc>>,
}

/// What is known of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// All that was active, a line for each role.
    pub lanes: &'a [Lane],
    /// Server time of the oldest request that is known.
    pub oldest: Option<DateTime<Utc>>,
    /// Kinds of which the service has told all it remembers.
    pub told: &'a [Kind],
}

/// What that says. `of` names the eligibility that an active role comes from, which is another one where its scope was
/// narrowed.
pub fn look(
    known: &Known<'_>,
    eligible: &[Eligible],
    of: impl Fn(&str) -> Option<String>,
    now: DateTime<Utc>,
) -> Insight {
    let begin = now - PERIOD;
    let since = known.oldest.unwrap_or(now).clamp(begin, now);
    let stretch = Stretch { from: since, to: now };
    let mut roles: Vec<_> = known.lanes.iter().filter_map(|lane| role_use(lane, stretch, now)).collect();
    roles.sort_by_cached_key(|role| {
        (std::cmp::Reverse(role.total_minutes), role.name.to_lowercase(), role.role.clone())
    });
    let last = |role: &str| {
        let lanes = known.lanes.iter().filter(|lane| lane.role == role || of(&lane.role).as_deref() == Some(role));
        lanes.flat_map(|lane| &lane.spans).filter(|span| span.granted).map(|span| span.end.min(now)).max()
    };
    let certain = |kind| known.told.contains(&kind) || known.oldest.is_some_and(|oldest| oldest <= begin);
    let long_enough =
        eligible.iter().filter(|role| role.since.is_some_and(|since| since <= begin) && certain(role.kind));
    let mut unused: Vec<_> = long_enough
        .map(|role| (role, last(&role.role)))
        .filter(|(_, last)| last.is_none_or(|last| last <= begin))
        .map(|(Eligible { role, kind, name, scope, .. }, last)| UnusedRole {
            role: role.clone(),
            kind: *kind,
            name: name.clone(),
            scope: scope.clone(),
            last,
        })
        .collect();
    unused.sort_by_cached_key(|role| (role.name.to_lowercase(), role.scope.clone(), role.role.clone()));
    unused.dedup_by(|one, other| one.role == other.role);
    Insight {
        since,
        minutes: minutes(now - since),
        active_minutes: minutes(anything(known.lanes, stretch)),
        roles,
        unused,
    }
}

fn role_use(lane: &Lane, stretch: Stretch, now: DateTime<Utc>) -> Option<RoleUse> {
    let begun = |span: &&Span| span.granted && span.start <= now && stretch.part(span).is_some();
    let spans: Vec<_> = lane.spans.iter().filter(begun).collect();
    if spans.is_empty() {
        return None;
    }
    // Of those that run nobody knows yet.
    let over = spans.iter().filter(|span| span.standing(now) == Standing::Over);
    let over: Vec<(u32, u32)> = over.filter_map(|span| Some((span.minutes?, minutes(span.end - span.start)))).collect();
    let early = |asked: u32, used: u32| asked.saturating_sub(used) >= minutes(EARLY);
    let mut used: Vec<u32> = over.iter().map(|(_, used)| *used).collect();
    used.sort_unstable();
    let asked = average(over.iter().map(|(asked, _)| *asked));
    Some(RoleUse {
        role: lane.role.clone(),
        kind: lane.kind,
        name: lane.name.clone(),
        scope: lane.scope.clone(),
        times: count(spans.len()),
        early: count(over.iter().filter(|(asked, used)| early(*asked, *used)).count()),
        total_minutes: minutes(active_time(lane, stretch, now)),
        asked_minutes: asked,
        used_minutes: average(used.iter().copied()),
        typical_minutes: used.get(used.len().saturating_sub(1) / 2).copied(),
        enough_minutes: asked.and_then(|asked| enough(&used, asked)),
    })
}

/// A length that nine of ten would have fitted in, where it is no more than half of what is asked for; `used` rises.
fn enough(used: &[u32], asked: u32) -> Option<u32> {
    if used.len() < HABIT {
        return None;
    }
    let most = used[(used.len() * 9).div_ceil(10) - 1];
    LENGTHS.into_iter().find(|length| *length >= most).filter(|length| 2 * length <= asked)
}

/// The time in which at least one of them was active.
fn anything(lanes: &[Lane], stretch: Stretch) -> Duration {
    let spans = lanes.iter().flat_map(|lane| &lane.spans).filter(|span| span.granted);
    let mut parts: Vec<_> = spans.filter_map(|span| stretch.part(span)).map(|part| (part.from, part.to)).collect();
    parts.sort_unstable();
    let mut counted = stretch.from;
    let mut sum = Duration::zero();
    for (from, to) in parts {
        sum += (to - from.max(counted)).max(Duration::zero());
        counted = counted.max(to);
    }
    sum
}

fn average(values: impl ExactSizeIterator<Item = u32>) -> Option<u32> {
    let many = u64::try_from(values.len()).ok().filter(|many| *many > 0)?;
    let sum: u64 = values.map(u64::from).sum();
    u32::try_from((sum + many / 2) / many).ok()
}

/// Whole minutes, to the nearest.
fn minutes(length: Duration) -> u32 {
    u32::try_from((length.num_seconds() + 30) / 60).unwrap_or(0)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "insight_tests.rs"]
mod tests;

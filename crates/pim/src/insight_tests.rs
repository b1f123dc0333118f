use proptest::prelude::*;

use super::*;

fn now() -> DateTime<Utc> {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

/// An activation so many hours ago, asked for and lasting so many minutes.
fn span(hours_ago: i64, asked: u32, used: i64) -> Span {
    let start = now() - Duration::hours(hours_ago);
    Span {
        start,
        end: start + Duration::minutes(used),
        granted: true,
        minutes: Some(asked),
        reason: None,
        ticket: None,
        here: true,
    }
}

fn lane(name: &str, spans: Vec<Span>) -> Lane {
    let mut spans = spans;
    spans.sort_by_key(|span| span.start);
    Lane { role: name.into(), kind: Kind::DirectoryRole, name: name.into(), scope: None, spans }
}

fn eligible(name: &str, days: Option<i64>) -> Eligible {
    Eligible {
        role: name.into(),
        kind: Kind::DirectoryRole,
        name: name.into(),
        scope: None,
        since: days.map(|days| now() - Duration::days(days)),
    }
}

fn seen(lanes: &[Lane], eligible: &[Eligible], oldest: Option<i64>, told: &[Kind]) -> Insight {
    let known = Known { lanes, oldest: oldest.map(|days| now() - Duration::days(days)), told };
    look(&known, eligible, |role| role.strip_suffix(" below").map(str::to_owned), now())
}

#[test]
fn what_was_asked_for_is_held_against_what_was_used() {
    let reader = lane("Reader", vec![span(30, 480, 80), span(60, 480, 60), span(90, 480, 100), span(1, 480, 480)]);
    let exact = lane("Exact", vec![span(300, 60, 60), span(310, 60, 60), span(320, 60, 59)]);
    let insight = seen(&[exact, reader], &[], Some(400), &[]);
    assert_eq!((insight.since, insight.minutes), (now() - PERIOD, 129_600));
    let [reader, exact] = &insight.roles[..] else { panic!("{insight:?}") };
    assert_eq!((reader.times, reader.early, reader.total_minutes), (4, 3, 80 + 60 + 100 + 60), "one runs");
    assert_eq!((reader.asked_minutes, reader.used_minutes, reader.typical_minutes), (Some(480), Some(80), Some(80)));
    assert_eq!(reader.enough_minutes, Some(120), "all of them would have fitted in");
    assert_eq!((exact.times, exact.early, exact.enough_minutes), (3, 0, None));
    assert_eq!(insight.active_minutes, 300 + 179);
}

#[test]
fn two_are_no_habit_and_half_is_no_waste() {
    let few = lane("Few", vec![span(30, 480, 10), span(60, 480, 10)]);
    let most = lane("Most", vec![span(30, 240, 150), span(60, 240, 150), span(90, 240, 150)]);
    let long = lane("Long", vec![span(30, 480, 460), span(60, 480, 10), span(90, 480, 10)]);
    let insight = seen(&[few, most, long], &[], Some(400), &[]);
    assert!(insight.roles.iter().all(|role| role.enough_minutes.is_none()), "{insight:?}");
}

#[test]
fn what_is_known_for_a_shorter_time_says_since_when() {
    let insight = seen(&[lane("Reader", vec![span(24, 60, 30)])], &[], Some(10), &[]);
    assert_eq!((insight.since, insight.active_minutes), (now() - Duration::days(10), 30));
    let nothing = seen(&[], &[eligible("Reader", Some(400))], None, &[]);
    assert_eq!((nothing.minutes, nothing.roles.len(), nothing.unused.len()), (0, 0, 0), "nobody knows of anything");
}

#[test]
fn what_nobody_used_for_long_is_named_where_that_is_certain() {
    let roles = [
        eligible("Never", Some(91)),
        eligible("Young", Some(89)),
        eligible("Unsaid", None),
        eligible("Lately", Some(400)),
        eligible("Long ago", Some(400)),
        eligible("Narrowed", Some(400)),
        eligible("Never", Some(91)),
    ];
    let lanes = [
        lane("Lately", vec![span(24, 60, 30)]),
        lane("Long ago", vec![span(100 * 24, 60, 30)]),
        lane("Narrowed below", vec![span(24, 60, 30)]),
    ];
    let insight = seen(&lanes, &roles, Some(400), &[]);
    let named: Vec<_> = insight.unused.iter().map(|role| (role.name.as_str(), role.last.is_some())).collect();
    assert_eq!(named, [("Long ago", true), ("Never", false)]);
    // What was asked for elsewhere is not known then.
    assert_eq!(seen(&lanes[..1], &roles, Some(10), &[]).unused, []);
    assert_eq!(seen(&lanes[..1], &roles, Some(10), &[Kind::Group]).unused, []);
    assert_eq!(seen(&lanes[..1], &roles, Some(10), &[Kind::DirectoryRole]).unused.len(), 3);
}

#[test]
fn what_has_yet_to_begin_or_was_longer_ago_is_not_counted() {
    let planned = Span { granted: false, ..span(-5, 60, 60) };
    let insight = seen(&[lane("a", vec![planned]), lane("b", vec![span(91 * 24, 60, 60)])], &[], Some(400), &[]);
    assert_eq!((insight.roles, insight.active_minutes), (vec![], 0));
}

proptest! {
    #[test]
    fn the_figures_fit_together(
        spans in prop::collection::vec((0..3_u8, -100_i64..3_000, 5_u32..720, 1_i64..720), 0..60),
        oldest in prop::option::of(0_i64..400),
    ) {
        let of = |role: u8| {
            let mine = spans.iter().filter(|(lane, ..)| *lane == role);
            lane(&role.to_string(), mine.map(|(_, ago, asked, used)| span(*ago, *asked, *used)).collect())
        };
        let lanes: Vec<_> = (0..3).map(of).collect();
        let insight = seen(&lanes, &[], oldest, &[]);
        prop_assert!(insight.active_minutes <= insight.minutes);
        prop_assert!(insight.roles.is_sorted_by_key(|role| std::cmp::Reverse(role.total_minutes)));
        for role in &insight.roles {
            prop_assert!(role.times > 0 && role.early <= role.times);
            prop_assert_eq!(role.asked_minutes.is_some(), role.used_minutes.is_some());
            if let (Some(enough), Some(asked)) = (role.enough_minutes, role.asked_minutes) {
                prop_assert!(2 * enough <= asked && role.typical_minutes.unwrap() <= enough);
            }
        }
    }
}

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::{
    model::{Kind, Ticket},
    view::RequirementsView,
};

fn noon() -> DateTime<Utc> {
    // A Wednesday.
    "2026-11-25T12:00:00Z".parse().unwrap()
}

fn minutes(minutes: i64) -> DateTime<Utc> {
    noon() + Duration::minutes(minutes)
}

fn row(role: &str, from: i64, to: i64) -> HistoryRow {
    HistoryRow {
        id: format!("{role}{from}"),
        role: role.into(),
        kind: Kind::DirectoryRole,
        name: role.to_uppercase(),
        scope: None,
        action: HistoryAction::Activate,
        outcome: HistoryOutcome::Granted,
        at: minutes(from),
        start: Some(minutes(from)),
        end: Some(minutes(to)),
        minutes: Some(480),
        reason: Some("Audit".into()),
        ticket: Some(Ticket { number: "INC-1".into(), system: String::new() }),
        here: true,
    }
}

fn active(role: &str, from: i64, to: i64) -> ActiveRow {
    ActiveRow {
        id: role.into(),
        kind: Kind::DirectoryRole,
        name: role.to_uppercase(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        state: RowState::Active,
        start: Some(minutes(from)),
        end: Some(minutes(to)),
        activated: true,
        deactivatable_from: None,
        reason: None,
        ticket: None,
        renewable: false,
        renewal_armed: false,
        renewal: None,
        extension: None,
        effect: None,
        hints: Vec::new(),
        requirements: RequirementsView::default(),
        problem: None,
    }
}

fn around(rows: &[HistoryRow], active: &[ActiveRow], now: DateTime<Utc>) -> Vec<Lane> {
    super::around(&lanes(rows, active, now), now)
}

/// Each lane's spans in minutes from noon.
fn spans(lanes: &[Lane]) -> Vec<(&str, Vec<(i64, i64)>)> {
    let from_noon = |at: DateTime<Utc>| (at - noon()).num_minutes();
    let of = |lane: &Lane| lane.spans.iter().map(|span| (from_noon(span.start), from_noon(span.end))).collect();
    lanes.iter().map(|lane| (lane.role.as_str(), of(lane))).collect()
}

#[test]
fn each_role_has_a_line_and_who_began_first_comes_first() {
    let rows = [row("b", -30, 90), row("a", -60, 10), row("b", -200, -100), row("a", -20_000, -19_000)];
    let lanes = around(&rows, &[], noon());
    assert_eq!(spans(&lanes), [("b", vec![(-200, -100), (-30, 90)]), ("a", vec![(-60, 10)])]);
    let span = &lanes[1].spans[0];
    assert_eq!((span.reason.as_deref(), span.minutes, span.here), (Some("Audit"), Some(480), true));
    let standings: Vec<_> = lanes[0].spans.iter().map(|span| span.standing(noon())).collect();
    assert_eq!(standings, [Standing::Over, Standing::Running]);
}

#[test]
fn what_came_to_nothing_is_no_time_and_what_was_ended_by_hand_is_less() {
    let failed = HistoryRow { outcome: HistoryOutcome::Denied { reason: None }, ..row("no", -60, 0) };
    let extended = HistoryRow { action: HistoryAction::Extend, ..row("no", -60, 900) };
    let ended = HistoryRow { action: HistoryAction::Deactivate, start: None, end: None, ..row("a", -40, 0) };
    let tried = HistoryRow { outcome: HistoryOutcome::Waiting, ..ended.clone() };
    assert_eq!(spans(&around(&[failed, extended, ended, row("a", -60, 60)], &[], noon())), [("a", vec![(-60, -40)])]);
    assert_eq!(spans(&around(&[tried, row("a", -60, 60)], &[], noon())), [("a", vec![(-60, 60)])]);
}

#[test]
fn what_is_not_known_of_a_time_is_what_was_asked_for() {
    let old = HistoryRow { start: None, end: None, minutes: Some(30), ..row("a", -60, 0) };
    let older = HistoryRow { start: None, end: None, minutes: None, ..row("b", -60, 0) };
    assert_eq!(spans(&around(&[old, older], &[], noon())), [("a", vec![(-60, -30)])]);
}

#[test]
fn what_waits_is_planned_where_it_has_yet_to_begin() {
    let waiting = |from| HistoryRow { outcome: HistoryOutcome::Waiting, ..row("a", from, from + 60) };
    let lanes = around(&[waiting(30)], &[], noon());
    assert_eq!(spans(&lanes), [("a", vec![(30, 90)])]);
    assert_eq!(lanes[0].spans[0].standing(noon()), Standing::Planned);
    assert_eq!(lanes[0].spans[0].standing(minutes(40)), Standing::Planned, "nobody said that it began");
    assert!(around(&[waiting(-30)], &[], noon()).is_empty(), "somebody has yet to say yes");
    let next = around(&[waiting(30), row("a", -60, 40)], &[], noon());
    assert_eq!(spans(&next), [("a", vec![(-60, 40), (40, 90)])], "after the one that runs");
}

#[test]
fn the_lists_know_what_runs_and_until_when() {
    let lanes = around(&[row("a", -60, 420)], &[active("a", -59, 30), active("b", -10, 50)], noon());
    assert_eq!(spans(&lanes), [("a", vec![(-60, 30)]), ("b", vec![(-10, 50)])]);
    let standing = ActiveRow { activated: false, ..active("c", -10, 50) };
    let asked = ActiveRow { state: RowState::Scheduled, ..active("c", 10, 50) };
    let good = ActiveRow { end: None, ..active("c", -10, 50) };
    assert!(around(&[], &[standing, asked, good], noon()).is_empty());
}

#[test]
fn of_very_many_the_newest_are_shown() {
    let rows: Vec<_> =
        (0..1_000).map(|place| row(if place % 2 == 0 { "a" } else { "b" }, -5 * place - 5, -5 * place)).collect();
    let shown = around(&rows, &[], noon());
    assert_eq!(shown.iter().map(|lane| lane.spans.len()).sum::<usize>(), MOST);
    assert_eq!(shown[0].spans[0].start, minutes(-2_500));
    assert_eq!(lanes(&rows, &[], noon()).iter().map(|lane| lane.spans.len()).sum::<usize>(), 1_000);
}

#[test]
fn a_renewal_ends_the_one_before() {
    let lanes = around(&[row("a", 0, 60), row("a", -60, 2)], &[], noon());
    assert_eq!(spans(&lanes), [("a", vec![(-60, 0), (0, 60)])]);
}

/// Summer time until the night of 25 October 2026.
fn berlin(at: DateTime<Utc>) -> FixedOffset {
    let summer = at < "2026-10-25T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
    FixedOffset::east_opt(if summer { 7_200 } else { 3_600 }).unwrap()
}

#[test]
fn days_and_weeks_are_those_of_the_wall() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let day = Stretch::day(at("2026-11-25T23:30:00Z"), berlin);
    assert_eq!((day.from, day.to), (at("2026-11-25T23:00:00Z"), at("2026-11-26T23:00:00Z")));
    let long = Stretch::day(at("2026-10-25T12:00:00Z"), berlin);
    assert_eq!(long.to - long.from, Duration::hours(25), "the clocks are put back");
    let week = Stretch::week(at("2026-10-25T22:59:59Z"), berlin);
    assert_eq!((week.from, week.to), (at("2026-10-18T22:00:00Z"), at("2026-10-25T23:00:00Z")));
    let begins = week.begins(berlin);
    assert_eq!((begins.len(), begins[0], begins[6], begins[7]), (8, week.from, at("2026-10-24T22:00:00Z"), week.to));
}

#[test]
fn only_what_is_in_it_is_in_it_and_only_until_now_is_counted() {
    let lanes = around(&[row("a", -30, 90), row("b", -300, -200), row("a", -900, -700)], &[], noon());
    let stretch = Stretch { from: minutes(-250), to: minutes(60) };
    let shown = within(&lanes, stretch);
    assert_eq!(spans(&shown), [("b", vec![(-300, -200)]), ("a", vec![(-30, 90)])]);
    assert_eq!(active_time(&shown[0], stretch, noon()), Duration::minutes(50));
    assert_eq!(active_time(&shown[1], stretch, noon()), Duration::minutes(30));
    assert_eq!(within(&lanes, Stretch { from: minutes(90), to: minutes(91) }), []);
}

fn any_row() -> impl Strategy<Value = HistoryRow> {
    let times = (-20_000_i64..20_000, -100_i64..2_000, any::<Option<bool>>());
    (0..3_u8, times, prop_oneof![Just(true), Just(true), Just(false)]).prop_map(
        |(role, (at, long, outcome), activates)| HistoryRow {
            action: if activates { HistoryAction::Activate } else { HistoryAction::Deactivate },
            outcome: match outcome {
                Some(true) => HistoryOutcome::Waiting,
                Some(false) => HistoryOutcome::Failed { code: None },
                None => HistoryOutcome::Granted,
            },
            ..row(&role.to_string(), at, at + long)
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_told_no_role_is_active_twice(
        rows in prop::collection::vec(any_row(), 0..40),
        runs in prop::collection::vec((0..3_u8, -2_000_i64..0, 1_i64..2_000), 0..3),
        from in -9_000_i64..9_000,
    ) {
        let runs: Vec<_> = runs.into_iter().map(|(role, from, to)| active(&role.to_string(), from, to)).collect();
        let lanes = around(&rows, &runs, noon());
        for lane in &lanes {
            prop_assert!(lane.spans.iter().all(|span| span.start < span.end), "{lane:?}");
            prop_assert!(lane.spans.is_sorted_by(|one, next| one.end <= next.start), "{lane:?}");
        }
        let stretch = Stretch { from: minutes(from), to: minutes(from + 1_440) };
        for lane in within(&lanes, stretch) {
            prop_assert!(!lane.spans.is_empty());
            prop_assert!(active_time(&lane, stretch, noon()) <= Duration::minutes(1_440));
        }
    }

    #[test]
    fn now_is_in_its_day_and_its_week(second in 1_790_000_000_i64..1_800_000_000) {
        let now = DateTime::from_timestamp(second, 0).unwrap();
        let (day, week) = (Stretch::day(now, berlin), Stretch::week(now, berlin));
        prop_assert!(day.from <= now && now < day.to);
        prop_assert!(week.from <= day.from && day.to <= week.to);
        prop_assert_eq!(week.begins(berlin).len(), 8);
        prop_assert!(now - week.from < AROUND && week.to - now < AROUND, "the view has all of the week");
    }
}

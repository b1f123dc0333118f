//! Over the night in which the clocks change.

use super::*;

/// Where clocks go back at one in the morning of Greenwich.
fn lisbon(at: DateTime<Utc>) -> FixedOffset {
    let summer = at < "2026-10-25T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
    FixedOffset::east_opt(if summer { 3600 } else { 0 }).unwrap()
}

#[test]
fn times_after_the_clocks_have_changed_are_those_of_the_changed_clock() {
    let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let now = moment("2026-10-24T22:30:00Z");
    let row = ActiveRow {
        start: Some(moment("2026-10-24T22:29:00Z")),
        end: Some(moment("2026-10-25T06:29:00Z")),
        deactivatable_from: Some(moment("2026-10-25T01:30:00Z")),
        renewal_armed: true,
        ..active("Reader", "12:00:00", "13:00:00")
    };
    let view = View { active: vec![row], ..signed_in(Status::Active) };
    let extra = Extra { paused_until: Some(moment("2026-10-25T01:05:00Z")), ..Extra::default() };
    let face = Face::of(&view, &extra, now, lisbon);
    assert_eq!(face.tooltip, ["Reader · 7 h 59 left, renews at Sun 06:29"]);
    let menu = format!("{:?}", face.menu);
    for line in ["Renew at Sun 06:29", "possible from Sun 01:30", "paused until Sun 01:05"] {
        assert!(menu.contains(line), "{line}: {menu}");
    }
    // In what is copied, each with its own distance from Greenwich.
    assert!(menu.contains("From: 2026-10-24 23:29 +01:00"), "{menu}");
    assert!(menu.contains("Until: 2026-10-25 06:29 +00:00"), "{menu}");
}

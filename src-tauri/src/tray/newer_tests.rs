//! A newer version in the menu.

use super::*;

#[test]
fn a_newer_version_has_a_line_that_leads_to_the_page_about_pimento_whoever_is_signed_in() {
    let extra = Extra { newer: Some("0.2.0".into()), forgeable: true, ..Extra::default() };
    let line = Entry::Item { label: "Get Pimento 0.2.0…".into(), action: Some(Action::OpenAbout) };
    for view in [View::empty(at("12:00:00")), signed_in(Status::Idle)] {
        let shown = |extra: &Extra| Face::of(&view, extra, at("12:00:00"), utc).menu;
        assert!(shown(&extra).contains(&line));
        assert!(!shown(&Extra::default()).contains(&line));
    }
}

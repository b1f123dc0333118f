//! What a locked screen ends.

use super::*;

#[test]
fn a_locked_screen_ends_what_is_active_where_that_is_wanted() {
    let rows = vec![active("reader", at("09:00"), at("20:00")), active("new", at("11:58"), at("20:00"))];
    let mut desk = Desk::new("12:00", None, rows);
    assert_eq!(desk.lock(), [], "not wanted");
    desk.view.settings.day.end_on_lock = true;
    let deeds = desk.lock();
    assert_eq!(ended(&deeds), ["reader"]);
    let [notify] = told(&deeds)[..] else { panic!("{deeds:?}") };
    assert_eq!(
        (notify.title.as_str(), notify.body.as_str()),
        ("2 roles are being ended", "reader and new. The screen was locked.")
    );
    assert_eq!(desk.lock(), [], "told by another service");
    desk.view.active.remove(0);
    assert_eq!(desk.next(), Some(at("12:03") + MARGIN));
    assert_eq!(ended(&desk.at("12:04")), ["new"]);
    // Refused; the next time the screen is locked it is tried again.
    assert_eq!(desk.at("12:05"), []);
    desk.now = at("13:00");
    assert_eq!(ended(&desk.lock()), ["new"]);
    desk.view.active = vec![active("later", at("13:05"), at("20:00"))];
    assert_eq!(desk.at("14:00"), []);
}

#[test]
fn a_screen_that_is_locked_shortly_before_midnight_ends_what_is_new_after_it() {
    let morning = at("2026-11-24T06:00:00Z");
    let mut desk = Desk::new("23:58", None, vec![active("new", at("23:57"), morning)]);
    desk.view.settings.day.end_on_lock = true;
    assert!(ended(&desk.lock()).is_empty());
    let free = at("2026-11-24T00:02:00Z") + MARGIN;
    assert_eq!(desk.next(), Some(free));
    desk.now = free;
    assert_eq!(ended(&desk.due()), ["new"]);
    // What was waited for is not waited for on another day.
    desk.view.active = vec![active("other", at("23:50"), morning)];
    assert!(ended(&desk.at("2026-11-24T00:20:00Z")).is_empty());
}

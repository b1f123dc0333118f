//! What a reminder asks, and when.

use super::*;

fn eligible(id: &str, engaged: bool) -> EligibleRow {
    EligibleRow {
        id: id.into(),
        kind: Kind::DirectoryRole,
        name: id.into(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        eligible_until: None,
        extension: None,
        narrowable: false,
        requirements: RequirementsView::default(),
        favourite: false,
        uses: 0,
        last_reason: None,
        last_minutes: None,
        one_click: false,
        engaged,
        entered: false,
        problem: None,
    }
}

pub(super) fn reminder(days: &[u8], time: &str, role: &str) -> Reminder {
    let (account, role, bundle) = (None, Some(role.into()), None);
    Reminder { days: days.to_vec(), at: time.into(), account, role, bundle, name: "Global Reader".into() }
}

pub(super) fn reminded(now: &str, reminders: Vec<Reminder>) -> Desk {
    let mut desk = Desk::new(now, None, Vec::new());
    desk.view.eligible = vec![eligible("reader", false)];
    desk.view.settings.day.reminders = reminders;
    desk.due();
    desk
}

#[test]
fn a_reminder_asks_on_its_days_and_opens_the_form() {
    let mut desk = reminded("08:00", vec![reminder(&[1, 2, 3, 4, 5], "09:00", "reader")]);
    assert_eq!(desk.next(), Some(at("09:00")));
    let deeds = desk.at("09:00");
    let [notify] = told(&deeds)[..] else { panic!("{deeds:?}") };
    assert_eq!(notify.title, "Global Reader: activate now?");
    let activate = NotificationAction::Activate { account: "maya".into(), id: "reader".into(), bundle: false };
    assert_eq!(notify.actions, [activate, NotificationAction::Dismiss]);
    desk.restart();
    assert_eq!(desk.at("09:30"), [], "asked once");
    assert_eq!(desk.next(), Some(at("2026-11-24T09:00:00Z")));
    // Over the weekend it is quiet.
    for day in 24..28 {
        assert_eq!(told(&desk.at(&format!("2026-11-{day}T09:00:00Z"))).len(), 1, "{day}");
    }
    assert_eq!(desk.next(), Some(at("2026-11-30T09:00:00Z")));
    assert_eq!(desk.at("2026-11-29T09:00:00Z"), []);
}

#[test]
fn a_reminder_is_not_for_what_is_active_and_goes_when_it_is() {
    let mut desk = reminded("08:00", vec![reminder(&[1], "09:00", "reader"), reminder(&[1], "10:00", "reader")]);
    desk.view.eligible[0].engaged = true;
    assert_eq!(desk.at("09:00"), []);
    desk.view.eligible[0].engaged = false;
    assert_eq!(desk.at("09:10"), [], "dealt with");
    let deeds = desk.at("10:00");
    let tag = told(&deeds)[0].tag.clone();
    desk.view.eligible[0].engaged = true;
    assert_eq!(desk.at("10:01"), [withdraw(&tag)]);
}

#[test]
fn a_reminder_that_comes_late_is_none_and_one_that_cannot_be_asked_waits() {
    let mut desk = reminded("08:00", vec![reminder(&[1, 2], "09:00", "reader")]);
    assert_eq!(desk.at("10:01"), [], "slept too long");
    assert_eq!(desk.next(), Some(at("2026-11-24T09:00:00Z")));
    desk.view.accounts[0].status = Status::Loading;
    assert_eq!(desk.at("2026-11-24T09:00:00Z"), []);
    desk.view.accounts[0].status = Status::Idle;
    assert_eq!(told(&desk.at("2026-11-24T09:40:00Z")).len(), 1);
    // Set a moment ago for a time that is past: it begins tomorrow.
    let mut desk = reminded("09:10", vec![reminder(&[1, 2], "09:00", "reader")]);
    assert_eq!(desk.at("09:11"), []);
    // What cannot be activated is not asked about.
    let mut desk = reminded("08:00", vec![reminder(&[1], "09:00", "gone")]);
    assert_eq!(desk.at("09:00"), []);
}

#[test]
fn a_reminder_is_about_a_bundle_or_another_account_as_well() {
    let bundle = Reminder { role: None, bundle: Some("On call".into()), ..reminder(&[1], "09:00", "") };
    let elsewhere = Reminder { account: Some("omar".into()), ..reminder(&[1], "09:00", "reader") };
    let mut desk = reminded("08:00", vec![bundle, elsewhere]);
    desk.view.accounts.push(account("omar", false, vec![active("other", at("08:00"), at("12:00"))]));
    let row = |id: &str, engaged| BundleRow {
        id: id.into(),
        kind: Kind::DirectoryRole,
        name: id.into(),
        scope: None,
        minutes: 60,
        eligible: true,
        engaged,
    };
    desk.view.bundles = vec![BundleView {
        name: "On call".into(),
        reason: String::new(),
        template: String::new(),
        roles: vec![row("a", true), row("b", false)],
        one_click: false,
        managed: false,
    }];
    let deeds = desk.at("09:00");
    let actions: Vec<_> = told(&deeds).iter().map(|notify| notify.actions[0].clone()).collect();
    let activate = |account: &str, id: &str, bundle| NotificationAction::Activate {
        account: account.into(),
        id: id.into(),
        bundle,
    };
    assert_eq!(actions, [activate("maya", "On call", true), activate("omar", "reader", false)]);
}

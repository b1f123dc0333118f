mod locks;
mod reminders;

use std::cell::Cell;

use chrono::FixedOffset;
use proptest::prelude::*;

use self::reminders::{reminded, reminder};
use super::*;
use crate::{
    elevation::Notify,
    model::Kind,
    view::{
        Account, AccountRow, BundleRow, BundleView, EligibleRow, RenewalView, RenewalWay, RequirementsView, WorkingDay,
    },
};

/// Summer time from 29 March to 25 October 2026.
fn berlin(now: DateTime<Utc>) -> FixedOffset {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let summer = (at("2026-03-29T01:00:00Z")..at("2026-10-25T01:00:00Z")).contains(&now);
    FixedOffset::east_opt(if summer { 7200 } else { 3600 }).unwrap()
}

fn utc(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::east_opt(0).unwrap()
}

fn newyork(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::west_opt(5 * 3600).unwrap()
}

/// A Monday, by the clock of Greenwich.
fn at(time: &str) -> DateTime<Utc> {
    let text = if time.len() > 8 { time.to_owned() } else { format!("2026-11-23T{time}:00Z") };
    text.parse().unwrap()
}

fn active(id: &str, start: DateTime<Utc>, end: DateTime<Utc>) -> ActiveRow {
    ActiveRow {
        id: id.into(),
        kind: Kind::DirectoryRole,
        name: id.into(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        state: RowState::Active,
        start: Some(start),
        end: Some(end),
        activated: true,
        deactivatable_from: Some(start + TimeDelta::minutes(5)),
        reason: None,
        ticket: None,
        renewable: true,
        renewal_armed: false,
        renewal: Some(RenewalView {
            armed: false,
            way: RenewalWay::AtExpiry,
            gap_seconds: 0,
            restart_gap_seconds: 0,
            step_up: false,
            ahead: None,
            pending: None,
            not_after: None,
            refused: None,
        }),
        extension: None,
        effect: None,
        hints: Vec::new(),
        requirements: RequirementsView { known: true, ..RequirementsView::default() },
        problem: None,
    }
}

fn account(id: &str, current: bool, active: Vec<ActiveRow>) -> AccountRow {
    let text = || id.to_owned();
    let (username, name, tenant, tenant_id, cloud) = (text(), text(), text(), text(), text());
    let account = Account { id: text(), username, name, tenant, tenant_id, cloud, demo: false, remembered: true };
    AccountRow { account, colour: 0, current, status: Status::Active, active, problem: None }
}

/// Somebody at their desk.
struct Desk {
    plan: Plan,
    view: View,
    now: DateTime<Utc>,
    zone: Zone,
}

impl Desk {
    fn new(now: &str, ends_at: Option<&str>, rows: Vec<ActiveRow>) -> Self {
        let now = at(now);
        let mut view = View { accounts: vec![account("maya", true, Vec::new())], active: rows, ..View::empty(now) };
        view.settings.day = WorkingDay { ends_at: ends_at.map(str::to_owned), ..WorkingDay::default() };
        let mut desk = Self { plan: Plan::new(Memory::default()), view, now, zone: utc };
        desk.due();
        desk
    }

    fn scene(&self) -> Scene<'_> {
        Scene { view: &self.view, now: self.now, zone: self.zone }
    }

    fn due(&mut self) -> Vec<Deed> {
        let scene = Scene { view: &self.view, now: self.now, zone: self.zone };
        let deeds = self.plan.due(&scene);
        assert_eq!(self.plan.due(&scene), [], "once");
        deeds
    }

    fn at(&mut self, now: &str) -> Vec<Deed> {
        self.now = at(now);
        self.due()
    }

    fn next(&self) -> Option<DateTime<Utc>> {
        self.plan.next(&self.scene())
    }

    fn keep(&mut self) -> Vec<Deed> {
        let scene = Scene { view: &self.view, now: self.now, zone: self.zone };
        let mut deeds = self.plan.keep(scene.today(), &scene);
        deeds.extend(self.plan.due(&scene));
        deeds
    }

    fn lock(&mut self) -> Vec<Deed> {
        let scene = Scene { view: &self.view, now: self.now, zone: self.zone };
        let mut deeds = self.plan.locked(&scene);
        deeds.extend(self.plan.due(&scene));
        deeds
    }

    /// Pimento is started anew.
    fn restart(&mut self) {
        let kept = serde_json::to_string(self.plan.memory()).unwrap();
        self.plan = Plan::new(serde_json::from_str(&kept).unwrap());
    }
}

fn end(id: &str) -> Deed {
    Deed::End { account: "maya".into(), id: id.into() }
}

fn told(deeds: &[Deed]) -> Vec<&Notify> {
    let told = deeds.iter().filter_map(|deed| match deed {
        Deed::Tell(Notification::Notify(notify)) => Some(notify),
        _ => None,
    });
    told.collect()
}

fn ended(deeds: &[Deed]) -> Vec<&str> {
    let ended = deeds.iter().filter_map(|deed| match deed {
        Deed::End { id, .. } => Some(id.as_str()),
        _ => None,
    });
    ended.collect()
}

#[test]
fn the_end_of_the_day_is_announced_and_ends_what_is_active_once() {
    let rows = vec![active("reader", at("09:00"), at("20:00")), active("short", at("17:00"), at("17:55"))];
    let mut desk = Desk::new("10:00", Some("18:00"), rows);
    assert_eq!(desk.next(), Some(at("17:50")));
    assert_eq!(desk.at("17:49"), []);
    let announced = desk.at("17:50");
    let [notify] = told(&announced)[..] else { panic!("{announced:?}") };
    assert_eq!(
        (notify.title.as_str(), notify.body.as_str()),
        ("reader is ended at 18:00", "Your working day ends then.")
    );
    let keep = NotificationAction::Keep { day: "2026-11-23".parse().unwrap() };
    assert_eq!(notify.actions, [keep, NotificationAction::Open]);
    assert_eq!(desk.next(), Some(at("18:00")));
    desk.restart();
    assert_eq!(desk.at("17:55"), [], "announced once");
    desk.view.active.retain(|row| row.id == "reader");
    assert_eq!(desk.at("18:00"), [withdraw(words::END), end("reader")]);
    desk.restart();
    // The service has refused: it stays active, and is not tried again.
    assert_eq!(desk.at("18:01"), []);
    assert_eq!(desk.at("23:59"), []);
    assert_eq!(desk.next(), Some(at("2026-11-24T17:50:00Z")));
}

#[test]
fn what_is_activated_afterwards_is_left_and_what_is_new_is_ended_when_its_lock_is_over() {
    let mut desk = Desk::new("10:00", Some("18:00"), vec![active("new", at("17:58"), at("20:00"))]);
    desk.view.active[0].renewal_armed = true;
    let disarm = Deed::Disarm { account: "maya".into(), id: "new".into() };
    assert_eq!(desk.at("18:00"), [disarm]);
    assert_eq!(desk.next(), Some(at("18:03") + MARGIN));
    desk.view.active.push(active("late", at("18:02"), at("20:00")));
    assert_eq!(desk.at("18:03"), []);
    assert_eq!(desk.at("2026-11-23T18:03:01Z"), [end("new")]);
    assert_eq!(desk.at("19:00"), []);
}

#[test]
fn what_is_kept_today_is_ended_tomorrow() {
    let mut desk = Desk::new("10:00", Some("18:00"), vec![active("reader", at("09:00"), at("2026-11-25T09:00:00Z"))]);
    assert_eq!(told(&desk.at("17:50")).len(), 1);
    let day = "2026-11-23".parse().unwrap();
    assert_eq!(desk.keep(), [withdraw(words::END), Deed::Keep { account: "maya".into(), day }]);
    assert_eq!(desk.at("18:00"), []);
    desk.restart();
    assert_eq!(desk.at("19:00"), [Deed::Keep { account: "maya".into(), day }], "the agent is a new one");
    let accounts = std::mem::take(&mut desk.view.accounts);
    assert_eq!(desk.at("19:01"), []);
    desk.view.accounts = accounts;
    assert_eq!(desk.at("19:02"), [Deed::Keep { account: "maya".into(), day }], "signed out and in again");
    assert_eq!(desk.next(), Some(at("2026-11-24T17:50:00Z")));
    assert_eq!(told(&desk.at("2026-11-24T17:51:00Z")).len(), 1);
    // The button of yesterday, which some systems cannot take back, keeps nothing.
    let scene = Scene { view: &desk.view, now: desk.now, zone: desk.zone };
    assert_eq!(desk.plan.keep(day, &scene), []);
    assert_eq!(ended(&desk.at("2026-11-24T18:00:00Z")), ["reader"]);
}

#[test]
fn what_an_organisation_ends_nobody_keeps() {
    let mut desk = Desk::new("10:00", Some("18:00"), vec![active("reader", at("09:00"), at("20:00"))]);
    desk.view.locked = vec!["day.endsAt".into()];
    let announced = desk.at("17:50");
    assert_eq!(told(&announced)[0].actions, [NotificationAction::Open]);
    assert_eq!(desk.keep(), [], "however it was asked for");
    assert_eq!(ended(&desk.at("18:00")), ["reader"]);
}

#[test]
fn after_a_sleep_it_is_ended_on_the_same_day_and_said_so_on_another_it_is_not() {
    let rows =
        || vec![active("reader", at("09:00"), at("2026-11-24T12:00:00Z")), active("group", at("09:00"), at("23:00"))];
    let mut desk = Desk::new("10:00", Some("18:00"), rows());
    let deeds = desk.at("21:30");
    assert_eq!(ended(&deeds), ["group", "reader"]);
    let [notify] = told(&deeds)[..] else { panic!("{deeds:?}") };
    assert_eq!(notify.title, "2 roles are being ended");
    assert_eq!(notify.body, "reader and group. Your working day ended at 18:00.");
    let mut desk = Desk::new("10:00", Some("18:00"), rows());
    assert_eq!(desk.at("2026-11-24T07:00:00Z"), []);
    assert_eq!(desk.next(), Some(at("2026-11-24T17:50:00Z")));
}

#[test]
fn a_time_that_was_past_when_it_was_set_ends_nothing_today() {
    let mut desk = Desk::new("18:30", Some("18:00"), vec![active("reader", at("09:00"), at("23:00"))]);
    assert_eq!(desk.at("18:31"), []);
    desk.view.settings.day.ends_at = Some("19:00".into());
    assert_eq!(desk.at("18:40"), []);
    assert_eq!(told(&desk.at("18:50")).len(), 1);
    // Put off while it is announced: the announcement is not true any more.
    desk.view.settings.day.ends_at = Some("20:00".into());
    assert_eq!(desk.at("18:51"), [withdraw(words::END)]);
    assert_eq!(desk.at("19:00"), []);
    desk.view.settings.day.ends_at = None;
    assert_eq!(desk.at("20:00"), []);
    assert_eq!(desk.next(), None);
}

#[test]
fn the_wall_says_when_it_is_and_a_day_has_one_end() {
    let mut desk = Desk::new("10:00", Some("18:00"), vec![active("reader", at("09:00"), at("2026-11-24T09:00:00Z"))]);
    desk.zone = berlin;
    assert_eq!(desk.at("16:50").len(), 1);
    assert_eq!(ended(&desk.at("17:00")), ["reader"]);
    // On the way west the wall shows 18:00 once more.
    desk.zone = newyork;
    desk.view.active = vec![active("other", at("17:30"), at("2026-11-24T01:00:00Z"))];
    assert_eq!(desk.at("22:50"), []);
    assert_eq!(desk.at("23:00"), []);
    // Over the midnight to the east, and back: the day before has had its end.
    let mut desk = Desk::new("2026-11-23T23:30:00Z", Some("18:00"), Vec::new());
    desk.zone = berlin;
    desk.due();
    desk.zone = newyork;
    assert_eq!(desk.at("2026-11-23T23:40:00Z"), []);
}

#[test]
fn on_the_day_of_short_night_it_comes_when_the_wall_shows_it() {
    for (day, expected) in [("2026-03-29", "2026-03-29T16:00:00Z"), ("2026-10-25", "2026-10-25T17:00:00Z")] {
        let start = at(&format!("{day}T08:00:00Z"));
        let mut desk =
            Desk::new(&format!("{day}T07:00:00Z"), Some("18:00"), vec![active("reader", start, start + OVER)]);
        desk.zone = berlin;
        assert_eq!(desk.next(), Some(at(expected) - AHEAD), "{day}");
        desk.now = at(expected) - TimeDelta::seconds(1);
        assert!(ended(&desk.due()).is_empty());
        desk.now = at(expected);
        assert_eq!(ended(&desk.due()), ["reader"]);
    }
}

#[test]
fn only_activations_are_ended_and_only_where_they_can_be() {
    let standing = ActiveRow { activated: false, ..active("standing", at("09:00"), at("20:00")) };
    let waiting = RowState::WaitingForApproval { approvers: Vec::new(), lapses_at: None };
    let waiting = ActiveRow { state: waiting, ..active("waiting", at("09:00"), at("20:00")) };
    let ending = ActiveRow { state: RowState::Deactivating, ..active("ending", at("09:00"), at("20:00")) };
    let rows = vec![standing, waiting, ending, active("reader", at("09:00"), at("20:00"))];
    let mut desk = Desk::new("10:00", Some("18:00"), rows);
    desk.view.accounts.push(account("omar", false, vec![active("reader", at("09:00"), at("20:00"))]));
    desk.view.accounts[1].status = Status::Offline;
    assert_eq!(desk.at("18:00"), [end("reader")]);
    // The network is back.
    desk.view.accounts[1].status = Status::Active;
    assert_eq!(desk.at("18:20"), [Deed::End { account: "omar".into(), id: "reader".into() }]);
    // Who has signed out leaves nothing.
    desk.view.accounts.truncate(1);
    desk.at("18:21");
    assert!(!serde_json::to_string(desk.plan.memory()).unwrap().contains("omar"));
}

#[test]
fn what_can_renew_is_armed_once_for_each_activation() {
    let mut desk = Desk::new("12:00", None, vec![active("reader", at("11:59"), at("14:00"))]);
    assert_eq!(desk.due(), [], "not wanted");
    desk.view.settings.renewal.arm = true;
    let arm = Deed::Arm { account: "maya".into(), id: "reader".into() };
    assert_eq!(desk.at("12:01"), std::slice::from_ref(&arm));
    desk.view.active[0].renewal_armed = true;
    assert_eq!(desk.at("12:02"), []);
    // Disarmed by the user.
    desk.view.active[0].renewal_armed = false;
    desk.restart();
    assert_eq!(desk.at("12:03"), []);
    desk.view.active = vec![active("reader", at("14:00"), at("16:00"))];
    assert_eq!(desk.at("14:01"), [arm]);
    // What the list says about the start is a little different.
    desk.view.active = vec![active("reader", at("14:01"), at("16:01"))];
    assert_eq!(desk.at("14:02"), []);
}

#[test]
fn nothing_is_armed_that_needs_somebody() {
    let renewal = |change: fn(&mut RenewalView)| {
        let mut row = active("reader", at("11:59"), at("14:00"));
        change(row.renewal.as_mut().unwrap());
        row
    };
    let unknown = RequirementsView::default();
    for row in [
        renewal(|renewal| renewal.step_up = true),
        renewal(|renewal| renewal.pending = Some(RowState::Scheduled)),
        renewal(|renewal| renewal.not_after = Some(at("13:00"))),
        renewal(|renewal| renewal.refused = Some(crate::view::RenewalRefused::Approval)),
        ActiveRow { requirements: unknown, ..renewal(|_| {}) },
        ActiveRow { renewable: false, ..renewal(|_| {}) },
        ActiveRow { activated: false, ..renewal(|_| {}) },
    ] {
        let mut desk = Desk::new("12:00", None, vec![row]);
        desk.view.settings.renewal.arm = true;
        assert_eq!(desk.at("12:01"), []);
    }
}

/// Any sleeps, any times of waking, any restarts, zones that change: each thing at most once on a day, never before its time.
#[test]
fn over_any_sleeps_each_thing_is_done_once_a_day_and_never_before_its_time() {
    let (cases, days_ended, asked) = (Cell::new(0), Cell::new(0), Cell::new(0));
    proptest!(ProptestConfig::with_cases(1_000), |(
        ends in 0..1440_u32,
        asks in 0..1440_u32,
        // Minutes of sleep, whether Pimento is started anew, and in which zone one wakes up.
        steps in prop::collection::vec((1..1_000_i64, any::<bool>(), 0..3_usize), 1..60),
        follows in any::<bool>(),
        travels in any::<bool>(),
    )| {
        cases.set(cases.get() + 1);
        let text = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let time = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
        let begin = at("2026-10-20T10:00:00Z");
        let mut desk = reminded("2026-10-20T10:00:00Z", vec![reminder(&[1, 2, 3, 4, 5, 6, 7], &text(asks), "reader")]);
        desk.zone = berlin;
        desk.view.settings.day.ends_at = Some(text(ends));
        let mut number = 0;
        let (mut ends_of, mut asks_of, mut announced_of) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for (minutes, anew, zone) in steps {
            if travels {
                desk.zone = [berlin as Zone, utc, newyork][zone];
            }
            // Awake, the next moment is met; asleep, it is missed.
            let wakes = desk.now + TimeDelta::minutes(minutes);
            let next = desk.next().filter(|next| follows && *next < wakes);
            if let Some(next) = desk.next() {
                prop_assert!(next > desk.now);
            }
            desk.now = next.unwrap_or(wakes);
            if anew {
                desk.restart();
            }
            // One activation that is old enough.
            number += 1;
            let id = format!("role{number}");
            desk.view.active = vec![active(&id, desk.now - TimeDelta::minutes(30), desk.now + TimeDelta::hours(2))];
            let today = desk.scene().today();
            let deeds = desk.due();
            for sweep in &desk.plan.memory().sweeps {
                let moment = *ends_of.entry(sweep.day).or_insert(sweep.moment);
                prop_assert_eq!(moment, sweep.moment, "a day has one end");
            }
            for deed in deeds {
                match deed {
                    Deed::End { id, .. } => {
                        let since = |day: NaiveDate| {
                            let moment = wall::moment(day, time(ends), desk.zone);
                            (moment > begin).then(|| desk.now - moment).filter(|since| *since >= TimeDelta::zero())
                        };
                        prop_assert_eq!(&id, &desk.view.active[0].id);
                        // The end of a day that ends shortly before midnight is gone on with for a while after it.
                        let before = || since(today.pred_opt().unwrap()).is_some_and(|since| since < STAYS);
                        prop_assert!(travels || since(today).is_some() || before(), "before its time");
                        days_ended.set(days_ended.get() + 1);
                    }
                    Deed::Tell(Notification::Notify(notify)) if notify.tag == words::END => {
                        let moment = wall::moment(today, time(ends), desk.zone);
                        prop_assert!(travels || desk.now >= moment - AHEAD);
                        let early = desk.now < moment;
                        prop_assert!(travels || announced_of.insert((today, early)), "told twice");
                    }
                    Deed::Tell(Notification::Notify(_)) => {
                        asked.set(asked.get() + 1);
                        let close = |day: NaiveDate| {
                            let since = desk.now - wall::moment(day, time(asks), desk.zone);
                            since >= TimeDelta::zero() && since <= PATIENCE
                        };
                        let day = if close(today) { today } else { today.pred_opt().unwrap() };
                        prop_assert!(close(day), "not at its time");
                        prop_assert!(asks_of.insert(day), "asked twice on {day}");
                    }
                    _ => {}
                }
            }
        }
    });
    // Fewer cases, as where a system is imitated, meet fewer of them.
    let many = cases.get();
    assert!(days_ended.get() > many && asked.get() > many, "{} and {}", days_ended.get(), asked.get());
    println!(
        "working day: {} ends and {} reminders over any sleeps, none twice, none before its time",
        days_ended.get(),
        asked.get()
    );
}

/// Whatever happens in between, no role is tried twice by the same end of a day.
#[test]
fn whatever_the_service_says_nothing_is_tried_twice() {
    proptest!(ProptestConfig::with_cases(500), |(
        steps in prop::collection::vec((1..90_i64, any::<bool>(), any::<bool>(), 0..3_u8), 1..80),
    )| {
        let start = at("08:00");
        let mut desk = Desk::new("10:00", Some("18:00"), vec![active("reader", start, start + OVER), active("new", at("17:57"), start + OVER)]);
        let mut tried = BTreeSet::new();
        for (minutes, anew, online, locked) in steps {
            desk.now += TimeDelta::minutes(minutes);
            desk.view.accounts[0].status = if online { Status::Active } else { Status::Offline };
            for row in &mut desk.view.active {
                row.state = if locked == 0 { RowState::Deactivating } else { RowState::Active };
            }
            if anew {
                desk.restart();
            }
            let today = desk.scene().today();
            for deed in desk.due() {
                if let Deed::End { id, .. } = deed {
                    prop_assert!(online && locked != 0);
                    prop_assert!(desk.now.time() >= time_of_day("18:00").unwrap());
                    prop_assert!(tried.insert((today, id)));
                }
            }
        }
    });
}

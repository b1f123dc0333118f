//! The working day against the tenant: what is ended at its end, what a reminder asks, what is armed without a click.

use chrono::{DateTime, Days, FixedOffset, Local, NaiveTime, Offset, TimeDelta, Utc};
use pim::{
    agent::{Notification, NotificationAction, Notify},
    clock::Clock,
    day::{self, Day},
    paths::Paths,
    view::{ActiveRow, Command, Reminder, Renewal, RowState, Settings, WorkingDay},
};
use tenant::faults::Fault;
use tokio::sync::watch;

use crate::desk::{Desk, row};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Somebody at work, at noon by their wall.
struct Work {
    desk: Desk,
    day: Day,
    told: watch::Receiver<Vec<Notification>>,
}

impl Work {
    async fn begin() -> Self {
        let desk = Desk::new().await;
        let noon = desk.tenant.app().clock.now().with_timezone(&Local).date_naive() + Days::new(1);
        let noon = noon.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("a time")).and_local_timezone(Local);
        desk.advance(noon.earliest().expect("a noon").to_utc() - desk.tenant.app().clock.now());
        desk.sign_in().await;
        let (day, told) = start(&desk);
        Self { desk, day, told }
    }

    async fn restart(&mut self) {
        self.desk.restart().await;
        (self.day, self.told) = start(&self.desk);
        self.desk.until("signed in again", crate::desk::listed).await;
    }

    async fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.desk.agent.view().settings.clone();
        change(&mut settings);
        self.desk.agent.send(Command::SaveSettings { settings: Box::new(settings.clone()) });
        self.desk.until("set", |view| view.settings == settings).await;
    }

    /// A time is set, and the day knows since when.
    async fn set_time(&self, time: &str, change: impl FnOnce(&mut Settings)) {
        self.set(change).await;
        let file = self.desk.home.path().join("day.json");
        let known = || std::fs::read_to_string(&file).is_ok_and(|text| text.contains(time));
        self.desk.wait("known to the day", known).await;
    }

    async fn active(&self, role: &str) {
        self.desk.activate(role, 480, None);
        self.desk.until_active(role).await;
    }

    /// What the wall shows in so many minutes, and how long it is until then.
    fn wall(&self, minutes: i64) -> (String, TimeDelta) {
        let now = self.desk.tenant.app().clock.now();
        let at = now.with_timezone(&Local) + TimeDelta::minutes(minutes);
        let text = at.format("%H:%M").to_string();
        (text, TimeDelta::minutes(minutes) - TimeDelta::seconds(now.timestamp() % 60))
    }

    async fn until_told(&self, title: &str) -> Notify {
        let find = |told: &[Notification]| {
            told.iter().find_map(|told| match told {
                Notification::Notify(notify) if notify.title.contains(title) => Some(notify.clone()),
                _ => None,
            })
        };
        let mut tells = self.told.clone();
        let seen = tokio::time::timeout(PATIENCE, tells.wait_for(|told| find(told).is_some())).await;
        let Ok(told) = seen else { panic!("never told \"{title}\": {:?}", self.told.borrow()) };
        find(&told.expect("the day goes on")).expect("just seen")
    }

    fn told(&self) -> usize {
        self.told.borrow().iter().filter(|told| matches!(told, Notification::Notify(_))).count()
    }

    fn ended(&self) -> usize {
        self.desk.committed("selfDeactivate")
    }

    /// Everything that was to be done by now was: something else was seen to be done after it.
    async fn settled(&self) {
        self.desk.agent.send(Command::Refresh);
        self.desk.until("read anew", |view| !view.list.loading).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
}

fn start(desk: &Desk) -> (Day, watch::Receiver<Vec<Notification>>) {
    let clock = Clock::system();
    // As the agent's own clock, it follows the tenant's.
    let control = desk.tenant.endpoints().control.parse().expect("an address");
    tokio::spawn(pim::clock::follow(clock.clone(), reqwest::Client::new(), control));
    let (day, mut tells) = day::start(desk.agent.clone(), Paths::within(desk.home.path()), clock, zone);
    let (all, told) = watch::channel(Vec::new());
    tokio::spawn(async move {
        while let Some(notification) = tells.recv().await {
            all.send_modify(|all: &mut Vec<_>| all.push(notification));
        }
        // Whoever still waits is told nothing more.
        std::future::pending::<()>().await;
    });
    (day, told)
}

fn zone(at: DateTime<Utc>) -> FixedOffset {
    at.with_timezone(&Local).offset().fix()
}

fn ends_at(time: &str) -> WorkingDay {
    WorkingDay { ends_at: Some(time.into()), ..WorkingDay::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_active_is_announced_and_ended_at_the_end_of_the_day_once() {
    let mut work = Work::begin().await;
    for role in ["Global Reader", "Reports Reader"] {
        work.active(role).await;
    }
    let (time, ahead) = work.wall(60);
    work.set_time(&time, |settings| settings.day = ends_at(&time)).await;
    work.desk.advance(ahead - TimeDelta::minutes(10));
    let announced = work.until_told(&format!("2 roles are ended at {time}")).await;
    assert!(announced.body.contains("Global Reader") && announced.body.contains("Reports"), "{}", announced.body);
    assert!(matches!(announced.actions[..], [NotificationAction::Keep { .. }, NotificationAction::Open]));
    assert_eq!(work.ended(), 0);
    work.desk.advance(TimeDelta::minutes(10));
    for role in ["Global Reader", "Reports Reader"] {
        work.desk.until_gone(role).await;
    }
    // What is activated after that stays, over a restart too.
    work.active("Global Reader").await;
    work.restart().await;
    work.desk.advance(TimeDelta::minutes(30));
    work.settled().await;
    assert!(row(&work.desk.agent.view(), "Global Reader").is_some());
    assert_eq!((work.ended(), work.told()), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_today_stays_and_renews() {
    let work = Work::begin().await;
    work.active("Global Reader").await;
    let (time, ahead) = work.wall(60);
    work.set_time(&time, |settings| settings.day = ends_at(&time)).await;
    let id = work.desk.eligible("Global Reader").id;
    work.desk.agent.send(Command::ArmRenewal { id, armed: true });
    let not_after =
        |work: &Work| row(&work.desk.agent.view(), "Global Reader").and_then(|row| row.renewal.as_ref()?.not_after);
    work.desk.until("armed", |view| row(view, "Global Reader").is_some_and(|row| row.renewal_armed)).await;
    assert!(not_after(&work).is_some());
    work.desk.advance(ahead - TimeDelta::minutes(5));
    let announced = work.until_told("Global Reader is ended at").await;
    let [NotificationAction::Keep { day }, _] = announced.actions[..] else { panic!("{announced:?}") };
    work.day.keep(day);
    work.desk
        .until("kept", |view| {
            row(view, "Global Reader")
                .is_some_and(|row| row.renewal.as_ref().is_some_and(|renewal| renewal.not_after.is_none()))
        })
        .await;
    work.desk.advance(TimeDelta::minutes(10));
    work.settled().await;
    assert_eq!(work.ended(), 0);
    work.desk.advance(TimeDelta::hours(8) - ahead);
    work.desk.wait("renewed", || work.desk.committed("selfActivate") == 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sleep_what_is_armed_is_ended_with_words_and_what_is_refused_is_tried_once() {
    let mut work = Work::begin().await;
    for role in ["Global Reader", "Reports Reader"] {
        work.active(role).await;
    }
    let id = work.desk.eligible("Global Reader").id;
    work.desk.agent.send(Command::ArmRenewal { id, armed: true });
    // What is tried beforehand must not meet the refusal below.
    let tried =
        |row: &ActiveRow| row.renewal_armed && row.renewal.as_ref().is_some_and(|renewal| renewal.ahead == Some(false));
    work.desk.until("armed", |view| row(view, "Global Reader").is_some_and(tried)).await;
    let (time, ahead) = work.wall(60);
    work.set_time(&time, |settings| settings.day = ends_at(&time)).await;
    let body = serde_json::json!({ "error": { "code": "UnauthorizedAccessException", "message": "No." } });
    let refused = Fault::Answer { status: 403, headers: [].into(), body };
    work.desk.fault("POST", "roleAssignmentScheduleRequests", 1, refused);
    work.desk.advance(ahead + TimeDelta::hours(2));
    let told = work.until_told("2 roles are being ended").await;
    assert!(told.body.contains(&format!("Your working day ended at {time}.")), "{}", told.body);
    work.desk.wait("one ended", || work.ended() == 1).await;
    let view = work.desk.until("one refused", |view| view.active.iter().any(|row| row.problem.is_some())).await;
    assert_eq!(view.active.iter().filter(|row| row.state == RowState::Active && row.activated).count(), 1);
    work.restart().await;
    work.desk.advance(TimeDelta::minutes(20));
    work.settled().await;
    assert_eq!((work.ended(), work.told()), (1, 0), "not tried again");
    assert_eq!(work.desk.committed("selfActivate"), 2, "nothing was renewed");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_screen_is_locked_what_is_new_is_ended_five_minutes_after_it_began() {
    let work = Work::begin().await;
    work.active("Global Reader").await;
    work.day.locked();
    work.settled().await;
    assert_eq!(work.ended(), 0, "not wanted");
    work.set(|settings| settings.day.end_on_lock = true).await;
    work.desk.advance(TimeDelta::minutes(3));
    work.day.locked();
    work.until_told("Global Reader is being ended").await;
    work.settled().await;
    assert_eq!(work.ended(), 0, "still in its first minutes");
    work.desk.advance(TimeDelta::minutes(3));
    work.desk.until_gone("Global Reader").await;
    assert_eq!((work.ended(), work.told()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_asks_once_and_elevates_nothing() {
    let mut work = Work::begin().await;
    let (at, ahead) = work.wall(30);
    let role = work.desk.eligible("Global Reader").id;
    let reminder = Reminder {
        days: (1..=7).collect(),
        at: at.clone(),
        account: None,
        role: Some(role.clone()),
        bundle: None,
        name: "Global Reader".into(),
    };
    work.set_time(&at, |settings| settings.day.reminders = vec![reminder]).await;
    work.desk.advance(ahead);
    let told = work.until_told("Global Reader: activate now?").await;
    assert_eq!(told.body, format!("You have set a reminder for {at}."));
    let account = work.desk.agent.view().accounts[0].account.id.clone();
    let activate = NotificationAction::Activate { account, id: role, bundle: false };
    assert_eq!(told.actions, [activate, NotificationAction::Dismiss]);
    work.restart().await;
    work.desk.advance(TimeDelta::minutes(20));
    work.settled().await;
    assert_eq!((work.told(), work.desk.committed("selfActivate")), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_renew_is_armed_by_itself_and_what_somebody_disarms_stays_so() {
    let work = Work::begin().await;
    work.set(|settings| settings.renewal = Renewal { arm: true, until: None }).await;
    let browsers = work.desk.browsers();
    work.active("Global Reader").await;
    let armed = |armed: bool| {
        move |view: &pim::view::View| row(view, "Global Reader").is_some_and(|row| row.renewal_armed == armed)
    };
    work.desk.until("armed", armed(true)).await;
    let id = work.desk.eligible("Global Reader").id;
    work.desk.agent.send(Command::ArmRenewal { id, armed: false });
    work.desk.until("disarmed", armed(false)).await;
    work.desk.advance(TimeDelta::minutes(10));
    work.settled().await;
    assert!(armed(false)(&work.desk.agent.view()));
    // What has to be proven needs somebody.
    assert_eq!(work.desk.browsers(), browsers);
}

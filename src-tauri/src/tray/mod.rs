//! Icon, notifications, agent: the process that holds the tokens and never runs HTML.
//!
//! One loop: what happens outside comes in, the pure parts ([`face`], [`flyout`]) decide, the adapters carry it out.

mod autostart;
mod barred;
mod clipboard;
mod demo;
mod diagnosis;
mod face;
mod flyout;
mod happening;
mod manage;
mod menu;
mod notify;
mod pace;
mod process;
mod reminders;
mod shortcuts;
mod sign_in_page;
mod sign_ins;
mod updates;
mod waits;
mod window;
mod wire;
mod words;

use std::{process::ExitCode, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    agent::{self, Handle, Notification, NotificationAction, Setup},
    auth::Browser,
    clock::{self, Clock},
    day::{self, Day},
    paths::Paths,
    secrets::KeyringStore,
    updates::Updates,
    view::{self, Command, Notice, Section, View},
    watch::{self, Waiting, Watching},
};
use tokio::sync::{
    mpsc,
    watch::{Receiver, Sender},
};

use crate::{
    pipe::{Page, Place},
    platform,
};
use autostart::Autostart;
use diagnosis::Diagnosis;
use flyout::{Event, Flyout};
use happening::is_sign_in;
use manage::{FromManage, Manage};
use menu::Extra;
use process::{Heard, Process, WAITING};
use reminders::{Held, Hush};
use shortcuts::Shortcuts;
use sign_ins::SignIns;
use waits::{sleep, until};

pub use barred::Barred;
pub use face::{Face, Time};
pub use happening::Happening;
pub use menu::{Action, Entry};
pub use shortcuts::{Purpose, Report, Trouble, Wanted};

/// A tray that comes later than this comes too late: an ordinary window is shown.
const TRAY_COMES_WITHIN: Duration = Duration::from_secs(5);

/// What Quit waits for at most: files are closed, the window is gone.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// How long "Pause reminders" holds notifications back.
const PAUSE: TimeDelta = TimeDelta::hours(1);

/// Runs the role: the icon is there already. Returns when somebody quits.
pub async fn run(
    icon: platform::Icon,
    keys: platform::Shortcuts,
    happened: mpsc::UnboundedReceiver<Happening>,
) -> ExitCode {
    let Some(paths) = Paths::locate() else {
        tracing::error!("the system names no home folder; PIMENTO_HOME can name one");
        return ExitCode::FAILURE;
    };
    let first = paths.is_new();
    let clock = Clock::system();
    let (agent, notifications) = agent::start(Setup {
        paths: paths.clone(),
        secrets: Arc::new(KeyringStore),
        browser: Browser::system(),
        demo: demo::hook(paths.clone()),
        clock: clock.clone(),
        // The system's, until the settings choose another one.
        language: Some(pim::words::language()),
    });
    let (watching, news) = watch::start(agent.clone(), paths.clone(), clock.clone(), clock::zone);
    let (day, asked) = day::start(agent.clone(), paths.clone(), clock.clone(), clock::zone);
    let updates = updates::start(&agent, paths.clone(), &clock);
    let autostart = autostart::mirror(&agent);
    let beside = Beside { autostart, watching, day, updates, diagnosis: Diagnosis::new(paths) };
    let mut tray = Tray::new(icon, keys, agent, beside, clock);
    if first {
        // Whoever starts Pimento for the first time does not know yet where it lives.
        tray.show();
    }
    tray.run(happened, [notifications, news, asked]).await;
    ExitCode::SUCCESS
}

/// What goes on beside the agent.
struct Beside {
    autostart: Autostart,
    watching: Watching,
    day: Day,
    updates: (Updates, mpsc::UnboundedReceiver<()>),
    diagnosis: Diagnosis,
}

struct Tray {
    icon: platform::Icon,
    agent: Handle,
    views: Receiver<Arc<View>>,
    waiting: Receiver<Waiting>,
    day: Day,
    updates: Updates,
    /// What is known of newer versions.
    newer: Receiver<view::Updates>,
    /// Tells that the system was handed a newer version.
    handed: mpsc::UnboundedReceiver<()>,
    clock: Clock,
    autostart: Autostart,
    face: Face,
    extra: Extra,
    flyout: Flyout,
    process: Option<Process>,
    /// Processes started so far.
    processes: u64,
    says: mpsc::Sender<(u64, Heard)>,
    said: mpsc::Receiver<(u64, Heard)>,
    /// The form that a window process has shown before it was hidden, by its serial: the next process does not show it again.
    form_seen: Option<u32>,
    /// The page that the window is to show when it is shown next.
    page: Option<Page>,
    /// What the window's page would go on with, should it end.
    left: Option<String>,
    held: Held,
    keys: platform::Shortcuts,
    shortcuts: Shortcuts,
    /// What the window is told beside the agent's view.
    notices: Sender<Vec<Notice>>,
    notifier: notify::Notifier,
    diagnosis: Diagnosis,
    /// Whether anybody sees notifications.
    seen: barred::Notifications,
    sees: mpsc::UnboundedReceiver<Result<(), Barred>>,
    sign_ins: SignIns,
    manage: Manage,
    managed: mpsc::UnboundedReceiver<FromManage>,
    chosen: mpsc::UnboundedReceiver<NotificationAction>,
    /// Where the icon was clicked last.
    place: Place,
    /// There is a tray.
    host: bool,
    /// Elapsed reading at which a window is shown if there is still no tray.
    patience: Option<Duration>,
}

impl Tray {
    fn new(icon: platform::Icon, keys: platform::Shortcuts, agent: Handle, beside: Beside, clock: Clock) -> Self {
        let Beside { autostart, watching, day, updates: (updates, handed), diagnosis } = beside;
        let (choices, chosen) = mpsc::unbounded_channel();
        let (reports, sees) = mpsc::unbounded_channel();
        let (says, said) = mpsc::channel(WAITING);
        let (tells, managed) = mpsc::unbounded_channel();
        let manage = Manage::new(agent.clone(), watching.clone(), clock.clone(), tells);
        Self {
            icon,
            views: agent.views(),
            waiting: watching.waiting(),
            day,
            newer: updates.shown(),
            updates,
            handed,
            agent,
            clock,
            autostart,
            face: Face::starting(),
            extra: Extra { forgeable: platform::MENU_IS_FORGEABLE, ..Extra::default() },
            flyout: Flyout::new(flyout::warm()),
            process: None,
            processes: 0,
            says,
            said,
            form_seen: None,
            page: None,
            left: None,
            held: Held::default(),
            keys,
            shortcuts: Shortcuts::default(),
            notices: Sender::default(),
            notifier: notify::Notifier::start(choices, reports),
            diagnosis,
            seen: barred::Notifications::default(),
            sees,
            sign_ins: SignIns::default(),
            manage,
            managed,
            chosen,
            place: Place::Centre,
            host: true,
            patience: None,
        }
    }

    async fn run(
        mut self,
        mut happened: mpsc::UnboundedReceiver<Happening>,
        [mut notifications, mut news, mut asked]: [mpsc::UnboundedReceiver<Notification>; 3],
    ) {
        loop {
            let face_changes = self.refresh_face().await;
            let due = self.flyout.next_deadline().into_iter().chain(self.patience).min();
            tokio::select! {
                changed = self.views.changed() => if changed.is_err() {
                    tracing::error!("the agent has ended");
                    break;
                },
                happening = happened.recv() => match happening {
                    None | Some(Happening::Quit | Happening::Chosen(Action::Quit)) => break,
                    Some(happening) => self.happened(happening),
                },
                Some((serial, heard)) = self.said.recv() => if !self.heard(serial, heard) {
                    break;
                },
                Some(told) = self.managed.recv() => match told {
                    FromManage::Failed(message) => {
                        tracing::error!("no manage window");
                        self.notifier.show(notify::window_failed(&message));
                    }
                    FromManage::OpenForm { account, id } => self.show_form(Some(account), Command::OpenForm { id }),
                },
                Some(notification) = notifications.recv() => self.notify(notification),
                Some(notification) = news.recv() => self.notify(notification),
                Some(notification) = asked.recv() => self.notify(notification),
                Ok(()) = self.waiting.changed() => {}
                Ok(()) = self.newer.changed() => self.tell(),
                // Where its files are in use, nothing can be put in their place.
                Some(()) = self.handed.recv() => if platform::installer::REPLACES {
                    break;
                },
                Some(outcome) = self.sees.recv() => {
                    self.seen.reported(outcome);
                    self.tell();
                }
                Some(action) = self.chosen.recv() => self.happened(Happening::Notification(action)),
                () = until(&self.clock, face_changes) => {}
                () = sleep(&self.clock, due) => self.time(),
            }
        }
        self.end().await;
    }

    /// Shows what has changed; returns when it changes by itself next.
    async fn refresh_face(&mut self) -> Option<DateTime<Utc>> {
        let now = self.clock.now();
        let view = self.views.borrow_and_update().clone();
        self.diagnosis.see(&view);
        if self.sign_ins.returned(&view) {
            self.show();
        }
        if let Some(wanted) = self.shortcuts.change(&view.settings) {
            self.keys.set(wanted);
            self.tell();
        }
        if view.open_form.is_none() {
            // After signing out, serials begin anew.
            self.form_seen = None;
        }
        self.extra.paused_until = self.extra.paused_until.filter(|until| *until > now);
        let (hush, quiet_until) = self.hush(now);
        for notify in self.held.release(hush, now, clock::zone) {
            self.notifier.show(notify);
        }
        self.extra.waiting.clone_from(&self.waiting.borrow_and_update());
        self.extra.newer = self.newer.borrow_and_update().offer.as_ref().map(|offer| offer.version.clone());
        let face = Face::of(&view, &self.extra, now, clock::zone);
        if face != self.face {
            self.icon.set(&face).await;
            self.face = face;
        }
        let quiet_until = quiet_until.filter(|_| self.held.any());
        face::next_change(&view, &self.extra, now).into_iter().chain(quiet_until).min()
    }

    fn happened(&mut self, happening: Happening) {
        match happening {
            Happening::Clicked(place) => {
                self.place = place;
                self.flyout(Event::Toggle(place));
            }
            // Where there is a tray, keys do what a click on the icon does.
            Happening::Pressed(Purpose::Window) if self.host => self.flyout(Event::Toggle(self.place)),
            Happening::SecondStart
            | Happening::Pressed(Purpose::Window)
            | Happening::Chosen(Action::Open)
            | Happening::Notification(NotificationAction::Open) => self.show(),
            Happening::Chosen(Action::OpenForm { account, id })
            | Happening::Notification(NotificationAction::Reactivate { account, id }) => {
                self.show_form(account, Command::OpenForm { id });
            }
            Happening::Chosen(Action::OpenBundle { account, name }) => {
                self.show_form(account, Command::OpenBundle { name });
            }
            Happening::Notification(NotificationAction::Activate { account, id, bundle }) => {
                let form = if bundle { Command::OpenBundle { name: id } } else { Command::OpenForm { id } };
                self.show_form(Some(account), form);
            }
            Happening::Notification(NotificationAction::Keep { day }) => self.day.keep(day),
            Happening::Locked => self.day.locked(),
            Happening::Chosen(Action::OpenSettings) => {
                self.page = Some(Page::Settings);
                self.show();
            }
            Happening::Chosen(Action::OpenAbout) => {
                self.page = Some(Page::About);
                self.show();
            }
            Happening::Chosen(Action::OpenManage) => self.manage.show(None),
            Happening::Chosen(Action::Decide { account }) => self.show_manage(account, Section::Approvals, None),
            Happening::Notification(NotificationAction::Manage { account, section, id }) => {
                self.show_manage(account, section, id);
            }
            Happening::Chosen(Action::Send(command)) => {
                // A sign-in says what it does, and what went wrong, in the window.
                let watch = is_sign_in(&command);
                self.agent.send(command);
                if watch {
                    self.show();
                }
            }
            Happening::Pressed(Purpose::Bundle) => {
                let bundle = self.views.borrow().settings.bundle_shortcut.clone();
                if let Some(bundle) = bundle {
                    self.show_form(None, Command::OpenBundle { name: bundle.bundle });
                }
            }
            Happening::Shortcuts(report) => {
                self.shortcuts.reported(report);
                self.tell();
            }
            Happening::Chosen(Action::Copy(text)) => clipboard::copy(text),
            Happening::Chosen(Action::PauseReminders(true)) => {
                self.extra.paused_until = Some(self.clock.now() + PAUSE);
            }
            Happening::Chosen(Action::PauseReminders(false)) => self.extra.paused_until = None,
            Happening::Host(there) => {
                self.host = there;
                self.patience = (!there).then(|| self.clock.elapsed() + TRAY_COMES_WITHIN);
            }
            Happening::Notification(NotificationAction::Dismiss)
            | Happening::Chosen(Action::Quit)
            | Happening::Quit => {}
        }
    }

    /// What there is to tell beside the view.
    fn own_notices(&self) -> Vec<Notice> {
        let newer = pim::updates::notice(&self.newer.borrow());
        self.shortcuts.notices().into_iter().chain(self.seen.notice()).chain(newer).collect()
    }

    /// Tells the window what there is to tell beside the view.
    fn tell(&self) {
        let notices = self.own_notices();
        self.notices.send_if_modified(|told| {
            *told != notices && {
                *told = notices;
                true
            }
        });
    }

    /// Shows the window with a form of an account's, of the current one's where none is named.
    fn show_form(&mut self, account: Option<String>, form: Command) {
        self.agent.send(match account {
            Some(account) => Command::For { account, command: Box::new(form) },
            None => form,
        });
        self.show();
    }

    /// Shows a part of the Manage window at an account's desk. The window is at the current account's.
    fn show_manage(&mut self, account: String, section: Section, id: Option<String>) {
        self.agent.send(Command::SelectAccount { account });
        self.manage.show(Some((section, id)));
    }

    fn notify(&mut self, notification: Notification) {
        let now = self.clock.now();
        match self.held.take(notification, self.hush(now).0, now) {
            Some(Notification::Notify(notify)) => self.notifier.show(notify),
            Some(Notification::Withdraw { tag }) => self.notifier.withdraw(tag),
            None => tracing::info!("a notification is held back"),
        }
    }

    /// What is held back at the moment, and until when it is quiet.
    fn hush(&self, now: DateTime<Utc>) -> (Hush, Option<DateTime<Utc>>) {
        Hush::at(&self.views.borrow().settings, self.extra.paused_until.is_some(), now, clock::zone)
    }

    fn time(&mut self) {
        let now = self.clock.elapsed();
        if self.patience.is_some_and(|patience| patience <= now) {
            self.patience = None;
            self.show();
        }
        self.flyout(Event::Time);
    }

    /// Ends the window, closes the agent's files.
    async fn end(mut self) {
        self.flyout(Event::Quit);
        self.manage.end();
        let farewell = async {
            self.agent.shutdown().await;
            while let Some(process) = &self.process {
                match self.said.recv().await {
                    Some((serial, Heard::Exited)) if serial == process.serial => self.process = None,
                    _ => {}
                }
            }
        };
        if tokio::time::timeout(ENDS_WITHIN, farewell).await.is_err() {
            tracing::warn!("something does not end: leaving it");
        }
        self.icon.end().await;
    }
}

//! Icon, notifications, agent: the process that holds the tokens and never runs HTML.
//!
//! One loop: what happens outside comes in, the pure parts ([`face`], [`flyout`]) decide, the adapters carry it out.

mod autostart;
mod clipboard;
mod demo;
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
mod waits;
mod wire;
mod words;

use std::{process::ExitCode, sync::Arc, time::Duration};

use chrono::{DateTime, FixedOffset, Local, Offset, TimeDelta, Utc};
use pim::{
    agent::{self, Handle, Notification, NotificationAction, Setup},
    auth::Browser,
    clock::Clock,
    paths::Paths,
    secrets::KeyringStore,
    view::{Command, Notice, Section, View},
    watch::{self, Waiting, Watching},
};
use tokio::sync::{
    mpsc,
    watch::{Receiver, Sender},
};

use crate::{
    pipe::{self, Because, Page, Place, Up},
    platform,
};
use flyout::{Effect, Event, Flyout};
use happening::{is_sign_in, without_address};
use manage::{FromManage, Manage};
use menu::Extra;
use process::{Before, Heard, Process, Told, WAITING};
use reminders::Held;
use shortcuts::Shortcuts;
use waits::{sleep, until};

pub use face::Face;
pub use happening::Happening;
pub use menu::{Action, Entry};
pub use shortcuts::{Purpose, Report, Trouble, Wanted};

/// A tray that comes later than this comes too late: an ordinary window is shown.
const TRAY_COMES_WITHIN: Duration = Duration::from_secs(5);

/// What Quit waits for at most: files are closed, the window is gone.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// How long "Pause reminders" holds notifications back.
const PAUSE: TimeDelta = TimeDelta::hours(1);

/// Said where a window was started again by itself, and ended by itself once more.
const GAVE_UP: &str = "The window has ended by itself more than once. Click the icon to open it anew. What was typed in it is lost; the log says more.";

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
    let clock = Clock::system();
    let (agent, notifications) = agent::start(Setup {
        paths: paths.clone(),
        secrets: Arc::new(KeyringStore),
        browser: Browser::system(),
        demo: demo::hook(paths.clone()),
        clock: clock.clone(),
    });
    autostart::mirror(&agent);
    let (watching, news) = watch::start(agent.clone(), paths, clock.clone(), zone);
    let tray = Tray::new(icon, keys, agent, &watching, clock);
    tray.run(happened, notifications, news).await;
    ExitCode::SUCCESS
}

struct Tray {
    icon: platform::Icon,
    agent: Handle,
    views: Receiver<Arc<View>>,
    waiting: Receiver<Waiting>,
    clock: Clock,
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
    fn new(icon: platform::Icon, keys: platform::Shortcuts, agent: Handle, watching: &Watching, clock: Clock) -> Self {
        let (choices, chosen) = mpsc::unbounded_channel();
        let (says, said) = mpsc::channel(WAITING);
        let (tells, managed) = mpsc::unbounded_channel();
        let manage = Manage::new(agent.clone(), watching.clone(), clock.clone(), tells);
        Self {
            icon,
            views: agent.views(),
            waiting: watching.waiting(),
            agent,
            clock,
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
            notifier: notify::Notifier::start(choices),
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
        mut notifications: mpsc::UnboundedReceiver<Notification>,
        mut news: mpsc::UnboundedReceiver<Notification>,
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
                        tracing::error!(message, "no manage window");
                        self.notifier.show(notify::window_failed(&message));
                    }
                    FromManage::OpenForm { account, id } => self.show_form(Some(account), Command::OpenForm { id }),
                },
                Some(notification) = notifications.recv() => self.notify(notification),
                Some(notification) = news.recv() => self.notify(notification),
                Ok(()) = self.waiting.changed() => {}
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
        if let Some(wanted) = self.shortcuts.change(&view.settings) {
            self.keys.set(wanted);
            self.tell();
        }
        if view.open_form.is_none() {
            // After signing out, serials begin anew.
            self.form_seen = None;
        }
        if self.extra.paused_until.is_some_and(|until| until <= now) {
            self.resume_reminders();
        }
        self.extra.waiting.clone_from(&self.waiting.borrow_and_update());
        let face = Face::of(&view, &self.extra, now, zone);
        if face != self.face {
            self.icon.set(&face).await;
            self.face = face;
        }
        face::next_change(&view, &self.extra, now)
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
            Happening::Chosen(Action::OpenSettings) => {
                self.page = Some(Page::Settings);
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
            Happening::Chosen(Action::PauseReminders(false)) => self.resume_reminders(),
            Happening::Host(there) => {
                self.host = there;
                self.patience = (!there).then(|| self.clock.elapsed() + TRAY_COMES_WITHIN);
            }
            Happening::Notification(NotificationAction::Dismiss)
            | Happening::Chosen(Action::Quit)
            | Happening::Quit => {}
        }
    }

    /// Tells the window what there is to tell beside the view.
    fn tell(&self) {
        let notices = self.shortcuts.notices();
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

    fn show(&mut self) {
        let place = if self.host { self.place } else { Place::Ordinary };
        self.flyout(Event::Show(place));
    }

    /// `false`: Pimento ends.
    fn heard(&mut self, serial: u64, heard: Heard) -> bool {
        if self.process.as_ref().is_some_and(|process| process.serial != serial) {
            return true;
        }
        match heard {
            Heard::Exited => {
                self.process = None;
                // Where it could, it said why itself.
                if self.flyout.starting() && self.extra.window_problem.is_none() {
                    self.no_window(
                        "The window could not be opened: its program ended at once. The log says more.".into(),
                    );
                }
                self.flyout(Event::Exited);
            }
            Heard::Said(Up::Command { command }) => {
                if let Command::DismissNotice { id } = without_address(&command) {
                    self.shortcuts.dismiss(id);
                    self.tell();
                }
                self.agent.send(command);
            }
            Heard::Said(Up::OpenSignInPage) => sign_in_page::open(&self.views.borrow().session),
            Heard::Said(Up::Shown) => {
                self.extra.window_problem = None;
                if let Some(wanted) = self.shortcuts.again() {
                    self.keys.set(wanted);
                }
                self.flyout(Event::Shown);
            }
            Heard::Said(Up::Hidden { because }) => {
                self.flyout(Event::Hidden(because));
                if !self.flyout.resting() {
                    return true;
                }
                if let Some(process) = &self.process {
                    process.rest();
                }
                self.form_seen = self.views.borrow().open_form.as_ref().map(|form| form.serial);
                // Without a tray the window is all there is: closing it is quitting, unless there is something to warn of.
                let view = self.views.borrow();
                return self.host || because != Because::Closed || face::busy(&view);
            }
            Heard::Said(Up::Painted { milliseconds }) => {
                tracing::info!(milliseconds, "window painted");
                self.flyout(Event::Alive);
            }
            Heard::Said(Up::Alive) => self.flyout(Event::Alive),
            Heard::Said(Up::PageDied { how }) => {
                tracing::warn!(?how, "the window's page has died");
                self.flyout(Event::PageDied);
            }
            Heard::Said(Up::Left { state }) => self.left = Some(state).filter(|left| left.len() <= pipe::MOST_LEFT),
            Heard::Said(Up::Failed { message }) => {
                self.no_window(message);
            }
        }
        true
    }

    fn no_window(&mut self, message: String) {
        tracing::error!(message, "no window");
        self.notifier.show(notify::window_failed(&message));
        self.extra.window_problem = Some(message);
    }

    fn notify(&mut self, notification: Notification) {
        match self.held.take(notification, self.extra.paused_until.is_some(), self.clock.now()) {
            Some(Notification::Notify(notify)) => self.notifier.show(notify),
            Some(Notification::Withdraw { tag }) => self.notifier.withdraw(tag),
            None => {}
        }
    }

    fn resume_reminders(&mut self) {
        self.extra.paused_until = None;
        let now = self.clock.now();
        for notify in self.held.release(now, zone) {
            self.notifier.show(notify);
        }
    }

    fn time(&mut self) {
        let now = self.clock.elapsed();
        if self.patience.is_some_and(|patience| patience <= now) {
            self.patience = None;
            self.show();
        }
        self.flyout(Event::Time);
    }

    fn flyout(&mut self, event: Event) {
        let effects = self.flyout.handle(event, self.clock.elapsed());
        tracing::debug!(?event, ?effects, "flyout");
        for effect in effects {
            match (effect, &self.process) {
                (Effect::Start { resume }, _) => self.start_process(resume),
                (Effect::Show(place), Some(process)) => process.show(place, self.page.take()),
                (Effect::Hide, Some(process)) => process.hide(),
                (Effect::Kill, Some(process)) => process.kill(),
                (Effect::End, Some(process)) => process.end(),
                (Effect::Ping, Some(process)) => process.ping(),
                (Effect::GiveUp, _) => self.no_window(GAVE_UP.into()),
                // Its end has been noticed meanwhile.
                (_, None) => {}
            }
        }
    }

    /// `resume`: it goes on where the one before was left.
    fn start_process(&mut self, resume: bool) {
        self.processes += 1;
        if resume {
            tracing::info!("the window goes on where it was left");
        } else {
            self.left = None;
        }
        let (heard, before) = (self.says.clone(), Before { form_seen: self.form_seen, left: self.left.clone() });
        let told = Told { views: self.views.clone(), notices: self.notices.subscribe() };
        match Process::start(self.processes, told, before, self.clock.clone(), heard) {
            Ok(process) => self.process = Some(process),
            Err(error) => {
                tracing::error!(%error, "the window's process cannot be started");
                self.extra.window_problem = Some(format!("The window cannot be opened: {error}"));
                self.flyout(Event::Exited);
            }
        }
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

/// The user's time zone at that moment.
fn zone(at: DateTime<Utc>) -> FixedOffset {
    at.with_timezone(&Local).offset().fix()
}

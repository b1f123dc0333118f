//! The agent's loop: commands and ends of tasks go in, views come out.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Local, Utc};
use tokio::{
    sync::{mpsc, watch},
    task::{AbortHandle, JoinSet},
};
use uuid::Uuid;

use super::{
    PATIENCE, Setup,
    disk::{self, Disk},
    session::{Door, Open, Way},
};
use crate::{
    auth::{AccessToken, DeviceCode},
    clock::Clock,
    elevation::{CallId, Elevation, Event, Known, Notification, Options},
    journal::{Journal, Memory},
    model::Kind,
    problem::Problem,
    saved::{self, SavedSession, SavedView},
    secrets::Vault,
    settings,
    view::{Command, Notice, OpenForm, Settings, Severity, View},
};

/// How long the end waits for a keyring.
const WIPING: Duration = Duration::from_secs(5);

/// Who is signed in, as the agent sees it.
pub(super) enum Session {
    /// The keyring has not answered yet.
    Loading(SavedSession),
    SignedOut(Option<Problem>),
    /// `before` is who was, and stays, signed in should it come to nothing.
    SigningIn {
        code: Option<DeviceCode>,
        before: Option<Box<Open>>,
    },
    SignedIn(Box<Open>),
}

/// The end of a task.
pub(super) enum Done {
    Restored(Result<Option<Box<Open>>, Problem>),
    SignedIn(Result<Box<Open>, Problem>),
    DeviceCode(DeviceCode),
    SignedOut(Result<(), Problem>),
    SteppedUp(CallId, Result<AccessToken, Problem>),
    Organization(Option<String>),
    Allowed(Kind, Result<(), Problem>),
    /// With the reason, should the session have turned out to be over.
    Event(Box<Event>, Option<Problem>),
    Trouble(Problem),
}

pub(super) struct Agent {
    pub(super) clock: Clock,
    pub(super) settings: Settings,
    pub(super) notices: Vec<Notice>,
    pub(super) session: Session,
    pub(super) machine: Option<Elevation>,
    /// How slow the clock was, as far as the machine knows.
    pub(super) slow: chrono::TimeDelta,
    pub(super) open_form: Option<OpenForm>,
    /// Whose roles the machine holds.
    pub(super) account: Option<String>,
    pub(super) memories: HashMap<String, Memory>,
    pub(super) door: Door,
    pub(super) disk: Disk,
    /// What was listed in the saved view.
    pub(super) saved: Option<Known>,
    views: watch::Sender<Arc<View>>,
    pub(super) notifications: mpsc::UnboundedSender<Notification>,
    pub(super) done: mpsc::UnboundedSender<(u64, Done)>,
    ended: mpsc::UnboundedReceiver<(u64, Done)>,
    /// Rises with every session: what belongs to an earlier one is dropped.
    pub(super) generation: u64,
    pub(super) tasks: JoinSet<()>,
    pub(super) signing_in: Option<AbortHandle>,
    pub(super) step_ups: HashMap<CallId, AbortHandle>,
    pub(super) tokens: HashMap<CallId, AccessToken>,
    pub(super) following: Option<AbortHandle>,
    /// Whose session ended by itself: to prefill the next sign-in, and to wipe should they sign out.
    pub(super) former: Option<Open>,
    /// Keyrings being wiped.
    pub(super) wiping: JoinSet<()>,
    /// Banners closed in this session.
    pub(super) dismissed: HashSet<String>,
}

impl Agent {
    pub fn new(setup: Setup, notifications: mpsc::UnboundedSender<Notification>) -> (Self, watch::Receiver<Arc<View>>) {
        let Setup { paths, secrets, browser, demo, clock } = setup;
        let now = clock.now();
        let (settings, notice) = settings::load(&paths.settings(), now);
        let mut notices: Vec<_> = notice.into_iter().collect();
        let journal = match Journal::open(&paths, PATIENCE, now) {
            Ok((journal, notice)) => {
                notices.extend(notice);
                Some(journal)
            }
            Err(error) => {
                notices.push(disk_notice(&disk::problem(&error)));
                None
            }
        };
        let (session, view, unusable) = saved::load(&paths, now);
        notices.extend(unusable);
        let memories = journal.as_ref().map(Journal::memories).unwrap_or_default();
        let (done, ended) = mpsc::unbounded_channel();
        let trouble = done.clone();
        let disk = Disk::new(paths, journal, move |problem| {
            let _ = trouble.send((0, Done::Trouble(problem)));
        });
        let views = watch::Sender::new(Arc::new(View::empty(now)));
        let receiver = views.subscribe();
        let mut agent = Self {
            clock: clock.clone(),
            settings,
            notices,
            session: Session::SignedOut(None),
            machine: None,
            slow: chrono::TimeDelta::zero(),
            open_form: None,
            account: None,
            memories,
            door: Door { secrets: Vault::new(secrets), browser, demo, clock },
            disk,
            saved: view.as_ref().map(|view| view.known.clone()),
            views,
            notifications,
            done,
            ended,
            generation: 1,
            tasks: JoinSet::new(),
            signing_in: None,
            step_ups: HashMap::new(),
            tokens: HashMap::new(),
            following: None,
            former: None,
            wiping: JoinSet::new(),
            dismissed: HashSet::new(),
        };
        if let Some(session) = session {
            if let Some(view) = &view {
                agent.clock.assume_offset(view.offset());
            }
            agent.load(&session.account.id);
            agent.session = Session::Loading(session);
        }
        agent.publish(true);
        (agent, receiver)
    }

    pub async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Command>, mut stop: watch::Receiver<bool>) {
        if let Session::Loading(session) = &self.session {
            let (door, session) = (self.door.clone(), session.clone());
            self.spawn(async move { Done::Restored(door.restore(session).await.map(|open| open.map(Box::new))) });
        }
        let mut jolts = self.clock.jolts();
        // Commands about roles that came before the keyring had answered.
        let mut early = Vec::new();
        loop {
            let deadline = self.deadline();
            let clock = self.clock.clone();
            let wait = async {
                match deadline {
                    Some(deadline) => clock.sleep_until(deadline).await,
                    None => std::future::pending().await,
                }
            };
            let mut moved = false;
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                command = inbox.recv() => match command {
                    Some(command) if matches!(self.session, Session::Loading(_)) && !about_session(&command) => {
                        early.push(command);
                    }
                    Some(command) => self.command(command),
                    None => break,
                },
                Some((generation, done)) = self.ended.recv() => {
                    if generation == self.generation || matches!(done, Done::Trouble(_)) {
                        self.done(done);
                    }
                }
                () = wait => {
                    moved = true;
                    self.tell(Event::Tick);
                }
                () = jolts.next() => {
                    // The machine has slept: much may have happened elsewhere.
                    moved = true;
                    self.tell(Event::Command(Command::Refresh));
                }
                () = clock.changed() => {
                    moved = true;
                    self.tell(Event::Tick);
                }
            }
            while self.tasks.try_join_next().is_some() {}
            if !matches!(self.session, Session::Loading(_)) {
                for command in std::mem::take(&mut early) {
                    self.command(command);
                }
            }
            self.publish(moved);
        }
        self.close().await;
    }

    async fn close(mut self) {
        self.tasks.abort_all();
        if let Some(machine) = &mut self.machine {
            for notification in machine.farewell() {
                let _ = self.notifications.send(notification);
            }
        }
        self.save_view();
        let wiped = async { while self.wiping.join_next().await.is_some() {} };
        // A keyring that hangs must not keep the program from ending.
        let _ = tokio::time::timeout(WIPING, wiped).await;
        let Self { disk, views, .. } = self;
        let _ = tokio::task::spawn_blocking(move || disk.close()).await;
        drop(views);
    }

    fn deadline(&self) -> Option<DateTime<Utc>> {
        let machine = self.machine.as_ref()?;
        let change = machine.next_change(self.clock.now());
        let deadline = machine.next_deadline().filter(|_| self.open().is_some());
        change.into_iter().chain(deadline).min()
    }

    /// The session that requests go out with.
    pub(super) fn open(&self) -> Option<&Open> {
        match &self.session {
            Session::SignedIn(open) => Some(open),
            Session::SigningIn { before, .. } => before.as_deref(),
            _ => None,
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::SignInDemo => self.sign_in(true, Way::Browser),
            Command::SignIn => {
                // Whoever uses the demo tenant and is asked to sign in again means that one.
                let demo = self.open().is_some_and(|open| open.demo);
                self.sign_in(demo, Way::Browser);
            }
            Command::SignInDeviceCode => self.sign_in(false, Way::DeviceCode),
            Command::CancelSignIn => self.cancel_sign_in(),
            Command::SignOut => self.sign_out(),
            Command::AllowSource { source } => self.allow(source),
            Command::OpenForm { id } => self.show_form(id, false),
            Command::OpenBundle { name } => self.show_form(name, true),
            Command::DismissNotice { id } => {
                self.notices.retain(|notice| notice.id != id);
                self.dismissed.insert(id);
            }
            Command::SaveSettings { settings } => self.save_settings(settings),
            command => self.tell(Event::Command(command)),
        }
    }

    fn show_form(&mut self, id: String, bundle: bool) {
        let serial = self.open_form.as_ref().map_or(0, |form| form.serial).wrapping_add(1);
        self.open_form = Some(OpenForm { id, bundle, serial });
    }

    fn save_settings(&mut self, settings: Settings) {
        self.notices.retain(|notice| notice.id != "settings");
        if let Err(reason) = settings::check(&settings) {
            let message = format!("The settings were not saved: {reason}.");
            self.notices.push(Notice { id: "settings".into(), severity: Severity::Warning, message, detail: None });
            return;
        }
        self.settings = settings;
        self.disk.settings(self.settings.clone());
        self.tell(Event::Options(options(&self.settings)));
    }

    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Restored(Ok(Some(open))) => self.enter(open),
            Done::Restored(Ok(None)) => self.end_session(None),
            Done::Restored(Err(problem)) => self.end_session(Some(problem)),
            Done::SignedIn(result) => self.signed_in(result),
            Done::DeviceCode(shown) => {
                if let Session::SigningIn { code, .. } = &mut self.session {
                    *code = Some(shown);
                }
            }
            Done::SignedOut(result) => {
                if let Err(problem) = result {
                    let message = "You are signed out here, but the keyring could not be wiped.".to_owned();
                    let detail = Some(problem.to_string());
                    let id = "sign-out".to_owned();
                    self.notices.push(Notice { id, severity: Severity::Warning, message, detail });
                }
            }
            Done::SteppedUp(call, result) => {
                self.step_ups.remove(&call);
                let result = result.map(|token| {
                    self.tokens.clear();
                    self.tokens.insert(call, token);
                });
                self.tell(Event::SteppedUp(call, result));
            }
            Done::Allowed(source, Ok(())) => {
                if let Session::SignedIn(open) = &mut self.session
                    && !open.allowed.contains(&source)
                {
                    open.allowed.push(source);
                    self.disk.session(open.saved());
                }
                self.tell(Event::Command(Command::RefreshSource { source }));
            }
            Done::Allowed(_, Err(problem)) => self.notices.push(Notice {
                id: "allow".into(),
                severity: Severity::Warning,
                message: problem.message,
                detail: problem.detail,
            }),
            Done::Organization(tenant) => {
                if let Session::SignedIn(open) = &mut self.session
                    && tenant.is_some()
                {
                    open.tenant = tenant;
                    self.disk.session(open.saved());
                }
            }
            Done::Event(event, over) => {
                let lists = matches!(*event, Event::Eligible(..) | Event::Active(..) | Event::Policies(..));
                self.tell(*event);
                if lists {
                    self.save_view();
                }
                if let Some(problem) = over {
                    self.end_session(Some(problem));
                }
            }
            Done::Trouble(problem) => {
                self.notices.retain(|notice| notice.id != "disk");
                self.notices.push(disk_notice(&problem));
            }
        }
    }

    pub(super) fn spawn(&mut self, task: impl Future<Output = Done> + Send + 'static) -> AbortHandle {
        let (done, generation) = (self.done.clone(), self.generation);
        self.tasks.spawn(async move {
            let _ = done.send((generation, task.await));
        })
    }

    fn save_view(&self) {
        let (Some(machine), Some(account)) = (&self.machine, &self.account) else { return };
        let known = machine.known();
        if known.as_of.is_some() && self.open().is_some() {
            let clock_offset = self.clock.offset().num_milliseconds();
            self.disk.view(SavedView { account: account.clone(), clock_offset, known });
        }
    }

    /// Publishes a view if it says something new, or if time has passed that somebody counts.
    fn publish(&mut self, moved: bool) {
        let mut view = self.view();
        let now = view.now;
        let same = {
            let shown = self.views.borrow();
            view.now = shown.now;
            view == **shown
        };
        if moved || !same {
            view.now = now;
            self.views.send_replace(Arc::new(view));
        }
    }
}

fn about_session(command: &Command) -> bool {
    matches!(
        command,
        Command::OpenForm { .. }
            | Command::OpenBundle { .. }
            | Command::DismissNotice { .. }
            | Command::SaveSettings { .. }
    )
}

pub(super) fn options(settings: &Settings) -> Options {
    Options {
        warn: chrono::Duration::minutes(settings.warn_minutes.into()),
        details: settings.notification_details,
        clock_time: |time| time.with_timezone(&Local).format("%H:%M").to_string(),
        local_date: |time| time.with_timezone(&Local).format("%Y-%m-%d").to_string(),
        request_id: Uuid::new_v4,
    }
}

fn disk_notice(problem: &Problem) -> Notice {
    Notice {
        id: "disk".into(),
        severity: Severity::Warning,
        message: problem.message.clone(),
        detail: problem.detail.clone(),
    }
}

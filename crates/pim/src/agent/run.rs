//! The agent's loop: commands and ends of tasks go in, views come out.

use std::{collections::HashMap, sync::Arc};

use chrono::Local;
use tokio::{
    sync::{mpsc, watch},
    task::{AbortHandle, JoinSet},
};

use super::{
    PATIENCE, Setup,
    disk::{self, Disk},
    effects::{self, Errand},
    session::{Door, Open, Way, cancelled},
};
use crate::{
    auth::{AccessToken, DeviceCode},
    clock::{Clock, follow},
    cloud::Resource,
    elevation::{CallId, Effect, Elevation, Event, Known, Notification, Options},
    failure::Claims,
    journal::{Journal, Memory},
    problem::Problem,
    saved::{self, SavedSession, SavedView},
    settings,
    view::{Command, Notice, OpenForm, Severity, Settings, View},
};

/// Who is signed in, as the agent sees it.
pub(super) enum Session {
    /// The keyring has not answered yet.
    Loading(SavedSession),
    SignedOut(Option<Problem>),
    /// `before` is who was, and stays, signed in should it come to nothing.
    SigningIn { code: Option<DeviceCode>, before: Option<Box<Open>> },
    SignedIn(Box<Open>),
}

/// The end of a task.
enum Done {
    Restored(Result<Option<Open>, Problem>),
    SignedIn(Result<Open, Problem>),
    DeviceCode(DeviceCode),
    SignedOut(Result<(), Problem>),
    SteppedUp(CallId, Result<AccessToken, Problem>),
    Organization(Option<String>),
    Event(Event, Option<Problem>),
    Trouble(Problem),
}

pub(super) struct Agent {
    pub(super) clock: Clock,
    pub(super) settings: Settings,
    pub(super) notices: Vec<Notice>,
    pub(super) session: Session,
    pub(super) machine: Option<Elevation>,
    pub(super) open_form: Option<OpenForm>,
    /// Whose roles the machine holds.
    account: Option<String>,
    memories: HashMap<String, Memory>,
    door: Door,
    disk: Disk,
    /// What was listed in the saved view.
    saved: Option<Known>,
    views: watch::Sender<Arc<View>>,
    notifications: mpsc::UnboundedSender<Notification>,
    done: mpsc::UnboundedSender<(u64, Done)>,
    ended: mpsc::UnboundedReceiver<(u64, Done)>,
    /// Rises with every session: what belongs to an earlier one is dropped.
    generation: u64,
    tasks: JoinSet<()>,
    signing_in: Option<AbortHandle>,
    step_ups: HashMap<CallId, AbortHandle>,
    tokens: HashMap<CallId, AccessToken>,
    following: Option<AbortHandle>,
}

impl Agent {
    pub fn new(
        setup: Setup,
        notifications: mpsc::UnboundedSender<Notification>,
    ) -> (Self, watch::Receiver<Arc<View>>) {
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
            open_form: None,
            account: None,
            memories,
            door: Door { secrets, browser, demo, clock },
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
            self.spawn(async move { Done::Restored(door.restore(session).await) });
        }
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
        let Self { disk, views, .. } = self;
        let _ = tokio::task::spawn_blocking(move || disk.close()).await;
        drop(views);
    }

    fn deadline(&self) -> Option<chrono::DateTime<chrono::Utc>> {
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
            Command::OpenForm { id } => {
                let serial = self.open_form.as_ref().map_or(0, |form| form.serial).wrapping_add(1);
                self.open_form = Some(OpenForm { id, serial });
            }
            Command::DismissNotice { id } => self.notices.retain(|notice| notice.id != id),
            Command::SaveSettings { settings } => self.save_settings(settings),
            command => self.tell(Event::Command(command)),
        }
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

    fn sign_in(&mut self, demo: bool, way: Way) {
        if matches!(self.session, Session::SigningIn { .. } | Session::Loading(_)) {
            return;
        }
        let (door, settings) = (self.door.clone(), self.settings.clone());
        let (done, generation) = (self.done.clone(), self.generation);
        let show = move |code| {
            let _ = done.send((generation, Done::DeviceCode(code)));
        };
        let before = match std::mem::replace(&mut self.session, Session::SignedOut(None)) {
            Session::SignedIn(open) => Some(open),
            _ => None,
        };
        let hint = before.as_ref().map(|open| open.tokens.identity().username.clone());
        let task = async move {
            Done::SignedIn(if demo { door.demo(way, show).await } else { door.real(settings, way, hint, show).await })
        };
        self.session = Session::SigningIn { code: None, before };
        self.signing_in = Some(self.spawn(task));
    }

    fn cancel_sign_in(&mut self) {
        if let Some(task) = self.signing_in.take() {
            task.abort();
            self.done(Done::SignedIn(Err(cancelled())));
        }
        for (call, task) in std::mem::take(&mut self.step_ups) {
            task.abort();
            self.tell(Event::SteppedUp(call, Err(cancelled())));
        }
    }

    fn sign_out(&mut self) {
        let open = self.open().cloned();
        self.end_session(None);
        if let Some(account) = self.account.take() {
            self.memories.remove(&account);
            self.disk.forget(&account);
        }
        self.saved = None;
        if let Some(open) = open {
            self.spawn(async move { Done::SignedOut(open.tokens.sign_out().await) });
        }
    }

    /// Nobody is signed in any more. What the journal knows about the account stays.
    fn end_session(&mut self, reason: Option<Problem>) {
        self.generation += 1;
        self.tasks.abort_all();
        (self.signing_in, self.following) = (None, None);
        self.step_ups.clear();
        self.tokens.clear();
        if let Some(mut machine) = self.machine.take() {
            for notification in machine.farewell() {
                let _ = self.notifications.send(notification);
            }
            self.saved = Some(machine.known());
            if let Some(account) = &self.account {
                self.memories.insert(account.clone(), machine.into_memory());
            }
        }
        self.open_form = None;
        self.clock.reset();
        self.session = Session::SignedOut(reason);
    }

    fn done(&mut self, done: Done) {
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
            Done::Organization(tenant) => {
                if let Session::SignedIn(open) = &mut self.session
                    && tenant.is_some()
                {
                    open.tenant = tenant;
                    self.disk.session(open.saved());
                }
            }
            Done::Event(event, over) => {
                let lists = matches!(event, Event::Eligible(..) | Event::Active(..) | Event::Policies(..));
                self.tell(event);
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

    fn signed_in(&mut self, result: Result<Open, Problem>) {
        let Session::SigningIn { before, .. } =
            std::mem::replace(&mut self.session, Session::SignedOut(None))
        else {
            return;
        };
        self.signing_in = None;
        match (result, before) {
            (Ok(open), _) => {
                if self.account.as_ref().is_some_and(|account| *account != open.account().id) {
                    self.end_session(None);
                    self.saved = None;
                }
                self.enter(open);
            }
            // Nothing has changed for whoever is signed in.
            (Err(_), Some(open)) => self.session = Session::SignedIn(open),
            (Err(problem), None) => self.session = Session::SignedOut(Some(problem)),
        }
    }

    /// Somebody is signed in: on with what the journal knows, and a look at the lists.
    fn enter(&mut self, open: Open) {
        let account = open.account().id;
        if self.machine.is_none() || self.account.as_ref() != Some(&account) {
            self.load(&account);
        }
        if let Some(control) = open.net.cloud().control.clone()
            && self.following.is_none()
        {
            let task = self.tasks.spawn(follow(self.clock.clone(), open.net.http().clone(), control));
            self.following = Some(task);
        }
        self.disk.session(open.saved());
        let roles = open.roles.clone();
        self.session = Session::SignedIn(Box::new(open));
        self.spawn(async move { Done::Organization(roles.organization().await.ok().flatten()) });
        self.tell(Event::Command(Command::Refresh));
    }

    /// The machine of an account, from what is remembered.
    fn load(&mut self, account: &str) {
        let memory = self.memories.remove(account).unwrap_or_default();
        let known = self.saved.take();
        self.account = Some(account.to_owned());
        self.machine = Some(Elevation::new(memory, known, options(&self.settings), self.clock.now()));
    }

    /// Hands the machine an event and has done what it wants. Without a session it waits.
    fn tell(&mut self, event: Event) {
        let now = self.clock.now();
        let (true, Some(machine)) = (self.open().is_some(), &mut self.machine) else { return };
        for effect in machine.handle(event, now) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        let token = |tokens: &HashMap<CallId, AccessToken>, call: Option<CallId>| {
            call.and_then(|call| tokens.get(&call).cloned())
        };
        match effect {
            Effect::Record(call, facts) => {
                let Some(account) = self.account.clone() else { return };
                let written = self.disk.record(&account, facts);
                self.spawn(async move {
                    let result = written.await.unwrap_or_else(|_| {
                        Err(disk::problem(&std::io::Error::other("the writing thread is gone")))
                    });
                    Done::Event(Event::Recorded(call, result), None)
                });
            }
            Effect::Note(facts) => {
                if let Some(account) = &self.account {
                    // Nobody waits: a failure comes as a notice.
                    drop(self.disk.record(account, facts));
                }
            }
            Effect::StepUp(call, claims) => self.step_up(call, claims),
            Effect::AbandonStepUp(call) => {
                if let Some(task) = self.step_ups.remove(&call) {
                    task.abort();
                }
            }
            Effect::Tell(notification) => {
                // Nobody listens: nothing to show it on.
                let _ = self.notifications.send(notification);
            }
            Effect::Submit(call, activations, step_up) => {
                self.send(call, Errand::Submit(activations, token(&self.tokens, step_up)));
            }
            Effect::Deactivate(call, key, principal, step_up) => {
                self.send(call, Errand::Deactivate(key, principal, token(&self.tokens, step_up)));
            }
            Effect::LookUp(call) => self.send(call, Errand::LookUp),
            Effect::Poll(call, request) => self.send(call, Errand::Poll(request)),
            Effect::Cancel(call, request) => self.send(call, Errand::Cancel(request)),
            Effect::ReadEligible(call) => self.send(call, Errand::ReadEligible),
            Effect::ReadActive(call) => self.send(call, Errand::ReadActive),
            Effect::ReadPolicies(call) => self.send(call, Errand::ReadPolicies),
        }
    }

    fn send(&mut self, call: CallId, errand: Errand) {
        if let Some(open) = self.open().cloned() {
            self.spawn(async move {
                let (event, over) = effects::run(errand, call, &open).await;
                Done::Event(event, over)
            });
        }
    }

    fn step_up(&mut self, call: CallId, claims: Claims) {
        let Some(open) = self.open().cloned() else { return };
        let browser = self.door.browser.clone();
        let task = self.spawn(async move {
            Done::SteppedUp(call, open.tokens.step_up(Resource::Graph, &claims, &browser).await)
        });
        self.step_ups.insert(call, task);
    }

    fn spawn(&mut self, task: impl Future<Output = Done> + Send + 'static) -> AbortHandle {
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
        let view = self.view();
        let new = moved || {
            let shown = self.views.borrow();
            View { now: view.now, ..View::clone(&shown) } != view
        };
        if new {
            self.views.send_replace(Arc::new(view));
        }
    }
}

fn about_session(command: &Command) -> bool {
    matches!(
        command,
        Command::SignOut | Command::OpenForm { .. } | Command::DismissNotice { .. } | Command::SaveSettings { .. }
    )
}

fn options(settings: &Settings) -> Options {
    Options {
        warn: chrono::Duration::minutes(settings.warn_minutes.into()),
        details: settings.notification_details,
        clock_time: |time| time.with_timezone(&Local).format("%H:%M").to_string(),
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

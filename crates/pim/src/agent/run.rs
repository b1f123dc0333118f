//! The loop of one account's agent: orders and ends of tasks go in, views come out.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Local, NaiveDate, Utc};
use tokio::{
    sync::{mpsc, watch},
    task::{AbortHandle, JoinSet},
};
use uuid::Uuid;

use super::{
    arriving::Arriving,
    disk::Disk,
    looking::Looking,
    messages::{Done, Order, Teller, Told},
    session::{Door, Open},
};
use crate::{
    auth::AccessToken,
    bundles::Bundle,
    clock::{self, Clock},
    elevation::{CallId, Elevation, Event, Known, Options},
    journal::Memory,
    model::Kind,
    problem::Problem,
    saved::SavedSession,
    settings::time_of_day,
    view::{Account, Command, Notice, Settings, Severity, Tenants, View},
};

/// How long the end waits for a keyring.
pub(super) const WIPING: Duration = Duration::from_secs(5);

/// The account's session, as the agent sees it.
pub(super) enum Session {
    /// The keyring has not answered yet.
    Loading(SavedSession),
    SignedIn(Box<Open>),
    Over(Option<Problem>),
}

/// What an agent is made of.
pub(super) struct Part {
    pub account: Account,
    pub session: Session,
    pub memory: Memory,
    pub saved: Option<Known>,
    pub notices: Vec<Notice>,
    pub settings: Settings,
    /// The organisation's bundles.
    pub managed: Vec<Bundle>,
    /// Where files for the user go.
    pub downloads: Option<PathBuf>,
    /// With the account's own clock.
    pub door: Door,
    pub disk: Disk,
    pub teller: Teller,
}

pub(super) struct Agent {
    pub(super) clock: Clock,
    pub(super) settings: Settings,
    /// The day at whose end nothing is ended, where the user has said so.
    pub(super) kept: Option<NaiveDate>,
    pub(super) notices: Vec<Notice>,
    /// As it was shown last.
    pub(super) account: Account,
    pub(super) session: Session,
    pub(super) machine: Option<Elevation>,
    /// What there is to remember while there is no machine.
    pub(super) memory: Memory,
    /// How slow the clock was, as far as the machine knows.
    pub(super) slow: chrono::TimeDelta,
    pub(super) door: Door,
    pub(super) disk: Disk,
    /// What was listed in the saved view.
    pub(super) saved: Option<Known>,
    shown: Arc<View>,
    pub(super) teller: Teller,
    pub(super) done: mpsc::UnboundedSender<(u64, Done)>,
    ended: mpsc::UnboundedReceiver<(u64, Done)>,
    /// Rises with every session: what belongs to an earlier one is dropped.
    pub(super) generation: u64,
    pub(super) tasks: JoinSet<()>,
    pub(super) step_ups: HashMap<CallId, AbortHandle>,
    /// Sign-ins that ask for what later ends of eligibilities take.
    pub(super) permits: HashMap<CallId, AbortHandle>,
    /// A sign-in that asks for one kind's permissions.
    pub(super) allowing: Option<AbortHandle>,
    pub(super) tokens: HashMap<CallId, AccessToken>,
    pub(super) following: Option<AbortHandle>,
    /// The session that ended by itself: to wipe it, should they sign out.
    pub(super) former: Option<Open>,
    /// Banners closed in this session.
    pub(super) dismissed: HashSet<String>,
    pub(super) managed: Vec<Bundle>,
    pub(super) downloads: Option<PathBuf>,
    pub(super) looking: Looking,
    pub(super) arriving: Arriving,
    /// Kinds that were asked for, and refused for lack of an administrator's consent.
    pub(super) unconsented: HashSet<Kind>,
    /// The role that was entered last.
    pub(super) entered: Option<String>,
    /// Where the account may sign in, once somebody has asked.
    pub(super) tenants: Option<Tenants>,
}

impl Agent {
    /// An agent, and what it shows before it has asked anybody.
    pub fn new(part: Part) -> (Self, Arc<View>) {
        let Part { account, session, memory, saved, notices, settings, managed, downloads, door, disk, teller } = part;
        let clock = door.clock.clone();
        let (done, ended) = mpsc::unbounded_channel();
        let mut agent = Self {
            shown: Arc::new(View::empty(clock.now())),
            clock,
            settings,
            kept: None,
            notices,
            account,
            session,
            machine: None,
            memory,
            slow: chrono::TimeDelta::zero(),
            door,
            disk,
            saved,
            teller,
            done,
            ended,
            generation: 1,
            tasks: JoinSet::new(),
            step_ups: HashMap::new(),
            permits: HashMap::new(),
            allowing: None,
            tokens: HashMap::new(),
            following: None,
            former: None,
            dismissed: HashSet::new(),
            managed,
            downloads,
            looking: Looking::default(),
            arriving: Arriving::default(),
            unconsented: HashSet::new(),
            entered: None,
            tenants: None,
        };
        agent.load();
        agent.shown = Arc::new(agent.view());
        let view = agent.shown.clone();
        (agent, view)
    }

    pub async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Order>, mut stop: watch::Receiver<bool>) {
        self.begin();
        let mut jolts = self.clock.jolts();
        // Orders about roles that came before the keyring had answered.
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
                () = stopped(&mut stop) => break,
                order = inbox.recv() => {
                    let Some(first) = order else { break };
                    // What is ordered together is shown together.
                    let mut next = Some(first);
                    while let Some(order) = next {
                        match order {
                            order if matches!(self.session, Session::Loading(_)) && order.waits() => early.push(order),
                            Order::Leave => return Box::pin(self.leave()).await,
                            order => self.order(order),
                        }
                        next = inbox.try_recv().ok();
                    }
                }
                Some(first) = self.ended.recv() => {
                    // What has ended by now is shown together.
                    let (mut next, mut seen) = (Some(first), false);
                    while let Some((generation, done)) = next {
                        if generation == self.generation {
                            seen |= done.is_seen();
                            self.done(done);
                        }
                        next = self.ended.try_recv().ok();
                    }
                    if !seen {
                        continue;
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
                for order in std::mem::take(&mut early) {
                    match order {
                        Order::Leave => return Box::pin(self.leave()).await,
                        order => self.order(order),
                    }
                }
            }
            self.publish(moved);
        }
        // Whoever signs out and ends everything in the same moment is forgotten all the same.
        inbox.close();
        let last = early.into_iter().chain(std::iter::from_fn(|| inbox.try_recv().ok()));
        if last.into_iter().any(|order| matches!(order, Order::Leave)) {
            return Box::pin(self.leave()).await;
        }
        self.close();
    }

    /// The keyring is asked, or the person has just signed in.
    fn begin(&mut self) {
        match std::mem::replace(&mut self.session, Session::Over(None)) {
            Session::Loading(session) => {
                let (door, saved) = (self.door.clone(), session.clone());
                self.session = Session::Loading(session);
                self.spawn(async move { Done::Restored(door.restore(saved).await.map(|open| open.map(Box::new))) });
            }
            Session::SignedIn(open) => {
                self.enter(open);
                self.publish(true);
            }
            over @ Session::Over(_) => self.session = over,
        }
    }

    fn close(mut self) {
        self.tasks.abort_all();
        if let Some(machine) = &mut self.machine {
            for notification in machine.farewell() {
                self.teller.tell(Told::Notification(notification));
            }
        }
        self.save_view();
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
            Session::Loading(_) | Session::Over(_) => None,
        }
    }

    fn order(&mut self, order: Order) {
        match order {
            Order::Command(command) => self.command(command),
            Order::Settings(settings) => {
                self.settings = *settings;
                self.tell(Event::Options(options(&self.settings, self.kept)));
            }
            Order::Managed(bundles) => {
                self.managed = bundles;
                if let Some(machine) = &mut self.machine {
                    machine.manage(self.managed.clone());
                }
            }
            Order::Adopt(open) => self.adopt(open),
            Order::Remember => {
                if let Some(open) = self.open().cloned() {
                    // Not one of the tasks that are given up half-way.
                    tokio::spawn(async move { open.tokens.remember().await });
                }
            }
            Order::Lend(lend) => {
                let _ = lend.send(self.office());
            }
            Order::Keep(day) => {
                self.kept = Some(day);
                self.tell(Event::Options(options(&self.settings, self.kept)));
            }
            Order::ByItself(deed) => self.tell(Event::ByItself(deed)),
            // Ends the loop.
            Order::Leave => {}
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::CancelSignIn => self.cancel_step_ups(),
            Command::AllowSource { source } => self.allow(source),
            Command::FindTenants => self.find_tenants(),
            Command::EnterRole { source, role, scope } => self.enter_role(source, role, scope),
            Command::DismissNotice { id } => {
                self.notices.retain(|notice| notice.id != id);
                self.dismissed.insert(id);
            }
            Command::ShowDetail { id } => self.show_detail(&id),
            Command::UnfoldScope { id, scope } => self.unfold_scope(&id, &scope),
            Command::CloseDetail => self.close_detail(),
            Command::CheckEffect { id } => self.check_effect(id),
            Command::OpenHint { id, title } => self.open_hint(&id, &title),
            Command::ExportBundles { names } => self.export_bundles(&names),
            command => self.tell(Event::Command(command)),
        }
    }

    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Restored(Ok(Some(open))) => self.enter(open),
            Done::Restored(Ok(None)) => self.end_session(None),
            Done::Restored(Err(problem)) => self.end_session(Some(problem)),
            Done::SteppedUp(call, result) => {
                self.step_ups.remove(&call);
                let result = result.map(|token| {
                    self.tokens.clear();
                    self.tokens.insert(call, token);
                });
                self.tell(Event::SteppedUp(call, result));
            }
            Done::Allowed(source, result) => self.allowed(source, result),
            Done::Permitted(call, result) => {
                self.permits.remove(&call);
                self.tell(Event::Permitted(call, result));
                self.keep_session();
            }
            Done::Tenants(result) => self.tenants_found(result),
            Done::Entered(result) => self.role_entered(result),
            Done::Named(name) => self.named(name),
            Done::Event(event, over) => {
                let (before, extended) = (self.loading(), matches!(*event, Event::Extended(_, Ok(_))));
                self.tell(*event);
                // Once for each kind: what is half read is not worth the writing.
                if before.into_iter().zip(self.loading()).any(|(before, after)| before && !after) {
                    self.save_view();
                }
                if extended {
                    self.keep_session();
                }
                if let Some(problem) = over {
                    self.end_session(Some(problem));
                }
            }
            Done::Looked(looked) => self.looked(looked),
            Done::Arrived(id, result) => self.arrived(id, result),
            Done::Opened(error) => self.opened(error),
            Done::Exported(result) => self.exported(result),
        }
    }

    pub(super) fn spawn(&mut self, task: impl Future<Output = Done> + Send + 'static) -> AbortHandle {
        let (done, generation) = (self.done.clone(), self.generation);
        self.tasks.spawn(async move {
            let _ = done.send((generation, task.await));
        })
    }

    /// Tells the house of a view if it says something new, or if time has passed that somebody counts.
    fn publish(&mut self, moved: bool) {
        let mut view = self.view();
        self.look_again(&view.active);
        self.watch_arrivals(&view.active);
        let now = std::mem::replace(&mut view.now, self.shown.now);
        if moved || view != *self.shown {
            view.now = now;
            self.shown = Arc::new(view);
            self.teller.tell(Told::View(self.shown.clone()));
        }
    }
}

/// Completes when all agents are to end. What `wait_for` returns must not be held any longer.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

pub(super) fn options(settings: &Settings, kept: Option<NaiveDate>) -> Options {
    let time = |time: &Option<String>| time.as_deref().and_then(time_of_day);
    Options {
        warn: chrono::Duration::minutes(settings.warn_minutes.into()),
        history: chrono::Duration::days(settings.history_days.into()),
        details: settings.notification_details,
        clock_time: |time| time.with_timezone(&Local).format("%H:%M").to_string(),
        local_date: |time| time.with_timezone(&Local).format("%Y-%m-%d").to_string(),
        request_id: Uuid::new_v4,
        zone: clock::zone,
        renews_until: time(&settings.renewal.until),
        day_ends: time(&settings.day.ends_at),
        kept,
    }
}

pub(super) fn disk_notice(problem: &Problem) -> Notice {
    Notice {
        id: "disk".into(),
        severity: Severity::Warning,
        message: problem.message.clone(),
        detail: problem.detail.clone(),
    }
}

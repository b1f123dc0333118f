//! One tenant, one agent, one folder; virtual time for all of them.
//!
//! Everything runs on one thread under Tokio's paused clock: timers fire only when nothing else is left to do, so a wait
//! of a minute takes no time, and "everything is quiet" is simply a sleep that has ended. The tenant's clock stands still
//! and is moved along with it.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    agent::{self, Demo, Handle, Setup},
    auth::Browser,
    clock::Clock,
    cloud::{Cloud, Reach},
    model::Kind,
    paths::Paths,
    secrets::{MemoryStore, SecretStore},
    view::{ActiveRow, Command, EligibleRow, Session, View},
};
use tempfile::TempDir;
use tenant::{
    Scenario,
    clock::Change,
    robot::Person,
    scenario::{FutureStart, IsoDuration},
};

use crate::plan::{Cast, Kill, Plan, Role};

/// Every tenant has the same key: making one takes longer than a whole run.
const KEY: u64 = 7;
/// Longest step of the tenant's clock.
const STRIDE: u32 = 20_000;

pub struct World {
    pub tenant: tenant::Running,
    pub agent: Handle,
    /// How often a browser was opened, and how often to sign in.
    pub browsers: Arc<AtomicUsize>,
    pub sign_ins: usize,
    pub kills: usize,
    pub cast: Cast,
    /// Keys of the roles in play, by label.
    pub ids: BTreeMap<&'static str, String>,
    /// Holds every answer of the tenant against Microsoft's contract.
    _watch: tenant::contract::Watch,
    home: TempDir,
    secrets: Arc<dyn SecretStore>,
    person: Person,
}

impl World {
    /// Signed in, lists read.
    pub async fn new(plan: &Plan) -> Self {
        let mut scenario = Scenario::contoso();
        let switches = &mut scenario.switches;
        switches.list_lag = seconds(plan.list_lag);
        switches.azure_list_lag = seconds(plan.list_lag);
        switches.provisioning_delay = seconds(plan.provisioning);
        switches.group_provisioning_delay = seconds(plan.provisioning);
        if plan.queued {
            // One compares by the second, one by the minute; nobody knows.
            switches.future_start_while_active = FutureStart::Queued;
            switches.group_future_start_while_active = FutureStart::QueuedByMinute;
            switches.azure_future_start_while_active = FutureStart::QueuedByMinute;
        }
        let options =
            tenant::Options { port: 0, tls: None, scenario, seed: KEY, latency: Duration::ZERO, state_file: None };
        let tenant = tenant::start(options).await.expect("the tenant starts");
        let watch = tenant::contract::Watch::over(tenant.app());
        let stop = Change { set: None, advance: None, rate: Some(0.0) };
        tenant.app().clock.change(&stop).expect("the clock stops");
        let secrets: Arc<dyn SecretStore> = Arc::new(MemoryStore::default());
        let (browsers, person, home) = (Arc::new(AtomicUsize::new(0)), Person::new("maya"), folder());
        let agent = start(tenant.endpoints().clone(), home.path(), &secrets, &browsers, &person);
        let (cast, ids, sign_ins, kills) = (plan.cast, BTreeMap::new(), 0, 0);
        let mut world =
            Self { tenant, agent, browsers, sign_ins, kills, cast, ids, home, secrets, person, _watch: watch };
        world.agent.send(Command::SignInDemo);
        let mut views = world.agent.views();
        views.wait_for(|view| listed(view)).await.expect("the agent runs");
        if cast.kind == Kind::AzureResource {
            // A service of its own, with a sign-in of its own.
            world.agent.send(Command::AllowSource { source: cast.kind });
        }
        let known = |view: &View, role: &Role| {
            let row = view.eligible.iter().find(|row| is(role, cast.kind, row));
            row.is_some_and(|row| row.requirements.known)
        };
        let all = |view: &View| listed(view) && cast.roles.iter().all(|role| known(view, role));
        let view = views.wait_for(|view| all(view)).await.expect("the agent runs").clone();
        for role in &cast.roles {
            let row = view.eligible.iter().find(|row| is(role, cast.kind, row));
            world.ids.insert(role.label, row.expect("an eligible role").id.clone());
        }
        world.sign_ins = world.browsers();
        // Whoever is killed before it is written down who signed in starts signed out, and rightly so.
        while !world.home.path().join("session.json").is_file() {
            world.files().await;
        }
        world
    }

    pub fn label(&self, role: usize) -> &'static str {
        self.cast.roles[role].label
    }

    pub fn id(&self, role: usize) -> String {
        self.ids[self.label(role)].clone()
    }

    pub fn active<'a>(&self, view: &'a View, label: &str) -> Option<&'a ActiveRow> {
        view.active.iter().find(|row| row.id == self.ids[label])
    }

    pub fn eligible<'a>(&self, view: &'a View, label: &str) -> Option<&'a EligibleRow> {
        view.eligible.iter().find(|row| row.id == self.ids[label])
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.tenant.app().clock.now()
    }

    pub fn browsers(&self) -> usize {
        self.browsers.load(Ordering::SeqCst)
    }

    /// Time passes, milliseconds.
    pub async fn pass(&self, milliseconds: u32) {
        let mut left = milliseconds;
        self.quiet().await;
        while left > 0 {
            // Small steps first: what just happened is looked after soon.
            let step = (STRIDE.min(left)).min(((milliseconds - left) / 2).max(500));
            self.tenant.app().clock.advance(TimeDelta::milliseconds(step.into()));
            tokio::time::sleep(Duration::from_millis(step.into())).await;
            self.files().await;
            left -= step;
        }
        self.quiet().await;
    }

    /// Nothing is left to do at this moment.
    pub async fn quiet(&self) {
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(1)).await;
            self.files().await;
        }
        while self.agent.view().session == Session::Loading {
            self.files().await;
        }
    }

    /// Keyring and files have threads of their own, which virtual time must not run away from: it stands still while
    /// something blocks here.
    async fn files(&self) {
        let journal = self.journal_file();
        let _ = tokio::task::spawn_blocking(move || fs::File::open(journal).and_then(|file| file.sync_all())).await;
    }

    /// The number of the request that the tenant has carried out last.
    pub fn last_request(&self) -> u64 {
        self.tenant.app().requests.after(0).last().map_or(0, |entry| entry.number)
    }

    /// Waits for the moment of a kill; `before` is the request carried out last when the step began. Some steps send fewer
    /// than were hoped for.
    pub async fn until(&self, kill: Kill, before: u64) {
        let (turns, requests) = match kill {
            Kill::Turns(turns) => (turns, usize::MAX),
            Kill::Requests(requests) => (1_500, requests),
        };
        for turn in 0..turns {
            if self.tenant.app().requests.after(before).len() >= requests {
                return;
            }
            if turn % 50 == 49 {
                // Choices made together are gathered for some milliseconds.
                self.tenant.app().clock.advance(TimeDelta::milliseconds(40));
            }
            tokio::task::yield_now().await;
        }
    }

    /// The process dies: what is on the disk at this moment is all that is left. The next one starts at once.
    pub fn kill(&mut self) {
        let next = folder();
        copy(self.home.path(), next.path());
        // Stops before it handles anything else, and whatever it still writes goes to the old folder.
        let agent = self.agent.clone();
        let mut last_breath = Box::pin(async move { agent.shutdown().await });
        let _ = futures_poll(&mut last_breath);
        self.home = next;
        self.kills += 1;
        let endpoints = self.tenant.endpoints().clone();
        self.agent = start(endpoints, self.home.path(), &self.secrets, &self.browsers, &self.person);
    }

    pub fn journal_file(&self) -> std::path::PathBuf {
        self.home.path().join("journal.jsonl")
    }

    /// The journal as it is on the disk.
    pub fn journal(&self) -> String {
        fs::read_to_string(self.journal_file()).unwrap_or_default()
    }

    /// The agent ends in good order; its folder.
    pub async fn end(self) -> (tenant::Running, TempDir) {
        self.agent.shutdown().await;
        (self.tenant, self.home)
    }
}

/// Is that the row of a role in play?
fn is(role: &Role, kind: Kind, row: &EligibleRow) -> bool {
    let scope = row.scope.as_deref();
    row.kind == kind
        && row.name == role.name
        && (scope == role.scope || role.scope == Some("Member") && scope.is_none())
}

fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).expect("a folder") {
        let file = file.expect("a file");
        let to = to.join(file.file_name());
        if file.path().is_dir() {
            fs::create_dir(&to).expect("a folder");
            copy(&file.path(), &to);
            continue;
        }
        match fs::copy(file.path(), to) {
            Ok(_) => {}
            // One that is written beside the old one has taken its place meanwhile.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
        }
    }
}

/// Polls once: starts a shutdown without waiting for its end.
fn futures_poll(future: &mut (impl Future<Output = ()> + Unpin)) -> std::task::Poll<()> {
    std::pin::Pin::new(future).poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
}

pub fn listed(view: &View) -> bool {
    matches!(view.session, Session::SignedIn { .. })
        && !view.list.loading
        && view.list.as_of.is_some()
        && view.eligible.iter().any(|row| row.requirements.known)
}

fn seconds(seconds: u32) -> IsoDuration {
    format!("PT{seconds}S").parse().expect("a duration")
}

/// In memory where there is such a place: thousands of journals are written.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().expect("a folder")
}

fn start(
    to: tenant::Endpoints,
    home: &Path,
    secrets: &Arc<dyn SecretStore>,
    browsers: &Arc<AtomicUsize>,
    person: &Person,
) -> Handle {
    let demo = Demo::new(move || {
        let to = to.clone();
        async move {
            let cloud = Cloud::loopback(&to.authority, &to.graph, &to.arm, Some(&to.control))?;
            Ok(cloud.reaching(Reach::Groups))
        }
    });
    let (runtime, person, count) = (tokio::runtime::Handle::current(), person.clone(), Arc::clone(browsers));
    let browser = Browser::new(move |url| {
        count.fetch_add(1, Ordering::SeqCst);
        let (person, url) = (person.clone(), url.clone());
        runtime.spawn(async move { person.sign_in(&url).await });
        Ok(())
    });
    let (paths, secrets) = (Paths::within(home), Arc::clone(secrets));
    let (agent, mut told) =
        agent::start(Setup { paths, secrets, browser, demo, clock: Clock::system(), language: None });
    tokio::spawn(async move { while told.recv().await.is_some() {} });
    agent
}

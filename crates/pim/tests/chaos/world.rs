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
    cloud::Cloud,
    paths::Paths,
    secrets::{MemoryStore, SecretStore},
    view::{Command, Session, View},
};
use tempfile::TempDir;
use tenant::{
    Scenario,
    clock::Change,
    robot::Person,
    scenario::{FutureStart, IsoDuration},
};

use crate::plan::{Kill, Plan, ROLES};

/// Every tenant has the same key: making one takes longer than a whole run.
const KEY: u64 = 7;
/// Longest step of the tenant's clock.
const STRIDE: u32 = 20_000;

pub struct World {
    pub tenant: tenant::Running,
    pub agent: Handle,
    /// How often a browser was opened.
    pub browsers: Arc<AtomicUsize>,
    pub kills: usize,
    /// Keys of the roles in play, by name.
    pub ids: BTreeMap<&'static str, String>,
    home: TempDir,
    secrets: Arc<dyn SecretStore>,
    person: Person,
}

impl World {
    /// Signed in, lists read.
    pub async fn new(plan: &Plan) -> Self {
        let mut scenario = Scenario::contoso();
        scenario.switches.list_lag = seconds(plan.list_lag);
        scenario.switches.provisioning_delay = seconds(plan.provisioning);
        if plan.queued {
            scenario.switches.future_start_while_active = FutureStart::Queued;
        }
        let options =
            tenant::Options { port: 0, tls: None, scenario, seed: KEY, latency: Duration::ZERO, state_file: None };
        let tenant = tenant::start(options).await.expect("the tenant starts");
        let stop = Change { set: None, advance: None, rate: Some(0.0) };
        tenant.app().clock.change(&stop).expect("the clock stops");
        let secrets: Arc<dyn SecretStore> = Arc::new(MemoryStore::default());
        let (browsers, person, home) = (Arc::new(AtomicUsize::new(0)), Person::new("maya"), folder());
        let agent = start(tenant.endpoints().clone(), home.path(), &secrets, &browsers, &person);
        let mut world = Self { tenant, agent, browsers, kills: 0, ids: BTreeMap::new(), home, secrets, person };
        world.agent.send(Command::SignInDemo);
        let mut views = world.agent.views();
        let view = views.wait_for(|view| listed(view)).await.expect("the agent runs").clone();
        for role in ROLES {
            let row = view.eligible.iter().find(|row| row.name == role && row.scope.is_none());
            world.ids.insert(role, row.expect("an eligible role").id.clone());
        }
        // Whoever is killed before it is written down who signed in starts signed out, and rightly so.
        while !world.home.path().join("session.json").is_file() {
            world.files().await;
        }
        world
    }

    pub fn id(&self, role: usize) -> String {
        self.ids[ROLES[role]].clone()
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
        async move { Cloud::loopback(&to.authority, &to.graph, &to.arm, Some(&to.control)) }
    });
    let (runtime, person, count) = (tokio::runtime::Handle::current(), person.clone(), Arc::clone(browsers));
    let browser = Browser::new(move |url| {
        count.fetch_add(1, Ordering::SeqCst);
        let (person, url) = (person.clone(), url.clone());
        runtime.spawn(async move { person.sign_in(&url).await });
        Ok(())
    });
    let (paths, secrets) = (Paths::within(home), Arc::clone(secrets));
    let (agent, mut told) = agent::start(Setup { paths, secrets, browser, demo, clock: Clock::system() });
    tokio::spawn(async move { while told.recv().await.is_some() {} });
    agent
}

//! Somebody's desk: a tenant, an agent, a robot at the browser.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use pim::{
    agent::{self, Demo, Handle, Notification, Notify, Setup},
    auth::Browser,
    clock::Clock,
    cloud::{Cloud, Reach},
    paths::Paths,
    secrets::{MemoryStore, SecretStore},
    view::{ActiveRow, Command, EligibleRow, RowState, Session, View},
};
use tempfile::TempDir;
use tenant::{
    Scenario,
    faults::{Fault, Rule},
    robot::Person,
};
use tokio::sync::watch;

/// Nothing here takes as long, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Desk {
    pub tenant: Arc<tenant::Running>,
    pub home: TempDir,
    pub secrets: Arc<dyn SecretStore>,
    pub agent: Handle,
    pub notes: watch::Sender<Vec<Notification>>,
    /// How often a browser was opened.
    pub browsers: Arc<AtomicUsize>,
    pub person: Person,
    /// What a sign-in asks for at first.
    pub reach: Reach,
    /// Validates the tenant's answers against Microsoft's contract.
    _watch: tenant::contract::Watch,
}

impl Desk {
    /// At Contoso, as Maya; not signed in.
    pub async fn new() -> Self {
        Self::of(Scenario::contoso()).await
    }

    pub async fn of(scenario: Scenario) -> Self {
        let options =
            tenant::Options { port: 0, tls: None, scenario, seed: 7, latency: Duration::ZERO, state_file: None };
        let tenant = Arc::new(tenant::start(options).await.expect("the tenant starts"));
        let home = tempfile::tempdir().expect("a folder");
        let secrets: Arc<dyn SecretStore> = Arc::new(MemoryStore::default());
        let (browsers, notes) = (Arc::new(AtomicUsize::new(0)), watch::Sender::new(Vec::new()));
        let person = Person::new("maya");
        let reach = Reach::Groups;
        let agent = start(&tenant, home.path(), &secrets, &browsers, &person, &notes, reach);
        let watch = tenant::contract::Watch::over(tenant.app());
        Self { tenant, home, secrets, agent, notes, browsers, person, reach, _watch: watch }
    }

    /// Signed in, with the lists read.
    pub async fn signed_in() -> Self {
        let desk = Self::new().await;
        desk.sign_in().await;
        desk
    }

    pub async fn sign_in(&self) {
        self.agent.send(Command::SignInDemo);
        self.until("signed in with lists", listed).await;
    }

    /// All files, those in folders too.
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        fn below(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("a file").path();
                if path.is_dir() { below(&path, files) } else { files.push(path) }
            }
        }
        let mut files = Vec::new();
        below(self.home.path(), &mut files);
        files
    }

    /// Ends the agent in good order and starts another one in the same place.
    pub async fn restart(&mut self) {
        self.agent.shutdown().await;
        self.start();
    }

    pub fn start(&mut self) {
        let (secrets, browsers, person) = (&self.secrets, &self.browsers, &self.person);
        self.agent = start(&self.tenant, self.home.path(), secrets, browsers, person, &self.notes, self.reach);
    }

    /// An agent in the same place whose tenant is somewhere else.
    pub fn agent_at(&self, origin: &str) -> Handle {
        let to = tenant::Endpoints::below(origin);
        start_at(to, self.home.path(), &self.secrets, &self.browsers, &self.person, &self.notes, self.reach)
    }

    /// The approver decides (`approve`, `deny`) on the request made last.
    pub async fn decide(&self, decision: &str) {
        let entries = self.tenant.app().ledger.entries();
        let asked = entries.iter().rev().find(|entry| entry.event == "selfActivate").expect("a request");
        let request = asked.details["requestId"].clone();
        self.control(decision, &serde_json::json!({ "requestId": request })).await;
    }

    /// Maya's session is over: refresh token and access tokens.
    pub async fn revoke(&self) {
        self.control("revoke", &serde_json::json!({ "user": "maya" })).await;
    }

    /// What no real tenant does for anybody.
    pub async fn control(&self, what: &str, body: &serde_json::Value) {
        let control = format!("{}/{what}", self.tenant.endpoints().control);
        let answer = reqwest::Client::new().post(control).json(body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
    }

    /// Waits for something outside the views.
    pub async fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        for _ in 0..6000 {
            if holds() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("never {what}");
    }

    /// Waits for a view of which this holds.
    pub async fn until(&self, what: &str, holds: impl Fn(&View) -> bool) -> Arc<View> {
        let mut views = self.agent.views();
        let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| holds(view))).await;
        let Ok(view) = seen else { panic!("never {what}: {:#?}", self.agent.view()) };
        view.expect("the agent runs").clone()
    }

    pub async fn until_state(&self, role: &str, what: &str, holds: impl Fn(&RowState) -> bool) -> ActiveRow {
        let holds = |view: &View| row(view, role).is_some_and(|row| holds(&row.state));
        let view = self.until(&format!("{role} {what}"), holds).await;
        row(&view, role).expect("just seen").clone()
    }

    pub async fn until_active(&self, role: &str) -> ActiveRow {
        self.until_state(role, "active", |state| *state == RowState::Active).await
    }

    pub async fn until_failed(&self, role: &str) -> pim::problem::Problem {
        match self.until_state(role, "failed", |state| matches!(state, RowState::Failed { .. })).await.state {
            RowState::Failed { problem } => problem,
            _ => unreachable!(),
        }
    }

    pub async fn until_gone(&self, role: &str) {
        self.until(&format!("{role} gone"), |view| row(view, role).is_none()).await;
    }

    pub async fn until_noted(&self, title: &str) -> Notify {
        let find = |notes: &[Notification]| noted(notes).into_iter().find(|note| note.title.contains(title));
        let mut notes = self.notes.subscribe();
        let seen = tokio::time::timeout(PATIENCE, notes.wait_for(|notes| find(notes).is_some())).await;
        let Ok(notes) = seen else { panic!("never told \"{title}\": {:#?}", self.noted()) };
        find(&notes.expect("somebody tells")).expect("just seen")
    }

    pub fn noted(&self) -> Vec<Notify> {
        noted(&self.notes.borrow())
    }

    pub fn activate(&self, role: &str, minutes: u32, ticket: Option<&str>) {
        let ticket = ticket.map(|number| pim::model::Ticket { number: number.into(), system: "SNOW".into() });
        let (id, reason) = (self.eligible(role).id, format!("to test {role}"));
        self.agent.send(Command::Activate { id, minutes, reason, ticket, undoable: false, start: None, scope: None });
    }

    pub fn eligible(&self, role: &str) -> EligibleRow {
        let view = self.agent.view();
        let found = view.eligible.iter().find(|row| row.name == role && row.scope.is_none());
        found.unwrap_or_else(|| panic!("no {role}")).clone()
    }

    /// Time passes in the tenant.
    pub fn advance(&self, by: TimeDelta) {
        self.tenant.app().clock.advance(by);
    }

    pub fn fault(&self, method: &str, path: &str, times: u32, fault: Fault) {
        let rule = Rule { method: Some(method.into()), path: path.into(), after: 0, times, fault };
        self.tenant.app().faults.add(rule);
    }

    /// What the tenant has committed of this kind.
    pub fn committed(&self, event: &str) -> usize {
        self.tenant.app().with_pim(|_, _| ());
        self.tenant.app().ledger.entries().iter().filter(|entry| entry.event == event).count()
    }

    pub fn browsers(&self) -> usize {
        self.browsers.load(Ordering::SeqCst)
    }

    pub fn requests(&self, path: &str) -> usize {
        self.tenant.app().requests.after(0).iter().filter(|entry| entry.path.contains(path)).count()
    }
}

fn noted(notes: &[Notification]) -> Vec<Notify> {
    let notes = notes.iter().filter_map(|note| match note {
        Notification::Notify(note) => Some(note.clone()),
        Notification::Withdraw { .. } => None,
    });
    notes.collect()
}

pub fn listed(view: &View) -> bool {
    matches!(view.session, Session::SignedIn { .. })
        && view.list.as_of.is_some()
        && !view.list.loading
        && view.eligible.iter().any(|row| row.requirements.known)
}

pub fn row<'a>(view: &'a View, role: &str) -> Option<&'a ActiveRow> {
    view.active.iter().find(|row| row.name == role && row.scope.is_none())
}

fn start(
    tenant: &Arc<tenant::Running>,
    home: &Path,
    secrets: &Arc<dyn SecretStore>,
    browsers: &Arc<AtomicUsize>,
    person: &Person,
    notes: &watch::Sender<Vec<Notification>>,
    reach: Reach,
) -> Handle {
    start_at(tenant.endpoints().clone(), home, secrets, browsers, person, notes, reach)
}

fn start_at(
    to: tenant::Endpoints,
    home: &Path,
    secrets: &Arc<dyn SecretStore>,
    browsers: &Arc<AtomicUsize>,
    person: &Person,
    notes: &watch::Sender<Vec<Notification>>,
    reach: Reach,
) -> Handle {
    let demo = Demo::new(move || {
        let to = to.clone();
        async move {
            let cloud = Cloud::loopback(&to.authority, &to.graph, &to.arm, Some(&to.control))?;
            Ok(cloud.reaching(reach))
        }
    });
    let (runtime, person, count) = (tokio::runtime::Handle::current(), person.clone(), Arc::clone(browsers));
    let browser = Browser::new(move |url| {
        count.fetch_add(1, Ordering::SeqCst);
        // Pages of the tenant are walked through; others are somebody else's.
        if url.host_str().is_some_and(|host| host == "127.0.0.1" || host == "localhost") {
            let (person, url) = (person.clone(), url.clone());
            runtime.spawn(async move { person.sign_in(&url).await });
        }
        Ok(())
    });
    let setup = Setup {
        paths: Paths::within(home),
        secrets: Arc::clone(secrets),
        browser,
        demo,
        clock: Clock::system(),
        language: None,
    };
    let (agent, mut told) = agent::start(setup);
    let notes = notes.clone();
    tokio::spawn(async move {
        while let Some(note) = told.recv().await {
            notes.send_modify(|notes| notes.push(note));
        }
    });
    agent
}

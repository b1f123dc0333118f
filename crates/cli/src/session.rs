//! One run of the agent, and waiting for what it shows.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use pim::{
    agent::{self, Demo, Handle, Setup},
    announced,
    auth::Browser,
    clock::Clock,
    cloud::Cloud,
    manage::Office,
    model::Kind,
    paths::Paths,
    problem::Problem,
    secrets::{KeyringStore, MemoryStore, SecretStore},
    view::{Command, ListState, Session as SignedIn, View},
};
use tenant::robot;
use tokio::sync::watch;

use crate::failed::{Exit, Failed};

/// Who signs in to the demo tenant when nobody is asked.
pub const DEMO_USER: &str = "maya";

/// Azure's list is not waited for longer where it is not needed.
const MOMENT: Duration = Duration::from_secs(6);

/// Between two looks whether a consent is there.
const GLANCE: Duration = Duration::from_millis(20);

/// A running agent and its views.
pub struct Session {
    handle: Handle,
    views: watch::Receiver<Arc<View>>,
    demo: bool,
    /// Nobody could sign in to the demo tenant.
    lost: watch::Receiver<bool>,
    clock: Clock,
    paths: Paths,
    /// How the list stood at the start: an earlier run's.
    saved: ListState,
}

impl Session {
    /// Starts the agent on the user's files and keyring, or, with `demo`, on the demo tenant and files of its own.
    /// There somebody signs in who is called `person`.
    pub fn open(demo: bool, person: Option<String>) -> Result<Self, Failed> {
        let paths = Paths::locate().ok_or_else(|| {
            Failed::new(Exit::Refused, "no-home", "This system names no home folder. Set PIMENTO_HOME to one.")
        })?;
        let scenario = paths.demo_scenario();
        let paths = if demo { Paths::within(&paths.state().join("cli-demo")) } else { paths.for_command_line() };
        let (losing, lost) = watch::channel(false);
        let (secrets, browser): (Arc<dyn SecretStore>, _) = if demo {
            (Arc::new(MemoryStore::default()), robot_browser(person.unwrap_or_else(|| DEMO_USER.into()), losing))
        } else {
            (Arc::new(KeyringStore), visible_browser())
        };
        let clock = Clock::system();
        let setup = Setup {
            demo: if demo { demo_tenant(&paths, scenario) } else { the_applications_demo() },
            paths: paths.clone(),
            secrets,
            browser,
            clock: clock.clone(),
            language: None,
        };
        let (handle, notifications) = agent::start(setup);
        // A command line tells its results itself.
        drop(notifications);
        let saved = handle.view().list.clone();
        Ok(Self { views: handle.views(), handle, demo, lost, clock, paths, saved })
    }

    /// Asks the agent for something.
    pub fn send(&self, command: Command) {
        self.handle.send(command);
    }

    /// The latest view.
    pub fn view(&self) -> Arc<View> {
        self.handle.view()
    }

    /// The service's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Where files are.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Waits until the service's time is that.
    pub async fn sleep_until(&self, instant: DateTime<Utc>) {
        self.clock.sleep_until(instant).await;
    }

    /// Consents to another kind's permissions, with a sign-in of its own, and has it read.
    pub async fn allow(&mut self, source: Kind) -> Result<(), Failed> {
        let state = |list: &ListState| list.sources.iter().find(|state| state.kind == source).cloned();
        let before = state(&self.saved).and_then(|state| state.as_of);
        self.send(Command::DismissNotice { id: "allow".into() });
        self.send(Command::AllowSource { source });
        let refused = self
            .until(|view| {
                if let Some(notice) = view.notices.iter().find(|notice| notice.id == "allow") {
                    return Some(Some(notice.message.clone()));
                }
                let state = state(&view.list)?;
                let other = state.problem.is_some_and(|problem| problem.code != "not-consented");
                (other || state.as_of.is_some() && state.as_of != before && (!state.loading || state.partial.is_some()))
                    .then_some(None)
            })
            .await?;
        match refused {
            Some(message) => Err(Failed::new(Exit::Refused, "not-consented", message)),
            None => Ok(()),
        }
    }

    /// Waits until a view gives `wanted` something.
    pub async fn until<T>(&mut self, mut wanted: impl FnMut(&View) -> Option<T>) -> Result<T, Failed> {
        let mut found = None;
        let waited = self.views.wait_for(|view| {
            found = wanted(view);
            found.is_some()
        });
        let ended = waited.await.is_err();
        match found {
            Some(found) if !ended => Ok(found),
            _ => Err(Failed::new(Exit::Refused, "agent-ended", "Pimento's agent ended unexpectedly. Try again.")),
        }
    }

    /// The view once it is known whether somebody is signed in; in the demo somebody always is.
    pub async fn known(&mut self) -> Result<Arc<View>, Failed> {
        let view = self.until(|view| settled(view).then(|| Arc::new(view.clone()))).await?;
        if self.demo && matches!(view.session, SignedIn::SignedOut { .. }) {
            return self.sign_in(Command::SignInDemo).await;
        }
        Ok(view)
    }

    /// Signs in with `command` and waits for the end of it, whoever is signed in already.
    pub async fn sign_in(&mut self, command: Command) -> Result<Arc<View>, Failed> {
        let serial = |view: &View| view.sign_in_end.as_ref().map_or(0, |end| end.serial);
        let before = serial(&self.view());
        self.send(command);
        let mut code = DeviceCode::default();
        let mut lost = self.lost.clone();
        let ended = self.until(|view| {
            if matches!(view.session, SignedIn::SigningIn { .. }) {
                code.tell(view);
            }
            let end = view.sign_in_end.as_ref().filter(|end| end.serial != before)?;
            match (&end.problem, &view.session) {
                (Some(problem), _) => Some(Err(problem.clone().into())),
                (None, SignedIn::SignedIn { .. }) => Some(Ok(Arc::new(view.clone()))),
                // Over before it could be used.
                (None, SignedIn::SignedOut { reason }) => Some(Err(signed_out(reason.clone()))),
                (None, SignedIn::Loading | SignedIn::SigningIn { .. }) => None,
            }
        });
        let told = async {
            if lost.wait_for(|lost| *lost).await.is_err() {
                // Nobody walks there by themselves.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            ended = ended => ended?,
            () = told => Err(Failed::new(Exit::Refused, "demo-sign-in", "Nobody signed in to the demo tenant.")),
        }
    }

    /// The view of somebody who is signed in.
    pub async fn signed_in(&mut self) -> Result<Arc<View>, Failed> {
        let view = self.known().await?;
        match &view.session {
            SignedIn::SignedOut { reason } => Err(signed_out(reason.clone())),
            _ => Ok(view),
        }
    }

    /// The view once somebody is signed in and the lists have been read, or could not be.
    pub async fn listed(&mut self) -> Result<Arc<View>, Failed> {
        self.ready().await?;
        self.read(|_| true).await
    }

    /// The same; where Azure takes longer than a moment, without what it has not told yet.
    pub async fn listed_so_far(&mut self) -> Result<Arc<View>, Failed> {
        self.ready().await?;
        match tokio::time::timeout(MOMENT, self.read(|_| true)).await {
            Ok(view) => view,
            Err(_) => self.read(|kind| kind != Kind::AzureResource).await,
        }
    }

    async fn ready(&mut self) -> Result<(), Failed> {
        self.signed_in().await?;
        if self.demo {
            // Nobody is asked there: what there is to see is shown.
            self.allow(Kind::AzureResource).await?;
        }
        Ok(())
    }

    /// The session for an administrator's work on these kinds, and the view of whoever is signed in.
    pub async fn office(&mut self, kinds: &[Kind]) -> Result<(Office, Arc<View>), Failed> {
        self.signed_in().await?;
        let mut office = self.handle.office().await?;
        let wanted = Kind::AzureResource;
        if self.demo && kinds.contains(&wanted) && !office.asks_for(wanted) {
            // Nobody is asked there.
            self.send(Command::AllowSource { source: wanted });
            for _ in 0..MOMENT.as_millis() / GLANCE.as_millis() {
                tokio::time::sleep(GLANCE).await;
                office = self.handle.office().await?;
                if office.asks_for(wanted) {
                    break;
                }
            }
        }
        Ok((office, self.view()))
    }

    async fn read(&mut self, wanted: fn(Kind) -> bool) -> Result<Arc<View>, Failed> {
        let saved = self.saved.clone();
        let reading = |list: &ListState| list.sources.iter().any(|source| source.loading && wanted(source.kind));
        let view = self
            .until(|view| match &view.session {
                SignedIn::SignedOut { reason } => Some(Err(signed_out(reason.clone()))),
                // A saved list is shown at once; what was asked for is the one that is read now.
                _ if reading(&view.list) || view.list == saved => None,
                _ => Some(Ok(Arc::new(view.clone()))),
            })
            .await??;
        match &view.list.problem {
            // Nothing was ever read: there is nothing older to go by, and nothing that was entered by name.
            Some(problem) if view.list.as_of.is_none() && view.eligible.is_empty() => {
                Err(Failed::from(problem.clone()))
            }
            _ => Ok(view),
        }
    }

    /// Ends the agent, and tells its last view; what is in flight is looked up at the next start.
    pub async fn close(self) -> Arc<View> {
        self.handle.shutdown().await;
        self.handle.view()
    }
}

/// The code that somebody types on another device, told once.
#[derive(Default)]
pub struct DeviceCode(Option<String>);

impl DeviceCode {
    /// Tells what to type where, as soon as that is known.
    pub fn tell(&mut self, view: &View) {
        if let SignedIn::SigningIn { user_code: Some(code), url: Some(url) } = &view.session
            && self.0.as_ref() != Some(code)
        {
            eprintln!("Open {url} and enter the code {code}");
            self.0 = Some(code.clone());
        }
    }
}

fn settled(view: &View) -> bool {
    matches!(view.session, SignedIn::SignedOut { .. } | SignedIn::SignedIn { .. })
}

fn signed_out(reason: Option<Problem>) -> Failed {
    match reason {
        Some(problem) => Failed::signed_out(problem),
        None => Failed::new(Exit::SignedOut, "signed-out", "Nobody is signed in. Sign in with `pim login`."),
    }
}

/// Opens the system's browser, and says so: on a machine without one the address can be opened by hand.
fn visible_browser() -> Browser {
    Browser::new(|url| {
        eprintln!("Sign in in the browser. If none opens, open this address:\n{url}");
        open::that_detached(url.as_str()).or(Ok(()))
    })
}

/// Walks through the demo tenant's pages by itself.
fn robot_browser(person: String, losing: watch::Sender<bool>) -> Browser {
    Browser::new(move |url| {
        let (url, person, losing) = (url.clone(), person.clone(), losing.clone());
        tokio::runtime::Handle::try_current().map_err(io::Error::other)?.spawn(async move {
            if let Err(error) = robot::sign_in(&url, &person).await {
                eprintln!("pim: the demo sign-in went wrong: {error}");
                // Whoever is not known never arrives; of other troubles the sign-in tells the end itself.
                if matches!(error, robot::RobotError::NoSuchUser(_)) {
                    losing.send_replace(true);
                }
            }
        });
        Ok(())
    })
}

/// The tenant of an account that the application has signed in to its demo: the one that the environment names. The
/// application's own runs in its process alone, and another one's answer would end that sign-in.
fn the_applications_demo() -> Demo {
    Demo::new(|| async { announced::from_environment().await.unwrap_or_else(|| Err(demo_elsewhere().problem)) })
}

fn demo_elsewhere() -> Failed {
    let message = "The application on this computer plays its demo, which the command line cannot reach. To try the command \
                   line in a demo of its own, add --demo; to use it in your tenant, run pim login.";
    Failed::new(Exit::SignedOut, "demo-elsewhere", message)
}

/// The tenant that the environment names, or an embedded one that keeps its state beside the other files.
fn demo_tenant(paths: &Paths, scenario: PathBuf) -> Demo {
    let state_file = paths.state().join("tenant.json");
    let running = Arc::new(Mutex::new(None::<tenant::Running>));
    let starting = Arc::new(tokio::sync::Mutex::new(()));
    Demo::new(move || {
        let (state_file, scenario) = (state_file.clone(), scenario.clone());
        let (running, starting) = (running.clone(), starting.clone());
        async move {
            if let Some(named) = announced::from_environment().await {
                return named;
            }
            let _one_at_a_time = starting.lock().await;
            let known = running.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(cloud_of);
            if let Some(cloud) = known {
                return cloud;
            }
            let scenario = tenant::Scenario::of_user(&scenario);
            let scenario = scenario.map_err(|error| announced::unusable_scenario(&error))?;
            let options = tenant::Options { scenario, state_file: Some(state_file), ..tenant::Options::default() };
            let tenant = tenant::start(options).await.map_err(|error| {
                Failed::new(Exit::Refused, "demo-tenant", format!("The demo tenant did not start: {error}.")).problem
            })?;
            let cloud = cloud_of(&tenant);
            *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(tenant);
            cloud
        }
    })
}

fn cloud_of(tenant: &tenant::Running) -> Result<Cloud, Problem> {
    let at = tenant.endpoints();
    Cloud::loopback(&at.authority, &at.graph, &at.arm, Some(&at.control))
}

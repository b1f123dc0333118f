//! Newer versions of Pimento: whether there is one, and its package, for whoever wants it. Nothing is installed without a click, and
//! nothing is raised here: the system is handed a file, and asks whatever it asks.
//!
//! [`plan`] decides what is done when and what is offered; [`manifest`] says whom it believes; here it is carried out, beside the
//! agent, by the tray alone.

mod fetch;
mod manifest;
mod memory;
mod plan;
mod shelf;
mod source;

use std::{fmt, io, sync::Arc};

use tokio::sync::{mpsc, watch};

use self::{
    fetch::Fetch,
    manifest::{Manifest, Package, Signed},
    memory::Memory,
    plan::{Deed, Plan, Scene},
    shelf::Shelf,
};
use crate::{
    auth::Browser,
    clock::Clock,
    codes,
    paths::Paths,
    problem::Problem,
    view::{Looks, Notice, Severity, UpdateWish, Updates as Shown, View},
};

pub use self::{plan::Here, shelf::Verified, source::Source};

/// What the banner of a newer version goes by.
pub const NOTICE: &str = "update";

/// Newer versions, as they are looked for. Cheap to clone; it ends with the views.
#[derive(Clone, Debug)]
pub struct Updates {
    says: mpsc::UnboundedSender<Said>,
    shown: watch::Receiver<Shown>,
}

/// What the person wants, and what came of something.
#[derive(Debug)]
enum Said {
    Wish(UpdateWish),
    Looked(Result<(Signed, Manifest), Problem>),
    Fetching(u8),
    Fetched(Result<(), Problem>),
    Installed(Result<(), NotInstalled>),
    NotShown(String),
}

/// Why a package was not handed to the system.
#[derive(Debug)]
struct NotInstalled {
    problem: Problem,
    /// It is here, and what was signed.
    here: bool,
}

impl Updates {
    /// The person wants something of it.
    pub fn wish(&self, wish: UpdateWish) {
        // A build that does not look has nobody who listens.
        let _ = self.says.send(Said::Wish(wish));
    }

    /// What there is to show.
    pub fn shown(&self) -> watch::Receiver<Shown> {
        self.shown.clone()
    }
}

/// What the banner says, where one is wanted.
pub fn notice(shown: &Shown) -> Option<Notice> {
    let offer = shown.offer.as_ref().filter(|offer| !offer.later)?;
    let message = say!("update-offered", version = offer.version.as_str());
    Some(Notice { id: NOTICE.into(), severity: Severity::Info, message, detail: None })
}

/// Hands a package to the system, and returns once it has it.
#[derive(Clone)]
pub struct Installer(Arc<Install>);

type Install = dyn Fn(&Verified) -> io::Result<()> + Send + Sync;

impl Installer {
    /// The system's, or whatever plays its part. It may take its time.
    pub fn new(install: impl Fn(&Verified) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(install))
    }
}

impl fmt::Debug for Installer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Installer")
    }
}

/// What newer versions are looked for by.
pub struct Setup {
    /// The views with the settings.
    pub views: watch::Receiver<Arc<View>>,
    /// Where files are.
    pub paths: Paths,
    /// The time.
    pub clock: Clock,
    /// Where to look, and what is here; `None` looks nowhere.
    pub looks: Option<(Source, Here)>,
    /// What shows a page.
    pub browser: Browser,
    /// What installs a package.
    pub installer: Installer,
}

/// Begins to look for newer versions. Returns that, and what tells each time that the system was handed a package.
pub fn start(setup: Setup) -> (Updates, mpsc::UnboundedReceiver<()>) {
    let Setup { views, paths, clock, looks, browser, installer } = setup;
    let (says, said) = mpsc::unbounded_channel();
    let (hands, handed) = mpsc::unbounded_channel();
    let nothing = Shown { looks: Looks::Never, looking: false, as_of: None, offer: None, problem: None };
    let (shows, shown) = watch::channel(nothing);
    if let Some((source, here)) = looks {
        let shelf = Shelf::new(paths.updates_folder());
        let runner = Runner { views, paths, clock, source, shelf, browser, installer, says: says.clone(), hands };
        tokio::spawn(runner.run(here, said, shows));
    }
    (Updates { says, shown }, handed)
}

struct Runner {
    views: watch::Receiver<Arc<View>>,
    paths: Paths,
    clock: Clock,
    source: Source,
    shelf: Shelf,
    browser: Browser,
    installer: Installer,
    says: mpsc::UnboundedSender<Said>,
    hands: mpsc::UnboundedSender<()>,
}

impl Runner {
    async fn run(mut self, here: Here, mut said: mpsc::UnboundedReceiver<Said>, shows: watch::Sender<Shown>) {
        let mut plan = self.begin(here);
        self.tidy(&plan).await;
        let mut heard = None;
        loop {
            let settings = self.views.borrow_and_update().settings.updates.clone();
            let scene = Scene { settings: &settings, now: self.clock.now() };
            let before = plan.memory().clone();
            let asked = heard.take().and_then(|said| self.hear(said, &mut plan, scene));
            let deed = asked.or_else(|| plan.due(scene));
            let (next, shown) = (plan.next(scene), plan.shown(scene));
            if before != *plan.memory() {
                self.keep(plan.memory().clone()).await;
            }
            shows.send_if_modified(|old| {
                let changed = *old != shown;
                *old = shown;
                changed
            });
            if let Some(deed) = deed {
                self.carry_out(deed);
            }
            tokio::select! {
                changed = self.views.changed() => if changed.is_err() {
                    return;
                },
                // There is always somebody who could say something: this runner's own errands.
                what = said.recv() => heard = what,
                () = self.clock.idly_until(next) => {}
            }
        }
    }

    fn begin(&self, here: Here) -> Plan {
        let now = self.clock.now();
        let mut memory = Memory::load(&self.paths, now);
        let newest = memory.newest.as_ref().and_then(|signed| signed.verified(&self.source).ok());
        if newest.is_none() {
            // Signed with the key of a build before this one, or by nobody.
            memory.newest = None;
        }
        Plan::new(here, now, memory, newest)
    }

    fn hear(&self, said: Said, plan: &mut Plan, scene: Scene<'_>) -> Option<Deed> {
        match said {
            Said::Wish(wish) => return plan.wish(wish, scene),
            Said::Looked(outcome) => plan.looked(outcome, scene.now),
            Said::Fetching(percent) => plan.fetching(percent),
            Said::Fetched(outcome) => plan.fetched(outcome),
            Said::Installed(Ok(())) => {
                plan.installed(true, None);
                // Nobody listens: Pimento ends.
                let _ = self.hands.send(());
            }
            Said::Installed(Err(NotInstalled { problem, here })) => plan.installed(here, Some(problem)),
            Said::NotShown(why) => plan.failed(Some(codes::ours(codes::UPDATE_NOT_OPENED, Some(why)))),
        }
        None
    }

    /// Begins something. What comes of it is heard later.
    fn carry_out(&self, deed: Deed) {
        let (source, shelf, says) = (self.source.clone(), self.shelf.clone(), self.says.clone());
        let (browser, installer) = (self.browser.clone(), self.installer.clone());
        tokio::spawn(async move {
            let said = match deed {
                Deed::Look => Said::Looked(look(source).await),
                Deed::Read(page) => match browser.open(page).await {
                    Ok(()) => return,
                    Err(error) => Said::NotShown(error.to_string()),
                },
                Deed::Fetch(package) => {
                    let told = |percent| drop(says.send(Said::Fetching(percent)));
                    Said::Fetched(fetch(source, &package, shelf, told).await)
                }
                Deed::Install(package) => Said::Installed(install(shelf, package, installer).await),
            };
            // Nobody listens: Pimento ends.
            let _ = says.send(said);
        });
    }

    async fn keep(&self, memory: Memory) {
        let paths = self.paths.clone();
        if let Ok(Err(error)) = tokio::task::spawn_blocking(move || memory.save(&paths)).await {
            tracing::warn!(%error, "what is known of newer versions cannot be kept");
        }
    }

    /// Nothing is left of packages that are not offered any more, or are installed by now.
    async fn tidy(&self, plan: &Plan) {
        let (shelf, offered) = (self.shelf.clone(), plan.file().map(ToOwned::to_owned));
        let _ = tokio::task::spawn_blocking(move || shelf.tidy(offered.as_deref())).await;
    }
}

async fn look(source: Source) -> Result<(Signed, Manifest), Problem> {
    Fetch::new(source)?.manifest().await
}

/// Has a package on the shelf. What lies there already, and is what was signed, is not downloaded a second time.
async fn fetch(source: Source, package: &Package, shelf: Shelf, told: impl Fn(u8)) -> Result<(), Problem> {
    let (there, wanted) = (shelf.clone(), package.clone());
    if let Ok(Ok(_)) = tokio::task::spawn_blocking(move || there.verified(&wanted)).await {
        return Ok(());
    }
    Fetch::new(source)?.package(package, &shelf, told).await
}

/// Looks once more whether a package is what was signed, and hands it to the system while it is held.
async fn install(shelf: Shelf, package: Package, installer: Installer) -> Result<(), NotInstalled> {
    let failed = |why: String| NotInstalled { problem: codes::ours(codes::UPDATE_NOT_OPENED, Some(why)), here: true };
    let handed = tokio::task::spawn_blocking(move || {
        let verified = shelf.verified(&package).map_err(|problem| NotInstalled { problem, here: false })?;
        tracing::info!(package = %verified.path.display(), "the system is handed a newer version");
        (installer.0)(&verified).map_err(|error| failed(error.to_string()))
    });
    handed.await.unwrap_or_else(|error| Err(failed(error.to_string())))
}

//! What is done when, and what is offered. Synchronous, and handed the time and the settings.

use chrono::{DateTime, TimeDelta, Utc};
use semver::Version;
use url::Url;

use super::{
    manifest::{Manifest, Package, Signed},
    memory::Memory,
};
use crate::{
    codes,
    problem::Problem,
    view::{Looks, Offer, OfferedPackage, UpdateWish, Updates, Updating},
};

/// Not at once: whoever starts Pimento wants a role.
const FIRST: TimeDelta = TimeDelta::minutes(5);

/// Between two looks that nobody asks for.
const BETWEEN: TimeDelta = TimeDelta::days(1);

/// What is here, for which something newer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// What runs.
    pub version: Version,
    /// What it runs on.
    pub target: String,
    /// The kind of package that it was installed by.
    pub format: String,
}

/// What is seen at a moment.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub settings: &'a Updating,
    pub now: DateTime<Utc>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Ask for the manifest.
    Look,
    /// Show this page in the browser.
    Read(Url),
    /// Download this.
    Fetch(Package),
    /// Look whether this is still what was signed, and hand it to the system.
    Install(Package),
}

/// What is being done. One thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Nothing,
    /// `asked`: by the person, who wants to hear what came of it.
    Looking {
        asked: bool,
    },
    Fetching {
        percent: u8,
    },
    Installing,
}

/// What is known, and what is to be done.
#[derive(Debug)]
pub struct Plan {
    here: Here,
    started: DateTime<Utc>,
    memory: Memory,
    /// What the newest manifest that ever was verified says.
    newest: Option<Manifest>,
    work: Work,
    /// The package of the newest version lies here.
    fetched: bool,
    problem: Option<Problem>,
}

impl Plan {
    /// Goes on where an earlier run has ended. `newest` is what the remembered manifest says, where it was verified again.
    pub fn new(here: Here, started: DateTime<Utc>, memory: Memory, newest: Option<Manifest>) -> Self {
        Self { here, started, memory, newest, work: Work::Nothing, fetched: false, problem: None }
    }

    /// What is to be kept.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What is to be done by now that nobody has asked for.
    pub fn due(&mut self, scene: Scene<'_>) -> Option<Deed> {
        let due = self.work == Work::Nothing && self.next_look(scene).is_some_and(|at| at <= scene.now);
        due.then(|| self.look(false, scene))
    }

    /// When something changes by itself, after `scene.now`.
    pub fn next(&self, scene: Scene<'_>) -> Option<DateTime<Utc>> {
        let look = self.next_look(scene).filter(|_| self.work == Work::Nothing);
        let offered = self.newer().filter(|_| scene.settings.look).and_then(|newest| ripe(newest, scene));
        look.into_iter().chain(offered).filter(|at| *at > scene.now).min()
    }

    /// The person wants something. What cannot be done now is not done.
    pub fn wish(&mut self, wish: UpdateWish, scene: Scene<'_>) -> Option<Deed> {
        let offered = self.offered(scene).cloned();
        if wish == UpdateWish::Later {
            self.memory.later = offered.map(|newest| newest.version.to_string()).or(self.memory.later.take());
            return None;
        }
        if wish == UpdateWish::Notes {
            return offered.map(|newest| Deed::Read(newest.notes));
        }
        if self.work != Work::Nothing || !scene.settings.look {
            return None;
        }
        self.problem = None;
        let package = offered.and_then(|newest| self.package(&newest).cloned());
        match wish {
            UpdateWish::Look => Some(self.look(true, scene)),
            UpdateWish::Download => package.filter(|_| !self.fetched).map(|package| {
                self.work = Work::Fetching { percent: 0 };
                Deed::Fetch(package)
            }),
            UpdateWish::Install => package.filter(|_| self.fetched).map(|package| {
                self.work = Work::Installing;
                Deed::Install(package)
            }),
            UpdateWish::Later | UpdateWish::Notes => None,
        }
    }

    /// What came of looking. A manifest that is older than one that was verified before is somebody's who has kept it: it is
    /// not taken, so nobody is led back to what was offered once.
    pub fn looked(&mut self, outcome: Result<(Signed, Manifest), Problem>, now: DateTime<Utc>) {
        let asked = self.work == Work::Looking { asked: true };
        self.work = Work::Nothing;
        let newest = self.newest.as_ref();
        let outcome = outcome.and_then(|(signed, manifest)| match newest {
            Some(newest) if manifest.published < newest.published => {
                Err(codes::ours(codes::UPDATE_OUTDATED, Some(manifest.published.to_rfc3339())))
            }
            _ => Ok((signed, manifest)),
        });
        match outcome {
            Ok((signed, manifest)) => {
                self.fetched &= self.newest.as_ref() == Some(&manifest);
                self.memory.told = Some(now);
                self.memory.newest = Some(signed);
                self.newest = Some(manifest);
            }
            Err(problem) => {
                tracing::warn!(%problem, detail = problem.detail.as_deref(), "newer versions are not known");
                self.problem = Some(problem).filter(|_| asked);
            }
        }
    }

    /// So much of the package is here.
    pub fn fetching(&mut self, percent: u8) {
        if matches!(self.work, Work::Fetching { .. }) {
            self.work = Work::Fetching { percent };
        }
    }

    /// What came of downloading.
    pub fn fetched(&mut self, outcome: Result<(), Problem>) {
        self.work = Work::Nothing;
        self.fetched = outcome.is_ok();
        self.failed(outcome.err());
    }

    /// What came of handing the package to the system; `here`: it is still what was signed.
    pub fn installed(&mut self, here: bool, problem: Option<Problem>) {
        self.work = Work::Nothing;
        self.fetched = here;
        self.failed(problem);
    }

    /// Why what the person wanted was not done, if it was not.
    pub fn failed(&mut self, problem: Option<Problem>) {
        if let Some(problem) = &problem {
            tracing::warn!(%problem, detail = problem.detail.as_deref(), "no update");
        }
        self.problem = problem;
    }

    /// The file that is offered for this system.
    pub fn file(&self) -> Option<&str> {
        self.newer().and_then(|newest| self.package(newest)).map(|package| package.file.as_str())
    }

    /// What there is to show.
    pub fn shown(&self, scene: Scene<'_>) -> Updates {
        if !scene.settings.look {
            return Updates { looks: Looks::Off, looking: false, as_of: None, offer: None, problem: None };
        }
        let offer = self.offered(scene).map(|newest| Offer {
            version: newest.version.to_string(),
            later: self.memory.later.as_deref() == Some(newest.version.to_string().as_str()),
            package: match (self.package(newest), self.work) {
                (None, _) => OfferedPackage::Absent,
                (Some(_), Work::Fetching { percent }) => OfferedPackage::Downloading { percent },
                (Some(_), _) if self.fetched => OfferedPackage::Here,
                (Some(package), _) => OfferedPackage::Published { size: package.size },
            },
        });
        Updates {
            looks: Looks::Daily,
            looking: matches!(self.work, Work::Looking { .. }),
            as_of: self.memory.told,
            offer,
            problem: self.problem.clone(),
        }
    }

    fn look(&mut self, asked: bool, scene: Scene<'_>) -> Deed {
        self.work = Work::Looking { asked };
        // Noted before it is done: what fails is tried tomorrow, however often Pimento is started until then.
        self.memory.looked = Some(scene.now);
        Deed::Look
    }

    fn next_look(&self, Scene { settings, now }: Scene<'_>) -> Option<DateTime<Utc>> {
        // A look in times to come was noted by a clock that was wrong.
        let again = self.memory.looked.filter(|looked| *looked <= now).map(|looked| looked + BETWEEN);
        let first = self.started + FIRST;
        settings.look.then(|| again.map_or(first, |again| again.max(first)))
    }

    /// What was verified, where it is newer than what runs. No other is ever offered: there is no way back.
    fn newer(&self) -> Option<&Manifest> {
        self.newest.as_ref().filter(|newest| newest.version.cmp_precedence(&self.here.version).is_gt())
    }

    fn offered(&self, scene: Scene<'_>) -> Option<&Manifest> {
        self.newer().filter(|newest| scene.settings.look && ripe(newest, scene).is_some_and(|at| at <= scene.now))
    }

    fn package<'a>(&self, manifest: &'a Manifest) -> Option<&'a Package> {
        let Here { target, format, .. } = &self.here;
        manifest.packages.iter().find(|package| package.target == *target && package.format == *format)
    }
}

/// When it may be offered.
fn ripe(manifest: &Manifest, scene: Scene<'_>) -> Option<DateTime<Utc>> {
    manifest.published.checked_add_signed(TimeDelta::days(scene.settings.defer_days.into()))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;

//! Everything the tenant knows, shared by all its handlers.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::graph;
use crate::ids::Ids;
use crate::ledger::Ledger;
use crate::line::Line;
use crate::pim;
use crate::requests;
use crate::scenario::{Scenario, Scope};
use crate::snapshot::Keeper;
use crate::sts::{self, keys::Keys};
use crate::throttle::Throttle;

/// What axum hands to every handler.
pub type App = Arc<State>;

/// Seconds between polls that the device code flow asks for (Entra's own figure).
const DEVICE_CODE_INTERVAL: u32 = 5;

/// Where the tenant answers. All of them on one loopback port, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The sign-in authority; `/{tenant}/oauth2/v2.0/…` below it.
    pub authority: String,
    /// Microsoft Graph; `/v1.0/…` and `/beta/…` below it.
    pub graph: String,
    /// Azure Resource Manager.
    pub arm: String,
    /// The tenant's own control endpoint: clock, ledger, faults, …
    pub control: String,
}

impl Endpoints {
    /// The endpoints below an origin such as `http://127.0.0.1:8080`.
    pub fn below(origin: &str) -> Self {
        Self {
            authority: origin.to_owned(),
            graph: format!("{origin}/graph"),
            arm: format!("{origin}/arm"),
            control: format!("{origin}/control"),
        }
    }
}

/// Everything the tenant knows.
#[derive(Debug)]
pub struct State {
    /// The tenant's clock.
    pub clock: Clock,
    /// Who and what is in the tenant.
    pub scenario: Scenario,
    /// Where it answers.
    pub endpoints: Endpoints,
    /// What it has committed.
    pub ledger: Arc<Ledger>,
    /// What it was asked.
    pub requests: requests::Log,
    /// What is to go wrong.
    pub faults: Arc<Faults>,
    /// Who is told of every answer of Microsoft Graph and Azure Resource Manager.
    pub observer: Arc<graph::Observer>,
    /// The key that signs its tokens.
    pub keys: Arc<Keys>,
    /// The further tenants: each with its own scenario and PIM, everything else shared with this one.
    pub further: Vec<App>,
    /// Who has asked for the audit log lately.
    pub(crate) audits: Throttle,
    /// How far away sign-in, Graph and ARM are.
    pub(crate) line: Line,
    sts: Arc<Mutex<sts::State>>,
    pim: Mutex<pim::State>,
    ids: Arc<Mutex<Ids>>,
    device_code_interval: AtomicU32,
    /// Something is not in the state file yet.
    changed: Arc<AtomicBool>,
    /// Writes the state file, where there is one.
    pub(crate) keeper: OnceLock<Keeper>,
}

/// The tenant with this id, among `app` and its further ones.
pub fn directory(app: &App, tenant: Uuid) -> Option<&App> {
    let mut all = std::iter::once(app).chain(&app.further);
    all.find(|directory| directory.scenario.organization.tenant_id == tenant)
}

/// What a tenant starts with, new or read from its state file.
#[derive(Debug)]
pub(crate) struct Start {
    pub clock: Clock,
    pub scenario: Scenario,
    pub endpoints: Endpoints,
    pub ledger: Ledger,
    pub keys: Keys,
    pub line: Line,
    pub sts: sts::State,
    pub pim: pim::State,
    /// Of the further tenants, in the scenario's order.
    pub further: Vec<pim::State>,
    pub ids: Ids,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A handler that panicked has been answered with 500; its half-done change is part of the simulation.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(crate) fn new(start: Start) -> Self {
        let further = start.scenario.tenants.clone().into_iter().zip(start.further);
        let mut state = Self {
            clock: start.clock,
            scenario: start.scenario,
            endpoints: start.endpoints,
            ledger: Arc::new(start.ledger),
            requests: requests::Log::default(),
            faults: Arc::default(),
            observer: Arc::default(),
            keys: Arc::new(start.keys),
            further: Vec::new(),
            audits: Throttle::default(),
            line: start.line,
            sts: Arc::new(Mutex::new(start.sts)),
            pim: Mutex::new(start.pim),
            ids: Arc::new(Mutex::new(start.ids)),
            device_code_interval: AtomicU32::new(DEVICE_CODE_INTERVAL),
            changed: Arc::new(AtomicBool::new(true)),
            keeper: OnceLock::new(),
        };
        state.further = further.map(|(scenario, pim)| Arc::new(state.beside(scenario, pim))).collect();
        state
    }

    /// A further tenant.
    fn beside(&self, scenario: Scenario, pim: pim::State) -> Self {
        Self {
            clock: self.clock.clone(),
            scenario,
            endpoints: self.endpoints.clone(),
            ledger: self.ledger.clone(),
            requests: requests::Log::default(),
            faults: self.faults.clone(),
            observer: self.observer.clone(),
            keys: self.keys.clone(),
            further: Vec::new(),
            audits: Throttle::default(),
            line: self.line.clone(),
            sts: self.sts.clone(),
            pim: Mutex::new(pim),
            ids: self.ids.clone(),
            device_code_interval: AtomicU32::new(DEVICE_CODE_INTERVAL),
            changed: self.changed.clone(),
            keeper: OnceLock::new(),
        }
    }

    /// The sign-in service's state. Never hold it across an `await`.
    pub fn sts(&self) -> MutexGuard<'_, sts::State> {
        lock(&self.sts)
    }

    /// The PIM engine's state. Never hold it across an `await`.
    pub fn pim(&self) -> MutexGuard<'_, pim::State> {
        lock(&self.pim)
    }

    /// A new GUID.
    pub fn guid(&self) -> Uuid {
        lock(&self.ids).guid()
    }

    /// The source of ids.
    pub fn ids(&self) -> MutexGuard<'_, Ids> {
        lock(&self.ids)
    }

    /// Something worth keeping has changed: it goes into the state file, where there is one, before the request that has
    /// changed it is answered.
    pub fn touch(&self) {
        self.changed.store(true, Ordering::Release);
    }

    /// Whether there is a state file, and something that is not in it yet.
    pub(crate) fn must_keep(&self) -> bool {
        self.keeper.get().is_some() && self.changed.load(Ordering::Acquire)
    }

    /// Write the state file if there is one and something has changed. Blocks; trouble is logged.
    pub(crate) fn keep(&self) {
        let Some(keeper) = self.keeper.get() else { return };
        if self.changed.swap(false, Ordering::AcqRel)
            && let Err(error) = keeper.write(self)
        {
            tracing::warn!(%error, "the tenant's state file {} cannot be written", keeper.file.display());
            self.touch();
        }
    }

    /// The directory roles that the user holds now, directly or through a group: `wids` of a new token.
    pub fn active_roles(&self, user: Uuid) -> Vec<Uuid> {
        self.with_pim(|pim, now| {
            let held = pim.instances(&self.scenario, pim::Side::Assignment, now);
            let lag = self.scenario.switches.effect_lag.length();
            // Those for the whole tenant (documented).
            let own = held.filter(|held| {
                held.scope == Scope::Directory
                    && held.is_effective(lag, now)
                    && pim.covers(&self.scenario, held.principal, user, now)
            });
            let mut roles: Vec<Uuid> = own.map(|held| held.role).collect();
            roles.sort_unstable();
            roles.dedup();
            roles
        })
    }

    /// Real seconds between polls that the device code flow asks for.
    pub fn device_code_interval(&self) -> u32 {
        self.device_code_interval.load(Ordering::Relaxed)
    }

    /// Have the device code flow ask for another interval, so that tests need not wait.
    pub fn set_device_code_interval(&self, seconds: u32) {
        self.device_code_interval.store(seconds, Ordering::Relaxed);
    }
}

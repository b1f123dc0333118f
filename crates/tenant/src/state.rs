//! Everything the tenant knows, shared by all its handlers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::ledger::Ledger;
use crate::pim;
use crate::scenario::Scenario;

/// What axum hands to every handler.
pub type App = Arc<State>;

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
    pub ledger: Ledger,
    pim: Mutex<pim::State>,
    ids: Mutex<Ids>,
    /// Wakes the writer of the state file.
    pub(crate) changed: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// A tenant at its start.
    pub fn new(scenario: Scenario, endpoints: Endpoints, seed: u64) -> Self {
        let clock = Clock::new();
        let pim = Mutex::new(pim::State::new(&scenario, clock.now()));
        Self {
            clock,
            scenario,
            endpoints,
            ledger: Ledger::default(),
            pim,
            ids: Mutex::new(Ids::new(seed, 0)),
            changed: Notify::new(),
        }
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

    /// Something worth keeping has changed: have the state file written, where there is one.
    pub fn touch(&self) {
        self.changed.notify_one();
    }
}

//! The state file: everything that a restarted tenant must still know, as JSON, written whole before the
//! request that has changed something is answered.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use atomic_write_file::AtomicWriteFile;
use serde::{Deserialize, Serialize};

use crate::aside;
use crate::clock::Course;
use crate::ledger::Entry;
use crate::scenario::Scenario;
use crate::state::State;
use crate::{pim, sts};

/// Raised whenever an older file cannot be taken up any more.
const VERSION: u32 = 3;

/// What is in the file.
#[derive(Debug, Deserialize)]
pub(crate) struct Snapshot {
    version: u32,
    /// The state belongs to exactly this scenario.
    scenario: Scenario,
    /// How many runs have used the file: each draws its ids from a stream of its own.
    pub runs: u64,
    pub port: u16,
    pub clock: Course,
    /// PKCS#8, PEM.
    pub signing_key: String,
    pub sts: sts::State,
    pub pim: pim::State,
    /// Of the further tenants, in the scenario's order.
    pub further: Vec<pim::State>,
    pub ledger: Vec<Entry>,
}

/// The same, borrowed, for writing.
#[derive(Serialize)]
struct Saved<'a> {
    version: u32,
    scenario: &'a Scenario,
    runs: u64,
    port: u16,
    clock: Course,
    signing_key: &'a str,
    sts: &'a sts::State,
    pim: &'a pim::State,
    further: Vec<pim::State>,
    ledger: &'a [Entry],
}

/// Writes the state file, and knows what goes into it beside the state.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub file: PathBuf,
    pub runs: u64,
    pub port: u16,
    pub signing_key: String,
    /// One write at a time, so that an older state never replaces a newer one.
    pub writing: Mutex<()>,
}

/// Read the state of an earlier run with this scenario. A file that cannot be taken up is set aside, and the reason logged.
pub(crate) fn read(file: &Path, scenario: &Scenario) -> Option<Snapshot> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            set_aside(file, &error.to_string());
            return None;
        }
    };
    match serde_json::from_str::<Snapshot>(&text) {
        Ok(snapshot) if snapshot.version != VERSION => set_aside(file, "it was written by another version"),
        Ok(snapshot) if snapshot.scenario != *scenario => set_aside(file, "it belongs to another scenario"),
        Ok(snapshot) => return Some(snapshot),
        // serde_json's message ends with line and column.
        Err(error) => set_aside(file, &error.to_string()),
    }
    None
}

fn set_aside(file: &Path, reason: &str) {
    match aside::set_aside(file) {
        Ok(aside) => tracing::warn!(
            "the tenant's state file {} cannot be used ({reason}); it was moved to {} and the tenant starts anew",
            file.display(),
            aside.display()
        ),
        Err(error) => tracing::warn!(
            "the tenant's state file {} cannot be used ({reason}) and cannot be moved away ({error}); the tenant starts anew",
            file.display()
        ),
    }
}

impl Keeper {
    /// Write the state, readable for this user only: it holds the refresh tokens of the simulated sign-ins.
    pub fn write(&self, state: &State) -> io::Result<()> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let json = {
            let sts = state.sts();
            let pim = state.pim();
            serde_json::to_vec(&Saved {
                version: VERSION,
                scenario: &state.scenario,
                runs: self.runs,
                port: self.port,
                clock: state.clock.course(),
                signing_key: &self.signing_key,
                sts: &sts,
                pim: &pim,
                further: state.further.iter().map(|tenant| tenant.pim().clone()).collect(),
                ledger: &state.ledger.entries(),
            })?
        };
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = open(&self.file)?;
        file.write_all(&json)?;
        file.commit()
    }
}

#[cfg(unix)]
fn open(file: &Path) -> io::Result<AtomicWriteFile> {
    use atomic_write_file::unix::OpenOptionsExt as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    AtomicWriteFile::options().preserve_mode(false).mode(0o600).open(file)
}

#[cfg(not(unix))]
fn open(file: &Path) -> io::Result<AtomicWriteFile> {
    AtomicWriteFile::open(file)
}

//! A simulated Microsoft Entra tenant on a loopback port: sign-in, Microsoft Graph, Azure Resource Manager, its own clock.

pub mod arm;
mod aside;
pub mod caller;
pub mod clock;
#[cfg(feature = "contract")]
pub mod contract;
mod control;
pub mod exchange;
pub mod faults;
pub mod graph;
pub mod ids;
pub mod ledger;
mod line;
pub mod pim;
pub mod requests;
pub mod robot;
pub mod scenario;
mod server;
mod snapshot;
pub mod state;
pub mod sts;
mod throttle;
mod tls;

pub use caller::Caller;
pub use scenario::{Scenario, ScenarioError};
pub use server::{Options, Running, StartError, TlsOptions, UserSummary, start};
pub use state::{App, Endpoints, State};
pub use tls::TlsError;

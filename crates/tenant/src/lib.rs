//! A simulated Microsoft Entra tenant on a loopback port: sign-in, Microsoft Graph, its own clock.

pub mod caller;
pub mod clock;
pub mod graph;
pub mod ids;
pub mod ledger;
pub mod pim;
pub mod scenario;
pub mod state;
mod server;

pub use caller::Caller;
pub use scenario::Scenario;
pub use server::{Options, Running, StartError, TlsOptions, UserSummary, start};
pub use state::{App, Endpoints, State};

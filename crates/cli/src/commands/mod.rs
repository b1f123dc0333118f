//! What each subcommand does.

mod accounts;
mod activate;
mod approvals;
mod audit;
mod bundles;
mod deactivate;
mod enter;
mod history;
mod list;
mod login;
mod need;
mod plan;
mod renew;
mod requests;
mod run;
mod scopes;
mod show;
mod tenant;

pub use accounts::{accounts, tenants};
pub use activate::activate;
pub use approvals::approvals;
pub use audit::audit;
pub use bundles::bundles;
pub use deactivate::deactivate;
pub use enter::{enter, forget};
pub use history::history;
pub use list::{list, status};
pub use login::{login, logout};
pub use need::need;
pub use renew::renew;
pub use requests::{cancel, extend, requests};
pub use run::run;
pub use show::show;
pub use tenant::tenant;

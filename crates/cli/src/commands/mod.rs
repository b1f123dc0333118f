//! What each subcommand does.

mod activate;
mod deactivate;
mod list;
mod login;
mod tenant;

pub use activate::activate;
pub use deactivate::deactivate;
pub use list::{list, status};
pub use login::{login, logout};
pub use tenant::tenant;

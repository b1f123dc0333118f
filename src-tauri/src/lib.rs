//! Pimento, the tray application: thin on purpose. What it knows lives in the crate `pim`, what it shows in `ui`.
//!
//! One program, two roles: the [`tray`] (icon, notifications, agent, tokens) and the [`window`] (the web view). They are
//! processes of their own, tied by a pipe of JSON lines ([`pipe`]).

pub mod icon;
mod log;
mod pipe;
mod platform;
mod role;
mod tray;
mod window;

use std::process::ExitCode;

use role::Role;

/// Runs the role that the arguments name.
pub fn main() -> ExitCode {
    match role::parse(std::env::args_os().skip(1)) {
        Role::Help => {
            print!("{}", role::HELP);
            ExitCode::SUCCESS
        }
        Role::Version => {
            println!("pimento {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Role::Window => {
            log::start(None);
            window::run()
        }
        Role::Tray => {
            let logs = pim::paths::Paths::locate().map(|paths| paths.state().join("logs"));
            log::start(logs.as_deref());
            // The one cryptography for every connection; fails only where it is installed already.
            let _ = rustls::crypto::ring::default_provider().install_default();
            platform::run_tray()
        }
    }
}

//! Pimento, the tray application: thin on purpose. What it knows lives in the crate `pim`, what it shows in `ui`.
//!
//! Two programs side by side: `pimento` (icon, notifications, agent, tokens), which is this library, and `pimento-window`
//! (the web view), which shares the [`pipe`] of JSON lines with it. They are programs and not one in two roles because the
//! libraries of a web view cost a process ten megabytes and a tenth of a second before its first line runs: on Linux,
//! `pimento` is not linked to any of them.

pub mod icon;
pub mod log;
pub mod pipe;
mod platform;
pub mod registration;
mod role;
mod tray;

use std::{path::PathBuf, process::ExitCode};

use pim::{
    about::Build,
    paths::Paths,
    words::{self, Language},
};
use role::Role;

/// What both programs are built from.
pub fn build() -> Build {
    Build::of(env!("CARGO_PKG_VERSION"), env!("PIMENTO_BUILT_FROM"))
}

/// Runs the tray, or prints what the arguments ask for.
pub fn main() -> ExitCode {
    match role::parse(std::env::args_os().skip(1)) {
        Role::Help => {
            print!("{}", role::HELP);
            ExitCode::SUCCESS
        }
        Role::Version => {
            println!("pimento {}", env!("PIMENTO_VERSION"));
            ExitCode::SUCCESS
        }
        Role::Tray => {
            log::start(logs().as_deref());
            // Until the settings are read.
            words::speak(Language::preferred(sys_locale::get_locales()));
            // The one cryptography for every connection; fails only where it is installed already.
            let _ = rustls::crypto::ring::default_provider().install_default();
            platform::run_tray()
        }
    }
}

/// The folder of the log; `None` where it cannot be made.
fn logs() -> Option<PathBuf> {
    let paths = Paths::locate()?;
    paths.create().ok()?;
    let folder = paths.logs();
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

//! Newer versions: where this build looks for them, what the window wants of them, and who installs them.

use pim::{
    agent::Handle,
    auth::Browser,
    clock::Clock,
    paths::Paths,
    updates::{self, Here, Installer, NOTICE, Setup, Source, Updates},
    view::{Command, UpdateWish},
};
use tokio::sync::mpsc;

use super::happening::without_address;
use crate::platform::installer;

/// What the workflow that releases builds in. Nothing that runs beside Pimento can change it.
const ADDRESS: Option<&str> = option_env!("PIMENTO_UPDATE_ADDRESS");
const KEY: Option<&str> = option_env!("PIMENTO_UPDATE_KEY");

/// Begins to look, where this build knows where.
pub fn start(agent: &Handle, paths: Paths, clock: &Clock) -> (Updates, mpsc::UnboundedReceiver<()>) {
    let looks = Source::built_in(ADDRESS, KEY).zip(here());
    if looks.is_none() {
        tracing::info!("newer versions are not looked for");
    }
    let installer = Installer::new(|package| installer::open(&package.path, &package.format));
    // The system's time: a tenant's is none of this.
    let clock = clock.another();
    updates::start(Setup { views: agent.views(), paths, clock, looks, browser: Browser::system(), installer })
}

/// What runs, and what it was installed by; `None` where whoever installed it keeps it up to date.
fn here() -> Option<Here> {
    let version = env!("CARGO_PKG_VERSION").parse().ok()?;
    let system = match std::env::consts::OS {
        "windows" => "pc-windows-msvc",
        "macos" => "apple-darwin",
        _ => "unknown-linux-gnu",
    };
    let target = format!("{}-{system}", std::env::consts::ARCH);
    Some(Here { version, target, format: installer::format()?.to_owned() })
}

/// What a command of the window wants of newer versions. To close the banner is to want no banner for this version any more.
pub fn wish(command: &Command) -> Option<UpdateWish> {
    match without_address(command) {
        Command::Updates { wish } => Some(*wish),
        Command::DismissNotice { id } if id == NOTICE => Some(UpdateWish::Later),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_window_wants_of_newer_versions_is_told_apart_whoever_it_is_addressed_to() {
        let addressed = |command| Command::For { account: "a".into(), command: Box::new(command) };
        let install = || Command::Updates { wish: UpdateWish::Install };
        let dismiss = |id: &str| Command::DismissNotice { id: id.into() };
        assert_eq!(wish(&install()), Some(UpdateWish::Install));
        assert_eq!(wish(&addressed(install())), Some(UpdateWish::Install));
        assert_eq!(wish(&addressed(dismiss(NOTICE))), Some(UpdateWish::Later));
        assert_eq!(wish(&dismiss("keyring")), None);
        assert_eq!(wish(&Command::Refresh), None);
    }

    #[test]
    fn a_build_of_ones_own_looks_nowhere() {
        assert_eq!((ADDRESS, KEY), (None, None));
    }

    #[test]
    fn what_is_here_is_called_as_packages_are() {
        let here = here().expect("no Flatpak runs tests");
        assert_eq!(here.version.to_string(), env!("CARGO_PKG_VERSION"));
        assert!(here.target.starts_with(std::env::consts::ARCH), "{here:?}");
    }
}

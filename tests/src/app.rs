//! The tray application as a process on a desktop.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::Result;

use crate::{
    desktop::Desktop,
    process::{Process, built},
    tenant::Tenant,
    webdriver::free_port,
};

/// A running Pimento.
#[derive(Debug)]
pub struct App {
    /// The process of the tray.
    pub process: Process,
    /// Where the window's web view can be attached to.
    pub inspector: String,
}

impl App {
    /// Starts it on the tenant, for somebody who has used it before: it shows nothing by itself. Its files lie in the desktop's
    /// home, so that a second start finds the first one's.
    pub fn start(desktop: &Desktop, tenant: &Tenant) -> Result<Self> {
        Self::start_with(desktop, tenant, &[])
    }

    /// The same for somebody who never has.
    pub fn start_first(desktop: &Desktop, tenant: &Tenant) -> Result<Self> {
        let (mut command, inspector) = command(desktop, tenant)?;
        Ok(Self { process: Process::start("pimento", &mut command, desktop.home())?, inspector })
    }

    /// The same, with more in its environment.
    pub fn start_with(desktop: &Desktop, tenant: &Tenant, variables: &[(&str, &str)]) -> Result<Self> {
        used(desktop)?;
        let (mut command, inspector) = command(desktop, tenant)?;
        command.envs(variables.iter().copied());
        Ok(Self { process: Process::start("pimento", &mut command, desktop.home())?, inspector })
    }

    /// The same, with something to read on its standard input.
    pub fn start_with_input(desktop: &Desktop, tenant: &Tenant, input: Stdio) -> Result<Self> {
        used(desktop)?;
        let (mut command, inspector) = command(desktop, tenant)?;
        Ok(Self { process: Process::start_with_input("pimento", &mut command, desktop.home(), input)?, inspector })
    }
}

/// Leaves what tells that somebody has used it before.
fn used(desktop: &Desktop) -> Result<()> {
    fs::create_dir_all(home(desktop))?;
    let settings = home(desktop).join("settings.toml");
    if !settings.exists() {
        fs::write(settings, "")?;
    }
    Ok(())
}

/// How it is started, and where its web view can be attached to.
fn command(desktop: &Desktop, tenant: &Tenant) -> Result<(Command, String)> {
    let inspector = format!("127.0.0.1:{}", free_port()?);
    let mut command = desktop.command(built("pimento")?);
    command
        .env("PIMENTO_TENANT", &tenant.line)
        .env("PIMENTO_HOME", home(desktop))
        .env("PIMENTO_LOG", "debug")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("WEBKIT_INSPECTOR_SERVER", &inspector);
    Ok((command, inspector))
}

/// Where the application keeps its files on this desktop.
pub fn home(desktop: &Desktop) -> PathBuf {
    desktop.home().join("pimento")
}

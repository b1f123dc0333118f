//! A desktop that nobody sees: X server, D-Bus session, window manager, panel with a tray, notifications, keyring.
//!
//! Everything is fresh: home and XDG folders, the display number, the bus. Every part can be left out or come late.

pub mod accessibility;
pub mod display;
pub mod grabber;
pub mod keyring;
pub mod notifications;
pub mod panel;
pub mod pointer;
pub mod portal;
mod portal_server;
mod recorder;
pub mod saver;
pub mod session;
pub mod tray;
pub mod watcher;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use rustix::process::Signal;
use tempfile::TempDir;
use zbus::Connection;

use crate::process::{self, Process};
use display::Display;
use notifications::Recorder;
use session::Session;

/// Which notification server the desktop has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notifications {
    /// Ours: records every call and can press buttons.
    Recording,
    /// Ours, and without buttons: it shows text.
    Plain,
    /// None at all, and none that the bus could start.
    Missing,
    /// Ours, and the bus lets nobody ask it for anything.
    Forbidden,
    /// Xfce's: draws real notifications with real buttons.
    Drawing,
}

/// What the desktop has when it starts.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// A panel with a tray.
    pub panel: bool,
    /// An unlocked keyring.
    pub keyring: bool,
    /// The notification server.
    pub notifications: Notifications,
}

impl Default for Setup {
    fn default() -> Self {
        Self { panel: true, keyring: true, notifications: Notifications::Recording }
    }
}

/// A running desktop. Dropping it ends everything on it.
#[derive(Debug)]
pub struct Desktop {
    // In the order of their ending.
    programs: Vec<Process>,
    recorder: Option<Recorder>,
    session: Session,
    display: Display,
    environment: Vec<(String, String)>,
    home: TempDir,
}

impl Desktop {
    /// Starts one and waits until every part answers.
    pub async fn start(setup: Setup) -> Result<Self> {
        // Short: sockets lie below it, and their paths may not be long.
        let mut home = tempfile::Builder::new().prefix("pimento-").tempdir_in("/tmp")?;
        if std::env::var_os("PIMENTO_KEEP_HOME").is_some() {
            home.disable_cleanup(true);
            eprintln!("kept: {}", home.path().display());
        }
        let display = Display::start(home.path())?;
        let environment = environment(home.path(), &display.name)?;
        let session = Session::start(home.path(), &environment, setup.notifications).await?;
        let mut desktop = Self { programs: Vec::new(), recorder: None, session, display, environment, home };
        desktop.environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), desktop.session.address.clone()));
        let openbox = Process::start("openbox", &mut desktop.command("openbox"), desktop.home())?;
        desktop.programs.push(openbox);
        display::wallpaper(&desktop)?;
        if setup.keyring {
            desktop.start_keyring().await?;
        }
        match setup.notifications {
            Notifications::Recording | Notifications::Forbidden => desktop.start_recorder(true).await?,
            Notifications::Plain => desktop.start_recorder(false).await?,
            Notifications::Missing => {}
            Notifications::Drawing => desktop.start_notifyd().await?,
        }
        if setup.panel {
            desktop.start_panel().await?;
        }
        Ok(desktop)
    }

    /// A program with this desktop's environment, and no other.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .current_dir(self.home.path());
        command
    }

    /// The home folder: everything that programs write lies below it, and every log.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Our own connection to the session bus.
    pub fn bus(&self) -> &Connection {
        &self.session.connection
    }

    /// The X server's name.
    pub fn display(&self) -> &str {
        &self.display.name
    }

    /// The session bus's address.
    pub fn address(&self) -> &str {
        &self.session.address
    }

    /// The recording notification server.
    ///
    /// # Panics
    /// If the desktop was started with another one.
    pub fn notifications(&self) -> &Recorder {
        self.recorder.as_ref().expect("this desktop was started without the recording server")
    }

    /// A photograph of the whole screen.
    pub fn photograph(&self, file: &Path) -> Result<()> {
        display::photograph(self, "root", file)
    }

    /// Sends a signal to one of the desktop's own programs.
    pub fn signal(&self, name: &str, signal: Signal) -> Result<()> {
        let program = self.programs.iter().find(|program| program.name == name);
        process::signal(program.with_context(|| format!("no program {name}"))?.id(), signal)
    }

    pub(crate) fn keep(&mut self, program: Process) {
        self.programs.push(program);
    }

    pub(crate) fn end(&mut self, name: &str) {
        self.programs.retain(|program| program.name != name);
    }
}

/// Nothing is inherited but the search path: a test must not know whose machine it runs on.
fn environment(home: &Path, display: &str) -> Result<Vec<(String, String)>> {
    let path = |folder: &str| -> Result<String> {
        let folder: PathBuf = home.join(folder);
        std::fs::create_dir_all(&folder)?;
        Ok(folder.display().to_string())
    };
    let runtime = path("run")?;
    std::fs::set_permissions(&runtime, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let search = std::env::var("PATH").unwrap_or_else(|_| "/usr/local/bin:/usr/bin:/bin".into());
    let variables = [
        ("HOME", home.display().to_string()),
        ("XDG_RUNTIME_DIR", runtime),
        ("XDG_CONFIG_HOME", path(".config")?),
        ("XDG_DATA_HOME", path(".local/share")?),
        ("XDG_STATE_HOME", path(".local/state")?),
        ("XDG_CACHE_HOME", path(".cache")?),
        ("PATH", format!("{}:{search}", path("bin")?)),
        ("DISPLAY", display.to_owned()),
        ("XDG_CURRENT_DESKTOP", "XFCE".into()),
        ("XDG_SESSION_TYPE", "x11".into()),
        ("LANG", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
        ("GSETTINGS_BACKEND", "memory".into()),
        ("RUST_BACKTRACE", "1".into()),
    ];
    Ok(variables.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

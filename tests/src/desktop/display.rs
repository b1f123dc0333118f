//! The X server, and photographs of what it shows.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use x11rb::{
    connection::Connection,
    protocol::{
        randr::{ConnectionExt as _, MonitorInfo},
        xproto::ConnectionExt as _,
    },
};

use super::Desktop;
use crate::process::Process;

/// Width and height of the screen, pixels.
pub const SIZE: (i32, i32) = (1280, 800);

/// An X server on a display number of its own choice.
#[derive(Debug)]
pub struct Display {
    _server: Process,
    /// `:7`, say.
    pub name: String,
}

impl Display {
    /// Starts the server; it has printed its number when it answers.
    pub(super) fn start(home: &Path) -> Result<Self> {
        let mut server = Command::new("Xvfb");
        let screen = format!("{}x{}x24", SIZE.0, SIZE.1);
        server.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"]);
        let (server, number) = Process::start_for_line("xvfb", &mut server, home)?;
        Ok(Self { _server: server, name: format!(":{}", number.trim()) })
    }
}

impl Desktop {
    /// Makes half of the screen the only monitor: the left one, or the right one.
    pub fn half_a_screen(&self, left: bool) -> Result<()> {
        let (connection, screen) = x11rb::connect(Some(self.display()))?;
        let root = connection.setup().roots[screen].root;
        let (width, height) = (u16::try_from(SIZE.0 / 2)?, u16::try_from(SIZE.1)?);
        let monitor = MonitorInfo {
            name: connection.intern_atom(false, if left { b"left" } else { b"right" })?.reply()?.atom,
            primary: true,
            automatic: false,
            x: if left { 0 } else { i16::try_from(width)? },
            y: 0,
            width,
            height,
            width_in_millimeters: u32::from(width) / 4,
            height_in_millimeters: u32::from(height) / 4,
            // Whichever monitor had it before is none any more.
            outputs: connection.randr_get_screen_resources_current(root)?.reply()?.outputs,
        };
        connection.randr_set_monitor(root, monitor)?.check()?;
        let monitors = connection.randr_get_monitors(root, true)?.reply()?.monitors;
        ensure!(monitors.len() == 1, "{monitors:?}");
        Ok(())
    }
}

/// A calm background, so that photographs are worth looking at.
pub(super) fn wallpaper(desktop: &Desktop) -> Result<()> {
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let mut display = desktop.command("display");
    display.args(["-window", "root", "-size", &size, "gradient:#3b4a63-#141a24"]);
    // ImageMagick 6 paints it and fails all the same: the status says nothing.
    display.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(())
}
/// Photographs one window, or `root`: the whole screen.
pub(super) fn photograph(desktop: &Desktop, window: &str, file: &Path) -> Result<()> {
    run(desktop.command("import").args(["-silent", "-window", window]).arg(file))
}

/// Runs a short program to its end.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| command.get_program().display().to_string())?;
    let message = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed ({}): {message}", command.get_program().display(), output.status);
    Ok(())
}

//! A newer version's setup: it asks for an administrator's consent, shows its progress and nothing else, and starts Pimento anew.

use std::{
    io,
    os::windows::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
};

/// Files in use cannot be replaced.
pub const REPLACES: bool = true;

/// The program that takes Pimento away again: the setup leaves one beside it, Windows Installer does not.
const UNINSTALLER: &str = "uninstall.exe";

/// By what Pimento was installed here.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
pub fn format() -> Option<&'static str> {
    let here = std::env::current_exe().ok();
    let setup = here.is_some_and(|here| here.with_file_name(UNINSTALLER).exists());
    Some(if setup { "nsis" } else { "msi" })
}

/// Starts it, and returns once the person has consented.
pub fn open(package: &Path, format: &str) -> io::Result<()> {
    if format == "msi" {
        // Windows Installer asks by itself, and ends when all is done: for which Pimento has to end.
        let mut installer = Command::new("msiexec.exe");
        installer.arg("/i").arg(package).args(["/passive", "AUTOLAUNCHAPP=True"]);
        return silent(&mut installer).spawn().map(drop);
    }
    // Only the shell asks for an administrator's consent. It is handed a bare name, of letters and digits as manifests have them,
    // in whatever folder it lies: nothing in it means anything to the command line.
    let (Some(folder), Some(name)) = (package.parent(), package.file_name()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let mut shell = Command::new("cmd.exe");
    // The first word in quotation marks is a title.
    shell.args(["/d", "/c", "start", ""]).arg(Path::new(".").join(name)).args(["/P", "/R", "/UPDATE"]);
    let status = silent(shell.current_dir(folder)).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

/// No window of the command line's.
fn silent(command: &mut Command) -> &mut Command {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

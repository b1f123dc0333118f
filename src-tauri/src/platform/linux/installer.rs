//! A newer version's package: whatever opens packages on this desktop shows it, and asks for what it takes.

use std::{io, path::Path};

/// The package replaces the program's file; what runs goes on until it is started anew.
pub const REPLACES: bool = false;

/// The kind of package that this system takes. A Flatpak is kept up to date by Flatpak.
pub fn format() -> Option<&'static str> {
    if in_flatpak() {
        return None;
    }
    Some(if Path::new("/var/lib/dpkg").is_dir() { "deb" } else { "rpm" })
}

/// This runs in a Flatpak: the system's own files are out of its reach.
pub fn in_flatpak() -> bool {
    Path::new("/.flatpak-info").exists()
}

/// Opens it as a click on it would.
pub fn open(package: &Path, _format: &str) -> io::Result<()> {
    open::that_detached(package)
}

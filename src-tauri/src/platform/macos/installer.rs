//! A newer version's disk image: the Finder shows it, and Pimento is dragged out of it.

use std::{io, path::Path};

/// The person replaces the application, and quits it before.
pub const REPLACES: bool = false;

/// The kind of package that this system takes.
#[allow(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
pub fn format() -> Option<&'static str> {
    Some("dmg")
}

/// Opens it as a click on it would.
pub fn open(package: &Path, _format: &str) -> io::Result<()> {
    open::that_detached(package)
}

//! What differs between systems, in small adapters with the same face.
//!
//! Each has `run_tray` (brings the icon up, then hands over to [`crate::tray::run`]), an `Icon` that shows a
//! [`crate::tray::Face`], `Notifications`, `Shortcuts` for keys that work from anywhere, and an `installer` for a newer version.

mod buttons;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(not(target_os = "linux"))]
mod tauri_shortcuts;
#[cfg(not(target_os = "linux"))]
mod tauri_tray;
#[cfg(any(target_os = "windows", test))]
mod toast;
#[cfg(target_os = "windows")]
mod windows;

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use pim::paths::Paths;

#[cfg(target_os = "windows")]
pub use self::windows::*;
#[cfg(target_os = "linux")]
pub use linux::*;
#[cfg(target_os = "macos")]
pub use macos::*;
#[cfg(not(target_os = "linux"))]
pub use tauri_shortcuts::Shortcuts;
#[cfg(not(target_os = "linux"))]
pub use tauri_tray::*;

/// Our icon as a file, for systems that show one beside a notification. `None` where it cannot be written.
#[cfg_attr(target_os = "macos", expect(dead_code, reason = "macOS takes the icon from the bundle"))]
fn icon_file() -> Option<&'static Path> {
    static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let write = || {
        let file = Paths::locate()?.state().join("icon.png");
        std::fs::write(&file, include_bytes!("../../../icons/128x128.png")).ok()?;
        Some(file)
    };
    FILE.get_or_init(write).as_deref()
}

//! What differs between systems, in small adapters with the same face.
//!
//! Each has `run_tray` (brings the icon up, then hands over to [`crate::tray::run`]), an `Icon` that shows a
//! [`crate::tray::Face`], and `Notifications`.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(not(target_os = "linux"))]
mod tauri_tray;
#[cfg(not(target_os = "linux"))]
mod toasts;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
pub use linux::*;
#[cfg(target_os = "macos")]
pub use macos::*;
#[cfg(not(target_os = "linux"))]
pub use tauri_tray::*;
#[cfg(not(target_os = "linux"))]
pub use toasts::Notifications;
#[cfg(target_os = "windows")]
pub use windows::*;

//! macOS.

pub mod installer;
mod notifications;

use tauri::{AppHandle, Wry, menu::Menu, tray::TrayIcon};

use crate::{icon::Ink, tray::Face};

pub use notifications::Notifications;

/// Black with transparency: the menu bar colours it.
pub const INK: Ink = Ink::Template;

/// A template image follows the menu bar's own colour, light, dark and selected.
pub const IS_TEMPLATE: bool = true;

/// Twice the 18 points of menu bar icons: it is scaled down on displays of old.
pub fn icon_size(_scale: f64) -> u32 {
    36
}

/// The tooltip as one text.
pub fn tooltip(lines: &[String]) -> String {
    lines.join("\n")
}

/// What is left, beside the icon: the menu bar has room for words.
pub fn beside(_app: &AppHandle, icon: &TrayIcon, face: &Face, _menu: Option<&Menu<Wry>>) -> tauri::Result<()> {
    icon.set_title(face.time.as_ref().map(|time| time.words.as_str()))
}

/// No icon in the Dock, no menu of its own at the top.
pub fn tray_role(app: &mut tauri::App) {
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
}

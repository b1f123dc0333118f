//! macOS.

mod notifications;

use crate::icon::Ink;

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

/// No icon in the Dock, no menu of its own at the top.
pub fn tray_role(app: &mut tauri::App) {
    app.set_activation_policy(tauri::ActivationPolicy::Accessory);
}

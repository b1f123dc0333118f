//! Windows.

mod identity;
pub mod installer;
mod notifications;

use tauri::{
    AppHandle, Wry,
    menu::Menu,
    tray::{TrayIcon, TrayIconBuilder},
};

use super::tauri_tray::{picture, pixels};
use crate::{
    icon::{self, Ink},
    tray::Face,
};

pub use identity::remove as remove_identity;
pub use notifications::Notifications;

/// Seen on light and on dark task bars.
pub const INK: Ink = Ink::Panel;

/// Windows colours nothing itself.
pub const IS_TEMPLATE: bool = false;

/// The icon that says what is left.
const TIME: &str = "pimento-time";

/// `NOTIFYICONDATAW::szTip` holds 127 UTF-16 units and the end.
const LONGEST_TOOLTIP: usize = 127;

/// Small icons have 16 logical pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scale factors are small and positive")]
pub fn icon_size(scale: f64) -> u32 {
    (16.0 * scale).round() as u32
}

/// The tooltip as one text, not longer than the system takes.
pub fn tooltip(lines: &[String]) -> String {
    let text = format!("Pimento\n{}", lines.join("\n"));
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= LONGEST_TOOLTIP
        })
        .collect()
}

/// What is left, beside the icon: as an icon of its own, since the task bar has no room for words.
pub fn beside(app: &AppHandle, _icon: &TrayIcon, face: &Face, menu: Option<&Menu<Wry>>) -> tauri::Result<()> {
    let Some(time) = &face.time else {
        app.remove_tray_by_id(TIME);
        return Ok(());
    };
    let icon = match app.tray_by_id(TIME) {
        Some(icon) => icon,
        None => TrayIconBuilder::with_id(TIME).show_menu_on_left_click(false).build(app)?,
    };
    icon.set_icon(Some(picture(icon::time(time.minutes, face.glyph, pixels(app), INK))))?;
    icon.set_tooltip(Some(tooltip(&face.tooltip)))?;
    icon.set_menu(menu.cloned())
}

/// What the tray's role sets up before its icon.
pub fn tray_role(_app: &mut tauri::App) {}

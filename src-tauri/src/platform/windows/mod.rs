//! Windows.

mod identity;
mod notifications;

use crate::icon::Ink;

pub use identity::remove as remove_identity;
pub use notifications::Notifications;

/// Seen on light and on dark task bars.
pub const INK: Ink = Ink::Panel;

/// Windows colours nothing itself.
pub const IS_TEMPLATE: bool = false;

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

/// What the tray's role sets up before its icon.
pub fn tray_role(_app: &mut tauri::App) {}

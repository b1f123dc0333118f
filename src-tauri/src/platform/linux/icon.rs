//! The icon as a StatusNotifier item.

use ksni::{
    Handle, MenuItem, OfflineReason, ToolTip, TrayMethods,
    menu::{CheckmarkItem, StandardItem, SubMenu},
};
use tokio::sync::mpsc;

use crate::{
    icon::{self, Ink},
    pipe::Place,
    tray::{Action, Entry, Face, Happening},
};

/// Sizes that panels ask for; they take the nearest and need not scale.
const SIZES: [u32; 7] = [16, 20, 22, 24, 32, 48, 64];

/// The icon in the tray, once there is one.
pub struct Icon(Option<Handle<Item>>);

impl Icon {
    /// Puts the icon into the tray. Where there is no tray (yet), says so, and puts it there when one comes.
    pub async fn start(face: &Face, happenings: mpsc::UnboundedSender<Happening>) -> Self {
        let item = Item { face: face.clone(), happenings: happenings.clone() };
        match item.assume_sni_available(true).spawn().await {
            Ok(handle) => Self(Some(handle)),
            Err(error) => {
                tracing::warn!(%error, "no tray");
                let _ = happenings.send(Happening::Host(false));
                Self(None)
            }
        }
    }

    /// Shows another face.
    pub async fn set(&self, face: &Face) {
        if let Some(handle) = &self.0 {
            let face = face.clone();
            // `None` after the connection was lost, with the session.
            handle.update(move |item| item.face = face).await;
        }
    }

    /// Takes the icon away.
    pub async fn end(self) {
        if let Some(handle) = &self.0 {
            handle.shutdown().await;
        }
    }
}

struct Item {
    face: Face,
    happenings: mpsc::UnboundedSender<Happening>,
}

impl Item {
    fn tell(&self, happening: Happening) {
        let _ = self.happenings.send(happening);
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "pimento".into()
    }

    fn title(&self) -> String {
        "Pimento".into()
    }

    fn activate(&mut self, x: i32, y: i32) {
        // Hosts that do not know where the click was say 0, 0.
        let place = match (x, y) {
            (0, 0) => Place::Centre,
            _ => Place::Beside { x: x.into(), y: y.into(), width: 0.0, height: 0.0 },
        };
        self.tell(Happening::Clicked(place));
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        SIZES.map(|size| pixmap(&icon::glyph(self.face.glyph, self.face.badge, size, Ink::Panel))).into()
    }

    fn tool_tip(&self) -> ToolTip {
        let description = self.face.tooltip.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n");
        ToolTip { title: "Pimento".into(), description, ..ToolTip::default() }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.face.menu.iter().map(line).collect()
    }

    fn watcher_online(&self) {
        self.tell(Happening::Host(true));
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "no tray at the moment");
        self.tell(Happening::Host(false));
        true
    }
}

fn line(entry: &Entry) -> MenuItem<Item> {
    match entry {
        Entry::Item { label, action } => {
            let chosen = action.clone();
            let activate = Box::new(move |item: &mut Item| {
                if let Some(action) = &chosen {
                    choose(item, action);
                }
            });
            StandardItem { label: plain(label), enabled: action.is_some(), activate, ..StandardItem::default() }.into()
        }
        Entry::Check { label, checked, action } => {
            let action = action.clone();
            let activate = Box::new(move |item: &mut Item| choose(item, &action));
            CheckmarkItem { label: plain(label), checked: *checked, activate, ..CheckmarkItem::default() }.into()
        }
        Entry::Submenu { label, entries } => {
            let submenu = entries.iter().map(line).collect();
            SubMenu { label: plain(label), submenu, ..SubMenu::default() }.into()
        }
        Entry::Separator => MenuItem::Separator,
    }
}

fn choose(item: &Item, action: &Action) {
    item.tell(Happening::Chosen(action.clone()));
}

/// A single underscore would mark the next letter as the key to press.
fn plain(label: &str) -> String {
    label.replace('_', "__")
}

/// Tooltips and notifications are markup: names that somebody else chose must not become any.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// ARGB, in the order of the network.
fn pixmap(image: &icon::Image) -> ksni::Icon {
    let data = image.rgba.chunks_exact(4).flat_map(|pixel| [pixel[3], pixel[0], pixel[1], pixel[2]]).collect();
    let side = i32::try_from(image.size).unwrap_or(0);
    ksni::Icon { width: side, height: side, data }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_not_taken_for_markup_or_mnemonics() {
        assert_eq!(plain("a_b"), "a__b");
        assert_eq!(escape("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }

    #[test]
    fn pixels_are_argb() {
        let image = icon::Image { size: 1, rgba: vec![1, 2, 3, 4] };
        assert_eq!(pixmap(&image).data, [4, 1, 2, 3]);
    }
}

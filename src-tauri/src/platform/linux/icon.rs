//! The icon as a StatusNotifier item.

use ksni::{
    Handle, MenuItem, OfflineReason, ToolTip, TrayMethods,
    menu::{CheckmarkItem, StandardItem, SubMenu},
};
use tokio::sync::mpsc;

use crate::{
    icon::{self, Ink},
    pipe::Place,
    tray::{Action, Entry, Face, Happening, Time},
};

/// Sizes that panels ask for; they take the nearest and need not scale.
const SIZES: [u32; 7] = [16, 20, 22, 24, 32, 48, 64];

/// The icon in the tray, once there is one.
pub struct Icon {
    item: Option<Handle<Item>>,
    /// What is left, as an item of its own: panels have no room for words.
    time: Option<Handle<Item>>,
    happenings: mpsc::UnboundedSender<Happening>,
}

impl Icon {
    /// Puts the icon into the tray. Where there is no tray (yet), says so, and puts it there when one comes.
    pub async fn start(face: &Face, happenings: mpsc::UnboundedSender<Happening>) -> Self {
        let item = Item { part: Part::Glyph, face: face.clone(), happenings: happenings.clone() }.put().await;
        if item.is_none() {
            let _ = happenings.send(Happening::Host(false));
        }
        Self { item, time: None, happenings }
    }

    /// Shows another face.
    pub async fn set(&mut self, face: &Face) {
        if let Some(item) = &self.item {
            change(item, face).await;
        }
        match &self.time {
            Some(time) if face.time.is_some() => change(time, face).await,
            Some(_) => take_away(self.time.take()).await,
            None if face.time.is_some() => {
                let item = Item { part: Part::Time, face: face.clone(), happenings: self.happenings.clone() };
                self.time = item.put().await;
            }
            None => {}
        }
    }

    /// Takes the icon away.
    pub async fn end(self) {
        take_away(self.time).await;
        take_away(self.item).await;
    }
}

async fn change(item: &Handle<Item>, face: &Face) {
    let face = face.clone();
    // `None` after the connection was lost, with the session.
    item.update(move |item| item.face = face).await;
}

async fn take_away(item: Option<Handle<Item>>) {
    if let Some(item) = item {
        item.shutdown().await;
    }
}

/// What an item shows of a face. Both answer to a click in the same way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Glyph,
    Time,
}

struct Item {
    part: Part,
    face: Face,
    happenings: mpsc::UnboundedSender<Happening>,
}

impl Item {
    /// Puts it into the tray, or waits there for one.
    async fn put(self) -> Option<Handle<Self>> {
        match self.assume_sni_available(true).spawn().await {
            Ok(handle) => Some(handle),
            Err(error) => {
                tracing::warn!(%error, "no tray");
                None
            }
        }
    }

    /// What is left, where this is the item that shows it.
    fn time(&self) -> Option<&Time> {
        self.face.time.as_ref().filter(|_| self.part == Part::Time)
    }

    fn tell(&self, happening: Happening) {
        let _ = self.happenings.send(happening);
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        // Panels that sort by it put both side by side.
        match self.part {
            Part::Glyph => "pimento".into(),
            Part::Time => "pimento-time".into(),
        }
    }

    fn title(&self) -> String {
        self.time().map_or_else(|| "Pimento".into(), |time| format!("Pimento: {}", time.words))
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
        let draw = |size| match self.time() {
            Some(time) => icon::time(time.minutes, self.face.glyph, size, Ink::Panel),
            None => icon::glyph(self.face.glyph, self.face.badge, size, Ink::Panel),
        };
        SIZES.map(|size| pixmap(&draw(size))).into()
    }

    fn tool_tip(&self) -> ToolTip {
        let description = self.face.tooltip.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n");
        ToolTip { title: "Pimento".into(), description, ..ToolTip::default() }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.face.menu.iter().map(line).collect()
    }

    fn watcher_online(&self) {
        if self.part == Part::Glyph {
            self.tell(Happening::Host(true));
        }
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "no tray at the moment");
        if self.part == Part::Glyph {
            self.tell(Happening::Host(false));
        }
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

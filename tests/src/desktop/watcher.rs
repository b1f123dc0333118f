//! Somebody who sees every time that a window comes and goes, however short.

use anyhow::Result;
use x11rb::{
    connection::Connection,
    protocol::{
        Event,
        xproto::{ChangeWindowAttributesAux, ConnectionExt, EventMask},
    },
    rust_connection::RustConnection,
};

use super::Desktop;

/// What a window does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It appears.
    Comes,
    /// It disappears.
    Goes,
}

/// Watches one window.
#[derive(Debug)]
pub struct Watcher {
    connection: RustConnection,
    window: u32,
    seen: Vec<Seen>,
}

impl Desktop {
    /// Watches the window with this id from now on.
    pub fn watch(&self, window: &str) -> Result<Watcher> {
        let (connection, _) = x11rb::connect(Some(self.display()))?;
        let window = window.parse()?;
        let wanted = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        connection.change_window_attributes(window, &wanted)?.check()?;
        Ok(Watcher { connection, window, seen: Vec::new() })
    }
}

impl Watcher {
    /// Everything that it has done so far.
    pub fn seen(&mut self) -> Result<&[Seen]> {
        while let Some(event) = self.connection.poll_for_event()? {
            match event {
                Event::MapNotify(event) if event.window == self.window => self.seen.push(Seen::Comes),
                Event::UnmapNotify(event) if event.window == self.window => self.seen.push(Seen::Goes),
                _ => {}
            }
        }
        Ok(&self.seen)
    }
}

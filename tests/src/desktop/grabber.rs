//! Another program that has keys of the X server's.

use anyhow::{Context, Result, ensure};
use x11rb::{
    connection::Connection,
    protocol::xproto::{ConnectionExt, GrabMode, ModMask},
    rust_connection::RustConnection,
};

use super::Desktop;

/// Keys that are held until this is dropped.
#[derive(Debug)]
pub struct Grabber {
    _connection: RustConnection,
}

impl Desktop {
    /// Takes a key with modifiers, as another program would; a letter, in lower case.
    pub fn grab(&self, modifiers: ModMask, letter: char) -> Result<Grabber> {
        let (connection, screen) = x11rb::connect(Some(self.display()))?;
        let (setup, root) = (connection.setup(), connection.setup().roots[screen].root);
        let count = setup.max_keycode - setup.min_keycode;
        let mapping = connection.get_keyboard_mapping(setup.min_keycode, count)?.reply()?;
        let mut rows = mapping.keysyms.chunks(mapping.keysyms_per_keycode.into());
        let key = rows.position(|row| row.contains(&u32::from(letter))).context("no such key")?;
        let key = setup.min_keycode + u8::try_from(key)?;
        let free = GrabMode::ASYNC;
        let grabbed = connection.grab_key(false, root, modifiers, key, free, free)?.check();
        ensure!(grabbed.is_ok(), "somebody else has {letter} already: {grabbed:?}");
        Ok(Grabber { _connection: connection })
    }
}

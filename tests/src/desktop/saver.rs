//! `org.freedesktop.ScreenSaver` as a desktop has it: it says when the screen was locked and unlocked.

use anyhow::Result;
use zbus::{Connection, connection::Builder};

use super::Desktop;

const NAME: &str = "org.freedesktop.ScreenSaver";
const PATH: &str = "/org/freedesktop/ScreenSaver";

/// The running screen saver.
#[derive(Debug)]
pub struct Saver(Connection);

impl Desktop {
    /// Starts the screen saver.
    pub async fn start_saver(&self) -> Result<Saver> {
        Ok(Saver(Builder::address(self.address())?.name(NAME)?.build().await?))
    }
}

impl Saver {
    /// Says that the screen is locked, or is not any more.
    pub async fn says(&self, locked: bool) -> Result<()> {
        say(&self.0, locked).await
    }
}

/// The same signal on another program's connection.
pub async fn say(connection: &Connection, locked: bool) -> Result<()> {
    Ok(connection.emit_signal(None::<&str>, PATH, NAME, "ActiveChanged", &(locked,)).await?)
}

//! The D-Bus session.

use std::{path::Path, process::Command, time::Duration};

use anyhow::Result;
use zbus::{Connection, connection::Builder, fdo::DBusProxy, names::BusName};

use super::Desktop;
use crate::{process::Process, wait};

/// A bus daemon of our own, and a connection to it.
#[derive(Debug)]
pub struct Session {
    pub(super) connection: Connection,
    pub(super) address: String,
    _daemon: Process,
}

impl Session {
    pub(super) async fn start(home: &Path, environment: &[(String, String)]) -> Result<Self> {
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        // What the bus activates inherits this.
        daemon.env_clear().envs(environment.iter().map(|(key, value)| (key, value)));
        let (daemon, address) = Process::start_for_line("dbus", &mut daemon, home)?;
        let connection = Builder::address(address.as_str())?.build().await?;
        Ok(Self { connection, address, _daemon: daemon })
    }
}

impl Desktop {
    /// Whether somebody owns this name on the bus.
    pub async fn has_name(&self, name: &str) -> Result<bool> {
        let name = BusName::try_from(name.to_owned())?;
        Ok(DBusProxy::new(self.bus()).await?.name_has_owner(name).await?)
    }

    /// Waits until somebody owns this name.
    pub async fn name(&self, name: &str) -> Result<()> {
        wait::until_true(&format!("{name} on the bus"), Duration::from_secs(30), async || self.has_name(name).await)
            .await
    }

    /// Waits until nobody owns it any more.
    pub async fn no_name(&self, name: &str) -> Result<()> {
        let gone = async || Ok(!self.has_name(name).await?);
        wait::until_true(&format!("{name} to leave the bus"), Duration::from_secs(30), gone).await
    }
}

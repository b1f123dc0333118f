//! The D-Bus session.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::Result;
use zbus::{Connection, connection::Builder, fdo::DBusProxy, names::BusName};

use super::{Desktop, Notifications, notifications::NAME};
use crate::{process::Process, wait};

/// A bus daemon of our own, and a connection to it.
#[derive(Debug)]
pub struct Session {
    pub(super) connection: Connection,
    pub(super) address: String,
    _daemon: Process,
}

impl Session {
    pub(super) async fn start(
        home: &Path,
        environment: &[(String, String)],
        notifications: Notifications,
    ) -> Result<Self> {
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--nofork", "--nopidfile", "--print-address=1"]);
        match notifications {
            Notifications::Missing | Notifications::Forbidden => {
                let file = configuration(home, notifications == Notifications::Forbidden)?;
                daemon.arg(format!("--config-file={}", file.display()));
            }
            _ => {
                daemon.arg("--session");
            }
        }
        // What the bus activates inherits this.
        daemon.env_clear().envs(environment.iter().map(|(key, value)| (key, value)));
        let (daemon, address) = Process::start_for_line("dbus", &mut daemon, home)?;
        let connection = Builder::address(address.as_str())?.build().await?;
        Ok(Self { connection, address, _daemon: daemon })
    }
}

/// A bus that starts nobody who shows notifications; `forbidden`: and that lets nobody ask for one.
fn configuration(home: &Path, forbidden: bool) -> Result<PathBuf> {
    let services = home.join("services");
    fs::create_dir(&services)?;
    for service in fs::read_dir("/usr/share/dbus-1/services")? {
        let service = service?.path();
        if let Some(file) = service.file_name()
            && !fs::read_to_string(&service).is_ok_and(|text| text.contains(&format!("Name={NAME}")))
        {
            symlink(&service, services.join(file))?;
        }
    }
    let rule = if forbidden { format!("<deny send_destination=\"{NAME}\"/>") } else { String::new() };
    let text = format!(
        "<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>\
         <servicedir>{}</servicedir><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
         <allow eavesdrop=\"true\"/><allow own=\"*\"/>{rule}</policy></busconfig>",
        services.display()
    );
    let file = home.join("bus.conf");
    fs::write(&file, text)?;
    Ok(file)
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

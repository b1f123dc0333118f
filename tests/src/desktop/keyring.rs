//! The Secret Service: gnome-keyring, unlocked.

use std::{fs::File, io::Write};

use anyhow::Result;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use super::Desktop;
use crate::{process::Process, wait};

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";

impl Desktop {
    /// Starts the keyring and unlocks its login collection.
    pub async fn start_keyring(&mut self) -> Result<()> {
        // The passphrase comes on standard input; the daemon stays in the foreground so that it ends with the desktop.
        let passphrase = self.home().join("passphrase");
        File::create(&passphrase)?.write_all(b"throwaway")?;
        let mut daemon = self.command("sh");
        daemon
            .args(["-c", "exec gnome-keyring-daemon --unlock --components=secrets --foreground <\"$HOME/passphrase\""]);
        let daemon = Process::start("keyring", &mut daemon, self.home())?;
        self.keep(daemon);
        self.name(SERVICE).await?;
        wait::until_true("the keyring to be unlocked", wait::LONG, async || {
            let service = zbus::Proxy::new(self.bus(), SERVICE, ROOT, "org.freedesktop.Secret.Service").await?;
            let collection: OwnedObjectPath = service.call("ReadAlias", &("default",)).await?;
            if collection.as_str() == "/" {
                return Ok(false);
            }
            let properties =
                zbus::Proxy::new(self.bus(), SERVICE, &collection, "org.freedesktop.DBus.Properties").await?;
            let locked: OwnedValue = properties.call("Get", &("org.freedesktop.Secret.Collection", "Locked")).await?;
            Ok(!bool::try_from(locked)?)
        })
        .await
    }

    /// Ends the keyring. Nobody starts it again by asking for it.
    pub async fn stop_keyring(&mut self) -> Result<()> {
        self.end("keyring");
        self.no_name(SERVICE).await
    }

    /// The labels of all secrets in the keyring.
    pub async fn secrets(&self) -> Result<Vec<String>> {
        let service = zbus::Proxy::new(self.bus(), SERVICE, ROOT, "org.freedesktop.Secret.Service").await?;
        let attributes = std::collections::HashMap::<String, String>::new();
        let (unlocked, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            service.call("SearchItems", &(attributes,)).await?;
        let mut labels = Vec::new();
        for item in unlocked.into_iter().chain(locked) {
            let properties = zbus::Proxy::new(self.bus(), SERVICE, &item, "org.freedesktop.DBus.Properties").await?;
            let label: OwnedValue = properties.call("Get", &("org.freedesktop.Secret.Item", "Label")).await?;
            labels.push(String::try_from(label)?);
        }
        Ok(labels)
    }
}

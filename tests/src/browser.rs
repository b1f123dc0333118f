//! The user's browser: a stand-in for `xdg-open` hands over what the application wants opened, and a real Chromium opens it.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use anyhow::Result;
use serde_json::json;
use url::Url;

use crate::{desktop::Desktop, wait, webdriver::WebDriver};

/// What lies first on the application's PATH as `xdg-open`.
const OPEN: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\"$HOME/opened\"\n";

/// What the application asked the system to open.
#[derive(Debug)]
pub struct Opened {
    file: PathBuf,
    read: usize,
}

impl Opened {
    /// Puts the stand-in in place.
    pub fn on(desktop: &Desktop) -> Result<Self> {
        let script = desktop.home().join("bin/xdg-open");
        fs::write(&script, OPEN)?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        Ok(Self { file: desktop.home().join("opened"), read: 0 })
    }

    fn all(&self) -> Vec<String> {
        fs::read_to_string(&self.file).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Waits for the next address.
    pub async fn next(&mut self) -> Result<Url> {
        let look = async || Ok(self.all().get(self.read).cloned());
        let address = wait::until("the application to open the browser", wait::LONG, look).await?;
        self.read += 1;
        Ok(address.parse()?)
    }

    /// How many addresses have been opened and not asked for yet.
    pub fn waiting(&self) -> usize {
        self.all().len() - self.read
    }
}

/// A real browser on the desktop.
#[derive(Debug)]
pub struct Browser {
    /// Its pages.
    pub page: WebDriver,
}

impl Browser {
    /// Starts Chromium with a profile of its own.
    pub async fn start(desktop: &Desktop) -> Result<Self> {
        let profile = desktop.home().join("chromium");
        let arguments = [
            // Containers have no user namespaces, and root has no sandbox.
            "--no-sandbox".to_owned(),
            "--no-first-run".into(),
            "--no-default-browser-check".into(),
            "--disable-gpu".into(),
            "--disable-dev-shm-usage".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-features=Translate,OptimizationHints,MediaRouter".into(),
            "--password-store=basic".into(),
            "--lang=en".into(),
            format!("--user-data-dir={}", profile.display()),
        ];
        let options = json!({ "args": arguments, "excludeSwitches": ["enable-automation"] });
        let wanted = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let page =
            WebDriver::start("chromedriver", &mut desktop.command("chromedriver"), desktop.home(), wanted).await?;
        Ok(Self { page })
    }
}

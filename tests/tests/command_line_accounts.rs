//! `pim login`, `pim logout` and `pim purge` as processes, with a keyring of their own: nobody, one and two accounts, a device code, and a
//! keyring that is gone when it is to be wiped.

#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::{self, App},
    cli::Run,
    desktop::{Desktop, Notifications, Setup},
    process::built,
    tenant::Tenant,
    wait::LONG,
    window::Window,
};
use serde_json::Value;
use tenant::robot::Person;
use url::Url;

const FABRIKAM: &str = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";

/// A home with a keyring, and a tenant.
struct Home {
    tenant: Tenant,
    desktop: Desktop,
}

impl Home {
    async fn new() -> Result<Self> {
        Self::on(Setup { panel: false, keyring: true, notifications: Notifications::Recording }).await
    }

    async fn on(setup: Setup) -> Result<Self> {
        let desktop = Desktop::start(setup).await?;
        let tenant = Tenant::start(desktop.home(), &["--seed", "14"])?;
        Ok(Self { tenant, desktop })
    }

    /// `pim` without a browser on its path: whoever signs in reads the address that it prints.
    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = self.desktop.command(built("pim")?);
        command.args(arguments).env("PIMENTO_HOME", self.desktop.home().join("pimento"));
        command.env("PIMENTO_TENANT", &self.tenant.line).env("PATH", "/nowhere").stdin(Stdio::null());
        Ok(command)
    }

    fn pim(&self, arguments: &[&str]) -> Result<Run> {
        let output = self.command(arguments)?.output()?;
        Ok(Run {
            code: output.status.code().context("ended by a signal")?,
            output: String::from_utf8(output.stdout)?,
            errors: String::from_utf8(output.stderr)?,
        })
    }

    /// Runs `pim`, and does at each line that it says what a person would.
    async fn signing_in(&self, arguments: &[&str], username: &str) -> Result<Run> {
        let mut child = self.command(arguments)?.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut errors = String::new();
        let said = BufReader::new(child.stderr.take().context("no standard error")?);
        for line in said.lines() {
            let line = line?;
            if let Some(code) = line.split("enter the code ").nth(1) {
                let line: Value = serde_json::from_str(&self.tenant.line)?;
                let authority = line["authority"].as_str().context("no authority")?;
                Person::new(username).approve_device_code(authority, code.trim()).await?;
            } else if let Some(address) = line.starts_with("http").then(|| Url::parse(&line)).transpose()? {
                Person::new(username).sign_in(&address).await?;
            }
            errors.push_str(&line);
            errors.push('\n');
        }
        ended(child, errors)
    }

    async fn signed_in(&self, arguments: &[&str], username: &str) -> Result<Value> {
        self.signing_in(&[arguments, &["--json"]].concat(), username).await?.ended_with(0)?.json()
    }

    fn accounts(&self) -> Result<Vec<Value>> {
        let accounts = self.pim(&["accounts", "--json"])?.ended_with(0)?.json()?;
        Ok(accounts["accounts"].as_array().context("no accounts")?.clone())
    }
}

fn ended(mut child: Child, errors: String) -> Result<Run> {
    let mut output = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().context("no standard output")?, &mut output)?;
    let code = child.wait()?.code().context("ended by a signal")?;
    Ok(Run { code, output, errors })
}

const LOGIN: [&str; 3] = ["login", "--cloud", "loopback"];

#[tokio::test]
async fn people_sign_in_and_out_and_the_others_stay() -> Result<()> {
    let home = Home::new().await?;
    let nobody = home.pim(&["logout"])?.ended_with(0)?;
    ensure!(nobody.output.contains("Nobody was signed in"), "{nobody:?}");

    // The first one, by device code.
    let maya = home.signed_in(&[&LOGIN[..], &["--device-code"]].concat(), "maya").await?;
    ensure!(maya["account"]["username"] == "maya@contoso.example" && maya["account"]["remembered"] == true, "{maya}");
    ensure!(home.accounts()?.len() == 1 && home.desktop.secrets().await?.len() == 1);
    // The same one again is no second account; another tenant is.
    home.signed_in(&LOGIN, "maya").await?;
    ensure!(home.accounts()?.len() == 1);
    let guest = home.signed_in(&[&LOGIN[..], &["--tenant", FABRIKAM]].concat(), "maya").await?;
    ensure!(guest["account"]["tenantId"] == FABRIKAM, "{guest}");
    ensure!(home.accounts()?.len() == 2 && home.desktop.secrets().await?.len() == 2);

    // Somebody says no while others are signed in: that is said, and they stay.
    let refused = home.signing_in(&[&LOGIN[..], &["--client-id", "no GUID"]].concat(), "maya").await?.ended_with(1)?;
    ensure!(refused.errors.contains("client-id") && home.accounts()?.len() == 2, "{refused:?}");

    let left = home.pim(&["logout"])?.ended_with(0)?;
    ensure!(left.output.contains("Signed out") && left.output.contains("is the current account now"), "{left:?}");
    ensure!(home.accounts()?.len() == 1 && home.desktop.secrets().await?.len() == 1);
    let last = home.pim(&["logout", "--json"])?.ended_with(0)?.json()?;
    ensure!(last["account"].is_null() && home.accounts()?.is_empty(), "{last}");
    ensure!(home.desktop.secrets().await?.is_empty(), "the keyring is wiped");
    Ok(())
}

#[tokio::test]
async fn a_keyring_that_cannot_be_wiped_is_said() -> Result<()> {
    let mut home = Home::new().await?;
    home.signed_in(&LOGIN, "maya").await?;
    home.desktop.stop_keyring().await?;
    let left = home.pim(&["logout"])?.ended_with(1)?;
    ensure!(left.errors.contains("could not be wiped") && left.errors.contains("Code keyring"), "{left:?}");
    ensure!(!left.output.contains("gone"), "{left:?}");
    ensure!(home.accounts()?.is_empty(), "here it is forgotten");
    Ok(())
}

#[tokio::test]
async fn somebody_who_is_not_known_there_is_refused_with_the_code() -> Result<()> {
    let home = Home::new().await?;
    let unknown = [&LOGIN[..], &["--device-code", "--tenant", "nowhere.example"]].concat();
    let refused = home.pim(&unknown)?.ended_with(1)?;
    ensure!(refused.errors.contains("Code AADSTS90002"), "{refused:?}");
    home.pim(&["list"])?.ended_with(3)?;
    Ok(())
}

/// Every file and folder below one.
fn listing(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(listing(&path)?);
        }
        found.insert(path);
    }
    Ok(found)
}

#[tokio::test]
async fn purge_leaves_no_file_no_secret_and_no_autostart_entry() -> Result<()> {
    let home = Home::new().await?;
    let folder = home.desktop.home().join("pimento");
    let autostart = home.desktop.home().join(".config/autostart");
    std::fs::create_dir_all(&autostart)?;
    let before = listing(home.desktop.home())?;

    home.signed_in(&LOGIN, "maya").await?;
    home.signed_in(&[&LOGIN[..], &["--tenant", FABRIKAM]].concat(), "maya").await?;
    home.pim(&["bundles", "save", "On call", "--role", "Global Reader"])?;
    for file in [
        "settings.toml.aside-20261123T120000Z",
        "pimento.2026-11-23.log",
        "saved/maya.json",
        "journal.jsonl",
        "updates.json",
        "updates/Pimento_0.2.0_amd64.deb",
    ] {
        let file = folder.join(file);
        std::fs::create_dir_all(file.parent().context("a folder")?)?;
        std::fs::write(file, "")?;
    }
    // As the application enters it.
    let entry = autostart.join("Pimento.desktop");
    std::fs::write(&entry, "[Desktop Entry]\nType=Application\nName=Pimento\nExec=\"/usr/bin/pimento\"\n")?;
    let full = listing(home.desktop.home())?;
    ensure!(full.len() > before.len() + 6 && home.desktop.secrets().await?.len() == 2, "{full:?}");

    // Nobody has said yes; only what would be done; the application runs.
    ensure!(home.pim(&["purge"])?.ended_with(2)?.errors.contains("--yes"));
    ensure!(home.pim(&["purge", "--dry-run", "--yes"])?.ended_with(0)?.output.contains("Would delete"));
    let lock = std::fs::File::create(folder.join("journal.lock"))?;
    lock.lock()?;
    ensure!(home.pim(&["purge", "--yes"])?.ended_with(1)?.errors.contains("is running"));
    ensure!(entry.exists() && home.desktop.secrets().await?.len() == 2);
    drop(lock);

    let purged = home.pim(&["purge", "--yes"])?.ended_with(0)?;
    ensure!(purged.output.contains("No file, secret or autostart entry"), "{purged:?}");
    let after = listing(home.desktop.home())?;
    ensure!(after == before, "left: {:?}", after.difference(&before).collect::<Vec<_>>());
    ensure!(home.desktop.secrets().await?.is_empty(), "the keyring is wiped");
    // Again, where nothing is left.
    ensure!(home.pim(&["purge", "--yes"])?.ended_with(0)?.output.contains("Nothing of Pimento was here"));
    ensure!(listing(home.desktop.home())? == before);
    Ok(())
}

/// Its web view keeps files of its own.
#[tokio::test]
async fn purge_leaves_nothing_of_a_window_that_was_open() -> Result<()> {
    let home = Home::on(Setup::default()).await?;
    let desktop = &home.desktop;
    // Beside the logs of this test itself.
    let ours = || -> Result<BTreeSet<PathBuf>> {
        let all = listing(desktop.home())?;
        let below = all.iter().filter_map(|path| path.strip_prefix(desktop.home()).ok());
        let named = below.filter(|path| path.to_string_lossy().to_lowercase().contains("pimento"));
        Ok(named.filter(|path| path.extension().is_none_or(|kind| kind != "log")).map(Path::to_owned).collect())
    };
    let before = ours()?;
    let mut app = App::start(desktop, &home.tenant)?;
    let tray = desktop.tray().await?;
    Window::open(desktop, &app, &tray).await?.detach().await?;
    ensure!(app::home(desktop).join("web-view").is_dir(), "{:?}", ours()?);
    tray.click("Quit").await?;
    app.process.ended(LONG).await?;
    home.pim(&["purge", "--yes"])?.ended_with(0)?;
    ensure!(ours()? == before, "left: {:?}", ours()?.difference(&before).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn the_demo_of_the_application_is_its_own_and_stays_signed_in() -> Result<()> {
    let home = Home::on(Setup::default()).await?;
    let desktop = &home.desktop;
    let mut app = App::start(desktop, &home.tenant)?;
    let tray = desktop.tray().await?;
    Window::signed_in(desktop, &app, &tray).await?.detach().await?;
    // Nothing names the tenant, as where the application has brought it.
    for command in ["status", "list"] {
        let output = home.command(&[command])?.env_remove("PIMENTO_TENANT").output()?;
        let said = String::from_utf8(output.stderr)?;
        ensure!(
            output.status.code() == Some(3) && said.contains("add --demo"),
            "{command}: {:?}: {said}",
            output.status
        );
    }
    tray.click("Quit").await?;
    app.process.ended(LONG).await?;
    ensure!(desktop.secrets().await?.len() == 1, "signed out of the application");
    Ok(())
}

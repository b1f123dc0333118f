//! An account that is signed in at a tenant at the end of a slow line, and programs that are run for it.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    clock::Stopwatch,
    desktop::{Desktop, Notifications, Setup},
    process::built,
};
use serde_json::Value;

use crate::tenant::Tenant;

/// One round trip, milliseconds.
pub const L: f64 = 80.0;

/// The same, as the tenant is told.
const NEAR: u64 = 80;

/// One round trip to somewhere very far away, milliseconds.
const FAR: u64 = 3_000;

/// Runs of each measurement.
pub const RUNS: usize = 7;

/// What a connection costs before its first request: one round trip for TCP, one for TLS 1.3.
pub const CONNECT: f64 = 2.0;

/// An account that is signed in: its tokens are in the keyring, its list in the saved view.
pub struct Client {
    desktop: Desktop,
    pub tenant: Tenant,
    pub home: PathBuf,
    ca_file: PathBuf,
}

/// What a process came to.
pub struct Run {
    /// Milliseconds from its start to its first line.
    pub took: f64,
    /// Its first line, as JSON.
    pub output: Value,
    /// The requests that reached the tenant.
    pub requests: Vec<Value>,
}

impl Client {
    /// At a tenant with these arguments. `how` is what `bench-client` calls the sign-in.
    pub async fn signed_in(how: &str, arguments: &[&str]) -> Result<Self> {
        let setup = Setup { panel: false, keyring: true, notifications: Notifications::Recording };
        let desktop = Desktop::start(setup).await?;
        let home = desktop.home().join("pimento");
        let ca_file = desktop.home().join("ca.pem");
        let file = ca_file.display().to_string();
        let mut all = vec!["--latency", "80", "--seed", "7", "--tls-ca", &file];
        all.extend(arguments);
        let tenant = Tenant::start(desktop.home(), &all)?;
        let client = Self { desktop, tenant, home, ca_file };
        client.measure(how).await?;
        Ok(client)
    }

    /// A program that has the account's home.
    pub fn program(&self, name: &str) -> Result<Command> {
        let mut command = self.desktop.command(built(name)?);
        command.env("PIMENTO_TENANT", &self.tenant.line).env("PIMENTO_HOME", &self.home);
        command.env("PIMENTO_CA_FILE", &self.ca_file);
        Ok(command)
    }

    /// Runs a program and waits for its first line and its end.
    pub async fn run(&self, mut command: Command) -> Result<Run> {
        self.tenant.forget_requests().await?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let watch = Stopwatch::start();
        let mut child = command.spawn()?;
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut text = String::new();
        output.read_line(&mut text)?;
        let took = watch.elapsed().as_secs_f64() * 1_000.0;
        output.read_to_string(&mut text)?;
        let status = child.wait()?;
        ensure!(status.success(), "{command:?}: {status}: {text}");
        Ok(Run { took, output: serde_json::from_str(&text)?, requests: self.tenant.requests().await? })
    }

    /// `pim list --json`, which must show so many rows with their policies.
    pub async fn list(&self, rows: usize) -> Result<Run> {
        let mut command = self.program("pim")?;
        command.args(["list", "--json"]);
        let run = self.run(command).await?;
        let listed = run.output["eligible"].as_array().context("no rows")?;
        let known = listed.iter().filter(|row| row["requirements"]["known"] == true).count();
        ensure!((listed.len(), known) == (rows, rows), "{} rows, {known} with a policy", listed.len());
        Ok(run)
    }

    /// A measurement inside the library: its name, and how often where that is not always the same.
    pub async fn measure(&self, what: &str) -> Result<Run> {
        let mut command = self.program("bench-client")?;
        command.args(what.split(' '));
        self.run(command).await
    }

    /// The same on a line so long that the machine's own time does not matter: what waits for what can be counted there.
    pub async fn far_away(&self, what: impl AsyncFnOnce(&Self) -> Result<Run>) -> Result<Run> {
        self.tenant.stretch(FAR).await?;
        let run = what(self).await?;
        self.tenant.stretch(NEAR).await?;
        Ok(run)
    }

    /// Forgets what was listed, in the command line's folder and the application's: as after a first sign-in.
    pub fn forget_lists(&self) -> Result<()> {
        for folder in [self.home.join("saved"), self.home.join("cli/saved")] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    /// Lets the access token expire. The client's idea of the service's time goes along, as it would in 25 real hours.
    pub async fn expire(&self) -> Result<()> {
        self.tenant.advance("PT25H").await?;
        let file = saved(&self.home.join("cli"))?;
        let mut saved: Value = serde_json::from_slice(&fs::read(&file)?)?;
        let offset = &mut saved["content"]["clockOffset"];
        *offset = (offset.as_i64().context("no offset in the saved view")? + 25 * 3_600_000).into();
        Ok(fs::write(&file, saved.to_string())?)
    }
}

/// The saved list in a program's folder: there is one account.
pub fn saved(state: &Path) -> Result<PathBuf> {
    let file = fs::read_dir(state.join("saved"))?.flatten().next().context("no saved list")?;
    Ok(file.path())
}

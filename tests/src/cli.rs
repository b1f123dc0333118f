//! The command line as a process.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::{process::built, tenant::Tenant};

/// A home of its own, and a tenant.
pub struct Bench {
    // Dropped first: what the tenant wrote down lies in the home.
    /// The tenant.
    pub tenant: Tenant,
    /// Where `pim` keeps its files.
    pub home: TempDir,
}

impl Bench {
    /// A new home, and a tenant with ids of its own.
    pub fn new(seed: u32) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let tenant = Tenant::start(home.path(), &["--seed", &seed.to_string()])?;
        Ok(Self { tenant, home })
    }

    /// Runs `pim --demo` on the tenant.
    pub fn demo(&self, arguments: &[&str]) -> Result<Run> {
        run(self.demo_command(arguments)?.spawn()?)
    }

    /// The same, with more in its environment.
    pub fn demo_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Result<Run> {
        run(self.demo_command(arguments)?.envs(environment.iter().copied()).spawn()?)
    }

    /// The same, with nobody who reads what it prints.
    pub fn demo_unheard(&self, arguments: &[&str]) -> Result<Run> {
        let mut child = self.demo_command(arguments)?.spawn()?;
        drop(child.stdout.take());
        run(child)
    }

    fn demo_command(&self, arguments: &[&str]) -> Result<Command> {
        let all: Vec<_> = std::iter::once("--demo").chain(arguments.iter().copied()).collect();
        let environment = [("PIMENTO_TENANT", self.tenant.line.as_str()), ("PATH", "/usr/bin:/bin")];
        command(self.home.path(), &environment, &all)
    }

    /// The same, where it succeeds.
    pub fn done(&self, arguments: &[&str]) -> Result<Run> {
        self.demo(arguments)?.ended_with(0)
    }
}

/// What a run of `pim` came to.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

impl Run {
    /// The run, if it ended with this exit code.
    pub fn ended_with(self, code: i32) -> Result<Self> {
        ensure!(self.code == code, "expected exit code {code}: {self:?}");
        Ok(self)
    }

    /// Standard output as one JSON value.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.output).with_context(|| format!("not one JSON value: {self:?}"))
    }
}

/// Runs `pim` with its files in `home`, and nothing of the caller's environment but PATH.
pub fn pim(home: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Result<Run> {
    run(command(home, environment, arguments)?.spawn()?)
}

fn command(home: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(built("pim")?);
    command.args(arguments).env_clear().env("PIMENTO_HOME", home).env("HOME", home).envs(environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ok(command)
}

fn run(child: Child) -> Result<Run> {
    let output = child.wait_with_output()?;
    Ok(Run {
        code: output.status.code().context("ended by a signal")?,
        output: String::from_utf8(output.stdout)?,
        errors: String::from_utf8(output.stderr)?,
    })
}

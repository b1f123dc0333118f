//! The command line as a process.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::built;

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
    /// Standard output as one JSON value.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.output).with_context(|| format!("not one JSON value: {self:?}"))
    }
}

/// Runs `pim` with its files in `home`, and nothing of the caller's environment but PATH.
pub fn pim(home: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Result<Run> {
    let mut command = Command::new(built("pim")?);
    command.args(arguments).env_clear().env("PIMENTO_HOME", home).env("HOME", home).envs(environment.iter().copied());
    let output = command.stdin(Stdio::null()).output()?;
    Ok(Run {
        code: output.status.code().context("ended by a signal")?,
        output: String::from_utf8(output.stdout)?,
        errors: String::from_utf8(output.stderr)?,
    })
}

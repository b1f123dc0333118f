//! The simulated tenant as a process of its own: `pim tenant`, driven over its control endpoint.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::process::{Process, built};

/// A running tenant.
#[derive(Debug)]
pub struct Tenant {
    /// The line that it printed: endpoints and users.
    pub line: String,
    control: String,
    http: reqwest::Client,
    _process: Process,
}

impl Tenant {
    /// Starts it with these further arguments; its log lies in `folder`.
    pub async fn start(folder: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(built("pim")?);
        command.arg("tenant").args(arguments).stdin(Stdio::null());
        let (process, line) = Process::start_for_line("tenant", &mut command, folder)?;
        let said: Value = serde_json::from_str(&line).with_context(|| format!("not a line of JSON: {line}"))?;
        let control = said.pointer("/endpoints/control").or_else(|| said.pointer("/control"));
        let control =
            control.and_then(Value::as_str).with_context(|| format!("no control address in {line}"))?.to_owned();
        // The client wants a provider of TLS even where it only speaks plain HTTP; a second call finds the first one's.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self { line, control, http: reqwest::Client::builder().no_proxy().build()?, _process: process })
    }

    async fn get(&self, path: &str) -> Result<Value> {
        let answer = self.http.get(format!("{}/{path}", self.control)).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Posts to the control endpoint.
    pub async fn control(&self, path: &str, body: Value) -> Result<()> {
        let answer = self.http.post(format!("{}/{path}", self.control)).json(&body).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "control/{path} with {body}: {status} {}", answer.text().await?);
        Ok(())
    }

    /// Moves the tenant's clock on by an ISO 8601 duration.
    pub async fn advance(&self, duration: &str) -> Result<()> {
        self.control("clock", json!({ "advance": duration })).await
    }

    /// Sets the tenant's clock to an instant.
    pub async fn set_clock(&self, instant: chrono::DateTime<chrono::Utc>) -> Result<()> {
        self.control("clock", json!({ "set": instant.to_rfc3339() })).await
    }

    /// The tenant's clock.
    pub async fn now(&self) -> Result<chrono::DateTime<chrono::Utc>> {
        let clock = self.get("clock").await?;
        let now = clock.get("now").and_then(Value::as_str).context("no `now`")?;
        Ok(now.parse()?)
    }

    /// Everything committed so far.
    pub async fn ledger(&self) -> Result<Vec<Value>> {
        list(self.get("ledger").await?)
    }

    /// Every request answered so far.
    pub async fn requests(&self) -> Result<Vec<Value>> {
        list(self.get("requests").await?)
    }
}

/// The control endpoint answers with an array, or an object that holds one.
fn list(value: Value) -> Result<Vec<Value>> {
    let found = match value {
        Value::Array(items) => Some(items),
        Value::Object(fields) => fields.into_iter().find_map(|(_, field)| match field {
            Value::Array(items) => Some(items),
            _ => None,
        }),
        _ => None,
    };
    found.context("no list in the answer")
}

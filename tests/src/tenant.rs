//! The simulated tenant as a process of its own: `pim tenant`, driven over its control endpoint.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{
    contract,
    process::{Process, built},
};

/// A running tenant. When it is dropped, any answer that broke Microsoft's contract fails the test.
#[derive(Debug)]
pub struct Tenant {
    /// The line that it printed: endpoints and users.
    pub line: String,
    control: String,
    http: reqwest::Client,
    process: Process,
    record: PathBuf,
}

impl Tenant {
    /// Starts it with these further arguments; its log lies in `folder`.
    pub fn start(folder: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(built("pim")?);
        let record = folder.join("answers.jsonl");
        command.arg("tenant").arg("--record").arg(&record).args(arguments).stdin(Stdio::null());
        let (process, line) = Process::start_for_line("tenant", &mut command, folder)?;
        let said: Value = serde_json::from_str(&line).with_context(|| format!("not a line of JSON: {line}"))?;
        let control = said.get("control").and_then(Value::as_str);
        let control = control.with_context(|| format!("no control address in {line}"))?.to_owned();
        // The client wants a provider of TLS even where it only speaks plain HTTP; a second call finds the first one's.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self { line, control, http: reqwest::Client::builder().no_proxy().build()?, process, record })
    }

    /// Its control endpoint, which names it as well as the line does, however many users stand in that.
    pub fn address(&self) -> &str {
        &self.control
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
    pub async fn set_clock(&self, instant: DateTime<Utc>) -> Result<()> {
        self.control("clock", json!({ "set": instant.to_rfc3339() })).await
    }

    /// The tenant's clock.
    pub async fn now(&self) -> Result<DateTime<Utc>> {
        let clock = self.get("clock").await?;
        let now = clock.get("now").and_then(Value::as_str).context("no `now`")?;
        Ok(now.parse()?)
    }

    /// Everything committed so far: objects with `at`, `event`, `user` and `details`.
    pub async fn ledger(&self) -> Result<Vec<Value>> {
        Ok(serde_json::from_value(self.get("ledger").await?)?)
    }

    /// How many committed facts are of this kind (`selfActivate`, `selfDeactivate`, ...).
    pub async fn committed(&self, event: &str) -> Result<usize> {
        Ok(self.ledger().await?.iter().filter(|entry| entry["event"] == event).count())
    }

    /// When the newest activation of a role (`kind|definition|scope|…`) ends, as it was committed.
    pub async fn end_of(&self, key: &str) -> Result<DateTime<Utc>> {
        let definition = key.split('|').nth(1).with_context(|| format!("not a role's key: {key}"))?;
        let ledger = self.ledger().await?;
        let of_role = |entry: &&Value| {
            let id = entry["details"]["roleDefinitionId"].as_str().unwrap_or_default();
            entry["event"] == "selfActivate" && id.eq_ignore_ascii_case(definition)
        };
        let entry = ledger.iter().rev().find(of_role).with_context(|| format!("no activation of {key}: {ledger:?}"))?;
        let end = entry["details"]["end"].as_str();
        Ok(end.with_context(|| format!("no end in {entry}"))?.parse()?)
    }

    /// Every request answered so far, the control endpoint's own left out.
    pub async fn requests(&self) -> Result<Vec<Value>> {
        Ok(serde_json::from_value(self.get("requests").await?)?)
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        self.process.kill();
        // A test that fails already says why.
        if !std::thread::panicking() {
            let complaints = contract::complaints(&self.record).expect("the tenant's answers were written down");
            assert!(complaints.is_empty(), "answers that break Microsoft's contract:\n{}", complaints.join("\n"));
        }
    }
}

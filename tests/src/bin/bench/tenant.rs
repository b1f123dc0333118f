//! The simulated tenant as the bench wants it: nothing is written down that would cost time.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use pimento_tests::process::{Process, built};
use serde_json::{Value, json};

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
    /// Starts `pim tenant` with these further arguments.
    pub fn start(folder: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(built("pim")?);
        command.arg("tenant").args(arguments);
        let (process, line) = Process::start_for_line("tenant", &mut command, folder)?;
        let said: Value = serde_json::from_str(&line).with_context(|| format!("not a line of JSON: {line}"))?;
        let control = said["control"].as_str().with_context(|| format!("no control address in {line}"))?.to_owned();
        // A second call finds the first one's.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut http = reqwest::Client::builder().no_proxy();
        if let Some(file) = said["caFile"].as_str() {
            http = http.tls_certs_only(reqwest::Certificate::from_pem_bundle(&std::fs::read(file)?)?);
        }
        Ok(Self { line, control, http: http.build()?, _process: process })
    }

    /// Moves the tenant's clock on by an ISO 8601 duration.
    pub async fn advance(&self, duration: &str) -> Result<()> {
        let request = self.http.post(format!("{}/clock", self.control)).json(&json!({ "advance": duration }));
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Makes the line so long, in milliseconds a round trip.
    pub async fn stretch(&self, milliseconds: u64) -> Result<()> {
        let request = self.http.post(format!("{}/settings", self.control)).json(&json!({ "latency": milliseconds }));
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Every request answered so far, the control endpoint's own left out.
    pub async fn requests(&self) -> Result<Vec<Value>> {
        let answer = self.http.get(format!("{}/requests", self.control)).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Forgets the requests so far.
    pub async fn forget_requests(&self) -> Result<()> {
        self.http.delete(format!("{}/requests", self.control)).send().await?.error_for_status()?;
        Ok(())
    }
}

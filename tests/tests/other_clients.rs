//! Programs that know nothing of Pimento work against its tenant: Microsoft's `msal`, `azure-identity`, `msgraph-sdk`,
//! `msgraph-beta-sdk` and `azure-mgmt-authorization` for Python; `msal-node`, `identity`, `microsoft-graph-client` and
//! `arm-authorization` for JavaScript. The scripts, with what they expect, are in `tests/clients`.

#![cfg(target_os = "linux")]

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use pimento_tests::{javascript, process::Process, python, tenant::Tenant};
use serde::Deserialize;

/// The scripts for Python, in their order: all work on the same tenant.
const PYTHON: [&str; 5] = ["sign_in", "directory", "approvals", "groups", "azure_roles"];
/// Those for JavaScript.
const JAVASCRIPT: [&str; 3] = ["sign_in", "directory", "azure_roles"];

/// What the scripts print after each test.
#[derive(Debug, Deserialize)]
struct Outcome {
    test: String,
    seconds: f64,
    failed: Option<String>,
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients")
}

#[tokio::test]
async fn microsoft_s_clients_for_python_work_unchanged() -> Result<()> {
    let python = python::environment(&scripts().join("requirements.txt"))?;
    let mut command = Command::new(python);
    command.args(["-W", "ignore"]).arg(scripts().join("run.py"));
    all_pass(command, &PYTHON, &["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]).await
}

#[tokio::test]
async fn microsoft_s_clients_for_javascript_work_unchanged() -> Result<()> {
    let folder = javascript::environment(&scripts().join("javascript"))?;
    let mut command = Command::new("node");
    command.arg(folder.join("run.mjs"));
    all_pass(command, &JAVASCRIPT, &["NODE_EXTRA_CA_CERTS"]).await
}

/// Runs the scripts against a tenant of their own, whose authority is trusted by these variables.
async fn all_pass(mut command: Command, scripts: &[&str], trust: &[&str]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let authority = folder.path().join("authority.pem");
    let tenant = Tenant::start(folder.path(), &["--seed", "5", "--tls-ca", &authority.display().to_string()])?;

    command.args(scripts);
    // Nothing of the caller's environment, least of all a proxy; and no authority is trusted but the tenant's.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", folder.path());
    command.env("PIMENTO_TENANT", &tenant.line);
    command.envs(trust.iter().map(|variable| (variable, &authority)));
    let mut clients = Process::start("clients", &mut command, folder.path())?;
    let status = clients.ended(Duration::from_secs(180)).await?;

    let log = clients.log();
    let lines = log.lines().filter(|line| line.starts_with('{'));
    let outcomes: Vec<Outcome> =
        lines.map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect::<Result<_>>()?;
    for Outcome { test, seconds, failed } in &outcomes {
        println!("{test}: {}, {seconds} s", if failed.is_some() { "failed" } else { "ok" });
    }
    let failures =
        outcomes.iter().filter_map(|outcome| Some(format!("{}\n{}", outcome.test, outcome.failed.as_ref()?)));
    let failures: Vec<String> = failures.collect();
    let told = if failures.is_empty() { log } else { failures.join("\n") };
    ensure!(status.success() && failures.is_empty(), "{told}");
    for script in scripts {
        ensure!(outcomes.iter().any(|outcome| outcome.test.starts_with(script)), "{script} tested nothing");
    }
    Ok(())
}

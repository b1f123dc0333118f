//! Programs that know nothing of Pimento work against its tenant: Microsoft's `msal`, `azure-identity`, `msgraph-sdk` and
//! `msgraph-beta-sdk` for Python. The scripts, with what they expect, are in `tests/clients`.

#![cfg(target_os = "linux")]

use std::{path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, ensure};
use pimento_tests::{process::Process, python, tenant::Tenant};
use serde::Deserialize;

/// The scripts, in their order: all work on the same tenant.
const SCRIPTS: [&str; 5] = ["sign_in", "directory", "approvals", "groups", "azure_roles"];

/// What the scripts print after each test.
#[derive(Debug, Deserialize)]
struct Outcome {
    test: String,
    seconds: f64,
    failed: Option<String>,
}

#[tokio::test]
async fn microsoft_s_clients_for_python_work_unchanged() -> Result<()> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let python = python::environment(&scripts.join("requirements.txt"))?;
    let folder = tempfile::tempdir()?;
    let authority = folder.path().join("authority.pem");
    let tenant = Tenant::start(folder.path(), &["--seed", "5", "--tls-ca", &authority.display().to_string()])?;

    let mut command = Command::new(python);
    command.args(["-W", "ignore"]).arg(scripts.join("run.py")).args(SCRIPTS);
    // Nothing of the caller's environment, least of all a proxy; and no authority is trusted but the tenant's.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", folder.path());
    command.env("PIMENTO_TENANT", &tenant.line);
    command.env("REQUESTS_CA_BUNDLE", &authority).env("SSL_CERT_FILE", &authority);
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
    for script in SCRIPTS {
        ensure!(outcomes.iter().any(|outcome| outcome.test.starts_with(script)), "{script} tested nothing");
    }
    Ok(())
}

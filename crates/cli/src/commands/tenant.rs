//! `pim tenant`: the simulated tenant in the foreground.

use std::{fs::File, io::Write, path::Path, time::Duration};

use ::tenant::{Options, Running, Scenario, TlsOptions};
use serde_json::json;

use crate::{
    args::Tenant,
    failed::{Exit, Failed},
    output,
};

/// Serves until interrupted. Prints one line of JSON when it is ready.
pub async fn tenant(options: Tenant) -> Result<(), Failed> {
    let refused = |error: &dyn std::error::Error| Failed::new(Exit::Refused, "tenant", error.to_string());
    let mut scenario = match (&options.scenario, options.roles, options.scopes) {
        (Some(file), ..) => Scenario::read(file).map_err(|error| refused(&error))?,
        (None, Some(roles), None) => Scenario::with_roles(roles),
        (None, Some(roles), Some(scopes)) => Scenario::with_kinds(roles, scopes, options.tenants),
        (None, None, _) => Scenario::contoso(),
    };
    if let Some(n) = options.assignments {
        scenario = scenario.and_assignments(n);
    }
    if let Some(n) = options.audit {
        scenario.switches.audit_history = n;
    }
    let running = ::tenant::start(Options {
        port: options.port,
        tls: options.tls_ca.map(|ca_file| TlsOptions { ca_file }),
        scenario,
        seed: options.seed,
        latency: Duration::from_millis(options.latency),
        state_file: options.state,
    })
    .await
    .map_err(|error| refused(&error))?;
    if let Some(file) = &options.record {
        record(&running, file)?;
    }
    output::json(&running.announcement())?;
    let interrupted = tokio::signal::ctrl_c().await;
    running.shutdown().await;
    Ok(interrupted?)
}

/// Has every answer of Microsoft Graph written down, so that it can be held against Microsoft's contract.
fn record(running: &Running, file: &Path) -> Result<(), Failed> {
    let file = File::create(file)?;
    running.app().observer.watch(move |seen| {
        let line = json!({
            "version": seen.version,
            "method": seen.method.as_str(),
            "target": seen.target,
            "status": seen.status.as_u16(),
            "body": seen.body,
        });
        // One write for each line: lines of answers that are given at once stay whole.
        if let Err(error) = (&file).write_all(format!("{line}\n").as_bytes()) {
            tracing::warn!(%error, "an answer could not be written down");
        }
    });
    Ok(())
}

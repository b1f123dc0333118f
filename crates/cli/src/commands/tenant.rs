//! `pim tenant`: the simulated tenant in the foreground.

use std::time::Duration;

use ::tenant::{Options, Scenario, TlsOptions};

use crate::{
    args::Tenant,
    failed::{Exit, Failed},
    output,
};

/// Serves until interrupted. Prints one line of JSON when it is ready.
pub async fn tenant(options: Tenant) -> Result<(), Failed> {
    let refused = |error: &dyn std::error::Error| Failed::new(Exit::Refused, "tenant", error.to_string());
    let scenario = match (&options.scenario, options.roles) {
        (Some(file), _) => Scenario::read(file).map_err(|error| refused(&error))?,
        (None, Some(roles)) => Scenario::with_roles(roles),
        (None, None) => Scenario::contoso(),
    };
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
    output::json(&running.announcement())?;
    let interrupted = tokio::signal::ctrl_c().await;
    running.shutdown().await;
    Ok(interrupted?)
}

//! One request of the library, without the agent round it.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, ensure};
use chrono::TimeDelta;
use pim::{
    announced,
    api::{Client, Sources},
    auth::{Registration, SignIn},
    clock::Clock,
    net::Net,
    paths::Paths,
    saved,
    secrets::{KeyringStore, Vault},
};
use pimento_tests::clock::Stopwatch;
use serde_json::{Value, json};

/// Runs of each measurement.
pub const RUNS: usize = 7;

/// The session that the keyring keeps, with connections of its own.
pub async fn sources() -> Result<Sources> {
    let paths = Paths::locate().context("no home")?;
    let clock = Clock::system();
    let (accounts, ..) = saved::load(&paths, clock.now());
    let session = accounts.current().cloned().context("nobody has signed in")?;
    let cloud = announced::from_environment().await.context("no tenant")??;
    let net = Net::new(cloud, clock, None)?;
    let registration = Registration { tenant: session.account.tenant_id, client_id: session.client_id };
    let way_in = SignIn::new(net.clone(), registration, Vault::new(Arc::new(KeyringStore)))?;
    let tokens = way_in.restore(&session.account.id).await?.context("the keyring is empty")?;
    Ok(Sources::new(Client::new(net, tokens)))
}

/// Ten activations with one call: over a new connection, then over the same one.
pub async fn batch() -> Result<Value> {
    let listing = sources().await?.directory;
    let failed = |failure| anyhow!("{failure:?}");
    let (eligible, policies) = (listing.eligible().await.map_err(failed)?, listing.policies().await.map_err(failed)?);
    let mut activations = Vec::new();
    for role in eligible {
        let Some(asks) = policies.get(&role.key.policy_id()) else { continue };
        if !asks.mfa && !asks.ticket && asks.authentication_context.is_none() {
            activations.push(role.activation(TimeDelta::minutes(30), "Figures".into(), None));
        }
    }
    ensure!(activations.len() >= 20 * RUNS, "only {} roles that ask for a reason alone", activations.len());
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let roles = sources().await?.directory;
        for times in [&mut cold, &mut warm] {
            let ten: Vec<_> = activations.drain(..10).collect();
            let watch = Stopwatch::start();
            let outcomes = roles.activate(&ten, None).await;
            times.push(watch.elapsed().as_secs_f64() * 1_000.0);
            for outcome in outcomes {
                outcome.map_err(failed)?;
            }
        }
    }
    Ok(json!({ "cold": cold, "warm": warm }))
}

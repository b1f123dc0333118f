//! All three kinds side by side.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow, bail, ensure};
use chrono::TimeDelta;
use pim::{
    agent::Handle,
    announced,
    failure::Failure,
    model::{Eligibility, Kind, Requirements, RoleKey},
    view::{Command, Session, View},
};
use pimento_tests::clock::Stopwatch;
use serde_json::{Value, json};

use crate::{
    agent::{active, listed, requesting, simple, start, until},
    library::sources,
};

/// Of ten roles: how many of each kind.
const TEN: [(Kind, usize); 3] = [(Kind::DirectoryRole, 4), (Kind::Group, 3), (Kind::AzureResource, 3)];

/// Signs in and allows Azure, in the first tenant and in every other one where the person is known.
pub async fn sign_in() -> Result<Value> {
    let handle = start()?;
    handle.send(Command::SignInDemo);
    let mut known = Vec::new();
    for tenant in tenants()? {
        if !known.is_empty() {
            let (tenant, cloud) = (Some(tenant.clone()), Some("loopback".into()));
            handle.send(Command::SignInTenant { tenant, cloud, client_id: None, device_code: false });
        }
        known.push(arrive(&handle, &tenant).await?);
    }
    handle.shutdown().await;
    Ok(json!(known))
}

/// The ids of the tenants, as `pim tenant` printed them.
fn tenants() -> Result<Vec<String>> {
    let line = std::env::var(announced::TENANT).context("no tenant is announced")?;
    let line: Value = serde_json::from_str(&line)?;
    let tenants = line["tenants"].as_array().context("no tenants")?;
    let id = |tenant: &Value| tenant["tenantId"].as_str().map(str::to_owned);
    tenants.iter().map(|tenant| id(tenant).context("a tenant without an id")).collect()
}

/// The number of roles once somebody is signed in to the tenant, has allowed Azure, and everything is listed.
async fn arrive(handle: &Handle, tenant: &str) -> Result<usize> {
    let here = |view: &View| matches!(&view.session, Session::SignedIn { account } if account.tenant_id == tenant);
    until(handle, |view| here(view) && named(view) && !view.list.loading).await?;
    handle.send(Command::AllowSource { source: Kind::AzureResource });
    let allowed = |view: &View| {
        view.list.sources.iter().any(|source| source.kind == Kind::AzureResource && source.as_of.is_some())
    };
    let view = until(handle, |view| here(view) && allowed(view) && !view.list.loading).await?;
    ensure!(view.list.problem.is_none(), "{:?}", view.list.problem);
    Ok(view.eligible.len())
}

/// The tenant's name has been read, too: the next start need not ask for it.
fn named(view: &View) -> bool {
    matches!(&view.session, Session::SignedIn { account } if account.tenant != account.tenant_id)
}

/// Prints the number of all accounts' roles once the last of them is listed.
pub async fn accounts() -> Result<()> {
    let handle = start()?;
    let everybody: Vec<String> = handle.view().accounts.iter().map(|row| row.account.id.clone()).collect();
    let mut rows = 0;
    for account in everybody {
        handle.send(Command::SelectAccount { account: account.clone() });
        let here = |view: &View| matches!(&view.session, Session::SignedIn { account: now } if now.id == account);
        let complete = |view: &View| view.list.sources.iter().all(|source| source.as_of.is_some());
        let view = until(&handle, |view| here(view) && complete(view) && !view.list.loading).await?;
        ensure!(view.list.problem.is_none(), "{:?}", view.list.problem);
        ensure!(view.eligible.iter().all(|row| row.requirements.known), "a policy is missing");
        rows += view.eligible.len();
    }
    println!("{rows}");
    handle.shutdown().await;
    Ok(())
}

/// Ten roles of all kinds activated with one click: until the service has answered, and until all are active.
pub async fn mixed(runs: usize) -> Result<Value> {
    let handle = start()?;
    let view = listed(&handle).await?;
    let mut rows = simple(&view);
    let (mut answered, mut arrived) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut ten = Vec::new();
        for (kind, count) in TEN {
            let of_kind = rows.iter().filter(|row| row.kind == kind).take(count);
            ten.extend(of_kind.map(|row| row.id.clone()));
        }
        ensure!(ten.len() == 10, "not enough roles that ask for a reason alone");
        rows.retain(|row| !ten.contains(&row.id));
        let watch = Stopwatch::start();
        let (ids, reason) = (ten.clone(), "Figures".to_owned());
        handle.send(Command::ActivateSeveral { ids, minutes: 30, reason, ticket: None });
        until(&handle, |view| ten.iter().all(|id| !requesting(view, id))).await?;
        answered.push(watch.elapsed().as_secs_f64() * 1_000.0);
        until(&handle, |view| ten.iter().all(|id| active(view, id))).await?;
        arrived.push(watch.elapsed().as_secs_f64() * 1_000.0);
        // What follows an activation must not meet the next ten.
        until(&handle, |view| !view.list.loading).await?;
    }
    handle.shutdown().await;
    Ok(json!({ "answered": answered, "active": arrived }))
}

/// What a role asks for, by its policy's id.
type Policies = HashMap<String, Requirements>;

/// Azure's list and ten activations from it, over connections of their own.
pub async fn azure(runs: usize) -> Result<Value> {
    let azure = sources().await?.azure;
    let rows = azure.eligible(&[]).await.map_err(|failure| failed(&failure))?.found;
    let policies = azure.policies(&keys(&rows)).await.map_err(|failure| failed(&failure))?.found;
    // An earlier run has activated some.
    let active = azure.active(&[]).await.map_err(|failure| failed(&failure))?.found;
    let is_active = |key: &RoleKey| active.iter().any(|row| row.key == *key);
    let mut wanted: Vec<RoleKey> =
        rows.into_iter().map(|row| row.key).filter(|key| is_simple(key, &policies) && !is_active(key)).collect();
    ensure!(wanted.len() >= 10 * runs, "only {} roles that ask for a reason alone", wanted.len());
    let mut times = Vec::new();
    for _ in 0..runs {
        let ten: Vec<RoleKey> = wanted.drain(..10).collect();
        let azure = sources().await?.azure;
        let watch = Stopwatch::start();
        let rows = azure.eligible(&[]).await.map_err(|failure| failed(&failure))?.found;
        let chosen = rows.into_iter().filter(|row| ten.contains(&row.key));
        let activations: Vec<_> =
            chosen.map(|row| row.activation(TimeDelta::minutes(30), "Figures".into(), None)).collect();
        let outcomes = azure.activate(&activations, None).await;
        times.push(watch.elapsed().as_secs_f64() * 1_000.0);
        ensure!(outcomes.len() == 10, "{} activations", outcomes.len());
        for outcome in outcomes {
            outcome.map_err(|failure| failed(&failure))?;
        }
    }
    Ok(json!(times))
}

/// One kind's policies over a connection that is there.
pub async fn policies(kind: &str, runs: usize) -> Result<Value> {
    let kind = match kind {
        "directory" => Kind::DirectoryRole,
        "groups" => Kind::Group,
        "azure" => Kind::AzureResource,
        other => bail!("no kind {other}"),
    };
    let sources = sources().await?;
    let rows = sources.eligible(kind, &[]).await.map_err(|failure| failed(&failure))?.found;
    let keys = keys(&rows);
    let mut times = Vec::new();
    for _ in 0..runs {
        let watch = Stopwatch::start();
        let policies = sources.policies(kind, &keys).await.map_err(|failure| failed(&failure))?;
        times.push(watch.elapsed().as_secs_f64() * 1_000.0);
        // Of a group come those of its owners, too.
        let known = |key: &RoleKey| policies.found.contains_key(&key.policy_id());
        ensure!(keys.iter().all(known), "{:?}", policies.missing);
    }
    Ok(json!(times))
}

fn keys(rows: &[Eligibility]) -> Vec<RoleKey> {
    rows.iter().map(|row| row.key.clone()).collect()
}

fn is_simple(key: &RoleKey, policies: &Policies) -> bool {
    policies.get(&key.policy_id()).is_some_and(|asks| !asks.mfa && !asks.ticket && !asks.approval)
}

fn failed(failure: &Failure) -> anyhow::Error {
    anyhow!("{failure:?}")
}

//! Through the agent, as the window and the command line go.

use std::{io, sync::Arc};

use anyhow::{Context, Result, ensure};
use pim::{
    agent::{self, Demo, Handle, Setup},
    announced,
    auth::Browser,
    clock::Clock,
    net::CA_FILE,
    paths::Paths,
    problem::{Problem, Remedy},
    secrets::KeyringStore,
    view::{Command, EligibleRow, RowState, Session, View},
};
use pimento_tests::clock::Stopwatch;
use serde_json::{Value, json};
use tenant::robot::Person;

use crate::library::RUNS;

/// Who signs in.
const USER: &str = "maya";

/// The agent, on the files and the keyring that the environment names.
pub fn start() -> Result<Handle> {
    let setup = Setup {
        paths: Paths::locate().context("no home")?,
        secrets: Arc::new(KeyringStore),
        browser: Browser::new(|url| {
            let (url, person) = (url.clone(), person());
            tokio::runtime::Handle::try_current().map_err(io::Error::other)?.spawn(async move {
                if let Err(error) = person.sign_in(&url).await {
                    eprintln!("the sign-in went wrong: {error}");
                }
            });
            Ok(())
        }),
        demo: Demo::new(|| async { announced::from_environment().await.unwrap_or_else(|| Err(nowhere())) }),
        clock: Clock::system(),
        language: None,
    };
    let (handle, notifications) = agent::start(setup);
    drop(notifications);
    Ok(handle)
}

fn person() -> Person {
    let person = Person::new(USER);
    match std::env::var_os(CA_FILE) {
        Some(file) => person.trusting(file),
        None => person,
    }
}

fn nowhere() -> Problem {
    Problem {
        code: "no-tenant".into(),
        message: format!("{} names no tenant.", announced::TENANT),
        remedy: Remedy::None,
        correlation_id: None,
        detail: None,
    }
}

/// The first view that is as wanted.
pub async fn until(handle: &Handle, wanted: impl Fn(&View) -> bool) -> Result<Arc<View>> {
    let mut views = handle.views();
    let seen = views.wait_for(|view| wanted(view)).await.context("the agent has ended")?.clone();
    Ok(seen)
}

/// The view once the lists have been read in this run.
pub async fn listed(handle: &Handle) -> Result<Arc<View>> {
    let saved = handle.view().list.clone();
    let view = until(handle, |view| {
        matches!(view.session, Session::SignedIn { .. }) && !view.list.loading && view.list != saved
    });
    let view = view.await?;
    ensure!(view.list.problem.is_none(), "{:?}", view.list.problem);
    Ok(view)
}

/// Signs in, and leaves the tokens in the keyring and the list in the saved view.
pub async fn sign_in() -> Result<Value> {
    let handle = start()?;
    handle.send(Command::SignInDemo);
    let named = |view: &View| match &view.session {
        Session::SignedIn { account } => account.tenant != account.tenant_id && !view.list.loading,
        _ => false,
    };
    let view = until(&handle, |view| named(view) && view.list.as_of.is_some()).await?;
    ensure!(view.list.problem.is_none(), "{:?}", view.list.problem);
    handle.shutdown().await;
    Ok(json!(view.eligible.len()))
}

/// Prints how many rows the saved view has as soon as it is there.
pub async fn saved() -> Result<()> {
    let handle = start()?;
    println!("{}", handle.view().eligible.len());
    handle.shutdown().await;
    Ok(())
}

/// Ten roles activated together: from the command to the last answer, the connection warm.
pub async fn together() -> Result<Value> {
    let handle = start()?;
    let view = listed(&handle).await?;
    let mut rows = simple(&view);
    ensure!(rows.len() >= 10 * RUNS, "only {} roles that ask for a reason alone", rows.len());
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let ten: Vec<String> = rows.drain(..10).map(|row| row.id).collect();
        let watch = Stopwatch::start();
        for id in &ten {
            handle.send(activation(id.clone()));
        }
        let view = until(&handle, |view| ten.iter().all(|id| !requesting(view, id))).await?;
        times.push(watch.elapsed().as_secs_f64() * 1_000.0);
        ensure!(ten.iter().all(|id| active(&view, id)), "not all ten are active: {:?}", view.active);
        // What follows an activation must not meet the next ten.
        until(&handle, |view| !view.list.loading).await?;
    }
    handle.shutdown().await;
    Ok(json!(times))
}

/// One role whose provisioning takes a while: from the command to `active`.
pub async fn provisioning() -> Result<Value> {
    let handle = start()?;
    let view = listed(&handle).await?;
    let role = simple(&view).into_iter().next().context("no role that asks for a reason alone")?;
    let watch = Stopwatch::start();
    handle.send(activation(role.id.clone()));
    until(&handle, |view| active(view, &role.id)).await?;
    let took = watch.elapsed().as_secs_f64() * 1_000.0;
    handle.shutdown().await;
    Ok(json!([took]))
}

/// Roles that ask for no more than a reason.
pub fn simple(view: &View) -> Vec<EligibleRow> {
    let asks_little = |row: &&EligibleRow| {
        let asks = &row.requirements;
        asks.known && !asks.mfa && !asks.ticket && !asks.approval && asks.authentication_context.is_none()
    };
    let inactive = |row: &&EligibleRow| view.active.iter().all(|active| active.id != row.id);
    view.eligible.iter().filter(asks_little).filter(inactive).cloned().collect()
}

fn activation(id: String) -> Command {
    Command::Activate {
        id,
        minutes: 30,
        reason: "Figures".into(),
        ticket: None,
        undoable: false,
        start: None,
        scope: None,
    }
}

/// Has the service not answered yet?
pub fn requesting(view: &View, id: &str) -> bool {
    view.active.iter().find(|row| row.id == id).is_none_or(|row| row.state == RowState::Requesting)
}

/// Does the service say that it is active?
pub fn active(view: &View, id: &str) -> bool {
    view.active.iter().any(|row| row.id == id && row.state == RowState::Active)
}

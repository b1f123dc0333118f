//! The demo tenant: the one that `PIMENTO_TENANT` names, or one of our own on a loopback port.

use std::sync::Arc;

use pim::{
    agent::Demo,
    announced,
    cloud::Cloud,
    paths::Paths,
    problem::{Problem, Remedy},
    say,
};
use tokio::sync::{OnceCell, oneshot};

/// What the agent calls to have the demo tenant. It is started, or looked up, once.
pub fn hook(paths: Paths) -> Demo {
    let found = Arc::new(OnceCell::new());
    Demo::new(move || {
        let (found, paths) = (found.clone(), paths.clone());
        async move { found.get_or_try_init(|| find(paths)).await.cloned() }
    })
}

async fn find(paths: Paths) -> Result<Cloud, Problem> {
    match announced::from_environment().await {
        Some(named) => named,
        None => started(paths).await,
    }
}

/// Our own tenant, on a thread of its own: making its keys must not hold up the icon. What was activated in it is there
/// again after a restart.
async fn started(paths: Paths) -> Result<Cloud, Problem> {
    let scenario = tenant::Scenario::of_user(&paths.demo_scenario());
    let scenario = scenario.map_err(|error| announced::unusable_scenario(&error))?;
    let (told, tells) = oneshot::channel();
    let run = move || {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(told.send(Err(error.to_string()))),
        };
        runtime.block_on(async {
            let state_file = Some(paths.state().join("demo-tenant.json"));
            match tenant::start(tenant::Options { scenario, state_file, ..tenant::Options::default() }).await {
                Ok(running) => {
                    // Nobody listens when Pimento is ending.
                    let _ = told.send(Ok(running.endpoints().clone()));
                    std::future::pending::<()>().await;
                }
                Err(error) => drop(told.send(Err(error.to_string()))),
            }
        });
    };
    let spawned = std::thread::Builder::new().name("demo-tenant".into()).spawn(run);
    spawned.map_err(|error| failed(&error))?;
    let at = tells.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    Cloud::loopback(&at.authority, &at.graph, &at.arm, Some(&at.control))
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    Problem {
        code: "demo-tenant".into(),
        message: say!("demo-not-started"),
        remedy: Remedy::None,
        correlation_id: None,
        detail: Some(error.to_string()),
    }
}

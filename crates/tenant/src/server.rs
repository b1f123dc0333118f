//! Starting and stopping a tenant.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router, middleware};
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsAcceptor;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tower::Layer as _;
use tower::util::{MapResultLayer, service_fn};
use tower_http::compression::CompressionLayer;
use uuid::Uuid;

use crate::clock::Clock;
use crate::exchange::Connection;
use crate::faults::Dropped;
use crate::ids::Ids;
use crate::ledger::Ledger;
use crate::line::{Line, Slow};
use crate::scenario::Scenario;
use crate::snapshot::{self, Keeper, Snapshot};
use crate::state::{App, Endpoints, Start, State};
use crate::sts::clients::PIMENTO;
use crate::sts::keys::Keys;
use crate::tls::{self, TlsError};
use crate::{arm, control, exchange, graph, pim, sts};

/// How a tenant is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The loopback port; 0 takes the one remembered in the state file, or else any free one.
    pub port: u16,
    /// Serve https instead of http.
    pub tls: Option<TlsOptions>,
    /// Who and what is in the tenant.
    pub scenario: Scenario,
    /// Makes ids, secrets and keys repeatable; 0 makes them unpredictable.
    pub seed: u64,
    /// The line's round-trip time: the least that every answer takes (of sign-in, Graph and ARM; not of the control
    /// endpoint), and every connection, once for TCP and once for TLS.
    pub latency: Duration,
    /// Where the tenant keeps its state over restarts.
    pub state_file: Option<PathBuf>,
}

/// Serve https with a certificate of a private authority.
#[derive(Clone, Debug)]
pub struct TlsOptions {
    /// Where the authority's certificate (PEM) is written, for clients to trust.
    pub ca_file: PathBuf,
}

/// Why a tenant did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or the machine has no loopback interface.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// https was asked for and cannot be had.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The signing key could not be made.
    #[error("cannot make the signing key: {0}")]
    Key(String),
}

/// A user, as far as whoever signs in needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserSummary {
    /// The short name, which the robot and the control endpoint take.
    pub username: String,
    /// The user principal name.
    pub user_principal_name: String,
    /// The display name.
    pub name: String,
    /// What they do.
    pub job_title: String,
    /// The object id.
    pub id: Uuid,
}

/// A running tenant; it ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    app: App,
    ca_file: Option<PathBuf>,
    handle: Handle<SocketAddr>,
    serving: Option<JoinHandle<()>>,
}

/// Start a tenant on the loopback interface.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let earlier = options.state_file.as_deref().and_then(|file| snapshot::read(file, &options.scenario));
    let listener = listen(options.port, earlier.as_ref().map(|earlier| earlier.port))?;
    let wanted = options.port;
    let failed = |source| StartError::Listen { port: wanted, source };
    let port = listener.local_addr().map_err(failed)?.port();
    let tls = options.tls.as_ref().map(|tls| tls::configure(&tls.ca_file)).transpose()?;
    // Certificates are for names; MSAL and others accept only `localhost` without further ado.
    let origin = if tls.is_some() { format!("https://localhost:{port}") } else { format!("http://127.0.0.1:{port}") };
    let runs = earlier.as_ref().map_or(0, |earlier| earlier.runs + 1);
    let state_file = options.state_file.clone();
    let ca_file = options.tls.as_ref().map(|tls| tls.ca_file.clone());
    let app = tokio::task::spawn_blocking(move || -> Result<App, StartError> {
        let app = prepare(options, earlier, runs, Endpoints::below(&origin))?;
        if let Some(file) = state_file {
            let signing_key = app.keys.to_pem().map_err(|error| StartError::Key(error.to_string()))?;
            let keeper = Keeper { file, runs, port, signing_key, writing: Mutex::default() };
            // Set nowhere else.
            let _ = app.keeper.set(keeper);
            app.keep();
        }
        Ok(app)
    })
    .await
    .map_err(|panic| StartError::Key(panic.to_string()))??;

    let (handle, line) = (Handle::new(), app.line.clone());
    let service = MapResultLayer::new(hang_up as HangUp).layer(router(app.clone()));
    let connections = AtomicU64::new(0);
    // Called once for each connection.
    let service = service_fn(move |_peer: SocketAddr| {
        let connection = Connection(connections.fetch_add(1, Ordering::Relaxed) + 1);
        let service = Extension(connection).layer(service.clone());
        async move { Ok::<_, Infallible>(service) }
    });
    let server = axum_server::from_tcp(listener).map_err(failed)?.handle(handle.clone());
    let ended = |result: io::Result<()>| {
        if let Err(error) = result {
            tracing::error!(%error, "the tenant's server ended");
        }
    };
    // Small answers must not wait for the acknowledgement of the ones before them.
    let no_delay = NoDelayAcceptor::new();
    let serving = if let Some(config) = tls {
        let server = server.acceptor(Slow::new(RustlsAcceptor::new(config).acceptor(no_delay), line, true));
        tokio::spawn(async move { ended(server.serve(service).await) })
    } else {
        let server = server.acceptor(Slow::new(no_delay, line, false));
        tokio::spawn(async move { ended(server.serve(service).await) })
    };
    Ok(Running { app, ca_file, handle, serving: Some(serving) })
}

/// Listen on the wanted port; without a wish on the remembered one if it is free, or else on any.
fn listen(wanted: u16, remembered: Option<u16>) -> Result<TcpListener, StartError> {
    let bind = |port| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    if wanted == 0
        && let Some(listener) = remembered.and_then(|port| bind(port).ok())
    {
        return Ok(listener);
    }
    bind(wanted).map_err(|source| StartError::Listen { port: wanted, source })
}

/// The state at the start: that of an earlier run, or a new one. Makes a key if need be, so it takes a while.
fn prepare(options: Options, earlier: Option<Snapshot>, runs: u64, endpoints: Endpoints) -> Result<App, StartError> {
    let seed = (options.seed != 0).then_some(options.seed);
    let ids = seed.map_or_else(Ids::unpredictable, |seed| Ids::new(seed, runs));
    let unusable = |error: &dyn std::fmt::Display| StartError::Key(error.to_string());
    let (clock, ledger, keys, sts, pim, further) = if let Some(earlier) = earlier {
        let keys = Keys::from_pem(&earlier.signing_key).map_err(|error| unusable(&error))?;
        (Clock::resume(earlier.clock), Ledger::resume(earlier.ledger), keys, earlier.sts, earlier.pim, earlier.further)
    } else {
        let clock = Clock::new();
        let keys = Keys::for_seed(seed).map_err(|error| unusable(&error))?;
        let pim = pim::State::new(&options.scenario, clock.now());
        let tenants = (2..).zip(&options.scenario.tenants);
        let further = tenants.map(|(stream, tenant)| pim::State::numbered(tenant, clock.now(), stream)).collect();
        (clock, Ledger::default(), keys, sts::State::default(), pim, further)
    };
    let Options { latency, scenario, .. } = options;
    let line = Line::new(u64::try_from(latency.as_millis()).unwrap_or(u64::MAX));
    let start = Start { clock, scenario, endpoints, ledger, keys, line, sts, pim, further, ids };
    Ok(Arc::new(State::new(start)))
}

/// Everything that the tenant answers.
fn router(app: App) -> Router {
    let service = Router::new()
        .nest("/graph", graph::router())
        .nest("/arm", arm::router())
        .merge(sts::router())
        .layer(CompressionLayer::new().gzip(true))
        .layer(middleware::from_fn_with_state(app.clone(), exchange::around));
    Router::new()
        .nest("/control", control::router())
        // Clients join paths with and without the slash at the end.
        .route("/control/", get(control::show))
        .layer(middleware::from_fn_with_state(app.clone(), exchange::date))
        .merge(service)
        .layer(middleware::from_fn(exchange::loopback_only))
        .with_state(app)
}

type HangUp = fn(Result<Response, Infallible>) -> Result<Response, Dropped>;

/// A response that stands for a dropped connection becomes an error, upon which the server hangs up.
fn hang_up(result: Result<Response, Infallible>) -> Result<Response, Dropped> {
    let response = result?;
    match response.extensions().get::<Dropped>() {
        Some(dropped) => Err(*dropped),
        None => Ok(response),
    }
}

impl Running {
    /// Where the tenant answers.
    pub fn endpoints(&self) -> &Endpoints {
        &self.app.endpoints
    }

    /// Who can sign in.
    pub fn users(&self) -> Vec<UserSummary> {
        users(&self.app)
    }

    /// The tenant's state, for whoever runs it in the same process.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The line that `pim tenant` prints: endpoints, users, the id of a client that is registered here, and with https
    /// the file with the authority's certificate.
    pub fn announcement(&self) -> Value {
        let mut announcement = overview(&self.app);
        if let Some(file) = &self.ca_file {
            announcement["caFile"] = file.display().to_string().into();
        }
        announcement
    }

    /// Stop serving; returns when the port is free and the state file written.
    pub async fn shutdown(mut self) {
        self.handle.shutdown();
        if let Some(serving) = self.serving.take() {
            // From here on the port is free again.
            let _ = serving.await;
        }
        let app = self.app.clone();
        // A panic in there has been reported already, and nothing is left to be done about it.
        let _ = tokio::task::spawn_blocking(move || app.keep()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.shutdown();
        // What in-process users have changed since the last request.
        self.app.keep();
    }
}

fn users(app: &App) -> Vec<UserSummary> {
    let summary = |user: &crate::scenario::User| UserSummary {
        username: user.username.clone(),
        user_principal_name: user.user_principal_name.clone(),
        name: user.display_name.clone(),
        job_title: user.job_title.clone(),
        id: user.id,
    };
    app.scenario.users.iter().map(summary).collect()
}

/// Endpoints and users, as `GET /control` answers too.
pub(crate) fn overview(app: &App) -> Value {
    let Endpoints { authority, graph, arm, control } = &app.endpoints;
    json!({
        "authority": authority, "graph": graph, "arm": arm, "control": control,
        "tenantId": app.scenario.organization.tenant_id,
        "tenants": std::iter::once(app).chain(&app.further).map(|tenant| {
            let organization = &tenant.scenario.organization;
            json!({ "tenantId": organization.tenant_id, "displayName": organization.display_name })
        }).collect::<Vec<_>>(),
        "clientId": PIMENTO.id,
        "users": users(app),
    })
}

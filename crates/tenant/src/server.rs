//! Starting and stopping a tenant.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use serde::{Deserialize, Serialize};

use crate::graph;
use crate::scenario::Scenario;
use crate::state::{App, Endpoints, State};

/// How a tenant is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The loopback port; 0 takes any free one.
    pub port: u16,
    /// Serve https instead of http.
    pub tls: Option<TlsOptions>,
    /// Who and what is in the tenant.
    pub scenario: Scenario,
    /// Makes ids and keys repeatable.
    pub seed: u64,
    /// Added to every answer (of sign-in, Graph and ARM; not of the control endpoint).
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
}

/// A user, as far as whoever signs in needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserSummary {
    /// The user's principal name.
    pub username: String,
    /// The display name.
    pub name: String,
    /// What they do.
    pub job_title: String,
    /// The object id.
    pub id: uuid::Uuid,
}

/// A running tenant; it ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    app: App,
    handle: Handle<SocketAddr>,
}

/// Start a tenant on the loopback interface.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listen = |source| StartError::Listen { port: options.port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(listen)?;
    listener.set_nonblocking(true).map_err(listen)?;
    let port = listener.local_addr().map_err(listen)?.port();
    let endpoints = Endpoints::below(&format!("http://127.0.0.1:{port}"));
    let app = Arc::new(State::new(options.scenario, endpoints, options.seed));
    let router = Router::new().nest("/graph", graph::router()).with_state(app.clone());
    let handle = Handle::new();
    let server = axum_server::from_tcp(listener).map_err(listen)?.handle(handle.clone());
    tokio::spawn(async move {
        if let Err(error) = server.serve(router.into_make_service()).await {
            tracing::error!(%error, "the tenant's server ended");
        }
    });
    Ok(Running { app, handle })
}

impl Running {
    /// Where the tenant answers.
    pub fn endpoints(&self) -> &Endpoints {
        &self.app.endpoints
    }

    /// Who can sign in.
    pub fn users(&self) -> Vec<UserSummary> {
        let summary = |user: &crate::scenario::User| UserSummary {
            username: user.user_principal_name.clone(),
            name: user.display_name.clone(),
            job_title: user.job_title.clone(),
            id: user.id,
        };
        self.app.scenario.users.iter().map(summary).collect()
    }

    /// The tenant's state, for tests inside the process.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Stop serving and wait until everything is written.
    pub async fn shutdown(self) {
        self.handle.graceful_shutdown(Some(Duration::from_secs(1)));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

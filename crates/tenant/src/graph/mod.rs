//! Microsoft Graph.

use axum::Router;

use crate::state::App;

/// The routes below `/graph` (`/v1.0/…`, `/beta/…`).
pub fn router() -> Router<App> {
    Router::new()
}

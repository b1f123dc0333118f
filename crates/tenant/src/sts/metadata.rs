//! The documents by which clients find their way: OpenID configuration, instance discovery, JWKS.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::problem::Refusal;
use super::{CONSUMERS, correlation_id, directory_of};
use crate::state::{App, Endpoints};

/// The issuer of id tokens for a tenant id (or the `{tenantid}` placeholder).
pub(super) fn issuer(endpoints: &Endpoints, tenant: &str) -> String {
    format!("{}/{tenant}/v2.0", endpoints.authority)
}

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`.
pub(super) async fn openid_configuration(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
) -> Response {
    let issued_by = match issued_at(&app, &tenant) {
        Ok(id) => issuer(&app.endpoints, &id),
        Err(refusal) => return refusal.reported(&app, correlation_id(&app, &headers)).into_response(),
    };
    let base = format!("{}/{tenant}", app.endpoints.authority);
    Json(json!({
        "issuer": issued_by,
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "userinfo_endpoint": format!("{}/oidc/userinfo", app.endpoints.graph),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code", "id_token", "code id_token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username",
            "name", "tid", "ver", "at_hash", "c_hash", "email"],
        "request_uri_parameter_supported": false,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "tenant_region_scope": "EU",
        "cloud_instance_name": host(&app.endpoints.authority),
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": host(&app.endpoints.graph),
        "rbac_url": "https://pas.windows.net",
    }))
    .into_response()
}

/// The tenant in the issuer of what an address issues. As in Entra it is a template where every tenant is served, and
/// personal accounts have one of their own.
fn issued_at(app: &App, tenant: &str) -> Result<String, Refusal> {
    Ok(match tenant.to_ascii_lowercase().as_str() {
        "common" | "organizations" => "{tenantid}".to_owned(),
        CONSUMERS => "9188040d-6c67-4c5b-b112-36a304b66dad".to_owned(),
        _ => directory_of(app, tenant)?.scenario.organization.tenant_id.to_string(),
    })
}

/// Host and port of a URL.
fn host(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// The query of instance discovery.
#[derive(Deserialize)]
pub(super) struct Discovery {
    authorization_endpoint: Option<String>,
}

/// `GET /common/discovery/instance`: which hosts belong together, asked by MSAL before it trusts an authority.
pub(super) async fn instance_discovery(
    State(app): State<App>,
    Query(query): Query<Discovery>,
    headers: HeaderMap,
) -> Response {
    let authority = &app.endpoints.authority;
    let Some(tenant) = query.authorization_endpoint.as_deref().and_then(|asked| tenant_asked_for(authority, asked))
    else {
        let refusal = Refusal::new("invalid_instance", 50_049, "Unknown or invalid instance.");
        return refusal.reported(&app, correlation_id(&app, &headers)).into_response();
    };
    Json(json!({
        "tenant_discovery_endpoint": format!("{authority}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{
            "preferred_network": host(authority), "preferred_cache": host(authority), "aliases": [host(authority)],
        }],
    }))
    .into_response()
}

/// The tenant in an authorize address at this authority. MSAL for Python leaves its port out (`Authority`, version 1.39), so
/// that only the host counts.
fn tenant_asked_for(authority: &str, asked: &str) -> Option<String> {
    let (authority, asked) = (Url::parse(authority).ok()?, Url::parse(asked).ok()?);
    let ours = asked.scheme() == authority.scheme() && asked.host() == authority.host();
    let tenant = asked.path_segments()?.next().filter(|tenant| !tenant.is_empty())?;
    ours.then(|| tenant.to_owned())
}

/// `GET /{tenant}/discovery/v2.0/keys`.
pub(super) async fn jwks(State(app): State<App>, Path(tenant): Path<String>, headers: HeaderMap) -> Response {
    if let Err(refusal) = issued_at(&app, &tenant) {
        return refusal.reported(&app, correlation_id(&app, &headers)).into_response();
    }
    // One key for all tenants, so that its issuer is a template at every address.
    Json(app.keys.jwks(&issuer(&app.endpoints, "{tenantid}"))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_known_by_its_host() {
        let tenant = |asked| tenant_asked_for("https://localhost:8400", asked);
        for asked in
            ["https://localhost:8400/common/oauth2/v2.0/authorize", "https://localhost/common/oauth2/authorize"]
        {
            assert_eq!(tenant(asked).as_deref(), Some("common"), "{asked}");
        }
        for asked in [
            "https://login.example/common/oauth2/v2.0/authorize",
            "http://localhost:8400/common",
            "https://localhost",
            "x",
        ] {
            assert_eq!(tenant(asked), None, "{asked}");
        }
    }
}

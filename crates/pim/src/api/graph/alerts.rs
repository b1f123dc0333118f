//! The security alerts of directory roles (`roleManagementAlerts`, beta only).
//!
//! Sources: "List alerts", "Get unifiedRoleManagementAlert", "Update unifiedRoleManagementAlert", "unifiedRoleManagementAlert:
//! refresh", "Get longRunningOperation".

use reqwest::Method;
use serde_json::json;

use super::schedules::segment;
use crate::{
    api::{
        Client,
        alerts::{Operation, Row},
    },
    cloud::Resource,
    failure::Failure,
    model::Alert,
    net::Answer,
};

const BASE: &str = "/beta/identityGovernance/roleManagementAlerts";
const OF_ROLES: &str = "$filter=scopeId%20eq%20'/'%20and%20scopeType%20eq%20'DirectoryRole'";
const EXPAND: &str = "$expand=alertDefinition,alertConfiguration,alertIncidents";

/// All of them, in one request.
pub(in crate::api) async fn alerts(client: &Client) -> Result<Vec<Alert>, Failure> {
    let url = client.url(Resource::Graph, &format!("{BASE}/alerts?{OF_ROLES}&{EXPAND}"));
    let rows: Vec<Row> = client.pages(Resource::Graph, url).await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

pub(in crate::api) async fn alert(client: &Client, id: &str) -> Result<Alert, Failure> {
    let url = client.url(Resource::Graph, &format!("{BASE}/alerts/{}?{EXPAND}", segment(id)?));
    let row: Row = client.read(Resource::Graph, url).await?;
    Ok(row.alert(id.to_owned(), kind(id), None))
}

pub(in crate::api) async fn dismiss(client: &Client, id: &str) -> Result<(), Failure> {
    let url = client.url(Resource::Graph, &format!("{BASE}/alerts/{}", segment(id)?));
    let body = json!({ "isActive": false });
    client.write(Resource::Graph, Method::PATCH, url, Some(&body), None).await.map(drop)
}

/// Has the service look again, for one alert or for all.
pub(in crate::api) async fn scan(client: &Client, id: Option<&str>) -> Result<Answer, Failure> {
    let body = json!({ "scopeId": "/", "scopeType": "DirectoryRole" });
    let (path, body) = match id {
        Some(id) => (format!("{BASE}/alerts/{}/refresh", segment(id)?), None),
        None => (format!("{BASE}/alerts/refresh"), Some(&body)),
    };
    client.write(Resource::Graph, Method::POST, client.url(Resource::Graph, &path), body, None).await
}

pub(in crate::api) async fn alert_operation(client: &Client, id: &str) -> Result<Operation, Failure> {
    let url = client.url(Resource::Graph, &format!("{BASE}/operations/{}", segment(id)?));
    client.read(Resource::Graph, url).await
}

fn read(mut row: Row) -> Option<Alert> {
    let id = std::mem::take(&mut row.id);
    let kind = kind(&id).to_owned();
    (!id.is_empty()).then(|| row.alert(id, &kind, None))
}

/// Its name, without the kind of scope and the tenant before it.
fn kind(id: &str) -> &str {
    id.rsplit('_').next().unwrap_or(id)
}

/// A published alert as it is read here.
#[cfg(test)]
pub(super) fn example(entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    use serde::de::Error;

    let alert = read(serde_json::from_value(entity.clone())?);
    serde_json::to_value(alert.ok_or_else(|| serde_json::Error::custom("has no id"))?)
}

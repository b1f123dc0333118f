//! PIM's security alerts of directory roles (Microsoft Graph beta) and of Azure roles (2022-08-01-preview): what both tell of
//! them is nearly the same, and is read here.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::LOCATION;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Client, Sources, wire};
use crate::{
    auth::AccessToken,
    cloud::ALERTING,
    codes,
    failure::Failure,
    model::{Actor, Alert, Incident, Severity},
    net::Answer,
};

/// Longest detail that is kept.
const LONGEST: usize = 1000;

/// Before each look whether a scan is over.
const LOOKS: [TimeDelta; 12] = [
    TimeDelta::seconds(1),
    TimeDelta::seconds(2),
    TimeDelta::seconds(3),
    TimeDelta::seconds(5),
    TimeDelta::seconds(5),
    TimeDelta::seconds(10),
    TimeDelta::seconds(10),
    TimeDelta::seconds(15),
    TimeDelta::seconds(15),
    TimeDelta::seconds(15),
    TimeDelta::seconds(20),
    TimeDelta::seconds(20),
];

/// A scan that was asked for: where it is told how far it is. The scope is one of Azure; `None`: the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Of what.
    pub scope: Option<String>,
    /// The operation's id, where the service told one.
    pub operation: Option<String>,
}

impl Sources {
    /// The directory's alerts. `permission` is the one of Microsoft Graph that is used.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. It takes a role besides the permission.
    pub async fn directory_alerts(&self, permission: &'static str) -> Result<Vec<Alert>, Failure> {
        super::graph::alerts(&self.client.on_errand(permission)).await
    }

    /// One alert as it stands now.
    ///
    /// # Errors
    /// As [`Sources::directory_alerts`].
    pub async fn alert(&self, alert: &Alert) -> Result<Alert, Failure> {
        match &alert.scope {
            None => super::graph::alert(&self.alerting(), &alert.id).await,
            Some(scope) => self.azure.alert(scope, &alert.kind).await,
        }
    }

    /// Dismisses an alert: it is shown again when something new is found. Sent once.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn dismiss(&self, alert: &Alert, token: Option<&AccessToken>) -> Result<(), Failure> {
        match &alert.scope {
            None => super::graph::dismiss(&self.alerting(), &alert.id).await,
            Some(scope) => self.azure.dismiss(scope, &alert.kind, token).await,
        }
    }

    /// Has the service look again: at the directory, or at a scope of Azure; for one alert of these, or for all.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn scan(&self, scope: Option<&str>, alert: Option<&Alert>) -> Result<Scan, Failure> {
        let answer = match scope {
            None => super::graph::scan(&self.alerting(), alert.map(|alert| alert.id.as_str())).await?,
            Some(scope) => self.azure.scan(scope, alert.map(|alert| alert.kind.as_str())).await?,
        };
        Ok(Scan { scope: scope.map(str::to_owned), operation: operation(&answer) })
    }

    /// Waits until a scan is over, for two minutes at the longest; `false`: it goes on, or nobody can say.
    ///
    /// # Errors
    /// See [`Failure`]; also where the service says that it could not look.
    pub async fn scanned(&self, scan: &Scan) -> Result<bool, Failure> {
        let Some(id) = &scan.operation else { return Ok(false) };
        let clock = self.client.net.clock();
        for pause in LOOKS {
            clock.sleep_until(clock.now() + pause).await;
            let operation: Operation = match &scan.scope {
                None => super::graph::alert_operation(&self.alerting(), id).await?,
                Some(scope) => self.azure.alert_operation(scope, id).await?,
            };
            let word = operation.status.unwrap_or_default().to_ascii_lowercase();
            match word.as_str() {
                "succeeded" | "completed" => return Ok(true),
                "failed" | "canceled" | "cancelled" => {
                    let said = operation.status_detail.map(|detail| detail.to_string());
                    return Err(Failure::Refused(codes::ours(codes::SCAN_FAILED, said)));
                }
                _ => {}
            }
        }
        Ok(false)
    }

    fn alerting(&self) -> Client {
        self.client.on_errand(ALERTING)
    }
}

/// The id of the operation that `Location` names: the address itself is not followed.
fn operation(answer: &Answer) -> Option<String> {
    let location = answer.headers.get(LOCATION)?.to_str().ok()?;
    let path = location.split(['?', '#']).next()?;
    path.trim_end_matches('/').rsplit('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// `longRunningOperation`, `alertOperationResult`
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operation {
    status: Option<String>,
    status_detail: Option<Value>,
}

/// `unifiedRoleManagementAlert`; on Azure its `properties`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    #[serde(default)]
    pub id: String,
    incident_count: Option<u64>,
    is_active: Option<bool>,
    #[serde(default, deserialize_with = "wire::instant")]
    last_modified_date_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "wire::instant")]
    last_scanned_date_time: Option<DateTime<Utc>>,
    alert_definition: Option<Definition>,
    alert_configuration: Option<Configuration>,
    #[serde(default)]
    alert_incidents: Option<Vec<Map<String, Value>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    display_name: Option<String>,
    description: Option<String>,
    severity_level: Option<String>,
    security_impact: Option<String>,
    mitigation_steps: Option<String>,
    how_to_prevent: Option<String>,
    /// Azure has all of it in there.
    properties: Option<Box<Self>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    is_enabled: Option<bool>,
    properties: Option<Box<Self>>,
}

impl Row {
    /// As the model has it.
    pub(super) fn alert(self, id: String, kind: &str, scope: Option<String>) -> Alert {
        let definition = self.alert_definition.map(|mut outer| outer.properties.take().map_or(outer, |inner| *inner));
        let (mut name, mut severity, mut texts) = (None, Severity::Other("unknown".into()), [None, None, None, None]);
        if let Some(definition) = definition {
            name = wire::name(definition.display_name.as_deref());
            severity = definition.severity_level.as_deref().map_or(severity, Severity::from_word);
            let Definition { description, security_impact, mitigation_steps, how_to_prevent, .. } = definition;
            texts = [description, security_impact, mitigation_steps, how_to_prevent].map(wire::text);
        }
        let [description, impact, mitigation, prevention] = texts;
        let incidents: Vec<Incident> =
            self.alert_incidents.unwrap_or_default().into_iter().filter_map(incident).collect();
        let enabled = self
            .alert_configuration
            .and_then(|outer| outer.is_enabled.or_else(|| outer.properties.and_then(|inner| inner.is_enabled)));
        Alert {
            id,
            kind: kind.to_owned(),
            scope,
            name: name.unwrap_or_else(|| kind.to_owned()),
            description,
            severity,
            impact,
            mitigation,
            prevention,
            active: self.is_active.unwrap_or_default(),
            enabled,
            count: self.incident_count.unwrap_or(incidents.len() as u64),
            modified: self.last_modified_date_time,
            scanned: self.last_scanned_date_time,
            incidents,
        }
    }
}

/// A finding; `None` for one without an id.
pub(super) fn incident(mut row: Map<String, Value>) -> Option<Incident> {
    let id = match (row.remove("name"), row.remove("id")) {
        (Some(Value::String(name)), _) => name,
        (_, Some(Value::String(id))) => id,
        _ => return None,
    };
    if let Some(Value::Object(inner)) = row.remove("properties") {
        row = inner;
    }
    let mut text = |names: &[&str]| {
        let mut found = None;
        for name in names {
            if let Some(Value::String(text)) = row.remove(*name) {
                found = found.or_else(|| wire::name(Some(&text)));
            }
        }
        found
    };
    let person = Actor {
        id: text(&["assigneeId"]),
        name: text(&["assigneeDisplayName", "assigneeName"]),
        username: text(&["assigneeUserPrincipalName"]),
        app: false,
    };
    let role = text(&["roleDisplayName"]);
    let role_id = text(&["roleDefinitionId", "roleTemplateId"]);
    let known = person.id.is_some() || person.name.is_some() || person.username.is_some();
    let app = row
        .get("assigneeType")
        .and_then(Value::as_str)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("ServicePrincipal"));
    let told = |(name, value): (String, Value)| {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            _ => return None,
        };
        let plain = !name.starts_with('@') && name != "alertIncidentType" && name != "type";
        plain
            .then(|| (codes::clean(&name, LONGEST), codes::clean(&value, LONGEST)))
            .filter(|(_, value)| !value.is_empty())
    };
    let details = row.into_iter().filter_map(told).collect();
    Some(Incident { id, person: known.then_some(Actor { app, ..person }), role, role_id, details })
}

/// What is published beside alerts and read within them, and what is told of a scan, as it is read here.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &Value) -> serde_json::Result<Value> {
    use serde::de::Error;
    use serde_json::{from_value, json, to_value};

    let within = |name: &str| {
        let id = entity["id"].as_str().unwrap_or_default();
        to_value(from_value::<Row>(json!({ name: entity }))?.alert(id.to_owned(), id, None))
    };
    match collection {
        "alertdefinitions" => within("alertDefinition"),
        "alertconfigurations" => within("alertConfiguration"),
        "alertincidents" => {
            let found = incident(from_value(entity.clone())?);
            to_value(found.ok_or_else(|| serde_json::Error::custom("has no id"))?)
        }
        _ => {
            let Operation { status, status_detail } = from_value(entity.clone())?;
            Ok(json!({ "status": status, "detail": status_detail }))
        }
    }
}

#[cfg(test)]
#[path = "alerts_tests.rs"]
mod tests;

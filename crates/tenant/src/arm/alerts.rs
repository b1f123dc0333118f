//! `roleManagementAlerts`, their definitions, configurations, incidents and operations, at a scope of Azure.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure, lean};
use super::call::{Call, Place};
use super::rows::{self, stamp};
use crate::graph::alert_texts::{Texts, texts};
use crate::pim::alerts::{Alert, Incident, Look, Settings, Standing};
use crate::pim::{Refusal, State};
use crate::scenario::{AzureScope, Scope};

const KIND: &str = "roleManagementAlerts";
const NAMESPACE: &str = "Microsoft.Authorization";
const VERSION: &str = "2022-08-01-preview";

/// Answer a call for alerts or what belongs to them; `kind` is the part of it.
pub fn answer(call: &Call, place: Place, kind: &str, rest: &[&str]) -> Result<Answer, Failure> {
    let Place::At(scope) = place else { return Err(Failure::no_resource(&call.path)) };
    let (scenario, user, reading) = (call.scenario(), call.caller.oid, call.method == Method::GET);
    let may = call.pim(|state, now| {
        if reading {
            state.reads_azure(scenario, user, scope.id, now)
        } else {
            state.administers(scenario, user, Scope::Azure(scope.id), now)
        }
    });
    if !may {
        let verb = if reading { "read" } else { "write" };
        return Err(Failure::unauthorized(user, &format!("{NAMESPACE}/{kind}/{verb}"), &scope.path));
    }
    match kind.to_ascii_lowercase().as_str() {
        "rolemanagementalerts" => alerts(call, scope, rest),
        "rolemanagementalertdefinitions" => match (&call.method, rest) {
            (&Method::GET, []) => call.list(Alert::AZURE.into_iter().map(|alert| definition(scope, alert)).collect()),
            (&Method::GET, [name]) => Ok(Answer::ok(definition(scope, named(name)?))),
            _ => Err(Failure::method()),
        },
        "rolemanagementalertconfigurations" => configurations(call, scope, rest),
        "rolemanagementalertoperations" => match (&call.method, rest) {
            (&Method::GET, [id]) => {
                let found = call.pim(|state, _| find_look(state, scope, id));
                let found = found.ok_or_else(|| Failure::from(Refusal::NotFound((*id).to_owned())))?;
                Ok(Answer::ok(operation(call, scope, &found)))
            }
            _ => Err(Failure::method()),
        },
        _ => Err(Failure::no_resource(&call.path)),
    }
}

fn alerts(call: &Call, scope: &AzureScope, rest: &[&str]) -> Result<Answer, Failure> {
    let is_incidents = |name: &str| name.eq_ignore_ascii_case("alertIncidents");
    match (&call.method, rest) {
        (&Method::GET, []) => call.list(Alert::AZURE.into_iter().map(|alert| row(call, scope, alert)).collect()),
        (&Method::POST, [refresh]) if refresh.eq_ignore_ascii_case("refresh") => Ok(look(call, scope, &Alert::AZURE)),
        (&Method::GET, [name]) => Ok(Answer::ok(row(call, scope, named(name)?))),
        (&Method::PATCH, [name]) => {
            let alert = named(name)?;
            let body: Value = serde_json::from_slice(call.body).map_err(Failure::content)?;
            let active = body["properties"]["isActive"].as_bool();
            let active = active.ok_or_else(|| Failure::content("properties.isActive"))?;
            let (scenario, user) = (call.scenario(), call.caller.oid);
            call.pim(|state, now| state.set_alert_active(scenario, (alert, Some(scope.id)), user, active, now));
            Ok(Answer::no_content())
        }
        (&Method::POST, [name, refresh]) if refresh.eq_ignore_ascii_case("refresh") => {
            Ok(look(call, scope, &[named(name)?]))
        }
        (&Method::GET, [name, incidents]) if is_incidents(incidents) => {
            let alert = named(name)?;
            let found = standing(call, scope, alert).incidents;
            call.list(found.iter().map(|found| incident(call, scope, alert, found)).collect())
        }
        (&Method::GET, [name, incidents, id]) if is_incidents(incidents) => {
            let alert = named(name)?;
            let all = standing(call, scope, alert).incidents;
            let found = all.iter().find(|known| known.id.to_string().eq_ignore_ascii_case(id));
            let found = found.ok_or_else(|| Failure::from(Refusal::NotFound((*id).to_owned())))?;
            Ok(Answer::ok(incident(call, scope, alert, found)))
        }
        (&Method::POST, [name, incidents, id, verb])
            if is_incidents(incidents) && verb.eq_ignore_ascii_case("remediate") =>
        {
            let alert = (named(name)?, Some(scope.id));
            let id: Uuid = id.parse().map_err(|_| Refusal::NotFound((*id).to_owned()))?;
            let (actor, request) = (call.actor(), call.app.guid());
            call.pim(|state, now| state.remediate(call.scenario(), alert, id, (&actor, request), now))?;
            Ok(Answer::no_content())
        }
        _ => Err(Failure::method()),
    }
}

fn configurations(call: &Call, scope: &AzureScope, rest: &[&str]) -> Result<Answer, Failure> {
    match (&call.method, rest) {
        (&Method::GET, []) => {
            call.list(Alert::AZURE.into_iter().map(|alert| configuration(call, scope, alert)).collect())
        }
        (&Method::GET, [name]) => Ok(Answer::ok(configuration(call, scope, named(name)?))),
        (&Method::PATCH, [name]) => {
            let alert = named(name)?;
            let body: Value = serde_json::from_slice(call.body).map_err(Failure::content)?;
            let properties = &body["properties"];
            let mut settings = standing(call, scope, alert).settings;
            if properties["alertConfigurationType"] != typed(alert, "Configuration") {
                return Err(Failure::content("properties.alertConfigurationType"));
            }
            if let Some(enabled) = properties.get("isEnabled") {
                settings.enabled = enabled.as_bool().ok_or_else(|| Failure::content("properties.isEnabled"))?;
            }
            let (count, share) = thresholds(alert);
            number(properties, count, &mut settings.count)?;
            number(properties, share, &mut settings.percentage)?;
            let (scenario, user) = (call.scenario(), call.caller.oid);
            call.pim(|state, now| state.set_alert_settings(scenario, (alert, Some(scope.id)), user, settings, now));
            Ok(Answer::no_content())
        }
        _ => Err(Failure::method()),
    }
}

fn number(properties: &Value, name: &str, into: &mut u32) -> Result<(), Failure> {
    if let Some(value) = properties.get(name).filter(|_| !name.is_empty()) {
        let value = value.as_u64().and_then(|value| u32::try_from(value).ok());
        *into = value.ok_or_else(|| Failure::content(format!("properties.{name}")))?;
    }
    Ok(())
}

/// What an alert's thresholds are called, where it has some.
fn thresholds(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::TooManyOwners => ("thresholdNumberOfOwners", "thresholdPercentageOfOwnersOutOfAllRoleMembers"),
        Alert::TooManyPermanentOwners => {
            ("thresholdNumberOfPermanentOwners", "thresholdPercentageOfPermanentOwnersOutOfAllOwners")
        }
        _ => ("", ""),
    }
}

fn named(name: &str) -> Result<Alert, Failure> {
    let found = Alert::AZURE.into_iter().find(|alert| alert.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| Refusal::NotFound(name.to_owned()).into())
}

/// `TooManyOwnersAssignedToResourceAlertIncident`; some alerts have the word in their names already.
fn typed(alert: Alert, what: &str) -> String {
    format!("{}Alert{what}", alert.name().trim_end_matches("Alert"))
}

fn standing(call: &Call, scope: &AzureScope, alert: Alert) -> Standing {
    call.pim(|state, now| state.alert(call.scenario(), alert, Some(scope.id), now))
}

fn find_look(state: &State, scope: &AzureScope, id: &str) -> Option<Look> {
    let here = |look: &&Look| look.at.iter().all(|(_, at)| *at == Some(scope.id));
    state.looks().iter().filter(here).find(|look| look.id.to_string().eq_ignore_ascii_case(id)).cloned()
}

fn look(call: &Call, scope: &AzureScope, at: &[Alert]) -> Answer {
    let (id, user) = (call.app.guid(), call.caller.oid);
    let looked = at.iter().map(|alert| (*alert, Some(scope.id))).collect();
    let found = call.pim(|state, now| {
        state.refresh_alerts(id, user, looked, now);
        find_look(state, scope, &id.to_string())
    });
    let base = format!("{}{}/providers/{NAMESPACE}", call.app.endpoints.arm, scope.path);
    Answer {
        location: Some(format!("{base}/roleManagementAlertOperations/{id}?api-version={VERSION}")),
        ..Answer::with(StatusCode::ACCEPTED, found.map(|found| operation(call, scope, &found)))
    }
}

fn operation(call: &Call, scope: &AzureScope, look: &Look) -> Value {
    let words = if look.done { "Alert scan is complete." } else { "Alert scan is running." };
    let all = look.at.iter().map(|(alert, _)| json!({ "name": alert.name(), "statusDetail": words }));
    let detail = json!({ "result": all.collect::<Vec<_>>() });
    json!({
        "id": look.id,
        "status": if look.done { "Succeeded" } else { "Running" },
        "statusDetail": detail.to_string(),
        "lastActionDateTime": offset(if look.done { look.ends } else { look.began }),
        "createdDateTime": offset(look.began),
        "resourceLocation": format!(
            "{}{}/providers/{NAMESPACE}/{KIND}?api-version={VERSION}", call.app.endpoints.arm, scope.path
        ),
    })
}

fn offset(at: DateTime<Utc>) -> String {
    stamp(at).replace('Z', "+00:00")
}

fn wrap(scope: &AzureScope, kind: &str, name: &str, properties: &Value) -> Value {
    lean(json!({
        "properties": properties, "name": name, "id": rows::id(scope, kind, name), "type": format!("{NAMESPACE}/{kind}"),
    }))
}

fn definition(scope: &AzureScope, alert: Alert) -> Value {
    let Texts { name, description, severity, impact, steps, prevent, configurable } = texts(alert);
    let properties = json!({
        "displayName": name, "scope": scope.path.trim_start_matches('/'), "description": description,
        "severityLevel": severity, "securityImpact": impact, "mitigationSteps": steps, "howToPrevent": prevent,
        "isRemediatable": alert.is_remediatable(), "isConfigurable": configurable,
    });
    wrap(scope, "roleManagementAlertDefinitions", alert.name(), &properties)
}

fn configuration(call: &Call, scope: &AzureScope, alert: Alert) -> Value {
    let Settings { enabled, count, percentage, .. } = standing(call, scope, alert).settings;
    let mut properties = json!({
        "alertConfigurationType": typed(alert, "Configuration"), "alertDefinitionId": alert.name(),
        "scope": scope.path.trim_start_matches('/'), "isEnabled": enabled,
    });
    let (number, share) = thresholds(alert);
    if !number.is_empty() {
        properties[number] = json!(count);
        properties[share] = json!(percentage);
    }
    wrap(scope, "roleManagementAlertConfigurations", alert.name(), &properties)
}

fn row(call: &Call, scope: &AzureScope, alert: Alert) -> Value {
    let found = standing(call, scope, alert);
    let incidents = found.incidents.iter().map(|known| incident(call, scope, alert, known));
    let properties = json!({
        "scope": scope.path.trim_start_matches('/'), "incidentCount": found.incidents.len(), "isActive": found.active,
        "lastModifiedDateTime": offset(found.modified), "lastScannedDateTime": offset(found.scanned),
        "alertDefinition": definition(scope, alert), "alertIncidents": incidents.collect::<Vec<_>>(),
        "alertConfiguration": configuration(call, scope, alert),
    });
    wrap(scope, KIND, alert.name(), &properties)
}

fn incident(call: &Call, scope: &AzureScope, alert: Alert, found: &Incident) -> Value {
    let scenario = call.scenario();
    let name = found.assignee.and_then(|id| scenario.name_of(id));
    let kind = found.assignee.map(|id| if scenario.group(id).is_some() { "Group" } else { "User" });
    let kind_of_incident = typed(alert, "Incident");
    let mut properties = json!({ "alertIncidentType": kind_of_incident });
    match alert {
        Alert::TooManyOwners | Alert::TooManyPermanentOwners => {
            properties["assigneeName"] = json!(name);
            properties["assigneeType"] = json!(kind);
        }
        Alert::AzureRolesAssignedOutsidePim => {
            let user = found.assignee.and_then(|id| scenario.user(id));
            properties["assigneeDisplayName"] = json!(name);
            properties["assigneeUserPrincipalName"] = json!(user.map(|user| &user.user_principal_name));
            properties["assigneeId"] = json!(found.assignee);
            properties["roleDisplayName"] =
                json!(found.role.and_then(|id| scenario.role(id)).map(|role| &role.display_name));
            properties["roleTemplateId"] = json!(found.role);
            properties["roleDefinitionId"] = json!(found.role.map(|role| rows::role_id(call, scope, role)));
            properties["assignmentActivatedDate"] = json!(found.at.map(offset));
        }
        _ => {}
    }
    let id = format!("{}/alertIncidents/{}", rows::id(scope, KIND, alert.name()), found.id);
    lean(json!({
        "properties": properties, "name": found.id, "id": id, "type": format!("{NAMESPACE}/{KIND}/alertIncidents"),
    }))
}

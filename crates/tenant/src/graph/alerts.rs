//! `beta/identityGovernance/roleManagementAlerts`: the security alerts of directory roles.

use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::alert_texts::{Texts, texts};
use super::answer::{Answer, Failure};
use super::call::{Call, Version};
use super::list::{self, Row, Shape};
use super::rows::row;
use super::scopes;
use crate::pim::Refusal;
use crate::pim::alerts::{Alert, Incident, Settings, Standing};

const PATH: &str = "identityGovernance/roleManagementAlerts";
const PREFIX: &str = "DirectoryRole";

/// Answer a call below `roleManagementAlerts`; `rest` are the segments after it.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    // There are none in v1.0.
    if call.version == Version::V1 {
        return Err(Failure::no_segment("roleManagementAlerts"));
    }
    let reading = call.method == Method::GET;
    let needed = if reading { scopes::READ_ALERTS } else { scopes::WRITE_ALERTS };
    scopes::demand(&call.caller.scopes, needed, call.scenario().switches.missing_scope)?;
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let may = call.pim(|state, now| {
        if reading {
            state.reads_everything(scenario, user, now)
        } else {
            state.administers(scenario, user, crate::scenario::Scope::Directory, now)
        }
    });
    if !may {
        return Err(Refusal::Forbidden.into());
    }
    let [what, rest @ ..] = rest else { return Err(Failure::no_segment("roleManagementAlerts")) };
    match what.to_ascii_lowercase().as_str() {
        "alerts" => alerts(call, rest),
        "alertdefinitions" => match (&call.method, rest) {
            (&Method::GET, []) => {
                demand_scope(call)?;
                let rows = Alert::DIRECTORY.into_iter().map(|alert| definition(call, alert)).collect();
                list::collection(call, rows, &definition_shape())
            }
            (&Method::GET, [id]) => {
                list::entity(call, definition(call, find(call, id)?), &definition_shape()).map(Answer::ok)
            }
            _ => Err(Failure::method_not_allowed()),
        },
        "alertconfigurations" => configurations(call, rest),
        "operations" => operations(call, rest),
        _ => Err(Failure::no_segment(what)),
    }
}

fn alerts(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    match (&call.method, rest) {
        (&Method::GET, []) => {
            demand_scope(call)?;
            let rows = Alert::DIRECTORY.into_iter().map(|alert| alert_row(call, alert)).collect();
            list::collection(call, rows, &alert_shape(call))
        }
        (&Method::POST, [refresh]) if refresh.eq_ignore_ascii_case("refresh") => {
            let body: Value = call.json()?;
            if body["scopeId"] != "/" {
                return Err(Failure::bad_request("The scopeId is not supported."));
            }
            Ok(look(call, &Alert::DIRECTORY))
        }
        (&Method::GET, [id]) => {
            list::entity(call, alert_row(call, find(call, id)?), &alert_shape(call)).map(Answer::ok)
        }
        (&Method::PATCH, [id]) => {
            let alert = find(call, id)?;
            let Change { is_active } = call.json()?;
            let (scenario, user) = (call.scenario(), call.caller.oid);
            call.pim(|state, now| state.set_alert_active(scenario, (alert, None), user, is_active, now));
            Ok(Answer::no_content())
        }
        (&Method::POST, [id, refresh]) if refresh.eq_ignore_ascii_case("refresh") => Ok(look(call, &[find(call, id)?])),
        (&Method::GET, [id, what]) if what.eq_ignore_ascii_case("alertDefinition") => {
            list::entity(call, definition(call, find(call, id)?), &definition_shape()).map(Answer::ok)
        }
        (&Method::GET, [id, what]) if what.eq_ignore_ascii_case("alertConfiguration") => {
            let alert = find(call, id)?;
            list::entity(call, configuration(call, alert), &configuration_shape(call)).map(Answer::ok)
        }
        (&Method::GET, [id, what]) if what.eq_ignore_ascii_case("alertIncidents") => {
            let alert = find(call, id)?;
            let rows = standing(call, alert).incidents.iter().map(|found| incident(call, alert, found)).collect();
            list::collection(call, rows, &incident_shape(id))
        }
        (&Method::GET, [id, what, one]) if what.eq_ignore_ascii_case("alertIncidents") => {
            let alert = find(call, id)?;
            let incidents = standing(call, alert).incidents;
            let found = incidents.iter().find(|known| known.id.to_string().eq_ignore_ascii_case(one));
            let found = found.ok_or_else(|| Failure::not_found(one))?;
            list::entity(call, incident(call, alert, found), &incident_shape(id)).map(Answer::ok)
        }
        (&Method::POST, [id, what, one, verb])
            if what.eq_ignore_ascii_case("alertIncidents") && verb.eq_ignore_ascii_case("remediate") =>
        {
            let alert = find(call, id)?;
            let one: Uuid = one.parse().map_err(|_| Failure::not_found(one))?;
            let (actor, request) = (call.actor(), call.app.guid());
            call.pim(|state, now| state.remediate(call.scenario(), (alert, None), one, (&actor, request), now))?;
            Ok(Answer::no_content())
        }
        (_, [.., last]) => Err(Failure::no_segment(last)),
        (_, []) => Err(Failure::method_not_allowed()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    is_active: bool,
}

fn configurations(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    match (&call.method, rest) {
        (&Method::GET, []) => {
            demand_scope(call)?;
            let rows = Alert::DIRECTORY.into_iter().map(|alert| configuration(call, alert)).collect();
            list::collection(call, rows, &configuration_shape(call))
        }
        (&Method::GET, [id]) => {
            let alert = find(call, id)?;
            list::entity(call, configuration(call, alert), &configuration_shape(call)).map(Answer::ok)
        }
        (&Method::PATCH, [id]) => {
            let alert = find(call, id)?;
            let body: Value = call.json()?;
            let kind = body["@odata.type"].as_str().unwrap_or_default();
            if !kind.trim_start_matches('#').eq_ignore_ascii_case(&typed(alert, "Configuration")[1..]) {
                return Err(Failure::bad_request("The body does not say which type of configuration it is."));
            }
            let settings = changed(standing(call, alert).settings, &body)?;
            let (scenario, user) = (call.scenario(), call.caller.oid);
            call.pim(|state, now| state.set_alert_settings(scenario, (alert, None), user, settings, now));
            Ok(Answer::no_content())
        }
        (_, [.., last]) => Err(Failure::no_segment(last)),
        (_, []) => Err(Failure::method_not_allowed()),
    }
}

/// The settings with what a body says.
fn changed(mut settings: Settings, body: &Value) -> Result<Settings, Failure> {
    let wrong = |name: &str| Failure::bad_request(format!("Invalid value for '{name}'."));
    let number = |name: &str, into: &mut u32| match body.get(name) {
        None => Ok(()),
        Some(value) => {
            let value = value.as_u64().and_then(|value| u32::try_from(value).ok());
            value.map(|value| *into = value).ok_or_else(|| wrong(name))
        }
    };
    let length = |name: &str| match body.get(name) {
        None => Ok(None),
        Some(value) => {
            let length = value.as_str().and_then(|text| text.parse::<crate::scenario::IsoDuration>().ok());
            length.map(Some).ok_or_else(|| wrong(name))
        }
    };
    if let Some(enabled) = body.get("isEnabled") {
        settings.enabled = enabled.as_bool().ok_or_else(|| wrong("isEnabled"))?;
    }
    number("globalAdminCountThreshold", &mut settings.count)?;
    number("percentageOfGlobalAdminsOutOfRolesThreshold", &mut settings.percentage)?;
    number("sequentialActivationCounterThreshold", &mut settings.count)?;
    if let Some(length) = length("duration")? {
        settings.days = u32::try_from(length.length().num_days()).map_err(|_| wrong("duration"))?;
    }
    if let Some(length) = length("timeIntervalBetweenActivations")? {
        settings.minutes =
            u32::try_from(length.length().num_minutes()).map_err(|_| wrong("timeIntervalBetweenActivations"))?;
    }
    Ok(settings)
}

fn operations(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    let shape = Shape::plain(format!("{PATH}/operations"), "longRunningOperation");
    let stamps = call.stamps();
    let rows: Vec<Row> = call.pim(|state, _| {
        let mine = state.looks().iter().filter(|look| look.at.iter().all(|(_, scope)| scope.is_none()));
        let rows = mine.map(|look| {
            row(json!({
                "id": look.id,
                "createdDateTime": stamps.coarse(look.began),
                "lastActionDateTime": stamps.coarse(if look.done { look.ends } else { look.began }),
                "resourceLocation": format!("{}/{PATH}/alerts", call.root()),
                "status": if look.done { "succeeded" } else { "running" },
                "statusDetail": null,
            }))
        });
        rows.collect()
    });
    match (&call.method, rest) {
        (&Method::GET, []) => list::collection(call, rows, &shape),
        (&Method::GET, [id]) => {
            let found = rows.into_iter().find(|row| row["id"].as_str().is_some_and(|is| is.eq_ignore_ascii_case(id)));
            list::entity(call, found.ok_or_else(|| Failure::not_found(id))?, &shape).map(Answer::ok)
        }
        _ => Err(Failure::method_not_allowed()),
    }
}

fn look(call: &Call, at: &[Alert]) -> Answer {
    let (id, user) = (call.app.guid(), call.caller.oid);
    let at = at.iter().map(|alert| (*alert, None)).collect();
    call.pim(|state, now| state.refresh_alerts(id, user, at, now));
    Answer::accepted(format!("{}/{PATH}/operations/{id}", call.root()))
}

/// Lists are for one scope and one type of it.
fn demand_scope(call: &Call) -> Result<(), Failure> {
    let filter = call.query.filter.as_ref();
    let required = |name| filter.and_then(|filter| filter.required(name)).and_then(Value::as_str);
    let kind = required("scopeType").is_some_and(|kind| kind.eq_ignore_ascii_case(PREFIX) || kind == "Directory");
    if required("scopeId") == Some("/") && kind {
        return Ok(());
    }
    Err(Failure::invalid_filter("The $filter must name scopeId and scopeType."))
}

/// `DirectoryRole_{tenantId}_{name}`.
fn id_of(call: &Call, alert: Alert) -> String {
    format!("{PREFIX}_{}_{}", call.scenario().organization.tenant_id, alert.name())
}

fn find(call: &Call, id: &str) -> Result<Alert, Failure> {
    let found = Alert::DIRECTORY.into_iter().find(|alert| id_of(call, *alert).eq_ignore_ascii_case(id));
    found.ok_or_else(|| Failure::not_found(id))
}

fn standing(call: &Call, alert: Alert) -> Standing {
    call.pim(|state, now| state.alert(call.scenario(), alert, None, now))
}

/// The name of an alert's configurations and incidents, which is not always that in its id.
fn typed(alert: Alert, what: &str) -> String {
    let stem = match alert {
        Alert::RolesAssignedOutsidePim => "rolesAssignedOutsidePrivilegedIdentityManagementAlert".to_owned(),
        other => {
            let name = other.name();
            format!("{}{}", name[..1].to_ascii_lowercase(), &name[1..])
        }
    };
    format!("#microsoft.graph.{stem}{what}")
}

fn definition(call: &Call, alert: Alert) -> Row {
    let Texts { name, description, severity, impact, steps, prevent, configurable } = texts(alert);
    row(json!({
        "id": id_of(call, alert),
        "displayName": name,
        "scopeType": PREFIX,
        "scopeId": "/",
        "description": description,
        "severityLevel": severity,
        "securityImpact": impact,
        "mitigationSteps": steps,
        "howToPrevent": prevent,
        "isRemediatable": alert.is_remediatable(),
        "isConfigurable": configurable,
    }))
}

fn configuration(call: &Call, alert: Alert) -> Row {
    let settings = standing(call, alert).settings;
    let id = id_of(call, alert);
    let mut made = row(json!({
        "@odata.type": typed(alert, "Configuration"), "id": id, "alertDefinitionId": id, "scopeType": PREFIX,
        "scopeId": "/", "isEnabled": settings.enabled,
    }));
    let mut set = |name: &str, value: Value| made.insert(name.to_owned(), value);
    match alert {
        Alert::TooManyGlobalAdmins => {
            set("globalAdminCountThreshold", json!(settings.count));
            set("percentageOfGlobalAdminsOutOfRolesThreshold", json!(settings.percentage));
        }
        Alert::SequentialActivationRenewals => {
            set("sequentialActivationCounterThreshold", json!(settings.count));
            set("timeIntervalBetweenActivations", json!(format!("PT{}M", settings.minutes)));
        }
        Alert::RedundantAssignment | Alert::StaleSignIn => {
            set("duration", json!(format!("P{}D", settings.days)));
        }
        _ => {}
    }
    made
}

fn alert_row(call: &Call, alert: Alert) -> Row {
    let found = standing(call, alert);
    let id = id_of(call, alert);
    row(json!({
        "id": id, "alertDefinitionId": id, "scopeId": "/", "scopeType": PREFIX,
        "incidentCount": found.incidents.len(), "isActive": found.active,
        "lastModifiedDateTime": call.stamps().coarse(found.modified),
        "lastScannedDateTime": call.stamps().coarse(found.scanned),
    }))
}

fn incident(call: &Call, alert: Alert, found: &Incident) -> Row {
    let scenario = call.scenario();
    let mut made = row(json!({ "@odata.type": typed(alert, "Incident"), "id": found.id }));
    let mut set = |name: &str, value: Value| made.insert(name.to_owned(), value);
    let at = found.at.map(|at| call.stamps().coarse(at));
    if let Some(assignee) = found.assignee {
        set("assigneeId", json!(assignee));
        set("assigneeDisplayName", json!(scenario.name_of(assignee)));
        set("assigneeUserPrincipalName", json!(scenario.user(assignee).map(|user| &user.user_principal_name)));
    }
    let role = found.role.and_then(|id| scenario.directory_role(id)).filter(|_| alert != Alert::TooManyGlobalAdmins);
    if let Some(role) = role {
        set("roleDisplayName", json!(role.display_name));
        set("roleTemplateId", json!(role.id));
        if alert != Alert::NoMfaOnRoleActivation {
            set("roleDefinitionId", json!(role.id));
        }
    }
    match alert {
        Alert::InvalidLicense => {
            set("tenantLicenseStatus", json!("Disabled"));
        }
        Alert::RedundantAssignment => {
            set("lastActivationDateTime", json!(at));
        }
        Alert::RolesAssignedOutsidePim => {
            set("assignmentCreatedDateTime", json!(at));
        }
        Alert::StaleSignIn => {
            set("lastSignInDateTime", json!(at));
            set("assignmentCreatedDateTime", Value::Null);
        }
        Alert::SequentialActivationRenewals => {
            set("activationCount", json!(found.until.map(|(_, count)| count)));
            set("sequenceStartDateTime", json!(at));
            set("sequenceEndDateTime", json!(found.until.map(|(end, _)| call.stamps().coarse(end))));
        }
        _ => {}
    }
    made
}

fn definition_shape<'a>() -> Shape<'a> {
    Shape::plain(format!("{PATH}/alertDefinitions"), "unifiedRoleManagementAlertDefinition")
}

fn incident_shape<'a>(id: &str) -> Shape<'a> {
    // Of one type, but of another one in every alert.
    let shape = Shape::plain(format!("{PATH}/alerts('{id}')/alertIncidents"), "unifiedRoleManagementAlertIncident");
    Shape { mixed: true, ..shape }
}

fn of_row(call: &Call, row: &Row) -> Result<Alert, Failure> {
    find(call, row.get("alertDefinitionId").and_then(Value::as_str).unwrap_or_default())
}

fn configuration_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        navigation: vec!["alertDefinition"],
        mixed: true,
        expand: Box::new(|row, _| Ok(definition(call, of_row(call, row)?).into())),
        ..Shape::plain(format!("{PATH}/alertConfigurations"), "unifiedRoleManagementAlertConfiguration")
    }
}

fn alert_shape<'a>(call: &'a Call<'a>) -> Shape<'a> {
    Shape {
        navigation: vec!["alertDefinition", "alertConfiguration", "alertIncidents"],
        expand: Box::new(|row, expand| {
            let alert = of_row(call, row)?;
            Ok(match expand.name.as_str() {
                "alertDefinition" => definition(call, alert).into(),
                "alertConfiguration" => configuration(call, alert).into(),
                _ => standing(call, alert)
                    .incidents
                    .iter()
                    .map(|found| Value::Object(incident(call, alert, found)))
                    .collect(),
            })
        }),
        ..Shape::plain(format!("{PATH}/alerts"), "unifiedRoleManagementAlert")
    }
}

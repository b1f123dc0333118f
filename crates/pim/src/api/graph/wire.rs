//! What Graph sends and wants to be sent. Enumerations are compared without regard to case and kept as text where unknown;
//! `null` and absent are the same.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::duration;
use crate::{
    codes,
    model::{Action, Activation, ActivationRequest, Assignment, Eligibility, Kind, MemberType, RequestStatus, RoleKey},
};

/// The whole directory.
const DIRECTORY: &str = "/";

/// Longest name that is kept.
const LONGEST_NAME: usize = 256;

/// An eligibility or assignment schedule instance.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Instance {
    id: String,
    role_definition_id: String,
    directory_scope_id: Option<String>,
    app_scope_id: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "instant")]
    end_date_time: Option<DateTime<Utc>>,
    member_type: Option<String>,
    assignment_type: Option<String>,
    role_definition: Option<Named>,
    directory_scope: Option<Named>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    display_name: Option<String>,
}

impl Instance {
    /// `own` is the caller's object id.
    pub(super) fn eligibility(self, own: &str) -> Option<Eligibility> {
        let (key, role_name, scope_name) = self.named()?;
        Some(Eligibility {
            key,
            instance_id: self.id,
            role_name,
            scope_name,
            principal_id: own.to_owned(),
            member_type: member_type(self.member_type),
            end: self.end_date_time,
        })
    }

    pub(super) fn assignment(self) -> Option<Assignment> {
        let (key, role_name, scope_name) = self.named()?;
        Some(Assignment {
            key,
            instance_id: self.id,
            role_name,
            scope_name,
            activated: self.assignment_type.is_some_and(|kind| kind.eq_ignore_ascii_case("activated")),
            start: self.start_date_time,
            end: self.end_date_time,
        })
    }

    fn named(&self) -> Option<(RoleKey, String, Option<String>)> {
        let key = key(&self.role_definition_id, self.directory_scope_id.as_deref(), self.app_scope_id.as_deref())?;
        let role_name = name(self.role_definition.as_ref()).unwrap_or_else(|| key.role_definition_id.clone());
        let whole = key.directory_scope_id == DIRECTORY && key.app_scope_id.is_none();
        // A scope without a name is told by its id: two rows of one role must never look the same.
        let scope_name = (!whole).then(|| {
            let id = key.app_scope_id.as_ref().unwrap_or(&key.directory_scope_id);
            name(self.directory_scope.as_ref()).unwrap_or_else(|| codes::clean(id, LONGEST_NAME))
        });
        Some((key, role_name, scope_name))
    }
}

/// `None` for a row that names no role, which nobody could act on.
fn key(role: &str, scope: Option<&str>, app_scope: Option<&str>) -> Option<RoleKey> {
    let app_scope = app_scope.filter(|scope| !scope.is_empty());
    let scope = scope.unwrap_or(if app_scope.is_some() { "" } else { DIRECTORY });
    (!role.is_empty()).then(|| RoleKey {
        kind: Kind::DirectoryRole,
        role_definition_id: role.to_owned(),
        directory_scope_id: scope.to_owned(),
        app_scope_id: app_scope.map(str::to_owned),
    })
}

fn name(named: Option<&Named>) -> Option<String> {
    let name = named?.display_name.as_deref()?;
    Some(codes::clean(name, LONGEST_NAME)).filter(|name| !name.is_empty())
}

fn member_type(text: Option<String>) -> MemberType {
    let text = text.unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "direct" => MemberType::Direct,
        "group" => MemberType::Group,
        "inherited" => MemberType::Inherited,
        _ => MemberType::Other(text),
    }
}

/// A `roleAssignmentScheduleRequest`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    id: String,
    status: Option<String>,
    action: Option<String>,
    role_definition_id: Option<String>,
    directory_scope_id: Option<String>,
    app_scope_id: Option<String>,
    justification: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    created_date_time: Option<DateTime<Utc>>,
    schedule_info: Option<ScheduleInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScheduleInfo {
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<DateTime<Utc>>,
    expiration: Option<Expiration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expiration {
    #[serde(default, deserialize_with = "instant")]
    end_date_time: Option<DateTime<Utc>>,
    duration: Option<String>,
}

impl Request {
    /// `None` for what an administrator did, or a request about no role. `asked` is what we asked for, in an answer to us.
    pub(super) fn activation_request(self, asked: Option<&RoleKey>) -> Option<ActivationRequest> {
        let action = match self.action.as_deref().unwrap_or_default().to_ascii_lowercase().as_str() {
            "selfactivate" => Action::SelfActivate,
            "selfdeactivate" => Action::SelfDeactivate,
            _ => return None,
        };
        let own_key = self
            .role_definition_id
            .as_deref()
            .and_then(|role| key(role, self.directory_scope_id.as_deref(), self.app_scope_id.as_deref()));
        let start = self.schedule_info.as_ref().and_then(|info| info.start_date_time);
        let expiration = self.schedule_info.and_then(|info| info.expiration);
        let end = expiration.and_then(|expiration| {
            let length = expiration.duration.as_deref().and_then(duration::parse);
            expiration.end_date_time.or_else(|| start?.checked_add_signed(length?))
        });
        Some(ActivationRequest {
            id: self.id,
            key: own_key.or_else(|| asked.cloned())?,
            action,
            status: status(self.status.unwrap_or_default()),
            created: self.created_date_time,
            start,
            end,
            justification: self.justification.filter(|text| !text.is_empty()),
        })
    }
}

/// The vocabulary is an open one on Graph; these are the names that Azure's interface enumerates and that were recorded.
fn status(text: String) -> RequestStatus {
    match text.to_ascii_lowercase().as_str() {
        "provisioned" => RequestStatus::Provisioned,
        "granted" => RequestStatus::Granted,
        "pendingapproval" => RequestStatus::PendingApproval,
        "revoked" => RequestStatus::Revoked,
        "denied" | "admindenied" => RequestStatus::Denied,
        "canceled" | "cancelled" => RequestStatus::Canceled,
        "timedout" => RequestStatus::TimedOut,
        "failed" | "invalid" | "failedasresourceislocked" => RequestStatus::Failed(text),
        "accepted"
        | "pendingevaluation"
        | "pendingprovisioning"
        | "pendingapprovalprovisioning"
        | "pendingadmindecision"
        | "adminapproved"
        | "provisioningstarted"
        | "pendingschedulecreation"
        | "schedulecreated"
        | "pendingexternalprovisioning"
        | "pendingrevocation" => RequestStatus::InFlight(text),
        _ => RequestStatus::Other(text),
    }
}

/// The body of a `selfActivate`. The scope goes back verbatim, the start always with its zone.
pub(super) fn self_activate(activation: &Activation, now: DateTime<Utc>) -> Value {
    let mut body = target("selfActivate", &activation.key, &activation.principal_id);
    body["justification"] = json!(activation.justification);
    body["isValidationOnly"] = json!(false);
    body["scheduleInfo"] = json!({
        "startDateTime": now.to_rfc3339_opts(SecondsFormat::Millis, true),
        "expiration": { "type": "afterDuration", "duration": duration::format(activation.duration) },
    });
    if let Some(ticket) = &activation.ticket {
        body["ticketInfo"] = json!({ "ticketNumber": ticket.number, "ticketSystem": ticket.system });
    }
    body
}

/// The body of a `selfDeactivate`.
pub(super) fn self_deactivate(key: &RoleKey, principal_id: &str) -> Value {
    target("selfDeactivate", key, principal_id)
}

fn target(action: &str, key: &RoleKey, principal_id: &str) -> Value {
    let mut body = json!({
        "action": action,
        "principalId": principal_id,
        "roleDefinitionId": key.role_definition_id,
    });
    if !key.directory_scope_id.is_empty() {
        body["directoryScopeId"] = json!(key.directory_scope_id);
    }
    if let Some(app_scope_id) = &key.app_scope_id {
        body["appScopeId"] = json!(app_scope_id);
    }
    body
}

/// An instant with 0 to 7 fractional digits, with `Z`, an offset, or (in some places) without; the year 1 means never.
fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    const LONG_AGO: TimeDelta = TimeDelta::days(366 * 100);
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let text = text.trim();
    let instant = match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => instant.to_utc(),
        Err(_) => {
            text.parse::<NaiveDateTime>().map_err(|_| serde::de::Error::custom("a time that cannot be read"))?.and_utc()
        }
    };
    Ok((instant > DateTime::UNIX_EPOCH - LONG_AGO).then_some(instant))
}

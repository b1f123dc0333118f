//! What Azure Resource Manager sends and wants to be sent (api-version 2020-10-01; approvals 2021-01-01-preview).

mod holding;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) use self::holding::administer;
use super::scope;
use crate::{
    api::{
        rules::{self, Rule},
        wire::{self, ScheduleInfo, TicketInfo, instant, name},
    },
    model::{
        self, Activation, ActivationRequest, ApprovalStage, Assignment, Condition, Deactivation, Decision, Eligibility,
        Extension, Requirements, Reviewer, RoleKey, RolePolicy, Scope, Tenant,
    },
};

/// Names of scopes by their ids in lower case.
pub(super) type Names = HashMap<String, String>;

/// Everything of Azure's comes in this.
#[derive(Clone, Deserialize)]
pub(super) struct Envelope<T> {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    properties: T,
}

/// An instance or a request. All in one: what is not a row's own is absent.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Properties {
    scope: Option<String>,
    role_definition_id: Option<String>,
    principal_id: Option<String>,
    principal_type: Option<String>,
    status: Option<String>,
    condition: Option<String>,
    condition_version: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    created_on: Option<DateTime<Utc>>,
    #[serde(rename = "expandedProperties")]
    expanded: Option<Expanded>,
    linked_role_eligibility_schedule_id: Option<String>,

    // Of an instance.
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "instant")]
    end_date_time: Option<DateTime<Utc>>,
    member_type: Option<String>,
    assignment_type: Option<String>,
    role_eligibility_schedule_id: Option<String>,
    role_assignment_schedule_id: Option<String>,
    origin_role_assignment_id: Option<String>,
    linked_role_eligibility_schedule_instance_id: Option<String>,

    // Of a request.
    request_type: Option<String>,
    approval_id: Option<String>,
    justification: Option<String>,
    requestor_id: Option<String>,
    #[serde(alias = "targetRoleEligibilityScheduleId")]
    target_role_assignment_schedule_id: Option<String>,
    schedule_info: Option<ScheduleInfo>,
    ticket_info: Option<TicketInfo>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expanded {
    scope: Option<Thing>,
    role_definition: Option<Thing>,
    principal: Option<Thing>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thing {
    id: Option<String>,
    display_name: Option<String>,
    /// Only people have one.
    user_principal_name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

pub(super) type Row = Envelope<Properties>;

impl Row {
    /// What makes it the same row when it comes from two readings.
    pub(super) fn instance_id(&self) -> String {
        if self.id.is_empty() { self.name.to_ascii_lowercase() } else { self.id.to_ascii_lowercase() }
    }

    /// `None` for a row that names no role, which nobody could act on.
    pub(super) fn key(&self) -> Option<RoleKey> {
        let role = self.properties.role_definition_id.as_deref().filter(|id| !id.is_empty())?;
        Some(RoleKey::azure(role, self.scope()?))
    }

    fn scope(&self) -> Option<&str> {
        let expanded = || self.properties.expanded.as_ref()?.scope.as_ref()?.id.as_deref();
        self.properties.scope.as_deref().or_else(expanded).filter(|scope| scope::checked(scope).is_ok())
    }

    /// The scope's name, for the path of everything below.
    pub(super) fn learn(&self, names: &mut Names) {
        if let (Some(scope), Some(name)) = (self.scope(), self.scope_name()) {
            names.insert(scope.to_ascii_lowercase(), name);
        }
    }

    fn thing(&self, of: impl FnOnce(&Expanded) -> Option<&Thing>) -> Option<&Thing> {
        self.properties.expanded.as_ref().and_then(of)
    }

    fn scope_name(&self) -> Option<String> {
        name(self.thing(|all| all.scope.as_ref())?.display_name.as_deref())
    }

    fn role(&self) -> (Option<String>, Option<String>) {
        let role = self.thing(|all| all.role_definition.as_ref());
        (role.and_then(|role| name(role.display_name.as_deref())), role.and_then(|role| name(role.kind.as_deref())))
    }

    /// The group that holds it, if it is one: its name, or its id.
    fn through(&self, own: &str) -> Option<String> {
        let holder = self.properties.principal_id.as_deref().filter(|id| !id.is_empty())?;
        // People and applications hold it themselves; of words that this version does not know that is not certain.
        let kind = self.properties.principal_type.as_deref().unwrap_or_default();
        let itself = ["", "User", "ServicePrincipal"].iter().any(|known| known.eq_ignore_ascii_case(kind));
        if holder.eq_ignore_ascii_case(own) || itself {
            return None;
        }
        let named =
            self.thing(|all| all.principal.as_ref()).and_then(|principal| name(principal.display_name.as_deref()));
        named.or_else(|| name(Some(holder)))
    }

    #[cfg(test)]
    pub(super) fn held_through(&self, own: &str) -> Option<String> {
        self.through(own)
    }

    fn condition(&self) -> Option<Condition> {
        let expression = wire::text(self.properties.condition.clone())?;
        Some(Condition { expression, version: wire::text(self.properties.condition_version.clone()) })
    }

    /// `own` is the caller's object id.
    pub(super) fn eligibility(self, own: &str, names: &Names) -> Option<Eligibility> {
        let key = self.key()?;
        let (role_name, role_type) = self.role();
        let scope_path = scope::path(&key.scope_id, names);
        let scope_type = self.thing(|all| all.scope.as_ref()).and_then(|scope| scope.kind.as_deref());
        Some(Eligibility {
            role_name: role_name.unwrap_or_else(|| scope::last(&key.role_definition_id).to_owned()),
            scope_name: self.scope_name().or_else(|| scope_path.last().map(|scope| scope.name.clone())),
            scope_type: Some(scope::named_type(scope_type, &key.scope_id)),
            scope_path,
            through: self.through(own),
            condition: self.condition(),
            role_type,
            key,
            instance_id: self.id,
            principal_id: own.to_owned(),
            member_type: wire::member_type(self.properties.member_type),
            start: self.properties.start_date_time,
            end: self.properties.end_date_time,
            schedule_id: self.properties.role_eligibility_schedule_id,
            status: self.properties.status,
            created: self.properties.created_on,
        })
    }

    /// `own` is the caller's object id.
    pub(super) fn assignment(self, own: &str, names: &Names) -> Option<Assignment> {
        let key = self.key()?;
        let (role_name, role_type) = self.role();
        let scope_path = scope::path(&key.scope_id, names);
        let scope_type = self.thing(|all| all.scope.as_ref()).and_then(|scope| scope.kind.as_deref());
        let scope_type = Some(scope::named_type(scope_type, &key.scope_id));
        let (through, condition) = (self.through(own), self.condition());
        let scope_name = self.scope_name().or_else(|| scope_path.last().map(|scope| scope.name.clone()));
        let (activated, assignment_type) = wire::assignment_type(self.properties.assignment_type);
        Some(Assignment {
            role_name: role_name.unwrap_or_else(|| scope::last(&key.role_definition_id).to_owned()),
            scope_name,
            scope_type,
            scope_path,
            through,
            condition,
            role_type,
            key,
            instance_id: self.id,
            activated,
            assignment_type,
            start: self.properties.start_date_time,
            end: self.properties.end_date_time,
            principal_id: own.to_owned(),
            member_type: wire::member_type(self.properties.member_type),
            schedule_id: self.properties.role_assignment_schedule_id,
            origin_id: self.properties.origin_role_assignment_id,
            eligibility_schedule_id: self.properties.linked_role_eligibility_schedule_id,
            eligibility_instance_id: self.properties.linked_role_eligibility_schedule_instance_id,
            status: self.properties.status,
            created: self.properties.created_on,
        })
    }

    /// `asked` is what we asked for, in an answer to us. `id` names it: made by us, because the service's own differs in
    /// case from answer to answer.
    pub(super) fn activation_request(self, asked: Option<&RoleKey>) -> Option<ActivationRequest> {
        let key = self.key().or_else(|| asked.cloned())?;
        let named = if self.name.is_empty() { scope::last(&self.id).to_owned() } else { self.name.clone() };
        let of_eligibility = self.id.to_ascii_lowercase().contains("/roleeligibilityschedulerequests/");
        let collection = if of_eligibility { ELIGIBILITY_REQUESTS } else { REQUESTS };
        let id = in_collection(&key.scope_id, collection, &named);
        let principal_name =
            self.thing(|all| all.principal.as_ref()).and_then(|principal| name(principal.display_name.as_deref()));
        let principal_username = self
            .thing(|all| all.principal.as_ref())
            .and_then(|principal| name(principal.user_principal_name.as_deref()));
        let (scope_name, condition, (role_name, _)) = (self.scope_name(), self.condition(), self.role());
        let properties = self.properties;
        let (start, end) = ScheduleInfo::span(properties.schedule_info, properties.created_on);
        Some(ActivationRequest {
            role_name,
            scope_name,
            principal_name,
            principal_username,
            condition,
            principal_id: properties.principal_id,
            requestor_id: properties.requestor_id,
            created: properties.created_on,
            start,
            end,
            justification: wire::text(properties.justification),
            approval_id: properties.approval_id.filter(|id| !id.is_empty()),
            ticket: TicketInfo::ticket(properties.ticket_info),
            schedule_id: properties.target_role_assignment_schedule_id,
            eligibility_schedule_id: properties.linked_role_eligibility_schedule_id,
            ..ActivationRequest::new(id, key, wire::action(properties.request_type), wire::status(properties.status))
        })
    }
}

/// The full id of an assignment request.
pub(super) fn request_id(scope: &str, named: &str) -> String {
    in_collection(scope, REQUESTS, named)
}

fn in_collection(scope: &str, collection: &str, named: &str) -> String {
    format!("{}/{collection}/{named}", scope.trim_end_matches('/'))
}

/// Below a scope.
pub(super) const REQUESTS: &str = "providers/Microsoft.Authorization/roleAssignmentScheduleRequests";

/// Below a scope.
pub(super) const ELIGIBILITY_REQUESTS: &str = "providers/Microsoft.Authorization/roleEligibilityScheduleRequests";

/// The body of a `SelfActivate`. Without a start it begins when the service takes it, and may be sent again word for word.
pub(super) fn self_activate(activation: &Activation) -> Value {
    let mut properties = target("SelfActivate", &activation.key, &activation.principal_id, &activation.justification);
    let start = activation.start.unwrap_or_default();
    properties["scheduleInfo"] = wire::activation_schedule(activation, start, "AfterDuration");
    if activation.start.is_none()
        && let Some(info) = properties["scheduleInfo"].as_object_mut()
    {
        info.remove("startDateTime");
    }
    if let Some(schedule) = &activation.eligibility_schedule_id {
        properties["linkedRoleEligibilityScheduleId"] = json!(schedule);
    }
    if let Some(ticket) = &activation.ticket {
        properties["ticketInfo"] = wire::ticket_info(ticket);
    }
    if let Some(Condition { expression, version }) = &activation.condition {
        properties["condition"] = json!(expression);
        if let Some(version) = version {
            properties["conditionVersion"] = json!(version);
        }
    }
    json!({ "properties": properties })
}

/// The body of a `SelfDeactivate`.
pub(super) fn self_deactivate(deactivation: &Deactivation) -> Value {
    let Deactivation { key, principal_id, justification, .. } = deactivation;
    json!({ "properties": target("SelfDeactivate", key, principal_id, justification) })
}

/// The body of a `SelfExtend` or `SelfRenew`.
pub(super) fn self_extend(extension: &Extension, now: DateTime<Utc>) -> Value {
    let action = if extension.renew { "SelfRenew" } else { "SelfExtend" };
    let mut properties = target(action, &extension.key, &extension.principal_id, &extension.justification);
    properties["scheduleInfo"] = wire::extension_schedule(extension, now, "AfterDateTime");
    json!({ "properties": properties })
}

fn target(action: &str, key: &RoleKey, principal_id: &str, justification: &str) -> Value {
    let mut properties = json!({
        "principalId": principal_id,
        "roleDefinitionId": key.role_definition_id,
        "requestType": action,
    });
    if !justification.is_empty() {
        properties["justification"] = json!(justification);
    }
    properties
}

/// The body of a decision, as documented; working clients send the same within `properties`.
pub(super) fn decision(decision: &Decision) -> Value {
    json!({ "reviewResult": decision.verdict.word(), "justification": decision.justification })
}

/// A `roleManagementPolicyAssignment`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Policy {
    role_definition_id: Option<String>,
    #[serde(rename = "policyId")]
    id: Option<String>,
    effective_rules: Option<Vec<Value>>,
}

impl Envelope<Policy> {
    /// Is it about this role? The filter that asked for it is not documented.
    pub(super) fn is_about(&self, role_definition_id: &str) -> bool {
        let role = self.properties.role_definition_id.as_deref().unwrap_or_default();
        scope::last(role).eq_ignore_ascii_case(scope::last(role_definition_id))
    }

    pub(super) fn requirements(self) -> Requirements {
        let rules = self.properties.effective_rules.unwrap_or_default();
        // A rule that this version cannot read is no reason to know nothing of the others.
        let read = rules.into_iter().filter_map(|rule| serde_json::from_value::<Rule>(rule).ok());
        rules::requirements(read.collect())
    }

    /// The policy as it stands.
    pub(super) fn whole(self) -> Option<RolePolicy> {
        let Policy { id, effective_rules, .. } = self.properties;
        Some(RolePolicy { id: id?, rules: effective_rules? })
    }
}

/// An `eligibleChildResource`, or a subscription.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Child {
    id: String,
    #[serde(alias = "displayName")]
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Where a management group has its name.
    #[serde(default)]
    properties: Option<ChildProperties>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChildProperties {
    display_name: Option<String>,
}

impl Child {
    pub(super) fn scope(self) -> Option<Scope> {
        scope::checked(&self.id).ok()?;
        Some(Scope {
            name: name(self.properties.and_then(|within| within.display_name).as_deref())
                .or_else(|| name(self.name.as_deref()))
                .or_else(|| name(Some(scope::last(&self.id))))?,
            scope_type: scope::named_type(self.kind.as_deref(), &self.id),
            id: self.id,
        })
    }
}

/// A tenant of the account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TenantRow {
    tenant_id: String,
    display_name: Option<String>,
    default_domain: Option<String>,
    domains: Option<Vec<String>>,
    tenant_category: Option<String>,
    tenant_type: Option<String>,
    country: Option<String>,
    country_code: Option<String>,
    tenant_branding_logo_url: Option<String>,
}

impl TenantRow {
    pub(super) fn tenant(self) -> Tenant {
        Tenant {
            id: self.tenant_id,
            name: name(self.display_name.as_deref()),
            default_domain: name(self.default_domain.as_deref()),
            domains: self.domains.unwrap_or_default().iter().filter_map(|domain| name(Some(domain))).collect(),
            category: name(self.tenant_category.as_deref()),
            tenant_type: name(self.tenant_type.as_deref()),
            country: name(self.country.as_deref()).or_else(|| name(self.country_code.as_deref())),
            logo: wire::text(self.tenant_branding_logo_url),
        }
    }
}

/// What an approval holds.
#[derive(Deserialize)]
pub(super) struct ApprovalProperties {
    stages: Option<Vec<Envelope<Stage>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stage {
    display_name: Option<String>,
    status: Option<String>,
    assigned_to_me: Option<bool>,
    review_result: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    reviewed_date_time: Option<DateTime<Utc>>,
    reviewed_by: Option<ReviewedBy>,
    justification: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReviewedBy {
    principal_id: Option<String>,
    principal_name: Option<String>,
    principal_type: Option<String>,
    user_principal_name: Option<String>,
}

impl Envelope<ApprovalProperties> {
    pub(super) fn approval(self) -> model::Approval {
        let stages = self.properties.stages.unwrap_or_default().into_iter().map(Envelope::<Stage>::stage);
        model::Approval { stages: stages.collect(), id: self.id }
    }
}

impl Envelope<Stage> {
    pub(super) fn stage(self) -> ApprovalStage {
        let stage = self.properties;
        ApprovalStage {
            id: self.id,
            name: name(stage.display_name.as_deref()),
            status: stage.status.unwrap_or_default(),
            assigned_to_me: stage.assigned_to_me.unwrap_or(false),
            result: wire::review_result(stage.review_result),
            reviewed: stage.reviewed_date_time,
            reviewer: stage.reviewed_by.map(|by| Reviewer {
                id: by.principal_id.filter(|id| !id.is_empty()),
                name: name(by.principal_name.as_deref()),
                username: name(by.user_principal_name.as_deref()),
                principal_type: name(by.principal_type.as_deref()),
            }),
            justification: wire::text(stage.justification),
        }
    }
}

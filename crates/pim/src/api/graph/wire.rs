//! What Graph sends and wants to be sent about directory roles and groups. The two differ in how they name the target; the
//! rest is one wire.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::wire::{self, Named, ScheduleInfo, TicketInfo, instant, name, named},
    model::{
        self, Activation, ActivationRequest, AdminAction, Administration, ApprovalStage, Assignment, Deactivation,
        Decision, Eligibility, Extension, Holding, Kind, Principal, PrincipalKind, Reviewer, RoleKey, ScopeType, Side,
    },
};

/// The whole directory.
const DIRECTORY: &str = "/";

/// An instance or a request. All in one, as with the rules of a policy: what is not a row's own is absent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    #[serde(default)]
    id: String,
    // A definition at a scope,
    role_definition_id: Option<String>,
    directory_scope_id: Option<String>,
    app_scope_id: Option<String>,
    role_definition: Option<Named>,
    directory_scope: Option<Named>,
    app_scope: Option<Named>,
    // or a way to be in a group;
    group_id: Option<String>,
    access_id: Option<String>,
    group: Option<Named>,
    // and whose it is.
    principal_id: Option<String>,
    principal: Option<Named>,
    status: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    created_date_time: Option<DateTime<Utc>>,

    // Of an instance.
    #[serde(default, deserialize_with = "instant")]
    start_date_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "instant")]
    end_date_time: Option<DateTime<Utc>>,
    member_type: Option<String>,
    assignment_type: Option<String>,
    role_assignment_origin_id: Option<String>,
    #[serde(alias = "roleEligibilityScheduleId")]
    eligibility_schedule_id: Option<String>,
    #[serde(alias = "roleAssignmentScheduleId")]
    assignment_schedule_id: Option<String>,
    activated_using: Option<Activated>,

    // Of a request.
    action: Option<String>,
    justification: Option<String>,
    approval_id: Option<String>,
    target_schedule_id: Option<String>,
    is_validation_only: Option<bool>,
    #[serde(default, deserialize_with = "instant")]
    completed_date_time: Option<DateTime<Utc>>,
    created_by: Option<CreatedBy>,
    schedule_info: Option<ScheduleInfo>,
    ticket_info: Option<TicketInfo>,
}

/// The eligibility instance that an assignment was activated from.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Activated {
    id: Option<String>,
    #[serde(alias = "roleEligibilityScheduleId")]
    eligibility_schedule_id: Option<String>,
}

#[derive(Deserialize)]
struct CreatedBy {
    user: Option<Creator>,
}

#[derive(Deserialize)]
struct Creator {
    id: Option<String>,
}

/// Of an instance: the application's own scope that it is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScopedRow {
    app_scope_id: Option<String>,
    app_scope: Option<Named>,
}

/// Takes the names of applications' own scopes over.
pub(super) fn name_application_scopes(rows: &mut [Row], scopes: Vec<ScopedRow>) {
    let named = |row: ScopedRow| Some((row.app_scope_id?.to_lowercase(), row.app_scope?));
    let known: HashMap<String, Named> = scopes.into_iter().filter_map(named).collect();
    for row in rows.iter_mut().filter(|row| row.is_scoped_to_an_application()) {
        let id = row.app_scope_id.as_ref().map(|id| id.to_lowercase());
        row.app_scope = id.and_then(|id| known.get(&id)).cloned();
    }
}

impl Row {
    pub(super) fn is_scoped_to_an_application(&self) -> bool {
        self.app_scope.is_none() && self.app_scope_id.as_deref().is_some_and(|id| !id.is_empty())
    }

    /// `None` for a row that names no role, which nobody could act on.
    pub(super) fn key(&self) -> Option<RoleKey> {
        if let Some(group) = self.group_id.as_deref().filter(|id| !id.is_empty()) {
            let access = self.access_id.as_deref().filter(|access| !access.is_empty())?;
            return Some(RoleKey::in_group(group, access));
        }
        let role = self.role_definition_id.as_deref().filter(|id| !id.is_empty())?;
        let app_scope = self.app_scope_id.as_deref().filter(|scope| !scope.is_empty());
        let scope = self.directory_scope_id.as_deref();
        let scope = scope.unwrap_or(if app_scope.is_some() { "" } else { DIRECTORY });
        Some(RoleKey { app_scope_id: app_scope.map(str::to_owned), ..RoleKey::directory(role, scope) })
    }

    /// The role's name; its id where the service tells none.
    fn role_name(&self, key: &RoleKey) -> String {
        self.known_role_name().unwrap_or_else(|| match key.kind {
            Kind::Group => key.scope_id.clone(),
            _ => key.role_definition_id.clone(),
        })
    }

    fn known_role_name(&self) -> Option<String> {
        named(self.group.as_ref()).or_else(|| named(self.role_definition.as_ref()))
    }

    fn scope_name(&self, key: &RoleKey) -> Option<String> {
        if key.kind == Kind::Group {
            return match key.access() {
                Some(access) => Some(access.word().into()),
                None => name(Some(&key.role_definition_id)),
            };
        }
        let whole = key.scope_id == DIRECTORY && key.app_scope_id.is_none();
        // A scope without a name is told by its id: two rows of one role must never look the same.
        (!whole)
            .then(|| self.known_scope_name().or_else(|| name(key.app_scope_id.as_deref().or(Some(&key.scope_id)))))
            .flatten()
    }

    fn known_scope_name(&self) -> Option<String> {
        named(self.directory_scope.as_ref()).or_else(|| named(self.app_scope.as_ref()))
    }

    fn scope_type(&self, key: &RoleKey) -> Option<ScopeType> {
        if key.kind == Kind::Group {
            return Some(ScopeType::Group);
        }
        if key.scope_id == DIRECTORY {
            return Some(ScopeType::Root);
        }
        if key.scope_id.to_ascii_lowercase().starts_with("/administrativeunits/") {
            return Some(ScopeType::AdministrativeUnit);
        }
        let odata_type = self.directory_scope.as_ref().or(self.app_scope.as_ref())?.odata_type.as_deref()?;
        let word = odata_type.rsplit('.').next().unwrap_or(odata_type).trim_start_matches('#');
        match word.to_ascii_lowercase().as_str() {
            "administrativeunit" => Some(ScopeType::AdministrativeUnit),
            "group" => Some(ScopeType::Group),
            _ => name(Some(word)).map(ScopeType::Other),
        }
    }

    /// Start and end: of an instance as they are, of a schedule in its `scheduleInfo`.
    fn span(&mut self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let (start, end) = ScheduleInfo::span(self.schedule_info.take(), None);
        (self.start_date_time.or(start), self.end_date_time.or(end))
    }

    /// The group that holds it, if it is one: its name, or its id.
    fn through(&self, own: &str) -> Option<String> {
        let holder = self.principal_id.as_deref().filter(|id| !id.is_empty() && !id.eq_ignore_ascii_case(own))?;
        named(self.principal.as_ref()).or_else(|| name(Some(holder)))
    }
}

impl Row {
    /// `own` is the caller's object id. Through a group the row names the group; a request must name the person.
    pub(super) fn eligibility(mut self, own: &str) -> Option<Eligibility> {
        let key = self.key()?;
        let (start, end) = self.span();
        Some(Eligibility {
            role_name: self.role_name(&key),
            scope_name: self.scope_name(&key),
            scope_type: self.scope_type(&key),
            scope_path: Vec::new(),
            through: self.through(own),
            key,
            instance_id: self.id,
            principal_id: own.to_owned(),
            member_type: wire::member_type(self.member_type),
            start,
            end,
            schedule_id: self.eligibility_schedule_id,
            condition: None,
            role_type: None,
            status: self.status,
            created: self.created_date_time,
        })
    }

    /// `own` is the caller's object id.
    pub(super) fn assignment(mut self, own: &str) -> Option<Assignment> {
        let key = self.key()?;
        let (start, end) = self.span();
        let (role_name, scope_name, scope_type) = (self.role_name(&key), self.scope_name(&key), self.scope_type(&key));
        let through = self.through(own);
        let (activated, assignment_type) = wire::assignment_type(self.assignment_type);
        let used = self.activated_using.map(|used| (used.eligibility_schedule_id, used.id));
        let (used_schedule, used_instance) = used.unwrap_or_default();
        Some(Assignment {
            role_name,
            scope_name,
            scope_type,
            scope_path: Vec::new(),
            through,
            key,
            instance_id: self.id,
            activated,
            assignment_type,
            start,
            end,
            principal_id: own.to_owned(),
            member_type: wire::member_type(self.member_type),
            schedule_id: self.assignment_schedule_id,
            origin_id: self.role_assignment_origin_id,
            eligibility_schedule_id: used_schedule,
            eligibility_instance_id: used_instance,
            condition: None,
            role_type: None,
            status: self.status,
            created: self.created_date_time,
        })
    }
}

impl Row {
    /// Somebody's schedule.
    pub(super) fn holding(mut self, side: Side) -> Option<Holding> {
        let key = self.key()?;
        let (start, end) = self.span();
        let (role, scope) = (self.role_name(&key), self.scope_name(&key));
        let principal = self.principal.as_ref();
        let kind = principal.and_then(|principal| principal_kind(principal.odata_type.as_deref()?));
        let principal = Principal {
            name: named(principal),
            username: principal.and_then(|principal| name(principal.user_principal_name.as_deref())),
            kind,
            id: self.principal_id.filter(|id| !id.is_empty())?,
        };
        let (activated, _) = wire::assignment_type(self.assignment_type);
        Some(Holding {
            id: self.id,
            key,
            side,
            role,
            scope,
            principal,
            activated: activated && side == Side::Active,
            member_type: wire::member_type(self.member_type),
            start,
            end,
            status: self.status,
            created: self.created_date_time,
        })
    }

    /// A `roleAssignmentScheduleRequest` or `privilegedAccessGroupAssignmentScheduleRequest`.
    ///
    /// `None` for a request about no role. `asked` is what we asked for, in an answer to us.
    pub(super) fn activation_request(self, asked: Option<&RoleKey>) -> Option<ActivationRequest> {
        let key = self.key().or_else(|| asked.cloned())?;
        let scope_name = if key.kind == Kind::Group { self.scope_name(&key) } else { self.known_scope_name() };
        let (role_name, principal_name) = (self.known_role_name(), named(self.principal.as_ref()));
        let principal_username =
            self.principal.as_ref().and_then(|principal| name(principal.user_principal_name.as_deref()));
        let (start, end) = ScheduleInfo::span(self.schedule_info, self.created_date_time);
        Some(ActivationRequest {
            role_name,
            scope_name,
            principal_name,
            principal_username,
            principal_id: self.principal_id,
            requestor_id: self.created_by.and_then(|by| by.user).and_then(|user| user.id),
            created: self.created_date_time,
            start,
            end,
            justification: wire::text(self.justification),
            completed: self.completed_date_time,
            approval_id: self.approval_id.filter(|id| !id.is_empty()),
            ticket: TicketInfo::ticket(self.ticket_info),
            schedule_id: self.target_schedule_id,
            validation_only: self.is_validation_only.unwrap_or(false),
            ..ActivationRequest::new(self.id, key, wire::action(self.action), wire::status(self.status))
        })
    }
}

/// The body of a `selfActivate`. The scope goes back verbatim.
pub(super) fn self_activate(activation: &Activation, now: DateTime<Utc>) -> Value {
    let mut body = target("selfActivate", &activation.key, &activation.principal_id);
    body["justification"] = json!(activation.justification);
    body["isValidationOnly"] = json!(false);
    body["scheduleInfo"] = wire::activation_schedule(activation, now, "afterDuration");
    if let Some(ticket) = &activation.ticket {
        body["ticketInfo"] = wire::ticket_info(ticket);
    }
    body
}

/// The body of a `selfDeactivate`.
pub(super) fn self_deactivate(deactivation: &Deactivation) -> Value {
    let mut body = target("selfDeactivate", &deactivation.key, &deactivation.principal_id);
    if !deactivation.justification.is_empty() {
        body["justification"] = json!(deactivation.justification);
    }
    body
}

/// The body of a `selfExtend` or `selfRenew`.
pub(super) fn self_extend(extension: &Extension, now: DateTime<Utc>) -> Value {
    let mut body = target(wire::extension_action(extension), &extension.key, &extension.principal_id);
    body["justification"] = json!(extension.justification);
    body["scheduleInfo"] = wire::extension_schedule(extension, now, "afterDateTime");
    body
}

/// The body of an `adminAssign` and its like; with `validation` the service only says what it would say.
pub(super) fn administer(asked: &Administration, validation: bool, now: DateTime<Utc>) -> Value {
    let mut body = target(asked.action.word(), &asked.key, &asked.principal_id);
    body["justification"] = json!(asked.justification);
    body["isValidationOnly"] = json!(validation);
    if asked.action != AdminAction::Remove {
        body["scheduleInfo"] = wire::administered_schedule(asked, now, "afterDateTime", "noExpiration");
    }
    if let Some(ticket) = &asked.ticket {
        body["ticketInfo"] = wire::ticket_info(ticket);
    }
    body
}

fn principal_kind(odata_type: &str) -> Option<PrincipalKind> {
    let word = odata_type.rsplit('.').next().unwrap_or(odata_type).trim_start_matches('#');
    wire::principal_kind(word)
}

fn target(action: &str, key: &RoleKey, principal_id: &str) -> Value {
    if key.kind == Kind::Group {
        return json!({
            "action": action,
            "principalId": principal_id,
            "groupId": key.scope_id,
            "accessId": key.role_definition_id,
        });
    }
    let mut body = json!({
        "action": action,
        "principalId": principal_id,
        "roleDefinitionId": key.role_definition_id,
    });
    if !key.scope_id.is_empty() {
        body["directoryScopeId"] = json!(key.scope_id);
    }
    if let Some(app_scope_id) = &key.app_scope_id {
        body["appScopeId"] = json!(app_scope_id);
    }
    body
}

/// The body of a decision.
pub(super) fn decision(decision: &Decision) -> Value {
    json!({ "reviewResult": decision.verdict.word(), "justification": decision.justification })
}

/// An `approval`: with `stages` in version 1.0, with `steps` in the beta.
#[derive(Deserialize)]
pub(super) struct Approval {
    id: String,
    #[serde(default, alias = "steps")]
    stages: Option<Vec<Stage>>,
}

/// An `approvalStage` or `approvalStep`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stage {
    id: String,
    display_name: Option<String>,
    status: Option<String>,
    assigned_to_me: Option<bool>,
    review_result: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    reviewed_date_time: Option<DateTime<Utc>>,
    reviewed_by: Option<Identity>,
    justification: Option<String>,
}

/// An `identity` or `userIdentity`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    id: Option<String>,
    display_name: Option<String>,
    user_principal_name: Option<String>,
}

impl Approval {
    pub(super) fn approval(self) -> model::Approval {
        let stages = self.stages.unwrap_or_default().into_iter().map(Stage::stage);
        model::Approval { id: self.id, stages: stages.collect() }
    }
}

impl Stage {
    pub(super) fn stage(self) -> ApprovalStage {
        ApprovalStage {
            id: self.id,
            name: name(self.display_name.as_deref()),
            status: self.status.unwrap_or_default(),
            assigned_to_me: self.assigned_to_me.unwrap_or(false),
            result: wire::review_result(self.review_result),
            reviewed: self.reviewed_date_time,
            reviewer: self.reviewed_by.map(|by| Reviewer {
                id: by.id.filter(|id| !id.is_empty()),
                name: name(by.display_name.as_deref()),
                username: name(by.user_principal_name.as_deref()),
                principal_type: None,
            }),
            justification: wire::text(self.justification),
        }
    }
}

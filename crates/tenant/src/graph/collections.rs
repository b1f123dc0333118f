//! Schedules, instances and requests, of directory roles below `roleManagement/directory` and of groups below
//! `identityGovernance/privilegedAccess/group`; and role definitions.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, Version};
use super::list::{self, Row, Shape};
use super::rows::{self, Viewer};
use super::{requests, scopes};
use crate::pim::{Refusal, Request, Schedule, Side, State};
use crate::scenario::{Kind, RoleDefinition, Scope};

/// What a collection holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `…Schedules`.
    Schedules,
    /// `…ScheduleInstances`.
    Instances,
    /// `…ScheduleRequests`.
    Requests,
}

/// The kinds that Microsoft Graph serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Directory roles.
    Roles,
    /// Groups.
    Groups,
}

/// A collection that this tenant serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Of which kind.
    pub family: Family,
    /// What it holds.
    pub table: Table,
    /// Eligibilities or assignments.
    pub side: Side,
}

impl Collection {
    /// The collection with this name, in any case.
    pub fn named(family: Family, name: &str) -> Option<Self> {
        let tables = [Table::Schedules, Table::Instances, Table::Requests];
        let sides = [Side::Eligibility, Side::Assignment];
        let mut all = tables.into_iter().flat_map(|table| sides.map(|side| Self { family, table, side }));
        all.find(|collection| collection.name().eq_ignore_ascii_case(name))
    }

    fn kind(self) -> Kind {
        match self.family {
            Family::Roles => Kind::Directory,
            Family::Groups => Kind::Group,
        }
    }

    /// `EligibilitySchedule`, `AssignmentScheduleRequest` and the like.
    fn stem(self) -> String {
        let side = match self.side {
            Side::Eligibility => "Eligibility",
            Side::Assignment => "Assignment",
        };
        let table = match self.table {
            Table::Schedules => "",
            Table::Instances => "Instance",
            Table::Requests => "Request",
        };
        format!("{side}Schedule{table}")
    }

    fn name(self) -> String {
        let stem = self.stem();
        match self.family {
            Family::Roles => format!("role{stem}s"),
            Family::Groups => format!("{}{}s", stem[..1].to_ascii_lowercase(), &stem[1..]),
        }
    }

    fn path(self) -> &'static str {
        match self.family {
            Family::Roles => "roleManagement/directory",
            Family::Groups => "identityGovernance/privilegedAccess/group",
        }
    }

    /// The name of its entities' type.
    pub fn type_name(self) -> String {
        match self.family {
            Family::Roles => format!("unifiedRole{}", self.stem()),
            Family::Groups => format!("privilegedAccessGroup{}", self.stem()),
        }
    }

    fn navigation(self) -> Vec<&'static str> {
        let mut navigation = match self.family {
            Family::Roles => vec!["roleDefinition", "principal", "directoryScope", "appScope"],
            Family::Groups => vec!["group", "principal"],
        };
        if self.side == Side::Assignment {
            navigation.push("activatedUsing");
        }
        if self.table == Table::Requests {
            navigation.push("targetSchedule");
        }
        navigation
    }

    /// The delegated permissions of which one is needed.
    fn scopes(self, method: &Method) -> &'static [&'static str] {
        match (self.family, self.table, self.side) {
            (Family::Roles, Table::Requests, Side::Eligibility) => scopes::WRITE_ELIGIBILITY,
            (Family::Roles, Table::Requests, Side::Assignment) => scopes::WRITE_ASSIGNMENT,
            (Family::Roles, _, Side::Eligibility) => scopes::READ_ELIGIBILITY,
            (Family::Roles, _, Side::Assignment) => scopes::READ_ASSIGNMENT,
            // Unlike those of roles, requests of groups can be read with a permission to read.
            (Family::Groups, _, Side::Eligibility) if *method == Method::GET => scopes::READ_GROUP_ELIGIBILITY,
            (Family::Groups, _, Side::Assignment) if *method == Method::GET => scopes::READ_GROUP_ASSIGNMENT,
            (Family::Groups, _, Side::Eligibility) => scopes::WRITE_GROUP_ELIGIBILITY,
            (Family::Groups, _, Side::Assignment) => scopes::WRITE_GROUP_ASSIGNMENT,
        }
    }
}

impl Collection {
    /// The permission that lets somebody take away, and no more.
    fn removal(self) -> &'static str {
        match (self.family, self.side) {
            (Family::Roles, Side::Eligibility) => scopes::REMOVE_ELIGIBILITY,
            (Family::Roles, Side::Assignment) => scopes::REMOVE_ASSIGNMENT,
            (Family::Groups, Side::Eligibility) => scopes::REMOVE_GROUP_ELIGIBILITY,
            (Family::Groups, Side::Assignment) => scopes::REMOVE_GROUP_ASSIGNMENT,
        }
    }

    /// The navigation property of this name, in any case.
    fn related(self, name: &str) -> Option<&'static str> {
        self.navigation().into_iter().find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The collection that a navigation property leads to.
    fn leads_to(self, name: &str) -> String {
        let other = |table, side| collection_context(Self { table, side, ..self });
        match name {
            "roleDefinition" => "roleManagement/directory/roleDefinitions".to_owned(),
            "group" => "groups".to_owned(),
            "activatedUsing" if self.table == Table::Instances => other(Table::Instances, Side::Eligibility),
            "activatedUsing" => other(Table::Schedules, Side::Eligibility),
            "targetSchedule" => other(Table::Schedules, self.side),
            _ => "directoryObjects".to_owned(),
        }
    }
}

/// What `filterByCurrentUser(on='…')` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// What is for the caller.
    Principal,
    /// What the caller asked for.
    CreatedBy,
    /// What the caller decides on.
    Approver,
}

/// Answer a call below one of the collections; `rest` are the segments after its name.
pub fn answer(call: &Call, collection: Collection, rest: &[String]) -> Result<Answer, Failure> {
    let mut needed = collection.scopes(&call.method).to_vec();
    if call.method == Method::POST && collection.table == Table::Requests && requests::takes_away(call) {
        needed.push(collection.removal());
    }
    scopes::demand(&call.caller.scopes, &needed, call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    match (&call.method, collection.table, rest) {
        (&Method::GET, _, []) => everything(call, collection),
        (&Method::POST, Table::Requests, []) => requests::create(call, collection),
        (&Method::GET, _, [function]) if is_function(function) => mine(call, collection, function),
        (&Method::GET, _, [id]) => one(call, collection, id),
        (&Method::POST, Table::Requests, [id, cancel]) if cancel.eq_ignore_ascii_case("cancel") => {
            requests::cancel(call, collection, id)
        }
        (&Method::GET, _, [id, name]) if collection.related(name).is_some() => related(call, collection, id, name),
        (_, _, [] | [_]) => Err(Failure::method_not_allowed()),
        (_, _, [.., last]) => Err(Failure::no_segment(last)),
    }
}

/// Whether a segment is a call of the bound function.
pub fn is_function(segment: &str) -> bool {
    segment.get(..19).is_some_and(|name| name.eq_ignore_ascii_case("filterByCurrentUser"))
}

/// `filterByCurrentUser(on='principal')`.
pub fn on(call: &Call, segment: &str, table: Table) -> Result<On, Failure> {
    let argument: String = segment[19..].chars().filter(|c| !c.is_whitespace()).collect();
    let value = argument.strip_prefix("(on=").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    // The value, or the name of an option that has it.
    let value = if value.starts_with('@') { call.query.alias(value).unwrap_or_default() } else { value };
    let on = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or_default();
    let only_principal = table != Table::Requests;
    match on.to_ascii_lowercase().as_str() {
        "principal" => Ok(On::Principal),
        "createdby" if !only_principal => Ok(On::CreatedBy),
        "approver" if !only_principal => Ok(On::Approver),
        _ => Err(Failure::bad_request(format!("The parameter of '{segment}' is not supported here."))),
    }
}

/// The plain collection: everybody's rows, for those who may read them.
fn everything(call: &Call, collection: Collection) -> Result<Answer, Failure> {
    demand_filter(call, collection)?;
    let (rows, privileged) = call.pim(|state, now| {
        let (scenario, user) = (call.scenario(), call.caller.oid);
        let group = call.query.filter.as_ref().and_then(|filter| filter.required("groupId")).and_then(Value::as_str);
        let group = group.and_then(|id| id.parse().ok()).map(Scope::Group);
        // Whoever administers a group reads what concerns it.
        let administers = group.is_some_and(|group| state.administers(scenario, user, group, now));
        let privileged = administers || state.reads_everything(scenario, user, now);
        (all_rows(call, collection, state, now), privileged)
    });
    if !privileged {
        let own = call.caller.oid.to_string();
        let foreign = rows.iter().any(|row| {
            row.get("principalId").and_then(Value::as_str) != Some(&own)
                && call.query.filter.as_ref().is_none_or(|filter| filter.matches(row))
        });
        if foreign {
            return Err(Refusal::Forbidden.into());
        }
    }
    list::collection(call, rows, &shape(call, collection, collection_context(collection)))
}

/// Lists of groups are refused unless they are about one group or one principal.
fn demand_filter(call: &Call, collection: Collection) -> Result<(), Failure> {
    let required = |name| call.query.filter.as_ref().is_some_and(|filter| filter.required(name).is_some());
    if collection.family == Family::Groups && !required("groupId") && !required("principalId") {
        return Err(Failure::bad_request("The required filter 'groupId' or 'principalId' is missing."));
    }
    Ok(())
}

fn all_rows(call: &Call, collection: Collection, state: &State, now: DateTime<Utc>) -> Vec<Row> {
    let Collection { table, side, .. } = collection;
    let kind = collection.kind();
    match table {
        Table::Schedules => {
            let all = state.schedules(side, now).filter(|schedule| schedule.scope.kind() == kind);
            all.map(|schedule| rows::schedule(call, side, schedule, None, now)).collect()
        }
        Table::Instances => {
            let all = state.instances(call.scenario(), side, now).filter(|schedule| schedule.scope.kind() == kind);
            all.map(|schedule| rows::instance(call, side, schedule, None)).collect()
        }
        Table::Requests => {
            let all = state.requests(side).filter(|request| request.scope.kind() == kind);
            all.map(|request| rows::request(call, state, request, false)).collect()
        }
    }
}

/// The bound function: the caller's own rows.
fn mine(call: &Call, collection: Collection, function: &str) -> Result<Answer, Failure> {
    let on = on(call, function, collection.table)?;
    let user = call.caller.oid;
    let mut rows = call.pim(|state, now| {
        let (side, kind) = (collection.side, collection.kind());
        let own = |schedule: &&Schedule| {
            schedule.scope.kind() == kind && state.covers(call.scenario(), schedule.principal, user, now)
        };
        match collection.table {
            Table::Schedules => state
                .schedules(side, now)
                .filter(own)
                .map(|schedule| rows::schedule(call, side, schedule, Some(user), now))
                .collect::<Vec<_>>(),
            Table::Instances => state
                .instances(call.scenario(), side, now)
                .filter(own)
                .map(|schedule| rows::instance(call, side, schedule, Some(user)))
                .collect(),
            Table::Requests => {
                // Requests for a group are not its members'.
                let wanted = |request: &&Request| match on {
                    On::Principal => request.principal == user,
                    On::CreatedBy => request.created_by == user,
                    On::Approver => state.approves(call.scenario(), request, user, now),
                };
                let wanted = state.requests(side).filter(|request| request.scope.kind() == kind).filter(wanted);
                wanted.map(|request| rows::request(call, state, request, false)).collect()
            }
        }
    });
    for row in &mut rows {
        row.insert("@odata.type".to_owned(), json!(format!("#microsoft.graph.{}", collection.type_name())));
    }
    list::collection(call, rows, &shape(call, collection, format!("Collection({})", collection.type_name())))
}

/// One row by its id, as an answer.
fn one(call: &Call, collection: Collection, id: &str) -> Result<Answer, Failure> {
    let row = find(call, collection, id)?;
    list::entity(call, row, &shape(call, collection, collection_context(collection))).map(Answer::ok)
}

/// What a row is related to, by the navigation property's own address.
fn related(call: &Call, collection: Collection, id: &str, name: &str) -> Result<Answer, Failure> {
    let name = collection.related(name).ok_or_else(|| Failure::no_segment(name))?;
    let row = find(call, collection, id)?;
    list::related(call, navigate(call, collection, &row, name), collection.leads_to(name))
}

/// One row by its id.
fn find(call: &Call, collection: Collection, id: &str) -> Result<Row, Failure> {
    let user = call.caller.oid;
    let found = call.pim(|state, now| {
        let sees = |principal: Uuid| {
            state.covers(call.scenario(), principal, user, now) || state.reads_everything(call.scenario(), user, now)
        };
        let viewer = |schedule: &Schedule| -> Viewer {
            state.covers(call.scenario(), schedule.principal, user, now).then_some(user)
        };
        let (side, kind) = (collection.side, collection.kind());
        match collection.table {
            Table::Schedules => state
                .schedules(side, now)
                .filter(|schedule| schedule.scope.kind() == kind)
                .find(|schedule| schedule.id.eq_ignore_ascii_case(id) && sees(schedule.principal))
                .map(|schedule| rows::schedule(call, side, schedule, viewer(schedule), now)),
            Table::Instances => state
                .instances(call.scenario(), side, now)
                .filter(|schedule| schedule.scope.kind() == kind)
                // These ids are base64, so case matters.
                .find(|schedule| rows::instance_id(side, schedule) == id && sees(schedule.principal))
                .map(|schedule| rows::instance(call, side, schedule, viewer(schedule))),
            Table::Requests => state
                .requests(side)
                .filter(|request| request.scope.kind() == kind)
                .find(|request| {
                    request.id.to_string().eq_ignore_ascii_case(id)
                        && (sees(request.principal)
                            || request.created_by == user
                            || state.approves(call.scenario(), request, user, now))
                })
                .map(|request| rows::request(call, state, request, false)),
        }
    });
    found.ok_or_else(|| Failure::not_found(id))
}

/// What `@odata.context` calls the collection.
fn collection_context(collection: Collection) -> String {
    format!("{}/{}", collection.path(), collection.name())
}

/// The row of a new request as the answer to its POST.
pub fn created(call: &Call, collection: Collection, row: Row) -> Result<Answer, Failure> {
    list::entity(call, row, &shape(call, collection, collection_context(collection))).map(Answer::created)
}

fn shape<'a>(call: &'a Call, collection: Collection, context: String) -> Shape<'a> {
    Shape {
        context,
        type_name: collection.type_name().into(),
        navigation: collection.navigation(),
        hidden: &[],
        mixed: false,
        expand: Box::new(move |row, expand| Ok(navigate(call, collection, row, &expand.name))),
    }
}

/// The value of a navigation property.
fn navigate(call: &Call, collection: Collection, row: &Row, name: &str) -> Value {
    let id = |name: &str| row.get(name).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let scope = row.get("directoryScopeId").and_then(Value::as_str).map(|scope| Scope::try_from(scope.to_owned()));
    match name {
        "roleDefinition" => {
            let role = id("roleDefinitionId").and_then(|id| call.scenario().directory_role(id));
            role.map_or(Value::Null, |role| Value::Object(rows::definition(role)))
        }
        "group" if !call.scenario().switches.group_names => Value::Null,
        "group" => id("groupId").map_or(Value::Null, |id| rows::principal_object(call, id)),
        "principal" => id("principalId").map_or(Value::Null, |id| rows::principal_object(call, id)),
        "directoryScope" => match scope {
            Some(Ok(scope)) => rows::scope_object(call, scope),
            _ => Value::Null,
        },
        "activatedUsing" => activated_using(call, collection, row),
        "targetSchedule" => {
            let side = collection.side;
            let target = row.get("targetScheduleId").and_then(Value::as_str);
            call.pim(|state, now| {
                let schedule = target.and_then(|id| state.schedule(side, id));
                schedule.map_or(Value::Null, |schedule| rows::schedule(call, side, schedule, None, now).into())
            })
        }
        "appScope" => {
            let id =
                row.get("appScopeId").and_then(Value::as_str).and_then(|id| id.trim_start_matches('/').parse().ok());
            id.map_or(Value::Null, |id| rows::application_scope(call, id))
        }
        _ => Value::Null,
    }
}

/// The eligibility that an activation uses: an instance for an instance, else a schedule.
fn activated_using(call: &Call, collection: Collection, row: &Row) -> Value {
    let link = match (collection.table, collection.family) {
        (Table::Schedules, _) => "id",
        (Table::Instances, Family::Roles) => "roleAssignmentScheduleId",
        (Table::Instances, Family::Groups) => "assignmentScheduleId",
        (Table::Requests, _) => "targetScheduleId",
    };
    let id = row.get(link).and_then(Value::as_str).unwrap_or_default();
    call.pim(|state, now| {
        let activation = state.schedule(Side::Assignment, id);
        let using = activation.and_then(|activation| activation.activated_using.as_deref());
        let Some(eligibility) = using.and_then(|id| state.schedule(Side::Eligibility, id)) else { return Value::Null };
        match collection.table {
            Table::Instances => rows::instance(call, Side::Eligibility, eligibility, None).into(),
            _ => rows::schedule(call, Side::Eligibility, eligibility, None, now).into(),
        }
    })
}

/// `roleDefinitions`.
pub fn definitions(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::DEFINITIONS)?;
    let shape = Shape {
        context: "roleManagement/directory/roleDefinitions".to_owned(),
        type_name: "unifiedRoleDefinition".into(),
        navigation: vec!["inheritsPermissionsFrom"],
        hidden: &[],
        mixed: false,
        expand: Box::new(|_, _| Ok(json!([]))),
    };
    // Only beta says which roles are privileged.
    let definition = |role: &RoleDefinition| {
        let mut made = rows::definition(role);
        if call.version == Version::Beta {
            made.insert("isPrivileged".to_owned(), json!(role.privileged));
        }
        made
    };
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let rows = call.scenario().roles.iter().map(definition).collect();
            list::collection(call, rows, &shape)
        }
        (&Method::GET, [id]) => {
            let role = id
                .parse()
                .ok()
                .and_then(|id| call.scenario().directory_role(id))
                .ok_or_else(|| Failure::not_found(id))?;
            list::entity(call, definition(role), &shape).map(Answer::ok)
        }
        (&Method::GET, [.., last]) => Err(Failure::no_segment(last)),
        _ => Err(Failure::method_not_allowed()),
    }
}

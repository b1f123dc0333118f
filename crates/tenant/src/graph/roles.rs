//! `roleManagement/directory`: definitions, schedules, instances and requests.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::rows::{self, Viewer};
use super::{requests, scopes};
use crate::pim::{Refusal, Request, Schedule, Side, State};
use crate::scenario::Scope;

/// The role collections that this tenant serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `role…Schedules`.
    Schedules(Side),
    /// `role…ScheduleInstances`.
    Instances(Side),
    /// `role…ScheduleRequests`.
    Requests(Side),
}

impl Collection {
    const ALL: [Self; 6] = [
        Self::Schedules(Side::Eligibility),
        Self::Instances(Side::Eligibility),
        Self::Requests(Side::Eligibility),
        Self::Schedules(Side::Assignment),
        Self::Instances(Side::Assignment),
        Self::Requests(Side::Assignment),
    ];

    /// The collection with this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.name().eq_ignore_ascii_case(name))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Schedules(Side::Eligibility) => "roleEligibilitySchedules",
            Self::Instances(Side::Eligibility) => "roleEligibilityScheduleInstances",
            Self::Requests(Side::Eligibility) => "roleEligibilityScheduleRequests",
            Self::Schedules(Side::Assignment) => "roleAssignmentSchedules",
            Self::Instances(Side::Assignment) => "roleAssignmentScheduleInstances",
            Self::Requests(Side::Assignment) => "roleAssignmentScheduleRequests",
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Self::Schedules(Side::Eligibility) => "unifiedRoleEligibilitySchedule",
            Self::Instances(Side::Eligibility) => "unifiedRoleEligibilityScheduleInstance",
            Self::Requests(Side::Eligibility) => "unifiedRoleEligibilityScheduleRequest",
            Self::Schedules(Side::Assignment) => "unifiedRoleAssignmentSchedule",
            Self::Instances(Side::Assignment) => "unifiedRoleAssignmentScheduleInstance",
            Self::Requests(Side::Assignment) => "unifiedRoleAssignmentScheduleRequest",
        }
    }

    fn side(self) -> Side {
        match self {
            Self::Schedules(side) | Self::Instances(side) | Self::Requests(side) => side,
        }
    }

    fn navigation(self) -> &'static [&'static str] {
        match self {
            Self::Schedules(Side::Eligibility) | Self::Instances(Side::Eligibility) => {
                &["roleDefinition", "principal", "directoryScope", "appScope"]
            }
            Self::Schedules(Side::Assignment) | Self::Instances(Side::Assignment) => {
                &["roleDefinition", "principal", "directoryScope", "appScope", "activatedUsing"]
            }
            Self::Requests(Side::Eligibility) => {
                &["roleDefinition", "principal", "directoryScope", "appScope", "targetSchedule"]
            }
            Self::Requests(Side::Assignment) => {
                &["roleDefinition", "principal", "directoryScope", "appScope", "activatedUsing", "targetSchedule"]
            }
        }
    }

    fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Requests(Side::Eligibility) => scopes::WRITE_ELIGIBILITY,
            Self::Requests(Side::Assignment) => scopes::WRITE_ASSIGNMENT,
            Self::Schedules(Side::Eligibility) | Self::Instances(Side::Eligibility) => scopes::READ_ELIGIBILITY,
            Self::Schedules(Side::Assignment) | Self::Instances(Side::Assignment) => scopes::READ_ASSIGNMENT,
        }
    }
}

/// What `filterByCurrentUser(on='…')` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Principal,
    CreatedBy,
    Approver,
}

/// Answer a call below one of the collections; `rest` are the segments after its name.
pub fn answer(call: &Call, collection: Collection, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand(&call.caller.scopes, collection.scopes(), call.scenario().switches.missing_scope)?;
    if !call.scenario().switches.license {
        return Err(Refusal::License.into());
    }
    match (&call.method, collection, rest) {
        (&Method::GET, _, []) => everything(call, collection),
        (&Method::POST, Collection::Requests(side), []) => requests::create(call, side),
        (&Method::GET, _, [function]) if is_function(function) => mine(call, collection, function),
        (&Method::GET, _, [id]) => one(call, collection, id),
        (&Method::POST, Collection::Requests(side), [id, cancel]) if cancel.eq_ignore_ascii_case("cancel") => {
            requests::cancel(call, side, id)
        }
        (_, _, [] | [_]) => Err(Failure::method_not_allowed()),
        (_, _, [.., last]) => Err(Failure::no_segment(last)),
    }
}

fn is_function(segment: &str) -> bool {
    segment.get(..19).is_some_and(|name| name.eq_ignore_ascii_case("filterByCurrentUser"))
}

/// `filterByCurrentUser(on='principal')`.
fn on(segment: &str, collection: Collection) -> Result<On, Failure> {
    let argument: String = segment[19..].chars().filter(|c| !c.is_whitespace()).collect();
    let on = argument.strip_prefix("(on='").and_then(|rest| rest.strip_suffix("')")).unwrap_or_default();
    let only_principal = !matches!(collection, Collection::Requests(_));
    match on.to_ascii_lowercase().as_str() {
        "principal" => Ok(On::Principal),
        "createdby" if !only_principal => Ok(On::CreatedBy),
        "approver" if !only_principal => Ok(On::Approver),
        _ => Err(Failure::bad_request(format!("The parameter of '{segment}' is not supported here."))),
    }
}

/// The plain collection: everybody's rows, for those who may read them.
fn everything(call: &Call, collection: Collection) -> Result<Answer, Failure> {
    let (rows, privileged) = call.pim(|state, now| {
        let privileged = state.reads_everything(call.scenario(), call.caller.oid, now);
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

fn all_rows(call: &Call, collection: Collection, state: &State, now: DateTime<Utc>) -> Vec<Row> {
    match collection {
        Collection::Schedules(side) => {
            state.schedules(side, now).map(|schedule| rows::schedule(call, side, schedule, None, now)).collect()
        }
        Collection::Instances(side) => state
            .instances(call.scenario(), side, now)
            .map(|schedule| rows::instance(call, side, schedule, None))
            .collect(),
        Collection::Requests(side) => {
            state.requests(side).map(|request| rows::request(call, state, request, false)).collect()
        }
    }
}

/// The bound function: the caller's own rows.
fn mine(call: &Call, collection: Collection, function: &str) -> Result<Answer, Failure> {
    let on = on(function, collection)?;
    let user = call.caller.oid;
    let mut rows = call.pim(|state, now| {
        let own = |schedule: &&Schedule| call.scenario().covers(schedule.principal, user);
        match collection {
            Collection::Schedules(side) => state
                .schedules(side, now)
                .filter(own)
                .map(|schedule| rows::schedule(call, side, schedule, Some(user), now))
                .collect::<Vec<_>>(),
            Collection::Instances(side) => state
                .instances(call.scenario(), side, now)
                .filter(own)
                .map(|schedule| rows::instance(call, side, schedule, Some(user)))
                .collect(),
            Collection::Requests(side) => {
                // Requests for a group are not its members'.
                let wanted = |request: &&Request| match on {
                    On::Principal => request.principal == user,
                    On::CreatedBy => request.created_by == user,
                    On::Approver => state.approves(call.scenario(), request, user, now),
                };
                let wanted = state.requests(side).filter(wanted);
                wanted.map(|request| rows::request(call, state, request, false)).collect()
            }
        }
    });
    for row in &mut rows {
        row.insert("@odata.type".to_owned(), json!(format!("#microsoft.graph.{}", collection.type_name())));
    }
    list::collection(call, rows, &shape(call, collection, format!("Collection({})", collection.type_name())))
}

/// One row by its id.
fn one(call: &Call, collection: Collection, id: &str) -> Result<Answer, Failure> {
    let user = call.caller.oid;
    let found = call.pim(|state, now| {
        let sees = |principal: Uuid| {
            call.scenario().covers(principal, user) || state.reads_everything(call.scenario(), user, now)
        };
        let viewer =
            |schedule: &Schedule| -> Viewer { call.scenario().covers(schedule.principal, user).then_some(user) };
        match collection {
            Collection::Schedules(side) => state
                .schedules(side, now)
                .find(|schedule| schedule.id.eq_ignore_ascii_case(id) && sees(schedule.principal))
                .map(|schedule| rows::schedule(call, side, schedule, viewer(schedule), now)),
            Collection::Instances(side) => state
                .instances(call.scenario(), side, now)
                // These ids are base64, so case matters.
                .find(|schedule| rows::instance_id(side, schedule) == id && sees(schedule.principal))
                .map(|schedule| rows::instance(call, side, schedule, viewer(schedule))),
            Collection::Requests(side) => state
                .requests(side)
                .find(|request| {
                    request.id.to_string().eq_ignore_ascii_case(id)
                        && (sees(request.principal)
                            || request.created_by == user
                            || state.approves(call.scenario(), request, user, now))
                })
                .map(|request| rows::request(call, state, request, false)),
        }
    });
    let row = found.ok_or_else(|| Failure::not_found(id))?;
    list::entity(call, row, &shape(call, collection, collection_context(collection))).map(Answer::ok)
}

/// What `@odata.context` calls the collection.
fn collection_context(collection: Collection) -> String {
    format!("roleManagement/directory/{}", collection.name())
}

/// The row of a new request as the answer to its POST.
pub fn created(call: &Call, side: Side, row: Row) -> Result<Answer, Failure> {
    let collection = Collection::Requests(side);
    list::entity(call, row, &shape(call, collection, collection_context(collection))).map(Answer::created)
}

fn shape<'a>(call: &'a Call, collection: Collection, context: String) -> Shape<'a> {
    Shape {
        context,
        type_name: collection.type_name(),
        navigation: collection.navigation(),
        expand: Box::new(move |row, expand| Ok(navigate(call, collection, row, &expand.name))),
    }
}

/// The value of a navigation property.
fn navigate(call: &Call, collection: Collection, row: &Row, name: &str) -> Value {
    let id = |name: &str| row.get(name).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let scope = row.get("directoryScopeId").and_then(Value::as_str).map(|scope| Scope::try_from(scope.to_owned()));
    match name {
        "roleDefinition" => {
            let role = id("roleDefinitionId").and_then(|id| call.scenario().role(id));
            role.map_or(Value::Null, |role| Value::Object(rows::definition(role)))
        }
        "principal" => id("principalId").map_or(Value::Null, |id| rows::principal_object(call, id)),
        "directoryScope" => match scope {
            Some(Ok(scope)) => rows::scope_object(call, scope),
            _ => Value::Null,
        },
        "activatedUsing" => activated_using(call, collection, row),
        "targetSchedule" => {
            let side = collection.side();
            let target = row.get("targetScheduleId").and_then(Value::as_str);
            call.pim(|state, now| {
                let schedule = target.and_then(|id| state.schedule(side, id));
                schedule.map_or(Value::Null, |schedule| rows::schedule(call, side, schedule, None, now).into())
            })
        }
        // `appScope`: no role here is scoped to an application's own scopes.
        _ => Value::Null,
    }
}

/// The eligibility that an activation uses: an instance for an instance, else a schedule.
fn activated_using(call: &Call, collection: Collection, row: &Row) -> Value {
    let link = match collection {
        Collection::Schedules(_) => "id",
        Collection::Instances(_) => "roleAssignmentScheduleId",
        Collection::Requests(_) => "targetScheduleId",
    };
    let id = row.get(link).and_then(Value::as_str).unwrap_or_default();
    call.pim(|state, now| {
        let activation = state.schedule(Side::Assignment, id);
        let using = activation.and_then(|activation| activation.activated_using.as_deref());
        let Some(eligibility) = using.and_then(|id| state.schedule(Side::Eligibility, id)) else { return Value::Null };
        match collection {
            Collection::Instances(_) => rows::instance(call, Side::Eligibility, eligibility, None).into(),
            _ => rows::schedule(call, Side::Eligibility, eligibility, None, now).into(),
        }
    })
}

/// `roleDefinitions`.
pub fn definitions(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::DEFINITIONS)?;
    let shape = Shape {
        context: "roleManagement/directory/roleDefinitions".to_owned(),
        type_name: "unifiedRoleDefinition",
        navigation: &["inheritsPermissionsFrom"],
        expand: Box::new(|_, _| Ok(json!([]))),
    };
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let rows = call.scenario().roles.iter().map(rows::definition).collect();
            list::collection(call, rows, &shape)
        }
        (&Method::GET, [id]) => {
            let role = id.parse().ok().and_then(|id| call.scenario().role(id)).ok_or_else(|| Failure::not_found(id))?;
            list::entity(call, rows::definition(role), &shape).map(Answer::ok)
        }
        _ => Err(Failure::method_not_allowed()),
    }
}

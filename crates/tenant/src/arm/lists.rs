//! `roleEligibilitySchedules`, `roleAssignmentScheduleInstances` and their kin.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, Place};
use super::filter::Filter;
use super::requests;
use super::rows::{self, View};
use crate::pim::{Refusal, Request, Schedule, Side, State};
use crate::scenario::{AzureRoot, AzureScope, Kind, Level};

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `…Schedules`.
    Schedules,
    /// `…ScheduleInstances`.
    Instances,
    /// `…ScheduleRequests`.
    Requests,
}

/// A list of this name, in any case.
pub fn named(name: &str) -> Option<(Table, Side)> {
    let name = name.to_ascii_lowercase();
    let (side, rest) = match name.strip_prefix("roleeligibilityschedule") {
        Some(rest) => (Side::Eligibility, rest),
        None => (Side::Assignment, name.strip_prefix("roleassignmentschedule")?),
    };
    let table = match rest {
        "s" => Table::Schedules,
        "instances" => Table::Instances,
        "requests" => Table::Requests,
        _ => return None,
    };
    Some((table, side))
}

impl Call<'_> {
    /// The scope of a schedule, and the name of its present occurrence.
    pub fn pim_schedule(&self, side: Side, id: &str) -> Option<(crate::scenario::Scope, String)> {
        let pim = self.app.pim();
        let schedule = pim.schedule(side, id)?;
        Some((schedule.scope, rows::instance_name(schedule)))
    }
}

/// Answer a call for a list or for something in it.
pub fn answer(call: &Call, place: Place, (table, side): (Table, Side), rest: &[&str]) -> Result<Answer, Failure> {
    match (&call.method, table, rest) {
        (&Method::GET, _, []) => list(call, place, table, side),
        (&Method::GET, _, [name]) => one(call, place, table, side, name),
        (&Method::PUT, Table::Requests, [name]) => requests::put(call, place, side, name, false),
        (&Method::POST, Table::Requests, [name, verb]) if verb.eq_ignore_ascii_case("validate") => {
            requests::put(call, place, side, name, true)
        }
        (&Method::POST, Table::Requests, [name, verb]) if verb.eq_ignore_ascii_case("cancel") => {
            requests::cancel(call, side, name)
        }
        (_, _, [] | [_] | [_, _]) => Err(Failure::method()),
        _ => Err(Failure::no_resource(&call.path)),
    }
}

/// What the lists are made from, copied out of the engine so that rows can look things up in it.
enum Found {
    Schedule(Schedule, bool),
    Request(Request),
}

fn list(call: &Call, place: Place, table: Table, side: Side) -> Result<Answer, Failure> {
    let filter = Filter::parse(call.option("$filter"))?;
    if table != Table::Requests && (filter.as_requestor || filter.as_approver) {
        return Err(Failure::bad("InvalidFilter", "Only requests have a requestor and approvers."));
    }
    let user = call.caller.oid;
    let allowed = call.pim(|state, now| may_list(call, state, place, &filter, now));
    if !allowed {
        return Err(insufficient(user));
    }
    let at = match place {
        Place::Root => None,
        Place::At(scope) => Some(scope.id),
    };
    let now = call.app.clock.now();
    let found = call.pim(|state, now| find(call, state, table, side, &filter, now));
    let root = call.scenario().switches.azure_root;
    let view = View { user, at };
    let mut answered = Vec::new();
    for item in found {
        let scope = match &item {
            Found::Schedule(schedule, _) => rows::scope_of(call, schedule.scope),
            Found::Request(request) => rows::scope_of(call, request.scope),
        };
        let Some(scope) = scope.filter(|scope| concerns(call, scope, at, filter.at_scope)) else { continue };
        let deep = matches!(scope.level, Level::ResourceGroup | Level::Resource);
        if at.is_none() && filter.as_target && (root == AzureRoot::Empty || root == AzureRoot::Short && deep) {
            continue;
        }
        answered.push(row(call, table, side, &item, scope, view, now));
    }
    if let Some(status) = &filter.status {
        answered.retain(|row| row["properties"]["status"].as_str().is_some_and(|is| is.eq_ignore_ascii_case(status)));
    }
    call.list(answered)
}

fn row(
    call: &Call,
    table: Table,
    side: Side,
    item: &Found,
    scope: &AzureScope,
    view: View,
    now: DateTime<Utc>,
) -> Value {
    match (item, table) {
        (Found::Request(request), _) => rows::request(call, request, scope, None),
        (Found::Schedule(schedule, true), _) => rows::ghost(call, schedule, scope, view),
        (Found::Schedule(schedule, false), Table::Schedules) => rows::schedule(call, side, schedule, scope, view, now),
        (Found::Schedule(schedule, false), _) => rows::instance(call, side, schedule, scope, view),
    }
}

/// Lists are for those who hold a role at the scope; what concerns oneself or waits for oneself is for everybody.
fn may_list(call: &Call, state: &State, place: Place, filter: &Filter, now: DateTime<Utc>) -> bool {
    let user = call.caller.oid;
    if filter.as_target || filter.as_approver {
        return true;
    }
    match place {
        Place::At(scope) => state.reads_azure(call.scenario(), user, scope.id, now),
        Place::Root => {
            let mut roots = call.scenario().azure.scopes.iter().filter(|scope| scope.parent.is_none());
            roots.any(|root| state.reads_azure(call.scenario(), user, root.id, now))
        }
    }
}

fn insufficient(user: Uuid) -> Failure {
    let text = format!(
        "The requestor {user} does not have permissions for this request. Please use $filter=asTarget() to filter on the requestor's assignments."
    );
    Failure::new(StatusCode::FORBIDDEN, "InsufficientPermissions", text)
}

/// Whether a list at `at` shows what is at `scope`: above it, at it, and unless `atScope()` is asked for below it.
pub fn concerns(call: &Call, scope: &AzureScope, at: Option<Uuid>, not_below: bool) -> bool {
    let azure = &call.scenario().azure;
    match at {
        None => !not_below || scope.parent.is_none(),
        Some(at) => azure.contains(scope.id, at) || (!not_below && azure.contains(at, scope.id)),
    }
}

fn find(call: &Call, state: &State, table: Table, side: Side, filter: &Filter, now: DateTime<Utc>) -> Vec<Found> {
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let is_for = |principal: Uuid, role: Uuid| {
        (!filter.as_target || state.covers(scenario, principal, user, now))
            && filter.assigned_to.is_none_or(|other| state.covers(scenario, principal, other, now))
            && filter.principal.is_none_or(|wanted| wanted == principal)
            && filter.role.is_none_or(|wanted| wanted == role)
    };
    let wanted =
        |schedule: &&Schedule| schedule.scope.kind() == Kind::Azure && is_for(schedule.principal, schedule.role);
    match table {
        Table::Schedules => {
            let found = state.schedules(side, now).filter(wanted);
            found.map(|schedule| Found::Schedule(schedule.clone(), false)).collect()
        }
        Table::Instances => {
            let found = state.instances(scenario, side, now).filter(wanted);
            let found = found.map(|schedule| Found::Schedule(schedule.clone(), false));
            let ghosts = state.ghosts(scenario, now).filter(|_| side == Side::Assignment).filter(wanted);
            found.chain(ghosts.map(|schedule| Found::Schedule(schedule.clone(), true))).collect()
        }
        Table::Requests => {
            let found = state.requests(side).filter(|request| {
                request.scope.kind() == Kind::Azure
                    && is_for(request.principal, request.role)
                    && (!filter.as_requestor || request.created_by == user)
                    && (!filter.as_approver
                        || (request.status == crate::pim::Status::PendingApproval
                            && state.approves(scenario, request, user, now)))
            });
            found.map(|request| Found::Request(request.clone())).collect()
        }
    }
}

/// One of a list by its name: one's own, or for those who may read at the scope.
fn one(call: &Call, place: Place, table: Table, side: Side, name: &str) -> Result<Answer, Failure> {
    let missing = || Failure::from(Refusal::NotFound(name.to_owned()));
    let Place::At(scope) = place else { return Err(missing()) };
    let user = call.caller.oid;
    let now = call.app.clock.now();
    let found = call.pim(|state, now| {
        let all = find(call, state, table, side, &Filter::default(), now);
        let found = all.into_iter().find(|item| match item {
            Found::Request(request) => request.id.to_string().eq_ignore_ascii_case(name),
            Found::Schedule(schedule, _) if table == Table::Instances => {
                rows::instance_name(schedule).eq_ignore_ascii_case(name)
            }
            Found::Schedule(schedule, _) => schedule.id.eq_ignore_ascii_case(name),
        })?;
        let (principal, own) = match &found {
            Found::Request(request) => {
                let own = request.created_by == user || state.approves(call.scenario(), request, user, now);
                (request.principal, own)
            }
            Found::Schedule(schedule, _) => (schedule.principal, false),
        };
        let sees = own
            || state.covers(call.scenario(), principal, user, now)
            || state.reads_azure(call.scenario(), user, scope.id, now);
        sees.then_some(found)
    });
    let found = found.ok_or_else(missing)?;
    let actual = match &found {
        Found::Schedule(schedule, _) => rows::scope_of(call, schedule.scope),
        Found::Request(request) => rows::scope_of(call, request.scope),
    };
    let actual = actual.filter(|actual| actual.id == scope.id).ok_or_else(missing)?;
    let view = View { user, at: Some(scope.id) };
    Ok(Answer::ok(row(call, table, side, &found, actual, view, now)))
}

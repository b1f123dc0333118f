//! `auditLogs/directoryAudits`: what has happened, newest first, in pages of a thousand.
//!
//! Records are made into rows one by one as they are looked at, so that a page of a hundred thousand costs a page.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::{Call, capital};
use super::filter::{Comparison, Filter};
use super::list::{self, Row};
use super::rows::row;
use super::scopes;
use crate::pim::audit::{About, Outcome, RETENTION, Record};
use crate::pim::history::History;
use crate::pim::{GLOBAL_ADMINISTRATOR, State};
use crate::scenario::{Access, Kind, Scenario, Scope, derived};

/// The permission of those directory roles that may read the log.
const ACTION: &str = "microsoft.directory/auditLogs/allProperties/read";
/// Pages are no larger.
const LARGEST_PAGE: usize = 1_000;
/// Within this time an application may ask so often as the scenario says.
const WINDOW: TimeDelta = TimeDelta::seconds(10);
/// The service itself, where nobody did something.
const SERVICE: &str = "MS-PIM";
const ORDER: &str = "activityDateTime";

/// Answer a call below `auditLogs/directoryAudits`; `rest` are the segments after it.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    if !scopes::has_any(&call.caller.scopes, scopes::AUDIT) {
        let text = "Calling principal does not have required MSGraph permissions AuditLog.Read.All";
        return Err(Failure::new(StatusCode::FORBIDDEN, "Authentication_MSGraphPermissionMissing", text));
    }
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    if !call.pim(|state, now| may_read(call.scenario(), state, call.caller.oid, now)) {
        let text = "User is not in the allowed roles";
        return Err(Failure::new(StatusCode::FORBIDDEN, "Authentication_RequestFromUnsupportedUserRole", text));
    }
    throttle(call)?;
    match rest {
        [] => page(call),
        [id] => call.pim(|state, now| {
            let log = Log::new(call, state, now);
            let found = id.rsplit('_').next().and_then(|number| number.parse().ok()).and_then(|at| log.row(at));
            let found = found.filter(|row| row["id"] == id.as_str()).ok_or_else(|| Failure::not_found(id))?;
            let mut body = Map::new();
            let context = format!("{}/$metadata#auditLogs/directoryAudits/$entity", call.root());
            body.insert("@odata.context".to_owned(), json!(context));
            body.extend(found);
            Ok(Answer::ok(Value::Object(body)))
        }),
        [.., last] => Err(Failure::no_segment(last)),
    }
}

/// Whoever holds a directory role with the permission.
fn may_read(scenario: &Scenario, state: &State, user: Uuid, now: DateTime<Utc>) -> bool {
    let allows = |actions: &[String]| actions.iter().any(|action| action == ACTION);
    let roles = scenario.roles.iter().filter(|role| role.id == GLOBAL_ADMINISTRATOR || allows(&role.actions));
    let ids: Vec<Uuid> = roles.map(|role| role.id).collect();
    ids.iter().any(|role| state.holds(scenario, user, *role, now))
}

fn throttle(call: &Call) -> Result<(), Failure> {
    let limit = call.scenario().switches.audit_throttle;
    if limit == 0 {
        return Ok(());
    }
    let now = call.app.clock.now();
    call.app.audits.admit(call.caller.app_id, limit, WINDOW, now).map_err(|seconds| {
        Failure::throttled(
            seconds,
            "Too many requests from Identifier under category:throttle.reporting. Please try again later.",
        )
    })
}

/// The log as it is now: the history before the tenant's start, and what was recorded since, or is told to have happened
/// before. A record has a number that stays its own, and a place in the order of time.
struct Log<'a> {
    call: &'a Call<'a>,
    history: History<'a>,
    state: &'a State,
    oldest: DateTime<Utc>,
    /// The places of what was recorded, the history's records among them counted.
    recorded: Vec<usize>,
}

impl<'a> Log<'a> {
    fn new(call: &'a Call<'a>, state: &'a State, now: DateTime<Utc>) -> Self {
        let history = History::new(call.scenario(), state.started());
        let before = |at: DateTime<Utc>| first(history.len(), |index| history.at(index) > at);
        let recorded = state.audit().iter().enumerate().map(|(index, record)| index + before(record.at)).collect();
        Self { call, history, state, oldest: now - RETENTION, recorded }
    }

    /// The number of the record in this place.
    fn number(&self, place: usize) -> usize {
        match self.recorded.binary_search(&place) {
            Ok(index) => self.history.len() + index,
            Err(before) => place - before,
        }
    }

    fn len(&self) -> usize {
        self.history.len() + self.state.audit().len()
    }

    fn at(&self, number: usize) -> DateTime<Utc> {
        match number.checked_sub(self.history.len()) {
            None => self.history.at(number),
            Some(real) => self.state.audit()[real].at,
        }
    }

    fn record(&self, number: usize) -> Record {
        match number.checked_sub(self.history.len()) {
            None => self.history.record(number),
            Some(real) => self.state.audit()[real].clone(),
        }
    }

    /// The row with this number, if it is there and still kept.
    fn row(&self, number: usize) -> Option<Row> {
        (number < self.len() && self.at(number) > self.oldest)
            .then(|| record_row(self.call, number, &self.record(number)))
    }

    /// The first place whose record is younger than `at`, or as old where `inclusive`.
    fn first_after(&self, at: DateTime<Utc>, inclusive: bool) -> usize {
        first(self.len(), |place| {
            let there = self.at(self.number(place));
            if inclusive { there >= at } else { there > at }
        })
    }
}

/// The first of so many for which it holds, where it holds for all after it.
fn first(many: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, many);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

fn page(call: &Call) -> Result<Answer, Failure> {
    let query = &call.query;
    let descending = match query.order.as_slice() {
        [] => true,
        [(name, descending)] if name.eq_ignore_ascii_case(ORDER) => *descending,
        _ => return Err(Failure::bad_request("The records can be ordered by activityDateTime only.")),
    };
    if query.top.is_some_and(|top| top == 0 || top > LARGEST_PAGE) {
        return Err(Failure::bad_request(format!("The value of $top must be between 1 and {LARGEST_PAGE}.")));
    }
    if let Some(filter) = &query.filter {
        check(filter, call.scenario().switches.audit_undocumented_filters)?;
    }
    let size = query.top.unwrap_or(LARGEST_PAGE).min(match call.scenario().switches.page_size {
        // Tests that want small pages want them here, too.
        small if small < 100 => small.max(1),
        _ => LARGEST_PAGE,
    });
    call.pim(|state, now| {
        let log = Log::new(call, state, now);
        let (first, last) = bounds(&log, query.filter.as_ref());
        let (mut found, mut next) = (Vec::new(), None);
        // A token says where to go on: the place after the next one downwards, or the next one upwards.
        let mut places: Box<dyn Iterator<Item = usize>> = match (descending, query.offset) {
            (true, 0) => Box::new((first..last).rev()),
            (true, from) => Box::new((first..last.min(from)).rev()),
            (false, from) => Box::new(first.max(from)..last),
        };
        for place in &mut places {
            if found.len() == size {
                next = Some(if descending { place + 1 } else { place });
                break;
            }
            let number = log.number(place);
            let record = log.record(number);
            if query.filter.as_ref().is_some_and(|filter| !plausible(&record, filter)) {
                continue;
            }
            let row = record_row(call, number, &record);
            if query.filter.as_ref().is_none_or(|filter| filter.matches(&row)) {
                found.push(list::select(Value::Object(row), &query.select));
            }
        }
        let mut body = Map::new();
        let context = format!("{}/$metadata#auditLogs/directoryAudits{}", call.root(), query.projection());
        body.insert("@odata.context".to_owned(), json!(context));
        if let Some(next) = next {
            body.insert("@odata.nextLink".to_owned(), json!(format!("{}?{}", call.url(), query.next(next))));
        }
        body.insert("value".to_owned(), Value::Array(found));
        Ok(Answer::ok(Value::Object(body)))
    })
}

/// From where to where records are that the filter's times and the time of keeping leave.
fn bounds(log: &Log, filter: Option<&Filter>) -> (usize, usize) {
    let (mut first, mut last) = (log.first_after(log.oldest, false), log.len());
    for condition in filter.map(Filter::conditions).unwrap_or_default() {
        let Filter::Compare(path, comparison, Value::String(text)) = condition else { continue };
        let Ok(at) = text.parse::<DateTime<Utc>>() else { continue };
        if !path.eq_ignore_ascii_case(ORDER) {
            continue;
        }
        match comparison {
            Comparison::Ge => first = first.max(log.first_after(at, true)),
            Comparison::Gt => first = first.max(log.first_after(at, false)),
            Comparison::Le => last = last.min(log.first_after(at, false)),
            Comparison::Lt => last = last.min(log.first_after(at, true)),
            Comparison::Eq | Comparison::Ne => {}
        }
    }
    (first, last.max(first))
}

/// Whether a record may pass, by what can be told without making a row of it.
fn plausible(record: &Record, filter: &Filter) -> bool {
    filter.conditions().into_iter().all(|condition| {
        let Filter::Compare(path, Comparison::Eq, Value::String(wanted)) = condition else { return true };
        let by = || record.by.map(|id| id.to_string()).unwrap_or_default();
        match path.to_ascii_lowercase().as_str() {
            "activitydisplayname" => record.activity.eq_ignore_ascii_case(wanted),
            "loggedbyservice" => record.service().eq_ignore_ascii_case(wanted),
            "category" => record.category().eq_ignore_ascii_case(wanted),
            "initiatedby/user/id" => by().eq_ignore_ascii_case(wanted),
            _ => true,
        }
    })
}

/// Refuse what cannot be filtered by: beyond the documented attributes and operators, only what a record has.
fn check(filter: &Filter, lenient: bool) -> Result<(), Failure> {
    use Comparison::{Eq, Ge, Le};
    let refuse =
        |path: &str| Err(Failure::invalid_filter(format!("Invalid filter clause: '{path}' cannot be used so.")));
    let documented = |path: &str, operator: Option<Comparison>| match path.to_ascii_lowercase().as_str() {
        "activitydisplayname" | "initiatedby/user/userprincipalname" => matches!(operator, Some(Eq) | None),
        "activitydatetime" => matches!(operator, Some(Eq | Ge | Le)),
        "loggedbyservice"
        | "initiatedby/user/id"
        | "initiatedby/user/displayname"
        | "initiatedby/app/appid"
        | "initiatedby/app/displayname" => operator == Some(Eq),
        _ => false,
    };
    let known = |path: &str| {
        let first = path.split('/').next().unwrap_or_default();
        PROPERTIES.iter().any(|known| known.eq_ignore_ascii_case(first))
    };
    match filter {
        Filter::And(a, b) | Filter::Or(a, b) => check(a, lenient).and_then(|()| check(b, lenient)),
        Filter::Not(inner) => check(inner, lenient),
        Filter::Compare(path, comparison, _) if documented(path, Some(*comparison)) => Ok(()),
        Filter::StartsWith(path, _) if documented(path, None) => Ok(()),
        Filter::Any(path, _) if path.eq_ignore_ascii_case("targetResources") => Ok(()),
        Filter::Compare(path, ..) | Filter::StartsWith(path, _) | Filter::In(path, _) if lenient && known(path) => {
            Ok(())
        }
        Filter::Compare(path, ..) | Filter::StartsWith(path, _) | Filter::In(path, _) | Filter::Any(path, _) => {
            refuse(path)
        }
    }
}

const PROPERTIES: [&str; 10] = [
    "id",
    "category",
    "correlationId",
    "result",
    "resultReason",
    "activityDisplayName",
    "activityDateTime",
    "loggedByService",
    "initiatedBy",
    "operationType",
];

/// `PIM_{guid}_{letters}_{number}`.
fn id_of(number: usize, record: &Record) -> String {
    let guid = derived(&["audit record", &number.to_string(), &record.activity]);
    let letters: String = guid.simple().to_string().chars().filter(char::is_ascii_digit).take(5).collect();
    format!("{}_{guid}_{letters:0>5}_{number}", if record.service() == "PIM" { "PIM" } else { "AccessReview" })
}

fn record_row(call: &Call, number: usize, record: &Record) -> Row {
    let scenario = call.scenario();
    let initiated = match record.by {
        None => json!({
            "user": null,
            "app": { "appId": null, "displayName": SERVICE, "servicePrincipalId": derived(&[SERVICE]), "servicePrincipalName": null },
        }),
        Some(id) => json!({
            "user": {
                "id": id, "displayName": scenario.name_of(id), "ipAddress": null,
                "userPrincipalName": scenario.user(id).map(|user| &user.user_principal_name),
            },
            "app": null,
        }),
    };
    let result = match record.outcome {
        Outcome::Success => "success",
        Outcome::Failure => "failure",
        Outcome::Timeout => "timeout",
    };
    row(json!({
        "id": id_of(number, record),
        "category": record.category(),
        "correlationId": record.correlation.unwrap_or_else(|| derived(&["audit correlation", &number.to_string()])),
        "result": result,
        "resultReason": record.justification,
        "activityDisplayName": record.activity,
        "activityDateTime": call.stamps().fine(record.at),
        "loggedByService": record.service(),
        "operationType": record.operation(),
        "initiatedBy": initiated,
        "targetResources": targets(call, record),
        "additionalDetails": details(call, record),
    }))
}

fn target(id: &str, name: Option<&str>, kind: &str) -> Value {
    json!({
        "id": id, "displayName": name, "type": kind, "userPrincipalName": null, "groupType": null, "modifiedProperties": [],
    })
}

/// The role first, then the request, then whom it concerns, then where.
fn targets(call: &Call, record: &Record) -> Vec<Value> {
    let scenario = call.scenario();
    let mut made = match &record.about {
        About::Role(role, _) => {
            let name = match Access::of(*role) {
                Some(access) => Some(capital(access.name())),
                None => scenario.role(*role).map(|role| role.display_name.clone()),
            };
            let request = record.correlation.unwrap_or_default();
            vec![target(&role.to_string(), name.as_deref(), "Role"), target(&request.to_string(), None, "Request")]
        }
        About::Alert(name) => vec![target(name, Some(name), "Other")],
        About::Review(id, name) => vec![target(&id.to_string(), Some(name), "Access Review")],
    };
    if let Some(id) = record.subject {
        let kind = match (scenario.group(id), scenario.service_principal(id)) {
            (Some(_), _) => "Group",
            (None, Some(_)) => "ServicePrincipal",
            (None, None) => "User",
        };
        let mut subject = target(&id.to_string(), scenario.name_of(id), kind);
        subject["userPrincipalName"] = json!(scenario.user(id).map(|user| &user.user_principal_name));
        made.push(subject);
    }
    if let About::Role(_, scope) = record.about {
        made.push(place(scenario, scope));
    }
    made
}

fn place(scenario: &Scenario, scope: Scope) -> Value {
    let organization = &scenario.organization;
    match scope {
        Scope::Directory => target(&organization.tenant_id.to_string(), Some(&organization.display_name), "Directory"),
        Scope::AdministrativeUnit(id) => {
            let name = scenario.administrative_unit(id).map(|unit| unit.display_name.as_str());
            target(&id.to_string(), name, "AdministrativeUnit")
        }
        Scope::Object(id) => target(&id.to_string(), scenario.name_of(id), "ServicePrincipal"),
        Scope::Application(id) => {
            let scope = scenario.application_scopes.iter().find(|scope| scope.id == id);
            target(&id.to_string(), scope.map(|scope| scope.display_name.as_str()), "Other")
        }
        Scope::Group(id) => target(&id.to_string(), scenario.name_of(id), "Group"),
        Scope::Azure(id) => {
            let known = scenario.azure.scope(id);
            target(
                known.map_or("", |known| known.path.as_str()),
                known.map(|known| known.display_name.as_str()),
                "Resource",
            )
        }
    }
}

fn details(call: &Call, record: &Record) -> Vec<Value> {
    let scenario = call.scenario();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            found.push((key.to_owned(), value));
        }
    };
    let instant = |at: DateTime<Utc>| call.stamps().coarse(at).as_str().map(str::to_owned);
    if let About::Role(role, scope) = &record.about {
        let built_in = scenario.role(*role).is_some_and(|role| role.built_in);
        add("RoleDefinitionOriginId", Some(role.to_string()));
        add("RoleDefinitionOriginType", Some(if built_in { "BuiltInRole" } else { "CustomRole" }.to_owned()));
        add("TemplateId", (built_in && scope.kind() == Kind::Directory).then(|| role.to_string()));
        add("StartTime", record.start.and_then(instant));
        add("ExpirationTime", record.end.and_then(instant));
    }
    add("Justification", record.justification.clone());
    add("TicketNumber", record.ticket.number.clone());
    add("TicketSystem", record.ticket.system.clone());
    found.extend(record.details.iter().cloned());
    found.into_iter().map(|(key, value)| json!({ "key": key, "value": value })).collect()
}

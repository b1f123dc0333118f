//! Users, groups, applications and administrative units: found by name, one by one, and who is in which group.

use axum::http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::rows::{self, row};
use super::scopes;
use crate::pim::Refusal;
use crate::scenario::{DEEPEST_GROUP, Group, ServicePrincipal, User};

/// Properties that users have only when they are selected (documented).
const HIDDEN_OF_USERS: &[&str] =
    &["accountEnabled", "userType", "department", "createdDateTime", "onPremisesSyncEnabled"];
/// More than these are refused.
const MOST_IDS: usize = 1_000;

/// Guests may not look around.
fn members_only(call: &Call) -> Result<(), Failure> {
    let guest = call.scenario().user(call.caller.oid).is_some_and(|user| user.home.is_some());
    if guest { Err(Refusal::Forbidden.into()) } else { Ok(()) }
}

/// What the directory answers only with `ConsistencyLevel: eventual`, and the search itself.
fn found(call: &Call, mut rows: Vec<Row>) -> Result<Vec<Row>, Failure> {
    let query = &call.query;
    let advanced = query.filter.as_ref().is_some_and(super::filter::Filter::is_advanced);
    let both = query.filter.is_some() && !query.order.is_empty();
    if !call.eventual && (query.search.is_some() || query.count || advanced || both) {
        let what = if query.search.is_some() {
            "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'"
        } else {
            "Operator is not supported because the required header 'ConsistencyLevel: eventual' is missing."
        };
        return Err(Failure::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", what));
    }
    if let (Some(search), Some(sample)) = (&query.search, rows.first()) {
        for property in search.properties() {
            if !sample.keys().any(|name| name.eq_ignore_ascii_case(property)) {
                let text = format!("Property '{property}' does not exist as a searchable property.");
                return Err(Failure::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", text));
            }
        }
    }
    if let Some(search) = &query.search {
        rows.retain(|row| search.matches(row));
    }
    Ok(rows)
}

fn get_only(call: &Call) -> Result<(), Failure> {
    if call.method == Method::GET { Ok(()) } else { Err(Failure::method_not_allowed()) }
}

/// A user with everything that can be selected.
fn user(call: &Call, known: &User) -> Row {
    let mut made = rows::user(known);
    let kind = if known.home.is_some() { "Guest" } else { "Member" };
    let created = call.app.pim().started() - chrono::TimeDelta::days(900);
    made.insert("accountEnabled".to_owned(), json!(true));
    made.insert("userType".to_owned(), json!(kind));
    made.insert("department".to_owned(), Value::Null);
    made.insert("createdDateTime".to_owned(), call.stamps().whole(created));
    made.insert("onPremisesSyncEnabled".to_owned(), Value::Null);
    made
}

fn group(call: &Call, known: &Group) -> Row {
    untyped(rows::principal_object(call, known.id))
}

fn application(known: &ServicePrincipal) -> Row {
    row(json!({
        "id": known.id, "appId": known.app_id, "displayName": known.display_name, "appDisplayName": known.display_name,
        "servicePrincipalType": "Application", "accountEnabled": true, "servicePrincipalNames": [known.app_id],
        "tags": [],
    }))
}

fn untyped(object: Value) -> Row {
    let mut made = row(object);
    made.remove("@odata.type");
    made
}

/// `GET /users` and `GET /users/{id or principal name}`.
pub fn users(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::USERS)?;
    get_only(call)?;
    let shape = Shape { hidden: HIDDEN_OF_USERS, ..Shape::plain("users", "user") };
    match rest {
        [] => {
            members_only(call)?;
            let all = call.scenario().users.iter().map(|known| user(call, known)).collect();
            list::collection(call, found(call, all)?, &shape)
        }
        [id] => {
            let scenario = call.scenario();
            let known = id
                .parse()
                .ok()
                .and_then(|id| scenario.user(id))
                .or_else(|| scenario.users.iter().find(|user| user.user_principal_name.eq_ignore_ascii_case(id)));
            let known = known.ok_or_else(|| missing(id))?;
            list::entity(call, user(call, known), &shape).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

fn missing(id: &str) -> Failure {
    let text =
        format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
    Failure::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", text)
}

/// `GET /groups`, one of them, and its members and owners.
pub fn groups(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::GROUPS)?;
    get_only(call)?;
    match rest {
        [] => {
            let all = call.scenario().groups.iter().map(|known| group(call, known)).collect();
            list::collection(call, found(call, all)?, &Shape::plain("groups", "group"))
        }
        [id] => {
            let known = id.parse().ok().and_then(|id| call.scenario().group(id));
            let known = known.ok_or_else(|| Failure::not_found(id))?;
            list::entity(call, group(call, known), &Shape::plain("groups", "group")).map(Answer::ok)
        }
        [id, what] => {
            members_only(call)?;
            let known = id.parse().ok().and_then(|id| call.scenario().group(id));
            let known = known.ok_or_else(|| Failure::not_found(id))?;
            let ids = match what.to_ascii_lowercase().as_str() {
                "members" => members(call, known, false),
                "transitivemembers" => members(call, known, true),
                "owners" => owners(call, known),
                _ => return Err(Failure::no_segment(what)),
            };
            objects(call, &ids)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

/// Who is in a group now, by an activation or without; with those of the groups in it if asked.
fn members(call: &Call, known: &Group, transitive: bool) -> Vec<Uuid> {
    let direct = |group: &Group| call.pim(|state, now| state.members(group, now).collect::<Vec<_>>());
    let mut ids = direct(known);
    let mut at = 0;
    for _ in 0..DEEPEST_GROUP {
        let end = ids.len();
        for index in at..end {
            let Some(inner) = call.scenario().group(ids[index]).filter(|_| transitive) else { continue };
            let more: Vec<Uuid> = direct(inner).into_iter().filter(|id| !ids.contains(id)).collect();
            ids.extend(more);
        }
        at = end;
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn owners(call: &Call, known: &Group) -> Vec<Uuid> {
    use crate::scenario::{Access, Scope};
    if known.pim.is_none() {
        return known.owners.iter().copied().collect();
    }
    let owned = |state: &mut crate::pim::State, now| {
        let owners = state.holders(Access::Owner.role(), Scope::Group(known.id), now);
        owners.map(|held| held.principal).collect::<Vec<_>>()
    };
    call.pim(owned)
}

/// A list of objects of several kinds.
fn objects(call: &Call, ids: &[Uuid]) -> Result<Answer, Failure> {
    let rows = ids.iter().map(|id| row(rows::principal_object(call, *id))).filter(|row| !row.is_empty()).collect();
    let shape = Shape { mixed: true, ..Shape::plain("directoryObjects", "directoryObject") };
    list::collection(call, found(call, rows)?, &shape)
}

/// `GET /servicePrincipals` and one of them.
pub fn applications(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::APPLICATIONS)?;
    get_only(call)?;
    let shape = Shape::plain("servicePrincipals", "servicePrincipal");
    match rest {
        [] => {
            members_only(call)?;
            let all = call.scenario().service_principals.iter().map(application).collect();
            list::collection(call, found(call, all)?, &shape)
        }
        [id] => {
            let known = id.parse().ok().and_then(|id| call.scenario().service_principal(id));
            let known = known.ok_or_else(|| missing(id))?;
            list::entity(call, application(known), &shape).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

/// `GET /directory/administrativeUnits` and one of them.
pub fn units(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    use crate::scenario::Scope;
    scopes::demand_plain(&call.caller.scopes, scopes::UNITS)?;
    get_only(call)?;
    let shape = Shape::plain("directory/administrativeUnits", "administrativeUnit");
    let unit = |id| untyped(rows::scope_object(call, Scope::AdministrativeUnit(id)));
    match rest {
        [] => {
            let all = call.scenario().administrative_units.iter().map(|known| unit(known.id)).collect();
            list::collection(call, found(call, all)?, &shape)
        }
        [id] => {
            let known = id.parse().ok().and_then(|id| call.scenario().administrative_unit(id));
            let known = known.ok_or_else(|| missing(id))?;
            list::entity(call, unit(known.id), &shape).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

#[derive(Deserialize)]
struct Ids {
    ids: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
}

/// `POST /directoryObjects/getByIds`: names for ids; those that nobody knows are left out.
pub fn by_ids(call: &Call) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::OBJECTS)?;
    if call.method != Method::POST {
        return Err(Failure::method_not_allowed());
    }
    let Ids { ids, types } = call.json()?;
    if ids.len() > MOST_IDS {
        return Err(Failure::bad_request(format!("More than {MOST_IDS} ids were given.")));
    }
    let known = ids.iter().filter_map(|id| id.parse().ok()).map(|id| rows::principal_object(call, id));
    let wanted = |object: &Value| {
        let kind =
            object["@odata.type"].as_str().unwrap_or_default().trim_start_matches("#microsoft.graph.").to_owned();
        !object.is_null() && (types.is_empty() || types.iter().any(|wanted| wanted.eq_ignore_ascii_case(&kind)))
    };
    let found: Vec<Value> = known.filter(wanted).collect();
    let context = format!("{}/$metadata#directoryObjects", call.root());
    Ok(Answer::ok(json!({ "@odata.context": context, "value": found })))
}

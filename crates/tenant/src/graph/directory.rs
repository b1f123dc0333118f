//! `/me`, `/organization` and `/groups`.

use axum::http::Method;
use serde_json::{Value, json};

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Shape};
use super::{rows, scopes};

/// `GET /me`.
pub fn me(call: &Call) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::ME)?;
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    let id = call.caller.oid;
    let user = call.scenario().user(id).ok_or_else(|| Failure::not_found(&id.to_string()))?;
    list::entity(call, rows::user(user), &shape("users", "user")).map(Answer::ok)
}

/// `GET /organization`.
pub fn organization(call: &Call) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::ORGANIZATION)?;
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    let organization = &call.scenario().organization;
    let row = rows::row(json!({
        "id": organization.tenant_id,
        "displayName": organization.display_name,
        "countryLetterCode": organization.country,
        "tenantType": "AAD",
        "assignedPlans": [],
        "verifiedDomains": [{
            "capabilities": "Email, OfficeCommunicationsOnline",
            "isDefault": true,
            "isInitial": true,
            "name": organization.domain,
            "type": "Managed",
        }],
    }));
    list::collection(call, vec![row], &shape("organization", "organization"))
}

/// `GET /groups` and `GET /groups/{id}`: names, for those who cannot expand them.
pub fn groups(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::GROUPS)?;
    if call.method != Method::GET {
        return Err(Failure::method_not_allowed());
    }
    let group = |id| match rows::principal_object(call, id) {
        Value::Object(mut row) => {
            row.remove("@odata.type");
            row
        }
        _ => rows::row(Value::Null),
    };
    match rest {
        [] => {
            let rows = call.scenario().groups.iter().map(|known| group(known.id)).collect();
            list::collection(call, rows, &shape("groups", "group"))
        }
        [id] => {
            let found = id.parse().ok().and_then(|id| call.scenario().group(id));
            let found = found.ok_or_else(|| Failure::not_found(id))?;
            list::entity(call, group(found.id), &shape("groups", "group")).map(Answer::ok)
        }
        [.., last] => Err(Failure::no_segment(last)),
    }
}

fn shape<'a>(context: &str, type_name: &'a str) -> Shape<'a> {
    Shape {
        context: context.to_owned(),
        type_name: type_name.into(),
        navigation: vec![],
        expand: Box::new(|_, _| Ok(Value::Null)),
    }
}

//! `/me` and its `checkMemberGroups`, and `/organization`.

use axum::http::Method;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

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
    list::entity(call, rows::user(user), &Shape::plain("users", "user")).map(Answer::ok)
}

/// Groups that one question may be about (documented).
const MOST_GROUPS: usize = 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    group_ids: Vec<String>,
}

/// `POST /me/checkMemberGroups`: those of the groups that the caller is a member of.
pub fn check_member_groups(call: &Call) -> Result<Answer, Failure> {
    scopes::demand_plain(&call.caller.scopes, scopes::ME)?;
    if call.method != Method::POST {
        return Err(Failure::method_not_allowed());
    }
    let Question { group_ids } = call.json()?;
    if group_ids.len() > MOST_GROUPS {
        return Err(Failure::bad_request("Too many groups are being checked; 20 are allowed."));
    }
    let lag = call.scenario().switches.effect_lag.length();
    let member = |group: &Uuid| {
        call.pim(|state, now| state.belongs(call.scenario(), *group, call.caller.oid, now, lag)).then_some(*group)
    };
    let known = group_ids.iter().filter_map(|id| id.parse::<Uuid>().ok());
    let found: Vec<Uuid> = known.filter_map(|group| member(&group)).collect();
    let context = format!("{}/$metadata#Collection(Edm.String)", call.root());
    Ok(Answer::ok(json!({ "@odata.context": context, "value": found })))
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
    list::collection(call, vec![row], &Shape::plain("organization", "organization"))
}

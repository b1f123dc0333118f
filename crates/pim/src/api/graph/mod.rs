//! Entra directory roles and PIM for Groups (Microsoft Graph v1.0).

mod alerts;
mod approvals;
mod assignments;
mod groups;
mod reviews;
mod schedules;
mod wire;

use std::{collections::HashMap, ops::Deref};

use serde::Deserialize;
#[cfg(test)]
use serde_json::Value;

use self::schedules::{DIRECTORY, PolicyAssignment};
pub(super) use self::{
    alerts::{alert, alert_operation, alerts, dismiss, scan},
    approvals::{approvals, decide},
    assignments::administer,
    reviews::{review, review_items, review_standing, reviews, reviews_open},
    schedules::{activate, segment},
};
pub use self::{groups::PimGroups, schedules::Schedules};
use super::{
    Client,
    answer::{self, Effect},
};
use crate::{
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Assignment, Requirements},
    net::Answer,
};

const POLICIES: &str = "/v1.0/policies/roleManagementPolicyAssignments\
    ?$filter=scopeId%20eq%20'/'%20and%20scopeType%20eq%20'DirectoryRole'&$expand=policy($expand=rules)";

/// Directory roles of the client's account. Cheap to clone. What they have in common with groups is what they lead to.
#[derive(Clone, Debug)]
pub struct DirectoryRoles(Schedules);

impl Deref for DirectoryRoles {
    type Target = Schedules;

    fn deref(&self) -> &Schedules {
        &self.0
    }
}

impl DirectoryRoles {
    /// The directory roles of the client's account.
    pub fn new(client: Client) -> Self {
        Self(Schedules::new(client, &DIRECTORY))
    }

    /// What each role asks for, by [`RoleKey::policy_id`](crate::model::RoleKey::policy_id). One call brings all roles'
    /// policies.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Where policies may not be read, the service still judges.
    pub async fn policies(&self) -> Result<HashMap<String, Requirements>, Failure> {
        let client = &self.0.client;
        let url = client.url(Resource::Graph, POLICIES);
        let assignments: Vec<PolicyAssignment> = client.pages(Resource::Graph, url).await?;
        let all = assignments.into_iter().map(PolicyAssignment::requirements);
        Ok(all.map(|(role, asked)| (role.to_lowercase(), asked)).filter(|(role, _)| !role.is_empty()).collect())
    }

    /// The tenant's display name.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn organization(&self) -> Result<Option<String>, Failure> {
        let client = &self.0.client;
        let url = client.url(Resource::Graph, "/v1.0/organization?$select=id,displayName");
        let all: Vec<Organization> = client.pages(Resource::Graph, url).await?;
        let name = all.into_iter().find_map(|organization| organization.display_name);
        Ok(name.map(|name| codes::clean(&name, 256)).filter(|name| !name.is_empty()))
    }
}

#[derive(Deserialize)]
struct Organization {
    #[serde(rename = "displayName")]
    display_name: Option<String>,
}

/// What is in an answer inside a batch, and on the pages after it: roles, whoever holds them.
pub(super) async fn rows(client: &Client, answer: &Answer) -> Result<Vec<Assignment>, Failure> {
    let rows: Vec<wire::Row> = client.pages_within(Resource::Graph, answer).await?;
    Ok(rows.into_iter().filter_map(|row| row.assignment("")).collect())
}

/// `value` of an answer.
pub(super) fn values(answer: &Answer) -> Result<Vec<String>, Failure> {
    #[derive(Deserialize)]
    struct Values {
        value: Vec<String>,
    }
    let values: Values = answer::parsed(&answer.body, Effect::Read)?;
    Ok(values.value)
}

/// A published example of a collection as the model holds it; `None` for collections that are not read.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &Value) -> Option<serde_json::Result<Value>> {
    use serde::de::Error;

    let own = entity["principalId"].as_str().unwrap_or_default();
    let row = || serde_json::from_value::<wire::Row>(entity.clone());
    let nameless = || serde_json::Error::custom("names no role");
    let eligibility = collection.contains("eligibility");
    // With a few selected properties only it may name no role.
    let named =
        entity["roleDefinitionId"].is_string() || (entity["groupId"].is_string() && entity["accessId"].is_string());
    if collection.ends_with("requests") {
        return named.then(|| serde_json::to_value(row()?.activation_request(None).ok_or_else(nameless)?));
    }
    if collection.contains("schedule") {
        return named.then(|| {
            if eligibility {
                serde_json::to_value(row()?.eligibility(own).ok_or_else(nameless)?)
            } else {
                serde_json::to_value(row()?.assignment(own).ok_or_else(nameless)?)
            }
        });
    }
    Some(match collection {
        // Of whoever holds it.
        "roleassignments" => {
            return named.then(|| serde_json::to_value(row()?.assignment("").ok_or_else(nameless)?));
        }
        "roledefinitions" | "groups" => crate::api::entered::example(entity),
        "users" | "serviceprincipals" | "members" | "transitivemembers" | "administrativeunits" => {
            crate::api::people::example(entity)
        }
        review if review.starts_with("accessreview") => reviews::example(review, entity),
        "alerts" => alerts::example(entity),
        alert if alert.starts_with("alert") => crate::api::alerts::example(alert, entity),
        "directoryaudits" => crate::api::audit::example(entity),
        "organization" => serde_json::from_value::<Organization>(entity.clone())
            .map(|organization| serde_json::json!({ "name": organization.display_name })),
        "checkmembergroups" => serde_json::from_value::<String>(entity.clone()).map(Value::String),
        "rules" => serde_json::from_value(entity.clone())
            .and_then(|rule| serde_json::to_value(crate::api::rules::requirements(vec![rule]))),
        "stages" | "steps" => {
            serde_json::from_value::<wire::Stage>(entity.clone()).and_then(|s| serde_json::to_value(s.stage()))
        }
        "rolemanagementpolicyassignments" => serde_json::from_value::<PolicyAssignment>(entity.clone())
            .and_then(|assignment| serde_json::to_value(assignment.requirements().1)),
        approvals if approvals.ends_with("approvals") => {
            serde_json::from_value::<wire::Approval>(entity.clone()).and_then(|a| serde_json::to_value(a.approval()))
        }
        _ => return None,
    })
}

/// What is sent for the wish that a published request's body tells of; `None` where Pimento sends none of its kind.
#[cfg(test)]
pub(super) fn sent(body: &Value) -> Option<serde_json::Result<Value>> {
    use super::examples_tests::Wish;

    let read = serde_json::from_value::<wire::Row>(body.clone());
    let asked = match read.map(|row| row.activation_request(None)) {
        Ok(asked) => asked?,
        Err(error) => return Some(Err(error)),
    };
    let now = chrono::DateTime::UNIX_EPOCH;
    Some(Ok(match Wish::of(asked, &body["scheduleInfo"])? {
        Wish::Activate(activation) => wire::self_activate(&activation, now),
        Wish::Deactivate(deactivation) => wire::self_deactivate(&deactivation),
        Wish::Extend(extension) => wire::self_extend(&extension, now),
    }))
}

#[cfg(test)]
#[path = "../graph_tests.rs"]
mod tests;

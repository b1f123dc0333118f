//! `accessReviewScheduleDefinitions`: the access reviews of Azure roles that wait for the caller.

use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure, lean};
use super::call::Call;
use super::rows::{self, stamp};
use crate::pim::reviews::{Applied, Item, Review, Verdict};
use crate::pim::{Refusal, State};
use crate::scenario::{self, Kind};

const KIND: &str = "Microsoft.Authorization/accessReviewScheduleDefinitions";

/// Answer a call below `accessReviewScheduleDefinitions`.
pub fn answer(call: &Call, rest: &[&str]) -> Result<Answer, Failure> {
    let is = |at: usize, name: &str| rest.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    if let [] | [_, _] = rest
        && call.method == Method::GET
    {
        // Everybody's are for those who administer reviews at a scope, elsewhere.
        let filter = call.option("$filter").unwrap_or_default().to_ascii_lowercase();
        if filter.trim() != "assignedtometoreview()" {
            return Err(Failure::bad("InvalidFilter", "The filter must be assignedToMeToReview()."));
        }
    }
    match (&call.method, rest) {
        (&Method::GET, []) => {
            call.list(mine(call).iter().map(|(review, defined)| definition(call, review, defined)).collect())
        }
        (&Method::GET, [id, _]) if is(1, "instances") => {
            let (review, _) = find(call, id)?;
            call.list(vec![instance(&review)])
        }
        (_, [id, _, of, rest @ ..]) if is(1, "instances") => {
            let (review, defined) = find(call, id)?;
            if !review.instance.to_string().eq_ignore_ascii_case(of) {
                return Err(missing(of));
            }
            within(call, &review, defined, rest)
        }
        _ => Err(Failure::no_resource(&call.path)),
    }
}

fn within(call: &Call, review: &Review, defined: &scenario::Review, rest: &[&str]) -> Result<Answer, Failure> {
    let is = |name: &str| rest.first().is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    let row = |item: &Item| decision(call, review, defined, item);
    match (&call.method, rest) {
        (&Method::GET, []) => Ok(Answer::ok(instance(review))),
        (&Method::GET, [_]) if is("decisions") => call.list(review.items.iter().map(row).collect()),
        (&Method::GET, [_, id]) if is("decisions") => Ok(Answer::ok(row(item(review, id)?))),
        (&Method::PATCH, [_, id]) if is("decisions") => {
            let wanted = item(review, id)?.id;
            let body: Decision = serde_json::from_slice(call.body).map_err(Failure::content)?;
            let verdict = Verdict::named(&body.decision)
                .ok_or_else(|| Failure::content(format!("decision: '{}'", body.decision)))?;
            let reason = body.justification.as_deref().unwrap_or_default();
            let reviewer = (review.id, call.caller.oid);
            let review = call.pim(|state, now| {
                state.review(call.scenario(), reviewer, |item| item.id == wanted, (verdict, reason), now)?;
                Ok::<_, Refusal>(state.reviews().iter().find(|known| known.id == reviewer.0).cloned())
            })?;
            let review = review.ok_or_else(|| missing(id))?;
            Ok(Answer::ok(decision(call, &review, defined, item(&review, id)?)))
        }
        (&Method::GET, [_]) if is("contactedReviewers") => {
            let people = defined.reviewers.iter().filter_map(|id| call.scenario().user(*id));
            let rows = people.map(|user| {
                json!({
                    "id": format!("{}/contactedReviewers/{}", path(review), user.id), "name": user.id,
                    "type": format!("{KIND}/instances/contactedReviewers"),
                    "properties": {
                        "userDisplayName": user.display_name, "userPrincipalName": user.user_principal_name,
                        "createdDateTime": stamp(review.began),
                    },
                })
            });
            call.list(rows.collect())
        }
        (&Method::POST, [_]) if is("acceptRecommendations") => {
            let (id, user) = (review.id, call.caller.oid);
            call.pim(|state, now| state.accept_recommendations(call.scenario(), id, user, now))?;
            Ok(Answer::no_content())
        }
        (_, [] | [_] | [_, _]) => Err(Failure::method()),
        _ => Err(Failure::no_resource(&call.path)),
    }
}

/// The body is bare here, without `properties` around it.
#[derive(Deserialize)]
struct Decision {
    decision: String,
    justification: Option<String>,
}

fn missing(id: &str) -> Failure {
    Refusal::NotFound(id.to_owned()).into()
}

/// The reviews of Azure that the caller is a reviewer of.
fn mine<'a>(call: &Call<'a>) -> Vec<(Review, &'a scenario::Review)> {
    let scenario = call.scenario();
    let reviews = call.pim(|state, _| state.reviews().to_vec());
    let defined = |id: Uuid| scenario.reviews.iter().find(|defined| defined.id == id);
    let all = reviews.into_iter().filter_map(|review| defined(review.id).map(|defined| (review, defined)));
    let own = |review: &Review| State::reviews_it(scenario, review.id, call.caller.oid);
    all.filter(|(review, defined)| defined.scope.kind() == Kind::Azure && own(review)).collect()
}

fn find<'a>(call: &Call<'a>, id: &str) -> Result<(Review, &'a scenario::Review), Failure> {
    let found = mine(call).into_iter().find(|(review, _)| review.id.to_string().eq_ignore_ascii_case(id));
    found.ok_or_else(|| missing(id))
}

fn item<'a>(review: &'a Review, id: &str) -> Result<&'a Item, Failure> {
    let found = review.items.iter().find(|item| item.id.to_string().eq_ignore_ascii_case(id));
    found.ok_or_else(|| missing(id))
}

fn path(review: &Review) -> String {
    format!("/providers/{KIND}/{}/instances/{}", review.id, review.instance)
}

fn definition(call: &Call, review: &Review, defined: &scenario::Review) -> Value {
    let scope = rows::scope_of(call, defined.scope);
    let role = scope.map(|scope| rows::role_id(call, scope, defined.role));
    let people = defined.reviewers.iter().map(|id| json!({ "principalId": id, "principalType": "user" }));
    lean(json!({
        "id": format!("/providers/{KIND}/{}", review.id), "type": KIND, "name": review.id,
        "properties": {
            "displayName": defined.display_name,
            "status": review.stage.name(),
            "descriptionForAdmins": defined.description,
            "descriptionForReviewers": defined.description,
            "createdBy": person(call, defined.created_by),
            "scope": { "resourceId": scope.map(|scope| &scope.path), "roleDefinitionId": role },
            "reviewers": people.collect::<Vec<_>>(),
            "reviewersType": "Assigned",
            "settings": {
                "mailNotificationsEnabled": true, "reminderNotificationsEnabled": true,
                "justificationRequiredOnApproval": defined.justification, "recommendationsEnabled": true,
                "instanceDurationInDays": defined.days, "defaultDecisionEnabled": false,
                "autoApplyDecisionsEnabled": defined.apply,
                "recurrence": { "range": {
                    "type": "numbered", "numberOfOccurrences": 1,
                    "startDate": stamp(review.began), "endDate": stamp(review.ends),
                } },
            },
            "instances": [instance(review)],
        },
    }))
}

fn instance(review: &Review) -> Value {
    json!({
        "id": path(review), "type": format!("{KIND}/instances"), "name": review.instance,
        "properties": {
            "status": review.stage.name(), "startDateTime": stamp(review.began), "endDateTime": stamp(review.ends),
            "reviewersType": "Assigned",
        },
    })
}

fn person(call: &Call, id: Option<Uuid>) -> Value {
    let known = id.and_then(|id| call.scenario().user(id));
    known.map_or(Value::Null, |user| {
        json!({
            "principalId": user.id, "principalType": "user", "principalName": user.display_name,
            "userPrincipalName": user.user_principal_name,
        })
    })
}

fn decision(call: &Call, review: &Review, defined: &scenario::Review, item: &Item) -> Value {
    let scenario = call.scenario();
    let principal = scenario.user(item.principal);
    let applied = match item.applied.0 {
        Applied::New => "New",
        Applied::Successfully => "AppliedSuccessfully",
        Applied::UnknownFailure => "AppliedWithUnknownFailure",
        Applied::ObjectNotFound => "AppliedSuccessfullyButObjectNotFound",
    };
    lean(json!({
        "id": format!("{}/decisions/{}", path(review), item.id), "type": format!("{KIND}/instances/decisions"),
        "name": item.id,
        "properties": {
            "reviewedBy": person(call, item.reviewed.map(|(by, _)| by)),
            "reviewedDateTime": item.reviewed.map(|(_, at)| stamp(at)),
            "decision": item.verdict.name(),
            "justification": item.justification,
            "appliedDateTime": item.applied.1.map(stamp),
            "applyResult": applied,
            "recommendation": item.recommendation.name(),
            "principal": {
                "type": "user", "id": item.principal, "displayName": principal.map(|user| &user.display_name),
                "userPrincipalName": principal.map(|user| &user.user_principal_name),
            },
            "resource": {
                "type": "azureRole", "id": defined.role,
                "displayName": scenario.role(defined.role).map(|role| &role.display_name),
            },
            "principalResourceMembership": { "membershipTypes": ["direct"] },
            "insights": [{
                "id": item.id, "name": item.id, "type": "Microsoft.Authorization/accessReviewDecisionInsights",
                "properties": {
                    "type": "userSignInInsight", "insightCreatedDateTime": stamp(review.began),
                    "lastSignInDateTime": stamp(item.last_sign_in),
                },
            }],
        },
    }))
}

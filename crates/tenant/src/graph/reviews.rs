//! `identityGovernance/accessReviews/definitions`: reviews of directory roles and groups, their instances and decisions.

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer::{Answer, Failure};
use super::call::Call;
use super::list::{self, Row, Shape};
use super::rows::row;
use super::scopes;
use crate::pim::Refusal;
use crate::pim::reviews::{Applied, Item, Review, Verdict};
use crate::scenario::{self, Kind, Scope, derived};

const PATH: &str = "identityGovernance/accessReviews/definitions";
const MINE: &str = "filterByCurrentUser(on='reviewer')";

fn is_mine(segment: &str) -> bool {
    segment.chars().filter(|c| !c.is_whitespace()).collect::<String>().eq_ignore_ascii_case(MINE)
}

/// Answer a call below `accessReviews/definitions`; `rest` are the segments after it.
pub fn answer(call: &Call, rest: &[String]) -> Result<Answer, Failure> {
    let reading = call.method == Method::GET;
    let needed = if reading { scopes::READ_REVIEWS } else { scopes::WRITE_REVIEWS };
    scopes::demand_plain(&call.caller.scopes, needed)?;
    let is = |at: usize, name: &str| rest.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    match (&call.method, rest) {
        (&Method::GET, []) => {
            administrators_only(call)?;
            list(call, &known(call, |_| true), PATH)
        }
        (&Method::GET, [mine]) if is_mine(mine) => {
            let own = known(call, |review| reviews_it(call, review));
            list(call, &own, "Collection(accessReviewScheduleDefinition)")
        }
        (&Method::GET, [id]) => {
            let (review, defined) = find(call, id)?;
            let made = definition(call, &review, defined);
            list::entity(call, made, &Shape::plain(PATH, "accessReviewScheduleDefinition")).map(Answer::ok)
        }
        (&Method::POST, [id, stop]) if stop.eq_ignore_ascii_case("stop") => act(call, id, stop),
        (&Method::GET, [id, _]) if is(1, "instances") => {
            let (review, defined) = find(call, id)?;
            let context = format!("{PATH}('{id}')/instances");
            list::collection(
                call,
                vec![instance(call, &review, defined)],
                &Shape::plain(context, "accessReviewInstance"),
            )
        }
        (&Method::GET, [id, _, mine]) if is(1, "instances") && is_mine(mine) => {
            let (review, defined) = find(call, id)?;
            let rows = if reviews_it(call, &review) { vec![instance(call, &review, defined)] } else { Vec::new() };
            list::collection(call, rows, &Shape::plain("Collection(accessReviewInstance)", "accessReviewInstance"))
        }
        (_, [id, _, of, rest @ ..]) if is(1, "instances") => {
            let (review, defined) = find(call, id)?;
            if review.instance.to_string().eq_ignore_ascii_case(of) {
                within(call, &review, defined, rest)
            } else {
                Err(Failure::not_found(of))
            }
        }
        (_, [.., last]) => Err(Failure::no_segment(last)),
        (_, []) => Err(Failure::method_not_allowed()),
    }
}

/// Below one instance.
fn within(call: &Call, review: &Review, defined: &scenario::Review, rest: &[String]) -> Result<Answer, Failure> {
    let at = format!("{PATH}('{}')/instances('{}')", review.id, review.instance);
    let is = |at: usize, name: &str| rest.get(at).is_some_and(|segment| segment.eq_ignore_ascii_case(name));
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let shape = Shape::plain(format!("{PATH}('{}')/instances", review.id), "accessReviewInstance");
            list::entity(call, instance(call, review, defined), &shape).map(Answer::ok)
        }
        (&Method::GET, [_]) if is(0, "decisions") => decisions(call, review, defined, true, format!("{at}/decisions")),
        (&Method::GET, [_, mine]) if is(0, "decisions") && is_mine(mine) => {
            let own = reviews_it(call, review);
            decisions(call, review, defined, own, "Collection(accessReviewInstanceDecisionItem)".to_owned())
        }
        (&Method::GET, [_, id]) if is(0, "decisions") => {
            let item = item(review, id)?;
            let shape = decision_shape(review, format!("{at}/decisions"));
            list::entity(call, decision(call, review, defined, item), &shape).map(Answer::ok)
        }
        (&Method::PATCH, [_, id]) if is(0, "decisions") => {
            let wanted = item(review, id)?.id;
            let body: Decision = call.json()?;
            decide(call, review, &body, |item| item.id == wanted)
        }
        (&Method::GET, [_]) if is(0, "contactedReviewers") => {
            let people = defined.reviewers.iter().filter_map(|id| call.scenario().user(*id));
            let rows = people.map(|user| {
                row(json!({
                    "id": user.id, "displayName": user.display_name, "userPrincipalName": user.user_principal_name,
                    "createdDateTime": call.stamps().coarse(review.began),
                }))
            });
            let shape = Shape::plain(format!("{at}/contactedReviewers"), "accessReviewReviewer");
            list::collection(call, rows.collect(), &shape)
        }
        // Of one stage only.
        (&Method::GET, [_]) if is(0, "stages") => {
            list::collection(call, Vec::new(), &Shape::plain(format!("{at}/stages"), "accessReviewStage"))
        }
        (&Method::POST, [_]) if is(0, "batchRecordDecisions") => {
            let body: Decision = call.json()?;
            let id = |text: Option<&str>| text.map(str::parse::<Uuid>).transpose();
            let wrong = |_| Failure::bad_request("An id is not a GUID.");
            let principal = id(body.principal_id.as_deref()).map_err(wrong)?;
            let resource = id(body.resource_id.as_deref()).map_err(wrong)?;
            let here = resource.is_none_or(|wanted| wanted == resource_id(defined));
            decide(call, review, &body, |item| here && principal.is_none_or(|wanted| wanted == item.principal))
        }
        (&Method::POST, [action]) => act(call, &review.id.to_string(), action),
        (_, [.., last]) => Err(Failure::no_segment(last)),
        (_, []) => Err(Failure::method_not_allowed()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Decision {
    #[serde(rename = "decision")]
    verdict: String,
    justification: Option<String>,
    principal_id: Option<String>,
    resource_id: Option<String>,
}

fn decide(call: &Call, review: &Review, body: &Decision, about: impl Fn(&Item) -> bool) -> Result<Answer, Failure> {
    let verdict = Verdict::named(&body.verdict)
        .ok_or_else(|| Failure::bad_request(format!("Invalid value '{}' for decision.", body.verdict)))?;
    let reason = body.justification.as_deref().unwrap_or_default();
    call.pim(|state, now| state.review(call.scenario(), (review.id, call.caller.oid), about, (verdict, reason), now))?;
    Ok(Answer::no_content())
}

fn act(call: &Call, id: &str, action: &str) -> Result<Answer, Failure> {
    let (review, _) = find(call, id)?;
    let (scenario, user, id) = (call.scenario(), call.caller.oid, review.id);
    call.pim(|state, now| match action.to_ascii_lowercase().as_str() {
        "stop" => state.stop_review(scenario, id, user, now).map_err(Failure::from),
        "applydecisions" => state.apply_decisions(scenario, id, user, now).map_err(Failure::from),
        "resetdecisions" => state.reset_decisions(scenario, id, user, now).map_err(Failure::from),
        "acceptrecommendations" => state.accept_recommendations(scenario, id, user, now).map_err(Failure::from),
        // There is no mail here.
        "sendreminder" => Ok(()),
        _ => Err(Failure::no_segment(action)),
    })?;
    Ok(Answer::no_content())
}

fn reviews_it(call: &Call, review: &Review) -> bool {
    crate::pim::State::reviews_it(call.scenario(), review.id, call.caller.oid)
}

fn administrators_only(call: &Call) -> Result<(), Failure> {
    let (scenario, user) = (call.scenario(), call.caller.oid);
    let may = call.pim(|state, now| {
        state.administers_reviews(scenario, user, now) || state.reads_everything(scenario, user, now)
    });
    if may { Ok(()) } else { Err(Refusal::Forbidden.into()) }
}

/// The reviews that Microsoft Graph serves: Azure has its own.
fn known<'a>(call: &'a Call, wanted: impl Fn(&Review) -> bool) -> Vec<(Review, &'a scenario::Review)> {
    let reviews = call.pim(|state, _| state.reviews().to_vec());
    let defined = |id| call.scenario().reviews.iter().find(|defined| defined.id == id);
    let all = reviews.into_iter().filter_map(|review| defined(review.id).map(|defined| (review, defined)));
    all.filter(|(review, defined)| defined.scope.kind() != Kind::Azure && wanted(review)).collect()
}

/// A review, for its reviewers and for administrators.
fn find<'a>(call: &'a Call, id: &str) -> Result<(Review, &'a scenario::Review), Failure> {
    let found = known(call, |review| review.id.to_string().eq_ignore_ascii_case(id)).pop();
    let found = found.ok_or_else(|| Failure::not_found(id))?;
    let own = found.1.created_by == Some(call.caller.oid);
    if !own && !reviews_it(call, &found.0) {
        administrators_only(call)?;
    }
    Ok(found)
}

fn item<'a>(review: &'a Review, id: &str) -> Result<&'a Item, Failure> {
    let found = review.items.iter().find(|item| item.id.to_string().eq_ignore_ascii_case(id));
    found.ok_or_else(|| Failure::not_found(id))
}

fn list(call: &Call, reviews: &[(Review, &scenario::Review)], context: &str) -> Result<Answer, Failure> {
    let rows = reviews.iter().map(|(review, defined)| definition(call, review, defined)).collect();
    list::collection(call, rows, &Shape::plain(context, "accessReviewScheduleDefinition"))
}

fn query(text: &str) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.accessReviewQueryScope", "query": text, "queryType": "MicrosoftGraph",
        "queryRoot": null,
    })
}

/// What is reviewed: who is in a group, or who holds a role.
fn scope(defined: &scenario::Review) -> Value {
    match defined.scope {
        Scope::Group(group) => query(&format!("/groups/{group}/transitiveMembers")),
        _ => json!({
            "@odata.type": "#microsoft.graph.principalResourceMembershipsScope",
            "principalScopes": [query("/v1.0/users")],
            "resourceScopes": [query(&format!("/beta/roleManagement/directory/roleDefinitions/{}", defined.role))],
        }),
    }
}

fn reviewers(defined: &scenario::Review) -> Vec<Value> {
    let person =
        |id: &Uuid| json!({ "query": format!("/v1.0/users/{id}"), "queryType": "MicrosoftGraph", "queryRoot": null });
    defined.reviewers.iter().map(person).collect()
}

fn definition(call: &Call, review: &Review, defined: &scenario::Review) -> Row {
    let creator = defined.created_by.and_then(|id| call.scenario().user(id));
    row(json!({
        "id": review.id,
        "displayName": defined.display_name,
        "status": review.stage.name(),
        "createdDateTime": call.stamps().coarse(review.began),
        "lastModifiedDateTime": call.stamps().coarse(review.began),
        "descriptionForAdmins": defined.description,
        "descriptionForReviewers": defined.description,
        "createdBy": creator.map(|user| json!({
            "id": user.id, "displayName": user.display_name, "userPrincipalName": user.user_principal_name,
        })),
        "scope": scope(defined),
        "instanceEnumerationScope": null,
        "reviewers": reviewers(defined),
        "fallbackReviewers": [],
        "stageSettings": [],
        "additionalNotificationRecipients": [],
        "settings": {
            "mailNotificationsEnabled": true,
            "reminderNotificationsEnabled": true,
            "justificationRequiredOnApproval": defined.justification,
            "defaultDecisionEnabled": false,
            "defaultDecision": "None",
            "instanceDurationInDays": defined.days,
            "autoApplyDecisionsEnabled": defined.apply,
            "recommendationsEnabled": true,
            "recommendationLookBackDuration": "P30D",
            "decisionHistoriesForReviewersEnabled": false,
            "applyActions": [{ "@odata.type": "#microsoft.graph.removeAccessApplyAction" }],
            "recommendationInsightSettings": [],
            "recurrence": {
                "pattern": null,
                "range": {
                    "type": "numbered", "numberOfOccurrences": 0, "recurrenceTimeZone": null,
                    "startDate": date(review.began), "endDate": date(review.ends),
                },
            },
        },
    }))
}

fn date(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}

fn instance(call: &Call, review: &Review, defined: &scenario::Review) -> Row {
    row(json!({
        "id": review.instance,
        "startDateTime": call.stamps().coarse(review.began),
        "endDateTime": call.stamps().coarse(review.ends),
        "status": review.stage.name(),
        "scope": scope(defined),
        "reviewers": reviewers(defined),
        "fallbackReviewers": [],
    }))
}

/// The id of what is reviewed: a group's or a role's.
fn resource_id(defined: &scenario::Review) -> Uuid {
    match defined.scope {
        Scope::Group(group) => group,
        _ => defined.role,
    }
}

fn decisions(
    call: &Call,
    review: &Review,
    defined: &scenario::Review,
    shown: bool,
    context: String,
) -> Result<Answer, Failure> {
    let items = review.items.iter().filter(|_| shown);
    let rows = items.map(|item| decision(call, review, defined, item)).collect();
    list::collection(call, rows, &decision_shape(review, context))
}

fn decision_shape(review: &Review, context: String) -> Shape<'_> {
    Shape {
        navigation: vec!["insights"],
        expand: Box::new(|row, _| {
            let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
            let item = item(review, id)?;
            Ok(json!([{
                "@odata.type": "#microsoft.graph.userSignInInsight",
                "id": derived(&["insight", id]),
                "insightCreatedDateTime": review.began.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                "lastSignInDateTime": item.last_sign_in.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            }]))
        }),
        ..Shape::plain(context, "accessReviewInstanceDecisionItem")
    }
}

/// Nobody, as the service writes it.
fn person(call: &Call, id: Option<Uuid>) -> Value {
    let known = id.and_then(|id| call.scenario().user(id));
    json!({
        "id": known.map_or(Uuid::nil(), |user| user.id),
        "displayName": known.map_or("", |user| user.display_name.as_str()),
        "userPrincipalName": known.map_or("", |user| user.user_principal_name.as_str()),
    })
}

fn decision(call: &Call, review: &Review, defined: &scenario::Review, item: &Item) -> Row {
    let (scenario, root) = (call.scenario(), call.root());
    let group = match defined.scope {
        Scope::Group(id) => Some(id),
        _ => None,
    };
    let (kind, name, link) = match group {
        Some(id) => ("group", scenario.name_of(id), format!("{root}/groups/{id}")),
        None => (
            "directoryRole",
            scenario.role(defined.role).map(|role| role.display_name.as_str()),
            format!("{root}/roleManagement/directory/roleDefinitions/{}", defined.role),
        ),
    };
    let applied = match item.applied.0 {
        Applied::New => "New",
        Applied::Successfully => "AppliedSuccessfully",
        Applied::UnknownFailure => "AppliedWithUnknownFailure",
        Applied::ObjectNotFound => "AppliedSuccessfullyButObjectNotFound",
    };
    let mut principal = person(call, Some(item.principal));
    principal["@odata.type"] = json!("#microsoft.graph.userIdentity");
    row(json!({
        "id": item.id,
        "accessReviewId": review.instance,
        "reviewedDateTime": item.reviewed.map(|(_, at)| call.stamps().coarse(at)),
        "decision": item.verdict.name(),
        "justification": item.justification,
        "appliedDateTime": item.applied.1.map(|at| call.stamps().coarse(at)),
        "applyResult": applied,
        "recommendation": item.recommendation.name(),
        "principalLink": format!("{root}/users/{}", item.principal),
        "resourceLink": link,
        "resource": { "id": resource_id(defined), "displayName": name, "type": kind },
        "reviewedBy": person(call, item.reviewed.map(|(by, _)| by)),
        "appliedBy": person(call, None),
        "principal": principal,
    }))
}

//! Access reviews of the directory and of groups (Microsoft Graph v1.0) and of Azure resources (2021-12-01-preview): what both
//! tell of them is nearly the same, and is read here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Client, Sources, graph,
    sources::{joined, token},
    wire,
};
use crate::{
    auth::AccessToken,
    cloud::{REVIEWING, Resource},
    failure::Failure,
    model::{AccessReview, ActivationRequest, Actor, Kind, Review, ReviewDecision, ReviewItem, ReviewPath},
};

impl Sources {
    /// Instances of reviews that the caller is a reviewer of: those in which reviewers decide, or `all` that the service keeps.
    /// `permission` is the one of Microsoft Graph that is used.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn access_reviews(
        &self,
        service: Resource,
        all: bool,
        permission: &'static str,
    ) -> Result<Vec<AccessReview>, Failure> {
        let reviews = match service {
            Resource::Graph => graph::reviews(&self.reviewing(permission), all).await?,
            Resource::Arm => self.azure.reviews().await?,
        };
        // Whoever filters by another word than the service's gets everything.
        Ok(reviews.into_iter().filter(|review| all || review.is_open()).collect())
    }

    /// Who is looked at in each of these, as far as the caller is a reviewer: one outcome for each, in order; those of Graph
    /// by one `$batch` for each twenty.
    pub async fn review_items(
        &self,
        paths: &[ReviewPath],
        permission: &'static str,
    ) -> Vec<Result<Vec<ReviewItem>, Failure>> {
        let (on_graph, on_azure) = split(paths, |path| path.service);
        let picked = |places: &[usize]| -> Vec<ReviewPath> { places.iter().map(|at| paths[*at].clone()).collect() };
        let client = self.reviewing(permission);
        let (graph_ones, azure_ones) = (picked(&on_graph), picked(&on_azure));
        let (first, second) =
            tokio::join!(graph::review_items(&client, &graph_ones), self.azure.review_items(azure_ones));
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    /// Single people under review: how they stand now. One outcome for each, in order.
    pub async fn review_standing(&self, asked: &[(ReviewPath, String)]) -> Vec<Result<ReviewItem, Failure>> {
        let (on_graph, on_azure) = split(asked, |(path, _)| path.service);
        let picked = |places: &[usize]| -> Vec<_> { places.iter().map(|at| asked[*at].clone()).collect() };
        let client = self.reviewing(REVIEWING);
        let (graph_ones, azure_ones) = (picked(&on_graph), picked(&on_azure));
        let (first, second) =
            tokio::join!(graph::review_standing(&client, &graph_ones), self.azure.review_standing(azure_ones));
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    /// Do reviewers still decide there? One outcome for each, in order.
    pub async fn reviews_open(&self, paths: &[ReviewPath]) -> Vec<Result<bool, Failure>> {
        let (on_graph, on_azure) = split(paths, |path| path.service);
        let picked = |places: &[usize]| -> Vec<ReviewPath> { places.iter().map(|at| paths[*at].clone()).collect() };
        let client = self.reviewing(REVIEWING);
        let (graph_ones, azure_ones) = (picked(&on_graph), picked(&on_azure));
        let (first, second) =
            tokio::join!(graph::reviews_open(&client, &graph_ones), self.azure.reviews_open(azure_ones));
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    /// When people last activated the role or group of this id, by their ids in lower case, as far as the service keeps
    /// requests and the caller may read those of others. Of Azure by `people`, at `scope`.
    ///
    /// # Errors
    /// See [`Failure`]; most reviewers may not read that.
    pub async fn last_activations(
        &self,
        review: &AccessReview,
        people: &[String],
    ) -> Result<HashMap<String, DateTime<Utc>>, Failure> {
        let requests = match (review.kind, &review.resource, &review.scope) {
            (Some(kind @ (Kind::DirectoryRole | Kind::Group)), Some(id), _) => {
                let (schedules, property) = match kind {
                    Kind::Group => (&*self.groups, "groupId"),
                    _ => (&*self.directory, "roleDefinitionId"),
                };
                schedules.requests_about(property, id).await?
            }
            (Some(Kind::AzureResource), Some(role), Some(scope)) => {
                let pairs = people.iter().map(|person| (person.clone(), scope.clone())).collect();
                let mut all = Vec::new();
                for read in self.azure.requests_of(pairs).await {
                    all.extend(read?);
                }
                let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
                all.retain(|request| last(&request.key.role_definition_id) == last(role));
                all
            }
            _ => Vec::new(),
        };
        let mut found = HashMap::new();
        for request in requests.into_iter().filter(ActivationRequest::was_activated) {
            let (Some(person), Some(at)) = (request.principal_id, request.start.or(request.created)) else { continue };
            let known = found.entry(person.to_ascii_lowercase()).or_insert(at);
            *known = at.max(*known);
        }
        Ok(found)
    }

    /// Records decisions: those on Graph by one `$batch` for each twenty, those on Azure by a request each. One outcome for
    /// each, in order; none stops another, each is sent once.
    ///
    /// `tokens` are those that step-ups brought.
    pub async fn review(&self, reviews: &[Review], tokens: &[AccessToken]) -> Vec<Result<(), Failure>> {
        let (on_graph, on_azure) = split(reviews, |review| review.path.service);
        let picked = |places: &[usize]| -> Vec<Review> { places.iter().map(|at| reviews[*at].clone()).collect() };
        let client = self.reviewing(REVIEWING);
        let (graph_ones, azure_ones) = (picked(&on_graph), picked(&on_azure));
        let (first, second) = tokio::join!(
            graph::review(&client, &graph_ones),
            self.azure.review(azure_ones, token(tokens, Resource::Arm)),
        );
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    fn reviewing(&self, permission: &'static str) -> Client {
        self.client.on_errand(permission)
    }
}

/// The places of what lives on Graph, and of what lives on Azure.
fn split<T>(items: &[T], service: impl Fn(&T) -> Resource) -> (Vec<usize>, Vec<usize>) {
    (0..items.len()).partition(|at| service(&items[*at]) == Resource::Graph)
}

/// The body of a decision: bare, also on Azure.
pub(super) fn body(review: &Review) -> Value {
    json!({ "decision": review.opinion.word(), "justification": review.justification })
}

/// `accessReviewScheduleDefinition`; on Azure its `properties`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Default))]
#[serde(rename_all = "camelCase")]
pub(super) struct Definition {
    display_name: Option<String>,
    description_for_reviewers: Option<String>,
    created_by: Option<Identity>,
    #[serde(default)]
    scope: Value,
    settings: Option<Settings>,
    #[serde(default)]
    stage_settings: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    justification_required_on_approval: Option<bool>,
    auto_apply_decisions_enabled: Option<bool>,
}

/// `accessReviewInstance`, or a stage of one; on Azure its `properties`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Default))]
#[serde(rename_all = "camelCase")]
pub(super) struct Instance {
    status: Option<String>,
    #[serde(default, deserialize_with = "wire::instant")]
    start_date_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "wire::instant")]
    end_date_time: Option<DateTime<Utc>>,
    #[serde(default)]
    scope: Value,
}

/// `userIdentity`; Azure's names for the same besides, and those of `accessReviewInstanceDecisionItemUserTarget`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(alias = "principalId", alias = "userId")]
    id: Option<String>,
    #[serde(alias = "principalName", alias = "userDisplayName")]
    display_name: Option<String>,
    user_principal_name: Option<String>,
    #[serde(rename = "@odata.type")]
    odata_type: Option<String>,
    #[serde(rename = "type", alias = "principalType")]
    kind: Option<String>,
}

/// `accessReviewInstanceDecisionItem`; on Azure its `properties`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    #[serde(default)]
    id: String,
    principal: Option<Identity>,
    /// What had the principal in it before.
    target: Option<Identity>,
    resource: Option<Named>,
    decision: Option<String>,
    justification: Option<String>,
    recommendation: Option<String>,
    reviewed_by: Option<Identity>,
    #[serde(default, deserialize_with = "wire::instant")]
    reviewed_date_time: Option<DateTime<Utc>>,
    apply_result: Option<String>,
    #[serde(default)]
    insights: Option<Vec<Insight>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Insight {
    #[serde(default, deserialize_with = "wire::instant")]
    last_sign_in_date_time: Option<DateTime<Utc>>,
    /// Azure has it in there.
    properties: Option<Box<Self>>,
}

impl Definition {
    /// Does every instance have several stages?
    pub(super) fn has_stages(&self) -> bool {
        self.stage_settings.as_ref().is_some_and(|stages| !stages.is_empty())
    }

    /// One of its instances.
    pub(super) fn review(&self, path: ReviewPath, instance: Instance) -> AccessReview {
        let Instance { status, start_date_time, end_date_time, scope } = instance;
        let (kind, resource, at) = match path.service {
            // Of one instance among many the scope is its own.
            Resource::Graph => reviewed(&scope).or_else(|| reviewed(&self.scope)).unwrap_or_default(),
            Resource::Arm => {
                let part = |name: &str| self.scope[name].as_str().map(str::to_owned);
                (Some(Kind::AzureResource), part("roleDefinitionId"), part("resourceId"))
            }
        };
        let settings = self.settings.as_ref();
        AccessReview {
            name: wire::name(self.display_name.as_deref()).unwrap_or_else(|| path.instance.clone()),
            path,
            description: wire::text(self.description_for_reviewers.clone()),
            kind,
            resource,
            scope: at,
            status: status.unwrap_or_default(),
            start: start_date_time,
            end: end_date_time,
            // Whoever gives a reason that nobody wants has lost nothing.
            reason_to_approve: settings.is_none_or(|all| all.justification_required_on_approval.unwrap_or(true)),
            applies_itself: settings.is_some_and(|all| all.auto_apply_decisions_enabled.unwrap_or_default()),
            created_by: self.created_by.as_ref().and_then(Identity::actor),
        }
    }
}

impl Instance {
    /// Is it the one in which reviewers decide?
    pub(super) fn is_open(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("InProgress"))
    }

    /// The stage's end is the one that counts.
    pub(super) fn end(&self) -> Option<DateTime<Utc>> {
        self.end_date_time
    }
}

impl Identity {
    /// `None` for nobody, whom the service writes as zeros.
    fn actor(&self) -> Option<Actor> {
        let id = self.id.clone().filter(|id| !id.is_empty() && Uuid::parse_str(id).ok() != Some(Uuid::nil()));
        let (name, username) =
            (wire::name(self.display_name.as_deref()), wire::name(self.user_principal_name.as_deref()));
        let kind = self.odata_type.as_deref().or(self.kind.as_deref()).unwrap_or_default().to_ascii_lowercase();
        let app = kind.contains("serviceprincipal");
        (id.is_some() || name.is_some()).then_some(Actor { id, name, username, app })
    }
}

impl Item {
    /// As the model has it. `id`: where the item does not name itself by its own.
    pub(super) fn item(self, id: Option<String>) -> Option<ReviewItem> {
        let id = id.unwrap_or(self.id);
        let sign_ins = self.insights.unwrap_or_default().into_iter().filter_map(Insight::last_sign_in);
        let decision = ReviewDecision::from_word(&self.decision.unwrap_or_default());
        let applied = self.apply_result.filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("New"));
        (!id.is_empty()).then(|| ReviewItem {
            id,
            person: self.principal.or(self.target).as_ref().and_then(Identity::actor).unwrap_or_default(),
            resource: self.resource.and_then(|named| wire::name(named.display_name.as_deref())),
            decision,
            justification: wire::text(self.justification),
            by: self.reviewed_by.as_ref().and_then(Identity::actor),
            at: self.reviewed_date_time,
            recommendation: self.recommendation.as_deref().and_then(recommended),
            last_sign_in: sign_ins.max(),
            applied: wire::name(applied.as_deref()),
        })
    }
}

impl Insight {
    fn last_sign_in(self) -> Option<DateTime<Utc>> {
        self.last_sign_in_date_time.or_else(|| self.properties.and_then(|inner| inner.last_sign_in_date_time))
    }
}

/// What the service would say; `None` where it has nothing to go by.
fn recommended(word: &str) -> Option<ReviewDecision> {
    let decision = ReviewDecision::from_word(word);
    (decision != ReviewDecision::NotReviewed && !word.eq_ignore_ascii_case("NoInfoAvailable")).then_some(decision)
}

/// What a scope of Microsoft Graph is about: its kind, and the id of the role or group.
fn reviewed(scope: &Value) -> Option<(Option<Kind>, Option<String>, Option<String>)> {
    const PLACES: [(&str, Kind); 2] = [("/roledefinitions/", Kind::DirectoryRole), ("/groups/", Kind::Group)];
    let own = scope["query"].as_str();
    let resources = scope["resourceScopes"].as_array().into_iter().flatten();
    let queries: Vec<&str> = resources.filter_map(|each| each["query"].as_str()).chain(own).collect();
    for query in &queries {
        let lower = query.to_ascii_lowercase();
        for (place, kind) in PLACES {
            if let Some(at) = lower.find(place) {
                let rest = &lower[at + place.len()..];
                let id = rest.split(['/', '?']).next().filter(|id| !id.is_empty()).map(str::to_owned);
                return Some((Some(kind), id, None));
            }
        }
    }
    None
}

/// Does the service say that it does not know this (any more)?
pub(crate) fn is_gone(failure: &Failure) -> bool {
    const GONE: [&str; 5] = ["ResourceNotFound", "Request_ResourceNotFound", "NotFound", "ItemNotFound", "HTTP 404"];
    matches!(failure, Failure::Refused(problem) if GONE.iter().any(|code| problem.code.eq_ignore_ascii_case(code)))
}

#[cfg(test)]
#[path = "reviews_tests.rs"]
mod tests;

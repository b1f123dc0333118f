//! Access reviews of Azure roles that the caller is a reviewer of, and the caller's decisions (2021-12-01-preview).

use reqwest::Method;
use serde::Deserialize;
use url::Url;

use super::{AzureRoles, scope};
use crate::{
    api::reviews::{self, Definition, Instance, Item, is_gone},
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{AccessReview, Review, ReviewItem, ReviewPath},
};

const VERSION: &str = "api-version=2021-12-01-preview";
const DEFINITIONS: &str = "providers/Microsoft.Authorization/accessReviewScheduleDefinitions";
const MINE: &str = "&$filter=assignedToMeToReview()";

#[derive(Deserialize)]
struct Row<T> {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    properties: T,
}

impl<T> Row<T> {
    /// The name by itself, where the service tells only the whole id.
    fn own(&self) -> String {
        if self.name.is_empty() { scope::last(&self.id).to_owned() } else { self.name.clone() }
    }
}

impl AzureRoles {
    /// The caller's reviews, of all times that the service keeps: one request for the definitions and one for each of them.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub(in crate::api) async fn reviews(&self) -> Result<Vec<AccessReview>, Failure> {
        let url = self.url(scope::ROOT, DEFINITIONS, &format!("{VERSION}{MINE}"))?;
        let definitions: Vec<Row<Definition>> = self.client.pages(Resource::Arm, url).await?;
        let ids = definitions.iter().map(Row::own).collect();
        let instances = self
            .each(ids, |roles, definition: String| async move {
                let path = format!("{DEFINITIONS}/{}/instances", scope::segment(&definition)?);
                let url = roles.url(scope::ROOT, &path, &format!("{VERSION}{MINE}"))?;
                roles.client.pages::<Row<Instance>>(Resource::Arm, url).await
            })
            .await;
        let mut found = Vec::new();
        for (definition, instances) in definitions.iter().zip(instances) {
            let instances = match instances {
                Err(failure) if is_gone(&failure) => continue,
                read => read?,
            };
            for instance in instances {
                let path = ReviewPath {
                    service: Resource::Arm,
                    definition: definition.own(),
                    instance: instance.own(),
                    stage: None,
                };
                found.push(definition.properties.review(path, instance.properties));
            }
        }
        Ok(found)
    }

    pub(in crate::api) async fn review_items(&self, paths: Vec<ReviewPath>) -> Vec<Result<Vec<ReviewItem>, Failure>> {
        self.each(paths, |roles, path| async move {
            let url = roles.of_review(&path, "")?;
            let rows: Vec<Row<Item>> = roles.client.pages(Resource::Arm, url).await?;
            Ok(rows.into_iter().filter_map(item).collect())
        })
        .await
    }

    pub(in crate::api) async fn review_standing(
        &self,
        asked: Vec<(ReviewPath, String)>,
    ) -> Vec<Result<ReviewItem, Failure>> {
        self.each(asked, |roles, (path, id)| async move {
            let url = roles.of_review(&path, &id)?;
            let row: Row<Item> = roles.client.read(Resource::Arm, url).await?;
            item(row).ok_or_else(|| Failure::Refused(codes::ours(codes::UNEXPECTED, None)))
        })
        .await
    }

    pub(in crate::api) async fn reviews_open(&self, paths: Vec<ReviewPath>) -> Vec<Result<bool, Failure>> {
        self.each(paths, |roles, path| async move {
            let instance = format!(
                "{DEFINITIONS}/{}/instances/{}",
                scope::segment(&path.definition)?,
                scope::segment(&path.instance)?
            );
            let url = roles.url(scope::ROOT, &instance, &format!("{VERSION}{MINE}"))?;
            let row: Row<Instance> = roles.client.read(Resource::Arm, url).await?;
            Ok(row.properties.is_open())
        })
        .await
    }

    /// Records decisions by a request each; none stops another, each is sent once.
    pub(in crate::api) async fn review(
        &self,
        wanted: Vec<Review>,
        token: Option<&AccessToken>,
    ) -> Vec<Result<(), Failure>> {
        let token = token.cloned();
        self.each(wanted, |roles, review| {
            let token = token.clone();
            async move {
                let url = roles.of_review(&review.path, &review.item)?;
                let body = reviews::body(&review);
                roles.client.write(Resource::Arm, Method::PATCH, url, Some(&body), token.as_ref()).await.map(drop)
            }
        })
        .await
    }

    /// The address of a review's decisions, or of one of them.
    fn of_review(&self, path: &ReviewPath, item: &str) -> Result<Url, Failure> {
        let (definition, instance) = (scope::segment(&path.definition)?, scope::segment(&path.instance)?);
        let item = if item.is_empty() { String::new() } else { format!("/{}", scope::segment(item)?) };
        let path = format!("{DEFINITIONS}/{definition}/instances/{instance}/decisions{item}");
        self.url(scope::ROOT, &path, VERSION)
    }
}

fn item(row: Row<Item>) -> Option<ReviewItem> {
    let id = row.own();
    row.properties.item(Some(id))
}

/// A published definition, instance or decision as it is read here.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    use serde::de::{DeserializeOwned, Error};
    use serde_json::to_value;

    fn read<T: DeserializeOwned>(entity: &serde_json::Value) -> serde_json::Result<Row<T>> {
        serde_json::from_value(entity.clone())
    }
    let path =
        |definition: String, instance: String| ReviewPath { service: Resource::Arm, definition, instance, stage: None };
    match collection {
        "accessreviewdefinitions" => {
            let row = read::<Definition>(entity)?;
            to_value(row.properties.review(path(row.own(), String::new()), Instance::default()))
        }
        "accessreviewdecisions" => to_value(item(read(entity)?).ok_or_else(|| serde_json::Error::custom("has no id"))?),
        _ => {
            let row = read::<Instance>(entity)?;
            to_value(Definition::default().review(path(String::new(), row.own()), row.properties))
        }
    }
}

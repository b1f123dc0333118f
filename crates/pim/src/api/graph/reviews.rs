//! Access reviews of directory roles and groups that the caller is a reviewer of, and the caller's decisions.
//!
//! Sources: "accessReviewScheduleDefinition: filterByCurrentUser", "accessReviewInstance: filterByCurrentUser", "accessReviewStage:
//! filterByCurrentUser", "accessReviewInstanceDecisionItem: filterByCurrentUser", "Update accessReviewInstanceDecisionItem".

use serde::Deserialize;
use serde_json::Value;

use super::schedules::segment;
use crate::{
    api::{
        Client,
        answer::{self, Effect},
        batch::Version,
        reviews::{self, Definition, Instance, Item, is_gone},
    },
    cloud::Resource,
    codes,
    failure::Failure,
    model::{AccessReview, Review, ReviewItem, ReviewPath},
    net::Answer,
};

const DEFINITIONS: &str = "/identityGovernance/accessReviews/definitions";
const MINE: &str = "filterByCurrentUser(on='reviewer')";
const OPEN: &str = "?$filter=status%20eq%20'InProgress'";

/// A row with its id.
#[derive(Deserialize)]
struct Row<T> {
    id: String,
    #[serde(flatten)]
    rest: T,
}

/// The caller's reviews: one request for the definitions, and one `$batch` for each twenty of them.
pub(in crate::api) async fn reviews(client: &Client, all: bool) -> Result<Vec<AccessReview>, Failure> {
    let filter = if all { "" } else { OPEN };
    let first = client.url(Resource::Graph, &format!("/v1.0{DEFINITIONS}/{MINE}{filter}"));
    let definitions: Vec<Row<Definition>> = client.pages(Resource::Graph, first).await?;
    let definitions: Vec<_> = definitions.into_iter().filter(|row| segment(&row.id).is_ok()).collect();
    let urls = definitions.iter().map(|row| format!("{DEFINITIONS}/{}/instances/{MINE}{filter}", row.id)).collect();
    let mut found = Vec::new();
    let mut staged = Vec::new();
    for (Row { id: definition, rest: defined }, answered) in definitions.iter().zip(client.get_all(urls).await) {
        for Row { id: instance, rest } in rows_of::<Instance>(client, answered).await? {
            if segment(&instance).is_err() {
                continue;
            }
            let path = ReviewPath { service: Resource::Graph, definition: definition.clone(), instance, stage: None };
            if defined.has_stages() && rest.is_open() {
                staged.push(found.len());
            }
            found.push(defined.review(path, rest));
        }
    }
    in_their_stages(client, &mut found, &staged).await?;
    Ok(found)
}

/// Of an instance with stages that one counts in which reviewers decide now; where it is not the caller's turn, they have
/// nothing to decide.
async fn in_their_stages(client: &Client, found: &mut [AccessReview], staged: &[usize]) -> Result<(), Failure> {
    let url = |at: &usize| Ok::<_, Failure>(format!("{}/stages/{MINE}{OPEN}", address(&found[*at].path)?));
    let urls = staged.iter().map(url).collect::<Result<Vec<_>, _>>()?;
    for (at, answered) in staged.iter().zip(client.get_all(urls).await) {
        let stages = rows_of::<Instance>(client, answered).await?;
        let review = &mut found[*at];
        match stages.into_iter().find(|stage| stage.rest.is_open() && segment(&stage.id).is_ok()) {
            Some(stage) => {
                review.end = stage.rest.end().or(review.end);
                review.path.stage = Some(stage.id);
            }
            None => "NotStarted".clone_into(&mut review.status),
        }
    }
    Ok(())
}

/// What was answered inside a batch, and on the pages after it; nothing, where it is gone meanwhile.
async fn rows_of<T: for<'a> Deserialize<'a>>(
    client: &Client,
    answered: Result<Answer, Failure>,
) -> Result<Vec<Row<T>>, Failure> {
    match answered {
        Ok(answer) => client.pages_within(Resource::Graph, &answer).await,
        Err(failure) if is_gone(&failure) => Ok(Vec::new()),
        Err(failure) => Err(failure),
    }
}

/// Who is looked at in each of these.
pub(in crate::api) async fn review_items(
    client: &Client,
    paths: &[ReviewPath],
) -> Vec<Result<Vec<ReviewItem>, Failure>> {
    let mut outcomes = Vec::new();
    let url = |path: &ReviewPath, query: &str| Ok(format!("{}/decisions/{MINE}{query}", address(path)?));
    let mut expanded = each(client, paths, |path| url(path, "?$expand=insights")).await;
    // When somebody last signed in is worth a second request, not the list.
    let without: Vec<usize> =
        (0..paths.len()).filter(|at| expanded[*at].as_ref().is_err_and(may_be_about_insights)).collect();
    let again: Vec<ReviewPath> = without.iter().map(|at| paths[*at].clone()).collect();
    for (at, answered) in without.into_iter().zip(each(client, &again, |path| url(path, "")).await) {
        expanded[at] = answered;
    }
    for answered in expanded {
        let rows = match answered {
            Ok(answer) => client.pages_within::<Item>(Resource::Graph, &answer).await,
            Err(failure) => Err(failure),
        };
        outcomes.push(rows.map(|rows| rows.into_iter().filter_map(|row| row.item(None)).collect()));
    }
    outcomes
}

/// Single items as they stand now.
pub(in crate::api) async fn review_standing(
    client: &Client,
    asked: &[(ReviewPath, String)],
) -> Vec<Result<ReviewItem, Failure>> {
    let answers = each(client, asked, |(path, id)| decision(path, id)).await;
    let read = |answer: Answer| {
        let item = answer::parsed::<Item>(&answer.body, Effect::Read)?;
        item.item(None).ok_or_else(|| Failure::Refused(codes::ours(codes::UNEXPECTED, None)))
    };
    answers.into_iter().map(|answered| answered.and_then(read)).collect()
}

/// Do reviewers still decide there?
pub(in crate::api) async fn reviews_open(client: &Client, paths: &[ReviewPath]) -> Vec<Result<bool, Failure>> {
    let answers = each(client, paths, address).await;
    let read = |answer: Answer| Ok(answer::parsed::<Instance>(&answer.body, Effect::Read)?.is_open());
    answers.into_iter().map(|answered| answered.and_then(read)).collect()
}

/// Records decisions. One outcome for each, in order; each is sent once.
pub(in crate::api) async fn review(client: &Client, wanted: &[Review]) -> Vec<Result<(), Failure>> {
    let url = |review: &Review| decision(&review.path, &review.item);
    let bodies: Vec<Value> = wanted.iter().map(reviews::body).collect();
    let (mut places, mut patches, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (review, body)) in wanted.iter().zip(bodies).enumerate() {
        match url(review) {
            Ok(url) => {
                places.push(at);
                patches.push((url, body));
                outcomes.push(Ok(()));
            }
            Err(failure) => outcomes.push(Err(failure)),
        }
    }
    for (at, answered) in places.into_iter().zip(client.patch_all(Version::V1, patches, None).await) {
        outcomes[at] = answered.map(drop);
    }
    outcomes
}

/// Reads for each an address; what has no sound one has failed.
async fn each<I>(
    client: &Client,
    items: &[I],
    url: impl Fn(&I) -> Result<String, Failure>,
) -> Vec<Result<Answer, Failure>> {
    let urls: Vec<Result<String, Failure>> = items.iter().map(url).collect();
    let sound = urls.iter().filter_map(|url| url.as_ref().ok().cloned()).collect();
    let mut answers = client.get_all(sound).await.into_iter();
    let answered = urls.into_iter().map(|url| match url {
        // A batch tells an outcome of every part.
        Ok(_) => answers.next().unwrap_or_else(|| Err(super::approvals::unanswered())),
        Err(failure) => Err(failure),
    });
    answered.collect()
}

fn decision(path: &ReviewPath, item: &str) -> Result<String, Failure> {
    Ok(format!("{}/decisions/{}", address(path)?, segment(item)?))
}

fn address(path: &ReviewPath) -> Result<String, Failure> {
    let (definition, instance) = (segment(&path.definition)?, segment(&path.instance)?);
    let stage = path.stage.as_deref().map(segment).transpose()?;
    let stage = stage.map(|stage| format!("/stages/{stage}")).unwrap_or_default();
    Ok(format!("{DEFINITIONS}/{definition}/instances/{instance}{stage}"))
}

/// A published definition, instance, stage or decision as it is read here.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &Value) -> serde_json::Result<Value> {
    use serde::de::{DeserializeOwned, Error};
    use serde_json::to_value;

    fn read<T: DeserializeOwned>(entity: &Value) -> serde_json::Result<T> {
        serde_json::from_value(entity.clone())
    }
    let path = |definition: String, instance: String| ReviewPath {
        service: Resource::Graph,
        definition,
        instance,
        stage: None,
    };
    match collection {
        "accessreviewdefinitions" => {
            let Row { id, rest } = read::<Row<Definition>>(entity)?;
            to_value(rest.review(path(id, String::new()), Instance::default()))
        }
        "accessreviewdecisions" => {
            let item = read::<Item>(entity)?.item(None);
            to_value(item.ok_or_else(|| serde_json::Error::custom("has no id"))?)
        }
        _ => {
            let Row { id, rest } = read::<Row<Instance>>(entity)?;
            to_value(Definition::default().review(path(String::new(), id), rest))
        }
    }
}

fn may_be_about_insights(failure: &Failure) -> bool {
    const CODES: [&str; 4] = ["BadRequest", "Request_BadRequest", "InvalidRequest", "HTTP 400"];
    matches!(failure, Failure::Refused(problem) if CODES.iter().any(|code| problem.code.eq_ignore_ascii_case(code)))
}

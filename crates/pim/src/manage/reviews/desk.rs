//! Reading reviews, and deciding.
//!
//! Deciding about twenty people takes one request on Graph. A decision is sent once. After a lost answer, and after a refusal, it
//! is looked at what became of it.

use super::{
    Activations, Decided, Reviewed, Undecided, Waiting, Wish,
    judge::{beforehand, is_taken, refused},
    view,
};
use crate::{
    api::is_gone,
    cloud::{REVIEWING, Resource},
    failure::Failure,
    manage::{Office, office::LOOKS},
    model::{AccessReview, Kind, Review, ReviewItem, ReviewPath},
    problem::Problem,
};

impl Office {
    /// Reviews of these kinds that the caller is a reviewer of: those that wait, or `all` that the services keep. One that does
    /// not answer hides no other. `permission` is the one of Microsoft Graph that is used
    /// ([`ACCESS_REVIEWS`](crate::cloud::ACCESS_REVIEWS) is the least).
    pub async fn reviews(&self, kinds: &[Kind], all: bool, permission: &'static str) -> Vec<Waiting> {
        let of = |service| kinds.iter().any(|kind| kind.resource() == service).then_some(service);
        let (first, second) = tokio::join!(
            self.reviewed(of(Resource::Graph), all, permission),
            self.reviewed(of(Resource::Arm), all, permission),
        );
        // What is no business of PIM is shown where nobody asked for one kind alone.
        let wanted = |kind: Option<Kind>| kind.map_or(kinds.len() == Kind::ALL.len(), |kind| kinds.contains(&kind));
        let mut found: Vec<Waiting> = [first, second].into_iter().flatten().collect();
        for reviews in found.iter_mut().filter_map(|waiting| waiting.found.as_mut().ok()) {
            reviews.retain(|reviewed| wanted(reviewed.review.kind));
        }
        found
    }

    async fn reviewed(&self, service: Option<Resource>, all: bool, permission: &'static str) -> Option<Waiting> {
        let service = service?;
        let read = async {
            if service == Resource::Arm {
                self.permitted(Kind::AzureResource)?;
            }
            let reviews = self.sources().access_reviews(service, all, permission).await?;
            let paths: Vec<ReviewPath> = reviews.iter().map(|review| review.path.clone()).collect();
            let items = self.sources().review_items(&paths, permission).await;
            Ok::<_, Failure>(reviews.into_iter().zip(items))
        };
        let told = |failure: &Failure| self.told_review(service, permission, failure.problem().clone());
        let found = match read.await {
            Ok(read) => {
                // What is gone meanwhile waits for nobody.
                let there = read.filter(|(_, items)| !items.as_ref().is_err_and(is_gone));
                let mut found: Vec<Reviewed> = there
                    .map(|(review, items)| Reviewed { review, items: items.map_err(|failure| told(&failure)) })
                    .collect();
                view::sort(&mut found);
                Ok(found)
            }
            Err(failure) => Err(told(&failure)),
        };
        Some(Waiting { service, found })
    }

    /// When the people of a review last activated what is reviewed, where the caller may read that.
    pub async fn last_activations(&self, review: &AccessReview, items: &[ReviewItem]) -> Activations {
        let kind = review.kind?;
        self.permitted(kind).ok()?;
        let people: Vec<String> = items.iter().filter_map(|item| item.person.id.clone()).collect();
        self.sources().last_activations(review, &people).await.ok()
    }

    /// Why these would not be sent. Nothing is asked.
    pub fn foresee_reviews(&self, wishes: &[Wish]) -> Vec<Option<Undecided>> {
        let now = self.now();
        wishes.iter().map(|wish| beforehand(&wish.review, wish.opinion, &wish.reason, now)).collect()
    }

    /// Decides about all of these. One outcome for each, in order; one that fails stops no other.
    ///
    /// Where Azure wants a stronger sign-in, the person is asked once.
    pub async fn review(&self, wishes: &[Wish]) -> Vec<Result<Decided, Undecided>> {
        let foreseen = self.foresee_reviews(wishes);
        let mut outcomes: Vec<Option<Result<Decided, Undecided>>> =
            foreseen.into_iter().map(|undecided| undecided.map(Err)).collect();
        let open: Vec<usize> = (0..wishes.len()).filter(|at| outcomes[*at].is_none()).collect();
        let sent: Vec<&Wish> = open.iter().map(|at| &wishes[*at]).collect();
        for (at, outcome) in open.into_iter().zip(self.send_reviews(&sent).await) {
            outcomes[at] = Some(outcome);
        }
        outcomes.into_iter().flatten().collect()
    }

    async fn send_reviews(&self, wishes: &[&Wish]) -> Vec<Result<Decided, Undecided>> {
        if wishes.is_empty() {
            return Vec::new();
        }
        let reviews: Vec<Review> = wishes.iter().map(|wish| wish.told()).collect();
        let mut sent = self.sources().review(&reviews, &[]).await;
        self.send_reviews_stronger(&reviews, &mut sent).await;
        let taken = |at: usize, looked_up| Ok(Decided { opinion: wishes[at].opinion, looked_up });
        let mut outcomes: Vec<Option<Result<Decided, Undecided>>> = (0..wishes.len())
            .map(|at| match &sent[at] {
                Ok(()) => Some(taken(at, false)),
                Err(Failure::Lost { .. } | Failure::Refused(_)) => None,
                Err(failure) => Some(Err(Undecided::Failed(failure.clone()))),
            })
            .collect();
        for pause in LOOKS {
            let open: Vec<usize> = (0..wishes.len()).filter(|at| outcomes[*at].is_none()).collect();
            if open.is_empty() {
                break;
            }
            self.pause(pause).await;
            let asked: Vec<_> = open.iter().map(|at| (reviews[*at].path.clone(), reviews[*at].item.clone())).collect();
            for (at, read) in open.into_iter().zip(self.sources().review_standing(&asked).await) {
                let lost = matches!(sent[at], Err(Failure::Lost { .. }));
                outcomes[at] = match (&sent[at], read) {
                    // Also after a refusal: whatever carried the request over may have done so twice.
                    (_, Ok(item)) if is_taken(wishes[at], &item, self.own_id()) => Some(taken(at, lost)),
                    (Err(failure), _) if !lost => Some(Err(self.refused_review(&reviews[at], failure.clone()))),
                    (_, Err(failure)) if is_gone(&failure) => Some(Err(Undecided::Gone)),
                    _ => None,
                };
            }
        }
        self.tell_what_is_over(&reviews, &mut outcomes).await;
        let settled = outcomes.into_iter().zip(sent).map(|(outcome, sent)| {
            outcome.unwrap_or(match sent {
                Ok(()) => Err(Undecided::Gone),
                Err(failure) => Err(Undecided::Uncertain(failure)),
            })
        });
        settled.collect()
    }

    /// A refusal in a review that somebody has ended meanwhile is about that.
    async fn tell_what_is_over(&self, reviews: &[Review], outcomes: &mut [Option<Result<Decided, Undecided>>]) {
        let failed = |outcome: &Option<Result<Decided, Undecided>>| {
            matches!(outcome, Some(Err(Undecided::Failed(Failure::Refused(_)))))
        };
        let refused: Vec<usize> = (0..reviews.len()).filter(|at| failed(&outcomes[*at])).collect();
        let mut paths: Vec<ReviewPath> = Vec::new();
        for path in refused.iter().map(|at| &reviews[*at].path) {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        if paths.is_empty() {
            return;
        }
        let open = self.sources().reviews_open(&paths).await;
        for at in refused {
            let place = paths.iter().position(|path| *path == reviews[at].path);
            if place.is_some_and(|place| open[place] == Ok(false)) {
                outcomes[at] = Some(Err(Undecided::Over));
            }
        }
    }

    /// Sends once more what Azure wants a stronger sign-in for, with the one that the person has gone through for it.
    async fn send_reviews_stronger(&self, reviews: &[Review], sent: &mut [Result<(), Failure>]) {
        let weak =
            |at: &usize| matches!(sent[*at], Err(Failure::StepUp { .. })) && reviews[*at].path.service == Resource::Arm;
        let weak: Vec<usize> = (0..reviews.len()).filter(weak).collect();
        let Some(Err(failure)) = weak.first().map(|at| &sent[*at]) else { return };
        match self.step_up(Resource::Arm, failure).await {
            Some(Ok(token)) => {
                let again: Vec<Review> = weak.iter().map(|at| reviews[*at].clone()).collect();
                for (at, outcome) in weak.into_iter().zip(self.sources().review(&again, &[token]).await) {
                    sent[at] = outcome;
                }
            }
            Some(Err(problem)) => {
                for at in weak {
                    sent[at] = Err(Failure::Refused(problem.clone()));
                }
            }
            None => {}
        }
    }

    fn refused_review(&self, review: &Review, failure: Failure) -> Undecided {
        match failure {
            Failure::Refused(problem) => {
                refused(Failure::Refused(self.told_review(review.path.service, REVIEWING, problem)))
            }
            other => refused(other),
        }
    }

    fn told_review(&self, service: Resource, permission: &str, problem: Problem) -> Problem {
        match service {
            Resource::Graph => self.explained(permission, problem),
            Resource::Arm => problem,
        }
    }
}

impl Wish {
    fn told(&self) -> Review {
        Review {
            path: self.review.path.clone(),
            item: self.item.id.clone(),
            opinion: self.opinion,
            justification: self.reason.trim().to_owned(),
        }
    }
}

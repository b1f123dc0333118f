//! Access reviews.

use super::{Counter, LONGEST, picked, shown};
use crate::{
    cloud::{ACCESS_REVIEWS, REVIEWING, Resource},
    codes,
    manage::{
        Office,
        reviews::{Activations, Reviewed, Waiting, Wish, called},
    },
    model::{Actor, Kind, Opinion, ReviewDecision, ReviewItem, ReviewPath},
    problem::{Problem, Remedy},
    view::{Answered, Outcome, ReviewRow, ReviewVerdict, ReviewedPerson, Told},
};

impl Counter {
    pub(super) async fn reviews(&mut self, office: &Office, allow: bool) -> Told {
        if allow {
            // Whoever says no is told what is missing, and gets the rest.
            let _ = office.permit(ACCESS_REVIEWS).await;
        }
        let mut sources = Vec::new();
        self.reviewed.clear();
        for Waiting { service, found } in office.reviews(&Kind::ALL, false, ACCESS_REVIEWS).await {
            let refused = found.as_ref().err().cloned();
            for kind in Kind::ALL.into_iter().filter(|kind| kind.resource() == service) {
                // Both kinds of Graph take the same permission: it is asked for once.
                let asked = refused.as_ref().filter(|_| kind == Kind::DirectoryRole);
                let consent = office.lacking_errand(ACCESS_REVIEWS, asked);
                let (refused, allowable) = (refused.clone(), consent.is_some());
                sources.push(Answered { kind, refused, partial: None, consent, allowable });
            }
            self.reviewed.extend(found.unwrap_or_default());
        }
        crate::manage::reviews::sort(&mut self.reviewed);
        let mut rows = Vec::new();
        for reviewed in &self.reviewed {
            let activations = match &reviewed.items {
                Ok(items) => office.last_activations(&reviewed.review, items).await,
                Err(_) => None,
            };
            rows.push(ReviewRow::of(reviewed, &activations));
        }
        Told::Reviews { sources, rows }
    }

    pub(super) async fn review(
        &self,
        office: &Office,
        ids: &[String],
        verdict: ReviewVerdict,
        reason: &str,
    ) -> Result<Told, Problem> {
        let everybody = |reviewed: &Reviewed| {
            let items = reviewed.items.clone().unwrap_or_default();
            let review = reviewed.review.clone();
            items.into_iter().map(move |item| (review.clone(), item)).collect::<Vec<_>>()
        };
        let all: Vec<_> = self.reviewed.iter().flat_map(everybody).collect();
        let chosen = picked(&all, ids, |(review, item)| person_id(&review.path, item))?;
        let mut wishes = Vec::new();
        let mut outcomes = Vec::new();
        for (review, item) in chosen {
            let opinion = match verdict {
                ReviewVerdict::Approve => Some(Opinion::Approve),
                ReviewVerdict::Deny => Some(Opinion::Deny),
                ReviewVerdict::DontKnow => Some(Opinion::DontKnow),
                ReviewVerdict::Recommended => item.recommended(),
            };
            match opinion {
                Some(opinion) => wishes.push(Wish { review, item, opinion, reason: reason.trim().to_owned() }),
                None => outcomes.push(Outcome {
                    about: called(&item.person),
                    problem: Some(super::ours("no-recommendation", say!("nothing-recommended"), Remedy::EditForm)),
                    looked_up: false,
                    pending: false,
                }),
            }
        }
        // What is known to be refused is not sent, and neither is what was chosen with it.
        if let Some(undecided) = office.foresee_reviews(&wishes).into_iter().flatten().next() {
            return Err(undecided.problem());
        }
        if wishes.iter().any(|wish| wish.review.path.service == Resource::Graph) {
            office.permit(REVIEWING).await?;
        }
        let said = office.review(&wishes).await;
        outcomes.extend(wishes.iter().zip(said).map(|(wish, said)| Outcome {
            about: wish.sentence(),
            looked_up: said.as_ref().is_ok_and(|decided| decided.looked_up),
            pending: false,
            problem: said.err().map(|undecided| undecided.problem()),
        }));
        Ok(Told::Outcomes { outcomes })
    }
}

/// An instance's id may be the same in two stages of it, and in two definitions.
fn review_id(path: &ReviewPath) -> String {
    [Some(path.definition.as_str()), Some(path.instance.as_str()), path.stage.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("|")
}

fn person_id(path: &ReviewPath, item: &ReviewItem) -> String {
    format!("{}|{}", review_id(path), item.id)
}

impl ReviewRow {
    fn of(reviewed: &Reviewed, activations: &Activations) -> Self {
        let Reviewed { review, items } = reviewed;
        let person = |item: &ReviewItem| ReviewedPerson::of(&review.path, item, activations);
        Self {
            id: review_id(&review.path),
            kind: review.kind,
            name: codes::clean(&review.name, LONGEST),
            description: review.description.as_deref().and_then(shown),
            resource: reviewed.resource().and_then(shown),
            scope: review.scope.as_deref().and_then(shown),
            end: review.end,
            reason_to_approve: review.reason_to_approve,
            applies_itself: review.applies_itself,
            created_by: review.created_by.as_ref().map(called),
            people: items.iter().flatten().map(person).collect(),
            problem: items.as_ref().err().cloned(),
        }
    }
}

impl ReviewedPerson {
    fn of(path: &ReviewPath, item: &ReviewItem, activations: &Activations) -> Self {
        let activated = |person: &Actor| {
            let id = person.id.as_ref()?.to_ascii_lowercase();
            activations.as_ref()?.get(&id).copied()
        };
        let said = |decision: &ReviewDecision| match decision {
            ReviewDecision::Decided(opinion) => Some(*opinion),
            ReviewDecision::NotReviewed | ReviewDecision::Other(_) => None,
        };
        Self {
            id: person_id(path, item),
            person: called(&item.person),
            username: item.person.username.as_deref().and_then(shown),
            recommended: item.recommended(),
            last_sign_in: item.last_sign_in,
            last_activation: activated(&item.person),
            said: said(&item.decision),
            by: item.by.as_ref().map(called),
            at: item.at,
            reason: item.justification.as_deref().and_then(shown),
        }
    }
}

//! Access reviews: whoever holds a role, or is eligible for it, is looked at one by one, and may lose it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::audit::Outcome;
use super::{AssignmentType, GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR, Refusal, Schedule, Side, State};
use crate::scenario::{self, Scenario, derived};

/// Whoever has not signed in for so long is recommended to lose what is reviewed (documented).
const IDLE: TimeDelta = TimeDelta::days(30);
/// Besides the administrators of roles, those who administer reviews: Identity Governance Administrator.
const REVIEW_ADMINISTRATORS: [Uuid; 3] =
    [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR, Uuid::from_u128(0x45d8_d3c5_c802_45c6_b32a_1d70_b5e1_e86e)];

/// What a reviewer says of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Nothing yet.
    NotReviewed,
    /// May go on.
    Approve,
    /// Is to lose it.
    Deny,
    /// The reviewer does not know.
    DontKnow,
}

impl Verdict {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotReviewed => "NotReviewed",
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::DontKnow => "DontKnow",
        }
    }

    /// The verdict with this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::NotReviewed, Self::Approve, Self::Deny, Self::DontKnow];
        all.into_iter().find(|known| known.name().eq_ignore_ascii_case(name))
    }
}

/// Where a review stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Reviewers decide.
    InProgress,
    /// Nobody decides any more.
    Completed,
    /// What was decided has been done.
    Applied,
}

impl Stage {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::InProgress => "InProgress",
            Self::Completed => "Completed",
            Self::Applied => "Applied",
        }
    }
}

/// What has become of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Applied {
    /// Nothing yet.
    New,
    /// It was done.
    Successfully,
    /// It could not be done.
    UnknownFailure,
    /// There was nothing any more to do it to.
    ObjectNotFound,
}

/// One person under review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub principal: Uuid,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub justification: String,
    /// By whom and when.
    pub reviewed: Option<(Uuid, DateTime<Utc>)>,
    /// What the service would decide, and when the person had last signed in.
    pub recommendation: Verdict,
    /// When the person had last signed in as the review began.
    pub last_sign_in: DateTime<Utc>,
    /// What has become of the verdict, and when.
    pub applied: (Applied, Option<DateTime<Utc>>),
}

/// The one instance of a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The definition's id.
    pub id: Uuid,
    /// The instance's id.
    pub instance: Uuid,
    /// When it began.
    pub began: DateTime<Utc>,
    /// Until when reviewers decide.
    pub ends: DateTime<Utc>,
    /// Where it stands.
    pub stage: Stage,
    /// The people.
    pub items: Vec<Item>,
}

impl State {
    /// All reviews.
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// Begin the scenario's reviews.
    pub(super) fn begin_reviews(&mut self, scenario: &Scenario, now: DateTime<Utc>) {
        for review in &scenario.reviews {
            let began = now - review.began.length();
            let concerned = |schedule: &&Schedule| {
                schedule.role == review.role
                    && schedule.scope == review.scope
                    && schedule.assignment_type == AssignmentType::Assigned
                    && !schedule.over(now)
            };
            let all = self.eligibilities.iter().chain(&self.assignments).filter(concerned);
            let mut people: Vec<Uuid> = all.map(|schedule| schedule.principal).collect();
            people.retain(|id| scenario.user(*id).is_some());
            people.sort_unstable();
            people.dedup();
            let item = |principal: Uuid| {
                let last = scenario.user(principal).map_or(now, |user| now - user.last_sign_in.length());
                let recommendation = if last >= now - IDLE { Verdict::Approve } else { Verdict::Deny };
                Item {
                    id: derived(&["review item", &review.id.to_string(), &principal.to_string()]),
                    principal,
                    verdict: Verdict::NotReviewed,
                    justification: String::new(),
                    reviewed: None,
                    recommendation,
                    last_sign_in: last,
                    applied: (Applied::New, None),
                }
            };
            self.reviews.push(Review {
                id: review.id,
                instance: derived(&["review instance", &review.id.to_string()]),
                began,
                ends: began + TimeDelta::days(review.days.into()),
                stage: Stage::InProgress,
                items: people.into_iter().map(item).collect(),
            });
        }
    }

    /// End the reviews whose time is over.
    pub(super) fn advance_reviews(&mut self, scenario: &Scenario, now: DateTime<Utc>) {
        for index in 0..self.reviews.len() {
            let (ends, stage) = (self.reviews[index].ends, self.reviews[index].stage);
            if stage != Stage::InProgress || now < ends {
                continue;
            }
            self.reviews[index].stage = Stage::Completed;
            let Some(defined) = defined(scenario, self.reviews[index].id) else { continue };
            self.note_review(ends, "Access review ended", None, defined, None, Outcome::Success);
            if defined.apply {
                self.apply_review(scenario, index, None, ends);
            }
        }
    }

    /// Whether a user is among the reviewers of a review.
    pub fn reviews_it(scenario: &Scenario, id: Uuid, user: Uuid) -> bool {
        defined(scenario, id).is_some_and(|review| review.reviewers.contains(&user))
    }

    /// Whether a user administers reviews.
    pub fn administers_reviews(&self, scenario: &Scenario, user: Uuid, now: DateTime<Utc>) -> bool {
        self.holds_at(scenario, user, &REVIEW_ADMINISTRATORS, scenario::Scope::Directory, now)
    }

    fn open(&self, scenario: &Scenario, id: Uuid, reviewer: Uuid) -> Result<usize, Refusal> {
        let index = self.reviews.iter().position(|review| review.id == id);
        let index = index.ok_or_else(|| Refusal::NotFound(id.to_string()))?;
        if !Self::reviews_it(scenario, id, reviewer) {
            return Err(Refusal::Forbidden);
        }
        if self.reviews[index].stage == Stage::InProgress { Ok(index) } else { Err(Refusal::ReviewOver) }
    }

    /// Record a reviewer's word on those items of a review that `about` names. Says how many these were.
    pub fn review(
        &mut self,
        scenario: &Scenario,
        (id, reviewer): (Uuid, Uuid),
        about: impl Fn(&Item) -> bool,
        (verdict, justification): (Verdict, &str),
        now: DateTime<Utc>,
    ) -> Result<usize, Refusal> {
        let index = self.open(scenario, id, reviewer)?;
        let defined = defined(scenario, id).ok_or_else(|| Refusal::NotFound(id.to_string()))?;
        if verdict == Verdict::Approve && defined.justification && justification.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        let mut concerned = Vec::new();
        for item in self.reviews[index].items.iter_mut().filter(|item| about(item)) {
            item.verdict = verdict;
            justification.clone_into(&mut item.justification);
            item.reviewed = (verdict != Verdict::NotReviewed).then_some((reviewer, now));
            concerned.push(item.principal);
        }
        let activity = match verdict {
            Verdict::NotReviewed => "Reset decision",
            Verdict::Approve => "Approve decision",
            Verdict::Deny => "Deny decision",
            Verdict::DontKnow => "Don't know decision",
        };
        for principal in &concerned {
            self.note_review(now, activity, Some(reviewer), defined, Some(*principal), Outcome::Success);
        }
        Ok(concerned.len())
    }

    /// Take the service's recommendation wherever a reviewer has not said anything.
    pub fn accept_recommendations(
        &mut self,
        scenario: &Scenario,
        id: Uuid,
        reviewer: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let index = self.open(scenario, id, reviewer)?;
        for item in &mut self.reviews[index].items {
            if item.verdict == Verdict::NotReviewed {
                item.verdict = item.recommendation;
                item.reviewed = Some((reviewer, now));
            }
        }
        Ok(())
    }

    /// End a review before its time.
    pub fn stop_review(
        &mut self,
        scenario: &Scenario,
        id: Uuid,
        user: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let index = self.administered(scenario, id, user, now)?;
        if self.reviews[index].stage != Stage::InProgress {
            return Err(Refusal::ReviewOver);
        }
        self.reviews[index].stage = Stage::Completed;
        self.reviews[index].ends = now;
        if let Some(defined) = defined(scenario, id) {
            self.note_review(now, "Request stop review", Some(user), defined, None, Outcome::Success);
            if defined.apply {
                self.apply_review(scenario, index, Some(user), now);
            }
        }
        Ok(())
    }

    /// Do what was decided.
    pub fn apply_decisions(
        &mut self,
        scenario: &Scenario,
        id: Uuid,
        user: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let index = self.administered(scenario, id, user, now)?;
        if self.reviews[index].stage != Stage::Completed {
            return Err(Refusal::ReviewOver);
        }
        self.apply_review(scenario, index, Some(user), now);
        Ok(())
    }

    /// Forget what was decided.
    pub fn reset_decisions(
        &mut self,
        scenario: &Scenario,
        id: Uuid,
        user: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let index = self.administered(scenario, id, user, now)?;
        if self.reviews[index].stage != Stage::InProgress {
            return Err(Refusal::ReviewOver);
        }
        for item in &mut self.reviews[index].items {
            item.verdict = Verdict::NotReviewed;
            item.justification.clear();
            item.reviewed = None;
        }
        Ok(())
    }

    fn administered(&self, scenario: &Scenario, id: Uuid, user: Uuid, now: DateTime<Utc>) -> Result<usize, Refusal> {
        let index = self.reviews.iter().position(|review| review.id == id);
        let index = index.ok_or_else(|| Refusal::NotFound(id.to_string()))?;
        let own = defined(scenario, id).is_some_and(|review| review.created_by == Some(user));
        if own || self.administers_reviews(scenario, user, now) { Ok(index) } else { Err(Refusal::Forbidden) }
    }

    fn apply_review(&mut self, scenario: &Scenario, index: usize, by: Option<Uuid>, now: DateTime<Utc>) {
        let Some(defined) = defined(scenario, self.reviews[index].id) else { return };
        let denied = self.reviews[index].items.iter().filter(|item| item.verdict == Verdict::Deny);
        let denied: Vec<(Uuid, Uuid)> = denied.map(|item| (item.id, item.principal)).collect();
        for (id, principal) in denied {
            let applied = self.lose(scenario, principal, defined, by, now);
            let outcome = if applied == Applied::UnknownFailure { Outcome::Failure } else { Outcome::Success };
            self.note_review(now, "Apply decision", by, defined, Some(principal), outcome);
            if let Some(item) = self.reviews[index].items.iter_mut().find(|item| item.id == id) {
                item.applied = (applied, Some(now));
            }
        }
        for item in self.reviews[index].items.iter_mut().filter(|item| item.verdict == Verdict::Approve) {
            item.applied = (Applied::Successfully, Some(now));
        }
        self.reviews[index].stage = Stage::Applied;
        self.note_review(now, "Apply review", by, defined, None, Outcome::Success);
    }

    /// Take away from somebody what was reviewed.
    fn lose(
        &mut self,
        scenario: &Scenario,
        principal: Uuid,
        review: &scenario::Review,
        by: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Applied {
        let mut result = Applied::ObjectNotFound;
        for side in [Side::Eligibility, Side::Assignment] {
            while let Some(at) = self.side(side).iter().position(|given| {
                given.is_for(principal, review.role, review.scope)
                    && given.assignment_type == AssignmentType::Assigned
                    && !given.over(now)
            }) {
                let last = side == Side::Assignment && self.not_the_last(scenario, &self.assignments[at], now).is_err();
                if last {
                    return Applied::UnknownFailure;
                }
                let given = &mut self.side_mut(side)[at];
                given.removed = Some(now);
                let given = given.clone();
                self.note_removed(now, by, side, &given);
                result = Applied::Successfully;
            }
        }
        result
    }
}

/// The scenario's review with this id.
fn defined(scenario: &Scenario, id: Uuid) -> Option<&scenario::Review> {
    scenario.reviews.iter().find(|review| review.id == id)
}

//! Reading policies, and changing them.

use super::{Difference, Named, differences};
use crate::{
    auth::AccessToken,
    cloud::{POLICY_SCOPES, Resource},
    codes,
    failure::Failure,
    manage::Office,
    model::{Kind, RoleKey, RolePolicy},
    problem::Problem,
};

/// What became of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The rule's id.
    pub rule: String,
    /// `Ok(true)`: the answer was lost, and that it was done was looked up.
    pub outcome: Result<bool, Problem>,
}

/// The permission that changing the policies of a kind takes on Graph.
fn permission(kind: Kind) -> Option<&'static str> {
    POLICY_SCOPES.into_iter().find(|(each, _)| *each == kind).map(|(_, permission)| permission)
}

impl Office {
    /// The policies of these roles. One outcome for each, in order.
    pub async fn policies(&self, keys: &[RoleKey]) -> Vec<Result<RolePolicy, Problem>> {
        let read = self.sources().role_policies(keys).await;
        let told = read.into_iter().zip(keys);
        told.map(|(read, key)| {
            read.map_err(|failure| {
                let problem = failure.problem().clone();
                if codes::lacks_consent(&problem.code) { self.unconsented(key.kind, problem) } else { problem }
            })
        })
        .collect()
    }

    /// Sees to the permission that changing policies of these kinds takes.
    ///
    /// # Errors
    /// See [`Office::permit`].
    pub async fn permit_policies(&self, kinds: &[Kind]) -> Result<(), Problem> {
        for permission in Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)).filter_map(permission) {
            self.permit(permission).await?;
        }
        Ok(())
    }

    /// Puts these differences right. On Graph each rule is a request of its own: some may be taken and others not, which is
    /// told of each. Each is sent once; after a lost answer the policy is read again.
    pub async fn apply_policy(&self, named: &Named, wanted: &[Difference]) -> Vec<Applied> {
        let applicable: Vec<&Difference> = wanted.iter().filter(|difference| difference.applicable()).collect();
        if applicable.is_empty() {
            return Vec::new();
        }
        let rules: Vec<_> = applicable.iter().map(|difference| difference.whole.clone()).collect();
        let mut sent = self.sources().change_policy(&named.key, &named.policy, &rules, None).await;
        let challenge = sent.iter().find_map(|sent| match sent {
            Err(failure @ Failure::StepUp { .. }) => Some(failure.clone()),
            _ => None,
        });
        if let Some(challenge) = challenge {
            match self.stronger_for(named.key.kind, &challenge).await {
                Ok(token) => {
                    let weak: Vec<usize> =
                        (0..sent.len()).filter(|at| matches!(sent[*at], Err(Failure::StepUp { .. }))).collect();
                    let again: Vec<_> = weak.iter().map(|at| rules[*at].clone()).collect();
                    let second = self.sources().change_policy(&named.key, &named.policy, &again, Some(&token)).await;
                    for (at, outcome) in weak.into_iter().zip(second) {
                        sent[at] = outcome;
                    }
                }
                Err(problem) => {
                    let weak = sent.iter_mut().filter(|sent| matches!(sent, Err(Failure::StepUp { .. })));
                    weak.for_each(|sent| *sent = Err(Failure::Refused(problem.clone())));
                }
            }
        }
        let lost = sent.iter().any(|sent| matches!(sent, Err(Failure::Lost { .. })));
        let now = if lost { self.sources().role_policies(std::slice::from_ref(&named.key)).await.pop() } else { None };
        let now = now.and_then(Result::ok);
        let outcomes = applicable.iter().zip(sent).map(|(difference, sent)| {
            let outcome = match sent {
                Ok(()) => Ok(false),
                Err(Failure::Lost { problem, .. }) => {
                    let as_wanted =
                        |now: &RolePolicy| differences(now, std::slice::from_ref(&difference.whole)).is_empty();
                    if now.as_ref().is_some_and(as_wanted) { Ok(true) } else { Err(problem) }
                }
                Err(failure) => Err(self.unchanged_policy(named.key.kind, failure.problem().clone())),
            };
            Applied { rule: difference.rule.clone(), outcome }
        });
        outcomes.collect()
    }

    async fn stronger_for(&self, kind: Kind, challenge: &Failure) -> Result<AccessToken, Problem> {
        match permission(kind) {
            Some(permission) => self.step_up_errand(permission, challenge).await,
            None => match self.step_up(Resource::Arm, challenge).await {
                Some(outcome) => outcome,
                None => Err(challenge.problem().clone()),
            },
        }
    }

    fn unchanged_policy(&self, kind: Kind, problem: Problem) -> Problem {
        if codes::lacks_consent(&problem.code) {
            return match permission(kind) {
                Some(permission) => self.explained(permission, problem),
                None => self.unconsented(kind, problem),
            };
        }
        if problem.code == "InvalidPolicy" {
            return Problem { message: say!("rule-not-taken"), ..problem };
        }
        problem
    }
}

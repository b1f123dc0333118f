//! Reading what waits, and deciding.
//!
//! Deciding takes two requests for twenty approvals of a kind on Graph: one batch that reads how they stand and in which stage,
//! and one that decides. A decision is sent once. After a lost answer, and after a refusal, it is looked at what became of it.

use std::collections::HashMap;

use super::{
    Decided, PendingApproval, Undecided, Waiting, Wish,
    judge::{Judged, beforehand, judge, refused},
    view,
};
use crate::{
    auth::AccessToken,
    failure::Failure,
    hints,
    manage::{Office, office::LOOKS},
    model::{ActivationRequest, Decision, Kind, Verdict},
};

/// Pairs of a person and a scope of Azure whose past is read for one list.
const MOST_PASTS: usize = 20;

impl Office {
    /// What waits for the caller's decision, of these kinds. One that does not answer hides no other.
    pub async fn approvals(&self, kinds: &[Kind]) -> Vec<Waiting> {
        let of = |kind| kinds.contains(&kind).then_some(kind);
        let (directory, groups, azure) = tokio::join!(
            self.waiting(of(Kind::DirectoryRole)),
            self.waiting(of(Kind::Group)),
            self.waiting(of(Kind::AzureResource)),
        );
        [directory, groups, azure].into_iter().flatten().collect()
    }

    /// The same for a look that nobody asked for: a request for each kind, and nobody's past.
    pub(crate) async fn awaiting(&self, kinds: &[Kind]) -> Vec<(Kind, Result<Vec<PendingApproval>, Failure>)> {
        let of =
            |kind| async move { if kinds.contains(&kind) { Some((kind, self.pending(kind).await)) } else { None } };
        let (directory, groups, azure) =
            tokio::join!(of(Kind::DirectoryRole), of(Kind::Group), of(Kind::AzureResource));
        [directory, groups, azure].into_iter().flatten().collect()
    }

    async fn pending(&self, kind: Kind) -> Result<Vec<PendingApproval>, Failure> {
        self.permitted(kind)?;
        let requests = self.sources().awaiting(kind).await?;
        Ok(requests.into_iter().map(|request| PendingApproval::of(request, self.own_id())).collect())
    }

    async fn waiting(&self, kind: Option<Kind>) -> Option<Waiting> {
        let kind = kind?;
        let read = async {
            let mut all = self.pending(kind).await?;
            self.remember(kind, &mut all).await;
            view::sort(&mut all);
            Ok::<_, Failure>(all)
        };
        let found = read.await.map_err(|failure| failure.problem().clone());
        let consent = found.as_ref().err().and_then(|problem| self.lacking(kind, problem));
        Some(Waiting { kind, found: found.map_err(|problem| self.told(kind, problem)), consent })
    }

    /// Fills in what whoever asks asked for before. On Graph that is one request, which the approver may make anyway; on Azure it
    /// takes a role at the scope, and is left out where there is none.
    async fn remember(&self, kind: Kind, approvals: &mut [PendingApproval]) {
        if approvals.is_empty() {
            return;
        }
        if kind != Kind::AzureResource {
            if let Ok(past) = self.sources().approvable_ever(kind).await {
                for approval in approvals {
                    approval.before = Some(view::before(approval, &past));
                }
            }
            return;
        }
        let mut pairs: Vec<(String, String)> = approvals
            .iter()
            .filter_map(|approval| Some((approval.person.id.clone()?, approval.key.scope_id.clone())))
            .collect();
        pairs.sort();
        pairs.dedup();
        pairs.truncate(MOST_PASTS);
        let read = self.sources().azure.requests_of(pairs.clone()).await;
        let known: HashMap<(String, String), Vec<ActivationRequest>> =
            pairs.into_iter().zip(read).filter_map(|(pair, past)| Some((pair, past.ok()?))).collect();
        for approval in approvals {
            let pair = approval.person.id.clone().map(|person| (person, approval.key.scope_id.clone()));
            let past = pair.and_then(|pair| known.get(&pair));
            approval.before = past.map(|past| view::before(approval, past));
        }
    }

    /// Where these stand: the stage that waits for the caller, or why none does. Nothing is decided.
    pub async fn look_at(&self, approvals: &[PendingApproval]) -> Vec<Result<String, Undecided>> {
        let now = self.now();
        let mut outcomes: Vec<Option<Result<String, Undecided>>> = approvals
            .iter()
            .map(|approval| {
                let kind = approval.kind();
                let closed = beforehand(approval, now, || hints::approvals_page(kind, self.cloud()));
                let closed = closed.or_else(|| self.permitted(kind).err().map(Undecided::Failed));
                closed.map(Err)
            })
            .collect();
        let open: Vec<usize> = (0..approvals.len()).filter(|at| outcomes[*at].is_none()).collect();
        let asked: Vec<_> =
            open.iter().map(|at| (approvals[*at].kind(), approvals[*at].approval_id.as_str())).collect();
        for (at, read) in open.into_iter().zip(self.sources().approvals(&asked).await) {
            outcomes[at] = Some(match read.map(|approval| judge(&approval, self.own_id(), None)) {
                Ok(Judged::Open(stage)) => Ok(stage),
                Ok(Judged::Closed(undecided)) => Err(undecided),
                // Only what was sent can have been taken.
                Ok(Judged::Taken) => Err(Undecided::Gone),
                Err(failure) => Err(self.refusal(approvals[at].kind(), failure)),
            });
        }
        outcomes.into_iter().flatten().collect()
    }

    /// Decides on all of these. One outcome for each, in order; one that fails stops no other.
    ///
    /// Where a service wants a stronger sign-in, the person is asked once for each service.
    pub async fn decide(&self, wishes: &[Wish]) -> Vec<Result<Decided, Undecided>> {
        let approvals: Vec<_> = wishes.iter().map(|wish| wish.approval.clone()).collect();
        let looked = self.look_at(&approvals).await;
        let mut outcomes: Vec<Option<Result<Decided, Undecided>>> = Vec::new();
        let (mut places, mut decisions) = (Vec::new(), Vec::new());
        for (at, (wish, looked)) in wishes.iter().zip(looked).enumerate() {
            outcomes.push(looked.as_ref().err().cloned().map(Err));
            if let Ok(stage_id) = looked {
                places.push(at);
                decisions.push(Decision {
                    kind: wish.approval.kind(),
                    approval_id: wish.approval.approval_id.clone(),
                    stage_id,
                    verdict: wish.verdict,
                    justification: wish.reason.clone(),
                });
            }
        }
        for (at, outcome) in places.into_iter().zip(self.carry_out(&decisions).await) {
            outcomes[at] = Some(outcome);
        }
        outcomes.into_iter().flatten().collect()
    }

    async fn carry_out(&self, decisions: &[Decision]) -> Vec<Result<Decided, Undecided>> {
        if decisions.is_empty() {
            return Vec::new();
        }
        let mut sent = self.sources().decide(decisions, &[]).await;
        self.send_stronger(decisions, &mut sent).await;
        let mut outcomes: Vec<Option<Result<Decided, Undecided>>> = sent
            .iter()
            .zip(decisions)
            .map(|(sent, decision)| match sent {
                Ok(()) => Some(Ok(taken(decision.verdict, false))),
                // What was lost, or refused for whatever reason, is looked at.
                Err(Failure::Lost { .. } | Failure::Refused(_)) => None,
                Err(failure) => Some(Err(self.refusal(decision.kind, failure.clone()))),
            })
            .collect();
        for pause in LOOKS {
            let open: Vec<usize> = (0..decisions.len()).filter(|at| outcomes[*at].is_none()).collect();
            if open.is_empty() {
                break;
            }
            self.pause(pause).await;
            let asked: Vec<_> =
                open.iter().map(|at| (decisions[*at].kind, decisions[*at].approval_id.as_str())).collect();
            for (at, read) in open.into_iter().zip(self.sources().approvals(&asked).await) {
                let Err(failure) = &sent[at] else { continue };
                outcomes[at] = self.became(&decisions[at], failure, read);
            }
        }
        let settled = outcomes.into_iter().zip(&sent).map(|(outcome, sent)| {
            outcome.unwrap_or_else(|| match sent {
                Ok(()) => Err(Undecided::Gone),
                Err(failure) => Err(Undecided::Uncertain(failure.clone())),
            })
        });
        settled.collect()
    }

    /// What became of a decision that was answered with `failure`; `None` as long as that is open.
    fn became(
        &self,
        decision: &Decision,
        failure: &Failure,
        read: Result<crate::model::Approval, Failure>,
    ) -> Option<Result<Decided, Undecided>> {
        let lost = matches!(failure, Failure::Lost { .. });
        let sent = Some((decision.stage_id.as_str(), decision.verdict));
        match read.map(|approval| judge(&approval, self.own_id(), sent)) {
            // Also after a refusal: whatever carried the request over may have done so twice.
            Ok(Judged::Taken) => Some(Ok(taken(decision.verdict, lost))),
            Ok(Judged::Closed(undecided)) => Some(Err(undecided)),
            // It waits, so the refusal was about something else; or the decision has not arrived (yet).
            Ok(Judged::Open(_)) | Err(_) if lost => None,
            Ok(Judged::Open(_)) => Some(Err(Undecided::Failed(self.told_failure(decision.kind, failure.clone())))),
            Err(_) => Some(Err(self.refusal(decision.kind, failure.clone()))),
        }
    }

    /// Sends once more what wants a stronger sign-in, with the one that the person has gone through for it.
    async fn send_stronger(&self, decisions: &[Decision], sent: &mut [Result<(), Failure>]) {
        let mut tokens: Vec<AccessToken> = Vec::new();
        let weak: Vec<usize> = (0..sent.len()).filter(|at| matches!(sent[*at], Err(Failure::StepUp { .. }))).collect();
        let mut again = Vec::new();
        let mut refused = HashMap::new();
        for at in weak {
            let resource = decisions[at].kind.resource();
            if !tokens.iter().any(|token| token.resource() == resource) && !refused.contains_key(&resource) {
                let Err(failure) = &sent[at] else { continue };
                match self.step_up(resource, failure).await {
                    Some(Ok(token)) => tokens.push(token),
                    Some(Err(problem)) => drop(refused.insert(resource, problem)),
                    None => {}
                }
            }
            match refused.get(&resource) {
                Some(problem) => sent[at] = Err(Failure::Refused(problem.clone())),
                None => again.push(at),
            }
        }
        if again.is_empty() {
            return;
        }
        let second: Vec<Decision> = again.iter().map(|at| decisions[*at].clone()).collect();
        for (at, outcome) in again.into_iter().zip(self.sources().decide(&second, &tokens).await) {
            sent[at] = outcome;
        }
    }

    fn refusal(&self, kind: Kind, failure: Failure) -> Undecided {
        refused(self.told_failure(kind, failure))
    }

    fn told_failure(&self, kind: Kind, failure: Failure) -> Failure {
        match failure {
            Failure::Refused(problem) => Failure::Refused(self.unconsented(kind, problem)),
            other => other,
        }
    }

    fn told(&self, kind: Kind, problem: crate::problem::Problem) -> crate::problem::Problem {
        // What nobody was asked for is said in its own words.
        if problem.code == crate::codes::NOT_CONSENTED { problem } else { self.unconsented(kind, problem) }
    }
}

fn taken(verdict: Verdict, looked_up: bool) -> Decided {
    Decided { verdict, looked_up }
}

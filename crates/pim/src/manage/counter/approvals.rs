//! Requests of others.

use super::{Counter, LONGEST, ours, picked, shown};
use crate::{
    codes, hints,
    manage::{
        Office,
        approvals::{self, PendingApproval, Undecided, Waiting},
    },
    model::{Action, Kind, Verdict},
    problem::{Problem, Remedy},
    view::{Answered, ApprovalRow, Before, Outcome, Told},
    words,
};

impl Counter {
    pub(super) async fn approvals(&mut self, office: &Office) -> Told {
        let mut sources = Vec::new();
        self.waiting.clear();
        for Waiting { kind, found, consent } in office.approvals(&Kind::ALL).await {
            let refused = found.as_ref().err().cloned();
            sources.push(Answered { kind, refused, partial: None, consent, allowable: false });
            self.waiting.extend(found.unwrap_or_default());
        }
        approvals::sort(&mut self.waiting);
        let rows = self.waiting.iter().map(|approval| ApprovalRow::of(approval, office.cloud())).collect();
        Told::Approvals { sources, rows }
    }

    pub(super) async fn decide(
        &self,
        office: &Office,
        ids: &[String],
        approve: bool,
        reason: &str,
    ) -> Result<Told, Problem> {
        let chosen = picked(&self.waiting, ids, |approval| approval.id.clone())?;
        if reason.trim().is_empty() {
            return Err(ours("no-reason", say!("decision-wants-reason"), Remedy::EditForm));
        }
        let verdict = if approve { Verdict::Approve } else { Verdict::Deny };
        let wish = |approval: &PendingApproval| approvals::Wish {
            approval: approval.clone(),
            verdict,
            reason: reason.trim().to_owned(),
        };
        let wishes: Vec<_> = chosen.iter().map(wish).collect();
        let outcomes = office.decide(&wishes).await;
        let told = wishes.iter().zip(outcomes).map(|(wish, outcome)| Outcome {
            about: words::row([wish.approval.person.called().as_str(), wish.approval.title().as_str()]),
            looked_up: outcome.as_ref().is_ok_and(|decided| decided.looked_up),
            pending: false,
            problem: outcome.err().map(|undecided: Undecided| undecided.problem()),
        });
        Ok(Told::Outcomes { outcomes: told.collect() })
    }
}

impl ApprovalRow {
    fn of(approval: &PendingApproval, cloud: &str) -> Self {
        let elsewhere = matches!(approval.action, Action::SelfExtend | Action::SelfRenew);
        let before = approval.before.as_ref().map(|before| {
            let same = before.iter().filter(|earlier| earlier.same && earlier.granted);
            let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
            let times = same.clone().count();
            Before {
                same: count(times),
                last: same.map(|earlier| earlier.at).max(),
                other: count(before.len() - times),
            }
        });
        Self {
            id: approval.id.clone(),
            kind: approval.kind(),
            name: codes::clean(&approval.role, LONGEST),
            scope: approval.scope.as_deref().and_then(shown),
            person: approval.person.called(),
            username: approval.person.username.as_deref().and_then(shown),
            reason: approval.reason.as_deref().and_then(shown),
            ticket: approval.ticket.as_ref().and_then(|ticket| shown(&ticket.number)),
            start: approval.start,
            minutes: approval.length.map(|length| length.num_minutes()),
            deadline: approval.deadline(),
            before,
            elsewhere: elsewhere.then(|| hints::approvals_page(approval.kind(), cloud)),
            own: approval.own,
        }
    }
}

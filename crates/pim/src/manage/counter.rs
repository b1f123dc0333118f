//! Where the Manage window's questions are answered, one after the other. What was told last is remembered, so that the window
//! names what it means by ids: nothing that it makes up itself is ever sent to a service.

use chrono::TimeDelta;

use super::{
    Office,
    approvals::{self, PendingApproval, Undecided, Waiting},
    assignments::{Change, Done, End, Held, Places, last},
    standing::{self, Advice, Missing, Replacement},
};
use crate::{
    cloud::SEARCH_GROUPS,
    codes, hints,
    model::{Action, AdminAction, Holding, Kind, Principal, Side, Verdict},
    problem::{Problem, Remedy},
    view::{
        Answered, ApprovalRow, Ask, Before, HoldingRow, MissingPart, MissingRow, NestedRow, Outcome, PermanentRow,
        StaleRow, Step, StepAction, Told, Wanted,
    },
};

/// Characters of a text that is shown.
const LONGEST: usize = 500;

/// What somebody chose is not among what was told last.
const NOT_TOLD: &str = "not-told";

/// A counter: what was told there last. A new one for each account, since none knows of another.
#[derive(Debug, Default)]
pub struct Counter {
    waiting: Vec<PendingApproval>,
    held: Vec<Holding>,
    proposed: Vec<Replacement>,
}

/// Changes to one side of what is held, or eligibilities in the place of assignments.
enum Planned {
    Changes(Vec<Change>),
    Replacements(Vec<Replacement>),
}

impl Planned {
    fn changes(&self) -> Vec<Change> {
        match self {
            Self::Changes(changes) => changes.clone(),
            Self::Replacements(all) => {
                all.iter().flat_map(|each| each.eligible.iter().chain([&each.removal])).cloned().collect()
            }
        }
    }
}

impl Counter {
    /// Answers a question with an account's session.
    pub async fn answer(&mut self, office: &Office, ask: Ask) -> Told {
        // Boxed: every way of answering is a large future.
        Box::pin(self.look(office, ask)).await.unwrap_or_else(|problem| Told::Failed { problem })
    }

    async fn look(&mut self, office: &Office, ask: Ask) -> Result<Told, Problem> {
        match ask {
            Ask::Approvals => Ok(self.approvals(office).await),
            Ask::Decide { ids, approve, reason } => self.decide(office, &ids, approve, &reason).await,
            Ask::Assignments => Ok(self.assignments(office).await),
            Ask::Standing { days, allow } => Ok(Box::pin(self.standing(office, days, allow)).await),
            Ask::Plan { change } => self.plan(office, &change).await,
            Ask::Rehearse { change } => self.rehearse(office, &change).await,
            Ask::Change { change } => self.change(office, &change).await,
        }
    }

    async fn approvals(&mut self, office: &Office) -> Told {
        let mut sources = Vec::new();
        self.waiting.clear();
        for Waiting { kind, found, consent } in office.approvals(&Kind::ALL).await {
            let refused = found.as_ref().err().cloned();
            sources.push(Answered { kind, refused, partial: None, consent });
            self.waiting.extend(found.unwrap_or_default());
        }
        approvals::sort(&mut self.waiting);
        let rows = self.waiting.iter().map(|approval| ApprovalRow::of(approval, office.cloud())).collect();
        Told::Approvals { sources, rows }
    }

    async fn decide(&self, office: &Office, ids: &[String], approve: bool, reason: &str) -> Result<Told, Problem> {
        let chosen = picked(&self.waiting, ids, |approval| approval.id.clone())?;
        if reason.trim().is_empty() {
            return Err(ours("no-reason", "A decision takes a reason. Nothing was sent.", Remedy::EditForm));
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
            about: format!("{}, {}", wish.approval.person.called(), wish.approval.title()),
            looked_up: outcome.as_ref().is_ok_and(|decided| decided.looked_up),
            pending: false,
            problem: outcome.err().map(|undecided: Undecided| undecided.problem()),
        });
        Ok(Told::Outcomes { outcomes: told.collect() })
    }

    async fn assignments(&mut self, office: &Office) -> Told {
        let mut sources = Vec::new();
        self.held.clear();
        let mut risks = Vec::new();
        for Held { kind, found, missing, consent } in office.holdings(&Kind::ALL, &Side::ALL, &Places::default()).await
        {
            let refused = found.as_ref().err().cloned();
            let partial = missing.into_iter().next().map(|(_, problem)| problem);
            sources.push(Answered { kind, refused, partial, consent });
            let found = found.unwrap_or_default();
            if kind == Kind::DirectoryRole {
                risks = last::risks(&found, office.now()).into_iter().map(|risk| risk.message).collect();
            }
            self.held.extend(found);
        }
        Told::Assignments { sources, rows: self.held.iter().map(HoldingRow::of).collect(), risks }
    }

    async fn standing(&mut self, office: &Office, days: u16, allow: bool) -> Told {
        if allow {
            // Whoever says no gets the rest, and is told.
            let _ = office.permit(SEARCH_GROUPS).await;
        }
        let (places, stale_after) = (Places::default(), TimeDelta::days(days.into()));
        let report = Box::pin(office.standing(&Kind::ALL, &places, stale_after)).await;
        self.proposed.clear();
        let mut permanent = Vec::new();
        for row in report.permanent {
            let held = HoldingRow::of(&row.held);
            permanent.push(match row.advice {
                Advice::Replace(replacement) => {
                    self.proposed.push(*replacement);
                    PermanentRow { held, proposed: true, keep: None }
                }
                Advice::Keep(why) => PermanentRow { held, proposed: false, keep: Some(why) },
            });
        }
        let stale =
            report.stale.iter().map(|row| StaleRow { held: HoldingRow::of(&row.held), last: row.last }).collect();
        let nested = report.nested.iter().map(|row| NestedRow {
            held: HoldingRow::of(&row.held),
            person: row.person.called(),
            through: row.through.iter().map(Principal::called).collect(),
        });
        let nested = nested.collect();
        let missing = report.missing.into_iter().map(|(what, problem)| MissingRow::of(what, problem)).collect();
        Told::Standing { permanent, stale, nested, missing }
    }

    /// What somebody wants, in the terms of the services.
    fn planned(&self, change: &Wanted) -> Result<Planned, Problem> {
        match change {
            Wanted::Remove { ids, reason } => {
                let chosen = picked(&self.held, ids, held_id)?;
                Ok(Planned::Changes(chosen.iter().map(|held| Change::taking(held, reason.trim())).collect()))
            }
            Wanted::Move { ids, end, reason } => {
                let (chosen, end) = (picked(&self.held, ids, held_id)?, end.map_or(End::Permanent, End::At));
                Ok(Planned::Changes(chosen.iter().map(|held| Change::moving(held, end, reason.trim())).collect()))
            }
            Wanted::MakeEligible { ids, reason } => {
                let id = |each: &Replacement| each.removal.before.as_ref().map(held_id).unwrap_or_default();
                let chosen = picked(&self.proposed, ids, id)?;
                Ok(Planned::Replacements(chosen.into_iter().map(|each| each.because(reason)).collect()))
            }
        }
    }

    async fn plan(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let changes = self.planned(change)?.changes();
        let held = office.concerned(&changes).await?;
        let foreseen = office.foresee(&changes, &held).await;
        let risks = last::caused(&changes, &held, office.now()).into_iter().map(|risk| risk.message).collect();
        let steps = changes.iter().zip(foreseen).map(|(change, problem)| Step::of(change, problem)).collect();
        Ok(Told::Plan { steps, risks })
    }

    async fn rehearse(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let changes = self.planned(change)?.changes();
        office.permit_changes(&changes).await?;
        let rehearsed = office.rehearse(&changes).await;
        let outcomes = changes
            .iter()
            .zip(rehearsed)
            .map(|(change, said)| outcome(change, said.map(|()| Done { looked_up: false, pending: false })));
        Ok(Told::Outcomes { outcomes: outcomes.collect() })
    }

    async fn change(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let planned = self.planned(change)?;
        let changes = planned.changes();
        let held = office.concerned(&changes).await?;
        // What is known to be refused is not sent, and neither is what was chosen with it.
        if let Some(problem) = office.foresee(&changes, &held).await.into_iter().flatten().next() {
            return Err(problem);
        }
        office.permit_changes(&changes).await?;
        let outcomes = match &planned {
            Planned::Changes(changes) => {
                let outcomes = office.change(changes).await;
                changes.iter().zip(outcomes).map(|(change, said)| outcome(change, said)).collect()
            }
            Planned::Replacements(replacements) => {
                let outcomes = office.replace(replacements).await;
                replacements.iter().zip(outcomes).map(|(each, said)| outcome(&each.removal, said)).collect()
            }
        };
        Ok(Told::Outcomes { outcomes })
    }
}

/// Those with these ids, each once; one that was not told is none.
fn picked<T: Clone>(all: &[T], ids: &[String], id: impl Fn(&T) -> String) -> Result<Vec<T>, Problem> {
    let mut chosen: Vec<T> = Vec::new();
    for wanted in ids {
        let found = all.iter().find(|each| id(each) == *wanted).ok_or_else(not_told)?;
        if !chosen.iter().any(|known| id(known) == *wanted) {
            chosen.push(found.clone());
        }
    }
    if chosen.is_empty() { Err(not_told()) } else { Ok(chosen) }
}

fn not_told() -> Problem {
    let said = "What you chose is not listed any more. Nothing was sent: look at the list again.";
    ours(NOT_TOLD, said, Remedy::Refresh)
}

fn ours(code: &str, message: &str, remedy: Remedy) -> Problem {
    Problem { code: code.into(), message: message.into(), remedy, correlation_id: None, detail: None }
}

/// An eligibility and an assignment may have the same id.
fn held_id(held: &Holding) -> String {
    let side = if held.side == Side::Eligible { "eligible" } else { "active" };
    format!("{side}|{}", held.id)
}

fn outcome(change: &Change, said: Result<Done, Problem>) -> Outcome {
    let (looked_up, pending) = said.as_ref().map_or((false, false), |done| (done.looked_up, done.pending));
    Outcome { about: change.about(), problem: said.err(), looked_up, pending }
}

fn shown(text: &str) -> Option<String> {
    Some(codes::clean(text, LONGEST)).filter(|text| !text.is_empty())
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

impl HoldingRow {
    fn of(held: &Holding) -> Self {
        Self {
            id: held_id(held),
            kind: held.key.kind,
            name: codes::clean(&held.role, LONGEST),
            scope: held.scope.as_deref().and_then(shown),
            person: held.principal.called(),
            username: held.principal.username.as_deref().and_then(shown),
            eligible: held.side == Side::Eligible,
            activated: held.activated,
            start: held.start,
            end: held.end,
        }
    }
}

impl MissingRow {
    fn of(what: Missing, problem: Problem) -> Self {
        let (what, kind) = match what {
            Missing::Holdings(kind) => (MissingPart::Holdings, Some(kind)),
            Missing::Privileged => (MissingPart::Privileged, None),
            Missing::Activations(kind) => (MissingPart::Activations, Some(kind)),
            Missing::Members => (MissingPart::Members, None),
        };
        let allowable = what == MissingPart::Members && codes::lacks_consent(&problem.code);
        Self { what, kind, problem, allowable }
    }
}

impl Step {
    fn of(change: &Change, problem: Option<Problem>) -> Self {
        let action = match change.action {
            AdminAction::Assign => StepAction::Give,
            AdminAction::Update | AdminAction::Extend => StepAction::Move,
            AdminAction::Remove => StepAction::Remove,
        };
        Self {
            about: change.about(),
            action,
            eligible: change.side == Side::Eligible,
            activated: change.before.as_ref().is_some_and(|held| held.activated),
            end: change.end.at().filter(|_| action != StepAction::Remove),
            was: change.before.as_ref().and_then(|held| held.end),
            problem,
        }
    }
}

impl Replacement {
    /// The same for a reason; for the usual one where none is given.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        let reason = reason.trim();
        let reason = if reason.is_empty() { standing::REASON } else { reason };
        reason.clone_into(&mut self.removal.reason);
        if let Some(eligible) = &mut self.eligible {
            reason.clone_into(&mut eligible.reason);
        }
        self
    }
}

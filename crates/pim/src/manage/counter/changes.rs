//! Changes to who holds what: looked at, rehearsed, made.

use super::{Counter, assignments::held_id, picked};
use crate::{
    manage::{
        Office,
        assignments::{Change, Done, End, last},
        standing::{self, Replacement},
    },
    model::{AdminAction, Side, Ticket},
    problem::Problem,
    view::{Outcome, Step, StepAction, Told, Wanted},
};

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
    /// What somebody wants, in the terms of the services.
    fn planned(&self, office: &Office, change: &Wanted) -> Result<Planned, Problem> {
        match change {
            Wanted::Remove { ids, reason, ticket } => {
                let chosen = picked(&self.held, ids, held_id)?;
                let taking = |held| Change::taking(held, reason.trim()).with_ticket(written(ticket.as_ref()));
                Ok(Planned::Changes(chosen.iter().map(taking).collect()))
            }
            Wanted::Move { ids, end, reason, ticket } => {
                let (chosen, end) = (picked(&self.held, ids, held_id)?, end.map_or(End::Permanent, End::At));
                let moving = |held| Change::moving(held, end, reason.trim()).with_ticket(written(ticket.as_ref()));
                Ok(Planned::Changes(chosen.iter().map(moving).collect()))
            }
            Wanted::Give { .. } => self.giving(office, change).map(Planned::Changes),
            Wanted::MakeEligible { ids, reason, ticket } => {
                let id = |each: &Replacement| each.removal.before.as_ref().map(held_id).unwrap_or_default();
                let chosen = picked(&self.proposed, ids, id)?;
                let ticket = written(ticket.as_ref());
                let because = |each: Replacement| each.because(reason, ticket.as_ref());
                Ok(Planned::Replacements(chosen.into_iter().map(because).collect()))
            }
        }
    }

    pub(super) async fn plan(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let changes = self.planned(office, change)?.changes();
        let held = office.concerned(&changes).await?;
        let foreseen = office.foresee(&changes, &held).await;
        let risks = last::caused(&changes, &held, office.now()).into_iter().map(|risk| risk.message).collect();
        let steps = changes.iter().zip(foreseen).map(|(change, problem)| Step::of(change, problem)).collect();
        Ok(Told::Plan { steps, risks })
    }

    pub(super) async fn rehearse(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let changes = self.planned(office, change)?.changes();
        office.permit_changes(&changes).await?;
        let rehearsed = office.rehearse(&changes).await;
        let outcomes = changes
            .iter()
            .zip(rehearsed)
            .map(|(change, said)| outcome(change, said.map(|()| Done { looked_up: false, pending: false })));
        Ok(Told::Outcomes { outcomes: outcomes.collect() })
    }

    pub(super) async fn change(&self, office: &Office, change: &Wanted) -> Result<Told, Problem> {
        let planned = self.planned(office, change)?;
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

/// A ticket, where its number was written.
pub(super) fn written(ticket: Option<&Ticket>) -> Option<Ticket> {
    let Ticket { number, system } = ticket?;
    let ticket = Ticket { number: number.trim().to_owned(), system: system.trim().to_owned() };
    Some(ticket).filter(|ticket| !ticket.number.is_empty())
}

fn outcome(change: &Change, said: Result<Done, Problem>) -> Outcome {
    let (looked_up, pending) = said.as_ref().map_or((false, false), |done| (done.looked_up, done.pending));
    Outcome { about: change.about(), problem: said.err(), looked_up, pending }
}

impl Step {
    fn of(change: &Change, problem: Option<Problem>) -> Self {
        let action = match change.action {
            AdminAction::Assign | AdminAction::Renew => StepAction::Give,
            AdminAction::Update | AdminAction::Extend => StepAction::Move,
            AdminAction::Remove => StepAction::Remove,
        };
        Self {
            about: change.about(),
            action,
            eligible: change.side == Side::Eligible,
            activated: change.before.as_ref().is_some_and(|held| held.activated),
            start: change.start,
            end: change.end.at().filter(|_| action != StepAction::Remove),
            was: change.before.as_ref().and_then(|held| held.end),
            problem,
        }
    }
}

impl Replacement {
    /// The same for a reason, the usual one where none is given, and with a ticket.
    #[must_use]
    pub fn because(mut self, reason: &str, ticket: Option<&Ticket>) -> Self {
        let reason = match reason.trim() {
            "" => standing::reason(),
            reason => reason.to_owned(),
        };
        for change in self.eligible.iter_mut().chain([&mut self.removal]) {
            reason.clone_into(&mut change.reason);
            change.ticket = ticket.cloned();
        }
        self
    }
}

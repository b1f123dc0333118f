//! `pim activate`.

use std::collections::HashSet;

use pim::view::{Command, RowState, View};

use super::plan::{Plan, Role, plan};
use crate::{
    args::Activate,
    failed::{Exit, Failed},
    matching::title,
    output,
    session::Session,
};

/// How one role's activation ended.
pub enum Outcome {
    /// Active, or as far as was asked for.
    Active,
    /// Waits for an approver.
    Waiting,
    /// Refused.
    Failed(Failed),
}

/// Activates roles and waits until each is active, refused, or waiting for an approver. One failure stops no other.
pub async fn activate(session: &mut Session, options: Activate, json: bool) -> Result<(), Failed> {
    let plan = plan(session, &options.wanted, options.start).await?;
    let (view, outcomes) = carry_out(session, &plan, options.no_wait).await?;
    let ids: Vec<String> = plan.roles.iter().map(|role| role.id.clone()).collect();
    let failed = told(&plan.roles, outcomes);
    if json {
        let problems = failed.failures.iter().map(|(role, failure)| (role.id.as_str(), &failure.problem)).collect();
        output::json(&output::Activated::of(&view, &ids, problems))?;
    } else {
        output::status(&view, |row| ids.contains(&row.id))?;
    }
    failed.end(json)
}

/// Sends everything at once and waits for an outcome of each role.
pub async fn carry_out(session: &mut Session, plan: &Plan, no_wait: bool) -> Result<(View, Vec<Outcome>), Failed> {
    for command in &plan.commands {
        session.send(command.clone());
    }
    let sent: HashSet<&str> = plan.commands.iter().filter_map(id_of).collect();
    let mut told = HashSet::new();
    session
        .until(|view| {
            let ours = |id: &str| plan.roles.iter().any(|role| role.id == id);
            for row in view.active.iter().filter(|row| ours(&row.id) && row.state == RowState::SteppingUp) {
                if told.insert(row.id.clone()) {
                    eprintln!("{} asks for a stronger sign-in: go on in the browser.", title(row));
                }
            }
            let outcome = |role| outcome(view, role, sent.contains(role.eligible.as_str()), no_wait, plan.later);
            let outcomes = plan.roles.iter().map(outcome).collect::<Option<Vec<_>>>()?;
            Some((view.clone(), outcomes))
        })
        .await
}

fn id_of(command: &Command) -> Option<&str> {
    match command {
        Command::Activate { id, .. } => Some(id),
        _ => None,
    }
}

/// What did not become active.
pub struct Unfinished<'a> {
    /// Refused, and why.
    pub failures: Vec<(&'a Role, Failed)>,
    /// Waits for an approver.
    pub waiting: Option<&'a Role>,
}

/// What did not become active of these.
pub fn told(roles: &[Role], outcomes: Vec<Outcome>) -> Unfinished<'_> {
    let mut unfinished = Unfinished { failures: Vec::new(), waiting: None };
    for (role, outcome) in roles.iter().zip(outcomes) {
        match outcome {
            Outcome::Active => {}
            Outcome::Waiting => unfinished.waiting = Some(role),
            Outcome::Failed(failure) => unfinished.failures.push((role, failure.about(&role.title))),
        }
    }
    unfinished
}

impl Unfinished<'_> {
    /// The end that it means; with `json` the object that was printed tells all of it.
    pub fn end(self, json: bool) -> Result<(), Failed> {
        let waits = |role: &Role| {
            let said = format!("{} was requested and waits for an approver.", role.title);
            Failed::new(Exit::WaitingForApproval, "waiting-for-approval", said)
        };
        let failures: Vec<Failed> = self.failures.into_iter().map(|(_, failure)| failure).collect();
        if failures.is_empty() {
            return Failed::together(self.waiting.map(waits).into_iter().collect(), json);
        }
        Failed::together(failures, json)
    }
}

/// Where the role stands, once that is an answer.
fn outcome(view: &View, role: &Role, sent: bool, accepted_is_enough: bool, later: bool) -> Option<Outcome> {
    if let Some(row) = view.active.iter().find(|row| row.id == role.id) {
        return match &row.state {
            RowState::Active => Some(Outcome::Active),
            RowState::WaitingForApproval { .. } => Some(Outcome::Waiting),
            RowState::Failed { problem } => Some(Outcome::Failed(problem.clone().into())),
            RowState::Scheduled if later => Some(Outcome::Active),
            RowState::Provisioning | RowState::Scheduled if accepted_is_enough => Some(Outcome::Active),
            _ => None,
        };
    }
    let row = view.eligible.iter().find(|row| row.id == role.eligible).filter(|_| sent)?;
    row.problem.clone().map(|problem| Outcome::Failed(Failed::not_sent(problem)))
}

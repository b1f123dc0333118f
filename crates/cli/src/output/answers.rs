//! What services answered to what an administrator asks for, kind by kind.

use pim::{model::Kind, problem::Problem, view::Consent};
use serde::Serialize;

use super::{Standing, clean};
use crate::failed::Failed;

/// What one kind's service answered.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The kind.
    pub kind: Kind,
    /// Why it told nothing, if it did not.
    pub refused: Option<&'a Problem>,
    /// Why it did not tell all, if so.
    pub partly: Option<&'a Problem>,
    /// What an administrator has to consent to first.
    pub consent: Option<&'a Consent>,
}

/// The same as JSON.
#[derive(Serialize)]
pub struct Source<'a> {
    kind: Kind,
    state: Standing,
    problem: Option<&'a Problem>,
    consent: Option<&'a Consent>,
}

impl<'a> Answer<'a> {
    /// As JSON.
    pub fn source(&self) -> Source<'a> {
        let state = match (self.refused, self.partly) {
            (None, Some(_)) => Standing::Partial,
            _ => Standing::after(self.refused),
        };
        Source { kind: self.kind, state, problem: self.refused.or(self.partly), consent: self.consent }
    }

    /// Why the kind is not listed, and what helps. What was never asked for is said where it alone is looked at.
    pub fn unlisted(&self, alone: bool) -> Option<String> {
        let (what, login) = kind_words(self.kind);
        let said = unlisted(what, login, self.refused?, alone)?;
        Some(self.consent.map_or_else(
            || said.clone(),
            |consent| {
                let (names, link) = (clean(&consent.permissions.join(", ")), clean(&consent.link));
                format!("{said} An administrator can consent to {names}: {link}")
            },
        ))
    }
}

/// What a kind's roles are called, and how `pim login --also` names it.
pub fn kind_words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::DirectoryRole => ("Directory roles", "directory"),
        Kind::Group => ("Groups", "groups"),
        Kind::AzureResource => ("Azure roles", "azure"),
    }
}

/// Why `what` is not listed. What was never asked for is said where it alone is looked at.
pub fn unlisted(what: &str, login: &str, problem: &Problem, alone: bool) -> Option<String> {
    match Standing::after(Some(problem)) {
        Standing::NotAsked if !alone => None,
        Standing::NotAsked => Some(format!("{what} are not listed: `pim login --also {login}` asks for permission.")),
        _ => Some(format!("{what} are not listed: {} ({})", clean(&problem.message), clean(&problem.code))),
    }
}

/// Where no kind has answered there is no list.
pub fn nothing_answered(answers: &[Answer]) -> Result<(), Failed> {
    if answers.iter().any(|answer| answer.refused.is_none()) {
        return Ok(());
    }
    let not_asked = |answer: &&Answer| Standing::after(answer.refused) == Standing::NotAsked;
    // What was never asked for says less than what failed.
    let told = answers.iter().find(|answer| !not_asked(answer)).or(answers.first());
    let Some((answer, problem)) = told.and_then(|answer| Some((answer, answer.refused?))) else { return Ok(()) };
    let mut failed = Failed::from(problem.clone());
    if let Some(said) = answer.unlisted(true).filter(|_| not_asked(&answer)) {
        failed.problem.message = said;
    }
    Err(failed)
}

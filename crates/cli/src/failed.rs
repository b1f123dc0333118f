//! How the command line ends when it does not succeed: a sentence and an exit code.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use pim::{
    clock::Clock,
    problem::{Obstacle, Problem, Remedy},
};
use serde::Serialize;

use crate::{
    matching::Mismatch,
    output::{clean, moment},
};

/// The documented exit codes (`pim --help`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The service or the system refused.
    Refused = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Nobody is signed in.
    SignedOut = 3,
    /// No such role, or several.
    NoSuchRole = 4,
    /// The policy would refuse it: nothing was sent.
    NotSent = 5,
    /// Sent, waiting for an approver.
    WaitingForApproval = 6,
    /// The network or the service could not be reached.
    Unreachable = 7,
}

/// What to print to standard error before ending.
#[derive(Debug)]
pub struct Failed {
    /// How to end.
    pub exit: Exit,
    /// What to say.
    pub problem: Problem,
    /// It has been said already: only the exit code is left.
    told: bool,
}

/// The JSON form: one object on standard output, as for success.
#[derive(Serialize)]
pub struct FailedJson<'a> {
    error: &'a Problem,
}

impl Failed {
    /// A failure of our own, with one of our codes.
    pub fn new(exit: Exit, code: &str, message: impl Into<String>) -> Self {
        let problem = Problem {
            code: code.to_owned(),
            message: message.into(),
            remedy: Remedy::None,
            correlation_id: None,
            detail: None,
        };
        Self { exit, problem, told: false }
    }

    /// Nobody is signed in, for this reason.
    pub fn signed_out(problem: Problem) -> Self {
        Self { exit: Exit::SignedOut, problem, told: false }
    }

    /// The same failure, with the role it is about.
    #[must_use]
    pub fn about(mut self, role: &str) -> Self {
        self.problem.message = format!("{role}: {}", self.problem.message);
        self
    }

    /// The same ending, where what was printed tells it already.
    #[must_use]
    pub fn told(self) -> Self {
        Self { told: true, ..self }
    }

    /// Tells the failure, in the way the caller reads it.
    pub fn tell(&self, json: bool) {
        if self.told {
            return;
        }
        if json {
            let body = serde_json::to_string(&FailedJson { error: &self.problem });
            say!("{}", body.unwrap_or_else(|_| "{\"error\":{}}".into()));
            return;
        }
        eprint!("{}", text(&self.problem, Clock::system().now()));
    }

    /// Of several failures the last one ends the program, and the others are told before it. With `json` they stand in the
    /// object that was printed.
    pub fn together(mut failures: Vec<Self>, json: bool) -> Result<(), Self> {
        let Some(last) = failures.pop() else { return Ok(()) };
        if json {
            return Err(last.told());
        }
        for failure in failures {
            failure.tell(false);
        }
        Err(last)
    }

    /// What was refused before anything was sent.
    pub fn not_sent(problem: Problem) -> Self {
        Self { exit: Exit::NotSent, problem, told: false }
    }
}

/// What happened, by which code, and what to do next: each on a line of its own.
fn text(problem: &Problem, now: DateTime<Utc>) -> String {
    let mut text = format!("pim: {}\n     Code {}", clean(&problem.message), clean(&problem.code));
    if let Some(id) = &problem.correlation_id {
        let _ = write!(text, " · correlation id {}", clean(id));
    }
    text.push('\n');
    let list = [("approval-", "approvals"), ("review-", "reviews")];
    let changed = list.into_iter().find(|(prefix, _)| problem.code.starts_with(prefix));
    if let Some((_, list)) = changed.filter(|_| problem.remedy == Remedy::Refresh) {
        let _ = writeln!(text, "     Look at `pim {list}`: something has changed.");
    } else if let Some(next) = next(&problem.remedy, now) {
        let _ = writeln!(text, "     {next}");
    }
    text
}

/// What would help, in a sentence.
fn next(remedy: &Remedy, now: DateTime<Utc>) -> Option<String> {
    Some(match remedy {
        Remedy::None => return None,
        Remedy::SignIn => "Try again and complete the sign-in in the browser, or sign in anew with `pim login`.".into(),
        Remedy::EditForm => "Change what you asked for (--reason, --ticket, --for, --start) and try again.".into(),
        Remedy::Retry { at: Some(at) } => format!("Try again after {}.", moment(*at, now)),
        Remedy::Retry { at: None } => "Try again in a moment.".into(),
        Remedy::Refresh => "Look at `pim list` and `pim status`: something has changed.".into(),
        Remedy::AskAdmin { text } => {
            let lines: Vec<String> = text.lines().map(clean).collect();
            format!("Send this to your administrator: {}", lines.join("\n       "))
        }
    })
}

impl From<Mismatch> for Failed {
    fn from(mismatch: Mismatch) -> Self {
        let code = match mismatch {
            Mismatch::Unknown { .. } => "unknown-role",
            Mismatch::Ambiguous { .. } => "ambiguous-role",
        };
        Self::new(Exit::NoSuchRole, code, mismatch.to_string())
    }
}

impl From<Problem> for Failed {
    /// What the service or the network said of something that was asked of it.
    fn from(problem: Problem) -> Self {
        let exit = match problem.obstacle() {
            Obstacle::Unreachable => Exit::Unreachable,
            Obstacle::SignedOut => Exit::SignedOut,
            Obstacle::Refused => Exit::Refused,
        };
        Self { exit, problem, told: false }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Refused, "output", format!("The output could not be written: {error}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().expect("an instant")
    }

    fn problem(code: &str, remedy: Remedy) -> Problem {
        Problem {
            code: code.into(),
            message: "No.".into(),
            remedy,
            correlation_id: Some("c0ffee".into()),
            detail: None,
        }
    }

    #[test]
    fn every_remedy_has_its_sentence_and_every_failure_its_code() {
        for (remedy, words) in [
            (Remedy::SignIn, "pim login"),
            (Remedy::EditForm, "--reason"),
            (Remedy::Retry { at: None }, "in a moment"),
            (Remedy::Retry { at: Some(now() + chrono::TimeDelta::minutes(5)) }, "after "),
            (Remedy::Refresh, "pim list"),
            (Remedy::AskAdmin { text: "Please.\nCode: X".into() }, "administrator: Please.\n       Code: X"),
        ] {
            let told = text(&problem("SomeCode", remedy), now());
            assert!(told.contains("SomeCode · correlation id c0ffee") && told.contains(words), "{told}");
        }
        let own = Problem { correlation_id: None, ..problem("unknown-role", Remedy::None) };
        assert_eq!(text(&own, now()), "pim: No.\n     Code unknown-role\n");
    }

    #[test]
    fn exit_codes_follow_what_stood_in_the_way_not_what_would_help() {
        for (code, remedy, exit) in [
            ("ExpirationRule", Remedy::EditForm, Exit::Refused),
            ("JustificationRule", Remedy::EditForm, Exit::Refused),
            ("SubjectNotFound", Remedy::Retry { at: None }, Exit::Refused),
            ("MfaRule", Remedy::SignIn, Exit::Refused),
            ("sign-in-cancelled", Remedy::SignIn, Exit::Refused),
            ("SomethingNew", Remedy::None, Exit::Refused),
            ("TooManyRequests", Remedy::Retry { at: None }, Exit::Unreachable),
            ("network", Remedy::Retry { at: None }, Exit::Unreachable),
            ("no-answer", Remedy::Retry { at: None }, Exit::Unreachable),
            ("AADSTS50173", Remedy::SignIn, Exit::SignedOut),
            ("signed-out", Remedy::SignIn, Exit::SignedOut),
        ] {
            assert_eq!(Failed::from(problem(code, remedy)).exit, exit, "{code}");
        }
    }
}

//! How the command line ends when it does not succeed: a sentence and an exit code.

use pim::problem::{Problem, Remedy};
use serde::Serialize;

use crate::matching::Mismatch;

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
            println!("{}", body.unwrap_or_else(|_| "{\"error\":{}}".into()));
            return;
        }
        eprintln!("pim: {}", self.problem.message);
        if let Some(id) = &self.problem.correlation_id {
            eprintln!("     {} · correlation id {id}", self.problem.code);
        }
        if let Remedy::AskAdmin { text } = &self.problem.remedy {
            eprintln!("     Send this to your administrator: {text}");
        }
    }
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
    /// What the service or the network said: told apart by whether a retry by itself could help.
    fn from(problem: Problem) -> Self {
        let exit = match problem.remedy {
            Remedy::SignIn => Exit::SignedOut,
            Remedy::Retry { .. } => Exit::Unreachable,
            Remedy::EditForm => Exit::NotSent,
            _ => Exit::Refused,
        };
        Self { exit, problem, told: false }
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Refused, "output", format!("The output could not be written: {error}."))
    }
}

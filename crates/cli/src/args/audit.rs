//! The grammar of `pim need` and `pim audit`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::moments::{Moment, parse_moment};

/// `pim need`
#[derive(Debug, Args)]
pub struct Need {
    /// The error message, the action, or what you want to do
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Print nothing but the command that activates the least privileged role
    #[arg(long)]
    pub activate: bool,
    /// Read again what roles allow, and your list
    #[arg(long)]
    pub refresh: bool,
}

/// `pim audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// Only records that have all these words
    pub words: Vec<String>,
    /// Not before: 2026-11-01, 2026-11-01T09:00 or 7d (ago)
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    pub from: Option<Moment>,
    /// Not after
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    pub to: Option<Moment>,
    /// Who did it or whom it concerns: an id, or a part of a name or user name
    #[arg(long)]
    pub person: Option<String>,
    /// Which role: an id, or a part of its name
    #[arg(long)]
    pub role: Option<String>,
    /// A part of the activity's name
    #[arg(long)]
    pub action: Option<String>,
    /// What came of it
    #[arg(long, value_enum)]
    pub result: Option<AuditResult>,
    /// Your own requests, which take no permission, instead of the tenant's log
    #[arg(long)]
    pub mine: bool,
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N", conflicts_with = "export")]
    pub limit: usize,
    /// Download all of them to this file, which must not be there yet: .csv, or .jsonl for JSON Lines
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
}

/// What came of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditResult {
    /// Done
    Success,
    /// Not done
    Failure,
    /// Nobody decided in time
    Timeout,
    /// Of your own requests: still on its way
    Waiting,
}

impl AuditResult {
    /// As records have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Timeout => "timeout",
            Self::Waiting => "waiting",
        }
    }
}

//! The grammar of `pim approvals`.

use clap::{Args, Subcommand};

use super::{Change, Kind};

/// `pim approvals`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Approvals {
    /// What to do [default: list]
    #[command(subcommand)]
    pub command: Option<ApprovalsCommand>,
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
}

/// What to do with requests that wait.
#[derive(Debug, Subcommand)]
pub enum ApprovalsCommand {
    /// List them, the most urgent first
    List {
        /// Only those of a kind
        #[arg(long, value_enum)]
        kind: Option<Kind>,
        /// Only those with all these words in the names of person, role and scope
        filter: Vec<String>,
    },
    /// Approve requests
    Approve(Decide),
    /// Deny requests
    Deny(Decide),
}

/// `pim approvals approve` and `pim approvals deny`
#[derive(Debug, Args)]
pub struct Decide {
    /// Words from the names of person and role, or ids of requests
    #[arg(required_unless_present = "all", value_name = "REQUEST")]
    pub requests: Vec<String>,
    /// Everything that waits
    #[arg(long, conflicts_with = "requests")]
    pub all: bool,
    /// The scope, where there are several
    #[arg(long)]
    pub scope: Option<String>,
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Why
    #[arg(long, short)]
    pub reason: String,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
}

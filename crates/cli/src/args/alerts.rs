//! The grammar of `pim alerts`.

use clap::{Args, Subcommand, ValueEnum};

use super::Change;

/// `pim alerts`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Alerts {
    /// What to do [default: list]
    #[command(subcommand)]
    pub command: Option<AlertsCommand>,
    /// Where
    #[command(flatten)]
    pub place: Place,
    /// Also those with nothing found, and those that were dismissed
    #[arg(long)]
    pub all: bool,
}

/// Whose alerts.
#[derive(Clone, Debug, Default, Args)]
pub struct Place {
    /// Only the directory's, or only Azure's
    #[arg(long, value_enum)]
    pub kind: Option<AlertKind>,
    /// Only those at this scope of Azure: its id (/subscriptions/…), instead of all scopes that you see
    #[arg(long)]
    pub scope: Option<String>,
}

/// Where there are alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlertKind {
    /// Directory roles
    Directory,
    /// Roles of Azure resources
    Azure,
}

/// What to do with alerts.
#[derive(Debug, Subcommand)]
pub enum AlertsCommand {
    /// List them, the worst first
    List {
        /// Where
        #[command(flatten)]
        place: Place,
        /// Also those with nothing found, and those that were dismissed
        #[arg(long)]
        all: bool,
        /// Only those with all these words in their names
        filter: Vec<String>,
    },
    /// Show what was found, why that is bad, and what to do
    Show {
        /// A part of its name, or its id
        alert: String,
        /// Where
        #[command(flatten)]
        place: Place,
    },
    /// Have the service look again: at the directory, at Azure's scopes (--kind azure), or for these alerts
    Refresh {
        /// Parts of names, or ids
        #[arg(value_name = "ALERT")]
        alerts: Vec<String>,
        /// Where
        #[command(flatten)]
        place: Place,
        /// Return once it has begun
        #[arg(long)]
        no_wait: bool,
    },
    /// Dismiss alerts until something new is found
    Dismiss {
        /// Parts of names, or ids
        #[arg(required = true, value_name = "ALERT")]
        alerts: Vec<String>,
        /// Where
        #[command(flatten)]
        place: Place,
        /// How to go about it
        #[command(flatten)]
        change: Change,
    },
}

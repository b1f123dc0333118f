//! The grammar of `pim report`.

use clap::{Args, Subcommand, value_parser};

use super::{Change, Kind};

/// `pim report`
#[derive(Debug, Subcommand)]
pub enum Report {
    /// Standing access: privileged roles that are active for good, eligibilities that nobody activates, roles that come
    /// through a group within a group
    Standing(Standing),
}

/// `pim report standing`
#[derive(Debug, Args)]
pub struct Standing {
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Of groups: only this one; of Azure: only at, above and below this scope
    #[arg(long = "in", value_name = "PLACE", requires = "kind")]
    pub place: Vec<String>,
    /// Days without an activation after which an eligibility is stale
    #[arg(long, default_value_t = 90, value_parser = value_parser!(u16).range(1..=3650))]
    pub days: u16,
    /// First ask for the permission to see who is in groups, in the browser where nobody has consented to it yet
    #[arg(long)]
    pub allow: bool,
    /// Make eligible instead what is permanent, as proposed
    #[arg(long)]
    pub apply: bool,
    /// Why
    #[arg(long, short, requires = "apply")]
    pub reason: Option<String>,
    /// Ticket number
    #[arg(long, requires = "apply")]
    pub ticket: Option<String>,
    /// Ticket system
    #[arg(long, requires = "ticket")]
    pub ticket_system: Option<String>,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
    /// Only those with all these words in the names of person, role and scope
    pub filter: Vec<String>,
}

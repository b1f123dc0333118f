//! The grammar of `pim policy`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use super::{Change, Kind};

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Say every rule of roles in words, or write them to a file
    Show {
        /// Which roles
        #[command(flatten)]
        roles: PolicyRoles,
        /// Write them to this file, which must not be there yet
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
    /// Say where policies are not as a file has them
    Diff {
        /// The file; - for standard input
        file: PathBuf,
    },
    /// Make policies as a file has them, or as another role's
    Apply(ApplyPolicy),
}

/// Roles whose policies are meant.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true))]
pub struct PolicyRoles {
    /// Names or ids of roles, or of groups
    #[arg(value_name = "ROLE", group = "which")]
    pub roles: Vec<String>,
    /// All directory roles
    #[arg(long, group = "which")]
    pub all: bool,
    /// Their kind
    #[arg(long, value_enum, default_value = "directory")]
    pub kind: Kind,
    /// Of a group `member` or `owner`, of Azure roles their scope, by id or name [default: member]
    #[arg(long)]
    pub scope: Option<String>,
}

/// `pim policy apply`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("source").required(true))]
pub struct ApplyPolicy {
    /// The file; - for standard input
    #[arg(group = "source")]
    pub file: Option<PathBuf>,
    /// A role whose rules are taken
    #[arg(long, value_name = "ROLE", group = "source", requires = "to")]
    pub from: Option<String>,
    /// The roles that get the rules; of a file that has one policy, in place of that one's role
    #[arg(long, value_name = "ROLE")]
    pub to: Vec<String>,
    /// Of --from and --to: their kind
    #[arg(long, value_enum, default_value = "directory")]
    pub kind: Kind,
    /// Of --from and --to: of a group `member` or `owner`, of Azure roles their scope [default: member]
    #[arg(long)]
    pub scope: Option<String>,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
}

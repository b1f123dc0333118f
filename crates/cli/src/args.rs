//! The command line's grammar.

mod alerts;
mod approvals;
mod assignments;
mod audit;
mod policy;
mod report;
mod reviews;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    minutes::parse_minutes,
    start::{Start, parse_start},
};

pub use alerts::{AlertKind, Alerts, AlertsCommand, Place};
pub use approvals::{Approvals, ApprovalsCommand, Decide};
pub use assignments::{AddAssignment, Assignments, AssignmentsCommand, Chosen, Ends, Look, MoveAssignment, ticket};
pub use audit::{Audit, AuditResult, Need};
pub use policy::{ApplyPolicy, PolicyCommand, PolicyRoles};
pub use report::{Report, Standing};
pub use reviews::{DecideReview, ReviewVerdict, Reviews, ReviewsCommand, Which};

/// Activate your eligible Microsoft Entra roles.
#[derive(Debug, Parser)]
#[command(name = "pim", version = env!("PIMENTO_VERSION"), about, after_help = EXIT_CODES, propagate_version = true)]
pub struct Arguments {
    /// Use the built-in demo tenant; signs in by itself
    #[arg(long, global = true)]
    pub demo: bool,
    /// With --demo: as this person of the demo tenant, such as omar, who approves
    #[arg(long = "as", global = true, value_name = "PERSON")]
    pub acting: Option<String>,
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in through the system browser; whoever is signed in already stays so
    Login(Login),
    /// Forget the current account: tokens, saved lists and remembered reasons
    Logout,
    /// List the roles you can activate
    List {
        /// Only those of a kind
        #[arg(long, value_enum)]
        kind: Option<Kind>,
        /// Only roles whose name or scope contains these words
        filter: Vec<String>,
    },
    /// Show what a role asks for, what a group gives, and where an Azure role can be narrowed
    Show(Named),
    /// Put a role on the list by its name or id, where your eligibilities cannot be listed
    Enter {
        /// Name or id of the role or the group
        role: String,
        /// Its kind
        #[arg(long, value_enum, default_value = "directory")]
        kind: Kind,
        /// Of a directory role an administrative unit's or object's scope, of a group `member` or `owner`, of an Azure role its scope
        /// [default: the whole directory, or member]
        #[arg(long)]
        scope: Option<String>,
    },
    /// Take a role off the list that was put there with `pim enter`
    Forget(Named),
    /// Show what is active or on its way
    Status {
        /// And today as a picture: which role was, is and will be active when
        #[arg(long)]
        timeline: bool,
        /// The same of this week, from Monday on
        #[arg(long)]
        week: bool,
    },
    /// Activate roles
    Activate(Activate),
    /// End an activation
    Deactivate(Named),
    /// Have an activation renewed when it ends
    Renew(Renew),
    /// Activate roles, wait until the access has arrived, and run a command
    Run(Run),
    /// Show your requests that still wait, also those made elsewhere
    Requests,
    /// Withdraw a request that waits
    Cancel(Named),
    /// Ask for a later end of an eligibility or of a standing assignment
    Extend(Extend),
    /// Show what was asked for, and what came of it
    History {
        /// Only requests that have all these words
        words: Vec<String>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: usize,
    },
    /// Show how roles are used: time asked for against time used, and what was not used for 90 days
    Insight,
    /// Say which role allows something: an error message, an action, or words ("reset a user's password")
    Need(Need),
    /// Show or download what was done to whose roles: the tenant's audit log, or your own requests
    Audit(Audit),
    /// Requests of others that wait for your decision
    Approvals(Approvals),
    /// PIM's security alerts
    Alerts(Alerts),
    /// Access reviews that wait for you
    Reviews(Reviews),
    /// Reports for administrators: who has standing access
    #[command(subcommand)]
    Report(Report),
    /// Who holds what; gives roles, takes them away, moves their ends
    Assignments(Assignments),
    /// What roles ask for, rule by rule; files of it; changes
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Named sets of roles
    #[command(subcommand)]
    Bundles(Bundles),
    /// Sign everybody out and delete every file, secret and autostart entry of Pimento; before its removal
    Purge(Change),
    /// A report for whoever helps you: versions, settings, what went wrong, the end of the log; no tokens
    Diagnostics {
        /// With the names of people, tenants, roles and scopes
        #[arg(long)]
        names: bool,
    },
    /// Those who are signed in
    Accounts {
        /// Make this one the current one: its id, user name or tenant
        #[arg(long, value_name = "ACCOUNT")]
        select: Option<String>,
    },
    /// The tenants that your account is known in
    Tenants {
        /// Sign in to this one, too: its id, domain or name
        #[arg(long, value_name = "TENANT")]
        sign_in: Option<String>,
        /// With a code on another device instead of the browser here
        #[arg(long, requires = "sign_in")]
        device_code: bool,
    },
    /// Run the simulated tenant in the foreground; prints one line of JSON when it is ready
    Tenant(Tenant),
}

/// `pim login`
#[derive(Debug, Args)]
pub struct Login {
    /// Sign in with a code on another device instead of the browser here
    #[arg(long)]
    pub device_code: bool,
    /// Cloud [default: as in the settings]
    #[arg(long, value_enum)]
    pub cloud: Option<Cloud>,
    /// Tenant id or domain [default: as in the settings, or your home tenant]
    #[arg(long)]
    pub tenant: Option<String>,
    /// Client id of your organisation's app registration [default: as in the settings]
    #[arg(long)]
    pub client_id: Option<String>,
    /// Consent to the permissions of another kind of roles, too; can be given twice
    #[arg(long, value_enum, value_name = "KIND")]
    pub also: Vec<Kind>,
}

/// Where to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Cloud {
    /// The public cloud
    Global,
    /// Microsoft 365 GCC High and Azure Government
    Usgov,
    /// The US Department of Defense's
    Usgovdod,
    /// Operated by 21Vianet
    China,
    /// The simulated tenant: the one that PIMENTO_TENANT names, or the built-in one
    Loopback,
}

impl Cloud {
    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Usgov => "usgov",
            Self::Usgovdod => "usgovdod",
            Self::China => "china",
            Self::Loopback => "loopback",
        }
    }
}

/// A kind of role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Roles of the directory
    Directory,
    /// Memberships and ownerships of groups
    Groups,
    /// Roles on Azure resources
    Azure,
}

impl Kind {
    /// The kinds that are asked for: this one, or all.
    pub fn or_all(kind: Option<Self>) -> Vec<pim::model::Kind> {
        kind.map_or_else(|| pim::model::Kind::ALL.to_vec(), |kind| vec![kind.into()])
    }
}

impl From<Kind> for pim::model::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Directory => Self::DirectoryRole,
            Kind::Groups => Self::Group,
            Kind::Azure => Self::AzureResource,
        }
    }
}

/// `pim activate`
#[derive(Debug, Args)]
pub struct Activate {
    /// What to activate
    #[command(flatten)]
    pub wanted: Wanted,
    /// When to begin: 18:00, 2026-11-24T09:00 or +2h [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_start)]
    pub start: Option<Start>,
    /// Return as soon as the service has accepted the request
    #[arg(long)]
    pub no_wait: bool,
}

/// `pim run`
#[derive(Debug, Args)]
pub struct Run {
    /// What to activate
    #[command(flatten)]
    pub wanted: Wanted,
    /// How long to wait until the access has arrived; the command is run after that in any case
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = parse_minutes)]
    pub wait: u32,
    /// End what was activated for the command when it has ended
    #[arg(long)]
    pub deactivate_after: bool,
    /// The command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

/// Roles to be activated, and what their policies ask for.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Names or ids of roles; a part of a name will do where it is unambiguous
    #[arg(required_unless_present = "bundle", value_name = "ROLE")]
    pub roles: Vec<String>,
    /// All roles of a bundle
    #[arg(long, value_name = "NAME")]
    pub bundle: Option<String>,
    /// The scope, where a role is eligible at several; or a narrower one of Azure, by name or id
    #[arg(long)]
    pub scope: Option<String>,
    /// The reason [default: the bundle's, or the one remembered for the role]
    #[arg(long, short)]
    pub reason: Option<String>,
    /// How long: 2h, 90m, 1h30m or PT2H [default: the time used last, or the role's maximum]
    #[arg(long = "for", short = 'd', value_name = "DURATION", value_parser = parse_minutes)]
    pub minutes: Option<u32>,
    /// Ticket number
    #[arg(long)]
    pub ticket: Option<String>,
    /// Ticket system
    #[arg(long, requires = "ticket")]
    pub ticket_system: Option<String>,
}

/// `pim extend`
#[derive(Debug, Args)]
pub struct Extend {
    /// Name or id of a role
    pub role: String,
    /// The scope, where there are several
    #[arg(long)]
    pub scope: Option<String>,
    /// Of the standing assignment, not of the eligibility
    #[arg(long)]
    pub assignment: bool,
    /// The reason
    #[arg(long, short)]
    pub reason: String,
}

/// How a change is gone about.
#[derive(Clone, Copy, Debug, Args)]
pub struct Change {
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

/// `pim bundles`
#[derive(Debug, Subcommand)]
pub enum Bundles {
    /// List them
    List,
    /// Keep a bundle, in place of the one of the same name
    Save {
        /// What it is called
        name: String,
        /// Names or ids of its roles
        #[arg(required = true, value_name = "ROLE")]
        roles: Vec<String>,
        /// The reason it begins with; {date} becomes the day on which it is run
        #[arg(long, short, default_value = "")]
        reason: String,
        /// How long its roles are to be active [default: as used last, or as long as the policy allows]
        #[arg(long = "for", short = 'd', value_name = "DURATION", value_parser = parse_minutes)]
        minutes: Option<u32>,
    },
    /// Forget a bundle
    Delete {
        /// Its name
        name: String,
    },
    /// Write bundles in the form that others can import
    Export {
        /// Their names [default: all]
        names: Vec<String>,
        /// The file, which must not be there yet [default: standard output]
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Keep the bundles of a file, in place of those of the same names
    Import {
        /// The file; - for standard input
        file: PathBuf,
    },
}

/// `pim renew`
#[derive(Debug, Args)]
pub struct Renew {
    /// Which activation
    #[command(flatten)]
    pub named: Named,
    /// Not to be renewed after all; takes back what was sent beforehand
    #[arg(long)]
    pub off: bool,
    /// Return once the renewal is armed, also where it can only be sent at the end itself
    #[arg(long, conflicts_with = "off")]
    pub no_wait: bool,
}

/// A role by its name.
#[derive(Debug, Args)]
pub struct Named {
    /// Name or id of the role
    pub role: String,
    /// The scope, where there are several
    #[arg(long)]
    pub scope: Option<String>,
}

/// `pim tenant`
#[derive(Debug, Args)]
pub struct Tenant {
    /// Port on 127.0.0.1 [default: any free one]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Serve https with a certificate of a private authority, which is written to this file (PEM)
    #[arg(long, value_name = "FILE")]
    pub tls_ca: Option<PathBuf>,
    /// Scenario file [default: the built-in contoso]
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Number of eligible directory roles of a generated scenario
    #[arg(long, conflicts_with = "scenario", value_name = "N")]
    pub roles: Option<usize>,
    /// With --roles: a third of them of groups and of Azure each, Azure's spread over this many scopes
    #[arg(long, requires = "roles", value_name = "N")]
    pub scopes: Option<usize>,
    /// With --scopes: number of tenants like that; in all but the first maya is a guest
    #[arg(long, requires = "scopes", default_value_t = 1, hide_default_value = true, value_name = "N")]
    pub tenants: usize,
    /// So many generated assignments of directory roles besides, half of them eligible
    #[arg(long, value_name = "N")]
    pub assignments: Option<usize>,
    /// So many records of the audit log from before the start
    #[arg(long, value_name = "N")]
    pub audit: Option<usize>,
    /// Seed of every id and key
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Round-trip time of the line in milliseconds, for every request and every connection
    #[arg(long, default_value_t = 0, value_name = "MS")]
    pub latency: u64,
    /// Write every answer of Microsoft Graph to this file, a line of JSON each
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Keep the tenant's state in this file over restarts
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
}

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  the service or the system refused
  2  the command line is wrong
  3  nobody is signed in
  4  no such role, or several that the name could mean
  5  not sent: the role's policy would refuse it, or you said no
  6  sent, and now waiting for an approver
  7  the network or the service could not be reached
`pim run` ends with its command's exit code once that was run.";

//! The command line's grammar.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::minutes::parse_minutes;

/// Activate your eligible Microsoft Entra roles.
#[derive(Debug, Parser)]
#[command(name = "pim", version, about, after_help = EXIT_CODES, propagate_version = true)]
pub struct Arguments {
    /// Use the built-in demo tenant; signs in by itself
    #[arg(long, global = true)]
    pub demo: bool,
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
    /// Sign in through the system browser
    Login(Login),
    /// Forget the account: tokens, saved lists and remembered reasons
    Logout,
    /// List the roles you can activate
    List {
        /// Only roles whose name or scope contains these words
        filter: Vec<String>,
    },
    /// Show what is active or on its way
    Status,
    /// Activate roles
    Activate(Activate),
    /// End an activation
    Deactivate(Deactivate),
    /// Run the simulated tenant in the foreground; prints one line of JSON when it is ready
    Tenant(Tenant),
}

/// `pim login`
#[derive(Debug, Args)]
pub struct Login {
    /// Sign in with a code on another device instead of the browser here
    #[arg(long)]
    pub device_code: bool,
    /// Cloud: global, usgov, usgovdod or china [default: as in the settings]
    #[arg(long)]
    pub cloud: Option<String>,
    /// Tenant id or domain [default: as in the settings, or your home tenant]
    #[arg(long)]
    pub tenant: Option<String>,
    /// Client id of your organisation's app registration [default: as in the settings]
    #[arg(long)]
    pub client_id: Option<String>,
}

/// `pim activate`
#[derive(Debug, Args)]
pub struct Activate {
    /// Names or ids of roles; a part of a name will do where it is unambiguous
    #[arg(required = true)]
    pub roles: Vec<String>,
    /// The scope, where a role is eligible at several
    #[arg(long)]
    pub scope: Option<String>,
    /// The reason [default: the one remembered for the role]
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
    /// Return as soon as the service has accepted the request
    #[arg(long)]
    pub no_wait: bool,
}

/// `pim deactivate`
#[derive(Debug, Args)]
pub struct Deactivate {
    /// Name or id of an active role
    pub role: String,
    /// The scope, where the role is active at several
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
  5  not sent: the role's policy would refuse it
  6  sent, and now waiting for an approver
  7  the network or the service could not be reached";

//! The grammar of `pim assignments`.

use chrono::TimeDelta;
use clap::{ArgGroup, Args, Subcommand};
use pim::model::Ticket;

use super::{Change, Kind};
use crate::{
    moments::{Moment, parse_moment},
    start::{Start, parse_start},
};

/// `pim assignments`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Assignments {
    /// What to do [default: list]
    #[command(subcommand)]
    pub command: Option<AssignmentsCommand>,
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
}

/// What to do with assignments.
#[derive(Debug, Subcommand)]
pub enum AssignmentsCommand {
    /// List who holds what
    List {
        /// Where to look
        #[command(flatten)]
        look: Look,
        /// Only what is given for ever
        #[arg(long)]
        permanent: bool,
        /// Name those, too, who hold it through a group
        #[arg(long)]
        members: bool,
        /// Only those with all these words in the names of person, role and scope
        filter: Vec<String>,
    },
    /// Give a role to people, groups or applications
    Add(AddAssignment),
    /// Take assignments or eligibilities away
    Remove(Chosen),
    /// Move the end of assignments or eligibilities
    Extend(MoveAssignment),
    /// Give again what has ended lately
    Renew(AddAssignment),
}

/// Where to look.
#[derive(Debug, Args)]
pub struct Look {
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Only what can be activated
    #[arg(long)]
    pub eligible: bool,
    /// Only what is there, or will be, without being activated
    #[arg(long, conflicts_with = "eligible")]
    pub active: bool,
    /// Of groups: only this one, by name or id; of Azure: only at, above and below this scope, by its id or a name
    /// [default: groups that you are in or could be, management groups and subscriptions that you see]
    #[arg(long = "in", value_name = "PLACE", requires = "kind")]
    pub place: Vec<String>,
}

/// Until when.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("end").required(true))]
pub struct Ends {
    /// How long: 30d, 2w or 12h
    #[arg(long = "for", short = 'd', value_name = "LENGTH", value_parser = parse_length, group = "end")]
    pub length: Option<TimeDelta>,
    /// Until when: 2027-06-30 (to its last moment) or 2027-06-30T17:00
    #[arg(long, value_name = "TIME", value_parser = parse_moment, group = "end")]
    pub until: Option<Moment>,
    /// For ever
    #[arg(long, group = "end")]
    pub permanent: bool,
}

/// The ticket that a role's policy may want.
#[derive(Debug, Args)]
pub struct Ticketed {
    /// Ticket number
    #[arg(long)]
    pub ticket: Option<String>,
    /// Ticket system
    #[arg(long, requires = "ticket")]
    pub ticket_system: Option<String>,
}

impl Ticketed {
    /// As it is sent.
    pub fn ticket(&self) -> Option<Ticket> {
        ticket(self.ticket.as_ref(), self.ticket_system.as_ref())
    }
}

/// A ticket by its number and its system, where it has a number.
pub fn ticket(number: Option<&String>, system: Option<&String>) -> Option<Ticket> {
    Some(Ticket { number: number?.clone(), system: system.cloned().unwrap_or_default() })
}

/// `pim assignments add` and `renew`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whom").required(true).multiple(true))]
pub struct AddAssignment {
    /// Name or id of the role, or of the group
    pub role: String,
    /// A person: name, user name or id; can be given several times
    #[arg(long, value_name = "PERSON", group = "whom")]
    pub to: Vec<String>,
    /// A group
    #[arg(long, value_name = "GROUP", group = "whom")]
    pub to_group: Vec<String>,
    /// An application (service principal)
    #[arg(long, value_name = "APPLICATION", group = "whom")]
    pub to_app: Vec<String>,
    /// Its kind
    #[arg(long, value_enum, default_value = "directory")]
    pub kind: Kind,
    /// Of a directory role an administrative unit by name, or a scope's id; of a group `member` or `owner`; of an Azure role its
    /// scope, by id or name [default: the whole directory, or member]
    #[arg(long)]
    pub scope: Option<String>,
    /// As an active assignment, which need not be activated [default: eligible]
    #[arg(long)]
    pub active: bool,
    /// Until when
    #[command(flatten)]
    pub ends: Ends,
    /// When to begin: 18:00, 2026-11-24T09:00 or +2h [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_start)]
    pub start: Option<Start>,
    /// Why
    #[arg(long, short, default_value = "")]
    pub reason: String,
    /// The ticket
    #[command(flatten)]
    pub ticketed: Ticketed,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
}

/// Which of those that are listed: `pim assignments remove`.
#[derive(Debug, Args)]
pub struct Chosen {
    /// Words from the names of person and role, or ids
    #[arg(required = true, value_name = "ASSIGNMENT")]
    pub names: Vec<String>,
    /// Where to look
    #[command(flatten)]
    pub look: Look,
    /// The scope, where there are several
    #[arg(long)]
    pub scope: Option<String>,
    /// Why
    #[arg(long, short, default_value = "")]
    pub reason: String,
    /// The ticket
    #[command(flatten)]
    pub ticketed: Ticketed,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
}

/// `pim assignments extend`
#[derive(Debug, Args)]
pub struct MoveAssignment {
    /// Which ones
    #[command(flatten)]
    pub chosen: Chosen,
    /// Until when
    #[command(flatten)]
    pub ends: Ends,
}

/// Reads `30d`, `2w` or `12h`.
fn parse_length(text: &str) -> Result<TimeDelta, String> {
    let read = || {
        let text = text.trim();
        let unit = text.chars().next_back()?;
        let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
        let number = i64::from(number);
        let length = match unit.to_ascii_lowercase() {
            'w' => TimeDelta::try_weeks(number)?,
            'd' => TimeDelta::try_days(number)?,
            'h' => TimeDelta::try_hours(number)?,
            _ => return None,
        };
        (length > TimeDelta::zero() && length <= TimeDelta::days(36_600)).then_some(length)
    };
    read().ok_or_else(|| format!("`{text}` is not a length; write 30d, 2w or 12h"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Arguments;

    #[test]
    fn lengths_are_days_weeks_and_hours() {
        for (text, hours) in [("30d", 720), ("2w", 336), ("12h", 12)] {
            assert_eq!(parse_length(text), Ok(TimeDelta::hours(hours)), "{text}");
        }
        for text in ["", "d", "0d", "-1d", "1m", "3ä", "99999999d"] {
            assert!(parse_length(text).is_err(), "{text}");
        }
    }

    #[test]
    fn whoever_gives_says_to_whom_and_for_how_long() {
        let parse = |words: &str| Arguments::try_parse_from(words.split(' ')).is_ok();
        assert!(parse("pim assignments"));
        assert!(parse("pim assignments list --kind groups --in Operators --eligible maya"));
        assert!(parse("pim assignments add reader --to maya --to omar --to-group ops --for 30d"));
        assert!(parse("pim assignments renew reader --to maya --for 30d --ticket INC-7 --ticket-system SNOW"));
        assert!(parse("pim assignments extend maya --permanent --yes --ticket INC-7"));
        assert!(parse("pim assignments remove maya --ticket INC-7"));
        for words in [
            "pim assignments add reader --to maya",
            "pim assignments add reader --for 30d",
            "pim assignments add reader --to maya --for 30d --permanent",
            "pim assignments extend maya",
            "pim assignments remove",
            "pim assignments remove maya --ticket-system SNOW",
            "pim assignments renew reader --to maya",
            "pim assignments list --in Operators",
            "pim assignments list --eligible --active",
        ] {
            assert!(!parse(words), "{words}");
        }
    }
}

//! The grammar of `pim reviews`.

use clap::{Args, Subcommand, ValueEnum};

use super::{Change, Kind};

/// `pim reviews`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Reviews {
    /// What to do [default: list]
    #[command(subcommand)]
    pub command: Option<ReviewsCommand>,
    /// Which ones
    #[command(flatten)]
    pub which: Which,
}

/// Which reviews are meant.
#[derive(Clone, Copy, Debug, Args)]
pub struct Which {
    /// Only those of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Also those that are over
    #[arg(long)]
    pub ended: bool,
}

/// What to do with access reviews.
#[derive(Debug, Subcommand)]
pub enum ReviewsCommand {
    /// List them, the most urgent first
    List {
        /// Which ones
        #[command(flatten)]
        which: Which,
        /// Only those with all these words in the names of review and role
        filter: Vec<String>,
    },
    /// Show who is looked at, what the service recommends, and what was decided by whom
    Show {
        /// Words from the name of the review, or of what it reviews; or its id
        review: String,
        /// Only those of a kind
        #[arg(long, value_enum)]
        kind: Option<Kind>,
    },
    /// Decide about people
    Decide(DecideReview),
}

/// `pim reviews decide`
#[derive(Debug, Args)]
pub struct DecideReview {
    /// What to say
    #[arg(value_enum)]
    pub verdict: ReviewVerdict,
    /// Words from the name of the review, or of what it reviews; or its id
    pub review: String,
    /// Names, user names or ids
    #[arg(required_unless_present = "all", value_name = "PERSON")]
    pub people: Vec<String>,
    /// Everybody about whom nobody has decided yet
    #[arg(long, conflicts_with = "people")]
    pub all: bool,
    /// Only reviews of a kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Why; many reviews want to know that of whoever approves
    #[arg(long, short)]
    pub reason: Option<String>,
    /// How to go about it
    #[command(flatten)]
    pub change: Change,
}

/// What to say of people under review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewVerdict {
    /// They may keep it
    Approve,
    /// They are to lose it
    Deny,
    /// You cannot tell
    DontKnow,
    /// What the service recommends for each
    Recommended,
}

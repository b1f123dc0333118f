//! What the Manage window asks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AuditSpan, PolicyWanted};
use crate::{
    manage::audit::Format,
    model::{PrincipalKind, Ticket},
    view::Watch,
};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Ask {
    /// Which requests of others wait for the caller's decision?
    Approvals,
    /// Decide on some of those that were told last.
    Decide {
        /// Their ids.
        ids: Vec<String>,
        /// Yes, or no.
        approve: bool,
        /// Why.
        reason: String,
    },
    /// Who holds what?
    Assignments,
    /// Who has standing access?
    Standing {
        /// Days without an activation after which an eligibility is stale.
        days: u16,
        /// First ask for the permission to see who is in groups, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// What do the services warn of?
    Alerts {
        /// First ask for the permission that the directory's take, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// Dismiss some of those that were told last, until something new is found.
    Dismiss {
        /// Their ids.
        ids: Vec<String>,
    },
    /// Have the service look again, and wait until it has.
    LookAgain {
        /// For one of those that were told last; `null`: for all of the directory's.
        id: Option<String>,
    },
    /// Which access reviews wait for the caller?
    Reviews {
        /// First ask for the permission that those of the directory and of groups take, in the browser where nobody has
        /// consented to it yet.
        allow: bool,
    },
    /// Say of some of those people whether they are to keep what is reviewed.
    Review {
        /// Their ids.
        ids: Vec<String>,
        /// What to say.
        verdict: ReviewVerdict,
        /// Why; empty for no reason.
        reason: String,
    },
    /// What was done to whose roles, the newest of it?
    Audit {
        /// First ask for the permission that this takes, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// And what before that?
    AuditFurther,
    /// Download the history to a new file: begins to.
    Download {
        /// How much of it.
        span: AuditSpan,
        /// As which kind of file.
        format: Format,
    },
    /// Download the next page.
    DownloadFurther,
    /// Stop it. Which downloads have not come to their end?
    Unfinished,
    /// Go on with one of those that were told last.
    ResumeDownload {
        /// Its id.
        id: String,
    },
    /// Who activated what in the last days?
    Activations {
        /// The roles that are watched, by name or id; none: the most privileged ones.
        roles: Vec<String>,
        /// First ask for the permission that this takes, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// Which role allows this?
    Need {
        /// An error message, an action, or words.
        text: String,
        /// First ask for the permission to read what roles allow, in the browser where nobody has consented to it yet.
        allow: bool,
    },
    /// Show the flyout with a role's form. Nothing is activated.
    OpenForm {
        /// The role's key.
        id: String,
    },
    /// Watch these, or no longer.
    Watch {
        /// What the user is told of from now on.
        watch: Watch,
    },
    /// Which roles can be given, of those that were told and of all of the directory's?
    Givable,
    /// Who is called so? Asks for the permission that this takes, in the browser where nobody has consented to it yet.
    FindPeople {
        /// Whom to look for.
        who: PrincipalKind,
        /// How the name begins.
        text: String,
    },
    /// Which administrative units are called so, as places of one of the directory's roles that were told? Asks for the permission
    /// that this takes, as looking for people does.
    FindUnits {
        /// The role.
        role: String,
        /// What is in the name.
        text: String,
    },
    /// Which groups are called so, to be a member or an owner of? Asks for the permission that this takes, as looking for people
    /// does.
    FindGroups {
        /// How the name begins.
        text: String,
    },
    /// Which scopes of Azure does the caller see?
    Scopes {
        /// Directly below one that was told; `null`: the management groups and subscriptions.
        below: Option<String>,
    },
    /// What is the scope of Azure that somebody writes?
    WriteScope {
        /// Its path.
        path: String,
    },
    /// Which roles are there at a scope of Azure?
    RolesAt {
        /// One that was told.
        scope: String,
    },
    /// Whose policies are there: of all roles of the directory, and of whatever somebody holds?
    Policies,
    /// What does the policy of one of those that were told last say?
    Policy {
        /// Whose.
        role: String,
    },
    /// Where are policies not as somebody wants them? Nothing is changed.
    ComparePolicies {
        /// How they are wanted.
        wanted: PolicyWanted,
    },
    /// Put right what was told to that last, of some of them.
    ApplyPolicies {
        /// Their ids.
        ids: Vec<String>,
    },
    /// Write the policies of some of those that were told last into a new file.
    ExportPolicies {
        /// Whose.
        ids: Vec<String>,
    },
    /// What would be done, and what is known to be refused? Nothing is changed.
    Plan {
        /// What somebody wants.
        change: Wanted,
    },
    /// What would the services themselves say? Nothing is changed.
    Rehearse {
        /// What somebody wants.
        change: Wanted,
    },
    /// Do it.
    Change {
        /// What somebody wants.
        change: Wanted,
    },
}

/// A change, to what was told last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Wanted {
    /// Take assignments or eligibilities away.
    Remove {
        /// Which.
        ids: Vec<String>,
        /// Why.
        reason: String,
        /// The ticket, where there is one.
        ticket: Option<Ticket>,
    },
    /// Move their ends.
    Move {
        /// Which.
        ids: Vec<String>,
        /// To when; `null`: for ever.
        end: Option<DateTime<Utc>>,
        /// Why.
        reason: String,
        /// The ticket, where there is one.
        ticket: Option<Ticket>,
    },
    /// Give a role to people.
    Give {
        /// Which role.
        role: String,
        /// To whom.
        people: Vec<String>,
        /// So that they can activate it; else it is active at once.
        eligible: bool,
        /// From when on; `null`, and what has come by then: from now on.
        start: Option<DateTime<Utc>>,
        /// Until when; `null`: for ever.
        end: Option<DateTime<Utc>>,
        /// Why.
        reason: String,
        /// The ticket, where there is one.
        ticket: Option<Ticket>,
    },
    /// Make eligible what is permanent, as a report proposed it.
    MakeEligible {
        /// The assignments.
        ids: Vec<String>,
        /// Why.
        reason: String,
        /// The ticket, where there is one.
        ticket: Option<Ticket>,
    },
}

/// What to say in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "camelCase")]
pub enum ReviewVerdict {
    /// They may keep it.
    Approve,
    /// They are to lose it.
    Deny,
    /// The caller cannot tell.
    DontKnow,
    /// What the service recommends of each.
    Recommended,
}

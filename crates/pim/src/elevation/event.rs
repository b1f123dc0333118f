//! What the state machine is told, and what it wants done.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::{Notification, Partial};
use crate::{
    cloud::Resource,
    failure::{Claims, Failure},
    journal::Fact,
    model::{
        Activation, ActivationRequest, Approval, Assignment, Deactivation, Eligibility, Extension, Kind, Requirements,
        RoleKey, Scope,
    },
    problem::Problem,
    view::Command,
    wall::Zone,
};

/// Names one effect whose end the machine wants to hear of.
pub type CallId = u64;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Time has passed.
    Tick,
    /// The clock was slow by so much and was put right: less time has passed than it seems.
    PutForward(Duration),
    /// The user wants something. Commands about the session are none of the machine's business and are ignored.
    Command(Command),
    /// The user has named a role that cannot be listed, and it was found.
    Entered(Box<Eligibility>),
    /// Settings that matter here were changed.
    Options(Options),
    /// Something is to be done that nobody has clicked for.
    ByItself(ByItself),
    /// End of [`Effect::Record`]: the facts are on the disk, or why they are not.
    Recorded(CallId, Result<(), Problem>),
    /// End of [`Effect::Submit`]: one outcome per activation, in order.
    Submitted(CallId, Vec<Result<ActivationRequest, Failure>>),
    /// End of [`Effect::StepUp`] or [`Effect::Prove`].
    SteppedUp(CallId, Result<(), Problem>),
    /// End of [`Effect::LookUp`].
    LookedUp(CallId, Result<Vec<ActivationRequest>, Failure>),
    /// End of [`Effect::Poll`].
    Polled(CallId, Result<ActivationRequest, Failure>),
    /// End of [`Effect::Deactivate`].
    Deactivated(CallId, Result<ActivationRequest, Failure>),
    /// End of [`Effect::Cancel`].
    Cancelled(CallId, Result<(), Failure>),
    /// End of [`Effect::ReadApproval`].
    ApprovalRead(CallId, Result<Approval, Failure>),
    /// End of [`Effect::Extend`].
    Extended(CallId, Result<ActivationRequest, Failure>),
    /// End of [`Effect::Permit`].
    Permitted(CallId, Result<(), Problem>),
    /// End of [`Effect::ReadExtensions`].
    ExtensionsRead(CallId, Result<Vec<ActivationRequest>, Failure>),
    /// End of [`Effect::ReadHistory`].
    HistoryRead(CallId, Result<Vec<ActivationRequest>, Failure>),
    /// End of [`Effect::ReadEligible`].
    Eligible(CallId, Result<Listed<Vec<Eligibility>>, Failure>),
    /// Of [`Effect::ReadEligible`]: these were on a page that another one follows.
    Coming(CallId, Vec<RoleKey>),
    /// Of [`Effect::ReadEligible`]: what is known while something is late. The end has all of it.
    EligibleSoFar(CallId, Listed<Vec<Eligibility>>),
    /// The same of [`Effect::ReadActive`].
    ActiveSoFar(CallId, Listed<Vec<Assignment>>),
    /// End of [`Effect::ReadActive`].
    Active(CallId, Result<Listed<Vec<Assignment>>, Failure>),
    /// Somebody looked at what lies directly below a scope of Azure.
    Scopes(String, Vec<Scope>),
    /// End of [`Effect::ReadPolicies`]: requirements by [`RoleKey::policy_id`].
    Policies(CallId, Result<Listed<HashMap<String, Requirements>>, Failure>),
}

/// What is done because the user has set it so, with nobody at the screen: no browser is opened for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByItself {
    /// End an activation.
    End {
        /// The role's key.
        id: String,
    },
    /// Arm a renewal, where nothing has to be proven for it.
    Arm {
        /// The role's key.
        id: String,
    },
}

/// What a list says.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// What answered.
    pub found: T,
    /// Something did not answer: what is not listed may be there all the same.
    pub partial: Option<Partial>,
}

impl<T> Listed<T> {
    /// Everything answered.
    pub fn all(found: T) -> Self {
        Self { found, partial: None }
    }
}

/// Something to do. Whoever does it tells the end with the event of the same [`CallId`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write facts to the journal; nothing of what they announce happens before the answer.
    Record(CallId, Vec<Fact>),
    /// Write facts to the journal, in order with the others; no answer wanted.
    Note(Vec<Fact>),
    /// Send activations of one service side by side, with the token that a step-up brought, if any.
    Submit(CallId, Vec<Activation>, Option<CallId>),
    /// Sign in again with these claims, for this service first; what it brings serves the other one too.
    StepUp(CallId, Resource, Claims),
    /// See to it that the token in use has these claims: sign in again only where it does not. The user is there.
    Prove(CallId, Resource, Claims),
    /// Nobody waits for this step-up any more: stop it. Its end need not be told.
    AbandonStepUp(CallId),
    /// List the caller's own requests of a kind.
    LookUp(CallId, Kind),
    /// Ask about one request.
    Poll(CallId, Kind, String),
    /// End an activation, with the token of a step-up.
    Deactivate(CallId, Deactivation, Option<CallId>),
    /// Withdraw a request.
    Cancel(CallId, Kind, String),
    /// Ask how an approval was decided, and why.
    ReadApproval(CallId, Kind, String),
    /// Ask for a later end, with the token of a step-up.
    Extend(CallId, Extension, Option<CallId>),
    /// Ask in a sign-in for the permission that later ends of eligibilities of a kind take. The user is there.
    Permit(CallId, Kind),
    /// List the caller's own requests about eligibilities (`true`) or assignments of a kind, for extensions among them.
    ReadExtensions(CallId, Kind, bool),
    /// List the caller's own requests of a kind, for the history.
    ReadHistory(CallId, Kind),
    /// List eligibilities of a kind; with those that were there before, for a service that answers piece by piece.
    ReadEligible(CallId, Kind, Vec<RoleKey>),
    /// List assignments of a kind; with those that should be there.
    ReadActive(CallId, Kind, Vec<RoleKey>),
    /// List policies of a kind: of directory roles all, of others those of these roles.
    ReadPolicies(CallId, Kind, Vec<RoleKey>),
    /// Change the notifications on the screen.
    Tell(Notification),
}

/// Settings as far as they matter here.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long before the end the warning comes.
    pub warn: Duration,
    /// How long what is over is remembered.
    pub history: Duration,
    /// Reasons may stand in notifications.
    pub details: bool,
    /// How a clock time is written for the user ("17:30").
    pub clock_time: fn(DateTime<Utc>) -> String,
    /// The user's day at a time ("2026-11-23"): of the calendar on their wall.
    pub local_date: fn(DateTime<Utc>) -> String,
    /// A name for a request that nobody has used yet.
    pub request_id: fn() -> Uuid,
    /// The user's time zone.
    pub zone: Zone,
    /// Time on the wall after which nothing renews by itself on that day.
    pub renews_until: Option<NaiveTime>,
    /// Time on the wall at which the working day ends: nothing renews by itself after that either.
    pub day_ends: Option<NaiveTime>,
    /// But on this day.
    pub kept: Option<NaiveDate>,
}

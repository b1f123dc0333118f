//! An activation on its way: what is known of it, and where it stands.

use chrono::{DateTime, Duration, Utc};

use super::{Again, STALE};
use crate::{
    failure::{Claims, Failure},
    journal::Origin,
    model::{Activation, ActivationRequest, RequestStatus},
    problem::Problem,
};

/// Later than this, nobody expects an armed renewal any more.
pub(super) const RENEWAL_GRACE: Duration = Duration::minutes(30);
/// Our clock and the service's may differ by this much where a request's creation is compared with our intent.
const SKEW: Duration = Duration::seconds(60);
/// What was intended under a clock that was fast was not longer ago than this.
pub(super) const MISDATED: Duration = Duration::hours(1);
/// Milliseconds between attempts at the edge of an activation, or with the network away.
const RETRY: [i64; 6] = [2_000, 3_000, 5_000, 10_000, 15_000, 30_000];

/// An activation on its way.
#[derive(Debug)]
pub(super) struct Attempt {
    pub activation: Activation,
    pub name: String,
    /// Scope name, for the history.
    pub scope: Option<String>,
    pub origin: Origin,
    /// Its number in the journal, once it is there.
    pub intent: Option<u64>,
    /// When it was wanted; from the journal's entry on, that entry's time.
    pub at: DateTime<Utc>,
    /// When the activation ended, or will, that this one follows.
    pub follows: Option<DateTime<Utc>>,
    /// When the journal says that it was intended, where that was in an earlier run.
    pub dated: Option<DateTime<Utc>>,
    /// A step-up was made for its service: there is no second one.
    pub stepped_up: bool,
    /// Sent under the same name more than once: it may have been carried out at any of them.
    pub repeated: bool,
    /// Begun by itself, not by a click: no browser is opened for it.
    pub background: bool,
    /// Taken back while it was on its way: it is withdrawn as soon as that is possible.
    pub unwanted: bool,
    /// When the service was asked about it last: its answer is no younger, however late it arrives.
    pub asked: DateTime<Utc>,
    /// When it is sent again, where it may be.
    pub retry: Again,
    pub stage: Stage,
}

#[derive(Debug)]
pub(super) enum Stage {
    /// Can still be taken back.
    Undo { until: DateTime<Utc> },
    /// A renewal whose moment has come: is it certain that nothing is active?
    Due { look: DateTime<Utc> },
    /// Waits for others chosen with it.
    Gathering { until: DateTime<Utc> },
    /// Being written to the journal.
    Recording,
    /// Sent, no answer yet.
    Submitting,
    /// To be sent again at [`Attempt::retry`]: the service certainly did nothing.
    Retrying,
    /// Waits for a stronger sign-in.
    SteppingUp { claims: Claims },
    /// The answer was lost, or says that there is something already.
    Checking { since: DateTime<Utc>, again: Again, doubt: Doubt },
    /// Denied; the approver's reason is being read.
    Explaining { request: Box<ActivationRequest> },
    /// The service is at it; `waited` where it waits for people, did so, or may have.
    Pending { request: String, status: RequestStatus, since: DateTime<Utc>, waited: Option<Waited>, again: Again },
}

/// People had to decide. They did between these two moments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waited {
    /// When the service last said that it waits for them.
    pub last: DateTime<Utc>,
    /// When it first said otherwise.
    pub over: Option<DateTime<Utc>>,
}

/// Why something must be looked up.
#[derive(Clone, Debug)]
pub(super) enum Doubt {
    /// The answer was lost.
    Lost,
    /// "Exists": active already, but not listed yet.
    Exists(Problem),
    /// Provisioned some time ago, perhaps after somebody had decided; it may have ended already.
    Provisioned { decided: bool },
    /// "Pending": another request of ours stands in the way.
    Blocked(Problem),
}

impl Waited {
    /// Not waiting any more at `now`.
    pub fn over_by(self, now: DateTime<Utc>) -> Self {
        Self { over: self.over.or(Some(now)), ..self }
    }
}

impl Attempt {
    /// Somebody had, or has, to decide on it.
    pub fn decided(&self) -> bool {
        match &self.stage {
            Stage::Pending { status, .. } => *status == RequestStatus::PendingApproval,
            Stage::Checking { doubt: Doubt::Provisioned { decided }, .. } => *decided,
            _ => false,
        }
    }

    /// Somebody had to decide on it: what becomes of it is news, however soon it comes.
    pub fn waited_for_somebody(&self) -> bool {
        match &self.stage {
            Stage::Explaining { .. } => true,
            Stage::Pending { waited, .. } => waited.is_some(),
            _ => false,
        }
    }

    /// Asked for by the user while the one before it runs.
    pub fn early(&self) -> bool {
        self.origin == Origin::User && self.follows.is_some_and(|end| end > self.at)
    }

    /// A request of ours is no older than this. A clock that was fast dates what it intends too late; that it was at most an
    /// hour ago is all that is expected then.
    pub fn no_older_than(&self) -> DateTime<Utc> {
        let misdated = self.dated.is_some_and(|dated| dated > self.at);
        self.at - if misdated { MISDATED } else { SKEW }
    }

    /// Nothing was sent yet, and nothing is being written.
    pub fn unsent(&self) -> bool {
        matches!(self.stage, Stage::Undo { .. } | Stage::Due { .. } | Stage::Gathering { .. })
    }
}

impl Attempt {
    pub(super) fn new(
        activation: Activation,
        name: String,
        follows: Option<DateTime<Utc>>,
        stage: Stage,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            activation,
            name,
            scope: None,
            origin: Origin::User,
            intent: None,
            at: now,
            follows,
            dated: None,
            stepped_up: false,
            repeated: false,
            background: false,
            unwanted: false,
            asked: now,
            retry: Again::at(now),
            stage,
        }
    }

    /// Sends it again later. Only for what the service certainly did not carry out.
    pub(super) fn try_again(&mut self, now: DateTime<Utc>) {
        self.retry = self.retry.after(&RETRY, now);
        self.stage = Stage::Retrying;
    }

    /// What has a name of ours may be sent again under that name for a while, whatever became of it.
    pub(super) fn may_repeat(&self, failure: &Failure, now: DateTime<Utc>) -> bool {
        let unclear = self.repeated || matches!(failure, Failure::Lost { .. });
        let then = failure.retry_at().map_or(now, |at| at.max(now));
        unclear && self.activation.request_id.is_some() && then < self.at + STALE
    }

    /// A renewal that certainly did not arrive may be sent again for a while.
    pub(super) fn may_try_again(&self, now: DateTime<Utc>) -> bool {
        self.origin == Origin::Renewal && self.follows.is_some_and(|end| now < end + RENEWAL_GRACE)
    }
}

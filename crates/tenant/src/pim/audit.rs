//! What the tenant writes into its audit log: one record for every step of everything that happens in PIM, with the
//! documented names of activities.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Action, AssignmentType, Expiration, Request, Schedule, Side, State, Status, Ticket};
use crate::scenario::{Kind, Scope};

/// Records are kept this long (documented for tenants with a licence).
pub const RETENTION: TimeDelta = TimeDelta::days(30);

/// How what is recorded came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Done.
    Success,
    /// Not done.
    Failure,
    /// Nobody decided in time.
    Timeout,
}

/// Which part of the service wrote the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Privileged Identity Management.
    Pim,
    /// Access reviews.
    Reviews,
}

/// What a record is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum About {
    /// A role at a scope, or what stands for membership of a group.
    Role(Uuid, Scope),
    /// An alert, by its name.
    Alert(String),
    /// An access review, by its id and name.
    Review(Uuid, String),
}

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// When.
    pub at: DateTime<Utc>,
    /// `activityDisplayName`.
    pub activity: String,
    /// Who wrote it.
    pub source: Source,
    /// How it came out.
    pub outcome: Outcome,
    /// Who did it; nobody: the service itself.
    pub by: Option<Uuid>,
    /// What it is about.
    pub about: About,
    /// Whom it concerns.
    pub subject: Option<Uuid>,
    /// What belongs together has the same id: that of the request.
    pub correlation: Option<Uuid>,
    /// From when the role is held.
    pub start: Option<DateTime<Utc>>,
    /// Until when.
    pub end: Option<DateTime<Utc>>,
    /// The reason given.
    pub justification: Option<String>,
    /// The ticket given.
    pub ticket: Ticket,
    /// What else was recorded: names and values.
    pub details: Vec<(String, String)>,
}

/// A step that a request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Requested,
    Completed,
    Canceled,
}

impl Step {
    fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }
}

/// The documented name of a request's step; `None` where the documentation has none. `removed` is the end of what was
/// taken away.
fn activity(request: &Request, removed: Option<&Expiration>, step: Step) -> Option<String> {
    let word = step.word();
    let eligible = if request.side == Side::Eligibility { "eligible " } else { "" };
    let permanent = match request.schedule.as_ref().map(|schedule| &schedule.expiration).or(removed) {
        Some(Expiration::AfterDateTime(_) | Expiration::AfterDuration(_)) => "timebound",
        _ => "permanent",
    };
    Some(match request.action {
        Action::SelfActivate => format!("Add member to role {word} (PIM activation)"),
        Action::SelfDeactivate => format!("Remove member from role {word} (PIM deactivate)"),
        Action::AdminAssign => format!("Add {eligible}member to role in PIM {word} ({permanent})"),
        Action::AdminRemove => format!("Remove {eligible}member from role in PIM {word} ({permanent})"),
        // Of these only the request and its withdrawal have a name.
        Action::AdminRenew | Action::SelfRenew if step != Step::Completed => {
            format!("Add {eligible}member to role in PIM {word} (renew)")
        }
        Action::AdminExtend | Action::AdminUpdate | Action::SelfExtend if step != Step::Completed => {
            format!("Update {eligible}member in PIM {word} (extend)")
        }
        Action::AdminRenew => format!("Add {eligible}member to role in PIM completed ({permanent})"),
        Action::AdminExtend | Action::AdminUpdate | Action::SelfExtend | Action::SelfRenew => return None,
    })
}

impl State {
    /// The records, oldest first.
    pub fn audit(&self) -> &[Record] {
        &self.audit
    }

    /// When the tenant started.
    pub fn started(&self) -> DateTime<Utc> {
        self.started
    }

    fn write(&mut self, record: Record) {
        // What time did is found out later than it happened.
        let later = self.audit.iter().rev().take_while(|other| other.at > record.at).count();
        self.audit.insert(self.audit.len() - later, record);
    }

    fn of_request(&self, at: DateTime<Utc>, activity: String, by: Option<Uuid>, request: &Request) -> Record {
        let schedule = request.target_schedule.as_ref().and_then(|id| self.schedule(request.side, id));
        let asked = request.schedule.as_ref();
        let start = schedule.map(|schedule| schedule.start).or_else(|| asked.and_then(|asked| asked.start));
        let end = schedule
            .map_or_else(|| asked.and_then(|asked| asked.expiration.end(start.unwrap_or(at))), |schedule| schedule.end);
        Record {
            at,
            activity,
            source: Source::Pim,
            outcome: Outcome::Success,
            by,
            about: About::Role(request.role, request.scope),
            subject: Some(request.principal),
            correlation: Some(request.id),
            start,
            end,
            justification: request.justification.clone(),
            ticket: request.ticket.clone(),
            details: Vec::new(),
        }
    }

    /// Record what has become of a request: `event` is what the ledger calls it.
    pub(super) fn note(&mut self, at: DateTime<Utc>, event: &str, actor: Uuid, request: &Request) {
        let mut steps: Vec<(String, Option<Uuid>, Outcome)> = Vec::new();
        let ok = Outcome::Success;
        let gone = |schedule: &&Schedule| {
            schedule.removed.is_some() && schedule.is_for(request.principal, request.role, request.scope)
        };
        let removed = self.side(request.side).iter().rev().find(gone).map(|schedule| &schedule.expiration);
        let activity = |request, step| activity(request, removed, step);
        let completed = || activity(request, Step::Completed).map(|name| (name, Some(request.created_by), ok));
        match event {
            "approved" => {
                steps.push(("Add member to role request approved (PIM activation)".to_owned(), Some(actor), ok));
                steps.extend(completed().filter(|_| request.status == Status::Provisioned));
            }
            "denied" => {
                steps.push(("Add member to role request denied (PIM activation)".to_owned(), Some(actor), ok));
            }
            "timedOut" => steps.push(("PIM activation request expired".to_owned(), None, Outcome::Timeout)),
            "canceled" => steps.extend(activity(request, Step::Canceled).map(|name| (name, Some(actor), ok))),
            "provisioned" => steps.extend(completed()),
            _ => {
                steps.extend(activity(request, Step::Requested).map(|name| (name, Some(actor), ok)));
                if request.status == Status::PendingApproval {
                    let name = "Add member to role approval requested (PIM activation)";
                    steps.push((name.to_owned(), Some(actor), ok));
                }
                let done = matches!(request.status, Status::Provisioned | Status::Revoked);
                steps.extend(completed().filter(|_| done));
            }
        }
        for (step, (name, by, outcome)) in steps.into_iter().enumerate() {
            let mut record = self.of_request(at, name, by, request);
            record.outcome = outcome;
            // The decision has the reason of whoever decided; what comes of it that of whoever asked.
            let decided = step == 0 && ["approved", "denied"].contains(&event);
            if let Some(decision) = request.decision.as_ref().filter(|_| decided) {
                record.justification = Some(decision.justification.clone());
            }
            self.write(record);
        }
    }

    /// An administrator has given what somebody had asked for.
    pub(super) fn note_given(&mut self, at: DateTime<Utc>, actor: Uuid, request: &Request) {
        let name = "Update member in PIM approved by admin (extend/renew)".to_owned();
        let record = self.of_request(at, name, Some(actor), request);
        self.write(record);
    }

    /// Record the end of a schedule.
    pub(super) fn note_end(&mut self, at: DateTime<Utc>, schedule: &Schedule) {
        let eligible = self.eligibilities.iter().any(|eligibility| eligibility.id == schedule.id);
        let activity = match (schedule.assignment_type, eligible) {
            (AssignmentType::Activated, _) => "Remove member from role (PIM activation expired)",
            (AssignmentType::Assigned, true) => "Remove eligible member from role in PIM completed (timebound)",
            (AssignmentType::Assigned, false) => "Remove member from role in PIM completed (timebound)",
        };
        let mut record = blank(at, activity, None, About::Role(schedule.role, schedule.scope));
        record.subject = Some(schedule.principal);
        record.correlation = schedule.created_using;
        record.start = Some(schedule.start);
        record.end = schedule.end;
        self.write(record);
    }

    /// Record that a role was given outside of PIM.
    pub(super) fn note_outside(&mut self, principal: Uuid, role: Uuid, scope: Scope, actor: Uuid, at: DateTime<Utc>) {
        let activity = "Add member to role outside of PIM (permanent)";
        let mut record = blank(at, activity, Some(actor), About::Role(role, scope));
        record.subject = Some(principal);
        record.start = Some(at);
        self.write(record);
    }

    /// Record what a review has taken away.
    pub(super) fn note_removed(&mut self, at: DateTime<Utc>, by: Option<Uuid>, side: Side, given: &Schedule) {
        let eligible = if side == Side::Eligibility { "eligible " } else { "" };
        let lasting = if given.end.is_some() { "timebound" } else { "permanent" };
        let activity = format!("Remove {eligible}member from role in PIM completed ({lasting})");
        let mut record = blank(at, &activity, by, About::Role(given.role, given.scope));
        record.subject = Some(given.principal);
        record.correlation = given.created_using;
        self.write(record);
    }

    /// Record something about an alert.
    pub(super) fn note_alert(&mut self, at: DateTime<Utc>, activity: &str, by: Option<Uuid>, alert: &str) {
        self.write(blank(at, activity, by, About::Alert(alert.to_owned())));
    }

    /// Record something about an access review.
    pub(super) fn note_review(
        &mut self,
        at: DateTime<Utc>,
        activity: &str,
        by: Option<Uuid>,
        review: &crate::scenario::Review,
        subject: Option<Uuid>,
        outcome: Outcome,
    ) {
        let about = About::Review(review.id, review.display_name.clone());
        let mut record = blank(at, activity, by, about);
        record.source = Source::Reviews;
        record.subject = subject;
        record.outcome = outcome;
        self.write(record);
    }

    /// Record a change of a policy.
    pub(super) fn note_policy(&mut self, at: DateTime<Utc>, actor: Uuid, role: Uuid, scope: Scope, rules: &[String]) {
        let mut record = blank(at, "Update role setting in PIM", Some(actor), About::Role(role, scope));
        record.details.extend(rules.iter().map(|rule| ("RuleId".to_owned(), rule.clone())));
        self.write(record);
    }
}

/// A record that says no more than this.
fn blank(at: DateTime<Utc>, activity: &str, by: Option<Uuid>, about: About) -> Record {
    Record {
        at,
        activity: activity.to_owned(),
        source: Source::Pim,
        outcome: Outcome::Success,
        by,
        about,
        subject: None,
        correlation: None,
        start: None,
        end: None,
        justification: None,
        ticket: Ticket::default(),
        details: Vec::new(),
    }
}

impl Record {
    /// `category`.
    pub fn category(&self) -> &'static str {
        match (&self.about, self.source) {
            (About::Role(_, scope), Source::Pim) if scope.kind() == Kind::Group => "GroupManagement",
            (_, Source::Pim) => "RoleManagement",
            (_, Source::Reviews) => "Policy",
        }
    }

    /// `loggedByService`.
    pub fn service(&self) -> &'static str {
        match self.source {
            Source::Pim => "PIM",
            Source::Reviews => "Access Reviews",
        }
    }

    /// `operationType`.
    pub fn operation(&self) -> &'static str {
        let verb = self.activity.split(' ').next().unwrap_or_default();
        match verb {
            "Add" => "Assign",
            "Remove" => "Unassign",
            _ => "Update",
        }
    }
}

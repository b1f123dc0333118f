//! What to show of a request that waits. Synchronous, and handed the time.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Earlier, PATIENCE, PendingApproval, Person};
use crate::{
    codes,
    model::{Action, ActivationRequest, RequestStatus, Verdict},
    words,
};

/// What somebody asked for before is told up to so many times.
const MOST_BEFORE: usize = 10;

/// Longest name in a sentence.
const LONGEST: usize = 100;

impl Person {
    /// What to call them.
    pub fn called(&self) -> String {
        let known = self.name.as_deref().or(self.username.as_deref()).map(|name| codes::clean(name, LONGEST));
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| match &self.id {
            Some(id) => say!("somebody-unknown-id", id = codes::clean(id, LONGEST)),
            None => say!("somebody-unknown"),
        })
    }
}

impl PendingApproval {
    /// Until when somebody has to decide.
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        self.created?.checked_add_signed(PATIENCE)
    }

    /// How long is left for that; nothing, once it has lapsed.
    pub fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.deadline().map(|deadline| (deadline - now).max(TimeDelta::zero()))
    }

    /// The role with its scope, as it can be told apart.
    pub fn title(&self) -> String {
        let role = codes::clean(&self.role, LONGEST);
        match self.scope.as_deref().map(|scope| codes::clean(scope, LONGEST)) {
            Some(scope) if !scope.is_empty() => format!("{role} ({scope})"),
            _ => role,
        }
    }

    /// What a decision will do, before it is sent, as the command line says it.
    pub fn sentence(&self, verdict: Verdict) -> String {
        let verb = match verdict {
            Verdict::Approve => "Approve",
            Verdict::Deny => "Deny",
        };
        let length = self.length.map(|length| format!(" for {}", words::length(length))).unwrap_or_default();
        format!("{verb} {} for {}{length}", self.title(), self.person.called())
    }
}

/// The most urgent first; what has no known deadline last. Equal ones by name, so that nothing jumps.
pub fn sort(approvals: &mut [PendingApproval]) {
    approvals.sort_by_cached_key(|approval| {
        let deadline = approval.deadline();
        (deadline.is_none(), deadline, approval.person.called().to_lowercase(), approval.title(), approval.id.clone())
    });
}

/// What the person of `approval` activated before, or was not given, among these requests: newest first.
pub fn before(approval: &PendingApproval, requests: &[ActivationRequest]) -> Vec<Earlier> {
    let Some(person) = approval.person.id.as_deref() else { return Vec::new() };
    let settled = |request: &&ActivationRequest| {
        request.action == Action::SelfActivate
            && !request.validation_only
            && request.status != RequestStatus::PendingApproval
            && !request.id.eq_ignore_ascii_case(&approval.id)
            && request.principal_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(person))
    };
    let mut all: Vec<Earlier> = requests
        .iter()
        .filter(settled)
        .filter_map(|request| {
            Some(Earlier {
                name: request.role_name.clone().unwrap_or_else(|| request.key.role_definition_id.clone()),
                scope: request.scope_name.clone(),
                at: request.created?,
                granted: matches!(
                    request.status,
                    RequestStatus::Provisioned
                        | RequestStatus::Granted
                        | RequestStatus::Revoked
                        | RequestStatus::InFlight(_)
                ),
                same: request.key == approval.key,
            })
        })
        .collect();
    all.sort_by_key(|earlier| Reverse(earlier.at));
    all.truncate(MOST_BEFORE);
    all
}

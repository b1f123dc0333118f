//! What the window shows of all this.

use std::{cmp::Reverse, collections::HashSet};

use chrono::{DateTime, Duration, Utc};

use super::{
    Elevation,
    ending::LOCK,
    form,
    inquiry::approval_window,
    scopes::narrowable,
    stage::{Attempt, Stage},
};
use crate::{
    api::ENTERED,
    journal::Grant,
    model::{Activation, Assignment, Eligibility, Kind, MemberType, RequestStatus, Requirements, RoleKey, Scope},
    problem::Problem,
    view::{ActiveRow, BundleView, EligibleRow, HistoryView, ListState, PickedScope, RequirementsView, RowState, Undo},
};

/// So long after its end Azure's list may still show it, as something else.
const GHOST: Duration = Duration::minutes(10);
/// No activation lasts longer.
const LONGEST: Duration = Duration::hours(24);

/// The machine's part of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The state of the list itself.
    pub list: ListState,
    /// Roles that are active or on their way.
    pub active: Vec<ActiveRow>,
    /// Roles that can be activated.
    pub eligible: Vec<EligibleRow>,
    /// Recent reasons.
    pub recent_reasons: Vec<String>,
    /// The activation that waits out its undo time, the latest.
    pub undo: Option<Undo>,
    /// Bundles.
    pub bundles: Vec<BundleView>,
    /// Why the last bundle was not kept.
    pub bundle_problem: Option<Problem>,
    /// The history, while it is open.
    pub history: Option<HistoryView>,
    /// What a narrower scope asks for that is being chosen, and of which role.
    pub picked: Option<(String, PickedScope)>,
}

/// Something that went wrong, until dismissed.
#[derive(Debug)]
pub(super) struct Failed {
    pub problem: Problem,
    /// It got as far as a request, or should have by itself: it has a row of its own, with what was asked.
    pub sent: bool,
    asked: Option<(String, Activation)>,
}

impl Failed {
    pub fn sent(attempt: &Attempt, problem: Problem) -> Self {
        Self { problem, sent: true, asked: Some((attempt.name.clone(), attempt.activation.clone())) }
    }

    /// It could not even be sent, and there is nowhere else to say so.
    pub fn missed(name: String, asked: Activation, problem: Problem) -> Self {
        Self { problem, sent: true, asked: Some((name, asked)) }
    }

    pub fn unsent(problem: Problem) -> Self {
        Self { problem, sent: false, asked: None }
    }
}

impl Elevation {
    /// What to show at `now`.
    pub fn view(&self, now: DateTime<Utc>) -> Rows {
        let active = self.active_rows(now);
        Rows {
            list: self.list(),
            eligible: self.eligible_rows(now),
            recent_reasons: self.recent_reasons(),
            undo: self.undo_view(),
            bundles: self.bundle_views(now),
            bundle_problem: self.bundle_problem(),
            history: self.history_view(&active, now),
            active,
            picked: self.picked_view().map(|(id, picked)| (id.to_owned(), picked)),
        }
    }

    fn undo_view(&self) -> Option<Undo> {
        let waiting = self.attempts.iter().filter_map(|(id, attempt)| match attempt.stage {
            Stage::Undo { until } => Some((until, id, attempt)),
            _ => None,
        });
        let (sends_at, id, attempt) = waiting.max_by_key(|(until, ..)| *until)?;
        Some(Undo {
            id: id.clone(),
            name: attempt.name.clone(),
            reason: attempt.activation.justification.clone(),
            minutes: minutes(attempt.activation.duration),
            sends_at,
        })
    }

    fn active_rows(&self, now: DateTime<Utc>) -> Vec<ActiveRow> {
        let grants = self.memory.grants.iter().filter(|(_, grant)| grant.end > now);
        let mut rows: Vec<_> = grants.map(|(id, grant)| self.granted_row(id, grant, now)).collect();
        for (id, attempt) in &self.attempts {
            let state = attempt.state(self.lists.requirements(&attempt.activation.key));
            match (rows.iter_mut().find(|row| row.id == *id), state) {
                // It runs, and the next one is on its way.
                (Some(_), _) | (None, None) => {}
                (None, Some(state)) => rows.push(self.asked_row(id, &attempt.name, &attempt.activation, state)),
            }
        }
        for (id, failure) in &self.failures {
            if let Some((name, activation)) = &failure.asked
                && !rows.iter().any(|row| row.id == *id)
            {
                let state = RowState::Failed { problem: failure.problem.clone() };
                rows.push(self.asked_row(id, name, activation, state));
            }
        }
        let mut shown: HashSet<_> = rows.iter().map(|row| row.id.clone()).collect();
        for row in self.lists.active() {
            let id = row.key.id();
            if (!row.activated || row.end.is_none())
                && row.end.is_none_or(|end| end > now)
                && !shown.contains(&id)
                && !self.ghost(&id, row, now)
            {
                shown.insert(id.clone());
                rows.push(self.standing_row(id, row, now));
            }
        }
        rows.sort_by_cached_key(|row| (urgency(row), row.end, row.name.to_lowercase(), row.id.clone()));
        rows
    }

    fn granted_row(&self, id: &str, grant: &Grant, now: DateTime<Utc>) -> ActiveRow {
        let asked = grant.activation.as_ref();
        let state = if self.ending(id) { RowState::Deactivating } else { RowState::Active };
        ActiveRow {
            id: id.to_owned(),
            kind: grant.key.kind,
            name: grant.name.clone(),
            scope: self.scope(id, &grant.key),
            scope_path: self.path(id, &grant.key),
            through_group: false,
            state,
            start: Some(grant.start),
            end: Some(grant.end),
            activated: true,
            deactivatable_from: Some(grant.start + LOCK),
            reason: asked.map(|asked| asked.justification.clone()).filter(|reason| !reason.is_empty()),
            ticket: asked.and_then(|asked| asked.ticket.clone()),
            renewable: self.renewable(id, asked),
            renewal_armed: self.is_armed(id),
            renewal: Some(self.renewal_view(id, grant, now)),
            extension: None,
            effect: None,
            hints: Vec::new(),
            requirements: self.requirements_view(id, &grant.key),
            problem: self.failures.get(id).map(|failure| failure.problem.clone()),
        }
    }

    fn asked_row(&self, id: &str, name: &str, asked: &Activation, state: RowState) -> ActiveRow {
        ActiveRow {
            id: id.to_owned(),
            kind: asked.key.kind,
            name: name.to_owned(),
            scope: self.scope(id, &asked.key),
            scope_path: self.path(id, &asked.key),
            through_group: false,
            state,
            start: asked.start,
            end: asked.start.map(|start| start + asked.duration),
            activated: true,
            deactivatable_from: None,
            reason: Some(asked.justification.clone()).filter(|reason| !reason.is_empty()),
            ticket: asked.ticket.clone(),
            renewable: false,
            renewal_armed: false,
            renewal: None,
            extension: None,
            effect: None,
            hints: Vec::new(),
            requirements: self.requirements_view(id, &asked.key),
            problem: self.failures.get(id).filter(|failure| !failure.sent).map(|failure| failure.problem.clone()),
        }
    }

    fn standing_row(&self, id: String, row: &Assignment, now: DateTime<Utc>) -> ActiveRow {
        ActiveRow {
            kind: row.key.kind,
            name: row.role_name.clone(),
            scope: row.scope_name.clone(),
            scope_path: above(&row.scope_path),
            through_group: row.member_type == MemberType::Group,
            state: RowState::Active,
            start: row.start,
            end: row.end,
            activated: false,
            deactivatable_from: None,
            reason: None,
            ticket: None,
            renewable: false,
            renewal_armed: false,
            renewal: None,
            extension: self.assignment_extension(row, now),
            effect: None,
            hints: Vec::new(),
            requirements: self.requirements_view(&id, &row.key),
            problem: None,
            id,
        }
    }

    /// Azure goes on listing what has ended as a standing assignment for some minutes. Of what is known to have ended that is
    /// certain; what was ended elsewhere looks like a new assignment, without an end, of something that can be activated.
    fn ghost(&self, id: &str, row: &Assignment, now: DateTime<Utc>) -> bool {
        if row.key.kind != Kind::AzureResource {
            return false;
        }
        let ended = self.memory.ended.get(id).is_some_and(|ended| now < ended.at + GHOST);
        let young = row.end.is_none() && row.start.is_none_or(|start| now < start + LONGEST + GHOST);
        let since = self.lists.source(row.key.kind).standing_since(id);
        ended || (young && since.is_none_or(|since| now < since + GHOST) && self.role(&row.key).is_some())
    }

    fn eligible_rows(&self, now: DateTime<Utc>) -> Vec<EligibleRow> {
        // What has ended can be renewed for a while.
        let lapsed = self.lists.lapsed().filter(|role| self.eligibility_extension(role, now).is_some());
        let mut rows: Vec<_> = self.lists.eligible().chain(lapsed).map(|role| self.eligible_row(role, now)).collect();
        rows.sort_by_cached_key(|row| {
            (!row.favourite, Reverse(row.uses), row.name.to_lowercase(), row.scope.clone(), row.id.clone())
        });
        rows
    }

    fn eligible_row(&self, role: &Eligibility, now: DateTime<Utc>) -> EligibleRow {
        let id = role.key.id();
        let habit = self.memory.habit(&id);
        let policy = self.lists.requirements(&role.key);
        let engaged = self.engaged(&id, now);
        let one_click = policy.known
            && role.end.is_none_or(|end| end > now)
            && !policy.mfa
            && policy.authentication_context.is_none()
            && !policy.ticket
            // What is not understood is said first.
            && policy.unknown_rules.is_empty()
            && (habit.reason.is_some() || !policy.justification);
        let failure = self.failures.get(&id).filter(|failure| !failure.sent && !engaged);
        EligibleRow {
            kind: role.key.kind,
            name: role.role_name.clone(),
            scope: role.scope_name.clone(),
            scope_path: above(&role.scope_path),
            through_group: role.member_type == MemberType::Group,
            eligible_until: role.end,
            extension: self.eligibility_extension(role, now),
            narrowable: narrowable(role),
            requirements: self.requirements_view(&id, &role.key),
            favourite: habit.favourite,
            uses: habit.uses,
            last_reason: habit.reason,
            last_minutes: habit.minutes.map(|last| last.min(minutes(policy.max_duration))),
            one_click,
            engaged,
            entered: role.instance_id == ENTERED,
            problem: failure.map(|failure| failure.problem.clone()),
            id,
        }
    }

    pub(super) fn requirements_view(&self, id: &str, key: &RoleKey) -> RequirementsView {
        let Requirements {
            max_duration,
            justification,
            ticket,
            mfa,
            authentication_context,
            approval,
            approvers,
            approval_days,
            known,
            unknown_rules,
            ..
        } = self.lists.requirements(key);
        let max_minutes = minutes(max_duration);
        let last = self.memory.habits.get(id).and_then(|habit| habit.minutes);
        RequirementsView {
            max_minutes,
            default_minutes: last.unwrap_or(max_minutes).min(max_minutes),
            justification,
            ticket,
            mfa,
            authentication_context,
            approval,
            approvers,
            approval_days,
            known,
            unknown_rules,
        }
    }

    fn renewable(&self, id: &str, asked: Option<&Activation>) -> bool {
        let habit = self.memory.habits.get(id).and_then(|habit| habit.reason.as_deref());
        let reason = asked.map(|asked| asked.justification.as_str()).or(habit);
        let role = self.key(id).and_then(|key| self.role(&key));
        role.is_some_and(|role| form::must_be_typed(&self.lists.requirements(&role.key), reason).is_none())
    }

    /// Of everything that is known by that id.
    pub(super) fn key(&self, id: &str) -> Option<RoleKey> {
        let eligible = self.lists.eligibility(id).map(|role| &role.key);
        let granted = || self.memory.grants.get(id).map(|grant| &grant.key);
        let failed = || self.failures.get(id)?.asked.as_ref().map(|(_, asked)| &asked.key);
        let standing = || self.lists.active().map(|row| &row.key).find(|key| key.id() == id);
        eligible.or_else(granted).or_else(failed).or_else(standing).cloned()
    }

    pub(super) fn name(&self, key: &RoleKey) -> String {
        let id = key.id();
        let eligible = self.role(key).map(|role| role.role_name);
        let granted = || self.memory.grants.get(&id).map(|grant| grant.name.clone());
        let ended = || self.memory.ended.get(&id).map(|ended| ended.grant.name.clone());
        eligible.or_else(granted).or_else(ended).unwrap_or_else(|| key.role_definition_id.clone())
    }

    /// Names of the scopes above a role's own.
    fn path(&self, id: &str, key: &RoleKey) -> Vec<String> {
        let eligible = self.lists.eligibility(id).map(|role| &role.scope_path);
        let listed = || self.lists.active().find(|row| row.key == *key).map(|row| &row.scope_path);
        eligible.filter(|path| !path.is_empty()).or_else(listed).map(|path| above(path)).unwrap_or_default()
    }

    pub(super) fn scope(&self, id: &str, key: &RoleKey) -> Option<String> {
        let eligible = self.lists.eligibility(id).and_then(|role| role.scope_name.clone());
        let listed = || self.lists.active().find(|row| row.key == *key).and_then(|row| row.scope_name.clone());
        let narrower = || self.role(key).and_then(|role| role.scope_name);
        eligible.or_else(listed).or_else(narrower)
    }
}

impl Attempt {
    /// `asks`: what the role asks for.
    pub(super) fn state(&self, asks: Requirements) -> Option<RowState> {
        let window = approval_window(&asks);
        let approvers = asks.approvers;
        Some(match &self.stage {
            // Shown in the undo bar.
            Stage::Undo { .. } => return None,
            // Sent again under its own name: whether it was carried out is not known.
            Stage::Retrying | Stage::Submitting if self.repeated => RowState::Checking,
            Stage::Due { .. } | Stage::Gathering { .. } | Stage::Recording | Stage::Submitting | Stage::Retrying => {
                RowState::Requesting
            }
            Stage::SteppingUp { .. } => RowState::SteppingUp,
            Stage::Checking { .. } => RowState::Checking,
            // Decided; what is read is why.
            Stage::Explaining { .. } => RowState::WaitingForApproval { approvers, lapses_at: None },
            Stage::Pending { status, since, .. } => match status {
                RequestStatus::PendingApproval => {
                    RowState::WaitingForApproval { approvers, lapses_at: Some(*since + window) }
                }
                RequestStatus::Granted => RowState::Scheduled,
                _ => RowState::Provisioning,
            },
        })
    }
}

/// The names in a scope's path, without its own.
fn above(path: &[Scope]) -> Vec<String> {
    path.split_last().map(|(_, above)| above.iter().map(|scope| scope.name.clone()).collect()).unwrap_or_default()
}

fn minutes(duration: Duration) -> u32 {
    u32::try_from(duration.num_minutes()).unwrap_or(0)
}

/// What needs the user first, then what is on its way, then what ends first; what stands for good comes last.
fn urgency(row: &ActiveRow) -> u8 {
    match row.state {
        RowState::SteppingUp => 0,
        RowState::Failed { .. } => 1,
        RowState::Requesting
        | RowState::Checking
        | RowState::Provisioning
        | RowState::WaitingForApproval { .. }
        | RowState::Scheduled => 2,
        RowState::Active | RowState::Deactivating if row.activated => 3,
        RowState::Active | RowState::Deactivating => 4,
    }
}

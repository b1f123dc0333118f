//! The history as it is shown: what is remembered, and the service's own requests, which are read when somebody looks and
//! not before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Call, Effect, Elevation};
use crate::{
    codes,
    failure::Failure,
    history::{self, Names, SHOWN},
    insight::{self, Eligible, Known},
    model::{Action, ActivationRequest, Approval, Eligibility, Kind, RequestStatus, RoleKey},
    problem::Problem,
    timeline,
    view::{ActiveRow, HistoryRow, HistoryView, Insight, Lane},
};

/// Denials whose reasons are read: the newest ones.
const EXPLAINED: usize = 10;
/// Reasons offered again.
const REASONS: usize = 10;

/// What was read for the history, for as long as it is open.
#[derive(Debug, Default)]
pub(super) struct Chronicle {
    text: String,
    /// Kinds whose requests are to be read.
    unread: BTreeSet<Kind>,
    requests: BTreeMap<Kind, Vec<ActivationRequest>>,
    problems: BTreeMap<Kind, Problem>,
    /// Approvers' reasons by request, where they were asked for.
    denials: BTreeMap<String, Option<String>>,
}

impl Elevation {
    pub(super) fn show_history(&mut self, text: String) {
        if let Some(chronicle) = &mut self.chronicle {
            chronicle.text = text;
            return;
        }
        self.chronicle = Some(Chronicle { text, unread: Kind::ALL.into(), ..Chronicle::default() });
    }

    /// Reads what is to be read, of a service that wants a pause after that.
    pub(super) fn chronicle_due(&mut self, now: DateTime<Utc>) {
        let Some(chronicle) = &self.chronicle else { return };
        let due: Vec<_> =
            chronicle.unread.iter().copied().filter(|kind| self.paused_until(*kind, now).is_none()).collect();
        for kind in due {
            if let Some(chronicle) = &mut self.chronicle {
                chronicle.unread.remove(&kind);
            }
            let call = self.call(Call::History(kind));
            self.effects.push(Effect::ReadHistory(call, kind));
        }
    }

    pub(super) fn close_history(&mut self) {
        self.reasons_elsewhere = self.told_reasons();
        self.chronicle = None;
        self.calls.retain(|_, call| !matches!(call, Call::History(_) | Call::Denial(..)));
    }

    pub(super) fn history_read(&mut self, kind: Kind, result: Result<Vec<ActivationRequest>, Failure>) {
        // A kind that nobody here uses has no history that could be missing.
        let unused = self.lists.source(kind).unused();
        let Some(chronicle) = &mut self.chronicle else { return };
        match result {
            Ok(requests) => {
                chronicle.requests.insert(kind, requests);
                self.ask_why(kind);
            }
            Err(failure) if unused || failure.problem().code == codes::NOT_CONSENTED => {}
            Err(failure) => {
                chronicle.problems.insert(kind, failure.problem().clone());
            }
        }
    }

    /// Asks for the reasons of denials that nobody here remembers.
    fn ask_why(&mut self, kind: Kind) {
        let Some(chronicle) = &self.chronicle else { return };
        let rows = self.all_rows(chronicle);
        let unexplained: Vec<_> = history::unexplained(&rows).take(EXPLAINED).map(|row| row.id.clone()).collect();
        let requests = chronicle.requests.get(&kind).into_iter().flatten();
        let approvals = requests.filter(|request| unexplained.contains(&request.id));
        let approvals: Vec<_> =
            approvals.filter_map(|request| Some((request.id.clone(), request.approval_id.clone()?))).collect();
        for (request, approval) in approvals {
            let call = self.call(Call::Denial(kind, request));
            self.effects.push(Effect::ReadApproval(call, kind, approval));
        }
    }

    /// What the approval of a denied request says, where it may be read.
    pub(super) fn denial_read(&mut self, request: String, approval: Option<&Approval>) {
        if let Some(chronicle) = &mut self.chronicle {
            let why = approval.and_then(Approval::decided).and_then(|stage| stage.justification.clone());
            chronicle.denials.insert(request, why.filter(|why| !why.trim().is_empty()));
        }
    }

    /// Withdraws what was asked for elsewhere and still waits, as far as the open history knows of it.
    pub(super) fn cancel_elsewhere(&mut self, id: &str) {
        let Some(chronicle) = &self.chronicle else { return };
        let waits = |request: &&ActivationRequest| {
            request.action == Action::SelfActivate
                && matches!(request.status, RequestStatus::PendingApproval | RequestStatus::Granted)
                && request.key.id() == id
        };
        let Some(request) = chronicle.requests.values().flatten().find(waits).cloned() else { return };
        let kind = request.key.kind;
        let call = self.call(Call::CancelElsewhere(kind));
        self.effects.push(Effect::Cancel(call, kind, request.id));
    }

    /// The service says what became of it.
    pub(super) fn cancelled_elsewhere(&mut self, kind: Kind, result: Result<(), Failure>) {
        let Some(chronicle) = &mut self.chronicle else { return };
        if let Err(failure) = result {
            chronicle.problems.insert(kind, failure.problem().clone());
        } else {
            chronicle.problems.remove(&kind);
            chronicle.unread.insert(kind);
        }
    }

    fn all_rows(&self, chronicle: &Chronicle) -> Vec<HistoryRow> {
        let requests: Vec<_> = chronicle.requests.values().flatten().cloned().collect();
        history::merge(&self.memory, &requests, &chronicle.denials, |key| self.names(key))
    }

    fn names(&self, key: &RoleKey) -> Names {
        let (name, scope) = (self.name(key), self.scope(&key.id(), key));
        Names { role: Some(name).filter(|name| *name != key.role_definition_id), scope }
    }

    /// The history, while it is open; `active` is what is shown as such.
    pub(super) fn history_view(&self, active: &[ActiveRow], now: DateTime<Utc>) -> Option<HistoryView> {
        let chronicle = self.chronicle.as_ref()?;
        let all = self.all_rows(chronicle);
        let lanes = timeline::lanes(&all, active, now);
        let oldest = all.iter().map(|row| row.at).min();
        let insight = self.insight(chronicle, &lanes, oldest, now);
        let mut rows = history::search(all, &chronicle.text);
        let more = rows.len() > SHOWN;
        rows.truncate(SHOWN);
        Some(HistoryView {
            text: chronicle.text.clone(),
            rows,
            more,
            loading: !chronicle.unread.is_empty() || self.calling(|call| matches!(call, Call::History(_))),
            problem: chronicle.problems.values().next().cloned(),
            lanes: timeline::around(&lanes, now),
            insight,
        })
    }

    fn insight(
        &self,
        chronicle: &Chronicle,
        lanes: &[Lane],
        oldest: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Insight {
        let eligible = |role: &Eligibility| Eligible {
            role: role.key.id(),
            kind: role.key.kind,
            name: role.role_name.clone(),
            scope: role.scope_name.clone(),
            since: role.start.max(role.created),
        };
        let eligible: Vec<_> = self.lists.eligible().map(eligible).collect();
        let told: Vec<_> = chronicle.requests.keys().copied().collect();
        // What is active at a narrower scope comes from the eligibility above it.
        let of = |id: &str| {
            if self.lists.eligibility(id).is_some() {
                return Some(id.to_owned());
            }
            let role = self.role(&RoleKey::from_id(id)?)?;
            self.lists.eligible().find(|above| above.instance_id == role.instance_id).map(|above| above.key.id())
        };
        insight::look(&Known { lanes, oldest, told: &told }, &eligible, of, now)
    }

    /// Reasons to offer again: those given here, then those that the service remembers.
    pub(super) fn recent_reasons(&self) -> Vec<String> {
        let mut reasons = self.memory.reasons.clone();
        for reason in self.told_reasons() {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons.truncate(REASONS);
        reasons
    }

    /// Reasons that the service remembers, the newest first: as the open history has them, or the one before.
    fn told_reasons(&self) -> Vec<String> {
        let requests = self.chronicle.iter().flat_map(|chronicle| chronicle.requests.values()).flatten();
        let mut told: Vec<_> = requests.collect();
        if told.is_empty() {
            return self.reasons_elsewhere.clone();
        }
        told.sort_by_key(|request| std::cmp::Reverse(request.created));
        let mut reasons = Vec::new();
        for reason in told.into_iter().filter_map(|request| request.justification.as_deref()).map(str::trim) {
            if !reason.is_empty() && !reasons.iter().any(|known| known == reason) {
                reasons.push(reason.to_owned());
            }
        }
        reasons.truncate(REASONS);
        reasons
    }
}

//! Extensions and renewals of what will end, or has: of eligibilities and standing assignments. An administrator decides.
//!
//! An extension can be asked for from fourteen days before the end, a renewal until thirty days after it ("Extend or renew
//! PIM role assignments"). The service refuses a second request while one waits, so a doubled one harms nobody, and nothing
//! is written down: what waits is found among the caller's own requests.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{Again, Call, CallId, Effect, Elevation, STALE, words};
use crate::{
    cloud::Resource,
    failure::{Claims, Failure},
    model::{Action, ActivationRequest, Assignment, Eligibility, Extension, Kind, MemberType, RequestStatus, RoleKey},
    problem::Problem,
    view::{ExtensionState, ExtensionView},
};

/// Before the end.
const EXTEND: Duration = Duration::days(14);
/// After the end.
pub(super) const RENEW: Duration = Duration::days(30);
/// For how long is asked where it is not known for how long it was given.
const USUAL: Duration = Duration::days(180);
/// For no longer than this.
const LONGEST: Duration = Duration::days(365);
/// Milliseconds between look-ups after a lost answer.
const LOOK_UPS: [i64; 6] = [0, 1_000, 2_000, 5_000, 15_000, 30_000];

/// What is to be extended: somebody's eligibility for a role, or their standing assignment to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Which {
    id: String,
    pub eligibility: bool,
}

/// An extension on its way.
#[derive(Debug)]
pub(super) struct Prolonging {
    extension: Extension,
    stepped_up: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Sending,
    SteppingUp { claims: Claims },
    Checking { since: DateTime<Utc>, again: Again },
}

/// What is known about extensions.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    under_way: std::collections::BTreeMap<Which, Prolonging>,
    /// An administrator has been asked.
    requested: BTreeSet<Which>,
    failed: std::collections::BTreeMap<Which, Problem>,
    /// Of which the caller's own requests were read in this run.
    read: BTreeSet<(Kind, bool)>,
}

impl Elevation {
    pub(super) fn request_extension(&mut self, id: &str, eligibility: bool, reason: &str, now: DateTime<Utc>) {
        let which = Which { id: id.to_owned(), eligibility };
        if self.extensions.under_way.contains_key(&which) || self.extensions.requested.contains(&which) {
            return;
        }
        match self.extension_of(&which, reason.trim(), now) {
            Ok(extension) => {
                self.extensions.failed.remove(&which);
                let prolonging = Prolonging { extension, stepped_up: false, stage: Stage::Sending };
                self.extensions.under_way.insert(which.clone(), prolonging);
                self.send_extension(&which, None);
            }
            Err(problem) => {
                self.extensions.failed.insert(which, problem);
            }
        }
    }

    fn extension_of(&self, which: &Which, reason: &str, now: DateTime<Utc>) -> Result<Extension, Problem> {
        let held = self.held(which).ok_or_else(words::not_extendable)?;
        let renew = held.window(now).ok_or_else(words::not_extendable)?;
        if reason.is_empty() {
            return Err(words::reason_missing());
        }
        let length = held.start.map_or(USUAL, |start| held.end - start).clamp(Duration::days(1), LONGEST);
        Ok(Extension {
            key: held.key.clone(),
            principal_id: held.principal_id.to_owned(),
            renew,
            eligibility: which.eligibility,
            start: None,
            end: held.end.max(now) + length,
            justification: reason.to_owned(),
            request_id: (held.key.kind == Kind::AzureResource).then(self.options.request_id),
        })
    }

    fn held(&self, which: &Which) -> Option<Held<'_>> {
        if which.eligibility {
            let lapsed = || self.lists.lapsed().find(|role| role.key.id() == which.id);
            Held::eligibility(self.lists.eligibility(&which.id).or_else(lapsed)?)
        } else {
            self.lists.active().find(|row| !row.activated && row.key.id() == which.id).and_then(Held::assignment)
        }
    }

    fn send_extension(&mut self, which: &Which, token: Option<CallId>) {
        let Some(prolonging) = self.extensions.under_way.get_mut(which) else { return };
        prolonging.stage = Stage::Sending;
        let extension = prolonging.extension.clone();
        let call = self.call(Call::Extend(extension.key.kind, which.clone()));
        self.effects.push(Effect::Extend(call, extension, token));
    }

    pub(super) fn extended(&mut self, which: &Which, result: Result<ActivationRequest, Failure>, now: DateTime<Utc>) {
        let Some(prolonging) = self.extensions.under_way.get_mut(which) else { return };
        match result {
            Ok(ActivationRequest { status: RequestStatus::Failed(status), .. }) => {
                self.extension_failed(which, words::failed(&status));
            }
            // Asked for already, perhaps elsewhere.
            Ok(_) | Err(Failure::Pending(_)) => self.extension_requested(which),
            Err(Failure::StepUp { claims, .. }) if !prolonging.stepped_up => {
                prolonging.stage = Stage::SteppingUp { claims };
            }
            Err(Failure::StepUp { problem, .. }) => self.extension_failed(which, words::same_challenge(&problem)),
            Err(Failure::Lost { .. }) => prolonging.stage = Stage::Checking { since: now, again: Again::at(now) },
            Err(failure) => self.extension_failed(which, failure.problem().clone()),
        }
    }

    fn extension_requested(&mut self, which: &Which) {
        self.extensions.under_way.remove(which);
        self.extensions.failed.remove(which);
        self.extensions.requested.insert(which.clone());
    }

    fn extension_failed(&mut self, which: &Which, problem: Problem) {
        self.extensions.under_way.remove(which);
        self.extensions.failed.insert(which.clone(), problem);
    }

    pub(super) fn dismiss_extension(&mut self, id: &str) {
        self.extensions.failed.retain(|which, _| which.id != id);
    }

    /// Reads the caller's own requests where something can be extended: once, and after a lost answer.
    pub(super) fn extensions_due(&mut self, now: DateTime<Utc>) {
        let due = |(which, prolonging): (&Which, &Prolonging)| match prolonging.stage {
            Stage::Checking { again, .. } if self.politely(prolonging.extension.key.kind, again.at) <= now => {
                Some((prolonging.extension.key.kind, which.eligibility))
            }
            _ => None,
        };
        let mut wanted: BTreeSet<_> = self.extensions.under_way.iter().filter_map(due).collect();
        for kind in Kind::ALL {
            for eligibility in [true, false] {
                // Pimento does not ask for the permission that this one takes: it would be refused at every start.
                let forbidden = eligibility && kind == Kind::DirectoryRole;
                if !forbidden
                    && self.paused_until(kind, now).is_none()
                    && !self.extensions.read.contains(&(kind, eligibility))
                    && self.something_ends(kind, eligibility, now)
                {
                    self.extensions.read.insert((kind, eligibility));
                    wanted.insert((kind, eligibility));
                }
            }
        }
        for (kind, eligibility) in wanted {
            if !self.reading_extensions(kind, eligibility) {
                let call = self.call(Call::Extensions { kind, eligibility, started: now });
                self.effects.push(Effect::ReadExtensions(call, kind, eligibility));
            }
        }
    }

    /// Was the list read in this run, and is there something in it that can be extended?
    fn something_ends(&self, kind: Kind, eligibility: bool, now: DateTime<Utc>) -> bool {
        let source = self.lists.source(kind);
        let open = |held: Option<Held<'_>>| held.is_some_and(|held| held.window(now).is_some());
        if eligibility {
            let mut roles = source.eligible.iter().chain(&source.lapsed);
            source.eligible_list.at.is_some() && roles.any(|role| open(Held::eligibility(role)))
        } else {
            let mut standing = source.active.iter().filter(|row| !row.activated);
            source.active_list.at.is_some() && standing.any(|row| open(Held::assignment(row)))
        }
    }

    fn reading_extensions(&self, of: Kind, side: bool) -> bool {
        self.calling(
            |call| matches!(call, Call::Extensions { kind, eligibility, .. } if *kind == of && *eligibility == side),
        )
    }

    pub(super) fn extensions_read(
        &mut self,
        kind: Kind,
        eligibility: bool,
        started: DateTime<Utc>,
        result: &Result<Vec<ActivationRequest>, Failure>,
        now: DateTime<Utc>,
    ) {
        let waiting: BTreeSet<String> =
            result.iter().flatten().filter(|request| waits(request)).map(|request| request.key.id()).collect();
        let (mut found, mut lost) = (Vec::new(), Vec::new());
        for (which, prolonging) in &mut self.extensions.under_way {
            let Stage::Checking { since, again } = &mut prolonging.stage else { continue };
            if prolonging.extension.key.kind != kind || which.eligibility != eligibility || started < *since {
                continue;
            }
            *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            match result {
                Ok(_) if waiting.contains(&which.id) => found.push(which.clone()),
                _ if started >= *since + STALE => lost.push(which.clone()),
                _ => {}
            }
        }
        for which in found {
            self.extension_requested(&which);
        }
        for which in lost {
            self.extension_failed(&which, words::not_sent());
        }
        if result.is_ok() {
            // Decided meanwhile: it may be asked for again, should its end still be near.
            let of_kind = |id: &str| self.lists.source(kind).holds(id);
            let over =
                |which: &Which| which.eligibility == eligibility && of_kind(&which.id) && !waiting.contains(&which.id);
            let over: Vec<_> = self.extensions.requested.iter().filter(|which| over(which)).cloned().collect();
            for which in over {
                self.extensions.requested.remove(&which);
            }
            self.extensions.requested.extend(waiting.into_iter().map(|id| Which { id, eligibility }));
        }
    }

    pub(super) fn extensions_deadline(&self) -> Option<DateTime<Utc>> {
        let deadline = |(which, prolonging): (&Which, &Prolonging)| match prolonging.stage {
            Stage::Checking { again, .. } => {
                let kind = prolonging.extension.key.kind;
                (!self.reading_extensions(kind, which.eligibility)).then(|| self.politely(kind, again.at))
            }
            Stage::Sending | Stage::SteppingUp { .. } => None,
        };
        self.extensions.under_way.iter().filter_map(deadline).min()
    }

    pub(super) fn extension_claims(&self) -> Option<(Resource, Claims)> {
        self.extensions.under_way.values().find_map(|prolonging| match &prolonging.stage {
            Stage::SteppingUp { claims } => Some((prolonging.extension.key.kind.resource(), claims.clone())),
            _ => None,
        })
    }

    pub(super) fn extension_stepped_up(
        &mut self,
        call: CallId,
        resource: Resource,
        wanted: &Claims,
        result: &Result<(), Problem>,
    ) {
        let waits =
            |prolonging: &Prolonging| matches!(&prolonging.stage, Stage::SteppingUp { claims } if claims == wanted);
        let all = self.extensions.under_way.iter().filter(|(_, prolonging)| waits(prolonging));
        let all: Vec<_> = all.map(|(which, _)| which.clone()).collect();
        for which in all {
            match result {
                Ok(()) => {
                    if let Some(prolonging) = self.extensions.under_way.get_mut(&which) {
                        prolonging.stepped_up |= prolonging.extension.key.kind.resource() == resource;
                    }
                    self.send_extension(&which, Some(call));
                }
                Err(problem) => self.extension_failed(&which, problem.clone()),
            }
        }
    }

    /// The clock was put right.
    pub(super) fn shift_extensions(&mut self, by: Duration, now: DateTime<Utc>) {
        for prolonging in self.extensions.under_way.values_mut() {
            if let Stage::Checking { since, again } = &mut prolonging.stage {
                *since = super::shift::past(*since, by, now);
                again.shift(by);
            }
        }
    }

    /// Of an eligibility.
    pub(super) fn eligibility_extension(&self, role: &Eligibility, now: DateTime<Utc>) -> Option<ExtensionView> {
        self.extension_view(&Which { id: role.key.id(), eligibility: true }, Held::eligibility(role), now)
    }

    /// Of a standing assignment.
    pub(super) fn assignment_extension(&self, row: &Assignment, now: DateTime<Utc>) -> Option<ExtensionView> {
        self.extension_view(&Which { id: row.key.id(), eligibility: false }, Held::assignment(row), now)
    }

    fn extension_view(&self, which: &Which, held: Option<Held<'_>>, now: DateTime<Utc>) -> Option<ExtensionView> {
        let renew = held.and_then(|held| held.window(now));
        let extensions = &self.extensions;
        let state = if extensions.under_way.contains_key(which) {
            ExtensionState::Requesting
        } else if extensions.requested.contains(which) {
            ExtensionState::Requested
        } else if let Some(problem) = extensions.failed.get(which) {
            ExtensionState::Failed { problem: problem.clone() }
        } else {
            renew?;
            ExtensionState::Possible
        };
        Some(ExtensionView { renew: renew.unwrap_or(false), state })
    }
}

/// Something with an end, that is the caller's own.
struct Held<'a> {
    key: &'a RoleKey,
    principal_id: &'a str,
    start: Option<DateTime<Utc>>,
    end: DateTime<Utc>,
}

impl<'a> Held<'a> {
    /// What comes through a group, or from a scope above, is not the caller's to extend.
    fn eligibility(role: &'a Eligibility) -> Option<Self> {
        let Eligibility { key, principal_id, start, end, member_type, .. } = role;
        (*member_type == MemberType::Direct).then_some(())?;
        Some(Self { key, principal_id, start: *start, end: (*end)? })
    }

    fn assignment(row: &'a Assignment) -> Option<Self> {
        let Assignment { key, principal_id, start, end, member_type, .. } = row;
        (*member_type == MemberType::Direct).then_some(())?;
        Some(Self { key, principal_id, start: *start, end: (*end)? })
    }

    /// May it be asked for now? Then: is it a renewal?
    fn window(&self, now: DateTime<Utc>) -> Option<bool> {
        let open = (self.end - EXTEND..self.end + RENEW).contains(&now);
        open.then_some(now >= self.end)
    }
}

/// A request for an extension that nobody has decided on.
fn waits(request: &ActivationRequest) -> bool {
    let prolongs = matches!(request.action, Action::SelfExtend | Action::SelfRenew);
    let waiting = match &request.status {
        RequestStatus::InFlight(status) => !status.eq_ignore_ascii_case("AdminApproved"),
        RequestStatus::PendingApproval => true,
        _ => false,
    };
    prolongs && waiting
}

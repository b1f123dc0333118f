//! Extensions and renewals of what will end, or has: of eligibilities and standing assignments. An administrator decides.
//!
//! An extension can be asked for from fourteen days before the end, a renewal until thirty days after it ("Extend or renew
//! PIM role assignments"). What is asked for goes to the journal first and stays there until somebody has decided: the
//! service's list of such requests takes a permission that not every session has. Where it can be read it rules; where it
//! cannot, a later end says that the request was granted.

mod held;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

pub(super) use self::held::RENEW;
use super::{Again, Call, CallId, Effect, Elevation, STALE, shift, words};
use crate::{
    cloud::Resource,
    codes,
    failure::{Claims, Failure},
    journal::{AskedExtension, Fact},
    model::{Action, ActivationRequest, Extension, Kind, RequestStatus, RoleKey},
    problem::Problem,
};

/// For how long is asked where it is not known for how long it was given.
const USUAL: Duration = Duration::days(180);
/// For no longer than this.
const LONGEST: Duration = Duration::days(365);
/// Milliseconds between look-ups after a lost answer.
const LOOK_UPS: [i64; 6] = [0, 1_000, 2_000, 5_000, 15_000, 30_000];
/// After this long nothing more is expected of a service that cannot be asked.
const PATIENCE: Duration = Duration::hours(1);
/// Our clock and the service's may differ by this much where a request's creation is compared with our intent.
const SKEW: Duration = Duration::seconds(60);
/// Two ends this close are the same one.
const SAME: Duration = Duration::minutes(1);

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
    /// A sign-in has asked for the permission: there is no second one.
    permitted: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Being written to the journal.
    Recording,
    Sending,
    /// Waits for a sign-in that asks for the permission it takes.
    Permitting,
    SteppingUp {
        claims: Claims,
    },
    Checking {
        since: DateTime<Utc>,
        again: Again,
    },
}

/// What is known about extensions, beside what the journal knows.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    under_way: BTreeMap<Which, Prolonging>,
    /// Waiting at the service, as it said itself; also what was asked for elsewhere.
    told: BTreeSet<Which>,
    failed: BTreeMap<Which, Problem>,
    /// Of which the caller's own requests need not be read again.
    read: BTreeSet<(Kind, bool)>,
}

impl Elevation {
    /// After a start: what the journal says was being asked for. Whether it was sent has to be found out.
    pub(super) fn resume_extensions(&mut self, now: DateTime<Utc>) {
        for asked in self.memory.extensions.iter().filter(|asked| !asked.taken) {
            let stage = Stage::Checking { since: now, again: Again::at(now) };
            let prolonging = Prolonging::new(asked.extension.clone(), stage);
            self.extensions.under_way.insert(Which::of(&asked.extension), prolonging);
        }
    }

    pub(super) fn request_extension(&mut self, id: &str, eligibility: bool, reason: &str, now: DateTime<Utc>) {
        let which = Which { id: id.to_owned(), eligibility };
        if self.extensions.under_way.contains_key(&which) || self.extension_waits(&which) {
            return;
        }
        match self.extension_of(&which, reason.trim(), now) {
            Ok(asked) => {
                self.extensions.failed.remove(&which);
                let prolonging = Prolonging::new(asked.extension.clone(), Stage::Recording);
                self.extensions.under_way.insert(which.clone(), prolonging);
                let fact = Fact::ExtensionIntended { asked: Box::new(asked) };
                self.memory.apply(&fact);
                let call = self.call(Call::RecordExtension(which));
                self.effects.push(Effect::Record(call, vec![fact]));
            }
            Err(problem) => {
                self.extensions.failed.insert(which, problem);
            }
        }
    }

    pub(super) fn extension_recorded(&mut self, which: &Which, result: Result<(), Problem>) {
        if !self.extensions.under_way.get(which).is_some_and(|asked| matches!(asked.stage, Stage::Recording)) {
            return;
        }
        match result {
            Ok(()) => self.send_extension(which, None),
            Err(problem) => self.extension_failed(which, problem),
        }
    }

    fn extension_of(&self, which: &Which, reason: &str, now: DateTime<Utc>) -> Result<AskedExtension, Problem> {
        let held = self.held(which).ok_or_else(words::not_extendable)?;
        let renew = held.window(now).ok_or_else(words::not_extendable)?;
        if reason.is_empty() {
            return Err(words::reason_missing());
        }
        let length = held.start.map_or(USUAL, |start| held.end - start).clamp(Duration::days(1), LONGEST);
        let extension = Extension {
            key: held.key.clone(),
            principal_id: held.principal_id.to_owned(),
            renew,
            eligibility: which.eligibility,
            start: None,
            end: held.end.max(now) + length,
            justification: reason.to_owned(),
            request_id: (held.key.kind == Kind::AzureResource).then(self.options.request_id),
        };
        Ok(AskedExtension { extension, at: now, had: held.end, taken: false, request: None })
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
            Ok(request) => self.extension_taken(which, Some(request.id)),
            // Asked for already, perhaps elsewhere.
            Err(Failure::Pending(_)) => self.extension_taken(which, None),
            Err(Failure::StepUp { claims, .. }) if !prolonging.stepped_up => {
                prolonging.stage = Stage::SteppingUp { claims };
            }
            Err(Failure::StepUp { problem, .. }) => self.extension_failed(which, words::same_challenge(&problem)),
            Err(Failure::Lost { .. }) => prolonging.stage = Stage::Checking { since: now, again: Again::at(now) },
            Err(Failure::Refused(problem)) if prolonging.may_be_permitted(&problem) => {
                prolonging.stage = Stage::Permitting;
            }
            Err(failure) => self.extension_failed(which, failure.problem().clone()),
        }
    }

    /// One sign-in for each kind asks for the permission that its extensions take; it serves all that wait.
    pub(super) fn permissions_due(&mut self) {
        let waiting = self.extensions.under_way.values().filter(|asked| matches!(asked.stage, Stage::Permitting));
        let kinds: BTreeSet<_> = waiting.map(|asked| asked.extension.key.kind).collect();
        for kind in kinds {
            if !self.calling(|call| matches!(call, Call::Permit(asked) if *asked == kind)) {
                let call = self.call(Call::Permit(kind));
                self.effects.push(Effect::Permit(call, kind));
            }
        }
    }

    pub(super) fn permitted(&mut self, kind: Kind, result: &Result<(), Problem>) {
        let waits = |asked: &Prolonging| asked.extension.key.kind == kind && matches!(asked.stage, Stage::Permitting);
        let all = self.extensions.under_way.iter().filter(|(_, asked)| waits(asked));
        let all: Vec<_> = all.map(|(which, _)| which.clone()).collect();
        for which in all {
            match result {
                Ok(()) => {
                    if let Some(asked) = self.extensions.under_way.get_mut(&which) {
                        asked.permitted = true;
                    }
                    self.send_extension(&which, None);
                }
                Err(problem) => self.extension_failed(&which, problem.clone()),
            }
        }
    }

    fn extension_taken(&mut self, which: &Which, request: Option<String>) {
        self.extensions.failed.remove(which);
        if let Some(Prolonging { extension: Extension { key, eligibility, .. }, .. }) =
            self.extensions.under_way.remove(which)
        {
            self.note(vec![Fact::ExtensionTaken { key, eligibility, request }]);
        }
    }

    fn extension_failed(&mut self, which: &Which, problem: Problem) {
        if let Some(Prolonging { extension: Extension { key, eligibility, .. }, .. }) =
            self.extensions.under_way.remove(which)
        {
            self.note(vec![Fact::ExtensionOver { key, eligibility }]);
        }
        self.extensions.failed.insert(which.clone(), problem);
    }

    /// Has an administrator been asked, and not decided, as far as is known?
    fn extension_waits(&self, which: &Which) -> bool {
        let remembered = |asked: &AskedExtension| asked.taken && Which::of(&asked.extension) == *which;
        self.extensions.told.contains(which) || self.memory.extensions.iter().any(remembered)
    }

    pub(super) fn dismiss_extension(&mut self, id: &str) {
        self.extensions.failed.retain(|which, _| which.id != id);
    }

    /// The lists are being read: so is what became of what waits.
    pub(super) fn refresh_extensions(&mut self, kind: Kind) {
        for eligibility in [true, false] {
            let of = |which: &Which| which.eligibility == eligibility && which.is_of(kind);
            if self.extensions.told.iter().any(of) || self.remembers_extension(kind, eligibility) {
                self.extensions.read.remove(&(kind, eligibility));
            }
        }
    }

    fn remembers_extension(&self, kind: Kind, eligibility: bool) -> bool {
        let of =
            |asked: &AskedExtension| asked.extension.key.kind == kind && asked.extension.eligibility == eligibility;
        self.memory.extensions.iter().any(of)
    }

    /// Reads the caller's own requests where something can be extended or waits: once, and after a lost answer.
    pub(super) fn extensions_due(&mut self, now: DateTime<Utc>) {
        self.extensions_over(now);
        let due = |(which, prolonging): (&Which, &Prolonging)| match prolonging.stage {
            Stage::Checking { again, .. } if self.politely(prolonging.extension.key.kind, again.at) <= now => {
                Some((prolonging.extension.key.kind, which.eligibility))
            }
            _ => None,
        };
        let mut wanted: BTreeSet<_> = self.extensions.under_way.iter().filter_map(due).collect();
        for kind in Kind::ALL {
            for eligibility in [true, false] {
                let of_interest = self.something_ends(kind, eligibility, now)
                    || (self.remembers_extension(kind, eligibility) && self.listed_now(kind, eligibility));
                let polite = self.paused_until(kind, now).is_none();
                if of_interest && polite && self.extensions.read.insert((kind, eligibility)) {
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

    /// Forgets what the lists say was granted, and what is past all renewing.
    fn extensions_over(&mut self, now: DateTime<Utc>) {
        let over = |asked: &&AskedExtension| asked.taken && (now >= asked.had + RENEW || self.was_granted(asked));
        let over: Vec<_> = self.memory.extensions.iter().filter(over).map(|asked| asked.extension.clone()).collect();
        for extension in over {
            self.extensions.told.remove(&Which::of(&extension));
            let Extension { key, eligibility, .. } = extension;
            self.note(vec![Fact::ExtensionOver { key, eligibility }]);
        }
    }

    /// Does the list show it with a later end than it had when one was asked for, or with none?
    fn was_granted(&self, asked: &AskedExtension) -> bool {
        let later = |end: Option<DateTime<Utc>>| end.is_none_or(|end| end > asked.had + SAME);
        let Extension { key, eligibility, .. } = &asked.extension;
        if *eligibility {
            self.lists.eligibility(&key.id()).is_some_and(|role| later(role.end))
        } else {
            self.lists.active().any(|row| !row.activated && row.key == *key && later(row.end))
        }
    }

    /// Was that list read in this run?
    fn listed_now(&self, kind: Kind, eligibility: bool) -> bool {
        let source = self.lists.source(kind);
        if eligibility { &source.eligible_list } else { &source.active_list }.at.is_some()
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
        let mut lost = Vec::new();
        for (which, prolonging) in &mut self.extensions.under_way {
            let Stage::Checking { since, again } = &mut prolonging.stage else { continue };
            if prolonging.extension.key.kind != kind || which.eligibility != eligibility || started < *since {
                continue;
            }
            *again = again.after(&LOOK_UPS, now).no_later_than(*since + STALE, now);
            match result {
                Ok(_) if started >= *since + STALE => lost.push((which.clone(), words::not_sent())),
                // It is not for us to ask, now or later.
                Err(Failure::Refused(problem)) => lost.push((which.clone(), words::extension_unknown(problem))),
                Err(_) if now >= *since + PATIENCE => lost.push((which.clone(), words::unknown(*since))),
                Ok(_) | Err(_) => {}
            }
        }
        let Ok(requests) = result else { return self.extensions_lost(lost) };
        let requests: Vec<_> = requests.iter().filter(|request| prolongs(request)).collect();
        let waiting = requests.iter().filter(|request| waits(request));
        let waiting: BTreeMap<Which, &ActivationRequest> =
            waiting.map(|request| (Which { id: request.key.id(), eligibility }, *request)).collect();
        for (which, request) in &waiting {
            if self.extensions.under_way.get(which).is_some_and(|asked| matches!(asked.stage, Stage::Checking { .. })) {
                self.extension_taken(which, Some(request.id.clone()));
            }
        }
        lost.retain(|(which, _)| self.extensions.under_way.contains_key(which));
        self.extensions_lost(lost);
        let over = self.memory.extensions.iter().filter(|asked| {
            let of_list = asked.extension.key.kind == kind && asked.extension.eligibility == eligibility;
            let waits = waiting.contains_key(&Which::of(&asked.extension));
            // Lists lag behind.
            let settled = started >= asked.at + STALE || requests.iter().any(|request| asked.may_be(request));
            of_list && asked.taken && !waits && settled
        });
        let over: Vec<_> = over.map(|asked| (asked.extension.key.clone(), asked.extension.eligibility)).collect();
        for (key, eligibility) in over {
            self.note(vec![Fact::ExtensionOver { key, eligibility }]);
        }
        self.extensions.told.retain(|which| which.eligibility != eligibility || !which.is_of(kind));
        self.extensions.told.extend(waiting.into_keys());
    }

    fn extensions_lost(&mut self, lost: Vec<(Which, Problem)>) {
        for (which, problem) in lost {
            self.extension_failed(&which, problem);
        }
    }

    pub(super) fn extensions_deadline(&self) -> Option<DateTime<Utc>> {
        let deadline = |(which, prolonging): (&Which, &Prolonging)| match prolonging.stage {
            Stage::Checking { again, .. } => {
                let kind = prolonging.extension.key.kind;
                (!self.reading_extensions(kind, which.eligibility)).then(|| self.politely(kind, again.at))
            }
            Stage::Recording | Stage::Sending | Stage::Permitting | Stage::SteppingUp { .. } => None,
        };
        let over = self.memory.extensions.iter().filter(|asked| asked.taken).map(|asked| asked.had + RENEW);
        self.extensions.under_way.iter().filter_map(deadline).chain(over).min()
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
                *since = shift::past(*since, by, now);
                again.shift(by);
            }
        }
    }
}

impl Prolonging {
    fn new(extension: Extension, stage: Stage) -> Self {
        Self { extension, stepped_up: false, permitted: false, stage }
    }

    /// Would a sign-in that asks for the permission help? Changing eligibilities is not asked for before somebody wants to.
    fn may_be_permitted(&self, problem: &Problem) -> bool {
        let Extension { key, eligibility, .. } = &self.extension;
        *eligibility && key.kind != Kind::AzureResource && !self.permitted && codes::lacks_consent(&problem.code)
    }
}

impl Which {
    fn of(extension: &Extension) -> Self {
        Self { id: extension.key.id(), eligibility: extension.eligibility }
    }

    fn is_of(&self, kind: Kind) -> bool {
        RoleKey::from_id(&self.id).is_some_and(|key| key.kind == kind)
    }
}

impl AskedExtension {
    /// Is this what became of it?
    fn may_be(&self, request: &ActivationRequest) -> bool {
        match &self.request {
            Some(id) => id.eq_ignore_ascii_case(&request.id),
            None => {
                request.key == self.extension.key && request.created.is_some_and(|created| created >= self.at - SKEW)
            }
        }
    }
}

fn prolongs(request: &ActivationRequest) -> bool {
    matches!(request.action, Action::SelfExtend | Action::SelfRenew)
}

/// Has nobody decided on it?
fn waits(request: &ActivationRequest) -> bool {
    match &request.status {
        RequestStatus::InFlight(status) => !status.eq_ignore_ascii_case("AdminApproved"),
        RequestStatus::PendingApproval => true,
        _ => false,
    }
}

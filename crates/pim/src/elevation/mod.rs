//! The heart: a pure, synchronous state machine for the roles of one account.
//!
//! It is told what happened ([`Event`]) and the time, and answers with what is to be done ([`Effect`]). It does no I/O and
//! reads no clock; whoever drives it ticks it at [`Elevation::next_deadline`]. What it must not forget goes to the journal
//! as facts, of which it keeps its own [`Memory`]; an activation or a deactivation is sent only after its intent was written down.
//!
//! Its rooms: `stage` (an activation on its way), `attempt` (from the click to the request: undo time, journal, one batch,
//! step-up, lost answers), `inquiry` (what became of a request: looking it up, polling it), `grant` (what is active: merging
//! lists, expiry), `renewal` (what follows by itself), `by_itself` (what is
//! done without a click), `ending` (deactivation), `extension` (later ends), `chronicle` (the
//! history), `lists` and `source` (when lists are read, kind by kind), `scopes` (where an Azure
//! role can be activated), `ripple` (what a group's membership changes elsewhere), `step_up` (stronger sign-ins), `tell`
//! (notifications), `several` (roles chosen together, bundles), `rows` (what the window shows), `shift` (a clock put
//! right) and `pause` (when a service wants to be left alone).

mod again;
mod attempt;
mod by_itself;
mod chronicle;
mod ending;
mod event;
mod extension;
mod forgetting;
mod form;
mod grant;
mod inquiry;
mod lists;
mod news;
mod notification;
mod partial;
mod pause;
mod renewal;
mod ripple;
mod rows;
mod scopes;
mod several;
mod shift;
mod source;
mod stage;
mod step_up;
mod tell;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration, Utc};

pub(crate) use self::scopes::narrowable;
use self::{
    again::Again,
    chronicle::Chronicle,
    ending::Ending,
    extension::{Extensions, Which},
    forgetting::Forgetting,
    form::Entered,
    lists::Lists,
    pause::Pauses,
    renewal::Arming,
    rows::Failed,
    scopes::Scopes,
    stage::Attempt,
    step_up::SteppedUp,
    tell::Board,
};
pub use self::{
    event::{ByItself, CallId, Effect, Event, Listed, Options},
    lists::Known,
    notification::{Notification, NotificationAction, Notify},
    partial::{Gap, Later, Partial},
    rows::Rows,
};
use crate::{
    bundles::Bundle,
    cloud::Resource,
    failure::Claims,
    journal::{Fact, Memory},
    model::{Kind, RoleKey},
    problem::Problem,
    view::Command,
};

/// Lists may lag behind this long: absence proves nothing earlier.
const STALE: Duration = Duration::minutes(3);

/// The roles of one account.
#[derive(Debug)]
pub struct Elevation {
    memory: Memory,
    options: Options,
    lists: Lists,
    pauses: Pauses,
    scopes: Scopes,
    /// On their way, by role.
    attempts: BTreeMap<String, Attempt>,
    /// Being ended, by role.
    endings: BTreeMap<String, Ending>,
    /// What went wrong, by role, until dismissed.
    failures: BTreeMap<String, Failed>,
    /// Provisioned but not listed yet, by role: when to read the list again.
    unlisted: BTreeMap<RoleKey, Again>,
    /// A membership has changed: when to read again what groups give.
    ripple: Option<Again>,
    /// Ids of requests that are over with: a look-up must not find them again.
    settled: BTreeSet<String>,
    calls: BTreeMap<CallId, Call>,
    last_call: CallId,
    board: Board,
    /// The organisation's bundles.
    managed: BTreeMap<String, Bundle>,
    /// Why the last bundle was not kept.
    bundle_problem: Option<Problem>,
    /// Renewals that wait for a stronger sign-in before they are armed, by role.
    arming: BTreeMap<String, Arming>,
    /// Renewals that wait until it is known what their policy asks for, by role.
    arming_later: BTreeSet<String>,
    /// Armed renewals that were tried beforehand in this run, by role.
    tried_ahead: BTreeSet<String>,
    /// Kinds whose service compares by the minute what follows a running activation.
    apart: BTreeSet<Kind>,
    /// What a token of a service has proven in this run.
    proven: BTreeSet<(Resource, Claims)>,
    extensions: Extensions,
    forgetting: Forgetting,
    /// The history, while it is open.
    chronicle: Option<Chronicle>,
    /// Reasons that the service remembered when the history was open last.
    reasons_elsewhere: Vec<String>,
    /// The latest step-up.
    stepped_up: Option<SteppedUp>,
    /// Whether the last thing heard from a service was that the network is away.
    away: HashMap<Resource, bool>,
    started: DateTime<Utc>,
    /// The time of the last event.
    last: DateTime<Utc>,
    effects: Vec<Effect>,
}

/// A call whose end was not told yet.
#[derive(Debug)]
enum Call {
    Record(Vec<String>),
    RecordEnding(String),
    RecordExtension(Which),
    Submit(Vec<String>),
    StepUp(Resource, Claims),
    Prove(Resource, Claims),
    LookUp {
        kind: Kind,
        started: DateTime<Utc>,
    },
    Poll(Kind, String),
    Deactivate(Kind, String),
    Cancel(Kind, String),
    CancelElsewhere(Kind),
    Approval(Kind, String),
    Eligible(Kind),
    /// `late`: something was told, and the rest is waited for.
    Active {
        kind: Kind,
        started: DateTime<Utc>,
        late: bool,
    },
    Policies(Kind, Vec<RoleKey>),
    Extend(Kind, Which),
    Permit(Kind),
    Extensions {
        kind: Kind,
        eligibility: bool,
        started: DateTime<Utc>,
    },
    History(Kind),
    Denial(Kind, String),
}

impl Elevation {
    /// Goes on where `memory` ends: intents whose end is not known are looked up, never sent again; due renewals are sent
    /// once it is certain that they are still wanted. `known` is what an earlier run had read.
    pub fn new(memory: Memory, known: Option<Known>, options: Options, now: DateTime<Utc>) -> Self {
        // Told in earlier runs: a look-up must not find them either.
        let settled = memory.history.iter().filter_map(|past| past.intent.request.clone()).collect();
        let mut elevation = Self {
            memory,
            options,
            lists: Lists::new(known),
            pauses: Pauses::default(),
            scopes: Scopes::default(),
            attempts: BTreeMap::new(),
            endings: BTreeMap::new(),
            failures: BTreeMap::new(),
            unlisted: BTreeMap::new(),
            ripple: None,
            settled,
            calls: BTreeMap::new(),
            last_call: 0,
            board: Board::default(),
            managed: BTreeMap::new(),
            bundle_problem: None,
            arming: BTreeMap::new(),
            arming_later: BTreeSet::new(),
            tried_ahead: BTreeSet::new(),
            apart: BTreeSet::new(),
            proven: BTreeSet::new(),
            extensions: Extensions::default(),
            forgetting: Forgetting::default(),
            chronicle: None,
            reasons_elsewhere: Vec::new(),
            stepped_up: None,
            away: HashMap::new(),
            started: now,
            last: now,
            effects: Vec::new(),
        };
        elevation.lists.set_entered(&elevation.memory.entered);
        elevation.resume(now);
        elevation.resume_endings(now);
        elevation.resume_extensions(now);
        elevation
    }

    /// Takes an event in and says what is to be done. Handing it the time late, early, or going backwards is harmless.
    pub fn handle(&mut self, event: Event, now: DateTime<Utc>) -> Vec<Effect> {
        self.keep_time(now);
        if let Event::PutForward(slow) = event {
            self.put_forward(slow, now);
        }
        self.take(event, now);
        self.grants_due(now);
        self.renewals_due(now);
        self.attempts_due(now);
        self.endings_due(now);
        self.extensions_due(now);
        self.permissions_due();
        self.step_ups_due();
        self.narrowed_due(now);
        self.ripple_due(now);
        self.lists_due(now);
        self.chronicle_due(now);
        self.board_due(now);
        self.forgetting_due(now);
        std::mem::take(&mut self.effects)
    }

    /// When the machine wants to be ticked, if nothing happens before.
    pub fn next_deadline(&self) -> Option<DateTime<Utc>> {
        [
            self.attempts_deadline(),
            self.endings_deadline(),
            self.extensions_deadline(),
            self.grants_deadline(),
            self.lists_deadline(),
            self.ripple_deadline(),
            self.pauses_deadline(),
            self.board_deadline(),
            self.forgetting_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What it remembers, at its end.
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// Has the network been away when it was last used?
    pub fn offline(&self) -> bool {
        !self.away.is_empty() && self.away.values().all(|away| *away)
    }

    fn take(&mut self, event: Event, now: DateTime<Utc>) {
        match event {
            // Seen to before anything else.
            Event::Tick | Event::PutForward(_) => {}
            Event::Command(command) => self.command(command, now),
            Event::Options(options) => {
                self.options = options;
                self.look_what_to_forget();
            }
            Event::ByItself(deed) => self.by_itself(deed, now),
            Event::Entered(role) => self.entered(*role, now),
            Event::Recorded(call, result) => match self.calls.remove(&call) {
                Some(Call::Record(ids)) => self.recorded(&ids, result, now),
                Some(Call::RecordEnding(id)) => self.ending_recorded(&id, result, now),
                Some(Call::RecordExtension(which)) => self.extension_recorded(&which, result),
                _ => {}
            },
            Event::Submitted(call, results) => {
                if let Some(Call::Submit(ids)) = self.calls.remove(&call) {
                    self.submitted(&ids, results, now);
                }
            }
            Event::SteppedUp(call, result) => match self.calls.remove(&call) {
                Some(Call::StepUp(resource, claims)) => {
                    self.stepped_up(call, resource, &claims, &result, now);
                }
                Some(Call::Prove(resource, claims)) => self.proved(resource, &claims, &result, now),
                _ => {}
            },
            Event::LookedUp(call, result) => {
                if let Some(Call::LookUp { kind, started }) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.looked_up(kind, started, result, now);
                }
            }
            Event::Polled(call, result) => {
                if let Some(Call::Poll(kind, id)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.polled(&id, result, now);
                }
            }
            Event::Deactivated(call, result) => {
                if let Some(Call::Deactivate(kind, id)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.deactivated(&id, result, now);
                }
            }
            Event::Cancelled(call, result) => match self.calls.remove(&call) {
                Some(Call::Cancel(kind, id)) => {
                    self.heard(kind, &result, now);
                    self.cancelled(&id, result, now);
                }
                Some(Call::CancelElsewhere(kind)) => {
                    self.heard(kind, &result, now);
                    self.cancelled_elsewhere(kind, result);
                }
                _ => {}
            },
            Event::ApprovalRead(call, result) => match self.calls.remove(&call) {
                Some(Call::Approval(kind, id)) => {
                    self.heard(kind, &result, now);
                    self.explained(&id, result.ok().as_ref(), now);
                }
                Some(Call::Denial(kind, request)) => {
                    self.heard(kind, &result, now);
                    self.denial_read(request, result.ok().as_ref());
                }
                _ => {}
            },
            Event::Extended(call, result) => {
                if let Some(Call::Extend(kind, which)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.extended(&which, result, now);
                }
            }
            Event::Permitted(call, result) => {
                if let Some(Call::Permit(kind)) = self.calls.remove(&call) {
                    self.permitted(kind, &result);
                }
            }
            Event::ExtensionsRead(call, result) => {
                if let Some(Call::Extensions { kind, eligibility, started }) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.extensions_read(kind, eligibility, started, &result, now);
                }
            }
            Event::HistoryRead(call, result) => {
                if let Some(Call::History(kind)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.history_read(kind, result);
                }
            }
            Event::Eligible(call, result) => {
                if let Some(Call::Eligible(kind)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.eligible_read(kind, result, now);
                }
            }
            Event::Coming(call, keys) => {
                if let Some(&Call::Eligible(kind)) = self.calls.get(&call) {
                    self.coming(kind, keys, now);
                }
            }
            Event::EligibleSoFar(call, listed) => {
                if let Some(&Call::Eligible(kind)) = self.calls.get(&call) {
                    self.eligible_so_far(kind, listed, now);
                }
            }
            Event::ActiveSoFar(call, listed) => {
                if let Some(Call::Active { kind, started, late }) = self.calls.get_mut(&call) {
                    *late = true;
                    let (kind, started) = (*kind, *started);
                    self.active_so_far(kind, listed, started, now);
                }
            }
            Event::Active(call, result) => {
                if let Some(Call::Active { kind, started, .. }) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.active_read(kind, result, started, now);
                }
            }
            Event::Scopes(parent, children) => self.scopes_read(&parent, &children),
            Event::Policies(call, result) => {
                if let Some(Call::Policies(kind, asked)) = self.calls.remove(&call) {
                    self.heard(kind, &result, now);
                    self.policies_read(kind, &asked, result, now);
                }
            }
        }
    }

    fn command(&mut self, command: Command, now: DateTime<Utc>) {
        match command {
            Command::Refresh => self.refresh(now),
            Command::RefreshSource { source } => self.refresh_source(source, now),
            Command::Activate { id, minutes, reason, ticket, undoable, start, scope } => {
                let entered = Entered { minutes, reason, ticket, start };
                match scope {
                    Some(scope) => self.activate_below(&id, &scope, entered, undoable, now),
                    None => self.activate(&id, entered, undoable, now),
                }
            }
            Command::ActivateSeveral { ids, minutes, reason, ticket } => {
                self.activate_chosen(&ids, minutes, &reason, ticket.as_ref(), now);
            }
            Command::RunBundle { name, reason, ticket } => self.run_bundle(&name, reason, ticket.as_ref(), now),
            Command::SaveBundle { name, reason, roles } => self.save_bundle(name, reason, &roles),
            Command::DeleteBundle { name } => self.delete_bundle(name),
            Command::ImportBundles { text } => self.import_bundles(&text),
            Command::Undo { id } => self.undo(&id),
            Command::Deactivate { id } => self.deactivate(&id, now),
            Command::ArmRenewal { id, armed: true } => self.arm(&id, now),
            Command::ArmRenewal { id, armed: false } => self.disarm(&id, now),
            Command::RestartNow { id, minutes, reason, ticket, confirmed } => {
                self.restart(&id, Entered { minutes, reason, ticket, start: None }, confirmed, now);
            }
            Command::CancelRequest { id } => self.cancel(&id, now),
            Command::SetFavourite { id, favourite } => {
                if let Some(key) = self.key(&id) {
                    self.note(vec![Fact::Favoured { key, favourite }]);
                }
            }
            Command::ForgetRole { id } => self.forget_role(&id),
            Command::DismissProblem { id } => {
                self.failures.remove(&id);
                self.dismiss_extension(&id);
            }
            Command::RequestExtension { id, eligibility, reason } => {
                self.request_extension(&id, eligibility, &reason, now);
            }
            Command::PickScope { id, scope } => self.pick_scope(&id, scope.as_deref()),
            Command::ShowDetail { .. } | Command::CloseDetail => self.scopes.picked = None,
            Command::ShowHistory { text } => self.show_history(text),
            Command::CloseHistory => self.close_history(),
            Command::For { .. }
            | Command::SelectAccount { .. }
            | Command::FindTenants
            | Command::SignInTenant { .. }
            | Command::ExportBundles { .. }
            | Command::EnterRole { .. }
            | Command::UnfoldScope { .. }
            | Command::CheckEffect { .. }
            | Command::OpenHint { .. }
            | Command::SignInDemo
            | Command::SignIn
            | Command::SignInDeviceCode
            | Command::CancelSignIn
            | Command::AllowSource { .. }
            | Command::SignOut
            | Command::OpenForm { .. }
            | Command::OpenBundle { .. }
            | Command::DismissNotice { .. }
            | Command::SaveSettings { .. }
            | Command::Watch { .. }
            | Command::Updates { .. } => {}
        }
    }

    /// Opens a call; what it is told apart by.
    fn call(&mut self, call: Call) -> CallId {
        self.last_call += 1;
        self.calls.insert(self.last_call, call);
        self.last_call
    }

    fn calling(&self, kind: impl Fn(&Call) -> bool) -> bool {
        self.calls.values().any(kind)
    }

    /// Remembers facts, here and in the journal.
    fn note(&mut self, facts: Vec<Fact>) {
        for fact in &facts {
            self.memory.apply(fact);
        }
        self.effects.push(Effect::Note(facts));
    }
}

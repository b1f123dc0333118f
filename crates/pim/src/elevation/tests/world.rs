//! A machine, a service, and time that passes only when told to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Offset, Utc};
use uuid::Uuid;

use super::service::{self, Service, key, problem};
use crate::{
    cloud::Resource,
    elevation::{ByItself, CallId, Effect, Elevation, Event, Notification, Notify, Options},
    failure::Failure,
    journal::{Fact, Memory},
    model::{Deactivation, Extension, Kind, Requirements},
    view::{ActiveRow, Command, EligibleRow, RowState},
};

pub fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

pub fn policy() -> Requirements {
    Requirements { known: true, ..Requirements::default() }
}

pub fn options() -> Options {
    Options {
        warn: Duration::minutes(5),
        history: Duration::days(730),
        details: true,
        clock_time: |time| time.format("%H:%M").to_string(),
        // Where it is tomorrow already.
        local_date: |time| (time + Duration::hours(14)).format("%Y-%m-%d").to_string(),
        request_id: Uuid::new_v4,
        zone: |_| Utc.fix(),
        renews_until: None,
        day_ends: None,
        kept: None,
    }
}

pub fn id(role: &str) -> String {
    key(role).id()
}

fn activation(role: &str, minutes: u32) -> Command {
    Command::Activate {
        id: id(role),
        minutes,
        reason: "why".into(),
        ticket: None,
        undoable: false,
        start: None,
        scope: None,
    }
}

pub struct World {
    pub machine: Elevation,
    pub options: Options,
    pub service: Service,
    pub now: DateTime<Utc>,
    /// What is on the disk.
    pub disk: Memory,
    /// How long each call takes.
    pub latency: Duration,
    /// Does somebody sign in again when asked?
    pub signs_in: bool,
    /// Answers under way.
    answers: Vec<(DateTime<Utc>, Event)>,
    submits: BTreeMap<CallId, BTreeSet<String>>,
    strong: BTreeMap<CallId, Resource>,
    /// Until when the tokens in use prove what the last step-up brought.
    proven: BTreeMap<Resource, DateTime<Utc>>,
    /// How long a step-up's proof stays in the tokens.
    pub proof_lasts: Duration,
    pub told: Vec<Notification>,
    pub polls: usize,
    /// When eligibilities were listed.
    pub reads: Vec<(DateTime<Utc>, Kind)>,
    /// When what is active was listed.
    pub active_reads: Vec<DateTime<Utc>>,
    /// When policies were read.
    pub policy_reads: Vec<(DateTime<Utc>, Kind)>,
    pub batches: Vec<usize>,
    pub step_ups: usize,
    /// Sign-ins that asked for a permission, and whether somebody consents.
    pub permits: usize,
    pub consents: bool,
    pub extension_reads: usize,
    pub history_reads: usize,
    /// What was asked of the service, and when.
    pub asked: Vec<(DateTime<Utc>, Kind)>,
    /// What each call is about.
    about: BTreeMap<CallId, Vec<Kind>>,
    /// Times that the service has named, before which it wants to hear nothing.
    named: BTreeMap<Kind, DateTime<Utc>>,
}

/// When a role's first activation ends.
pub fn end(world: &World, role: &str) -> DateTime<Utc> {
    world.service.instances[role][0].end
}

impl World {
    pub fn new(roles: &[(&str, Requirements)]) -> Self {
        let machine = Elevation::new(Memory::default(), None, options(), noon());
        let mut world = Self {
            machine,
            options: options(),
            service: Service::new(roles),
            now: noon(),
            disk: Memory::default(),
            latency: Duration::milliseconds(80),
            signs_in: true,
            answers: Vec::new(),
            submits: BTreeMap::new(),
            strong: BTreeMap::new(),
            proven: BTreeMap::new(),
            proof_lasts: Duration::minutes(50),
            told: Vec::new(),
            polls: 0,
            reads: Vec::new(),
            active_reads: Vec::new(),
            policy_reads: Vec::new(),
            batches: Vec::new(),
            step_ups: 0,
            permits: 0,
            consents: true,
            extension_reads: 0,
            history_reads: 0,
            asked: Vec::new(),
            about: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        world.send(Command::Refresh);
        world.pass(Duration::seconds(1));
        world
    }

    pub fn send(&mut self, command: Command) {
        self.handle(Event::Command(command), self.now);
    }

    /// The user has changed something.
    pub fn set(&mut self, options: Options) {
        self.options = options;
        self.handle(Event::Options(options), self.now);
    }

    /// Something is done without a click.
    pub fn by_itself(&mut self, deed: ByItself) {
        self.handle(Event::ByItself(deed), self.now);
    }

    pub fn activate(&mut self, role: &str, minutes: u32) {
        self.send(activation(role, minutes));
    }

    /// What was under way when the process died.
    fn forget_calls(&mut self) {
        self.answers.clear();
        self.submits.clear();
        self.strong.clear();
        self.about.clear();
        self.named.clear();
    }

    /// The process is killed and started again: the memory is what is on the disk; answers under way never arrive.
    pub fn crash(&mut self) {
        self.forget_calls();
        self.machine = Elevation::new(self.disk.clone(), Some(self.machine.known()), self.options, self.now);
        self.send(Command::Refresh);
    }

    /// The same, and the clock is slow by so much until the first answer puts it right.
    pub fn crash_with_slow_clock(&mut self, slow: Duration) {
        self.forget_calls();
        let wrong = self.now - slow;
        self.machine = Elevation::new(self.disk.clone(), Some(self.machine.known()), self.options, wrong);
        self.handle(Event::Command(Command::Refresh), wrong);
        self.now += self.latency;
        self.service.pass(self.now);
        self.handle(Event::PutForward(slow), self.now);
    }

    /// Somebody clicks while the clock is fast by so much; the process dies before an answer puts it right, and is started again
    /// a while later, with the clock right.
    pub fn crash_with_fast_clock(&mut self, role: &str, fast: Duration, away: Duration) {
        // By such a clock a pause may seem to be over.
        self.named.clear();
        self.handle(Event::Command(activation(role, 60)), self.now + fast);
        // It is gathered with others, written down, and sent.
        self.now += Duration::milliseconds(10);
        self.handle(Event::Tick, self.now + fast);
        while let Some(place) = self.answers.iter().position(|(_, event)| matches!(event, Event::Recorded(..))) {
            let (_, event) = self.answers.remove(place);
            self.handle(event, self.now + fast);
        }
        self.now += away;
        self.service.pass(self.now);
        self.crash();
    }

    /// Lets time pass: every answer and every deadline at its time.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            let answer = self.answers.iter().map(|(at, _)| *at).min();
            let next = answer.into_iter().chain(self.machine.next_deadline()).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now = self.now.max(next);
            self.service.pass(self.now);
            match self.answers.iter().position(|(at, _)| *at <= self.now) {
                Some(place) => {
                    let (_, event) = self.answers.remove(place);
                    self.handle(event, self.now);
                }
                None => self.handle(Event::Tick, self.now),
            }
        }
        self.now = end;
        self.service.pass(self.now);
    }

    /// The machine sleeps: time passes, nothing else does; then everything is late.
    pub fn suspend(&mut self, time: Duration) {
        self.now += time;
        self.service.pass(self.now);
        self.handle(Event::Tick, self.now);
    }

    /// The clock turns out to have been fast by so much.
    pub fn put_clock_right(&mut self, fast: Duration) {
        self.now -= fast;
        for (at, _) in &mut self.answers {
            *at -= fast;
        }
    }

    /// Hands the machine a time that may be wrong, once.
    pub fn tick_at(&mut self, time: DateTime<Utc>) {
        self.handle(Event::Tick, time);
    }

    fn handle(&mut self, event: Event, now: DateTime<Utc>) {
        self.note_named(&event);
        if let Event::Submitted(call, _) = &event {
            self.submits.remove(call);
        }
        let effects = self.machine.handle(event, now);
        for effect in effects {
            self.run(effect);
        }
        if let Some(deadline) = self.machine.next_deadline() {
            assert!(deadline > now, "a deadline in the past after a tick: {deadline} at {now}\n{:#?}", self.machine);
        }
        if now == self.now {
            self.check_view();
        }
    }

    /// A question: none is put to a service that wants a pause.
    fn ask(&mut self, call: CallId, kind: Kind) {
        let named = self.named.get(&kind);
        assert!(named.is_none_or(|until| *until <= self.now), "{kind:?} asked at {}, named was {named:?}", self.now);
        self.about.insert(call, vec![kind]);
        self.asked.push((self.now, kind));
    }

    fn note_named(&mut self, event: &Event) {
        fn named<T>(result: &Result<T, Failure>) -> Option<DateTime<Utc>> {
            result.as_ref().err().and_then(Failure::retry_at)
        }
        let (call, times) = match event {
            Event::Submitted(call, results) => (call, results.iter().map(named).collect()),
            Event::LookedUp(call, result) | Event::ExtensionsRead(call, result) | Event::HistoryRead(call, result) => {
                (call, vec![named(result)])
            }
            Event::Polled(call, result) | Event::Deactivated(call, result) | Event::Extended(call, result) => {
                (call, vec![named(result)])
            }
            Event::Cancelled(call, result) => (call, vec![named(result)]),
            Event::ApprovalRead(call, result) => (call, vec![named(result)]),
            Event::Eligible(call, result) => (call, vec![named(result)]),
            Event::Active(call, result) => (call, vec![named(result)]),
            Event::Policies(call, result) => (call, vec![named(result)]),
            _ => return,
        };
        for (kind, until) in self.about.remove(call).into_iter().flatten().zip(times) {
            if let Some(until) = until {
                let known = self.named.entry(kind).or_insert(until);
                *known = until.max(*known);
            }
        }
    }

    fn run(&mut self, effect: Effect) {
        let now = self.now;
        match &effect {
            Effect::LookUp(call, kind)
            | Effect::Poll(call, kind, _)
            | Effect::ReadApproval(call, kind, _)
            | Effect::ReadExtensions(call, kind, _)
            | Effect::ReadHistory(call, kind)
            | Effect::ReadEligible(call, kind, _)
            | Effect::ReadActive(call, kind, _)
            | Effect::ReadPolicies(call, kind, _) => self.ask(*call, *kind),
            Effect::Submit(call, activations, _) => {
                self.about.insert(*call, activations.iter().map(|activation| activation.key.kind).collect());
            }
            Effect::Deactivate(call, Deactivation { key, .. }, _) | Effect::Extend(call, Extension { key, .. }, _) => {
                self.about.insert(*call, vec![key.kind]);
            }
            Effect::Cancel(call, kind, _) => {
                self.about.insert(*call, vec![*kind]);
            }
            _ => {}
        }
        let event = match effect {
            Effect::Record(call, facts) => {
                self.write(&facts);
                Event::Recorded(call, Ok(()))
            }
            Effect::Note(facts) => return self.write(&facts),
            Effect::Submit(call, activations, token) => {
                let roles: BTreeSet<_> = activations.iter().map(|activation| activation.key.id()).collect();
                for known in self.submits.values() {
                    assert!(known.is_disjoint(&roles), "two submits in flight for one role");
                }
                for activation in &activations {
                    assert!(
                        self.disk.intents.values().any(|intent| intent.activation == *activation),
                        "sent before its intent was written"
                    );
                }
                self.batches.push(activations.len());
                self.submits.insert(call, roles);
                let signed_in = token.and_then(|token| self.strong.get(&token)).copied();
                let results = activations.iter().map(|activation| {
                    let resource = activation.key.kind.resource();
                    let proven = self.proven.get(&resource).is_some_and(|until| *until > now);
                    let strong =
                        proven || signed_in.is_some_and(|signed| self.service.one_sign_in || signed == resource);
                    self.service.activate(activation, strong, now)
                });
                Event::Submitted(call, results.collect())
            }
            Effect::Prove(call, resource, _) if self.proven.get(&resource).is_some_and(|until| *until > now) => {
                Event::SteppedUp(call, Ok(()))
            }
            Effect::StepUp(call, resource, _) | Effect::Prove(call, resource, _) => {
                self.step_ups += 1;
                if self.signs_in {
                    let served = [Resource::Graph, Resource::Arm];
                    let served = served.into_iter().filter(|other| *other == resource || self.service.one_sign_in);
                    self.proven.extend(served.map(|served| (served, now + self.proof_lasts)));
                    self.strong.insert(call, resource);
                    Event::SteppedUp(call, Ok(()))
                } else {
                    Event::SteppedUp(call, Err(problem("sign-in-cancelled")))
                }
            }
            Effect::AbandonStepUp(call) => {
                return self
                    .answers
                    .retain(|(_, event)| !matches!(event, Event::SteppedUp(known, _) if *known == call));
            }
            Effect::LookUp(call, kind) => {
                Event::LookedUp(call, self.service.read(kind, self.service.list_requests(kind, now)))
            }
            Effect::Poll(call, kind, request) => {
                self.polls += 1;
                Event::Polled(call, self.service.read(kind, ()).and_then(|()| self.service.poll(&request)))
            }
            Effect::Deactivate(call, deactivation, _) => {
                assert_eq!(deactivation.principal_id, "me");
                let known = self.disk.endings.contains_key(&deactivation.key.id());
                assert!(known, "sent before it was written down");
                Event::Deactivated(call, self.service.deactivate(&deactivation.key, now))
            }
            Effect::Cancel(call, _, request) => Event::Cancelled(call, self.service.cancel(&request)),
            Effect::ReadApproval(call, kind, approval) => {
                Event::ApprovalRead(call, self.service.read(kind, Service::approval(&approval)))
            }
            Effect::Extend(call, extension, token) => {
                let known = self.disk.extensions.iter().any(|asked| asked.extension == extension);
                assert!(known, "sent before it was written down");
                let resource = extension.key.kind.resource();
                let strong = token.and_then(|token| self.strong.get(&token)) == Some(&resource);
                Event::Extended(call, self.service.extend(&extension, strong, now))
            }
            Effect::Permit(call, kind) => {
                self.permits += 1;
                if self.signs_in && self.consents {
                    self.service.unpermitted.remove(&kind);
                    self.service.unlistable.remove(&kind);
                }
                let signed_in = if self.signs_in { Ok(()) } else { Err(problem("AADSTS90094")) };
                Event::Permitted(call, signed_in)
            }
            Effect::ReadExtensions(call, kind, eligibility) => {
                self.extension_reads += 1;
                Event::ExtensionsRead(call, self.service.list_extensions(kind, eligibility))
            }
            Effect::ReadHistory(call, kind) => {
                self.history_reads += 1;
                Event::HistoryRead(call, self.service.read(kind, self.service.list_requests(kind, now)))
            }
            Effect::ReadEligible(call, kind, _) => {
                self.reads.push((now, kind));
                Event::Eligible(call, self.service.read(kind, self.service.eligible(kind, now)))
            }
            Effect::ReadActive(call, kind, _) => {
                self.active_reads.push(now);
                Event::Active(call, self.service.read(kind, self.service.active(kind, now)))
            }
            Effect::ReadPolicies(call, kind, keys) => {
                self.policy_reads.push((now, kind));
                let policies = self.service.requirements(kind, &keys);
                let refused = self.service.policies_away.then(|| Err(service::not_sent()));
                Event::Policies(call, refused.unwrap_or_else(|| self.service.read(kind, policies)))
            }
            Effect::Tell(notification) => return self.told.push(notification),
        };
        self.answers.push((now + self.latency, event));
    }

    fn write(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.disk.apply(fact);
        }
    }

    /// What is shown as active is active at the service, with the service's end.
    fn check_view(&self) {
        let list = self.machine.list();
        for row in self.rows().into_iter().filter(|row| row.activated && row.state == RowState::Active) {
            let source = list.sources.iter().find(|source| source.kind == row.kind).unwrap();
            if source.problem.is_some() || source.partial.is_some() || source.loading {
                // Said on the view: what is shown is older.
                continue;
            }
            let role = &service::name(&row.id);
            // An activation that somebody else ended may be shown for as long as the lists may lag.
            let recently = (0..=4 * 60)
                .step_by(10)
                .find_map(|ago| self.service.active_at(role, self.now - Duration::seconds(ago)));
            let instance = recently.unwrap_or_else(|| panic!("{role} shown as active at {}, but is not", self.now));
            // Until the list shows the instance, the end follows from what was asked and when.
            let listed = self.disk.grants[&row.id].instance.is_some();
            let slack = if listed { Duration::zero() } else { self.service.provisioning + Duration::seconds(100) };
            let end = row.end.unwrap();
            assert!((end - instance.end).abs() <= slack, "{role} ends at {}, shown {end}", instance.end);
        }
    }

    pub fn rows(&self) -> Vec<ActiveRow> {
        self.machine.view(self.now).active
    }

    pub fn row(&self, role: &str) -> Option<ActiveRow> {
        self.rows().into_iter().find(|row| row.id == id(role))
    }

    pub fn state(&self, role: &str) -> Option<RowState> {
        self.row(role).map(|row| row.state)
    }

    pub fn eligible(&self, role: &str) -> EligibleRow {
        self.machine.view(self.now).eligible.into_iter().find(|row| row.id == id(role)).unwrap()
    }

    pub fn failure(&self, role: &str) -> Option<String> {
        match self.state(role) {
            Some(RowState::Failed { problem }) => Some(problem.code),
            _ => None,
        }
    }

    pub fn notes(&self) -> Vec<&Notify> {
        let notes = self.told.iter().filter_map(|told| match told {
            Notification::Notify(note) => Some(note),
            Notification::Withdraw { .. } => None,
        });
        notes.collect()
    }

    /// Notifications on the screen.
    pub fn hanging(&self) -> BTreeSet<&str> {
        let mut hanging = BTreeSet::new();
        for told in &self.told {
            match told {
                Notification::Notify(note) => hanging.insert(note.tag.as_str()),
                Notification::Withdraw { tag } => hanging.remove(tag.as_str()),
            };
        }
        hanging
    }
}

//! Promise R8: accounts and tenants are switched in mid-request, and no row is ever shown, and nothing ever done, under the
//! wrong account. Every account has roles with the same keys; names, reasons and principals say whose they are.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    fmt::Write as _,
    sync::Arc,
};

use chrono::{DateTime, Duration, Offset, Utc};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use uuid::Uuid;

use super::{account, noon, shown, to, view};
use crate::{
    agent::house::roster::{Roster, Route},
    codes,
    elevation::{Effect, Elevation, Event, Known, Listed, Notification, NotificationAction, Notify, Options},
    failure::Failure,
    journal::Memory,
    model::{Action, ActivationRequest, Assignment, Eligibility, Kind, RequestStatus, Requirements, RoleKey},
    view::{ActiveRow, Command, RequirementsView, RowState, Session, Settings, View},
};

/// Interleavings that are played.
const SEEDS: u64 = 10_000;
const STEPS: u32 = 30;
const ACCOUNTS: [&str; 3] = ["alpha", "beta", "gamma"];
const ROLES: [&str; 2] = ["reader", "writer"];

pub fn active(name: &str, end: DateTime<Utc>) -> ActiveRow {
    ActiveRow {
        id: name.into(),
        kind: Kind::DirectoryRole,
        name: name.into(),
        scope: None,
        scope_path: Vec::new(),
        through_group: false,
        state: RowState::Active,
        start: None,
        end: Some(end),
        activated: true,
        deactivatable_from: None,
        reason: None,
        ticket: None,
        renewable: false,
        renewal_armed: false,
        renewal: None,
        extension: None,
        effect: None,
        hints: Vec::new(),
        requirements: RequirementsView::default(),
        problem: None,
    }
}

fn key(role: &str) -> RoleKey {
    RoleKey::directory(role, "/")
}

/// One account's agent, with its service and everything that is under way between them.
struct Agent {
    account: &'static str,
    machine: Option<Elevation>,
    memory: Memory,
    known: Option<Known>,
    orders: VecDeque<Command>,
    /// Answers that have not come yet: they come in any order.
    answers: Vec<Event>,
    /// Told, and not taken note of by the house yet.
    views: VecDeque<Arc<View>>,
    notes: VecDeque<Notification>,
    /// What the service holds, by role, with its end.
    held: BTreeMap<String, DateTime<Utc>>,
}

impl Agent {
    fn new(account: &'static str) -> Self {
        let mut agent = Self {
            account,
            machine: None,
            memory: Memory::default(),
            known: None,
            orders: VecDeque::new(),
            answers: Vec::new(),
            views: VecDeque::new(),
            notes: VecDeque::new(),
            held: BTreeMap::new(),
        };
        agent.enter(noon());
        agent
    }

    fn enter(&mut self, now: DateTime<Utc>) {
        let options = Options {
            warn: Duration::minutes(5),
            history: Duration::days(730),
            details: true,
            clock_time: |time| time.format("%H:%M").to_string(),
            local_date: |time| time.format("%Y-%m-%d").to_string(),
            request_id: Uuid::new_v4,
            zone: |_| Utc.fix(),
            renews_until: None,
            day_ends: None,
            kept: None,
        };
        if self.machine.is_none() {
            let memory = std::mem::take(&mut self.memory);
            self.machine = Some(Elevation::new(memory, self.known.take(), options, now));
        }
        self.handle(Event::Command(Command::Refresh), now);
    }

    /// The session is over: whatever comes now comes too late.
    fn lose(&mut self, now: DateTime<Utc>) {
        self.answers.clear();
        if let Some(mut machine) = self.machine.take() {
            self.notes.extend(machine.farewell());
            self.known = Some(machine.known());
            self.memory = machine.into_memory();
        }
        self.tell(now);
    }

    fn handle(&mut self, event: Event, now: DateTime<Utc>) {
        let Some(machine) = &mut self.machine else { return };
        for effect in machine.handle(event, now) {
            let answer = self.carry_out(effect, now);
            self.answers.extend(answer);
        }
        self.tell(now);
    }

    fn carry_out(&mut self, effect: Effect, now: DateTime<Utc>) -> Option<Event> {
        let named = |role: &str| format!("{} {role}", self.account);
        Some(match effect {
            Effect::Record(call, _) => Event::Recorded(call, Ok(())),
            Effect::Submit(call, activations, _) => {
                let requests = activations.iter().map(|activation| {
                    assert_eq!(activation.principal_id, self.account, "sent in somebody else's name");
                    assert_eq!(activation.justification, self.account, "asked for under another account");
                    let end = now + activation.duration;
                    self.held.insert(activation.key.role_definition_id.clone(), end);
                    let (key, status) = (activation.key.clone(), RequestStatus::Provisioned);
                    let request = ActivationRequest::new(Uuid::new_v4(), key, Action::SelfActivate, status);
                    Ok(ActivationRequest { created: Some(now), start: Some(now), end: Some(end), ..request })
                });
                Event::Submitted(call, requests.collect())
            }
            Effect::Deactivate(call, deactivation, _) => {
                assert_eq!(deactivation.principal_id, self.account, "ended in somebody else's name");
                self.held.remove(&deactivation.key.role_definition_id);
                let (key, status) = (deactivation.key, RequestStatus::Revoked);
                Event::Deactivated(
                    call,
                    Ok(ActivationRequest::new(Uuid::new_v4(), key, Action::SelfDeactivate, status)),
                )
            }
            Effect::ReadEligible(call, kind, _) => {
                let roles = ROLES.iter().filter(|_| kind == Kind::DirectoryRole);
                let rows = roles.map(|role| Eligibility::new(key(role), *role, named(role), self.account));
                Event::Eligible(call, Ok(Listed::all(rows.collect())))
            }
            Effect::ReadActive(call, kind, _) => {
                let held = self.held.iter().filter(|(_, end)| kind == Kind::DirectoryRole && **end > now);
                let rows = held.map(|(role, end)| Assignment {
                    start: Some(*end - Duration::minutes(30)),
                    end: Some(*end),
                    ..Assignment::new(key(role), role, named(role))
                });
                Event::Active(call, Ok(Listed::all(rows.collect())))
            }
            Effect::ReadPolicies(call, ..) => {
                let known = || Requirements { known: true, ..Requirements::default() };
                let policies: HashMap<_, _> = ROLES.iter().map(|role| (key(role).policy_id(), known())).collect();
                Event::Policies(call, Ok(Listed::all(policies)))
            }
            Effect::LookUp(call, _) => Event::LookedUp(call, Ok(Vec::new())),
            Effect::Poll(call, ..) => Event::Polled(call, Err(Failure::Refused(codes::ours(codes::UNEXPECTED, None)))),
            Effect::Cancel(call, ..) => Event::Cancelled(call, Ok(())),
            Effect::Tell(note) => {
                self.notes.push_back(note);
                return None;
            }
            _ => return None,
        })
    }

    /// As the real one does: its own row beside its rows.
    fn tell(&mut self, now: DateTime<Utc>) {
        let session = match &self.machine {
            Some(_) => Session::SignedIn { account: account(self.account) },
            None => Session::SignedOut { reason: Some(codes::ours(codes::SIGNED_OUT, None)) },
        };
        let mut told = view(self.account, session);
        told.now = now;
        if let Some(machine) = &self.machine {
            let rows = machine.view(now);
            (told.active, told.eligible, told.recent_reasons) = (rows.active, rows.eligible, rows.recent_reasons);
            told.undo = rows.undo;
        }
        self.views.push_back(Arc::new(told));
    }
}

struct World {
    chance: ChaCha8Rng,
    now: DateTime<Utc>,
    roster: Roster,
    agents: BTreeMap<&'static str, Agent>,
    /// On their way to the house: from the window, the tray, notifications.
    commands: VecDeque<Command>,
    /// What was shown lately: whoever clicks may have looked at any of them.
    seen: VecDeque<View>,
    /// On the screen: tag, and where its button leads.
    hanging: Vec<Notify>,
    forms: BTreeMap<u32, String>,
    story: String,
    /// How much was put to the test.
    checked: Checked,
}

#[derive(Default)]
struct Checked {
    rows: usize,
    actions: usize,
    late: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            chance: ChaCha8Rng::seed_from_u64(seed),
            now: noon(),
            roster: Roster::default(),
            agents: BTreeMap::new(),
            commands: VecDeque::new(),
            seen: VecDeque::new(),
            hanging: Vec::new(),
            forms: BTreeMap::new(),
            story: String::new(),
            checked: Checked::default(),
        };
        for account in ["alpha", "beta"] {
            world.admit(account);
            world.settle(account);
        }
        world
    }

    fn play(&mut self) {
        for _ in 0..STEPS {
            self.step();
            self.now += Duration::seconds(1);
            self.look();
        }
    }

    fn up_to(&mut self, n: usize) -> usize {
        usize::try_from(self.chance.next_u32()).expect("fits") % n
    }

    fn anybody(&mut self) -> &'static str {
        ACCOUNTS[self.up_to(ACCOUNTS.len())]
    }

    fn step(&mut self) {
        let (account, choice) = (self.anybody(), self.up_to(16));
        let _ = writeln!(self.story, "{account} {choice}");
        match choice {
            0..3 => self.click(),
            3 => self.commands.push_back(Command::SelectAccount { account: account.into() }),
            4..7 => (0..2).for_each(|_| self.route()),
            7..10 => (0..4).for_each(|_| self.agent_works(account)),
            10..13 => self.house_listens(account),
            13 => self.press(),
            14 if self.up_to(3) == 0 => self.commands.push_back(to(account, Command::SignOut)),
            14 => {
                let now = self.now;
                if let Some(agent) = self.agents.get_mut(account) {
                    agent.lose(now);
                }
            }
            _ => {
                self.admit(account);
                if self.up_to(2) == 0 {
                    self.settle(account);
                }
            }
        }
    }

    /// Somebody has signed in: a new account, or one that goes on.
    fn admit(&mut self, account: &'static str) {
        let now = self.now;
        if let Some(agent) = self.agents.get_mut(account) {
            agent.enter(now);
        } else {
            let agent = Agent::new(account);
            self.roster.admit(account, None, agent.views.back().expect("a first view").clone());
            self.agents.insert(account, agent);
        }
        self.roster.select(account);
    }

    /// The person does something under a view that was shown lately.
    fn click(&mut self) {
        if self.seen.is_empty() {
            return;
        }
        let (at, wish) = (self.up_to(self.seen.len()), self.up_to(4));
        let view = self.seen[at].clone();
        let Some(shown) = view.accounts.iter().find(|row| row.current) else { return };
        let whose = shown.account.id.clone();
        let eligible = (!view.eligible.is_empty()).then(|| self.up_to(view.eligible.len()));
        let active = (!view.active.is_empty()).then(|| self.up_to(view.active.len()));
        let command = match (wish, eligible, active) {
            (0 | 1, Some(row), _) => Command::Activate {
                id: view.eligible[row].id.clone(),
                minutes: 30,
                reason: whose.clone(),
                ticket: None,
                undoable: wish == 1,
                start: None,
                scope: None,
            },
            (2, _, Some(row)) => Command::Deactivate { id: view.active[row].id.clone() },
            (3, Some(row), _) => Command::OpenForm { id: view.eligible[row].id.clone() },
            _ => Command::Refresh,
        };
        self.commands.push_back(to(&whose, command));
    }

    /// The house takes the next command.
    fn route(&mut self) {
        let Some(command) = self.commands.pop_front() else { return };
        let Command::For { account: meant, .. } = command.clone() else {
            if let Route::House(_, Command::SelectAccount { account }) = self.roster.route(command) {
                self.roster.select(&account);
            }
            return;
        };
        let late = self.roster.current() != Some(meant.as_str());
        match self.roster.route(command) {
            Route::Agent(account, command) => {
                assert_eq!(account, meant, "said to somebody else");
                self.checked.late += usize::from(late);
                self.agents.get_mut(account.as_str()).expect("those who are there").orders.push_back(command);
            }
            Route::House(to, Command::OpenForm { id }) => {
                let account = to.account().expect("named").to_owned();
                assert_eq!(account, meant, "opened under somebody else");
                self.roster.open_form(&account, id, false);
                let form = self.shown().open_form.expect("just asked for");
                assert_eq!(self.forms.insert(form.serial, account), None, "a serial was given twice");
            }
            Route::House(to, Command::SignOut) => {
                let account = to.account().expect("named").to_owned();
                assert_eq!(account, meant, "signed somebody else out");
                self.agents.remove(account.as_str());
                self.roster.remove(&account);
            }
            Route::House(..) => panic!("nothing else was said"),
            Route::Nowhere => assert!(!self.roster.has(&meant)),
        }
    }

    /// Nothing is under way any more.
    fn settle(&mut self, account: &str) {
        let now = self.now;
        let agent = self.agents.get_mut(account).expect("somebody");
        while let Some(answer) = agent.answers.pop() {
            agent.handle(answer, now);
        }
        while !self.agents[account].views.is_empty() {
            self.house_listens(account);
        }
    }

    fn agent_works(&mut self, account: &str) {
        let now = self.now;
        let pick = self.chance.next_u32();
        let Some(agent) = self.agents.get_mut(account) else { return };
        let event = if pick.is_multiple_of(2) && !agent.answers.is_empty() {
            let at = usize::try_from(pick / 2).expect("fits") % agent.answers.len();
            agent.answers.swap_remove(at)
        } else if let Some(order) = agent.orders.pop_front() {
            self.checked.actions += 1;
            Event::Command(order)
        } else {
            Event::Tick
        };
        agent.handle(event, now);
    }

    fn house_listens(&mut self, account: &str) {
        let Some(agent) = self.agents.get_mut(account) else { return };
        if let Some(view) = agent.views.pop_front() {
            self.roster.told(account, view);
        }
        let settings = Settings::default();
        while let Some(note) = agent.notes.pop_front() {
            match self.roster.address(account, note, &settings) {
                Notification::Notify(note) => {
                    assert!(note.tag.starts_with(account), "it would replace somebody else's");
                    self.hanging.retain(|each| each.tag != note.tag);
                    self.hanging.push(note);
                }
                Notification::Withdraw { tag } => {
                    assert!(tag.starts_with(account), "it would take somebody else's back");
                    self.hanging.retain(|each| each.tag != tag);
                }
            }
        }
    }

    /// A button of a notification is pressed.
    fn press(&mut self) {
        if self.hanging.is_empty() {
            return;
        }
        let at = self.up_to(self.hanging.len());
        let note = self.hanging[at].clone();
        for action in note.actions {
            if let NotificationAction::Reactivate { account, id } = action {
                let account = account.expect("it says whose it is");
                assert!(note.tag.starts_with(&account));
                self.commands.push_back(to(&account, Command::OpenForm { id }));
            }
        }
    }

    fn shown(&self) -> View {
        shown(&self.roster)
    }

    /// What is shown, row by row.
    fn look(&mut self) {
        let view = self.shown();
        let current = view.accounts.iter().find(|row| row.current).map(|row| row.account.id.clone());
        let whose = current.clone().unwrap_or_default();
        let own = |name: &str| name.starts_with(&whose) && !whose.is_empty();
        let names = view.active.iter().map(|row| &row.name).chain(view.eligible.iter().map(|row| &row.name));
        for name in names.chain(view.undo.iter().map(|undo| &undo.name)) {
            assert!(own(name), "{name} under {whose}");
            self.checked.rows += 1;
        }
        for row in &view.active {
            assert!(row.reason.as_ref().is_none_or(|reason| *reason == whose), "{row:?} under {whose}");
        }
        assert!(view.recent_reasons.iter().all(|reason| *reason == whose), "{:?}", view.recent_reasons);
        for other in &view.accounts {
            for row in &other.active {
                assert!(row.name.starts_with(&other.account.id), "{} under {}", row.name, other.account.id);
                self.checked.rows += 1;
            }
            assert!(!other.current || other.active.is_empty());
        }
        if let Session::SignedIn { account } = &view.session {
            assert_eq!(Some(&account.id), current.as_ref());
        }
        if let Some(form) = &view.open_form {
            assert_eq!(self.forms.get(&form.serial), current.as_ref(), "somebody else's form");
        }
        let ids: BTreeSet<_> = view.accounts.iter().map(|row| &row.account.id).collect();
        assert_eq!(ids.len(), view.accounts.len(), "doubled");
        self.seen.push_back(view);
        if self.seen.len() > 4 {
            self.seen.pop_front();
        }
    }
}

#[test]
fn ten_thousand_interleavings_mix_no_rows_and_no_actions() {
    let mut all = Checked::default();
    for seed in 0..SEEDS {
        let mut world = World::new(seed);
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.play()));
        if let Err(reason) = played {
            eprintln!("seed {seed}:\n{}", world.story);
            std::panic::resume_unwind(reason);
        }
        all.rows += world.checked.rows;
        all.actions += world.checked.actions;
        all.late += world.checked.late;
    }
    println!(
        "{SEEDS} interleavings: {} rows shown, {} actions taken, {} of them said to an account that was not shown any more; \
         0 under the wrong account",
        all.rows, all.actions, all.late
    );
    assert!(all.rows > 100_000 && all.actions > 10_000 && all.late > 2_000);
}

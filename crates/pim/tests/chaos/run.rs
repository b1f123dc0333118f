//! Plays a plan, lets everything settle, and gathers the evidence.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::TimeDelta;
use pim::{
    journal::{Journal, Outcome},
    model::Ticket,
    paths::Paths,
    view::{ActiveRow, Command, RowState, Session},
};
use tenant::{
    pim::{Action, AssignmentType, Side, Status},
    scenario::{Access, Scope},
};
use uuid::Uuid;

use crate::{
    check::{Commit, Evidence, Fate, Intent, PROMISED, State, Told, agree},
    plan::{Move, Plan, Step},
    world::{World, listed},
};

/// How often the settling world is looked at, milliseconds.
const LOOK: u32 = 1_000;

/// What came of a plan.
pub struct Outcomes {
    pub evidence: Evidence,
    pub kills: usize,
    /// Requests that a fault met.
    pub faults: usize,
    pub requests: usize,
    /// What happened, for the reader of a failure.
    pub story: String,
}

struct Player {
    world: World,
    intents: Vec<Intent>,
    actions: usize,
    story: String,
}

pub async fn play(plan: &Plan) -> Outcomes {
    let world = World::new(plan).await;
    let mut player = Player { world, intents: Vec::new(), actions: 0, story: String::new() };
    let Plan { cast, list_lag, provisioning, queued, .. } = plan;
    let kind = cast.kind;
    let _ = writeln!(player.story, "{kind:?}: lists lag {list_lag} s, provisioning {provisioning} s, queued {queued}");
    for step in &plan.moves {
        player.take(step).await;
    }
    player.world.tenant.app().faults.clear();
    // What is under way on the service's side is done with first: lists lag from then on.
    player.world.pass(plan.longest_delay.max(plan.provisioning * 1_000)).await;
    player.settle().await
}

impl Player {
    async fn take(&mut self, Move { step, kill }: &Move) {
        let _ = writeln!(self.story, "{} {step:?} {kill:?}", self.world.now().format("%H:%M:%S%.3f"));
        let before = self.world.last_request();
        match step {
            Step::Activate { role, minutes, undoable } => self.activate(*role, *minutes, *undoable),
            Step::Batch { roles, minutes } => {
                for role in roles {
                    self.activate(*role, *minutes, false);
                }
            }
            Step::Undo(role) => {
                self.take_back(*role);
                self.send(Command::Undo { id: self.world.id(*role) });
            }
            Step::Deactivate(role) => {
                self.actions += 1;
                self.send(Command::Deactivate { id: self.world.id(*role) });
            }
            Step::Restart { role, minutes } => {
                // Offered for what is active only, and for nothing that is being ended.
                let (view, label) = (self.world.agent.view(), self.world.label(*role));
                let active = self.world.active(&view, label);
                let offered = active.is_some_and(|row| row.state == RowState::Active);
                let (id, reason) = (self.world.id(*role), self.wanted(*role));
                self.intents.last_mut().expect("just wanted").told = !offered;
                self.send(Command::RestartNow {
                    id,
                    minutes: *minutes,
                    reason,
                    ticket: Some(ticket()),
                    confirmed: true,
                });
            }
            Step::Arm(role, armed) => self.arm(*role, *armed),
            Step::Cancel(role) => {
                self.take_back(*role);
                self.send(Command::CancelRequest { id: self.world.id(*role) });
            }
            Step::Decide { approve } => self.decide(*approve),
            Step::Refresh => self.send(Command::Refresh),
            Step::Pass(milliseconds) => self.world.pass(*milliseconds).await,
            Step::Fault(rule) => self.world.tenant.app().faults.add(rule.clone()),
            Step::Calm => self.world.tenant.app().faults.clear(),
        }
        if let Some(kill) = kill {
            self.world.until(*kill, before).await;
            self.kill();
        } else {
            self.world.quiet().await;
        }
        self.look();
    }

    fn send(&self, command: Command) {
        self.world.agent.send(command);
    }

    /// A new intent; its reason.
    fn wanted(&mut self, role: usize) -> String {
        let tag = format!("tag-{:04}", self.intents.len());
        let role = self.world.label(role);
        self.actions += 1;
        // Not offered, or "active or on its way already": an answer, too.
        let told = self.world.eligible(&self.world.agent.view(), role).is_none_or(|row| row.engaged);
        let intent = Intent { tag: tag.clone(), role, armed: false, told, taken_back: false, cut: false };
        self.intents.push(intent);
        tag
    }

    fn activate(&mut self, role: usize, minutes: u32, undoable: bool) {
        let (id, reason) = (self.world.id(role), self.wanted(role));
        let ticket = Some(ticket());
        self.send(Command::Activate { id, minutes, reason, ticket, undoable, start: None, scope: None });
    }

    /// What is not in the journal yet may be taken back.
    fn take_back(&mut self, role: usize) {
        let (journal, role) = (self.world.journal(), self.world.label(role));
        for intent in self.intents.iter_mut().filter(|intent| intent.role == role) {
            intent.taken_back |= !journal.contains(&intent.tag);
        }
    }

    fn arm(&mut self, role: usize, armed: bool) {
        let view = self.world.agent.view();
        let row = self.world.active(&view, self.world.label(role));
        let row = row.filter(|row| row.activated && row.state == RowState::Active);
        if let Some(reason) = row.and_then(|row| row.reason.clone()) {
            for intent in self.intents.iter_mut().filter(|intent| intent.tag == reason) {
                intent.armed |= armed;
            }
            // What has to be proven for it is proven now.
            self.actions += usize::from(armed);
            self.send(Command::ArmRenewal { id: self.world.id(role), armed });
        }
    }

    /// The approver decides on what waits.
    fn decide(&self, approve: bool) {
        let app = self.world.tenant.app();
        app.with_pim(|pim, now| {
            let waits = |request: &&tenant::pim::Request| request.status == Status::PendingApproval;
            let Some(id) = pim.requests(Side::Assignment).find(waits).map(|request| request.id) else { return };
            if let Some(approver) = pim.an_approver(&app.scenario, id, now) {
                pim.decide(&app.scenario, approver, id, approve, "Reviewed", now).expect("it may be decided");
            }
        });
    }

    fn kill(&mut self) {
        self.look();
        self.world.kill();
        let journal = self.world.journal();
        for intent in &mut self.intents {
            intent.cut |= !journal.contains(&intent.tag);
        }
    }

    /// What does the user see?
    fn look(&mut self) {
        let view = self.world.agent.view();
        for intent in self.intents.iter_mut().filter(|intent| !intent.told) {
            let refused = self.world.eligible(&view, intent.role).is_some_and(|row| row.problem.is_some());
            let active = self.world.active(&view, intent.role);
            intent.told |= refused
                || active.is_some_and(|row| row.problem.is_some() || matches!(row.state, RowState::Failed { .. }));
        }
    }

    /// The time that passes while everything shown is true and the service itself is still provisioning is the service's, not
    /// the client's.
    async fn settle(mut self) -> Outcomes {
        let began = self.world.now();
        let (mut settled_after, mut services) = (None, TimeDelta::zero());
        while self.world.now() <= began + services + PROMISED + TimeDelta::minutes(2) {
            self.world.quiet().await;
            self.look();
            let (right, provisioning) = self.standing();
            if right && !provisioning {
                settled_after = Some(self.world.now() - began - services);
                break;
            }
            let before = self.world.now();
            self.world.pass(LOOK).await;
            if right {
                services += self.world.now() - before;
            }
        }
        let _ = writeln!(self.story, "{} settled {settled_after:?}", self.world.now().format("%H:%M:%S%.3f"));
        // Nor does it change its mind.
        self.world.pass(20_000).await;
        self.look();
        self.evidence(settled_after).await
    }

    /// Is everything shown as it is? Is something being provisioned?
    fn standing(&self) -> (bool, bool) {
        let view = self.world.agent.view();
        let truth = truth(&self.world);
        let shown = |label: &str| shown(self.world.active(&view, label));
        let all: Vec<_> = truth.iter().map(|(label, truth)| (shown(label), *truth)).collect();
        let right = listed(&view) && view.undo.is_none() && all.iter().all(|(shown, truth)| agree(*shown, *truth));
        (right, all.iter().any(|(shown, _)| *shown == State::Provisioning))
    }

    async fn evidence(self, settled_after: Option<TimeDelta>) -> Outcomes {
        let view = self.world.agent.view();
        let labels = self.world.cast.roles.map(|role| role.label);
        let shown = labels.into_iter().map(|label| (label, shown(self.world.active(&view, label)))).collect();
        let mut story = self.story;
        for row in view.active.iter().filter(|row| row.activated || row.state != RowState::Active) {
            let _ = writeln!(story, "shown: {} {:?} {:?} until {:?}", row.name, row.reason, row.state, row.end);
        }
        if !matches!(view.session, Session::SignedIn { .. }) {
            let _ = writeln!(story, "shown: {:?}", view.session);
        }
        let _ = writeln!(story, "list: {:?}, undo: {:?}", view.list, view.undo);
        let (truth, prompts, kills) =
            (truth(&self.world), self.world.browsers() - self.world.sign_ins, self.world.kills);
        let log = self.world.tenant.app().requests.after(0);
        for entry in &log {
            let _ = writeln!(
                story,
                "{} {} {} -> {} {:?}",
                entry.at.format("%H:%M:%S%.3f"),
                entry.method,
                entry.path,
                entry.status,
                entry.fault
            );
        }
        let (tenant, home) = self.world.end().await;
        for entry in tenant.app().ledger.entries() {
            let _ = writeln!(story, "ledger: {} {} {}", entry.at.format("%H:%M:%S%.3f"), entry.event, entry.details);
        }
        let commits = commits(&tenant);
        let evidence = Evidence {
            intents: self.intents,
            commits,
            journal: journal(home.path()),
            shown,
            truth,
            settled_after,
            prompts,
            actions: self.actions,
        };
        let faults = log.iter().filter(|entry| entry.fault.is_some()).count();
        Outcomes { evidence, kills, faults, requests: log.len(), story }
    }
}

/// Some want one; the others do not mind.
fn ticket() -> Ticket {
    Ticket { number: "INC-1".into(), system: "SNOW".into() }
}

fn shown(row: Option<&ActiveRow>) -> State {
    match row {
        None => State::Idle,
        // It is active, and what becomes of the next one is still being found out.
        Some(ActiveRow { renewal: Some(renewal), .. })
            if renewal.pending.as_ref().is_some_and(|pending| *pending != RowState::Scheduled) =>
        {
            State::Unsettled
        }
        Some(row) => match (&row.state, row.end) {
            (RowState::Active, Some(end)) => State::Active { end },
            (RowState::WaitingForApproval { .. }, _) => State::Waiting,
            (RowState::Provisioning, _) => State::Provisioning,
            (RowState::Failed { .. }, _) => State::Failed,
            _ => State::Unsettled,
        },
    }
}

/// How it really is.
fn truth(world: &World) -> BTreeMap<&'static str, State> {
    let app = world.tenant.app();
    let mut truth: BTreeMap<_, _> = world.cast.roles.iter().map(|role| (role.label, State::Idle)).collect();
    let name = |role: Uuid, scope: Scope| {
        // As the client calls it.
        let id = match scope {
            Scope::Group(group) => {
                let access = if role == Access::Owner.role() { "owner" } else { "member" };
                format!("group|{access}|{group}|")
            }
            Scope::Azure(id) => {
                let path = &app.scenario.azure.scope(id).expect("a scope of the scenario").path;
                format!("azureresource|{role}|{}|", path.to_lowercase())
            }
            scope => format!("directoryrole|{role}|{scope}|"),
        };
        world.ids.iter().find(|(_, known)| **known == id).map(|(label, _)| *label)
    };
    app.with_pim(|pim, now| {
        for request in pim.requests(Side::Assignment).filter(|request| request.is_pending()) {
            if let Some(role) = name(request.role, request.scope) {
                let waits = request.status == Status::PendingApproval;
                truth.insert(role, if waits { State::Waiting } else { State::Provisioning });
            }
        }
        for held in pim.schedules(Side::Assignment, now) {
            if let (AssignmentType::Activated, Some(role), Some(end), true) =
                (held.assignment_type, name(held.role, held.scope), held.end, held.in_effect(now))
            {
                truth.insert(role, State::Active { end });
            }
        }
    });
    truth
}

/// The tenant's ledger: what was activated, and how it ended.
fn commits(tenant: &tenant::Running) -> Vec<Commit> {
    let app = tenant.app();
    app.with_pim(|pim, _| {
        let ledger = app.ledger.entries();
        let activations = ledger.iter().filter(|entry| entry.event == "selfActivate");
        let commit = |entry: &tenant::ledger::Entry| {
            let id: Uuid = entry.details["requestId"].as_str().and_then(|id| id.parse().ok()).expect("an id");
            let request = pim.request(id).expect("a request in the ledger");
            assert_eq!(request.action, Action::SelfActivate);
            let held = request.target_schedule.as_ref().and_then(|id| pim.schedule(Side::Assignment, id));
            let fate = match request.status {
                Status::Provisioned => Fate::Granted,
                Status::Denied | Status::Canceled | Status::TimedOut => Fate::Refused,
                _ => Fate::Waiting,
            };
            // Asked for beforehand: it is there from its start on.
            let at = held.map_or(entry.at, |held| held.start.max(entry.at));
            let over = held.and_then(|held| held.removed.or(held.end)).or(request.completed);
            Commit { tag: request.justification.clone().unwrap_or_default(), at, over, fate }
        };
        activations.map(commit).collect()
    })
}

/// What the journal says became of each intent.
fn journal(home: &std::path::Path) -> Vec<(String, Told)> {
    let (journal, notice) =
        Journal::open(&Paths::within(home), std::time::Duration::from_secs(1), chrono::DateTime::UNIX_EPOCH)
            .expect("the journal can be read");
    assert!(notice.is_none(), "{notice:?}");
    let mut told = Vec::new();
    for memory in journal.memories().into_values() {
        for past in &memory.history {
            let outcome = match past.outcome {
                Outcome::Granted => Told::Granted,
                Outcome::Failed { .. } | Outcome::Denied { .. } => Told::Failed,
                Outcome::NotSent => Told::NotSent,
                Outcome::Cancelled => Told::Cancelled,
            };
            told.push((past.intent.activation.justification.clone(), outcome));
        }
        told.extend(memory.intents.values().map(|intent| (intent.activation.justification.clone(), Told::Open)));
    }
    told
}

//! What a person, a network and a crash do, drawn by seed.

use pim::model::Kind;
use rsa::rand_core::{RngCore, SeedableRng};
use tenant::faults::{Fault, Rule};

/// A role in play.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    pub name: &'static str,
    pub scope: Option<&'static str>,
    /// Unlike that of any other.
    pub label: &'static str,
}

/// The roles in play, all of one kind. Each asks for something else: a reason; nothing; a reason or a ticket; multifactor
/// authentication; an authentication context; an approval.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    pub kind: Kind,
    pub roles: [Role; 6],
}

const fn role(name: &'static str) -> Role {
    Role { name, scope: None, label: name }
}

const fn at(name: &'static str, scope: &'static str, label: &'static str) -> Role {
    Role { name, scope: Some(scope), label }
}

const DIRECTORY: Cast = Cast {
    kind: Kind::DirectoryRole,
    roles: [
        role("Global Reader"),
        role("Reports Reader"),
        role("Security Reader"),
        role("User Administrator"),
        role("Security Administrator"),
        role("Global Administrator"),
    ],
};
const GROUPS: Cast = Cast {
    kind: Kind::Group,
    roles: [
        at("Warehouse Dashboards", "Owner", "owner of Warehouse Dashboards"),
        at("Warehouse Dashboards", "Member", "Warehouse Dashboards"),
        at("Deployment Approvers", "Member", "Deployment Approvers"),
        at("Identity Operators", "Member", "Identity Operators"),
        at("Production Operators", "Member", "Production Operators"),
        at("Payroll Readers", "Member", "Payroll Readers"),
    ],
};
const AZURE: Cast = Cast {
    kind: Kind::AzureResource,
    roles: [
        at("Virtual Machine Contributor", "rg-erp-prod", "Virtual Machine Contributor"),
        at("Contributor", "rg-sandbox", "Contributor, sandbox"),
        // Through a group.
        at("Scanner Fleet Operator", "Warehouse Systems", "Scanner Fleet Operator"),
        at("Contributor", "Warehouse Systems", "Contributor, warehouses"),
        at("User Access Administrator", "Development and Test", "User Access Administrator"),
        at("Owner", "Connectivity", "Owner"),
    ],
};
/// The one that somebody has to approve.
pub const GATED: usize = 5;
/// Groups and Azure have a share of the seeds each.
pub const CASTS: [Cast; 5] = [DIRECTORY, DIRECTORY, GROUPS, DIRECTORY, AZURE];

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    Activate {
        role: usize,
        minutes: u32,
        undoable: bool,
    },
    /// Several in the same breath: they leave as one batch.
    Batch {
        roles: Vec<usize>,
        minutes: u32,
    },
    Undo(usize),
    Deactivate(usize),
    Restart {
        role: usize,
        minutes: u32,
    },
    Arm(usize, bool),
    Cancel(usize),
    Decide {
        approve: bool,
    },
    Refresh,
    /// Tenant time passes, milliseconds.
    Pass(u32),
    Fault(Rule),
    /// The network is well again.
    Calm,
}

/// When the process is killed, counted from the beginning of a step.
#[derive(Clone, Copy, Debug)]
pub enum Kill {
    /// After so many turns of the scheduler.
    Turns(u32),
    /// When the tenant has carried out so many requests; the answer to the last one is not read any more.
    Requests(usize),
}

/// A step, and whether the process is killed in the middle of it.
#[derive(Clone, Debug)]
pub struct Move {
    pub step: Step,
    pub kill: Option<Kill>,
}

/// A whole run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub cast: Cast,
    /// Seconds that lists lag behind.
    pub list_lag: u32,
    /// Seconds until an activation is provisioned.
    pub provisioning: u32,
    /// What starts after a running activation's end is taken while that runs.
    pub queued: bool,
    /// An answer may be under way this much longer than the faults last, milliseconds.
    pub longest_delay: u32,
    pub moves: Vec<Move>,
}

impl Plan {
    pub fn new(seed: u64) -> Self {
        let cast = CASTS[usize::try_from(seed % 5).expect("below five")];
        let mut dice = Dice { rng: rand_chacha::ChaCha8Rng::seed_from_u64(seed), kind: cast.kind };
        let list_lag = dice.pick(&[0, 0, 20, 60, 150, 180]);
        let provisioning = dice.pick(&[0, 0, 0, 2, 20, 90]);
        let mut moves = Vec::new();
        for _ in 0..6 + dice.below(14) {
            if dice.percent(35) {
                moves.push(Move { step: Step::Fault(dice.fault()), kill: None });
            }
            moves.push(dice.next_move());
        }
        let delays = moves.iter().filter_map(|next| match &next.step {
            Step::Fault(Rule { fault: Fault::Delay { milliseconds }, .. }) => u32::try_from(*milliseconds).ok(),
            _ => None,
        });
        let (queued, longest_delay) = (dice.percent(50), delays.max().unwrap_or(0));
        // Of each kind the same share.
        Self { cast, list_lag, provisioning, queued, longest_delay, moves }
    }
}

struct Dice {
    rng: rand_chacha::ChaCha8Rng,
    kind: Kind,
}

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.rng.next_u32() % limit
    }

    fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(u32::try_from(from.len()).expect("a short list")) as usize].clone()
    }

    fn role(&mut self) -> usize {
        self.pick(&[0, 0, 0, 1, 1, 2, 3, 4, GATED])
    }

    fn minutes(&mut self) -> u32 {
        self.pick(&[5, 6, 10, 20, 60])
    }

    fn next_move(&mut self) -> Move {
        let step = self.step();
        let interruptible = !matches!(step, Step::Pass(_) | Step::Fault(_) | Step::Calm | Step::Decide { .. });
        let chance = if interruptible { 14 } else { 3 };
        let kill = self.percent(chance).then(|| match self.below(5) {
            0 => Kill::Turns(self.below(12)),
            1 => Kill::Turns(self.below(120)),
            2 => Kill::Turns(self.below(700)),
            _ => Kill::Requests(self.between(1, 3) as usize),
        });
        Move { step, kill }
    }

    fn step(&mut self) -> Step {
        match self.below(100) {
            0..22 => Step::Activate { role: self.role(), minutes: self.minutes(), undoable: self.percent(15) },
            22..27 => {
                let first = self.below(3);
                let roles = (first..first + self.between(2, 3)).map(|role| role as usize).collect();
                Step::Batch { roles, minutes: self.minutes() }
            }
            27..29 => Step::Undo(self.role()),
            29..35 => Step::Deactivate(self.role()),
            35..42 => Step::Restart { role: self.role(), minutes: self.minutes() },
            42..48 => Step::Arm(self.role(), self.percent(80)),
            48..50 => Step::Cancel(GATED),
            50..53 => Step::Decide { approve: self.percent(70) },
            53..55 => Step::Refresh,
            55..76 => match self.below(4) {
                0 => Step::Pass(self.below(5_000)),
                1 => Step::Pass(self.below(60_000)),
                _ => Step::Pass(self.between(300_000, 900_000)),
            },
            76..98 => Step::Fault(self.fault()),
            _ => Step::Calm,
        }
    }

    fn fault(&mut self) -> Rule {
        // Of directory roles, too: these are the ends of their names.
        let (requests, instances) = ("assignmentScheduleRequests", "assignmentScheduleInstances");
        let (write, service, together) = match self.kind {
            Kind::DirectoryRole | Kind::Group => ("POST", "/graph/", "$batch"),
            Kind::AzureResource => ("PUT", "/arm/", "/arm/"),
        };
        let (method, path) = self.pick(&[
            (write, requests),
            (write, requests),
            (write, requests),
            (write, requests),
            (write, together),
            ("GET", requests),
            ("GET", requests),
            ("GET", instances),
            ("GET", service),
            (write, service),
            ("POST", "oauth2/v2.0/token"),
        ]);
        let fault = match self.below(13) {
            0 | 1 => Fault::DropBefore,
            2..=4 => Fault::DropAfter,
            5 => Fault::Truncate { bytes: self.below(400) as usize },
            6 => Fault::Delay { milliseconds: u64::from(self.between(50, 45_000)) },
            7 => Fault::Html,
            // Whoever redeems a token twice has something to explain: that is another test's.
            11 if service_call(path) => Fault::Twice,
            11 | 12 => Fault::Doubled,
            8 => Fault::Throttle { retry_after: self.between(1, 40), date: self.percent(30) },
            9 => match self.below(3) {
                0 => Fault::Unavailable { retry_after: None },
                1 => Fault::Unavailable { retry_after: Some(self.between(1, 40)) },
                _ => Fault::UnavailableAfter { retry_after: self.between(1, 40) },
            },
            _ => {
                let status = if self.percent(50) { 504 } else { 500 };
                Fault::Answer { status, headers: std::collections::BTreeMap::default(), body: serde_json::Value::Null }
            }
        };
        let times = if self.percent(70) { 1 } else { self.between(2, 12) };
        Rule { method: Some(method.into()), path: path.into(), after: self.pick(&[0, 0, 0, 1, 2]), times, fault }
    }
}

fn service_call(path: &str) -> bool {
    !path.contains("oauth2")
}

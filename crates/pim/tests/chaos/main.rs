//! One intent of the user, at most one activation, and none lost: the real agent against the simulated tenant over HTTP,
//! with a network that breaks and a process that is killed at any moment, by seed.
//!
//! `PIMENTO_SEEDS=100000` plays more seeds, `PIMENTO_SEED=4711` plays one and tells its story; together, so many from there.

mod check;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../agent/desk.rs"]
mod desk;
mod patience;
mod plan;
mod run;
#[path = "../support/mod.rs"]
mod support;
/// Not of the seeds, but it takes as long as they do, waits most of that time, and so runs beside them.
mod weeks;
mod world;

use std::{
    collections::BTreeMap,
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use chrono::TimeDelta;
use pim::model::Kind;

use check::{Verdict, judge};
use patience::Patience;
use plan::Plan;
use run::Outcomes;

/// Seeds played where nobody says otherwise.
const SEEDS: u64 = 1_000;

/// Seeds in which everything happens that can.
const ENOUGH: usize = 100;

#[derive(Default)]
struct Figures {
    seeds: usize,
    intents: usize,
    commits: usize,
    kills: usize,
    faults: usize,
    requests: usize,
    settled: TimeDelta,
    lost: usize,
    doubled: usize,
    falsely_active: usize,
    falsely_failed: usize,
    unsettled: usize,
    prompts: usize,
    failures: Vec<String>,
    /// Activations committed.
    by_kind: BTreeMap<Kind, usize>,
}

impl Figures {
    fn add(&mut self, seed: u64, outcomes: &Outcomes, verdict: &Verdict) {
        self.seeds += 1;
        *self.by_kind.entry(plan::CASTS[usize::try_from(seed % 5).expect("below five")].kind).or_default() +=
            outcomes.evidence.commits.len();
        self.intents += outcomes.evidence.intents.len();
        self.commits += outcomes.evidence.commits.len();
        self.kills += outcomes.kills;
        self.faults += outcomes.faults;
        self.requests += outcomes.requests;
        self.settled = self.settled.max(outcomes.evidence.settled_after.unwrap_or_default());
        self.lost += verdict.lost.len();
        self.doubled += verdict.doubled.len();
        self.falsely_active += verdict.falsely_active.len();
        self.falsely_failed += verdict.falsely_failed.len();
        self.unsettled += verdict.unsettled.len();
        self.prompts += verdict.prompts.len();
        if *verdict != Verdict::default() {
            // What the threads of the system had a hand in may not come back when it is replayed.
            println!("{}", outcomes.story);
        }
        for (kind, words) in verdict.all() {
            let failure = format!("seed {seed}: {kind}: {words}");
            // At once: a long run may be stopped.
            println!("{failure}");
            self.failures.push(failure);
        }
    }
}

/// Plays one seed in a runtime of its own, whose time is virtual.
fn play(seed: u64) -> Outcomes {
    let patience = Patience::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        // The network is looked at often even while somebody counts turns.
        .event_interval(3)
        .on_thread_park(patience.hook())
        .build()
        .expect("a runtime");
    runtime.block_on(patience.during(run::play(&Plan::new(seed))))
}

fn seeds() -> std::ops::Range<u64> {
    let number = |name| env::var(name).ok().map(|text: String| text.parse().expect("a number"));
    match (number("PIMENTO_SEED"), number("PIMENTO_SEEDS")) {
        (Some(first), count) => first..first + count.unwrap_or(1),
        (None, count) => 0..count.unwrap_or(SEEDS),
    }
}

#[test]
fn one_intent_at_most_one_activation_and_none_lost() {
    let seeds = seeds();
    let (next, figures) = (AtomicU64::new(seeds.start), Mutex::new(Figures::default()));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if !seeds.contains(&seed) {
                        return;
                    }
                    let played = catch_unwind(AssertUnwindSafe(|| play(seed)));
                    let mut figures = figures.lock().expect("nobody panics with it");
                    match played {
                        Ok(outcomes) => {
                            if seeds.end - seeds.start == 1 {
                                println!("{}{:#?}", outcomes.story, outcomes.evidence);
                            }
                            figures.add(seed, &outcomes, &judge(&outcomes.evidence));
                        }
                        Err(_) => figures.failures.push(format!("seed {seed}: panicked")),
                    }
                }
            });
        }
    });
    let figures = figures.into_inner().expect("nobody panics with it");
    println!(
        "{} seeds: {} intents, {} activations committed, {} requests ({} met by faults), {} kills",
        figures.seeds, figures.intents, figures.commits, figures.requests, figures.faults, figures.kills
    );
    println!(
        "{} lost, {} doubled, {} falsely active, {} falsely failed, {} unsettled; settled within {} s of virtual time; \
         {} prompts too many",
        figures.lost,
        figures.doubled,
        figures.falsely_active,
        figures.falsely_failed,
        figures.unsettled,
        figures.settled.num_seconds(),
        figures.prompts
    );
    println!("committed by kind: {:?}", figures.by_kind);
    let failed = figures.failures.len();
    assert!(
        figures.failures.is_empty(),
        "{failed} failures; PIMENTO_SEED=n replays one.\n{}",
        figures.failures.join("\n")
    );
    // A run in which nothing happens proves nothing. Few seeds may be lucky.
    if figures.seeds >= ENOUGH {
        assert!(figures.commits > 0 && figures.kills > 0 && figures.faults > 0, "nothing has happened");
        for kind in Kind::ALL {
            assert!(figures.by_kind.get(&kind).is_some_and(|commits| *commits > 0), "no {kind:?} was activated");
        }
    }
}

//! The working day: at a time on the wall, or when the screen is locked, what is active is ended; reminders ask whether a role
//! is wanted; what can renew by itself is armed without a click.
//!
//! [`plan`] decides what is done when; here it is carried out, for everybody who is signed in, beside their agents. Nothing is
//! looked at by the clock: it sleeps until the next moment that the plan names, and looks again when a view changes.
//! The command line does none of this.

mod memory;
mod plan;
mod words;

use chrono::NaiveDate;
use tokio::sync::mpsc;

use self::{
    memory::Memory,
    plan::{Deed, Plan, Scene},
};
use crate::{
    agent::{ByItself, Handle, Notification},
    clock::Clock,
    paths::Paths,
    view::Command,
    wall::Zone,
};

/// A running day. Cheap to clone; it ends with the agent.
#[derive(Clone, Debug)]
pub struct Day(mpsc::UnboundedSender<Said>);

#[derive(Debug)]
enum Said {
    Keep(NaiveDate),
    Locked,
}

impl Day {
    /// Nothing is ended at the end of this day. Of another day than today it changes nothing.
    pub fn keep(&self, day: NaiveDate) {
        // After its end there is nothing left to keep.
        let _ = self.0.send(Said::Keep(day));
    }

    /// The screen was locked.
    pub fn locked(&self) {
        let _ = self.0.send(Said::Locked);
    }
}

/// Starts the working day of everybody who is signed in with `agent`. Returns the day, and the notifications to show.
pub fn start(agent: Handle, paths: Paths, clock: Clock, zone: Zone) -> (Day, mpsc::UnboundedReceiver<Notification>) {
    let (says, said) = mpsc::unbounded_channel();
    let (tells, told) = mpsc::unbounded_channel();
    let runner = Runner { agent, paths, clock, zone, tells };
    tokio::spawn(runner.run(said));
    (Day(says), told)
}

struct Runner {
    agent: Handle,
    paths: Paths,
    clock: Clock,
    zone: Zone,
    tells: mpsc::UnboundedSender<Notification>,
}

impl Runner {
    async fn run(self, mut said: mpsc::UnboundedReceiver<Said>) {
        let mut views = self.agent.views();
        let mut plan = Plan::new(Memory::load(&self.paths, self.clock.now()));
        let mut heard = None;
        loop {
            let view = views.borrow_and_update().clone();
            let scene = Scene { view: &view, now: self.clock.now(), zone: self.zone };
            let before = plan.memory().clone();
            let mut deeds = match heard.take() {
                Some(Said::Keep(day)) => plan.keep(day, &scene),
                Some(Said::Locked) => plan.locked(&scene),
                None => Vec::new(),
            };
            deeds.extend(plan.due(&scene));
            let next = plan.next(&scene);
            // Written down before it is done: what was tried once is not tried again after a restart.
            if before != *plan.memory() {
                self.keep(plan.memory().clone()).await;
            }
            for deed in deeds {
                self.carry_out(deed);
            }
            tokio::select! {
                changed = views.changed() => if changed.is_err() {
                    return;
                },
                // Whoever started it may have gone: the day goes on.
                Some(what) = said.recv() => heard = Some(what),
                () = self.clock.idly_until(next) => {}
            }
        }
    }

    fn carry_out(&self, deed: Deed) {
        match deed {
            Deed::End { account, id } => self.agent.by_itself(&account, ByItself::End { id }),
            Deed::Arm { account, id } => self.agent.by_itself(&account, ByItself::Arm { id }),
            Deed::Keep { account, day } => self.agent.keep(&account, day),
            Deed::Disarm { account, id } => {
                let command = Box::new(Command::ArmRenewal { id, armed: false });
                self.agent.send(Command::For { account, command });
            }
            // Nobody listens: nothing to show it on.
            Deed::Tell(notification) => drop(self.tells.send(notification)),
        }
    }

    async fn keep(&self, memory: Memory) {
        let paths = self.paths.clone();
        if let Ok(Err(error)) = tokio::task::spawn_blocking(move || memory.save(&paths)).await {
            tracing::warn!(%error, "what was done today cannot be kept: after a restart it may be done again");
        }
    }
}

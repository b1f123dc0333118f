//! What the machine wants is done.

use std::{collections::HashMap, io};

use super::{
    disk,
    effects::{self, Errand},
    messages::{Done, Told},
    run::Agent,
};
use crate::{
    auth::AccessToken,
    clock,
    cloud::Resource,
    elevation::{CallId, Effect, Event},
    failure::Claims,
    model::Kind,
};

impl Agent {
    /// Hands the machine an event and has done what it wants. Without a session it waits.
    pub(super) fn tell(&mut self, event: Event) {
        let clock::Reading { now, slow } = self.clock.read();
        let (true, Some(machine)) = (self.open().is_some(), &mut self.machine) else { return };
        let mut effects = Vec::new();
        if slow > self.slow {
            effects = machine.handle(Event::PutForward(slow - self.slow), now);
            self.slow = slow;
        }
        effects.extend(machine.handle(event, now));
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        let token = |tokens: &HashMap<CallId, AccessToken>, call: Option<CallId>| {
            call.and_then(|call| tokens.get(&call).cloned())
        };
        match effect {
            Effect::Record(call, facts) => {
                let written = self.disk.record(&self.account.id, facts);
                self.spawn(async move {
                    let result = written
                        .await
                        .unwrap_or_else(|_| Err(disk::problem(&io::Error::other("the writing thread is gone"))));
                    Done::Event(Box::new(Event::Recorded(call, result)), None)
                });
            }
            // Nobody waits: a failure comes as a notice.
            Effect::Note(facts) => drop(self.disk.record(&self.account.id, facts)),
            Effect::StepUp(call, resource, claims) => self.step_up(call, resource, claims),
            Effect::Prove(call, resource, claims) => self.prove(call, resource, claims),
            Effect::AbandonStepUp(call) => {
                if let Some(task) = self.step_ups.remove(&call) {
                    task.abort();
                }
            }
            Effect::Tell(notification) => self.teller.tell(Told::Notification(notification)),
            Effect::Submit(call, activations, step_up) => {
                self.send(call, Errand::Submit(activations, token(&self.tokens, step_up)));
            }
            Effect::Deactivate(call, deactivation, step_up) => {
                self.send(call, Errand::Deactivate(deactivation, token(&self.tokens, step_up)));
            }
            Effect::Extend(call, extension, step_up) => {
                self.send(call, Errand::Extend(extension, token(&self.tokens, step_up)));
            }
            Effect::Permit(call, kind) => self.permit(call, kind),
            Effect::ReadExtensions(call, kind, eligibility) => {
                self.send(call, Errand::ReadExtensions(kind, eligibility));
            }
            Effect::ReadHistory(call, kind) => self.send(call, Errand::ReadHistory(kind)),
            Effect::LookUp(call, kind) => self.send(call, Errand::LookUp(kind)),
            Effect::Poll(call, kind, request) => self.send(call, Errand::Poll(kind, request)),
            Effect::Cancel(call, kind, request) => self.send(call, Errand::Cancel(kind, request)),
            Effect::ReadApproval(call, kind, approval) => self.send(call, Errand::ReadApproval(kind, approval)),
            Effect::ReadEligible(call, kind, expected) => self.send(call, Errand::ReadEligible(kind, expected)),
            Effect::ReadActive(call, kind, expected) => self.send(call, Errand::ReadActive(kind, expected)),
            Effect::ReadPolicies(call, kind, keys) => self.send(call, Errand::ReadPolicies(kind, keys)),
        }
    }

    fn send(&mut self, call: CallId, errand: Errand) {
        if let Some(open) = self.open().cloned() {
            let (done, generation) = (self.done.clone(), self.generation);
            let tell = move |event| drop(done.send((generation, Done::Event(Box::new(event), None))));
            self.spawn(async move {
                let (event, over) = effects::run(errand, call, &open, tell).await;
                Done::Event(Box::new(event), over)
            });
        }
    }

    fn step_up(&mut self, call: CallId, resource: Resource, claims: Claims) {
        let Some(open) = self.open().cloned() else { return };
        let browser = self.door.browser.clone();
        let task =
            self.spawn(async move { Done::SteppedUp(call, open.tokens.step_up(resource, &claims, &browser).await) });
        self.step_ups.insert(call, task);
    }

    fn prove(&mut self, call: CallId, resource: Resource, claims: Claims) {
        let Some(open) = self.open().cloned() else { return };
        let browser = self.door.browser.clone();
        let task =
            self.spawn(async move { Done::SteppedUp(call, open.tokens.prove(resource, &claims, &browser).await) });
        self.step_ups.insert(call, task);
    }

    fn permit(&mut self, call: CallId, kind: Kind) {
        let Some(open) = self.open().cloned() else { return };
        let browser = self.door.browser.clone();
        let task = self.spawn(async move {
            let permitted = open.tokens.allow_extending(kind, &browser).await;
            Done::Permitted(call, permitted.map_err(|problem| open.not_permitted(kind, problem)))
        });
        self.permits.insert(call, task);
    }
}

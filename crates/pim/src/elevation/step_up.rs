//! One stronger sign-in at a time, for everything that waits for the same claims.

use chrono::{DateTime, Utc};

use super::{
    Call, CallId, Effect, Elevation,
    attempt::failed,
    stage::{Attempt, Stage},
};
use crate::{cloud::Resource, failure::Claims, model::Kind, problem::Problem};

/// A step-up that came about.
#[derive(Debug)]
pub(super) struct SteppedUp {
    call: CallId,
    resource: Resource,
    claims: Claims,
    at: DateTime<Utc>,
}

impl Elevation {
    /// Opens one step-up at a time; it serves everything that waits for the same claims.
    pub(super) fn step_ups_due(&mut self) {
        let running = self.calls.iter().find_map(|(call, kind)| match kind {
            Call::StepUp(_, claims) => Some((*call, claims.clone(), false)),
            Call::Prove(_, claims) => Some((*call, claims.clone(), true)),
            _ => None,
        });
        if let Some((call, claims, proof)) = running {
            if if proof { self.arms_with(&claims) } else { self.somebody_waits_for(&claims) } {
                return;
            }
            self.calls.remove(&call);
            self.effects.push(Effect::AbandonStepUp(call));
        }
        let wanted = self.attempts.values().find_map(|attempt| match &attempt.stage {
            Stage::SteppingUp { claims } => Some((attempt.resource(), claims.clone())),
            _ => None,
        });
        if let Some((resource, claims)) = wanted.or_else(|| self.ending_claims()).or_else(|| self.extension_claims()) {
            let call = self.call(Call::StepUp(resource, claims.clone()));
            self.effects.push(Effect::StepUp(call, resource, claims));
        } else if let Some((resource, claims)) = self.arming_claims() {
            let call = self.call(Call::Prove(resource, claims.clone()));
            self.effects.push(Effect::Prove(call, resource, claims));
        }
    }

    fn somebody_waits_for(&self, claims: &Claims) -> bool {
        self.attempts.values().any(|attempt| attempt.waits_for(claims))
            || self.ending_claims().is_some_and(|(_, wanted)| wanted == *claims)
            || self.extension_claims().is_some_and(|(_, wanted)| wanted == *claims)
    }

    /// Sent before a step-up with the claims it wants had come about: that one serves it too.
    pub(super) fn join_step_up(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let Some(made) = &self.stepped_up else { return };
        if attempt.waits_for(&made.claims) && attempt.asked <= made.at {
            attempt.stepped_up = attempt.resource() == made.resource;
            let token = made.call;
            self.submit(&[id.to_owned()], Some(token), now);
        }
    }

    pub(super) fn stepped_up(
        &mut self,
        call: CallId,
        resource: Resource,
        claims: &Claims,
        result: &Result<(), Problem>,
        now: DateTime<Utc>,
    ) {
        let ids = self.those(|attempt| attempt.waits_for(claims));
        match result {
            Ok(()) => {
                for id in &ids {
                    if let Some(attempt) = self.attempts.get_mut(id) {
                        // The other service's token comes from the same sign-in. Should it not be strong enough there,
                        // that service has its own step-up, once.
                        attempt.stepped_up |= attempt.resource() == resource;
                    }
                }
                self.stepped_up = Some(SteppedUp { call, resource, claims: claims.clone(), at: now });
                self.submit(&ids, Some(call), now);
            }
            Err(problem) => {
                for id in &ids {
                    self.fail(id, problem.clone(), failed(problem), now);
                }
            }
        }
        self.ending_stepped_up(call, resource, claims, result, now);
        self.extension_stepped_up(call, resource, claims, result);
    }
}

impl Attempt {
    pub(super) fn kind(&self) -> Kind {
        self.activation.key.kind
    }

    /// Whose token it is sent with.
    pub(super) fn resource(&self) -> Resource {
        self.kind().resource()
    }

    pub(super) fn waits_for(&self, wanted: &Claims) -> bool {
        matches!(&self.stage, Stage::SteppingUp { claims } if claims == wanted)
    }
}

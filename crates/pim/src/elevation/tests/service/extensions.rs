//! Later ends, as the service takes them, tells of them, and has them decided.

use chrono::{DateTime, Utc};

use super::{Fault, Service, problem};
use crate::{
    failure::{Claims, Failure},
    model::{Action, ActivationRequest, Extension, Kind, RequestStatus},
};

impl Service {
    pub fn extend(
        &mut self,
        extension: &Extension,
        strong: bool,
        now: DateTime<Utc>,
    ) -> Result<ActivationRequest, Failure> {
        let fault = self.begin(now)?;
        if self.strict_extensions && !strong {
            return Err(Failure::StepUp { claims: Claims("mfa".into()), problem: problem("MfaRule") });
        }
        let side = extension.eligibility;
        if side && self.unpermitted.contains(&extension.key.kind) {
            return Err(Failure::Refused(problem("PermissionScopeNotGranted")));
        }
        let waits = |(request, of): &(ActivationRequest, bool)| {
            let undecided = RequestStatus::InFlight("PendingAdminDecision".into());
            *of == side && request.key == extension.key && request.status == undecided
        };
        if self.extensions.iter().any(waits) {
            return Err(Failure::Pending(problem("PendingRoleAssignmentRequest")));
        }
        self.next += 1;
        let action = if extension.renew { Action::SelfRenew } else { Action::SelfExtend };
        let status = RequestStatus::InFlight("PendingAdminDecision".into());
        let request = ActivationRequest {
            created: Some(now),
            end: Some(extension.end),
            justification: Some(extension.justification.clone()),
            ..ActivationRequest::new(format!("extension-{}", self.next), extension.key.clone(), action, status)
        };
        self.extensions.push((request.clone(), side));
        if fault == Some(Fault::LostAfter) { Err(self.lost(now)) } else { Ok(request) }
    }

    pub fn list_extensions(&self, kind: Kind, eligibility: bool) -> Result<Vec<ActivationRequest>, Failure> {
        if eligibility && self.unlistable.contains(&kind) {
            return Err(Failure::Refused(problem("not-consented")));
        }
        let of = self.extensions.iter().filter(|(request, side)| request.key.kind == kind && *side == eligibility);
        self.read(kind, of.map(|(request, _)| request.clone()).collect())
    }

    /// An administrator decides on all that waits.
    pub fn decide_extensions(&mut self, status: &RequestStatus) {
        for (request, _) in &mut self.extensions {
            request.status = status.clone();
        }
    }
}

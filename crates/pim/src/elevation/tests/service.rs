//! A model of the service: what it has committed, and what it says. Written from the published behaviour, knows nothing of
//! the machine.

mod extensions;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration, DurationRound as _, Utc};

use crate::{
    elevation::{Gap, Later, Listed, Partial},
    failure::{Claims, Failure},
    model::{
        Access, Action, Activation, ActivationRequest, Approval, ApprovalStage, Assignment, Eligibility, Kind,
        RequestStatus, Requirements, ReviewResult, Reviewer, RoleKey,
    },
    problem::{Problem, Remedy},
};

/// Names that begin with `group` or `azure` are of that kind, all others directory roles. What follows an `@` is a narrower
/// scope.
pub fn key(name: &str) -> RoleKey {
    if let Some((name, scope)) = name.split_once('@') {
        key(name).at(scope)
    } else if name.starts_with("group") {
        RoleKey::group(name, Access::Member)
    } else if name.starts_with("azure") {
        RoleKey::azure(format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{name}"), SUBSCRIPTION)
    } else {
        RoleKey::directory(name, "/")
    }
}

const SUBSCRIPTION: &str = "/subscriptions/one";

/// The name of a role by its key's id.
pub fn name(id: &str) -> String {
    let parts: Vec<_> = id.split('|').collect();
    match parts[..] {
        ["group", _, group, _] => group.to_owned(),
        ["azureResource" | "azureresource", role, scope, _] if scope != SUBSCRIPTION => format!("{role}@{scope}"),
        [_, role, _, _] => role.to_owned(),
        _ => panic!("{id} has not four parts"),
    }
}

fn role(key: &RoleKey) -> String {
    name(&key.id())
}

pub fn problem(code: &str) -> Problem {
    Problem { code: code.into(), message: code.into(), remedy: Remedy::None, correlation_id: None, detail: None }
}

/// What happens to the answer, and to the request, of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was processed, and that is certain.
    NotSent,
    /// Nothing was processed, but nobody knows.
    LostBefore,
    /// Processed; the answer is lost.
    LostAfter,
    /// Processed twice, one after the other; the answer is the second one's.
    Twice,
    /// A deactivation of what was activated a moment ago: it does not exist, says Azure.
    NotKnownYet,
    /// A deactivation is refused for good.
    Refused,
    /// A deactivation wants a stronger sign-in.
    Challenged,
}

#[derive(Clone, Debug)]
pub struct Instance {
    pub id: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
}

/// The service.
pub struct Service {
    pub policies: BTreeMap<String, Requirements>,
    /// Every activation committed, per role.
    pub instances: BTreeMap<String, Vec<Instance>>,
    pub requests: Vec<(ActivationRequest, Duration)>,
    /// Faults of the next calls that change something.
    pub faults: Vec<Fault>,
    /// Lists show the state of so long ago.
    pub lag: Duration,
    /// Time until an activation is provisioned.
    pub provisioning: Duration,
    /// Refuses a second activation, as the real one does. Off: it would commit twice, and a test would see it.
    pub refuses_overlap: bool,
    /// Takes, while a role of these kinds is active, what starts after its end.
    pub takes_ahead: BTreeSet<Kind>,
    /// Compares what overlaps by the minute, inclusively.
    pub by_minute: bool,
    /// After an end it still says "exists" for so long.
    pub lingering: Duration,
    /// Reads fail.
    pub away: bool,
    /// Policies cannot be read.
    pub policies_away: bool,
    /// Reads of these kinds fail.
    pub away_for: BTreeSet<Kind>,
    /// Before that it wants to hear nothing: reads fail and say so.
    pub busy_until: Option<DateTime<Utc>>,
    /// What it could not answer is to be asked again after that.
    pub retry_after: Option<Duration>,
    /// Reads of these kinds are refused.
    pub forbidden: BTreeSet<Kind>,
    /// Lists of these kinds leave everything out and say that they are not complete.
    pub partial: BTreeSet<Kind>,
    /// Azure's lists leave out what nobody answers for.
    pub gap: Option<Gap>,
    /// A second request of the same name is refused as a second activation would be; otherwise it is told what became of
    /// the first.
    pub repeats_exist: bool,
    /// A sign-in for one service is good enough for the other.
    pub one_sign_in: bool,
    /// When eligibilities end, by role.
    pub ends: BTreeMap<String, DateTime<Utc>>,
    /// Standing assignments, and when they end, by role.
    pub standing: BTreeMap<String, Option<DateTime<Utc>>>,
    /// What was asked for about ends: of an eligibility or not.
    pub extensions: Vec<(ActivationRequest, bool)>,
    /// An extension wants a stronger sign-in.
    pub strict_extensions: bool,
    /// Requests about eligibilities of these kinds are not for us to list.
    pub unlistable: BTreeSet<Kind>,
    /// Eligibilities of these kinds cannot be extended with the permissions that the session has.
    pub unpermitted: BTreeSet<Kind>,
    next: u32,
}

impl Service {
    pub fn new(roles: &[(&str, Requirements)]) -> Self {
        Self {
            policies: roles.iter().map(|(name, policy)| ((*name).to_owned(), policy.clone())).collect(),
            instances: BTreeMap::new(),
            requests: Vec::new(),
            faults: Vec::new(),
            lag: Duration::zero(),
            provisioning: Duration::zero(),
            refuses_overlap: true,
            takes_ahead: BTreeSet::new(),
            by_minute: false,
            lingering: Duration::zero(),
            away: false,
            policies_away: false,
            away_for: BTreeSet::new(),
            busy_until: None,
            retry_after: None,
            forbidden: BTreeSet::new(),
            partial: BTreeSet::new(),
            gap: None,
            repeats_exist: false,
            one_sign_in: true,
            ends: BTreeMap::new(),
            standing: BTreeMap::new(),
            extensions: Vec::new(),
            strict_extensions: false,
            unlistable: BTreeSet::from([Kind::DirectoryRole]),
            unpermitted: BTreeSet::new(),
            next: 0,
        }
    }

    pub fn active_at(&self, role: &str, at: DateTime<Utc>) -> Option<&Instance> {
        let live = |instance: &&Instance| {
            instance.start <= at && at < instance.end && instance.ended.is_none_or(|ended| at < ended)
        };
        self.instances.get(role).into_iter().flatten().rev().find(live)
    }

    pub fn commits(&self, role: &str) -> usize {
        let ours = |(request, _): &&(ActivationRequest, Duration)| {
            request.action == Action::SelfActivate && request.key == key(role)
        };
        self.requests.iter().filter(ours).count()
    }

    fn commit(&mut self, role: &str, start: DateTime<Utc>, duration: Duration) {
        self.next += 1;
        let id = format!("instance-{}", self.next);
        let instance = Instance { id, start, end: start + duration, ended: None };
        self.instances.entry(role.to_owned()).or_default().push(instance);
    }

    /// Provisions what is due.
    pub fn pass(&mut self, now: DateTime<Utc>) {
        self.busy_until = self.busy_until.filter(|until| *until > now);
        let delay = self.provisioning;
        let mut due = Vec::new();
        for (request, duration) in &mut self.requests {
            if request.status == RequestStatus::Granted
                && let Some(start) = request.start.filter(|start| *start <= now)
            {
                request.status = RequestStatus::Provisioned;
                due.push((role(&request.key), start, *duration));
            }
            let ready = matches!(request.status, RequestStatus::InFlight(_))
                && request.created.is_some_and(|created| now >= created + delay);
            if ready {
                request.status = RequestStatus::Provisioned;
                // Recorded: it begins when it is provisioned, and ends as if it had begun with the request.
                due.push((role(&request.key), request.created.unwrap() + delay, *duration - delay));
            }
        }
        for (role, start, duration) in due {
            self.commit(&role, start, duration);
        }
    }

    pub fn decide(&mut self, role: &str, status: &RequestStatus, now: DateTime<Utc>) {
        let mut granted = None;
        for (request, duration) in &mut self.requests {
            if request.key == key(role) && request.status == RequestStatus::PendingApproval {
                request.status = status.clone();
                granted = (*status == RequestStatus::Provisioned).then_some(*duration);
            }
        }
        if let Some(duration) = granted {
            self.commit(role, now, duration);
        }
    }

    fn lost(&self, now: DateTime<Utc>) -> Failure {
        Failure::Lost { problem: problem("lost"), retry_at: self.retry_after.map(|pause| now + pause) }
    }

    fn not_done(&self, now: DateTime<Utc>) -> Failure {
        Failure::NotSent { problem: problem("network"), retry_at: self.retry_after.map(|pause| now + pause) }
    }

    /// A call that changes something: does it arrive? Then: is its answer lost?
    fn begin(&mut self, now: DateTime<Utc>) -> Result<Option<Fault>, Failure> {
        match (!self.faults.is_empty()).then(|| self.faults.remove(0)) {
            Some(Fault::NotSent) => Err(self.not_done(now)),
            Some(Fault::LostBefore) => Err(self.lost(now)),
            fault => Ok(fault),
        }
    }

    pub fn activate(
        &mut self,
        activation: &Activation,
        strong: bool,
        now: DateTime<Utc>,
    ) -> Result<ActivationRequest, Failure> {
        let fault = self.begin(now)?;
        if fault == Some(Fault::Twice) {
            let _ = self.process(activation, strong, now);
        }
        let answer = self.process(activation, strong, now);
        if fault == Some(Fault::LostAfter) { Err(self.lost(now)) } else { answer }
    }

    fn process(
        &mut self,
        activation: &Activation,
        strong: bool,
        now: DateTime<Utc>,
    ) -> Result<ActivationRequest, Failure> {
        let role = role(&activation.key);
        let policy = self.policies[role.split('@').next().unwrap()].clone();
        if policy.mfa && !strong {
            return Err(Failure::StepUp { claims: Claims("mfa".into()), problem: problem("MfaRule") });
        }
        let name = activation.request_id.map(|id| id.to_string());
        let first = self.requests.iter().find(|(request, _)| Some(&request.id) == name.as_ref());
        if let Some((first, _)) = first.filter(|_| !self.repeats_exist) {
            return Ok(first.clone());
        }
        let start = activation.start.unwrap_or(now);
        if self.refuses_overlap || first.is_some() {
            let running = self.active_at(&role, now).or(self.active_at(&role, now - self.lingering));
            if let Some(running) = running {
                if start > now + Duration::seconds(10) && self.takes_ahead.contains(&activation.key.kind) {
                    let by_minute = |at: DateTime<Utc>| at.duration_trunc(Duration::minutes(1)).unwrap();
                    let overlaps = self.by_minute && by_minute(start) <= by_minute(running.end);
                    if start <= running.end || overlaps {
                        return Err(Failure::Pending(problem("OverlapsPendingRoleAssignmentRequests")));
                    }
                } else {
                    return Err(Failure::Exists(problem("RoleAssignmentExists")));
                }
            }
            let waits = |(request, _): &(ActivationRequest, Duration)| {
                request.key == activation.key
                    && matches!(
                        request.status,
                        RequestStatus::PendingApproval | RequestStatus::InFlight(_) | RequestStatus::Granted
                    )
            };
            if self.requests.iter().any(waits) {
                return Err(Failure::Pending(problem("PendingRoleAssignmentRequest")));
            }
        }
        let status = if policy.approval {
            RequestStatus::PendingApproval
        } else if start > now {
            RequestStatus::Granted
        } else if self.provisioning > Duration::zero() {
            RequestStatus::InFlight("PendingProvisioning".into())
        } else {
            self.commit(&role, now, activation.duration);
            RequestStatus::Provisioned
        };
        let request = self.request(activation.key.clone(), Action::SelfActivate, status, activation.duration, now);
        let id = name.unwrap_or_else(|| request.id.clone());
        let request = ActivationRequest {
            id: id.clone(),
            start: Some(start),
            end: Some(start + activation.duration),
            justification: Some(activation.justification.clone()),
            approval_id: policy.approval.then_some(id),
            ..request
        };
        if let Some((kept, _)) = self.requests.last_mut() {
            *kept = request.clone();
        }
        Ok(request)
    }

    fn request(
        &mut self,
        key: RoleKey,
        action: Action,
        status: RequestStatus,
        duration: Duration,
        now: DateTime<Utc>,
    ) -> ActivationRequest {
        self.next += 1;
        let request = ActivationRequest {
            created: Some(now),
            start: Some(now),
            end: Some(now + duration),
            ..ActivationRequest::new(format!("request-{}", self.next), key, action, status)
        };
        self.requests.push((request.clone(), duration));
        request
    }

    pub fn deactivate(&mut self, role: &RoleKey, now: DateTime<Utc>) -> Result<ActivationRequest, Failure> {
        let fault = self.begin(now)?;
        if fault == Some(Fault::NotKnownYet) {
            return Err(Failure::DoesNotExist(problem("RoleAssignmentDoesNotExist")));
        }
        if fault == Some(Fault::Refused) {
            return Err(Failure::Refused(problem("Forbidden")));
        }
        if fault == Some(Fault::Challenged) {
            return Err(Failure::StepUp { claims: Claims("mfa".into()), problem: problem("MfaRule") });
        }
        let name = self::role(role);
        let Some(instance) = self.active_at(&name, now).map(|instance| instance.id.clone()) else {
            return Err(Failure::DoesNotExist(problem("RoleAssignmentDoesNotExist")));
        };
        let instances = self.instances.get_mut(&name).unwrap();
        let instance = instances.iter_mut().find(|known| known.id == instance).unwrap();
        if now < instance.start + Duration::minutes(5) {
            return Err(Failure::TooShort(problem("ActiveDurationTooShort")));
        }
        instance.ended = Some(now);
        let answer = self.request(role.clone(), Action::SelfDeactivate, RequestStatus::Revoked, Duration::zero(), now);
        if fault == Some(Fault::LostAfter) { Err(self.lost(now)) } else { Ok(answer) }
    }

    pub fn cancel(&mut self, id: &str) -> Result<(), Failure> {
        let found = self.requests.iter_mut().find(|(request, _)| request.id == id);
        match found {
            Some((request, _)) if matches!(request.status, RequestStatus::PendingApproval | RequestStatus::Granted) => {
                request.status = RequestStatus::Canceled;
                Ok(())
            }
            _ => Err(Failure::Refused(problem("InvalidRequest"))),
        }
    }

    pub fn read<T>(&self, kind: Kind, answer: T) -> Result<T, Failure> {
        if self.forbidden.contains(&kind) {
            Err(Failure::Refused(problem("PermissionScopeNotGranted")))
        } else if self.busy_until.is_some() {
            Err(Failure::NotSent { problem: problem("throttled"), retry_at: self.busy_until })
        } else if self.away || self.away_for.contains(&kind) {
            Err(not_sent())
        } else {
            Ok(answer)
        }
    }

    fn listed<T>(&self, kind: Kind, mut rows: Vec<T>, key: impl Fn(&T) -> &RoleKey) -> Listed<Vec<T>> {
        let gap = if self.partial.contains(&kind) { Some(Gap::AllBut(Vec::new())) } else { self.gap.clone() };
        let gap = gap.filter(|_| self.partial.contains(&kind) || kind == Kind::AzureResource);
        let partial = gap.map(|gap| Partial { problem: problem("no-answer"), gap, later: Some(Later::default()) });
        rows.retain(|row| partial.as_ref().is_none_or(|partial| !partial.leaves_open(key(row))));
        Listed { found: rows, partial }
    }

    pub fn list_requests(&self, kind: Kind, now: DateTime<Utc>) -> Vec<ActivationRequest> {
        let known = |created: Option<DateTime<Utc>>| created.is_some_and(|created| created + self.lag <= now);
        let requests = self.requests.iter().map(|(request, _)| request).filter(|request| request.key.kind == kind);
        requests.filter(|request| known(request.created)).cloned().collect()
    }

    /// How Noor decided on it.
    pub fn approval(id: &str) -> Approval {
        let stage = ApprovalStage {
            id: "stage".into(),
            name: None,
            status: "Completed".into(),
            assigned_to_me: false,
            result: ReviewResult::Deny,
            reviewed: None,
            reviewer: Some(Reviewer { id: None, name: Some("Noor".into()), username: None, principal_type: None }),
            justification: Some("no change window".into()),
        };
        Approval { id: id.to_owned(), stages: vec![stage] }
    }

    pub fn poll(&self, id: &str) -> Result<ActivationRequest, Failure> {
        let found = self.requests.iter().find(|(request, _)| request.id == id);
        found.map(|(request, _)| request.clone()).ok_or_else(|| Failure::Refused(problem("ResourceNotFound")))
    }

    pub fn eligible(&self, kind: Kind, now: DateTime<Utc>) -> Listed<Vec<Eligibility>> {
        let role = |name: &String| Eligibility {
            end: self.ends.get(name).copied(),
            ..Eligibility::new(key(name), format!("eligibility-{name}"), format!("Role {name}"), "me")
        };
        let there = |name: &&String| self.ends.get(*name).is_none_or(|end| now < *end);
        let rows = self.policies.keys().filter(there).map(role).filter(|role| role.key.kind == kind).collect();
        self.listed(kind, rows, |role| &role.key)
    }

    pub fn active(&self, kind: Kind, now: DateTime<Utc>) -> Listed<Vec<Assignment>> {
        let seen = now - self.lag;
        let rows = self.instances.keys().filter(|role| key(role).kind == kind).filter_map(|role| {
            let instance = self.active_at(role, seen)?;
            Some(Assignment {
                start: Some(instance.start),
                end: Some(instance.end),
                ..Assignment::new(key(role), instance.id.clone(), format!("Role {role}"))
            })
        });
        let standing = self.standing.iter().filter(|(role, _)| key(role).kind == kind).map(|(role, end)| Assignment {
            activated: false,
            end: *end,
            principal_id: "me".into(),
            ..Assignment::new(key(role), format!("standing-{role}"), format!("Role {role}"))
        });
        self.listed(kind, rows.chain(standing).collect(), |row| &row.key)
    }

    pub fn requirements(&self, kind: Kind, keys: &[RoleKey]) -> Listed<HashMap<String, Requirements>> {
        let all = self.policies.iter().map(|(name, policy)| (key(name), policy.clone()));
        let asked = all.filter(|(key, _)| key.kind == kind && (kind == Kind::DirectoryRole || keys.contains(key)));
        Listed::all(asked.map(|(key, policy)| (key.policy_id(), policy)).collect())
    }
}

pub fn not_sent() -> Failure {
    Failure::NotSent { problem: problem("network"), retry_at: None }
}

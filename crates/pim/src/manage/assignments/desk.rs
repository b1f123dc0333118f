//! Reading who holds what, and changing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::{AdminRules, Change, Done, Held, Places, forbidden, last, sort};
use crate::{
    api::Way,
    auth::AccessToken,
    cloud::SEARCH_GROUPS,
    codes,
    failure::Failure,
    manage::{Office, office::LOOKS},
    model::{ActivationRequest, AdminAction, Holding, Kind, Principal, RequestStatus, RoleKey, Side},
    problem::{Problem, Remedy},
};

/// What could be read of a place, or why not.
type Read = (String, Result<Vec<Holding>, Failure>);

impl Office {
    /// Who holds what, of these kinds and sides. One that does not answer hides no other.
    pub async fn holdings(&self, kinds: &[Kind], sides: &[Side], places: &Places) -> Vec<Held> {
        let of = |kind| kinds.contains(&kind).then_some(kind);
        let (directory, groups, azure) = tokio::join!(
            self.held(of(Kind::DirectoryRole), sides, places),
            self.held(of(Kind::Group), sides, places),
            self.held(of(Kind::AzureResource), sides, places),
        );
        [directory, groups, azure].into_iter().flatten().collect()
    }

    async fn held(&self, kind: Option<Kind>, sides: &[Side], places: &Places) -> Option<Held> {
        let kind = kind?;
        let read = async {
            self.permitted(kind)?;
            let places = match kind {
                Kind::DirectoryRole => vec![String::new()],
                Kind::Group if places.groups.is_empty() => self.own_groups().await?,
                Kind::Group => places.groups.clone(),
                Kind::AzureResource if places.scopes.is_empty() => {
                    self.sources().azure.administered().await?.into_iter().map(|scope| scope.id).collect()
                }
                Kind::AzureResource => places.scopes.clone(),
            };
            gathered(self.read_all(kind, sides, &places).await)
        };
        let (found, missing) = match read.await {
            Ok((found, missing)) => (Ok(found), missing),
            Err(failure) => (Err(failure.problem().clone()), Vec::new()),
        };
        let consent = found.as_ref().err().and_then(|problem| self.lacking(kind, problem));
        Some(Held { kind, found, missing, consent })
    }

    async fn read_all(&self, kind: Kind, sides: &[Side], places: &[String]) -> Vec<Read> {
        let questions = places.iter().flat_map(|place| sides.iter().map(move |side| (place.clone(), *side)));
        let mut readings = tokio::task::JoinSet::new();
        for (at, (place, side)) in questions.enumerate() {
            let sources = self.sources().clone();
            readings.spawn(async move { (at, place.clone(), sources.holdings(kind, side, &place).await) });
        }
        let mut read = readings.join_all().await;
        read.sort_by_key(|(at, ..)| *at);
        read.into_iter().map(|(_, place, outcome)| (place, outcome)).collect()
    }

    /// Groups that the caller is in, or could be: the service tells nobody which groups are managed with PIM.
    async fn own_groups(&self) -> Result<Vec<String>, Failure> {
        let groups = &self.sources().groups;
        let (eligible, active) = tokio::join!(groups.eligible(), groups.active());
        let mut all = BTreeSet::new();
        all.extend(eligible?.into_iter().map(|row| row.key.scope_id));
        all.extend(active?.into_iter().map(|row| row.key.scope_id));
        Ok(all.into_iter().collect())
    }

    /// Who is in these groups, by the group's id, also through groups within them.
    ///
    /// # Errors
    /// Where that could not be read of one of them.
    pub async fn members(&self, groups: BTreeSet<String>) -> Result<BTreeMap<String, Vec<Principal>>, Problem> {
        let mut readings = tokio::task::JoinSet::new();
        for group in groups {
            let sources = self.sources().clone();
            readings.spawn(async move { (group.clone(), sources.members(&group).await) });
        }
        let mut all = BTreeMap::new();
        for (group, read) in readings.join_all().await {
            let told = |failure: Failure| self.explained(SEARCH_GROUPS, failure.problem().clone());
            all.insert(group, read.map_err(told)?);
        }
        Ok(all)
    }

    /// What has to be known to judge these changes: who holds the roles they are about.
    ///
    /// # Errors
    /// Where it could not be read.
    pub async fn concerned(&self, changes: &[Change]) -> Result<Vec<Holding>, Problem> {
        let mut places: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        for change in changes {
            places.entry(change.key.kind).or_default().insert(change.place().to_owned());
        }
        let mut all = Vec::new();
        for (kind, places) in places {
            let places: Vec<String> = places.into_iter().collect();
            let (found, _) = gathered(self.read_all(kind, &Side::ALL, &places).await).map_err(|failure| {
                let problem = failure.problem().clone();
                self.unconsented(kind, problem)
            })?;
            all.extend(found);
        }
        Ok(all)
    }

    /// What the policies of these changes' roles say, by change; `None` where that cannot be read, and the service judges.
    pub async fn admin_rules(&self, changes: &[Change]) -> Vec<Option<AdminRules>> {
        let mut keys: Vec<RoleKey> = Vec::new();
        for change in changes.iter().filter(|change| change.action != AdminAction::Remove) {
            if !keys.iter().any(|key| key.policy_id() == change.key.policy_id()) {
                keys.push(change.key.clone());
            }
        }
        let read = self.sources().role_policies(&keys).await;
        let rules: BTreeMap<String, AdminRules> = keys
            .iter()
            .zip(read)
            .filter_map(|(key, policy)| Some((key.policy_id(), AdminRules::of(&policy.ok()?))))
            .collect();
        changes.iter().map(|change| rules.get(&change.key.policy_id()).copied()).collect()
    }

    /// Which of these changes the services would refuse, as far as that can be told from here, each with the reason.
    pub async fn foresee(&self, changes: &[Change], held: &[Holding]) -> Vec<Option<Problem>> {
        let rules = self.admin_rules(changes).await;
        let now = self.now();
        let last = last::foresee(changes, held, &self.identity().tenant_id, now);
        let judged = changes.iter().zip(&rules).map(|(change, rules)| forbidden(change, rules.as_ref(), held, now));
        judged.zip(last).map(|(forbidden, last)| forbidden.or(last)).collect()
    }

    /// Sees to the permissions that these changes take, by one sign-in for each that nobody has consented to yet.
    ///
    /// # Errors
    /// See [`Office::permit`].
    pub async fn permit_changes(&self, changes: &[Change]) -> Result<(), Problem> {
        let mut ways: BTreeSet<Way> = BTreeSet::new();
        for change in changes {
            let kind = change.key.kind;
            self.permitted(kind).map_err(|failure| self.unconsented(kind, failure.problem().clone()))?;
            ways.insert(Way::of(kind, change.side));
        }
        for permission in ways.into_iter().filter_map(Way::permission) {
            self.permit(permission).await?;
        }
        Ok(())
    }

    /// What the services would say to these changes. Nothing is changed. One outcome for each, in order.
    pub async fn rehearse(&self, changes: &[Change]) -> Vec<Result<(), Problem>> {
        let outcomes = self.send(changes, true).await;
        let told = outcomes.into_iter().zip(changes);
        told.map(|(outcome, change)| outcome.map(drop).map_err(|failure| self.unchanged(change, &failure))).collect()
    }

    /// Makes these changes. One outcome for each, in order; one that fails stops no other, and each is sent once. After a lost
    /// answer it is looked at what became of it.
    ///
    /// Where a service wants a stronger sign-in, the person is asked once for each.
    pub async fn change(&self, changes: &[Change]) -> Vec<Result<Done, Problem>> {
        let sent = self.send(changes, false).await;
        let mut outcomes = Vec::new();
        for (change, sent) in changes.iter().zip(sent) {
            outcomes.push(match sent {
                Ok(request) => Ok(Done { looked_up: false, pending: is_pending(&request) }),
                Err(Failure::Lost { problem, .. }) => self.look_up(change, problem).await,
                Err(failure) => Err(self.unchanged(change, &failure)),
            });
        }
        outcomes
    }

    async fn send(&self, changes: &[Change], validation: bool) -> Vec<Result<ActivationRequest, Failure>> {
        let mut ways: BTreeMap<Way, Vec<usize>> = BTreeMap::new();
        for (at, change) in changes.iter().enumerate() {
            ways.entry(Way::of(change.key.kind, change.side)).or_default().push(at);
        }
        let mut outcomes: Vec<Option<Result<ActivationRequest, Failure>>> = vec![None; changes.len()];
        for (way, places) in ways {
            let asked: Vec<_> = places.iter().map(|at| changes[*at].administration()).collect();
            let mut answers = self.sources().administer(way, &asked, validation, None).await;
            let weak: Vec<usize> =
                (0..answers.len()).filter(|at| matches!(answers[*at], Err(Failure::StepUp { .. }))).collect();
            let challenge = weak.first().and_then(|at| answers[*at].as_ref().err().cloned());
            if let Some(challenge) = challenge {
                let again: Vec<_> = weak.iter().map(|at| asked[*at].clone()).collect();
                let second = match self.stronger(way, &challenge).await {
                    Ok(token) => self.sources().administer(way, &again, validation, Some(&token)).await,
                    Err(problem) => vec![Err(Failure::Refused(problem)); again.len()],
                };
                for (at, outcome) in weak.into_iter().zip(second) {
                    answers[at] = outcome;
                }
            }
            for (at, answer) in places.into_iter().zip(answers) {
                outcomes[at] = Some(answer);
            }
        }
        outcomes.into_iter().flatten().collect()
    }

    async fn stronger(&self, way: Way, challenge: &Failure) -> Result<AccessToken, Problem> {
        match way.permission() {
            Some(permission) => self.step_up_errand(permission, challenge).await,
            None => match self.step_up(way.resource(), challenge).await {
                Some(outcome) => outcome,
                None => Err(challenge.problem().clone()),
            },
        }
    }

    /// What became of a change whose answer was lost.
    async fn look_up(&self, change: &Change, lost: Problem) -> Result<Done, Problem> {
        for pause in LOOKS {
            self.pause(pause).await;
            if self.is_there(change).await {
                return Ok(Done { looked_up: true, pending: false });
            }
        }
        let message = say!("change-uncertain", problem = &lost.message);
        Err(Problem { code: "change-uncertain".into(), message, remedy: Remedy::Refresh, ..lost })
    }

    /// Whether a change is there to be seen.
    pub(in crate::manage) async fn is_there(&self, change: &Change) -> bool {
        let held = self.sources().holdings(change.key.kind, change.side, change.place()).await;
        held.is_ok_and(|held| is_done(change, &held))
    }

    fn unchanged(&self, change: &Change, failure: &Failure) -> Problem {
        let problem = failure.problem().clone();
        if codes::lacks_consent(&problem.code) {
            return match Way::of(change.key.kind, change.side).permission() {
                Some(permission) => self.explained(permission, problem),
                None => self.unconsented(change.key.kind, problem),
            };
        }
        // The table says what such a code means for whoever activates.
        let message = match problem.code.as_str() {
            "RoleAssignmentExists" => say!("they-have-it"),
            "RoleAssignmentDoesNotExist" if change.action == AdminAction::Renew => say!("nothing-to-renew"),
            "RoleAssignmentDoesNotExist" => say!("they-do-not-have-it"),
            "CannotDeleteLastAdminAssignment" => say!("last-of-its-kind"),
            "RoleAssignmentRequestPolicyValidationFailed" => say!("policy-forbids-this"),
            "ExpirationRule" => say!("policy-forbids-length"),
            "SubjectNotFound" => say!("principal-unknown"),
            _ => return problem,
        };
        Problem { message, ..problem }
    }
}

/// What was found, and the places that did not answer.
type Gathered = (Vec<Holding>, Vec<(String, Problem)>);

/// What all places told, each row once; a place that did not answer is named. Nothing at all is a failure.
fn gathered(read: Vec<Read>) -> Result<Gathered, Failure> {
    let (mut found, mut missing) = (Vec::<Holding>::new(), Vec::<(String, Problem)>::new());
    let mut first: Option<Failure> = None;
    let mut answered = read.is_empty();
    for (place, outcome) in read {
        match outcome {
            Ok(rows) => {
                answered = true;
                found.extend(rows);
            }
            Err(failure) => {
                if !missing.iter().any(|(known, _)| *known == place) {
                    missing.push((place, failure.problem().clone()));
                }
                first.get_or_insert(failure);
            }
        }
    }
    if let Some(failure) = first.filter(|_| !answered) {
        return Err(failure);
    }
    let mut seen = BTreeSet::new();
    // Graph's ids may differ in case alone; Azure writes one id in several ways.
    let id = |held: &Holding| match held.key.kind {
        Kind::AzureResource => held.id.to_ascii_lowercase(),
        Kind::DirectoryRole | Kind::Group => held.id.clone(),
    };
    found.retain(|held| seen.insert((held.side, id(held))));
    sort(&mut found);
    Ok((found, missing))
}

fn is_pending(request: &ActivationRequest) -> bool {
    !matches!(request.status, RequestStatus::Provisioned | RequestStatus::Revoked)
}

/// Whether what is there now is what was asked for.
fn is_done(change: &Change, held: &[Holding]) -> bool {
    let there = held.iter().find(|held| held.is(&change.principal.id, &change.key, change.side));
    match change.action {
        AdminAction::Remove => {
            let id = change.before.as_ref().map(|held| held.id.as_str());
            !held.iter().any(|held| Some(held.id.as_str()) == id)
        }
        AdminAction::Assign | AdminAction::Renew => there.is_some(),
        AdminAction::Update | AdminAction::Extend => there.is_some_and(|held| match (held.end, change.end.at()) {
            (Some(is), Some(asked)) => (is - asked).abs() <= TimeDelta::seconds(1),
            (None, None) => true,
            _ => false,
        }),
    }
}

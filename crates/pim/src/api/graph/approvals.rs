//! The approver's side: what waits for the caller, and their decisions.
//!
//! Sources: "approval: filterByCurrentUser", "List approvalSteps", "Update approvalStep" (beta; of directory roles v1.0 has no
//! approvals), "Update approvalStage" (v1.0).

use std::collections::BTreeSet;

use super::{
    schedules::{Approvals, Schedules, segment},
    wire,
};
use crate::{
    api::{
        Client,
        answer::{self, Effect},
    },
    auth::AccessToken,
    failure::Failure,
    model::{ActivationRequest, Approval, Decision, RequestStatus},
};

impl Schedules {
    /// Requests that wait for the caller's decision, with the names of whoever asks.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn awaiting(&self) -> Result<Vec<ActivationRequest>, Failure> {
        let requests = self.approvable(true).await?;
        // Whoever filters by another word than the service's gets everything.
        Ok(requests.into_iter().filter(|request| request.status == RequestStatus::PendingApproval).collect())
    }

    /// What the caller might have decided on, or may: requests of all times that the service keeps.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approvable_ever(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.approvable(false).await
    }

    async fn approvable(&self, only_waiting: bool) -> Result<Vec<ActivationRequest>, Failure> {
        let rows = self.for_approver(only_waiting).await?;
        let mut requests: Vec<_> = rows.into_iter().filter_map(|row| row.activation_request(None)).collect();
        // A group that came without its name is told by its id until that is known.
        let mut names: Vec<String> = requests
            .iter()
            .map(|request| request.role_name.clone().unwrap_or_else(|| request.key.scope_id.clone()))
            .collect();
        self.name_groups(requests.iter().map(|request| &request.key).zip(&mut names).collect()).await;
        for (request, name) in requests.iter_mut().zip(names) {
            if request.role_name.is_none() && name != request.key.scope_id {
                request.role_name = Some(name);
            }
        }
        Ok(requests)
    }
}

/// How approvals stand, those of one version by one `$batch` for each twenty. One outcome for each, in order.
pub(in crate::api) async fn approvals(client: &Client, asked: &[(&Schedules, &str)]) -> Vec<Result<Approval, Failure>> {
    let url = |(schedules, id): &(&Schedules, &str)| {
        let Approvals { path, stages, .. } = schedules.surface.approvals;
        segment(id).map(|id| format!("{path}{id}?$expand={stages}"))
    };
    let (places, urls, mut outcomes) = sound(asked, url);
    for version in versions(asked.iter().map(|(schedules, _)| *schedules)) {
        let own = |at: &usize| asked[places[*at]].0.surface.approvals.version == version;
        let these: Vec<usize> = (0..places.len()).filter(own).collect();
        let answers = client.get_all_of(version, these.iter().map(|at| urls[*at].clone()).collect()).await;
        for (at, answered) in these.into_iter().zip(answers) {
            let read = answered.and_then(|answer| answer::parsed::<wire::Approval>(&answer.body, Effect::Read));
            outcomes[places[at]] = read.map(wire::Approval::approval);
        }
    }
    outcomes
}

/// Decides, on those of one version by one `$batch` for each twenty. One outcome for each, in order; none stops another, and
/// each is sent once.
pub(in crate::api) async fn decide(
    client: &Client,
    decisions: &[(&Schedules, &Decision)],
    token: Option<&AccessToken>,
) -> Vec<Result<(), Failure>> {
    let stages = |approvals: Approvals| Some(approvals.stages);
    let mut outcomes = decide_as(client, decisions, stages, token).await;
    // The one page of the documentation that has it otherwise: a segment that is not known is refused before anything is done.
    let otherwise: Vec<usize> = (0..decisions.len())
        .filter(|at| decisions[*at].0.surface.approvals.otherwise.is_some())
        .filter(|at| outcomes[*at].as_ref().is_err_and(knows_no_such_segment))
        .collect();
    let again: Vec<_> = otherwise.iter().map(|at| decisions[*at]).collect();
    for (at, outcome) in
        otherwise.into_iter().zip(decide_as(client, &again, |approvals| approvals.otherwise, token).await)
    {
        outcomes[at] = outcome;
    }
    outcomes
}

async fn decide_as(
    client: &Client,
    decisions: &[(&Schedules, &Decision)],
    stages: impl Fn(Approvals) -> Option<&'static str>,
    token: Option<&AccessToken>,
) -> Vec<Result<(), Failure>> {
    let url = |(schedules, decision): &(&Schedules, &Decision)| {
        let approvals = schedules.surface.approvals;
        let (approval, stage) = (segment(&decision.approval_id)?, segment(&decision.stage_id)?);
        Ok(format!("{}{approval}/{}/{stage}", approvals.path, stages(approvals).unwrap_or(approvals.stages)))
    };
    let (places, urls, mut outcomes) = sound(decisions, url);
    for version in versions(decisions.iter().map(|(schedules, _)| *schedules)) {
        let own = |at: &usize| decisions[places[*at]].0.surface.approvals.version == version;
        let these: Vec<usize> = (0..places.len()).filter(own).collect();
        let patches = these.iter().map(|at| (urls[*at].clone(), wire::decision(decisions[places[*at]].1)));
        let answers = client.patch_all(version, patches.collect(), token).await;
        for (at, answered) in these.into_iter().zip(answers) {
            outcomes[places[at]] = answered.map(drop);
        }
    }
    outcomes
}

/// Where the items with a sound address stand, those addresses, and room for all outcomes: what is not sound has failed.
fn sound<I, T>(
    items: &[I],
    url: impl Fn(&I) -> Result<String, Failure>,
) -> (Vec<usize>, Vec<String>, Vec<Result<T, Failure>>) {
    let (mut places, mut urls, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match url(item) {
            Ok(url) => {
                places.push(at);
                urls.push(url);
                outcomes.push(Err(unanswered()));
            }
            Err(failure) => outcomes.push(Err(failure)),
        }
    }
    (places, urls, outcomes)
}

/// Nothing came back for it; a batch tells an outcome of every part, so this is never seen.
pub(super) fn unanswered() -> Failure {
    Failure::lost(crate::codes::ours(crate::codes::ANSWER_LOST, None))
}

fn versions<'a>(all: impl Iterator<Item = &'a Schedules>) -> BTreeSet<crate::api::batch::Version> {
    all.map(|schedules| schedules.surface.approvals.version).collect()
}

fn knows_no_such_segment(failure: &Failure) -> bool {
    const CODES: [&str; 2] = ["BadRequest", "Request_BadRequest"];
    matches!(failure, Failure::Refused(problem)
        if CODES.iter().any(|code| problem.code.eq_ignore_ascii_case(code))
            && problem.detail.as_deref().is_some_and(|detail| detail.to_ascii_lowercase().contains("segment")))
}

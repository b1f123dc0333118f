//! The administrator's side: who holds what, and giving and taking.
//!
//! Sources: "List roleEligibilitySchedules", "List roleAssignmentSchedules" and their requests; "List eligibilitySchedules" and
//! its like of groups, which must be asked about one group.

use std::sync::atomic::Ordering;

use super::{
    schedules::{Schedules, accepted, may_be_about_names, segment},
    wire,
};
use crate::{
    api::Client,
    auth::AccessToken,
    cloud::Resource,
    failure::Failure,
    model::{ActivationRequest, Administration, Holding, Side},
};

impl Schedules {
    /// Who holds what, on one side: of directory roles all, of groups those of one. Schedules, so that what has yet to begin is
    /// among them.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn holdings(&self, side: Side, group: Option<&str>) -> Result<Vec<Holding>, Failure> {
        let collection = match side {
            Side::Eligible => self.surface.eligibility_schedules,
            Side::Active => self.surface.assignment_schedules,
        };
        let filter = match group {
            Some(group) => format!("$filter=groupId%20eq%20'{}'&", segment(group)?),
            None => String::new(),
        };
        let kind = if side == Side::Active { "assignmentType," } else { "" };
        let select =
            format!("id,principalId,{},memberType,{kind}status,scheduleInfo,createdDateTime", self.surface.select_role);
        let list = async |expand: &str| {
            let expand = if expand.is_empty() { "principal".to_owned() } else { format!("principal,{expand}") };
            let url = self.url(&format!("{collection}?{filter}$select={select}&$expand={expand}"));
            self.client.pages::<wire::Row>(Resource::Graph, url).await
        };
        let mut listed = None;
        if !self.nameless.load(Ordering::Relaxed) {
            match list(self.surface.expand).await {
                Err(Failure::Refused(problem)) if may_be_about_names(&problem) => {
                    // It may as well be that the caller may read nothing at all: then the second list says so.
                }
                answer => listed = Some(answer?),
            }
        }
        let rows = match listed {
            Some(rows) => rows,
            None => list(self.surface.expand_less).await?,
        };
        let mut found: Vec<Holding> = rows.into_iter().filter_map(|row| row.holding(side)).collect();
        self.name_groups(found.iter_mut().map(|Holding { key, role, .. }| (&*key, role)).collect()).await;
        Ok(found)
    }
}

/// Sends what an administrator does, or has it judged only: one by a POST, several by one `$batch` for each twenty. One outcome
/// for each, in order; each is sent once.
pub(in crate::api) async fn administer(
    client: &Client,
    asked: &[(&Schedules, &Administration)],
    validation: bool,
    token: Option<&AccessToken>,
) -> Vec<Result<ActivationRequest, Failure>> {
    let now = client.net.clock().now();
    let answers = if let [(schedules, one)] = asked {
        let collection = match one.side {
            Side::Eligible => schedules.surface.eligibility_requests,
            Side::Active => schedules.surface.requests,
        };
        let body = wire::administer(one, validation, now);
        let url = schedules.url(collection);
        vec![client.write(Resource::Graph, reqwest::Method::POST, url, Some(&body), token).await]
    } else {
        let posts = asked.iter().map(|(schedules, one)| {
            let collection = match one.side {
                Side::Eligible => schedules.surface.eligibility_requests_in_batch,
                Side::Active => schedules.surface.requests_in_batch,
            };
            (collection, wire::administer(one, validation, now))
        });
        client.post_all(posts.collect(), token).await
    };
    let outcomes = answers.into_iter().zip(asked);
    outcomes.map(|(answer, (_, one))| answer.and_then(|answer| accepted(&answer, &one.key))).collect()
}

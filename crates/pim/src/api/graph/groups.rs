//! PIM for Groups: membership and ownership (Graph v1.0, `identityGovernance/privilegedAccess/group`).

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use super::schedules::{GROUPS, PolicyAssignment, Schedules, segment};
use crate::{
    api::{Answered, Client, Missing},
    cloud::Resource,
    failure::Failure,
    model::{Requirements, RoleKey},
};

/// Memberships and ownerships of the client's account. Cheap to clone. What they have in common with directory roles is what
/// they lead to.
#[derive(Clone, Debug)]
pub struct PimGroups(Schedules);

impl Deref for PimGroups {
    type Target = Schedules;

    fn deref(&self) -> &Schedules {
        &self.0
    }
}

impl PimGroups {
    /// The groups of the client's account.
    pub fn new(client: Client) -> Self {
        Self(Schedules::new(client, &GROUPS))
    }

    /// What these groups ask of members and owners, by [`RoleKey::policy_id`]. Twenty groups to a request, in parallel.
    ///
    /// The ids of policies change when a group is first managed here, so they are asked for by group, never by id.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered. Groups that did not are among the missing.
    pub async fn policies(&self, keys: &[RoleKey]) -> Result<Answered<HashMap<String, Requirements>>, Failure> {
        let groups: BTreeSet<&str> = keys.iter().map(|key| key.scope_id.as_str()).collect();
        let (groups, odd): (Vec<&str>, Vec<&str>) = groups.into_iter().partition(|group| segment(group).is_ok());
        let odd = odd.into_iter().filter_map(|group| Some(Missing::at(group, segment(group).err()?)));
        let urls = groups.iter().map(|group| {
            format!(
                "/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'{group}'%20and%20scopeType%20eq%20\
                 'Group'&$expand=policy($expand=rules)"
            )
        });
        let answers = self.0.client.get_all(urls.collect()).await;
        let mut all = Answered { missing: odd.collect(), ..Answered::all(HashMap::new()) };
        for (group, answer) in groups.into_iter().zip(answers) {
            let assignments = match answer {
                Ok(answer) => self.0.client.pages_within::<PolicyAssignment>(Resource::Graph, &answer).await,
                Err(failure) => Err(failure),
            };
            match assignments {
                Ok(assignments) => all.found.extend(assignments.into_iter().filter_map(|assignment| {
                    let (role, asked) = assignment.requirements();
                    (!role.is_empty()).then(|| (RoleKey::in_group(group, &role).policy_id(), asked))
                })),
                Err(failure) => all.missing.push(Missing::at(group, failure)),
            }
        }
        all.or_failure(|found| !found.is_empty())
    }
}

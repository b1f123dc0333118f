//! PIM for Groups: membership and ownership (Graph v1.0, `identityGovernance/privilegedAccess/group`).

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
};

use super::schedules::{GROUPS, PolicyAssignment, Schedules, group_names, segment};
use crate::{
    api::{
        Answered, Client, Missing,
        sources::{self, Told},
    },
    auth::AccessToken,
    cloud::Resource,
    failure::Failure,
    model::{
        Activation, ActivationRequest, Approval, Assignment, Deactivation, Eligibility, Extension, Requirements,
        RoleKey,
    },
};

/// Memberships and ownerships of the client's account. Cheap to clone.
#[derive(Clone)]
pub struct PimGroups(Schedules);

impl fmt::Debug for PimGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PimGroups").field(&self.0.client).finish()
    }
}

impl PimGroups {
    /// The groups of the client's account.
    pub fn new(client: Client) -> Self {
        Self(Schedules::new(client, &GROUPS))
    }

    /// What the caller may activate: `eligibilityScheduleInstances`.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligible(&self) -> Result<Vec<Eligibility>, Failure> {
        self.eligible_telling(sources::nobody()).await
    }

    pub(in crate::api) async fn eligible_telling(&self, told: Told) -> Result<Vec<Eligibility>, Failure> {
        let mut rows = self.0.eligible(told).await?;
        let names = self.names(rows.iter().map(|row| (&row.key, row.role_name.as_str()))).await;
        for row in &mut rows {
            rename(&mut row.role_name, &row.key, &names);
        }
        Ok(rows)
    }

    /// What the caller is now: `assignmentScheduleInstances`.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn active(&self) -> Result<Vec<Assignment>, Failure> {
        let mut rows = self.0.active().await?;
        let names = self.names(rows.iter().map(|row| (&row.key, row.role_name.as_str()))).await;
        for row in &mut rows {
            rename(&mut row.role_name, &row.key, &names);
        }
        Ok(rows)
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
        let mut all = Answered { found: HashMap::new(), missing: odd.collect() };
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

    /// Activates: one by a POST, several by one `$batch` for each twenty. One outcome for each, in order.
    ///
    /// The service answers `PendingProvisioning` and is done seconds later.
    pub async fn activate(
        &self,
        activations: &[Activation],
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        self.0.activate(activations, token).await
    }

    /// Ends an activation, at the earliest five minutes after its start. The last owner cannot.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn deactivate(
        &self,
        deactivation: &Deactivation,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        self.0.deactivate(deactivation, token).await
    }

    /// Asks for a later end of an eligibility or a standing assignment. An administrator decides.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn extend(
        &self,
        extension: &Extension,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        self.0.extend(extension, token).await
    }

    /// One request by its id.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn request(&self, id: &str) -> Result<ActivationRequest, Failure> {
        self.0.request(id).await
    }

    /// The caller's own requests, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.0.requests().await
    }

    /// Withdraws a request that waits for approval or for its start.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn cancel(&self, id: &str) -> Result<(), Failure> {
        self.0.cancel(id).await
    }

    /// How an approval stands.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approval(&self, id: &str) -> Result<Approval, Failure> {
        self.0.approval(id).await
    }

    pub(in crate::api) fn schedules(&self) -> &Schedules {
        &self.0
    }

    /// The names of groups that came without one: expanding them is allowed, and sometimes brings nothing all the same.
    async fn names(&self, rows: impl Iterator<Item = (&RoleKey, &str)>) -> HashMap<String, String> {
        let nameless: BTreeSet<String> = rows
            .filter(|(key, name)| key.scope_id == **name)
            .map(|(key, _)| key.scope_id.to_ascii_lowercase())
            .collect();
        if nameless.is_empty() {
            return HashMap::new();
        }
        group_names(&self.0.client, nameless.into_iter().collect()).await
    }
}

fn rename(role_name: &mut String, key: &RoleKey, names: &HashMap<String, String>) {
    if let Some(name) = names.get(&key.scope_id.to_ascii_lowercase())
        && *role_name == key.scope_id
    {
        role_name.clone_from(name);
    }
}

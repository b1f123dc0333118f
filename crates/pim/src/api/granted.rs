//! What a group gives to its members: the roles that are assigned to the group itself.

use serde_json::json;

use super::{
    Sources,
    graph::{self, DirectoryRoles, PimGroups},
};
use crate::{
    api::{
        Answered, Missing,
        arm::{AzureRoles, Side},
    },
    cloud::Resource,
    codes,
    failure::Failure,
    model::{Access, Assignment, Kind, RoleKey},
};

/// Subscriptions that are asked one by one.
const MOST_SUBSCRIPTIONS: usize = 50;

impl DirectoryRoles {
    /// The directory roles that a group gives: active or eligible, each once.
    ///
    /// Three readings side by side, of which everybody may be refused some: schedule instances of others take an
    /// administrator's role, `roleAssignments` a permission of its own ("List unifiedRoleAssignments"). One that was refused
    /// is no gap where another answered; one that did not answer is.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered.
    pub async fn of_group(&self, group: &str) -> Result<Answered<Vec<Assignment>>, Failure> {
        let group = graph::segment(group)?;
        let filter = format!("$filter=principalId%20eq%20'{group}'");
        let expand = "$expand=roleDefinition($select=id,displayName)";
        let urls = vec![
            format!("/roleManagement/directory/roleAssignmentScheduleInstances?{filter}&{expand},directoryScope"),
            format!("/roleManagement/directory/roleEligibilityScheduleInstances?{filter}&{expand},directoryScope"),
            // One property can be expanded here, and no more.
            format!("/roleManagement/directory/roleAssignments?{filter}&{expand}"),
        ];
        let client = &self.client;
        let (mut found, mut failures) = (Vec::<Assignment>::new(), Vec::new());
        let mut answered = false;
        for answer in client.get_all(urls).await {
            let rows = match answer {
                Ok(answer) => graph::rows(client, &answer).await,
                Err(failure) => Err(failure),
            };
            match rows {
                Ok(rows) => {
                    answered = true;
                    for row in rows {
                        // Named better by the first one that names it.
                        if !found.iter().any(|known| known.key == row.key) {
                            found.push(row);
                        }
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
        if !answered && let Some(failure) = failures.pop() {
            return Err(failure);
        }
        let silent = failures.into_iter().filter(|failure| !matches!(failure, Failure::Refused(_)));
        let missing = silent.map(|failure| Missing { scope: None, failure }).collect();
        Ok(Answered { missing, ..Answered::all(found) })
    }
}

impl PimGroups {
    /// Is the caller a member of the group, as the directory sees it now ("user: checkMemberGroups")?
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn is_member(&self, group: &str) -> Result<bool, Failure> {
        let client = &self.client;
        let url = client.url(Resource::Graph, "/v1.0/me/checkMemberGroups");
        let body = json!({ "groupIds": [group] });
        let answer = client.write(Resource::Graph, reqwest::Method::POST, url, Some(&body), None).await?;
        let groups: Vec<String> = graph::values(&answer)?;
        Ok(groups.iter().any(|member| member.eq_ignore_ascii_case(group)))
    }
}

impl AzureRoles {
    /// The Azure roles that a group gives, as far as the caller may read them: at the root, or subscription by
    /// subscription of those that they see, which need not be all.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered.
    pub async fn of_group(&self, group: &str) -> Result<Answered<Vec<Assignment>>, Failure> {
        let (active, eligible) =
            tokio::join!(self.assigned_to("/", group, Side::Active), self.assigned_to("/", group, Side::Eligible));
        let failure = match active {
            Ok(active) => return Ok(Answered::all(active.into_iter().chain(eligible.unwrap_or_default()).collect())),
            Err(failure @ Failure::Refused(_)) => failure,
            Err(failure) => return Err(failure),
        };
        let mut seen = self.subscriptions().await?;
        seen.truncate(MOST_SUBSCRIPTIONS);
        let reads = seen.into_iter().flat_map(|seen| [(seen.id.clone(), Side::Active), (seen.id, Side::Eligible)]);
        let group = group.to_owned();
        let answers = self.each(reads.collect(), move |roles, (subscription, side)| {
            let group = group.clone();
            async move { (side, roles.assigned_to(&subscription, &group, side).await.ok()) }
        });
        let mut answered = false;
        let mut found = Vec::<Assignment>::new();
        for (side, rows) in answers.await {
            answered |= side == Side::Active && rows.is_some();
            for row in rows.into_iter().flatten() {
                if !found.iter().any(|known| known.key == row.key) {
                    found.push(row);
                }
            }
        }
        let missing = vec![Missing { scope: None, failure: failure.clone() }];
        if answered { Ok(Answered { missing, ..Answered::all(found) }) } else { Err(failure) }
    }
}

impl Sources {
    /// Has an activation's access arrived where it counts? `None` where that cannot be told.
    ///
    /// Directory roles: a token issued now names those that are held for the whole tenant (`wids`, "Access token claims
    /// reference"). Groups: the directory counts the caller among the members. Azure: the role's permissions work.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn effect(&self, key: &RoleKey) -> Result<Option<bool>, Failure> {
        match (key.kind, key.access()) {
            (Kind::DirectoryRole, _) if key.scope_id == "/" && key.app_scope_id.is_none() => {
                let token = self.client.tokens.renewed(Resource::Graph).await?;
                Ok(token
                    .roles()
                    .map(|roles| roles.iter().any(|role| role.eq_ignore_ascii_case(&key.role_definition_id))))
            }
            (Kind::Group, Some(Access::Member)) => self.groups.is_member(&key.scope_id).await.map(Some),
            (Kind::AzureResource, _) => self.azure.works(key).await,
            _ => Ok(None),
        }
    }

    /// The roles that a group's members get, and what kept some of them from being read. `azure`: Azure is to be asked, too.
    pub async fn granted(&self, group: &str, azure: bool) -> (Option<Vec<Assignment>>, Option<Failure>) {
        let of_azure = async { if azure { self.azure.of_group(group).await } else { Ok(Answered::all(Vec::new())) } };
        let (directory, of_azure) = tokio::join!(self.directory.of_group(group), of_azure);
        let any = directory.is_ok() || (azure && of_azure.is_ok());
        let (mut found, mut failure) = (Vec::new(), None);
        for part in [of_azure, directory] {
            match part {
                Ok(mut answered) => {
                    found.extend(answered.found);
                    failure = answered.missing.pop().map(|missing| missing.failure).or(failure);
                }
                Err(refused) => failure = Some(refused),
            }
        }
        found.sort_by_cached_key(|row| (row.key.kind, row.role_name.to_lowercase(), row.scope_name.clone()));
        (any.then_some(found), failure.map(unreadable))
    }
}

/// Why it is not known what a group gives: that others' roles may not be read is nobody's fault.
fn unreadable(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(problem) => {
            let detail = Some(problem.to_string());
            Failure::Refused(codes::ours(codes::GRANTS_UNREADABLE, detail))
        }
        other => other,
    }
}

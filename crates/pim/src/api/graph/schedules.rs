//! What directory roles and groups have in common: Graph tells and takes their schedules in the same way, under other
//! addresses.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::wire;
use crate::{
    api::{
        Client,
        answer::{self, Effect},
        batch::Version,
        rules::{self, Rule},
        sources::{self, Told},
        wire::name,
    },
    auth::AccessToken,
    cloud::Resource,
    codes,
    failure::Failure,
    model::{
        Activation, ActivationRequest, Approval, Assignment, Deactivation, Eligibility, Extension, Kind, Requirements,
        RoleKey,
    },
    net::Answer,
    problem::Problem,
};

/// Where a kind of PIM is found on Graph.
pub(in crate::api) struct Surface {
    /// Below the version.
    base: &'static str,
    eligible: &'static str,
    active: &'static str,
    pub(super) requests: &'static str,
    pub(super) eligibility_requests: &'static str,
    /// The same as a batch wants it: base and collection.
    pub(super) requests_in_batch: &'static str,
    pub(super) eligibility_requests_in_batch: &'static str,
    /// Everybody's schedules, eligibilities and assignments.
    pub(super) eligibility_schedules: &'static str,
    pub(super) assignment_schedules: &'static str,
    /// What names a row's role.
    pub(super) select_role: &'static str,
    /// What is read of a row, and no more: an id that nobody needs is a quarter of a list's bytes.
    select_eligible: &'static str,
    select_active: &'static str,
    /// Names come with the rows: a role definition in full lists hundreds of permissions, so only what is shown is asked for.
    pub(super) expand: &'static str,
    /// What is certain to be allowed of that; empty for nothing.
    pub(super) expand_less: &'static str,
    /// An approval by its id: what comes before it and after it.
    approval: (&'static str, &'static str),
    /// Where approvals are read and decided on several at once.
    pub(super) approvals: Approvals,
}

/// Where the approvals of a kind are.
#[derive(Clone, Copy)]
pub(super) struct Approvals {
    pub version: Version,
    /// Below the version.
    pub path: &'static str,
    /// What its stages are called there.
    pub stages: &'static str,
    /// What they are called on one page of the documentation.
    pub otherwise: Option<&'static str>,
}

pub(super) const DIRECTORY: Surface = Surface {
    base: "/v1.0/roleManagement/directory",
    eligible: "roleEligibilityScheduleInstances",
    active: "roleAssignmentScheduleInstances",
    requests: "roleAssignmentScheduleRequests",
    eligibility_requests: "roleEligibilityScheduleRequests",
    requests_in_batch: "/roleManagement/directory/roleAssignmentScheduleRequests",
    eligibility_requests_in_batch: "/roleManagement/directory/roleEligibilityScheduleRequests",
    eligibility_schedules: "roleEligibilitySchedules",
    assignment_schedules: "roleAssignmentSchedules",
    select_role: "roleDefinitionId,directoryScopeId,appScopeId",
    select_eligible: "id,principalId,roleDefinitionId,directoryScopeId,appScopeId,startDateTime,endDateTime,memberType",
    select_active: "id,principalId,roleDefinitionId,directoryScopeId,appScopeId,startDateTime,endDateTime,memberType,\
        assignmentType",
    expand: "roleDefinition($select=id,displayName),directoryScope",
    expand_less: "roleDefinition($select=id,displayName)",
    // Only the beta has it.
    approval: ("/beta/roleManagement/directory/roleAssignmentApprovals/", "?$expand=steps"),
    approvals: Approvals {
        version: Version::Beta,
        path: "/roleManagement/directory/roleAssignmentApprovals/",
        stages: "steps",
        otherwise: None,
    },
};

pub(super) const GROUPS: Surface = Surface {
    base: "/v1.0/identityGovernance/privilegedAccess/group",
    eligible: "eligibilityScheduleInstances",
    active: "assignmentScheduleInstances",
    requests: "assignmentScheduleRequests",
    eligibility_requests: "eligibilityScheduleRequests",
    requests_in_batch: "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
    eligibility_requests_in_batch: "/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
    eligibility_schedules: "eligibilitySchedules",
    assignment_schedules: "assignmentSchedules",
    select_role: "groupId,accessId",
    select_eligible: "id,principalId,groupId,accessId,startDateTime,endDateTime,memberType",
    select_active: "id,principalId,groupId,accessId,startDateTime,endDateTime,memberType,assignmentType",
    expand: "group($select=id,displayName)",
    expand_less: "",
    approval: ("/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/", "?$expand=stages"),
    approvals: Approvals {
        version: Version::V1,
        path: "/identityGovernance/privilegedAccess/group/assignmentApprovals/",
        stages: "stages",
        // "Update approvalStage" prints this for groups, where the type has stages.
        otherwise: Some("steps"),
    },
};

/// One kind's schedules of the client's account: what directory roles and groups have in common. Cheap to clone.
#[derive(Clone)]
pub struct Schedules {
    pub(in crate::api) client: Client,
    pub(super) surface: &'static Surface,
    /// The service refused to name something: lists are asked for without from then on.
    pub(super) nameless: Arc<AtomicBool>,
}

impl fmt::Debug for Schedules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schedules")
            .field("client", &self.client)
            .field("base", &self.surface.base)
            .finish_non_exhaustive()
    }
}

impl Schedules {
    pub(super) fn new(client: Client, surface: &'static Surface) -> Self {
        Self { client, surface, nameless: Arc::default() }
    }

    /// What the caller may activate: schedule instances of eligibilities, through groups too.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligible(&self) -> Result<Vec<Eligibility>, Failure> {
        self.eligible_telling(sources::nobody()).await
    }

    pub(in crate::api) async fn eligible_telling(&self, told: Told) -> Result<Vec<Eligibility>, Failure> {
        let own = self.own();
        let tell = |rows: &[wire::Row]| told(rows.iter().filter_map(wire::Row::key).collect());
        let rows = self.rows(self.surface.eligible, self.surface.select_eligible, tell).await?;
        let mut rows: Vec<_> = rows.into_iter().filter_map(|row| row.eligibility(own)).collect();
        self.name_groups(rows.iter_mut().map(|Eligibility { key, role_name, .. }| (&*key, role_name)).collect()).await;
        Ok(rows)
    }

    /// What the caller holds now: schedule instances of assignments.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn active(&self) -> Result<Vec<Assignment>, Failure> {
        let rows = self.rows(self.surface.active, self.surface.select_active, |_| {}).await?;
        let own = self.own();
        let mut rows: Vec<_> = rows.into_iter().filter_map(|row| row.assignment(own)).collect();
        self.name_groups(rows.iter_mut().map(|Assignment { key, role_name, .. }| (&*key, role_name)).collect()).await;
        Ok(rows)
    }

    /// Names groups that came without a name: expanding them is allowed, and sometimes brings nothing all the same.
    pub(super) async fn name_groups(&self, rows: Vec<(&RoleKey, &mut String)>) {
        let nameless = rows.into_iter().filter(|(key, name)| key.kind == Kind::Group && key.scope_id == **name);
        let nameless: Vec<_> = nameless.map(|(key, name)| (key.scope_id.to_ascii_lowercase(), name)).collect();
        let ids: BTreeSet<String> = nameless.iter().map(|(id, _)| id.clone()).collect();
        if ids.is_empty() {
            return;
        }
        let names = group_names(&self.client, ids.into_iter().collect()).await;
        for (id, name) in nameless {
            if let Some(known) = names.get(&id) {
                name.clone_from(known);
            }
        }
    }

    /// Activates: one by a POST, several by one `$batch` for each twenty. One outcome for each, in order. Groups answer
    /// `PendingProvisioning` and are done seconds later.
    ///
    /// `token` is the one that a step-up brought: the service judges the very token of the request.
    pub async fn activate(
        &self,
        activations: &[Activation],
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let asked: Vec<_> = activations.iter().map(|activation| (self, activation)).collect();
        activate(&self.client, &asked, token).await
    }

    /// Ends an activation, at the earliest five minutes after its start. A group's last owner cannot.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn deactivate(
        &self,
        deactivation: &Deactivation,
        token: Option<&AccessToken>,
    ) -> Result<ActivationRequest, Failure> {
        let answer = self.post(self.surface.requests, &wire::self_deactivate(deactivation), token).await?;
        accepted(&answer, &deactivation.key)
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
        let body = wire::self_extend(extension, self.client.net.clock().now());
        let of_eligibility = extension.eligibility;
        let collection = if of_eligibility { self.surface.eligibility_requests } else { self.surface.requests };
        let answer = self.post(collection, &body, token).await?;
        accepted(&answer, &extension.key)
    }

    /// One request by its id.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn request(&self, id: &str) -> Result<ActivationRequest, Failure> {
        let url = self.url(&format!("{}/{}", self.surface.requests, segment(id)?));
        let request: wire::Row = self.client.read(Resource::Graph, url).await?;
        request.activation_request(None).ok_or_else(|| Failure::Refused(incomprehensible()))
    }

    /// The caller's own requests, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.own_requests(self.surface.requests).await
    }

    /// The caller's own requests about eligibilities, in no particular order: extensions and renewals. Of directory roles that
    /// takes the permission to make such requests.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligibility_requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        self.own_requests(self.surface.eligibility_requests).await
    }

    async fn own_requests(&self, collection: &str) -> Result<Vec<ActivationRequest>, Failure> {
        let url = self.url(&format!("{collection}/filterByCurrentUser(on='principal')"));
        let requests: Vec<wire::Row> = self.client.pages(Resource::Graph, url).await?;
        let requests = requests.into_iter().filter_map(|request| request.activation_request(None));
        Ok(requests.filter(|request| request.action.is_own()).collect())
    }

    /// Withdraws a request that waits for approval or for its start.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn cancel(&self, id: &str) -> Result<(), Failure> {
        let url = self.url(&format!("{}/{}/cancel", self.surface.requests, segment(id)?));
        self.client.write(Resource::Graph, Method::POST, url, None, None).await.map(|_| ())
    }

    /// How an approval stands. Of directory roles only Graph's beta has it.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approval(&self, id: &str) -> Result<Approval, Failure> {
        let (before, after) = self.surface.approval;
        let url = self.client.url(Resource::Graph, &format!("{before}{}{after}", segment(id)?));
        let approval: wire::Approval = self.client.read(Resource::Graph, url).await?;
        Ok(approval.approval())
    }

    /// What the caller may decide on (`filterByCurrentUser(on='approver')`), with whoever asks: what waits, or
    /// also what has been decided.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub(super) async fn for_approver(&self, only_waiting: bool) -> Result<Vec<wire::Row>, Failure> {
        let filter = if only_waiting { "$filter=status%20eq%20'PendingApproval'&" } else { "" };
        let list = async |expand: &str| {
            let expand = if expand.is_empty() { "principal".to_owned() } else { format!("principal,{expand}") };
            let requests = self.surface.requests;
            let url = self.url(&format!("{requests}/filterByCurrentUser(on='approver')?{filter}$expand={expand}"));
            self.client.pages(Resource::Graph, url).await
        };
        if !self.nameless.load(Ordering::Relaxed) {
            match list(self.surface.expand).await {
                Err(Failure::Refused(problem)) if may_be_about_names(&problem) => {
                    self.nameless.store(true, Ordering::Relaxed);
                }
                listed => return listed,
            }
        }
        list(self.surface.expand_less).await
    }

    /// Everybody's requests about a role or a group, for those who may read them. `property` names which of the two.
    pub(in crate::api) async fn requests_about(
        &self,
        property: &str,
        id: &str,
    ) -> Result<Vec<ActivationRequest>, Failure> {
        let url = self.url(&format!("{}?$filter={property}%20eq%20'{}'", self.surface.requests, segment(id)?));
        let rows: Vec<wire::Row> = self.client.pages(Resource::Graph, url).await?;
        Ok(rows.into_iter().filter_map(|row| row.activation_request(None)).collect())
    }

    /// Everybody's requests, for those who may read them. Groups tell of one at a time only.
    pub(in crate::api) async fn all_requests(&self) -> Result<Vec<ActivationRequest>, Failure> {
        let rows: Vec<wire::Row> = self.client.pages(Resource::Graph, self.url(self.surface.requests)).await?;
        Ok(rows.into_iter().filter_map(|row| row.activation_request(None)).collect())
    }

    fn own(&self) -> &str {
        &self.client.tokens.identity().object_id
    }

    pub(super) fn url(&self, path: &str) -> url::Url {
        self.client.url(Resource::Graph, &format!("{}/{path}", self.surface.base))
    }

    pub(super) async fn post(
        &self,
        collection: &str,
        body: &Value,
        token: Option<&AccessToken>,
    ) -> Result<Answer, Failure> {
        self.client.write(Resource::Graph, Method::POST, self.url(collection), Some(body), token).await
    }

    /// Instances with names. An application's own scope is rare: what it is called is asked where there is one.
    async fn rows(
        &self,
        collection: &str,
        select: &str,
        told: impl Fn(&[wire::Row]),
    ) -> Result<Vec<wire::Row>, Failure> {
        let mut rows = self.instances(collection, select, told).await?;
        if rows.iter().any(wire::Row::is_scoped_to_an_application) {
            let query = "$select=id,appScopeId&$expand=appScope";
            let url = self.url(&format!("{collection}/filterByCurrentUser(on='principal')?{query}"));
            // Without it the id is shown.
            let scopes: Vec<wire::ScopedRow> = self.client.pages(Resource::Graph, url).await.unwrap_or_default();
            wire::name_application_scopes(&mut rows, scopes);
        }
        Ok(rows)
    }

    /// Instances with the names of what they are about; without the optional ones where the service does not allow that.
    async fn instances(
        &self,
        collection: &str,
        select: &str,
        told: impl Fn(&[wire::Row]),
    ) -> Result<Vec<wire::Row>, Failure> {
        let list = async |expand: &str| {
            let expand = if expand.is_empty() { String::new() } else { format!("&$expand={expand}") };
            let url = self.url(&format!("{collection}/filterByCurrentUser(on='principal')?$select={select}{expand}"));
            self.client.pages_telling(Resource::Graph, url, &told).await
        };
        if !self.nameless.load(Ordering::Relaxed) {
            match list(self.surface.expand).await {
                // It is not documented which permissions naming an administrative unit or a group takes.
                Err(Failure::Refused(problem)) if may_be_about_names(&problem) => {
                    self.nameless.store(true, Ordering::Relaxed);
                }
                listed => return listed,
            }
        }
        list(self.surface.expand_less).await
    }
}

/// Activates roles of either kind: one by a POST, several by one `$batch` for each twenty. One outcome for each, in order.
pub(in crate::api) async fn activate(
    client: &Client,
    asked: &[(&Schedules, &Activation)],
    token: Option<&AccessToken>,
) -> Vec<Result<ActivationRequest, Failure>> {
    let now = client.net.clock().now();
    let answers = if let [(schedules, activation)] = asked {
        vec![schedules.post(schedules.surface.requests, &wire::self_activate(activation, now), token).await]
    } else {
        let posts = asked
            .iter()
            .map(|(schedules, activation)| (schedules.surface.requests_in_batch, wire::self_activate(activation, now)));
        client.post_all(posts.collect(), token).await
    };
    let outcomes = answers.into_iter().zip(asked);
    outcomes.map(|(answer, (_, activation))| answer.and_then(|answer| accepted(&answer, &activation.key))).collect()
}

/// A `unifiedRoleManagementPolicyAssignment` with its policy and rules.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PolicyAssignment {
    role_definition_id: Option<String>,
    policy: Option<Policy>,
}

#[derive(Deserialize)]
struct Policy {
    #[serde(default)]
    rules: Option<Vec<Rule>>,
}

impl PolicyAssignment {
    /// The role's id, and what it asks for.
    pub fn requirements(self) -> (String, Requirements) {
        let rules = self.policy.and_then(|policy| policy.rules).unwrap_or_default();
        (self.role_definition_id.unwrap_or_default(), rules::requirements(rules))
    }
}

/// Names of groups that came without: `id` to name. What may not be read stays nameless.
async fn group_names(client: &Client, ids: Vec<String>) -> HashMap<String, String> {
    /// Values that one `in` may have, as other clients found.
    const MOST: usize = 15;

    #[derive(Deserialize)]
    struct Group {
        id: String,
        #[serde(rename = "displayName")]
        display_name: Option<String>,
    }
    let ids: Vec<String> = ids.into_iter().filter(|id| segment(id).is_ok()).collect();
    let mut readings = tokio::task::JoinSet::new();
    for ids in ids.chunks(MOST) {
        let listed = ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
        let url =
            client.url(Resource::Graph, &format!("/v1.0/groups?$filter=id%20in%20({listed})&$select=id,displayName"));
        let client = client.clone();
        readings.spawn(async move { client.pages::<Group>(Resource::Graph, url).await });
    }
    let groups = readings.join_all().await.into_iter().flatten().flatten();
    groups.filter_map(|group| Some((group.id.to_ascii_lowercase(), name(group.display_name.as_deref())?))).collect()
}

pub(super) fn may_be_about_names(problem: &Problem) -> bool {
    const ABOUT_THE_QUERY: [&str; 4] =
        ["Authorization_RequestDenied", "Request_BadRequest", "BadRequest", "Request_UnsupportedQuery"];
    ABOUT_THE_QUERY.iter().any(|code| problem.code.eq_ignore_ascii_case(code))
}

/// The request that the service made of ours. Its answer is there, so what cannot be read is looked up, never sent again.
pub(super) fn accepted(answer: &Answer, key: &RoleKey) -> Result<ActivationRequest, Failure> {
    let request: wire::Row = answer::parsed(&answer.body, Effect::Write)?;
    request.activation_request(Some(key)).ok_or_else(|| Failure::lost(incomprehensible()))
}

fn incomprehensible() -> Problem {
    codes::ours(codes::UNEXPECTED, None)
}

/// An id as part of a path: it came from the service, and is checked all the same.
pub(in crate::api) fn segment(id: &str) -> Result<&str, Failure> {
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if plain {
        Ok(id)
    } else {
        Err(Failure::Refused(codes::ours(codes::UNEXPECTED, Some("An id with odd characters.".into()))))
    }
}

//! Azure resource roles (Azure Resource Manager, api-version 2020-10-01).
//!
//! What the caller may activate and holds is read at the root of the tenant in one request. That reading is slow in some
//! tenants and incomplete in others, so single scopes are asked beside it where it is late or short (`listing`).

mod alerts;
mod approvals;
mod assignments;
mod batch;
mod listing;
mod permissions;
mod policies;
mod requests;
mod reviews;
mod scope;
mod wire;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak, atomic::AtomicBool},
    time::Duration,
};

use tokio::{
    sync::{OnceCell, Semaphore},
    task::JoinSet,
};
use url::Url;

pub(super) use self::policies::policy_of;
use self::wire::{Child, Envelope, Names, Policy, Row, TenantRow};
use super::{
    Answered, Client,
    sources::{self, Told},
};
use crate::{
    cloud::Resource,
    failure::Failure,
    model::{Assignment, Eligibility, RoleKey, Scope, Tenant},
};

const VERSION: &str = "api-version=2020-10-01";
const GROUPS_VERSION: &str = "api-version=2020-05-01";
const SCOPES_VERSION: &str = "api-version=2022-12-01";
const RESOURCES_VERSION: &str = "api-version=2021-04-01";

/// Requests of lists, policies and activations under way at once, in all. Azure gives each caller a bucket of 250 reads and
/// 200 writes.
const AT_ONCE: usize = 16;

/// The two sides of having a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Eligible,
    Active,
}

impl Side {
    /// The collection of what is so now.
    fn instances(self) -> &'static str {
        match self {
            Self::Eligible => "roleEligibilityScheduleInstances",
            Self::Active => "roleAssignmentScheduleInstances",
        }
    }
}

/// How long a reading may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// After this single scopes are asked beside the root.
    pub root: Duration,
    /// A single scope that takes longer counts as missing.
    pub scope: Duration,
    /// The root that takes longer still counts as missing.
    pub last: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { root: Duration::from_secs(4), scope: Duration::from_secs(10), last: Duration::from_secs(60) }
    }
}

/// Azure roles of the client's account. Cheap to clone.
#[derive(Clone)]
pub struct AzureRoles {
    client: Client,
    patience: Patience,
    names: Arc<Mutex<Names>>,
    /// For what counts among [`AT_ONCE`].
    turns: Arc<Semaphore>,
    /// Subscriptions that are being read.
    subscribed: Arc<Mutex<Weak<OnceCell<Vec<Scope>>>>>,
    /// The subscriptions' names have been read.
    named: Arc<AtomicBool>,
    /// The service would have no batches.
    batchless: Arc<AtomicBool>,
    /// Each side's root is being read, and is late.
    late: Arc<[AtomicBool; 2]>,
    /// Whether each side's root had all that single scopes had, once that was held against each other.
    compared: Arc<[Mutex<Option<bool>>; 2]>,
}

impl fmt::Debug for AzureRoles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AzureRoles").field(&self.client).finish()
    }
}

impl AzureRoles {
    /// The Azure roles of the client's account.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            patience: Patience::default(),
            names: Arc::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            subscribed: Arc::default(),
            named: Arc::default(),
            batchless: Arc::default(),
            late: Arc::default(),
            compared: Arc::default(),
        }
    }

    /// The same with other patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// What the caller may activate, on every scope: `roleEligibilityScheduleInstances`.
    ///
    /// `expected` are roles that were there before: where the root does not name one of them, its scope is asked. Where nobody
    /// knows what to expect, scopes that the caller sees are asked once, to see whether the root tells all.
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered. Reads are tried three times.
    pub async fn eligible(&self, expected: &[RoleKey]) -> Result<Answered<Vec<Eligibility>>, Failure> {
        self.eligible_telling(expected, sources::nobody(), |_| {}).await
    }

    pub(super) async fn eligible_telling(
        &self,
        expected: &[RoleKey],
        told: Told,
        so_far: impl Fn(Answered<Vec<Eligibility>>) + Send + Sync,
    ) -> Result<Answered<Vec<Eligibility>>, Failure> {
        let rows = self.list(Side::Eligible, expected, told, |rows| so_far(self.eligibilities(rows))).await?;
        Ok(self.eligibilities(rows))
    }

    fn eligibilities(&self, rows: Answered<Vec<Row>>) -> Answered<Vec<Eligibility>> {
        let (own, names) = (&self.client.tokens.identity().object_id, self.names());
        rows.map(|rows| rows.into_iter().filter_map(|row| row.eligibility(own, &names)).collect())
    }

    /// What the caller holds now, on every scope: `roleAssignmentScheduleInstances`.
    ///
    /// `expected` are roles that should be active: the root learns of an activation up to minutes late, and in some tenants
    /// never. For minutes after a deactivation the role is listed as a standing assignment ([`Assignment::activated`]).
    ///
    /// # Errors
    /// See [`Failure`]; only where nothing answered. Reads are tried three times.
    pub async fn active(&self, expected: &[RoleKey]) -> Result<Answered<Vec<Assignment>>, Failure> {
        self.active_telling(expected, |_| {}).await
    }

    pub(super) async fn active_telling(
        &self,
        expected: &[RoleKey],
        so_far: impl Fn(Answered<Vec<Assignment>>) + Send + Sync,
    ) -> Result<Answered<Vec<Assignment>>, Failure> {
        let rows = self.list(Side::Active, expected, sources::nobody(), |rows| so_far(self.assignments(rows))).await?;
        Ok(self.assignments(rows))
    }

    fn assignments(&self, rows: Answered<Vec<Row>>) -> Answered<Vec<Assignment>> {
        let (own, names) = (&self.client.tokens.identity().object_id, self.names());
        rows.map(|rows| rows.into_iter().filter_map(|row| row.assignment(own, &names)).collect())
    }

    /// The direct children of a scope at which what is eligible there may be activated: `eligibleChildResources`.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn children(&self, scope: &str) -> Result<Vec<Scope>, Failure> {
        let url = self.url(scope, "providers/Microsoft.Authorization/eligibleChildResources", VERSION)?;
        let children: Vec<Child> = self.client.pages(Resource::Arm, url).await?;
        let children: Vec<Scope> = children.into_iter().filter_map(Child::scope).collect();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.extend(children.iter().map(|scope| (scope.id.to_ascii_lowercase(), scope.name.clone())));
        Ok(children)
    }

    /// The roles that are assigned to a group at a scope and below it, now or as eligibilities.
    pub(super) async fn assigned_to(&self, scope: &str, group: &str, side: Side) -> Result<Vec<Assignment>, Failure> {
        let filter = format!("assignedTo('{}')", scope::segment(group)?);
        let mut url = self.url(scope, &format!("providers/Microsoft.Authorization/{}", side.instances()), VERSION)?;
        url.query_pairs_mut().append_pair("$filter", &filter);
        let rows: Vec<Row> = self.client.pages(Resource::Arm, url).await?;
        let names = self.names();
        Ok(rows.into_iter().filter_map(|row| row.assignment(group, &names)).collect())
    }

    /// The tenants that the account may sign in to.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn tenants(&self) -> Result<Vec<Tenant>, Failure> {
        let url = self.url(scope::ROOT, "tenants", SCOPES_VERSION)?;
        let tenants: Vec<TenantRow> = self.client.pages(Resource::Arm, url).await?;
        Ok(tenants.into_iter().map(TenantRow::tenant).collect())
    }

    /// Subscriptions that the caller may see: none, where they are merely eligible.
    pub(super) async fn subscriptions(&self) -> Result<Vec<Scope>, Failure> {
        let url = self.url(scope::ROOT, "subscriptions", SCOPES_VERSION)?;
        let subscriptions: Vec<Child> = self.client.pages(Resource::Arm, url).await?;
        Ok(subscriptions.into_iter().filter_map(Child::scope).collect())
    }

    /// Management groups that the caller may see.
    async fn management_groups(&self) -> Result<Vec<Scope>, Failure> {
        let url = self.url(scope::ROOT, "providers/Microsoft.Management/managementGroups", GROUPS_VERSION)?;
        let groups: Vec<Child> = self.client.pages(Resource::Arm, url).await?;
        Ok(groups.into_iter().filter_map(Child::scope).collect())
    }

    /// An address below a scope.
    fn url(&self, scope: &str, path: &str, query: &str) -> Result<Url, Failure> {
        Ok(self.client.url(Resource::Arm, &format!("{}/{path}?{query}", scope::checked(scope)?)))
    }

    fn names(&self) -> Names {
        self.names_mut().clone()
    }

    fn names_mut(&self) -> MutexGuard<'_, Names> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something for each, when its turn has come, and tells the outcomes in order.
    pub(super) async fn each<I, O, F>(&self, items: Vec<I>, work: impl Fn(Self, I) -> F) -> Vec<O>
    where
        I: Send + 'static,
        O: Send + 'static,
        F: Future<Output = O> + Send + 'static,
    {
        let mut tasks = JoinSet::new();
        for (index, item) in items.into_iter().enumerate() {
            let (work, turns) = (work(self.clone(), item), Arc::clone(&self.turns));
            tasks.spawn(async move {
                // Never closed.
                let _turn = turns.acquire().await;
                (index, work.await)
            });
        }
        let mut outcomes = tasks.join_all().await;
        outcomes.sort_by_key(|(index, _)| *index);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }
}

/// A published example of a collection as the model holds it; `None` for collections that are not read.
#[cfg(test)]
pub(super) fn example(collection: &str, entity: &serde_json::Value) -> Option<serde_json::Result<serde_json::Value>> {
    use serde::de::{DeserializeOwned, Error};
    use serde_json::to_value;

    fn read<T: DeserializeOwned>(entity: &serde_json::Value) -> serde_json::Result<T> {
        serde_json::from_value(entity.clone())
    }
    let own = entity["properties"]["principalId"].as_str().unwrap_or_default();
    let nameless = || serde_json::Error::custom("names no role");
    if collection.ends_with("requests") {
        return Some(read::<Row>(entity).and_then(|row| to_value(row.activation_request(None).ok_or_else(nameless)?)));
    }
    if collection.contains("schedule") {
        return Some(read::<Row>(entity).and_then(|row| {
            if collection.contains("eligibility") {
                to_value(row.eligibility(own, &Names::new()).ok_or_else(nameless)?)
            } else {
                to_value(row.assignment(own, &Names::new()).ok_or_else(nameless)?)
            }
        }));
    }
    Some(match collection {
        "roleassignmentapprovals" => {
            read::<Envelope<wire::ApprovalProperties>>(entity).and_then(|approval| to_value(approval.approval()))
        }
        "stages" => read::<Envelope<wire::Stage>>(entity).and_then(|stage| to_value(stage.stage())),
        "rolemanagementpolicyassignments" => {
            read::<Envelope<Policy>>(entity).and_then(|policy| to_value(policy.requirements()))
        }
        "permissions" | "roledefinitions" => permissions::example(collection, entity),
        "rules" => read(entity).and_then(|rule| to_value(crate::api::rules::requirements(vec![rule]))),
        "tenants" => read::<TenantRow>(entity).and_then(|tenant| to_value(tenant.tenant())),
        review if review.starts_with("accessreview") => reviews::example(review, entity),
        "alerts" => alerts::example(entity),
        alert if alert.starts_with("alert") => crate::api::alerts::example(alert, entity),
        "eligiblechildresources" | "subscriptions" | "managementgroups" => {
            read::<Child>(entity).and_then(|child| to_value(child.scope().ok_or_else(nameless)?))
        }
        _ => return None,
    })
}

/// Whom a published instance says that it is held through, where the caller is `own`.
#[cfg(test)]
pub(super) fn held_through(entity: &serde_json::Value, own: &str) -> serde_json::Result<Option<String>> {
    serde_json::from_value::<Row>(entity.clone()).map(|row| row.held_through(own))
}

/// What is sent for the wish that a published request's body tells of, at this scope; `None` where Pimento sends none of its
/// kind.
#[cfg(test)]
pub(super) fn sent(body: &serde_json::Value, scope: &str) -> Option<serde_json::Result<serde_json::Value>> {
    use super::examples_tests::Wish;

    let role = body["properties"]["roleDefinitionId"].as_str()?;
    let read = serde_json::from_value::<Row>(body.clone());
    let asked = match read.map(|row| row.activation_request(Some(&RoleKey::azure(role, scope)))) {
        Ok(asked) => asked?,
        Err(error) => return Some(Err(error)),
    };
    Some(Ok(match Wish::of(asked, &body["properties"]["scheduleInfo"])? {
        Wish::Activate(activation) => wire::self_activate(&activation),
        Wish::Deactivate(deactivation) => wire::self_deactivate(&deactivation),
        Wish::Extend(extension) => wire::self_extend(&extension, chrono::DateTime::UNIX_EPOCH),
    }))
}

#[cfg(test)]
mod tests;

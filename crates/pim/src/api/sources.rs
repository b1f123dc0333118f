//! The three kinds of PIM side by side: the same questions and requests, sent where each kind lives.

use std::{collections::HashMap, sync::Arc};

use super::{
    Client,
    arm::AzureRoles,
    graph::{self, DirectoryRoles, PimGroups, Schedules},
};
use crate::{
    auth::AccessToken,
    cloud::Resource,
    failure::Failure,
    model::{
        Activation, ActivationRequest, Approval, Assignment, Deactivation, Decision, Eligibility, Extension, Kind,
        Requirements, RoleKey,
    },
};

/// What answered, and what did not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered<T> {
    /// What was found.
    pub found: T,
    /// Where nothing is known: what is shown may be incomplete. Only Azure's scopes and the policies of groups and Azure
    /// roles answer one by one.
    pub missing: Vec<Missing>,
    /// Scopes that were asked by themselves and answered for what lies below them, too: what is known where the tenant as a
    /// whole did not answer.
    pub asked: Vec<String>,
}

/// A scope that did not answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The scope or group; `None` for the tenant as a whole.
    pub scope: Option<String>,
    /// Why.
    pub failure: Failure,
}

impl Missing {
    pub(super) fn at(scope: &str, failure: Failure) -> Self {
        Self { scope: Some(scope.to_owned()), failure }
    }
}

impl<T> Answered<T> {
    /// Everything answered.
    pub fn all(found: T) -> Self {
        Self { found, missing: Vec::new(), asked: Vec::new() }
    }

    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Answered<U> {
        Answered { found: change(self.found), missing: self.missing, asked: self.asked }
    }

    /// Fails where nothing at all answered.
    pub(super) fn or_failure(mut self, any: impl FnOnce(&T) -> bool) -> Result<Self, Failure> {
        if self.missing.is_empty() || any(&self.found) {
            return Ok(self);
        }
        Err(self.missing.swap_remove(0).failure)
    }
}

impl Kind {
    /// Whose token a request of this kind carries: where a step-up must be asked for.
    pub fn resource(self) -> Resource {
        match self {
            Self::DirectoryRole | Self::Group => Resource::Graph,
            Self::AzureResource => Resource::Arm,
        }
    }
}

/// Who hears of roles that are coming.
pub type Told = Arc<dyn Fn(Vec<RoleKey>) + Send + Sync>;

/// Nobody wants to know before everything is there.
pub(super) fn nobody() -> Told {
    Arc::new(|_| {})
}

/// All three kinds for the client's account. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Directory roles.
    pub directory: DirectoryRoles,
    /// Groups.
    pub groups: PimGroups,
    /// Azure resources.
    pub azure: AzureRoles,
    pub(super) client: Client,
}

impl Sources {
    /// The three for the client's account.
    pub fn new(client: Client) -> Self {
        Self {
            directory: DirectoryRoles::new(client.clone()),
            groups: PimGroups::new(client.clone()),
            azure: AzureRoles::new(client.clone()),
            client,
        }
    }

    /// What the caller may activate. `expected`: roles of this kind that were there before ([`AzureRoles::eligible`]).
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligible(&self, kind: Kind, expected: &[RoleKey]) -> Result<Answered<Vec<Eligibility>>, Failure> {
        self.eligible_telling(kind, expected, nobody(), |_| {}).await
    }

    /// The same. `told` hears which roles were on a page that another one follows, while that one is on its way: their
    /// policies need not wait for the last page. `so_far` hears of what is known while something is late; the end has all of it.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn eligible_telling(
        &self,
        kind: Kind,
        expected: &[RoleKey],
        told: Told,
        so_far: impl Fn(Answered<Vec<Eligibility>>) + Send + Sync,
    ) -> Result<Answered<Vec<Eligibility>>, Failure> {
        // The policies of directory roles come all at once.
        let told = if kind == Kind::DirectoryRole { nobody() } else { told };
        match self.on_graph(kind) {
            Some(schedules) => schedules.eligible_telling(told).await.map(Answered::all),
            None => self.azure.eligible_telling(expected, told, so_far).await,
        }
    }

    /// What the caller holds now. `expected`: roles of this kind that should be active ([`AzureRoles::active`]).
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn active(&self, kind: Kind, expected: &[RoleKey]) -> Result<Answered<Vec<Assignment>>, Failure> {
        self.active_telling(kind, expected, |_| {}).await
    }

    /// The same; `so_far` as in [`Sources::eligible_telling`].
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn active_telling(
        &self,
        kind: Kind,
        expected: &[RoleKey],
        so_far: impl Fn(Answered<Vec<Assignment>>) + Send + Sync,
    ) -> Result<Answered<Vec<Assignment>>, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.active().await.map(Answered::all),
            None => self.azure.active_telling(expected, so_far).await,
        }
    }

    /// What these roles ask for, by [`RoleKey::policy_id`]. Of directory roles all are read at once, whichever are named.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn policies(
        &self,
        kind: Kind,
        keys: &[RoleKey],
    ) -> Result<Answered<HashMap<String, Requirements>>, Failure> {
        match kind {
            Kind::DirectoryRole => self.directory.policies().await.map(Answered::all),
            Kind::Group => self.groups.policies(keys).await,
            Kind::AzureResource => self.azure.policies(keys).await,
        }
    }

    /// Activates roles of any kinds side by side: those of Graph by one `$batch` for each twenty, those of Azure by a PUT
    /// each. One outcome for each, in order; none stops another.
    ///
    /// `tokens` are those that step-ups brought: each goes to its own service, whichever role made it necessary.
    pub async fn activate(
        &self,
        activations: &[Activation],
        tokens: &[AccessToken],
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let (on_graph, on_azure) = split(activations, |activation| activation.key.kind);
        let picked =
            |places: &[usize]| -> Vec<Activation> { places.iter().map(|at| activations[*at].clone()).collect() };
        let (graph_ones, azure_ones) = (picked(&on_graph), picked(&on_azure));
        let (first, second) = tokio::join!(
            self.activate_on_graph(&graph_ones, token(tokens, Resource::Graph)),
            self.azure.activate(&azure_ones, token(tokens, Resource::Arm)),
        );
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    async fn activate_on_graph(
        &self,
        activations: &[Activation],
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        let asked = activations.iter().filter_map(|asked| Some((self.on_graph(asked.key.kind)?, asked)));
        let asked: Vec<_> = asked.collect();
        graph::activate(&self.client, &asked, token).await
    }

    /// Ends an activation, at the earliest five minutes after its start.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn deactivate(
        &self,
        deactivation: &Deactivation,
        tokens: &[AccessToken],
    ) -> Result<ActivationRequest, Failure> {
        let kind = deactivation.key.kind;
        let token = token(tokens, kind.resource());
        match self.on_graph(kind) {
            Some(schedules) => schedules.deactivate(deactivation, token).await,
            None => self.azure.deactivate(deactivation, token).await,
        }
    }

    /// Asks for a later end of an eligibility or a standing assignment. An administrator decides.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn extend(&self, extension: &Extension, tokens: &[AccessToken]) -> Result<ActivationRequest, Failure> {
        let kind = extension.key.kind;
        let token = token(tokens, kind.resource());
        match self.on_graph(kind) {
            Some(schedules) => schedules.extend(extension, token).await,
            None => self.azure.extend(extension, token).await,
        }
    }

    /// One request by its id.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn request(&self, kind: Kind, id: &str) -> Result<ActivationRequest, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.request(id).await,
            None => self.azure.request(id).await,
        }
    }

    /// The caller's own requests, in no particular order.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests(&self, kind: Kind) -> Result<Vec<ActivationRequest>, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.requests().await,
            None => self.azure.requests().await,
        }
    }

    /// The caller's own requests about eligibilities, in no particular order: extensions and renewals.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Of directory roles this takes a permission that Pimento does not ask
    /// for by itself.
    pub async fn eligibility_requests(&self, kind: Kind) -> Result<Vec<ActivationRequest>, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.eligibility_requests().await,
            None => self.azure.eligibility_requests().await,
        }
    }

    /// Withdraws a request that waits for approval or for its start.
    ///
    /// # Errors
    /// See [`Failure`]; sent once.
    pub async fn cancel(&self, kind: Kind, id: &str) -> Result<(), Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.cancel(id).await,
            None => self.azure.cancel(id).await,
        }
    }

    /// How an approval stands: who decides, who has decided, and why.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approval(&self, kind: Kind, id: &str) -> Result<Approval, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.approval(id).await,
            None => self.azure.approval(id).await,
        }
    }

    /// Requests of a kind that wait for the caller's decision.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn awaiting(&self, kind: Kind) -> Result<Vec<ActivationRequest>, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.awaiting().await,
            None => self.azure.awaiting().await,
        }
    }

    /// What the caller could ever decide on, as far as the service keeps it. Azure tells only what waits.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn approvable_ever(&self, kind: Kind) -> Result<Vec<ActivationRequest>, Failure> {
        match self.on_graph(kind) {
            Some(schedules) => schedules.approvable_ever().await,
            None => self.azure.awaiting().await,
        }
    }

    /// How several approvals stand. One outcome for each, in order: those of Graph by one `$batch` for each twenty of a kind,
    /// those of Azure by a request each.
    pub async fn approvals(&self, asked: &[(Kind, &str)]) -> Vec<Result<Approval, Failure>> {
        let (on_graph, on_azure) = split(asked, |(kind, _)| *kind);
        let schedules = on_graph.iter().filter_map(|at| Some((self.on_graph(asked[*at].0)?, asked[*at].1)));
        let schedules: Vec<_> = schedules.collect();
        let ids = on_azure.iter().map(|at| asked[*at].1.to_owned()).collect();
        let (first, second) = tokio::join!(
            graph::approvals(&self.client, &schedules),
            self.azure.each(ids, |roles, id| async move { roles.approval(&id).await }),
        );
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    /// Decides on approvals of any kinds side by side: on those of Graph by one `$batch` for each twenty of a kind, on those of
    /// Azure by a request each. One outcome for each, in order; none stops another, each is sent once.
    ///
    /// `tokens` are those that step-ups brought.
    pub async fn decide(&self, decisions: &[Decision], tokens: &[AccessToken]) -> Vec<Result<(), Failure>> {
        let (on_graph, on_azure) = split(decisions, |decision| decision.kind);
        let schedules = on_graph.iter().filter_map(|at| Some((self.on_graph(decisions[*at].kind)?, &decisions[*at])));
        let schedules: Vec<_> = schedules.collect();
        let azure_ones: Vec<Decision> = on_azure.iter().map(|at| decisions[*at].clone()).collect();
        let (first, second) = tokio::join!(
            graph::decide(&self.client, &schedules, token(tokens, Resource::Graph)),
            self.azure.decide(&azure_ones, token(tokens, Resource::Arm)),
        );
        joined(on_graph.into_iter().zip(first), on_azure.into_iter().zip(second))
    }

    /// Where a kind lives, if that is Microsoft Graph; otherwise it is Azure.
    fn on_graph(&self, kind: Kind) -> Option<&Schedules> {
        match kind {
            Kind::DirectoryRole => Some(&self.directory),
            Kind::Group => Some(&self.groups),
            Kind::AzureResource => None,
        }
    }
}

/// The places of what lives on Graph, and of what lives on Azure.
fn split<T>(items: &[T], kind: impl Fn(&T) -> Kind) -> (Vec<usize>, Vec<usize>) {
    (0..items.len()).partition(|at| kind(&items[*at]) != Kind::AzureResource)
}

/// Both back in their places.
pub(super) fn joined<T>(one: impl Iterator<Item = (usize, T)>, other: impl Iterator<Item = (usize, T)>) -> Vec<T> {
    let mut all: Vec<_> = one.chain(other).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The token for a service, where a step-up brought one.
pub(super) fn token(tokens: &[AccessToken], resource: Resource) -> Option<&AccessToken> {
    tokens.iter().find(|token| token.resource() == resource)
}

//! The administrator's side of all three kinds: who holds what, and giving and taking it.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::{Sources, graph};
use crate::{
    auth::AccessToken,
    cloud::{EXTENSION_SCOPES, Resource},
    failure::Failure,
    model::{ActivationRequest, Administration, Holding, Kind, Side},
};

/// With which token something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// To Microsoft Graph: the session's own, or one with a permission that the session does not ask for.
    Graph(Option<&'static str>),
    /// To Azure.
    Azure,
}

impl Way {
    /// How changes of a kind and side are sent. The session may change assignments anyway, since that is what an activation is;
    /// changing eligibilities takes a permission of its own ("Permissions" of
    /// `rbacapplication-post-roleeligibilityschedulerequests` and its like).
    pub fn of(kind: Kind, side: Side) -> Self {
        match (kind, side) {
            (Kind::AzureResource, _) => Self::Azure,
            (_, Side::Active) => Self::Graph(None),
            (kind, Side::Eligible) => {
                let permission = EXTENSION_SCOPES.into_iter().find(|(each, _)| *each == kind);
                Self::Graph(permission.map(|(_, permission)| permission))
            }
        }
    }

    /// The permission of Microsoft Graph that has to be asked for.
    pub fn permission(self) -> Option<&'static str> {
        match self {
            Self::Graph(permission) => permission,
            Self::Azure => None,
        }
    }

    /// Whose token it is.
    pub fn resource(self) -> Resource {
        match self {
            Self::Graph(_) => Resource::Graph,
            Self::Azure => Resource::Arm,
        }
    }
}

impl Sources {
    /// Who holds what, on one side: of directory roles all, of groups those of the group `place`, of Azure those at the scope
    /// `place`, above it and below it.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn holdings(&self, kind: Kind, side: Side, place: &str) -> Result<Vec<Holding>, Failure> {
        match kind {
            Kind::DirectoryRole => self.directory.holdings(side, None).await,
            Kind::Group => self.groups.holdings(side, Some(place)).await,
            Kind::AzureResource => self.azure.holdings(side, place).await,
        }
    }

    /// Requests of all people, as far as the service keeps them and the caller may read them: of directory roles all, of groups
    /// and Azure those of these people at these scopes.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times.
    pub async fn requests_of_all(
        &self,
        kind: Kind,
        people_at: BTreeSet<(String, String)>,
    ) -> Result<Vec<ActivationRequest>, Failure> {
        match kind {
            Kind::DirectoryRole => self.directory.all_requests().await,
            Kind::Group => {
                let mut readings = JoinSet::new();
                for group in people_at.into_iter().map(|(_, group)| group).collect::<BTreeSet<_>>() {
                    let groups = self.groups.clone();
                    readings.spawn(async move { groups.requests_about("groupId", &group).await });
                }
                let mut all = Vec::new();
                for read in readings.join_all().await {
                    all.extend(read?);
                }
                Ok(all)
            }
            Kind::AzureResource => {
                let mut all = Vec::new();
                for read in self.azure.requests_of(people_at.into_iter().collect()).await {
                    all.extend(read?);
                }
                Ok(all)
            }
        }
    }

    /// Does what an administrator wants, all of which goes the same `way`; with `validation` the services only say what they
    /// would say. One outcome for each, in order; each is sent once.
    pub async fn administer(
        &self,
        way: Way,
        asked: &[Administration],
        validation: bool,
        token: Option<&AccessToken>,
    ) -> Vec<Result<ActivationRequest, Failure>> {
        match way {
            Way::Azure => self.azure.administer(asked, validation, token).await,
            Way::Graph(permission) => {
                let client = permission.map_or_else(|| self.client.clone(), |name| self.client.on_errand(name));
                let asked: Vec<_> = asked
                    .iter()
                    .map(|one| {
                        let schedules: &graph::Schedules =
                            if one.key.kind == Kind::Group { &self.groups } else { &self.directory };
                        (schedules, one)
                    })
                    .collect();
                if asked.is_empty() {
                    return Vec::new();
                }
                graph::administer(&client, &asked, validation, token).await
            }
        }
    }
}

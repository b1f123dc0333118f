//! Looking for somebody in the directory: people, groups, applications, and the administrative units they are in.
//!
//! Sources: "List users", "List groups", "List servicePrincipals" with `$search`, which wants the header
//! `ConsistencyLevel: eventual` ("Use the $search query parameter"); "List administrativeUnits".

use serde::Deserialize;
use url::{Url, form_urlencoded::byte_serialize};

use super::{
    Client, Sources,
    graph::segment,
    wire::{name, principal_kind},
};
use crate::{
    cloud::{self, Resource},
    failure::Failure,
    model::{Principal, PrincipalKind, Scope, ScopeType},
};

/// As many are looked at; whoever finds more has to say more.
const MOST: usize = 100;

/// Who was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each once.
    pub principals: Vec<Principal>,
    /// There are more than these.
    pub more: bool,
}

impl PrincipalKind {
    /// The permission of Microsoft Graph that looking for them takes.
    pub fn permission(self) -> &'static str {
        match self {
            Self::User => cloud::SEARCH_USERS,
            Self::Group => cloud::SEARCH_GROUPS,
            Self::ServicePrincipal => cloud::SEARCH_APPLICATIONS,
        }
    }

    fn collection(self) -> &'static str {
        match self {
            Self::User => "users",
            Self::Group => "groups",
            Self::ServicePrincipal => "servicePrincipals",
        }
    }

    fn select(self) -> &'static str {
        match self {
            Self::User => "id,displayName,userPrincipalName",
            Self::Group | Self::ServicePrincipal => "id,displayName",
        }
    }

    /// In which properties words are looked for.
    fn searched(self) -> &'static [&'static str] {
        match self {
            Self::User => &["displayName", "userPrincipalName"],
            Self::Group | Self::ServicePrincipal => &["displayName"],
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    user_principal_name: Option<String>,
    #[serde(default, rename = "@odata.type")]
    odata_type: Option<String>,
}

impl Row {
    fn principal(self, kind: PrincipalKind) -> Principal {
        let username = name(self.user_principal_name.as_deref());
        Principal { name: name(self.display_name.as_deref()), username, kind: Some(kind), id: self.id }
    }
}

impl Sources {
    /// Those of a kind whose names have words that begin so; an object id finds whose it is.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Takes [`PrincipalKind::permission`].
    pub async fn find_principals(&self, kind: PrincipalKind, text: &str) -> Result<Found, Failure> {
        let client = self.client.on_errand(kind.permission()).eventually();
        if uuid::Uuid::try_parse(text.trim()).is_ok() {
            let (collection, id, select) = (kind.collection(), segment(text.trim())?, kind.select());
            let url = client.url(Resource::Graph, &format!("/v1.0/{collection}/{id}?$select={select}"));
            let row: Row = client.read(Resource::Graph, url).await?;
            return Ok(Found { principals: vec![row.principal(kind)], more: false });
        }
        let Some(url) = search(&client, kind, text) else { return Ok(Found::default()) };
        let (rows, next) = client.page(Resource::Graph, url).await?;
        let rows = rows.into_iter().filter_map(|row| serde_json::from_str::<Row>(row.get()).ok());
        Ok(Found { principals: rows.map(|row| row.principal(kind)).collect(), more: next.is_some() })
    }

    /// Who is in a group, also through groups within it ("List group transitive members"). The groups within are left out.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Takes [`cloud::SEARCH_GROUPS`].
    pub async fn members(&self, group: &str) -> Result<Vec<Principal>, Failure> {
        let mut all = self.listed_members(group, "transitiveMembers").await?;
        all.retain(|member| member.kind != Some(PrincipalKind::Group));
        Ok(all)
    }

    /// Who is directly in a group, groups among them ("List group members").
    ///
    /// # Errors
    /// See [`Sources::members`].
    pub async fn direct_members(&self, group: &str) -> Result<Vec<Principal>, Failure> {
        self.listed_members(group, "members").await
    }

    async fn listed_members(&self, group: &str, list: &str) -> Result<Vec<Principal>, Failure> {
        let client = self.client.on_errand(cloud::SEARCH_GROUPS);
        let url = client.url(Resource::Graph, &format!("/v1.0/groups/{}/{list}", segment(group)?));
        let rows: Vec<Row> = client.pages(Resource::Graph, url).await?;
        let member = |row: Row| {
            let word = row.odata_type.as_deref().and_then(|name| name.rsplit('.').next());
            let kind = word.and_then(principal_kind).unwrap_or(PrincipalKind::User);
            row.principal(kind)
        };
        Ok(rows.into_iter().map(member).collect())
    }

    /// The tenant's administrative units, as scopes of directory roles.
    ///
    /// # Errors
    /// See [`Failure`]; reads are tried three times. Takes [`cloud::SEARCH_UNITS`].
    pub async fn units(&self) -> Result<Vec<Scope>, Failure> {
        let client = self.client.on_errand(cloud::SEARCH_UNITS);
        let url = client.url(Resource::Graph, "/v1.0/directory/administrativeUnits?$select=id,displayName");
        let rows: Vec<Row> = client.pages(Resource::Graph, url).await?;
        let scope = |row: Row| Scope {
            name: name(row.display_name.as_deref()).unwrap_or_else(|| row.id.clone()),
            scope_type: ScopeType::AdministrativeUnit,
            id: format!("/administrativeUnits/{}", row.id),
        };
        Ok(rows.into_iter().map(scope).collect())
    }
}

/// A published person, group, application or administrative unit as it is read here.
#[cfg(test)]
pub(super) fn example(entity: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
    let row: Row = serde_json::from_value(entity.clone())?;
    let Principal { id, name, username, .. } = row.principal(PrincipalKind::User);
    Ok(serde_json::json!({ "id": id, "name": name, "username": username }))
}

/// The address of a search; `None` for words that nothing can be called by.
fn search(client: &Client, kind: PrincipalKind, text: &str) -> Option<Url> {
    // A quotation mark would end the term, a backslash would let it go on.
    let words: String = text.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect();
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let terms: Vec<String> = kind.searched().iter().map(|property| format!("\"{property}:{words}\"")).collect();
    let search: String = byte_serialize(terms.join(" OR ").as_bytes()).collect();
    let (collection, select) = (kind.collection(), kind.select());
    Some(client.url(Resource::Graph, &format!("/v1.0/{collection}?$search={search}&$select={select}&$top={MOST}")))
}

//! What names in a scenario file stand for.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use toml::Spanned;
use uuid::Uuid;

use super::file::GrantEntry;
use super::{Access, Approver, Grant, Scope};

/// Why the file makes no sense although its syntax does, and where.
pub(super) struct Nonsense {
    pub(super) at: Range<usize>,
    pub(super) reason: String,
}

pub(super) fn nonsense(at: Range<usize>, reason: String) -> Nonsense {
    Nonsense { at, reason }
}

/// What names in the file stand for.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<Uuid, String>,
    pub(super) users: HashMap<String, Uuid>,
    pub(super) groups: HashMap<String, Uuid>,
    pub(super) service_principals: HashMap<String, Uuid>,
    pub(super) units: HashMap<String, Uuid>,
    pub(super) application_scopes: HashMap<String, Uuid>,
    pub(super) roles: HashMap<String, Uuid>,
    pub(super) azure_roles: HashMap<String, Uuid>,
    pub(super) azure_scopes: HashMap<String, Uuid>,
}

/// The id that a name stands for among those of its kind.
pub(super) fn named(among: &HashMap<String, Uuid>, what: &str, name: &Spanned<String>) -> Result<Uuid, Nonsense> {
    let found = among.get(&name.get_ref().to_lowercase()).copied();
    found.ok_or_else(|| nonsense(name.span(), format!("there is no {what} {:?}", name.get_ref())))
}

impl Names {
    /// Remember an object; ids are unique across the tenant, names within their kind.
    pub(super) fn add(
        &mut self,
        kind: fn(&mut Self) -> &mut HashMap<String, Uuid>,
        name: &str,
        id: Uuid,
        at: Range<usize>,
    ) -> Result<(), Nonsense> {
        if let Some(other) = self.ids.insert(id, name.to_owned()) {
            return Err(nonsense(at, format!("the id {id} of {name:?} is also that of {other:?}")));
        }
        match kind(self).insert(name.to_lowercase(), id) {
            Some(_) => Err(nonsense(at, format!("there are two called {name:?}"))),
            None => Ok(()),
        }
    }

    pub(super) fn principal(&self, name: &Spanned<String>) -> Result<Approver, Nonsense> {
        let key = name.get_ref().to_lowercase();
        let user = self.users.get(&key).map(|id| Approver::User(*id));
        user.or_else(|| self.groups.get(&key).map(|id| Approver::Group(*id))).ok_or_else(|| {
            nonsense(name.span(), format!("{:?} is neither a user's username nor a group's name", name.get_ref()))
        })
    }

    fn scope(&self, name: &Spanned<String>) -> Result<Scope, Nonsense> {
        if let Some(id) = self.units.get(&name.get_ref().to_lowercase()) {
            return Ok(Scope::AdministrativeUnit(*id));
        }
        if let Some(id) = self.application_scopes.get(&name.get_ref().to_lowercase()) {
            return Ok(Scope::Application(*id));
        }
        Scope::try_from(name.get_ref().clone()).map_err(|_| {
            let reason =
                format!("{:?} is neither / nor an administrative unit's name nor an object's path", name.get_ref());
            nonsense(name.span(), reason)
        })
    }

    pub(super) fn grants(&self, entries: Vec<Spanned<GrantEntry>>) -> Result<Vec<Grant>, Nonsense> {
        let mut seen = BTreeSet::new();
        let mut grants = Vec::new();
        for entry in entries {
            let span = entry.span();
            let entry = entry.into_inner();
            let known = self.service_principals.get(&entry.principal.get_ref().to_lowercase());
            let principal = match known {
                Some(id) => *id,
                None => self.principal(&entry.principal)?.id(),
            };
            let named = Named {
                role: entry.role.as_ref(),
                group: entry.group.as_ref(),
                azure_role: entry.azure_role.as_ref(),
                scope: entry.scope.as_ref(),
            };
            let (role, scope) = self.place(&named, entry.access, &span)?;
            if !seen.insert((principal, role, scope)) {
                return Err(nonsense(span, "the same principal, role and scope are here twice".to_owned()));
            }
            let GrantEntry { since, ends, condition, outside, .. } = entry;
            grants.push(Grant { principal, role, scope, since, ends, condition, outside });
        }
        Ok(grants)
    }

    /// Which role, and where: one of the directory, membership of a group, or one of Azure.
    pub(super) fn place(
        &self,
        named_as: &Named,
        access: Access,
        span: &Range<usize>,
    ) -> Result<(Uuid, Scope), Nonsense> {
        match (named_as.role, named_as.group, named_as.azure_role, named_as.scope) {
            (Some(role), None, None, scope) => {
                let scope = scope.map_or(Ok(Scope::Directory), |scope| self.scope(scope))?;
                Ok((named(&self.roles, "role", role)?, scope))
            }
            (None, Some(group), None, None) => Ok((access.role(), Scope::Group(named(&self.groups, "group", group)?))),
            (None, None, Some(role), Some(scope)) => {
                let scope = named(&self.azure_scopes, "scope of Azure", scope)?;
                Ok((named(&self.azure_roles, "role of Azure", role)?, Scope::Azure(scope)))
            }
            _ => {
                let reason = "this needs a role, or a group, or an azure-role with a scope";
                Err(nonsense(span.clone(), reason.to_owned()))
            }
        }
    }

    /// The person with a username.
    pub(super) fn person(&self, name: &Spanned<String>) -> Result<Uuid, Nonsense> {
        let id = self.users.get(&name.get_ref().to_lowercase()).copied();
        id.ok_or_else(|| nonsense(name.span(), format!("{:?} is no user's username", name.get_ref())))
    }
}

/// How an entry names a role and where it applies.
pub(super) struct Named<'a> {
    pub(super) role: Option<&'a Spanned<String>>,
    pub(super) group: Option<&'a Spanned<String>>,
    pub(super) azure_role: Option<&'a Spanned<String>>,
    pub(super) scope: Option<&'a Spanned<String>>,
}

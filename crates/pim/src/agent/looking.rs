//! What is read because somebody looks at a role: the scopes below it, and the roles that a group gives.

use super::{effects, messages::Done, run::Agent};
use crate::{
    elevation::{Event, narrowable},
    failure::Failure,
    model::{Access, Assignment, Eligibility, Kind, Scope},
    problem::Problem,
    view::{ActiveRow, Command, GrantedRole, PickedScope, RoleDetail, RowState, ScopeNode},
};

/// The role that somebody looks at.
#[derive(Default)]
pub(super) struct Looking {
    detail: Option<RoleDetail>,
    /// The group was active when its roles were read.
    active: bool,
}

/// The end of a reading.
pub(super) enum Looked {
    /// Of the scopes directly below one.
    Below { id: String, scope: String, found: Result<Vec<Scope>, Failure> },
    /// Of what a group gives.
    Granted { id: String, found: Option<Vec<Assignment>>, failure: Option<Failure> },
}

impl Looked {
    /// Why the session is over, should it be.
    fn over(&self) -> Option<Problem> {
        match self {
            Self::Below { found: Err(Failure::SignedOut(problem)), .. }
            | Self::Granted { failure: Some(Failure::SignedOut(problem)), .. } => Some(problem.clone()),
            _ => None,
        }
    }
}

impl Looking {
    /// `picked`: a scope that is being chosen, and of which role.
    pub fn view(&self, picked: Option<(String, PickedScope)>) -> Option<RoleDetail> {
        let detail = self.detail.clone()?;
        let picked = picked.filter(|(id, _)| *id == detail.id).map(|(_, picked)| picked);
        Some(RoleDetail { picked, ..detail })
    }

    fn of(&mut self, id: &str) -> Option<&mut RoleDetail> {
        self.detail.as_mut().filter(|detail| detail.id == id)
    }
}

impl Agent {
    pub(super) fn show_detail(&mut self, id: &str) {
        let role = self.machine.as_ref().and_then(|machine| machine.eligibility(id));
        let key = self.machine.as_ref().and_then(|machine| machine.role_key(id));
        let Some(key) = role.as_ref().map(|role| role.key.clone()).or(key) else { return };
        let scopes = role.iter().filter(|_| key.kind == Kind::AzureResource).map(top).collect();
        let detail =
            RoleDetail { id: id.to_owned(), loading: false, problem: None, grants: None, scopes, picked: None };
        self.looking = Looking { detail: Some(detail), active: false };
        self.tell(Event::Command(Command::ShowDetail { id: id.to_owned() }));
        match key.access() {
            // Who owns a group manages it; its roles are its members'.
            Some(Access::Owner) => self.looking.detail.iter_mut().for_each(|detail| detail.grants = Some(Vec::new())),
            Some(Access::Member) => self.read_grants(id, &key.scope_id),
            None => {
                if let Some(role) = role.filter(narrowable) {
                    self.unfold_scope(id, &role.key.scope_id);
                }
            }
        }
    }

    pub(super) fn close_detail(&mut self) {
        self.looking = Looking::default();
        self.tell(Event::Command(Command::CloseDetail));
    }

    /// Reads what lies directly below a scope, once.
    pub(super) fn unfold_scope(&mut self, id: &str, scope: &str) {
        let Some(open) = self.open().cloned() else { return };
        let Some(detail) = self.looking.of(id) else { return };
        let node = detail.scopes.iter_mut().find(|node| node.id.eq_ignore_ascii_case(scope));
        let Some(node) = node.filter(|node| node.foldable && !node.unfolded && !node.loading) else { return };
        node.loading = true;
        (detail.loading, detail.problem) = (true, None);
        let (id, scope) = (id.to_owned(), node.id.clone());
        self.spawn(async move {
            let found = effects::in_time(open.roles.azure.children(&scope)).await;
            Done::Looked(Looked::Below { id, scope, found })
        });
    }

    fn read_grants(&mut self, id: &str, group: &str) {
        let Some(open) = self.open().cloned() else { return };
        let Some(detail) = self.looking.of(id) else { return };
        (detail.loading, detail.problem) = (true, None);
        let (id, group) = (id.to_owned(), group.to_owned());
        self.spawn(async move {
            let azure = open.asks_for(Kind::AzureResource);
            let (found, failure) = open.roles.granted(&group, azure).await;
            Done::Looked(Looked::Granted { id, found, failure })
        });
    }

    pub(super) fn looked(&mut self, looked: Looked) {
        let over = looked.over();
        match looked {
            Looked::Below { id, scope, found } => {
                if let Ok(children) = &found {
                    self.tell(Event::Scopes(scope.clone(), children.clone()));
                }
                if let Some(detail) = self.looking.of(&id) {
                    unfolded(detail, &scope, found);
                }
            }
            Looked::Granted { id, found, failure } => {
                if let Some(detail) = self.looking.of(&id) {
                    detail.loading = false;
                    detail.problem = failure.map(|failure| failure.problem().clone());
                    let roles = found.map(|rows| rows.into_iter().map(granted).collect());
                    // What was known stays, where a second reading brings nothing.
                    detail.grants = roles.or(detail.grants.take());
                }
            }
        }
        if let Some(problem) = over {
            self.end_session(Some(problem));
        }
    }

    /// Once a group is active, or is not any more, what it gives is read again: it may have been changed in between, and
    /// what was hidden may be readable now.
    pub(super) fn look_again(&mut self, rows: &[ActiveRow]) {
        let Some(detail) = &self.looking.detail else { return };
        let id = detail.id.clone();
        let active = rows.iter().any(|row| row.id == id && row.state == RowState::Active);
        if active == std::mem::replace(&mut self.looking.active, active) {
            return;
        }
        let key = self.machine.as_ref().and_then(|machine| machine.role_key(&id));
        if let Some(key) = key.filter(|key| key.access() == Some(Access::Member)) {
            self.read_grants(&id, &key.scope_id);
        }
    }
}

/// The scope that the role is eligible at.
fn top(role: &Eligibility) -> ScopeNode {
    let id = role.key.scope_id.clone();
    ScopeNode {
        name: role.scope_name.clone().unwrap_or_else(|| id.clone()),
        what: role.scope_type.as_ref().map_or_else(String::new, crate::model::ScopeType::words),
        depth: 0,
        foldable: narrowable(role),
        unfolded: false,
        loading: false,
        id,
    }
}

fn unfolded(detail: &mut RoleDetail, scope: &str, found: Result<Vec<Scope>, Failure>) {
    let Some(at) = detail.scopes.iter().position(|node| node.id == scope) else { return };
    let parent = &mut detail.scopes[at];
    (parent.loading, parent.unfolded) = (false, found.is_ok());
    let depth = parent.depth + 1;
    match found {
        Ok(mut children) => {
            parent.foldable = !children.is_empty();
            children.sort_by_cached_key(|child| (child.name.to_lowercase(), child.id.to_lowercase()));
            children.dedup_by(|a, b| a.id.eq_ignore_ascii_case(&b.id));
            // A scope that lies below itself would never end.
            children.retain(|child| !detail.scopes.iter().any(|known| known.id.eq_ignore_ascii_case(&child.id)));
            let nodes = children.into_iter().map(|child| {
                let foldable = child.scope_type.holds_others();
                ScopeNode::of(child, depth, foldable)
            });
            detail.scopes.splice((at + 1)..=at, nodes.collect::<Vec<_>>());
        }
        Err(failure) => detail.problem = Some(failure.problem().clone()),
    }
    detail.loading = detail.scopes.iter().any(|node| node.loading);
}

fn granted(row: Assignment) -> GrantedRole {
    GrantedRole { kind: row.key.kind, name: row.role_name, scope: row.scope_name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ScopeType;

    fn scope(id: &str, scope_type: ScopeType) -> Scope {
        Scope { id: id.into(), name: id.trim_start_matches('/').to_uppercase(), scope_type }
    }

    fn detail() -> RoleDetail {
        let node = ScopeNode {
            id: "/s".into(),
            name: "S".into(),
            what: "subscription".into(),
            depth: 0,
            foldable: true,
            unfolded: false,
            loading: true,
        };
        RoleDetail { id: "role".into(), loading: true, problem: None, grants: None, scopes: vec![node], picked: None }
    }

    #[test]
    fn children_come_sorted_after_their_parent() {
        let mut detail = detail();
        let group = || ScopeType::ResourceGroup;
        unfolded(&mut detail, "/s", Ok(vec![scope("/b", group()), scope("/a", group()), scope("/S", group())]));
        unfolded(&mut detail, "/a", Ok(vec![scope("/x", ScopeType::Other("Microsoft.KeyVault/vaults".into()))]));
        let shown: Vec<_> = detail.scopes.iter().map(|node| (node.id.as_str(), node.depth, node.foldable)).collect();
        assert_eq!(shown, [("/s", 0, true), ("/a", 1, true), ("/x", 2, false), ("/b", 1, true)]);
        assert!(!detail.loading && detail.scopes[0].unfolded && !detail.scopes[3].unfolded);
        assert_eq!(detail.scopes[2].what, "key vault");
        unfolded(&mut detail, "/b", Ok(Vec::new()));
        assert!(!detail.scopes[3].foldable, "there is nothing below it");
    }

    #[test]
    fn a_scope_that_cannot_be_read_can_be_tried_again() {
        let mut detail = detail();
        let problem = crate::codes::ours(crate::codes::NO_ANSWER, None);
        unfolded(&mut detail, "/s", Err(Failure::lost(problem.clone())));
        assert_eq!(detail.problem, Some(problem));
        assert!(!detail.loading && detail.scopes[0].foldable && !detail.scopes[0].unfolded);
    }
}

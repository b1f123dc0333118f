//! Scopes below the one that an Azure role is eligible at, by name or id.

use pim::{
    model::{RoleKey, Scope},
    view::{Command, EligibleRow, RequirementsView, RoleDetail, ScopeNode, View},
};

use crate::{failed::Failed, matching::fold, session::Session};

/// Scopes that are looked below for one name.
const MOST: usize = 60;

/// The key of an Azure role at another scope.
pub fn key_at(id: &str, scope: &str) -> String {
    RoleKey::azure(part(id, 1), scope).id()
}

fn part(id: &str, at: usize) -> &str {
    id.split('|').nth(at).unwrap_or_default()
}

/// Id and name of what is called so below the scope of a role; several, if several are.
pub async fn below(session: &mut Session, row: &EligibleRow, wanted: &str) -> Result<Vec<(String, String)>, Failed> {
    if wanted.starts_with('/') && Scope::is_below(wanted, part(&row.id, 2)) {
        let name = wanted.trim_end_matches('/').rsplit('/').next().unwrap_or(wanted);
        return Ok(vec![(wanted.trim_end_matches('/').to_owned(), name.to_owned())]);
    }
    session.send(Command::ShowDetail { id: row.id.clone() });
    let folded = fold(wanted);
    let called =
        |node: &&ScopeNode| node.depth > 0 && (node.id.eq_ignore_ascii_case(wanted) || fold(&node.name) == folded);
    let mut found = Vec::new();
    for _ in 0..MOST {
        let detail = read(session, &row.id).await?;
        found = detail.scopes.iter().filter(called).map(|node| (node.id.clone(), node.name.clone())).collect();
        // Wide before deep.
        let folds = detail.scopes.iter().filter(|node| node.foldable && !node.unfolded);
        let Some(next) = folds.min_by_key(|node| node.depth).filter(|_| found.is_empty()) else { break };
        session.send(Command::UnfoldScope { id: row.id.clone(), scope: next.id.clone() });
        let scope = next.id.clone();
        session.until(|view| under_way(view.detail.as_ref(), &scope).then_some(())).await?;
    }
    session.send(Command::CloseDetail);
    Ok(found)
}

/// What a role asks for at a narrower scope, which has a policy of its own.
pub async fn requirements(session: &mut Session, row: &EligibleRow, scope: &str) -> Result<RequirementsView, Failed> {
    session.send(Command::ShowDetail { id: row.id.clone() });
    session.send(Command::PickScope { id: row.id.clone(), scope: Some(scope.to_owned()) });
    let read = |view: &View| {
        let picked = view.detail.as_ref().filter(|detail| detail.id == row.id)?.picked.as_ref()?;
        (picked.scope.eq_ignore_ascii_case(scope) && !picked.loading).then(|| picked.requirements.clone())
    };
    let requirements = session.until(read).await?;
    session.send(Command::CloseDetail);
    Ok(requirements)
}

/// It is being asked for what is below it, or was.
fn under_way(detail: Option<&RoleDetail>, scope: &str) -> bool {
    let node = detail.and_then(|detail| detail.scopes.iter().find(|node| node.id == scope));
    node.is_none_or(|node| node.loading || node.unfolded) || detail.is_none_or(|detail| detail.problem.is_some())
}

async fn read(session: &mut Session, id: &str) -> Result<RoleDetail, Failed> {
    let detail = session.until(|view| view.detail.clone().filter(|detail| detail.id == id && !detail.loading)).await?;
    match detail.problem {
        Some(problem) => Err(problem.into()),
        None => Ok(detail),
    }
}

//! `pim show`: one role in full.

use pim::{
    problem::Problem,
    view::{Account, Command, EligibleRow, GrantedRole, RoleDetail, ScopeNode, View},
};
use serde::Serialize;

use crate::{
    args::Named,
    failed::Failed,
    matching::{find, title},
    minutes::spoken,
    output::{self, Eligible, asks_for, clean, moment},
    session::Session,
};

/// `pim show`
#[derive(Serialize)]
struct Shown<'a> {
    account: Option<&'a Account>,
    role: Eligible<'a>,
    grants: Option<&'a [GrantedRole]>,
    scopes: Vec<Below<'a>>,
    problem: Option<&'a Problem>,
}

/// A scope directly below the one that an Azure role is eligible at.
#[derive(Serialize)]
struct Below<'a> {
    id: &'a str,
    name: &'a str,
    what: &'a str,
}

/// Shows what a role asks for, what a group gives, and the scopes below an Azure role's.
pub async fn show(session: &mut Session, named: &Named, json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let row = find(&view.eligible, &named.role, named.scope.as_deref())?;
    session.send(Command::ShowDetail { id: row.id.clone() });
    let read = |view: &View| view.detail.clone().filter(|detail| detail.id == row.id && !detail.loading);
    let detail = session.until(read).await?;
    session.send(Command::CloseDetail);
    if json {
        let below = |node: &'_ ScopeNode| node.depth == 1;
        let scopes = detail.scopes.iter().filter(|node| below(node));
        let scopes = scopes.map(|node| Below { id: &node.id, name: &node.name, what: &node.what }).collect();
        return Ok(output::json(&Shown {
            account: output::account(&view),
            role: Eligible::of(row),
            grants: detail.grants.as_deref(),
            scopes,
            problem: detail.problem.as_ref(),
        })?);
    }
    print(row, &detail, &view);
    Ok(())
}

fn print(row: &EligibleRow, detail: &RoleDetail, view: &View) {
    say!("{}", clean(&title(row)));
    if !row.scope_path.is_empty() {
        say!("  Within: {}", clean(&row.scope_path.join(" › ")));
    }
    say!("  Asks for: {}", asks_for(&row.requirements));
    say!("  Starts with: {}", spoken(i64::from(row.requirements.default_minutes)));
    if let Some(reason) = &row.last_reason {
        say!("  Last reason: {}", clean(reason));
    }
    if !row.requirements.approvers.is_empty() {
        say!("  Approved by: {}", clean(&row.requirements.approvers.join(", ")));
    }
    if let Some(days) = row.requirements.approval_days {
        say!("  A request lapses after: {days} d");
    }
    if let Some(end) = row.eligible_until {
        say!("  Eligible until: {}", moment(end, view.now));
    }
    if row.through_group {
        say!("  Eligible through a group.");
    }
    match detail.grants.as_deref() {
        None => {}
        Some([]) => say!("  Gives no roles."),
        Some(roles) => {
            say!("  Gives:");
            for role in roles {
                let scope = role.scope.as_deref().map(|scope| format!(" ({})", clean(scope)));
                say!("    {}{}", clean(&role.name), scope.unwrap_or_default());
            }
        }
    }
    let below: Vec<&ScopeNode> = detail.scopes.iter().filter(|node| node.depth == 1).collect();
    if !below.is_empty() {
        say!("  Can be narrowed to (--scope):");
        for node in below {
            say!("    {} ({})", clean(&node.name), clean(&node.what));
        }
    }
    if let Some(problem) = &detail.problem {
        say!("  Not everything is known: {} ({})", clean(&problem.message), clean(&problem.code));
    }
}

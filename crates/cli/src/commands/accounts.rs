//! `pim accounts` and `pim tenants`.

use std::time::Duration;

use pim::{
    problem::Problem,
    view::{Account, AccountRow, Command, Status, TenantRow, View},
};
use serde::Serialize;

use crate::{
    failed::{Exit, Failed},
    matching::fold,
    output::{self, clean, table},
    session::Session,
};

/// How long Azure may take to tell the tenants.
const PATIENCE: Duration = Duration::from_secs(60);

/// `pim accounts`
#[derive(Serialize)]
struct Accounts<'a> {
    accounts: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(flatten)]
    account: &'a Account,
    current: bool,
    status: Status,
    problem: Option<&'a Problem>,
}

impl<'a> Row<'a> {
    fn of(row: &'a AccountRow) -> Self {
        let AccountRow { account, current, status, problem, .. } = row;
        Self { account, current: *current, status: *status, problem: problem.as_ref() }
    }
}

/// `pim tenants`
#[derive(Serialize)]
struct Tenants<'a> {
    account: Option<&'a Account>,
    tenants: &'a [TenantRow],
}

/// Shows who is signed in, or makes somebody else the current one.
pub async fn accounts(session: &mut Session, select: Option<&str>, json: bool) -> Result<(), Failed> {
    let mut view = session.known().await?;
    if let Some(wanted) = select {
        let found: Vec<&AccountRow> = view.accounts.iter().filter(|row| is_called(&row.account, wanted)).collect();
        let id = match found.as_slice() {
            [row] => row.account.id.clone(),
            [] => {
                let said = format!("Nobody is signed in as \"{wanted}\". `pim accounts` shows who is.");
                return Err(Failed::new(Exit::NoSuchRole, "unknown-account", said));
            }
            several => {
                let named: Vec<_> =
                    several.iter().map(|row| format!("{} ({})", row.account.username, row.account.tenant)).collect();
                let said = format!("\"{wanted}\" could mean {}. Write the id.", named.join(", "));
                return Err(Failed::new(Exit::NoSuchRole, "ambiguous-account", said));
            }
        };
        session.send(Command::SelectAccount { account: id.clone() });
        let current = move |view: &View| output::account(view).is_some_and(|account| account.id == id);
        view = session.until(|view| current(view).then(|| std::sync::Arc::new(view.clone()))).await?;
    }
    show(&view, json)
}

fn show(view: &View, json: bool) -> Result<(), Failed> {
    let rows: Vec<Row> = if view.accounts.is_empty() {
        let current = output::account(view).into_iter();
        current.map(|account| Row { account, current: true, status: view.status, problem: None }).collect()
    } else {
        view.accounts.iter().map(Row::of).collect()
    };
    if json {
        return Ok(output::json(&Accounts { accounts: rows })?);
    }
    if rows.is_empty() {
        say!("Nobody is signed in. Sign in with `pim login`.");
        return Ok(());
    }
    let lines: Vec<[String; 3]> = rows
        .iter()
        .map(|row| {
            let mark = if row.current { "●" } else { " " };
            let note = row.problem.map_or_else(String::new, |problem| problem.message.clone());
            [format!("{mark} {}", clean(&row.account.username)), clean(&row.account.tenant), note]
        })
        .collect();
    Ok(table(["  Account", "Tenant", ""], &lines)?)
}

fn is_called(account: &Account, wanted: &str) -> bool {
    let folded = fold(wanted);
    account.id.eq_ignore_ascii_case(wanted)
        || account.tenant_id.eq_ignore_ascii_case(wanted)
        || [&account.username, &account.name, &account.tenant].into_iter().any(|name| fold(name) == folded)
}

/// Shows the tenants that the account is known in, or signs in to another one.
pub async fn tenants(
    session: &mut Session,
    sign_in: Option<&str>,
    device_code: bool,
    json: bool,
) -> Result<(), Failed> {
    let view = session.listed().await?;
    let account = output::account(&view).cloned();
    session.send(Command::FindTenants);
    let read = session.until(|view| view.tenants.clone().filter(|tenants| !tenants.loading));
    let found = tokio::time::timeout(PATIENCE, read).await.map_err(|_| {
        Failed::new(Exit::Unreachable, "no-answer", "Azure did not tell the tenants in time. Try again.")
    })??;
    if let Some(problem) = found.problem.filter(|_| found.rows.is_empty()) {
        return Err(problem.into());
    }
    if let Some(wanted) = sign_in {
        let called = |row: &&TenantRow| {
            row.id.eq_ignore_ascii_case(wanted)
                || row.domain.as_deref().is_some_and(|domain| domain.eq_ignore_ascii_case(wanted))
                || fold(&row.name) == fold(wanted)
        };
        let tenant = found.rows.iter().find(called).map_or_else(|| wanted.to_owned(), |row| row.id.clone());
        let command = Command::SignInTenant { tenant: Some(tenant), cloud: None, client_id: None, device_code };
        let view = session.sign_in(command).await?;
        return show(&view, json);
    }
    if json {
        return Ok(output::json(&Tenants { account: account.as_ref(), tenants: &found.rows })?);
    }
    let lines: Vec<[String; 3]> = found
        .rows
        .iter()
        .map(|row| {
            let mark = if row.account.is_some() { "●" } else { " " };
            [
                format!("{mark} {}", clean(&row.name)),
                row.domain.as_deref().map_or_else(String::new, clean),
                row.id.clone(),
            ]
        })
        .collect();
    Ok(table(["  Tenant", "Domain", "Id"], &lines)?)
}

//! `pim need`: which role allows something.

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    manage::need::{self, Allowing, Cached, Index, Own, Reason},
    model::{Kind, RoleKey},
    problem::{Obstacle, Problem, Remedy},
    view::{Account, EligibleRow, View},
};
use serde::Serialize;

use crate::{
    args::Need,
    failed::{Exit, Failed},
    matching::title,
    output::{self, clean},
    session::Session,
};

/// A list that is older is read again first, where that is possible.
const RECENT: TimeDelta = TimeDelta::hours(24);

/// `pim need`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    account: Option<&'a Account>,
    as_of: DateTime<Utc>,
    actions: &'a [String],
    scope: Option<&'a str>,
    own: &'a [Allowing],
    others: &'a [Allowing],
    command: Option<&'a str>,
    missing: Vec<Missing<'a>>,
}

/// A kind of which not all roles are known.
#[derive(Serialize)]
struct Missing<'a> {
    kind: Kind,
    problem: &'a Problem,
}

/// Says which of the roles that can be activated allows something, the least privileged first.
pub async fn need(session: &mut Session, options: &Need, json: bool) -> Result<(), Failed> {
    let mut view = session.signed_in().await?;
    let account = output::account(&view).map(|account| account.id.clone()).unwrap_or_default();
    let (mut kept, notice) = need::load(session.paths(), &account, session.now());
    if let Some(notice) = notice {
        eprintln!("pim: {}", clean(&notice.message));
    }
    let recent = view.list.as_of.is_some_and(|at| session.now() - at <= RECENT);
    if options.refresh || kept.is_none() || !recent || view.eligible.is_empty() {
        view = session.listed_so_far().await?;
    }
    let azure =
        |view: &View| view.list.sources.iter().any(|each| each.kind == Kind::AzureResource && each.as_of.is_some());
    if options.refresh || kept.as_ref().is_none_or(|kept| kept.is_stale(session.now(), azure(&view))) {
        kept = Some(read(session, &view, kept).await?);
    }
    let Some(Cached { as_of, definitions, missing, .. }) = kept else { return Ok(()) };
    let index = Index::new(definitions);
    let own: Vec<Own> = view.eligible.iter().filter_map(|row| Own::of(&row.id)).collect();
    let answer = index.answer(&options.words.join(" "), &own);
    let best = answer.own.first().and_then(|role| row(&view, role.rows.first()?));
    let command = best.map(|row| command(row, answer.scope.as_deref()));
    if json {
        output::json(&Answer {
            account: output::account(&view),
            as_of,
            actions: &answer.actions,
            scope: answer.scope.as_deref(),
            own: &answer.own,
            others: &answer.others,
            command: command.as_deref(),
            missing: missing.iter().map(|(kind, problem)| Missing { kind: *kind, problem }).collect(),
        })?;
    } else if options.activate {
        if let Some(command) = &command {
            say!("{command}");
        }
    } else {
        print(&answer, &view, command.as_deref());
        for (kind, problem) in &missing {
            say!("{}", unknown(*kind, problem));
        }
    }
    if command.is_some() {
        return Ok(());
    }
    let nothing = Failed::new(Exit::NoSuchRole, "nothing-fits", "None of the roles that you can activate allows this.");
    Err(if options.activate && !json { nothing } else { nothing.told() })
}

/// Reads what roles allow, with what was known in hand.
async fn read(session: &mut Session, view: &View, kept: Option<Cached>) -> Result<Cached, Failed> {
    let (office, _) = session.office(&[]).await?;
    let keys: Vec<RoleKey> = view.eligible.iter().filter_map(|row| RoleKey::from_id(&row.id)).collect();
    Ok(need::read(&office, session.paths(), &keys, kept).await?)
}

fn row<'a>(view: &'a View, id: &str) -> Option<&'a EligibleRow> {
    view.eligible.iter().find(|row| row.id == id)
}

/// What activates the role, no further than an error message says.
fn command(row: &EligibleRow, scope: Option<&str>) -> String {
    // Both shells take these in double quotes.
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphanumeric() || " -_./()&,".contains(c)) && !text.starts_with('-');
    let at = RoleKey::from_id(&row.id).map(|key| key.scope_id).unwrap_or_default();
    let narrower = scope.filter(|scope| row.narrowable && plain(scope) && !scope.eq_ignore_ascii_case(&at));
    let scope = narrower.or(row.scope.as_deref());
    if !plain(&row.name) || !scope.is_none_or(plain) {
        return format!("pim activate \"{}\"", clean(&row.id));
    }
    let scope = scope.map(|scope| format!(" --scope \"{scope}\"")).unwrap_or_default();
    format!("pim activate \"{}\"{scope}", row.name)
}

fn print(answer: &need::Need, view: &View, command: Option<&str>) {
    let need::Need { actions, scope, own, others } = answer;
    if !actions.is_empty() {
        say!("This takes: {}", clean(&actions.join(", ")));
    }
    if let Some(scope) = scope {
        say!("At: {}", clean(scope));
    }
    match (own.is_empty(), others.is_empty()) {
        (true, true) if actions.is_empty() => {
            say!("Nothing here says what you want to do. Paste the whole error message, name an action");
            say!("(microsoft.directory/users/password/update), or say it otherwise.");
        }
        (true, true) => say!("No role is known that allows this."),
        (true, false) => {
            say!("None of the roles that you can activate allows this. These would, the least privileged first:");
        }
        (false, _) => say!("You can activate, the least privileged first:"),
    }
    for role in if own.is_empty() { others } else { own } {
        let privileged = if role.privileged { " (privileged)" } else { "" };
        let kind = match role.kind {
            Kind::AzureResource => "Azure role ",
            Kind::DirectoryRole | Kind::Group => "",
        };
        let rows: Vec<String> = role.rows.iter().filter_map(|id| row(view, id)).map(|row| clean(&title(row))).collect();
        let name = if rows.is_empty() { clean(&role.name) } else { rows.join(", ") };
        say!("  {kind}{name}{privileged}: {}", because(&role.reason));
    }
    let narrower = others.first().filter(|_| !own.is_empty());
    if let Some(role) = narrower {
        say!("Of the roles that you cannot activate, {} allows it.", clean(&role.name));
    }
    if let Some(command) = command {
        say!("Activate it: {command}");
    }
}

fn because(reason: &Reason) -> String {
    match reason {
        Reason::Allows { action, by } if action.eq_ignore_ascii_case(by) => format!("allows {}", clean(action)),
        Reason::Allows { action, by } => format!("allows {} by {}", clean(action), clean(by)),
        Reason::Described { text } => clean(text),
    }
}

fn unknown(kind: Kind, problem: &Problem) -> String {
    let help = match &problem.remedy {
        Remedy::AskAdmin { text } if kind == Kind::DirectoryRole => format!("\n  {}", clean(&text.replace('\n', " "))),
        _ => String::new(),
    };
    let what = match kind {
        Kind::DirectoryRole => "Of the directory's roles only your own were looked at",
        Kind::Group => "Groups were not looked at",
        // Whoever is merely eligible may not read what their organisation's own roles allow.
        Kind::AzureResource if problem.obstacle() == Obstacle::Refused => {
            return format!(
                "Of Azure's roles those were not looked at that you may not read ({}).",
                clean(&problem.code)
            );
        }
        Kind::AzureResource => "Not all of Azure's roles were looked at",
    };
    format!("{what}: {} ({}){help}", clean(&problem.message), clean(&problem.code))
}

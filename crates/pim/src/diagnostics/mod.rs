//! What somebody can hand to whoever helps them: how Pimento is, what went wrong lately and the end of the log, without tokens
//! and, unless they want it otherwise, without names.
//!
//! The report is a pure function of what is handed in. Nothing gets into it without having been put through [`scrub`].

mod node;
mod scrub;
mod surroundings;
mod troubles;

use std::{collections::BTreeMap, fmt, path::Path};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

use self::{node::Node, troubles::Trouble};
use crate::{
    managed::{Form, KEYS, get, table},
    shortcut::Keys,
    view::{Account, AccountRow, ActiveRow, EligibleRow, Notice, Settings, SourceState, View},
};

pub use self::{surroundings::Surroundings, troubles::Troubles};

/// Names that are shorter stand in other words as well.
const SHORTEST_NAME: usize = 3;

/// A report: as text for people ([`fmt::Display`]), and for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report(Node);

impl Report {
    /// Of this view and what surrounds it. `names`: with the names of people, tenants, roles and scopes.
    pub fn new(view: &View, troubles: &Troubles, around: &Surroundings, names: bool) -> Self {
        let home = around.home.as_deref().map(Path::to_string_lossy).unwrap_or_default();
        let known = known_names(view);
        let safe = |text: &str| {
            let text = scrub::without_secrets(&scrub::without_home(text, &home));
            if names { text } else { scrub::without_names(&text, &known) }
        };
        // Ids of requests stay whole: by them an administrator finds a request in the service's log.
        let whole = |id: &str| {
            let id = scrub::without_secrets(id);
            if names { id } else { scrub::without_addresses(&id) }
        };
        let told = told(view, troubles, around, names);
        Self(told.map(&safe, &whole))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// All of it, as it is.
fn told(view: &View, troubles: &Troubles, around: &Surroundings, names: bool) -> Node {
    let Surroundings { program, build, system, places, managed, log, .. } = around;
    let (file, there) = managed;
    let file = file.as_ref().map(|file| file.display().to_string());
    Node::table([
        ("made", time(view.now)),
        ("names", names.into()),
        ("program", Node::word(program)),
        ("version", Node::word(build.version)),
        ("commit", build.commit.into()),
        ("changed", build.changed.into()),
        ("system", system.name.as_str().into()),
        ("architecture", system.architecture.into()),
        ("desktop", system.desktop.as_deref().into()),
        ("keyring", Node::word(KEYRING)),
        ("session", kind(&view.session)),
        ("status", word(&view.status)),
        ("accounts", Node::list(view.accounts.iter().enumerate().map(|(at, row)| account(at, row, names)))),
        ("lists", Node::list(view.list.sources.iter().map(list))),
        ("roles", roles(&view.active, &view.eligible)),
        ("problems", Node::list(troubles.iter().map(|trouble| problem(trouble, names)))),
        ("notices", Node::list(view.notices.iter().map(notice))),
        ("settings", settings(&view.settings, names)),
        ("locked", Node::list(view.locked.iter().map(String::as_str))),
        ("managed", Node::table([("file", file.into()), ("there", (*there).into())])),
        (
            "paths",
            Node::Table(
                places.iter().map(|(name, path)| ((*name).to_owned(), path.display().to_string().into())).collect(),
            ),
        ),
        (
            "log",
            match log {
                Ok(lines) => Node::list(lines.iter().map(String::as_str)),
                Err(error) => Node::list([format!("The log could not be read: {error}")]),
            },
        ),
    ])
}

/// Where the system keeps sign-ins.
const KEYRING: &str = if cfg!(target_os = "windows") {
    "Windows Credential Manager"
} else if cfg!(target_os = "macos") {
    "macOS Keychain"
} else {
    "Secret Service"
};

/// An account; without names by its place in the list and the beginning of its tenant's id.
fn account(at: usize, row: &AccountRow, names: bool) -> Node {
    let Account { username, tenant, tenant_id, cloud, demo, remembered, .. } = &row.account;
    let (who, whose) = if names {
        (username.clone(), format!("{tenant} ({tenant_id})"))
    } else {
        (numbered("account", at), format!("{} ({})", numbered("tenant", at), scrub::short(tenant_id)))
    };
    Node::table([
        ("account", who.into()),
        ("tenant", whose.into()),
        ("cloud", cloud.as_str().into()),
        ("demo", (*demo).into()),
        ("current", row.current.into()),
        ("kept", Node::word(if *remembered { "keyring" } else { "memory" })),
        ("status", word(&row.status)),
        ("problem", row.problem.as_ref().map(|problem| problem.code.as_str()).into()),
    ])
}

fn numbered(what: &str, at: usize) -> String {
    format!("{what}-{}", at + 1)
}

/// How one kind's list is.
fn list(source: &SourceState) -> Node {
    let code = |problem: &Option<crate::problem::Problem>| Node::from(problem.as_ref().map(|it| it.code.as_str()));
    Node::table([
        ("kind", word(&source.kind)),
        ("asOf", source.as_of.map_or(Node::None, time)),
        ("loading", source.loading.into()),
        ("problem", code(&source.problem)),
        ("partial", code(&source.partial)),
        ("pausedUntil", source.paused_until.map_or(Node::None, time)),
        ("consent", source.consent.is_some().into()),
    ])
}

/// How many roles of each kind are in which state.
fn roles(active: &[ActiveRow], eligible: &[EligibleRow]) -> Node {
    let mut counts = BTreeMap::new();
    for row in active {
        *counts.entry((row.kind, plain(&kind(&row.state)))).or_insert(0_usize) += 1;
    }
    for row in eligible {
        *counts.entry((row.kind, "eligible".to_owned())).or_insert(0) += 1;
    }
    let row = |((of, state), count): ((_, String), usize)| {
        Node::table([("kind", word(&of)), ("state", Node::word(&state)), ("count", count.into())])
    };
    Node::list(counts.into_iter().map(row))
}

/// Something that went wrong. The service's own words may name anybody.
fn problem(Trouble { at, about, problem }: &Trouble, names: bool) -> Node {
    Node::table([
        ("at", time(*at)),
        ("about", (*about).into()),
        ("code", Node::Id(problem.code.clone())),
        ("correlationId", problem.correlation_id.clone().map_or(Node::None, Node::Id)),
        ("message", problem.message.as_str().into()),
        ("detail", problem.detail.as_deref().filter(|_| names).into()),
    ])
}

fn notice(Notice { id, severity, message, detail: _ }: &Notice) -> Node {
    Node::table([("id", id.as_str().into()), ("severity", word(severity)), ("message", message.as_str().into())])
}

/// The settings as they hold. Without names, of those that take any text only that they are set, or how many there are.
fn settings(settings: &Settings, names: bool) -> Node {
    let written = table(settings);
    let told = KEYS.iter().filter_map(|key| {
        let value = get(&written, key.path)?;
        let said = match (key.form, value) {
            (Form::Texts | Form::Reminders, toml::Value::Array(all)) if !names => all.len().into(),
            (Form::Text, toml::Value::String(text)) if !names && text.parse::<Keys>().is_err() => "set".into(),
            (Form::Table(parts), _) if !names && !parts.contains(&"from") => "set".into(),
            (_, value) => plain_value(value),
        };
        Some((key.path.to_owned(), said))
    });
    Node::Table(told.collect())
}

fn plain_value(value: &toml::Value) -> Node {
    match value {
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Integer(number) => Node::Number(u64::try_from(*number).unwrap_or_default()),
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Array(all) => Node::list(all.iter().map(plain_value)),
        toml::Value::Table(table) => {
            Node::Table(table.iter().map(|(name, value)| (name.clone(), plain_value(value))).collect())
        }
        other => other.to_string().into(),
    }
}

fn time(at: DateTime<Utc>) -> Node {
    Node::word(&at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A word of ours, as it is written in views.
fn word(value: &impl Serialize) -> Node {
    let written = serde_json::to_value(value).unwrap_or_default();
    written.as_str().map_or(Node::None, Node::word)
}

/// The kind of something that has several, as it is written in views.
fn kind(value: &impl Serialize) -> Node {
    let written = serde_json::to_value(value).unwrap_or_default();
    written["kind"].as_str().map_or(Node::None, Node::word)
}

fn plain(node: &Node) -> String {
    match node {
        Node::Word(text) => text.clone(),
        _ => String::new(),
    }
}

/// Names that a view has, and what stands in their place; longer ones first, since one can be a part of another.
fn known_names(view: &View) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (at, row) in view.accounts.iter().enumerate() {
        let Account { id, username, name, tenant, tenant_id, .. } = &row.account;
        let (account, of) = (numbered("account", at), numbered("tenant", at));
        names.extend([id, username, name].into_iter().cloned().map(|name| (name, account.clone())));
        names.extend(id.split('.').next().map(|person| (person.to_owned(), account.clone())));
        // A user name and its domain stand by themselves, too.
        if let Some((person, domain)) = username.split_once('@') {
            names.extend([(person.to_owned(), account.clone()), (domain.to_owned(), of.clone())]);
        }
        names.extend([tenant, tenant_id].into_iter().cloned().map(|name| (name, of.clone())));
    }
    let rows = view.active.iter().chain(view.accounts.iter().flat_map(|row| &row.active));
    let active = rows.map(|row| (&row.name, &row.scope, &row.scope_path));
    let eligible = view.eligible.iter().map(|row| (&row.name, &row.scope, &row.scope_path));
    for (name, scope, path) in active.chain(eligible) {
        names.push((name.clone(), "[role]".into()));
        names.extend(scope.iter().chain(path).map(|scope| (scope.clone(), "[scope]".to_owned())));
    }
    names.extend(view.bundles.iter().map(|bundle| (bundle.name.clone(), "[bundle]".into())));
    let Settings { tenant, client_id, .. } = &view.settings;
    names.extend(tenant.iter().chain(client_id).map(|name| (name.clone(), "[set]".to_owned())));
    for (name, _) in &mut names {
        *name = scrub::folded(name);
    }
    names.retain(|(name, _)| name.chars().count() >= SHORTEST_NAME);
    names.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
    names.dedup_by(|one, other| one.0 == other.0);
    names
}

#[cfg(test)]
mod tests;

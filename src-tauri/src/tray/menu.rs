//! The icon's menu as a plain value, computed from the view. Compared before it is handed to the system.

use chrono::{DateTime, Utc};
use pim::{
    problem::Problem,
    view::{ActiveRow, BundleView, Command, EligibleRow, RowState, Session, View},
    watch::Waiting,
};

use super::words::{Zone, clock, inert, left, local};

/// Favourites in the menu; the window has them all.
const MOST_FAVOURITES: usize = 8;

/// Bundles in the menu; the window has them all.
const MOST_BUNDLES: usize = 20;

/// One line of the menu.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A line to click; without an action it only says something.
    Item {
        /// What it says.
        label: String,
        /// What it does.
        action: Option<Action>,
    },
    /// A line with a tick.
    Check {
        /// What it says.
        label: String,
        /// Ticked.
        checked: bool,
        /// What it does.
        action: Action,
    },
    /// A line with a menu of its own.
    Submenu {
        /// What it says.
        label: String,
        /// Its lines.
        entries: Vec<Entry>,
    },
    /// A dividing line.
    Separator,
}

/// What a click in the menu asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Show the window.
    Open,
    /// Show the window with its settings.
    OpenSettings,
    /// Show the Manage window.
    OpenManage,
    /// Show it at this account's desk, with the requests that wait there.
    Decide {
        /// Whose desk ([`pim::view::Account::id`]).
        account: String,
    },
    /// Show the window with a role's form, prefilled.
    OpenForm {
        /// Whose role it is; `None`: the current account's.
        account: Option<String>,
        /// The role's key.
        id: String,
    },
    /// Show the window with a bundle's form, prefilled.
    OpenBundle {
        /// Whose bundle it is; `None`: the current account's.
        account: Option<String>,
        /// The bundle's name.
        name: String,
    },
    /// Tell the agent.
    Send(Command),
    /// Put a text on the clipboard.
    Copy(String),
    /// Hold notifications back for a while, or no longer.
    PauseReminders(bool),
    /// End Pimento.
    Quit,
}

/// What the menu says beside the view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// Notifications are held back until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// Why the window could not be opened the last time.
    pub window_problem: Option<String>,
    /// Requests that wait for a decision, by account.
    pub waiting: Waiting,
    /// A click in the menu cannot be told from another program's call: nothing in it may elevate.
    pub forgeable: bool,
}

/// The whole menu.
pub fn menu(view: &View, extra: &Extra, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    let current = view.accounts.iter().find(|row| row.current).map(|row| row.account.id.as_str());
    let groups = [
        extra.window_problem.iter().map(|problem| says(inert(problem))).collect(),
        addressed(current, view.active.iter().map(|row| active(row, None, now, zone)).collect()),
        elsewhere(view, now, zone),
        addressed(current, favourites(view, extra).into_iter().chain(bundles(view, extra)).collect()),
        [item("Open Pimento", Action::Open)].into_iter().chain(manage(view)).chain(decisions(view, extra)).collect(),
        addressed(current, account(view, extra, now, zone)),
        vec![item("Quit", Action::Quit)],
    ];
    let mut menu = Vec::new();
    for group in groups.into_iter().filter(|group: &Vec<Entry>| !group.is_empty()) {
        if !menu.is_empty() {
            menu.push(Entry::Separator);
        }
        menu.extend(group);
    }
    menu
}

/// When the menu changes by itself next.
pub fn next_change(view: &View, extra: &Extra, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let others = view.accounts.iter().flat_map(|row| &row.active);
    let unlocks = view.active.iter().chain(others).filter_map(|row| row.deactivatable_from).filter(|at| *at > now);
    unlocks.chain(extra.paused_until.filter(|at| *at > now)).min()
}

fn item(label: impl Into<String>, action: Action) -> Entry {
    Entry::Item { label: label.into(), action: Some(action) }
}

fn says(label: impl Into<String>) -> Entry {
    Entry::Item { label: label.into(), action: None }
}

/// What an administrator does is in a window of its own.
fn manage(view: &View) -> Option<Entry> {
    let signed_in = matches!(view.session, Session::SignedIn { .. });
    signed_in.then(|| item("Manage…", Action::OpenManage))
}

/// What waits for a decision, of each account.
fn decisions(view: &View, extra: &Extra) -> Vec<Entry> {
    let there = view.accounts.iter().filter_map(|row| Some((row, *extra.waiting.get(&row.account.id)?)));
    let entries = there.map(|(row, many)| {
        let place = if row.current { String::new() } else { format!(" at {}", inert(&row.account.tenant)) };
        item(format!("{}{place}…", waiting(many)), Action::Decide { account: row.account.id.clone() })
    });
    entries.collect()
}

/// How many requests wait.
pub(super) fn waiting(many: usize) -> String {
    match many {
        1 => "1 request waits for your decision".into(),
        many => format!("{many} requests wait for your decision"),
    }
}

/// What the other accounts have active or on its way, and those that have to sign in again.
fn elsewhere(view: &View, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    let entries = view.accounts.iter().filter(|row| !row.current).flat_map(|row| {
        let tenant = Some(row.account.tenant.as_str());
        let active = row.active.iter().filter(|each| worth_a_line(each)).map(|each| active(each, tenant, now, zone));
        let again = row
            .problem
            .iter()
            .map(|_| item(format!("Sign in again at {}…", inert(&row.account.tenant)), Action::Send(Command::SignIn)));
        addressed(Some(&row.account.id), active.chain(again).collect())
    });
    entries.collect()
}

/// The same lines, for this account whichever is the current one when they are clicked.
fn addressed(account: Option<&str>, entries: Vec<Entry>) -> Vec<Entry> {
    let Some(account) = account else { return entries };
    let address = |action| match action {
        Action::Send(command) => Action::Send(Command::For { account: account.into(), command: Box::new(command) }),
        Action::OpenForm { id, .. } => Action::OpenForm { account: Some(account.into()), id },
        Action::OpenBundle { name, .. } => Action::OpenBundle { account: Some(account.into()), name },
        action => action,
    };
    let entries = entries.into_iter().map(|entry| match entry {
        Entry::Item { label, action } => Entry::Item { label, action: action.map(address) },
        Entry::Check { label, checked, action } => Entry::Check { label, checked, action: address(action) },
        Entry::Submenu { label, entries } => Entry::Submenu { label, entries: addressed(Some(account), entries) },
        Entry::Separator => Entry::Separator,
    });
    entries.collect()
}

/// Standing assignments are no news.
pub(super) fn worth_a_line(row: &ActiveRow) -> bool {
    row.activated || row.state != RowState::Active
}

fn active(row: &ActiveRow, tenant: Option<&str>, now: DateTime<Utc>, zone: Zone) -> Entry {
    let name = role_at(row, tenant);
    let label = match state(row, now) {
        Some(state) => format!("{name} · {state}"),
        None => name,
    };
    let entries = submenu(row, now, zone);
    if entries.is_empty() { says(label) } else { Entry::Submenu { label, entries } }
}

/// Where a row stands, in a few words; `None` for a standing assignment without an end.
pub(super) fn state(row: &ActiveRow, now: DateTime<Utc>) -> Option<String> {
    let words = match &row.state {
        RowState::Active => return row.end.map(|end| left(end - now)),
        RowState::Requesting => "requesting…",
        RowState::SteppingUp => "confirm in the browser",
        RowState::Checking => "checking…",
        RowState::WaitingForApproval { .. } => "waiting for approval",
        RowState::Provisioning => "provisioning…",
        RowState::Scheduled => "scheduled",
        RowState::Deactivating => "ending…",
        RowState::Failed { .. } => "failed",
    };
    Some(words.into())
}

fn submenu(row: &ActiveRow, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    let id = || row.id.clone();
    let mut entries = Vec::new();
    match &row.state {
        RowState::Active if row.activated => {
            if row.renewal_armed {
                let at = row.end.map(|end| format!(" at {}", clock(end, now, zone))).unwrap_or_default();
                entries.push(Entry::Check {
                    label: format!("Renew{at}"),
                    checked: true,
                    action: Action::Send(Command::ArmRenewal { id: id(), armed: false }),
                });
            } else {
                entries.push(item("Renew…", Action::OpenForm { account: None, id: id() }));
            }
            entries.push(match row.deactivatable_from.filter(|from| *from > now) {
                Some(from) => says(format!("Deactivate, possible from {}", clock(from, now, zone))),
                None => item("Deactivate", Action::Send(Command::Deactivate { id: id() })),
            });
        }
        RowState::WaitingForApproval { .. } | RowState::Scheduled => {
            entries.push(item("Withdraw the request", Action::Send(Command::CancelRequest { id: id() })));
        }
        _ => {}
    }
    if let Some(problem) = problem(row) {
        entries.push(says(inert(&problem.message)));
        entries.push(item("Show in Pimento", Action::Open));
        entries.push(item("Dismiss", Action::Send(Command::DismissProblem { id: id() })));
    }
    entries.push(item("Copy details", Action::Copy(details(row, zone))));
    entries
}

/// What "Copy details" copies: for a message to a colleague or a ticket.
fn details(row: &ActiveRow, zone: Zone) -> String {
    let mut lines = vec![role(&row.name, row.scope.as_deref())];
    let time = |at: DateTime<Utc>| local(at, zone).format("%Y-%m-%d %H:%M %:z").to_string();
    lines.extend(row.start.map(|start| format!("From: {}", time(start))));
    lines.extend(row.end.map(|end| format!("Until: {}", time(end))));
    lines.extend(row.reason.iter().map(|reason| format!("Reason: {reason}")));
    lines.extend(row.ticket.iter().map(|ticket| format!("Ticket: {}", ticket.number)));
    lines.extend(problem(row).map(|problem| format!("Failed: {problem}")));
    lines.join("\n")
}

/// What went wrong with a row: the activation itself, or the last thing asked of it.
fn problem(row: &ActiveRow) -> Option<&Problem> {
    match &row.state {
        RowState::Failed { problem } => Some(problem),
        _ => row.problem.as_ref(),
    }
}

fn favourites(view: &View, extra: &Extra) -> Vec<Entry> {
    let undo = view.undo.iter().map(|undo| {
        let label = format!("Take back: {}", inert(&undo.name));
        item(label, Action::Send(Command::Undo { id: undo.id.clone() }))
    });
    let waiting = |row: &&EligibleRow| view.undo.as_ref().is_none_or(|undo| undo.id != row.id);
    let rows = view.eligible.iter().filter(|row| row.favourite && !row.engaged).filter(waiting).take(MOST_FAVOURITES);
    undo.chain(rows.map(|row| favourite(row, extra.forgeable))).collect()
}

/// A favourite: activated at once with its remembered reason where that is all it takes and the click is a person's, else
/// its form.
fn favourite(row: &EligibleRow, forgeable: bool) -> Entry {
    let name = role(&row.name, row.scope.as_deref());
    let verb = if row.requirements.approval { "Request" } else { "Activate" };
    match &row.last_reason {
        Some(reason) if row.one_click && !forgeable => {
            let activate = Command::Activate {
                id: row.id.clone(),
                minutes: row.last_minutes.unwrap_or(row.requirements.default_minutes),
                reason: reason.clone(),
                ticket: None,
                undoable: true,
                start: None,
                scope: None,
            };
            item(format!("{verb} {name}"), Action::Send(activate))
        }
        _ => item(format!("{verb} {name}…"), Action::OpenForm { account: None, id: row.id.clone() }),
    }
}

fn bundles(view: &View, extra: &Extra) -> Option<Entry> {
    let lines = view.bundles.iter().take(MOST_BUNDLES).map(|bundle| self::bundle(bundle, extra.forgeable));
    let entries: Vec<_> = lines.collect();
    (!entries.is_empty()).then(|| Entry::Submenu { label: "Bundles".into(), entries })
}

/// A bundle: run at once with its own reason where that is all it takes and the click is a person's, else its form.
fn bundle(bundle: &BundleView, forgeable: bool) -> Entry {
    let name = inert(&bundle.name);
    let mut eligible = bundle.roles.iter().filter(|row| row.eligible).peekable();
    if eligible.peek().is_none() {
        return says(format!("{name} · no eligible role"));
    }
    if eligible.all(|row| row.engaged) {
        return says(format!("{name} · active"));
    }
    if bundle.one_click && !forgeable {
        let run = Command::RunBundle { name: bundle.name.clone(), reason: None, ticket: None };
        return item(format!("Activate {name}"), Action::Send(run));
    }
    item(format!("Activate {name}…"), Action::OpenBundle { account: None, name: bundle.name.clone() })
}

fn account(view: &View, extra: &Extra, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    match &view.session {
        Session::Loading => Vec::new(),
        Session::SignedOut { .. } => vec![
            item("Sign in…", Action::Send(Command::SignIn)),
            item("Try the demo tenant", Action::Send(Command::SignInDemo)),
        ],
        Session::SigningIn { .. } => vec![
            says("Waiting for the sign-in in your browser"),
            item("Cancel the sign-in", Action::Send(Command::CancelSignIn)),
        ],
        Session::SignedIn { account } => {
            let paused = extra.paused_until.filter(|until| *until > now);
            let label = match paused {
                Some(until) => format!("Reminders paused until {}", clock(until, now, zone)),
                None => "Pause reminders for an hour".into(),
            };
            let whose = match view.accounts.len() {
                0 | 1 => inert(&account.username),
                _ => format!("{} ({})", inert(&account.username), inert(&account.tenant)),
            };
            vec![
                Entry::Check { label, checked: paused.is_some(), action: Action::PauseReminders(paused.is_none()) },
                item("Settings", Action::OpenSettings),
                item(format!("Sign out {whose}"), Action::Send(Command::SignOut)),
            ]
        }
    }
}

/// A role's name with its scope, and its tenant where it is not the one that is shown.
pub(super) fn role_at(row: &ActiveRow, tenant: Option<&str>) -> String {
    let name = role(&row.name, row.scope.as_deref());
    match tenant {
        Some(tenant) => format!("{name} · {}", inert(tenant)),
        None => name,
    }
}

/// A role's name with its scope.
pub(super) fn role(name: &str, scope: Option<&str>) -> String {
    match scope {
        Some(scope) => format!("{} ({})", inert(name), inert(scope)),
        None => inert(name),
    }
}

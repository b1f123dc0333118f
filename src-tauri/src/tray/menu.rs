//! The icon's menu as a plain value, computed from the view. Compared before it is handed to the system.

use chrono::{DateTime, Utc};
use pim::{
    problem::Problem,
    say,
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
    /// Show the window with what it says about Pimento: there a newer version is downloaded and installed.
    OpenAbout,
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
    /// The newer version that is offered.
    pub newer: Option<String>,
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
        [item(say!("menu-open"), Action::Open)].into_iter().chain(manage(view)).chain(decisions(view, extra)).collect(),
        addressed(current, account(view, extra, now, zone)),
        extra.newer.iter().map(|version| newer(version)).collect(),
        vec![item(say!("menu-quit"), Action::Quit)],
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
    signed_in.then(|| item(say!("menu-manage"), Action::OpenManage))
}

/// What waits for a decision, of each account.
fn decisions(view: &View, extra: &Extra) -> Vec<Entry> {
    let there = view.accounts.iter().filter_map(|row| Some((row, *extra.waiting.get(&row.account.id)?)));
    let entries = there.map(|(row, many)| {
        let label = if row.current {
            say!("waiting-open", count = many)
        } else {
            say!("waiting-open-at", count = many, tenant = inert(&row.account.tenant))
        };
        item(label, Action::Decide { account: row.account.id.clone() })
    });
    entries.collect()
}

/// Nothing is installed from here: it leads to the page where that is done.
fn newer(version: &str) -> Entry {
    item(say!("menu-update", version = inert(version)), Action::OpenAbout)
}

/// How many requests wait.
pub(super) fn waiting(many: usize) -> String {
    say!("waiting", count = many)
}

/// What the other accounts have active or on its way, and those that have to sign in again.
fn elsewhere(view: &View, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    let entries = view.accounts.iter().filter(|row| !row.current).flat_map(|row| {
        let tenant = Some(row.account.tenant.as_str());
        let active = row.active.iter().filter(|each| worth_a_line(each)).map(|each| active(each, tenant, now, zone));
        let sign_in = || say!("sign-in-again-at", tenant = inert(&row.account.tenant));
        let again = row.problem.iter().map(|_| item(sign_in(), Action::Send(Command::SignIn)));
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
        Some(state) => say!("role-and-state", role = name, state = state),
        None => name,
    };
    let entries = submenu(row, now, zone);
    if entries.is_empty() { says(label) } else { Entry::Submenu { label, entries } }
}

/// Where a row stands, in a few words; `None` for a standing assignment without an end.
pub(super) fn state(row: &ActiveRow, now: DateTime<Utc>) -> Option<String> {
    Some(match &row.state {
        RowState::Active => return row.end.map(|end| left(end - now)),
        RowState::Requesting => say!("state-requesting"),
        RowState::SteppingUp => say!("state-stepping-up"),
        RowState::Checking => say!("state-checking"),
        RowState::WaitingForApproval { .. } => say!("state-waiting-for-approval"),
        RowState::Provisioning => say!("state-provisioning"),
        RowState::Scheduled => say!("state-scheduled"),
        RowState::Deactivating => say!("state-deactivating"),
        RowState::Failed { .. } => say!("state-failed"),
    })
}

fn submenu(row: &ActiveRow, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    let id = || row.id.clone();
    let mut entries = Vec::new();
    match &row.state {
        RowState::Active if row.activated => {
            if row.renewal_armed {
                let end = row.end.map(|end| clock(end, now, zone));
                entries.push(Entry::Check {
                    label: end.map_or_else(|| say!("menu-renew"), |time| say!("menu-renew-at", time = time)),
                    checked: true,
                    action: Action::Send(Command::ArmRenewal { id: id(), armed: false }),
                });
            } else {
                entries.push(item(say!("menu-renew-form"), Action::OpenForm { account: None, id: id() }));
            }
            entries.push(match row.deactivatable_from.filter(|from| *from > now) {
                Some(from) => says(say!("menu-deactivate-from", time = clock(from, now, zone))),
                None => item(say!("menu-deactivate"), Action::Send(Command::Deactivate { id: id() })),
            });
        }
        RowState::WaitingForApproval { .. } | RowState::Scheduled => {
            entries.push(item(say!("menu-withdraw"), Action::Send(Command::CancelRequest { id: id() })));
        }
        _ => {}
    }
    if let Some(problem) = problem(row) {
        entries.push(says(inert(&problem.message)));
        entries.push(item(say!("menu-show"), Action::Open));
        entries.push(item(say!("menu-dismiss"), Action::Send(Command::DismissProblem { id: id() })));
    }
    entries.push(item(say!("menu-copy-details"), Action::Copy(details(row, zone))));
    entries
}

/// What "Copy details" copies: for a message to a colleague or a ticket.
fn details(row: &ActiveRow, zone: Zone) -> String {
    let mut lines = vec![role(&row.name, row.scope.as_deref())];
    let time = |at: DateTime<Utc>| local(at, zone).format("%Y-%m-%d %H:%M %:z").to_string();
    lines.extend(row.start.map(|start| say!("detail-from", time = time(start))));
    lines.extend(row.end.map(|end| say!("detail-until", time = time(end))));
    lines.extend(row.reason.iter().map(|reason| say!("detail-reason", reason = reason)));
    lines.extend(row.ticket.iter().map(|ticket| say!("detail-ticket", number = &ticket.number)));
    lines.extend(problem(row).map(|problem| say!("detail-failed", problem = problem.to_string())));
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
        let label = say!("menu-undo", role = inert(&undo.name));
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
    let approval = row.requirements.approval;
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
            let label = if approval { say!("menu-request", role = name) } else { say!("menu-activate", role = name) };
            item(label, Action::Send(activate))
        }
        _ => {
            let label =
                if approval { say!("menu-request-form", role = name) } else { say!("menu-activate-form", role = name) };
            item(label, Action::OpenForm { account: None, id: row.id.clone() })
        }
    }
}

fn bundles(view: &View, extra: &Extra) -> Option<Entry> {
    let lines = view.bundles.iter().take(MOST_BUNDLES).map(|bundle| self::bundle(bundle, extra.forgeable));
    let entries: Vec<_> = lines.collect();
    (!entries.is_empty()).then(|| Entry::Submenu { label: say!("menu-bundles"), entries })
}

/// A bundle: run at once with its own reason where that is all it takes and the click is a person's, else its form.
fn bundle(bundle: &BundleView, forgeable: bool) -> Entry {
    let name = inert(&bundle.name);
    let mut eligible = bundle.roles.iter().filter(|row| row.eligible).peekable();
    if eligible.peek().is_none() {
        return says(say!("bundle-not-eligible", bundle = name));
    }
    if eligible.all(|row| row.engaged) {
        return says(say!("bundle-active", bundle = name));
    }
    if bundle.one_click && !forgeable {
        let run = Command::RunBundle { name: bundle.name.clone(), reason: None, ticket: None };
        return item(say!("menu-activate", role = name), Action::Send(run));
    }
    item(say!("menu-activate-form", role = name), Action::OpenBundle { account: None, name: bundle.name.clone() })
}

fn account(view: &View, extra: &Extra, now: DateTime<Utc>, zone: Zone) -> Vec<Entry> {
    match &view.session {
        Session::Loading => Vec::new(),
        Session::SignedOut { .. } => vec![
            item(say!("menu-sign-in"), Action::Send(Command::SignIn)),
            item(say!("menu-demo"), Action::Send(Command::SignInDemo)),
        ],
        Session::SigningIn { .. } => vec![
            says(say!("waiting-for-sign-in")),
            item(say!("menu-cancel-sign-in"), Action::Send(Command::CancelSignIn)),
        ],
        Session::SignedIn { account } => {
            let paused = extra.paused_until.filter(|until| *until > now);
            let label = match paused {
                Some(until) => say!("menu-paused-until", time = clock(until, now, zone)),
                None => say!("menu-pause"),
            };
            let whose = match view.accounts.len() {
                0 | 1 => inert(&account.username),
                _ => format!("{} ({})", inert(&account.username), inert(&account.tenant)),
            };
            vec![
                Entry::Check { label, checked: paused.is_some(), action: Action::PauseReminders(paused.is_none()) },
                item(say!("menu-settings"), Action::OpenSettings),
                item(say!("menu-sign-out", account = whose), Action::Send(Command::SignOut)),
            ]
        }
    }
}

/// A role's name with its scope, and its tenant where it is not the one that is shown.
pub(super) fn role_at(row: &ActiveRow, tenant: Option<&str>) -> String {
    let name = role(&row.name, row.scope.as_deref());
    match tenant {
        Some(tenant) => say!("role-at-tenant", role = name, tenant = inert(tenant)),
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

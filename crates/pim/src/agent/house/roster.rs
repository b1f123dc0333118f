//! Who is signed in, whose lists are shown, and where a command goes. Pure: what an account's agent showed last comes in,
//! one view of everything goes out, and nothing of one account ever stands under another one.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    consent,
    elevation::{Notification, NotificationAction, Notify},
    managed::Imposed,
    problem::Problem,
    view::{Account, AccountRow, ActiveRow, Command, Notice, OpenForm, Session, Settings, SignInEnd, Status, View},
};

/// Colours to tell tenants apart by.
const COLOURS: u8 = 8;

/// Tenants whose clocks differ by less are taken to have the same time.
const SAME_TIME: TimeDelta = TimeDelta::seconds(2);

/// All accounts, in the order of their sign-ins.
#[derive(Debug, Default)]
pub(super) struct Roster {
    seats: Vec<Seat>,
    /// One of them, where there is any.
    current: Option<String>,
    /// The form asked for, and whose role it is.
    form: Option<(String, OpenForm)>,
    /// Serials never begin anew: whoever has seen one must not take another account's for it.
    forms: u32,
}

#[derive(Debug)]
struct Seat {
    account: String,
    colour: u8,
    /// What its agent showed last.
    view: Arc<View>,
}

/// Where a command goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To this account's agent, and to nobody else's.
    Agent(String, Command),
    /// It is about the accounts themselves. The account is the one that was meant, if any.
    House(Meant, Command),
    /// Whose it was is not signed in any more.
    Nowhere,
}

/// Which account a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// The one that the command names.
    Named(String),
    /// The current one, because it names none.
    Current(String),
    Nobody,
}

impl Meant {
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Named(account) | Self::Current(account) => Some(account),
            Self::Nobody => None,
        }
    }
}

/// What the house itself has to say in a view.
pub(super) struct Outside<'a> {
    pub now: DateTime<Utc>,
    pub settings: &'a Settings,
    /// What of them an organisation has set.
    pub imposed: &'a Imposed,
    pub notices: &'a [Notice],
    /// What stands in place of the session while somebody signs in.
    pub signing_in: Option<Session>,
    /// Why the last sign-in came to nothing.
    pub refused: Option<&'a Problem>,
    /// How the last sign-in ended.
    pub sign_in_end: Option<&'a SignInEnd>,
}

impl Roster {
    pub fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    pub fn has(&self, account: &str) -> bool {
        self.seat(account).is_some()
    }

    /// The colour of an account.
    pub fn colour(&self, account: &str) -> Option<u8> {
        self.seat(account).map(|seat| seat.colour)
    }

    /// What an account's agent showed last.
    pub fn shown(&self, account: &str) -> Option<&Arc<View>> {
        self.seat(account).map(|seat| &seat.view)
    }

    /// Somebody more. The colour that it had is kept, unless another one has it; a new one is one that nobody has.
    pub fn admit(&mut self, account: &str, colour: Option<u8>, view: Arc<View>) {
        let uses = |colour: u8| self.seats.iter().filter(|seat| seat.colour == colour).count();
        let wanted = colour.filter(|colour| *colour < COLOURS && uses(*colour) == 0);
        let colour = wanted.or_else(|| (0..COLOURS).min_by_key(|colour| uses(*colour))).unwrap_or_default();
        self.seats.push(Seat { account: account.to_owned(), colour, view });
        self.current.get_or_insert_with(|| account.to_owned());
    }

    /// Somebody less; returns who is the current one then, if that has changed.
    pub fn remove(&mut self, account: &str) -> Option<&str> {
        self.seats.retain(|seat| seat.account != account);
        self.form = self.form.take().filter(|(whose, _)| whose != account);
        if self.current.as_deref() != Some(account) {
            return None;
        }
        let alive = |seat: &&Seat| !matches!(seat.view.session, Session::SignedOut { .. });
        let next = self.seats.iter().find(alive).or(self.seats.first());
        self.current = next.map(|seat| seat.account.clone());
        self.current()
    }

    /// Makes an account the current one; `false` where it is not there.
    pub fn select(&mut self, account: &str) -> bool {
        if !self.has(account) {
            return false;
        }
        self.current = Some(account.to_owned());
        self.form = self.form.take().filter(|(whose, _)| whose == account);
        true
    }

    /// An agent has something new to show.
    pub fn told(&mut self, account: &str, view: Arc<View>) {
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.account == account) {
            seat.view = view;
        }
    }

    /// Shows the form of a role, or of a bundle, and for that its account.
    pub fn open_form(&mut self, account: &str, id: String, bundle: bool) {
        if self.select(account) {
            self.forms = self.forms.wrapping_add(1);
            self.form = Some((account.to_owned(), OpenForm { id, bundle, serial: self.forms }));
        }
    }

    /// Where a command goes: what names an account goes there or nowhere, whoever is the current one by now.
    pub fn route(&self, command: Command) -> Route {
        let (mut named, mut command) = (None, command);
        while let Command::For { account, command: inner } = command {
            (named, command) = (Some(account), *inner);
        }
        let gone = named.as_ref().is_some_and(|account| !self.has(account));
        let meant = match (named, &self.current) {
            (Some(account), _) if !gone => Meant::Named(account),
            (None, Some(account)) => Meant::Current(account.clone()),
            _ => Meant::Nobody,
        };
        match (command, meant) {
            (
                command @ (Command::SelectAccount { .. }
                | Command::SignInTenant { .. }
                | Command::SignInDemo
                | Command::SignIn
                | Command::SignInDeviceCode
                | Command::CancelSignIn
                | Command::DismissNotice { .. }
                | Command::SaveSettings { .. }
                | Command::Watch { .. }),
                meant,
            ) => Route::House(meant, command),
            (_, Meant::Nobody) => Route::Nowhere,
            (command @ (Command::SignOut | Command::OpenForm { .. } | Command::OpenBundle { .. }), meant) => {
                Route::House(meant, command)
            }
            (command, Meant::Named(account) | Meant::Current(account)) => Route::Agent(account, command),
        }
    }

    /// The current account's view, with everybody beside it. `ahead` is how far an account's time is ahead of `outside.now`.
    pub fn view(&self, outside: &Outside<'_>, ahead: impl Fn(&str) -> TimeDelta) -> View {
        let current = self.current.as_deref().and_then(|account| self.seat(account));
        let mut view = match current {
            Some(seat) => View::clone(&seat.view),
            None => View {
                session: Session::SignedOut { reason: None },
                status: Status::SignedOut,
                ..View::empty(outside.now)
            },
        };
        view.now = outside.now;
        view.settings = outside.settings.clone();
        view.locked = outside.imposed.locked();
        view.shared_reasons.clone_from(&outside.imposed.reasons);
        view.sign_in_end = outside.sign_in_end.cloned();
        view.notices.splice(0..0, outside.notices.iter().cloned());
        view.accounts = self.seats.iter().map(|seat| self.row(seat, &ahead)).collect();
        let form = self.form.as_ref().filter(|(whose, _)| Some(whose) == self.current.as_ref());
        view.open_form = form.map(|(_, form)| form.clone());
        if let (Session::SignedOut { reason }, Some(refused)) = (&mut view.session, outside.refused) {
            *reason = Some(refused.clone());
        }
        if let Some(signing_in) = &outside.signing_in {
            view.session = signing_in.clone();
        }
        if matches!(view.session, Session::SignedOut { .. }) {
            view.way_in = consent::way_in(outside.settings);
        }
        if let (Some(tenants), Some(seat)) = (&mut view.tenants, current) {
            // The tenants of another cloud may have the same names, but not the same accounts.
            let cloud = seat.row().map(|row| row.account.cloud.as_str());
            let here: Vec<&Account> = self.rows().map(|row| &row.account).collect();
            for row in &mut tenants.rows {
                let signed_in = here.iter().find(|each| each.tenant_id == row.id && Some(each.cloud.as_str()) == cloud);
                row.account = signed_in.map(|each| each.id.clone());
            }
        }
        view
    }

    /// A notification as it leaves the house: it replaces nobody else's, its buttons say whose they are, and its title does
    /// where there is a choice and `settings` allow it.
    pub fn address(&self, account: &str, notification: Notification, settings: &Settings) -> Notification {
        let ours = |tag: String| format!("{account}/{tag}");
        let Notify { tag, mut title, body, mut actions, pressing } = match notification {
            Notification::Notify(notify) => notify,
            Notification::Withdraw { tag } => return Notification::Withdraw { tag: ours(tag) },
        };
        let row = self.seat(account).and_then(Seat::row);
        if let Some(row) = row.filter(|_| self.seats.len() > 1 && settings.notification_details) {
            title = format!("{title} · {}", row.account.tenant);
        }
        for action in &mut actions {
            if let NotificationAction::Reactivate { account: whose, .. } = action {
                *whose = Some(account.to_owned());
            }
        }
        Notification::Notify(Notify { tag: ours(tag), title, body, actions, pressing })
    }

    fn seat(&self, account: &str) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.account == account)
    }

    fn rows(&self) -> impl Iterator<Item = &AccountRow> {
        self.seats.iter().filter_map(Seat::row)
    }

    fn row(&self, seat: &Seat, ahead: impl Fn(&str) -> TimeDelta) -> AccountRow {
        let current = self.current.as_ref() == Some(&seat.account);
        let ahead = ahead(&seat.account);
        // To the second: a hair's breadth is no news.
        let by = if ahead.abs() < SAME_TIME { TimeDelta::zero() } else { TimeDelta::seconds(-ahead.num_seconds()) };
        let active = if current { Vec::new() } else { seat.view.active.iter().map(|row| shifted(row, by)).collect() };
        let row = seat.row().expect("an agent's view has its account's row").clone();
        AccountRow { colour: seat.colour, current, active, ..row }
    }
}

impl Seat {
    fn row(&self) -> Option<&AccountRow> {
        self.view.accounts.first()
    }
}

/// A row in the time of another tenant: what counts down there counts down here.
fn shifted(row: &ActiveRow, by: TimeDelta) -> ActiveRow {
    let shift = |at: Option<DateTime<Utc>>| at.and_then(|at| at.checked_add_signed(by));
    ActiveRow {
        start: shift(row.start),
        end: shift(row.end),
        deactivatable_from: shift(row.deactivatable_from),
        ..row.clone()
    }
}

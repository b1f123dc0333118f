//! All accounts under one roof: one agent each, and one more way in for whoever signs in. Outwards it is one agent.
//!
//! Every agent has its own session, journal entries, lists and clock; none knows of another, so that one's trouble is
//! nobody else's. What they share (settings, the writing thread, the list of who is signed in) is the house's.

mod arrivals;
mod goal;
mod published;
mod roster;
mod seats;
mod signing_in;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc};

use chrono::TimeDelta;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use self::{
    arrivals::Arrival,
    roster::{Meant, Outside, Roster, Route},
    seats::Kept,
    signing_in::SigningIn,
};
use super::{
    Asked, Lending, PATIENCE, Setup,
    disk::{self, Disk, Writing},
    messages::{Order, Told},
    run::{WIPING, disk_notice},
    session::{Door, Goal},
};
use crate::{
    bundles::Bundle,
    clock::{Anchor, Clock},
    elevation::Notification,
    journal::{Journal, Memory},
    managed::{self, Imposed, Said},
    paths::Paths,
    problem::Problem,
    saved::{self, Change},
    secrets::Vault,
    settings,
    view::{Command, Notice, Settings, Severity, SignInEnd, View},
    words::{self, Language},
};

/// No agent's seat.
const NOBODY: u64 = 0;

/// Everybody.
pub(super) struct House {
    /// What is shown counts by this: the current account's time.
    clock: Clock,
    /// Tells of corrections of the current account's own clock.
    corrections: Option<watch::Receiver<Anchor>>,
    roster: Roster,
    members: HashMap<String, Member>,
    /// Who sat where, those who have left among them: their last words are theirs.
    seats: HashMap<u64, String>,
    /// What is remembered about accounts that are not signed in.
    memories: HashMap<String, Memory>,
    /// What the user has set.
    own: Settings,
    /// What an organisation has set over it.
    imposed: Imposed,
    /// What holds: both together.
    settings: Settings,
    /// The system's; `None`: nothing but English is spoken.
    language: Option<Language>,
    /// The organisation's bundles, and where they come from.
    managed: Vec<Bundle>,
    published: Option<managed::Source>,
    notices: Vec<Notice>,
    /// Why the last sign-in came to nothing.
    refused: Option<Problem>,
    signing_in: Option<SigningIn>,
    /// How the last sign-in ended.
    sign_in_end: Option<SignInEnd>,
    /// Where the last sign-in failed because nobody has consented to all that it asked for.
    unconsented: Option<Goal>,
    /// Those that were signed out and are still wiping their traces.
    leaving: Vec<watch::Receiver<()>>,
    paths: Paths,
    door: Door,
    disk: Disk,
    writing: Writing,
    views: watch::Sender<Arc<View>>,
    notifications: mpsc::UnboundedSender<Notification>,
    told: mpsc::UnboundedReceiver<(u64, Told)>,
    tells: mpsc::UnboundedSender<(u64, Told)>,
    arrived: mpsc::UnboundedReceiver<(u64, Arrival)>,
    arrives: mpsc::UnboundedSender<(u64, Arrival)>,
    /// Seats and sign-ins so far: what an earlier one still says is no news.
    serial: u64,
    agents: JoinSet<()>,
    stop: watch::Receiver<bool>,
}

/// From now on in the language that the settings name, or the system's.
fn speak(system: Option<Language>, settings: &Settings) {
    if let Some(system) = system {
        words::speak(Language::chosen(settings.language.as_deref(), system));
    }
}

/// An account with an agent.
struct Member {
    seat: u64,
    orders: mpsc::UnboundedSender<Order>,
    clock: Clock,
    client_id: String,
    /// Closes when the agent has ended.
    gone: watch::Receiver<()>,
}

impl House {
    /// Reads what was kept and seats everybody: the first view is there when this returns, the others' lists come later.
    pub fn new(
        setup: Setup,
        notifications: mpsc::UnboundedSender<Notification>,
        stop: watch::Receiver<bool>,
    ) -> (Self, watch::Receiver<Arc<View>>) {
        let Setup { paths, secrets, browser, demo, clock, language } = setup;
        let now = clock.now();
        let (own, notice) = settings::load(&paths.settings(), now);
        let Said { bundles: published, settings: imposed, notices: unused } = managed::said();
        let settings = imposed.over(&own);
        speak(language, &settings);
        let mut notices: Vec<_> = notice.into_iter().chain(unused).collect();
        let journal = match Journal::open(&paths, PATIENCE, now) {
            Ok((journal, notice)) => {
                notices.extend(notice);
                Some(journal)
            }
            Err(error) => {
                notices.push(disk_notice(&disk::unopened(&error)));
                None
            }
        };
        let (saved, view, unusable) = saved::load(&paths, now);
        notices.extend(unusable);
        let memories = journal.as_ref().map(Journal::memories).unwrap_or_default();
        let managed = published::at_hand(published.as_ref(), &paths, &mut notices);
        let (tells, told) = mpsc::unbounded_channel();
        let (arrives, arrived) = mpsc::unbounded_channel();
        let trouble = arrives.clone();
        let (disk, writing) = Disk::new(paths.clone(), journal, clock.clone(), move |problem| {
            let _ = trouble.send((NOBODY, Arrival::Trouble(problem)));
        });
        let views = watch::Sender::new(Arc::new(View::empty(now)));
        let receiver = views.subscribe();
        let vault = Vault::new(secrets).taking_turns_by(paths.keyring_lock());
        let mut house = Self {
            clock: clock.clone(),
            corrections: None,
            roster: Roster::default(),
            members: HashMap::new(),
            seats: HashMap::new(),
            memories,
            own,
            imposed,
            settings,
            language,
            managed,
            published,
            notices,
            refused: None,
            signing_in: None,
            sign_in_end: None,
            unconsented: None,
            leaving: Vec::new(),
            paths,
            door: Door { secrets: vault, browser, demo, clock },
            disk,
            writing,
            views,
            notifications,
            told,
            tells,
            arrived,
            arrives,
            serial: 0,
            agents: JoinSet::new(),
            stop,
        };
        let current = saved.current().map(|session| session.account.id.clone());
        let mut view = view.map(Box::new);
        for session in saved.accounts {
            let is_current = current.as_ref() == Some(&session.account.id);
            house.restore(session, if is_current { Kept::Read(view.take()) } else { Kept::Unread });
        }
        if let Some(current) = current {
            house.select(&current);
        }
        house.mirror();
        house.publish(true);
        (house, receiver)
    }

    pub async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Command>, mut asks: mpsc::UnboundedReceiver<Asked>) {
        self.fetch_managed();
        let mut stop = self.stop.clone();
        loop {
            let mut moved = false;
            let corrected = async {
                if let Some(corrections) = &mut self.corrections
                    && corrections.changed().await.is_ok()
                {
                    return;
                }
                std::future::pending::<()>().await;
            };
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                command = inbox.recv() => {
                    let Some(first) = command else { break };
                    // What is wanted together is shown together.
                    let mut next = Some(first);
                    while let Some(command) = next {
                        self.command(command);
                        next = inbox.try_recv().ok();
                    }
                }
                Some(asked) = asks.recv() => match asked {
                    Asked::Lend(lend) => self.lend(lend),
                    Asked::ByItself(account, deed) => self.order(&account, Order::ByItself(deed)),
                    Asked::Keep(account, day) => self.order(&account, Order::Keep(day)),
                },
                Some(first) = self.told.recv() => {
                    let mut next = Some(first);
                    while let Some((seat, told)) = next {
                        moved |= self.told(seat, told);
                        next = self.told.try_recv().ok();
                    }
                }
                Some((serial, arrival)) = self.arrived.recv() => self.arrived(serial, arrival),
                () = corrected => {}
            }
            while self.agents.try_join_next().is_some() {}
            self.mirror();
            self.publish(moved);
        }
        self.close(inbox).await;
    }

    async fn close(mut self, inbox: mpsc::UnboundedReceiver<Command>) {
        drop(inbox);
        if let Some(task) = self.give_up_sign_in() {
            let _ = tokio::time::timeout(WIPING, task).await;
            while let Ok((serial, arrival)) = self.arrived.try_recv() {
                self.arrived(serial, arrival);
            }
        }
        // Whoever has no house ends.
        self.members.clear();
        while self.agents.join_next().await.is_some() {}
        // Their last words: what they take back from the screen.
        while let Ok((seat, told)) = self.told.try_recv() {
            self.told(seat, told);
        }
        self.publish(false);
        let Self { disk, door: _, writing, views, .. } = self;
        drop(disk);
        let _ = tokio::task::spawn_blocking(move || writing.end()).await;
        drop(views);
    }

    fn command(&mut self, command: Command) {
        match self.roster.route(command) {
            Route::Agent(account, command) => self.order(&account, Order::Command(command)),
            Route::House(meant, command) => self.wish(&meant, command),
            Route::Nowhere => {}
        }
    }

    fn wish(&mut self, meant: &Meant, command: Command) {
        match command {
            Command::SelectAccount { account } => {
                if self.select(&account) {
                    self.disk.accounts(Change::Select(account));
                }
            }
            Command::OpenForm { id } => self.open_form(meant, id, false),
            Command::OpenBundle { name } => self.open_form(meant, name, true),
            Command::SignOut => {
                if let Some(account) = meant.account() {
                    self.sign_out(account);
                }
            }
            Command::CancelSignIn => {
                if let Some(account) = meant.account() {
                    self.order(account, Order::Command(Command::CancelSignIn));
                }
                self.cancel_sign_in();
            }
            Command::DismissNotice { id } => {
                self.notices.retain(|notice| notice.id != id);
                if let Some(account) = meant.account() {
                    self.order(account, Order::Command(Command::DismissNotice { id }));
                }
            }
            // Each is changed in a window of its own, which may not know yet of the other one's change.
            Command::SaveSettings { settings } => {
                let watch = self.settings.watch.clone();
                self.save_settings(&Settings { watch, ..*settings });
            }
            Command::Watch { watch } => self.save_settings(&Settings { watch, ..self.settings.clone() }),
            sign_in => {
                if let Some((goal, way)) = self.goal(meant, sign_in) {
                    self.sign_in(goal, way);
                }
            }
        }
    }

    fn open_form(&mut self, meant: &Meant, id: String, bundle: bool) {
        if let Some(account) = meant.account() {
            self.roster.open_form(account, id, bundle);
            self.select(account);
        }
    }

    fn order(&self, account: &str, order: Order) {
        if let Some(member) = self.members.get(account) {
            // An agent ends only with the house, or when it was told to.
            let _ = member.orders.send(order);
        }
    }

    /// Lets the agent of the account that is meant answer; where there is none, nobody does.
    fn lend(&self, (account, lend): Lending) {
        if let Some(account) = account.as_deref().or(self.roster.current()) {
            self.order(account, Order::Lend(lend));
        }
    }

    /// Takes over what somebody has changed in the settings as they were shown. What an organisation has set stays, and is not
    /// written among what is the user's.
    fn save_settings(&mut self, wanted: &Settings) {
        self.notices.retain(|notice| notice.id != "settings");
        let own = self.imposed.out_of(wanted, &self.own);
        if let Err(reason) = settings::check(&own) {
            let message = say!("settings-not-saved", reason = reason.to_string());
            self.notices.push(Notice { id: "settings".into(), severity: Severity::Warning, message, detail: None });
            return;
        }
        let settings = self.imposed.over(&own);
        speak(self.language, &settings);
        self.disk.settings(own.clone());
        for account in self.members.keys() {
            self.order(account, Order::Settings(Box::new(settings.clone())));
        }
        (self.own, self.settings) = (own, settings);
    }

    /// Makes an account the current one.
    fn select(&mut self, account: &str) -> bool {
        let there = self.roster.select(account);
        if there {
            self.refused = None;
            self.corrections = self.members.get(account).map(|member| member.clock.corrections());
        }
        there
    }

    fn sign_out(&mut self, account: &str) {
        // An answer to an earlier question must not bring anybody back.
        self.give_up_sign_in();
        let Some(member) = self.members.remove(account) else { return };
        let _ = member.orders.send(Order::Leave);
        self.leaving.retain(|gone| gone.has_changed().is_ok());
        self.leaving.push(member.gone);
        self.memories.remove(account);
        self.refused = None;
        if let Some(next) = self.roster.remove(account).map(str::to_owned) {
            self.select(&next);
            self.disk.accounts(Change::Select(next));
        } else if self.roster.current().is_none() {
            self.corrections = None;
            self.clock.reset();
        }
    }

    /// `true`: time has passed that somebody counts.
    fn told(&mut self, seat: u64, told: Told) -> bool {
        if let Told::NotWiped(problem) = told {
            let message = say!("keyring-not-wiped");
            let detail = Some(problem.to_string());
            self.notice(Notice { id: "sign-out".into(), severity: Severity::Warning, message, detail });
            return false;
        }
        let Some(account) = self.seats.get(&seat).cloned() else { return false };
        match told {
            Told::View(view) if self.members.get(&account).is_some_and(|member| member.seat == seat) => {
                self.roster.told(&account, view);
                self.roster.current() == Some(account.as_str())
            }
            Told::Notification(notification) => {
                let notification = self.roster.address(&account, notification, &self.settings);
                // Nobody listens: nothing to show it on.
                let _ = self.notifications.send(notification);
                false
            }
            // They have left.
            _ => false,
        }
    }

    fn notice(&mut self, notice: Notice) {
        self.notices.retain(|each| each.id != notice.id);
        self.notices.push(notice);
    }

    /// Keeps the clock that is shown on the current account's time.
    fn mirror(&self) {
        if let Some(member) = self.roster.current().and_then(|account| self.members.get(account)) {
            self.clock.mirror(&member.clock);
        }
    }

    /// Publishes a view if it says something new, or if time has passed that somebody counts.
    fn publish(&mut self, moved: bool) {
        let now = self.clock.now();
        let outside = Outside {
            now,
            settings: &self.settings,
            imposed: &self.imposed,
            notices: &self.notices,
            signing_in: self.signing_in.as_ref().map(SigningIn::shown),
            refused: self.refused.as_ref(),
            sign_in_end: self.sign_in_end.as_ref(),
        };
        let ahead = |account: &str| self.members.get(account).map_or(TimeDelta::zero(), |each| each.clock.now() - now);
        let mut view = self.roster.view(&outside, ahead);
        let same = {
            let shown = self.views.borrow();
            view.now = shown.now;
            view == **shown
        };
        if moved || !same {
            view.now = now;
            self.views.send_replace(Arc::new(view));
        }
    }
}

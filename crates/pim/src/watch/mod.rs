//! Being told of what others do: requests that wait for a decision, access reviews that end, privileged roles that somebody
//! activates. It looks now and then, in silence: what nobody has consented to is not asked for, and no browser is opened.
//!
//! `post` decides what is looked at when and what of it is news; here the looking is done.
//!
//! What it costs, in requests an hour and account: 3 where nobody ever asked for the account's decision, else 60 (one for each
//! kind and look); 40 for activations, where they are watched.

pub mod activations;
mod memory;
mod post;
mod words;

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, watch};

use self::{
    memory::Memory,
    post::{Errand, Post},
    words::Manner,
};
use crate::{
    agent::{Handle, Notification},
    clock::Clock,
    cloud::ACCESS_REVIEWS,
    codes,
    failure::Failure,
    manage::Office,
    model::{AuditRecord, Kind},
    paths::Paths,
    saved,
    view::{AccountRow, Command, Session, Status, View, Watch},
    wall::Zone,
};

/// Pages of the log that one look reads at most: a thousand records each.
const MOST_PAGES: usize = 5;

/// A look that takes longer is given up: the next one comes anyway.
const LONGEST: Duration = Duration::from_secs(60);

/// What was seen in the Manage window, so that nobody is told of it once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// These requests wait, of the kinds that answered.
    Approvals(Vec<(Kind, Vec<String>)>),
    /// Something was decided.
    Decided,
    /// Access reviews could be read.
    Reviews,
    /// The audit history could be read.
    Log,
}

/// Requests that wait for the decisions of accounts, by their ids; those for whom nothing waits are not among them.
pub type Waiting = BTreeMap<String, usize>;

/// A running watch. Cheap to clone; it ends with the agent.
#[derive(Clone, Debug)]
pub struct Watching {
    seen: mpsc::UnboundedSender<(String, Seen)>,
    waiting: watch::Receiver<Waiting>,
}

impl Watching {
    /// Tells what an account ([`crate::view::Account::id`]) was shown elsewhere.
    pub fn seen(&self, account: &str, seen: Seen) {
        // After its end nobody is told of anything.
        let _ = self.seen.send((account.to_owned(), seen));
    }

    /// What waits for whom, and every change of it.
    pub fn waiting(&self) -> watch::Receiver<Waiting> {
        self.waiting.clone()
    }
}

/// Starts watching for everybody who is signed in with `agent`. Returns the watch, and the notifications to show.
pub fn start(
    agent: Handle,
    paths: Paths,
    clock: Clock,
    zone: Zone,
) -> (Watching, mpsc::UnboundedReceiver<Notification>) {
    let (seen, sees) = mpsc::unbounded_channel();
    let (tells, told) = mpsc::unbounded_channel();
    let waits = watch::Sender::new(Waiting::new());
    let waiting = waits.subscribe();
    let watcher = Watcher { agent, paths, clock, zone, posts: BTreeMap::new(), sees, tells, waits };
    tokio::spawn(watcher.run());
    (Watching { seen, waiting }, told)
}

struct Watcher {
    agent: Handle,
    paths: Paths,
    clock: Clock,
    zone: Zone,
    /// By account.
    posts: BTreeMap<String, Post>,
    sees: mpsc::UnboundedReceiver<(String, Seen)>,
    tells: mpsc::UnboundedSender<Notification>,
    waits: watch::Sender<Waiting>,
}

impl Watcher {
    async fn run(mut self) {
        let mut views = self.agent.views();
        loop {
            let view = views.borrow_and_update().clone();
            self.admit(&view);
            self.look(&view).await;
            self.publish();
            let now = self.clock.now();
            let next = self
                .posts
                .iter()
                .map(|(account, post)| post.next(&view.settings.watch, &self.manner(&view, account), now));
            let next = next.min();
            tokio::select! {
                changed = views.changed() => if changed.is_err() {
                    return;
                },
                Some((account, seen)) = self.sees.recv() => self.seen(&view, &account, seen).await,
                () = self.clock.idly_until(next) => {}
            }
        }
    }

    /// Whoever is signed in and whose lists are there is watched for; whoever is not is forgotten.
    fn admit(&mut self, view: &View) {
        self.posts.retain(|account, _| view.accounts.iter().any(|row| row.account.id == *account));
        for row in view.accounts.iter().filter(|row| is_ready(view, row)) {
            let account = &row.account.id;
            if !self.posts.contains_key(account) {
                let now = self.clock.now();
                let memory = Memory::load(&self.paths, account, now);
                let own_id = account.split('.').next().unwrap_or_default().to_owned();
                self.posts.insert(account.clone(), Post::new(memory, own_id, now));
            }
        }
    }

    async fn look(&mut self, view: &View) {
        let watch = &view.settings.watch;
        for account in self.posts.keys().cloned().collect::<Vec<_>>() {
            let (manner, now) = (self.manner(view, &account), self.clock.now());
            let Some(post) = self.posts.get_mut(&account) else { continue };
            let before = post.memory().clone();
            let mut told = post.tell_activations(watch, &manner, now);
            for errand in post.due(watch, now) {
                told.extend(
                    carry_out((&self.agent, &self.paths, &self.clock), &account, post, &errand, (watch, &manner)).await,
                );
            }
            let changed = (before != *post.memory()).then(|| post.memory().clone());
            for notification in told {
                let _ = self.tells.send(notification);
            }
            if let Some(memory) = changed {
                self.keep(&account, memory).await;
            }
            self.publish();
        }
    }

    async fn seen(&mut self, view: &View, account: &str, seen: Seen) {
        let (manner, now) = (self.manner(view, account), self.clock.now());
        let Some(post) = self.posts.get_mut(account) else { return };
        let before = post.memory().clone();
        match seen {
            Seen::Approvals(shown) => {
                for notification in post.approvals_shown(shown, &manner, now) {
                    let _ = self.tells.send(notification);
                }
            }
            Seen::Decided => post.look_again(now),
            Seen::Reviews => post.reviews_shown(now),
            Seen::Log => post.log_shown(now),
        }
        if before != *post.memory() {
            let memory = post.memory().clone();
            self.keep(account, memory).await;
        }
    }

    /// Nothing is kept of somebody who has signed out meanwhile.
    async fn keep(&self, account: &str, memory: Memory) {
        if !self.agent.view().accounts.iter().any(|row| row.account.id == account) {
            return;
        }
        let (paths, account) = (self.paths.clone(), account.to_owned());
        let agent = self.agent.clone();
        let keep = move || {
            memory.save(&paths, &account)?;
            // Somebody who has signed out in between leaves nothing.
            let there = agent.view().accounts.iter().any(|row| row.account.id == account);
            if there { Ok(()) } else { saved::remove(&paths.watched(&account)) }
        };
        if let Ok(Err(error)) = tokio::task::spawn_blocking(keep).await {
            tracing::warn!(%error, "what was told cannot be kept: after a restart it may be told again");
        }
    }

    fn publish(&self) {
        let waiting: Waiting = self.posts.iter().map(|(account, post)| (account.clone(), post.waiting())).collect();
        let waiting = waiting.into_iter().filter(|(_, many)| *many > 0).collect();
        self.waits.send_if_modified(|told| {
            *told != waiting && {
                *told = waiting;
                true
            }
        });
    }

    fn manner(&self, view: &View, account: &str) -> Manner {
        let details = view.settings.notification_details;
        let row = view.accounts.iter().find(|row| row.account.id == account);
        let tenant = row.filter(|_| details && view.accounts.len() > 1).map(|row| row.account.tenant.clone());
        Manner { account: account.to_owned(), tenant, details, zone: self.zone }
    }
}

/// The start comes first: an account is watched for once its lists have been read.
fn is_ready(view: &View, row: &AccountRow) -> bool {
    let listed = !row.current || (matches!(view.session, Session::SignedIn { .. }) && !view.list.loading);
    row.problem.is_none() && listed && !matches!(row.status, Status::Loading | Status::SignedOut | Status::Offline)
}

async fn carry_out(
    (agent, paths, clock): (&Handle, &Paths, &Clock),
    account: &str,
    post: &mut Post,
    errand: &Errand,
    (watch, manner): (&Watch, &Manner),
) -> Vec<Notification> {
    if *errand == Errand::Lists {
        // What a reading brings that is new, the state machine tells.
        agent.send(Command::For { account: account.to_owned(), command: Box::new(Command::Refresh) });
        return Vec::new();
    }
    if *errand == Errand::Endings {
        let (paths, whose, now) = (paths.clone(), account.to_owned(), clock.now());
        let kept = tokio::task::spawn_blocking(move || saved::load_view(&paths, &whose, now).0).await;
        let eligible = kept.ok().flatten().map(|view| view.known.eligible).unwrap_or_default();
        return post.eligible_read(&eligible, manner, now);
    }
    let work = async {
        let Ok(office) = agent.office_of(account).await else { return Vec::new() };
        match errand {
            Errand::Approvals(kinds) => {
                let found = office.awaiting(kinds).await;
                post.approvals_read(found, manner, clock.now())
            }
            Errand::Reviews => {
                let all = office.reviews(&Kind::ALL, false, ACCESS_REVIEWS).await;
                let refused = |problem: &crate::problem::Problem| codes::lacks_consent(&problem.code);
                if all.iter().any(|each| each.found.as_ref().is_err_and(refused)) {
                    post.refused(errand, true, clock.now());
                }
                let found: Vec<_> = all.into_iter().flat_map(|each| each.found.unwrap_or_default()).collect();
                post.reviews_read(&found, manner, clock.now())
            }
            Errand::Activations(since) => match log(&office, *since).await {
                Ok((records, complete)) => post.log_read(&records, complete, watch, manner, clock.now()),
                Err(Failure::Refused(problem)) => {
                    tracing::info!(%problem, "the audit history may not be read: activations are not watched for now");
                    post.refused(errand, codes::lacks_consent(&problem.code), clock.now());
                    Vec::new()
                }
                Err(_) => Vec::new(),
            },
            Errand::Lists | Errand::Endings => Vec::new(),
        }
    };
    tokio::time::timeout(LONGEST, work).await.unwrap_or_default()
}

/// The log since then, newest first, and whether that is all of it. Beyond [`MOST_PAGES`] nobody reads a notification.
async fn log(office: &Office, since: DateTime<Utc>) -> Result<(Vec<AuditRecord>, bool), Failure> {
    let mut pages = office.sources().audit(Some(since), None, None);
    let mut records = Vec::new();
    for _ in 0..MOST_PAGES {
        match pages.next(|_| {}).await {
            Ok(Some(page)) => records.extend(page.records),
            Ok(None) => break,
            // What was read before is no less true.
            Err(failure) if records.is_empty() => return Err(failure),
            Err(_) => return Ok((records, false)),
        }
    }
    Ok((records, true))
}

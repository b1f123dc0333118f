//! Reading what is on every scope: at the root, and scope by scope where the root is late, short, or fails.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    sync::OnceCell,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use super::{AzureRoles, Row, Side, VERSION, scope};
use crate::{
    api::{Answered, Missing, Told},
    cloud::Resource,
    codes,
    failure::Failure,
    model::{RoleKey, Scope},
};

/// What a vanished scope is answered with: nothing is there any more.
const GONE: [&str; 5] =
    ["SubscriptionNotFound", "ResourceGroupNotFound", "ResourceNotFound", "ManagementGroupNotFound", "NotFound"];

/// No more scopes are asked merely because they are seen.
const MOST_SEEN: usize = 200;

/// A task that ends with whoever waits for it.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> Task<T> {
    async fn end(&mut self) -> Option<T> {
        (&mut self.0).await.ok()
    }
}

/// What is known so far: of the root, of single scopes, and of what did not answer.
#[derive(Default)]
struct Known {
    root: Option<Result<Vec<Row>, Failure>>,
    found: Vec<Row>,
    missing: Vec<Missing>,
    /// Single scopes that have answered.
    answered: Vec<String>,
}

impl Known {
    fn take(&mut self, scope: &str, rows: Result<Vec<Row>, Failure>, extra: bool) {
        match rows {
            Ok(rows) => {
                self.answered.push(scope.to_owned());
                self.found = merged(std::mem::take(&mut self.found), rows);
            }
            Err(failure) if GONE.iter().any(|code| failure.problem().code.eq_ignore_ascii_case(code)) => {
                self.answered.push(scope.to_owned());
            }
            // Nobody has said that there is anything to be seen.
            Err(Failure::Refused(_)) if extra => {}
            Err(failure) => self.missing.push(Missing::at(scope, failure)),
        }
    }

    /// What is known before the end: never all of it.
    fn so_far(&self) -> Answered<Vec<Row>> {
        let mut answered = self.told(is_late);
        if answered.missing.is_empty() {
            answered.missing.push(Missing { scope: None, failure: is_late() });
        }
        answered
    }

    /// Everything, with what did not answer; `silent` is the root's failure where it has said nothing.
    fn told(&self, silent: impl FnOnce() -> Failure) -> Answered<Vec<Row>> {
        let mut missing = self.missing.clone();
        let found = match &self.root {
            Some(Ok(rows)) => merged(rows.clone(), self.found.clone()),
            Some(Err(failure)) => {
                missing.push(Missing { scope: None, failure: failure.clone() });
                self.found.clone()
            }
            None => {
                missing.push(Missing { scope: None, failure: silent() });
                self.found.clone()
            }
        };
        Answered { found, missing, asked: self.answered.clone() }
    }

    fn into_answer(self, silent: impl FnOnce() -> Failure) -> Result<Answered<Vec<Row>>, Failure> {
        match &self.root {
            Some(Err(failure)) if self.answered.is_empty() => Err(failure.clone()),
            None if self.answered.is_empty() => Err(silent()),
            _ => Ok(self.told(silent)),
        }
    }
}

/// The root is being read, and is late. Until it has answered or is given up nobody else asks for it.
struct Late<'a>(&'a AtomicBool);

impl<'a> Late<'a> {
    fn set(late: &'a AtomicBool) -> Self {
        late.store(true, Ordering::Relaxed);
        Self(late)
    }
}

impl Drop for Late<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl AzureRoles {
    /// The rows of one side on every scope. `told` hears of the root's pages, `so_far` of what single scopes say while the root,
    /// or another scope, is late.
    pub(super) async fn list(
        &self,
        side: Side,
        expected: &[RoleKey],
        told: Told,
        so_far: impl Fn(Answered<Vec<Row>>) + Send + Sync,
    ) -> Result<Answered<Vec<Row>>, Failure> {
        let late = &self.late[side as usize];
        let mut root = (!late.load(Ordering::Relaxed)).then(|| self.root(side, told));
        let doubtful = self.is_doubtful(side, expected);
        // Once they are known their names are read again with what is eligible, not at every look at what is active.
        let wanted = side == Side::Eligible || doubtful || !self.named.load(Ordering::Relaxed);
        let subscriptions = || {
            let roles = self.clone();
            Task(tokio::spawn(async move { roles.seen().await }))
        };
        let mut reading = wanted.then(subscriptions);
        let mut known = Known::default();
        if let Some(root) = &mut root {
            let ended = timeout(self.patience.root, root.end()).await.ok();
            known.root = ended.map(|rows| rows.unwrap_or_else(|| Err(no_answer())));
        }
        if let Some(Err(failure @ (Failure::SignedOut(_) | Failure::StepUp { .. }))) = known.root {
            // No scope would answer otherwise.
            return Err(failure);
        }
        let (elsewhere, root) = (root.is_none(), root.filter(|_| known.root.is_none()));
        let alone = known.root.as_ref().and_then(|rows| Some(rows.as_ref().ok()?.len()));
        if alone.is_none() {
            reading = reading.or_else(|| Some(subscriptions()));
        }
        // Names are worth no more than a moment: without them the path shows ids.
        let moment = if alone.is_some() && !doubtful { self.patience.root / 4 } else { self.patience.root };
        let mut seen = match &mut reading {
            Some(reading) => timeout(moment, reading.end()).await.ok().flatten().unwrap_or_default(),
            None => Vec::new(),
        };
        self.learn(&seen);
        let (due, extra) = match &known.root {
            Some(Ok(rows)) if doubtful => (tops(absent(expected, rows), &[]), self.unheard(rows, seen).await),
            Some(Ok(rows)) => (tops(absent(expected, rows), &[]), Vec::new()),
            _ => {
                if expected.is_empty() {
                    seen.extend(self.groups().await);
                }
                (tops(expected.iter(), &[]), tops([].iter(), &seen))
            }
        };
        let _late = root.is_some().then(|| Late::set(late));
        let silent = if elsewhere { is_late } else { no_answer };
        let rows = self.gather(known, root, (due, extra), side, so_far).await.into_answer(silent)?;
        if let Some(listed) = alone.filter(|_| doubtful && rows.missing.is_empty()) {
            self.compared(side, rows.found.len() == listed);
        }
        self.learn_from(&rows.found);
        Ok(rows)
    }

    /// May the root say too little? Who has no earlier list cannot tell; where it was short once it may be so again.
    fn is_doubtful(&self, side: Side, expected: &[RoleKey]) -> bool {
        let compared = *self.compared[side as usize].lock().unwrap_or_else(PoisonError::into_inner);
        compared.map_or(expected.is_empty(), |complete| !complete)
    }

    /// What single scopes said was held against the root.
    fn compared(&self, side: Side, complete: bool) {
        *self.compared[side as usize].lock().unwrap_or_else(PoisonError::into_inner) = Some(complete);
    }

    fn root(&self, side: Side, told: Told) -> Task<Result<Vec<Row>, Failure>> {
        // It is given up by whoever waits for it, not by a deadline beneath that ends before.
        let roles = Self { client: self.client.patient(2 * self.patience.last), ..self.clone() };
        let tell = move |rows: &[Row]| told(rows.iter().filter_map(Row::key).collect());
        Task(tokio::spawn(async move {
            let _turn = roles.turns.acquire().await;
            roles.rows(scope::ROOT, side, tell).await
        }))
    }

    /// Scopes that the caller sees and that the root's rows say too little about: subscriptions without a row; where no row is
    /// below a subscription, or there is none at all, everything that is seen.
    async fn unheard(&self, rows: &[Row], mut seen: Vec<Scope>) -> Vec<String> {
        let listed: Vec<String> =
            rows.iter().filter_map(Row::key).map(|key| key.scope_id.to_ascii_lowercase()).collect();
        let heard = |scope: &str| listed.iter().any(|listed| listed == scope || Scope::is_below(listed, scope));
        if listed.iter().any(|scope| scope::top(scope).len() < scope.len()) {
            seen.retain(|scope| !heard(&scope.id.to_ascii_lowercase()));
            return tops([].iter(), &seen);
        }
        seen.extend(self.groups().await);
        tops([].iter(), &seen)
    }

    /// Asks scope by scope, and waits for the root beside it, where it is still being read. `due` are scopes that something is
    /// known to be at, `extra` those that are merely seen.
    async fn gather(
        &self,
        mut known: Known,
        mut root: Option<Task<Result<Vec<Row>, Failure>>>,
        (due, mut extra): (Vec<String>, Vec<String>),
        side: Side,
        so_far: impl Fn(Answered<Vec<Row>>) + Send + Sync,
    ) -> Known {
        let asked: HashSet<String> = due.iter().map(|scope| scope.to_ascii_lowercase()).collect();
        extra.retain(|scope| !asked.contains(&scope.to_ascii_lowercase()));
        extra.truncate(MOST_SEEN);
        let patience = self.patience.scope;
        let scopes = due.into_iter().map(|scope| (scope, false)).chain(extra.into_iter().map(|scope| (scope, true)));
        let mut asking = JoinSet::new();
        for (scope, extra) in scopes {
            let roles = self.clone();
            asking.spawn(async move {
                let _turn = roles.turns.acquire().await;
                let rows =
                    timeout(patience, roles.rows(&scope, side, |_| {})).await.unwrap_or_else(|_| Err(no_answer()));
                (scope, extra, rows)
            });
        }
        let last = sleep(self.patience.last);
        tokio::pin!(last);
        // What arrives together is told together.
        let quiet = self.patience.root / 4;
        let mut news = matches!(known.root, Some(Ok(_)));
        while !asking.is_empty() || root.is_some() {
            let waiting = root.is_some();
            let reading = async {
                match &mut root {
                    Some(reading) => reading.end().await.unwrap_or_else(|| Err(no_answer())),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                rows = reading => {
                    news |= rows.is_ok();
                    (known.root, root) = (Some(rows), None);
                }
                Some(Ok((scope, extra, rows))) = asking.join_next() => {
                    let before = known.answered.len();
                    known.take(&scope, rows, extra);
                    news |= known.answered.len() > before;
                }
                () = sleep(quiet), if news => {
                    news = false;
                    let told = known.so_far();
                    self.learn_from(&told.found);
                    so_far(told);
                }
                () = &mut last, if waiting => root = None,
            }
        }
        known
    }

    async fn rows(&self, scope: &str, side: Side, told: impl Fn(&[Row])) -> Result<Vec<Row>, Failure> {
        let query = format!("{VERSION}&$filter=asTarget()");
        let url = self.url(scope, &format!("providers/Microsoft.Authorization/{}", side.instances()), &query)?;
        self.client.pages_telling(Resource::Arm, url, told).await
    }

    /// The subscriptions that the caller sees. Whoever asks while they are being read is served by the same reading: both
    /// lists do.
    async fn seen(&self) -> Vec<Scope> {
        let reading = {
            let mut under_way = self.subscribed.lock().unwrap_or_else(PoisonError::into_inner);
            under_way.upgrade().unwrap_or_else(|| {
                let reading = Arc::new(OnceCell::new());
                *under_way = Arc::downgrade(&reading);
                reading
            })
        };
        let read = async || {
            let _turn = self.turns.acquire().await;
            let read = self.subscriptions().await;
            self.named.fetch_or(read.is_ok(), Ordering::Relaxed);
            read.unwrap_or_default()
        };
        reading.get_or_init(read).await.clone()
    }

    /// The management groups that the caller sees, if they are told in time.
    async fn groups(&self) -> Vec<Scope> {
        let groups = timeout(self.patience.root, self.management_groups()).await;
        let groups = groups.unwrap_or_else(|_| Err(no_answer())).unwrap_or_default();
        self.learn(&groups);
        groups
    }

    fn learn_from(&self, rows: &[Row]) {
        let mut names = self.names_mut();
        for row in rows {
            row.learn(&mut names);
        }
    }

    fn learn(&self, scopes: &[Scope]) {
        self.names_mut().extend(scopes.iter().map(|scope| (scope.id.to_ascii_lowercase(), scope.name.clone())));
    }
}

/// It may still answer.
fn is_late() -> Failure {
    Failure::NotSent { problem: codes::ours(codes::AZURE_LATE, None), retry_at: None }
}

fn no_answer() -> Failure {
    Failure::NotSent { problem: codes::ours(codes::NO_ANSWER, None), retry_at: None }
}

/// What was expected and is not among the rows.
fn absent<'a>(expected: &'a [RoleKey], rows: &[Row]) -> impl Iterator<Item = &'a RoleKey> {
    let listed: HashSet<String> = rows.iter().filter_map(|row| Some(row.key()?.id())).collect();
    expected.iter().filter(move |key| !listed.contains(&key.id()))
}

/// The management groups and subscriptions to ask, each once.
fn tops<'a>(expected: impl Iterator<Item = &'a RoleKey>, subscriptions: &[Scope]) -> Vec<String> {
    let scopes = expected.map(|key| key.scope_id.as_str()).chain(subscriptions.iter().map(|scope| scope.id.as_str()));
    let tops = scopes.filter(|scope| scope::checked(scope).is_ok_and(|path| !path.is_empty())).map(scope::top);
    let once: BTreeMap<String, String> = tops.map(|top| (top.to_ascii_lowercase(), top.to_owned())).collect();
    once.into_values().collect()
}

/// Both, each row once.
fn merged(mut first: Vec<Row>, second: Vec<Row>) -> Vec<Row> {
    let mut known: HashSet<String> = first.iter().map(Row::instance_id).collect();
    first.extend(second.into_iter().filter(|row| known.insert(row.instance_id())));
    first
}

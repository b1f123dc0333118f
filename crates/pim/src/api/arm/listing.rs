//! Reading what is on every scope: at the root, and scope by scope where the root is late, short, or fails.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, PoisonError, atomic::Ordering},
};

use tokio::{sync::OnceCell, task::JoinHandle, time::timeout};

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

impl AzureRoles {
    /// The rows of one side on every scope. `told` hears of the root's pages.
    pub(super) async fn list(
        &self,
        side: Side,
        expected: &[RoleKey],
        told: Told,
    ) -> Result<Answered<Vec<Row>>, Failure> {
        let mut root = Task(tokio::spawn({
            let roles = self.clone();
            let tell = move |rows: &[Row]| told(rows.iter().filter_map(Row::key).collect());
            async move {
                let _turn = roles.turns.acquire().await;
                roles.rows(scope::ROOT, side, tell).await
            }
        }));
        let subscriptions = || {
            let roles = self.clone();
            Task(tokio::spawn(async move { roles.seen().await }))
        };
        // Once they are known their names are read again with what is eligible, not at every look at what is active.
        let wanted = side == Side::Eligible || !self.named.load(Ordering::Relaxed);
        let mut reading = wanted.then(subscriptions);
        let rows = match timeout(self.patience.root, root.end()).await {
            Ok(Some(Ok(rows))) => {
                let short = tops(absent(expected, &rows), &[]);
                let mut all = Answered::all(rows);
                if !short.is_empty() {
                    let (more, missing) = self.scopes(short, side).await;
                    all = Answered { missing, ..Answered::all(merged(all.found, more)) };
                }
                // Names are worth no more than a moment: without them the path shows ids.
                if let Some(reading) = &mut reading {
                    let named = timeout(self.patience.root / 4, reading.end()).await.ok().flatten();
                    self.learn_subscriptions(&named.unwrap_or_default());
                }
                all
            }
            late => {
                let failed = match late {
                    Ok(Some(Err(failure))) => Some(failure),
                    _ => None,
                };
                if matches!(failed, Some(Failure::SignedOut(_) | Failure::StepUp { .. })) {
                    // No scope would answer otherwise.
                    return Err(failed.unwrap_or_else(no_answer));
                }
                let mut reading = reading.unwrap_or_else(subscriptions);
                let seen = timeout(self.patience.root, reading.end()).await.ok().flatten().unwrap_or_default();
                self.learn_subscriptions(&seen);
                let scopes = tops(expected.iter(), &seen);
                self.beside_the_root(scopes, side, failed, &mut root).await?
            }
        };
        let mut names = self.names_mut();
        for row in &rows.found {
            row.learn(&mut names);
        }
        Ok(rows)
    }

    /// Asks scope by scope, and takes what the root says in the meantime.
    async fn beside_the_root(
        &self,
        scopes: Vec<String>,
        side: Side,
        failed: Option<Failure>,
        root: &mut Task<Result<Vec<Row>, Failure>>,
    ) -> Result<Answered<Vec<Row>>, Failure> {
        let finished = failed.is_some();
        if scopes.is_empty() {
            if let Some(failure) = failed {
                return Err(failure);
            }
            let outcome = timeout(self.patience.last, root.end()).await.ok().flatten();
            let found = outcome.unwrap_or_else(|| Err(no_answer()))?;
            return Ok(Answered::all(found));
        }
        let mut asked = scopes.clone();
        let (found, mut missing) = self.scopes(scopes, side).await;
        let nothing = missing.len() == asked.len();
        let root = if finished {
            None
        } else if nothing {
            timeout(self.patience.last, root.end()).await.ok().flatten()
        } else if root.0.is_finished() {
            root.end().await
        } else {
            None
        };
        match root {
            Some(Ok(rows)) => Ok(Answered { missing, ..Answered::all(merged(rows, found)) }),
            other => {
                let failure = failed.or(other.and_then(Result::err)).unwrap_or_else(no_answer);
                if nothing {
                    return Err(failure);
                }
                asked.retain(|scope| !missing.iter().any(|missing| missing.scope.as_ref() == Some(scope)));
                missing.push(Missing { scope: None, failure });
                Ok(Answered { found, missing, asked })
            }
        }
    }

    /// The rows of these scopes, and the scopes that did not answer in time.
    async fn scopes(&self, scopes: Vec<String>, side: Side) -> (Vec<Row>, Vec<Missing>) {
        let patience = self.patience.scope;
        let results = self.each(scopes, move |roles, scope| async move {
            let rows = timeout(patience, roles.rows(&scope, side, |_| {})).await.unwrap_or_else(|_| Err(no_answer()));
            (scope, rows)
        });
        let (mut all, mut missing) = (Vec::new(), Vec::new());
        for (scope, rows) in results.await {
            match rows {
                Ok(rows) => all = merged(all, rows),
                Err(failure) if GONE.iter().any(|code| failure.problem().code.eq_ignore_ascii_case(code)) => {}
                Err(failure) => missing.push(Missing::at(&scope, failure)),
            }
        }
        (all, missing)
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

    fn learn_subscriptions(&self, subscriptions: &[Scope]) {
        let subscriptions = subscriptions.iter();
        self.names_mut().extend(subscriptions.map(|scope| (scope.id.to_ascii_lowercase(), scope.name.clone())));
    }
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

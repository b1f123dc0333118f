//! One account's tokens: cached, refreshed early and by one request at a time, rotated without loss.

mod again;
mod errand;

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex as Turn, watch};
use zeroize::Zeroizing;

use super::{
    AccessToken, Identity, Registration,
    endpoint::{Ask, Endpoint, Grant},
    record::{Found, Kept, Record},
    sign_in::interactive,
};
use crate::{
    cloud::{Reach, Resource},
    codes,
    failure::{Claims, Failure},
    model::Kind,
    net::Net,
    problem::Problem,
    secrets::Vault,
};

/// A token with less left than this is refreshed before it is used.
const EARLY: TimeDelta = TimeDelta::minutes(5);

/// What a token must still have when the service that would refresh it cannot be reached.
const LAST_RESORT: TimeDelta = TimeDelta::seconds(30);

/// Between two refreshes that nobody needs yet, where the sign-in service names no time.
const SPACING: TimeDelta = TimeDelta::seconds(10);

/// One account's tokens. Cheap to clone; all clones are one session.
#[derive(Clone)]
pub struct Tokens(Arc<Session>);

impl Tokens {
    pub(super) fn new(session: Session) -> Self {
        Self(Arc::new(session))
    }

    /// Who is signed in.
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Why the refresh token is only in memory; `None` while the keyring has it.
    pub fn unremembered(&self) -> Option<Problem> {
        self.0.state().unremembered.clone()
    }

    /// An access token with at least five minutes left. However many ask at once, one refresh is sent.
    ///
    /// # Errors
    /// `NotSent` when the sign-in service cannot be reached, `SignedOut` when it does not accept the session any more,
    /// `StepUp` when it wants to see the person, `Refused` for the rest.
    pub async fn access_token(&self, resource: Resource) -> Result<AccessToken, Failure> {
        self.token(resource, None).await
    }

    /// Is there a token that need not be refreshed first?
    pub(crate) fn is_ready(&self, resource: Resource) -> bool {
        let (state, now) = (self.0.state(), self.0.net.clock().now());
        state.fresh(resource, now).is_some() || state.lasting(resource, now).is_some()
    }

    /// A token other than `rejected`, which the service would not have: that one is never sent again. `claims` are the
    /// service's, where a refresh can satisfy them.
    pub(crate) async fn another(
        &self,
        rejected: &AccessToken,
        claims: Option<&Claims>,
    ) -> Result<AccessToken, Failure> {
        self.discard(rejected);
        self.token(rejected.resource(), claims).await
    }

    /// A token issued now, whatever is left of the one in use: what has changed about somebody's roles stands in new tokens
    /// only.
    pub(crate) async fn renewed(&self, resource: Resource) -> Result<AccessToken, Failure> {
        self.refreshed(resource, None).await
    }

    /// A token that the service would not have is never sent again.
    pub(crate) fn discard(&self, rejected: &AccessToken) {
        let mut state = self.0.state();
        state.errands.retain(|_, token| !token.is(rejected));
        if state.access.get(&rejected.resource()).is_some_and(|cached| cached.is(rejected)) {
            state.access.remove(&rejected.resource());
            // Nor by the next run of the program.
            let session = Arc::clone(&self.0);
            tokio::spawn(async move { session.remember(None).await });
        }
    }

    /// What is asked of Microsoft Graph.
    pub fn reach(&self) -> Reach {
        self.0.state().reach
    }

    /// The tenant has taken back its consent to what groups need; the rest goes on.
    pub fn narrowed(&self) -> bool {
        self.0.state().narrowed
    }

    /// Of which kinds later ends of eligibilities may be asked for, as far as is known.
    pub fn extending(&self) -> BTreeSet<Kind> {
        self.0.state().extending.clone()
    }

    /// The service has taken such a request: nobody has to be asked.
    pub(crate) fn note_extending(&self, kind: Kind) {
        self.0.state().extending.insert(kind);
    }

    /// Writes the session to the keyring once more: something else of the same account was written there.
    pub(crate) async fn remember(&self) {
        self.0.state().kept = None;
        self.0.remember(None).await;
    }

    /// Forgets everything: in memory at once, then in the keyring.
    ///
    /// # Errors
    /// The keyring could not be wiped.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        self.0.end(codes::ours(codes::SIGNED_OUT, None));
        let _turn = self.0.keeping.lock().await;
        self.0.vault.delete(&self.0.secret_name).await
    }

    async fn token(&self, resource: Resource, claims: Option<&Claims>) -> Result<AccessToken, Failure> {
        {
            let state = self.0.state();
            if let Some(problem) = &state.ended {
                return Err(Failure::SignedOut(problem.clone()));
            }
            let now = self.0.net.clock().now();
            if let Some(token) = state.fresh(resource, now) {
                return Ok(token.clone());
            }
            if claims.is_none()
                && let Some((token, due)) = state.lasting(resource, now)
            {
                let token = token.clone();
                drop(state);
                if due {
                    // What comes of it is for whoever asks next.
                    drop(self.flight(resource, None));
                }
                return Ok(token);
            }
        }
        self.refreshed(resource, claims).await
    }

    /// Whoever asks for the same while it is under way is served by the same refresh.
    async fn refreshed(&self, resource: Resource, claims: Option<&Claims>) -> Result<AccessToken, Failure> {
        let mut refreshed = self.flight(resource, claims)?;
        let outcome = match refreshed.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone(),
            Err(_) => None,
        };
        let gone = || codes::ours(codes::NETWORK, Some("The refresh was broken off.".into()));
        outcome.unwrap_or_else(|| Err(Failure::NotSent { problem: gone(), retry_at: None }))
    }

    /// The refresh that is under way, or a new one.
    fn flight(&self, resource: Resource, claims: Option<&Claims>) -> Result<Refreshed, Failure> {
        let mut state = self.0.state();
        if let Some(problem) = &state.ended {
            return Err(Failure::SignedOut(problem.clone()));
        }
        let flight = (resource, claims.cloned());
        if let Some(under_way) = state.flights.get(&flight) {
            return Ok(under_way.clone());
        }
        let (done, refreshed) = watch::channel(None);
        state.flights.insert(flight.clone(), refreshed.clone());
        // On a task of its own: whoever asked may lose interest, the rotated token must not be lost with it.
        tokio::spawn(fly(Arc::clone(&self.0), flight, done));
        Ok(refreshed)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("account", &self.0.identity.id()).finish_non_exhaustive()
    }
}

/// A refresh under way: for which resource, with which claims.
type Flight = (Resource, Option<Claims>);

/// What comes of a refresh.
type Refreshed = watch::Receiver<Option<Result<AccessToken, Failure>>>;

/// The last refresh came to nothing.
struct Away {
    problem: Problem,
    /// The next one is sent then.
    until: DateTime<Utc>,
    /// The sign-in service has said so: not earlier, whoever needs it.
    named: bool,
}

pub(super) struct Session {
    net: Net,
    endpoint: Endpoint,
    registration: Registration,
    identity: Identity,
    vault: Vault,
    secret_name: String,
    state: Mutex<State>,
    /// Refreshes take turns: each uses the newest refresh token. What a sign-in has brought takes its turn among them, so that
    /// a refresh which was sent before it does not replace it.
    refreshing: Turn<()>,
    /// One browser at a time.
    prompt: Turn<()>,
    /// Writes to the keyring take turns with its wiping.
    keeping: Turn<()>,
}

struct State {
    refresh_token: Zeroizing<String>,
    /// The one that the keyring had when it was last looked at or written to from here.
    kept: Option<Zeroizing<String>>,
    /// What is asked of Microsoft Graph.
    reach: Reach,
    /// The same for later ends of eligibilities, by kind.
    extending: BTreeSet<Kind>,
    /// The tenant has taken back what groups need.
    narrowed: bool,
    access: HashMap<Resource, AccessToken>,
    /// Tokens of Microsoft Graph for single errands, by the permission that each takes.
    errands: HashMap<&'static str, AccessToken>,
    flights: HashMap<Flight, Refreshed>,
    away: Option<Away>,
    /// Why the session is over.
    ended: Option<Problem>,
    unremembered: Option<Problem>,
    step_ups: u64,
    last_step_up: Option<((Resource, Claims), AccessToken)>,
}

impl State {
    /// A token with enough left.
    fn fresh(&self, resource: Resource, now: DateTime<Utc>) -> Option<&AccessToken> {
        self.access.get(&resource).filter(|token| token.expires() - now >= EARLY)
    }

    /// With the sign-in service away: a token that lasts a while yet, so that nobody has to wait for the next refresh; and
    /// whether that one is due.
    fn lasting(&self, resource: Resource, now: DateTime<Utc>) -> Option<(&AccessToken, bool)> {
        let away = self.away.as_ref()?;
        let token = self.access.get(&resource).filter(|token| token.expires() - now >= LAST_RESORT)?;
        Some((token, away.until <= now))
    }

    /// Why no refresh may be sent: the time that the sign-in service has named is still to come.
    fn paused(&self, now: DateTime<Utc>) -> Option<Failure> {
        let away = self.away.as_ref().filter(|away| away.named && away.until > now)?;
        Some(Failure::NotSent { problem: away.problem.clone(), retry_at: Some(away.until) })
    }
}

impl Session {
    pub(super) fn new(
        net: Net,
        endpoint: Endpoint,
        registration: Registration,
        identity: Identity,
        vault: Vault,
        secret_name: String,
        (refresh_token, reach, extending): (Zeroizing<String>, Reach, BTreeSet<Kind>),
    ) -> Self {
        let state = State {
            refresh_token,
            kept: None,
            reach,
            extending,
            narrowed: false,
            access: HashMap::new(),
            errands: HashMap::new(),
            flights: HashMap::new(),
            away: None,
            ended: None,
            unremembered: vault.unlasting(),
            step_ups: 0,
            last_step_up: None,
        };
        Self {
            net,
            endpoint,
            registration,
            identity,
            vault,
            secret_name,
            state: Mutex::new(state),
            refreshing: Turn::default(),
            prompt: Turn::default(),
            keeping: Turn::default(),
        }
    }

    /// Writes the tokens to the keyring, then lets `access` be used.
    pub(super) async fn keep(&self, access: AccessToken) {
        self.remember(Some(&access)).await;
        self.state().access.insert(access.resource(), access);
    }

    /// What is used is what the keyring has.
    pub(super) fn restored(&self, record: &Record) {
        let mut state = self.state();
        state.kept = Some(record.refresh_token.clone());
        state.access.extend(record.access_tokens().map(|token| (token.resource(), token)));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, problem: Problem) {
        let mut state = self.state();
        state.ended.get_or_insert(problem);
        state.access.clear();
        state.errands.clear();
        state.last_step_up = None;
        state.refresh_token = Zeroizing::default();
    }

    /// What is asked of a resource now.
    fn scopes(&self, resource: Resource) -> Vec<String> {
        let state = self.state();
        self.net.cloud().asked(resource, state.reach, &state.extending)
    }

    /// Takes a grant over: the new refresh token first, and into the keyring, before anybody can use what came with it.
    async fn take(&self, grant: Grant) -> Result<(), Failure> {
        self.rotate(grant.refresh)?;
        self.remember(Some(&grant.access)).await;
        let mut state = self.state();
        if let Some(problem) = &state.ended {
            return Err(Failure::SignedOut(problem.clone()));
        }
        state.access.insert(grant.access.resource(), grant.access);
        Ok(())
    }

    fn rotate(&self, newest: Option<Zeroizing<String>>) -> Result<(), Failure> {
        let mut state = self.state();
        if let Some(problem) = &state.ended {
            return Err(Failure::SignedOut(problem.clone()));
        }
        if let Some(refresh_token) = newest {
            state.refresh_token = refresh_token;
        }
        state.away = None;
        Ok(())
    }

    /// Writes refresh token and access tokens to the keyring: `access` is about to replace the one in use.
    ///
    /// Another process of the user may have been there since: what it wrote is newer than what this session goes by, and
    /// stays. What somebody has just signed in for is the newest there is (`State::kept` is empty then).
    async fn remember(&self, access: Option<&AccessToken>) {
        let _turn = self.keeping.lock().await;
        let (record, kept) = {
            let state = self.state();
            if state.ended.is_some() {
                return;
            }
            let ours = state.kept.clone();
            let kept = |resource: Resource| {
                let newest = access.filter(|access| access.resource() == resource);
                newest.or_else(|| state.access.get(&resource)).map(Kept::from)
            };
            let record = Record {
                version: Record::VERSION,
                client_id: self.registration.client_id.clone(),
                identity: self.identity.clone(),
                refresh_token: state.refresh_token.clone(),
                access: kept(Resource::Graph),
                azure: kept(Resource::Arm),
            };
            (record, ours)
        };
        let written = record.refresh_token.clone();
        let found = self.vault.exchange(&self.secret_name, move |there| record.unless_newer(there, kept)).await;
        let mut state = self.state();
        if state.ended.is_some() {
            return;
        }
        let problem = match found {
            Ok(Found::Ours) => {
                state.kept = Some(written);
                None
            }
            // Whoever refreshes next goes by the newest one; unless there is one by now that is newer still.
            Ok(Found::Newer(refresh_token)) => {
                if state.refresh_token == written {
                    state.kept = Some(refresh_token.clone());
                    state.refresh_token = refresh_token;
                }
                None
            }
            Ok(Found::Taken) => Some(codes::ours(codes::KEYRING_TAKEN, None)),
            Err(problem) => Some(problem),
        };
        state.unremembered = problem.or_else(|| self.vault.unlasting());
    }

    async fn refresh(&self, resource: Resource, asked: Option<&Claims>) -> Result<AccessToken, Failure> {
        let _turn = self.refreshing.lock().await;
        let (refresh_token, reach, extending) = {
            let state = self.state();
            if let Some(problem) = &state.ended {
                return Err(Failure::SignedOut(problem.clone()));
            }
            if let Some(pause) = state.paused(self.net.clock().now()) {
                drop(state);
                return self.last_resort(resource, asked).ok_or(pause);
            }
            (state.refresh_token.clone(), state.reach, state.extending.clone())
        };
        let scopes = self.net.cloud().asked(resource, reach, &extending);
        let mut granted = self.endpoint.refresh(&refresh_token, resource, &scopes, asked).await;
        // One permission too many, and the tenant refuses them all: what works with less goes on.
        for reach in narrower(reach, !extending.is_empty()) {
            let refused = matches!(&granted, Err(Failure::Refused(problem)) if codes::lacks_consent(&problem.code));
            if !refused || resource != Resource::Graph {
                break;
            }
            granted =
                self.endpoint.refresh(&refresh_token, resource, &self.net.cloud().scopes(resource, reach), asked).await;
            if granted.is_ok() {
                let mut state = self.state();
                state.extending.clear();
                state.narrowed |= state.reach != reach;
                state.reach = reach;
            }
        }
        let grant = match granted {
            Ok(grant) => grant,
            Err(Failure::NotSent { problem, retry_at }) => {
                let until = retry_at.unwrap_or(self.net.clock().now() + SPACING);
                self.state().away = Some(Away { problem: problem.clone(), until, named: retry_at.is_some() });
                return self.last_resort(resource, asked).ok_or(Failure::NotSent { problem, retry_at });
            }
            Err(failure) => {
                if let Failure::SignedOut(problem) = &failure {
                    self.end(problem.clone());
                }
                return Err(failure);
            }
        };
        let token = grant.access.clone();
        self.take(grant).await?;
        Ok(token)
    }

    /// Early means that there is time left when the network is away just now.
    fn last_resort(&self, resource: Resource, asked: Option<&Claims>) -> Option<AccessToken> {
        let now = self.net.clock().now();
        let cached = self.state().access.get(&resource).cloned();
        cached.filter(|token| asked.is_none() && token.expires() - now >= LAST_RESORT)
    }
}

async fn fly(session: Arc<Session>, flight: Flight, done: watch::Sender<Option<Result<AccessToken, Failure>>>) {
    let outcome = session.refresh(flight.0, flight.1.as_ref()).await;
    session.state().flights.remove(&flight);
    done.send_replace(Some(outcome));
}

/// What is asked for instead where the tenant does not consent to all of it.
fn narrower(reach: Reach, extending: bool) -> Vec<Reach> {
    let mut less = Vec::new();
    less.extend(extending.then_some(reach));
    less.extend((reach == Reach::Groups).then_some(Reach::Directory));
    less
}

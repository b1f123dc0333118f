//! A simulated tenant, and a client of ours that talks to it as it would to the real one.
#![allow(dead_code, reason = "every test file uses its own part of this")]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use pim::{
    api::{Client, Sources, graph::DirectoryRoles},
    auth::{Browser, Registration, SignIn, Tokens},
    clock::Clock,
    cloud::{Cloud, Resource},
    failure::Claims,
    model::{Activation, Eligibility},
    net::Net,
    problem::Problem,
    secrets::{MemoryStore, SecretStore, Vault},
};
use tenant::{
    Scenario,
    faults::{Fault, Rule},
    pim::{Action, Actor, Expiration, ScheduleInfo, Side, Submission, Ticket},
    requests::Entry,
    robot::Person,
    scenario::{Grant, IsoDuration},
};

/// An activation of a role that is the principal's, for an hour, as they ask for it with everything proven.
pub fn asked(grant: &Grant, reason: &str) -> (Actor, Submission) {
    let actor = Actor { id: grant.principal, mfa: true, contexts: vec!["c1".into()], cp1: true };
    let submission = Submission {
        side: Side::Assignment,
        action: Action::SelfActivate,
        principal: grant.principal,
        role: grant.role,
        scope: grant.scope,
        justification: Some(reason.into()),
        schedule: Some(ScheduleInfo { start: None, expiration: Expiration::AfterDuration(IsoDuration::hours(1)) }),
        ticket: Ticket { number: Some("INC-7".into()), system: Some("SNOW".into()) },
        validation_only: false,
        eligibility: None,
        condition: None,
    };
    (actor, submission)
}

pub struct World {
    pub tenant: tenant::Running,
    pub net: Net,
    pub secrets: Arc<dyn SecretStore>,
    /// Validates the tenant's answers against Microsoft's contract.
    _watch: tenant::contract::Watch,
}

impl World {
    /// Contoso.
    pub async fn new() -> Self {
        Self::of(Scenario::contoso()).await
    }

    pub async fn of(scenario: Scenario) -> Self {
        Self::start(scenario, None, None).await.expect("a client")
    }

    /// Over https, with an authority that only `trusted` names.
    pub async fn over_tls(ca_file: &Path, trusted: Option<&Path>) -> Result<Self, Problem> {
        let tls = tenant::TlsOptions { ca_file: ca_file.to_owned() };
        Self::start(Scenario::contoso(), Some(tls), trusted).await
    }

    /// Another company, over https.
    pub async fn of_over_tls(scenario: Scenario, ca_file: &Path) -> Self {
        let tls = tenant::TlsOptions { ca_file: ca_file.to_owned() };
        Self::start(scenario, Some(tls), Some(ca_file)).await.expect("a client")
    }

    async fn start(
        scenario: Scenario,
        tls: Option<tenant::TlsOptions>,
        trusted: Option<&Path>,
    ) -> Result<Self, Problem> {
        let options = tenant::Options { port: 0, tls, scenario, seed: 7, latency: Duration::ZERO, state_file: None };
        let tenant = tenant::start(options).await.expect("the tenant starts");
        let to = tenant.endpoints();
        let cloud = Cloud::loopback(&to.authority, &to.graph, &to.arm, Some(&to.control)).expect("on loopback");
        let net = Net::new(cloud, Clock::system(), trusted.map(Path::to_owned))?;
        let watch = tenant::contract::Watch::over(tenant.app());
        Ok(Self { tenant, net, secrets: Arc::new(MemoryStore::default()), _watch: watch })
    }

    pub fn registration() -> Registration {
        Registration::default()
    }

    pub fn way_in(&self) -> SignIn {
        SignIn::new(self.net.clone(), Self::registration(), Vault::new(Arc::clone(&self.secrets)))
            .expect("a registration")
    }

    pub async fn sign_in(&self, username: &str) -> Tokens {
        self.way_in().browser(&robot(Person::new(username)), None).await.expect("signed in")
    }

    /// Signed in, and Azure allowed besides: a resource of its own, whose consent comes with a sign-in of its own.
    pub async fn sign_in_to_azure(&self, username: &str) -> Tokens {
        let tokens = self.sign_in(username).await;
        let nothing_more = Claims("{}".into());
        tokens.step_up(Resource::Arm, &nothing_more, &robot(Person::new(username))).await.expect("consented to");
        tokens
    }

    pub fn client(&self, tokens: &Tokens) -> Client {
        Client::new(self.net.clone(), tokens.clone())
    }

    /// All three kinds.
    pub fn sources(&self, tokens: &Tokens) -> Sources {
        Sources::new(self.client(tokens))
    }

    pub fn roles(&self, tokens: &Tokens) -> DirectoryRoles {
        DirectoryRoles::new(self.client(tokens))
    }

    /// The next `times` requests to a path with this text in it meet this fault.
    pub fn fault(&self, path: &str, times: u32, fault: Fault) {
        self.fault_on(None, path, times, fault);
    }

    pub fn fault_on(&self, method: Option<&str>, path: &str, times: u32, fault: Fault) {
        let rule = Rule { method: method.map(str::to_owned), path: path.into(), after: 0, times, fault };
        self.tenant.app().faults.add(rule);
    }

    /// Requests so far to paths with this text in it.
    pub fn requests(&self, path: &str) -> Vec<Entry> {
        let all = self.tenant.app().requests.after(0);
        all.into_iter().filter(|entry| entry.path.contains(path)).collect()
    }

    pub fn token_requests(&self) -> usize {
        self.requests("/oauth2/v2.0/token").len()
    }

    /// Moves the tenant's time on, and the client's with it.
    pub fn advance(&self, by: chrono::TimeDelta) {
        self.tenant.app().clock.advance(by);
        self.net.clock().set(self.tenant.app().clock.now(), 1.0);
    }
}

/// A browser with somebody at it.
pub fn robot(person: Person) -> Browser {
    counting_robot(person).0
}

/// A browser with somebody at it, and how often it was opened.
pub fn counting_robot(person: Person) -> (Browser, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let runtime = tokio::runtime::Handle::current();
    let browser = Browser::new(move |url| {
        count.fetch_add(1, Ordering::SeqCst);
        let (person, url) = (person.clone(), url.clone());
        runtime.spawn(async move { person.sign_in(&url).await });
        Ok(())
    });
    (browser, opened)
}

pub fn activation(of: &Eligibility, minutes: i64) -> Activation {
    of.activation(chrono::TimeDelta::minutes(minutes), "A test".into(), None)
}

/// The eligibility whose role has this name.
pub fn named<'a>(eligible: &'a [Eligibility], name: &str) -> &'a Eligibility {
    eligible.iter().find(|eligibility| eligibility.role_name == name).unwrap_or_else(|| panic!("no role {name}"))
}

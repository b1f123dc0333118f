//! Continuous access evaluation, over HTTP: whichever call a service answers with a challenge, a newer token is had without
//! anybody, with the service's claims, and the same request is sent once more. A second challenge is told, and is no loop.

mod support;

use std::{
    collections::HashMap,
    fmt::Debug,
    sync::atomic::{AtomicU64, Ordering},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use pim::{
    api::{Answered, Sources, Way},
    auth::Tokens,
    cloud::{ACCESS_REVIEWS, ALERTS, GRAPH_COMMAND_LINE_TOOLS, Resource},
    failure::Failure,
    model::{
        Activation, ActivationRequest, AdminAction, Administration, Deactivation, Decision, Eligibility, Extension,
        Kind, PrincipalKind, RequestStatus, Requirements, RoleKey, Side, Verdict,
    },
};
use serde_json::json;
use support::{World, activation, robot};
use tenant::{Scenario, faults::Fault, robot::Person};
use uuid::Uuid;

/// More often than anybody should ask.
const ENDLESS: u32 = 1_000;

/// So often parts that go side by side are tried until each meets its own challenge.
const ROUNDS: u32 = 50;

const GROUP_REQUESTS: &str = "privilegedAccess/group/assignmentScheduleRequests";
const DIRECTORY_REQUESTS: &str = "directory/roleAssignmentScheduleRequests";
const AZURE_REQUESTS: &str = "Microsoft.Authorization/roleAssignmentScheduleRequests";

/// A role of each kind that takes nothing but a sign-in, with where its requests go and how they are made.
const ROLES: [(Kind, &str, &str, &str); 3] = [
    (Kind::DirectoryRole, "Global Reader", DIRECTORY_REQUESTS, "POST"),
    (Kind::Group, "Warehouse Dashboards", GROUP_REQUESTS, "POST"),
    (Kind::AzureResource, "Contributor", AZURE_REQUESTS, "PUT"),
];

struct Bench {
    world: World,
    tokens: Tokens,
    sources: Sources,
    /// From when on a token has to be, in the next challenge: tells them apart.
    next: AtomicU64,
}

/// Tokens for errands are had without anybody being asked.
fn contoso() -> Scenario {
    let mut scenario = Scenario::contoso();
    scenario.switches.audit_throttle = 0;
    for user in &mut scenario.users {
        user.consented.insert(GRAPH_COMMAND_LINE_TOOLS.into());
    }
    scenario
}

/// A 401 as continuous access evaluation has been recorded to give it.
fn challenge(moment: u64) -> Fault {
    let claims = json!({ "access_token": {
        "nbf": { "essential": true, "value": moment.to_string() }, "xms_caeerror": { "value": "20001" } } });
    let header = format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{}\"",
        BASE64_STANDARD.encode(claims.to_string())
    );
    Fault::Answer {
        status: 401,
        headers: [("WWW-Authenticate".into(), header), ("Content-Type".into(), "application/json".into())].into(),
        body: json!({ "error": { "code": "InvalidAuthenticationToken", "message": "Continuous access evaluation" } }),
    }
}

impl Bench {
    async fn of(scenario: Scenario, user: &str) -> Self {
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure(user).await;
        let sources = world.sources(&tokens);
        Self { world, tokens, sources, next: AtomicU64::new(1_729_756_830) }
    }

    async fn contoso(user: &str) -> Self {
        Self::of(contoso(), user).await
    }

    fn moment(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// How often a token was asked for with the claims of this challenge, besides what every request for one declares.
    fn refreshed(&self, moment: u64) -> usize {
        let wanted = |claims: &String| claims.contains(&moment.to_string()) && claims.contains("cp1");
        let asked = self.world.requests("/oauth2/v2.0/token");
        asked.iter().filter(|entry| entry.claims.as_ref().is_some_and(wanted)).count()
    }

    /// The call meets challenges at this address: first one that never ends, so that nothing is carried out, then one that a
    /// newer token ends. `parts`: how many requests go there side by side.
    async fn meets<T: Debug>(
        &self,
        call: &str,
        (method, path): (&str, &str),
        parts: u32,
        work: impl AsyncFn() -> Result<T, Failure>,
    ) {
        let faults = &self.world.tenant.app().faults;
        let moment = self.moment();
        self.world.fault_on(Some(method), path, ENDLESS, challenge(moment));
        let failure = work().await.expect_err(call);
        let left = faults.waiting().first().map_or(0, |rule| rule.times);
        faults.clear();
        assert_eq!(ENDLESS - left, 2 * parts, "{call}: sent once more, and no more");
        assert!(matches!(failure, Failure::StepUp { .. } | Failure::Refused(_)), "{call}: {failure:?}");
        let problem = failure.problem();
        assert!(problem.message.ends_with('.') && !problem.code.is_empty(), "{call}: {problem:?}");
        // Whose batches go side by side may each ask for a token that the service has not refused yet.
        let refreshed = self.refreshed(moment);
        assert!((1..=parts as usize).contains(&refreshed), "{call}: {refreshed} refreshes");

        for round in 1.. {
            let moment = self.moment();
            self.world.fault_on(Some(method), path, parts, challenge(moment));
            match work().await {
                Ok(_) => {}
                // Whatever comes first is challenged: where one part is back before another one has been sent at all, it meets
                // the challenge that was meant for that one.
                Err(Failure::StepUp { .. }) if parts > 1 && round < ROUNDS => {
                    faults.clear();
                    continue;
                }
                Err(failure) => panic!("{call}: {failure:?}"),
            }
            assert!(faults.waiting().is_empty(), "{call}: nothing was met");
            let refreshed = self.refreshed(moment);
            assert!((1..=parts as usize).contains(&refreshed), "{call}: {refreshed} refreshes");
            return;
        }
    }

    async fn eligible(&self, kind: Kind, name: &str) -> Eligibility {
        let all = self.sources.eligible(kind, &[]).await.expect("eligible").found;
        let scoped = |row: &&Eligibility| match kind {
            Kind::DirectoryRole => row.key.scope_id == "/",
            Kind::Group => row.scope_name.as_deref() == Some("Member"),
            // One of several Contributors, which wants nothing proven.
            Kind::AzureResource => name != "Contributor" || row.scope_name.as_deref() == Some("rg-sandbox"),
        };
        let named = all.iter().filter(scoped).find(|row| row.role_name == name);
        named.unwrap_or_else(|| panic!("no {name}: {all:#?}")).clone()
    }

    async fn activate(&self, wanted: &Activation) -> Result<ActivationRequest, Failure> {
        self.sources.activate(std::slice::from_ref(wanted), &[]).await.remove(0)
    }

    /// Maya has asked for something that somebody has to approve.
    async fn ask(&self, kind: Kind, name: &str) -> ActivationRequest {
        let wanted = activation(&self.eligible(kind, name).await, 60);
        let mut made = self.activate(&wanted).await;
        if let Err(Failure::StepUp { claims, .. }) = &made {
            let token = self.tokens.step_up(kind.resource(), claims, &robot(Person::new("maya"))).await;
            made = self.sources.activate(&[wanted], &[token.expect("stepped up")]).await.remove(0);
        }
        let made = made.expect("asked for");
        assert_eq!(made.status, RequestStatus::PendingApproval);
        made
    }
}

/// Everything, or the first failure.
fn all<T>(outcomes: Vec<Result<T, Failure>>) -> Result<Vec<T>, Failure> {
    outcomes.into_iter().collect()
}

fn whole<T>(mut answered: Answered<T>) -> Result<T, Failure> {
    answered.missing.pop().map_or(Ok(answered.found), |missing| Err(missing.failure))
}

fn is_about(kind: Kind, of_graph: (&'static str, &'static str), of_azure: &'static str) -> &'static str {
    match kind {
        Kind::DirectoryRole => of_graph.0,
        Kind::Group => of_graph.1,
        Kind::AzureResource => of_azure,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_requests() {
    let bench = Bench::contoso("maya").await;
    let sources = &bench.sources;
    for kind in Kind::ALL {
        let address = |graph, azure| ("GET", is_about(kind, graph, azure));
        let eligible = ("directory/roleEligibilityScheduleInstances", "group/eligibilityScheduleInstances");
        let at = address(eligible, "arm/providers/Microsoft.Authorization/roleEligibilityScheduleInstances");
        bench.meets("eligible", at, 1, async || sources.eligible(kind, &[]).await?.pipe(whole)).await;
        let active = ("directory/roleAssignmentScheduleInstances", "group/assignmentScheduleInstances");
        let at = address(active, "arm/providers/Microsoft.Authorization/roleAssignmentScheduleInstances");
        bench.meets("active", at, 1, async || sources.active(kind, &[]).await?.pipe(whole)).await;
        let at = address((DIRECTORY_REQUESTS, GROUP_REQUESTS), AZURE_REQUESTS);
        bench.meets("requests", at, 1, async || sources.requests(kind).await).await;
        bench.meets("what waits for the caller", at, 1, async || sources.awaiting(kind).await).await;
        bench.meets("what ever waited", at, 1, async || sources.approvable_ever(kind).await).await;
    }
    bench.meets("tenants", ("GET", "/arm/tenants"), 1, async || sources.azure.tenants().await).await;
    // Where one of two answers that is enough, so both of them are challenged.
    let scopes = sources.azure.administered().await.expect("scopes");
    let moment = bench.moment();
    for path in ["/arm/providers/Microsoft.Management/managementGroups", "/arm/subscriptions"] {
        bench.world.fault_on(Some("GET"), path, 1, challenge(moment));
    }
    assert_eq!(sources.azure.administered().await, Ok(scopes));
    assert!(bench.world.tenant.app().faults.waiting().is_empty());
    // Both at once may each ask for a token that the service has not refused yet.
    assert!((1..=2).contains(&bench.refreshed(moment)));
    let logistics = bench.eligible(Kind::AzureResource, "Reader").await.key.scope_id;
    let at = ("GET", "eligibleChildResources");
    bench.meets("scopes below", at, 1, async || sources.azure.children(&logistics).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn policies() {
    let bench = Bench::contoso("maya").await;
    let sources = &bench.sources;
    let keys = async |kind| -> Vec<RoleKey> {
        sources.eligible(kind, &[]).await.expect("eligible").found.into_iter().map(|row| row.key).collect()
    };
    let read = async |kind, keys: &[RoleKey]| -> Result<HashMap<String, Requirements>, Failure> {
        whole(sources.policies(kind, keys).await?)
    };
    let at = ("GET", "policies/roleManagementPolicyAssignments");
    bench.meets("of the directory", at, 1, async || read(Kind::DirectoryRole, &[]).await).await;
    let groups = keys(Kind::Group).await;
    bench.meets("of groups, within", at, 5, async || read(Kind::Group, &groups).await).await;
    bench.meets("of groups", ("POST", "v1.0/$batch"), 1, async || read(Kind::Group, &groups).await).await;
    let azure = keys(Kind::AzureResource).await;
    let at = ("GET", "Microsoft.Authorization/roleManagementPolicyAssignments");
    let few = u32::try_from(azure.len()).expect("few");
    bench.meets("of Azure", at, few, async || read(Kind::AzureResource, &azure).await).await;
    bench.meets("whole, of Azure", at, 1, async || all(sources.role_policies(&azure[..1]).await)).await;
}

/// So many that Azure is asked in batches: three of them.
#[tokio::test(flavor = "multi_thread")]
async fn batches_of_azure() {
    let bench = Bench::of(Scenario::with_kinds(150, 50, 1), "maya").await;
    let rows = bench.sources.azure.eligible(&[]).await.expect("eligible").found;
    let keys: Vec<RoleKey> = rows.into_iter().map(|row| row.key).collect();
    let read = async || whole(bench.sources.azure.policies(&keys).await?);
    bench.meets("a batch", ("POST", "/arm/batch"), 3, &read).await;
    bench.meets("within a batch", ("GET", "PolicyAssignments"), 50, &read).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roles_life() {
    for (kind, name, path, method) in ROLES {
        let bench = Bench::contoso("maya").await;
        let sources = &bench.sources;
        let mut wanted = activation(&bench.eligible(kind, name).await, 60);
        // Planned and taken back.
        wanted.start = Some(bench.world.net.clock().now() + TimeDelta::hours(2));
        bench.meets("schedule", (method, path), 1, async || bench.activate(&wanted).await).await;
        let planned = sources.requests(kind).await.expect("requests");
        let planned = planned.into_iter().find(|request| request.key == wanted.key).expect("planned").id;
        let cancel = async || sources.cancel(kind, &planned).await;
        bench.meets("cancel", ("POST", &format!("{path}*/cancel")), 1, cancel).await;
        // Activated, followed, and ended.
        wanted.start = None;
        bench.meets("activate", (method, path), 1, async || bench.activate(&wanted).await).await;
        let made = sources.requests(kind).await.expect("requests");
        let open = |request: &&ActivationRequest| request.key == wanted.key && request.id != planned;
        let made = made.iter().find(open).expect("made").id.clone();
        bench.meets("poll", ("GET", path), 1, async || sources.request(kind, &made).await).await;
        bench.world.advance(TimeDelta::minutes(6));
        match kind {
            // A new token tells.
            Kind::DirectoryRole => {}
            Kind::Group => {
                let at = ("POST", "/me/checkMemberGroups");
                bench.meets("effect", at, 1, async || sources.effect(&wanted.key).await).await;
            }
            Kind::AzureResource => {
                for path in ["Microsoft.Authorization/permissions", "Microsoft.Authorization/roleDefinitions/"] {
                    bench.meets("effect", ("GET", path), 1, async || sources.effect(&wanted.key).await).await;
                }
            }
        }
        let end = Deactivation::new(wanted.key.clone(), &wanted.principal_id);
        bench.meets("deactivate", (method, path), 1, async || sources.deactivate(&end, &[]).await).await;
        let committed = bench.world.tenant.app().ledger.entries();
        let of = |event| committed.iter().filter(|entry| entry.event == event).count();
        assert_eq!((of("selfActivate"), of("selfDeactivate")), (2, 1), "{kind:?}: each once");
    }
}

/// Two in one batch: what is challenged within it is sent once more, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn several_activations() {
    let bench = Bench::contoso("maya").await;
    let two = |one: &Eligibility, other: &Eligibility| [activation(one, 60), activation(other, 60)];
    let (reader, reports) = (
        bench.eligible(Kind::DirectoryRole, "Global Reader").await,
        bench.eligible(Kind::DirectoryRole, "Reports Reader").await,
    );
    let wanted = two(&reader, &reports);
    let work = async || all(bench.sources.activate(&wanted, &[]).await);
    bench.meets("several", ("POST", "v1.0/$batch"), 1, work).await;
    let member = bench.eligible(Kind::Group, "Warehouse Dashboards").await;
    let teams = bench.eligible(Kind::DirectoryRole, "Security Reader").await;
    let wanted = two(&member, &teams);
    // Of two only one is challenged, and the other one is carried out at once.
    let moment = bench.moment();
    bench.world.fault_on(Some("POST"), GROUP_REQUESTS, 1, challenge(moment));
    all(bench.sources.activate(&wanted, &[]).await).expect("both");
    assert_eq!(bench.refreshed(moment), 1);
    let committed = bench.world.tenant.app().ledger.entries();
    assert_eq!(committed.iter().filter(|entry| entry.event == "selfActivate").count(), 4, "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn approvals() {
    for (kind, name, approver, path) in [
        (Kind::DirectoryRole, "Global Administrator", "omar", "beta/roleManagement/directory/roleAssignmentApprovals"),
        (Kind::Group, "Payroll Readers", "ines", "privilegedAccess/group/assignmentApprovals"),
        (Kind::AzureResource, "Owner", "omar", "Microsoft.Authorization/roleAssignmentApprovals"),
    ] {
        let maya = Bench::contoso("maya").await;
        let asked = maya.ask(kind, name).await;
        let tokens = maya.world.sign_in_to_azure(approver).await;
        let sources = maya.world.sources(&tokens);
        let bench = Bench { sources: sources.clone(), tokens, ..maya };
        let id = asked.approval_id.clone().unwrap_or(asked.id.clone());
        bench.meets("read", ("GET", path), 1, async || sources.approval(kind, &id).await).await;
        let several = async || all(sources.approvals(&[(kind, &*id)]).await);
        bench.meets("read several", ("GET", path), 1, several).await;
        let approval = sources.approval(kind, &id).await.expect("an approval");
        let stage = approval.stages.iter().find(|stage| stage.assigned_to_me).expect("a stage that waits");
        let decision = Decision {
            kind,
            approval_id: id.clone(),
            stage_id: stage.id.clone(),
            verdict: Verdict::Approve,
            justification: "As agreed".into(),
        };
        let decide = async || all(sources.decide(std::slice::from_ref(&decision), &[]).await);
        bench.meets("decide", ("PATCH", path), 1, decide).await;
        let committed = bench.world.tenant.app().ledger.entries();
        assert_eq!(committed.iter().filter(|entry| entry.event == "approved").count(), 1, "{kind:?}: once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn later_ends() {
    let bench = Bench::contoso("maya").await;
    let sources = &bench.sources;
    let now = bench.world.net.clock().now();
    for kind in Kind::ALL {
        bench.tokens.allow_extending(kind, &robot(Person::new("maya"))).await.expect("allowed");
        let path = is_about(
            kind,
            ("directory/roleEligibilityScheduleRequests", "group/eligibilityScheduleRequests"),
            "Microsoft.Authorization/roleEligibilityScheduleRequests",
        );
        let rows = sources.eligible(kind, &[]).await.expect("eligible").found;
        let soon = |row: &&Eligibility| row.end.is_some_and(|end| end < now + TimeDelta::days(14));
        let row = rows.iter().find(soon).expect("one that ends soon");
        let asked = Extension {
            key: row.key.clone(),
            principal_id: row.principal_id.clone(),
            renew: false,
            eligibility: true,
            start: None,
            end: now + TimeDelta::days(60),
            justification: "The project goes on".into(),
            request_id: None,
        };
        let method = if kind == Kind::AzureResource { "PUT" } else { "POST" };
        bench.meets("extend", (method, path), 1, async || sources.extend(&asked, &[]).await).await;
        bench.meets("what was asked for", ("GET", path), 1, async || sources.eligibility_requests(kind).await).await;
    }
}

/// What goes with tokens of its own, for one permission each.
#[tokio::test(flavor = "multi_thread")]
async fn errands() {
    let bench = Bench::contoso("omar").await;
    let sources = &bench.sources;
    let reader = Bench::contoso("sven").await;
    let read = async || reader.sources.audit(None, None, Some(10)).next(|_| {}).await;
    reader.meets("the audit log", ("GET", "auditLogs/directoryAudits"), 1, read).await;

    let alerts = async || sources.directory_alerts(ALERTS).await;
    bench.meets("alerts", ("GET", "roleManagementAlerts/alerts"), 1, &alerts).await;
    let alert = alerts().await.expect("alerts").into_iter().find(|alert| alert.active).expect("an active one");
    let dismiss = async || sources.dismiss(&alert, None).await;
    bench.meets("dismiss", ("PATCH", "roleManagementAlerts/alerts"), 1, dismiss).await;
    bench
        .meets("scan", ("POST", "roleManagementAlerts/alerts/refresh"), 1, async || sources.scan(None, None).await)
        .await;
    let at = ("GET", "v1.0/users");
    bench.meets("people", at, 1, async || sources.find_principals(PrincipalKind::User, "ma").await).await;
    let nadia = Bench::contoso("nadia").await;
    for (service, path) in [
        (Resource::Graph, "identityGovernance/accessReviews/definitions"),
        (Resource::Arm, "Microsoft.Authorization/accessReviewScheduleDefinitions"),
    ] {
        let reviews = async || nadia.sources.access_reviews(service, false, ACCESS_REVIEWS).await;
        nadia.meets("reviews", ("GET", path), 1, reviews).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_calls() {
    let bench = Bench::contoso("omar").await;
    let sources = &bench.sources;
    for (side, path) in [(Side::Eligible, "roleEligibilitySchedules"), (Side::Active, "roleAssignmentSchedules")] {
        let held = async || sources.holdings(Kind::DirectoryRole, side, "/").await;
        bench.meets("who holds what", ("GET", path), 1, held).await;
    }
    let ines = bench.world.tenant.app().scenario.user_named("ines").expect("Ines").id.to_string();
    let given = Administration {
        action: AdminAction::Assign,
        side: Side::Eligible,
        key: RoleKey::directory("4a5d8f65-41da-4de4-8968-e035b65339cf", "/"),
        principal_id: ines,
        start: None,
        end: Some(bench.world.net.clock().now() + TimeDelta::days(30)),
        justification: "Joins".into(),
        ticket: None,
        request_id: Uuid::from_u128(7),
    };
    let give = async || {
        let way = Way::of(Kind::DirectoryRole, Side::Eligible);
        all(sources.administer(way, std::slice::from_ref(&given), false, None).await)
    };
    bench.meets("give", ("POST", "roleEligibilityScheduleRequests"), 1, give).await;
    // What a group gives: three readings in one batch, and Azure's.
    let group = bench.world.tenant.app().scenario.groups[0].id.to_string();
    let of_group = async || sources.directory.of_group(&group).await;
    bench.meets("what a group gives", ("GET", "roleManagement/directory/role"), 3, of_group).await;
    let of_azure = async || sources.azure.of_group(&group).await;
    let at = ("GET", "arm/providers/Microsoft.Authorization/roleAssignmentScheduleInstances");
    bench.meets("what a group gives on Azure", at, 1, of_azure).await;
}

/// A value through a function, where a chain reads better.
trait Pipe: Sized {
    fn pipe<U>(self, with: impl FnOnce(Self) -> U) -> U {
        with(self)
    }
}

impl<T> Pipe for T {}

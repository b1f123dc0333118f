//! Deciding on what others ask for, over HTTP, against the simulated tenant.

mod support;

use std::sync::atomic::Ordering;

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use pim::{
    auth::Tokens,
    cloud::Reach,
    failure::Failure,
    manage::{
        Office,
        approvals::{Decided, PendingApproval, Undecided, Waiting, Wish},
    },
    model::{Action, Kind, Verdict},
    problem::Remedy,
};
use serde_json::{Value, json};
use support::{World, asked, counting_robot, robot};
use tenant::{
    Scenario,
    faults::{Fault, Rule},
    pim::{Side, Status},
    robot::Person,
    scenario::{Approver, Grant, Kind as Place},
};
use uuid::Uuid;

/// Asks for something in somebody's name, with everything proven.
fn ask(world: &World, user: &str, grant: &Grant) -> Uuid {
    let app = world.tenant.app();
    // Also of what is another's: the service is to say so.
    let principal = app.scenario.user_named(user).expect("somebody").id;
    let (actor, submission) = asked(&Grant { principal, ..grant.clone() }, "Tenant settings");
    let guid = app.guid();
    let asked = app.with_pim(|pim, now| pim.submit(&app.scenario, &actor, &submission, guid, now)).expect("taken");
    assert_eq!(asked.status, Status::PendingApproval);
    guid
}

fn grants(world: &World, user: &str, place: Place) -> Vec<Grant> {
    let scenario = &world.tenant.app().scenario;
    let id = scenario.user_named(user).expect("somebody").id;
    let own = scenario.eligible.iter().filter(|grant| grant.principal == id && grant.scope.kind() == place);
    own.cloned().collect()
}

/// The eligibility for the role or group of this name.
fn grant(world: &World, user: &str, name: &str) -> Grant {
    let scenario = &world.tenant.app().scenario;
    let called = |grant: &Grant| match grant.scope {
        tenant::scenario::Scope::Group(group) => scenario.group(group).is_some_and(|group| group.display_name == name),
        _ => scenario.role(grant.role).is_some_and(|role| role.display_name == name),
    };
    let all = [Place::Directory, Place::Group, Place::Azure].map(|place| grants(world, user, place)).concat();
    all.into_iter().find(called).unwrap_or_else(|| panic!("no {name}"))
}

fn decide(world: &World, approver: &str, id: Uuid, approved: bool) {
    let app = world.tenant.app();
    let approver = app.scenario.user_named(approver).expect("somebody").id;
    app.with_pim(|pim, now| pim.decide(&app.scenario, approver, id, approved, "Fine", now)).expect("decided");
}

fn status(world: &World, id: Uuid) -> Status {
    world.tenant.app().with_pim(|pim, _| pim.request(id).expect("a request").status)
}

fn office(world: &World, tokens: &Tokens, user: &str) -> Office {
    let asked = Kind::ALL.to_vec();
    Office::new(world.net.clone(), tokens.clone(), World::registration().client_id, asked, robot(Person::new(user)))
}

async fn office_of(world: &World, user: &str) -> Office {
    let tokens = world.sign_in_to_azure(user).await;
    office(world, &tokens, user)
}

async fn waiting(office: &Office) -> Vec<PendingApproval> {
    let all = office.approvals(&Kind::ALL).await;
    all.into_iter().flat_map(|Waiting { found, .. }| found.expect("answered")).collect()
}

fn wish(approval: &PendingApproval, verdict: Verdict) -> Wish {
    Wish { approval: approval.clone(), verdict, reason: "As agreed".into() }
}

fn approve(approvals: &[PendingApproval]) -> Vec<Wish> {
    approvals.iter().map(|approval| wish(approval, Verdict::Approve)).collect()
}

/// Contoso where whatever Maya activates waits for Omar.
fn everything_waits() -> Scenario {
    let mut scenario = Scenario::contoso();
    let omar = scenario.user_named("omar").expect("Omar").id;
    for policy in scenario.policies.values_mut() {
        policy.approval = true;
        policy.approvers = vec![Approver::User(omar)];
    }
    scenario
}

fn refusal(status: u16, code: &str, message: &str) -> Fault {
    let headers = [("Content-Type".into(), "application/json".into())].into();
    Fault::Answer { status, headers, body: json!({"error": {"code": code, "message": message}}) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_says_who_asks_for_what_and_what_was_before() {
    let world = World::new().await;
    let office = office_of(&world, "omar").await;
    assert_eq!(waiting(&office).await, []);
    let compliance = grant(&world, "maya", "Compliance Administrator");
    decide(&world, "ines", ask(&world, "maya", &compliance), true);
    world.advance(TimeDelta::hours(2));
    let again = ask(&world, "maya", &compliance);
    ask(&world, "maya", &grant(&world, "maya", "Payroll Readers"));
    ask(&world, "maya", &grant(&world, "maya", "Owner"));
    // One's own is nobody's to decide.
    ask(&world, "omar", &grant(&world, "omar", "Global Administrator"));

    let office = office_of(&world, "omar").await;
    let all = waiting(&office).await;
    let told: Vec<_> =
        all.iter().map(|each| (each.kind(), each.role.as_str(), each.scope.as_deref(), each.own)).collect();
    assert_eq!(
        told,
        [
            (Kind::DirectoryRole, "Compliance Administrator", None, false),
            (Kind::Group, "Payroll Readers", Some("Member"), false),
            (Kind::AzureResource, "Owner", Some("Connectivity"), false),
        ]
    );
    for each in &all {
        assert_eq!(each.person.name.as_deref(), Some("Maya Lindqvist"), "{each:?}");
        assert_eq!(each.person.username.as_deref(), Some("maya@contoso.example"), "{each:?}");
        assert_eq!((each.reason.as_deref(), each.length), (Some("Tenant settings"), Some(TimeDelta::hours(1))));
        assert_eq!(each.ticket.as_ref().map(|ticket| ticket.number.as_str()), Some("INC-7"));
        assert_eq!(each.deadline(), each.created.map(|at| at + TimeDelta::hours(24)));
        assert!(each.left(office.now()).is_some_and(|left| left > TimeDelta::hours(23)), "{each:?}");
        assert_eq!((&each.action, each.stage_id.as_ref()), (&Action::SelfActivate, None));
    }
    assert_eq!(all[0].approval_id, again.to_string());
    let before = all[0].before.as_deref().expect("readable");
    assert_eq!(before.len(), 1);
    assert!(before[0].granted && before[0].same, "{before:?}");
    assert_eq!(all[1].before.as_deref(), Some(&[][..]));
    // Omar owns the root of Azure, and so reads what was asked for below it.
    assert_eq!(all[2].before.as_deref(), Some(&[][..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_decisions_take_two_requests() {
    let world = World::of(everything_waits()).await;
    for (place, kind, version) in [(Place::Directory, Kind::DirectoryRole, "beta"), (Place::Group, Kind::Group, "v1.0")]
    {
        let mut asked = Vec::new();
        for grant in grants(&world, "maya", place).into_iter().take(20) {
            asked.push(ask(&world, "maya", &grant));
        }
        let office = office_of(&world, "omar").await;
        let all = office.approvals(&[kind]).await.remove(0).found.expect("answered");
        assert_eq!(all.len(), asked.len());
        assert!(kind == Kind::Group || all.len() == 20, "{}", all.len());
        let before = world.requests("/graph/").len();
        let outcomes = office.decide(&approve(&all)).await;
        let sent: Vec<_> = world.requests("/graph/")[before..].iter().map(|entry| entry.path.clone()).collect();
        assert_eq!(sent, [format!("/graph/{version}/$batch"), format!("/graph/{version}/$batch")]);
        let done = Ok(Decided { verdict: Verdict::Approve, looked_up: false });
        assert!(outcomes.iter().all(|outcome| *outcome == done), "{outcomes:?}");
        assert!(asked.iter().all(|id| status(&world, *id) != Status::PendingApproval));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_kinds_are_decided_side_by_side_and_fail_apart() {
    let world = World::new().await;
    let names = ["Global Administrator", "Compliance Administrator", "Payroll Readers", "Owner"];
    let asked = names.map(|name| ask(&world, "maya", &grant(&world, "maya", name)));
    let office = office_of(&world, "omar").await;
    let all = waiting(&office).await;
    assert_eq!(all.len(), 4);
    let of = |name: &str| all.iter().find(|each| each.role == name).expect("it waits");
    // Somebody else is first with one of them.
    decide(&world, "ines", asked[1], false);
    let mut wishes = approve(&names.map(|name| of(name).clone()));
    wishes[2].verdict = Verdict::Deny;
    // A dry run tells the same, and changes nothing.
    let looked = office.look_at(&wishes.iter().map(|wish| wish.approval.clone()).collect::<Vec<_>>()).await;
    assert_eq!(looked.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true, true]);
    assert!(looked[0].as_ref().is_ok_and(|stage| *stage != wishes[0].approval.approval_id), "read, not assumed");
    assert_eq!(status(&world, asked[0]), Status::PendingApproval);

    let outcomes = office.decide(&wishes).await;
    assert_eq!(outcomes[0], Ok(Decided { verdict: Verdict::Approve, looked_up: false }));
    let Err(Undecided::Already(standing)) = &outcomes[1] else { panic!("{:?}", outcomes[1]) };
    assert_eq!((standing.by.as_deref(), standing.own), (Some("Inês Carvalho"), false));
    let told = outcomes[1].as_ref().unwrap_err().problem();
    assert_eq!(
        (told.code.as_str(), told.message.as_str()),
        ("approval-decided", "Inês Carvalho has denied this request already.")
    );
    assert_eq!(outcomes[2], Ok(Decided { verdict: Verdict::Deny, looked_up: false }));
    assert_eq!(outcomes[3], Ok(Decided { verdict: Verdict::Approve, looked_up: false }));
    assert_eq!(asked.map(|id| status(&world, id))[1..3], [Status::Denied, Status::Denied]);
    let app = world.tenant.app();
    let decision = app.with_pim(|pim, _| pim.request(asked[3]).expect("it").decision.clone()).expect("decided");
    assert_eq!((decision.justification.as_str(), decision.approved), ("As agreed", true));
    // The same once more: it is decided, and by whom is said.
    let again = office.decide(&wishes[..1]).await.remove(0).unwrap_err();
    assert_eq!(again.problem().message, "You have approved this request already.");
}

#[tokio::test(flavor = "multi_thread")]
async fn lapsed_withdrawn_others_and_own_are_told_apart() {
    let world = World::new().await;
    let names = ["Global Administrator", "Payroll Readers", "Owner"];
    let asked = names.map(|name| ask(&world, "maya", &grant(&world, "maya", name)));
    let omar = office_of(&world, "omar").await;
    let all = waiting(&omar).await;
    // Nadia decides on other roles.
    let nadia = office_of(&world, "nadia").await;
    for outcome in nadia.decide(&approve(&all)).await {
        assert_eq!(outcome, Err(Undecided::NotMine));
    }
    // Nobody decides on an own request: it is not even tried.
    let own: Vec<_> = all.iter().cloned().map(|each| PendingApproval { own: true, ..each }).collect();
    let before = world.requests("/").len();
    assert!(omar.decide(&approve(&own)).await.into_iter().all(|outcome| outcome == Err(Undecided::Own)));
    let extension = PendingApproval { action: Action::SelfExtend, ..all[0].clone() };
    let Err(Undecided::Elsewhere(page)) = omar.decide(&approve(&[extension])).await.remove(0) else { panic!() };
    assert!(page.starts_with("https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/"), "{page}");
    assert_eq!(world.requests("/").len(), before);
    // Withdrawn.
    let app = world.tenant.app();
    let maya = app.scenario.user_named("maya").expect("Maya").id;
    app.with_pim(|pim, now| pim.cancel(&app.scenario, maya, Side::Assignment, asked[0], now)).expect("withdrawn");
    assert_eq!(omar.decide(&approve(&all[..1])).await, [Err(Undecided::Gone)]);
    // Nobody was in time: known from the time alone, and from the service where the time is not known.
    world.advance(TimeDelta::hours(25));
    let omar = office_of(&world, "omar").await;
    let before = world.requests("/").len();
    assert!(omar.decide(&approve(&all[1..])).await.into_iter().all(|outcome| outcome == Err(Undecided::Lapsed)));
    assert_eq!(world.requests("/").len(), before);
    let timeless: Vec<_> = all[1..].iter().cloned().map(|each| PendingApproval { created: None, ..each }).collect();
    assert!(omar.decide(&approve(&timeless)).await.into_iter().all(|outcome| outcome == Err(Undecided::Lapsed)));
    let unknown = PendingApproval { approval_id: Uuid::nil().to_string(), created: None, ..all[1].clone() };
    assert_eq!(omar.decide(&approve(&[unknown])).await, [Err(Undecided::Gone)]);
    let odd = PendingApproval { approval_id: "../x?y".into(), created: None, ..all[1].clone() };
    assert!(matches!(omar.decide(&approve(&[odd])).await[..], [Err(Undecided::Failed(_))]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_between_the_look_and_the_decision_is_told() {
    let world = World::new().await;
    let names = ["Compliance Administrator", "Payroll Readers", "Owner"];
    for name in names {
        ask(&world, "maya", &grant(&world, "maya", name));
    }
    let office = office_of(&world, "omar").await;
    let all = waiting(&office).await;
    // The service says 409, and the look afterwards brings nothing.
    for path in ["beta/roleManagement", "group/assignmentApprovals", "/arm/providers/*/roleAssignmentApprovals"] {
        let rule = |method: &str, after, fault| Rule {
            method: Some(method.into()),
            path: path.into(),
            after,
            times: 1,
            fault,
        };
        let conflict = refusal(409, "RequestConflict", "The request has already been decided.");
        world.tenant.app().faults.add(rule("PATCH", 0, conflict));
        world.tenant.app().faults.add(rule("GET", 1, refusal(403, "Forbidden", "no")));
    }
    for outcome in office.decide(&approve(&all)).await {
        let Err(Undecided::Already(standing)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(standing.by, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_lost_answer_it_is_looked_at_and_never_sent_twice() {
    let world = World::new().await;
    let names = ["Global Administrator", "Compliance Administrator", "Payroll Readers", "Owner"];
    let asked = names.map(|name| ask(&world, "maya", &grant(&world, "maya", name)));
    let office = office_of(&world, "omar").await;
    let all = waiting(&office).await;
    let of = |name: &str| all.iter().find(|each| each.role == name).expect("it waits").clone();
    // The first batch looks, the second decides, and its answer is lost.
    let lost = |fault| Rule { method: Some("POST".into()), path: "beta/$batch".into(), after: 1, times: 1, fault };
    world.tenant.app().faults.add(lost(Fault::DropAfter));
    let before = world.requests("/graph/").len();
    let outcome = office.decide(&approve(&[of(names[0])])).await.remove(0);
    assert_eq!(outcome, Ok(Decided { verdict: Verdict::Approve, looked_up: true }));
    assert_eq!(world.requests("/graph/").len() - before, 3, "looked, decided, looked");
    // It never arrived: that is said, and it waits on.
    world.tenant.app().faults.add(lost(Fault::DropBefore));
    let before = world.requests("/graph/").len();
    let outcome = office.decide(&approve(&[of(names[1])])).await.remove(0);
    assert!(matches!(outcome, Err(Undecided::Uncertain(Failure::Lost { .. }))), "{outcome:?}");
    assert_eq!(world.requests("/graph/").len() - before, 5, "decided once, looked at three times after");
    assert_eq!(status(&world, asked[1]), Status::PendingApproval);
    assert_eq!(outcome.unwrap_err().problem().code, "approval-uncertain");
    // Something between carries it over twice: the refusal is of the second one.
    world.fault_on(Some("PATCH"), "assignmentApprovals", 1, Fault::Twice);
    let outcome = office.decide(&approve(&[of(names[2])])).await.remove(0);
    assert_eq!(outcome, Ok(Decided { verdict: Verdict::Approve, looked_up: false }));
    // The same on Azure.
    world.fault_on(Some("PATCH"), "roleAssignmentApprovals", 1, Fault::DropAfter);
    let outcome = office.decide(&[wish(&of(names[3]), Verdict::Deny)]).await.remove(0);
    assert_eq!(outcome, Ok(Decided { verdict: Verdict::Deny, looked_up: true }));
    let writes = world.requests("roleAssignmentApprovals").into_iter().filter(|entry| entry.method != "GET");
    assert_eq!(writes.count(), 1);
    assert_eq!(status(&world, asked[3]), Status::Denied);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_wants_a_pause_or_another_form_gets_it() {
    let world = World::of(everything_waits()).await;
    let asked: Vec<_> =
        grants(&world, "maya", Place::Directory).iter().take(3).map(|grant| ask(&world, "maya", grant)).collect();
    let office = office_of(&world, "omar").await;
    let all = waiting(&office).await;
    // One of three has to wait.
    world.fault_on(Some("PATCH"), "roleAssignmentApprovals", 1, Fault::Throttle { retry_after: 30, date: false });
    let outcomes = office.decide(&approve(&all)).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2, "{outcomes:?}");
    let throttled = outcomes.iter().find_map(|outcome| outcome.as_ref().err()).expect("one");
    let Undecided::Failed(Failure::NotSent { retry_at: Some(_), .. }) = throttled else { panic!("{throttled:?}") };
    assert_eq!(asked.iter().filter(|id| status(&world, **id) == Status::PendingApproval).count(), 1);

    // Groups' stages are called steps on one page of the documentation, and Azure's documented form is not taken everywhere.
    let group = ask(&world, "maya", &grants(&world, "maya", Place::Group)[0]);
    let azure = ask(&world, "maya", &grant(&world, "maya", "Owner"));
    let segment = refusal(400, "BadRequest", "Resource not found for the segment 'stages'.");
    world.fault_on(Some("PATCH"), "assignmentApprovals/*/stages", 1, segment);
    world.fault_on(Some("PATCH"), "/arm/", 1, refusal(405, "HttpMethodNotSupported", "no"));
    let all: Vec<_> = waiting(&office).await.into_iter().filter(|each| each.kind() != Kind::DirectoryRole).collect();
    let outcomes = office.decide(&approve(&all)).await;
    assert!(outcomes.len() == 2 && outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert!([group, azure].iter().all(|id| status(&world, *id) != Status::PendingApproval));
    let forms: Vec<_> = world.requests("/stages/").into_iter().map(|entry| entry.method).collect();
    assert_eq!(forms, ["PATCH", "PUT"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stronger_sign_in_is_asked_for_once_for_a_service() {
    let world = World::of(everything_waits()).await;
    for grant in grants(&world, "maya", Place::Azure).iter().take(3) {
        ask(&world, "maya", grant);
    }
    let tokens = world.sign_in_to_azure("omar").await;
    let (browser, opened) = counting_robot(Person::new("omar"));
    let client_id = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client_id, Kind::ALL.to_vec(), browser);
    let all = waiting(&office).await;
    let claims = BASE64_STANDARD.encode(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#);
    let challenge = format!(r#"Bearer realm="", error="insufficient_claims", claims="{claims}""#);
    let headers = [("Content-Type".into(), "application/json".into()), ("WWW-Authenticate".into(), challenge)].into();
    let body = json!({"error": {"code": "InvalidAuthenticationToken", "message": "More, please."}});
    world.fault_on(Some("PATCH"), "roleAssignmentApprovals", 3, Fault::Answer { status: 401, headers, body });
    let outcomes = office.decide(&approve(&all)).await;
    assert!(outcomes.len() == 3 && outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(opened.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_consented_to_names_the_permission_and_the_way_to_it() {
    let world = World::new().await;
    ask(&world, "maya", &grant(&world, "maya", "Payroll Readers"));
    let way_in = world.way_in().reaching(Reach::Directory);
    let tokens = way_in.browser(&robot(Person::new("omar")), None).await.expect("signed in");
    let permission = "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup";
    // Not even asked where it is known, refused where it is not.
    for (asked, code) in
        [(vec![Kind::DirectoryRole], "not-consented"), (Kind::ALL.to_vec(), "PermissionScopeNotGranted")]
    {
        let before = world.requests("privilegedAccess").len();
        let client_id = World::registration().client_id;
        let office = Office::new(world.net.clone(), tokens.clone(), client_id, asked, robot(Person::new("omar")));
        let waiting = office.approvals(&[Kind::Group, Kind::DirectoryRole]).await;
        assert_eq!(waiting[0].found, Ok(Vec::new()), "the other kind answers");
        let consent = waiting[1].consent.as_ref().expect("what to consent to");
        assert_eq!(consent.permissions, [permission]);
        assert!(consent.link.contains("/adminconsent") && consent.link.contains(permission), "{consent:?}");
        let problem = waiting[1].found.as_ref().unwrap_err();
        assert_eq!(problem.code, code);
        if code != "not-consented" {
            let Remedy::AskAdmin { text } = &problem.remedy else { panic!("{problem:?}") };
            assert!(text.contains(&consent.link) && problem.message.contains(permission), "{problem:?}");
        }
        assert_eq!(world.requests("privilegedAccess").len() - before, usize::from(code != "not-consented"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_people_hostile_names_and_odd_rows_do_no_harm() {
    let world = World::new().await;
    let office = office_of(&world, "omar").await;
    let row = |id: &str, principal: Value, role: Value| {
        json!({
            "id": id, "status": "PendingApproval", "action": "selfActivate", "approvalId": id, "directoryScopeId": "/",
            "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10", "principalId": "gone-id", "principal": principal,
            "roleDefinition": role, "createdDateTime": "2026-11-23T12:00:00.1234567Z", "justification": "<img onerror=x>",
        })
    };
    let hostile =
        json!({"displayName": "\u{202e}Eve\u{0}<script>alert(1)</script>", "userPrincipalName": "e\u{2066}ve@x"});
    let body = json!({"value": [
        row("1", Value::Null, Value::Null),
        row("2", hostile, json!({"displayName": "Global\u{202e} Administrator\n"})),
        {"id": "3", "status": "PendingApproval"},
        {"id": "4", "roleDefinitionId": 7},
        "no row",
        {"id": "5", "status": "Provisioned", "roleDefinitionId": "r"},
    ]});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    let path = "roleAssignmentScheduleRequests/filterByCurrentUser";
    world.fault(path, 2, Fault::Answer { status: 200, headers, body });
    let found = office.approvals(&[Kind::DirectoryRole]).await.remove(0).found.expect("answered");
    assert_eq!(found.iter().map(|each| each.id.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!(found[0].sentence(Verdict::Deny), "Deny Global Administrator for Eve <script>alert(1)</script>");
    assert_eq!(found[1].person.called(), "somebody unknown to the directory (gone-id)");
    assert_eq!(found[1].role, "62e90394-69f5-4237-9190-012177145e10");
    // Names that may not be read are done without.
    ask(&world, "maya", &grant(&world, "maya", "Global Administrator"));
    world.fault(path, 1, refusal(400, "Request_BadRequest", "no expanding"));
    let found = office.approvals(&[Kind::DirectoryRole]).await.remove(0).found.expect("answered");
    assert_eq!(found.len(), 1);
    // A list that cannot be had is said.
    world.fault(path, 9, Fault::Html);
    let problem = office.approvals(&[Kind::DirectoryRole]).await.remove(0).found.unwrap_err();
    assert_eq!(problem.code, "not-json");
}

//! PIM's security alerts over HTTP, against the simulated tenant.

mod support;

use chrono::TimeDelta;
use pim::{
    cloud::{ALERTING, ALERTS},
    failure::Failure,
    manage::{
        Office,
        alerts::{Look, Watched},
    },
    model::{Alert, Kind, Severity},
    problem::Remedy,
};
use serde_json::json;
use support::{World, robot};
use tenant::{Scenario, faults::Fault, robot::Person};

const BOTH: [Kind; 2] = [Kind::DirectoryRole, Kind::AzureResource];
const OUTSIDE: &str = "RolesAssignedOutsidePimAlert";

/// A Contoso whose administrators have consented to everything.
fn contoso() -> Scenario {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    scenario
}

async fn office(world: &World, user: &str) -> Office {
    let tokens = world.sign_in_to_azure(user).await;
    let client_id = World::registration().client_id;
    Office::new(world.net.clone(), tokens, client_id, Kind::ALL.to_vec(), robot(Person::new(user)))
}

async fn directory(office: &Office) -> Vec<Alert> {
    office.alerts(&[Kind::DirectoryRole], None, ALERTS).await.remove(0).found.expect("answered")
}

fn of_kind<'a>(alerts: &'a [Alert], kind: &str) -> &'a Alert {
    alerts.iter().find(|alert| alert.kind == kind).unwrap_or_else(|| panic!("no {kind}"))
}

fn patches(world: &World) -> usize {
    world.requests("roleManagementAlerts").into_iter().filter(|entry| entry.method == "PATCH").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_is_told_with_what_to_do_in_one_request() {
    let world = World::of(contoso()).await;
    let sven = office(&world, "sven").await;
    let before = world.requests("roleManagementAlerts").len();
    let alerts = directory(&sven).await;
    assert_eq!(world.requests("roleManagementAlerts").len() - before, 1);
    assert_eq!(alerts.len(), 7);
    let (there, quiet): (Vec<_>, Vec<_>) = alerts.iter().partition(|alert| alert.active);
    assert!(!there.is_empty() && !quiet.is_empty());
    assert_eq!(alerts[..there.len()].iter().collect::<Vec<_>>(), there, "what is there is first");
    assert_eq!(alerts[0].severity, Severity::High);
    let outside = of_kind(&alerts, OUTSIDE);
    assert!(outside.mitigation.is_some() && outside.impact.is_some() && outside.prevention.is_some());
    assert_eq!((outside.count, outside.enabled), (1, Some(true)));
    assert_eq!(outside.incidents[0].about(), "Tomasz Wójcik: Guest Inviter");
    assert!(outside.incidents[0].role_id.is_some());
    let repeated = of_kind(&alerts, "SequentialActivationRenewalsAlert");
    assert!(repeated.incidents[0].details.contains(&("activationCount".into(), "3".into())), "{repeated:?}");
    assert!(alerts.iter().all(|alert| alert.incidents.len() as u64 == alert.count));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_dismissed_and_a_lost_answer_is_looked_up() {
    let world = World::of(contoso()).await;
    let omar = office(&world, "omar").await;
    let alerts = directory(&omar).await;
    let [first, second] = [OUTSIDE, "StaleSignInAlert"].map(|kind| of_kind(&alerts, kind).clone());
    assert_eq!(omar.dismiss(std::slice::from_ref(&first)).await, [Ok(false)]);
    world.fault_on(Some("PATCH"), "roleManagementAlerts", 1, Fault::DropAfter);
    assert_eq!(omar.dismiss(std::slice::from_ref(&second)).await, [Ok(true)]);
    assert_eq!(patches(&world), 2, "each was sent once");
    let after = directory(&omar).await;
    assert!([&first, &second].iter().all(|alert| !of_kind(&after, &alert.kind).active));
    // Lost before it arrived: it is still there, and that is what is said.
    let third = of_kind(&after, "TooManyGlobalAdminsAssignedToTenantAlert").clone();
    assert!(third.active);
    world.fault_on(Some("PATCH"), "roleManagementAlerts", 1, Fault::Unavailable { retry_after: None });
    let outcome = omar.dismiss(std::slice::from_ref(&third)).await.remove(0);
    assert!(matches!(outcome, Err(Failure::Lost { .. } | Failure::NotSent { .. })), "{outcome:?}");
    assert!(of_kind(&directory(&omar).await, &third.kind).active);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_looks_again_and_is_waited_for() {
    let world = World::of(contoso()).await;
    let omar = office(&world, "omar").await;
    let before = of_kind(&directory(&omar).await, OUTSIDE).scanned.expect("looked for");
    assert_eq!(omar.look_again(&Look::Directory, false).await, Ok(false), "it goes on");
    let waited = tokio::spawn({
        let omar = omar.clone();
        async move { omar.look_again(&Look::Directory, true).await }
    });
    // Once the second look has been asked for, its time goes by.
    while world.requests("alerts/refresh").len() < 2 {
        tokio::task::yield_now().await;
    }
    world.advance(TimeDelta::seconds(6));
    assert_eq!(waited.await.expect("no panic"), Ok(true));
    let alerts = directory(&omar).await;
    assert!(of_kind(&alerts, OUTSIDE).scanned.is_some_and(|at| at > before));
    // One alone; a look that comes to nothing says so.
    let one = Look::One(Box::new(of_kind(&alerts, OUTSIDE).clone()));
    let failed = json!({"id": "x", "status": "failed", "statusDetail": "The directory was away.",
                        "createdDateTime": "2026-11-23T12:00:00Z", "lastActionDateTime": "2026-11-23T12:00:00Z",
                        "resourceLocation": null});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("roleManagementAlerts/operations", 1, Fault::Answer { status: 200, headers, body: failed });
    let failure = omar.look_again(&one, true).await.expect_err("it failed");
    assert_eq!(failure.problem().code, "scan-failed");
    assert!(failure.problem().detail.as_deref().is_some_and(|said| said.contains("away")));
}

#[tokio::test(flavor = "multi_thread")]
async fn azures_are_read_where_the_caller_may_and_dismissed_there() {
    let world = World::of(contoso()).await;
    let omar = office(&world, "omar").await;
    let Watched { found, missing, .. } = omar.alerts(&[Kind::AzureResource], None, ALERTS).await.remove(0);
    let found = found.expect("answered");
    assert_eq!(missing, []);
    let outside = found.iter().find(|alert| alert.kind == "AzureRolesAssignedOutsidePimAlert" && alert.active);
    let outside = outside.expect("one").clone();
    assert!(outside.scope.as_deref().is_some_and(|scope| scope.starts_with('/')));
    assert_eq!((outside.severity.word(), outside.incidents[0].about().starts_with("Connectivity")), ("high", true));
    world.fault_on(Some("PATCH"), "roleManagementAlerts", 1, Fault::DropAfter);
    assert_eq!(omar.dismiss(std::slice::from_ref(&outside)).await, [Ok(true)]);
    // At that scope alone.
    let scopes = outside.scope.clone().map(|scope| vec![scope]);
    let there = omar.alerts(&BOTH[1..], scopes, ALERTS).await.remove(0).found.expect("answered");
    assert!(there.len() == 4 && !of_kind(&there, &outside.kind).active);
    let scope = outside.scope.clone().expect("a scope");
    assert_eq!(omar.look_again(&Look::Scope(scope.clone()), false).await, Ok(false));
    // Who may not read there is told so, and what fails otherwise is named.
    let maya = office(&world, "maya").await;
    let refused = maya.alerts(&BOTH[1..], Some(vec![scope.clone()]), ALERTS).await.remove(0);
    assert_eq!(refused.found.expect_err("refused").code, "AuthorizationFailed");
    world.fault("roleManagementAlerts", 3, Fault::Html);
    let away = omar.alerts(&BOTH[1..], Some(vec![scope.clone()]), ALERTS).await.remove(0);
    assert_eq!((away.found.as_deref(), away.missing[0].0.as_str()), (Ok(&[][..]), scope.as_str()));
    assert_eq!(away.missing[0].1.code, "not-json");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named_a_consent_or_a_role() {
    let world = World::new().await;
    let sven = office(&world, "sven").await;
    let watched = sven.alerts(&BOTH, None, ALERTS).await;
    let problem = watched[0].found.as_ref().expect_err("nobody has consented");
    let Remedy::AskAdmin { text } = &problem.remedy else { panic!("{problem:?}") };
    assert!(text.contains("/adminconsent") && text.contains(ALERTS), "{text}");
    assert!(watched[1].found.is_ok(), "Azure answers");
    sven.permit(ALERTS).await.expect("consented to");
    let alerts = directory(&sven).await;
    // He only looks: neither consent nor role allows more.
    let outside = of_kind(&alerts, OUTSIDE).clone();
    let unpermitted = sven.dismiss(std::slice::from_ref(&outside)).await.remove(0).expect_err("no consent");
    assert!(unpermitted.problem().message.contains(ALERTING), "{unpermitted:?}");
    sven.permit(ALERTING).await.expect("consented to");
    let refused = sven.dismiss(std::slice::from_ref(&outside)).await.remove(0).expect_err("no role");
    let said = &refused.problem().message;
    assert!(said.contains("Privileged Role Administrator") && !said.contains("Reader"), "{said}");
    let tomasz = office(&world, "tomasz").await;
    tomasz.permit(ALERTS).await.expect("consented to");
    let problem = tomasz.alerts(&BOTH[..1], None, ALERTS).await.remove(0).found.expect_err("no role");
    assert!(problem.message.contains("Global Reader"), "{problem:?}");
}

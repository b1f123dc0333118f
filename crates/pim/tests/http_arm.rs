//! Azure roles, over HTTP, against the simulated tenant.

mod support;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use pim::{
    api::{
        Answered, Sources,
        arm::{AzureRoles, Patience},
    },
    auth::{AccessToken, Tokens},
    cloud::Resource,
    failure::{Claims, Failure},
    model::{Deactivation, Eligibility, Kind, MemberType, RequestStatus, RoleKey, ScopeType, Ticket},
};
use serde_json::json;
use support::{World, activation, robot};
use tenant::{
    Scenario,
    faults::Fault,
    robot::Person,
    scenario::{AzureRepeat, AzureRoot},
};
use uuid::Uuid;

const SANDBOX: &str = "/subscriptions/61d4c3b2-a8f7-4e09-93c5-8e7b6f5a4d03/resourceGroups/rg-sandbox";
const WAREHOUSES: &str = "/subscriptions/2e8b6a90-7c1d-4f53-8b29-1a4c9d7e3f02";

fn at<'a>(eligible: &'a [Eligibility], role: &str, scope: &str) -> &'a Eligibility {
    let found = eligible.iter().find(|row| row.role_name == role && row.scope_name.as_deref() == Some(scope));
    found.unwrap_or_else(|| panic!("no {role} at {scope}"))
}

async fn strong(tokens: &Tokens) -> AccessToken {
    let claims = Claims(r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#.into());
    tokens.step_up(Resource::Arm, &claims, &robot(Person::new("maya"))).await.expect("stepped up")
}

fn impatient() -> Patience {
    let (root, scope, last) = (Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(10));
    Patience { root, scope, last }
}

fn answer(status: u16, body: serde_json::Value) -> Fault {
    Fault::Answer { status, headers: [("Content-Type".into(), "application/json".into())].into(), body }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scope_is_listed_by_name_in_one_reading() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let eligible = azure.eligible(&[]).await.expect("eligible");
    assert!(eligible.missing.is_empty());
    let rows = eligible.found;
    assert_eq!(rows.len(), 12);
    assert_eq!(world.requests("roleEligibilityScheduleInstances").len(), 1);
    let vault = at(&rows, "Key Vault Administrator", "kv-erp-prod");
    assert_eq!(vault.scope_path.len(), 3, "{:?}", vault.scope_path);
    assert_eq!((vault.scope_path[0].name.as_str(), vault.scope_path[1].name.as_str()), ("Production", "rg-erp-prod"));
    let archive = at(&rows, "Storage Blob Data Owner", "stcontosoarchive");
    assert!(archive.condition.as_ref().is_some_and(|condition| condition.expression.contains("waybills")));
    let logistics = at(&rows, "Reader", "Contoso Logistics");
    assert_eq!(logistics.scope_type, Some(ScopeType::ManagementGroup));
    let fleet = at(&rows, "Scanner Fleet Operator", "Warehouse Systems");
    assert_eq!(fleet.member_type, MemberType::Group);
    assert_eq!(fleet.principal_id, tokens.identity().object_id, "a request names the person");
    assert!(rows.iter().all(|row| row.schedule_id.is_some() && row.key.kind == Kind::AzureResource));
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_are_each_scopes_own() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let keys: Vec<RoleKey> = rows.iter().map(|row| row.key.clone()).collect();
    let policies = azure.policies(&keys).await.expect("policies");
    assert!(policies.missing.is_empty(), "{:?}", policies.missing);
    assert_eq!(policies.found.len(), keys.len());
    let asked = |role: &str, scope: &str| &policies.found[&at(&rows, role, scope).key.policy_id()];
    assert!(asked("Contributor", "Production").ticket && asked("Contributor", "Warehouse Systems").mfa);
    let sandbox = asked("Contributor", "rg-sandbox");
    assert!(sandbox.known && !sandbox.mfa && !sandbox.justification);
    assert!(asked("Owner", "Connectivity").approval);
    assert_eq!(
        asked("User Access Administrator", "Development and Test").authentication_context.as_deref(),
        Some("c1")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_that_may_not_be_read_are_missing_and_nothing_else_is() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_policies_readable = false;
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let keys: Vec<RoleKey> = rows.iter().map(|row| row.key.clone()).collect();
    let policies = azure.policies(&keys).await.expect("those at scopes where a role is held");
    assert!(!policies.missing.is_empty());
    assert_eq!(policies.found.len() + policies.missing.len(), keys.len());
    for missing in policies.missing {
        assert!(missing.scope.is_some());
        let Failure::Refused(problem) = missing.failure else { panic!("{:?}", missing.failure) };
        assert_eq!(problem.code, "AuthorizationFailed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_azure_role_goes_through_its_life() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let rows = sources.azure.eligible(&[]).await.expect("eligible").found;
    let mut wanted = activation(at(&rows, "Contributor", "rg-sandbox"), 60);
    wanted.request_id = Some(Uuid::from_u128(7));
    let made = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0).expect("activated");
    assert_eq!(made.status, RequestStatus::Provisioned);
    assert_eq!(made.id, AzureRoles::request_id(&wanted.key, Uuid::from_u128(7)));
    assert_eq!(made.end.zip(made.start).map(|(end, start)| end - start), Some(TimeDelta::hours(1)));
    // The same again is the same request, whether the answer was lost or not.
    let again = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0).expect("the same");
    assert_eq!(again.id, made.id);
    assert_eq!(sources.request(Kind::AzureResource, &made.id).await.expect("by its id").id, made.id);
    let own = sources.requests(Kind::AzureResource).await.expect("own requests");
    assert_eq!(own.iter().filter(|request| request.id == made.id).count(), 1);
    let active = sources.active(Kind::AzureResource, std::slice::from_ref(&wanted.key)).await.expect("active").found;
    let row = active.iter().find(|row| row.key == wanted.key).expect("listed");
    assert!(row.activated && row.eligibility_schedule_id.is_some());

    let end = Deactivation::new(wanted.key.clone(), &wanted.principal_id);
    let unknown = sources.deactivate(&end, &[]).await;
    assert!(matches!(unknown, Err(Failure::DoesNotExist(_))), "not known yet: {unknown:?}");
    world.advance(TimeDelta::seconds(100));
    let early = sources.deactivate(&end, &[]).await;
    assert!(matches!(early, Err(Failure::TooShort(_))), "{early:?}");
    world.advance(TimeDelta::minutes(5));
    assert_eq!(sources.deactivate(&end, &[]).await.expect("ended").status, RequestStatus::Revoked);
    let ghosts = sources.active(Kind::AzureResource, &[]).await.expect("active").found;
    assert!(!ghosts.iter().any(|row| row.key == wanted.key && row.activated), "what lingers is no activation");
    wanted.request_id = None;
    let lingering = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0);
    assert!(matches!(lingering, Err(Failure::Exists(_))), "{lingering:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_again_by_the_name_of_the_request() {
    for repeat in [AzureRepeat::Same, AzureRepeat::Judged] {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_repeat = repeat;
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure("maya").await;
        let azure = world.sources(&tokens).azure;
        let rows = azure.eligible(&[]).await.expect("eligible").found;
        for (role, scope, fault) in
            [("Contributor", "rg-sandbox", Fault::DropAfter), ("Reader", "Contoso Logistics", Fault::DropBefore)]
        {
            let wanted = activation(at(&rows, role, scope), 60);
            world.fault_on(Some("PUT"), "roleAssignmentScheduleRequests", 1, fault.clone());
            let made = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0);
            assert_eq!(made.expect("found or sent again").status, RequestStatus::Provisioned, "{repeat:?} {fault:?}");
            let own = azure.requests().await.expect("requests");
            assert_eq!(own.iter().filter(|request| request.key == wanted.key).count(), 1, "{repeat:?} {fault:?}");
        }
        // After a crash the journal's activation is sent once more.
        let mut wanted = activation(at(&rows, "Virtual Machine Contributor", "rg-erp-prod"), 60);
        wanted.request_id = Some(Uuid::from_u128(9));
        let first = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("activated");
        let second = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("the same");
        assert_eq!(first.id, second.id, "{repeat:?}");
    }
}

/// Not even what became of a request is asked before the time that the service has named, nor is it sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_names_a_time_is_left_alone_with_what_it_may_have_done() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let wanted = activation(at(&rows, "Contributor", "rg-sandbox"), 60);
    let path = "roleAssignmentScheduleRequests";
    let pause = |retry_after| Fault::Throttle { retry_after, date: false };
    let named = |failure: &Failure| {
        assert!(matches!(failure, Failure::Lost { .. }), "{failure:?}");
        let left = failure.retry_at().map(|at| at - world.net.clock().now());
        assert!(left.is_some_and(|left| left > TimeDelta::seconds(30)), "{failure:?}");
    };
    for (faults, requests) in [
        (vec![("PUT", Fault::Unavailable { retry_after: Some(40) })], 1),
        (vec![("PUT", Fault::DropBefore), ("GET", pause(40))], 2),
        (vec![("PUT", Fault::UnavailableAfter { retry_after: 40 })], 1),
    ] {
        for (method, fault) in faults {
            world.fault_on(Some(method), path, 1, fault);
        }
        let before = world.requests(path).len();
        named(&azure.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect_err("a pause"));
        assert_eq!(world.requests(path).len() - before, requests);
    }
    world.advance(TimeDelta::minutes(6));
    let end = Deactivation::new(wanted.key.clone(), &wanted.principal_id);
    world.fault_on(Some("PUT"), path, 1, Fault::UnavailableAfter { retry_after: 40 });
    let before = world.requests(path).len();
    named(&azure.deactivate(&end, None).await.expect_err("a pause"));
    assert_eq!(world.requests(path).len() - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrower_scope_is_chosen_among_the_children() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let whole = at(&rows, "Contributor", "Warehouse Systems");
    let children = azure.children(&whole.key.scope_id).await.expect("children");
    let porto = children.iter().find(|scope| scope.name == "rg-scanners-porto").expect("a resource group");
    assert_eq!(porto.scope_type, ScopeType::ResourceGroup);
    let mut wanted = activation(whole, 30);
    wanted.key = whole.key.at(porto.id.clone());
    let first = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    let Err(Failure::StepUp { claims, .. }) = first else { panic!("{first:?}") };
    let token = tokens.step_up(Resource::Arm, &claims, &robot(Person::new("maya"))).await.expect("stepped up");
    let made = azure.activate(std::slice::from_ref(&wanted), Some(&token)).await.remove(0).expect("activated");
    assert_eq!(made.key, wanted.key);
    let active = azure.active(std::slice::from_ref(&wanted.key)).await.expect("active").found;
    assert!(active.iter().any(|row| row.key == wanted.key && row.activated));
    assert!(azure.children("/a/../b").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_future_start_is_granted_and_withdrawn() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let rows = sources.azure.eligible(&[]).await.expect("eligible").found;
    let mut wanted = activation(at(&rows, "Contributor", "rg-sandbox"), 60);
    wanted.start = Some(world.tenant.app().clock.now() + TimeDelta::hours(3));
    let made = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0).expect("granted");
    assert_eq!(made.status, RequestStatus::Granted);
    assert_eq!(made.start.map(|at| at.timestamp()), wanted.start.map(|at| at.timestamp()));
    sources.cancel(Kind::AzureResource, &made.id).await.expect("withdrawn");
    let status = sources.request(Kind::AzureResource, &made.id).await.expect("still there").status;
    assert_eq!(status, RequestStatus::Canceled);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_azure_say_what_to_change() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let mut wanted = activation(at(&rows, "Virtual Machine Contributor", "rg-erp-prod"), 60);
    wanted.justification = String::new();
    let Err(Failure::Refused(problem)) = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0) else {
        panic!("a reason is wanted")
    };
    assert_eq!(problem.message, "A reason is required.");
    assert!(problem.correlation_id.is_some());
    let context = activation(at(&rows, "User Access Administrator", "Development and Test"), 60);
    let first = azure.activate(std::slice::from_ref(&context), None).await.remove(0);
    let Err(Failure::StepUp { claims, .. }) = first else { panic!("{first:?}") };
    assert!(claims.0.contains("c1"));
    let token = tokens.step_up(Resource::Arm, &claims, &robot(Person::new("maya"))).await.expect("stepped up");
    azure.activate(std::slice::from_ref(&context), Some(&token)).await.remove(0).expect("with the context");
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_activated_side_by_side() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let mut wanted = Vec::new();
    for kind in Kind::ALL {
        let rows = sources.eligible(kind, &[]).await.expect("eligible").found;
        let name = match kind {
            Kind::DirectoryRole => "Global Reader",
            Kind::Group => "Warehouse Dashboards",
            Kind::AzureResource => "Reader",
        };
        let row = rows.iter().find(|row| row.role_name == name).expect("eligible");
        wanted.push(activation(row, 30));
        if kind == Kind::AzureResource {
            wanted.push(activation(at(&rows, "Contributor", "Production"), 30));
        }
    }
    wanted.swap(0, 2);
    let before = world.requests("").len();
    let outcomes = sources.activate(&wanted, &[]).await;
    assert_eq!(world.requests("$batch").len(), 1, "one batch for what is Graph's");
    assert!(world.requests("").len() - before >= 3);
    for at in 0..3 {
        assert!(outcomes[at].as_ref().is_ok_and(|made| made.key == wanted[at].key), "{at}: {:?}", outcomes[at]);
    }
    assert!(outcomes[3].is_err(), "the fourth wants a ticket");
    wanted[3].ticket = Some(Ticket { number: "INC1".into(), system: "S".into() });
    assert!(
        !matches!(&sources.activate(&wanted[3..], &[]).await[0], Err(Failure::Refused(_))),
        "only its sign-in is missing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_is_short_or_empty_is_completed_from_the_scopes() {
    for root in [AzureRoot::Short, AzureRoot::Empty] {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_root = root;
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure("maya").await;
        let azure = world.sources(&tokens).azure;
        let role = "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";
        let expected = [RoleKey::azure(role, SANDBOX), RoleKey::azure(role, WAREHOUSES)];
        let eligible = azure.eligible(&expected).await.expect("eligible");
        assert!(eligible.missing.is_empty(), "{:?}", eligible.missing);
        for key in &expected {
            assert_eq!(eligible.found.iter().filter(|row| row.key == *key).count(), 1, "{root:?}: {key}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_or_failing_root_does_not_hide_what_answers() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let expected: Vec<RoleKey> =
        azure.eligible(&[]).await.expect("eligible").found.into_iter().map(|row| row.key).collect();
    let azure = azure.with_patience(impatient());
    let list = "arm/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";
    world.fault(list, 1, Fault::Delay { milliseconds: 4_000 });
    let mut sources = world.sources(&tokens);
    sources.azure = azure.clone();
    let (so_far, whole) = told(&sources, &expected).await;
    let first = so_far.first().expect("what single scopes say comes first");
    assert!(expected.iter().all(|key| first.found.iter().any(|row| row.key == *key)), "{:?}", first.missing);
    let missing: Vec<_> =
        first.missing.iter().map(|each| (&each.scope, each.failure.problem().code.as_str())).collect();
    assert_eq!(missing, [(&None, "azure-late")]);
    let whole = whole.expect("the root in the end");
    assert!(whole.missing.is_empty() && whole.found.len() == expected.len(), "{:?}", whole.missing);
    assert_eq!(world.requests(list).len(), 2, "the root is asked once each time");
    // Longer than anybody waits: what single scopes say is all there is.
    world.fault(list, 1, Fault::Delay { milliseconds: 20_000 });
    let late = azure.eligible(&expected).await.expect("the scopes");
    assert!(expected.iter().all(|key| late.found.iter().any(|row| row.key == *key)), "{:?}", late.missing);
    assert_eq!(late.missing.len(), 1, "the root itself: {:?}", late.missing);
    assert_eq!((&late.missing[0].scope, late.missing[0].failure.problem().code.as_str()), (&None, "no-answer"));

    let refusal = json!({"error": {"code": "SomethingNew", "message": "no"}});
    world.fault(list, 1, answer(400, refusal.clone()));
    world.fault(&format!("arm{WAREHOUSES}/"), 1, answer(403, refusal.clone()));
    let partial = azure.eligible(&expected).await.expect("most of it");
    assert!(!partial.found.is_empty());
    let missing: Vec<_> = partial.missing.iter().map(|missing| missing.scope.as_deref()).collect();
    assert_eq!(missing, [Some(WAREHOUSES), None]);
    world.fault(list, 1, answer(400, refusal.clone()));
    world.fault("arm/subscriptions", 20, answer(400, refusal.clone()));
    world.fault("managementGroups", 20, answer(400, refusal));
    assert!(azure.eligible(&expected).await.is_err(), "nothing answered");
}

/// What is told of the eligible roles while something is late, and in the end.
async fn told(
    sources: &Sources,
    expected: &[RoleKey],
) -> (Vec<Answered<Vec<Eligibility>>>, Result<Answered<Vec<Eligibility>>, Failure>) {
    let heard = Mutex::new(Vec::new());
    let hear = |found| heard.lock().expect("nobody panicked").push(found);
    let whole = sources.eligible_telling(Kind::AzureResource, expected, Arc::new(|_| {}), hear).await;
    (heard.into_inner().expect("nobody panicked"), whole)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_hears_of_what_a_short_or_empty_root_leaves_out() {
    for root in [AzureRoot::Short, AzureRoot::Empty] {
        let mut scenario = Scenario::contoso();
        scenario.switches.azure_root = root;
        let world = World::of(scenario).await;
        let tokens = world.sign_in_to_azure("maya").await;
        let azure = world.sources(&tokens).azure;
        let eligible = azure.eligible(&[]).await.expect("eligible");
        assert!(eligible.missing.is_empty(), "{root:?}: {:?}", eligible.missing);
        assert_eq!(eligible.found.len(), 12, "{root:?}");
        // And again: that the root is short is known.
        let again = azure.eligible(&[]).await.expect("eligible");
        assert_eq!(again.found.len(), 12, "{root:?}");
        let active = azure.active(&[]).await.expect("active");
        assert!(active.found.iter().any(|row| row.role_name == "Monitoring Reader"), "{root:?}: {:?}", active.found);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_merely_seen_is_asked_once_with_a_deadline_and_its_refusal_is_no_news() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_root = AzureRoot::Empty;
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure.with_patience(impatient());
    let list = "roleEligibilityScheduleInstances";
    let refusal = json!({"error": {"code": "AuthorizationFailed", "message": "no"}});
    world.fault(&format!("managementGroups/*{list}"), 20, answer(403, refusal));
    let eligible = azure.eligible(&[]).await.expect("the subscription that is seen");
    assert!(eligible.missing.is_empty() && !eligible.found.is_empty(), "{:?}", eligible.missing);
    // One that does not answer is missing, and hides nothing.
    world.tenant.app().faults.clear();
    world.fault(&format!("subscriptions/*{list}"), 1, Fault::Delay { milliseconds: 8_000 });
    let eligible = azure.eligible(&[]).await.expect("what the management groups say");
    assert_eq!(eligible.found.len(), 12);
    let missing: Vec<_> = eligible.missing.iter().map(|each| each.failure.problem().code.as_str()).collect();
    assert_eq!(missing, ["no-answer"]);

    // Where the root tells all, nobody is asked again.
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    azure.eligible(&[]).await.expect("eligible");
    let before = world.requests(list).len();
    azure.eligible(&[]).await.expect("eligible");
    assert_eq!(world.requests(list).len(), before + 1, "{:?}", world.requests(list));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_late_root_it_is_known_for_which_scopes_the_answers_speak() {
    let world = World::new().await;
    let azure = world.sources(&world.sign_in_to_azure("maya").await).azure;
    let eligible = azure.eligible(&[]).await.expect("eligible").found;
    let ending = eligible.iter().find(|row| row.end.is_some()).expect("one that ends").clone();
    assert!(!ending.key.scope_id.starts_with(WAREHOUSES));
    let expected: Vec<RoleKey> = eligible.into_iter().map(|row| row.key).collect();
    // It ends, while the root is late and one subscription says nothing.
    world.advance(TimeDelta::days(13));
    let azure = world.sources(&world.sign_in_to_azure("maya").await).azure.with_patience(impatient());
    let refusal = json!({"error": {"code": "SomethingNew", "message": "no"}});
    world.fault("arm/providers/Microsoft.Authorization/roleEligibility", 1, Fault::Delay { milliseconds: 20_000 });
    world.fault(&format!("arm{WAREHOUSES}/"), 1, answer(403, refusal));
    let late = azure.eligible(&expected).await.expect("the scopes");
    assert!(late.found.iter().all(|row| row.key != ending.key), "it has ended");
    let missing: Vec<_> = late.missing.iter().map(|missing| missing.scope.as_deref()).collect();
    assert_eq!(missing, [Some(WAREHOUSES), None]);
    assert!(late.asked.iter().any(|scope| ending.key.scope_id.starts_with(scope.as_str())), "{:?}", late.asked);
    assert!(!late.asked.iter().any(|scope| scope == WAREHOUSES), "{:?}", late.asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vanished_scope_is_no_failure_and_a_foreign_link_is_not_followed() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let gone = RoleKey::azure("/x/roleDefinitions/r", "/subscriptions/00000000-0000-0000-0000-000000000001");
    let body = json!({"error": {"code": "SubscriptionNotFound", "message": "gone"}});
    world.fault("arm/subscriptions/00000000-0000-0000-0000-000000000001", 1, answer(404, body));
    let eligible = azure.eligible(std::slice::from_ref(&gone)).await.expect("the rest");
    assert!(eligible.missing.is_empty() && eligible.found.len() == 12, "{:?}", eligible.missing);
    let link = "https://management.azure.com.evil.example/next";
    world.fault("roleEligibilityScheduleInstances", 1, answer(200, json!({"value": [], "nextLink": link})));
    // The scopes that are known answer all the same.
    let answered = azure.eligible(&[]).await.expect("the scopes");
    assert_eq!(answered.missing.len(), 1, "{:?}", answered.missing);
    assert_eq!(
        (&answered.missing[0].scope, answered.missing[0].failure.problem().code.as_str()),
        (&None, "foreign-link")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tenants_are_discovered_and_azures_own_demand_for_mfa_is_a_step_up() {
    let mut scenario = Scenario::contoso();
    scenario.switches.azure_mandatory_mfa = true;
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("maya").await;
    let azure = world.sources(&tokens).azure;
    let tenants = azure.tenants().await.expect("tenants");
    assert!(
        tenants.iter().any(|tenant| tenant.id == tokens.identity().tenant_id && tenant.name.is_some()),
        "{tenants:?}"
    );
    let rows = azure.eligible(&[]).await.expect("eligible").found;
    let wanted = activation(at(&rows, "Contributor", "rg-sandbox"), 60);
    let first = azure.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    assert!(matches!(first, Err(Failure::StepUp { .. })), "{first:?}");
    let token = strong(&tokens).await;
    azure.activate(std::slice::from_ref(&wanted), Some(&token)).await.remove(0).expect("with a stronger sign-in");
}

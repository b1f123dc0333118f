//! Memberships and ownerships, over HTTP, against the simulated tenant.

mod support;

use chrono::TimeDelta;
use pim::{
    cloud::Resource,
    failure::Failure,
    model::{Access, Deactivation, Kind, RequestStatus, RoleKey, ScopeType, Ticket},
};
use serde_json::json;
use support::{World, activation, robot};
use tenant::{Scenario, faults::Fault, robot::Person};

const DASHBOARDS: &str = "5e9a3d7c-1b46-4e82-a0f9-7d4c2b8e6f13";
const OPERATORS: &str = "2b5c9a41-8f3e-4a67-9d15-6c0e7b2f8a31";
const PAYROLL: &str = "c47f1b2e-6d98-4f05-b3a1-9e8d7c6b5a42";

fn member(group: &str) -> RoleKey {
    RoleKey::group(group, Access::Member)
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_listed_with_names_and_policies() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let sources = world.sources(&tokens);
    let eligible = sources.eligible(Kind::Group, &[]).await.expect("eligible");
    assert_eq!((eligible.found.len(), eligible.missing.len()), (6, 0));
    let keys: Vec<RoleKey> = eligible.found.iter().map(|row| row.key.clone()).collect();
    let owner = RoleKey::group(DASHBOARDS, Access::Owner);
    let row = eligible.found.iter().find(|row| row.key == owner).expect("the ownership");
    assert_eq!((row.role_name.as_str(), row.scope_name.as_deref()), ("Warehouse Dashboards", Some("Owner")));
    assert_eq!((&row.scope_type, row.end), (&Some(ScopeType::Group), None));
    assert!(row.instance_id.contains("_owner_"), "{row:?}");
    assert!(eligible.found.iter().any(|row| row.end.is_some()));

    let before = world.requests("/graph/").len();
    let policies = sources.policies(Kind::Group, &keys).await.expect("policies");
    assert_eq!(world.requests("/graph/").len() - before, 1, "five groups in one batch");
    assert!(policies.missing.is_empty(), "{:?}", policies.missing);
    let asked = |key: &RoleKey| &policies.found[&key.policy_id()];
    assert!(!asked(&member(DASHBOARDS)).justification && asked(&owner).justification, "member and owner apart");
    assert!(asked(&member(OPERATORS)).mfa);
    let payroll = asked(&member(PAYROLL));
    assert!(payroll.approval && payroll.known && !payroll.deciders.is_empty());
    assert_eq!(payroll.max_duration, TimeDelta::hours(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_that_come_without_names_are_asked_for_them() {
    let named = |readable: bool| async move {
        let mut scenario = Scenario::contoso();
        scenario.switches.group_names = false;
        if readable {
            scenario.switches.consented_for_all.insert("GroupMember.Read.All".into());
        }
        let world = World::of(scenario).await;
        let tokens = world.sign_in("maya").await;
        let eligible = world.sources(&tokens).groups.eligible().await.expect("eligible");
        let asked = world.requests("/graph/v1.0/groups");
        assert_eq!(asked.len(), 1, "once for all");
        let mut names: Vec<_> = eligible.into_iter().map(|row| (row.role_name, row.key)).collect();
        names.sort_by(|one, other| one.0.cmp(&other.0));
        names
    };
    let names: Vec<String> = named(true).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "Deployment Approvers",
            "Identity Operators",
            "Payroll Readers",
            "Production Operators",
            "Warehouse Dashboards",
            "Warehouse Dashboards",
        ]
    );
    // Pimento does not ask for a permission to read groups: what the service does not tell is told by its id.
    let unnamed = named(false).await;
    assert_eq!(unnamed.len(), 6);
    for (name, key) in unnamed {
        assert_eq!(name, key.scope_id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_goes_through_its_life() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let groups = world.sources(&tokens).groups;
    let eligible = groups.eligible().await.expect("eligible");
    let wanted = activation(eligible.iter().find(|row| row.key == member(DASHBOARDS)).expect("it"), 90);
    let made = groups.activate(std::slice::from_ref(&wanted), None).await.remove(0).expect("accepted");
    assert_eq!(made.key, wanted.key);
    assert_eq!(made.status, RequestStatus::InFlight("PendingProvisioning".into()));
    world.advance(TimeDelta::seconds(10));
    let done = groups.request(&made.id).await.expect("the request");
    assert_eq!(done.status, RequestStatus::Provisioned);
    assert!(done.schedule_id.is_some_and(|id| id.contains("_member_")));
    let active = groups.active().await.expect("active");
    let row = active.iter().find(|row| row.key == wanted.key && row.activated).expect("listed");
    assert_eq!(row.role_name, "Warehouse Dashboards");
    let again = groups.activate(std::slice::from_ref(&wanted), None).await.remove(0);
    assert!(matches!(again, Err(Failure::Exists(_))), "{again:?}");
    let end = Deactivation::new(wanted.key.clone(), &wanted.principal_id);
    let early = groups.deactivate(&end, None).await;
    assert!(matches!(early, Err(Failure::TooShort(_))), "{early:?}");
    world.advance(TimeDelta::minutes(6));
    assert_eq!(groups.deactivate(&end, None).await.expect("ended").status, RequestStatus::Revoked);
    let own = groups.requests().await.expect("requests");
    assert!(own.iter().any(|request| request.id == made.id) && own.iter().all(|request| request.action.is_own()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_shows_its_stage_and_is_withdrawn() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let sources = world.sources(&tokens);
    let eligible = sources.groups.eligible().await.expect("eligible");
    let wanted = activation(eligible.iter().find(|row| row.key == member(PAYROLL)).expect("it"), 60);
    let made = sources.activate(std::slice::from_ref(&wanted), &[]).await.remove(0).expect("accepted");
    assert_eq!(made.status, RequestStatus::PendingApproval);
    let approval = sources.approval(Kind::Group, made.approval_id.as_deref().expect("an approval")).await;
    // Whoever asks is no approver: the service may refuse to show it.
    match approval {
        Ok(approval) => assert!(approval.decided().is_none() && approval.stages.len() == 1),
        Err(failure) => assert!(matches!(failure, Failure::Refused(_)), "{failure:?}"),
    }
    sources.cancel(Kind::Group, &made.id).await.expect("withdrawn");
    assert_eq!(sources.request(Kind::Group, &made.id).await.expect("it").status, RequestStatus::Canceled);
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_directory_roles_share_a_batch_and_fail_apart() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let sources = world.sources(&tokens);
    let (groups, roles) = tokio::join!(sources.groups.eligible(), sources.directory.eligible());
    let (groups, roles) = (groups.expect("groups"), roles.expect("roles"));
    let of = |key: RoleKey| activation(groups.iter().find(|row| row.key == key).expect("a group"), 30);
    let role = support::named(&roles, "Global Reader");
    let mut wanted = vec![of(member(DASHBOARDS)), activation(role, 30), of(member(OPERATORS)), activation(role, 30)];
    wanted[3].duration = TimeDelta::hours(24);
    wanted[3].ticket = Some(Ticket::default());
    let before = world.requests("/graph/").len();
    let outcomes = sources.activate(&wanted, &[]).await;
    let sent: Vec<String> = world.requests("/graph/")[before..].iter().map(|entry| entry.path.clone()).collect();
    assert_eq!(sent, ["/graph/v1.0/$batch"]);
    assert!(outcomes[0].as_ref().is_ok_and(|made| made.key == wanted[0].key), "{:?}", outcomes[0]);
    assert!(outcomes[1].as_ref().is_ok_and(|made| made.key == wanted[1].key), "{:?}", outcomes[1]);
    assert!(outcomes[3].is_err(), "{:?}", outcomes[3]);
    let Err(Failure::StepUp { claims, .. }) = &outcomes[2] else { panic!("{:?}", outcomes[2]) };
    let token = tokens.step_up(Resource::Graph, claims, &robot(Person::new("maya"))).await.expect("stepped up");
    sources.activate(&wanted[2..3], &[token]).await.remove(0).expect("with the stronger token");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_does_not_answer_hides_no_other() {
    let world = World::new().await;
    let tokens = world.sign_in("maya").await;
    let groups = world.sources(&tokens).groups;
    let keys = [member(DASHBOARDS), member("no/group"), member(PAYROLL)];
    let policies = groups.policies(&keys).await.expect("the others");
    assert!(policies.found.contains_key(&keys[0].policy_id()) && policies.found.contains_key(&keys[2].policy_id()));
    assert_eq!(policies.missing.len(), 1);
    assert_eq!(policies.missing[0].scope.as_deref(), Some("no/group"));
    // A batch is read again like anything else that only reads.
    world.fault("$batch", 2, Fault::DropBefore);
    assert!(groups.policies(&keys[..1]).await.is_ok());
    let body = json!({"error": {"code": "Authorization_RequestDenied", "message": "no"}});
    let headers = [("Content-Type".into(), "application/json".into())].into();
    world.fault("$batch", 1, Fault::Answer { status: 403, headers, body });
    assert!(matches!(groups.policies(&keys[..1]).await, Err(Failure::Refused(_))));
}

//! Later ends, over HTTP, against the simulated tenant: of eligibilities and of a standing assignment; and what an administrator
//! renews.

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    api::Sources,
    failure::Failure,
    manage::{
        Office,
        assignments::{Change, End},
    },
    model::{
        Action, AdminAction, Eligibility, Extension, Kind, Principal, PrincipalKind, RequestStatus, RoleKey, Side,
    },
};
use support::{World, robot};
use tenant::{Scenario, robot::Person};

fn extension(role: &Eligibility, renew: bool, now: DateTime<Utc>) -> Extension {
    Extension {
        key: role.key.clone(),
        principal_id: role.principal_id.clone(),
        renew,
        eligibility: true,
        start: None,
        end: now + TimeDelta::days(90),
        justification: "The project goes on".into(),
        request_id: None,
    }
}

/// An eligibility of the kind that ends within two weeks.
async fn ending(sources: &Sources, kind: Kind, now: DateTime<Utc>) -> Eligibility {
    let eligible = sources.eligible(kind, &[]).await.expect("eligible").found;
    let soon = |role: &Eligibility| role.end.is_some_and(|end| end < now + TimeDelta::days(14));
    eligible.into_iter().find(soon).expect("one that ends soon")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_eligibility_is_extended_once_and_renewed_after_its_end() {
    let world = World::new().await;
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let now = world.net.clock().now();
    let mut roles = Vec::new();
    // Of directory roles and groups this takes permissions that Pimento does not ask for by itself.
    for kind in [Kind::DirectoryRole, Kind::Group] {
        let role = ending(&sources, kind, now).await;
        let refused = sources.extend(&extension(&role, false, now), &[]).await;
        let Err(Failure::Refused(problem)) = refused else { panic!("{refused:?}") };
        assert_eq!(problem.code, "PermissionScopeNotGranted");
    }
    roles.push(ending(&sources, Kind::AzureResource, now).await);
    for role in &roles {
        let kind = role.key.kind;
        let early = sources.extend(&extension(role, true, now), &[]).await;
        assert!(matches!(early, Err(Failure::Refused(_))), "it has not ended: {early:?}");
        let made = sources.extend(&extension(role, false, now), &[]).await.expect("asked for");
        assert_eq!(made.status, RequestStatus::InFlight("PendingAdminDecision".into()));
        let own = sources.eligibility_requests(kind).await.expect("own requests");
        let found = own.iter().find(|request| request.id == made.id).expect("it is listed");
        assert_eq!((&found.action, &found.key), (&Action::SelfExtend, &role.key));
        let again = sources.extend(&extension(role, false, now), &[]).await;
        assert!(matches!(again, Err(Failure::Pending(_))), "{again:?}");
        sources.cancel(kind, &made.id).await.expect("taken back");
    }
    world.advance(TimeDelta::days(15));
    let tokens = world.sign_in_to_azure("maya").await;
    let sources = world.sources(&tokens);
    let now = world.net.clock().now();
    for role in &roles {
        let kind = role.key.kind;
        let listed = sources.eligible(kind, &[]).await.expect("eligible").found;
        assert!(listed.iter().all(|other| other.key != role.key), "it has ended");
        let late = sources.extend(&extension(role, false, now), &[]).await;
        assert!(matches!(late, Err(Failure::Refused(_))), "it has ended: {late:?}");
        let made = sources.extend(&extension(role, true, now), &[]).await.expect("asked for");
        assert_eq!(made.action, Action::SelfRenew);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standing_assignment_is_extended() {
    let world = World::new().await;
    let tokens = world.sign_in("ines").await;
    let sources = world.sources(&tokens);
    let active = sources.active(Kind::DirectoryRole, &[]).await.expect("active").found;
    let standing = active.into_iter().find(|row| !row.activated && row.end.is_some()).expect("one with an end");
    let asked = Extension {
        key: standing.key.clone(),
        principal_id: standing.principal_id.clone(),
        renew: false,
        eligibility: false,
        start: None,
        end: standing.end.unwrap() + TimeDelta::days(30),
        justification: "Still on call".into(),
        request_id: None,
    };
    let made = sources.extend(&asked, &[]).await.expect("asked for");
    assert_eq!(made.status, RequestStatus::InFlight("PendingAdminDecision".into()));
    let own = sources.requests(Kind::DirectoryRole).await.expect("own requests");
    assert!(own.iter().any(|request| request.id == made.id && request.action == Action::SelfExtend));
    sources.cancel(Kind::DirectoryRole, &made.id).await.expect("taken back");
}

/// Omar, whose tokens for errands are had without anybody being asked.
async fn omar(world: &World) -> Office {
    let tokens = world.sign_in_to_azure("omar").await;
    let client = World::registration().client_id;
    Office::new(world.net.clone(), tokens, client, Kind::ALL.to_vec(), robot(Person::new("omar")))
}

/// A role of each kind: id and names of the role, id and name of its scope.
async fn one_of_each(world: &World, office: &Office) -> [(RoleKey, String, Option<String>); 3] {
    let app = world.tenant.app();
    let role = app.scenario.roles.iter().find(|role| role.display_name == "Groups Administrator").expect("a role");
    let group = app.scenario.groups.iter().find(|group| group.display_name == "Payroll Readers").expect("a group");
    let scopes = office.sources().azure.administered().await.expect("seen");
    let production = scopes.iter().find(|scope| scope.name == "Production").expect("a subscription");
    let roles = office.sources().azure.roles_at(&production.id).await.expect("read");
    let (reader, _) = roles.iter().find(|(_, name)| name == "Monitoring Reader").expect("a role").clone();
    [
        (RoleKey::directory(role.id.to_string(), "/"), "Groups Administrator".into(), None),
        (RoleKey::in_group(group.id.to_string(), "member"), "Payroll Readers".into(), Some("Member".into())),
        (RoleKey::azure(reader, &production.id), "Monitoring Reader".into(), Some("Production".into())),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_renews_what_has_ended_and_nothing_else() {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    let world = World::of(scenario).await;
    let office = omar(&world).await;
    let roles = one_of_each(&world, &office).await;
    let id = world.tenant.app().scenario.user_named("sven").expect("somebody").id.to_string();
    let sven = Principal { kind: Some(PrincipalKind::User), ..Principal::unknown(id) };
    let change = |action, role: &(RoleKey, String, Option<String>), side, days| {
        let end = End::At(world.net.clock().now() + TimeDelta::days(days));
        [Change { action, ..Change::giving(side, role.clone(), sven.clone(), (None, end), "On call") }]
    };
    let all: Vec<_> = roles.iter().flat_map(|role| Side::ALL.map(|side| (role, side))).collect();
    for (role, side) in &all {
        let renew = change(AdminAction::Renew, role, *side, 10);
        let never = office.change(&renew).await.remove(0).expect_err("never given");
        assert_eq!(never.code, "RoleAssignmentDoesNotExist");
        assert!(never.message.contains("given anew"), "{never}");
        office.change(&change(AdminAction::Assign, role, *side, 1)).await.remove(0).expect("given");
        let known = office.concerned(&renew).await.expect("read");
        let foreseen = office.foresee(&renew, &known).await.remove(0).expect("there");
        assert_eq!(foreseen.code, "assignment-exists");
        assert_eq!(office.rehearse(&renew).await.remove(0).expect_err("there").code, "RoleAssignmentExists");
    }
    world.advance(TimeDelta::days(2));
    let office = omar(&world).await;
    for (role, side) in &all {
        let renew = change(AdminAction::Renew, role, *side, 10);
        let is_there = async || {
            let held = office.concerned(&renew).await.expect("read");
            held.iter().any(|held| held.is(&sven.id, &role.0, *side))
        };
        assert!(!is_there().await, "it has ended");
        let known = office.concerned(&renew).await.expect("read");
        assert_eq!(office.foresee(&renew, &known).await, [None]);
        assert_eq!(office.rehearse(&renew).await, [Ok(())]);
        assert!(!is_there().await, "a rehearsal changes nothing");
        office.change(&renew).await.remove(0).expect("renewed");
        assert!(is_there().await, "{role:?} {side:?}");
    }
    // Thirty days after its end nothing is left to renew.
    world.advance(TimeDelta::days(41));
    let office = omar(&world).await;
    let late = office.change(&change(AdminAction::Renew, &roles[0], Side::Eligible, 10)).await.remove(0);
    assert_eq!(late.expect_err("long gone").code, "RoleAssignmentDoesNotExist");
}

//! Later ends, over HTTP, against the simulated tenant: of eligibilities and of a standing assignment.

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    api::Sources,
    failure::Failure,
    model::{Action, Eligibility, Extension, Kind, RequestStatus},
};
use support::World;

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

//! What approvers and administrators do, and the state itself.

use super::*;

#[test]
fn approval_by_the_named_approver_within_a_day() {
    let mut bench = Bench::contoso();
    let request = bench.activate("Global Administrator").unwrap();
    assert_eq!(request.status, Status::PendingApproval);
    assert!(bench.active("Global Administrator").is_none());
    assert_eq!(bench.activate("Global Administrator"), Err(Refusal::Pending));
    assert_eq!(bench.decide("maya", &request, true), Err(Refusal::Forbidden), "not one's own");
    assert_eq!(bench.decide("ines", &request, true), Err(Refusal::Forbidden));
    bench.pass(30);
    assert_eq!(bench.state.an_approver(&bench.scenario, request.id, bench.now), Some(bench.user("omar")));
    assert_eq!(bench.decide("omar", &request, true), Ok(()));
    assert_eq!(bench.decide("omar", &request, false), Err(Refusal::Decided));
    assert_eq!(bench.status(&request), Status::Provisioned);
    // The hour begins with the approval.
    assert_eq!(bench.active("Global Administrator").unwrap().end, Some(bench.now + TimeDelta::hours(1)));
    assert_eq!(bench.events(), ["selfActivate", "approved"]);
    assert_eq!(bench.ledger[1].user, "omar@contoso.example");
}

#[test]
fn denial_and_silence_end_a_request() {
    let mut bench = Bench::contoso();
    let denied = bench.activate("Compliance Administrator").unwrap();
    assert_eq!(bench.decide("ines", &denied, false), Ok(()), "a member of the approving group");
    assert_eq!(bench.status(&denied), Status::Denied);
    let ignored = bench.activate("Compliance Administrator").unwrap();
    bench.pass(24 * 60 - 1);
    assert_eq!(bench.status(&ignored), Status::PendingApproval);
    bench.pass(1);
    assert_eq!(bench.status(&ignored), Status::TimedOut);
    assert_eq!(bench.decide("ines", &ignored, true), Err(Refusal::NotFound(ignored.id.to_string())), "it is gone");
    assert_eq!(bench.decide("ines", &denied, true), Err(Refusal::Decided), "it is decided");
    bench.activate("Compliance Administrator").unwrap();
}

#[test]
fn administrators_assign_extend_and_remove() {
    let mut bench = Bench::contoso();
    let omar = bench.actor("omar");
    let tomasz = bench.user("tomasz");
    let assign = Submission {
        side: Side::Eligibility,
        action: Action::AdminAssign,
        principal: tomasz,
        schedule: Some(ScheduleInfo { start: None, expiration: Expiration::AfterDuration(IsoDuration::days(20)) }),
        ..bench.activation("Groups Administrator")
    };
    assert_eq!(bench.submit(&bench.actor("maya"), &assign), Err(Refusal::Forbidden));
    assert_eq!(bench.submit(&omar, &assign).unwrap().status, Status::Provisioned);
    assert_eq!(bench.submit(&omar, &assign), Err(Refusal::Exists));

    let own = Submission { side: Side::Assignment, principal: tomasz, ..bench.activation("Groups Administrator") };
    bench.submit(&bench.actor("tomasz"), &own).unwrap();

    // He may ask for more time from 14 days before the end; an administrator gives it.
    let more = Submission { action: Action::SelfExtend, ..assign.clone() };
    assert_eq!(bench.submit(&bench.actor("tomasz"), &more), Err(Refusal::Invalid));
    bench.pass(7 * 24 * 60);
    let asked = bench.submit(&bench.actor("tomasz"), &more).unwrap();
    assert_eq!((asked.status, asked.approval_deadline), (Status::PendingAdminDecision, None));
    assert_eq!(bench.submit(&bench.actor("tomasz"), &more), Err(Refusal::Pending));
    let extend = Submission { action: Action::AdminExtend, ..assign.clone() };
    bench.submit(&omar, &extend).unwrap();
    assert_eq!(bench.status(&asked), Status::AdminApproved);

    // Once it is over it can be renewed for 30 days.
    bench.pass(21 * 24 * 60);
    let renew = Submission { action: Action::SelfRenew, ..assign.clone() };
    assert_eq!(bench.submit(&bench.actor("tomasz"), &renew).unwrap().status, Status::PendingAdminDecision);
    bench.submit(&omar, &Submission { action: Action::AdminRenew, ..assign.clone() }).unwrap();
    let remove = Submission { action: Action::AdminRemove, schedule: None, ..assign.clone() };
    assert_eq!(bench.submit(&omar, &remove).unwrap().status, Status::Revoked);
    assert_eq!(bench.submit(&omar, &remove), Err(Refusal::DoesNotExist));

    let nobody = Submission { principal: Uuid::from_u128(7), ..assign.clone() };
    assert_eq!(bench.submit(&omar, &nobody), Err(Refusal::SubjectNotFound));
    let nothing = Submission { role: Uuid::from_u128(7), ..assign.clone() };
    assert_eq!(bench.submit(&omar, &nothing), Err(Refusal::RoleNotFound));
    let permanent = Submission {
        schedule: Some(ScheduleInfo { start: None, expiration: Expiration::NoExpiration }),
        role: GLOBAL_ADMINISTRATOR,
        ..assign
    };
    let format = PolicyMessages::Recorded2026;
    assert_eq!(bench.submit(&omar, &permanent), Err(Refusal::Policy(vec![Rule::Permanent], format)));
}

#[test]
fn what_is_taken_away_before_it_begins_does_not_come() {
    let mut bench = Bench::contoso();
    let mut later = bench.activation("User Administrator");
    later.schedule = Some(ScheduleInfo { start: Some(bench.now + TimeDelta::hours(1)), expiration: hours(1) });
    let request = bench.submit(&bench.actor("maya"), &later).unwrap();
    let remove = Submission { action: Action::AdminRemove, schedule: None, ..later };
    bench.submit(&bench.actor("omar"), &remove).unwrap();
    bench.pass(90);
    assert_eq!(bench.status(&request), Status::Revoked);
    assert!(bench.active("User Administrator").is_none());
    bench.activate("User Administrator").unwrap();
}

#[test]
fn somebody_always_administers() {
    let mut bench = Bench::contoso();
    let omar = bench.actor("omar");
    let remove = Submission {
        action: Action::AdminRemove,
        principal: omar.id,
        schedule: None,
        ..bench.activation("Privileged Role Administrator")
    };
    assert_eq!(bench.submit(&omar, &remove), Err(Refusal::LastAdministrator));
    bench.scenario.switches.last_administrator_rule = false;
    bench.submit(&omar, &remove).unwrap();
}

#[test]
fn a_tenant_without_a_licence_has_no_pim() {
    let mut bench = Bench::contoso();
    bench.scenario.switches.license = false;
    assert_eq!(bench.activate("User Administrator"), Err(Refusal::License));
}

#[test]
fn the_state_survives_being_written_and_read() {
    let mut bench = Bench::contoso();
    bench.activate("User Administrator").unwrap();
    bench.activate("Global Administrator").unwrap();
    let text = serde_json::to_string(&bench.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&text).unwrap(), bench.state);
}

#[test]
fn role_assignment_ids_look_like_the_service_s() {
    // From the documentation's examples.
    let principal = "6be4b305-b75e-4efc-bfcc-31bd3b53a5f8".parse().unwrap();
    let id = assignment_id(GLOBAL_ADMINISTRATOR, principal, Scope::Directory);
    assert_eq!(id, "lAPpYvVpN0KRkAEhdxReEAWz5Gtet_xOv8wxvTtTpfg-1");
}

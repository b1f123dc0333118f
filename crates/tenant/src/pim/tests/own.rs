//! What people do for themselves.

use super::*;

#[test]
fn an_activation_is_in_effect_at_once_and_ends_by_itself() {
    let mut bench = Bench::contoso();
    let request = bench.activate("User Administrator").unwrap();
    assert_eq!(request.status, Status::Provisioned);
    assert_eq!(request.target_schedule, Some(request.id.to_string()));
    assert_eq!(bench.active("User Administrator").unwrap().end, Some(bench.now + TimeDelta::hours(1)));
    bench.pass(59);
    assert!(bench.active("User Administrator").is_some());
    bench.pass(1);
    assert!(bench.active("User Administrator").is_none());
    assert_eq!(bench.events(), ["selfActivate", "expired"]);
    assert_eq!(bench.ledger[0].user, "maya@contoso.example");
    assert_eq!(bench.ledger[0].details["role"], "User Administrator");
    assert_eq!(bench.ledger[1].at, bench.now);
}

#[test]
fn what_is_active_cannot_be_activated_again_now_or_later() {
    let mut bench = Bench::contoso();
    bench.activate("User Administrator").unwrap();
    assert_eq!(bench.activate("User Administrator"), Err(Refusal::Exists));
    let mut later = bench.activation("User Administrator");
    later.schedule = Some(ScheduleInfo { start: Some(bench.now + TimeDelta::hours(2)), expiration: hours(1) });
    assert_eq!(bench.submit(&bench.actor("maya"), &later), Err(Refusal::Exists));
    assert_eq!(bench.events(), ["selfActivate"], "what was refused leaves nothing behind");

    // One client claims that a follow-up after the end is accepted.
    bench.scenario.switches.future_start_while_active = FutureStart::Queued;
    bench.scenario.switches.azure_future_start_while_active = FutureStart::Refused;
    assert_eq!(bench.submit(&bench.actor("maya"), &later).unwrap().status, Status::Granted, "each kind by itself");
    later.schedule = Some(ScheduleInfo { start: Some(bench.now + TimeDelta::minutes(30)), expiration: hours(1) });
    assert_eq!(bench.submit(&bench.actor("maya"), &later), Err(Refusal::Overlaps));
}

#[test]
fn a_follow_up_is_compared_by_the_second_or_by_the_minute() {
    for (future, same_minute) in [(FutureStart::Queued, true), (FutureStart::QueuedByMinute, false)] {
        let mut bench = Bench::contoso();
        bench.scenario.switches.future_start_while_active = future;
        let end = bench.activate("User Administrator").unwrap();
        let end = bench.state.schedule(Side::Assignment, end.target_schedule.as_ref().unwrap()).unwrap().end.unwrap();
        let mut later = bench.activation("User Administrator");
        for (start, taken) in [(end + TimeDelta::seconds(1), same_minute), (end + TimeDelta::seconds(61), true)] {
            later.schedule = Some(ScheduleInfo { start: Some(start), expiration: hours(1) });
            later.validation_only = true;
            let submitted = bench.submit(&bench.actor("maya"), &later);
            let expected = if taken { Ok(Status::Granted) } else { Err(Refusal::Overlaps) };
            assert_eq!(submitted.map(|request| request.status), expected, "{future:?} {start}");
        }
    }
}

#[test]
fn a_standing_assignment_counts_as_active_but_cannot_be_ended() {
    let mut bench = Bench::contoso();
    assert_eq!(bench.activate("Message Center Reader"), Err(Refusal::Exists));
    assert_eq!(bench.deactivate("Message Center Reader"), Err(Refusal::DoesNotExist));
}

#[test]
fn deactivation_waits_five_minutes_and_then_lets_the_role_be_activated_again() {
    let mut bench = Bench::contoso();
    assert_eq!(bench.deactivate("User Administrator"), Err(Refusal::DoesNotExist));
    bench.activate("User Administrator").unwrap();
    bench.pass(4);
    assert_eq!(bench.deactivate("User Administrator"), Err(Refusal::TooShort));
    bench.pass(1);
    let ended = bench.deactivate("User Administrator").unwrap();
    assert_eq!((ended.status, ended.schedule), (Status::Revoked, None));
    assert!(bench.active("User Administrator").is_none());
    assert_eq!(bench.deactivate("User Administrator"), Err(Refusal::DoesNotExist));
    bench.activate("User Administrator").unwrap();
    bench.pass(120);
    assert_eq!(bench.events(), ["selfActivate", "selfDeactivate", "selfActivate", "expired"]);
}

#[test]
fn the_policy_names_every_rule_that_fails() {
    let mut bench = Bench::contoso();
    let mut bare = bench.activation("Exchange Administrator");
    bare.justification = Some("  ".to_owned());
    bare.ticket = Ticket::default();
    bare.schedule = Some(ScheduleInfo { start: None, expiration: hours(5) });
    let refusal = bench.submit(&bench.actor("maya"), &bare).unwrap_err();
    assert_eq!(
        refusal.message(),
        "The following policy rules failed: ExpirationRule - The duration in the request is greater than maximum allowed \
         duration, JustificationRule - Justification is required, TicketingRule - Ticket information is required"
    );
    bench.scenario.switches.policy_messages = PolicyMessages::Documented;
    let refusal = bench.submit(&bench.actor("maya"), &bare).unwrap_err();
    assert!(refusal.message().ends_with(r#"failed: ["ExpirationRule","JustificationRule","TicketingRule"]"#));

    let permanent = Submission {
        schedule: Some(ScheduleInfo { start: None, expiration: Expiration::NoExpiration }),
        ..bench.activation("User Administrator")
    };
    let format = PolicyMessages::Documented;
    let refused = bench.submit(&bench.actor("maya"), &permanent);
    assert_eq!(refused, Err(Refusal::Policy(vec![Rule::Permanent], format)));
    let unproven = Actor { mfa: false, ..bench.actor("maya") };
    let refused = bench.submit(&unproven, &bench.activation("User Administrator"));
    assert_eq!(refused, Err(Refusal::Policy(vec![Rule::Mfa], format)));
    let refused = bench.submit(&bench.actor("maya"), &bench.activation("Security Operator"));
    assert_eq!(refused, Err(Refusal::Policy(vec![Rule::Eligibility], format)));
}

#[test]
fn a_role_that_asks_for_nothing_is_given_for_nothing() {
    let mut bench = Bench::contoso();
    let bare = Submission { justification: None, ticket: Ticket::default(), ..bench.activation("Reports Reader") };
    let unproven = Actor { mfa: false, contexts: Vec::new(), cp1: false, ..bench.actor("maya") };
    assert_eq!(bench.submit(&unproven, &bare).unwrap().status, Status::Provisioned);
}

#[test]
fn an_authentication_context_counts_only_with_cp1() {
    let mut bench = Bench::contoso();
    let submission = bench.activation("Security Administrator");
    let without = Actor { contexts: Vec::new(), ..bench.actor("maya") };
    assert_eq!(bench.submit(&without, &submission), Err(Refusal::Context("c1".to_owned())));
    let old = Actor { cp1: false, ..bench.actor("maya") };
    assert_eq!(bench.submit(&old, &submission), Err(Refusal::Context("c1".to_owned())));
    bench.scenario.switches.acrs_requires_cp1 = false;
    bench.submit(&old, &submission).unwrap();
}

#[test]
fn activations_are_only_for_oneself_also_through_a_group() {
    let mut bench = Bench::contoso();
    let mut submission = bench.activation("Intune Administrator");
    submission.principal = bench.scenario.groups[0].id;
    assert_eq!(bench.submit(&bench.actor("maya"), &submission), Err(Refusal::Invalid));
    let request = bench.activate("Intune Administrator").unwrap();
    let schedule = bench.state.schedule(Side::Assignment, &request.id.to_string()).unwrap();
    assert_eq!(schedule.principal, bench.user("maya"));
    assert!(schedule.activated_using.is_some());
}

#[test]
fn the_scope_of_the_eligibility_must_be_met() {
    let mut bench = Bench::contoso();
    let iberia = Scope::AdministrativeUnit(bench.scenario.administrative_units[0].id);
    bench.activate("User Administrator").unwrap();
    let scoped = Submission { scope: iberia, ..bench.activation("User Administrator") };
    assert_eq!(bench.submit(&bench.actor("maya"), &scoped).unwrap().status, Status::Provisioned);
    let directory_wide = bench.activation("Authentication Administrator");
    assert!(matches!(bench.submit(&bench.actor("maya"), &directory_wide), Err(Refusal::Policy(..))));
}

#[test]
fn a_scheduled_activation_begins_by_itself_and_can_be_withdrawn() {
    let mut bench = Bench::contoso();
    let start = bench.now + TimeDelta::hours(3);
    let mut later = bench.activation("User Administrator");
    later.schedule = Some(ScheduleInfo { start: Some(start), expiration: hours(1) });
    let request = bench.submit(&bench.actor("maya"), &later).unwrap();
    assert_eq!((request.status, request.completed), (Status::Granted, Some(start)));
    assert!(bench.active("User Administrator").is_none());
    assert_eq!(
        bench.state.schedules(Side::Assignment, bench.now).filter(|s| s.id == request.id.to_string()).count(),
        1
    );
    assert_eq!(bench.activate("User Administrator"), Err(Refusal::Pending));
    bench.pass(180);
    assert_eq!(bench.status(&request), Status::Provisioned);
    assert_eq!(bench.active("User Administrator").unwrap().start, start);
    bench.pass(60);
    assert_eq!(bench.events(), ["selfActivate", "provisioned", "expired"]);

    let start = bench.now + TimeDelta::hours(3);
    later.schedule = Some(ScheduleInfo { start: Some(start), expiration: hours(1) });
    let request = bench.submit(&bench.actor("maya"), &later).unwrap();
    let maya = bench.user("maya");
    let ines = bench.user("ines");
    let cancel =
        |bench: &mut Bench, who| bench.state.cancel(&bench.scenario, who, Side::Assignment, request.id, bench.now);
    assert_eq!(cancel(&mut bench, ines), Err(Refusal::Forbidden));
    assert_eq!(cancel(&mut bench, maya), Ok(()));
    assert_eq!(cancel(&mut bench, maya), Err(Refusal::Invalid));
    assert_eq!(bench.status(&request), Status::Canceled);
    bench.pass(240);
    assert!(bench.active("User Administrator").is_none());
    bench.pass(30 * 24 * 60);
    assert!(bench.state.request(request.id).is_none(), "deleted after 30 days");
}

#[test]
fn scheduled_windows_must_not_touch_by_the_minute() {
    let mut bench = Bench::contoso();
    let at = |minute: i64, second: i64| {
        bench.now + TimeDelta::hours(1) + TimeDelta::minutes(minute) + TimeDelta::seconds(second)
    };
    let later = |start| Submission {
        schedule: Some(ScheduleInfo { start: Some(start), expiration: hours(1) }),
        ..bench.activation("User Administrator")
    };
    // 11:00:20 to 12:00:20.
    let (first, touching, clear) = (later(at(0, 0)), later(at(60, 35)), later(at(61, 0)));
    let maya = bench.actor("maya");
    bench.submit(&maya, &first).unwrap();
    // 12:00:55 is the same minute as 12:00:20, although later.
    assert_eq!(bench.submit(&maya, &touching), Err(Refusal::Overlaps));
    bench.submit(&maya, &clear).unwrap();
    bench.scenario.switches.overlap_rule = false;
    bench.submit(&maya, &touching).unwrap();
}

#[test]
fn starts_in_the_past_and_empty_windows_make_no_sense() {
    let mut bench = Bench::contoso();
    let maya = bench.actor("maya");
    let window = |start: Option<DateTime<Utc>>, expiration| Submission {
        schedule: Some(ScheduleInfo { start, expiration }),
        ..bench.activation("User Administrator")
    };
    let now = bench.now;
    let cases = [
        (window(Some(now - TimeDelta::hours(1)), hours(1)), Refusal::Invalid),
        (window(None, Expiration::AfterDateTime(now)), Refusal::Invalid),
        (window(None, Expiration::AfterDuration(IsoDuration::zero())), Refusal::Invalid),
        (window(None, Expiration::AfterDuration("PT4M".parse().unwrap())), Refusal::TooShort),
    ];
    for (submission, refusal) in cases {
        assert_eq!(bench.submit(&maya, &submission), Err(refusal), "{submission:?}");
    }
    // A client's clock may be a little behind, and an end may be an instant.
    let fine = Submission {
        schedule: Some(ScheduleInfo {
            start: Some(now - TimeDelta::seconds(30)),
            expiration: Expiration::AfterDateTime(now + TimeDelta::hours(2)),
        }),
        ..bench.activation("User Administrator")
    };
    bench.submit(&maya, &fine).unwrap();
    assert_eq!(bench.active("User Administrator").unwrap().end, Some(now + TimeDelta::hours(2)));
}

#[test]
fn provisioning_takes_as_long_as_the_scenario_says_and_listings_lag() {
    let mut bench = Bench::contoso();
    bench.scenario.switches.provisioning_delay = "PT2M".parse().unwrap();
    bench.scenario.switches.list_lag = "PT1M".parse().unwrap();
    let request = bench.activate("User Administrator").unwrap();
    assert_eq!((request.status, request.completed), (Status::PendingProvisioning, None));
    assert_eq!(bench.activate("User Administrator"), Err(Refusal::Pending));
    assert_eq!(bench.deactivate("User Administrator"), Err(Refusal::DoesNotExist));
    bench.pass(2);
    assert_eq!(bench.status(&request), Status::Provisioned);
    assert!(bench.active("User Administrator").is_none(), "not listed yet");
    assert_eq!(bench.activate("User Administrator"), Err(Refusal::Exists), "but there");
    bench.pass(1);
    let held = bench.active("User Administrator").unwrap();
    assert_eq!(held.end, Some(held.start + TimeDelta::hours(1)), "the end stays where it was asked for");
    bench.pass(10);
    bench.deactivate("User Administrator").unwrap();
    assert!(bench.active("User Administrator").is_some(), "still listed");
    bench.pass(1);
    assert!(bench.active("User Administrator").is_none());
}

#[test]
fn an_activation_never_outlives_its_eligibility() {
    let mut bench = Bench::contoso();
    bench.pass(9 * 24 * 60 - 30);
    bench.activate("Billing Administrator").unwrap();
    assert_eq!(bench.active("Billing Administrator").unwrap().end, Some(bench.now + TimeDelta::minutes(30)));
    bench.pass(30);
    assert!(bench.active("Billing Administrator").is_none());
    assert!(matches!(bench.activate("Billing Administrator"), Err(Refusal::Policy(..))));
    let of_role = bench.ledger.iter().filter(|entry| entry.details["role"] == "Billing Administrator");
    let mut events: Vec<_> = of_role.map(|entry| entry.event.as_str()).collect();
    events.sort_unstable();
    assert_eq!(events, ["eligibilityExpired", "expired", "selfActivate"]);
}

#[test]
fn a_rehearsal_judges_and_leaves_nothing() {
    let mut bench = Bench::contoso();
    let before = bench.state.clone();
    let rehearsal = Submission { validation_only: true, ..bench.activation("User Administrator") };
    let request = bench.submit(&bench.actor("maya"), &rehearsal).unwrap();
    assert!(request.validation_only);
    assert_eq!(bench.state, before);
    let failing = Submission { justification: None, ..rehearsal };
    assert!(bench.submit(&bench.actor("maya"), &failing).is_err());
    assert!(bench.events().is_empty());
}

//! Whatever people do, in whatever order.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

/// What a person may do to the engine.
#[derive(Clone, Debug)]
enum Step {
    Activate { role: usize, minutes: i64, ahead: i64 },
    Deactivate { role: usize },
    Cancel { nth: usize },
    Decide { nth: usize, approved: bool },
    Wait { minutes: i64 },
}

const ROLES: [&str; 5] = [
    "User Administrator",
    "Global Administrator",
    "Intune Administrator",
    "Compliance Administrator",
    "Reports Reader",
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..ROLES.len(), 1_i64..600, prop_oneof![Just(0_i64), 1_i64..300])
            .prop_map(|(role, minutes, ahead)| Step::Activate { role, minutes, ahead }),
        (0..ROLES.len()).prop_map(|role| Step::Deactivate { role }),
        (0_usize..10).prop_map(|nth| Step::Cancel { nth }),
        (0_usize..10, any::<bool>()).prop_map(|(nth, approved)| Step::Decide { nth, approved }),
        (0_i64..400).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

proptest! {
    #[test]
    fn whatever_people_do(steps in prop::collection::vec(step(), 1..40), delay in 0_u8..3, lag in 0_u8..3) {
        let mut bench = Bench::contoso();
        bench.scenario.switches.provisioning_delay = format!("PT{delay}M").parse().unwrap();
        bench.scenario.switches.list_lag = format!("PT{lag}M").parse().unwrap();
        let maya = bench.actor("maya");
        let mut made: Vec<Request> = Vec::new();
        for step in steps {
            let before = bench.state.clone();
            let refused = match step {
                Step::Activate { role, minutes, ahead } => {
                    let mut submission = bench.activation(ROLES[role]);
                    let start = (ahead > 0).then(|| bench.now + TimeDelta::minutes(ahead));
                    let expiration = Expiration::AfterDuration(format!("PT{minutes}M").parse().unwrap());
                    submission.schedule = Some(ScheduleInfo { start, expiration });
                    let outcome = bench.submit(&maya, &submission);
                    let refused = outcome.is_err();
                    made.extend(outcome);
                    refused
                }
                Step::Deactivate { role } => bench.deactivate(ROLES[role]).is_err(),
                Step::Cancel { nth } => made.get(nth).is_some_and(|request| {
                    let now = bench.now;
                    bench.state.cancel(&bench.scenario, maya.id, Side::Assignment, request.id, now).is_err()
                }),
                Step::Decide { nth, approved } => made.get(nth).cloned().is_some_and(|request| {
                    bench.decide("omar", &request, approved).is_err()
                }),
                Step::Wait { minutes } => {
                    bench.pass(minutes);
                    false
                }
            };
            bench.pass(0);
            if refused {
                let mut before = before;
                before.advance(&bench.scenario, bench.now);
                before.take_committed();
                prop_assert!(before == bench.state, "a refusal changes nothing");
            }
            // Never two of the same in effect, and never longer than the policy allows.
            for role in ROLES {
                let (user, id) = (bench.user("maya"), bench.role(role));
                let held: Vec<_> = bench
                    .state
                    .schedules(Side::Assignment, bench.now)
                    .filter(|held| held.is_for(user, id, Scope::Directory) && held.in_effect(bench.now))
                    .collect();
                prop_assert!(held.len() <= 1, "{} is active {} times", role, held.len());
                for held in held {
                    let maximum = bench.scenario.policy(id, Scope::Directory).unwrap().maximum.length();
                    prop_assert!(held.end.unwrap() - held.start <= maximum);
                }
            }
        }
        // In the end everything is over, and each beginning in the ledger has exactly one end.
        bench.pass(3 * 24 * 60);
        let user = bench.user("maya");
        prop_assert_eq!(
            bench.state.schedules(Side::Assignment, bench.now)
                .filter(|held| held.principal == user && held.assignment_type == AssignmentType::Activated).count(),
            0
        );
        let begun = bench.state.requests(Side::Assignment)
            .filter(|r| r.principal == user && r.action == Action::SelfActivate && r.status == Status::Provisioned).count();
        let ended = bench.events().iter().filter(|event| ["expired", "selfDeactivate"].contains(event)).count();
        prop_assert_eq!(begun, ended);
        prop_assert!(bench.state.requests(Side::Assignment).all(|request| !request.is_pending()));
    }
}

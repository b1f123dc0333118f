//! Whatever happens to renewals: none is doubled, and none follows that was disarmed.

use chrono::Duration;
use proptest::prelude::*;

use super::{
    super::{
        properties::config,
        service::Fault,
        world::{id, policy},
    },
    ALL, active,
};
use crate::{model::Kind, view::Command};

#[derive(Clone, Debug)]
enum Step {
    Arm(bool),
    Activate,
    Deactivate,
    Restart,
    Pass(i64),
    Suspend(i64),
    Crash,
    Fault(Fault),
    Away(bool),
    TakesAhead(bool),
    Lag(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let fault = prop_oneof![Just(Fault::NotSent), Just(Fault::LostBefore), Just(Fault::LostAfter)];
    prop_oneof![
        6 => prop::bool::weighted(0.7).prop_map(Step::Arm),
        2 => Just(Step::Activate),
        1 => Just(Step::Deactivate),
        1 => Just(Step::Restart),
        3 => (0..3_000_i64).prop_map(Step::Pass),
        3 => (0..900_000_i64).prop_map(Step::Pass),
        1 => (0..4_000_000_i64).prop_map(Step::Suspend),
        2 => Just(Step::Crash),
        3 => fault.prop_map(Step::Fault),
        1 => any::<bool>().prop_map(Step::Away),
        1 => any::<bool>().prop_map(Step::TakesAhead),
        1 => (0..170_i64).prop_map(Step::Lag),
    ]
}

proptest! {
    #![proptest_config(config())]

    /// Whatever happens to renewals, with a service that would commit anything: never two activations at once, never more
    /// than were wanted, and after a disarming that was heard nothing follows.
    #[test]
    fn no_renewal_is_doubled_and_none_follows_that_was_disarmed(
        role in prop::sample::select(ALL.to_vec()),
        lenient in any::<bool>(),
        ahead in any::<bool>(),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut world = active(role, policy(), ahead);
        world.service.refuses_overlap = !lenient;
        let mut wanted = 1;
        for step in steps {
            match step {
                Step::Arm(armed) => {
                    wanted += usize::from(armed);
                    world.send(Command::ArmRenewal { id: id(role), armed });
                }
                Step::Activate => {
                    wanted += 1;
                    world.activate(role, 20);
                }
                Step::Deactivate => world.send(Command::Deactivate { id: id(role) }),
                Step::Restart => {
                    wanted += 1;
                    let (id, reason) = (id(role), "more".to_owned());
                    world.send(Command::RestartNow { id, minutes: 20, reason, ticket: None, confirmed: false });
                }
                Step::Pass(milliseconds) => world.pass(Duration::milliseconds(milliseconds)),
                Step::Suspend(milliseconds) => world.suspend(Duration::milliseconds(milliseconds)),
                Step::Crash => world.crash(),
                Step::Fault(fault) => world.service.faults.push(fault),
                Step::Away(away) => world.service.away = away,
                Step::TakesAhead(takes) => {
                    for kind in Kind::ALL {
                        if takes { world.service.takes_ahead.insert(kind) } else { world.service.takes_ahead.remove(&kind) };
                    }
                }
                Step::Lag(seconds) => world.service.lag = Duration::seconds(seconds),
            }
        }
        world.service.away = false;
        world.service.faults.clear();
        world.send(Command::ArmRenewal { id: id(role), armed: false });
        world.send(Command::CancelRequest { id: id(role) });
        world.pass(Duration::minutes(10));
        let begun = world.service.instances[role].len();
        world.pass(Duration::hours(10));
        prop_assert_eq!(world.service.instances[role].len(), begun, "nothing follows what was disarmed");
        prop_assert!(world.service.commits(role) <= wanted, "{} wanted", wanted);
        let active = &world.service.instances[role];
        for pair in active.windows(2) {
            let over = pair[0].ended.unwrap_or(pair[0].end);
            prop_assert!(pair[1].start >= over, "{:?}", active);
        }
        prop_assert!(world.disk.intents.is_empty() && world.disk.renewals.is_empty());
    }
}

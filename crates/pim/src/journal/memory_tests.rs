use chrono::Duration;

use super::*;

fn key(name: &str) -> RoleKey {
    RoleKey::directory(name, "/")
}

fn intended(id: u64, reason: &str) -> Fact {
    let activation = Activation::new(key("reader"), "me", Duration::hours(1), reason);
    let at = "2026-11-23T12:00:00Z".parse().unwrap();
    let (origin, name) = (Origin::User, "Reader".to_owned());
    Fact::Intended { intent: Intent { id, activation, origin, at, request: None, name, scope: None } }
}

fn settled(intent: u64, outcome: Outcome) -> Fact {
    Fact::Settled { intent, outcome, at: "2026-11-23T12:00:01Z".parse().unwrap() }
}

#[test]
fn only_what_became_active_counts_as_use() {
    let mut memory = Memory::default();
    for (id, outcome) in [(1, Outcome::Granted), (2, Outcome::NotSent), (3, Outcome::Granted)] {
        memory.apply(&intended(id, "why"));
        memory.apply(&settled(id, outcome));
    }
    assert_eq!(memory.habit(&key("reader").id()).uses, 2);
    assert!(memory.intents.is_empty());
    assert_eq!(memory.history.len(), 3);
}

#[test]
fn reasons_are_newest_first_without_repeats_or_blanks() {
    let mut memory = Memory::default();
    for (id, reason) in [(1, "a"), (2, "b"), (3, "  "), (4, " a ")] {
        memory.apply(&intended(id, reason));
    }
    assert_eq!(memory.reasons, ["a", "b"]);
    assert_eq!(memory.habit(&key("reader").id()).reason.as_deref(), Some("a"));
}

#[test]
fn an_intent_uses_the_renewal_up() {
    let mut memory = Memory::default();
    let Fact::Intended { intent } = intended(1, "why") else { unreachable!() };
    let renewal = Renewal::armed(intent.activation.clone());
    memory.apply(&Fact::Armed { renewal });
    assert_eq!(memory.renewals.len(), 1);
    memory.apply(&Fact::Intended { intent });
    assert!(memory.renewals.is_empty());
}

#[test]
fn memory_is_bounded() {
    let mut memory = Memory::default();
    for id in 1..=2_500 {
        memory.apply(&intended(id, &format!("reason {id}")));
        memory.apply(&settled(id, Outcome::Granted));
    }
    assert_eq!(memory.history.len(), HISTORY);
    assert_eq!(memory.history.last().unwrap().intent.id, 2_500);
    assert_eq!(memory.reasons.len(), REASONS);
    assert_eq!(memory.last_intent, 2_500);
}

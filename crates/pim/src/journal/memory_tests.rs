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

#[test]
fn what_was_over_by_then_is_forgotten_with_its_reasons() {
    let at = |hour: u32| -> DateTime<Utc> { format!("2026-11-23T{hour}:00:00Z").parse().unwrap() };
    let over = |intent, hour| Fact::Settled { intent, outcome: Outcome::Granted, at: at(hour) };
    let grant = |start: u32, end: u32, reason: &str| {
        let activation = Some(Activation::new(key("reader"), "me", Duration::hours(1), reason));
        let (key, instance, name) = (key("reader"), None, "Reader".into());
        let (start, end, known_at) = (at(start), at(end), at(start));
        Fact::Granted {
            grant: Grant { key, name, instance, start, end, known_at, activation, warned: true, told: true },
        }
    };
    let mut memory = Memory::default();
    for fact in [
        intended(1, "old"),
        over(1, 13),
        intended(2, "again"),
        over(2, 13),
        intended(3, "still active"),
        over(3, 14),
        grant(14, 23, "still active"),
        intended(4, " again "),
        Fact::Settled { intent: 4, outcome: Outcome::Cancelled, at: at(16) },
        intended(5, "waits"),
    ] {
        memory.apply(&fact);
    }
    assert_eq!(memory.reasons, ["waits", "again", "still active", "old"]);
    let mut same = memory.clone();
    same.lapse(at(13));
    assert_eq!(same, memory, "what was over at that very time is not older");
    memory.apply(&Fact::Lapsed { before: at(15) });
    let left: Vec<_> = memory.history.iter().map(|past| past.intent.id).collect();
    assert_eq!(left, [3, 4], "what became active is over when that is");
    assert_eq!(memory.reasons, ["waits", "again", "still active"]);
    assert_eq!(memory.intents.keys().copied().collect::<Vec<_>>(), [5]);
    // All is over.
    memory.apply(&Fact::Ended { key: key("reader"), at: at(17) });
    memory.apply(&Fact::Settled { intent: 5, outcome: Outcome::NotSent, at: at(17) });
    memory.apply(&Fact::Favoured { key: key("reader"), favourite: true });
    memory.apply(&Fact::Lapsed { before: at(18) });
    let Memory { history, ended, reasons, .. } = &memory;
    assert!(history.is_empty() && ended.is_empty() && reasons.is_empty(), "{memory:?}");
    let habit = memory.habit(&key("reader").id());
    assert_eq!((habit.reason, habit.uses, habit.favourite), (None, 3, true));
}

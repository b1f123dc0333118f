//! Azure's lists where something is late or does not answer, and what roles ask for at narrower scopes.

use chrono::{DateTime, Duration, Utc};

use super::{
    service::{key, problem},
    world::{noon, options, policy},
};
use crate::{
    elevation::{CallId, Effect, Elevation, Event, Gap, Later, Listed, Partial},
    journal::Memory,
    model::{Assignment, Eligibility, Kind, Requirements, RoleKey},
    view::{Command, RenewalRefused, SourceState},
};

const AZURE: Kind = Kind::AzureResource;
const WEB: &str = "/subscriptions/one/resourceGroups/Web";

/// A machine whose Azure lists are being read, and the calls that do it.
struct Reading {
    machine: Elevation,
    eligible: CallId,
    active: CallId,
}

fn calls(effects: &[Effect]) -> (Option<CallId>, Option<CallId>) {
    let eligible = effects.iter().find_map(|effect| match effect {
        Effect::ReadEligible(call, AZURE, _) => Some(*call),
        _ => None,
    });
    let active = effects.iter().find_map(|effect| match effect {
        Effect::ReadActive(call, AZURE, _) => Some(*call),
        _ => None,
    });
    (eligible, active)
}

fn policies(effects: &[Effect]) -> Vec<(CallId, Vec<RoleKey>)> {
    let reads = effects.iter().filter_map(|effect| match effect {
        Effect::ReadPolicies(call, AZURE, keys) => Some((*call, keys.clone())),
        _ => None,
    });
    reads.collect()
}

fn eligible(name: &str) -> Eligibility {
    Eligibility::new(key(name), format!("eligibility-{name}"), format!("Role {name}"), "me")
}

fn standing(name: &str) -> Assignment {
    let row = Assignment::new(key(name), format!("standing-{name}"), format!("Role {name}"));
    Assignment { activated: false, ..row }
}

/// Not all of it: what is not listed may be there.
fn partial<T>(found: T, code: &str, later: Option<Later>) -> Listed<T> {
    Listed { found, partial: Some(Partial { problem: problem(code), gap: Gap::AllBut(Vec::new()), later }) }
}

fn late<T>(found: T) -> Listed<T> {
    partial(found, "azure-late", Some(Later::default()))
}

impl Reading {
    fn new() -> Self {
        let mut machine = Elevation::new(Memory::default(), None, options(), noon());
        let effects = machine.handle(Event::Command(Command::RefreshSource { source: AZURE }), noon());
        let (eligible, active) = calls(&effects);
        Self { machine, eligible: eligible.unwrap(), active: active.unwrap() }
    }

    fn handle(&mut self, event: Event, at: DateTime<Utc>) -> Vec<Effect> {
        self.machine.handle(event, at)
    }

    fn source(&self) -> SourceState {
        self.machine.list().sources.into_iter().find(|source| source.kind == AZURE).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.machine.view(noon()).eligible.into_iter().map(|row| row.name).collect();
        names.sort();
        names
    }
}

#[test]
fn what_is_known_is_shown_while_the_rest_is_late() {
    let mut reading = Reading::new();
    let call = reading.eligible;
    let effects = reading.handle(Event::EligibleSoFar(call, late(vec![eligible("azure")])), noon());
    assert_eq!(reading.names(), ["Role azure"]);
    assert_eq!(policies(&effects)[0].1, [key("azure")], "what it asks for need not wait");
    let state = reading.source();
    assert!(state.loading && state.partial.is_some_and(|partial| partial.code == "azure-late"));
    // Nobody else asks meanwhile.
    let minute = noon() + Duration::minutes(1);
    let effects = reading.handle(Event::Command(Command::RefreshSource { source: AZURE }), minute);
    assert_eq!(calls(&effects).0, None);
    let whole = Listed::all(vec![eligible("azure"), eligible("azure-2")]);
    let effects = reading.handle(Event::Eligible(call, Ok(whole)), minute);
    assert_eq!(reading.names(), ["Role azure", "Role azure-2"]);
    assert_eq!(policies(&effects)[0].1, [key("azure-2")]);
    assert_eq!(reading.source().partial, None);
    // What comes after the end is nobody's.
    reading.handle(Event::EligibleSoFar(call, late(Vec::new())), minute);
    assert_eq!(reading.source().partial, None);
}

#[test]
fn what_is_active_can_be_looked_at_again_while_the_rest_is_late() {
    let mut reading = Reading::new();
    let call = reading.active;
    let again = |reading: &mut Reading| {
        calls(&reading.handle(Event::Command(Command::RefreshSource { source: AZURE }), noon())).1
    };
    assert_eq!(again(&mut reading), None, "it is being read");
    reading.handle(Event::Active(call, Ok(Listed::all(vec![standing("azure")]))), noon());
    let call = again(&mut reading).unwrap();
    reading.handle(Event::ActiveSoFar(call, late(Vec::new())), noon());
    let shown = |reading: &Reading| reading.machine.view(noon()).active.len();
    assert_eq!(shown(&reading), 1, "what is late is not gone");
    let other = again(&mut reading).expect("what is late is not waited for");
    reading.handle(Event::Active(call, Ok(Listed::all(Vec::new()))), noon());
    assert_eq!((shown(&reading), reading.source().loading), (0, true));
    reading.handle(Event::Active(other, Ok(Listed::all(Vec::new()))), noon());
    assert!(again(&mut reading).is_some());
}

#[test]
fn part_of_a_list_is_read_again_by_itself_less_and_less_often() {
    let mut reading = Reading::new();
    reading.handle(Event::Active(reading.active, Ok(Listed::all(Vec::new()))), noon());
    let (mut now, mut call, mut pauses) = (noon(), reading.eligible, Vec::new());
    for _ in 0..7 {
        reading.handle(Event::EligibleSoFar(call, late(Vec::new())), now);
        reading.handle(Event::Eligible(call, Ok(late(Vec::new()))), now);
        let next = reading.machine.next_deadline().unwrap();
        pauses.push((next - now).num_seconds());
        assert_eq!(calls(&reading.handle(Event::Tick, next - Duration::seconds(1))).0, None);
        (now, call) = (next, calls(&reading.handle(Event::Tick, next)).0.unwrap());
    }
    assert_eq!(pauses, [30, 60, 120, 300, 900, 900, 900]);
    // A pause that the service wants is kept.
    let later = Some(Later { not_before: Some(now + Duration::hours(1)) });
    reading.handle(Event::Eligible(call, Ok(partial(Vec::new(), "throttled", later))), now);
    assert_eq!(reading.machine.next_deadline(), Some(now + Duration::hours(1)));
    // What was refused is not asked again unasked; nor is what answered as a whole.
    for listed in [partial(Vec::new(), "AuthorizationFailed", None), Listed::all(Vec::new())] {
        now += Duration::hours(2);
        let refresh = Event::Command(Command::RefreshSource { source: AZURE });
        let (call, other) = calls(&reading.handle(refresh, now));
        reading.handle(Event::Eligible(call.unwrap(), Ok(listed)), now);
        reading.handle(Event::Active(other.unwrap(), Ok(Listed::all(Vec::new()))), now);
        assert_eq!(reading.machine.next_deadline(), None);
    }
    assert_eq!(reading.source().partial, None);
}

/// Eligible at a subscription, with a policy that asks for nothing.
fn eligible_above() -> Reading {
    let mut reading = Reading::new();
    reading.handle(Event::Active(reading.active, Ok(Listed::all(Vec::new()))), noon());
    let listed = Listed::all(vec![eligible("azure")]);
    let (call, _) = policies(&reading.handle(Event::Eligible(reading.eligible, Ok(listed)), noon())).remove(0);
    let known = [(key("azure").policy_id(), policy())].into();
    reading.handle(Event::Policies(call, Ok(Listed::all(known))), noon());
    reading
}

fn narrow() -> RoleKey {
    key("azure").at(WEB)
}

#[test]
fn a_scope_that_is_chosen_has_its_own_policy_read() {
    let mut reading = eligible_above();
    let id = key("azure").id();
    let pick = |scope: Option<&str>| {
        let scope = scope.map(str::to_owned);
        Event::Command(Command::PickScope { id: id.clone(), scope })
    };
    let effects = reading.handle(pick(Some(WEB)), noon());
    let (call, keys) = policies(&effects).remove(0);
    assert_eq!(keys, [narrow()]);
    let picked = |reading: &Reading| reading.machine.view(noon()).picked.map(|(_, picked)| picked);
    let first = picked(&reading).unwrap();
    assert!(first.loading && first.scope == WEB && !first.requirements.known);
    let strict = Requirements { approval: true, ticket: true, max_duration: Duration::hours(1), ..policy() };
    reading.handle(Event::Policies(call, Ok(Listed::all([(narrow().policy_id(), strict)].into()))), noon());
    let asked = picked(&reading).unwrap();
    assert!(!asked.loading && asked.requirements.approval && asked.requirements.max_minutes == 60);
    let whole = reading.machine.view(noon()).eligible.remove(0);
    assert!(!whole.requirements.approval, "the eligible scope's own stays");
    // It is obeyed.
    let (scope, reason) = (Some(WEB.to_owned()), "why".to_owned());
    let command =
        Command::Activate { id: id.clone(), minutes: 60, reason, ticket: None, undoable: false, start: None, scope };
    reading.handle(Event::Command(command), noon());
    let refused = |view: &crate::elevation::Rows| view.active.is_empty();
    assert!(refused(&reading.machine.view(noon())), "it wants a ticket there");
    // Chosen again it is not read again; what lies elsewhere cannot be chosen.
    reading.handle(pick(None), noon());
    assert_eq!(picked(&reading), None);
    assert!(policies(&reading.handle(pick(Some(WEB)), noon())).is_empty());
    reading.handle(pick(Some("/subscriptions/two")), noon());
    assert_eq!(picked(&reading), None);
}

#[test]
fn a_policy_that_may_not_be_read_is_the_services_to_judge() {
    let mut reading = eligible_above();
    let command = Command::PickScope { id: key("azure").id(), scope: Some(WEB.into()) };
    let (call, _) = policies(&reading.handle(Event::Command(command), noon())).remove(0);
    let refused = crate::failure::Failure::Refused(problem("AuthorizationFailed"));
    reading.handle(Event::Policies(call, Err(refused)), noon());
    let (_, picked) = reading.machine.view(noon()).picked.unwrap();
    assert!(!picked.loading && !picked.requirements.known);
    assert_eq!(reading.source().problem, None, "that is no trouble of the list");
}

#[test]
fn an_active_role_at_a_narrower_scope_is_renewed_by_that_scopes_policy() {
    let mut reading = eligible_above();
    let end = noon() + Duration::hours(1);
    let row = Assignment { start: Some(noon()), end: Some(end), ..Assignment::new(narrow(), "i", "Role azure") };
    let refresh = Event::Command(Command::RefreshSource { source: AZURE });
    let call = calls(&reading.handle(refresh, noon())).1.unwrap();
    let effects = reading.handle(Event::Active(call, Ok(Listed::all(vec![row]))), noon());
    let (call, keys) = policies(&effects).remove(0);
    assert_eq!(keys, [narrow()]);
    // Asked to be armed before that is known: it waits.
    let id = narrow().id();
    let habit = Event::Command(Command::ArmRenewal { id: id.clone(), armed: true });
    reading.handle(habit, noon());
    let row = |reading: &Reading| reading.machine.view(noon()).active.into_iter().find(|row| row.id == id).unwrap();
    assert!(!row(&reading).renewal_armed && row(&reading).problem.is_none());
    let approval = Requirements { approval: true, approvers: vec!["Noor".into()], ..policy() };
    reading.handle(Event::Policies(call, Ok(Listed::all([(narrow().policy_id(), approval)].into()))), noon());
    let shown = row(&reading);
    assert!(!shown.renewal_armed);
    assert_eq!(shown.problem.unwrap().code, "not-renewable");
    assert_eq!(shown.renewal.unwrap().refused, Some(RenewalRefused::Approval));
    assert_eq!(shown.requirements.approvers, ["Noor"]);
}

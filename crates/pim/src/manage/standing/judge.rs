//! What stands out among who holds what.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Advice, Facts, Nested, Permanent, Replacement, Report, Stale, reason};
use crate::{
    manage::assignments::{Change, End, last},
    model::{ActivationRequest, Holding, Kind, MemberType, Principal, PrincipalKind, RoleKey, Side},
};

/// What Microsoft calls Azure's privileged administrator roles ("Azure built-in roles", "Privileged"): Contributor, Owner,
/// Reservations Administrator, Role Based Access Control Administrator, User Access Administrator.
const AZURE: [&str; 5] = [
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "a8889054-8d42-49c9-bc1c-52486c10e7cd",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
];

/// Groups are not followed deeper.
const DEEPEST: usize = 16;

/// The report on these facts. An eligibility that was not activated for `stale_after` is stale.
pub fn judge(facts: &Facts, stale_after: TimeDelta, now: DateTime<Utc>) -> Report {
    Report {
        permanent: permanent(facts, now),
        stale: stale(facts, stale_after, now),
        nested: nested(facts, now),
        missing: Vec::new(),
    }
}

/// Whether a role is one that should not be held without being activated. Groups are managed because of what they give.
fn is_privileged(key: &RoleKey, facts: &Facts) -> bool {
    let id = last_part(&key.role_definition_id);
    match key.kind {
        Kind::DirectoryRole => facts.privileged.as_ref().is_none_or(|known| known.contains(&id)),
        Kind::Group => true,
        Kind::AzureResource => AZURE.contains(&id.as_str()),
    }
}

fn last_part(id: &str) -> String {
    id.rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

fn permanent(facts: &Facts, now: DateTime<Utc>) -> Vec<Permanent> {
    let stands = |held: &&Holding| {
        held.side == Side::Active
            && held.permanent()
            && held.in_effect(now)
            && own(held)
            && is_privileged(&held.key, facts)
    };
    let found = facts.held.iter().filter(stands);
    found.map(|held| Permanent { held: held.clone(), advice: advice(held, facts, now) }).collect()
}

/// What is somebody's through a group is looked at where the group has it.
fn own(held: &Holding) -> bool {
    held.member_type == MemberType::Direct
}

/// Microsoft recommends two accounts for emergencies that hold the directory's most powerful roles for good ("Manage emergency
/// access accounts in Microsoft Entra ID").
fn advice(held: &Holding, facts: &Facts, now: DateTime<Utc>) -> Advice {
    if held.principal.kind == Some(PrincipalKind::ServicePrincipal) {
        return Advice::Keep(say!("keep-application"));
    }
    // Which of several are the accounts for emergencies nobody tells.
    if last::is_emergency_role(&held.key) {
        let alike = |other: &&Holding| {
            let person = other.principal.kind != Some(PrincipalKind::ServicePrincipal);
            other.key == held.key && other.side == Side::Active && other.permanent() && other.in_effect(now) && person
        };
        let count = facts.held.iter().filter(alike).count();
        return Advice::Keep(say!("keep-for-emergencies", count = count));
    }
    let there =
        facts.held.iter().find(|other| other.is(&held.principal.id, &held.key, Side::Eligible) && other.in_effect(now));
    let role = (held.key.clone(), held.role.clone(), held.scope.clone());
    let reason = reason();
    let eligible = match there {
        Some(there) if there.end.is_none() => None,
        Some(there) => Some(Change::moving(there, End::Permanent, &reason)),
        None => Some(Change::giving(Side::Eligible, role, held.principal.clone(), (None, End::Permanent), &reason)),
    };
    Advice::Replace(Box::new(Replacement { eligible, removal: Change::taking(held, &reason) }))
}

fn stale(facts: &Facts, after: TimeDelta, now: DateTime<Utc>) -> Vec<Stale> {
    let mut found = Vec::new();
    for held in facts.held.iter().filter(|held| held.side == Side::Eligible && held.in_effect(now) && own(held)) {
        let since = held.start.or(held.created);
        // Whoever has it for less time had no time for it yet; and where nothing is remembered nothing can be said.
        if !facts.remembered.contains(&held.key.kind) || since.is_none_or(|since| now - since < after) {
            continue;
        }
        // A group activates nothing: its members do.
        let Some(people) = people(&held.principal, facts) else { continue };
        let used = facts.activations.iter().filter(|request| request.was_activated() && is_of(request, &held.key));
        let by = |request: &&ActivationRequest| {
            request.principal_id.as_deref().is_some_and(|id| people.contains(&id.to_ascii_lowercase()))
        };
        let last = used.filter(by).filter_map(|request| request.start.or(request.created)).max();
        if last.is_none_or(|last| now - last >= after) {
            found.push(Stale { held: held.clone(), last });
        }
    }
    found
}

/// Ids of those who can activate what a principal is eligible for, in lower case; `None` where that is not known.
fn people(principal: &Principal, facts: &Facts) -> Option<BTreeSet<String>> {
    let mut ids = BTreeSet::from([principal.id.to_ascii_lowercase()]);
    if principal.kind == Some(PrincipalKind::Group) {
        facts.members.get(&principal.id)?;
        ids.extend(within(principal, facts).into_iter().map(|(person, _)| person.id.to_ascii_lowercase()));
    }
    Some(ids)
}

/// An activation of a role at this scope, or at a narrower one of Azure.
fn is_of(request: &ActivationRequest, key: &RoleKey) -> bool {
    let asked = &request.key;
    if asked.kind != key.kind || last_part(&asked.role_definition_id) != last_part(&key.role_definition_id) {
        return false;
    }
    let (scope, at) = (key.scope_id.to_ascii_lowercase(), asked.scope_id.to_ascii_lowercase());
    let below = || key.kind == Kind::AzureResource && at.starts_with(&format!("{}/", scope.trim_end_matches('/')));
    scope == at || below()
}

fn nested(facts: &Facts, now: DateTime<Utc>) -> Vec<Nested> {
    let is_group = |held: &&Holding| held.principal.kind == Some(PrincipalKind::Group) && !held.over(now);
    let mut found = Vec::new();
    for held in facts.held.iter().filter(is_group) {
        for (person, through) in within(&held.principal, facts) {
            if through.len() > 1 {
                found.push(Nested { held: held.clone(), person, through });
            }
        }
    }
    found
}

/// People and applications in a group, with the groups that lead to them: each once, by the shortest way.
pub(super) fn within(group: &Principal, facts: &Facts) -> Vec<(Principal, Vec<Principal>)> {
    let mut found: Vec<(Principal, Vec<Principal>)> = Vec::new();
    let mut seen = BTreeSet::from([group.id.to_ascii_lowercase()]);
    let mut ways = vec![vec![group.clone()]];
    while !ways.is_empty() {
        let mut deeper = Vec::new();
        for way in ways {
            let members = way.last().and_then(|group| facts.members.get(&group.id)).into_iter().flatten();
            for member in members.filter(|member| seen.insert(member.id.to_ascii_lowercase())) {
                if member.kind != Some(PrincipalKind::Group) {
                    found.push((member.clone(), way.clone()));
                } else if way.len() < DEEPEST {
                    deeper.push([&way[..], std::slice::from_ref(member)].concat());
                }
            }
        }
        ways = deeper;
    }
    found
}

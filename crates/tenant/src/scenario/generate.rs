//! Large scenarios for measurements.

use std::collections::BTreeMap;

use super::{Grant, IsoDuration, Kind, Policy, RoleDefinition, Scenario, Scope};
use crate::ids::Ids;

/// Policies of generated roles take turns.
const MAXIMA: [u32; 4] = [1, 4, 8, 12];

impl Scenario {
    /// Contoso with no other roles than `n` generated custom ones of its directory, each with a policy of its own; Maya is
    /// eligible for all of them. Its groups and Azure's scopes are there, and nobody has a part in them.
    pub fn with_roles(n: usize) -> Self {
        let mut scenario = Self::contoso();
        let maya = scenario.user_named("maya").expect("Contoso employs Maya").id;
        scenario.name = format!("contoso with {n} roles");
        scenario.roles.clear();
        scenario.eligible.clear();
        scenario.assigned.retain(|grant| grant.scope.kind() != Kind::Directory);
        scenario.policies.extend(generated_policies(n));
        // Ids that are the same every time.
        let mut ids = Ids::new(n as u64, 1);
        for index in 0..n {
            let id = ids.guid();
            scenario.roles.push(RoleDefinition {
                id,
                display_name: format!("Operations Role {:04}", index + 1),
                description: format!("Can operate system {} of the plant.", index + 1),
                built_in: false,
                actions: vec!["microsoft.directory/users/standard/read".to_owned()],
                policy: policy_name(index),
            });
            scenario.eligible.push(Grant {
                principal: maya,
                role: id,
                scope: Scope::Directory,
                since: IsoDuration::days(90),
                ends: None,
                condition: None,
            });
        }
        scenario
    }
}

fn generated_policies(n: usize) -> BTreeMap<String, Policy> {
    (0..n)
        .map(|index| {
            let maximum = IsoDuration::hours(MAXIMA[index % MAXIMA.len()]);
            (policy_name(index), Policy { maximum, mfa: index % 2 == 0, ..Policy::default() })
        })
        .collect()
}

fn policy_name(index: usize) -> String {
    format!("generated-{:04}", index + 1)
}

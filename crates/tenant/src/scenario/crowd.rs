//! Many people with many assignments, for measurements.

use std::collections::BTreeSet;

use super::{Grant, IsoDuration, MfaMethod, Scenario, Scope, User};
use crate::ids::Ids;

/// Assignments of one generated person.
const EACH: usize = 5;

impl Scenario {
    /// The same company with `n` assignments more, of generated people to its directory roles: half of them eligible, half
    /// active, some with an end.
    #[must_use]
    pub fn and_assignments(mut self, n: usize) -> Self {
        let mut ids = Ids::new(n as u64, 2);
        let domain = self.organization.domain.clone();
        for index in 0..n.div_ceil(EACH) {
            let username = format!("person{:05}", index + 1);
            self.users.push(User {
                id: ids.guid(),
                user_principal_name: format!("{username}@{domain}"),
                display_name: format!("Person {:05}", index + 1),
                given_name: None,
                surname: None,
                job_title: String::new(),
                office_location: None,
                mfa: [MfaMethod::Authenticator].into(),
                home: None,
                consented: BTreeSet::new(),
                last_sign_in: IsoDuration::days(u32::try_from(index % 60).unwrap_or_default()),
                username,
            });
        }
        let people = self.users.len() - n.div_ceil(EACH);
        for index in 0..n {
            let grant = Grant {
                principal: self.users[people + index / EACH].id,
                // Nobody has the same role twice.
                role: self.roles[(index / EACH + index % EACH) % self.roles.len()].id,
                scope: Scope::Directory,
                since: IsoDuration::days(90),
                ends: (index % 3 != 0).then(|| IsoDuration::days(30)),
                condition: None,
                outside: false,
            };
            if index % 2 == 0 { self.eligible.push(grant) } else { self.assigned.push(grant) }
        }
        self
    }
}

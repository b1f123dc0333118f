//! A list that did not answer as a whole: what is known not to be there, and what may be there all the same.

use chrono::{DateTime, Utc};

use crate::{
    model::{RoleKey, Scope},
    problem::Problem,
};

/// Something did not answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// Why.
    pub problem: Problem,
    /// Where.
    pub gap: Gap,
    /// It may answer later.
    pub later: Option<Later>,
}

/// When something that did not answer may be asked again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Later {
    /// Server time before which the service does not want to hear from us.
    pub not_before: Option<DateTime<Utc>>,
}

/// Where nothing is known: what is not listed there may be there all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// At these scopes, and below them.
    At(Vec<String>),
    /// Everywhere but at these scopes, and below them.
    AllBut(Vec<String>),
}

impl Partial {
    /// May the role be there although it is not listed?
    pub fn leaves_open(&self, key: &RoleKey) -> bool {
        match &self.gap {
            Gap::At(scopes) => within(&key.scope_id, scopes),
            Gap::AllBut(scopes) => !within(&key.scope_id, scopes),
        }
    }
}

fn within(scope: &str, scopes: &[String]) -> bool {
    scopes.iter().any(|above| scope.eq_ignore_ascii_case(above) || Scope::is_below(scope, above))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    fn partial(gap: Gap) -> Partial {
        Partial { problem: codes::ours(codes::NO_ANSWER, None), gap, later: None }
    }

    #[test]
    fn what_lies_at_a_scope_or_below_it_is_left_open_with_it() {
        let role = |scope: &str| RoleKey::azure("/providers/Microsoft.Authorization/roleDefinitions/r", scope);
        let one = vec!["/subscriptions/one".to_owned()];
        let (at, all_but) = (partial(Gap::At(one.clone())), partial(Gap::AllBut(one)));
        for (scope, within) in [
            ("/Subscriptions/ONE", true),
            ("/subscriptions/one/resourceGroups/web", true),
            ("/subscriptions/one-more", false),
            ("/subscriptions/two", false),
            ("/", false),
        ] {
            assert_eq!(at.leaves_open(&role(scope)), within, "{scope}");
            assert_eq!(all_but.leaves_open(&role(scope)), !within, "{scope}");
        }
        assert!(partial(Gap::AllBut(Vec::new())).leaves_open(&role("/subscriptions/one")));
        assert!(!partial(Gap::At(Vec::new())).leaves_open(&role("/subscriptions/one")));
    }
}

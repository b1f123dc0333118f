//! Scopes of Azure as paths: which are sound, what lies above them, what to call them.

use std::collections::HashMap;

use crate::{
    api::wire::name,
    codes,
    failure::Failure,
    model::{Scope, ScopeType},
};

/// The root of everything.
pub(super) const ROOT: &str = "/";

/// Longest scope that is sent anywhere.
const LONGEST: usize = 2048;

const MANAGEMENT_GROUPS: &str = "/providers/microsoft.management/managementgroups/";

/// A scope as part of a path: it came from the service, and is checked all the same. Without the slash at its end.
pub(super) fn checked(scope: &str) -> Result<&str, Failure> {
    let path = scope.strip_suffix('/').unwrap_or(scope);
    let plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.contains(['?', '#', '%', '\\'])
            && !part.contains(char::is_control)
    };
    let sound = path.len() <= LONGEST
        && (path.is_empty() || path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(plain)));
    if sound && !scope.is_empty() {
        Ok(path)
    } else {
        Err(Failure::Refused(codes::ours(codes::UNEXPECTED, Some("A scope with odd characters.".into()))))
    }
}

/// A part of a path by itself.
pub(super) fn segment(text: &str) -> Result<&str, Failure> {
    match checked(&format!("/{text}")) {
        Ok(_) if !text.is_empty() && !text.contains('/') => Ok(text),
        Ok(_) => Err(Failure::Refused(codes::ours(codes::UNEXPECTED, Some("An id with odd characters.".into())))),
        Err(failure) => Err(failure),
    }
}

/// The last part of an id.
pub(super) fn last(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id)
}

/// The management group or subscription that a scope lies in: listing there shows what is below, too.
pub(super) fn top(scope: &str) -> &str {
    let depth = if starts_with(scope, MANAGEMENT_GROUPS) { 4 } else { 2 };
    let end = scope.match_indices('/').nth(depth).map_or(scope.len(), |(at, _)| at);
    &scope[..end]
}

/// What a scope is by its path.
pub(super) fn type_of(scope: &str) -> ScopeType {
    let parts: Vec<&str> = scope.split('/').skip(1).collect();
    match parts[..] {
        [] | [""] => ScopeType::Root,
        [_, _] if starts_with(scope, "/subscriptions/") => ScopeType::Subscription,
        [_, _, _, _] if starts_with(scope, MANAGEMENT_GROUPS) => ScopeType::ManagementGroup,
        [_, _, groups, _] if groups.eq_ignore_ascii_case("resourceGroups") => ScopeType::ResourceGroup,
        _ => ScopeType::Other(resource_type(&parts)),
    }
}

/// `Microsoft.Sql/servers/databases` of `…/providers/Microsoft.Sql/servers/s/databases/d`.
fn resource_type(parts: &[&str]) -> String {
    let provider = parts.iter().rposition(|part| part.eq_ignore_ascii_case("providers"));
    let rest = provider.map_or(parts, |at| &parts[at + 1..]);
    let mut kind = codes::clean(rest.first().copied().unwrap_or_default(), 100);
    for word in rest.iter().skip(1).step_by(2) {
        kind.push('/');
        kind.push_str(&codes::clean(word, 100));
    }
    kind
}

/// The service's word for a scope; the path's where it has none.
pub(super) fn named_type(word: Option<&str>, scope: &str) -> ScopeType {
    match word.unwrap_or_default().to_ascii_lowercase().as_str() {
        "subscription" => ScopeType::Subscription,
        "resourcegroup" => ScopeType::ResourceGroup,
        "managementgroup" => ScopeType::ManagementGroup,
        // As the manager itself calls it.
        "" | "microsoft.management/managementgroups" | "microsoft.resources/resourcegroups" => type_of(scope),
        _ => name(word).map_or_else(|| type_of(scope), ScopeType::Other),
    }
}

/// The scopes above and the scope itself, outermost first. Which management groups a subscription lies in, its path does
/// not say.
pub(super) fn path(scope: &str, names: &HashMap<String, String>) -> Vec<Scope> {
    let mut ends: Vec<usize> = Vec::new();
    let top = top(scope);
    ends.push(top.len());
    if scope.len() > top.len() {
        let below = &scope[top.len()..];
        if starts_with(below, "/resourceGroups/") {
            let end = below.match_indices('/').nth(2).map_or(below.len(), |(at, _)| at);
            ends.push(top.len() + end);
        }
        ends.push(scope.len());
    }
    ends.dedup();
    let known = |id: &str| names.get(&id.to_ascii_lowercase()).cloned();
    let scopes = ends.into_iter().map(|end| &scope[..end]).filter(|id| !id.is_empty());
    scopes
        .map(|id| Scope {
            name: known(id).or_else(|| name(Some(last(id)))).unwrap_or_else(|| ROOT.into()),
            scope_type: type_of(id),
            id: id.to_owned(),
        })
        .collect()
}

/// A scope as somebody writes it: the root, or something that lies in a management group or subscription.
pub(super) fn written(text: &str, names: &HashMap<String, String>) -> Option<Scope> {
    let sound = checked(text).ok()?;
    let scope = if sound.is_empty() { ROOT } else { sound };
    let outermost = type_of(top(scope));
    let known = matches!(outermost, ScopeType::Root | ScopeType::Subscription | ScopeType::ManagementGroup);
    path(scope, names).pop().filter(|_| known)
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIPTION: &str = "/subscriptions/5a";

    fn names() -> HashMap<String, String> {
        [("/subscriptions/5a".to_owned(), "Production".to_owned())].into()
    }

    fn shown(scope: &str) -> Vec<(String, ScopeType)> {
        path(scope, &names()).into_iter().map(|scope| (scope.name, scope.scope_type)).collect()
    }

    #[test]
    fn scopes_are_told_as_paths() {
        let production = ("Production".to_owned(), ScopeType::Subscription);
        assert_eq!(shown(SUBSCRIPTION), std::slice::from_ref(&production));
        let group = "/Subscriptions/5A/resourcegroups/web";
        assert_eq!(shown(group), [production.clone(), ("web".into(), ScopeType::ResourceGroup)]);
        let vault = "/subscriptions/5a/resourceGroups/web/providers/Microsoft.KeyVault/vaults/keys";
        assert_eq!(
            shown(vault),
            [
                production.clone(),
                ("web".into(), ScopeType::ResourceGroup),
                ("keys".into(), ScopeType::Other("Microsoft.KeyVault/vaults".into()))
            ]
        );
        let management = "/providers/Microsoft.Management/managementGroups/Root";
        assert_eq!(shown(management), [("Root".into(), ScopeType::ManagementGroup)]);
        assert_eq!(shown("/"), [("/".into(), ScopeType::Root)]);
        assert_eq!(type_of("/"), ScopeType::Root);
        let database = "/subscriptions/5a/resourceGroups/g/providers/Microsoft.Sql/servers/s/databases/d";
        assert_eq!(type_of(database), ScopeType::Other("Microsoft.Sql/servers/databases".into()));
        let policy = "/subscriptions/5a/providers/Microsoft.Foo/bars/b";
        assert_eq!(shown(policy), [production, ("b".into(), ScopeType::Other("Microsoft.Foo/bars".into()))]);
    }

    #[test]
    fn the_top_of_a_scope() {
        assert_eq!(top("/subscriptions/5a/resourceGroups/web/providers/x/y/z"), SUBSCRIPTION);
        assert_eq!(top(SUBSCRIPTION), SUBSCRIPTION);
        let group = "/providers/Microsoft.Management/managementGroups/Root";
        assert_eq!(top(group), group);
        assert_eq!(top("/"), "/");
    }

    #[test]
    fn a_scope_that_somebody_writes_lies_in_azure() {
        let named = |text| written(text, &names()).map(|scope| (scope.id, scope.name, scope.scope_type));
        assert_eq!(
            named("/subscriptions/5a/"),
            Some((SUBSCRIPTION.into(), "Production".into(), ScopeType::Subscription))
        );
        let web = "/subscriptions/5a/resourceGroups/web";
        assert_eq!(named(web), Some((web.into(), "web".into(), ScopeType::ResourceGroup)));
        assert_eq!(named("/"), Some(("/".into(), "/".into(), ScopeType::Root)));
        for bad in
            ["", "web", "/web", "/subscriptions", "/administrativeUnits/5a", "/subscriptions/5a/../x", "https://x/y"]
        {
            assert_eq!(named(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_scope_cannot_leave_its_place() {
        for good in ["/", SUBSCRIPTION, "/subscriptions/5a/resourceGroups/Ä (1)_x.y-z", "/subscriptions/5a/"] {
            assert!(checked(good).is_ok(), "{good}");
        }
        let long = format!("/{}", "x".repeat(3000));
        for bad in
            ["", "x", "//", "/a//b", "/a/../b", "/./a", "/a?b", "/a#b", "/a%2f..", "/a\\b", "/a\nb", long.as_str()]
        {
            assert!(checked(bad).is_err(), "{bad:?}");
        }
        assert!(segment("fea7a502-9a96-4806-a26f-eee560e52045").is_ok());
        for bad in ["", "a/b", "..", "a?b"] {
            assert!(segment(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_services_word_rules_and_the_path_helps_out() {
        assert_eq!(named_type(Some("ResourceGroup"), "/x"), ScopeType::ResourceGroup);
        assert_eq!(named_type(None, SUBSCRIPTION), ScopeType::Subscription);
        let web = "/subscriptions/5a/resourceGroups/web";
        assert_eq!(named_type(Some("Microsoft.Resources/resourceGroups"), web), ScopeType::ResourceGroup);
        let vault = ScopeType::Other("Microsoft.KeyVault/vaults".into());
        assert_eq!(named_type(Some("Microsoft.KeyVault/vaults"), "/x"), vault);
    }
}

use proptest::prelude::*;

use super::*;
use crate::model::Permission;

fn role(kind: Kind, name: &str, description: &str, privileged: bool, actions: &[&str]) -> RoleDefinition {
    RoleDefinition {
        kind,
        id: name.to_lowercase().replace(' ', "-"),
        name: name.into(),
        description: Some(description.into()),
        privileged,
        permissions: vec![Permission {
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
            ..Permission::default()
        }],
    }
}

fn index() -> Index {
    use Kind::{AzureResource, DirectoryRole};
    let reset = "microsoft.directory/users/password/update";
    let sign_out = "microsoft.directory/users/invalidateAllRefreshTokens";
    let everything =
        &["microsoft.directory/users/allProperties/allTasks", "microsoft.directory/allEntities/allProperties/allTasks"];
    let vm = ["Microsoft.Compute/virtualMachines/start/action", "Microsoft.Compute/virtualMachines/deallocate/action"];
    Index::new(vec![
        role(DirectoryRole, "Global Administrator", "Can manage all aspects", true, everything),
        role(DirectoryRole, "Helpdesk Administrator", "Can reset passwords.", true, &[reset, sign_out]),
        role(DirectoryRole, "Password Administrator", "Can reset passwords.", true, &[reset]),
        role(
            DirectoryRole,
            "License Administrator",
            "Can manage product licenses on users and groups.",
            false,
            &["microsoft.directory/users/assignLicense"],
        ),
        role(AzureResource, "Contributor", "Grants full access", true, &["*"]),
        role(
            AzureResource,
            "Virtual Machine Contributor",
            "Lets you manage virtual machines",
            false,
            &["Microsoft.Compute/virtualMachines/*"],
        ),
        role(AzureResource, "Desktop Operator", "Start and stop", false, &vm),
    ])
}

/// Everybody's at the directory, or at this scope.
fn everything(scope: &str) -> Vec<Own> {
    let index = index();
    let ids = index.definitions.iter().map(|role| match role.kind {
        Kind::AzureResource => RoleKey::azure(role.id.clone(), scope).id(),
        _ => RoleKey::directory(role.id.clone(), "/").id(),
    });
    ids.map(|id| Own::of(&id).unwrap()).collect()
}

fn names(roles: &[Allowing]) -> Vec<&str> {
    roles.iter().map(|role| role.name.as_str()).collect()
}

#[test]
fn words_lead_to_the_least_privileged_role() {
    let all = everything("/");
    for words in ["reset a user's password", "change the password of a user", "PATCH user password"] {
        let need = index().answer(words, &all);
        assert_eq!(names(&need.own).first(), Some(&"Password Administrator"), "{words}: {need:?}");
        assert_eq!(need.actions, ["microsoft.directory/users/password/update"], "{words}");
        assert!(need.others.is_empty());
    }
    assert_eq!(names(&index().answer("assign a licence", &all).own)[0], "License Administrator");
    assert_eq!(names(&index().answer("start a VM", &all).own)[0], "Desktop Operator");
    assert_eq!(names(&index().answer("stop VMs", &all).own)[0], "Desktop Operator");
    // Nobody names that: it is something that can be done with what a wildcard names.
    let need = index().answer("delete a virtual machine", &all);
    assert_eq!(names(&need.own), ["Virtual Machine Contributor", "Contributor"]);
    assert_eq!(need.actions, ["Microsoft.Compute/virtualMachines/*"]);
    assert!(index().answer("delete", &all).own.is_empty(), "what?");
}

#[test]
fn what_somebody_may_activate_is_told_apart_from_what_is_narrower() {
    let global = [Own::of(&RoleKey::directory("global-administrator", "/").id()).unwrap()];
    let need = index().answer("reset a user's password", &global);
    assert_eq!(names(&need.own), ["Global Administrator"]);
    assert_eq!(names(&need.others)[0], "Password Administrator");
    let by = "microsoft.directory/users/allProperties/allTasks".to_owned();
    let action = "microsoft.directory/users/password/update".to_owned();
    assert_eq!(need.own[0].reason, Reason::Allows { action, by });
    assert_eq!(need.own[0].rows, [global[0].id.clone()]);
    let nothing = index().answer("reset a user's password", &[]);
    assert!(nothing.own.is_empty() && names(&nothing.others)[0] == "Password Administrator", "nothing fits");
}

#[test]
fn a_refusal_of_azure_is_understood_with_its_scope() {
    let text = "(AuthorizationFailed) The client 'maya@contoso.example' with object id 'x' does not have authorization to \
        perform action 'Microsoft.Compute/virtualMachines/start/action' over scope \
        '/subscriptions/1/resourceGroups/rg' or the scope is invalid.";
    for (scope, reaches) in [
        ("/", true),
        ("/providers/Microsoft.Management/managementGroups/root", true),
        ("/subscriptions/1", true),
        ("/SUBSCRIPTIONS/1/resourceGroups/RG", true),
        ("/subscriptions/1/resourceGroups/rg2", false),
        ("/subscriptions/11", false),
    ] {
        let need = index().answer(text, &everything(scope));
        assert_eq!(need.scope.as_deref(), Some("/subscriptions/1/resourceGroups/rg"));
        assert_eq!(need.actions, ["Microsoft.Compute/virtualMachines/start/action"]);
        let (told, other) = if reaches { (need.own, need.others) } else { (need.others, need.own) };
        assert_eq!(names(&told), ["Desktop Operator", "Virtual Machine Contributor", "Contributor"], "{scope}");
        assert!(other.is_empty());
    }
}

#[test]
fn several_actions_take_a_role_that_allows_all_of_them() {
    let text = "microsoft.directory/users/password/update, microsoft.directory/users/invalidateAllRefreshTokens.";
    assert_eq!(names(&index().answer(text, &everything("/")).own), ["Helpdesk Administrator", "Global Administrator"]);
}

#[test]
fn what_nothing_allows_has_no_answer() {
    let directory: Vec<Own> = everything("/").into_iter().filter(|own| own.key.kind == Kind::DirectoryRole).collect();
    for text in ["paint the fence", "", "what do I need", "Insufficient privileges to complete the operation."] {
        let need = index().answer(text, &directory);
        assert_eq!(need, Need::default(), "{text}");
    }
    let need = index().answer("Microsoft.Quantum/workspaces/offers/write", &directory);
    assert!(need.own.is_empty());
    assert_eq!(names(&need.others), ["Contributor"], "who would");
    assert!(Index::new(Vec::new()).answer("reset a password", &directory).others.is_empty());
}

#[test]
fn a_group_is_no_role() {
    assert_eq!(Own::of(&RoleKey::in_group("g", "member").id()), None);
    assert_eq!(Own::of("nonsense"), None);
}

proptest! {
    #[test]
    fn any_text_is_answered_in_order(text in any::<String>()) {
        let index = index();
        let all = everything("/subscriptions/1");
        let need = index.answer(&text, &all);
        for roles in [&need.own, &need.others] {
            prop_assert!(roles.len() <= MOST);
            let breadth = |role: &Allowing| {
                let at = index.definitions.iter().position(|each| each.id == role.definition).expect("known");
                index.breadths[at]
            };
            prop_assert!(roles.windows(2).all(|pair| breadth(&pair[0]) <= breadth(&pair[1])));
        }
        prop_assert!(need.own.iter().all(|role| !role.rows.is_empty()));
        prop_assert!(need.others.iter().all(|role| role.rows.is_empty()));
    }

    /// What is told allows what was asked.
    #[test]
    fn what_is_told_allows_it(at in 0_usize..5) {
        let index = index();
        let named: Vec<&Action> = index.actions.iter().filter(|action| !action.open).collect();
        let action = named[at % named.len()].name.clone();
        let need = index.answer(&format!("cannot do '{action}'!"), &everything("/"));
        prop_assert!(!need.own.is_empty());
        for role in &need.own {
            let definition = index.definitions.iter().find(|each| each.id == role.definition).expect("known");
            prop_assert!(definition.allows(&action));
        }
    }
}

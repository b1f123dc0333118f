use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn ids_of_the_three_kinds() {
    let directory = RoleKey::directory("62E90394-69f5", "/administrativeUnits/Ab");
    assert_eq!(directory.id(), "directoryrole|62e90394-69f5|/administrativeunits/ab|");
    let group = RoleKey::group("2B5ED229", Access::Owner);
    assert_eq!(group.id(), "group|owner|2b5ed229|");
    assert_eq!(group.access(), Some(Access::Owner));
    assert_ne!(group, RoleKey::group("2b5ed229", Access::Member));
    let azure =
        RoleKey::azure("/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/B2", "/subscriptions/S");
    assert_eq!(azure.id(), "azureresource|b2|/subscriptions/s|");
    let read_at_the_root = RoleKey::azure("/providers/Microsoft.Authorization/RoleDefinitions/b2", "/Subscriptions/s");
    assert_eq!(azure, read_at_the_root, "one role, whatever it was read at");
    assert_ne!(azure, azure.at("/subscriptions/s/resourceGroups/rg"));
    assert_eq!((azure.access(), directory.access()), (None, None));
    for key in [directory, group, azure, RoleKey { app_scope_id: Some("/app".into()), ..RoleKey::directory("r", "") }] {
        assert_eq!(RoleKey::from_id(&key.id()), Some(key));
    }
    for nonsense in ["", "group|member", "planet|earth|/|", "a|b|c|d|e"] {
        assert_eq!(RoleKey::from_id(nonsense), None, "{nonsense}");
    }
}

#[test]
fn keys_are_equal_exactly_where_their_ids_are() {
    let scopes = ["/", "/Subscriptions/S", "/subscriptions/s", "/\u{c9}", "/\u{e9}", "/\u{212a}", "/k", ""];
    let roles = ["B2", "b2", "/x/roleDefinitions/B2", "/y/roledefinitions/b2/", "\u{c9}", ""];
    let kinds = [Kind::DirectoryRole, Kind::Group, Kind::AzureResource];
    let mut keys = Vec::new();
    for (kind, role) in kinds.into_iter().flat_map(|kind| roles.map(|role| (kind, role))) {
        for app_scope_id in [None, Some(String::new()), Some("/App".to_owned()), Some("/app".to_owned())] {
            keys.extend(scopes.map(|scope| RoleKey {
                kind,
                role_definition_id: role.into(),
                scope_id: scope.into(),
                app_scope_id: app_scope_id.clone(),
            }));
        }
    }
    for one in &keys {
        for other in &keys {
            assert_eq!(one == other, one.id() == other.id(), "{one:?} {other:?}");
        }
    }
}

#[test]
fn policies_are_kept_by_role_by_access_and_by_scope() {
    assert_eq!(RoleKey::directory("AB", "/x").policy_id(), "ab", "as in files of earlier versions");
    assert_ne!(RoleKey::group("g", Access::Owner).policy_id(), RoleKey::group("g", Access::Member).policy_id());
    let role = RoleKey::azure("/x/roleDefinitions/r", "/subscriptions/s");
    assert_ne!(role.policy_id(), role.at("/subscriptions/s/resourceGroups/g").policy_id());
}

#[test]
fn files_of_the_first_version_are_read() {
    let key =
        json!({"kind": "directoryRole", "role_definition_id": "r", "directory_scope_id": "/", "app_scope_id": null});
    let read: RoleKey = serde_json::from_value(key.clone()).unwrap();
    assert_eq!(read, RoleKey::directory("r", "/"));
    assert_eq!(serde_json::to_value(&read).unwrap(), key, "and an earlier version reads ours");
    let eligibility = json!({"key": key, "instance_id": "i", "role_name": "R", "scope_name": null, "principal_id": "p",
        "member_type": "Direct", "end": null});
    assert_eq!(
        serde_json::from_value::<Eligibility>(eligibility).unwrap(),
        Eligibility::new(read.clone(), "i", "R", "p")
    );
    let assignment = json!({"key": key, "instance_id": "i", "role_name": "R", "scope_name": null, "activated": true,
        "start": null, "end": null});
    assert_eq!(serde_json::from_value::<Assignment>(assignment).unwrap(), Assignment::new(read.clone(), "i", "R"));
    let asked = json!({"max_duration": 480, "justification": true, "ticket": false, "mfa": false,
        "authentication_context": null, "approval": false, "approvers": [], "known": false, "unknown_rules": []});
    assert_eq!(serde_json::from_value::<Requirements>(asked).unwrap(), Requirements::default());
    let activation = json!({"key": key, "principal_id": "p", "duration": 60, "justification": "why", "ticket": null});
    let expected = Eligibility::new(read, "i", "R", "p").activation(chrono::Duration::hours(1), "why".into(), None);
    let back = serde_json::from_value::<Activation>(activation.clone()).unwrap();
    assert_eq!(back, expected);
    assert_eq!(serde_json::to_value(back).unwrap(), activation);
    let request = json!({"id": "1", "key": key, "action": "SelfActivate", "status": "Provisioned", "created": null,
        "start": null, "end": null, "justification": null});
    let request: ActivationRequest = serde_json::from_value(request).unwrap();
    assert_eq!((request.action, request.status), (Action::SelfActivate, RequestStatus::Provisioned));
}

#[test]
fn scopes_are_called_what_people_call_them() {
    let other = |resource: &str| ScopeType::Other(resource.into()).words();
    assert_eq!(ScopeType::ResourceGroup.words(), "resource group");
    assert_eq!(other("microsoft.keyvault/vaults"), "key vault");
    assert_eq!(other("Microsoft.Compute/virtualMachines"), "virtual machine");
    assert_eq!(other("Microsoft.Storage/storageAccounts"), "storage account");
    assert_eq!(other("Microsoft.Network/publicIPAddresses"), "public ip address");
    assert_eq!(other("Microsoft.ContainerRegistry/registries"), "registry");
    assert_eq!(other(""), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Whatever the window, a file or the command line calls a role: it is a key, always the same one, or none.
    #[test]
    fn any_text_is_a_key_or_none(text in "\\PC{0,60}", kind in "directoryrole|GROUP|azureResource", parts in prop::collection::vec("[^|]{0,20}", 0..5)) {
        for text in [text, format!("{kind}|{}", parts.join("|"))] {
            if let Some(key) = RoleKey::from_id(&text) {
                let again = RoleKey::from_id(&key.id());
                prop_assert_eq!(again.map(|again| again.id()), Some(key.id()));
                let _ = (key.policy_id(), key.access(), key.at("/").id());
            }
        }
    }
}

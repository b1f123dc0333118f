//! Azure roles at a narrower scope than they are eligible at.

use chrono::Duration;

use super::{
    service::key,
    world::{World, id, policy},
};
use crate::{
    elevation::Event,
    model::{Scope, ScopeType},
    view::{Command, RowState},
};

const GROUP: &str = "/subscriptions/one/resourceGroups/Web";

fn world() -> World {
    World::new(&["azure", "reader"].map(|name| (name, policy())))
}

fn activate(world: &mut World, role: &str, scope: &str) {
    world.send(Command::Activate {
        id: id(role),
        minutes: 60,
        reason: "why".into(),
        ticket: None,
        undoable: false,
        start: None,
        scope: Some(scope.into()),
    });
    world.pass(Duration::seconds(2));
}

fn narrow() -> String {
    key("azure").at(GROUP).id()
}

fn states(world: &World) -> Vec<(String, Option<String>)> {
    let active = world.rows().into_iter().filter(|row| row.state == RowState::Active);
    active.map(|row| (row.id, row.scope)).collect()
}

#[test]
fn a_role_is_activated_below_its_scope_and_told_apart_from_itself() {
    let mut world = world();
    assert!(world.eligible("azure").narrowable && !world.eligible("reader").narrowable);
    activate(&mut world, "azure", GROUP);
    assert_eq!(states(&world), [(narrow(), Some("Web".to_owned()))]);
    let sent = &world.service.requests[0].0;
    assert_eq!(sent.key.scope_id, GROUP, "verbatim");
    assert!(!world.eligible("azure").engaged, "at its own scope it is not active");
    activate(&mut world, "azure", "/subscriptions/one");
    assert_eq!(states(&world).len(), 2, "both at once: {:?}", states(&world));
    world.pass(Duration::minutes(6));
    world.send(Command::Deactivate { id: narrow() });
    world.pass(Duration::seconds(2));
    assert_eq!(states(&world).into_iter().map(|(id, _)| id).collect::<Vec<_>>(), [id("azure")]);
}

#[test]
fn what_does_not_lie_below_is_refused_with_words() {
    for (role, scope) in
        [("azure", "/subscriptions/two/resourceGroups/Web"), ("azure", "/subscriptions/onefold"), ("reader", GROUP)]
    {
        let mut world = world();
        activate(&mut world, role, scope);
        assert_eq!(states(&world), []);
        assert_eq!(world.eligible(role).problem.map(|problem| problem.code).as_deref(), Some("not-below"));
        assert!(world.service.requests.is_empty(), "{scope}");
    }
}

#[test]
fn what_was_told_to_lie_below_is_believed_and_named() {
    let mut world = world();
    let resource = format!("{GROUP}/providers/Microsoft.KeyVault/vaults/keys");
    let scope = Scope {
        id: resource.clone(),
        name: "The keys".into(),
        scope_type: ScopeType::Other("Microsoft.KeyVault/vaults".into()),
    };
    world.machine.handle(Event::Scopes(GROUP.into(), vec![scope]), world.now);
    activate(&mut world, "azure", &resource);
    assert_eq!(states(&world), [(key("azure").at(&resource).id(), Some("The keys".to_owned()))]);
}

#[test]
fn a_narrower_activation_is_renewed_and_restarted_where_it_was() {
    let mut world = world();
    activate(&mut world, "azure", GROUP);
    assert!(world.rows()[0].renewable);
    world.send(Command::ArmRenewal { id: narrow(), armed: true });
    world.pass(Duration::minutes(62));
    assert_eq!(states(&world), [(narrow(), Some("Web".to_owned()))]);
    let scopes: Vec<_> = world.service.requests.iter().map(|(request, _)| request.key.scope_id.as_str()).collect();
    assert_eq!(scopes, [GROUP; 2]);
    let (minutes, reason) = (30, "again".to_owned());
    world.send(Command::RestartNow { id: narrow(), minutes, reason, ticket: None, confirmed: false });
    world.pass(Duration::minutes(5));
    world.send(Command::RestartNow { id: narrow(), minutes, reason: "again".into(), ticket: None, confirmed: false });
    world.pass(Duration::seconds(10));
    assert_eq!(states(&world), [(narrow(), Some("Web".to_owned()))]);
    assert_eq!(world.rows()[0].reason.as_deref(), Some("again"));
}

#[test]
fn a_crash_forgets_neither_scope_nor_name() {
    let mut world = world();
    world.service.provisioning = Duration::minutes(1);
    activate(&mut world, "azure", GROUP);
    world.crash();
    world.pass(Duration::seconds(2));
    let row = world.rows().remove(0);
    assert_eq!((row.id, row.name.as_str(), row.scope.as_deref()), (narrow(), "Role azure", Some("Web")));
    world.pass(Duration::minutes(2));
    assert_eq!(states(&world).len(), 1);
}

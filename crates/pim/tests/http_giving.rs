//! Giving what is not listed, as the Manage window does it, over HTTP against the simulated tenant: at an administrative unit, in
//! a group and at a scope where nobody holds anything, from a time to come.

mod support;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use pim::{
    manage::{Counter, Office, assignments::Places},
    model::{Holding, Kind, PrincipalKind, Side},
    view::{Ask, GivableRow, ScopeNode, Step, Told, Wanted},
};
use support::{World, robot};
use tenant::{Scenario, robot::Person, scenario::GroupPolicies};

/// Contoso, where tokens for errands are had without anybody being asked, and a group is managed with PIM in which nobody holds
/// anything. Omar is at the counter; also the id of Petra, who was found there.
async fn omar(kinds: &[Kind]) -> (World, Office, Counter, String) {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    let group = scenario.groups.iter_mut().find(|group| group.display_name == "Endpoint Engineers").expect("a group");
    group.pim = Some(GroupPolicies { member: "mfa".into(), owner: "mfa".into() });
    let world = World::of(scenario).await;
    let tokens = world.sign_in_to_azure("omar").await;
    let client = World::registration().client_id;
    let office = Office::new(world.net.clone(), tokens, client, kinds.to_vec(), robot(Person::new("omar")));
    let mut counter = Counter::default();
    let find = Ask::FindPeople { who: PrincipalKind::User, text: "Petra".into() };
    let Told::People { rows, .. } = counter.answer(&office, find).await else { panic!("nobody") };
    let petra = rows[0].id.clone();
    (world, office, counter, petra)
}

fn give(role: &str, person: &str, start: Option<DateTime<Utc>>, end: DateTime<Utc>) -> Wanted {
    Wanted::Give {
        role: role.to_owned(),
        people: vec![person.to_owned()],
        eligible: true,
        start,
        end: Some(end),
        reason: "New at the desk".into(),
        ticket: None,
    }
}

fn code(told: &Told) -> &str {
    match told {
        Told::Failed { problem } => &problem.code,
        other => panic!("{other:?}"),
    }
}

fn found(told: Told) -> Vec<GivableRow> {
    match told {
        Told::Found { rows, more: false } => rows,
        other => panic!("{other:?}"),
    }
}

async fn scopes(counter: &mut Counter, office: &Office, below: Option<&ScopeNode>) -> Vec<ScopeNode> {
    let ask = Ask::Scopes { below: below.map(|node| node.id.clone()) };
    match counter.answer(office, ask).await {
        Told::Scopes { rows } => rows,
        other => panic!("{other:?}"),
    }
}

fn called<'a>(rows: &'a [ScopeNode], name: &str) -> &'a ScopeNode {
    rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{rows:?}"))
}

/// Looks at what would be done, and does it.
async fn made(counter: &mut Counter, office: &Office, change: Wanted) -> Step {
    let told = counter.answer(office, Ask::Plan { change: change.clone() }).await;
    let Told::Plan { mut steps, .. } = told else { panic!("{told:?}") };
    assert_eq!((steps.len(), &steps[0].problem), (1, &None));
    let told = counter.answer(office, Ask::Change { change }).await;
    let Told::Outcomes { outcomes } = told else { panic!("{told:?}") };
    assert_eq!((outcomes.len(), &outcomes[0].problem), (1, &None));
    steps.remove(0)
}

/// What Petra is eligible for there.
async fn petras(office: &Office, kind: Kind, place: &str) -> Vec<Holding> {
    let places = Places { groups: vec![place.to_owned()], scopes: vec![place.to_owned()] };
    let mut held = office.holdings(&[kind], &[Side::Eligible], &places).await;
    let mut rows = held.remove(0).found.expect("read");
    rows.retain(|row| row.principal.name.as_deref() == Some("Petra Nováková"));
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_role_is_given_within_an_administrative_unit() {
    let (world, office, mut counter, petra) = omar(&Kind::ALL).await;
    let units = |role: &str, text: &str| Ask::FindUnits { role: role.to_owned(), text: text.to_owned() };
    let whole = "directoryrole|729827e3-9c14-49f7-bb1b-9608f156bbb8|/|";
    assert_eq!(code(&counter.answer(&office, units(whole, "warehouses")).await), "not-told");
    let Told::Givable { rows, .. } = counter.answer(&office, Ask::Givable).await else { panic!("no roles") };
    assert!(rows.iter().any(|row| row.id == whole && row.scope.is_none()), "{rows:?}");
    assert_eq!(code(&counter.answer(&office, units(whole, " ")).await), "no-name");
    assert!(world.requests("administrativeUnits").is_empty(), "nothing is read before it is looked for");
    assert!(found(counter.answer(&office, units(whole, "nowhere")).await).is_empty());
    let rows = found(counter.answer(&office, units(whole, "WARE")).await);
    let [unit] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((unit.name.as_str(), unit.scope.as_deref()), ("Helpdesk Administrator", Some("Warehouses")));
    let end = office.now() + TimeDelta::days(30);
    let step = made(&mut counter, &office, give(&unit.id, &petra, None, end)).await;
    assert_eq!((step.about.as_str(), step.start), ("Petra Nováková, Helpdesk Administrator (Warehouses)", None));
    let held = petras(&office, Kind::DirectoryRole, "").await;
    assert!(held.iter().any(|row| row.scope.as_deref() == Some("Warehouses")), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_in_which_nobody_holds_anything_is_found_by_its_name() {
    let (_world, office, mut counter, petra) = omar(&Kind::ALL).await;
    let find = |text: &str| Ask::FindGroups { text: text.to_owned() };
    assert_eq!(code(&counter.answer(&office, find(" ")).await), "no-name");
    let rows = found(counter.answer(&office, find("endpoint")).await);
    let words: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.scope.as_deref(), row.kind)).collect();
    let either = |word| ("Endpoint Engineers", Some(word), Kind::Group);
    assert_eq!(words, [either("Member"), either("Owner")]);
    // What one search found is not lost by another one.
    assert!(found(counter.answer(&office, find("nobody")).await).is_empty());
    let start = (office.now() + TimeDelta::days(2)).trunc_subsecs(0);
    let end = start + TimeDelta::days(20);
    let step = made(&mut counter, &office, give(&rows[0].id, &petra, Some(start), end)).await;
    assert_eq!((step.start, step.end), (Some(start), Some(end)));
    let group = rows[0].id.split('|').nth(2).expect("a group");
    let held = petras(&office, Kind::Group, group).await;
    let [held] = held.as_slice() else { panic!("{held:?}") };
    assert_eq!((held.start, held.end), (Some(start), Some(end)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_azure_role_is_given_at_a_scope_that_was_unfolded_to() {
    let (world, office, mut counter, petra) = omar(&Kind::ALL).await;
    let roles = |scope: &str| Ask::RolesAt { scope: scope.to_owned() };
    let made_up = "/subscriptions/2e8b6a90-7c1d-4f53-8b29-1a4c9d7e3f02";
    assert_eq!(code(&counter.answer(&office, roles(made_up)).await), "not-told");
    assert_eq!(code(&counter.answer(&office, Ask::Scopes { below: Some(made_up.into()) }).await), "not-told");
    assert!(world.requests("resourcegroups").is_empty() && world.requests("roleDefinitions").is_empty());
    let outermost = scopes(&mut counter, &office, None).await;
    assert_eq!((outermost[0].what.as_str(), outermost[0].foldable), ("management group", false));
    let systems = called(&outermost, "Warehouse Systems");
    assert_eq!((systems.what.as_str(), systems.depth, systems.foldable), ("subscription", 0, true));
    let groups = scopes(&mut counter, &office, Some(systems)).await;
    let names: Vec<&str> = groups.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["rg-scanners-porto", "rg-scanners-rotterdam"]);
    assert!(groups.iter().all(|row| row.what == "resource group" && row.depth == 1), "{groups:?}");
    let resources = scopes(&mut counter, &office, Some(&groups[1])).await;
    let [cluster] = resources.as_slice() else { panic!("{resources:?}") };
    assert_eq!((cluster.what.as_str(), cluster.depth, cluster.foldable), ("Kubernetes cluster", 2, false));
    // What is told of others stays told.
    let rows = found(counter.answer(&office, roles(&groups[0].id)).await);
    assert!(rows.is_sorted_by_key(|row| row.name.to_lowercase()));
    assert!(rows.iter().all(|row| row.scope.as_deref() == Some("rg-scanners-porto")), "{rows:?}");
    let reader = rows.iter().find(|row| row.name == "Reader").expect("a role");
    let end = office.now() + TimeDelta::days(30);
    let step = made(&mut counter, &office, give(&reader.id, &petra, None, end)).await;
    assert_eq!(step.about, "Petra Nováková, Reader (rg-scanners-porto)");
    let held = petras(&office, Kind::AzureResource, &groups[0].id).await;
    assert!(held.iter().any(|row| row.role == "Reader" && row.key.scope_id == groups[0].id), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_is_written_and_one_that_is_none_is_told() {
    let (_world, office, mut counter, petra) = omar(&Kind::ALL).await;
    let write = |path: &str| Ask::WriteScope { path: path.to_owned() };
    for bad in ["", "Production", "/administrativeUnits/x", "/subscriptions/../x"] {
        assert_eq!(code(&counter.answer(&office, write(bad)).await), "no-scope", "{bad}");
    }
    let vault = "/subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01/resourceGroups/rg-erp-prod/providers/\
                 Microsoft.Compute/virtualMachines/vm-erp-01";
    let Told::Scopes { rows } = counter.answer(&office, write(&format!(" {vault}/ "))).await else { panic!("none") };
    let [machine] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((machine.name.as_str(), machine.what.as_str()), ("vm-erp-01", "virtual machine"));
    let rows = found(counter.answer(&office, Ask::RolesAt { scope: machine.id.clone() }).await);
    let reader = rows.iter().find(|row| row.name == "Reader").expect("a role");
    // A start that has come is now, and an end before the start is foreseen.
    let past = office.now() - TimeDelta::hours(1);
    let end = office.now() + TimeDelta::days(3);
    let late = give(&reader.id, &petra, Some(end + TimeDelta::days(1)), end);
    let Told::Plan { steps, .. } = counter.answer(&office, Ask::Plan { change: late }).await else { panic!("none") };
    assert_eq!(steps[0].problem.as_ref().map(|problem| problem.code.as_str()), Some("end-before-start"));
    assert_eq!(made(&mut counter, &office, give(&reader.id, &petra, Some(past), end)).await.start, None);
    // A name that was told before is not lost.
    let outermost = scopes(&mut counter, &office, None).await;
    let production = called(&outermost, "Production").id.to_uppercase().replace("SUBSCRIPTIONS", "subscriptions");
    let Told::Scopes { rows } = counter.answer(&office, write(&production)).await else { panic!("none") };
    assert_eq!(rows[0].name, "Production");
    // One that is not there says so when it is asked.
    let nowhere = "/subscriptions/00000000-0000-4000-8000-000000000000";
    assert!(matches!(counter.answer(&office, write(nowhere)).await, Told::Scopes { .. }));
    let told = counter.answer(&office, Ask::RolesAt { scope: nowhere.into() }).await;
    assert!(matches!(told, Told::Failed { .. }), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_is_not_asked_where_nobody_has_consented_to_it() {
    let (world, office, mut counter, _) = omar(&[Kind::DirectoryRole, Kind::Group]).await;
    let before = world.requests("/subscriptions").len();
    let told = counter.answer(&office, Ask::Scopes { below: None }).await;
    assert_eq!(code(&told), "not-consented", "{told:?}");
    assert_eq!(world.requests("/subscriptions").len(), before);
}

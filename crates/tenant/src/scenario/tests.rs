use std::collections::BTreeSet;

use super::*;

#[test]
fn contoso_is_what_the_tests_expect() {
    let contoso = Scenario::contoso();
    let maya = contoso.user_named("MAYA@contoso.example").unwrap().id;
    assert_eq!(contoso.users.len(), 8);
    let eligible: Vec<_> = contoso
        .eligible
        .iter()
        .filter(|grant| grant.scope.kind() == Kind::Directory && contoso.covers(grant.principal, maya))
        .collect();
    assert_eq!(eligible.len(), 22);
    let policy = |grant: &&Grant| contoso.policy(grant.role, grant.scope).unwrap().clone();
    let count = |test: fn(&Policy) -> bool| eligible.iter().filter(|grant| test(&policy(grant))).count();
    for (what, found) in [
        ("mfa", count(|p| p.mfa)),
        ("no mfa", count(|p| !p.mfa && p.authentication_context.is_none())),
        ("context", count(|p| p.authentication_context.as_deref() == Some("c1"))),
        ("ticket", count(|p| p.ticket)),
        ("approval", count(|p| p.approval)),
        ("nothing", count(|p| !p.justification)),
        ("1 h", count(|p| p.maximum == IsoDuration::hours(1))),
        ("4 h", count(|p| p.maximum == IsoDuration::hours(4))),
        ("8 h", count(|p| p.maximum == IsoDuration::hours(8))),
        ("scoped", eligible.iter().filter(|g| g.scope != Scope::Directory).count()),
        ("through a group", eligible.iter().filter(|g| g.principal != maya).count()),
        ("ends soon", eligible.iter().filter(|g| g.ends == Some(IsoDuration::days(9))).count()),
        ("standing", contoso.assigned.iter().filter(|g| g.principal == maya).count()),
    ] {
        assert!(found >= 1, "Maya has nothing with: {what}");
    }
}

#[test]
fn generated_scenarios_have_as_many_roles_as_asked() {
    let scenario = Scenario::with_roles(1_000);
    let maya = scenario.user_named("maya").unwrap().id;
    assert_eq!(scenario.eligible.iter().filter(|grant| scenario.covers(grant.principal, maya)).count(), 1_000);
    assert!(scenario.eligible.iter().all(|grant| scenario.policy(grant.role, grant.scope).is_some()));
    assert_eq!(scenario, Scenario::with_roles(1_000));
}

#[test]
fn generated_scenarios_of_all_kinds_are_spread_evenly_and_alike_in_every_tenant() {
    let scenario = Scenario::with_kinds(200, 50, 3);
    assert_eq!(scenario.tenants.len(), 2);
    let mut subscriptions = BTreeSet::new();
    for tenant in std::iter::once(&scenario).chain(&scenario.tenants) {
        let maya = tenant.user_named("maya").unwrap().id;
        assert!(tenant.eligible.iter().all(|grant| grant.principal == maya));
        assert!(tenant.eligible.iter().all(|grant| tenant.policy(grant.role, grant.scope).is_some()));
        let of = |kind: Kind| tenant.eligible.iter().filter(move |grant| grant.scope.kind() == kind);
        assert_eq!([Kind::Directory, Kind::Group, Kind::Azure].map(|kind| of(kind).count()), [67, 67, 66]);
        let scopes: BTreeSet<String> = of(Kind::Azure).map(|grant| grant.scope.to_string()).collect();
        assert_eq!(scopes.len(), 50);
        let distinct: BTreeSet<_> = tenant.eligible.iter().map(|grant| (grant.role, grant.scope.to_string())).collect();
        assert_eq!(distinct.len(), 200);
        let levels = |level| tenant.azure.scopes.iter().filter(move |scope| scope.level == level);
        assert_eq!((levels(Level::Subscription).count(), levels(Level::ResourceGroup).count()), (5, 45));
        subscriptions.extend(levels(Level::Subscription).map(|scope| scope.path.clone()));
    }
    assert_eq!(subscriptions.len(), 15, "each tenant's own");
    let maya = scenario.user_named("maya").unwrap().id;
    assert!(scenario.tenants.iter().all(|tenant| tenant.guest(maya).is_some()));
    assert_eq!(scenario, Scenario::with_kinds(200, 50, 3));
}

#[test]
fn generated_assignments_are_as_many_as_asked() {
    let (before, after) = (Scenario::contoso(), Scenario::contoso().and_assignments(5_000));
    let count = |scenario: &Scenario| scenario.eligible.len() + scenario.assigned.len();
    assert_eq!(count(&after) - count(&before), 5_000);
    assert_eq!(after.users.len() - before.users.len(), 1_000);
}

fn error(text: &str) -> String {
    Scenario::parse(text, "mine.toml").unwrap_err().to_string()
}

const START: &str = "name = 'x'\n[organization]\ntenant-id = 'f38b2ffc-80a4-4f5a-91c9-bc701e7ea419'\n\
                     display-name = 'X'\ndomain = 'x.example'\n";

#[test]
fn mistakes_are_named_with_file_line_and_reason() {
    let unknown_field = error(&format!("{START}[switches]\nacrs-requires-cp2 = true\n"));
    assert!(unknown_field.starts_with("mine.toml, line 7: unknown field `acrs-requires-cp2`"), "{unknown_field}");

    let syntax = error("name = 'x'\n[organization\n");
    assert!(syntax.starts_with("mine.toml, line 2: "), "{syntax}");

    let role = "[[roles]]\nid = '62e90394-69f5-4237-9190-012177145e10'\ndisplay-name = 'GA'\npolicy = 'nope'\n";
    let no_policy = error(&format!("{START}{role}"));
    assert_eq!(no_policy, "mine.toml, line 9: there is no policy \"nope\"");

    let policy = "[policies.nope]\nmaximum = '8 hours'\n";
    let no_duration = error(&format!("{START}{policy}"));
    assert!(no_duration.starts_with("mine.toml, line 7: \"8 hours\" is not an ISO 8601 duration"), "{no_duration}");

    let policy = "[policies.nope]\nmaximum = 'PT8H'\n";
    let grant = "[[eligible]]\nprincipal = 'nobody'\nrole = 'GA'\n";
    let nobody = error(&format!("{START}{policy}{role}{grant}"));
    assert_eq!(nobody, "mine.toml, line 13: \"nobody\" is neither a user's username nor a group's name");

    let twice = error(&format!("{START}{policy}{role}{role}"));
    assert!(twice.starts_with("mine.toml, line 12: the id 62e90394"), "{twice}");
}

#[test]
fn a_missing_file_is_named() {
    let error = Scenario::read(Path::new("/nowhere/at/all.toml")).unwrap_err().to_string();
    assert!(error.starts_with("the scenario file /nowhere/at/all.toml cannot be read: "), "{error}");
}

#[test]
fn scopes_are_read_in_any_case_and_written_as_graph_writes_them() {
    let scope = Scope::try_from("/AdministrativeUnits/E4163207-D094-4996-82F0-EE99731C9452".to_owned()).unwrap();
    assert_eq!(scope.to_string(), "/administrativeUnits/e4163207-d094-4996-82f0-ee99731c9452");
    for bad in ["", "x", "/x", "/groups/e4163207-d094-4996-82f0-ee99731c9452", "//"] {
        assert!(Scope::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}

#[test]
fn the_documentation_is_right() {
    let page = include_str!("../../../../docs/SCENARIOS.md");
    let (_, example) = page.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    Scenario::parse(example, "SCENARIOS.md").unwrap();

    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")).filter(|row| !row.starts_with("[switches]"));
    let mut switches = String::new();
    for row in rows {
        let mut cells = row.split('`');
        let (name, default) = (cells.next().unwrap(), cells.nth(1).unwrap());
        switches.extend([name, " = ", default, "\n"]);
    }
    let documented: toml::Table = toml::from_str(&switches).unwrap();
    assert_eq!(documented, toml::Table::try_from(Switches::default()).unwrap());
}

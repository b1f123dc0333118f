//! Groups and Azure, where they differ from directory roles.

use super::*;

fn group(bench: &Bench, name: &str) -> Scope {
    Scope::Group(bench.scenario.groups.iter().find(|group| group.display_name == name).unwrap().id)
}

fn azure(bench: &Bench, name: &str) -> Scope {
    Scope::Azure(bench.scenario.azure.scopes.iter().find(|scope| scope.display_name == name).unwrap().id)
}

fn of_azure(bench: &Bench, role: &str, scope: &str) -> Submission {
    let role = bench.scenario.azure.roles.iter().find(|known| known.display_name == role).unwrap().id;
    Submission { role, scope: azure(bench, scope), ..bench.activation("User Administrator") }
}

#[test]
fn a_membership_brings_what_the_group_holds_as_long_as_it_lasts() {
    let mut bench = Bench::contoso();
    let scope = group(&bench, "Identity Operators");
    let member = Submission { role: Access::Member.role(), scope, ..bench.activation("User Administrator") };
    let licences = bench.role("License Administrator");
    let (maya, actor) = (bench.user("maya"), bench.actor("maya"));
    let request = bench.submit(&actor, &member).unwrap();
    assert_eq!(request.status, Status::PendingProvisioning);
    assert_eq!(bench.submit(&actor, &member), Err(Refusal::Pending));
    assert!(!bench.state.holds(&bench.scenario, maya, licences, bench.now));
    bench.pass(1);
    assert_eq!(bench.status(&request), Status::Provisioned);
    assert!(bench.state.holds(&bench.scenario, maya, licences, bench.now));
    assert_eq!(bench.submit(&actor, &member), Err(Refusal::Exists));
    assert!(bench.state.holds(&bench.scenario, maya, licences, bench.now), "a repetition takes nothing away");
    bench.pass(60);
    assert!(!bench.state.holds(&bench.scenario, maya, licences, bench.now));
    // Who belongs to the group without an activation stays in it.
    assert!(bench.state.holds(&bench.scenario, bench.user("omar"), licences, bench.now));
}

#[test]
fn azure_activates_below_an_eligibility_and_nowhere_else() {
    let mut bench = Bench::contoso();
    let actor = bench.actor("maya");
    for (role, scope, fits) in [
        ("Contributor", "rg-scanners-porto", true),
        ("Reader", "kv-erp-prod", true),
        ("Reader", "rg-hub-network", false),
        ("Network Contributor", "Connectivity", false),
        ("Scanner Fleet Operator", "rg-scanners-rotterdam", true),
    ] {
        let submission = of_azure(&bench, role, scope);
        let outcome = bench.submit(&actor, &submission);
        assert_eq!(outcome.is_ok(), fits, "{role} at {scope}: {outcome:?}");
    }
}

#[test]
fn azure_settles_and_lingers_by_the_second() {
    let mut bench = Bench::contoso();
    let actor = bench.actor("maya");
    let activate = of_azure(&bench, "Contributor", "Warehouse Systems");
    let end = Submission { action: Action::SelfDeactivate, schedule: None, ..activate.clone() };
    bench.submit(&actor, &activate).unwrap();
    let after = |bench: &mut Bench, seconds: i64| bench.now += TimeDelta::seconds(seconds);
    after(&mut bench, 59);
    assert_eq!(bench.submit(&actor, &end), Err(Refusal::DoesNotExist));
    after(&mut bench, 1);
    assert_eq!(bench.submit(&actor, &end), Err(Refusal::TooShort));
    after(&mut bench, 240);
    bench.submit(&actor, &end).unwrap();
    assert_eq!(bench.state.ghosts(&bench.scenario, bench.now).count(), 1);
    after(&mut bench, 99);
    assert_eq!(bench.submit(&actor, &activate), Err(Refusal::Exists));
    after(&mut bench, 1);
    bench.submit(&actor, &activate).unwrap();
    after(&mut bench, 80);
    assert_eq!(bench.state.ghosts(&bench.scenario, bench.now).count(), 0);
}

#[test]
fn a_condition_is_the_eligibility_s_whatever_the_caller_says() {
    let mut bench = Bench::contoso();
    let asked = Submission {
        condition: Some("anything".to_owned()),
        ..of_azure(&bench, "Storage Blob Data Owner", "stcontosoarchive")
    };
    let request = bench.submit(&bench.actor("maya"), &asked).unwrap();
    assert!(request.condition.unwrap().contains("waybills"));
}

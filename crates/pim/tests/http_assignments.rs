//! Who holds what, and giving and taking it, over HTTP against the simulated tenant.

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    api::Way,
    auth::Tokens,
    cloud::SEARCH_UNITS,
    manage::{
        Office,
        assignments::{Change, Done, End, Held, Places, last},
        policy::{Difference, Named, differences},
    },
    model::{AdminAction, Holding, Kind, Principal, PrincipalKind, RoleKey, Side},
};
use serde_json::{Value, json};
use support::{World, counting_robot, robot};
use tenant::{Scenario, faults::Fault, robot::Person};

fn contoso() -> Scenario {
    let mut scenario = Scenario::contoso();
    // Tokens for errands are had without anybody being asked.
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    scenario
}

fn office(world: &World, tokens: &Tokens, user: &str) -> Office {
    let asked = Kind::ALL.to_vec();
    Office::new(world.net.clone(), tokens.clone(), World::registration().client_id, asked, robot(Person::new(user)))
}

async fn office_of(world: &World, user: &str) -> Office {
    let tokens = world.sign_in_to_azure(user).await;
    office(world, &tokens, user)
}

async fn omar() -> (World, Office) {
    let world = World::of(contoso()).await;
    let office = office_of(&world, "omar").await;
    (world, office)
}

async fn held(office: &Office, kind: Kind, places: &Places) -> Vec<Holding> {
    let mut all = office.holdings(&[kind], &Side::ALL, places).await;
    let Held { found, missing, .. } = all.remove(0);
    assert!(missing.is_empty(), "{missing:?}");
    found.expect("answered")
}

async fn directory(office: &Office) -> Vec<Holding> {
    held(office, Kind::DirectoryRole, &Places::default()).await
}

fn of<'a>(all: &'a [Holding], person: &str, role: &str, side: Side) -> Vec<&'a Holding> {
    let is = |held: &&Holding| held.principal.name.as_deref() == Some(person) && held.role == role && held.side == side;
    all.iter().filter(is).collect()
}

fn principal(world: &World, user: &str) -> Principal {
    let user = world.tenant.app().scenario.user_named(user).expect("somebody").clone();
    Principal {
        id: user.id.to_string(),
        name: Some(user.display_name),
        username: Some(user.user_principal_name),
        kind: Some(PrincipalKind::User),
    }
}

fn role(world: &World, name: &str) -> (RoleKey, String, Option<String>) {
    let roles = &world.tenant.app().scenario.roles;
    let role = roles.iter().find(|role| role.display_name == name).unwrap_or_else(|| panic!("no role {name}"));
    (RoleKey::directory(role.id.to_string(), "/"), name.to_owned(), None)
}

fn after(world: &World, days: i64) -> End {
    End::At(world.net.clock().now() + TimeDelta::days(days))
}

fn give(world: &World, side: Side, user: &str, name: &str, end: End) -> Change {
    Change::giving(side, role(world, name), principal(world, user), (None, end), "Joins the service desk")
}

async fn done(office: &Office, changes: &[Change]) {
    for outcome in office.change(changes).await {
        assert!(!outcome.expect("done").looked_up);
    }
}

fn writes(world: &World, path: &str) -> usize {
    world.requests(path).into_iter().filter(|entry| entry.method != "GET").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_what_is_told_with_names_scopes_and_ends() {
    let (_world, office) = omar().await;
    let all = directory(&office).await;
    let omar = of(&all, "Omar Haddad", "Privileged Role Administrator", Side::Active);
    assert_eq!(omar.len(), 1);
    assert!(omar[0].permanent() && !omar[0].activated && omar[0].scope.is_none());
    assert_eq!(omar[0].principal.kind, Some(PrincipalKind::User));
    let maya = of(&all, "Maya Lindqvist", "Global Administrator", Side::Eligible);
    assert!(maya[0].end.is_some_and(|end| end > office.now()), "{maya:?}");
    let scopes: Vec<Option<&str>> = of(&all, "Maya Lindqvist", "User Administrator", Side::Eligible)
        .into_iter()
        .map(|held| held.scope.as_deref())
        .collect();
    assert_eq!(scopes, [None, Some("Branch Offices Iberia")]);
    let group = of(&all, "Endpoint Engineers", "Intune Administrator", Side::Eligible);
    assert_eq!(group[0].principal.kind, Some(PrincipalKind::Group));
    let risks = last::risks(&all, office.now());
    let told: Vec<_> = risks.iter().map(|risk| (risk.role.as_str(), risk.only.as_deref())).collect();
    assert_eq!(
        told,
        [("Global Administrator", Some("Emergency Access")), ("Privileged Role Administrator", Some("Omar Haddad"))]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_read_it_is_told_so() {
    let world = World::of(contoso()).await;
    let office = office_of(&world, "tomasz").await;
    let all = office.holdings(&[Kind::DirectoryRole], &Side::ALL, &Places::default()).await;
    let problem = all[0].found.as_ref().expect_err("no administrator");
    assert_eq!(problem.code, "Authorization_RequestDenied");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_moved_and_taken_away() {
    let (world, office) = omar().await;
    for side in Side::ALL {
        let give = give(&world, side, "tomasz", "Groups Administrator", after(&world, 20));
        let known = office.concerned(std::slice::from_ref(&give)).await.expect("read");
        assert_eq!(office.foresee(std::slice::from_ref(&give), &known).await, [None]);
        office.permit_changes(std::slice::from_ref(&give)).await.expect("permitted");
        assert_eq!(office.rehearse(std::slice::from_ref(&give)).await, [Ok(())]);
        let all = directory(&office).await;
        assert!(of(&all, "Tomasz Wójcik", "Groups Administrator", side).is_empty(), "a rehearsal changes nothing");
        assert_eq!(office.change(std::slice::from_ref(&give)).await, [Ok(Done { looked_up: false, pending: false })]);
        let all = directory(&office).await;
        let made = of(&all, "Tomasz Wójcik", "Groups Administrator", side);
        assert_eq!(made.len(), 1);
        let foreseen = office.foresee(&[give], &all).await.remove(0).expect("there already");
        assert_eq!(foreseen.code, "assignment-exists");

        for (days, action) in [(40, AdminAction::Extend), (1, AdminAction::Update)] {
            let all = directory(&office).await;
            let now = of(&all, "Tomasz Wójcik", "Groups Administrator", side)[0];
            let moved = Change::moving(now, after(&world, days), "Still there");
            assert_eq!(moved.action, action);
            assert_eq!(office.foresee(std::slice::from_ref(&moved), &all).await, [None]);
            done(&office, std::slice::from_ref(&moved)).await;
            let all = directory(&office).await;
            let end = of(&all, "Tomasz Wójcik", "Groups Administrator", side)[0].end.expect("an end");
            let asked = moved.end.at().expect("an end");
            assert!((end - asked).abs() <= TimeDelta::seconds(1), "{end} {asked}");
        }
        let all = directory(&office).await;
        let taken = Change::taking(of(&all, "Tomasz Wójcik", "Groups Administrator", side)[0], "Leaves");
        done(&office, std::slice::from_ref(&taken)).await;
        assert!(of(&directory(&office).await, "Tomasz Wójcik", "Groups Administrator", side).is_empty());
        let twice = office.change(&[taken]).await.remove(0).expect_err("gone");
        assert_eq!(
            (twice.code.as_str(), twice.message.as_str()),
            ("RoleAssignmentDoesNotExist", "They do not have it (any more).")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_leave_in_one_batch_for_each_token() {
    let (world, office) = omar().await;
    let names = ["Groups Administrator", "License Administrator", "Reports Reader"];
    let mut changes: Vec<Change> =
        names.iter().map(|name| give(&world, Side::Eligible, "ines", name, after(&world, 20))).collect();
    changes.push(give(&world, Side::Active, "tomasz", "Reports Reader", after(&world, 20)));
    changes.push(give(&world, Side::Active, "ines", "Security Reader", after(&world, 20)));
    let before = (writes(&world, "$batch"), writes(&world, "ScheduleRequests"));
    let known = office.concerned(&changes).await.expect("read");
    assert!(office.foresee(&changes, &known).await.iter().all(Option::is_none));
    let outcomes = office.change(&changes).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    // One more reads the policies.
    assert_eq!(writes(&world, "$batch") - before.0, 3);
    assert_eq!(writes(&world, "ScheduleRequests"), before.1, "none by itself");
    let all = directory(&office).await;
    for name in names {
        assert_eq!(of(&all, "Inês Carvalho", name, Side::Eligible).len(), 1, "{name}");
    }
    assert_eq!(of(&all, "Tomasz Wójcik", "Reports Reader", Side::Active).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_to_come_is_listed_and_can_be_taken_back() {
    let (world, office) = omar().await;
    let now = world.net.clock().now();
    let later = Change {
        start: Some(now + TimeDelta::days(2)),
        ..give(&world, Side::Active, "tomasz", "Groups Administrator", after(&world, 20))
    };
    assert_eq!(office.change(&[later]).await, [Ok(Done { looked_up: false, pending: true })]);
    let all = directory(&office).await;
    let made = of(&all, "Tomasz Wójcik", "Groups Administrator", Side::Active);
    assert!(made.len() == 1 && !made[0].in_effect(now), "{made:?}");
    done_or_pending(&office, &Change::taking(made[0], "Not after all")).await;
    assert!(of(&directory(&office).await, "Tomasz Wójcik", "Groups Administrator", Side::Active).is_empty());
}

async fn done_or_pending(office: &Office, change: &Change) {
    office.change(std::slice::from_ref(change)).await.remove(0).expect("done");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_policy_forbids_is_said_before_it_is_sent_as_the_service_says_it() {
    let (world, office) = omar().await;
    let role = "Exchange Recipient Administrator";
    let bare = |side, end| Change { reason: String::new(), ..give(&world, side, "tomasz", role, end) };
    for (change, ours, theirs) in [
        (give(&world, Side::Active, "tomasz", role, End::Permanent), "policy-permanent", "ExpirationRule"),
        (give(&world, Side::Active, "tomasz", role, after(&world, 31)), "policy-duration", "ExpirationRule"),
        (bare(Side::Eligible, End::Permanent), "no-reason", "JustificationRule"),
    ] {
        let change = std::slice::from_ref(&change);
        let foreseen = office.foresee(change, &[]).await.remove(0).expect("forbidden");
        assert_eq!(foreseen.code, ours);
        let said = office.rehearse(change).await.remove(0).expect_err("forbidden");
        assert!(
            said.code == theirs || said.detail.as_deref().is_some_and(|detail| detail.contains(theirs)),
            "{said:?}"
        );
    }
    let allowed = give(&world, Side::Eligible, "tomasz", role, End::Permanent);
    assert_eq!(office.foresee(std::slice::from_ref(&allowed), &[]).await, [None]);
    assert_eq!(office.rehearse(&[allowed]).await, [Ok(())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_is_foreseen_and_refused_as_the_service_does() {
    let (world, office) = omar().await;
    for (person, role) in
        [("Emergency Access", "Global Administrator"), ("Omar Haddad", "Privileged Role Administrator")]
    {
        let all = directory(&office).await;
        let change = Change::taking(of(&all, person, role, Side::Active)[0], "Leaves");
        let known = office.concerned(std::slice::from_ref(&change)).await.expect("read");
        let foreseen = office.foresee(std::slice::from_ref(&change), &known).await.remove(0).expect("the last");
        assert_eq!(foreseen.code, last::LAST_ADMINISTRATOR);
        assert!(foreseen.message.contains(person) && foreseen.message.contains(role), "{foreseen}");
        for refused in [
            office.rehearse(std::slice::from_ref(&change)).await.remove(0).map(|()| None),
            office.change(std::slice::from_ref(&change)).await.remove(0).map(Some),
        ] {
            assert_eq!(refused.expect_err("the last").code, "CannotDeleteLastAdminAssignment");
        }
        // Another one makes room.
        done(&office, &[give(&world, Side::Active, "tomasz", role, after(&world, 20))]).await;
        let known = office.concerned(std::slice::from_ref(&change)).await.expect("read");
        assert_eq!(office.foresee(std::slice::from_ref(&change), &known).await, [None]);
        done(&office, &[change]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_lost_answer_it_is_looked_up_and_nothing_is_sent_twice() {
    let (world, office) = omar().await;
    let change = give(&world, Side::Active, "tomasz", "Groups Administrator", after(&world, 20));
    world.fault_on(Some("POST"), "roleAssignmentScheduleRequests", 1, Fault::DropAfter);
    let before = writes(&world, "roleAssignmentScheduleRequests");
    assert_eq!(office.change(std::slice::from_ref(&change)).await, [Ok(Done { looked_up: true, pending: false })]);
    assert_eq!(writes(&world, "roleAssignmentScheduleRequests") - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_eligibility_takes_a_permission_of_its_own_which_is_asked_for_once() {
    let world = World::of(Scenario::contoso()).await;
    let tokens = world.sign_in("omar").await;
    let (browser, opened) = counting_robot(Person::new("omar"));
    let office =
        Office::new(world.net.clone(), tokens, World::registration().client_id, vec![Kind::DirectoryRole], browser);
    let opened = || opened.load(std::sync::atomic::Ordering::SeqCst);
    let active = give(&world, Side::Active, "tomasz", "Groups Administrator", after(&world, 20));
    office.permit_changes(std::slice::from_ref(&active)).await.expect("the session's own");
    assert_eq!(opened(), 0);
    let eligible = give(&world, Side::Eligible, "tomasz", "Groups Administrator", after(&world, 20));
    for _ in 0..2 {
        office.permit_changes(std::slice::from_ref(&eligible)).await.expect("asked for");
        assert_eq!(opened(), 1);
    }
    assert_eq!(
        Way::of(Kind::DirectoryRole, Side::Eligible),
        Way::Graph(Some("RoleEligibilitySchedule.ReadWrite.Directory"))
    );
    done(&office, &[active, eligible]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stronger_sign_in_is_gone_through_once() {
    let mut scenario = contoso();
    let policy = scenario.policies.get_mut("mfa").expect("a policy");
    policy.assignment_enablement.mfa = true;
    policy.eligibility_enablement.mfa = true;
    let world = World::of(scenario).await;
    let tokens = world.sign_in("omar").await;
    let (browser, opened) = counting_robot(Person::new("omar"));
    let office =
        Office::new(world.net.clone(), tokens, World::registration().client_id, vec![Kind::DirectoryRole], browser);
    for side in Side::ALL {
        let changes = ["Groups Administrator", "Teams Administrator"]
            .map(|name| give(&world, side, "tomasz", name, after(&world, 20)));
        done(&office, &changes).await;
    }
    assert_eq!(opened.load(std::sync::atomic::Ordering::SeqCst), 2, "once for each token");
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_asked_about_one_by_one() {
    let (world, office) = omar().await;
    let all = held(&office, Kind::Group, &Places::default()).await;
    assert!(
        all.iter().any(|held| held.role == "Identity Operators" && held.scope.as_deref() == Some("Owner")),
        "{all:?}"
    );
    let group =
        world.tenant.app().scenario.groups.iter().find(|group| group.display_name == "Payroll Readers").cloned();
    let group = group.expect("a group").id.to_string();
    let places = Places { groups: vec![group.clone()], ..Places::default() };
    let key = RoleKey::in_group(group.as_str(), "member");
    let change = |end| {
        let role = (key.clone(), "Payroll Readers".to_owned(), Some("Member".to_owned()));
        Change::giving(Side::Eligible, role, principal(&world, "sven"), (None, end), "Covers for a colleague")
    };
    let forever = [change(End::Permanent)];
    let (foreseen, said) = (office.foresee(&forever, &[]).await.remove(0), office.rehearse(&forever).await.remove(0));
    assert_eq!(foreseen.is_none(), said.is_ok(), "{foreseen:?} {said:?}");
    done_or_pending(&office, &change(after(&world, 30))).await;
    let all = held(&office, Kind::Group, &places).await;
    let made = of(&all, "Sven Aldous", "Payroll Readers", Side::Eligible);
    assert_eq!(made.len(), 1);
    done_or_pending(&office, &Change::taking(made[0], "Over")).await;
    assert!(
        of(&held(&office, Kind::Group, &places).await, "Sven Aldous", "Payroll Readers", Side::Eligible).is_empty()
    );
    // Both owners may not go.
    let owners: Vec<Change> = all
        .iter()
        .filter(|held| held.side == Side::Active && held.key.role_definition_id == "owner")
        .map(|held| Change::taking(held, "Leaves"))
        .collect();
    assert_eq!(owners.len(), 2);
    let foreseen = office.foresee(&owners, &all).await;
    assert_eq!(foreseen.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_roles_are_given_at_their_scopes() {
    let (world, office) = omar().await;
    let scopes = office.sources().azure.administered().await.expect("seen");
    let production = scopes.iter().find(|scope| scope.name == "Production").expect("a subscription").clone();
    let roles = office.sources().azure.roles_at(&production.id).await.expect("read");
    let (reader, _) = roles.iter().find(|(_, name)| name == "Monitoring Reader").expect("a role").clone();
    let key = RoleKey::azure(reader, &production.id);
    let names = (key, "Monitoring Reader".to_owned(), Some("Production".to_owned()));
    for side in Side::ALL {
        let give =
            Change::giving(side, names.clone(), principal(&world, "tomasz"), (None, after(&world, 20)), "On call");
        let give = std::slice::from_ref(&give);
        let known = office.concerned(give).await.expect("read");
        assert_eq!(office.foresee(give, &known).await, [None]);
        assert_eq!(office.rehearse(give).await, [Ok(())]);
        let places = Places { scopes: vec![production.id.clone()], ..Places::default() };
        let all = held(&office, Kind::AzureResource, &places).await;
        assert!(of(&all, "Tomasz Wójcik", "Monitoring Reader", side).is_empty());
        done(&office, give).await;
        let all = held(&office, Kind::AzureResource, &Places::default()).await;
        let made = of(&all, "Tomasz Wójcik", "Monitoring Reader", side);
        assert_eq!(made.len(), 1, "each once, though several scopes tell of it");
        done(&office, &[Change::moving(made[0], after(&world, 40), "Longer")]).await;
        done(&office, &[Change::taking(made[0], "Over")]).await;
        let all = held(&office, Kind::AzureResource, &places).await;
        assert!(of(&all, "Tomasz Wójcik", "Monitoring Reader", side).is_empty());
    }
    let all = held(&office, Kind::AzureResource, &Places::default()).await;
    let owner = of(&all, "Omar Haddad", "Owner", Side::Active);
    let change = Change::taking(owner[0], "Leaves");
    let foreseen = office.foresee(std::slice::from_ref(&change), &all).await.remove(0).expect("the last");
    assert_eq!(foreseen.code, last::LAST_ADMINISTRATOR);
    assert_eq!(
        office.rehearse(&[change]).await.remove(0).expect_err("the last").code,
        "CannotDeleteLastAdminAssignment"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_groups_and_applications_are_found_by_their_names() {
    let (world, office) = omar().await;
    let find = async |kind: PrincipalKind, text: &str| {
        let found = office.sources().find_principals(kind, text).await.expect("found");
        assert!(!found.more);
        found.principals.into_iter().map(|one| one.name.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(find(PrincipalKind::User, "carvalho").await, ["Inês Carvalho"]);
    assert_eq!(find(PrincipalKind::User, "tomasz@contoso").await, ["Tomasz Wójcik"]);
    assert_eq!(find(PrincipalKind::Group, "on-call").await, ["On-Call Rota"]);
    assert_eq!(find(PrincipalKind::ServicePrincipal, "ware").await, ["Warehouse Sync"]);
    for odd in ["", "\"", "nobody\" OR \"displayName:a", "&$filter=x"] {
        assert!(find(PrincipalKind::User, odd).await.is_empty(), "{odd}");
    }
    let id = principal(&world, "ines").id;
    assert_eq!(find(PrincipalKind::User, &id).await, ["Inês Carvalho"]);
    office.permit(SEARCH_UNITS).await.expect("permitted");
    let units = office.sources().units().await.expect("read");
    assert!(units.iter().any(|unit| unit.name == "Warehouses" && unit.id.starts_with("/administrativeUnits/")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_listed_twice_and_an_end_far_away_are_no_trouble() {
    let (world, office) = omar().await;
    let far: DateTime<Utc> = "9999-12-31T23:59:59Z".parse().expect("an instant");
    let change = give(&world, Side::Eligible, "tomasz", "Reports Reader", End::At(far));
    let outcome = office.change(&[change]).await.remove(0);
    assert!(outcome.is_ok(), "{outcome:?}");
    let all = directory(&office).await;
    assert_eq!(of(&all, "Tomasz Wójcik", "Reports Reader", Side::Eligible)[0].end, Some(far));
}

/// A role's policy, and what is different from it in these rules.
async fn compared(office: &Office, key: &RoleKey, wanted: &[Value]) -> (Named, Vec<Difference>) {
    let policy = office.policies(std::slice::from_ref(key)).await.remove(0).expect("read");
    let found = differences(&policy, wanted);
    (Named { key: key.clone(), role: "Teams Administrator".into(), scope: None, policy }, found)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_policy_each_rule_is_taken_or_not_and_only_what_differs_is_sent() {
    let (world, office) = omar().await;
    let (key, ..) = role(&world, "Teams Administrator");
    let wanted = [
        json!({ "id": "Expiration_EndUser_Assignment", "isExpirationRequired": true, "maximumDuration": "PT2H" }),
        json!({ "id": "Enablement_EndUser_Assignment", "enabledRules": ["Luck"] }),
        json!({ "id": "AuthenticationContext_EndUser_Assignment", "isEnabled": false }),
    ];
    let (named, found) = compared(&office, &key, &wanted).await;
    assert_eq!(found.len(), 2, "the context is as it should be");
    let applied = office.apply_policy(&named, &found).await;
    let said: Vec<_> =
        applied.iter().map(|rule| rule.outcome.as_ref().map_err(|problem| problem.code.as_str())).collect();
    assert_eq!(said, [Ok(&false), Err("InvalidPolicy")]);
    let (_, left) = compared(&office, &key, &wanted).await;
    assert_eq!(left.iter().map(|left| left.rule.as_str()).collect::<Vec<_>>(), ["Enablement_EndUser_Assignment"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_whose_answer_is_lost_is_looked_up() {
    let (world, office) = omar().await;
    let (key, ..) = role(&world, "Teams Administrator");
    let wanted = [json!({ "id": "Expiration_EndUser_Assignment", "maximumDuration": "PT2H" })];
    for (fault, expected) in [(Fault::DropBefore, None), (Fault::DropAfter, Some(true))] {
        let (named, found) = compared(&office, &key, &wanted).await;
        world.fault_on(Some("POST"), "$batch", 1, fault);
        let outcome = office.apply_policy(&named, &found).await.remove(0).outcome;
        assert_eq!(outcome.ok(), expected);
    }
}

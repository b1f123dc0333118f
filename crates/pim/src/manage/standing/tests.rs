use chrono::{DateTime, TimeDelta, Utc};

use super::{Advice, Facts, STALE_AFTER, judge};
use crate::{
    manage::assignments::{End, last},
    model::{
        Action, ActivationRequest, AdminAction, Holding, Kind, MemberType, Principal, PrincipalKind, RequestStatus,
        RoleKey, Side,
    },
};

const READER: &str = "F2EF992C-3afb-46b9-b7cf-a126ee74c451";
const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

fn named(name: &str, kind: PrincipalKind) -> Principal {
    Principal { id: name.to_lowercase(), name: Some(name.into()), username: None, kind: Some(kind) }
}

fn who(name: &str) -> Principal {
    named(name, PrincipalKind::User)
}

fn group(name: &str) -> Principal {
    named(name, PrincipalKind::Group)
}

fn held(principal: Principal, key: RoleKey, side: Side) -> Holding {
    Holding {
        id: format!("{}-{}-{side:?}", principal.id, key.role_definition_id),
        key,
        side,
        role: "A role".into(),
        scope: None,
        principal,
        activated: false,
        member_type: MemberType::Direct,
        start: Some(now() - TimeDelta::days(200)),
        end: None,
        status: None,
        created: None,
    }
}

fn privileged() -> RoleKey {
    RoleKey::directory("priv", "/")
}

fn facts(held: Vec<Holding>) -> Facts {
    let privileged = ["priv", last::GLOBAL_ADMINISTRATOR].map(str::to_owned).into();
    Facts { held, privileged: Some(privileged), remembered: Kind::ALL.into(), ..Facts::default() }
}

fn activation(person: &str, key: RoleKey, days: i64) -> ActivationRequest {
    ActivationRequest {
        principal_id: Some(person.to_uppercase()),
        created: Some(now() - TimeDelta::days(days)),
        ..ActivationRequest::new("r", key, Action::SelfActivate, RequestStatus::Provisioned)
    }
}

#[test]
fn what_is_privileged_and_there_for_good_stands_out() {
    let active = |key| held(who("Maya"), key, Side::Active);
    let azure = |role: &str| RoleKey::azure(format!("/providers/x/roleDefinitions/{role}"), "/subscriptions/s");
    let shown = [privileged(), RoleKey::in_group("g", "member"), azure(&OWNER.to_uppercase())];
    let hidden = [
        held(who("Maya"), privileged(), Side::Eligible),
        active(RoleKey::directory(READER, "/")),
        active(azure("reader")),
        Holding { activated: true, ..active(privileged()) },
        Holding { end: Some(now() + TimeDelta::days(1)), ..active(privileged()) },
        Holding { start: Some(now() + TimeDelta::days(1)), ..active(privileged()) },
        Holding { member_type: MemberType::Group, ..active(privileged()) },
    ];
    let all = shown.iter().map(|key| active(key.clone())).chain(hidden).collect();
    let report = judge(&facts(all), STALE_AFTER, now());
    let found: Vec<&RoleKey> = report.permanent.iter().map(|permanent| &permanent.held.key).collect();
    assert_eq!(found, shown.iter().collect::<Vec<_>>());
    // Where nobody tells which roles are privileged, each is looked at.
    let unknown = Facts { privileged: None, ..facts(vec![active(RoleKey::directory(READER, "/"))]) };
    assert_eq!(judge(&unknown, STALE_AFTER, now()).permanent.len(), 1);
}

#[test]
fn an_eligibility_is_proposed_but_not_to_applications_and_emergency_accounts() {
    let global = || RoleKey::directory(last::GLOBAL_ADMINISTRATOR, "/");
    let advice = |all: Vec<Holding>| judge(&facts(all), STALE_AFTER, now()).permanent.remove(0).advice;
    let active = held(who("Maya"), privileged(), Side::Active);
    let Advice::Replace(replacement) = advice(vec![active.clone()]) else { panic!("kept") };
    let eligible = replacement.eligible.expect("not eligible yet");
    assert_eq!((eligible.side, eligible.end, &eligible.key), (Side::Eligible, End::Permanent, &active.key));
    assert_eq!(replacement.removal.before, Some(active.clone()));

    let already = held(who("Maya"), privileged(), Side::Eligible);
    let Advice::Replace(replacement) = advice(vec![active.clone(), already.clone()]) else { panic!("kept") };
    assert_eq!(replacement.eligible, None);
    // One that ends is there for longer then.
    let ending = Holding { end: Some(now() + TimeDelta::days(3)), ..already };
    let Advice::Replace(replacement) = advice(vec![active, ending.clone()]) else { panic!("kept") };
    let moved = replacement.eligible.expect("moved");
    assert_eq!((moved.action, moved.end, moved.before), (AdminAction::Extend, End::Permanent, Some(ending)));

    let app = held(named("Sync", PrincipalKind::ServicePrincipal), privileged(), Side::Active);
    assert!(matches!(advice(vec![app.clone()]), Advice::Keep(why) if why.contains("application")));
    let emergency = |name: &str| held(who(name), global(), Side::Active);
    let app = Holding { key: global(), ..app };
    assert!(matches!(advice(vec![emergency("A"), app]), Advice::Keep(why) if why.contains("only one has")));
    assert!(matches!(advice(vec![emergency("A"), emergency("B")]), Advice::Keep(why) if why.contains("and two have")));
    // Nobody tells which of three are those for emergencies.
    let three = ["A", "B", "C"].map(emergency).to_vec();
    assert!(matches!(advice(three), Advice::Keep(why) if why.contains("3 have: decide")));
}

#[test]
fn what_nobody_activates_is_stale() {
    let eligible = held(who("Maya"), privileged(), Side::Eligible);
    let stale = |facts: &Facts| judge(facts, STALE_AFTER, now()).stale;
    let alone = facts(vec![eligible.clone()]);
    assert_eq!(stale(&alone)[0].last, None);
    let used = |days| Facts { activations: vec![activation("Maya", privileged(), days)], ..alone.clone() };
    assert!(stale(&used(89)).is_empty());
    assert_eq!(stale(&used(91))[0].last, Some(now() - TimeDelta::days(91)));
    for other in [activation("Ines", privileged(), 1), activation("Maya", RoleKey::directory("priv", "/a"), 1)] {
        assert_eq!(stale(&Facts { activations: vec![other.clone()], ..alone.clone() }).len(), 1, "{other:?}");
    }
    let refused = ActivationRequest { status: RequestStatus::Denied, ..activation("Maya", privileged(), 1) };
    assert_eq!(stale(&Facts { activations: vec![refused], ..alone.clone() }).len(), 1);
    // Nothing is said where nothing is remembered, or of what is too young.
    assert!(stale(&Facts { remembered: [].into(), ..alone }).is_empty());
    let young = Holding { start: Some(now() - TimeDelta::days(89)), ..eligible };
    assert!(stale(&facts(vec![young])).is_empty());
    // A narrower scope of Azure will do.
    let at = |scope: &str| RoleKey::azure(format!("/x/roleDefinitions/{OWNER}"), scope);
    let azure = facts(vec![held(who("Maya"), at("/subscriptions/s"), Side::Eligible)]);
    let below = activation("Maya", at("/Subscriptions/S/resourceGroups/r"), 1);
    assert!(stale(&Facts { activations: vec![below], ..azure.clone() }).is_empty());
    let beside = activation("Maya", at("/subscriptions/s2"), 1);
    assert_eq!(stale(&Facts { activations: vec![beside], ..azure }).len(), 1);
}

#[test]
fn a_group_s_eligibility_is_used_by_its_members() {
    let eligible = held(group("Outer"), privileged(), Side::Eligible);
    let members = [("outer".to_owned(), vec![group("Inner")]), ("inner".to_owned(), vec![who("Maya"), group("Outer")])];
    let known = Facts { members: members.into(), ..facts(vec![eligible]) };
    assert_eq!(judge(&known, STALE_AFTER, now()).stale.len(), 1);
    let used = Facts { activations: vec![activation("Maya", privileged(), 5)], ..known.clone() };
    assert!(judge(&used, STALE_AFTER, now()).stale.is_empty());
    let unknown = Facts { members: [].into(), ..known };
    assert!(judge(&unknown, STALE_AFTER, now()).stale.is_empty(), "who is in it is not known");
}

#[test]
fn who_has_a_role_through_a_group_in_a_group_is_told_with_the_way() {
    let members = [
        ("outer".to_owned(), vec![who("Sven"), group("Inner"), group("Other")]),
        ("inner".to_owned(), vec![who("Petra"), who("Sven"), group("Outer")]),
        ("other".to_owned(), vec![who("Petra")]),
    ];
    let all = vec![
        held(group("Outer"), privileged(), Side::Active),
        held(group("Other"), privileged(), Side::Active),
        Holding { end: Some(now()), ..held(group("Outer"), privileged(), Side::Eligible) },
    ];
    let report = judge(&Facts { members: members.into(), ..facts(all) }, STALE_AFTER, now());
    let told: Vec<(String, Vec<String>)> = report
        .nested
        .iter()
        .map(|nested| (nested.person.called(), nested.through.iter().map(Principal::called).collect()))
        .collect();
    assert_eq!(told, [("Petra".to_owned(), vec!["Outer (group)".to_owned(), "Inner (group)".to_owned()])]);
}

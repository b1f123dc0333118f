use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{AdminRules, Change, End, forbidden, last};
use crate::model::{AdminAction, Holding, MemberType, Principal, PrincipalKind, RoleKey, RolePolicy, Side, Ticket};

const TENANT: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

fn who(name: &str) -> Principal {
    Principal { id: format!("id-{name}"), name: Some(name.into()), username: None, kind: Some(PrincipalKind::User) }
}

fn held(name: &str, key: &RoleKey, role: &str) -> Holding {
    Holding {
        id: format!("{name}-{role}"),
        key: key.clone(),
        side: Side::Active,
        role: role.into(),
        scope: None,
        principal: who(name),
        activated: false,
        member_type: MemberType::Direct,
        start: Some(now() - TimeDelta::days(30)),
        end: None,
        status: None,
        created: None,
    }
}

fn global() -> RoleKey {
    RoleKey::directory(last::GLOBAL_ADMINISTRATOR, "/")
}

fn giving(side: Side, end: End) -> Change {
    Change::giving(side, (global(), "Global Administrator".into(), None), who("Ines"), (None, end), "Joins")
}

fn code(changes: &[Change], held: &[Holding]) -> Vec<Option<String>> {
    let all = last::foresee(changes, held, TENANT, now());
    all.into_iter().map(|problem| problem.map(|problem| problem.code)).collect()
}

#[test]
fn the_last_administrator_stays_and_one_of_two_goes() {
    let role = "Global Administrator";
    let (one, other) = (held("Omar", &global(), role), held("Ines", &global(), role));
    let taking = |held: &Holding| Change::taking(held, "Leaves");
    let refused = Some(last::LAST_ADMINISTRATOR.to_owned());
    assert_eq!(code(&[taking(&one)], std::slice::from_ref(&one)), std::slice::from_ref(&refused));
    assert_eq!(code(&[taking(&one)], &[one.clone(), other.clone()]), [None]);
    assert_eq!(code(&[taking(&one), taking(&other)], &[one.clone(), other.clone()]), [None, refused.clone()]);
    for unfit in [
        Holding { principal: Principal { kind: Some(PrincipalKind::ServicePrincipal), ..who("App") }, ..other.clone() },
        Holding { start: Some(now() + TimeDelta::days(1)), ..other.clone() },
        Holding { end: Some(now()), ..other.clone() },
        Holding { side: Side::Eligible, ..other.clone() },
        held("Ines", &RoleKey::directory(last::GLOBAL_ADMINISTRATOR, "/administrativeUnits/x"), role),
        held("Ines", &RoleKey::directory(last::PRIVILEGED_ROLE_ADMINISTRATOR, "/"), role),
    ] {
        assert_eq!(code(&[taking(&one)], &[one.clone(), unfit.clone()]), std::slice::from_ref(&refused), "{unfit:?}");
    }
    // An activation is an assignment like any other, and what is no such role may go.
    let activated = Holding { activated: true, end: Some(now() + TimeDelta::hours(1)), ..other };
    assert_eq!(code(&[taking(&one)], &[one.clone(), activated]), [None]);
    let reader = held("Omar", &RoleKey::directory("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "/"), "Global Reader");
    assert_eq!(code(&[taking(&reader)], std::slice::from_ref(&reader)), [None]);
}

#[test]
fn a_group_keeps_an_owner_and_azure_s_root_somebody_who_gives_access() {
    let refused = Some(last::LAST_ADMINISTRATOR.to_owned());
    let owner = held("Omar", &RoleKey::in_group("g", "owner"), "Operators");
    let member = held("Ines", &RoleKey::in_group("g", "member"), "Operators");
    let both = [owner.clone(), member.clone()];
    assert_eq!(code(&[Change::taking(&owner, ""), Change::taking(&member, "")], &both), [refused.clone(), None]);
    let root = format!("/providers/Microsoft.Management/managementGroups/{}", TENANT.to_uppercase());
    let at = |role: &str, scope: &str| RoleKey::azure(format!("/providers/x/roleDefinitions/{role}"), scope);
    let whole = held("Omar", &at("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", &root), "Owner");
    assert_eq!(code(&[Change::taking(&whole, "")], std::slice::from_ref(&whole)), [refused]);
    let access = held("Ines", &at("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", &root), "User Access Administrator");
    assert_eq!(code(&[Change::taking(&whole, "")], &[whole.clone(), access]), [None], "who does as well");
    let below = held("Omar", &at("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "/subscriptions/s"), "Owner");
    assert_eq!(code(&[Change::taking(&below, "")], std::slice::from_ref(&below)), [None]);
}

#[test]
fn one_permanent_administrator_is_a_risk() {
    let role = "Global Administrator";
    let (one, other) = (held("Omar", &global(), role), held("Ines", &global(), role));
    let only = |all: &[Holding]| -> Vec<Option<String>> {
        let risks = last::risks(all, now()).into_iter().filter(|risk| risk.role == role);
        risks.map(|risk| risk.only).collect()
    };
    assert_eq!(only(&[one.clone(), other.clone()]), Vec::<Option<String>>::new());
    let temporary = Holding { end: Some(now() + TimeDelta::days(9)), ..other.clone() };
    assert_eq!(only(&[one.clone(), temporary.clone()]), [Some("Omar".to_owned())]);
    assert_eq!(only(std::slice::from_ref(&temporary)), [None::<String>]);
    assert!(only(&[]).is_empty(), "of a list that is empty nothing is known");
    let after = last::after(&[Change::taking(&other, "")], &[one.clone(), other]);
    assert_eq!(only(&after), [Some("Omar".to_owned())]);
    let made = last::after(&[giving(Side::Active, End::Permanent)], std::slice::from_ref(&one));
    assert_eq!(only(&made), Vec::<Option<String>>::new());
}

fn policy() -> AdminRules {
    AdminRules::of(&RolePolicy {
        id: "p".into(),
        rules: vec![
            json!({ "id": "Expiration_Admin_Eligibility", "isExpirationRequired": true, "maximumDuration": "P365D" }),
            json!({ "id": "Enablement_Admin_Eligibility", "enabledRules": ["Justification", "Ticketing", "Luck"] }),
            json!({ "id": "Expiration_Admin_Assignment", "isExpirationRequired": false, "maximumDuration": "P15D" }),
            json!({ "id": "Something_New" }),
        ],
    })
}

#[test]
fn what_the_policy_forbids_is_said_before_it_is_sent() {
    let said = |change: &Change| {
        forbidden(change, Some(&policy()), &[], now()).map_or_else(String::new, |problem| problem.code)
    };
    assert_eq!(said(&giving(Side::Eligible, End::Permanent)), "policy-permanent");
    assert_eq!(said(&giving(Side::Active, End::Permanent)), "");
    let after = |days: i64| End::At(now() + TimeDelta::days(days));
    assert_eq!(said(&giving(Side::Active, after(900))), "", "its maximum is not required");
    assert_eq!(said(&giving(Side::Eligible, after(366))), "policy-duration");
    assert_eq!(said(&giving(Side::Eligible, after(365))), "no-ticket");
    let later = Change { start: Some(now() + TimeDelta::days(3)), ..giving(Side::Eligible, after(368)) };
    assert_eq!(said(&later), "no-ticket", "the length counts");
    let ticket = Some(Ticket { number: "INC-1".into(), system: String::new() });
    assert_eq!(said(&Change { ticket: ticket.clone(), ..giving(Side::Eligible, after(365)) }), "");
    assert_eq!(said(&Change { reason: " ".into(), ticket, ..giving(Side::Eligible, after(365)) }), "no-reason");
    assert_eq!(said(&giving(Side::Active, after(0))), "end-before-start");
    let mut app = giving(Side::Eligible, after(9));
    app.principal.kind = Some(PrincipalKind::ServicePrincipal);
    assert_eq!(said(&app), "application-eligible");
    // Without a policy the service judges.
    assert_eq!(forbidden(&giving(Side::Eligible, End::Permanent), None, &[], now()), None);
}

#[test]
fn what_is_there_already_is_not_given_again() {
    let there = held("Ines", &global(), "Global Administrator");
    let said = |change: &Change, held: &[Holding]| forbidden(change, None, held, now()).map(|problem| problem.code);
    let give = giving(Side::Active, End::Permanent);
    assert_eq!(said(&give, std::slice::from_ref(&there)).as_deref(), Some("assignment-exists"));
    let renew = Change { action: AdminAction::Renew, ..give.clone() };
    assert_eq!(said(&renew, std::slice::from_ref(&there)).as_deref(), Some("assignment-exists"));
    let ended = Holding { end: Some(now() - TimeDelta::days(1)), ..there.clone() };
    assert_eq!(said(&renew, std::slice::from_ref(&ended)), None);
    assert_eq!(said(&give, &[ended]), None);
    let activated = Holding { activated: true, end: Some(now() + TimeDelta::hours(1)), ..there.clone() };
    assert_eq!(said(&give, std::slice::from_ref(&activated)), None);
    assert_eq!(said(&Change::moving(&activated, End::Permanent, "x"), &[]).as_deref(), Some("activation-end"));
    assert_eq!(said(&Change::moving(&there, End::Permanent, "x"), &[]).as_deref(), Some("same-end"));
}

#[test]
fn every_change_is_a_sentence() {
    let moment = |at: DateTime<Utc>| at.format("%Y-%m-%d").to_string();
    let end = End::At(now() + TimeDelta::days(30));
    let said = |change: &Change| change.sentence(moment);
    assert_eq!(
        said(&giving(Side::Eligible, end)),
        "Make Ines eligible for Global Administrator, from now, until 2026-12-23"
    );
    assert_eq!(
        said(&giving(Side::Active, End::Permanent)),
        "Give Ines Global Administrator as an active assignment, from now, for ever"
    );
    assert_eq!(
        said(&Change { action: AdminAction::Renew, ..giving(Side::Eligible, end) }),
        "Make Ines eligible for Global Administrator again, from now, until 2026-12-23"
    );
    let timed = Holding { end: Some(now() + TimeDelta::days(3)), ..held("Ines", &global(), "Global Administrator") };
    let longer = Change::moving(&timed, end, "x");
    assert_eq!(longer.action, AdminAction::Extend);
    assert_eq!(
        said(&longer),
        "Let Ines stay assigned to Global Administrator until 2026-12-23 instead of until 2026-11-26"
    );
    assert_eq!(Change::moving(&timed, End::At(now() + TimeDelta::days(1)), "x").action, AdminAction::Update);
    assert_eq!(
        said(&Change::taking(&timed, "x")),
        "Take Global Administrator from Ines, who has it as an active assignment"
    );
    let odd = Holding { role: "Evil\u{202e}\nRole".into(), activated: true, ..timed };
    assert_eq!(said(&Change::taking(&odd, "x")), "End the activation of Evil Role by Ines");
}

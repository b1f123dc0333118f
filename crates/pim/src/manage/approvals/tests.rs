use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Earlier, PendingApproval, Person, Standing, Undecided, before,
    judge::{Judged, beforehand, judge, refused},
    sort, spoken,
};
use crate::{
    codes,
    failure::Failure,
    model::{
        Action, ActivationRequest, Approval, ApprovalStage, RequestStatus, ReviewResult, Reviewer, RoleKey, Verdict,
    },
    problem::{Obstacle, Remedy},
};

const ME: &str = "e5121482-3929-4d22-a255-accb1a466884";
const MAYA: &str = "f3f49249-dc28-4f90-a5ae-c7978306d03b";

fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn request(id: &str, role: &str) -> ActivationRequest {
    let key = RoleKey::directory(role, "/");
    ActivationRequest {
        principal_id: Some(MAYA.into()),
        principal_name: Some("Maya Lindqvist".into()),
        role_name: Some("Global Administrator".into()),
        created: Some(noon()),
        end: Some(noon() + TimeDelta::minutes(90)),
        justification: Some("Tenant settings".into()),
        approval_id: Some(id.into()),
        ..ActivationRequest::new(id, key, Action::SelfActivate, RequestStatus::PendingApproval)
    }
}

fn waiting(id: &str) -> PendingApproval {
    PendingApproval::of(request(id, "62e90394"), ME)
}

fn stage(status: &str, mine: bool, result: ReviewResult, by: Option<&str>) -> ApprovalStage {
    ApprovalStage {
        id: "/providers/x/roleAssignmentApprovals/a/stages/S1".into(),
        name: None,
        status: status.into(),
        assigned_to_me: mine,
        result,
        reviewed: by.map(|_| noon()),
        reviewer: by.map(|id| Reviewer {
            id: Some(id.into()),
            name: Some("Inês Carvalho".into()),
            username: None,
            principal_type: None,
        }),
        justification: None,
    }
}

fn approval(stages: Vec<ApprovalStage>) -> Approval {
    Approval { id: "a".into(), stages }
}

#[test]
fn a_request_waits_for_a_day_and_says_what_it_is() {
    let waiting = waiting("a");
    assert_eq!(waiting.deadline(), Some(noon() + TimeDelta::hours(24)));
    assert_eq!(waiting.left(noon() + TimeDelta::hours(23)), Some(TimeDelta::hours(1)));
    assert_eq!(waiting.left(noon() + TimeDelta::days(9)), Some(TimeDelta::zero()));
    assert_eq!(waiting.sentence(Verdict::Approve), "Approve Global Administrator for Maya Lindqvist for 1 h 30 min");
    assert_eq!((spoken(TimeDelta::minutes(5)), spoken(TimeDelta::hours(8))), ("5 min".into(), "8 h".into()));
}

#[test]
fn what_has_no_name_is_told_by_its_id_and_what_is_hostile_is_made_harmless() {
    let nameless = ActivationRequest { principal_name: None, role_name: None, ..request("a", "62e90394") };
    let nameless = PendingApproval::of(nameless, ME);
    assert_eq!(nameless.role, "62e90394");
    assert_eq!(nameless.person.called(), format!("somebody unknown to the directory ({MAYA})"));
    assert_eq!(Person::default().called(), "somebody unknown to the directory");
    let hostile = Person { name: Some("\u{202e}<script>\u{1b}[31m\n".into()), ..Person::default() };
    assert_eq!(hostile.called(), "<script> [31m");
    let empty = Person { name: Some("\u{2066}\u{202e}".into()), id: Some("id".into()), ..Person::default() };
    assert_eq!(empty.called(), "somebody unknown to the directory (id)");
    let scoped = PendingApproval { scope: Some("a\u{202e}b\r\n".into()), ..waiting("a") };
    assert_eq!(scoped.title(), "Global Administrator (ab)");
    // A request without any time has neither a length nor a deadline.
    let timeless = PendingApproval::of(ActivationRequest { created: None, end: None, ..request("a", "r") }, ME);
    assert_eq!((timeless.length, timeless.deadline(), timeless.left(noon())), (None, None, None));
    let azure = RoleKey::azure("/subscriptions/5a/providers/x/roleDefinitions/8e3a", "/subscriptions/5a");
    let azure = ActivationRequest { key: azure, role_name: None, approval_id: None, ..request("/s/requests/n1", "r") };
    let azure = PendingApproval::of(azure, ME);
    assert_eq!((azure.role.as_str(), azure.scope.as_deref(), azure.approval_id.as_str()), ("8e3a", Some("5a"), "n1"));
}

#[test]
fn the_most_urgent_comes_first_and_nothing_jumps() {
    let at = |id: &str, created: Option<DateTime<Utc>>| PendingApproval { created, ..waiting(id) };
    let mut rows =
        [at("d", None), at("c", Some(noon())), at("b", Some(noon())), at("a", Some(noon() - TimeDelta::hours(1)))];
    sort(&mut rows);
    assert_eq!(rows.map(|row| row.id), ["a", "b", "c", "d"]);
}

#[test]
fn only_what_can_be_decided_is_asked_about() {
    let page = || "https://portal.example/".to_owned();
    assert_eq!(beforehand(&waiting("a"), noon(), page), None);
    let own = PendingApproval::of(ActivationRequest { principal_id: Some(ME.to_uppercase()), ..request("a", "r") }, ME);
    assert_eq!(beforehand(&own, noon(), page), Some(Undecided::Own));
    let for_another = ActivationRequest { requestor_id: Some(ME.into()), ..request("a", "r") };
    assert!(PendingApproval::of(for_another, ME).own);
    let extension = PendingApproval { action: Action::SelfExtend, ..waiting("a") };
    let elsewhere = beforehand(&extension, noon(), page).unwrap();
    assert!(elsewhere.problem().message.ends_with("https://portal.example/"), "{elsewhere:?}");
    // A clock that is a little ahead keeps nobody from trying.
    assert_eq!(beforehand(&waiting("a"), noon() + TimeDelta::hours(24), page), None);
    assert_eq!(beforehand(&waiting("a"), noon() + TimeDelta::hours(25), page), Some(Undecided::Lapsed));
}

#[test]
fn an_approval_is_open_taken_or_closed() {
    use ReviewResult::{Approve, Deny, NotReviewed};
    let sent = |verdict| Some(("/PROVIDERS/x/roleAssignmentApprovals/a/stages/s1", verdict));
    let open = approval(vec![stage("InProgress", true, NotReviewed, None)]);
    assert_eq!(judge(&open, ME, None), Judged::Open(open.stages[0].id.clone()));
    assert_eq!(judge(&open, ME, sent(Verdict::Deny)), Judged::Open(open.stages[0].id.clone()));
    // A later stage may be the caller's, whatever was said in the first.
    let mut later = stage("InProgress", true, NotReviewed, None);
    later.id = "S2".into();
    let two = approval(vec![stage("Completed", false, Approve, Some(MAYA)), later]);
    assert_eq!(judge(&two, ME, None), Judged::Open("S2".into()));

    let mine = approval(vec![stage("Completed", false, Approve, Some(ME))]);
    assert_eq!(judge(&mine, ME, sent(Verdict::Approve)), Judged::Taken);
    let told = |judged: Judged| match judged {
        Judged::Closed(undecided) => undecided.problem().message,
        other => panic!("{other:?}"),
    };
    // Only what was sent can have been taken; and a different word is not the same decision.
    assert_eq!(told(judge(&mine, ME, None)), "You have approved this request already.");
    assert_eq!(told(judge(&mine, ME, sent(Verdict::Deny))), "You have approved this request already.");
    let other = approval(vec![stage("Completed", false, Deny, Some(MAYA))]);
    assert_eq!(told(judge(&other, ME, sent(Verdict::Deny))), "Inês Carvalho has denied this request already.");

    for (status, undecided) in [
        ("Expired", Undecided::Lapsed),
        ("InProgress", Undecided::NotMine),
        ("NotStarted", Undecided::NotMine),
        ("Completed", Undecided::Gone),
        ("SomethingNew", Undecided::Gone),
    ] {
        let approval = approval(vec![stage(status, false, NotReviewed, None)]);
        assert_eq!(judge(&approval, ME, None), Judged::Closed(undecided), "{status}");
    }
    assert_eq!(judge(&approval(Vec::new()), ME, None), Judged::Closed(Undecided::Gone));
}

#[test]
fn refusals_are_told_apart_by_their_codes() {
    let refusal = |code: &str| refused(Failure::Refused(codes::ours(code, None)));
    assert!(matches!(refusal("RequestConflict"), Undecided::Already(Standing { by: None, .. })));
    assert!(matches!(refusal("HTTP 409"), Undecided::Already(_)));
    assert_eq!(refusal("ResourceNotFound"), Undecided::Gone);
    assert_eq!(refusal("authorizationfailed"), Undecided::NotMine);
    assert!(matches!(refusal("InvalidRoleAssignmentRequest"), Undecided::Failed(_)));
    let lost = Failure::lost(codes::ours(codes::ANSWER_LOST, None));
    assert_eq!(refused(lost.clone()), Undecided::Failed(lost.clone()));
    let already = Standing { result: ReviewResult::Other("x".into()), by: None, own: false, at: None };
    for (undecided, code, obstacle) in [
        (Undecided::Already(already), "approval-decided", Obstacle::Refused),
        (Undecided::Lapsed, "approval-lapsed", Obstacle::Refused),
        (Undecided::Gone, "approval-gone", Obstacle::Refused),
        (Undecided::NotMine, "approval-not-mine", Obstacle::Refused),
        (Undecided::Own, "approval-own", Obstacle::Refused),
        (Undecided::Uncertain(lost), "approval-uncertain", Obstacle::Unreachable),
    ] {
        let problem = undecided.problem();
        assert_eq!((problem.code.as_str(), problem.obstacle()), (code, obstacle));
    }
    assert_eq!(Undecided::Lapsed.problem().remedy, Remedy::Refresh);
}

#[test]
fn what_somebody_activated_before_is_told_newest_first() {
    let earlier = |id: &str, role: &str, hours: i64, status: RequestStatus| ActivationRequest {
        created: Some(noon() - TimeDelta::hours(hours)),
        status,
        ..request(id, role)
    };
    let past = [
        earlier("1", "62e90394", 48, RequestStatus::Provisioned),
        earlier("2", "other", 24, RequestStatus::Denied),
        earlier("3", "62e90394", 2, RequestStatus::PendingApproval),
        ActivationRequest { principal_id: Some(ME.into()), ..earlier("4", "62e90394", 1, RequestStatus::Provisioned) },
        ActivationRequest { action: Action::SelfDeactivate, ..earlier("5", "62e90394", 1, RequestStatus::Revoked) },
        ActivationRequest { created: None, ..earlier("6", "62e90394", 1, RequestStatus::Provisioned) },
        earlier("a", "62e90394", 0, RequestStatus::Provisioned),
    ];
    let told: Vec<_> = before(&waiting("a"), &past)
        .into_iter()
        .map(|Earlier { at, granted, same, .. }| ((noon() - at).num_hours(), granted, same))
        .collect();
    assert_eq!(told, [(24, false, false), (48, true, true)]);
    let many: Vec<_> = (0..50).map(|at| earlier(&at.to_string(), "r", at, RequestStatus::Provisioned)).collect();
    assert_eq!(before(&waiting("a"), &many).len(), 10);
    assert!(before(&PendingApproval { person: Person::default(), ..waiting("a") }, &past).is_empty());
}

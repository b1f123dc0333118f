use chrono::TimeDelta;

use super::{judge::*, *};
use crate::{
    codes,
    failure::Failure,
    model::{Actor, Kind, ReviewDecision, ReviewPath},
};

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

fn review(status: &str, end: Option<TimeDelta>) -> AccessReview {
    AccessReview {
        path: ReviewPath {
            service: Resource::Graph,
            definition: "d".into(),
            instance: format!("{status} {end:?}"),
            stage: None,
        },
        name: "Helpdesk, every quarter".into(),
        description: None,
        kind: Some(Kind::DirectoryRole),
        resource: None,
        scope: None,
        status: status.into(),
        start: None,
        end: end.map(|end| now() + end),
        reason_to_approve: true,
        applies_itself: false,
        created_by: None,
    }
}

fn somebody(name: &str) -> Actor {
    Actor { id: Some(name.into()), name: Some(name.into()), username: None, app: false }
}

fn item(decision: ReviewDecision, by: Option<&str>, reason: Option<&str>) -> ReviewItem {
    ReviewItem {
        id: "i".into(),
        person: somebody("Petra\u{202e}"),
        resource: Some("Helpdesk Administrator".into()),
        decision,
        justification: reason.map(str::to_owned),
        by: by.map(somebody),
        at: None,
        recommendation: None,
        last_sign_in: None,
        applied: None,
    }
}

fn wish(opinion: Opinion, item: ReviewItem) -> Wish {
    Wish { review: review("InProgress", Some(TimeDelta::days(1))), item, opinion, reason: "Left".into() }
}

#[test]
fn what_cannot_succeed_is_foreseen() {
    let (open, day) = ("InProgress", TimeDelta::days(1));
    for (status, end, opinion, reason, expected) in [
        (open, Some(day), Opinion::Approve, "Needs it", None),
        (open, None, Opinion::Approve, "Needs it", None),
        (open, Some(day), Opinion::Approve, " ", Some(Undecided::NoReason)),
        (open, Some(day), Opinion::Deny, "", None),
        (open, Some(day), Opinion::DontKnow, "", None),
        (open, Some(-TimeDelta::seconds(30)), Opinion::Deny, "", None),
        (open, Some(-TimeDelta::minutes(2)), Opinion::Deny, "", Some(Undecided::Over)),
        ("Completed", Some(day), Opinion::Deny, "", Some(Undecided::Over)),
        ("NotStarted", Some(day), Opinion::Deny, "", Some(Undecided::Over)),
    ] {
        assert_eq!(beforehand(&review(status, end), opinion, reason, now()), expected, "{status} {end:?} {opinion:?}");
    }
    let free = AccessReview { reason_to_approve: false, ..review(open, Some(day)) };
    assert_eq!(beforehand(&free, Opinion::Approve, "", now()), None);
}

#[test]
fn a_decision_is_there_when_it_is_ones_own_and_says_the_same() {
    let wanted = wish(Opinion::Deny, item(ReviewDecision::NotReviewed, None, None));
    let denied = || ReviewDecision::Decided(Opinion::Deny);
    for (item, taken) in [
        (item(denied(), Some("NADIA"), Some("Left ")), true),
        (item(denied(), Some("omar"), Some("Left")), false),
        (item(denied(), Some("nadia"), Some("Other")), false),
        (item(denied(), None, Some("Left")), false),
        (item(ReviewDecision::Decided(Opinion::Approve), Some("nadia"), Some("Left")), false),
        (item(ReviewDecision::NotReviewed, None, None), false),
    ] {
        assert_eq!(is_taken(&wanted, &item, "nadia"), taken, "{item:?}");
    }
}

#[test]
fn refusals_are_told_apart() {
    let refusal = |code: &str| refused(Failure::Refused(codes::ours(code, None)));
    assert_eq!(refusal("ResourceNotFound"), Undecided::Gone);
    assert_eq!(refusal("HTTP 403"), Undecided::NotMine);
    assert!(matches!(refusal("BadRequest"), Undecided::Failed(_)));
    for (undecided, code) in [
        (Undecided::Over, "review-over"),
        (Undecided::NoReason, "review-reason"),
        (Undecided::Gone, "review-gone"),
        (Undecided::NotMine, "review-not-mine"),
        (Undecided::Uncertain(Failure::lost(codes::ours("answer-lost", None))), "review-uncertain"),
    ] {
        assert_eq!(undecided.problem().code, code);
        assert_eq!(undecided.is_unsent(), code == "review-reason");
    }
}

#[test]
fn sentences_say_what_happens_and_what_it_replaces() {
    let fresh = || item(ReviewDecision::NotReviewed, None, None);
    for (opinion, said) in [
        (Opinion::Approve, "Petra may keep Helpdesk Administrator"),
        (Opinion::Deny, "Petra is to lose Helpdesk Administrator"),
        (Opinion::DontKnow, "Say that you do not know whether Petra still needs Helpdesk Administrator"),
    ] {
        assert_eq!(wish(opinion, fresh()).sentence(), said);
    }
    let before = item(ReviewDecision::Decided(Opinion::Deny), Some("Omar"), None);
    let nameless = ReviewItem { person: Actor::default(), resource: None, ..before };
    assert_eq!(
        wish(Opinion::Approve, nameless).sentence(),
        "somebody unknown to the directory may keep Helpdesk, every quarter (so far denied by Omar)"
    );
}

#[test]
fn the_most_urgent_is_first_and_what_is_over_last() {
    let mut all: Vec<Reviewed> = [
        ("Completed", Some(-9)),
        ("InProgress", None),
        ("InProgress", Some(7)),
        ("Applied", Some(-2)),
        ("InProgress", Some(1)),
    ]
    .into_iter()
    .map(|(status, days)| Reviewed { review: review(status, days.map(TimeDelta::days)), items: Ok(Vec::new()) })
    .collect();
    sort(&mut all);
    let days: Vec<_> = all.iter().map(|each| each.review.end.map(|end| (end - now()).num_days())).collect();
    assert_eq!(days, [Some(1), Some(7), None, Some(-2), Some(-9)]);
    let tally = Tally::of(&[
        item(ReviewDecision::NotReviewed, None, None),
        item(ReviewDecision::Decided(Opinion::DontKnow), Some("x"), None),
    ]);
    assert_eq!(tally, Tally { open: 1, total: 2 });
    assert_eq!(all[3].review.left(now()), Some(TimeDelta::zero()));
}

use chrono::FixedOffset;

use super::*;
use crate::{
    cloud::Resource,
    codes,
    elevation::{NotificationAction, Notify},
    manage::reviews::Reviewed,
    model::{AccessReview, ActivationRequest, Actor, RequestStatus, ReviewDecision, ReviewItem, ReviewPath, RoleKey},
    view::{Quiet, Section},
    watch::activations::tests::record,
};

const ME: &str = "e5121482-3929-4d22-a255-accb1a466884";

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-11-23T{text}Z").parse().unwrap()
}

fn noon() -> DateTime<Utc> {
    at("12:00:00")
}

fn manner() -> Manner {
    let zone = |_| FixedOffset::east_opt(3600).unwrap();
    Manner { account: "me".into(), tenant: None, details: true, zone }
}

fn post() -> Post {
    Post::new(Memory::default(), ME.into(), noon())
}

fn on() -> Watch {
    Watch { activations: true, ..Watch::default() }
}

fn asks(id: &str) -> PendingApproval {
    let request = ActivationRequest {
        principal_id: Some("maya".into()),
        principal_name: Some("Maya Lindqvist".into()),
        role_name: Some("User Administrator".into()),
        created: Some(noon()),
        end: Some(noon() + TimeDelta::hours(2)),
        justification: Some("New hire".into()),
        ..ActivationRequest::new(
            id,
            RoleKey::directory("user", "/"),
            Action::SelfActivate,
            RequestStatus::PendingApproval,
        )
    };
    PendingApproval::of(request, ME)
}

fn found(all: Vec<PendingApproval>) -> Vec<Found> {
    vec![(Kind::DirectoryRole, Ok(all))]
}

fn shown(told: &[Notification]) -> Vec<&Notify> {
    let shown = told.iter().filter_map(|told| match told {
        Notification::Notify(notify) => Some(notify),
        Notification::Withdraw { .. } => None,
    });
    shown.collect()
}

#[test]
fn a_request_is_told_of_once_and_its_button_decides_it() {
    let mut post = post();
    let told = post.approvals_read(found(vec![asks("a")]), &manner(), noon());
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "Maya Lindqvist asks for User Administrator");
    assert_eq!(one.body, "“New hire” For 2 h. Decide until Tue 24 Nov, 13:00.");
    let decide = NotificationAction::Manage { account: "me".into(), section: Section::Approvals, id: Some("a".into()) };
    assert_eq!(one.actions, [decide, NotificationAction::Dismiss]);
    assert_eq!(post.waiting(), 1);
    assert!(post.approvals_read(found(vec![asks("a")]), &manner(), noon()).is_empty(), "told once");
    let later = Post::new(post.memory().clone(), ME.into(), noon());
    let mut later = later;
    assert!(later.approvals_read(found(vec![asks("a")]), &manner(), noon()).is_empty(), "after a restart, too");
}

#[test]
fn what_somebody_else_decided_is_withdrawn() {
    let mut post = post();
    post.approvals_read(found(vec![asks("a")]), &manner(), noon());
    let told = post.approvals_read(found(Vec::new()), &manner(), noon());
    assert!(told.contains(&Notification::Withdraw { tag: "me/approval/a".into() }), "{told:?}");
    assert_eq!(post.waiting(), 0);
}

#[test]
fn several_at_once_are_one_notification() {
    let mut post = post();
    let told = post.approvals_read(found((0..5).map(|n| asks(&n.to_string())).collect()), &manner(), noon());
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "5 requests wait for your decision");
    assert!(one.body.ends_with("\nand 2 more"), "{}", one.body);
}

#[test]
fn what_must_not_be_shown_is_not() {
    let hidden = Manner { details: false, ..manner() };
    let told = post().approvals_read(found(vec![asks("a")]), &hidden, noon());
    let text = format!("{told:?}");
    assert!(!text.contains("Maya") && !text.contains("New hire") && !text.contains("User Administrator"), "{text}");
    let records = [record("x", "Global Administrator", "2026-11-23T12:00:10Z")];
    let mut post = post();
    post.due(&on(), noon());
    let text = format!("{:?}", post.log_read(&records, true, &on(), &hidden, at("12:01:00")));
    assert!(text.contains("A privileged role was activated") && !text.contains("Maya"), "{text}");
}

#[test]
fn an_own_request_one_that_lapsed_and_one_for_the_portal_wait_for_nobody_here() {
    let own = PendingApproval { own: true, ..asks("own") };
    let old = PendingApproval { created: Some(noon() - TimeDelta::hours(25)), ..asks("old") };
    let renewal = PendingApproval { action: Action::SelfRenew, ..asks("renewal") };
    let mut post = post();
    assert!(post.approvals_read(found(vec![own, old, renewal]), &manner(), noon()).is_empty());
    assert_eq!(post.waiting(), 0);
}

#[test]
fn one_kinds_trouble_leaves_what_is_known() {
    let mut post = post();
    post.approvals_read(found(vec![asks("a")]), &manner(), noon());
    let lost = Failure::lost(codes::ours(codes::NO_ANSWER, None));
    assert!(post.approvals_read(vec![(Kind::DirectoryRole, Err(lost))], &manner(), noon()).is_empty());
    assert_eq!(post.waiting(), 1);
}

#[test]
fn whoever_is_asked_is_looked_after_more_often_and_a_refusal_is_not_repeated_that_day() {
    let mut post = post();
    let asked = |post: &mut Post, time: &str| {
        let errands = post.due(&Watch::default(), at(time));
        errands.into_iter().find(|errand| matches!(errand, Errand::Approvals(_)))
    };
    let all = Some(Errand::Approvals(Kind::ALL.to_vec()));
    assert_eq!(asked(&mut post, "12:00:00"), all);
    assert_eq!(asked(&mut post, "12:03:00"), None, "nobody asks this account");
    assert_eq!(asked(&mut post, "13:00:00"), all);
    let refused = Failure::Refused(codes::ours(codes::NOT_CONSENTED, None));
    let answers = vec![(Kind::DirectoryRole, Ok(vec![asks("a")])), (Kind::Group, Err(refused))];
    post.approvals_read(answers, &manner(), at("13:00:00"));
    post.look_again(at("13:00:00"));
    let others = Some(Errand::Approvals(vec![Kind::DirectoryRole, Kind::AzureResource]));
    assert_eq!(asked(&mut post, "13:00:00"), others);
    assert_eq!(asked(&mut post, "13:03:00"), others, "and soon again");
}

#[test]
fn an_hour_of_watching_takes_forty_requests() {
    let mut post = post();
    let looks = (0..3600).filter(|second| {
        let errands = post.due(&on(), noon() + TimeDelta::seconds(*second));
        errands.iter().any(|errand| matches!(errand, Errand::Activations(_)))
    });
    assert_eq!(looks.count(), 40);
}

#[test]
fn activations_of_others_are_told_merged_and_once() {
    let mut post = post();
    assert!(post.due(&on(), noon()).contains(&Errand::Activations(noon())), "what was before is no news");
    let own = {
        let mut own = record("own", "Global Administrator", "2026-11-23T12:00:30Z");
        own.by.id = Some(ME.to_uppercase());
        own
    };
    let records = [
        record("b", "Security Administrator", "2026-11-23T12:00:40Z"),
        own,
        record("c", "Reports Reader", "2026-11-23T12:00:20Z"),
        record("a", "Global Administrator", "2026-11-23T12:00:10Z"),
        record("before", "Global Administrator", "2026-11-23T11:59:50Z"),
    ];
    let told = post.log_read(&records[3..], true, &on(), &manner(), at("12:01:30"));
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "Maya Lindqvist activated Global Administrator");
    assert_eq!(one.body, "“Mail is stuck” Ticket INC-7. Until 18:30.");
    let from = post.due(&on(), at("12:01:30"));
    assert_eq!(from, [Errand::Activations(noon())], "some minutes are read once more, but nothing from before");
    let told = post.log_read(&records, true, &on(), &manner(), at("12:03:00"));
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "Maya Lindqvist activated Security Administrator");
    assert!(post.log_read(&records, true, &on(), &manner(), at("12:04:30")).is_empty());
}

#[test]
fn many_are_one_notification() {
    let mut post = post();
    post.due(&on(), noon());
    let records: Vec<_> = (0..7)
        .map(|n| {
            let mut record = record(&n.to_string(), "Global Administrator", "2026-11-23T12:00:40Z");
            record.by.name = Some(format!("Person {n}"));
            record
        })
        .collect();
    let told = post.log_read(&records, true, &on(), &manner(), at("12:01:30"));
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "7 privileged roles were activated");
    assert!(one.body.ends_with("\nand 4 more"), "{}", one.body);
}

#[test]
fn quiet_hours_hold_back_and_then_tell() {
    // In a zone an hour ahead: 13:00 to 13:30 on the wall.
    let quiet = Quiet { from: "13:00".into(), to: "13:30".into() };
    let watch = Watch { quiet: Some(quiet), ..on() };
    let mut post = post();
    post.due(&watch, noon());
    let records = [record("a", "Global Administrator", "2026-11-23T12:00:10Z")];
    assert!(post.log_read(&records, true, &watch, &manner(), at("12:01:30")).is_empty());
    assert!(post.next(&watch, &manner(), at("12:29:30")) <= at("12:30:00"));
    assert!(post.tell_activations(&watch, &manner(), at("12:29:59")).is_empty());
    let told = post.tell_activations(&watch, &manner(), at("12:30:00"));
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert!(one.body.starts_with("At 13:00."), "{}", one.body);
    assert!(post.tell_activations(&watch, &manner(), at("12:31:00")).is_empty());
}

#[test]
fn what_is_held_back_outlasts_a_restart() {
    let watch = Watch { quiet: Some(Quiet { from: "13:00".into(), to: "13:30".into() }), ..on() };
    let mut post = post();
    post.due(&watch, noon());
    let records = [record("a", "Global Administrator", "2026-11-23T12:00:10Z")];
    assert!(post.log_read(&records, true, &watch, &manner(), at("12:01:30")).is_empty());
    let mut later = Post::new(post.memory().clone(), ME.into(), at("12:20:00"));
    assert!(later.log_read(&records, true, &watch, &manner(), at("12:20:00")).is_empty());
    let told = later.tell_activations(&watch, &manner(), at("12:30:00"));
    assert_eq!(shown(&told).len(), 1);
}

#[test]
fn a_log_that_broke_off_is_read_again_and_what_was_read_is_told() {
    let mut post = post();
    post.due(&on(), noon());
    let records = [record("a", "Global Administrator", "2026-11-23T12:00:10Z")];
    post.log_read(&[], true, &on(), &manner(), at("12:20:00"));
    assert_eq!(shown(&post.log_read(&records, false, &on(), &manner(), at("13:00:00"))).len(), 1);
    let again = post.due(&on(), at("13:01:30"));
    assert!(again.contains(&Errand::Activations(at("12:05:00"))), "{again:?}");
}

#[test]
fn what_the_manage_window_showed_is_not_told_and_what_it_did_not_show_is_withdrawn() {
    let mut post = post();
    post.approvals_read(found(vec![asks("a")]), &manner(), noon());
    let refused = Failure::Refused(codes::ours(codes::NOT_CONSENTED, None));
    post.approvals_read(vec![(Kind::Group, Err(refused))], &manner(), noon());
    let shown_there = vec![(Kind::DirectoryRole, vec!["b".to_owned()]), (Kind::Group, vec!["g".to_owned()])];
    let told = post.approvals_shown(shown_there, &manner(), noon());
    assert_eq!(told, [Notification::Withdraw { tag: "me/approval/a".into() }]);
    assert_eq!(post.waiting(), 2);
    assert!(post.approvals_read(found(vec![asks("b")]), &manner(), noon()).is_empty());
    // Somebody has consented meanwhile: the kind is looked at again.
    post.look_again(noon());
    assert!(post.due(&Watch::default(), noon()).contains(&Errand::Approvals(Kind::ALL.to_vec())));
}

#[test]
fn quiet_hours_go_over_midnight() {
    let watch = Watch { quiet: Some(Quiet { from: "22:00".into(), to: "07:00".into() }), ..on() };
    for (time, quiet) in
        [("20:59:59", false), ("21:00:00", true), ("23:30:00", true), ("05:59:59", true), ("06:00:00", false)]
    {
        assert_eq!(quiet_until(&watch, &manner(), at(time)).is_some(), quiet, "{time}");
    }
    assert_eq!(quiet_until(&watch, &manner(), at("22:00:00")), Some("2026-11-24T06:00:00Z".parse().unwrap()));
}

#[test]
fn after_a_long_absence_a_day_is_read_and_no_more() {
    let then = noon() - TimeDelta::days(5);
    let memory = Memory { watching_since: Some(then), looked: Some(then), ..Memory::default() };
    let mut post = Post::new(memory, ME.into(), noon());
    assert!(post.due(&on(), noon()).contains(&Errand::Activations(noon() - MISSED - LATE)));
    // Whoever switches it off and on again begins anew.
    post.due(&Watch::default(), at("12:10:00"));
    assert!(post.due(&on(), at("12:20:00")).contains(&Errand::Activations(at("12:20:00"))));
}

#[test]
fn an_eligibility_that_ends_soon_is_told_of_once_and_not_at_the_sign_in() {
    let role = |name: &str, days: i64| {
        let mut role = Eligibility::new(RoleKey::directory(name, "/"), "i", name, ME);
        role.end = (days != 0).then(|| noon() + TimeDelta::days(days));
        role
    };
    let mut post = post();
    assert!(!post.due(&Watch::default(), noon()).contains(&Errand::Lists), "the list itself is looked at");
    assert!(post.due(&Watch::default(), at("13:00:00")).contains(&Errand::Lists));
    assert!(post.due(&Watch::default(), at("13:02:00")).contains(&Errand::Endings), "once they were read anew");
    let all = [role("Far", 15), role("Near", 13), role("Nearer", 2), role("Over", -1), role("For ever", 0)];
    let told = post.eligible_read(&all, &manner(), noon());
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "2 of your eligibilities end soon");
    assert_eq!(one.body, "Nearer: Wed 25 Nov\nNear: Sun 6 Dec");
    assert!(post.eligible_read(&all, &manner(), noon()).is_empty());
    // A day later one more comes near; and one was moved.
    let told = post.eligible_read(&all[..1], &manner(), noon() + TimeDelta::days(1));
    assert_eq!(shown(&told)[0].title, "Your eligibility for Far ends soon");
    let told = post.eligible_read(&[role("Near", 10)], &manner(), noon());
    assert_eq!(shown(&told)[0].body, "It ends on Thu 3 Dec. You can ask for an extension.");
}

#[test]
fn a_review_that_ends_soon_is_told_of_once() {
    let person = |decision| ReviewItem {
        id: "i".into(),
        person: Actor::default(),
        resource: None,
        decision,
        justification: None,
        by: None,
        at: None,
        recommendation: None,
        last_sign_in: None,
        applied: None,
    };
    let review = |id: &str, hours: i64, decisions: Vec<ReviewDecision>| Reviewed {
        review: AccessReview {
            path: ReviewPath { service: Resource::Graph, definition: "d".into(), instance: id.into(), stage: None },
            name: format!("Review {id}"),
            description: None,
            kind: None,
            resource: None,
            scope: None,
            status: "InProgress".into(),
            start: None,
            end: Some(noon() + TimeDelta::hours(hours)),
            reason_to_approve: false,
            applies_itself: false,
            created_by: None,
        },
        items: Ok(decisions.into_iter().map(person).collect()),
    };
    let open = || ReviewDecision::NotReviewed;
    let done = || ReviewDecision::Decided(crate::model::Opinion::Approve);
    let all = [
        review("soon", 20, vec![open(), done(), open()]),
        review("later", 100, vec![open()]),
        review("over", -1, vec![open()]),
        review("answered", 20, vec![done()]),
    ];
    let mut post = post();
    assert!(post.due(&Watch::default(), noon()).iter().all(|errand| *errand != Errand::Reviews), "not consented to");
    post.reviews_shown(noon());
    assert!(post.due(&Watch::default(), noon()).contains(&Errand::Reviews));
    let told = post.reviews_read(&all, &manner(), noon());
    let [one] = shown(&told)[..] else { panic!("{told:?}") };
    assert_eq!(one.title, "Access review ends soon: Review soon");
    assert_eq!(one.body, "You have not decided about 2 people. It ends Tue 24 Nov, 09:00.");
    assert!(post.reviews_read(&all, &manner(), noon()).is_empty());
}

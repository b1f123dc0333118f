//! Access reviews over HTTP, against the simulated tenant.

mod support;

use chrono::TimeDelta;
use pim::{
    cloud::{ACCESS_REVIEWS, REVIEWING, Resource},
    failure::Failure,
    manage::{
        Office,
        reviews::{Decided, Reviewed, Undecided, Wish},
    },
    model::{AccessReview, Kind, Opinion, ReviewDecision},
    problem::Remedy,
};
use serde_json::json;
use support::{World, robot};
use tenant::{Scenario, faults::Fault, pim::reviews::Verdict, robot::Person};

const HELPDESK: &str = "Helpdesk Administrators, every quarter";
const PAYROLL: &str = "Payroll readers";
const PRODUCTION: &str = "Contributors in production";

/// A Contoso whose administrators have consented to everything.
fn contoso() -> Scenario {
    let mut scenario = Scenario::contoso();
    for user in &mut scenario.users {
        user.consented.insert(pim::cloud::GRAPH_COMMAND_LINE_TOOLS.into());
    }
    scenario
}

async fn office(world: &World, user: &str) -> Office {
    let tokens = world.sign_in_to_azure(user).await;
    let client_id = World::registration().client_id;
    Office::new(world.net.clone(), tokens, client_id, Kind::ALL.to_vec(), robot(Person::new(user)))
}

/// All reviews that wait for somebody.
async fn reviews(office: &Office, all: bool) -> Vec<Reviewed> {
    let waiting = office.reviews(&Kind::ALL, all, ACCESS_REVIEWS).await;
    waiting.into_iter().flat_map(|waiting| waiting.found.expect("answered")).collect()
}

async fn review(office: &Office, name: &str) -> Reviewed {
    let all = reviews(office, true).await;
    all.into_iter().find(|each| each.review.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn wish(of: &Reviewed, person: &str, opinion: Opinion) -> Wish {
    let items = of.items.as_ref().expect("read");
    let named = |name: &Option<String>| name.as_deref().is_some_and(|name| name.contains(person));
    let item = items.iter().find(|item| named(&item.person.name)).unwrap_or_else(|| panic!("no {person}"));
    Wish { review: of.review.clone(), item: item.clone(), opinion, reason: "As agreed".into() }
}

/// How the tenant has it: of everybody in the review of this name, by the beginning of the name.
fn verdict(world: &World, name: &str, person: &str) -> Verdict {
    let app = world.tenant.app();
    let id = app.scenario.reviews.iter().find(|review| review.display_name == name).expect("a review").id;
    let who = app.scenario.users.iter().find(|user| user.display_name.contains(person)).expect("somebody").id;
    app.with_pim(|pim, _| {
        let review = pim.reviews().iter().find(|review| review.id == id).expect("kept");
        review.items.iter().find(|item| item.principal == who).expect("in it").verdict
    })
}

fn stop(world: &World, name: &str) {
    let app = world.tenant.app();
    let id = app.scenario.reviews.iter().find(|review| review.display_name == name).expect("a review").id;
    let omar = app.scenario.user_named("omar").expect("Omar").id;
    app.with_pim(|pim, now| pim.stop_review(&app.scenario, id, omar, now)).expect("stopped");
}

fn patches(world: &World) -> usize {
    world.requests("/decisions/").into_iter().filter(|entry| entry.method == "PATCH").count()
}

fn refusal(status: u16, code: &str, message: &str) -> Fault {
    let headers = [("Content-Type".into(), "application/json".into())].into();
    Fault::Answer { status, headers, body: json!({"error": {"code": code, "message": message}}) }
}

fn answer(body: serde_json::Value) -> Fault {
    let headers = [("Content-Type".into(), "application/json".into())].into();
    Fault::Answer { status: 200, headers, body }
}

#[tokio::test(flavor = "multi_thread")]
async fn reviews_that_wait_are_listed_with_everybody_in_them() {
    let world = World::of(contoso()).await;
    let nadia = office(&world, "nadia").await;
    let all = reviews(&nadia, false).await;
    let names: Vec<_> = all.iter().map(|each| each.review.name.as_str()).collect();
    assert_eq!(names, [HELPDESK, PRODUCTION], "each service's, the directory's first");
    let AccessReview { kind, description, end, reason_to_approve, applies_itself, created_by, .. } = &all[0].review;
    assert_eq!(*kind, Some(Kind::DirectoryRole));
    assert!(description.as_deref().is_some_and(|text| text.contains("service desk")));
    assert!(*reason_to_approve && *applies_itself);
    assert_eq!(created_by.as_ref().and_then(|by| by.name.as_deref()).map(|name| name.contains("Omar")), Some(true));
    let left = end.expect("a deadline") - nadia.now();
    assert!(left > TimeDelta::days(8) && left <= TimeDelta::days(9), "{left}");
    assert_eq!(all[0].resource(), Some("Helpdesk Administrator"));
    let petra = wish(&all[0], "Petra", Opinion::Deny).item;
    assert_eq!((petra.recommended(), &petra.decision), (Some(Opinion::Deny), &ReviewDecision::NotReviewed));
    let silence = nadia.now() - petra.last_sign_in.expect("told");
    assert!(silence > TimeDelta::days(30), "{silence}");
    assert_eq!((petra.by, petra.at, petra.applied), (None, None, None));
    let production = &all[1];
    assert_eq!(production.review.kind, Some(Kind::AzureResource));
    assert_eq!(production.resource(), Some("Contributor"));
    assert!(production.review.scope.as_deref().is_some_and(|scope| scope.starts_with('/')));
    assert!(production.items.as_ref().expect("read").iter().all(|item| item.last_sign_in.is_some()));
    // Groups alone, and what is none of Azure's.
    let groups = nadia.reviews(&[Kind::Group], false, ACCESS_REVIEWS).await;
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].service, groups[0].found.as_deref()), (Resource::Graph, Ok(&[][..])));
    let ines = office(&world, "ines").await;
    let payroll = review(&ines, PAYROLL).await;
    assert_eq!((payroll.review.kind, payroll.resource()), (Some(Kind::Group), Some("Payroll Readers")));
    assert!(!payroll.review.reason_to_approve);
    let tomasz = office(&world, "tomasz").await;
    assert_eq!(reviews(&tomasz, true).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_decided_about_in_one_request_and_everybody_sees_by_whom() {
    let world = World::of(contoso()).await;
    let nadia = office(&world, "nadia").await;
    let helpdesk = review(&nadia, HELPDESK).await;
    let wishes = [
        wish(&helpdesk, "Petra", Opinion::Deny),
        wish(&helpdesk, "Maya", Opinion::Approve),
        wish(&helpdesk, "Inês", Opinion::DontKnow),
    ];
    let before = world.requests("$batch").len();
    let outcomes = nadia.review(&wishes).await;
    let taken = wishes.iter().map(|wish| Ok(Decided { opinion: wish.opinion, looked_up: false }));
    assert_eq!(outcomes, taken.collect::<Vec<_>>());
    assert_eq!(world.requests("$batch").len() - before, 1);
    for (person, expected) in [("Petra", Verdict::Deny), ("Maya", Verdict::Approve), ("Inês", Verdict::DontKnow)] {
        assert_eq!(verdict(&world, HELPDESK, person), expected, "{person}");
    }
    let omar = office(&world, "omar").await;
    let seen = review(&omar, HELPDESK).await;
    let petra = wish(&seen, "Petra", Opinion::Approve);
    assert_eq!(petra.item.by.as_ref().and_then(|by| by.name.as_deref()), Some("Nadia Rahimi"));
    assert_eq!(petra.item.justification.as_deref(), Some("As agreed"));
    assert!(petra.item.at.is_some_and(|at| (nadia.now() - at).abs() < TimeDelta::minutes(1)));
    assert!(petra.sentence().ends_with("(so far denied by Nadia Rahimi)"), "{}", petra.sentence());
    // Another reviewer may change it.
    assert!(omar.review(&[petra]).await[0].is_ok());
    assert_eq!(verdict(&world, HELPDESK, "Petra"), Verdict::Approve);
    // Azure's, by a request each.
    let production = review(&omar, PRODUCTION).await;
    let everybody = production.items.as_ref().expect("read");
    let all: Vec<Wish> = everybody
        .iter()
        .map(|item| Wish {
            review: production.review.clone(),
            item: item.clone(),
            opinion: item.recommended().expect("recommended"),
            reason: "As recommended".into(),
        })
        .collect();
    assert!(!all.is_empty() && omar.review(&all).await.iter().all(Result::is_ok));
    let after = review(&omar, PRODUCTION).await;
    for (item, wish) in after.items.as_ref().expect("read").iter().zip(&all) {
        assert_eq!(item.decision, ReviewDecision::Decided(wish.opinion));
        assert_eq!(item.by.as_ref().and_then(|by| by.id.as_deref()), Some(omar.own_id()));
    }
    // What is over is listed where that is asked for, with what became of it.
    stop(&world, HELPDESK);
    assert!(reviews(&nadia, false).await.iter().all(|each| each.review.name != HELPDESK));
    let over = review(&nadia, HELPDESK).await;
    assert_eq!(over.review.status, "Applied");
    let maya = wish(&over, "Maya", Opinion::Deny).item;
    assert_eq!(maya.applied.as_deref(), Some("AppliedSuccessfully"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_up_and_nothing_is_sent_twice() {
    let world = World::of(contoso()).await;
    let nadia = office(&world, "nadia").await;
    let helpdesk = review(&nadia, HELPDESK).await;
    let production = review(&nadia, PRODUCTION).await;
    // The whole batch's answer is lost: both are there.
    world.fault_on(Some("POST"), "$batch", 1, Fault::DropAfter);
    let wishes = [wish(&helpdesk, "Petra", Opinion::Deny), wish(&helpdesk, "Maya", Opinion::Approve)];
    let outcomes = nadia.review(&wishes).await;
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_ok_and(|decided| decided.looked_up)), "{outcomes:?}");
    assert_eq!((verdict(&world, HELPDESK, "Petra"), patches(&world)), (Verdict::Deny, 0), "inside of one batch");
    let person = production.items.as_ref().expect("read")[0].person.name.clone().expect("a name");
    world.fault_on(Some("PATCH"), "/decisions/", 1, Fault::DropAfter);
    let outcome = nadia.review(&[wish(&production, &person, Opinion::DontKnow)]).await.remove(0);
    assert_eq!(outcome, Ok(Decided { opinion: Opinion::DontKnow, looked_up: true }));
    assert_eq!(patches(&world), 1);
    // Lost on the way there: so far the service knows of none.
    world.fault_on(Some("PATCH"), "/decisions/", 1, Fault::Truncate { bytes: 0 });
    let lost = nadia.review(&[wish(&production, &person, Opinion::Deny)]).await.remove(0);
    assert!(lost.is_ok(), "{lost:?}");
    assert_eq!(patches(&world), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_gone_or_others_is_told_apart() {
    let world = World::of(contoso()).await;
    let nadia = office(&world, "nadia").await;
    let helpdesk = review(&nadia, HELPDESK).await;
    let fair = wish(&helpdesk, "Maya", Opinion::Approve);
    // Without the reason that is wanted nothing is sent; where that is not known the service says so, and others go through.
    let silent = Wish { reason: String::new(), ..fair.clone() };
    assert_eq!(nadia.review(std::slice::from_ref(&silent)).await, [Err(Undecided::NoReason)]);
    let unaware = AccessReview { reason_to_approve: false, ..silent.review.clone() };
    let outcomes = nadia.review(&[Wish { review: unaware, ..silent }, wish(&helpdesk, "Petra", Opinion::Deny)]).await;
    let Err(Undecided::Failed(Failure::Refused(problem))) = &outcomes[0] else { panic!("{outcomes:?}") };
    assert!(problem.detail.as_deref().is_some_and(|said| said.contains("justification")), "{problem:?}");
    assert!(outcomes[1].is_ok());
    // Somebody who is not in it, and a review that is not hers.
    let mut nobody = fair.clone();
    nobody.item.id = "5dcfcc88-da88-4252-8629-a0807b4b076d".into();
    assert_eq!(nadia.review(&[nobody]).await, [Err(Undecided::Gone)]);
    let mut odd = fair.clone();
    odd.item.id = "../../x".into();
    assert!(matches!(nadia.review(&[odd]).await[..], [Err(Undecided::Failed(_))]));
    let ines = office(&world, "ines").await;
    assert_eq!(ines.review(std::slice::from_ref(&fair)).await, [Err(Undecided::NotMine)]);
    // One of three has to wait.
    world.fault_on(Some("PATCH"), "/decisions/", 1, Fault::Throttle { retry_after: 30, date: false });
    let all = ["Petra", "Maya", "Inês"].map(|person| wish(&helpdesk, person, Opinion::DontKnow));
    let outcomes = nadia.review(&all).await;
    let failed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    let [Undecided::Failed(Failure::NotSent { retry_at: Some(_), .. })] = failed[..] else { panic!("{outcomes:?}") };
    // Ended meanwhile by somebody else, and by its time.
    let production = review(&nadia, PRODUCTION).await;
    stop(&world, HELPDESK);
    assert_eq!(nadia.review(std::slice::from_ref(&fair)).await, [Err(Undecided::Over)]);
    let before = patches(&world);
    world.advance(TimeDelta::days(10));
    let late = production.items.as_ref().expect("read")[0].person.name.clone().expect("a name");
    assert_eq!(nadia.review(&[wish(&production, &late, Opinion::Deny)]).await, [Err(Undecided::Over)]);
    assert_eq!(patches(&world), before, "nothing was sent for that");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_consented_to_is_named_and_hides_nothing_else() {
    let world = World::new().await;
    let nadia = office(&world, "nadia").await;
    let waiting = nadia.reviews(&Kind::ALL, false, ACCESS_REVIEWS).await;
    let problem = waiting[0].found.as_ref().expect_err("nobody has consented");
    assert_eq!(problem.code, "AADSTS65001");
    let Remedy::AskAdmin { text } = &problem.remedy else { panic!("{problem:?}") };
    assert!(text.contains("/adminconsent") && text.contains(ACCESS_REVIEWS), "{text}");
    assert_eq!(waiting[1].found.as_ref().map(Vec::len), Ok(1), "Azure answers");
    assert_eq!(world.requests("accessReviews").len(), 0, "nothing was sent without");
    // Consented to in the browser, by whoever may.
    nadia.permit(ACCESS_REVIEWS).await.expect("consented to");
    let helpdesk = review(&nadia, HELPDESK).await;
    // Reading does not allow deciding.
    let denied = nadia.review(&[wish(&helpdesk, "Petra", Opinion::Deny)]).await.remove(0);
    let Err(Undecided::Failed(failure)) = denied else { panic!("{denied:?}") };
    assert!(failure.problem().message.contains(REVIEWING), "{failure:?}");
    nadia.permit(REVIEWING).await.expect("consented to");
    assert!(nadia.review(&[wish(&helpdesk, "Petra", Opinion::Deny)]).await[0].is_ok());
    // Azure has not been asked for.
    let tokens = world.sign_in("omar").await;
    let client_id = World::registration().client_id;
    let omar = Office::new(world.net.clone(), tokens, client_id, vec![Kind::DirectoryRole], robot(Person::new("omar")));
    let azure = omar.reviews(&[Kind::AzureResource], false, ACCESS_REVIEWS).await;
    assert_eq!(azure[0].found.as_ref().map_err(|problem| problem.code.as_str()), Err("not-consented"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_read_requests_sees_when_people_last_activated_it() {
    let world = World::of(contoso()).await;
    let omar = office(&world, "omar").await;
    let helpdesk = review(&omar, HELPDESK).await;
    let items = helpdesk.items.as_ref().expect("read");
    let known = omar.last_activations(&helpdesk.review, items).await.expect("Omar administers roles");
    let of = |person: &str| {
        let id = wish(&helpdesk, person, Opinion::Deny).item.person.id.expect("an id");
        known.get(&id.to_ascii_lowercase()).copied()
    };
    let ago = omar.now() - of("Inês").expect("activated");
    assert!(ago > TimeDelta::days(1) && ago < TimeDelta::days(2), "the last of three: {ago}");
    assert_eq!(of("Petra"), None);
    // Who may not read others' sees their own at most.
    let ines = office(&world, "ines").await;
    let own = ines.last_activations(&helpdesk.review, items).await.unwrap_or_default();
    assert!(own.keys().all(|id| *id == ines.own_id().to_ascii_lowercase()), "{own:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stages_hostile_names_odd_rows_and_refused_insights_do_no_harm() {
    let world = World::of(contoso()).await;
    let nadia = office(&world, "nadia").await;
    let all = || async { nadia.reviews(&[Kind::DirectoryRole], false, ACCESS_REVIEWS).await.remove(0).found };
    // The list is had without what could not be expanded.
    world.fault("decisions/filterByCurrentUser", 1, refusal(400, "BadRequest", "no expanding"));
    let found = all().await.expect("read");
    let items = found[0].items.as_ref().expect("read");
    assert!(items.len() == 3 && items.iter().all(|item| item.last_sign_in.is_none()));
    // One that cannot be read says why, and one that is gone is left out.
    world.fault("decisions/filterByCurrentUser", 1, refusal(403, "Forbidden", "no"));
    let found = all().await.expect("read");
    assert_eq!(found[0].items.as_ref().expect_err("refused").code, "Forbidden");
    world.fault("decisions/filterByCurrentUser", 1, refusal(404, "ResourceNotFound", "gone"));
    assert_eq!(all().await, Ok(Vec::new()));
    world.fault("instances/filterByCurrentUser", 1, refusal(404, "ResourceNotFound", "gone"));
    assert_eq!(all().await, Ok(Vec::new()));
    // A definition with stages: the stage that waits is the one that is decided in.
    let definitions = json!({"value": [
        {"id": "d1", "displayName": "\u{202e}Quarter\u{0}", "stageSettings": [{"stageId": "1"}, {"stageId": "2"}],
         "scope": {"resourceScopes": [{"query": "/roleManagement/directory/roleDefinitions/r1"}]}},
        {"id": "../d2", "displayName": "no such address"},
        "no row",
    ]});
    let instances = json!({"value": [
        {"id": "i1", "status": "InProgress", "endDateTime": "2999-01-31T00:00:00Z"}, {"id": 7}, {"id": "i/2"},
    ]});
    let stages = json!({"value": [
        {"id": "s1", "status": "Completed"}, {"id": "s2", "status": "InProgress", "endDateTime": "2999-01-15T00:00:00Z"},
    ]});
    let people = json!({"value": [
        {"id": "x1", "decision": "Escalated", "principal": {"id": "p1", "displayName": "\u{202e}Eve\u{0}<b>"}},
        {"id": "x2", "principal": null, "recommendation": "NoInfoAvailable"},
        {"decision": "Approve"}, 4,
    ]});
    world.fault("definitions/filterByCurrentUser", 1, answer(definitions));
    world.fault("instances/filterByCurrentUser", 1, answer(instances));
    world.fault("stages/filterByCurrentUser", 1, answer(stages));
    world.fault("stages/s2/decisions/filterByCurrentUser", 1, answer(people));
    let found = all().await.expect("read");
    assert_eq!(found.len(), 1);
    let AccessReview { path, name, end, resource, .. } = &found[0].review;
    assert_eq!((path.stage.as_deref(), name.as_str(), resource.as_deref()), (Some("s2"), "Quarter", Some("r1")));
    assert_eq!(*end, "2999-01-15T00:00:00Z".parse().ok());
    let items = found[0].items.as_ref().expect("read");
    assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["x1", "x2"]);
    assert_eq!(items[0].decision, ReviewDecision::Other("Escalated".into()));
    let of = |at: usize, opinion| Wish {
        review: found[0].review.clone(),
        item: items[at].clone(),
        opinion,
        reason: "x".into(),
    };
    assert_eq!(of(0, Opinion::Deny).sentence(), "Eve <b> is to lose Quarter");
    assert_eq!(of(1, Opinion::Approve).sentence(), "somebody unknown to the directory may keep Quarter");
    world.fault_on(
        Some("PATCH"),
        "stages/s2/decisions/x1",
        1,
        Fault::Answer { status: 204, headers: [].into(), body: serde_json::Value::Null },
    );
    assert!(nadia.review(&[of(0, Opinion::Deny)]).await[0].is_ok());
    // A list that cannot be had is said.
    world.fault("definitions/filterByCurrentUser", 9, Fault::Html);
    assert_eq!(all().await.expect_err("no list").code, "not-json");
}

//! The current account's session is lent, and asks for a permission more when somebody wants it.

use pim::{
    cloud::{AUDIT_LOG, Reach},
    manage::Counter,
    paths::Paths,
    problem::Remedy,
    view::{Ask, Told},
};
use tenant::{Scenario, robot::Person};

use crate::desk::Desk;

#[tokio::test]
async fn nobody_who_is_signed_out_has_a_session_to_lend() {
    let desk = Desk::new().await;
    assert!(desk.agent.office().await.is_err());
    desk.sign_in().await;
    let office = desk.agent.office().await.expect("a session");
    assert_eq!(office.identity().username, "maya@contoso.example");
    // By name: that account's or none.
    let view = desk.agent.view();
    let own = view.accounts.iter().find(|row| row.current).expect("somebody").account.id.clone();
    let named = desk.agent.office_of(&own).await.expect("a session");
    assert_eq!(named.identity().object_id, office.identity().object_id);
    assert!(desk.agent.office_of("somebody else").await.is_err());
    desk.agent.shutdown().await;
    assert!(desk.agent.office().await.is_err(), "and does not wait for one");
}

#[tokio::test]
async fn a_permission_is_asked_for_once_and_known_after_a_restart() {
    let mut desk = Desk::signed_in().await;
    let before = desk.browsers();
    let office = desk.agent.office().await.expect("a session");
    office.permit(AUDIT_LOG).await.expect("consented to");
    office.permit(AUDIT_LOG).await.expect("still");
    assert_eq!(desk.browsers() - before, 1);
    desk.restart().await;
    let office = desk.agent.office().await.expect("a session");
    office.permit(AUDIT_LOG).await.expect("in silence");
    assert_eq!(desk.browsers() - before, 1, "the tenant remembers it");
    office.sources().directory.eligible().await.expect("the session goes on");
}

#[tokio::test]
async fn what_an_administrator_has_to_consent_to_is_said_with_the_link() {
    let mut scenario = Scenario::contoso();
    scenario.switches.unconsented.insert(AUDIT_LOG.into());
    let mut desk = Desk::of(scenario).await;
    desk.person = Person::new("maya").who_goes_back();
    desk.reach = Reach::Directory;
    desk.restart().await;
    desk.sign_in().await;
    let office = desk.agent.office().await.expect("a session");
    let problem = office.permit(AUDIT_LOG).await.expect_err("nobody has consented");
    assert!(problem.message.contains(AUDIT_LOG), "{problem:?}");
    let page = office.consent_page(AUDIT_LOG);
    assert!(matches!(&problem.remedy, Remedy::AskAdmin { text } if text.contains(&page)), "{problem:?}");
    office.sources().directory.eligible().await.expect("the session is as it was");
    let link = page.parse().expect("an address");
    Person::new("omar").who_stops_at_the_client().sign_in(&link).await.expect("agreed");
    office.permit(AUDIT_LOG).await.expect("consented to");
}

#[tokio::test]
async fn what_is_needed_is_known_without_a_second_question() {
    let desk = Desk::signed_in().await;
    let office = desk.agent.office().await.expect("a session");
    let mut counter = Counter::within(Paths::within(desk.home.path()));
    let ask = |text: &str| Ask::Need { text: text.into(), allow: false };
    let Told::Failed { problem } = counter.answer(&office, ask(" ")).await else { panic!("nothing was asked") };
    assert_eq!(problem.code, "no-question");
    let Told::Need { own, actions, .. } = counter.answer(&office, ask("reset a user's password")).await else {
        panic!("no answer")
    };
    assert!(!actions.is_empty());
    let helpdesk = own.iter().find(|row| row.name == "Helpdesk Administrator").expect("the least of them");
    let row = desk.eligible("Helpdesk Administrator");
    assert!(helpdesk.places.iter().any(|place| place.id == row.id && place.scope.is_none()), "{helpdesk:?}");
    // Kept: another counter, of another run, asks nobody.
    let before = desk.requests("/");
    let mut later = Counter::within(Paths::within(desk.home.path()));
    let Told::Need { own: again, .. } = later.answer(&office, ask("reset a user's password")).await else {
        panic!("no answer")
    };
    assert_eq!((again, desk.requests("/")), (own, before));
    let Told::Need { own, others, actions, .. } = later.answer(&office, ask("xyzzy")).await else {
        panic!("no answer")
    };
    assert!(own.is_empty() && others.is_empty() && actions.is_empty());
}

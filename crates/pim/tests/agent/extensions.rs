//! Later ends: the permission at the click, what is remembered, and what an administrator does with it.

use pim::{
    cloud::Reach,
    model::Kind,
    problem::Remedy,
    view::{Command, ExtensionState, Session, View},
};
use tenant::{
    App, Scenario,
    pim::{Action, Actor, Expiration, Request, Side, Status},
    robot::Person,
};

use crate::desk::{Desk, listed};

const DIRECTORY: &str = "RoleEligibilitySchedule.ReadWrite.Directory";
const GROUPS: &str = "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup";

/// An eligibility of the kind of which a later end can be asked for.
fn ending(view: &View, kind: Kind) -> String {
    let row = view.eligible.iter().find(|row| row.kind == kind && row.extension.is_some());
    row.unwrap_or_else(|| panic!("nothing of {kind:?} ends soon")).id.clone()
}

fn state(view: &View, id: &str) -> Option<ExtensionState> {
    Some(view.eligible.iter().find(|row| row.id == id)?.extension.as_ref()?.state.clone())
}

fn ask(desk: &Desk, id: &str) {
    let reason = "The project goes on".to_owned();
    desk.agent.send(Command::RequestExtension { id: id.to_owned(), eligibility: true, reason });
}

async fn until(desk: &Desk, id: &str, wanted: ExtensionState) {
    desk.until(&format!("{id} {wanted:?}"), |view| state(view, id) == Some(wanted.clone())).await;
}

async fn failed(desk: &Desk, id: &str) -> pim::problem::Problem {
    let view = desk.until("refused", |view| matches!(state(view, id), Some(ExtensionState::Failed { .. }))).await;
    match state(&view, id) {
        Some(ExtensionState::Failed { problem }) => problem,
        _ => unreachable!(),
    }
}

/// The request about an eligibility that waits for an administrator.
fn waiting(app: &App) -> Option<Request> {
    app.with_pim(|pim, _| {
        pim.requests(Side::Eligibility).find(|request| request.status == Status::PendingAdminDecision).cloned()
    })
}

/// Omar gives what was asked for.
fn give(app: &App) {
    let asked = waiting(app).expect("it waits");
    let omar = app.scenario.user_named("omar").expect("omar").id;
    let actor = Actor { id: omar, mfa: true, contexts: vec!["c1".into()], cp1: true };
    let id = app.guid();
    app.with_pim(|pim, now| {
        let mut schedule = asked.schedule.clone().expect("when");
        schedule.start = None;
        assert!(matches!(schedule.expiration, Expiration::AfterDateTime(_)), "{schedule:?}");
        let submission = tenant::pim::Submission {
            side: Side::Eligibility,
            action: Action::AdminExtend,
            principal: asked.principal,
            role: asked.role,
            scope: asked.scope,
            justification: Some("fine".into()),
            schedule: Some(schedule),
            ticket: tenant::pim::Ticket::default(),
            validation_only: false,
            eligibility: None,
            condition: None,
        };
        pim.submit(&app.scenario, &actor, &submission, id, now).expect("given");
    });
}

#[tokio::test]
async fn the_permission_is_asked_for_at_the_click_and_once_for_each_kind() {
    let mut desk = Desk::signed_in().await;
    let (browsers, view) = (desk.browsers(), desk.agent.view());
    for (opened, kind) in [Kind::DirectoryRole, Kind::Group].into_iter().enumerate() {
        let id = ending(&view, kind);
        ask(&desk, &id);
        until(&desk, &id, ExtensionState::Requested).await;
        assert_eq!(desk.browsers() - browsers, opened + 1, "{kind:?}");
    }
    assert_eq!(desk.agent.view().list.problem, None, "what was had before is still there");
    // What is consented to is remembered, and so is what was asked for; the service is asked how it stands.
    let role = ending(&view, Kind::DirectoryRole);
    desk.restart().await;
    until(&desk, &role, ExtensionState::Requested).await;
    desk.wait("asked how it stands", || desk.requests("/roleEligibilityScheduleRequests/filterByCurrentUser") > 0)
        .await;
    give(desk.tenant.app());
    give(desk.tenant.app());
    desk.agent.send(Command::Refresh);
    desk.until("given", |view| !view.list.loading && state(view, &role).is_none()).await;
    assert_eq!(desk.browsers() - browsers, 2);
}

#[tokio::test]
async fn what_was_withdrawn_in_the_portal_can_be_asked_for_again() {
    let desk = Desk::signed_in().await;
    let role = ending(&desk.agent.view(), Kind::DirectoryRole);
    ask(&desk, &role);
    until(&desk, &role, ExtensionState::Requested).await;
    let app = desk.tenant.app();
    let asked = waiting(app).expect("it waits");
    app.with_pim(|pim, now| pim.cancel(&app.scenario, asked.principal, Side::Eligibility, asked.id, now))
        .expect("gone");
    desk.agent.send(Command::Refresh);
    until(&desk, &role, ExtensionState::Possible).await;
}

/// At a Contoso that has not consented to these, with a person who goes back to the application when a page says so.
async fn unconsented(names: &[&str], reach: Reach) -> Desk {
    let mut scenario = Scenario::contoso();
    scenario.switches.unconsented.extend(names.iter().map(|name| (*name).to_owned()));
    let mut desk = Desk::of(scenario).await;
    desk.person = Person::new("maya").who_goes_back();
    desk.reach = reach;
    desk.restart().await;
    desk.agent.send(Command::SignInDemo);
    desk
}

#[tokio::test]
async fn a_permission_for_an_administrator_to_give_is_had_by_their_link() {
    for (kind, permission) in [(Kind::DirectoryRole, DIRECTORY), (Kind::Group, GROUPS)] {
        let desk = unconsented(&[permission], Reach::Groups).await;
        let view = desk.until("listed", |view| listed(view) && !view.list.loading).await;
        let (id, browsers) = (ending(&view, kind), desk.browsers());
        ask(&desk, &id);
        let problem = failed(&desk, &id).await;
        assert_eq!(desk.browsers(), browsers + 1);
        assert!(problem.message.contains(permission), "{problem:?}");
        let Remedy::AskAdmin { text } = &problem.remedy else { panic!("{problem:?}") };
        let link = text.split_whitespace().find(|word| word.contains("/v2.0/adminconsent?")).expect("a link");
        assert!(waiting(desk.tenant.app()).is_none(), "nothing was sent");
        // The session is as it was.
        desk.activate("Global Reader", 60, None);
        desk.until_active("Global Reader").await;
        let link = link.parse().expect("an address");
        Person::new("omar").who_stops_at_the_client().sign_in(&link).await.expect("agreed");
        ask(&desk, &id);
        until(&desk, &id, ExtensionState::Requested).await;
    }
}

#[tokio::test]
async fn a_session_with_what_was_consented_to_asks_for_no_more_than_the_permission() {
    let desk = unconsented(
        &["RoleManagement.ReadWrite.Directory", "RoleManagementPolicy.Read.Directory", DIRECTORY],
        Reach::Groups,
    )
    .await;
    desk.until("refused", |view| matches!(view.session, Session::SignedOut { reason: Some(_) })).await;
    desk.agent.send(Command::SignInDemo);
    let there = |view: &View| {
        let some = |kind| view.eligible.iter().any(|row| row.kind == kind && row.extension.is_some());
        !view.list.loading && some(Kind::DirectoryRole)
    };
    let view = desk.until("listed", there).await;
    let id = ending(&view, Kind::DirectoryRole);
    ask(&desk, &id);
    let Remedy::AskAdmin { text } = failed(&desk, &id).await.remedy else { panic!("no link") };
    let link = text.split_whitespace().find(|word| word.contains("/v2.0/adminconsent?")).expect("a link");
    Person::new("omar").who_stops_at_the_client().sign_in(&link.parse().expect("an address")).await.expect("agreed");
    ask(&desk, &id);
    until(&desk, &id, ExtensionState::Requested).await;
    // The token that came with it is not one for this alone.
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
}

#[tokio::test]
async fn whoever_stops_waiting_has_asked_for_nothing() {
    let mut desk = Desk::signed_in().await;
    let role = ending(&desk.agent.view(), Kind::DirectoryRole);
    desk.restart().await;
    let view = desk.until("listed", |view| listed(view) && !view.list.loading).await;
    assert_eq!(state(&view, &role), Some(ExtensionState::Possible));
    // The sign-in's pages cannot be reached: the browser waits.
    desk.fault("GET", "/oauth2/v2.0/authorize", 9, tenant::faults::Fault::Html);
    ask(&desk, &role);
    until(&desk, &role, ExtensionState::SigningIn).await;
    desk.agent.send(Command::CancelSignIn);
    assert_eq!(failed(&desk, &role).await.code, "sign-in-cancelled");
    desk.agent.send(Command::DismissProblem { id: role.clone() });
    until(&desk, &role, ExtensionState::Possible).await;
    assert!(waiting(desk.tenant.app()).is_none());
}

#[tokio::test]
async fn signing_in_again_goes_on_with_what_was_allowed() {
    let desk = Desk::signed_in().await;
    let role = ending(&desk.agent.view(), Kind::DirectoryRole);
    ask(&desk, &role);
    until(&desk, &role, ExtensionState::Requested).await;
    let asked = desk.requests("/roleEligibilityScheduleRequests/filterByCurrentUser");
    desk.agent.send(Command::SignInDemo);
    let again = || desk.requests("/roleEligibilityScheduleRequests/filterByCurrentUser") > asked;
    desk.wait("read with the new session", again).await;
    let view = desk.until("listed", |view| listed(view) && !view.list.loading).await;
    assert_eq!(state(&view, &role), Some(ExtensionState::Requested));
}

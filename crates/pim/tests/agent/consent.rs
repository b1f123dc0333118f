//! Permissions that nobody has consented to: what works without them goes on, and an administrator is told where to consent.

use pim::{
    cloud::Reach,
    model::Kind,
    problem::Remedy,
    view::{Command, Consent, Session, SourceState, View},
};
use serde_json::json;
use tenant::{Scenario, faults::Fault, robot::Person};

use crate::desk::{Desk, listed};

/// How a kind stands; while nobody is signed in, like one that was never read.
fn source(view: &View, kind: Kind) -> SourceState {
    let never = SourceState {
        kind,
        as_of: None,
        loading: false,
        problem: None,
        partial: None,
        paused_until: None,
        consent: None,
    };
    view.list.sources.iter().find(|source| source.kind == kind).cloned().unwrap_or(never)
}

fn rows(view: &View, kind: Kind) -> usize {
    view.eligible.iter().filter(|row| row.kind == kind).count()
}

/// At a Contoso that has not consented to these, with a person who goes back to the application when a page says so.
async fn desk(unconsented: &[&str], reach: Reach) -> Desk {
    let mut scenario = Scenario::contoso();
    scenario.switches.unconsented.extend(unconsented.iter().map(|name| (*name).to_owned()));
    let mut desk = Desk::of(scenario).await;
    desk.person = Person::new("maya").who_goes_back();
    desk.reach = reach;
    desk.restart().await;
    desk
}

/// An administrator opens the link and agrees.
async fn agree(consent: &Consent) {
    let link = consent.link.parse().expect("an address");
    Person::new("omar").who_stops_at_the_client().sign_in(&link).await.expect("agreed");
}

async fn refused(desk: &Desk, kind: Kind) -> Consent {
    desk.agent.send(Command::AllowSource { source: kind });
    let view = desk.until("a link", |view| source(view, kind).consent.is_some()).await;
    assert!(view.notices.iter().any(|notice| notice.id == "allow"), "{:?}", view.notices);
    assert!(rows(&view, Kind::DirectoryRole) > 10 && source(&view, Kind::DirectoryRole).problem.is_none());
    source(&view, kind).consent.expect("just seen")
}

async fn allowed(desk: &Desk, kind: Kind) {
    desk.agent.send(Command::AllowSource { source: kind });
    let fine = |source: &SourceState| source.problem.is_none() && source.consent.is_none();
    desk.until("allowed", |view| rows(view, kind) > 0 && fine(&source(view, kind))).await;
}

#[tokio::test]
async fn groups_are_asked_for_when_somebody_wants_them_and_stay_after_a_restart() {
    let mut desk = desk(&[], Reach::Directory).await;
    desk.sign_in().await;
    let view = desk.agent.view();
    let groups = source(&view, Kind::Group);
    assert_eq!(groups.problem.as_ref().map(|problem| problem.code.as_str()), Some("not-consented"));
    assert_eq!((&groups.consent, &view.list.problem, desk.requests("privilegedAccess")), (&None, &None, 0));
    allowed(&desk, Kind::Group).await;
    let browsers = desk.browsers();
    desk.restart().await;
    desk.until("groups again", |view| listed(view) && rows(view, Kind::Group) > 0).await;
    assert_eq!(desk.browsers(), browsers);
}

#[tokio::test]
async fn groups_that_an_administrator_has_to_consent_to_leave_the_session_as_it_was() {
    let desk = desk(&["PrivilegedEligibilitySchedule.Read.AzureADGroup"], Reach::Directory).await;
    desk.sign_in().await;
    let consent = refused(&desk, Kind::Group).await;
    assert!(consent.permissions.contains(&"PrivilegedEligibilitySchedule.Read.AzureADGroup".to_owned()));
    // The session goes on, with the token that it had.
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
    agree(&consent).await;
    allowed(&desk, Kind::Group).await;
}

#[tokio::test]
async fn azure_that_an_administrator_has_to_consent_to_is_had_by_their_link() {
    let desk = desk(&["user_impersonation"], Reach::Groups).await;
    desk.sign_in().await;
    let consent = refused(&desk, Kind::AzureResource).await;
    assert_eq!(consent.permissions, ["user_impersonation"]);
    agree(&consent).await;
    allowed(&desk, Kind::AzureResource).await;
}

/// A sign-in that is refused as a whole, and the next one, which asks for what was consented to only.
async fn limited(unconsented: &[&str]) -> Desk {
    let desk = desk(unconsented, Reach::Groups).await;
    desk.agent.send(Command::SignInDemo);
    let view = desk.until("refused", |view| matches!(view.session, Session::SignedOut { reason: Some(_) })).await;
    let Session::SignedOut { reason: Some(problem) } = &view.session else { unreachable!() };
    let Remedy::AskAdmin { text } = &problem.remedy else { panic!("{problem:?}") };
    assert!(text.contains("/v2.0/adminconsent?") && problem.message.contains("Sign in again"), "{problem:?}");
    desk.agent.send(Command::SignInDemo);
    desk
}

#[tokio::test]
async fn a_sign_in_without_consent_to_groups_goes_on_without_them() {
    let desk = limited(&[
        "PrivilegedAccess.ReadWrite.AzureADGroup",
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    ])
    .await;
    let view = desk.until("directory roles", |view| {
        listed(view) && source(view, Kind::Group).consent.is_some() && rows(view, Kind::DirectoryRole) > 10
    });
    let view = view.await;
    assert!(source(&view, Kind::DirectoryRole).problem.is_none());
    agree(source(&view, Kind::Group).consent.as_ref().expect("just seen")).await;
    allowed(&desk, Kind::Group).await;
}

#[tokio::test]
async fn a_sign_in_without_consent_to_policies_lists_roles_and_lets_the_service_judge() {
    let desk = limited(&[
        "RoleManagement.Read.All",
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagementPolicy.Read.Directory",
        "RoleManagementPolicy.ReadWrite.Directory",
    ])
    .await;
    let view = desk.until("directory roles", |view| {
        let directory = source(view, Kind::DirectoryRole);
        !view.list.loading && directory.consent.is_some() && rows(view, Kind::DirectoryRole) > 10
    });
    let view = view.await;
    assert!(view.eligible.iter().filter(|row| row.kind == Kind::DirectoryRole).all(|row| !row.requirements.known));
    assert!(source(&view, Kind::Group).consent.is_none());
    desk.activate("Global Reader", 60, None);
    desk.until_active("Global Reader").await;
}

#[tokio::test]
async fn a_consent_that_is_taken_back_takes_groups_away_and_nothing_else() {
    let desk = Desk::signed_in().await;
    let body = json!({
        "error": "invalid_grant", "error_codes": [65_001], "suberror": "consent_required",
        "error_description": "AADSTS65001: The user or administrator has not consented to use the application.",
    });
    let headers = [("Content-Type".into(), "application/json".into())].into();
    desk.fault("POST", "/oauth2/v2.0/token", 1, Fault::Answer { status: 400, headers, body });
    desk.advance(chrono::TimeDelta::hours(30));
    desk.agent.send(Command::Refresh);
    let view = desk.until("a link", |view| source(view, Kind::Group).consent.is_some()).await;
    assert!(matches!(view.session, Session::SignedIn { .. }));
    let fine = |view: &View| listed(view) && source(view, Kind::DirectoryRole).problem.is_none();
    desk.until("directory roles", fine).await;
    allowed(&desk, Kind::Group).await;
}

/// The row of a role that was entered.
async fn entered(desk: &Desk, source: Kind, role: &str, scope: Option<&str>, name: &str) -> String {
    desk.agent.send(Command::EnterRole { source, role: role.into(), scope: scope.map(str::to_owned) });
    let found = |view: &View| view.eligible.iter().any(|row| row.kind == source && row.name == name && row.entered);
    let view = desk.until(&format!("{name} on the list"), found).await;
    let row = view.eligible.iter().find(|row| row.kind == source && row.name == name).expect("just seen");
    assert!(source != Kind::DirectoryRole || !row.requirements.known, "the service judges");
    row.id.clone()
}

async fn activated(desk: &Desk, id: &str) {
    let reason = "entered by name".to_owned();
    desk.agent.send(Command::ActivateSeveral { ids: vec![id.into()], minutes: 30, reason, ticket: None });
    let active = |view: &View| view.active.iter().any(|row| row.id == id && row.state == pim::view::RowState::Active);
    desk.until(&format!("{id} active"), active).await;
}

#[tokio::test]
async fn a_directory_role_that_cannot_be_listed_is_entered_activated_and_forgotten() {
    let mut desk = limited(&[
        "RoleEligibilitySchedule.Read.Directory",
        "RoleEligibilitySchedule.ReadWrite.Directory",
        "RoleManagement.Read.All",
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagementPolicy.Read.Directory",
        "RoleManagementPolicy.ReadWrite.Directory",
        "Directory.Read.All",
    ])
    .await;
    let refused = |view: &View| source(view, Kind::DirectoryRole).consent.is_some() && !view.list.loading;
    let view = desk.until("refused", refused).await;
    assert_eq!(rows(&view, Kind::DirectoryRole), 0);
    let id = entered(&desk, Kind::DirectoryRole, "global reader", None, "Global Reader").await;
    let other = entered(
        &desk,
        Kind::DirectoryRole,
        "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
        None,
        "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
    )
    .await;
    activated(&desk, &id).await;
    // The service judges.
    let reason = "entered by id".to_owned();
    desk.agent.send(Command::ActivateSeveral { ids: vec![other.clone()], minutes: 30, reason, ticket: None });
    let failed = |view: &View| {
        view.active.iter().any(|row| row.id == other && matches!(row.state, pim::view::RowState::Failed { .. }))
    };
    desk.until("not eligible", failed).await;
    desk.agent.send(Command::ForgetRole { id: other.clone() });
    desk.until("forgotten", |view| view.eligible.iter().all(|row| row.id != other)).await;
    // A name that may not be looked up is said so.
    desk.agent.send(Command::EnterRole { source: Kind::DirectoryRole, role: "My own role".into(), scope: None });
    let said =
        |view: &View| view.notices.iter().any(|notice| notice.id == "enter-role" && notice.message.contains("id"));
    desk.until("told", said).await;
    desk.restart().await;
    let view =
        desk.until("remembered", |view| matches!(view.session, Session::SignedIn { .. }) && !view.list.loading).await;
    let directory = view.eligible.iter().filter(|row| row.kind == Kind::DirectoryRole);
    let kept: Vec<_> = directory.map(|row| (row.id.clone(), row.entered, row.engaged)).collect();
    assert_eq!(kept, [(id, true, true)]);
}

#[tokio::test]
async fn a_group_that_cannot_be_listed_is_entered_by_name_and_activated() {
    let desk = limited(&[
        "PrivilegedAccess.ReadWrite.AzureADGroup",
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    ])
    .await;
    let refused = |view: &View| source(view, Kind::Group).consent.is_some() && !view.list.loading;
    desk.until("refused", refused).await;
    let id = entered(&desk, Kind::Group, "Warehouse Dashboards", None, "Warehouse Dashboards").await;
    activated(&desk, &id).await;
    desk.agent.send(Command::EnterRole { source: Kind::Group, role: "Nobody's group".into(), scope: None });
    let said = |view: &View| view.notices.iter().any(|notice| notice.message.contains("nothing of this name"));
    desk.until("told", said).await;
}

#[tokio::test]
async fn an_azure_role_that_cannot_be_listed_is_entered_with_its_scope_and_activated() {
    let desk = Desk::signed_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let view = desk.until("listed", |view| rows(view, Kind::AzureResource) > 0).await;
    let listed =
        view.eligible.iter().find(|row| row.kind == Kind::AzureResource && row.scope.as_deref() == Some("rg-sandbox"));
    let scope = listed.expect("Contributor of the sandbox").id.split('|').nth(2).expect("a scope").to_owned();
    // Somebody else's desk, at which eligibilities may not be read.
    let desk = Desk::new().await;
    let headers = [("Content-Type".into(), "application/json".into())].into();
    let body =
        json!({ "error": { "code": "AuthorizationFailed", "message": "The client does not have authorization." } });
    let path = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";
    desk.fault("GET", path, 1000, Fault::Answer { status: 403, headers, body });
    desk.sign_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let refused = |view: &View| {
        source(view, Kind::AzureResource).problem.is_some_and(|problem| problem.code == "AuthorizationFailed")
    };
    desk.until("refused", refused).await;
    let id = entered(&desk, Kind::AzureResource, "Contributor", Some(&scope), "Contributor").await;
    activated(&desk, &id).await;
    desk.agent.send(Command::EnterRole { source: Kind::AzureResource, role: "Contributor".into(), scope: None });
    let said = |view: &View| view.notices.iter().any(|notice| notice.message.contains("Enter its scope"));
    desk.until("told", said).await;
}

#[tokio::test]
async fn azure_stays_allowed_when_the_same_person_signs_in_again() {
    let desk = Desk::signed_in().await;
    desk.agent.send(Command::AllowSource { source: Kind::AzureResource });
    let listed = |view: &View| rows(view, Kind::AzureResource) > 0 && !view.list.loading;
    let before = source(&*desk.until("listed", listed).await, Kind::AzureResource).as_of;
    let browsers = desk.browsers();
    desk.agent.send(Command::SignInDemo);
    let again = |view: &View| {
        let azure = source(view, Kind::AzureResource);
        azure.as_of > before && azure.problem.is_none() && !view.list.loading
    };
    desk.until("listed again", again).await;
    assert_eq!(desk.browsers(), browsers + 1);
}

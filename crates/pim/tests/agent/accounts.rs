//! Several accounts at once: the same person in two tenants, and two people.

use std::sync::Arc;

use pim::{
    agent::{Notification, NotificationAction},
    view::{Account, AccountRow, Command, Session, Settings, Status, View},
};
use tenant::robot::Person;

use crate::desk::{Desk, listed, row};

const CONTOSO: &str = "Contoso Logistics";
const FABRIKAM: &str = "Fabrikam Freight";
const FABRIKAM_ID: &str = "0b6d4f3a-58c7-4e21-9f3d-7a1c2e9b8d65";

/// Whose lists a view shows.
fn shown(view: &View) -> Option<&Account> {
    match &view.session {
        Session::SignedIn { account } => Some(account),
        _ => None,
    }
}

fn at(tenant: &str) -> impl Fn(&View) -> bool {
    move |view| shown(view).is_some_and(|account| account.tenant == tenant) && listed(view)
}

fn account<'a>(view: &'a View, tenant: &str) -> &'a AccountRow {
    let found = view.accounts.iter().find(|row| row.account.tenant == tenant);
    found.unwrap_or_else(|| panic!("nobody at {tenant}: {:#?}", view.accounts))
}

/// Maya, at Contoso and as a guest at Fabrikam, whose lists are shown.
async fn both() -> Desk {
    let desk = Desk::signed_in().await;
    desk.until("at Contoso", at(CONTOSO)).await;
    desk.agent.send(elsewhere(Some(FABRIKAM_ID)));
    desk.until("at Fabrikam", at(FABRIKAM)).await;
    desk
}

/// A sign-in to another tenant, or as somebody else.
fn elsewhere(tenant: Option<&str>) -> Command {
    let tenant = tenant.map(str::to_owned);
    Command::SignInTenant { tenant, cloud: None, client_id: None, device_code: false }
}

async fn select(desk: &Desk, tenant: &str) -> Arc<View> {
    let id = account(&desk.agent.view(), tenant).account.id.clone();
    desk.agent.send(Command::SelectAccount { account: id });
    desk.until(tenant, at(tenant)).await
}

fn addressed(to: &str, command: Command) -> Command {
    Command::For { account: to.into(), command: Box::new(command) }
}

fn activate(id: &str, reason: &str) -> Command {
    let (id, reason) = (id.to_owned(), reason.to_owned());
    Command::Activate { id, minutes: 60, reason, ticket: None, undoable: false, start: None, scope: None }
}

#[tokio::test]
async fn the_same_person_in_two_tenants_is_two_accounts_side_by_side() {
    let desk = both().await;
    let view = desk.agent.view();
    let rows: Vec<_> = view.accounts.iter().map(|row| (row.account.tenant.as_str(), row.colour, row.current)).collect();
    assert_eq!(rows, [(CONTOSO, 0, false), (FABRIKAM, 1, true)]);
    assert_eq!(view.eligible.iter().filter(|row| row.kind == pim::model::Kind::DirectoryRole).count(), 2);
    let view = select(&desk, CONTOSO).await;
    assert!(view.eligible.len() > 15);
    assert!(account(&view, CONTOSO).current && !account(&view, FABRIKAM).current);
    // The role's key is the same in both tenants.
    let id = desk.eligible("Global Reader").id;
    let contoso = account(&view, CONTOSO).account.id.clone();
    desk.agent.send(addressed(&contoso, activate(&id, "at Contoso")));
    desk.until_active("Global Reader").await;
    let view = select(&desk, FABRIKAM).await;
    assert_eq!(desk.eligible("Global Reader").id, id);
    assert!(row(&view, "Global Reader").is_none(), "{:#?}", view.active);
    let there = &account(&view, CONTOSO).active;
    assert!(there.iter().any(|row| row.id == id && row.reason.as_deref() == Some("at Contoso")), "{there:#?}");
    assert_eq!((view.status, account(&view, CONTOSO).status), (Status::Idle, Status::Active));
    // What was clicked under one account stays with it, whoever is shown when it arrives.
    let fabrikam = account(&view, FABRIKAM).account.id.clone();
    desk.agent.send(Command::SelectAccount { account: contoso });
    desk.agent.send(addressed(&fabrikam, activate(&id, "at Fabrikam")));
    let view = desk.until("active at both", |view| account(view, FABRIKAM).status == Status::Active).await;
    assert_eq!(row(&view, "Global Reader").and_then(|row| row.reason.as_deref()), Some("at Contoso"));
    assert_eq!(desk.committed("selfActivate"), 2);
    assert!(view.recent_reasons.iter().all(|reason| reason != "at Fabrikam"));
}

#[tokio::test]
async fn a_restart_brings_both_back_and_shows_the_one_that_was_shown() {
    let mut desk = both().await;
    let id = desk.eligible("Global Reader").id;
    desk.agent.send(activate(&id, "at Fabrikam"));
    desk.until_active("Global Reader").await;
    let browsers = desk.browsers();
    for tenant in [FABRIKAM, CONTOSO] {
        select(&desk, tenant).await;
        let before = desk.agent.view();
        desk.restart().await;
        let painted = desk.agent.view();
        assert_eq!(painted.eligible.len(), before.eligible.len(), "painted before anybody was asked");
        let rows = |view: &View| -> Vec<_> {
            view.accounts.iter().map(|row| (row.account.id.clone(), row.colour, row.current)).collect()
        };
        assert_eq!(rows(&painted), rows(&before));
        let view = desk.until("both restored", |view| {
            at(tenant)(view)
                && account(view, FABRIKAM).status == Status::Active
                && account(view, CONTOSO).status == Status::Idle
        });
        let view = view.await;
        assert_eq!(row(&view, "Global Reader").is_some(), tenant == FABRIKAM);
    }
    assert_eq!(desk.browsers(), browsers, "nobody had to sign in");
}

#[tokio::test]
async fn signing_in_again_refreshes_a_session_and_doubles_nobody() {
    let desk = both().await;
    desk.agent.send(Command::SignInDemo);
    let view = desk.until("at Contoso again", at(CONTOSO)).await;
    assert_eq!(view.accounts.len(), 2);
    desk.agent.send(elsewhere(Some("fabrikam.example")));
    let view = desk.until("at Fabrikam again", at(FABRIKAM)).await;
    assert_eq!(view.accounts.len(), 2);
}

#[tokio::test]
async fn a_session_that_is_over_disturbs_nobody_else_and_can_be_had_again() {
    let mut desk = Desk::signed_in().await;
    desk.person = Person::new("omar");
    desk.restart().await;
    desk.until("maya again", listed).await;
    let maya = shown(&desk.agent.view()).expect("signed in").id.clone();
    desk.agent.send(elsewhere(None));
    let view = desk.until("omar", |view| shown(view).is_some_and(|account| account.id != maya) && listed(view)).await;
    let omar = shown(&view).expect("signed in").id.clone();
    desk.revoke().await;
    desk.agent.send(addressed(&maya, Command::Refresh));
    let over = |view: &View| view.accounts.iter().any(|row| row.account.id == maya && row.problem.is_some());
    let view = desk.until("maya's session over", over).await;
    assert_eq!(shown(&view).map(|account| &account.id), Some(&omar));
    assert!(view.accounts[0].active.is_empty() && view.accounts[0].status == Status::SignedOut);
    assert!(view.accounts[1].problem.is_none());
    // What is said to an account whose session is over reaches nobody else.
    let before = desk.committed("selfActivate");
    desk.agent.send(addressed(&maya, activate(&view.eligible[0].id, "not mine")));
    desk.agent.send(Command::SelectAccount { account: maya.clone() });
    let view = desk.until("signed out", |view| matches!(view.session, Session::SignedOut { reason: Some(_) })).await;
    assert!(view.eligible.is_empty() && view.active.is_empty());
    assert_eq!(desk.committed("selfActivate"), before);
    desk.person = Person::new("maya");
    desk.restart().await;
    desk.agent.send(addressed(&maya, Command::SignIn));
    let view = desk.until("maya", |view| shown(view).is_some_and(|account| account.id == maya) && listed(view)).await;
    assert_eq!(view.accounts.len(), 2);
}

#[tokio::test]
async fn signing_out_forgets_one_account_and_shows_the_other() {
    let desk = both().await;
    let view = desk.agent.view();
    let (contoso, fabrikam) = (account(&view, CONTOSO).account.id.clone(), account(&view, FABRIKAM).account.id.clone());
    let kept = |id: &str| desk.secrets.read(&format!("loopback.{id}")).expect("memory answers").is_some();
    assert!(kept(&contoso) && kept(&fabrikam));
    desk.agent.send(addressed(&fabrikam, Command::SignOut));
    let view = desk.until("at Contoso", at(CONTOSO)).await;
    assert_eq!(view.accounts.len(), 1);
    desk.wait("wiped", || !kept(&fabrikam)).await;
    assert!(kept(&contoso));
    // Nobody is there any more whom it could be said to.
    desk.agent.send(addressed(&fabrikam, Command::SignOut));
    desk.agent.send(addressed(&contoso, Command::SignOut));
    desk.until("nobody", |view| view.accounts.is_empty() && view.session == Session::SignedOut { reason: None }).await;
    desk.agent.shutdown().await;
    assert!(!kept(&contoso));
    for path in desk.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        assert!(!text.contains("maya") && !text.contains(&contoso), "the account in {}", path.display());
    }
}

#[tokio::test]
async fn a_tenant_that_does_not_know_the_person_is_said_and_changes_nothing() {
    let mut desk = Desk::new().await;
    desk.person = Person::new("ines");
    desk.restart().await;
    desk.agent.send(Command::SignInDemo);
    let before = desk.until("signed in", |view| shown(view).is_some()).await;
    desk.agent.send(elsewhere(Some(FABRIKAM_ID)));
    desk.until("signing in", |view| matches!(view.session, Session::SigningIn { .. })).await;
    desk.agent.send(Command::CancelSignIn);
    let view = desk.until("back", |view| shown(view).is_some()).await;
    assert_eq!(view.accounts.len(), before.accounts.len());
    desk.agent.send(elsewhere(Some("not a tenant")));
    let view = desk.until("told", |view| view.notices.iter().any(|notice| notice.id == "sign-in")).await;
    assert!(shown(&view).is_some());
}

#[tokio::test]
async fn a_notification_says_whose_it_is_and_its_button_leads_there() {
    let desk = both().await;
    let id = desk.eligible("Global Reader").id;
    desk.agent.send(activate(&id, "at Fabrikam"));
    desk.until_active("Global Reader").await;
    let fabrikam = account(&desk.agent.view(), FABRIKAM).account.id.clone();
    select(&desk, CONTOSO).await;
    desk.advance(chrono::TimeDelta::minutes(56));
    let note = desk.until_noted("Global Reader").await;
    assert!(note.title.ends_with("· Fabrikam Freight") && note.tag.starts_with(&fabrikam), "{note:?}");
    let button = NotificationAction::Reactivate { account: Some(fabrikam.clone()), id: id.clone() };
    assert!(note.actions.contains(&button), "{note:?}");
    desk.agent.send(addressed(&fabrikam, Command::OpenForm { id: id.clone() }));
    let view = desk.until("the form", |view| view.open_form.is_some()).await;
    assert_eq!(shown(&view).map(|account| account.tenant.as_str()), Some(FABRIKAM));
    // Elsewhere it is not wanted.
    let view = select(&desk, CONTOSO).await;
    assert_eq!(view.open_form, None);
    let told = desk.notes.borrow().iter().filter(|note| matches!(note, Notification::Notify(_))).count();
    assert!(told >= 1);
}

#[tokio::test]
async fn where_somebody_wants_no_details_a_notification_names_neither_tenant_nor_reason() {
    let desk = both().await;
    let settings = pim::view::Settings { notification_details: false, ..desk.agent.view().settings.clone() };
    desk.agent.send(Command::SaveSettings { settings: Box::new(settings) });
    desk.until("set", |view| !view.settings.notification_details).await;
    let id = desk.eligible("Global Reader").id;
    desk.agent.send(activate(&id, "at Fabrikam"));
    desk.until_active("Global Reader").await;
    select(&desk, CONTOSO).await;
    desk.advance(chrono::TimeDelta::minutes(56));
    let note = desk.until_noted("Global Reader").await;
    let text = format!("{} {}", note.title, note.body);
    assert!(text.contains("ends in") && !text.contains("Fabrikam"), "{note:?}");
}

#[tokio::test]
async fn tenants_are_found_and_marked_with_who_is_signed_in() {
    let desk = Desk::signed_in().await;
    desk.until("named", at(CONTOSO)).await;
    let browsers = desk.browsers();
    desk.agent.send(Command::FindTenants);
    let found = |view: &View| view.tenants.as_ref().is_some_and(|tenants| !tenants.loading);
    // Nobody has consented to Azure: that is said in words, and no browser opens.
    let view = desk.until("told", found).await;
    let tenants = view.tenants.as_ref().expect("asked for");
    let problem = tenants.problem.as_ref().expect("not consented");
    assert!(tenants.rows.is_empty() && problem.message.starts_with("Azure knows your tenants"), "{problem:?}");
    assert_eq!(desk.browsers(), browsers);
    desk.agent.send(Command::AllowSource { source: pim::model::Kind::AzureResource });
    let azure = |view: &View| view.eligible.iter().any(|row| row.kind == pim::model::Kind::AzureResource);
    desk.until("Azure allowed", azure).await;
    desk.agent.send(Command::FindTenants);
    let rows = |view: &View| view.tenants.as_ref().is_some_and(|tenants| tenants.rows.len() == 2);
    let view = desk.until("found", rows).await;
    let tenants = view.tenants.as_ref().expect("found");
    assert_eq!(tenants.problem, None);
    let told: Vec<_> = tenants.rows.iter().map(|row| (row.name.as_str(), row.account.is_some())).collect();
    assert_eq!(told, [(CONTOSO, true), (FABRIKAM, false)]);
    // What was found is what can be signed in to.
    desk.agent.send(elsewhere(Some(&tenants.rows[1].id)));
    desk.until("at Fabrikam", at(FABRIKAM)).await;
    let view = select(&desk, CONTOSO).await;
    let fabrikam = &account(&view, FABRIKAM).account.id;
    assert_eq!(view.tenants.as_ref().expect("still known").rows[1].account.as_ref(), Some(fabrikam));
}

/// Without leave to read what the tenant is called.
async fn nameless() -> Desk {
    let desk = Desk::new().await;
    let headers = [("Content-Type".into(), "application/json".into())].into();
    let body = serde_json::json!({ "error": { "code": "Authorization_RequestDenied", "message": "Insufficient privileges." } });
    desk.fault("GET", "/v1.0/organization", 1000, tenant::faults::Fault::Answer { status: 403, headers, body });
    desk
}

fn called(desk: &Desk) -> String {
    shown(&desk.agent.view()).expect("signed in").tenant.clone()
}

#[tokio::test]
async fn a_tenants_name_is_known_as_soon_as_somebody_is_signed_in() {
    let desk = Desk::new().await;
    desk.agent.send(Command::SignInDemo);
    let view = desk.until("signed in", |view| shown(view).is_some()).await;
    assert_eq!(shown(&view).expect("just seen").tenant, CONTOSO);
}

#[tokio::test]
async fn a_tenant_whose_name_may_not_be_read_goes_by_its_domain_until_azure_tells_it() {
    let mut desk = nameless().await;
    desk.sign_in().await;
    assert_eq!(called(&desk), "contoso.example", "the domain of whoever signed in at home");
    let asked = desk.requests("/v1.0/organization");
    desk.restart().await;
    desk.until("restored", listed).await;
    assert_eq!(called(&desk), "contoso.example");
    desk.wait("asked once more", || desk.requests("/v1.0/organization") > asked).await;
    desk.agent.send(Command::AllowSource { source: pim::model::Kind::AzureResource });
    desk.until("told by Azure", at(CONTOSO)).await;
    let asked = desk.requests("/v1.0/organization");
    desk.restart().await;
    desk.until("remembered", at(CONTOSO)).await;
    assert_eq!(desk.requests("/v1.0/organization"), asked, "what is known is not asked for again");
}

#[tokio::test]
async fn another_tenant_is_signed_in_to_with_a_code_on_another_device() {
    let desk = Desk::signed_in().await;
    let browsers = desk.browsers();
    desk.control("settings", &serde_json::json!({ "deviceCodeInterval": 0 })).await;
    let tenant = Some("fabrikam.example".to_owned());
    desk.agent.send(Command::SignInTenant { tenant, cloud: None, client_id: None, device_code: true });
    let code = |view: &View| matches!(view.session, Session::SigningIn { user_code: Some(_), .. });
    let view = desk.until("a code", code).await;
    let Session::SigningIn { user_code: Some(code), .. } = &view.session else { unreachable!() };
    let authority = desk.tenant.endpoints().authority.clone();
    Person::new("maya").approve_device_code(&authority, code).await.expect("approved");
    let view = desk.until("at Fabrikam", at(FABRIKAM)).await;
    assert_eq!((view.accounts.len(), desk.browsers()), (2, browsers), "no browser here");
}

#[tokio::test]
async fn a_registration_belongs_to_its_cloud() {
    const OWN: &str = "7b5e3c1a-92d4-4f68-8a0b-1c6d5e4f3a29";
    for (named, used) in [(Some(OWN), OWN), (None, "14d82eec-204b-4c2f-b7e8-296a70dab67e")] {
        let desk = Desk::new().await;
        // The settings' is that of the settings' cloud, and nobody in this one.
        let settings = Settings { client_id: Some(FABRIKAM_ID.into()), ..desk.agent.view().settings.clone() };
        desk.agent.send(Command::SaveSettings { settings: Box::new(settings) });
        let (cloud, client_id) = (Some("loopback".to_owned()), named.map(str::to_owned));
        desk.agent.send(Command::SignInTenant { tenant: None, cloud, client_id, device_code: false });
        desk.until("at Contoso", at(CONTOSO)).await;
        // Another tenant of the same cloud is signed in to with the account's own.
        desk.agent.send(elsewhere(Some(FABRIKAM_ID)));
        desk.until("at Fabrikam", at(FABRIKAM)).await;
        desk.agent.shutdown().await;
        let session = std::fs::read_to_string(desk.home.path().join("session.json")).expect("kept");
        assert_eq!(session.matches(used).count(), 2, "{session}");
    }
}

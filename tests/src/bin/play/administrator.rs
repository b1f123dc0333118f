//! The administrator's side: somebody asks, the Manage window is opened, the request is decided, standing access is looked at,
//! and the last administrator stays. A role is given, the history that it lets be read is downloaded, people are reviewed, and
//! what the service warns of is looked at.

use std::fs;

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::{App, home},
    cli,
    desktop::{Desktop, Notifications, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{MANAGE, Window},
};
use tempfile::TempDir;

use crate::{album::Album, governs, scenes::told};

/// In which colours the desktop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Plays it on a desktop of its own.
pub async fn play(album: &mut Album, look: Look) -> Result<()> {
    let desktop = Desktop::start(Setup { notifications: Notifications::Drawing, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "3"])?;
    // One window at a time can be looked into.
    let mut variables = vec![("PIMENTO_KEEP_WARM", "0")];
    if look == Look::Dark {
        variables.push(("GTK_THEME", "Adwaita:dark"));
    }
    let app = App::start_with(&desktop, &tenant, &variables)?;
    let ended = acts(album, &desktop, &tenant, &app).await;
    told(album, &desktop, ended)
}

async fn acts(album: &mut Album, desktop: &Desktop, tenant: &Tenant, app: &App) -> Result<()> {
    let mut omar = Person::at(desktop, "omar")?;
    let tray = desktop.tray().await?;
    Window::signed_in_and_gone(desktop, app, &tray, &mut omar).await?;

    // Somebody else asks, at another desk. Within the hour it is told, and after that within minutes.
    let maya = Maya::at(tenant)?;
    album.say(&format!("maya: {}", maya.activates("global administrator", "Tenant settings")?))?;
    tenant.advance("PT1H").await?;
    tray.entry("1 request waits for your decision").await?;
    let (x, y) = desktop.button("Decide").await?;
    album.picture(desktop, "asked", "a request is told, and the icon has a dot while it waits")?;
    desktop.click_at(x, y, 1)?;
    desktop.point_away()?;
    let manage = Window::attach_to(desktop, app, MANAGE).await?;
    manage.page.find("[data-testid^='approval-']:checked").await?;
    let words =
        "Manage, a window of its own, with that request chosen: who asks for what, why, how long there is to decide";
    album.window(desktop, &manage, "manage-approvals", words).await?;
    manage.fill("decision-reason", "As agreed").await?;
    album.window(desktop, &manage, "manage-decision", "a decision takes a reason").await?;
    manage.click("approve").await?;
    manage.page.says("Maya Lindqvist, Global Administrator").await?;
    manage.page.says("No request waits").await?;
    album.window(desktop, &manage, "manage-approved", "approved, and said so").await?;

    manage.click("section-assignments").await?;
    manage.page.find("[data-testid^='holding-']").await?;
    album.window(desktop, &manage, "manage-assignments", "who holds what, of all three kinds; risks first").await?;
    manage.fill("filter", "emergency").await?;
    manage.page.click("[data-testid^='holding-']").await?;
    manage.click("remove").await?;
    // Maya is one for an hour: the last permanent one is a risk, and may be taken away.
    manage.page.says("the active assignment is taken away").await?;
    album.window(desktop, &manage, "manage-plan", "what will be done, and what it risks, before it is done").await?;
    manage.click("plan-back").await?;

    manage.click("section-standing").await?;
    manage.page.says("Security Reader").await?;
    manage.click("allow").await?;
    omar.sign_in(desktop).await?;
    manage.page.says("Endpoint Engineers (group)").await?;
    album
        .window(desktop, &manage, "manage-standing", "who need not activate, who never does, who has it through groups")
        .await?;
    manage.page.click("[data-testid^='permanent-']:not(:disabled)").await?;
    manage.click("make-eligible").await?;
    manage.page.says("becomes eligible").await?;
    album.window(desktop, &manage, "manage-eligible", "eligible instead: two steps, in this order").await?;
    manage.click("plan-rehearse").await?;
    // Making somebody eligible takes a permission that nobody has consented to yet.
    omar.sign_in(desktop).await?;
    manage.page.says("The service would do it.").await?;
    let before = tenant.committed("adminRemove").await?;
    manage.click("plan-go").await?;
    manage.page.says("What was done").await?;
    until_true("one assignment to be taken away", LONG, async || {
        Ok(tenant.committed("adminRemove").await? == before + 1)
    })
    .await?;
    ensure!(tenant.committed("adminAssign").await? == 1, "{:?}", tenant.ledger().await?);
    album.window(desktop, &manage, "manage-done", "done, and nobody was without the role in between").await?;

    gives(album, desktop, tenant, &mut omar, &manage).await?;
    reads_the_history(album, desktop, &mut omar, &manage).await?;
    watches(album, desktop, tenant, &maya, &manage).await?;
    reviews(album, desktop, &mut omar, &manage).await?;
    looks_at_alerts(album, desktop, &mut omar, &manage).await?;
    governs::changes_a_policy(album, desktop, &mut omar, &manage).await?;
    governs::asks_what_is_needed(album, desktop, &manage).await?;
    governs::keeps_the_last_administrator(album, desktop, tenant, &manage).await?;
    manage.detach().await.context("the end")
}

/// A role is given to somebody who is found by name: to Omar himself, who may not read the history yet.
async fn gives(
    album: &mut Album,
    desktop: &Desktop,
    tenant: &Tenant,
    omar: &mut Person,
    manage: &Window,
) -> Result<()> {
    manage.click("section-assignments").await?;
    manage.click("give").await?;
    manage.fill("role-name", "reports reader").await?;
    manage.page.click("[data-testid^='role-directoryrole']").await?;
    manage.fill("person-name", "omar").await?;
    manage.click("find-people").await?;
    omar.sign_in(desktop).await?;
    manage.page.click("[data-testid^='found-']").await?;
    manage.click("give-active").await?;
    manage.click("give-for-ever").await?;
    manage.fill("give-reason", "Reads the history every week").await?;
    manage.click("add-ticket").await?;
    manage.fill("ticket-number", "CHG0042").await?;
    manage.fill("ticket-system", "ServiceNow").await?;
    album.window(desktop, manage, "manage-give", "a role is given: which, to whom, how, and until when").await?;
    manage.click("give-look").await?;
    manage.page.says("becomes active").await?;
    album.window(desktop, manage, "manage-give-plan", "what comes of it, before anything is sent").await?;
    let before = tenant.committed("adminAssign").await?;
    manage.click("plan-go").await?;
    manage.page.says("What was done").await?;
    ensure!(tenant.committed("adminAssign").await? == before + 1, "{:?}", tenant.ledger().await?);
    Ok(())
}

async fn reads_the_history(album: &mut Album, desktop: &Desktop, omar: &mut Person, manage: &Window) -> Result<()> {
    manage.click("section-audit").await?;
    manage.click("allow").await?;
    omar.sign_in(desktop).await?;
    manage.page.find("[data-testid='audit'] li").await?;
    album
        .window(desktop, manage, "manage-audit", "the history: what was done to whose roles, by whom, and why")
        .await?;
    manage.click("download").await?;
    manage.click("download-begin").await?;
    manage.part("download-done").await?;
    album.window(desktop, manage, "manage-download", "downloaded: where it lies, and what it is known again by").await
}

/// Somebody activates a privileged role, and whoever wants to hears of it.
async fn watches(
    album: &mut Album,
    desktop: &Desktop,
    tenant: &Tenant,
    maya: &Maya<'_>,
    manage: &Window,
) -> Result<()> {
    manage.click("section-activations").await?;
    manage.page.says("activated").await?;
    manage.click("watch").await?;
    manage.part("watch-quiet").await?;
    album.window(desktop, manage, "manage-activations", "who activated what; a switch, and one is told of it").await?;
    // What was before the first look is no news.
    let looked = async || {
        let files = fs::read_dir(home(desktop).join("watched"))?;
        let kept: Vec<_> = files.flatten().filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
        Ok(kept.iter().any(|text| text.contains("\"watchingSince\":\"")))
    };
    until_true("the first look", LONG, looked).await?;
    album.say(&format!("maya: {}", maya.activates("helpdesk administrator", "A new colleague")?))?;
    tenant.advance("PT2M").await?;
    let (x, y) = desktop.button("Show").await?;
    album.picture(desktop, "told", "within two minutes: who activated what, why, and until when")?;
    desktop.click_at(x, y, 1)?;
    desktop.point_away()?;
    manage.page.says("A new colleague").await?;
    album.window(desktop, manage, "manage-activated", "and the same in the list").await
}

/// Somebody else, at the command line of another machine.
struct Maya<'a> {
    home: TempDir,
    tenant: &'a Tenant,
}

impl<'a> Maya<'a> {
    fn at(tenant: &'a Tenant) -> Result<Self> {
        Ok(Self { home: tempfile::tempdir()?, tenant })
    }

    /// What `pim` says of it.
    fn activates(&self, role: &str, reason: &str) -> Result<String> {
        let at = [("PIMENTO_TENANT", self.tenant.line.as_str()), ("PATH", "/usr/bin:/bin")];
        let asks = ["--demo", "--as", "maya", "activate", role, "--reason", reason];
        let said = cli::pim(self.home.path(), &at, &asks)?;
        ensure!(!said.output.is_empty(), "{said:?}");
        Ok(said.output.trim().to_owned())
    }
}

async fn reviews(album: &mut Album, desktop: &Desktop, omar: &mut Person, manage: &Window) -> Result<()> {
    manage.click("section-reviews").await?;
    manage.click("allow").await?;
    omar.sign_in(desktop).await?;
    manage.page.says("Helpdesk Administrators, every quarter").await?;
    let words = "who is reviewed, when they were there last, and what the service recommends";
    album.window(desktop, manage, "manage-reviews", words).await?;
    manage.page.click("[data-testid^='person-']").await?;
    manage.fill("review-reason", "Moved to another department").await?;
    manage.click("review-deny").await?;
    omar.sign_in(desktop).await?;
    manage.page.says("Done.").await?;
    album.window(desktop, manage, "manage-reviewed", "denied, with the reason beside it").await
}

async fn looks_at_alerts(album: &mut Album, desktop: &Desktop, omar: &mut Person, manage: &Window) -> Result<()> {
    manage.click("section-alerts").await?;
    manage.click("allow").await?;
    omar.sign_in(desktop).await?;
    manage.page.says("outside of Privileged Identity Management").await?;
    album.window(desktop, manage, "manage-alerts", "what the services warn of, what is bad first").await?;
    manage.page.click("[data-testid^='alert-details-']").await?;
    manage.page.says("What to do:").await?;
    album.window(desktop, manage, "manage-alert", "why it matters, what to do, and whom it is about").await
}

//! The administrator's side: somebody asks, the Manage window is opened, the request is decided, standing access is looked at,
//! and the last administrator stays.

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    cli,
    desktop::{Desktop, Notifications, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{MANAGE, TITLE, Window},
};

use crate::{album::Album, scenes::told};

/// Plays it on a desktop of its own.
pub async fn play(album: &mut Album) -> Result<()> {
    let desktop = Desktop::start(Setup { notifications: Notifications::Drawing, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "3"])?;
    // One window at a time can be looked into.
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0")])?;
    let ended = acts(album, &desktop, &tenant, &app).await;
    told(album, &desktop, ended)
}

async fn acts(album: &mut Album, desktop: &Desktop, tenant: &Tenant, app: &App) -> Result<()> {
    let mut omar = Person::at(desktop, "omar")?;
    let tray = desktop.tray().await?;
    let window = Window::open(desktop, app, &tray).await?;
    window.click("first-run-demo").await?;
    omar.sign_in(desktop).await?;
    window.detach().await?;
    desktop.invisible(TITLE).await?;
    until_true("the flyout's process to end", LONG, async || Ok(app.process.log().contains("window process ended")))
        .await?;

    // Somebody else asks, at another desk.
    let home = tempfile::tempdir()?;
    let at = [("PIMENTO_TENANT", tenant.line.as_str()), ("PATH", "/usr/bin:/bin")];
    let asks = ["--demo", "--as", "maya", "activate", "global administrator", "--reason", "Tenant settings"];
    let asked = cli::pim(home.path(), &at, &asks)?;
    album.say(&format!("maya asks for Global Administrator: {}", asked.output.trim()))?;

    tray.click("Manage…").await?;
    let manage = Window::attach_to(desktop, app, MANAGE).await?;
    manage.page.find("[data-testid^='approval-']").await?;
    let words = "Manage, a window of its own: who asks for what, why, and how long there is to decide";
    album.window(desktop, &manage, "manage-approvals", words).await?;
    manage.page.click("[data-testid^='approval-']").await?;
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
    manage.detach().await.context("the end")
}

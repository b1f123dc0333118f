//! Whoever looks at nothing is told: an approver decides from a notification, and somebody who was given a role hears of it.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use pimento_tests::{
    app::App,
    cli,
    desktop::{Desktop, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{MANAGE, Window},
};

/// The exit code of what waits for an approver.
const WAITS: i32 = 6;

const ROLE: &str = "Global Administrator";

#[tokio::test]
async fn an_approver_decides_from_the_notification_and_a_colleague_hears_of_a_new_role() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "41"])?;
    let mut omar = Person::at(&desktop, "omar")?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0")])?;
    let tray = desktop.tray().await?;
    Window::signed_in_and_gone(&desktop, &app, &tray, &mut omar).await?;
    tray.entry("Manage…").await?;
    let plain = tray.icon().await?;

    // Maya asks at another desk. Nobody has asked Omar before, so it is an hour until somebody looks.
    let home = tempfile::tempdir()?;
    let maya = |arguments: &[&str]| {
        let at = [("PIMENTO_TENANT", tenant.line.as_str()), ("PATH", "/usr/bin:/bin")];
        let all: Vec<_> = ["--demo", "--as", "maya"].into_iter().chain(arguments.iter().copied()).collect();
        cli::pim(home.path(), &at, &all)
    };
    maya(&["activate", &ROLE.to_lowercase(), "--reason", "Tenant settings"])?.ended_with(WAITS)?;
    tenant.advance("PT1H").await?;
    let told = desktop.notifications().with(&format!("Maya Lindqvist asks for {ROLE}")).await?;
    ensure!(told.body.contains("“Tenant settings”") && told.body.contains("Decide until"), "{told:?}");
    tray.entry("1 request waits for your decision").await?;
    ensure!(tray.tooltip().await?.contains("1 request waits"), "{}", tray.tooltip().await?);
    ensure!(tray.icon().await? != plain, "the icon has a dot");

    desktop.notifications().press(&told, "Decide").await?;
    let manage = Window::attach_to(&desktop, &app, MANAGE).await?;
    manage.page.find("[data-testid^='approval-']:checked").await?;
    manage.fill("decision-reason", "As agreed").await?;
    manage.click("approve").await?;
    manage.page.says("No request waits for your decision.").await?;
    until_true("the menu to say nothing of it", LONG, async || {
        Ok(!tray.labels().await?.iter().any(|label| label.contains("waits for your decision")))
    })
    .await?;
    ensure!(tray.icon().await? == plain, "the dot is gone");
    let listed = maya(&["list", "--json"])?.ended_with(0)?.json()?;
    let mut rows = listed["eligible"].as_array().into_iter().flatten();
    ensure!(rows.any(|row| row["name"] == ROLE && row["active"] == true), "she has it");
    manage.detach().await?;

    // Somebody gives Omar a role; four hours later at the latest it is known.
    let whom = ["--to", "omar@contoso.example", "--for", "90d", "--reason", "Reads reports", "--yes"];
    maya(&[&["assignments", "add", "reports reader"][..], &whom].concat())?.ended_with(0)?;
    tenant.advance("PT4H").await?;
    desktop.notifications().with("You are eligible for Reports Reader").await?;
    tray.click("Quit").await
}

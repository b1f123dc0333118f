//! The Manage window of the real application: opened from the menu, a process of its own, gone when it is closed.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, bail, ensure};
use pimento_tests::{
    app::{App, home},
    desktop::{Desktop, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{MANAGE, Window},
};
use serde_json::Value;

/// As an active assignment: what that takes was allowed before.
async fn give_reports_reader_to_omar(manage: &Window) -> Result<()> {
    manage.click("give").await?;
    manage.fill("role-name", "reports reader").await?;
    manage.page.click("[data-testid^='role-directoryrole']").await?;
    manage.fill("person-name", "omar").await?;
    manage.click("find-people").await?;
    manage.page.click("[data-testid^='found-']").await?;
    manage.click("give-active").await?;
    manage.click("give-for-ever").await?;
    manage.fill("give-reason", "Reads the history every week").await?;
    manage.click("give-look").await?;
    manage.page.says("becomes active").await?;
    manage.click("plan-go").await?;
    manage.page.says("What was done").await?;
    manage.click("plan-done").await
}

#[tokio::test]
async fn it_is_opened_from_the_menu_makes_a_change_and_is_gone_when_it_is_closed() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "31"])?;
    let mut omar = Person::at(&desktop, "omar")?;
    // The flyout's process ends with its window: the debugger's address is free for the other one.
    let mut app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0")])?;
    let tray = desktop.tray().await?;
    let manage = Window::manage_signed_in(&desktop, &app, &tray, &mut omar).await?;
    manage.click("section-assignments").await?;
    manage.page.says("Emergency Access").await?;
    manage.fill("filter", "emergency").await?;
    manage.page.click("[data-testid^='holding-']").await?;
    manage.click("remove").await?;
    // The last administrator is foreseen, in words, and nothing is sent.
    manage.page.says("Assign Global Administrator to somebody else first").await?;
    ensure!(tenant.committed("adminRemove").await? == 0);
    manage.click("plan-back").await?;
    manage.fill("filter", "sven security reader").await?;
    manage.page.click("[data-testid^='holding-']:not(:checked)").await?;
    manage.page.find("[data-testid='remove']").await?;
    // What was chosen before is still chosen.
    manage.page.says("2 selected").await?;

    manage.dismiss_an_alert(&desktop, &mut omar).await?;
    manage.page.says("Dismissed").await?;

    // So do access reviews.
    manage.click("section-reviews").await?;
    manage.click("allow").await?;
    omar.sign_in(&desktop).await?;
    manage.page.says("Helpdesk Administrators, every quarter").await?;
    manage.page.click("[data-testid^='person-']").await?;
    manage.fill("review-reason", "Moved to another department").await?;
    manage.click("review-deny").await?;
    omar.sign_in(&desktop).await?;
    manage.page.says("Done.").await?;
    manage.page.says("Omar Haddad").await?;

    // The log takes a permission and a role, and Omar's is not one of them.
    manage.click("section-audit").await?;
    manage.click("allow").await?;
    omar.sign_in(&desktop).await?;
    manage.page.says("None of your active roles allows you to read this").await?;

    // A role is given to somebody who is found by name.
    manage.click("section-assignments").await?;
    manage.click("give").await?;
    manage.fill("role-name", "global reader").await?;
    manage.page.click("[data-testid^='role-directoryrole']").await?;
    manage.fill("person-name", "petra").await?;
    manage.click("find-people").await?;
    omar.sign_in(&desktop).await?;
    manage.page.click("[data-testid^='found-']").await?;
    manage.click("give-for-ever").await?;
    manage.fill("give-reason", "New at the desk").await?;
    manage.click("give-look").await?;
    manage.page.says("becomes eligible").await?;
    manage.click("plan-go").await?;
    omar.sign_in(&desktop).await?;
    manage.page.says("What was done").await?;
    ensure!(tenant.committed("adminAssign").await? == 1, "{:?}", tenant.ledger().await?);
    manage.click("plan-done").await?;

    // With a role that may, the log is read, and downloaded to a file that is what it says of itself.
    give_reports_reader_to_omar(&manage).await?;
    manage.click("section-audit").await?;
    manage.page.find("[data-testid='audit'] li").await?;
    manage.click("download").await?;
    manage.click("download-begin").await?;
    let said = manage.part("download-done").await?.text().await?;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(home(&desktop).join("Downloads"))? {
        files.push(entry?.path());
    }
    files.sort();
    let [file, manifest] = &files[..] else { bail!("{files:?}") };
    let manifest: Value = serde_json::from_slice(&std::fs::read(manifest)?)?;
    ensure!(said.contains(&file.display().to_string()), "{said}");
    ensure!(said.contains(manifest["sha256"].as_str().context("a SHA-256")?), "{said}");
    ensure!(manifest["bytes"].as_u64() == Some(std::fs::metadata(file)?.len()), "{manifest}");
    manage.detach().await?;

    // Closing it ends its process; the tray goes on.
    desktop.key("alt+F4")?;
    until_true("the process to end", LONG, async || Ok(app.process.log().contains("manage window ended"))).await?;
    desktop.invisible(MANAGE).await?;
    tray.click("Quit").await?;
    ensure!(app.process.ended(LONG).await.context("the end")?.success(), "{}", app.process.log());
    Ok(())
}

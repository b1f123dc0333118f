//! Notifications of the real application: the warning before the end, put off and withdrawn, and the end itself.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup, notifications::Notice},
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::{TITLE, Window},
};

const ROLE: &str = "Helpdesk Administrator";
const REASON: &str = "Password resets";

/// The notification with this title, as it is now.
fn titled(desktop: &Desktop, title: &str) -> Option<Notice> {
    desktop.notifications().all().into_iter().rev().find(|notice| notice.title == title)
}

#[tokio::test]
async fn the_warning_is_dismissed_or_withdrawn_and_the_end_is_told_with_the_way_back() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, REASON, None).await?;
    window.reaches(&role, "active").await?;
    window.put_away(&desktop, &tray).await?;

    // The warning, and no more than that: it is dismissed.
    let end = tenant.end_of(&role).await?;
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    let warning = desktop.notifications().with(&format!("{ROLE} ends in 5 minutes")).await?;
    ensure!(warning.body.contains(REASON), "{warning:?}");
    desktop.notifications().press(&warning, "Dismiss").await?;

    // The end takes its place, and offers the way back.
    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    let ended = desktop.notifications().with(&format!("{ROLE} has ended")).await?;
    ensure!(desktop.windows(TITLE)?.is_empty(), "dismissing showed the window");
    ensure!(tenant.committed("selfActivate").await? == 1, "{:?}", tenant.ledger().await?);
    ensure!(warning.actions == ended.actions, "{ended:?}");
    desktop.notifications().press(&ended, "Re-activate").await?;
    let window = Window::attach(&desktop, &app).await.with_context(|| app.process.log())?;
    window.part("form").await?;
    ensure!(window.value("reason").await? == REASON, "{}", window.page.text().await?);
    ensure!(tenant.committed("selfActivate").await? == 1, "a notification elevated: {:?}", tenant.ledger().await?);
    window.submit().await?;
    window.reaches(&role, "active").await?;

    // A warning about what is ended by hand is taken back, and its end is no news.
    tenant.set_clock(tenant.end_of(&role).await? - TimeDelta::minutes(5)).await?;
    let warned = async || Ok(titled(&desktop, &warning.title).filter(|notice| !notice.withdrawn && *notice != warning));
    until("a second warning", LONG, warned).await?;
    window.click(&format!("deactivate-{role}")).await?;
    let gone = async || Ok(titled(&desktop, &warning.title).is_some_and(|notice| notice.withdrawn));
    until_true("the warning to be withdrawn", LONG, gone).await?;
    ensure!(tenant.committed("selfDeactivate").await? == 1, "{:?}", tenant.ledger().await?);
    window.detach().await
}

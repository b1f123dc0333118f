//! Notifications of the real application: the warning before the end, put off and withdrawn, and the end itself.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{
        Desktop, Notifications, Setup,
        notifications::{Notice, Urgency},
    },
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

/// A role that is active, on a desktop with this notification server; its window is away.
async fn active(notifications: Notifications, reason: &str) -> Result<(Desktop, Tenant, App, String)> {
    let desktop = Desktop::start(Setup { notifications, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, reason, None).await?;
    window.reaches(&role, "active").await?;
    window.put_away(&desktop, &tray).await?;
    Ok((desktop, tenant, app, role))
}

#[tokio::test]
async fn what_is_stale_is_gone_when_something_newer_is_told_which_is_answered_hours_later() -> Result<()> {
    let (desktop, tenant, app, role) = active(Notifications::Recording, REASON).await?;
    let end = tenant.end_of(&role).await?;
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    let warning = desktop.notifications().with("ends in 5 minutes").await?;
    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    let ended = desktop.notifications().with("has ended").await?;
    let all = desktop.notifications().all();
    let there = all.iter().filter(|notice| notice.title.starts_with(ROLE) && !notice.withdrawn).collect::<Vec<_>>();
    ensure!(there == [&ended] && ended.id != warning.id, "{all:?}");
    ensure!(ended.urgency == 1 && !ended.withdrawn, "{ended:?}");

    // It lies in the notification centre; hours later its button still opens the form, and elevates nothing.
    tenant.set_clock(end + TimeDelta::hours(7)).await?;
    desktop.notifications().press(&ended, "Re-activate").await?;
    let window = Window::attach(&desktop, &app).await.with_context(|| app.process.log())?;
    window.part("form").await?;
    ensure!(window.value("reason").await? == REASON, "{}", window.page.text().await?);
    ensure!(tenant.committed("selfActivate").await? == 1, "a notification elevated: {:?}", tenant.ledger().await?);
    window.detach().await
}

#[tokio::test]
async fn a_server_without_buttons_gets_plain_text() -> Result<()> {
    // Where no markup is understood either, none is made of what looks like it.
    let (desktop, tenant, _app, role) = active(Notifications::Plain, "R&D <b>resets</b>").await?;
    tenant.set_clock(tenant.end_of(&role).await? - TimeDelta::minutes(5)).await?;
    let warning = desktop.notifications().with("ends in 5 minutes").await?;
    ensure!(warning.actions.is_empty(), "{warning:?}");
    ensure!(warning.body.contains("R&D <b>resets</b>") && warning.body.contains("Active until"), "{warning:?}");
    Ok(())
}

/// What the window says in the banner about notifications; `None`: it has none.
async fn banner(window: &Window) -> Result<Option<String>> {
    let script = "return document.querySelector(\"[data-testid='notice-notifications'] .body p\")?.textContent ?? null";
    Ok(window.ask(script, Vec::new()).await?.as_str().map(str::to_owned))
}

#[tokio::test]
async fn where_nobody_shows_notifications_a_banner_says_so_until_somebody_does() -> Result<()> {
    let setup = Setup { notifications: Notifications::Missing, ..Setup::default() };
    let mut desktop = Desktop::start(setup).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    let said = until("the banner", LONG, async || banner(&window).await).await?;
    ensure!(said.contains("nothing on this desktop shows notifications"), "{said}");

    // Somebody comes who does: it is gone when the window is shown again.
    window.put_away(&desktop, &tray).await?;
    desktop.start_recorder(true).await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    until_true("no banner", LONG, async || Ok(banner(&window).await?.is_none())).await?;
    window.detach().await
}

#[tokio::test]
async fn where_notifications_are_forbidden_a_banner_says_so_until_it_is_read() -> Result<()> {
    let desktop = Desktop::start(Setup { notifications: Notifications::Forbidden, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    let said = until("the banner", LONG, async || banner(&window).await).await?;
    ensure!(said.contains("lets Pimento show no notifications"), "{said}");

    // Read once, it is not told again for as long as nothing changes.
    window.page.click("[data-testid='notice-notifications'] button").await?;
    until_true("no banner", LONG, async || Ok(banner(&window).await?.is_none())).await?;
    window.put_away(&desktop, &tray).await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.painted().await?;
    ensure!(banner(&window).await?.is_none(), "it is back");
    window.detach().await
}

#[tokio::test]
async fn do_not_disturb_is_respected() -> Result<()> {
    let (desktop, tenant, _app, role) = active(Notifications::Drawing, REASON).await?;
    desktop.do_not_disturb(true)?;
    let end = tenant.end_of(&role).await?;
    let first = desktop.notify("probe", Urgency::Low).await?;
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    // Numbers are given in order: one is missing once Pimento's warning has arrived.
    let mut probes = 0;
    let arrived = async || {
        probes += 1;
        Ok(desktop.notify("probe", Urgency::Low).await? > first + probes)
    };
    until_true("the warning to arrive", LONG, arrived).await?;
    // What may disturb is on the screen; ours, which may not, is not.
    desktop.notify("The house is on fire", Urgency::Critical).await?;
    until_true("the critical one", LONG, async || desktop.says_on_screen("The house is on fire").await).await?;
    ensure!(desktop.button_now("Re-activate").await?.is_none(), "it disturbs");
    // Where it may disturb again, it is on the screen.
    desktop.do_not_disturb(false)?;
    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    desktop.button("Re-activate").await.map(drop)
}

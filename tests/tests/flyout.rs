//! The window's process on the virtual desktop: it ends when it was hidden for a while, comes back with the next click, and
//! shows what was asked for outside it, once. What is asked for over the bus elevates nothing.

#![cfg(target_os = "linux")]

use std::fs;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup, display::SIZE},
    process::tree,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{ICON, TITLE, Window},
};

const ROLE: &str = "Global Reader";

/// The processes of the window that the application has at the moment.
fn windows(app: &App) -> Vec<u32> {
    let is_window = |id: &u32| {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        name.trim_end() == "pimento-window"
    };
    tree(app.process.id()).into_iter().filter(is_window).collect()
}

#[tokio::test]
async fn a_hidden_window_is_ended_comes_back_and_shows_what_was_asked_for_once() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "1")])?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;

    // A favourite whose reason is remembered: in the window it would be activated by one click.
    let role = window.activate(ROLE, "Weekly review", None).await?;
    window.reaches(&role, "active").await?;
    let end = tenant.end_of(&role).await?;
    tenant.set_clock(end + TimeDelta::minutes(1)).await?;
    window.find_role(ROLE).await?;
    window.click(&format!("favourite-{role}")).await?;
    let line = format!("Activate {ROLE}…");
    tray.entry(&line).await?;
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;

    // Hidden for a while, its process ends; nothing is left of it.
    until_true("the window's process to end", LONG, async || Ok(windows(&app).is_empty())).await?;

    // The menu is on the bus, where any program could choose this line: it opens the form, in a new process.
    let before = tenant.committed("selfActivate").await?;
    tray.click(&line).await?;
    let window = Window::attach(&desktop, &app).await?;
    window.part("form").await?;
    ensure!(window.value("reason").await? == "Weekly review", "{}", window.value("reason").await?);
    ensure!(windows(&app).len() == 1, "{:?}", windows(&app));
    ensure!(tenant.committed("selfActivate").await? == before, "the bus elevated: {:?}", tenant.ledger().await?);
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;
    until_true("the window's process to end", LONG, async || Ok(windows(&app).is_empty())).await?;

    // The next click finds the list, not a form from before.
    let window = Window::open(&desktop, &app, &tray).await?;
    window.part("filter").await?;
    ensure!(!window.has("form").await?, "a form from before is open again");

    // The settings, from the menu: in a window that is open, and in a new one.
    tray.click("Settings").await?;
    window.part("settings-notifications").await?;
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;
    until_true("the window's process to end", LONG, async || Ok(windows(&app).is_empty())).await?;
    tray.click("Settings").await?;
    let window = Window::attach(&desktop, &app).await?;
    window.part("settings-notifications").await?;
    window.detach().await
}

#[tokio::test]
async fn a_list_of_choices_does_not_hide_the_window_and_another_window_does() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.click("organisation").await?;
    window.part("cloud").await?;
    let focus = "document.querySelector(\"[data-testid='cloud']\").focus()";
    window.page.client.execute(focus, Vec::new()).await?;
    desktop.key("space")?;
    until_true("the list of choices", LONG, async || desktop.shows("COMBO")).await?;
    // Longer than it takes to find out that the focus has gone.
    window.painted().await?;
    window.painted().await?;
    ensure!(!desktop.windows(TITLE)?.is_empty(), "a list of the page's own has hidden it");
    desktop.key("Down")?;
    desktop.key("Return")?;
    until_true("the choice", LONG, async || Ok(window.value("cloud").await? == "usgov")).await?;
    ensure!(!desktop.windows(TITLE)?.is_empty(), "choosing has hidden it");
    window.detach().await?;
    desktop.click_at(SIZE.0 / 2, SIZE.1 / 2, 1)?;
    desktop.invisible(TITLE).await
}

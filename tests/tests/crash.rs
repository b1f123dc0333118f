//! A page that dies inside the window: it is there again within seconds with what was typed, once; a page that hangs too.

#![cfg(target_os = "linux")]

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup},
    process::{signal, tree},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{ICON, TITLE, Window},
};
use rustix::process::Signal;

const ROLE: &str = "Global Reader";

/// The process of the application with this name, which the kernel cuts to fifteen letters.
fn process(app: &App, name: &str) -> Result<u32> {
    let named = |id: &u32| {
        let comm = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        comm.trim_end() == &name[..name.len().min(15)]
    };
    tree(app.process.id()).into_iter().find(named).with_context(|| format!("no {name}: {}", app.process.log()))
}

async fn half_a_reason(window: &Window) -> Result<()> {
    window.open_form(ROLE).await?;
    window.fill("reason", "Half a reas").await?;
    window.kept().await
}

#[tokio::test]
async fn a_page_that_is_killed_comes_back_with_its_form_once_and_the_second_time_waits_for_a_click() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    half_a_reason(&window).await?;
    // Its driver goes with the page.
    drop(window);
    let (page, process_before) = (process(&app, "WebKitWebProcess")?, process(&app, "pimento-window")?);
    signal(page, Signal::KILL)?;

    until_true("another page", LONG, async || Ok(process(&app, "WebKitWebProcess")? != page)).await?;
    let window = Window::attach(&desktop, &app).await?;
    ensure!(window.value("reason").await? == "Half a reas", "{}", window.page.text().await?);
    ensure!(process(&app, "pimento-window")? != process_before);
    ensure!(app.process.log().contains("the window's page has died"), "{}", app.process.log());
    // It works: what was begun before is sent from here.
    window.fill("reason", "Half a reason").await?;
    window.submit().await?;
    until_true("it to be sent", LONG, async || Ok(tenant.committed("selfActivate").await? == 1)).await?;

    // Once more, and at once: nobody wants a window that keeps coming and going.
    drop(window);
    signal(process(&app, "WebKitWebProcess")?, Signal::KILL)?;
    desktop.invisible(TITLE).await?;
    tray.entry("The window has ended by itself more than once").await?;
    until_true("the window's processes to end", LONG, async || Ok(tree(app.process.id()).len() == 1)).await?;
    desktop.notifications().with("Pimento runs in the tray").await?;

    let window = Window::open(&desktop, &app, &tray).await?;
    window.part("filter").await?;
    ensure!(!window.has("form").await?, "what may have ended the window is open again");
    ensure!(tenant.committed("selfActivate").await? == 1, "{:?}", tenant.ledger().await?);
    window.detach().await
}

#[tokio::test]
async fn a_page_that_hangs_is_replaced_when_it_is_wanted() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    half_a_reason(&window).await?;
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;
    let page = process(&app, "WebKitWebProcess")?;
    signal(page, Signal::STOP)?;

    tray.activate(ICON.0, ICON.1).await?;
    until_true("another page", LONG, async || Ok(process(&app, "WebKitWebProcess")? != page)).await?;
    let left = format!("/proc/{page}");
    until_true("the page that hangs to end", LONG, async || Ok(!Path::new(&left).exists())).await?;
    let window = Window::attach(&desktop, &app).await?;
    ensure!(window.value("reason").await? == "Half a reas", "{}", window.page.text().await?);
    window.detach().await
}

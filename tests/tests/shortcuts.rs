//! Keys that work from anywhere, pressed on a real keyboard: they show the window and a bundle's form, elevate nothing, can be
//! changed and removed while Pimento runs, and those that another program has are named.

#![cfg(target_os = "linux")]

use std::fs;

use anyhow::{Result, ensure};
use pimento_tests::{
    app::App,
    desktop::{Desktop, Setup, tray::Tray},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{TITLE, Window},
};
use x11rb::protocol::xproto::ModMask;

const ROLE: &str = "Global Reader";

/// How many threads of the application sleep for keys.
fn listening(app: &App) -> usize {
    let threads = fs::read_dir(format!("/proc/{}/task", app.process.id())).into_iter().flatten().flatten();
    let names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.trim_end() == "shortcuts").count()
}

/// Sets keys in the settings of the open window; empty: none.
async fn set(window: &Window, tray: &Tray, field: &str, keys: &str) -> Result<()> {
    tray.click("Settings").await?;
    window.click("settings-keys").await?;
    window.fill(field, keys).await?;
    window.click("settings-save").await?;
    window.page.gone("[data-testid='settings-save']").await?;
    // From the settings to the list, which tells of keys that do not work.
    window.page.press_escape().await
}

/// Presses keys until the window is there: what was saved takes a moment to be asked of the system.
async fn shows(desktop: &Desktop, keys: &str) -> Result<()> {
    desktop.key(keys)?;
    desktop.visible(TITLE).await.map(drop)
}

#[tokio::test]
async fn keys_show_and_hide_the_window_and_are_changed_and_removed_while_it_runs() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    ensure!(listening(&app) == 0, "nobody has asked for keys");

    set(&window, &tray, "shortcut", "Ctrl+Alt+P").await?;
    app.process.says("keys that work from anywhere").await?;
    ensure!(listening(&app) == 1);
    window.put_away(&desktop, &tray).await?;
    shows(&desktop, "ctrl+alt+p").await?;
    desktop.key("ctrl+alt+p")?;
    desktop.invisible(TITLE).await?;
    // Whether or not a lock is on.
    desktop.key("Caps_Lock")?;
    desktop.key("Num_Lock")?;
    shows(&desktop, "ctrl+alt+p").await?;
    desktop.key("Caps_Lock")?;
    desktop.key("Num_Lock")?;

    // Others, at once: the first ones are nobody's any more.
    let window = Window::attach(&desktop, &app).await?;
    set(&window, &tray, "shortcut", "Super+F9").await?;
    until_true("the first keys to be free", LONG, async || {
        Ok(desktop.grab(ModMask::CONTROL | ModMask::M1, 'p').is_ok())
    })
    .await?;
    window.put_away(&desktop, &tray).await?;
    shows(&desktop, "super+F9").await?;

    let window = Window::attach(&desktop, &app).await?;
    set(&window, &tray, "shortcut", "").await?;
    until_true("nothing to listen any more", LONG, async || Ok(listening(&app) == 0)).await?;
    window.put_away(&desktop, &tray).await?;
    desktop.key("super+F9")?;
    // Somebody who would have heard it answers: it has been dealt with.
    tray.entry("Open Pimento").await?;
    ensure!(desktop.windows(TITLE)?.is_empty(), "keys that were removed show the window");
    Ok(())
}

#[tokio::test]
async fn the_keys_of_a_bundle_open_its_form_and_elevate_nothing() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let key = window.find_role(ROLE).await?;
    // Shown only where the pointer is.
    let select = format!("[data-testid='select-{key}']");
    window.page.client.execute("document.querySelector(arguments[0]).click()", vec![select.into()]).await?;
    window.click("save-bundle").await?;
    window.fill("bundle-name", "On call").await?;
    window.fill("reason", "On call this week").await?;
    window.click("form-submit").await?;
    window.part("open-bundle-On call").await?;

    tray.click("Settings").await?;
    window.click("settings-keys").await?;
    window.choose("shortcut-bundle", "On call").await?;
    window.fill("shortcut-keys", "Ctrl+Alt+O").await?;
    window.click("settings-save").await?;
    app.process.says("keys that work from anywhere").await?;
    window.put_away(&desktop, &tray).await?;

    let before = tenant.committed("selfActivate").await?;
    shows(&desktop, "ctrl+alt+o").await?;
    let window = Window::attach(&desktop, &app).await?;
    window.part("form").await?;
    ensure!(window.value("reason").await? == "On call this week", "{}", window.page.text().await?);
    ensure!(tenant.committed("selfActivate").await? == before, "keys elevated: {:?}", tenant.ledger().await?);
    // In the window it is a person's.
    window.part("reason").await?.click().await?;
    desktop.key("ctrl+Return")?;
    window.page.gone("[data-testid='form']").await?;
    let activated = async || Ok(tenant.committed("selfActivate").await? == before + 1);
    until_true("the bundle's role to be activated", LONG, activated).await
}

#[tokio::test]
async fn keys_that_another_program_has_are_named_and_work_once_they_are_free() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;

    // Not even with a lock on is it ours: then it would work now and then.
    let other = desktop.grab(ModMask::CONTROL | ModMask::M1 | ModMask::LOCK, 'p')?;
    set(&window, &tray, "shortcut", "Ctrl+Alt+P").await?;
    window.page.says("Ctrl+Alt+P does nothing here: another program has it").await?;
    tray.click("Settings").await?;
    window.click("settings-keys").await?;
    let notice = window.part("shortcut-notice").await?.text().await?;
    ensure!(notice.contains("Choose other keys"), "{notice}");
    window.page.press_escape().await?;
    window.put_away(&desktop, &tray).await?;
    desktop.key("ctrl+alt+p")?;
    tray.entry("Open Pimento").await?;
    ensure!(desktop.windows(TITLE)?.is_empty(), "keys that we do not have show the window");

    drop(other);
    // Whoever looks at the window finds them free.
    let window = Window::open(&desktop, &app, &tray).await?;
    window.page.gone("[data-testid='notice-shortcut']").await?;
    window.put_away(&desktop, &tray).await?;
    shows(&desktop, "ctrl+alt+p").await
}

#[tokio::test]
async fn under_wayland_the_portal_gives_the_keys() -> Result<()> {
    // The window itself stays on the X server: all that is played of Wayland is its portal.
    let wayland = [("WAYLAND_DISPLAY", "wayland-none"), ("GDK_BACKEND", "x11")];
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start_with(&desktop, &tenant, &wayland)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    set(&window, &tray, "shortcut", "Ctrl+Alt+P").await?;
    window.page.says("This desktop gives no program keys that work from anywhere").await?;

    let portal = desktop.start_portal(false).await?;
    set(&window, &tray, "shortcut", "Super+Shift+F9").await?;
    portal.binds(&["SHIFT+LOGO+F9"]).await?;
    ensure!(portal.asked().registered == ["dev.pimento.Pimento"], "{:?}", portal.asked());
    window.page.gone("[data-testid='notice-shortcut']").await?;
    window.put_away(&desktop, &tray).await?;
    portal.press("window").await?;
    desktop.visible(TITLE).await?;

    // Others: one session gives way to the next.
    let window = Window::attach(&desktop, &app).await?;
    set(&window, &tray, "shortcut", "Ctrl+Alt+PageUp").await?;
    portal.binds(&["CTRL+ALT+Page_Up"]).await?;
    ensure!(portal.asked().sessions.len() == 1, "{:?}", portal.asked());
    set(&window, &tray, "shortcut", "").await?;
    until_true("the session to be closed", LONG, async || Ok(portal.asked().sessions.is_empty())).await?;

    drop(portal);
    let _declining = desktop.start_portal(true).await?;
    set(&window, &tray, "shortcut", "Ctrl+Alt+P").await?;
    window.page.says("Your desktop did not give Ctrl+Alt+P to Pimento").await?;
    window.detach().await
}

//! The real application where something is missing or broken: no tray, a late tray, no keyring, files that cannot be read.

#![cfg(target_os = "linux")]

use std::fs;

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::{App, home},
    desktop::{Desktop, Setup},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{TITLE, Window},
};

fn tenant(desktop: &Desktop) -> Result<Tenant> {
    Tenant::start(desktop.home(), &["--seed", "5"])
}

#[tokio::test]
async fn a_tray_that_comes_late_gets_the_icon_and_one_that_comes_back_too() -> Result<()> {
    let mut desktop = Desktop::start(Setup { panel: false, ..Setup::default() }).await?;
    let tenant = tenant(&desktop)?;
    let mut app = App::start(&desktop, &tenant)?;
    // As long as there is no tray, an ordinary window stands for it.
    desktop.visible(TITLE).await?;
    desktop.start_panel().await?;
    desktop.tray().await?.entry("Open Pimento").await?;
    desktop.end_panel().await?;
    desktop.start_panel().await?;
    let tray = desktop.tray().await?;
    tray.entry("Open Pimento").await?;
    tray.click("Quit").await?;
    ensure!(app.process.ended(LONG).await?.success(), "{}", app.process.log());
    Ok(())
}

#[tokio::test]
async fn without_a_tray_the_window_is_an_ordinary_one_that_works() -> Result<()> {
    let desktop = Desktop::start(Setup { panel: false, ..Setup::default() }).await?;
    let tenant = tenant(&desktop)?;
    let mut maya = Person::at(&desktop, "maya")?;
    let app = App::start(&desktop, &tenant)?;
    let window = Window::attach(&desktop, &app).await?;
    window.click("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    window.find_role("Global Reader").await?;
    // It stays on the screen, although the browser has had the focus.
    ensure!(!desktop.windows(TITLE)?.is_empty(), "the window is gone");
    window.detach().await
}

#[tokio::test]
async fn without_a_keyring_the_session_stays_in_memory_and_a_banner_says_so() -> Result<()> {
    let desktop = Desktop::start(Setup { keyring: false, ..Setup::default() }).await?;
    let tenant = tenant(&desktop)?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    window.find_role("Global Reader").await?;
    window.page.says("keyring").await?;
    window.detach().await?;
    for file in fs::read_dir(home(&desktop))?.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        ensure!(!text.contains("eyJ") && !text.contains("refresh"), "a token in {}", file.display());
    }
    Ok(())
}

#[tokio::test]
async fn files_that_cannot_be_read_are_named_and_set_aside_and_the_application_starts() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = tenant(&desktop)?;
    let folder = home(&desktop);
    fs::create_dir_all(&folder)?;
    let broken = ["settings.toml", "journal.jsonl", "session.json"];
    for name in broken {
        fs::write(folder.join(name), "\u{1}{ not what it should be\n")?;
    }
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    until_true("the tooltip to be there", LONG, async || Ok(tray.tooltip().await?.contains("Not signed in"))).await?;
    let names = || -> Result<Vec<String>> {
        let entries = fs::read_dir(&folder)?.flatten();
        Ok(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
    };
    for name in broken {
        let aside = format!("{name}.aside-");
        let kept = names()?.into_iter().find(|each| each.starts_with(&aside));
        let kept = kept.with_context(|| format!("{name} was not set aside: {:?}", names()))?;
        ensure!(fs::read_to_string(folder.join(kept))?.contains("not what it should be"), "{name} was changed");
    }
    // The window names them, with line and reason.
    let window = Window::open(&desktop, &app, &tray).await?;
    for name in ["settings.toml", "journal.jsonl"] {
        window.page.says(name).await?;
    }
    window.page.says("line 1").await?;
    window.detach().await
}

#[tokio::test]
async fn a_saved_view_that_cannot_be_read_is_set_aside_and_the_session_goes_on() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = tenant(&desktop)?;
    let mut app = App::start(&desktop, &tenant)?;
    let mut tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    window.find_role("Global Reader").await?;
    window.detach().await?;
    tray.click("Quit").await?;
    ensure!(app.process.ended(LONG).await?.success(), "{}", app.process.log());
    let folder = home(&desktop).join("saved");
    let files = || -> Result<Vec<_>> { Ok(fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect()) };
    let [saved] = files()?.try_into().map_err(|files| anyhow::anyhow!("not one saved view: {files:?}"))?;
    fs::write(&saved, "{\"format\":1,\n  \"account\": oops")?;

    app = App::start(&desktop, &tenant)?;
    tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.find_role("Global Reader").await?;
    let name = saved.file_name().context("a name")?.to_string_lossy().into_owned();
    window.page.says(&name).await?;
    let kept = files()?.into_iter().find(|file| file.to_string_lossy().contains(".aside-"));
    let kept = kept.with_context(|| format!("it was not set aside: {:?}", files()))?;
    ensure!(fs::read_to_string(kept)?.ends_with("oops"), "it was changed");
    window.detach().await
}

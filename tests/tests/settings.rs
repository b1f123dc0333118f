//! Settings in the real application: what an organisation has set holds, is locked and never becomes the user's; quiet hours
//! are quiet.

#![cfg(target_os = "linux")]

use std::fs;

use anyhow::{Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use pimento_tests::{
    app::{App, home},
    desktop::{Desktop, Setup, tray::Tray},
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::{MANAGE, Window},
};
use serde_json::json;

const ROLE: &str = "Helpdesk Administrator";

/// What the page wears, and how it is painted then.
const LOOK: &str = "return [document.documentElement.dataset.appearance ?? '', \
                    getComputedStyle(document.body).backgroundColor].join(' ')";

/// What the page speaks, and from which side it is read.
const SPOKEN: &str = "return `${document.documentElement.lang} ${document.documentElement.dir}`";

/// Opens a part of the settings.
async fn open(window: &Window, tray: &Tray, part: &str) -> Result<()> {
    tray.click("Settings").await?;
    window.click(&format!("settings-{part}")).await
}

#[tokio::test]
async fn what_an_organisation_has_set_holds_is_locked_and_never_becomes_the_users() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let own = home(&desktop).join("settings.toml");
    fs::create_dir_all(home(&desktop))?;
    fs::write(&own, "warnMinutes = 17\nreasonTemplates = [\"Mine\"]\n")?;
    let managed = desktop.home().join("managed.toml");
    fs::write(
        &managed,
        "[settings]\nwarnMinutes = 10\nappearance = \"dark\"\nreasonTemplates = [\"Ours\"]\nhistoryDays = -3\n",
    )?;
    let organisation = [("PIMENTO_MANAGED", managed.to_str().expect("a path"))];

    let mut app = App::start_with(&desktop, &tenant, &organisation)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    ensure!(window.ask(LOOK, Vec::new()).await? == "dark rgb(34, 35, 39)");
    let text = window.page.text().await?;
    ensure!(
        text.contains("line 5: `historyDays`") && text.contains("managed.toml"),
        "what is wrong is not said: {text}"
    );

    open(&window, &tray, "notifications").await?;
    window.part("warn-minutes").await?;
    ensure!(window.value("warn-minutes").await? == "10");
    ensure!(window.page.text().await?.contains("Set by your organisation"));
    ensure!(window.ask("return document.querySelector('#warn-minutes').readOnly", Vec::new()).await? == true);
    window.click("notification-details").await?;
    window.click("settings-save").await?;
    window.click("settings-reasons").await?;
    window.part("template-0").await?;
    ensure!(window.value("template-0").await? == "Mine");
    ensure!(window.page.text().await?.contains("Ours"));
    window.fill("template-0", "Mine, too").await?;
    window.click("settings-save").await?;
    let saved = async || Ok(fs::read_to_string(&own)?.contains("Mine, too"));
    until_true("the settings to be written", LONG, saved).await?;
    let text = fs::read_to_string(&own)?;
    ensure!(text.contains("warnMinutes = 17") && text.contains("notificationDetails = false"), "{text}");
    ensure!(!text.contains("Ours") && text.contains("appearance = \"system\""), "{text}");
    // A page that does as it likes changes nothing of it.
    let wanted = json!({ "warnMinutes": 3, "appearance": "light", "hideOnBlur": false });
    window.dispatch(vec![json!({ "kind": "saveSettings", "settings": wanted })]).await?;
    until_true("the settings to be written", LONG, async || {
        Ok(fs::read_to_string(&own)?.contains("hideOnBlur = false"))
    })
    .await?;
    let text = fs::read_to_string(&own)?;
    ensure!(text.contains("warnMinutes = 17") && text.contains("appearance = \"system\""), "{text}");
    ensure!(window.ask(LOOK, Vec::new()).await? == "dark rgb(34, 35, 39)");
    window.detach().await?;
    tray.click("Quit").await?;
    app.process.ended(LONG).await?;

    // It is gone, and all is as the user has it.
    fs::remove_file(&managed)?;
    let app = App::start_with(&desktop, &tenant, &organisation)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.part("filter").await?;
    ensure!(window.ask(LOOK, Vec::new()).await? == " rgb(246, 246, 248)");
    open(&window, &tray, "notifications").await?;
    window.part("warn-minutes").await?;
    ensure!(window.value("warn-minutes").await? == "17");
    ensure!(!window.page.text().await?.contains("Set by your organisation"));
    window.detach().await
}

#[tokio::test]
async fn light_or_dark_is_worn_as_soon_as_it_is_saved() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    tray.click("Settings").await?;
    for (choice, look) in [("dark", "dark rgb(34, 35, 39)"), ("light", "light rgb(246, 246, 248)")] {
        // What is saved leads back to the settings.
        window.click("settings-look").await?;
        window.click(&format!("appearance-{choice}")).await?;
        window.click("settings-save").await?;
        until_true("the new look", LONG, async || Ok(window.ask(LOOK, Vec::new()).await? == look)).await?;
    }
    window.detach().await
}

fn wall(at: DateTime<Utc>) -> String {
    at.format("%H:%M").to_string()
}

#[tokio::test]
async fn quiet_hours_are_quiet_and_what_is_still_true_is_told_once_at_their_end() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, "Password resets", None).await?;
    window.reaches(&role, "active").await?;
    let end = tenant.end_of(&role).await?;
    let quiet_until = end - TimeDelta::minutes(3);

    open(&window, &tray, "notifications").await?;
    window.click("quiet").await?;
    window.fill("quiet-from", &wall(end - TimeDelta::minutes(30))).await?;
    window.fill("quiet-to", &wall(quiet_until)).await?;
    window.click("settings-save").await?;
    window.page.gone("[data-testid='settings-save']").await?;
    window.click("back").await?;

    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    app.process.says("a notification is held back").await?;
    let about = || desktop.notifications().all().into_iter().filter(|notice| notice.title.starts_with(ROLE));
    ensure!(about().count() == 0, "{:?}", desktop.notifications().all());

    tenant.set_clock(quiet_until).await?;
    let told = desktop.notifications().with(&format!("{ROLE} ends in 5 minutes")).await?;
    ensure!(told.body.starts_with("Held back at "), "{told:?}");
    ensure!(about().count() == 1, "{:?}", desktop.notifications().all());
    window.detach().await
}

#[tokio::test]
async fn the_time_is_beside_the_icon_while_something_ends_and_somebody_wants_it() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, "Password resets", None).await?;
    window.reaches(&role, "active").await?;
    let end = tenant.end_of(&role).await?;
    tenant.set_clock(end - TimeDelta::minutes(41)).await?;
    ensure!(desktop.tray_items().await?.len() == 1, "it is there, and nobody has asked for it");

    open(&window, &tray, "look").await?;
    window.click("time-beside-icon").await?;
    window.click("settings-save").await?;
    let time = until("the time in the tray", LONG, async || desktop.tray_called("pimento-time").await).await?;
    let titled = async |words| until_true(words, LONG, async || Ok(time.title().await? == words)).await;
    titled("Pimento: 40 min").await?;
    ensure!(time.icon().await? != tray.icon().await?);
    let before = time.icon().await?;
    tenant.set_clock(end - TimeDelta::minutes(29)).await?;
    titled("Pimento: 28 min").await?;
    ensure!(time.icon().await? != before);
    // It is as good as the icon: a click shows and hides the window, and it has the menu.
    time.entry("Open Pimento").await?;
    window.put_away(&desktop, &time).await?;
    let window = Window::open(&desktop, &app, &time).await?;
    window.detach().await?;

    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    until_true("the time to go", LONG, async || Ok(desktop.tray_items().await?.len() == 1)).await?;
    ensure!(desktop.tray_called("pimento").await?.is_some());
    Ok(())
}

#[tokio::test]
async fn the_window_speaks_another_language_as_soon_as_it_is_set() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    ensure!(window.ask(SPOKEN, Vec::new()).await? == "en-GB ltr");
    window.click("menu").await?;
    window.click("menu-settings").await?;
    let steps = [("العربية", "ar rtl", "المظهر واللغة"), ("Deutsch", "de-DE ltr", "Darstellung und Sprache")];
    for (name, spoken, look) in steps {
        window.click("settings-look").await?;
        window.choose("language", name).await?;
        window.click("settings-save").await?;
        until_true("the window to speak it", LONG, async || {
            Ok(window.ask(SPOKEN, Vec::new()).await.is_ok_and(|said| said == spoken))
        })
        .await?;
        // It goes on where it was.
        window.page.says(look).await?;
    }
    window.click("back").await?;
    window.page.find("input[placeholder='Rolle suchen']").await?;
    // So does the other window, to its title.
    tray.click("Verwalten…").await?;
    desktop.visible("^Pimento: Verwalten$").await?;
    window.dispatch(vec![json!({ "kind": "saveSettings", "settings": { "language": "en" } })]).await?;
    desktop.visible(MANAGE).await?;
    Ok(())
}

/// Whether the switch of autostart is on.
async fn starts(window: &Window) -> Result<bool> {
    window.part("autostart").await?;
    Ok(window.ask("return document.querySelector('[data-testid=autostart]').checked", Vec::new()).await? == true)
}

/// Somebody changes the system's list while the window is away, and looks at the switch.
async fn looks_again(desktop: &Desktop, app: &App, tray: &Tray, window: Window, expected: bool) -> Result<Window> {
    window.put_away(desktop, tray).await?;
    tray.click("Settings").await?;
    let window = Window::attach(desktop, app).await?;
    window.click("settings-start").await?;
    until_true("the switch to say what the system says", LONG, async || Ok(starts(&window).await? == expected)).await?;
    Ok(window)
}

#[tokio::test]
async fn starting_with_the_system_says_what_the_system_says_and_changes_it() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let entry = desktop.home().join(".config/autostart/Pimento.desktop");
    let own = home(&desktop).join("settings.toml");
    let saved = async |words: &str| -> Result<()> {
        let look = async || Ok(fs::read_to_string(&own).is_ok_and(|text| text.contains(words)));
        until_true(&format!("{words} to be saved"), LONG, look).await
    };
    let entered = async |there: bool| {
        let look = async || Ok(fs::read_to_string(&entry).is_ok_and(|text| !text.contains("Hidden=true")) == there);
        until_true("the system's list to follow", LONG, look).await
    };
    ensure!(!entry.exists());

    open(&window, &tray, "start").await?;
    ensure!(!starts(&window).await?);
    window.click("autostart").await?;
    window.click("settings-save").await?;
    entered(true).await?;
    let text = fs::read_to_string(&entry)?;
    ensure!(text.lines().any(|line| line.starts_with("Exec=") && line.contains("pimento")), "{text}");
    window.click("settings-start").await?;

    // Taken off the list elsewhere.
    fs::remove_file(&entry)?;
    let window = looks_again(&desktop, &app, &tray, window, false).await?;
    saved("autostart = false").await?;
    ensure!(!entry.exists(), "it was entered again");
    window.click("autostart").await?;
    window.click("settings-save").await?;
    entered(true).await?;

    // Switched off there, as desktops do it: the entry stays.
    fs::write(&entry, fs::read_to_string(&entry)? + "\nHidden=true\n")?;
    let window = looks_again(&desktop, &app, &tray, window, false).await?;
    window.click("autostart").await?;
    window.click("settings-save").await?;
    entered(true).await?;

    // And the other way round.
    window.click("settings-start").await?;
    ensure!(starts(&window).await?);
    window.click("autostart").await?;
    window.click("settings-save").await?;
    entered(false).await?;
    ensure!(!entry.exists());
    fs::write(&entry, text)?;
    let window = looks_again(&desktop, &app, &tray, window, true).await?;
    window.detach().await
}

#[tokio::test]
async fn what_an_organisation_has_set_for_signing_in_is_the_way_in() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let managed = desktop.home().join("managed.toml");
    let client = "6e1f5c0a-2b3c-4d5e-8f90-a1b2c3d4e5f6";
    fs::write(&managed, format!("[settings]\nclientId = \"{client}\"\ntenant = \"contoso.example\"\n"))?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_MANAGED", managed.to_str().expect("a path"))])?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    window.page.says("Your organisation has set up the sign-in.").await?;
    ensure!(!window.has("organisation").await?, "there are fields to fill in");
    ensure!(window.part("first-run-signin").await?.text().await? == "Sign in to contoso.example");
    window.click("first-run-signin").await?;
    // What will be asked for, by the organisation's application, before anything is asked of anybody.
    for words in [client, "contoso.example", "RoleAssignmentSchedule.ReadWrite.Directory", "Asked for at once"] {
        window.page.says(words).await?;
    }
    window.detach().await
}

//! How soon icon, menu and window say what has changed.

#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    clock::Stopwatch,
    desktop::{Desktop, Setup, tray::Tray},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::Window,
};

const ROLE: &str = "Global Reader";

/// What a change may take from where it happens to where it is seen.
const SOON: Duration = Duration::from_secs(1);

/// What the tray says at a moment.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    icon: String,
    tooltip: String,
    menu: Vec<String>,
}

async fn said(tray: &Tray) -> Result<Said> {
    Ok(Said { icon: tray.icon().await?, tooltip: tray.tooltip().await?, menu: tray.labels().await? })
}

/// What the menu says of the role; empty where it says nothing.
fn line(said: &Said) -> &str {
    said.menu.iter().find(|label| label.starts_with(ROLE)).map_or("", String::as_str)
}

/// A change that is to be seen in two places, from now on.
struct Change<'a> {
    what: &'a str,
    tray: &'a Tray,
    before: &'a Said,
    /// In the tooltip.
    words: &'a str,
    /// What the menu's line about the role has in it; none: there is no such line.
    menu: Option<&'a str>,
}

impl Change<'_> {
    /// Waits for both places, says how long each took, and returns what the tray says then.
    async fn seen(self, in_window: impl AsyncFnMut() -> Result<bool>) -> Result<Said> {
        let since = Stopwatch::start();
        let tray = async {
            let told = async || Ok(self.tray.tooltip().await?.contains(self.words));
            until_true(&format!("the tray to say {}", self.what), LONG, told).await?;
            let took = since.elapsed();
            // What is slower to read has changed with it.
            let now = said(self.tray).await?;
            let menu = self.menu.map_or(line(&now).is_empty(), |words| line(&now).contains(words));
            ensure!(menu && now.icon != self.before.icon, "{}: {:?}", self.what, now.menu);
            anyhow::Ok((now, took))
        };
        let window = async {
            until_true(&format!("the window to say {}", self.what), LONG, in_window).await?;
            anyhow::Ok(since.elapsed())
        };
        let ((now, tray), window) = tokio::try_join!(tray, window)?;
        println!("{}: {} ms to the tray, {} ms to the window", self.what, tray.as_millis(), window.as_millis());
        ensure!(tray <= SOON && window <= SOON, "{}: {tray:?} to the tray, {window:?} to the window", self.what);
        Ok(now)
    }
}

#[tokio::test]
async fn a_change_shows_on_icon_menu_and_window_within_a_second() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.open_form(ROLE).await?;
    window.complete("Weekly review", None).await?;
    let idle = said(&tray).await?;
    let change = |what, before, words, menu| Change { what, tray: &tray, before, words, menu };

    // From the moment at which the service has it.
    window.click("form-submit").await?;
    until_true("the activation", LONG, async || Ok(tenant.committed("selfActivate").await? == 1)).await?;
    let is_active = async || Ok(window.state(&role).await?.as_deref() == Some("active"));
    let active = change("activated", &idle, ROLE, Some(" h")).seen(is_active).await?;

    // From the moment at which time has passed.
    let end = tenant.end_of(&role).await?;
    tenant.set_clock(end - TimeDelta::minutes(4)).await?;
    let few = async || Ok(window.left(&role).await?.contains("min"));
    let expiring = change("about to end", &active, "min left", Some(" min")).seen(few).await?;
    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    let gone = async || Ok(window.state(&role).await?.is_none());
    change("ended", &expiring, "Nothing active", None).seen(&gone).await?;

    // From a click in the menu, as soon as the service has it.
    window.find_role(ROLE).await?;
    // Its reason is remembered: one click is all it takes.
    window.click(&format!("activate-{role}")).await?;
    window.reaches(&role, "active").await?;
    tenant.set_clock(tenant.now().await? + TimeDelta::minutes(6)).await?;
    let offered = async || Ok(tray.labels().await?.iter().any(|label| label == "Deactivate"));
    until_true("the menu to offer its end", LONG, offered).await?;
    let active = said(&tray).await?;
    tray.click("Deactivate").await?;
    until_true("the end", LONG, async || Ok(tenant.committed("selfDeactivate").await? == 1)).await?;
    change("deactivated", &active, "Nothing active", None).seen(&gone).await?;

    // From a click in the window.
    let idle = said(&tray).await?;
    window.click("menu").await?;
    window.click("sign-out").await?;
    let out = async || window.has("first-run-demo").await;
    change("signed out", &idle, "Not signed in", None).seen(out).await?;
    window.detach().await.with_context(|| app.process.log())
}

//! The working day in the real application: its end, announced, kept and not kept; a reminder that opens a form; a screen that
//! is locked.

#![cfg(target_os = "linux")]

use std::fs;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Timelike, Utc};
use pimento_tests::{
    app::{App, home},
    desktop::{Desktop, Setup, notifications::Notice, saver, tray::Tray},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{TITLE, Window},
};

const ROLE: &str = "Helpdesk Administrator";
const REASON: &str = "Password resets";

/// A desktop in the morning of a day on its wall (UTC), so that midnight is far.
async fn morning() -> Result<(Desktop, Tenant)> {
    let desktop = Desktop::start(Setup::default()).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "7"])?;
    let tomorrow = tenant.now().await?.date_naive() + Days::new(1);
    let six = NaiveTime::from_hms_opt(6, 0, 0).context("a time")?;
    tenant.set_clock(tomorrow.and_time(six).and_utc()).await?;
    Ok((desktop, tenant))
}

/// The whole minute that a moment is in: nobody sets a time more exactly.
fn minute(at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).context("a minute")
}

fn wall(at: DateTime<Utc>) -> String {
    at.format("%H:%M").to_string()
}

/// Opens the page of the working day.
async fn open(window: &Window, tray: &Tray) -> Result<()> {
    tray.click("Settings").await?;
    window.click("settings-day").await
}

/// Saves it, and goes back to the list.
async fn save(window: &Window) -> Result<()> {
    window.click("settings-save").await?;
    window.page.gone("[data-testid='settings-save']").await?;
    window.click("back").await?;
    window.part("filter").await.map(drop)
}

/// Waits until the day has written this down.
async fn noted(desktop: &Desktop, words: &str) -> Result<()> {
    let file = home(desktop).join("day.json");
    let written = async || Ok(fs::read_to_string(&file).is_ok_and(|text| text.contains(words)));
    until_true(&format!("{words} in {}", file.display()), LONG, written).await
}

fn about(desktop: &Desktop, words: &str) -> Vec<Notice> {
    desktop.notifications().all().into_iter().filter(|notice| notice.title.contains(words)).collect()
}

fn labels(notice: &Notice) -> Vec<&str> {
    notice.actions.iter().map(|(_, label)| label.as_str()).filter(|label| !label.is_empty()).collect()
}

/// Waits until the row counts down from another number: what was due by now was done.
async fn passes(window: &Window, tenant: &Tenant, role: &str, time: TimeDelta) -> Result<()> {
    let before = window.left(role).await?;
    tenant.set_clock(tenant.now().await? + time).await?;
    until_true("the time left to change", LONG, async || Ok(window.left(role).await? != before)).await
}

#[tokio::test]
async fn what_is_active_is_kept_today_or_ended_and_a_reminder_opens_the_form() -> Result<()> {
    let (desktop, tenant) = morning().await?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, REASON, None).await?;
    window.reaches(&role, "active").await?;

    // The day ends before the role does: that is announced, and the role kept.
    let end = tenant.end_of(&role).await?;
    let closing = minute(end - TimeDelta::minutes(20))?;
    open(&window, &tray).await?;
    window.click("day-ends").await?;
    window.fill("day-ends-at", &wall(closing)).await?;
    save(&window).await?;
    noted(&desktop, &wall(closing)).await?;
    tenant.set_clock(closing - TimeDelta::minutes(9)).await?;
    let announced = desktop.notifications().with(&format!("{ROLE} is ended at {}", wall(closing))).await?;
    ensure!(announced.body == "Your working day ends then.", "{announced:?}");
    ensure!(labels(&announced) == ["Open Pimento", "Keep today"], "{announced:?}");
    let kept = async || Ok(fs::read_to_string(home(&desktop).join("day.json"))?.contains("\"kept\":true"));
    desktop.notifications().press_until(&announced, "Keep today", kept).await?;
    // Its own end is warned of, long after the day's.
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    desktop.notifications().with(&format!("{ROLE} ends in 5 minutes")).await?;
    ensure!(tenant.committed("selfDeactivate").await? == 0, "{:?}", tenant.ledger().await?);
    // What is being read meanwhile must not find it gone minutes before its end.
    tenant.set_clock(end - TimeDelta::seconds(5)).await?;
    until_true("seconds to be left", LONG, async || Ok(window.left(&role).await?.ends_with('s'))).await?;
    tenant.set_clock(end + TimeDelta::seconds(1)).await?;
    let over = desktop.notifications().with(&format!("{ROLE} has ended")).await?;

    // With another end nobody has kept anything: the role is ended then.
    desktop.notifications().press_until(&over, "Re-activate", async || window.has("form").await).await?;
    window.submit().await?;
    window.reaches(&role, "active").await?;
    let closing = minute(tenant.end_of(&role).await? - TimeDelta::minutes(20))?;
    open(&window, &tray).await?;
    window.fill("day-ends-at", &wall(closing)).await?;
    save(&window).await?;
    noted(&desktop, &wall(closing)).await?;
    tenant.set_clock(closing - TimeDelta::minutes(9)).await?;
    let announced = desktop.notifications().with(&format!("{ROLE} is ended at {}", wall(closing))).await?;
    ensure!(tenant.committed("selfDeactivate").await? == 0, "{:?}", tenant.ledger().await?);
    tenant.set_clock(closing).await?;
    let ended = async || Ok(tenant.committed("selfDeactivate").await? == 1);
    until_true("the role to be ended", LONG, ended).await.with_context(|| app.process.log())?;
    let gone = async || Ok(about(&desktop, &announced.title).iter().all(|notice| notice.withdrawn));
    until_true("the announcement to be withdrawn", LONG, gone).await?;
    until_true("the row to go", LONG, async || Ok(window.state(&role).await?.is_none())).await?;

    // A reminder asks; its button opens the form, filled in, and elevates nothing.
    let at = minute(tenant.now().await? + TimeDelta::minutes(10))?;
    open(&window, &tray).await?;
    window.click("reminder-add").await?;
    window.choose("reminder-what-0", ROLE).await?;
    for weekend in [6, 7] {
        window.click(&format!("reminder-day-{weekend}-0")).await?;
    }
    window.fill("reminder-at-0", &wall(at)).await?;
    save(&window).await?;
    noted(&desktop, &wall(at)).await?;
    window.put_away(&desktop, &tray).await?;
    tenant.set_clock(at).await?;
    let asked = desktop.notifications().with(&format!("{ROLE}: activate now?")).await?;
    ensure!(asked.body == format!("You have set a reminder for {}.", wall(at)), "{asked:?}");
    ensure!(labels(&asked) == ["Open Pimento", "Activate…", "Dismiss"], "{asked:?}");
    ensure!(desktop.windows(TITLE)?.is_empty(), "a reminder showed the window");
    let shown = async || Ok(!desktop.windows(TITLE)?.is_empty());
    desktop.notifications().press_until(&asked, "Activate…", shown).await?;
    let window = Window::attach(&desktop, &app).await.with_context(|| app.process.log())?;
    window.part("form").await?;
    ensure!(window.value("reason").await? == REASON, "{}", window.page.text().await?);
    ensure!(tenant.committed("selfActivate").await? == 2, "a reminder elevated: {:?}", tenant.ledger().await?);
    window.detach().await
}

#[tokio::test]
async fn a_locked_screen_ends_what_is_active_where_that_is_wanted_and_only_then() -> Result<()> {
    let (desktop, tenant) = morning().await?;
    let screen = desktop.start_saver().await?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, REASON, None).await?;
    window.reaches(&role, "active").await?;
    let nothing = async |why: &str| {
        ensure!(tenant.committed("selfDeactivate").await? == 0, "{why}: {:?}", tenant.ledger().await?);
        ensure!(about(&desktop, "is being ended").is_empty(), "{why}: {:?}", desktop.notifications().all());
        anyhow::Ok(())
    };

    // Not wanted: a locked screen ends nothing, also once its first five minutes are over.
    screen.says(true).await?;
    passes(&window, &tenant, &role, TimeDelta::minutes(6)).await?;
    nothing("it was not wanted").await?;

    // Wanted: not for an earlier lock, nor when it is unlocked, nor where somebody else says so.
    open(&window, &tray).await?;
    window.click("day-end-on-lock").await?;
    save(&window).await?;
    screen.says(false).await?;
    saver::say(desktop.bus(), true).await?;
    passes(&window, &tenant, &role, TimeDelta::minutes(2)).await?;
    nothing("the screen was not locked").await?;

    screen.says(true).await?;
    let told = desktop.notifications().with(&format!("{ROLE} is being ended")).await;
    let told = told.with_context(|| app.process.log())?;
    ensure!(told.body == "The screen was locked.", "{told:?}");
    let ended = async || Ok(tenant.committed("selfDeactivate").await? == 1);
    until_true("the role to be ended", LONG, ended).await.with_context(|| app.process.log())?;
    until_true("the row to go", LONG, async || Ok(window.state(&role).await?.is_none())).await?;
    window.detach().await
}

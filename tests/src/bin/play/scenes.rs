//! The play itself.

use std::path::Path;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{Desktop, Notifications, Setup},
    person::{Person, Step},
    tenant::Tenant,
    wait::{LONG, until_true},
    window::{ICON, TITLE, Ticket, Window},
};

use crate::{
    administrator::{self, Look},
    album::Album,
    everything,
};

const MFA: &str = "Intune Administrator";
const TICKET: &str = "Exchange Administrator";

/// Plays all parts one after the other, or the one that is wanted.
pub async fn play(folder: &Path, part: Option<&str>) -> Result<()> {
    let mut album = Album::new(folder)?;
    let played = parts(&mut album, part).await;
    println!("\nScreenshots and log: {}", album.folder().display());
    played
}

async fn parts(album: &mut Album, part: Option<&str>) -> Result<()> {
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    if wanted("main") {
        scenes(album).await?;
    }
    if wanted("everything") {
        everything::play(album).await?;
    }
    if wanted("administrator") {
        administrator::play(album, Look::Light).await?;
    }
    if wanted("dark") {
        album.say("the same on a dark desktop")?;
        administrator::play(album, Look::Dark).await?;
    }
    album.say("done")
}

async fn scenes(album: &mut Album) -> Result<()> {
    let desktop = Desktop::start(Setup { notifications: Notifications::Drawing, ..Setup::default() }).await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "1"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let mut app = App::start(&desktop, &tenant)?;
    let ended = acts(album, &desktop, &tenant, &mut maya, &mut app).await;
    told(album, &desktop, ended)
}

/// What the screen showed when it went wrong, and what the programs had to say.
pub fn told(album: &mut Album, desktop: &Desktop, ended: Result<()>) -> Result<()> {
    if ended.is_err() {
        album.picture(desktop, "broke-off", "where the play broke off")?;
        for log in ["pimento", "tenant"] {
            let text = std::fs::read_to_string(desktop.home().join(format!("{log}.log"))).unwrap_or_default();
            album.say(&format!("{log}.log:\n{text}"))?;
        }
    }
    ended
}

async fn acts(album: &mut Album, desktop: &Desktop, tenant: &Tenant, maya: &mut Person, app: &mut App) -> Result<()> {
    let tray = desktop.tray().await?;
    until_true("the icon to say that nobody is signed in", LONG, async || {
        Ok(tray.tooltip().await?.contains("Not signed in"))
    })
    .await?;
    hover(desktop).await?;
    album.picture(desktop, "tray", "the tray icon: nobody is signed in")?;

    desktop.point_away()?;
    let window = Window::open(desktop, app, &tray).await?;
    album.window(desktop, &window, "first-run", "a left click opens the window: the first run").await?;

    window.click("first-run-demo").await?;
    sign_in(album, desktop, maya, "sign-in").await?;
    let window = window.returns(desktop, app).await?;
    window.find_role("Global Reader").await?;
    window.clear_filter().await?;
    album.window(desktop, &window, "roles", "signed in: what can be activated, and what each role asks for").await?;

    let ticketed = window.open_form(TICKET).await?;
    window.complete("Mailbox migration", Some(Ticket { number: "INC-4711", system: "ServiceNow" })).await?;
    album.window(desktop, &window, "form", "a role that wants a ticket").await?;
    window.submit().await?;
    window.reaches(&ticketed, "active").await?;
    window.clear_filter().await?;
    album.window(desktop, &window, "active", "active, with its countdown").await?;

    let stepped = window.open_form(MFA).await?;
    window.complete("Review of last night's alerts", None).await?;
    album
        .window(desktop, &window, "form-step-up", "a role that wants a stronger sign-in says so before the click")
        .await?;
    window.submit().await?;
    window.reaches(&stepped, "steppingUp").await?;
    album.window(desktop, &window, "stepping-up", "the browser is asked for MFA; the window says so").await?;
    sign_in(album, desktop, maya, "step-up").await?;
    let window = window.returns(desktop, app).await?;
    window.reaches(&stepped, "active").await?;
    window.clear_filter().await?;
    album.window(desktop, &window, "both-active", "both roles are active").await?;
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;
    hover(desktop).await?;
    album.picture(desktop, "tooltip", "the tooltip counts down")?;
    album.say(&format!("tooltip: {}", tray.tooltip().await?))?;
    album.say(&format!("menu: {}", tray.labels().await?.join(" | ")))?;
    tray.entry(TICKET).await?;
    menu(desktop).await?;
    album.picture(desktop, "menu", "the icon's menu: what is active and its time left")?;
    close_menu(desktop)?;

    restart_and_renew(album, desktop, tenant, maya, app, &ticketed).await
}

async fn restart_and_renew(
    album: &mut Album,
    desktop: &Desktop,
    tenant: &Tenant,
    maya: &Person,
    app: &mut App,
    ticketed: &str,
) -> Result<()> {
    app.process.kill();
    *app = App::start(desktop, tenant)?;
    let tray = desktop.tray().await?;
    tray.entry(TICKET).await?;
    let window = Window::open(desktop, app, &tray).await?;
    window.reaches(ticketed, "active").await?;
    ensure!(maya.waiting() == 0, "a restart opened the browser");
    album.window(desktop, &window, "restarted", "killed and started again: everything is as it was").await?;
    window.detach().await?;
    tray.activate(ICON.0, ICON.1).await?;
    desktop.invisible(TITLE).await?;

    let end = tenant.end_of(ticketed).await?;
    tenant.set_clock(end - TimeDelta::minutes(5)).await?;
    album.say("the tenant's clock is moved to five minutes before the end")?;
    let (x, y) = desktop.button("Re-activate").await?;
    album.picture(desktop, "warning", "five minutes before the end: the warning, with Re-activate and Dismiss")?;
    let activations = tenant.committed("selfActivate").await?;
    desktop.click_at(x, y, 1)?;
    let window = Window::attach(desktop, app).await?;
    window.part("form").await?;
    album.window(desktop, &window, "renew", "Re-activate opens the form; nothing is sent by itself").await?;
    ensure!(tenant.committed("selfActivate").await? == activations, "the notification elevated");
    window.click("way-restart").await?;
    album.picture(
        desktop,
        "renew-now",
        "end it and activate again now: role, duration, reason and ticket are reused",
    )?;
    window.submit().await?;
    until_true("a new activation", LONG, async || Ok(tenant.committed("selfActivate").await? == activations + 1))
        .await?;
    window.reaches(ticketed, "active").await?;
    window.clear_filter().await?;
    album.window(desktop, &window, "renewed", "active again, for the full time").await?;
    album.say(&format!("tooltip: {}", tray.tooltip().await?))?;
    window.detach().await?;
    for entry in tenant.ledger().await? {
        album.say(&format!("ledger: {} {} {}", entry["at"], entry["event"], entry["details"]["role"]))?;
    }
    Ok(())
}

/// Goes through a sign-in in the browser, photographing every page.
pub async fn sign_in(album: &mut Album, desktop: &Desktop, person: &mut Person, name: &str) -> Result<()> {
    let watched = async |step: Step| {
        let (page, words) = match step {
            Step::Pick => ("account", "the tenant's sign-in page in the browser: pick an account"),
            Step::Mfa => ("mfa", "approve the sign-in"),
            Step::Consent => ("consent", "agree to the permissions"),
            Step::Back => ("back", "the browser is done, the application goes on"),
        };
        album.picture(desktop, &format!("{name}-{page}"), words)
    };
    person.sign_in_watched(desktop, watched).await?;
    Ok(())
}

/// Puts the pointer on the icon, until its tooltip shows.
async fn hover(desktop: &Desktop) -> Result<()> {
    let mut step = 0;
    until_true("the icon's tooltip", LONG, async || {
        // A tooltip comes when the pointer has moved and then rests.
        step = (step + 1) % 40;
        if step == 1 {
            desktop.point_away()?;
            desktop.point_at(ICON.0 + 8, ICON.1)?;
            desktop.point_at(ICON.0 + 10, ICON.1)?;
        }
        desktop.shows("TOOLTIP")
    })
    .await
}

/// Opens the icon's menu by a right click of the real pointer.
pub async fn menu(desktop: &Desktop) -> Result<()> {
    let mut look = 0;
    until_true("the panel to open the icon's menu", LONG, async || {
        // The panel drops a click that comes while it takes its tooltip away.
        if look % 200 == 0 {
            desktop.click_at(ICON.0 + 10, ICON.1, 3)?;
        }
        look += 1;
        desktop.shows("MENU")
    })
    .await
}

/// Closes it again.
pub fn close_menu(desktop: &Desktop) -> Result<()> {
    desktop.key("Escape")?;
    desktop.point_away()
}

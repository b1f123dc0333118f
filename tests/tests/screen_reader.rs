//! What a screen reader gets of the real windows: a name and a role for everything that can have the focus, in every view, and of
//! the countdown three sentences: at five minutes, at one, and at the end.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::App,
    desktop::{
        Desktop, Setup,
        accessibility::{Accessible, ScreenReader},
    },
    person::Person,
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::Window,
};

const PROGRAM: &str = "pimento-window";
const ROLE: &str = "Global Reader";
const TICKET: &str = "Exchange Administrator";

#[tokio::test]
async fn everything_has_a_name_and_the_countdown_is_told_three_times() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let reader = desktop.screen_reader().await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "13"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    let mut counts = vec![("first run", named(&reader, &window).await?)];
    window.click("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    let window = window.returns(&desktop, &app).await?;
    let role = window.activate(ROLE, "Weekly review", None).await?;
    window.reaches(&role, "active").await?;

    counts.push(("list", named(&reader, &window).await?));
    window.open_form(TICKET).await?;
    counts.push(("form", named(&reader, &window).await?));
    window.click("form-cancel").await?;
    window.clear_filter().await?;
    window.click(&format!("renew-{role}")).await?;
    counts.push(("renewal", named(&reader, &window).await?));
    window.click("form-cancel").await?;
    window.click("menu").await?;
    counts.push(("menu", named(&reader, &window).await?));
    window.click("menu-settings").await?;
    counts.push(("settings", named(&reader, &window).await?));
    window.click("back").await?;
    window.part("filter").await?;
    println!("AT-SPI: things that can have the focus, all with a role and a name: {counts:?}");

    // Time passes: at each of these moments this is said, and nothing else.
    let end = tenant.end_of(&role).await?;
    let mut said = announced(&reader).await?;
    let mut heard = Vec::new();
    for (before, words) in [
        (TimeDelta::minutes(20), None),
        (TimeDelta::minutes(6), None),
        (TimeDelta::seconds(299), Some("5 minutes")),
        (TimeDelta::minutes(3), None),
        (TimeDelta::seconds(59), Some("1 minute")),
        (TimeDelta::seconds(20), None),
        (TimeDelta::seconds(-1), Some("ended")),
    ] {
        tenant.set_clock(end - before).await?;
        let passed = async || {
            let now = window
                .ask("return document.querySelector('[data-testid^=\"left-\"]')?.textContent ?? 'gone'", Vec::new());
            Ok(now.await?.as_str().is_some_and(|now| says(now, before)))
        };
        until_true(&format!("{before} before the end to be shown"), LONG, passed).await?;
        window.painted().await?;
        match words {
            Some(words) => {
                let new = until("an announcement", LONG, async || {
                    let now = announced(&reader).await?;
                    Ok((now != said).then_some(now))
                })
                .await
                .with_context(|| format!("\"{words}\" {before} before the end, after {said:?}"))?;
                ensure!(new.contains(words) && new.contains(ROLE), "{new:?} instead of \"{words}\"");
                heard.push(new.clone());
                said = new;
            }
            None => {
                ensure!(announced(&reader).await? == said, "{:?} {before} before the end", announced(&reader).await?);
            }
        }
    }
    println!("AT-SPI: announced were {heard:?}");
    window.detach().await
}

/// Views of the flyout, and what leads there from the list.
const VIEWS: [(&str, &[&str]); 20] = [
    ("bundles", &["menu", "menu-bundles"]),
    ("a new bundle", &["menu", "menu-bundles", "new-bundle"]),
    ("requests", &["menu", "menu-history"]),
    ("today", &["menu", "menu-history", "history-show-today"]),
    ("use", &["menu", "menu-history", "history-show-use"]),
    ("accounts", &["menu", "menu-accounts"]),
    ("another account", &["menu", "menu-accounts", "add-account"]),
    ("kinds of roles", &["menu", "menu-sources"]),
    ("keys", &["menu", "menu-shortcuts"]),
    ("about", &["menu", "menu-about"]),
    ("licences", &["menu", "menu-about", "licences", "work"]),
    ("diagnostics", &["menu", "menu-settings", "settings-diagnostics"]),
    ("notifications", &["menu", "menu-settings", "settings-notifications"]),
    ("renewal by itself", &["menu", "menu-settings", "settings-renewal"]),
    ("working day", &["menu", "menu-settings", "settings-day"]),
    ("reasons", &["menu", "menu-settings", "settings-reasons"]),
    ("appearance", &["menu", "menu-settings", "settings-look"]),
    ("start", &["menu", "menu-settings", "settings-start"]),
    ("sign-in", &["menu", "menu-settings", "settings-signIn"]),
    ("storage", &["menu", "menu-settings", "settings-storage"]),
];

#[tokio::test]
async fn every_view_of_the_flyout_tells_what_it_has() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let reader = desktop.screen_reader().await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "17"])?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    let role = window.activate(ROLE, "Weekly review", None).await?;
    window.reaches(&role, "active").await?;
    window.clear_filter().await?;

    let mut counts = Vec::new();
    for (name, there) in VIEWS {
        for step in there {
            window.click(step).await?;
        }
        counts.push((name, named(&reader, &window).await.with_context(|| name)?));
        while !window.has("filter").await? {
            window.click("back").await?;
        }
    }
    window.click(&format!("more-{role}")).await?;
    counts.push(("a role", named(&reader, &window).await?));
    window.click("back").await?;
    // The box is there for whoever points at the row, and for the keyboard.
    window.ask("document.querySelector(\"[data-testid^='select-']\").click()", Vec::new()).await?;
    counts.push(("a selection", named(&reader, &window).await?));
    window.click("save-bundle").await?;
    counts.push(("a bundle of it", named(&reader, &window).await?));
    window.click("back").await?;
    window.click("activate-all").await?;
    counts.push(("several", named(&reader, &window).await?));
    println!("AT-SPI: things that can have the focus, all with a role and a name: {counts:?}");
    window.detach().await
}

#[tokio::test]
async fn every_part_of_the_manage_window_tells_what_it_has() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let reader = desktop.screen_reader().await?;
    let tenant = Tenant::start(desktop.home(), &["--seed", "31"])?;
    let mut omar = Person::at(&desktop, "omar")?;
    let app = App::start_with(&desktop, &tenant, &[("PIMENTO_KEEP_WARM", "0")])?;
    let tray = desktop.tray().await?;
    let manage = Window::manage_signed_in(&desktop, &app, &tray, &mut omar).await?;

    let mut counts = Vec::new();
    for part in
        ["approvals", "assignments", "standing", "policies", "reviews", "alerts", "activations", "audit", "need"]
    {
        manage.click(&format!("section-{part}")).await?;
        counts.push((part, named(&reader, &manage).await.with_context(|| part)?));
    }
    manage.click("section-assignments").await?;
    manage.click("give").await?;
    counts.push(("giving a role", named(&reader, &manage).await?));
    println!("AT-SPI: things that can have the focus, all with a role and a name: {counts:?}");
    manage.detach().await
}

/// Whether the window writes that so much is left, or what is left a moment later.
fn says(text: &str, left: TimeDelta) -> bool {
    // The space between a number and its unit is one that does not break.
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|number| number.parse().ok());
    match (words.next_back(), number) {
        (Some("min"), Some(minutes)) => (left.num_minutes() - 1..=left.num_minutes()).contains(&minutes),
        (Some("s"), Some(seconds)) => (left.num_seconds() - 10..=left.num_seconds()).contains(&seconds),
        _ => text == "gone" && left <= TimeDelta::zero(),
    }
}

/// Fails for anything that can have the focus and has no role or no name; how many there are.
async fn named(reader: &ScreenReader, window: &Window) -> Result<usize> {
    window.painted().await?;
    let script = "const focusable = 'button, input, select, textarea, summary, a[href], [tabindex]';
        return [...document.querySelectorAll(focusable)].filter(each => !each.disabled && each.checkVisibility() && !each.closest('[aria-hidden=true]')).length";
    let wanted = window.ask(script, Vec::new()).await?.as_u64().context("a count")?;
    // The page tells of what is new a moment after it is there.
    let mut seen = Vec::new();
    let all = async || {
        seen = controls(reader).await?;
        Ok(seen.len() as u64 >= wanted)
    };
    let told = until_true("all of the page's controls on the accessibility bus", LONG, all).await;
    told.with_context(|| format!("{wanted} are in the page, on the bus are {seen:#?}"))?;
    for control in &seen {
        let role = control.role.as_str();
        ensure!(!matches!(role, "" | "unknown" | "invalid" | "redundant object"), "no role: {control:?}");
        ensure!(!control.name.trim().is_empty(), "no name: {control:?}");
    }
    Ok(seen.len())
}

/// What can have the focus in the page, whether or not it is scrolled into sight.
async fn controls(reader: &ScreenReader) -> Result<Vec<Accessible>> {
    let all = reader.all_in(PROGRAM).await?;
    Ok(all.into_iter().skip_while(|each| !each.is_document()).filter(Accessible::focusable).collect())
}

/// What the page's live region says at the moment.
async fn announced(reader: &ScreenReader) -> Result<String> {
    let all = reader.all_in(PROGRAM).await?;
    let region = all.iter().rfind(|each| each.live() == Some("polite")).context("no live region")?;
    reader.text(region).await
}

//! The real window under a real keyboard: the focus is where one types, comes back to it, and what is half written stays.

#![cfg(target_os = "linux")]

use std::{fs, time::Duration};

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use pimento_tests::{
    app::{App, home},
    clock::Stopwatch,
    desktop::{Desktop, Setup, display::SIZE},
    person::Person,
    tenant::Tenant,
    wait::{LONG, until, until_true},
    window::{TITLE, Window},
};

const ROLE: &str = "Global Reader";
const OTHER: &str = "Helpdesk Administrator";
/// Somebody has to approve it.
const APPROVED: &str = "Compliance Administrator";

/// Longer than a press of keys and what follows from it belong together.
const MOMENT: Duration = Duration::from_millis(500);

/// A person's fingers are no faster.
const STILL: Duration = Duration::from_millis(150);

/// More than there are stops for the Tab key on any page.
const STOPS: usize = 80;

/// A desktop where Ctrl+Alt+P shows the window, before the first run.
fn started(desktop: &Desktop) -> Result<(Tenant, App)> {
    let tenant = Tenant::start(desktop.home(), &["--seed", "11"])?;
    fs::create_dir_all(home(desktop))?;
    fs::write(home(desktop).join("settings.toml"), "shortcut = \"Ctrl+Alt+P\"\n")?;
    let app = App::start(desktop, &tenant)?;
    Ok((tenant, app))
}

/// The same, and maya is signed in.
async fn signed_in() -> Result<(Desktop, Tenant, App, Window)> {
    let desktop = Desktop::start(Setup::default()).await?;
    let (tenant, app) = started(&desktop)?;
    let tray = desktop.tray().await?;
    let window = Window::signed_in(&desktop, &app, &tray).await?;
    window.find_role(ROLE).await?;
    window.clear_filter().await?;
    Ok((desktop, tenant, app, window))
}

/// Waits until what is typed goes to this part of the page, and has done so for as long as nobody types faster: while a window is
/// being activated, the window manager may take the focus once more for an instant.
async fn typed_into(desktop: &Desktop, window: &Window, part: &str) -> Result<()> {
    let script = "return document.hasFocus() && document.activeElement?.dataset.testid";
    let (mut last, mut since) = (String::new(), None);
    let there = async || {
        let focus = window.ask(script, Vec::new()).await?;
        last = format!("{focus} in \"{}\"", desktop.has_keyboard()?);
        let there = focus == part && desktop.has_keyboard()? == "Pimento";
        since = since.filter(|_| there).or_else(|| there.then(Stopwatch::start));
        Ok(since.is_some_and(|since: Stopwatch| since.elapsed() > STILL))
    };
    until_true(&format!("the keyboard at {part}"), LONG, there).await.with_context(|| format!("it is at {last}"))
}

async fn holds(window: &Window, part: &str, text: &str) -> Result<()> {
    let mut last = String::new();
    let there = async || {
        last = window.value(part).await?;
        Ok(last == text)
    };
    let held = until_true(&format!("\"{text}\" in {part}"), LONG, there).await;
    held.with_context(|| format!("{part} holds \"{last}\""))
}

/// Puts the window away by its keys, and lets a moment pass: pressed at once, they would belong to the same press.
async fn keys_hide(desktop: &Desktop, window: Window) -> Result<()> {
    window.detach().await?;
    desktop.key("ctrl+alt+p")?;
    desktop.invisible(TITLE).await?;
    a_moment().await
}

async fn a_moment() -> Result<()> {
    let watch = Stopwatch::start();
    until_true("a moment", LONG, async || Ok(watch.elapsed() > MOMENT)).await
}

/// Shows it by one press of its keys.
async fn keys_show(desktop: &Desktop, app: &App) -> Result<Window> {
    desktop.key("ctrl+alt+p")?;
    Window::attach(desktop, app).await.with_context(|| app.process.log())
}

#[tokio::test]
async fn the_focus_lands_in_the_filter_and_returns_and_a_half_written_reason_survives_blur() -> Result<()> {
    let (desktop, _tenant, app, window) = signed_in().await?;
    // Shown anew: what is typed filters.
    keys_hide(&desktop, window).await?;
    let window = keys_show(&desktop, &app).await?;
    typed_into(&desktop, &window, "filter").await?;
    desktop.type_text("helpdesk")?;
    holds(&window, "filter", "helpdesk").await?;

    // Enter opens the form, and what is typed is its reason.
    desktop.key("Return")?;
    window.part("form").await?;
    typed_into(&desktop, &window, "reason").await?;
    desktop.type_text("Half a rea")?;
    holds(&window, "reason", "Half a rea").await?;

    // Another window is clicked: it hides. Shown anew, it goes on where it was left.
    window.detach().await?;
    desktop.click_at(SIZE.0 / 4, SIZE.1 / 2, 1)?;
    desktop.invisible(TITLE).await?;
    a_moment().await?;
    let window = keys_show(&desktop, &app).await?;
    typed_into(&desktop, &window, "reason").await?;
    holds(&window, "reason", "Half a rea").await?;
    desktop.type_text("son")?;
    holds(&window, "reason", "Half a reason").await?;

    // Escape in layers: the form, the filter, the window.
    desktop.key("Escape")?;
    window.page.gone("[data-testid='form']").await?;
    holds(&window, "filter", "helpdesk").await?;
    desktop.key("Escape")?;
    holds(&window, "filter", "").await?;
    typed_into(&desktop, &window, "filter").await?;
    window.detach().await?;
    desktop.key("Escape")?;
    desktop.invisible(TITLE).await?;
    a_moment().await?;

    // Back at the filter, and the half reason is still in its form.
    let window = keys_show(&desktop, &app).await?;
    typed_into(&desktop, &window, "filter").await?;
    window.open_form(OTHER).await?;
    holds(&window, "reason", "Half a reason").await?;
    window.detach().await
}

#[tokio::test]
async fn a_recent_role_takes_three_keys() -> Result<()> {
    let (desktop, tenant, app, window) = signed_in().await?;
    // Used once: it is the first one from then on.
    let role = window.activate(ROLE, "Weekly review", None).await?;
    window.reaches(&role, "active").await?;
    tenant.set_clock(tenant.end_of(&role).await? + TimeDelta::minutes(1)).await?;
    window.clear_filter().await?;
    let first = async || Ok(window.roles().await?.first().is_some_and(|name| name == ROLE));
    until_true("the recent role to come first", LONG, first).await?;
    keys_hide(&desktop, window).await?;
    let before = tenant.committed("selfActivate").await?;
    ensure!(before == 1, "{:?}", tenant.ledger().await?);

    // One.
    let window = keys_show(&desktop, &app).await?;
    typed_into(&desktop, &window, "filter").await?;
    // Two, three.
    desktop.key("Down")?;
    typed_into(&desktop, &window, &format!("activate-{role}")).await?;
    desktop.key("Return")?;
    window.part("undo-bar").await?;
    let activated = async || Ok(tenant.committed("selfActivate").await? == before + 1);
    until_true("the role to be activated", LONG, activated).await?;
    window.reaches(&role, "active").await?;
    window.detach().await
}

/// Somebody who has nothing but a keyboard.
struct Hands<'a> {
    desktop: &'a Desktop,
    window: &'a Window,
}

impl Hands<'_> {
    fn press(&self, key: &str) -> Result<()> {
        self.desktop.key(key)
    }

    fn write(&self, text: &str) -> Result<()> {
        self.desktop.type_text(text)
    }

    /// Which part of the page has the focus, and which element it is.
    async fn at(&self) -> Result<(String, i64)> {
        let script = "const at = document.activeElement;
            return [at?.dataset.testid ?? '', [...document.querySelectorAll('*')].indexOf(at)]";
        Ok(serde_json::from_value(self.window.ask(script, Vec::new()).await?)?)
    }

    /// Presses a key until this part has the focus.
    async fn until(&self, key: &str, part: &str) -> Result<()> {
        self.window.part(part).await?;
        let mut seen = Vec::new();
        while seen.len() < STOPS {
            let before = self.at().await?;
            if before.0 == part {
                return Ok(());
            }
            self.press(key)?;
            let moved = async || Ok(self.at().await? != before);
            until_true(&format!("{key} to move the focus from {before:?}"), LONG, moved).await?;
            seen.push(before.0);
        }
        anyhow::bail!("{key} does not lead to {part}: {seen:?}")
    }

    /// Tab leads there, or Shift+Tab where it stands before what has the focus.
    async fn go(&self, part: &str) -> Result<()> {
        self.window.part(part).await?;
        let script = "const part = document.querySelector(`[data-testid='${arguments[0]}']`);
            return Boolean(part.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)";
        let before = self.window.ask(script, vec![part.into()]).await? == true;
        self.until(if before { "shift+Tab" } else { "Tab" }, part).await
    }

    /// Goes there, and presses it.
    async fn choose(&self, part: &str) -> Result<()> {
        self.go(part).await?;
        self.press("Return")
    }

    /// Chooses from the menu.
    async fn menu(&self, item: &str) -> Result<()> {
        self.choose("menu").await?;
        self.until("Down", item).await?;
        self.press("Return")
    }

    /// Goes back to the filter, with nothing in it.
    async fn filter(&self) -> Result<()> {
        self.press("ctrl+f")?;
        typed_into(self.desktop, self.window, "filter").await?;
        if !self.window.value("filter").await?.is_empty() {
            self.press("Escape")?;
            holds(self.window, "filter", "").await?;
        }
        Ok(())
    }

    /// Writes the role's name into the filter, and goes to its row; returns the role's key.
    async fn row(&self, role: &str) -> Result<String> {
        self.filter().await?;
        self.write(role)?;
        let script = "const rows = document.querySelectorAll(\"[data-testid^='activate-']\");
            return rows.length > 0 && rows[0].getAttribute('aria-label').endsWith(' ' + arguments[0])
                ? rows[0].dataset.testid.slice('activate-'.length) : null";
        let first = async || Ok(self.window.ask(script, vec![role.into()]).await?.as_str().map(str::to_owned));
        let key = until(&format!("{role} to come first"), LONG, first).await?;
        self.press("Down")?;
        typed_into(self.desktop, self.window, &format!("activate-{key}")).await?;
        Ok(key)
    }

    /// Writes the reason where the focus is, and sends the form.
    async fn send(&self, reason: &str) -> Result<()> {
        typed_into(self.desktop, self.window, "reason").await?;
        self.write(reason)?;
        self.press("ctrl+Return")?;
        self.window.page.gone("[data-testid='form']").await
    }
}

#[tokio::test]
async fn every_flow_goes_without_a_pointer() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let (tenant, app) = started(&desktop)?;
    let tray = desktop.tray().await?;
    let mut maya = Person::at(&desktop, "maya")?;
    let activations = async || tenant.committed("selfActivate").await;
    let reach = async |event: &str, many: usize| {
        let there = async || Ok(tenant.committed(event).await? == many);
        until_true(&format!("{many} of {event}"), LONG, there).await
    };

    // The first run.
    app.process.says("keys that work from anywhere").await?;
    let window = keys_show(&desktop, &app).await?;
    Hands { desktop: &desktop, window: &window }.choose("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    let window = window.returns(&desktop, &app).await?;
    let hands = Hands { desktop: &desktop, window: &window };
    typed_into(&desktop, &window, "filter").await?;

    // A role is found, and activated with its form.
    let role = hands.row(OTHER).await?;
    hands.press("Return")?;
    hands.send("Password resets").await?;
    window.reaches(&role, "active").await?;

    // Its renewal is armed and disarmed.
    hands.filter().await?;
    hands.choose(&format!("renew-{role}")).await?;
    window.part("form").await?;
    hands.press("ctrl+Return")?;
    tray.entry("Renew at ").await?;
    window.page.gone("[data-testid='form']").await?;
    hands.choose(&format!("renew-{role}")).await?;
    window.part("form").await?;
    hands.press("ctrl+Return")?;
    tray.entry("Renew…").await?;
    window.page.gone("[data-testid='form']").await?;

    // It is ended.
    tenant.set_clock(tenant.now().await? + TimeDelta::minutes(6)).await?;
    window.page.gone("[data-testid^='deactivate-'][aria-disabled]").await?;
    hands.choose(&format!("deactivate-{role}")).await?;
    reach("selfDeactivate", 1).await?;
    window.page.gone(&format!("[data-testid='active-{role}']")).await?;

    // It is a favourite, and no longer.
    hands.row(OTHER).await?;
    for favourite in ["true", "false"] {
        hands.until("Left", &format!("favourite-{role}")).await?;
        hands.press("space")?;
        window.page.find(&format!("[data-testid='favourite-{role}'][aria-pressed='{favourite}']")).await?;
    }

    // One click is one key, and is taken back.
    hands.row(OTHER).await?;
    hands.press("Return")?;
    window.part("undo-bar").await?;
    hands.choose("undo").await?;
    window.page.gone("[data-testid='undo-bar']").await?;
    ensure!(activations().await? == 1, "{:?}", tenant.ledger().await?);

    // Two are chosen and kept as a bundle, which is run.
    for name in [OTHER, ROLE] {
        let role = hands.row(name).await?;
        hands.press("space")?;
        window.page.find(&format!("[data-testid='row-{role}'][aria-selected='true']")).await?;
    }
    hands.choose("save-bundle").await?;
    typed_into(&desktop, &window, "bundle-name").await?;
    hands.write("Morning")?;
    hands.press("ctrl+Return")?;
    hands.choose("open-bundle-Morning").await?;
    hands.go("reason").await?;
    hands.send("The morning's tickets").await?;
    reach("selfActivate", 3).await?;

    // A request that waits is withdrawn.
    let approved = hands.row(APPROVED).await?;
    hands.press("Return")?;
    hands.go("reason").await?;
    hands.send("Break-glass drill").await?;
    window.reaches(&approved, "waitingForApproval").await?;
    hands.choose(&format!("cancel-{approved}")).await?;
    window.page.gone(&format!("[data-testid='active-{approved}']")).await?;

    // More about a role; the sheet of keys; what was asked for; the accounts.
    hands.row(APPROVED).await?;
    hands.press("alt+Return")?;
    window.page.find("[data-page='role']").await?;
    hands.press("Escape")?;
    hands.filter().await?;
    hands.press("question")?;
    window.page.find("[data-page='shortcuts']").await?;
    hands.press("Escape")?;
    for (item, page) in [("menu-history", "history"), ("menu-accounts", "accounts"), ("menu-sources", "sources")] {
        hands.menu(item).await?;
        window.page.find(&format!("[data-page='{page}']")).await?;
        hands.press("Escape")?;
    }

    // A setting is changed.
    hands.press("ctrl+comma")?;
    hands.until("Down", "settings-notifications").await?;
    hands.press("Return")?;
    hands.go("warn-minutes").await?;
    hands.press("ctrl+a")?;
    hands.write("10")?;
    hands.choose("settings-save").await?;
    let kept = async || Ok(fs::read_to_string(home(&desktop).join("settings.toml"))?.contains("warnMinutes = 10"));
    until_true("the setting to be kept", LONG, kept).await?;
    window.page.find("[data-page='settings']").await?;
    hands.press("Escape")?;

    // And out again.
    hands.menu("sign-out").await?;
    window.part("first-run-demo").await?;
    ensure!(activations().await? == 4, "{:?}", tenant.ledger().await?);
    window.detach().await
}

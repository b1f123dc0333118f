//! Somebody who has never seen Pimento: from its first start to an active role whose end they know, with the mouse alone, with
//! the keyboard alone, and with nothing but what a screen reader is told. WebDriver looks; what acts is what they have.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    app::App,
    browser::{Browser, Opened},
    clock::Stopwatch,
    desktop::{
        Desktop, Setup,
        accessibility::{Accessible, ScreenReader},
    },
    person::Step,
    tenant::Tenant,
    wait::{LONG, until, until_true},
    webdriver::WebDriver,
    window::{TITLE, Window, css},
};

const PROGRAM: &str = "pimento-window";
/// Nothing is asked for it.
const FREE: &str = "Reports Reader";
/// A reason is.
const ROLE: &str = "Global Reader";
const REASON: &str = "Weekly review of the reports";

/// Somebody at a desktop of their own.
struct Newcomer {
    // In the order of their ending.
    app: App,
    tenant: Tenant,
    browser: Browser,
    opened: Opened,
    desktop: Desktop,
    since: Stopwatch,
}

impl Newcomer {
    /// Pimento was started, for the first time.
    async fn new(listens: bool) -> Result<(Self, Option<ScreenReader>)> {
        let desktop = Desktop::start(Setup::default()).await?;
        let reader = if listens { Some(desktop.screen_reader().await?) } else { None };
        let tenant = Tenant::start(desktop.home(), &["--seed", "5"])?;
        let opened = Opened::on(&desktop)?;
        let browser = Browser::start(&desktop).await?;
        browser.page.client.set_window_rect(60, 80, 700, 640).await?;
        browser.page.client.minimize_window().await?;
        let since = Stopwatch::start();
        let app = App::start_first(&desktop, &tenant)?;
        Ok((Self { app, tenant, browser, opened, desktop, since }, reader))
    }

    /// The window that shows itself: they have done nothing for it.
    async fn window(&self) -> Result<Window> {
        Window::attach(&self.desktop, &self.app).await.with_context(|| self.app.process.log())
    }

    /// The browser comes up with what Pimento has opened, as a system's does.
    async fn browser(&mut self) -> Result<&WebDriver> {
        let address = self.opened.next().await?;
        let page = &self.browser.page;
        page.client.set_window_rect(60, 80, 700, 640).await?;
        page.client.goto(address.as_str()).await?;
        Ok(page)
    }

    /// The page of the sign-in that is open, once it is another one than before.
    async fn step(&self, before: Option<Step>) -> Result<Step> {
        let script = "return document.querySelector('[data-step]')?.dataset.step ?? null";
        let look = async || {
            let client = &self.browser.page.client;
            let step = match client.execute(script, Vec::new()).await?.as_str() {
                Some("pick") => Step::Pick,
                Some("mfa") => Step::Mfa,
                Some("consent") => Step::Consent,
                Some(_) => return Ok(None),
                None => Step::Back,
            };
            Ok(Some(step).filter(|step| Some(*step) != before))
        };
        until("the next page of the sign-in", LONG, look).await.with_context(|| format!("after {before:?}"))
    }

    /// They are there.
    async fn done(self, how: &str, actions: usize) -> Result<()> {
        ensure!(self.tenant.committed("selfActivate").await? == 1, "{:?}", self.tenant.ledger().await?);
        println!("{how}: active after {:.1} s and {actions} actions", self.since.elapsed().as_secs_f64());
        Ok(())
    }
}

/// What the sign-in page is left by.
fn answer(step: Step) -> Option<&'static str> {
    match step {
        Step::Pick => Some("button.account[value='maya']"),
        Step::Mfa => Some("button[value='approve']"),
        Step::Consent => Some("button[value='agree']"),
        Step::Back => None,
    }
}

/// It is active, and the row says until when.
async fn knows_the_end(window: &Window, role: &str) -> Result<()> {
    let script = "const row = [...document.querySelectorAll(\"[data-testid^='active-'][data-state='active']\")]
        .find(each => each.textContent.includes(arguments[0]));
        return row?.textContent ?? null";
    let mut last = String::new();
    let told = async || {
        let row: Option<String> = serde_json::from_value(window.ask(script, vec![role.into()]).await?)?;
        last = row.unwrap_or_default();
        Ok(last.contains("until") && last.contains(':'))
    };
    let known = until_true("the row to say until when it is active", LONG, told).await;
    known.with_context(|| format!("it says \"{last}\""))
}

/// The wheel, towards the person.
const WHEEL: u8 = 5;

/// A hand on a mouse.
struct Mouse<'a>(&'a Desktop, usize);

impl Mouse<'_> {
    /// Clicks in the middle of something in a page, in the window with that title.
    async fn click(&mut self, page: &WebDriver, title: &str, css: &str) -> Result<()> {
        page.find(css).await?;
        // Where it is in the page, once it stays there; and how much of the window is above and beside the page.
        let script = "const place = document.querySelector(arguments[0])?.getBoundingClientRect();
            return place && [place.x + place.width / 2, place.y + place.height / 2, innerWidth, innerHeight].map(Math.round)";
        let mut before = None;
        let still = async || {
            let now = page.client.execute(script, vec![css.into()]).await?;
            let now: [i32; 4] = serde_json::from_value(now)?;
            let there = before.replace(now) == Some(now);
            Ok(there.then_some(now))
        };
        let [x, y, wide, high] = until(&format!("{css} to stay"), LONG, still).await?;
        let id = self.0.visible(title).await?;
        let (left, top, width, height) = self.0.geometry(&id)?;
        ensure!((0..wide).contains(&x) && (0..high).contains(&y), "{css} is out of sight at {x}, {y}");
        // A frame is as thick on both sides; what is left is above.
        let side = (width - wide) / 2;
        self.1 += 1;
        self.0.click_at(left + side + x, top + (height - high - side) + y, 1)
    }

    /// Turns the wheel over the list until the role's button is in sight, and tells which it is.
    async fn turn_to(&mut self, window: &Window, role: &str) -> Result<String> {
        let script = "const verb = [...document.querySelectorAll(\"[data-testid^='activate-']\")]
                .find(each => each.getAttribute('aria-label').endsWith(' ' + arguments[0]));
            const place = verb?.getBoundingClientRect();
            return place && place.bottom < innerHeight - 60 ? verb.dataset.testid : null";
        let id = self.0.visible(TITLE).await?;
        let (left, top, width, height) = self.0.geometry(&id)?;
        let seen = async || {
            if let Some(verb) = window.ask(script, vec![role.into()]).await?.as_str() {
                return Ok(Some(verb.to_owned()));
            }
            self.1 += 1;
            self.0.click_at(left + width / 2, top + height / 2, WHEEL)?;
            window.painted().await?;
            Ok(None)
        };
        until(&format!("{role} in sight"), LONG, seen).await
    }
}

#[tokio::test]
async fn a_newcomer_has_a_role_with_the_mouse_alone() -> Result<()> {
    let (mut newcomer, _) = Newcomer::new(false).await?;
    let window = newcomer.window().await?;
    let mut mouse = Mouse(&newcomer.desktop, 0);
    mouse.click(&window.page, TITLE, &css("first-run-demo")).await?;
    let clicks = mouse.1;
    newcomer.browser().await?;
    let mut mouse = Mouse(&newcomer.desktop, clicks);
    let mut before = None;
    loop {
        let step = newcomer.step(before).await?;
        let Some(css) = answer(step) else { break };
        mouse.click(&newcomer.browser.page, "Chromium", css).await?;
        before = Some(step);
    }
    // The window is back by itself.
    let window = window.returns(&newcomer.desktop, &newcomer.app).await?;
    let verb = mouse.turn_to(&window, FREE).await?;
    mouse.click(&window.page, TITLE, &css(&verb)).await?;
    knows_the_end(&window, FREE).await?;
    let clicks = mouse.1;
    window.detach().await?;
    newcomer.done("with the mouse alone", clicks).await
}

/// Fingers on a keyboard.
struct Keyboard<'a>(&'a Desktop, usize);

impl Keyboard<'_> {
    fn press(&mut self, key: &str) -> Result<()> {
        self.1 += 1;
        self.0.key(key)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.1 += 1;
        self.0.type_text(text)
    }

    /// Presses Tab until this has the focus.
    async fn go(&mut self, page: &WebDriver, css: &str) -> Result<()> {
        page.find(css).await?;
        let script = "return [document.hasFocus(), document.querySelector(arguments[0]) === document.activeElement,
            [...document.querySelectorAll('*')].indexOf(document.activeElement)]";
        let at = async || -> Result<(bool, bool, i64)> {
            Ok(serde_json::from_value(page.client.execute(script, vec![css.into()]).await?)?)
        };
        until_true("the keyboard to be in the page", LONG, async || Ok(at().await?.0)).await?;
        for _ in 0..40 {
            let before = at().await?;
            if before.1 {
                return Ok(());
            }
            self.press("Tab")?;
            until_true("Tab to move the focus", LONG, async || Ok(at().await?.2 != before.2)).await?;
        }
        anyhow::bail!("Tab does not lead to {css}")
    }
}

#[tokio::test]
async fn a_newcomer_has_a_role_with_the_keyboard_alone() -> Result<()> {
    let (mut newcomer, _) = Newcomer::new(false).await?;
    let window = newcomer.window().await?;
    let mut keyboard = Keyboard(&newcomer.desktop, 0);
    keyboard.go(&window.page, &css("first-run-demo")).await?;
    keyboard.press("Return")?;
    let pressed = keyboard.1;
    newcomer.browser().await?;
    let mut keyboard = Keyboard(&newcomer.desktop, pressed);
    let mut before = None;
    loop {
        let step = newcomer.step(before).await?;
        let Some(css) = answer(step) else { break };
        keyboard.go(&newcomer.browser.page, css).await?;
        keyboard.press("Return")?;
        before = Some(step);
    }
    let window = window.returns(&newcomer.desktop, &newcomer.app).await?;
    // The focus is where one types.
    keyboard.go(&window.page, &css("filter")).await?;
    keyboard.write("global r")?;
    let first = async || Ok(window.roles().await?.first().is_some_and(|name| name == ROLE));
    until_true("the role to come first", LONG, first).await?;
    keyboard.press("Return")?;
    keyboard.go(&window.page, &css("reason")).await?;
    keyboard.write(REASON)?;
    keyboard.press("ctrl+Return")?;
    knows_the_end(&window, ROLE).await?;
    let pressed = keyboard.1;
    window.detach().await?;
    newcomer.done("with the keyboard alone", pressed).await
}

/// Ears: nothing but what is told of the screen.
struct Ears<'a>(&'a ScreenReader, usize);

impl Ears<'_> {
    /// Waits for something of this name that can have the focus.
    async fn find(&self, name: &str) -> Result<Accessible> {
        let mut last = Vec::new();
        let there = async || {
            last = self.0.all_in(PROGRAM).await?;
            let fits = |each: &&Accessible| each.focusable() && !each.is_document() && each.name == name;
            Ok(last.iter().find(fits).cloned())
        };
        let found = until(&format!("\"{name}\" to be heard of"), LONG, there).await;
        found.with_context(|| format!("{:?}", last.iter().map(|each| (&each.role, &each.name)).collect::<Vec<_>>()))
    }

    async fn press(&mut self, name: &str) -> Result<()> {
        let button = self.find(name).await?;
        self.1 += 1;
        self.0.press(&button).await
    }

    /// Goes to a field, and types.
    async fn write(&mut self, desktop: &Desktop, name: &str, text: &str) -> Result<()> {
        let field = self.find(name).await?;
        self.1 += 2;
        self.0.focus(&field).await?;
        desktop.type_text(text)
    }

    /// Waits until something is told in these words, in this order.
    async fn hear(&self, words: &[&str]) -> Result<()> {
        let mut last = Vec::new();
        let told = async || {
            last.clear();
            for each in self.0.all_in(PROGRAM).await? {
                last.push(format!("{} {}", each.name, self.0.text(&each).await.unwrap_or_default()));
            }
            Ok(last.iter().any(|text| words.iter().try_fold(0, |at, word| Some(at + text[at..].find(word)?)).is_some()))
        };
        until_true(&format!("{words:?} to be told"), LONG, told).await.with_context(|| format!("{last:?}"))
    }
}

#[tokio::test]
async fn a_newcomer_has_a_role_with_a_screen_reader_alone() -> Result<()> {
    let (mut newcomer, reader) = Newcomer::new(true).await?;
    let reader = reader.context("a screen reader")?;
    newcomer.desktop.visible(TITLE).await?;
    let mut ears = Ears(&reader, 0);
    ears.press("Try the demo tenant").await?;
    // The browser is another program: its pages are the service's.
    newcomer.browser().await?;
    let mut before = None;
    loop {
        let step = newcomer.step(before).await?;
        let Some(css) = answer(step) else { break };
        newcomer.browser.page.click(css).await?;
        before = Some(step);
    }
    newcomer.desktop.visible(TITLE).await?;
    ears.write(&newcomer.desktop, "Find a role", "global r").await?;
    ears.press(&format!("Activate… {ROLE}")).await?;
    ears.write(&newcomer.desktop, "Reason", REASON).await?;
    ears.press("Activate").await?;
    ears.hear(&["until ", ":"]).await?;
    let actions = ears.1;
    newcomer.done("with a screen reader alone", actions).await
}

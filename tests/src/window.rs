//! The application's window, driven by WebDriver while it runs.

use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};

use crate::{
    app::App,
    desktop::{Desktop, display::SIZE, tray::Tray},
    person::Person,
    process::tree,
    wait,
    webdriver::WebDriver,
};

/// The title that the window manager sees.
pub const TITLE: &str = "^Pimento$";

/// The same of the Manage window.
pub const MANAGE: &str = "^Pimento: Manage$";

/// Where the icon is clicked: the right end of the panel.
pub const ICON: (i32, i32) = (SIZE.0 - 60, 15);

/// A warm window is on the screen long before that, and stays there.
const WARM: Duration = Duration::from_secs(3);

/// The open window.
#[derive(Debug)]
pub struct Window {
    /// Its page.
    pub page: WebDriver,
}

/// A ticket as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct Ticket<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its system.
    pub system: &'a str,
}

impl Window {
    /// Shows the window by a click on the icon, unless it is shown already, and attaches to it.
    pub async fn open(desktop: &Desktop, app: &App, tray: &Tray) -> Result<Self> {
        if desktop.windows(TITLE)?.is_empty() {
            tray.activate(ICON.0, ICON.1).await?;
        }
        Self::attach(desktop, app).await
    }

    /// The first run: shows the window, and maya signs in to the demo tenant from it.
    pub async fn signed_in(desktop: &Desktop, app: &App, tray: &Tray) -> Result<Self> {
        let mut maya = Person::at(desktop, "maya")?;
        let window = Self::open(desktop, app, tray).await?;
        window.click("first-run-demo").await?;
        maya.sign_in(desktop).await?;
        window.returns(desktop, app).await
    }

    /// The first run of somebody who wants another window than this one: they sign in, and this one's process ends. The
    /// application has to have been started with `PIMENTO_KEEP_WARM` 0; its debugger's address is free then.
    pub async fn signed_in_and_gone(desktop: &Desktop, app: &App, tray: &Tray, person: &mut Person) -> Result<()> {
        let window = Self::open(desktop, app, tray).await?;
        window.click("first-run-demo").await?;
        person.sign_in(desktop).await?;
        window.returns(desktop, app).await?.put_away(desktop, tray).await?;
        let gone = async || Ok(tree(app.process.id()).len() == 1);
        wait::until_true("the flyout's process to be gone", wait::LONG, gone).await
    }

    /// The same for somebody who goes on in the Manage window, from the icon's menu.
    pub async fn manage_signed_in(desktop: &Desktop, app: &App, tray: &Tray, person: &mut Person) -> Result<Self> {
        Self::signed_in_and_gone(desktop, app, tray, person).await?;
        tray.click("Manage…").await?;
        Self::attach_to(desktop, app, MANAGE).await
    }

    /// In the Manage window, somebody dismisses an alert. Alerts take permissions of their own, one to read and one to dismiss:
    /// each is asked for in the browser, when it is wanted.
    pub async fn dismiss_an_alert(&self, desktop: &Desktop, person: &mut Person) -> Result<()> {
        self.click("section-alerts").await?;
        self.click("allow").await?;
        person.sign_in(desktop).await?;
        self.page.says("outside of Privileged Identity Management").await?;
        self.page.click("input[data-testid^='alert-']:not(:disabled)").await?;
        self.click("dismiss").await?;
        person.sign_in(desktop).await?;
        self.page.says("Done.").await
    }

    /// Attaches to the window of the running application, once it is shown.
    pub async fn attach(desktop: &Desktop, app: &App) -> Result<Self> {
        Self::attach_to(desktop, app, TITLE).await
    }

    /// The same for the window with this title. Only one process at a time can be attached to.
    pub async fn attach_to(desktop: &Desktop, app: &App, title: &str) -> Result<Self> {
        desktop.visible(title).await.with_context(|| app.process.log())?;
        let mut driver = desktop.command("WebKitWebDriver");
        driver.arg(format!("--target={}", app.inspector));
        let page = WebDriver::start("webkitwebdriver", &mut driver, desktop.home(), serde_json::Map::new()).await?;
        // The last one is the newest.
        if let Some(newest) = page.client.windows().await?.pop() {
            page.client.switch_to_window(newest).await?;
        }
        page.find("body[data-ready='1']").await?;
        Ok(Self { page })
    }

    /// Waits until the window comes back by itself, once somebody has signed in in the browser, and attaches to it anew.
    pub async fn returns(self, desktop: &Desktop, app: &App) -> Result<Self> {
        self.detach().await?;
        Self::attach(desktop, app).await
    }

    /// Shows the window again after the browser took the focus, which hides it, and attaches to it anew.
    pub async fn reopen(self, desktop: &Desktop, app: &App, tray: &Tray) -> Result<Self> {
        self.detach().await?;
        desktop.invisible(TITLE).await?;
        // A click right after the window hid itself means "close": whoever is that quick clicks a second time.
        wait::until_true("the window to be shown by a click", wait::LONG, async || {
            tray.activate(ICON.0, ICON.1).await?;
            let look = async || Ok(!desktop.windows(TITLE)?.is_empty());
            Ok(wait::until_true("the window", WARM, look).await.is_ok())
        })
        .await
        .with_context(|| app.process.log())?;
        Self::attach(desktop, app).await
    }

    /// Hides the window by a click on the icon.
    pub async fn put_away(self, desktop: &Desktop, tray: &Tray) -> Result<()> {
        self.detach().await?;
        tray.activate(ICON.0, ICON.1).await?;
        desktop.invisible(TITLE).await
    }

    /// Detaches; the application goes on.
    pub async fn detach(self) -> Result<()> {
        Ok(self.page.client.clone().close().await?)
    }

    /// Waits for a part of the window, by its test id.
    pub async fn part(&self, id: &str) -> Result<fantoccini::elements::Element> {
        self.page.find(&css(id)).await
    }

    /// Clicks a part of the window.
    pub async fn click(&self, id: &str) -> Result<()> {
        self.page.click(&css(id)).await
    }

    /// Types into a field.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.page.fill(&css(id), text).await
    }

    /// Chooses from a list, by what is to be read there.
    pub async fn choose(&self, id: &str, label: &str) -> Result<()> {
        Ok(self.part(id).await?.select_by_label(label).await?)
    }

    /// Waits until what was typed is kept outside the page.
    pub async fn kept(&self) -> Result<()> {
        self.page.find("body[data-kept='1']").await.map(drop)
    }

    /// Whether the window has this part now.
    pub async fn has(&self, id: &str) -> Result<bool> {
        self.page.has(&css(id)).await
    }

    /// Runs a script in the page.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.page.client.execute(script, arguments).await?)
    }

    /// Asks for something, the way that the page itself does.
    pub async fn dispatch(&self, commands: Vec<Value>) -> Result<()> {
        let script = "const [commands, done] = arguments;
            Promise.all(commands.map(command => __TAURI_INTERNALS__.invoke('dispatch', { command })))
                .then(() => done(null), error => done(String(error)))";
        let answer = self.page.client.execute_async(script, vec![json!(commands)]).await?;
        ensure!(answer.is_null(), "refused: {answer}");
        Ok(())
    }

    /// Waits until what the page says is also what it shows.
    pub async fn painted(&self) -> Result<()> {
        let script = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 150)))";
        self.page.client.execute_async(script, Vec::new()).await?;
        Ok(())
    }

    /// The value of a field.
    pub async fn value(&self, id: &str) -> Result<String> {
        let value = self.ask("return document.querySelector(arguments[0])?.value ?? ''", vec![json!(css(id))]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// The names of the roles on the screen that can be activated.
    pub async fn roles(&self) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(\"[data-testid^='row-'] .name, [data-testid^='row-'] [role=rowheader] > :first-child\")]
            .map(each => each.textContent.trim())";
        let names = self.ask(script, Vec::new()).await?;
        Ok(serde_json::from_value(names)?)
    }

    /// Types into the filter and waits until the first row is this role; returns the role's key.
    pub async fn find_role(&self, name: &str) -> Result<String> {
        self.fill("filter", name).await?;
        let script = "const button = document.querySelector(\"[data-testid^='activate-']\");
            return button && button.getAttribute('aria-label').endsWith(' ' + arguments[0])
                ? button.dataset.testid.slice('activate-'.length) : null";
        let look = async || Ok(self.ask(script, vec![json!(name)]).await?.as_str().map(str::to_owned));
        match wait::until(&format!("the role {name} in the list"), wait::LONG, look).await {
            Ok(key) => Ok(key),
            Err(error) => Err(anyhow!("{error:#}\nThe window says:\n{}", self.page.text().await?)),
        }
    }

    /// Shows all roles again.
    pub async fn clear_filter(&self) -> Result<()> {
        if self.has("filter-clear").await? {
            self.click("filter-clear").await?;
        }
        Ok(())
    }

    /// Opens a role's form.
    pub async fn open_form(&self, name: &str) -> Result<String> {
        let key = self.find_role(name).await?;
        self.click(&format!("activate-{key}")).await?;
        self.part("form").await?;
        Ok(key)
    }

    /// Fills a role's form and sends it.
    pub async fn activate(&self, name: &str, reason: &str, ticket: Option<Ticket<'_>>) -> Result<String> {
        let key = self.open_form(name).await?;
        self.complete(reason, ticket).await?;
        self.submit().await?;
        Ok(key)
    }

    /// Types reason and ticket into the open form.
    pub async fn complete(&self, reason: &str, ticket: Option<Ticket<'_>>) -> Result<()> {
        self.fill("reason", reason).await?;
        if let Some(ticket) = ticket {
            self.fill("ticket-number", ticket.number).await?;
            self.fill("ticket-system", ticket.system).await?;
        }
        Ok(())
    }

    /// Sends the open form and waits until it has closed.
    pub async fn submit(&self) -> Result<()> {
        self.click("form-submit").await?;
        self.page.gone(&css("form")).await
    }

    /// Where an active row stands: `active`, `steppingUp`, …; `None` without such a row.
    pub async fn state(&self, key: &str) -> Result<Option<String>> {
        let script = "return document.querySelector(arguments[0])?.dataset.state ?? null";
        let state = self.ask(script, vec![json!(css(&format!("active-{key}")))]).await?;
        Ok(state.as_str().map(str::to_owned))
    }

    /// Waits until a row stands there.
    pub async fn reaches(&self, key: &str, state: &str) -> Result<()> {
        let look = async || Ok(self.state(key).await?.as_deref() == Some(state));
        let reached = wait::until_true(&format!("{key} to be {state}"), wait::LONG, look).await;
        match reached {
            Ok(()) => Ok(()),
            Err(error) => Err(anyhow!("{error:#}\nThe window says:\n{}", self.page.text().await?)),
        }
    }

    /// The time left as the row says it.
    pub async fn left(&self, key: &str) -> Result<String> {
        self.part(&format!("left-{key}")).await?.text().await.context("the time left")
    }
}

/// The selector of a part of the window, by its test id.
pub fn css(id: &str) -> String {
    format!("[data-testid='{id}']")
}

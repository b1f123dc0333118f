//! Somebody at the desktop: opens what the application asks for in a real browser and walks through the sign-in pages.

use anyhow::{Context, Result};
use url::Url;

use crate::{
    browser::{Browser, Opened},
    desktop::Desktop,
    wait,
    webdriver::WebDriver,
};

/// Place and size of the browser on the screen.
const PLACE: (u32, u32, u32, u32) = (50, 60, 780, 700);

/// The steps of the tenant's sign-in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Which account.
    Pick,
    /// Approve the sign-in.
    Mfa,
    /// Agree to the permissions.
    Consent,
    /// Back at the application: its own page says that the browser can be closed.
    Back,
}

impl Step {
    fn named(name: &str) -> Option<Self> {
        match name {
            "pick" => Some(Self::Pick),
            "mfa" => Some(Self::Mfa),
            "consent" => Some(Self::Consent),
            _ => None,
        }
    }
}

/// A person with a browser.
#[derive(Debug)]
pub struct Person {
    /// Who they are in the tenant.
    pub username: String,
    browser: Option<Browser>,
    opened: Opened,
}

impl Person {
    /// Sits down at the desktop. To be called before the application starts: what it opens must come here.
    pub fn at(desktop: &Desktop, username: &str) -> Result<Self> {
        Ok(Self { username: username.into(), browser: None, opened: Opened::on(desktop)? })
    }

    /// What the application asked to open and nobody has looked at.
    pub fn waiting(&self) -> usize {
        self.opened.waiting()
    }

    /// Waits for the application to open a sign-in, and goes through it. Returns the steps it took.
    pub async fn sign_in(&mut self, desktop: &Desktop) -> Result<Vec<Step>> {
        self.sign_in_watched(desktop, async |_| Ok(())).await
    }

    /// The same, with a look at every page before it is answered.
    pub async fn sign_in_watched(
        &mut self,
        desktop: &Desktop,
        mut look: impl AsyncFnMut(Step) -> Result<()>,
    ) -> Result<Vec<Step>> {
        let address = self.opened.next().await?;
        let browser = match self.browser.take() {
            Some(browser) => browser,
            None => Browser::start(desktop).await?,
        };
        let page = &self.browser.insert(browser).page;
        page.client.set_window_rect(PLACE.0, PLACE.1, PLACE.2, PLACE.3).await?;
        page.client.goto(address.as_str()).await?;
        let mut steps = Vec::new();
        loop {
            let step = next_step(page, &address, steps.last().copied()).await?;
            look(step).await?;
            steps.push(step);
            let button = match step {
                Step::Pick => format!("button.account[value='{}']", self.username),
                Step::Mfa => "button[value='approve']".into(),
                Step::Consent => "button[value='agree']".into(),
                Step::Back => {
                    // Done with the browser for now.
                    page.client.minimize_window().await?;
                    return Ok(steps);
                }
            };
            page.click(&button).await?;
        }
    }
}

/// Waits for the page after `before`.
async fn next_step(page: &WebDriver, start: &Url, before: Option<Step>) -> Result<Step> {
    let look = async || {
        let here = page.client.current_url().await?;
        if here.port() != start.port() {
            // The application answers on a port of its own.
            return Ok(here.host_str().is_some().then_some(Step::Back));
        }
        let script = "return document.querySelector('[data-step]')?.dataset.step ?? null";
        let name = page.client.execute(script, Vec::new()).await?;
        let step = name.as_str().and_then(Step::named);
        Ok(step.filter(|step| Some(*step) != before))
    };
    let seen = wait::until("the next page of the sign-in", wait::LONG, look).await;
    seen.with_context(|| format!("after {before:?}"))
}

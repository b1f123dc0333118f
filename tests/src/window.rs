//! The application's window, driven by WebDriver while it runs.

use anyhow::Result;

use crate::{app::App, desktop::Desktop, wait, webdriver::WebDriver};

/// The title that the window manager sees.
pub const TITLE: &str = "^Pimento";

/// The open window.
#[derive(Debug)]
pub struct Window {
    /// Its page.
    pub page: WebDriver,
}

impl Window {
    /// Attaches to the window of the running application, once it is open.
    pub async fn attach(desktop: &Desktop, app: &App) -> Result<Self> {
        let mut driver = desktop.command("WebKitWebDriver");
        driver.arg(format!("--target={}", app.inspector));
        let page = WebDriver::start("webkitwebdriver", &mut driver, desktop.home(), serde_json::Map::new()).await?;
        let window = Self { page };
        // The last one is the newest.
        if let Some(newest) = window.page.client.windows().await?.pop() {
            window.page.client.switch_to_window(newest).await?;
        }
        window.page.find("body[data-ready='1']").await?;
        Ok(window)
    }

    /// Detaches; the application goes on.
    pub async fn detach(self) -> Result<()> {
        Ok(self.page.client.clone().close().await?)
    }

    /// Waits for a part of the window by its test id.
    pub async fn part(&self, id: &str) -> Result<fantoccini::elements::Element> {
        self.page.find(&format!("[data-testid='{id}']")).await
    }

    /// Clicks a part of the window by its test id.
    pub async fn click(&self, id: &str) -> Result<()> {
        self.page.click(&format!("[data-testid='{id}']")).await
    }

    /// Waits until a part of the window says this.
    pub async fn part_says(&self, id: &str, words: &str) -> Result<()> {
        let look = async || Ok(self.part(id).await?.text().await?.contains(words));
        wait::until_true(&format!("{id} to say \"{words}\""), wait::LONG, look).await
    }
}

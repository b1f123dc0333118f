//! A WebDriver session, ours and the browser's alike.

use std::{
    net::TcpListener,
    path::Path,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context, Result, anyhow};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};

use crate::{process::Process, wait};

/// Below the ports that systems give to whoever asks for any: one of these is still free when a program takes it later.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A port that is free, and that no connection is given meanwhile. Every process begins somewhere else and takes the next one
/// each time.
pub fn free_port() -> Result<u16> {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let count = u32::from(PORTS.end - PORTS.start);
    let begin = std::process::id().wrapping_mul(97);
    for _ in 0..count {
        let offset = begin.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % count;
        let port = PORTS.start + u16::try_from(offset)?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(anyhow!("no port is free"))
}

/// A driver process and the session with it.
#[derive(Debug)]
pub struct WebDriver {
    /// The session.
    pub client: Client,
    _driver: Process,
}

impl WebDriver {
    /// Starts a driver, told its port by `--port=`, and opens a session.
    pub async fn start(name: &str, command: &mut Command, logs: &Path, wanted: Map<String, Value>) -> Result<Self> {
        let port = free_port()?;
        let driver = Process::start(name, command.arg(format!("--port={port}")), logs)?;
        let address = format!("http://127.0.0.1:{port}");
        let connect = async || {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            Ok(Some(builder.capabilities(wanted.clone()).connect(&address).await?))
        };
        let client = wait::until(&format!("a session with {name}"), wait::LONG, connect).await;
        let client = client.with_context(|| driver.log())?;
        Ok(Self { client, _driver: driver })
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Result<Element> {
        let look = async || Ok(Some(self.client.find(Locator::Css(css)).await?));
        match wait::until(&format!("the element {css}"), wait::LONG, look).await {
            Ok(element) => Ok(element),
            Err(error) => Err(anyhow!("{error:#}\nThe page says:\n{}", self.text().await.unwrap_or_default())),
        }
    }

    /// Whether there is such an element now.
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(!self.client.find_all(Locator::Css(css)).await?.is_empty())
    }

    /// Waits until there is no such element.
    pub async fn gone(&self, css: &str) -> Result<()> {
        wait::until_true(&format!("{css} to go away"), wait::LONG, async || Ok(!self.has(css).await?)).await
    }

    /// Waits for an element and clicks it, again if it was just being replaced.
    pub async fn click(&self, css: &str) -> Result<()> {
        let click = async || {
            self.client.find(Locator::Css(css)).await?.click().await?;
            Ok(true)
        };
        match wait::until_true(&format!("a click on {css}"), wait::LONG, click).await {
            Ok(()) => Ok(()),
            Err(error) => Err(anyhow!("{error:#}\nThe page says:\n{}", self.text().await.unwrap_or_default())),
        }
    }

    /// Waits for a field and types into it, in place of what it held.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.clear().await?;
        // WebDriver knows no empty typing, and its clearing is no typing: the page does not hear of it.
        let typed = if text.is_empty() { "x\u{e003}" } else { text };
        Ok(field.send_keys(typed).await?)
    }

    /// Presses Escape where the focus is.
    pub async fn press_escape(&self) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys("\u{e00c}").await?)
    }

    /// What the page says.
    pub async fn text(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// Waits until the page says this.
    pub async fn says(&self, words: &str) -> Result<()> {
        let look = async || Ok(self.text().await?.contains(words));
        match wait::until_true(&format!("the page to say \"{words}\""), wait::LONG, look).await {
            Ok(()) => Ok(()),
            Err(error) => Err(anyhow!("{error:#}\nThe page says:\n{}", self.text().await.unwrap_or_default())),
        }
    }

    /// A photograph of the page itself.
    pub async fn photograph(&self, file: &Path) -> Result<()> {
        Ok(std::fs::write(file, self.client.screenshot().await?)?)
    }
}

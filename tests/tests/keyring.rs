//! The desktop's real keyring: secrets of every size come back, and one that hangs keeps nobody waiting.

#![cfg(target_os = "linux")]

use std::{process::Stdio, time::Duration};

use anyhow::{Result, ensure};
use pimento_tests::{
    app::App,
    clock::Stopwatch,
    desktop::{Desktop, Setup},
    person::Person,
    process::built,
    tenant::Tenant,
    wait::{LONG, until_true},
    window::Window,
};
use rustix::process::Signal;

/// From the answer of the browser to the banner: five seconds for the keyring, and some for the list and the window.
const WITHIN: Duration = Duration::from_secs(15);

#[tokio::test]
async fn secrets_of_every_size_come_back_and_a_keyring_that_hangs_is_not_waited_for() -> Result<()> {
    let desktop = Desktop::start(Setup::default()).await?;
    let output = desktop.command(built("bench-client")?).arg("keyring").stdin(Stdio::null()).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ensure!(desktop.secrets().await?.is_empty(), "{:?}", desktop.secrets().await?);
    println!("S3: secrets of {} bytes in the desktop's keyring", String::from_utf8_lossy(&output.stdout).trim());

    let tenant = Tenant::start(desktop.home(), &["--seed", "14"])?;
    let mut maya = Person::at(&desktop, "maya")?;
    let app = App::start(&desktop, &tenant)?;
    let tray = desktop.tray().await?;
    let window = Window::open(&desktop, &app, &tray).await?;
    // From now on it takes calls and answers none.
    desktop.signal("keyring", Signal::STOP)?;
    window.click("first-run-demo").await?;
    maya.sign_in(&desktop).await?;
    let clock = Stopwatch::start();
    let window = window.returns(&desktop, &app).await?;
    window.find_role("Global Reader").await?;
    let told = async || Ok(window.page.text().await?.contains("keyring"));
    until_true("the banner that says so", LONG, told).await?;
    let took = clock.elapsed();
    ensure!(took <= WITHIN, "{took:?}");
    println!("S3: a keyring that hangs: signed in, listed and said in {took:?}");
    // So that it ends with the desktop.
    desktop.signal("keyring", Signal::CONT)?;
    window.detach().await
}

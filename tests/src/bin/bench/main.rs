//! Prints the project's figures: round trips against their counted minimum, start, window, memory, wake-ups.
//!
//! `cargo xtask bench` builds for release and calls this; `client`, `kinds`, `application` or `manage` as an argument measures one
//! part only.
//! Figures are printed, never judged by a timed test.

#[cfg(target_os = "linux")]
mod application;
#[cfg(target_os = "linux")]
mod bundle;
#[cfg(target_os = "linux")]
mod client;
#[cfg(target_os = "linux")]
mod figures;
#[cfg(target_os = "linux")]
mod kinds;
#[cfg(target_os = "linux")]
mod manage;
#[cfg(target_os = "linux")]
mod rounds;
#[cfg(target_os = "linux")]
mod signed_in;
#[cfg(target_os = "linux")]
mod tenant;
#[cfg(target_os = "linux")]
mod usage;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    let part = std::env::args().nth(1);
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    anyhow::ensure!(
        ["client", "kinds", "application", "manage"].into_iter().any(wanted),
        "the parts are `client`, `kinds`, `application` and `manage`"
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if wanted("client") {
            client::print().await?;
        }
        if wanted("kinds") {
            kinds::print().await?;
        }
        if wanted("application") {
            bundle::print()?;
            application::print().await?;
        }
        if wanted("manage") {
            manage::print().await?;
        }
        Ok(())
    })
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The figures are taken on Linux's virtual desktop.");
}

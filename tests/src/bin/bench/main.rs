//! Prints the project's figures: round trips against their counted minimum, start, window, memory, wake-ups.
//!
//! `cargo xtask bench` builds for release and calls this with the parts to measure: `client`, `kinds`, `application`. `flyout` and
//! `manage` look into a page, which nobody can once it is released: those it calls this for as it is built for tests.
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
mod flyout;
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
mod typing;
#[cfg(target_os = "linux")]
mod usage;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    let parts: Vec<_> = std::env::args().skip(1).collect();
    let wanted = |name: &str| parts.iter().any(|part| part == name);
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
        if wanted("flyout") {
            flyout::print().await?;
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

//! What the bench measures inside the library, in a process of its own with the desktop's keyring.
//!
//! Prints one line of JSON: the milliseconds of each run, or the number of rows.

#[cfg(target_os = "linux")]
mod agent;
#[cfg(target_os = "linux")]
mod keyring;
#[cfg(target_os = "linux")]
mod kinds;
#[cfg(target_os = "linux")]
mod library;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let argument = std::env::args().nth(1);
    let told = match argument.as_deref() {
        Some("sign-in") => agent::sign_in().await?,
        Some("saved") => return agent::saved().await,
        Some("together") => agent::together().await?,
        Some("provisioning") => agent::provisioning().await?,
        Some("sign-in-kinds") => kinds::sign_in().await?,
        Some("accounts") => return kinds::accounts().await,
        Some("mixed") => kinds::mixed(runs()?).await?,
        Some("azure") => kinds::azure(runs()?).await?,
        Some(kind) if kind.starts_with("policies-") => kinds::policies(&kind["policies-".len()..], runs()?).await?,
        Some("batch") => library::batch().await?,
        // Blocks, and its library has a runtime of its own.
        Some("keyring") => tokio::task::spawn_blocking(keyring::sizes).await??,
        other => anyhow::bail!("the bench starts this itself; there is no measurement {other:?}"),
    };
    println!("{told}");
    Ok(())
}

/// How often something is to be measured.
#[cfg(target_os = "linux")]
fn runs() -> anyhow::Result<usize> {
    use anyhow::Context;

    Ok(std::env::args().nth(2).context("how often?")?.parse()?)
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The figures are taken on Linux's virtual desktop.");
}

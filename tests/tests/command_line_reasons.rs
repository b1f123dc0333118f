//! `pim activate` says what an auditor would send back, and sends it all the same.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use pimento_tests::cli::Bench;

#[tokio::test]
async fn a_reason_that_says_nothing_is_warned_of_and_sent() -> Result<()> {
    let bench = Bench::new(23)?;
    let good = bench.done(&["activate", "teams administrator", "--reason", "Rooms of the Lisbon office", "--json"])?;
    ensure!(!good.errors.contains("About the reason"), "{good:?}");
    for (role, ticket, reason, said) in [
        ("global reader", None, "test", "could be said of anything"),
        ("reports reader", None, "Reports Reader", "the role's name"),
        ("groups administrator", None, "asdf", "Nobody could check"),
        ("exchange administrator", Some("INC-4711"), "INC-4711", "a ticket's number alone"),
    ] {
        let ticket = ticket.map_or(Vec::new(), |number| vec!["--ticket", number, "--ticket-system", "Desk"]);
        let before = bench.tenant.committed("selfActivate").await?;
        let run = bench.done(&[&["activate", role, "--reason", reason, "--json"], &ticket[..]].concat())?;
        ensure!(run.errors.to_lowercase().contains(&said.to_lowercase()), "{run:?}");
        run.json()?;
        ensure!(bench.tenant.committed("selfActivate").await? == before + 1, "{role} was not sent");
    }
    Ok(())
}

#[test]
fn how_short_a_reason_may_be_the_settings_say() -> Result<()> {
    let bench = Bench::new(24)?;
    let run = bench.done(&["activate", "global reader", "--reason", "VPN"])?;
    ensure!(run.errors.contains("8 characters"), "{run:?}");
    let settings = bench.home.path().join("cli-demo").join("settings.toml");
    std::fs::write(settings, "reasonLength = 0\n")?;
    let run = bench.done(&["activate", "teams administrator", "--reason", "VPN"])?;
    ensure!(!run.errors.contains("About the reason"), "{run:?}");
    Ok(())
}

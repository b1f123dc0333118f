//! `pim insight`: time asked for against time used, and what is not used.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::Bench;

#[tokio::test]
async fn who_asks_for_more_than_is_used_is_told_what_would_do() -> Result<()> {
    let bench = Bench::new(31)?;
    for _ in 0..3 {
        bench.done(&["activate", "global reader", "--reason", "Audit of the quarter", "--for", "8h"])?;
        bench.tenant.advance("PT50M").await?;
        bench.done(&["deactivate", "global reader"])?;
        bench.tenant.advance("P1D").await?;
    }
    bench.done(&["activate", "teams administrator", "--reason", "Meeting rooms", "--for", "1h"])?;
    bench.tenant.advance("PT2H").await?;
    let json = bench.demo(&["insight", "--json"])?.json()?;
    let roles = json["roles"].as_array().context("no roles")?;
    ensure!(roles.len() == 2 && roles[0]["name"] == "Global Reader", "{json}");
    ensure!(roles[0]["times"] == 3 && roles[0]["early"] == 3 && roles[0]["enoughMinutes"] == 60, "{json}");
    ensure!(roles[1]["askedMinutes"] == 60 && roles[1]["usedMinutes"] == 60 && roles[1]["early"] == 0, "{json}");
    ensure!(json["activeMinutes"] == 150 + 60, "{json}");
    let unused = json["unused"].as_array().context("no unused")?;
    let named = |name: &str| unused.iter().any(|role| role["name"] == name);
    ensure!(named("Reports Reader") && !named("Global Reader"), "{json}");

    let text = bench.done(&["insight"])?.output;
    let hint = "Global Reader: you ask for 8 h and use 50 min on average. 1 h would do.";
    ensure!(text.contains(hint) && text.contains("Not used for 90 days:"), "{text}");
    let line = text.lines().find(|line| line.starts_with("Teams Administrator")).context("no Teams Administrator")?;
    ensure!(line.split_whitespace().eq("Teams Administrator 1 1 h 1 h 1 h".split_whitespace()), "{text}");
    Ok(())
}

#[test]
fn nothing_is_said_of_nothing() -> Result<()> {
    let bench = Bench::new(32)?;
    let text = bench.done(&["insight"])?.output;
    ensure!(text.starts_with("Nothing was activated since "), "{text}");
    Ok(())
}

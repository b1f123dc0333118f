//! `pim status` with a picture: what was, is and will be active when.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days, TimeDelta, Utc};
use pimento_tests::cli::Bench;
use serde_json::Value;

/// A tenant in whose next week it is Wednesday, nine o'clock.
async fn wednesday(seed: u32) -> Result<(Bench, DateTime<Utc>)> {
    use chrono::Datelike;
    let bench = Bench::new(seed)?;
    let today = bench.tenant.now().await?.date_naive();
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let nine = (monday + Days::new(9)).and_hms_opt(9, 0, 0).context("a time")?.and_utc();
    bench.tenant.set_clock(nine).await?;
    Ok((bench, nine))
}

fn line<'a>(text: &'a str, name: &str) -> Result<&'a str> {
    text.lines().find(|line| line.starts_with(name)).with_context(|| format!("no {name} in\n{text}"))
}

fn at(value: &Value) -> Result<DateTime<Utc>> {
    Ok(value.as_str().with_context(|| format!("no instant: {value}"))?.parse()?)
}

#[tokio::test]
async fn a_day_shows_what_was_ended_what_runs_and_what_is_to_come() -> Result<()> {
    let (bench, nine) = wednesday(17).await?;
    bench.done(&["activate", "global reader", "--reason", "Audit", "--for", "4h"])?;
    // The activation took its seconds, and whole minutes are told.
    bench.tenant.set_clock(nine + TimeDelta::hours(1) + TimeDelta::seconds(45)).await?;
    bench.done(&["deactivate", "global reader"])?;
    bench.tenant.set_clock(nine + TimeDelta::hours(3)).await?;
    bench.done(&["activate", "teams administrator", "--reason", "Meeting rooms", "--for", "2h"])?;
    bench.done(&["activate", "reports reader", "--reason", "Figures", "--for", "2h", "--start", "+6h"])?;
    bench.tenant.set_clock(nine + TimeDelta::hours(4)).await?;

    let ascii = bench.demo_with(&[("LC_ALL", "C")], &["status", "--timeline"])?.ended_with(0)?.output;
    let reader = line(ascii.split("\n\n").nth(1).context("no picture")?, "Global Reader")?;
    ensure!(reader.ends_with("1 h") && reader.contains('#') && !reader.contains('='), "{ascii}");
    ensure!(line(ascii.split("\n\n").nth(1).unwrap_or_default(), "Teams Administrator")?.contains("#="), "{ascii}");
    ensure!(line(ascii.split("\n\n").nth(1).unwrap_or_default(), "Reports Reader")?.contains("--"), "{ascii}");
    ensure!(ascii.contains("^ 13:00") && ascii.contains("= still to run") && ascii.contains("- planned"), "{ascii}");
    ensure!(ascii.is_ascii() && !ascii.contains('\u{1b}'), "neither blocks nor colours: {ascii}");
    ensure!(ascii.lines().all(|line| line.len() <= 80), "{ascii}");

    let wide = [("LANG", "de_DE.UTF-8"), ("COLUMNS", "130"), ("TZ", "Asia/Tokyo")];
    let blocks = bench.demo_with(&wide, &["status", "--timeline"])?.ended_with(0)?.output;
    ensure!(blocks.contains('█') && blocks.contains('▒') && blocks.contains("▲ 22:00"), "there it is night: {blocks}");
    ensure!(blocks.lines().any(|line| line.chars().count() > 100), "{blocks}");

    let json = bench.demo(&["status", "--timeline", "--json"])?.json()?;
    let timeline = &json["timeline"];
    ensure!(at(&timeline["from"])? == nine - TimeDelta::hours(9), "{timeline}");
    ensure!(at(&timeline["to"])? == nine + TimeDelta::hours(15), "{timeline}");
    let states: Vec<_> = timeline["roles"].as_array().context("no roles")?.iter().collect();
    let told: Vec<_> = states.iter().map(|role| (&role["name"], &role["spans"][0]["state"])).collect();
    ensure!(
        told == [
            (&Value::from("Global Reader"), &Value::from("over")),
            (&Value::from("Teams Administrator"), &Value::from("running")),
            (&Value::from("Reports Reader"), &Value::from("planned")),
        ],
        "{timeline}"
    );
    let span = &states[0]["spans"][0];
    let length = at(&span["end"])? - at(&span["start"])?;
    ensure!((length - TimeDelta::hours(1)).abs() < TimeDelta::minutes(1) && span["minutes"] == 240, "{span}");
    ensure!(states[2]["activeSeconds"] == 0 && span["reason"] == "Audit", "{timeline}");
    Ok(())
}

#[tokio::test]
async fn a_week_shows_its_days_also_what_another_computer_asked_for() -> Result<()> {
    let (bench, nine) = wednesday(18).await?;
    bench.done(&["activate", "global reader", "--reason", "Audit", "--for", "4h"])?;
    bench.tenant.set_clock(nine + TimeDelta::days(2)).await?;
    // Nothing is remembered there.
    std::fs::remove_dir_all(bench.home.path().join("cli-demo")).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    let today = bench.done(&["status", "--timeline"])?.output;
    ensure!(today.contains("Nothing was active."), "{today}");
    let week = bench.demo_with(&[("LC_ALL", "C")], &["status", "--week"])?.ended_with(0)?.output;
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    ensure!(week.lines().any(|line| line.split_whitespace().eq(days)), "{week}");
    ensure!(week.contains(" to Sun ") && week.contains("^ 09:00"), "{week}");
    ensure!(line(&week, "Global Reader")?.ends_with("4 h"), "{week}");
    let json = bench.demo(&["status", "--week", "--json"])?.json()?;
    let timeline = &json["timeline"];
    ensure!(at(&timeline["to"])? - at(&timeline["from"])? == TimeDelta::days(7), "{timeline}");
    ensure!(timeline["roles"][0]["activeSeconds"] == 4 * 3_600, "{timeline}");
    Ok(())
}

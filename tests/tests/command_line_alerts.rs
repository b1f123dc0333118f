//! `pim alerts` as a process, on the demo tenant.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::{Bench, Run};

const OUTSIDE: &str = "RolesAssignedOutsidePimAlert";

/// Runs `pim alerts` as this person of the demo tenant; it ends with this code.
fn alerts(bench: &Bench, person: &str, arguments: &[&str], code: i32) -> Result<Run> {
    bench.demo(&[&["--as", person, "alerts"], arguments].concat())?.ended_with(code)
}

#[test]
fn alerts_are_listed_and_shown_with_what_to_do() -> Result<()> {
    let bench = Bench::new(22)?;
    let text = alerts(&bench, "omar", &[], 0)?.output;
    let lines: Vec<&str> = text.lines().collect();
    ensure!(lines.len() > 3 && lines[1].to_lowercase().starts_with("high"), "the worst first: {text}");
    ensure!(text.contains("There are too many global administrators") && !text.contains("licence"), "{text}");
    ensure!(text.contains("/subscriptions/"), "Azure's, too: {text}");
    let all = alerts(&bench, "omar", &["list", "--all", "--kind", "directory"], 0)?.output;
    ensure!(all.contains("licence") && all.contains("nothing found") && !all.contains("/subscriptions/"), "{all}");
    let shown = alerts(&bench, "sven", &["show", OUTSIDE], 0)?.output;
    for words in ["Why it matters: ", "What to do: ", "How to prevent it: ", "Tomasz Wójcik: Guest Inviter"] {
        ensure!(shown.contains(words), "{words}: {shown}");
    }
    let same_name = alerts(&bench, "omar", &["show", "outside of privileged"], 4)?;
    ensure!(same_name.errors.contains("ambiguous-alert") && same_name.errors.contains("--kind"), "{same_name:?}");
    alerts(&bench, "omar", &["show", "outside of privileged", "--kind", "directory"], 0)?;
    let unknown = alerts(&bench, "sven", &["show", "no such alert"], 4)?;
    ensure!(unknown.errors.contains("unknown-alert"), "{unknown:?}");
    // Whoever has no role for it is told which one it takes.
    let tomasz = alerts(&bench, "tomasz", &["--kind", "directory"], 1)?;
    ensure!(tomasz.errors.contains("Security Reader"), "{tomasz:?}");
    alerts(&bench, "omar", &["--kind", "groups"], 2)?;
    Ok(())
}

#[test]
fn an_alert_is_dismissed_after_a_yes_and_looked_for_again() -> Result<()> {
    let bench = Bench::new(22)?;
    let unasked = alerts(&bench, "omar", &["dismiss", OUTSIDE], 2)?;
    ensure!(unasked.errors.contains("with 1 finding, until there is a new one."), "{unasked:?}");
    ensure!(unasked.errors.contains("--yes") && unasked.errors.contains("unconfirmed"), "{unasked:?}");
    let dry = alerts(&bench, "omar", &["dismiss", OUTSIDE, "--dry-run"], 0)?;
    ensure!(dry.output.starts_with("Would be sent: Dismiss "), "{dry:?}");
    let active = |person: &str| -> Result<bool> {
        let shown = alerts(&bench, person, &["show", OUTSIDE, "--json"], 0)?.json()?;
        shown["alert"]["active"].as_bool().with_context(|| shown.to_string())
    };
    ensure!(active("omar")?, "nothing was sent");
    let refused = alerts(&bench, "sven", &["dismiss", OUTSIDE, "--yes"], 1)?;
    ensure!(refused.errors.contains("Privileged Role Administrator"), "{refused:?}");
    let done = alerts(&bench, "omar", &["dismiss", OUTSIDE, "StaleSignInAlert", "--yes", "--json"], 0)?.json()?;
    ensure!(done["done"].as_array().is_some_and(|done| done.len() == 2 && done[0]["finished"] == true), "{done}");
    ensure!(!active("sven")?);
    let begun = alerts(&bench, "omar", &["refresh", "--no-wait"], 0)?;
    ensure!(begun.output == "Looking at the directory.\n", "{begun:?}");
    let looked = alerts(&bench, "omar", &["refresh", OUTSIDE, "--json"], 0)?.json()?;
    ensure!(looked["done"][0]["finished"] == true, "{looked}");
    ensure!(!active("omar")?, "the same findings stay dismissed");
    Ok(())
}

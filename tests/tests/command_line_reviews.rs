//! `pim reviews` as a process, on the demo tenant.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::{Bench, Run};
use serde_json::Value;

/// Runs `pim reviews` as this person of the demo tenant; it ends with this code.
fn reviews(bench: &Bench, person: &str, arguments: &[&str], code: i32) -> Result<Run> {
    bench.demo(&[&["--as", person, "reviews"], arguments].concat())?.ended_with(code)
}

fn rows<'a>(all: &'a Value, member: &str) -> Result<&'a Vec<Value>> {
    all[member].as_array().with_context(|| format!("no array `{member}` in {all}"))
}

/// Somebody under review, as `show` tells.
fn person<'a>(shown: &'a Value, name: &str) -> Result<&'a Value> {
    let found = rows(shown, "people")?.iter().find(|row| row["person"]["name"] == name);
    found.with_context(|| format!("no {name} in {shown}"))
}

#[test]
fn what_waits_is_listed_and_shown_for_people_and_for_programs() -> Result<()> {
    let bench = Bench::new(21)?;
    let text = reviews(&bench, "nadia", &[], 0)?.output;
    for words in ["Helpdesk Administrators, every quarter", "Contributors in production", "3 of 3", " days", "2 days"] {
        ensure!(text.contains(words), "{words}: {text}");
    }
    let some = reviews(&bench, "nadia", &["list", "helpdesk", "quarter"], 0)?.output;
    ensure!(some.contains("Helpdesk") && !some.contains("production"), "{some}");
    let azure = reviews(&bench, "nadia", &["--kind", "azure", "--json"], 0)?.json()?;
    ensure!(azure["sources"].as_array().map(Vec::len) == Some(1) && rows(&azure, "reviews")?.len() == 1, "{azure}");
    let all = reviews(&bench, "nadia", &["--json"], 0)?.json()?;
    ensure!(all["account"]["username"] == "nadia@contoso.example", "{all}");
    let most_urgent = &rows(&all, "reviews")?[0];
    ensure!(most_urgent["name"] == "Contributors in production", "{all}");
    ensure!(most_urgent["secondsLeft"].as_i64().is_some_and(|left| left > 2 * 86_000 && left <= 3 * 86_400), "{all}");
    let shown = reviews(&bench, "nadia", &["show", "helpdesk"], 0)?.output;
    for words in [
        "Does this person still work at the service desk?",
        "It is about Helpdesk Administrator.",
        "Approving takes a reason.",
        "applied by itself",
        "set it up.",
        "Last sign-in",
        "Petra Nováková",
        "deny",
    ] {
        ensure!(shown.contains(words), "{words}: {shown}");
    }
    // Whoever administers roles sees when each of them last activated it.
    let shown = reviews(&bench, "omar", &["show", "helpdesk", "--json"], 0)?.json()?;
    ensure!(person(&shown, "Inês Carvalho")?["lastActivation"].is_string(), "{shown}");
    ensure!(person(&shown, "Petra Nováková")?["recommendation"] == "deny", "{shown}");
    // Nobody's.
    let none = reviews(&bench, "tomasz", &[], 0)?;
    ensure!(none.output == "No access review waits for you.\n", "{none:?}");
    let unknown = reviews(&bench, "nadia", &["show", "payroll"], 4)?;
    ensure!(unknown.errors.contains("unknown-review") && unknown.errors.contains("pim reviews"), "{unknown:?}");
    Ok(())
}

#[test]
fn nothing_is_decided_unasked_and_a_dry_run_sends_nothing() -> Result<()> {
    let bench = Bench::new(21)?;
    let deny = ["decide", "deny", "helpdesk", "petra", "--reason", "Away"];
    let unasked = reviews(&bench, "nadia", &deny, 2)?;
    ensure!(unasked.errors.contains("Petra Nováková is to lose Helpdesk Administrator."), "{unasked:?}");
    ensure!(unasked.errors.contains("--yes") && unasked.errors.contains("unconfirmed"), "{unasked:?}");
    let dry = reviews(&bench, "nadia", &[&deny[..], &["--dry-run"]].concat(), 0)?;
    ensure!(dry.output == "Would be sent: Petra Nováková is to lose Helpdesk Administrator.\n", "{dry:?}");
    // The reason that the review wants of an approval.
    let silent = reviews(&bench, "nadia", &["decide", "approve", "helpdesk", "maya", "--yes"], 5)?;
    ensure!(silent.errors.contains("review-reason") && silent.errors.contains("--reason"), "{silent:?}");
    reviews(&bench, "nadia", &["decide", "perhaps", "helpdesk", "maya", "--yes"], 2)?;
    reviews(&bench, "nadia", &["decide", "deny", "helpdesk", "--yes"], 2)?;
    let nobody = reviews(&bench, "nadia", &["decide", "deny", "helpdesk", "nobody", "--yes"], 4)?;
    ensure!(nobody.errors.contains("unknown-person"), "{nobody:?}");
    // An ambiguous name decides nothing: all three have an a in their names.
    let ambiguous = reviews(&bench, "nadia", &["decide", "deny", "helpdesk", "a", "--yes"], 4)?;
    ensure!(ambiguous.errors.contains("ambiguous-person"), "{ambiguous:?}");
    let shown = reviews(&bench, "nadia", &["show", "helpdesk", "--json"], 0)?.json()?;
    ensure!(rows(&shown, "people")?.iter().all(|row| row["decision"] == "notReviewed"), "{shown}");
    Ok(())
}

#[test]
fn people_are_decided_about_together_and_it_is_seen_by_whom() -> Result<()> {
    let bench = Bench::new(21)?;
    let both = ["decide", "approve", "helpdesk", "maya", "ines@contoso.example", "--reason", "On the desk", "--yes"];
    let done = reviews(&bench, "nadia", &both, 0)?;
    ensure!(done.output.lines().count() == 2 && done.output.contains("Done: Maya Lindqvist may keep"), "{done:?}");
    let rest = ["decide", "recommended", "helpdesk administrator", "--all", "--yes", "--json"];
    let rest = reviews(&bench, "omar", &rest, 0)?.json()?;
    let decided = rows(&rest, "decided")?;
    ensure!(decided.len() == 1 && decided[0]["verdict"] == "deny" && decided[0]["lookedUp"] == false, "{rest}");
    let shown = reviews(&bench, "nadia", &["show", "helpdesk", "--json"], 0)?.json()?;
    let maya = person(&shown, "Maya Lindqvist")?;
    ensure!(maya["decision"] == "approve" && maya["by"]["name"] == "Nadia Rahimi" && maya["reason"] == "On the desk");
    let petra = person(&shown, "Petra Nováková")?;
    ensure!(petra["decision"] == "deny" && petra["by"]["username"] == "omar@contoso.example", "{petra}");
    let left = reviews(&bench, "nadia", &["decide", "deny", "helpdesk", "--all", "--yes"], 4)?;
    ensure!(left.errors.contains("nobody-left"), "{left:?}");
    // What somebody else has said is said before it is replaced.
    let again = reviews(&bench, "nadia", &["decide", "dont-know", "helpdesk", "petra", "--yes"], 0)?;
    ensure!(again.output.contains("(so far denied by Omar"), "{again:?}");
    // Azure's and a group's.
    reviews(&bench, "omar", &["decide", "recommended", "contributors", "--all", "--reason", "x", "--yes"], 0)?;
    let group = reviews(&bench, "ines", &["decide", "dont-know", "payroll", "maya", "--yes"], 0)?;
    ensure!(group.output.contains("whether Maya Lindqvist still needs Payroll Readers"), "{group:?}");
    Ok(())
}

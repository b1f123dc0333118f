//! `pim` as a process, for all kinds of roles: scopes, bundles, starts, and commands that run with a role.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::{Bench, Run};
use serde_json::Value;

fn code(run: &Run, code: i32) -> Result<()> {
    ensure!(run.code == code, "expected exit code {code}: {run:?}");
    Ok(())
}

fn rows<'a>(all: &'a Value, member: &str) -> Result<&'a Vec<Value>> {
    all[member].as_array().with_context(|| format!("no array `{member}` in {all}"))
}

fn named<'a>(all: &'a Value, member: &str, name: &str) -> Result<&'a Value> {
    rows(all, member)?.iter().find(|row| row["name"] == name).with_context(|| format!("no {name} in {all}"))
}

#[test]
fn each_kind_is_listed_by_itself() -> Result<()> {
    let bench = Bench::new(12)?;
    for (kind, told, some) in [
        ("directory", "directoryRole", "Global Reader"),
        ("groups", "group", "Identity Operators"),
        ("azure", "azureResource", "Contributor"),
    ] {
        let list = bench.done(&["list", "--kind", kind, "--json"])?.json()?;
        ensure!(rows(&list, "eligible")?.iter().all(|row| row["kind"] == told), "{list}");
        named(&list, "eligible", some)?;
    }
    let production = bench.done(&["list", "--kind", "azure", "production", "--json"])?.json()?;
    ensure!(rows(&production, "eligible")?.len() == 1, "{production}");
    ensure!(named(&production, "eligible", "Contributor")?["narrowable"] == true, "{production}");
    code(&bench.demo(&["list", "--kind", "planets"])?, 2)
}

#[tokio::test]
async fn roles_of_all_kinds_go_as_one_batch() -> Result<()> {
    let bench = Bench::new(12)?;
    code(&bench.demo(&["activate", "global reader", "no such role", "--reason", "x"])?, 4)?;
    ensure!(bench.tenant.committed("selfActivate").await? == 0, "all are found before any is sent");
    let both = ["activate", "global reader", "reports reader", "--reason", "audit", "--for", "30m", "--json"];
    let answer = bench.done(&both)?.json()?;
    for name in ["Global Reader", "Reports Reader"] {
        let row = named(&answer, "active", name)?;
        ensure!(
            row["state"]["kind"] == "active" && row["hints"].as_array().is_some_and(|hints| !hints.is_empty()),
            "{row}"
        );
    }
    ensure!(bench.tenant.committed("selfActivate").await? == 2);
    // What is active already is as wanted.
    code(&bench.demo(&both)?, 0)?;
    ensure!(bench.tenant.committed("selfActivate").await? == 2);
    Ok(())
}

#[tokio::test]
async fn an_azure_role_is_activated_at_a_narrower_scope_by_name_or_id() -> Result<()> {
    let bench = Bench::new(12)?;
    let by_name = ["activate", "reader", "--scope", "Warehouse Systems", "--reason", "look", "--json"];
    let answer = bench.done(&by_name)?.json()?;
    let row = named(&answer, "active", "Reader")?;
    ensure!(row["scope"] == "Warehouse Systems" && row["state"]["kind"] == "active", "{answer}");
    let group = "/subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01/resourceGroups/rg-erp-prod";
    let by_id = ["activate", "contributor", "--scope", group, "--reason", "look", "--ticket", "INC-1", "--json"];
    let answer = bench.done(&by_id)?.json()?;
    ensure!(named(&answer, "active", "Contributor")?["scope"] == "rg-erp-prod", "{answer}");
    let elsewhere = bench.demo(&["activate", "reader", "--scope", "Connectivity", "--reason", "look"])?;
    code(&elsewhere, 4)?;
    ensure!(bench.tenant.committed("selfActivate").await? == 2);
    Ok(())
}

#[tokio::test]
async fn a_start_may_lie_in_the_future() -> Result<()> {
    let bench = Bench::new(12)?;
    let answer =
        bench.done(&["activate", "global reader", "--reason", "tonight", "--start", "+2h", "--json"])?.json()?;
    let row = named(&answer, "active", "Global Reader")?;
    ensure!(row["state"]["kind"] == "scheduled" && row["start"].is_string(), "{row}");
    let again = bench.demo(&["activate", "global reader", "--reason", "x", "--start", "+3h"])?;
    code(&again, 5)?;
    for wrong in ["yesterday", "2020-01-01T00:00"] {
        code(&bench.demo(&["activate", "reports reader", "--reason", "x", "--start", wrong])?, 2)?;
    }
    Ok(())
}

#[tokio::test]
async fn bundles_are_kept_run_handed_on_and_forgotten() -> Result<()> {
    let bench = Bench::new(12)?;
    let save =
        ["bundles", "save", "On call", "global reader", "reports reader", "--reason", "On call, {date}", "--for", "1h"];
    bench.done(&save)?;
    let list = bench.done(&["bundles", "list", "--json"])?.json()?;
    let bundle = named(&list, "bundles", "On call")?;
    ensure!(bundle["managed"] == false && rows(bundle, "roles")?.len() == 2, "{bundle}");
    let exported = bench.done(&["bundles", "export", "on call"])?;
    let package: Value = serde_json::from_str(&exported.output)?;
    ensure!(package["pimentoBundles"] == 1 && package["bundles"][0]["reason"] == "On call, {date}", "{package}");
    let file = bench.home.path().join("bundles.json");
    let path = file.display().to_string();
    bench.done(&["bundles", "export", "--output", &path])?;
    code(&bench.demo(&["bundles", "export", "--output", &path])?, 1)?;

    let answer = bench.done(&["activate", "--bundle", "on call", "--json"])?.json()?;
    ensure!(rows(&answer, "active")?.len() == 2, "{answer}");
    let reason = named(&answer, "active", "Global Reader")?["reason"].as_str().unwrap_or_default().to_owned();
    ensure!(reason.starts_with("On call, 20"), "{reason}");
    ensure!(bench.tenant.committed("selfActivate").await? == 2);

    bench.done(&["bundles", "delete", "On call"])?;
    code(&bench.demo(&["activate", "--bundle", "On call"])?, 4)?;
    bench.done(&["bundles", "import", &path])?;
    let list = bench.done(&["bundles", "list", "--json"])?.json()?;
    named(&list, "bundles", "On call")?;
    std::fs::write(&file, "{}")?;
    let refused = bench.demo(&["bundles", "import", &path])?;
    code(&refused, 1)?;
    ensure!(refused.errors.contains("pimentoBundles"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_command_runs_with_a_role_and_its_exit_code_is_passed_on() -> Result<()> {
    let bench = Bench::new(12)?;
    let run =
        bench.demo(&["run", "global reader", "--reason", "report", "--", "sh", "-c", "echo with the role; exit 7"])?;
    code(&run, 7)?;
    ensure!(run.output == "with the role\n", "nothing but the command's output: {run:?}");
    ensure!(bench.tenant.committed("selfActivate").await? == 1);
    let killed = bench.demo(&["run", "global reader", "--", "sh", "-c", "kill -TERM $$"])?;
    code(&killed, 143)?;
    let unknown = bench.demo(&["run", "no such role", "--reason", "x", "--", "true"])?;
    code(&unknown, 4)?;
    let missing = bench.demo(&["run", "global reader", "--", "/no/such/program"])?;
    code(&missing, 2)?;
    // What waits for an approver runs nothing.
    let waiting = bench.demo(&["run", "global administrator", "--reason", "x", "--", "echo", "never"])?;
    code(&waiting, 6)?;
    ensure!(waiting.output.is_empty(), "{waiting:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_activated_for_a_command_is_ended_after_it() -> Result<()> {
    let bench = Bench::new(12)?;
    // Two hours of the tenant pass while the command runs: the service takes an end after five minutes.
    let line: Value = serde_json::from_str(&bench.tenant.line)?;
    let clock = format!("{}/clock", line["control"].as_str().context("no control address")?);
    let body = r#"{"advance":"PT6M"}"#;
    let advance = format!(
        "{} -c 'import urllib.request as u; u.urlopen(u.Request(\"{clock}\", {:?}.encode(), {{\"Content-Type\": \"application/json\"}}))'",
        "/usr/bin/python3", body
    );
    let run =
        bench.demo(&["run", "reports reader", "--reason", "x", "--deactivate-after", "--", "sh", "-c", &advance])?;
    code(&run, 0)?;
    ensure!(bench.tenant.committed("selfDeactivate").await? == 1, "{run:?} {:?}", bench.tenant.ledger().await?);
    // What was active before is left as it is.
    bench.done(&["activate", "global reader", "--reason", "x"])?;
    bench.done(&["run", "global reader", "--deactivate-after", "--", "true"])?;
    ensure!(bench.tenant.committed("selfDeactivate").await? == 1);
    Ok(())
}

#[test]
fn those_who_are_signed_in_are_shown() -> Result<()> {
    let bench = Bench::new(12)?;
    let accounts = bench.done(&["accounts", "--json"])?.json()?;
    let account = &rows(&accounts, "accounts")?[0];
    ensure!(account["username"] == "maya@contoso.example" && account["current"] == true, "{accounts}");
    code(&bench.demo(&["accounts", "--select", "nobody"])?, 4)
}

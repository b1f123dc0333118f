//! `pim` as a process, for all kinds of roles: scopes, bundles, starts, and commands that run with a role.

#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    cli::{Bench, Run, pim},
    clock::Stopwatch,
    process::{Process, built},
    tenant::Tenant,
    wait::{LONG, until_true},
};
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

#[tokio::test]
async fn the_organisations_bundles_are_run_and_not_changed() -> Result<()> {
    let bench = Bench::new(12)?;
    bench.done(&["bundles", "save", "On call", "global reader", "--reason", "mine"])?;
    let file = bench.home.path().join("ours.json");
    let exported = bench.done(&["bundles", "export"])?.output;
    std::fs::write(&file, exported.replace("\"mine\"", "\"the organisation's\""))?;
    let settings = bench.home.path().join("managed.toml");
    std::fs::write(&settings, "bundles = \"ours.json\"\n")?;
    let managed = settings.display().to_string();
    let demo = |arguments: &[&str]| {
        let environment = [("PIMENTO_TENANT", bench.tenant.line.as_str()), ("PIMENTO_MANAGED", managed.as_str())];
        pim(bench.home.path(), &environment, &[&["--demo"], arguments].concat())
    };
    let list = demo(&["bundles", "list", "--json"])?.json()?;
    let bundle = named(&list, "bundles", "On call")?;
    ensure!(bundle["managed"] == true && bundle["reason"] == "the organisation's", "{list}");
    for change in [vec!["delete", "on call"], vec!["save", "On call", "reports reader"]] {
        let refused = demo(&[&["bundles"], change.as_slice()].concat())?;
        code(&refused, 1)?;
        ensure!(refused.errors.contains("organisation's"), "{refused:?}");
    }
    code(&demo(&["activate", "--bundle", "on call"])?, 0)?;
    ensure!(bench.tenant.committed("selfActivate").await? == 1);

    std::fs::write(&settings, "# ours\nbundels = \"ours.json\"\n")?;
    let wrong = demo(&["bundles", "list"])?;
    ensure!(wrong.errors.contains("managed.toml") && wrong.errors.contains("line 2"), "{wrong:?}");
    ensure!(wrong.output.contains("mine"), "one's own are there all the same: {wrong:?}");
    Ok(())
}

#[tokio::test]
async fn what_waits_is_shown_and_withdrawn_also_where_it_was_made_elsewhere() -> Result<()> {
    let bench = Bench::new(12)?;
    let ask = ["activate", "global administrator", "--reason", "Tenant settings"];
    code(&bench.demo(&ask)?, 6)?;
    let requests = bench.done(&["requests", "--json"])?.json()?;
    let row = named(&requests, "requests", "Global Administrator")?;
    ensure!(row["state"]["kind"] == "waitingForApproval" && row["here"] == true, "{row}");
    bench.done(&["cancel", "global administrator"])?;
    ensure!(bench.tenant.committed("canceled").await? == 1, "{:?}", bench.tenant.ledger().await?);
    let requests = bench.done(&["requests", "--json"])?.json()?;
    ensure!(rows(&requests, "requests")?.is_empty(), "{requests}");

    // Another machine, another home.
    code(&bench.demo(&ask)?, 6)?;
    let elsewhere = tempfile::tempdir()?;
    let there = |arguments: &[&str]| {
        let environment = [("PIMENTO_TENANT", bench.tenant.line.as_str())];
        pim(elsewhere.path(), &environment, &[&["--demo"], arguments].concat())
    };
    let requests = there(&["requests", "--json"])?.json()?;
    let row = named(&requests, "requests", "Global Administrator")?;
    ensure!(row["here"] == false && row["reason"] == "Tenant settings", "{row}");
    code(&there(&["cancel", "global administrator"])?, 0)?;
    ensure!(bench.tenant.committed("canceled").await? == 2, "{:?}", bench.tenant.ledger().await?);
    code(&there(&["cancel", "global administrator"])?, 4)
}

#[tokio::test]
async fn a_later_end_is_asked_for_and_the_history_is_searched() -> Result<()> {
    let bench = Bench::new(12)?;
    let asked = bench.done(&["extend", "azure kubernetes", "--reason", "Year end", "--json"])?.json()?;
    ensure!(asked["extension"]["state"]["kind"] == "requested", "{asked}");
    // Of a directory role that takes a permission, which a browser asks for.
    let asked = bench.done(&["extend", "billing administrator", "--reason", "Year end", "--json"])?.json()?;
    ensure!(asked["extension"]["state"]["kind"] == "requested", "{asked}");
    code(&bench.demo(&["extend", "global reader", "--reason", "x"])?, 5)?;
    bench.done(&["activate", "global reader", "--reason", "Quarterly audit"])?;
    bench.done(&["activate", "reports reader", "--reason", "Figures"])?;
    let history = bench.done(&["history", "audit", "--json"])?.json()?;
    let found = rows(&history, "requests")?;
    ensure!(found.len() == 1 && found[0]["outcome"]["kind"] == "granted" && found[0]["here"] == true, "{history}");
    let limited = bench.done(&["history", "--limit", "1", "--json"])?.json()?;
    ensure!(rows(&limited, "requests")?.len() == 1 && limited["more"] == true, "{limited}");
    ensure!(rows(&limited, "requests")?[0]["name"] == "Reports Reader", "newest first: {limited}");
    Ok(())
}

#[test]
fn other_tenants_are_found_and_signed_in_to() -> Result<()> {
    let bench = Bench::new(12)?;
    let tenants = bench.done(&["tenants", "--json"])?.json()?;
    let id = &named(&tenants, "tenants", "Fabrikam Freight")?["id"];
    let accounts = bench.done(&["tenants", "--sign-in", "fabrikam freight", "--json"])?.json()?;
    let fabrikam = rows(&accounts, "accounts")?.iter().find(|account| account["tenantId"] == *id);
    let fabrikam = fabrikam.with_context(|| format!("not signed in: {accounts}"))?;
    ensure!(fabrikam["current"] == true, "{accounts}");
    Ok(())
}

#[test]
fn the_list_says_which_kind_answered_and_until_when_one_is_eligible() -> Result<()> {
    let bench = Bench::new(12)?;
    let list = bench.done(&["list", "--json"])?.json()?;
    let sources = rows(&list, "sources")?;
    ensure!(sources.len() == 3 && sources.iter().all(|source| source["state"] == "answered"), "{list}");
    let text = bench.done(&["list", "--kind", "azure"])?.output;
    let contributor = text.lines().find(|line| line.contains("Contributor") && line.contains("Production"));
    ensure!(contributor.is_some_and(|line| line.contains("until 20")), "{text}");

    // Nobody may read the policies of Azure.
    let home = tempfile::tempdir()?;
    let scenario = home.path().join("refused.toml");
    let contoso =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/tenant/scenarios/contoso.toml"))?;
    std::fs::write(&scenario, contoso.replacen("[switches]", "[switches]\nazure-policies-readable = false", 1))?;
    let tenant = Tenant::start(home.path(), &["--scenario", &scenario.display().to_string()])?;
    let environment = [("PIMENTO_TENANT", tenant.line.as_str())];
    let text = pim(home.path(), &environment, &["--demo", "list", "--kind", "azure"])?.ended_with(0)?.output;
    ensure!(text.contains("policy not readable"), "{text}");
    Ok(())
}

#[tokio::test]
async fn what_did_not_answer_is_said_always() -> Result<()> {
    let bench = Bench::new(12)?;
    let body = serde_json::json!({ "error": { "code": "InsufficientPermissions", "message": "no" } });
    let fault = serde_json::json!({
        "method": "GET", "path": "privilegedAccess/group/eligibilityScheduleInstances", "times": 1000,
        "fault": { "kind": "answer", "status": 403, "headers": { "Content-Type": "application/json" }, "body": body },
    });
    bench.tenant.control("faults", fault).await?;
    let text = bench.done(&["list"])?.output;
    ensure!(text.contains("Groups are ") && text.contains("InsufficientPermissions"), "{text}");
    let list = bench.done(&["list", "--json"])?.json()?;
    let groups = rows(&list, "sources")?.iter().find(|source| source["kind"] == "group").context("no groups")?;
    ensure!(groups["state"] == "refused" && groups["problem"]["code"] == "InsufficientPermissions", "{groups}");
    Ok(())
}

#[test]
fn a_role_is_shown_in_full() -> Result<()> {
    let bench = Bench::new(12)?;
    let shown = bench.done(&["show", "identity operators", "--json"])?.json()?;
    named(&shown, "grants", "Groups Administrator")?;
    let text = bench.done(&["show", "identity operators"])?.output;
    ensure!(text.contains("Gives:") && text.contains("License Administrator"), "{text}");
    let azure = bench.done(&["show", "contributor", "--scope", "production", "--json"])?.json()?;
    ensure!(azure["grants"].is_null(), "{azure}");
    named(&azure, "scopes", "rg-erp-prod")?;
    code(&bench.demo(&["show", "no such role"])?, 4)
}

#[tokio::test]
async fn a_role_is_entered_by_name_and_forgotten() -> Result<()> {
    let bench = Bench::new(12)?;
    let entered = bench.done(&["enter", "Privileged Role Administrator", "--json"])?.json()?;
    ensure!(
        entered["role"]["name"] == "Privileged Role Administrator" && entered["role"]["entered"] == true,
        "{entered}"
    );
    // It is there the next time, and the service judges.
    let refused = bench.demo(&["activate", "privileged role administrator", "--reason", "x"])?;
    code(&refused, 1)?;
    ensure!(refused.errors.contains("not eligible"), "{refused:?}");
    bench.done(&["forget", "privileged role administrator"])?;
    code(&bench.demo(&["forget", "privileged role administrator"])?, 4)?;
    code(&bench.demo(&["enter", "No Such Role At All"])?, 4)
}

#[tokio::test]
async fn a_renewal_is_armed_carried_out_and_disarmed() -> Result<()> {
    let bench = Bench::new(12)?;
    code(&bench.demo(&["renew", "global reader"])?, 4)?;
    bench.done(&["activate", "global reader", "--reason", "audit", "--for", "30m"])?;
    let armed = bench.done(&["renew", "global reader", "--no-wait", "--json"])?.json()?;
    ensure!(named(&armed, "active", "Global Reader")?["renewal"]["armed"] == true, "{armed}");
    let text = bench.done(&["status"])?.output;
    ensure!(text.contains("then renewed"), "{text}");
    let off = bench.done(&["renew", "global reader", "--off", "--json"])?.json()?;
    ensure!(named(&off, "active", "Global Reader")?["renewal"]["armed"] == false, "{off}");

    // Without --no-wait it is waited for, and sent at the end.
    let mut command = std::process::Command::new(built("pim")?);
    command.args(["--demo", "renew", "global reader"]).env_clear().env("PIMENTO_HOME", bench.home.path());
    command.env("PIMENTO_TENANT", &bench.tenant.line);
    let mut renewing = Process::start("renew", &mut command, bench.home.path())?;
    until_true("the renewal to be armed", LONG, async || Ok(renewing.log().contains("by this command"))).await?;
    bench.tenant.advance("PT31M").await?;
    ensure!(renewing.ended(LONG).await?.success(), "{}", renewing.log());
    ensure!(bench.tenant.committed("selfActivate").await? == 2, "{:?}", bench.tenant.ledger().await?);
    Ok(())
}

#[tokio::test]
async fn what_is_late_is_waited_for_only_by_those_who_need_it() -> Result<()> {
    let home = tempfile::tempdir()?;
    let scenario = home.path().join("slow.toml");
    let contoso =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/tenant/scenarios/contoso.toml"))?;
    std::fs::write(&scenario, contoso.replacen("[switches]", "[switches]\nazure-root-delay = \"PT40S\"", 1))?;
    let tenant = Tenant::start(home.path(), &["--scenario", &scenario.display().to_string()])?;
    let environment = [("PIMENTO_TENANT", tenant.line.as_str())];
    let demo = |arguments: &[&str]| pim(home.path(), &environment, &[&["--demo"], arguments].concat());
    let clock = Stopwatch::start();
    demo(&["activate", "global reader", "--reason", "audit"])?.ended_with(0)?;
    ensure!(clock.elapsed() < Duration::from_secs(35), "{:?}", clock.elapsed());
    ensure!(tenant.committed("selfActivate").await? == 1);
    // Whether there is one of that name, or several, only the whole list tells.
    let all = demo(&["list", "--kind", "azure", "--json"])?.ended_with(0)?.json()?;
    ensure!(rows(&all, "eligible")?.len() == 12 && rows(&all, "sources")?[0]["state"] == "answered", "{all}");
    ensure!(clock.elapsed() > Duration::from_secs(40), "{:?}", clock.elapsed());
    Ok(())
}

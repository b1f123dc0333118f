//! `pim` as a process: what it prints, how it ends, and what the tenant has committed then.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::{Bench, Run, pim};
use serde_json::Value;

fn code(run: &Run, code: i32) -> Result<()> {
    ensure!(run.code == code, "expected exit code {code}: {run:?}");
    Ok(())
}

fn named<'a>(rows: &'a Value, name: &str) -> Result<&'a Value> {
    let found = rows.as_array().and_then(|rows| rows.iter().find(|row| row["name"] == name));
    found.with_context(|| format!("no {name} in {rows}"))
}

#[test]
fn the_list_says_what_each_role_asks_for() -> Result<()> {
    let bench = Bench::new(11)?;
    let run = bench.demo(&["list", "--json"])?;
    code(&run, 0)?;
    let list = run.json()?;
    let rows = list["eligible"].as_array().context("no array `eligible`")?;
    ensure!(rows.len() >= 20, "{} rows", rows.len());
    for row in rows {
        for member in ["id", "kind", "name", "scope", "requirements"] {
            ensure!(row.get(member).is_some(), "no `{member}` in {row}");
        }
    }
    let exchange = named(&list["eligible"], "Exchange Administrator")?;
    ensure!(exchange["requirements"]["ticket"] == true && exchange["requirements"]["maxMinutes"] == 240, "{exchange}");
    let global = named(&list["eligible"], "Global Administrator")?;
    ensure!(global["requirements"]["approval"] == true && global["requirements"]["mfa"] == true, "{global}");
    let security = named(&list["eligible"], "Security Administrator")?;
    ensure!(security["requirements"]["authenticationContext"] == "c1", "{security}");

    let text = bench.demo(&["list", "exch"])?;
    code(&text, 0)?;
    ensure!(text.output.contains("Exchange Administrator") && !text.output.contains("Teams"), "{text:?}");
    Ok(())
}

#[tokio::test]
async fn a_role_is_activated_shown_and_ended() -> Result<()> {
    let bench = Bench::new(11)?;
    let run = bench.demo(&["activate", "global reader", "--reason", "Audit", "--for", "2h", "--json"])?;
    code(&run, 0)?;
    let answer = run.json()?;
    ensure!(named(&answer["active"], "Global Reader")?["state"]["kind"] == "active", "{answer}");
    ensure!(bench.tenant.committed("selfActivate").await? == 1, "{:?}", bench.tenant.ledger().await?);

    let status = bench.demo(&["status", "--json"])?.json()?;
    let row = named(&status["active"], "Global Reader")?;
    let left = row["secondsLeft"].as_i64().context("no seconds left")?;
    ensure!((7_000..=7_200).contains(&left) && row["reason"] == "Audit", "{row}");

    // The service keeps an activation for five minutes at least; nothing is sent before.
    let early = bench.demo(&["deactivate", "global reader"])?;
    code(&early, 5)?;
    ensure!(early.errors.contains("five minutes"), "{early:?}");
    bench.tenant.advance("PT6M").await?;
    code(&bench.demo(&["deactivate", "global reader"])?, 0)?;
    ensure!(bench.tenant.committed("selfDeactivate").await? == 1, "{:?}", bench.tenant.ledger().await?);
    let status = bench.demo(&["status", "--json"])?.json()?;
    ensure!(named(&status["active"], "Global Reader").is_err(), "{status}");
    Ok(())
}

#[tokio::test]
async fn a_stronger_sign_in_is_gone_through_and_an_approval_is_waited_for() -> Result<()> {
    let bench = Bench::new(11)?;
    code(&bench.demo(&["activate", "intune", "--reason", "Enrolment"])?, 0)?;
    let waiting = bench.demo(&["activate", "global administrator", "--reason", "Tenant settings", "--json"])?;
    code(&waiting, 6)?;
    let ledger = bench.tenant.ledger().await?;
    let activated: Vec<_> = ledger.iter().filter(|entry| entry["event"] == "selfActivate").collect();
    ensure!(activated.iter().any(|entry| entry["details"]["role"] == "Intune Administrator"), "{ledger:?}");
    Ok(())
}

#[tokio::test]
async fn what_the_policy_would_refuse_is_not_sent() -> Result<()> {
    let bench = Bench::new(11)?;
    for (arguments, says) in [
        (vec!["activate", "exchange", "--reason", "x"], "ticket"),
        (vec!["activate", "exchange", "--ticket", "INC-1", "--reason", ""], "reason"),
        (vec!["activate", "global reader", "--reason", "x", "--for", "20h"], "8 h"),
    ] {
        let run = bench.demo(&arguments)?;
        code(&run, 5)?;
        ensure!(run.errors.contains(says), "not a word of \"{says}\": {run:?}");
    }
    for (arguments, says) in [
        (vec!["activate", "user", "--reason", "x"], "Branch Offices Iberia"),
        (vec!["activate", "no such role", "--reason", "x"], "no such role"),
    ] {
        let run = bench.demo(&arguments)?;
        code(&run, 4)?;
        ensure!(run.errors.contains(says), "not a word of \"{says}\": {run:?}");
    }
    ensure!(bench.tenant.committed("selfActivate").await? == 0, "{:?}", bench.tenant.ledger().await?);
    let requests = bench.tenant.requests().await?;
    let sent = |request: &&Value| {
        let path = request["path"].as_str().unwrap_or_default();
        // One role leaves by itself; what leaves in a batch here are questions about policies.
        request["method"] == "POST" && path.contains("ScheduleRequests")
    };
    let sent: Vec<_> = requests.iter().filter(sent).collect();
    ensure!(sent.is_empty(), "{sent:?}");
    Ok(())
}

#[tokio::test]
async fn a_failure_says_what_happened_by_which_code_and_what_to_do_next() -> Result<()> {
    let bench = Bench::new(11)?;
    let unknown = bench.demo(&["activate", "no such role", "--reason", "x"])?;
    code(&unknown, 4)?;
    ensure!(unknown.errors.contains("Code unknown-role"), "{unknown:?}");
    // Sent and refused is another thing than not sent, whatever would help.
    for (service, exit, next) in [
        ("RoleAssignmentRequestPolicyValidationFailed", 1, "Change what you asked for"),
        ("SubjectNotFound", 1, "Try again"),
        ("ScopeLocked", 1, "Send this to your administrator"),
        ("RoleNotFound", 1, "`pim list`"),
    ] {
        let body = serde_json::json!({ "error": { "code": service, "message": "no", "innerError": { "request-id": "0b5c" } } });
        let fault = serde_json::json!({
            "method": "POST", "path": "roleAssignmentScheduleRequests", "times": 1,
            "fault": { "kind": "answer", "status": 400, "headers": { "Content-Type": "application/json" }, "body": body },
        });
        bench.tenant.control("faults", fault).await?;
        let run = bench.demo(&["activate", "global reader", "--reason", "x"])?;
        code(&run, exit)?;
        let told = [format!("Code {service} · correlation id 0b5c"), next.to_owned()];
        ensure!(told.iter().all(|words| run.errors.contains(words)), "{told:?}: {run:?}");
    }
    let refused = bench.demo(&["cancel", "global reader"])?;
    code(&refused, 4)?;
    ensure!(refused.errors.contains("Code no-request"), "{refused:?}");
    Ok(())
}

#[test]
fn a_wrong_command_line_says_what_is_allowed() -> Result<()> {
    let home = tempfile::tempdir()?;
    for arguments in [vec!["activate"], vec!["bogus"], vec!["activate", "x", "--for", "soon"], vec![]] {
        let run = pim(home.path(), &[], &arguments)?;
        code(&run, 2)?;
        ensure!(!run.errors.is_empty() && run.output.is_empty(), "{run:?}");
    }
    let help = pim(home.path(), &[], &["--help"])?;
    code(&help, 0)?;
    ensure!(help.output.contains("Exit codes"), "{help:?}");
    Ok(())
}

#[test]
fn nobody_signed_in_and_nobody_reached_have_codes_of_their_own() -> Result<()> {
    let home = tempfile::tempdir()?;
    let signed_out = pim(home.path(), &[], &["list", "--json"])?;
    code(&signed_out, 3)?;
    ensure!(signed_out.json()?["error"]["message"].is_string(), "{signed_out:?}");
    // A port that nobody listens on any more.
    let gone = format!("http://127.0.0.1:{}/control", pimento_tests::webdriver::free_port()?);
    let unreachable = pim(home.path(), &[("PIMENTO_TENANT", &gone)], &["--demo", "list"])?;
    ensure!(unreachable.code != 0 && !unreachable.errors.is_empty(), "{unreachable:?}");
    let elsewhere = pim(home.path(), &[("PIMENTO_TENANT", "http://192.0.2.1/control")], &["--demo", "list"])?;
    ensure!(elsewhere.code != 0 && elsewhere.errors.contains("this computer"), "{elsewhere:?}");
    Ok(())
}

#[test]
fn a_scenario_that_cannot_be_read_is_named_with_its_line() -> Result<()> {
    let home = tempfile::tempdir()?;
    let file = home.path().join("broken.toml");
    std::fs::write(&file, "name = \"x\"\n\n[organization]\ntenant-id = 7\n")?;
    let run = pim(home.path(), &[], &["tenant", "--scenario", &file.display().to_string()])?;
    ensure!(run.code != 0, "{run:?}");
    ensure!(run.errors.contains("broken.toml") && run.errors.contains('4'), "{run:?}");
    Ok(())
}

#[test]
fn a_demo_company_of_ones_own_is_played_and_one_that_cannot_be_read_is_named_and_set_aside() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let home = folder.path();
    std::fs::write(home.join("demo.toml"), "name = \"mine\"\n\n[organization]\ntenant-id = 7\n")?;
    let run = pim(home, &[], &["--demo", "list"])?;
    ensure!(run.code != 0, "{run:?}");
    for word in ["demo.toml", "line 4", "demo.toml.unreadable"] {
        ensure!(run.errors.contains(word), "{word}: {run:?}");
    }
    ensure!(std::fs::read_to_string(home.join("demo.toml.unreadable"))?.contains("tenant-id = 7"), "it was changed");
    let run = pim(home, &[], &["--demo", "list"])?;
    ensure!(run.code == 0 && run.output.contains("Global Reader"), "the built-in company: {run:?}");
    let own = include_str!("../../crates/tenant/scenarios/contoso.toml");
    let own = own.replacen("display-name = \"Contoso Logistics\"", "display-name = \"Fabrikam Freight\"", 1);
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("demo.toml"), own)?;
    let run = pim(folder.path(), &[], &["--demo", "--json", "list"])?;
    ensure!(run.code == 0 && run.output.contains("Fabrikam Freight"), "{}: {}", run.code, run.errors);
    Ok(())
}

#[test]
fn settings_that_cannot_be_read_are_set_aside() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let home = folder.path();
    std::fs::write(home.join("settings.toml"), "warnMinutes = \"never\"\n")?;
    code(&pim(home, &[], &["status"])?, 3)?;
    let names: Vec<_> = std::fs::read_dir(home)?.flatten().map(|entry| entry.file_name()).collect();
    ensure!(names.iter().any(|name| name.to_string_lossy().starts_with("settings.toml.aside-")), "{names:?}");
    Ok(())
}

#[tokio::test]
async fn whoever_stops_reading_is_no_reason_to_fail_or_to_stop() -> Result<()> {
    let bench = Bench::new(11)?;
    let activate = ["activate", "global reader", "--reason", "Audit of the quarter"];
    for arguments in [&["list"][..], &["list", "--json"], &activate] {
        let run = bench.demo_unheard(arguments)?;
        code(&run, 0)?;
        ensure!(run.errors.is_empty(), "{arguments:?}: {run:?}");
    }
    ensure!(bench.tenant.committed("selfActivate").await? == 1, "{:?}", bench.tenant.ledger().await?);
    Ok(())
}

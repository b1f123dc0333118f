//! `pim assignments` and `pim policy` as processes.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use pimento_tests::cli::{Bench, Run};
use serde_json::Value;

fn rows<'a>(all: &'a Value, member: &str) -> Result<&'a Vec<Value>> {
    all[member].as_array().with_context(|| format!("no array `{member}` in {all}"))
}

/// `pim` as Omar, who administers roles.
fn omar(bench: &Bench, arguments: &[&str]) -> Result<Run> {
    bench.demo(&[&["--as", "omar"], arguments].concat())
}

fn listed(bench: &Bench, arguments: &[&str]) -> Result<Vec<Value>> {
    let all = omar(bench, &[&["assignments", "list"], arguments, &["--json"]].concat())?.ended_with(0)?.json()?;
    Ok(rows(&all, "assignments")?.clone())
}

#[tokio::test]
async fn who_holds_what_is_listed_for_people_and_for_programs() -> Result<()> {
    let bench = Bench::new(21)?;
    let text = omar(&bench, &["assignments", "--kind", "directory"])?.ended_with(0)?.output;
    ensure!(text.contains("Privileged Role Administrator") && text.contains("Omar Haddad"), "{text}");
    ensure!(text.contains("Risk: Emergency Access is the only one to whom Global Administrator is assigned"), "{text}");
    let maya = listed(&bench, &["--kind", "directory", "--eligible", "maya", "user administrator"])?;
    ensure!(maya.len() == 2 && maya.iter().all(|row| row["side"] == "eligible"), "{maya:?}");
    ensure!(maya.iter().any(|row| row["scope"] == "Branch Offices Iberia"), "{maya:?}");
    let permanent = listed(&bench, &["--kind", "directory", "--active", "--permanent"])?;
    ensure!(!permanent.is_empty() && permanent.iter().all(|row| row["end"].is_null() && row["activated"] == false));
    let through = listed(&bench, &["--kind", "directory", "--members", "maya", "intune"])?;
    ensure!(through.len() == 1 && through[0]["through"] == "Endpoint Engineers (group)", "{through:?}");
    ensure!(listed(&bench, &["--kind", "directory", "maya", "intune"])?.is_empty());
    let groups = listed(&bench, &["--kind", "groups", "--in", "Payroll Readers"])?;
    ensure!(!groups.is_empty() && groups.iter().all(|row| row["name"] == "Payroll Readers"), "{groups:?}");
    let azure = listed(&bench, &["--kind", "azure", "--in", "Production"])?;
    ensure!(azure.iter().any(|row| row["name"] == "Contributor" && row["scope"] == "Production"), "{azure:?}");
    // Whoever administers nothing is told so.
    let refused = bench.demo(&["--as", "tomasz", "assignments", "--kind", "directory"])?.ended_with(1)?;
    ensure!(refused.errors.contains("Authorization_RequestDenied"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_colleague_is_made_eligible_and_it_is_taken_back() -> Result<()> {
    let bench = Bench::new(22)?;
    let add =
        ["assignments", "add", "exchange admin", "--to", "carvalho", "--for", "30d", "--reason", "Joins the desk"];
    let asked = omar(&bench, &add)?.ended_with(2)?;
    ensure!(
        asked.errors.contains("Make Inês Carvalho eligible for Exchange Administrator, from now, until "),
        "{asked:?}"
    );
    ensure!(asked.errors.contains("add --yes") && bench.tenant.committed("adminAssign").await? == 0);
    let rehearsed = omar(&bench, &[&add[..], &["--dry-run"]].concat())?.ended_with(0)?;
    ensure!(rehearsed.output.starts_with("The service would do it: Make Inês Carvalho eligible"), "{rehearsed:?}");
    ensure!(bench.tenant.committed("adminAssign").await? == 0, "a rehearsal does nothing");
    let done = omar(&bench, &[&add[..], &["--yes", "--json"]].concat())?.ended_with(0)?.json()?;
    ensure!(
        rows(&done, "done")?.len() == 1 && done["done"][0]["person"]["username"] == "ines@contoso.example",
        "{done}"
    );
    ensure!(bench.tenant.committed("adminAssign").await? == 1);
    let twice = omar(&bench, &[&add[..], &["--yes"]].concat())?.ended_with(5)?;
    ensure!(twice.errors.contains("assignment-exists"), "{twice:?}");

    let extend = ["assignments", "extend", "ines exchange", "--for", "90d", "--reason", "Stays", "--yes"];
    let moved = omar(&bench, &extend)?.ended_with(0)?;
    ensure!(moved.output.contains("Let Inês Carvalho stay eligible for Exchange Administrator until"), "{moved:?}");
    ensure!(bench.tenant.committed("adminExtend").await? == 1);
    let remove = ["assignments", "remove", "ines exchange", "--reason", "Leaves", "--yes"];
    omar(&bench, &remove)?.ended_with(0)?;
    ensure!(bench.tenant.committed("adminRemove").await? == 1);
    let gone = omar(&bench, &remove)?.ended_with(4)?;
    ensure!(gone.errors.contains("unknown-assignment"), "{gone:?}");
    Ok(())
}

#[tokio::test]
async fn what_has_ended_is_renewed() -> Result<()> {
    let bench = Bench::new(29)?;
    let role = ["exchange admin", "--to", "carvalho", "--reason", "Back at the desk"];
    let add = [&["assignments", "add"], &role[..], &["--for", "2d", "--yes"]].concat();
    let renew = [&["assignments", "renew"], &role[..], &["--for", "30d"]].concat();
    let never = omar(&bench, &[&renew[..], &["--yes"]].concat())?.ended_with(1)?;
    ensure!(never.errors.contains("RoleAssignmentDoesNotExist") && never.errors.contains("given anew"), "{never:?}");
    omar(&bench, &add)?.ended_with(0)?;
    let there = omar(&bench, &[&renew[..], &["--yes"]].concat())?.ended_with(5)?;
    ensure!(there.errors.contains("assignment-exists"), "{there:?}");
    bench.tenant.advance("P3D").await?;
    let rehearsed = omar(&bench, &[&renew[..], &["--dry-run"]].concat())?.ended_with(0)?;
    let said = "Make Inês Carvalho eligible for Exchange Administrator again, from now, until ";
    ensure!(rehearsed.output.contains(said) && bench.tenant.committed("adminRenew").await? == 0, "{rehearsed:?}");
    let ticket = ["--ticket", "CHG0042", "--ticket-system", "SNOW"];
    let done = omar(&bench, &[&renew[..], &ticket, &["--yes", "--json"]].concat())?.ended_with(0)?.json()?;
    ensure!(rows(&done, "done")?.len() == 1 && done["done"][0]["action"] == "renew", "{done}");
    ensure!(bench.tenant.committed("adminRenew").await? == 1);
    let remove = ["assignments", "remove", "ines exchange", "--yes"];
    omar(&bench, &[&remove[..], &ticket].concat())?.ended_with(0)?;
    ensure!(listed(&bench, &["--kind", "directory", "ines", "exchange admin"])?.is_empty());
    Ok(())
}

#[tokio::test]
async fn several_at_scopes_of_all_kinds() -> Result<()> {
    let bench = Bench::new(23)?;
    let unit = [
        "assignments",
        "add",
        "user administrator",
        "--scope",
        "warehouses",
        "--to",
        "sven",
        "--to",
        "tomasz@contoso.example",
        "--for",
        "2w",
        "--reason",
        "x",
        "--yes",
        "--json",
    ];
    let done = omar(&bench, &unit)?.ended_with(0)?.json()?;
    ensure!(rows(&done, "done")?.iter().all(|row| row["scope"] == "Warehouses"), "{done}");
    ensure!(rows(&done, "done")?.len() == 2, "{done}");
    let app = [
        "assignments",
        "add",
        "application administrator",
        "--to-app",
        "warehouse sync",
        "--for",
        "30d",
        "--reason",
        "x",
    ];
    let eligible = omar(&bench, &app)?.ended_with(5)?;
    ensure!(eligible.errors.contains("application-eligible"), "{eligible:?}");
    omar(&bench, &[&app[..], &["--active", "--yes"]].concat())?.ended_with(0)?;
    let group = [
        "assignments",
        "add",
        "payroll readers",
        "--kind",
        "groups",
        "--to",
        "sven",
        "--for",
        "30d",
        "--reason",
        "x",
        "--yes",
    ];
    omar(&bench, &group)?.ended_with(0)?;
    ensure!(listed(&bench, &["--kind", "groups", "--in", "payroll", "sven"])?.len() == 1);
    let azure = [
        "assignments",
        "add",
        "monitoring reader",
        "--kind",
        "azure",
        "--scope",
        "Warehouse Systems",
        "--to",
        "sven",
        "--for",
        "30d",
        "--reason",
        "x",
        "--yes",
    ];
    omar(&bench, &azure)?.ended_with(0)?;
    ensure!(listed(&bench, &["--kind", "azure", "--in", "Warehouse Systems", "sven"])?.len() == 1);
    // All of it or nothing.
    let before = bench.tenant.committed("adminAssign").await?;
    let both = [
        "assignments",
        "add",
        "global reader",
        "--to",
        "sven",
        "--to",
        "nobody such",
        "--for",
        "1d",
        "--reason",
        "x",
        "--yes",
    ];
    let refused = omar(&bench, &both)?.ended_with(4)?;
    ensure!(refused.errors.contains("unknown-principal"), "{refused:?}");
    ensure!(bench.tenant.committed("adminAssign").await? == before);
    Ok(())
}

#[tokio::test]
async fn the_last_administrator_is_not_taken_away_and_one_that_remains_is_a_risk() -> Result<()> {
    let bench = Bench::new(24)?;
    let remove = ["assignments", "remove", "emergency global", "--active", "--kind", "directory", "--yes"];
    for more in [&[][..], &["--dry-run"]] {
        let refused = omar(&bench, &[&remove[..], more].concat())?.ended_with(5)?;
        ensure!(
            refused.errors.contains("last-administrator") && refused.errors.contains("Assign Global Administrator to"),
            "{refused:?}"
        );
    }
    ensure!(bench.tenant.committed("adminRemove").await? == 0, "it is foreseen, not tried");
    let second = [
        "assignments",
        "add",
        "global administrator",
        "--to",
        "nadia",
        "--active",
        "--permanent",
        "--reason",
        "Second account",
    ];
    let forbidden = omar(&bench, &[&second[..], &["--dry-run"]].concat())?;
    ensure!([0, 5].contains(&forbidden.code), "{forbidden:?}");
    let for_a_while = [
        "assignments",
        "add",
        "global administrator",
        "--to",
        "nadia",
        "--active",
        "--for",
        "10d",
        "--reason",
        "x",
        "--yes",
    ];
    let told = omar(&bench, &for_a_while)?.ended_with(0)?;
    ensure!(told.errors.contains("Risk after this: Emergency Access is the only one"), "{told:?}");
    let gone = omar(&bench, &[&remove[..], &["--json"]].concat())?.ended_with(0)?.json()?;
    ensure!(gone["risks"][0]["role"] == "Global Administrator" && gone["risks"][0]["only"].is_null(), "{gone}");
    Ok(())
}

#[tokio::test]
async fn what_the_policy_forbids_is_not_sent() -> Result<()> {
    let bench = Bench::new(25)?;
    let add = ["assignments", "add", "exchange recipient", "--to", "sven", "--active", "--yes"];
    for (more, code) in [
        (&["--permanent", "--reason", "x"][..], "policy-permanent"),
        (&["--for", "31d", "--reason", "x"], "policy-duration"),
        (&["--until", "2020-01-01", "--reason", "x"], "end-before-start"),
    ] {
        let refused = omar(&bench, &[&add[..], more].concat())?.ended_with(5)?;
        ensure!(refused.errors.contains(code), "{refused:?}");
    }
    ensure!(bench.tenant.committed("adminAssign").await? == 0);
    Ok(())
}

#[tokio::test]
async fn a_policy_travels_as_a_file_and_its_drift_is_told() -> Result<()> {
    let bench = Bench::new(26)?;
    let shown = omar(&bench, &["policy", "show", "exchange administrator"])?.ended_with(0)?.output;
    ensure!(shown.contains("Length of an activation: 4 hours at most"), "{shown}");
    ensure!(shown.contains("Asked for at an activation: a reason, a ticket"), "{shown}");
    let file = bench.home.path().join("exchange.json");
    let path = file.to_str().context("a path")?;
    omar(&bench, &["policy", "show", "exchange administrator", "--export", path])?.ended_with(0)?;
    omar(&bench, &["policy", "show", "exchange administrator", "--export", path])?.ended_with(1)?;
    let none = omar(&bench, &["policy", "diff", path])?.ended_with(0)?.output;
    ensure!(none == "1 policy compared, 0 not as the file has them.\n", "{none}");
    std::fs::write(&file, std::fs::read_to_string(&file)?.replace("PT4H", "PT2H"))?;
    let drift = omar(&bench, &["policy", "diff", path, "--json"])?.ended_with(0)?.json()?;
    ensure!(rows(&drift, "differences")?.len() == 1 && drift["differences"][0]["now"] == "4 hours at most", "{drift}");

    let apply = ["policy", "apply", path];
    let asked = omar(&bench, &apply)?.ended_with(2)?;
    let sentence = "Exchange Administrator: Length of an activation: 2 hours at most instead of 4 hours at most.";
    ensure!(asked.errors.contains(sentence), "{asked:?}");
    let rehearsed = omar(&bench, &[&apply[..], &["--dry-run"]].concat())?.ended_with(0)?;
    ensure!(rehearsed.output.starts_with("Would be changed: "), "{rehearsed:?}");
    ensure!(omar(&bench, &["policy", "show", "exchange administrator"])?.output.contains("4 hours at most"));
    let done = omar(&bench, &[&apply[..], &["--yes"]].concat())?.ended_with(0)?;
    ensure!(done.output == format!("Done: {sentence}\n"), "{done:?}");
    ensure!(omar(&bench, &["policy", "show", "exchange administrator"])?.output.contains("2 hours at most"));
    let again = omar(&bench, &[&apply[..], &["--yes"]].concat())?.ended_with(0)?;
    ensure!(again.output == "All of it is as it should be.\n", "{again:?}");

    let copy =
        ["policy", "apply", "--from", "exchange administrator", "--to", "teams administrator", "--yes", "--json"];
    let copied = omar(&bench, &copy)?.ended_with(0)?.json()?;
    ensure!(!rows(&copied, "changed")?.is_empty() && copied["changed"][0]["name"] == "Teams Administrator", "{copied}");
    let shown = omar(&bench, &["policy", "show", "teams administrator"])?.ended_with(0)?.output;
    ensure!(shown.contains("Asked for at an activation: a reason, a ticket"), "{shown}");
    // Whoever may not is told so.
    let refused = bench.demo(&[
        "--as",
        "maya",
        "policy",
        "apply",
        "--from",
        "global reader",
        "--to",
        "teams administrator",
        "--yes",
    ])?;
    ensure!(refused.code == 1 && refused.errors.contains("Authorization_RequestDenied"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_file_with_an_error_is_refused_with_its_line() -> Result<()> {
    let bench = Bench::new(27)?;
    let file = bench.home.path().join("policy.json");
    let path = file.to_str().context("a path")?;
    omar(&bench, &["policy", "show", "global reader", "--export", path])?.ended_with(0)?;
    let sound = std::fs::read_to_string(&file)?;
    std::fs::write(&file, sound.replacen("PT8H", "eight hours", 1))?;
    for verb in ["diff", "apply"] {
        let refused = omar(&bench, &["policy", verb, path])?.ended_with(2)?;
        ensure!(
            refused.errors.contains("policy.json, line ") && refused.errors.contains("maximumDuration is no duration"),
            "{refused:?}"
        );
    }
    std::fs::write(&file, &sound[..sound.len() / 3])?;
    omar(&bench, &["policy", "apply", path, "--yes"])?.ended_with(2)?;
    std::fs::write(&file, sound.replacen("Expiration_EndUser_Assignment", "Moon_EndUser", 1))?;
    let refused = omar(&bench, &["policy", "apply", path, "--yes"])?.ended_with(1)?;
    ensure!(refused.errors.contains("no-such-rule") && refused.errors.contains("Nothing was sent"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn policies_of_groups_and_of_azure() -> Result<()> {
    let bench = Bench::new(28)?;
    for (role, kind, scope) in [("payroll readers", "groups", "member"), ("contributor", "azure", "Production")] {
        let file = bench.home.path().join(format!("{kind}.json"));
        let path = file.to_str().context("a path")?;
        let show = ["policy", "show", role, "--kind", kind, "--scope", scope];
        let text = omar(&bench, &show)?.ended_with(0)?.output;
        ensure!(text.contains("Length of an activation: "), "{text}");
        omar(&bench, &[&show[..], &["--export", path]].concat())?.ended_with(0)?;
        let sound = std::fs::read_to_string(&file)?;
        let mut whole: Value = serde_json::from_str(&sound)?;
        let rules = whole["policies"][0]["rules"].as_array_mut().context("rules")?;
        rules.retain(|rule| rule["id"] == "Expiration_EndUser_Assignment");
        rules[0]["maximumDuration"] = "PT30M".into();
        std::fs::write(&file, whole.to_string())?;
        omar(&bench, &["policy", "apply", path, "--yes"])?.ended_with(0)?;
        let drift = omar(&bench, &["policy", "diff", path, "--json"])?.ended_with(0)?.json()?;
        ensure!(rows(&drift, "differences")?.is_empty() && drift["policies"] == 1, "{drift}");
    }
    Ok(())
}

#[tokio::test]
async fn standing_access_is_reported_and_made_eligible() -> Result<()> {
    let bench = Bench::new(26)?;
    let standing = ["report", "standing", "--kind", "directory"];
    let text = omar(&bench, &standing)?.ended_with(0)?.output;
    for said in ["Privileged and active for good:", "Security Reader", "make eligible", "keep: Two accounts", "never"] {
        ensure!(text.contains(said), "no `{said}`: {text}");
    }
    let azure = omar(&bench, &["report", "standing", "--kind", "azure", "--allow"])?.ended_with(0)?.output;
    ensure!(azure.contains("Connectivity Operators (group) > On-Call Rota (group)"), "{azure}");
    let apply = [&standing[..], &["--apply", "sven"]].concat();
    let asked = omar(&bench, &apply)?.ended_with(2)?;
    ensure!(asked.errors.contains("Take Security Reader from Sven"), "{asked:?}");
    ensure!(bench.tenant.committed("adminRemove").await? == 0);
    omar(&bench, &[&apply[..], &["--dry-run"]].concat())?.ended_with(0)?;
    ensure!(bench.tenant.committed("adminRemove").await? == 0, "a rehearsal does nothing");
    let done = omar(&bench, &[&apply[..], &["--yes", "--json"]].concat())?.ended_with(0)?.json()?;
    ensure!(rows(&done, "done")?.len() == 1 && rows(&done, "failed")?.is_empty(), "{done}");
    ensure!(bench.tenant.committed("adminAssign").await? == 1 && bench.tenant.committed("adminRemove").await? == 1);
    let sven = listed(&bench, &["--kind", "directory", "sven", "security reader"])?;
    ensure!(sven.len() == 1 && sven[0]["side"] == "eligible", "{sven:?}");
    let again = omar(&bench, &[&apply[..], &["--yes"]].concat())?.ended_with(0)?;
    ensure!(again.output.contains("Nothing is proposed."), "{again:?}");
    Ok(())
}

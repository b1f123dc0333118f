//! Time on the wire: `pim` and the library as processes, with the desktop's keyring, against a tenant at the end of a line
//! with 80 ms a round trip, over TLS.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{
    figures::{Figure, Unit, heading, remark},
    signed_in::{CONNECT, Client, L, RUNS, saved},
};

/// The scenario of the demo, to be changed in one place.
const SCENARIO: &str = include_str!("../../../../crates/tenant/scenarios/contoso.toml");

/// How many requests went to paths that contain this.
pub fn to<'a>(requests: &'a [Value], path: &str) -> Vec<&'a Value> {
    requests.iter().filter(|request| request["path"].as_str().is_some_and(|found| found.contains(path))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "sizes and numbers far below 2^52")]
fn sizes(requests: &[&Value]) -> (f64, f64) {
    let bytes: u64 = requests.iter().filter_map(|request| request["bytes"].as_u64()).sum();
    (requests.len() as f64, bytes as f64 / 1_024.0)
}

pub fn times(value: &Value) -> Result<Vec<f64>> {
    Ok(serde_json::from_value(value.clone())?)
}

/// Prints the figures of the client.
pub async fn print() -> Result<()> {
    heading(&format!("Client, L = {L} ms a round trip, medians of {RUNS} runs"));
    hundred().await?;
    thousand().await?;
    provisioning().await
}

async fn hundred() -> Result<()> {
    let client = Client::signed_in("sign-in", &["--roles", "100"]).await?;
    client.list(100).await?;
    let mut took = Vec::new();
    let mut lists = 0;
    for _ in 0..RUNS {
        let run = client.list(100).await?;
        ensure!(to(&run.requests, "/oauth2/").is_empty(), "a token was asked for: {:?}", run.requests);
        lists = run.requests.len();
        took.push(run.took);
    }
    let minimum = CONNECT + 1.0;
    Figure::new("list of 100 roles with policies, from process start", Unit::Milliseconds, took)
        .minimum(minimum * L, "3 L: TCP, TLS, lists")
        .aim(1.10 * minimum * L)
        .print();

    let mut took = Vec::new();
    for _ in 0..RUNS {
        client.expire().await?;
        let run = client.list(100).await?;
        let refused = run.requests.iter().filter(|request| request["status"] == 401).count();
        let tokens = to(&run.requests, "/oauth2/v2.0/token").len();
        ensure!((tokens, refused) == (1, 0), "{tokens} tokens, {refused} refused: {:?}", run.requests);
        took.push(run.took);
    }
    let minimum = CONNECT + 2.0;
    Figure::new("  the same with an expired access token", Unit::Milliseconds, took)
        .minimum(minimum * L, "4 L: and the token")
        .aim(1.15 * minimum * L)
        .print();

    let mut took = Vec::new();
    let mut asked = 0;
    for _ in 0..RUNS {
        let mut command = client.program("bench-client")?;
        // The view of the command line, which has just been saved.
        command.arg("saved");
        let (folder, file) = (client.home.join("saved"), saved(&client.home.join("cli"))?);
        fs::create_dir_all(&folder)?;
        fs::copy(&file, folder.join(file.file_name().context("no name")?))?;
        let run = client.run(command).await?;
        ensure!(run.output == 100, "{} rows", run.output);
        asked += run.requests.len();
        took.push(run.took);
    }
    Figure::new("list of 100 roles from the saved view, from process start", Unit::Milliseconds, took)
        .aim(50.0)
        .print();
    remark(&format!("The list takes {lists} requests side by side; the saved view took {asked}."));
    Ok(())
}

async fn thousand() -> Result<()> {
    let client = Client::signed_in("sign-in", &["--roles", "1000"]).await?;
    let mut took = Vec::new();
    let mut requests = Vec::new();
    for _ in 0..RUNS {
        let run = client.list(1_000).await?;
        took.push(run.took);
        requests = run.requests;
    }
    let (pages, eligible) = sizes(&to(&requests, "roleEligibilityScheduleInstances"));
    let (policy_pages, policies) = sizes(&to(&requests, "roleManagementPolicyAssignments"));
    let (_, total) = sizes(&requests.iter().collect::<Vec<_>>());
    let minimum = CONNECT + pages.max(policy_pages);
    Figure::new("list of 1,000 roles in pages of 100, from process start", Unit::Milliseconds, took)
        .minimum(minimum * L, format!("{minimum:.0} L: TCP, TLS, {:.0} pages", pages.max(policy_pages)))
        .aim(1.10 * 12.0 * L)
        .print();
    Figure::new(format!("  eligible roles on the wire (gzip), {pages:.0} pages"), Unit::Kibibytes, [eligible])
        .aim(90.0)
        .print();
    Figure::new(format!("  policies on the wire (gzip), {policy_pages:.0} pages"), Unit::Kibibytes, [policies]).print();
    Figure::new("  all of it", Unit::Kibibytes, [total]).print();

    let run = client.measure("batch").await?;
    let batches = to(&run.requests, "$batch").len();
    Figure::new("ten activations in the library, warm connection", Unit::Milliseconds, times(&run.output["warm"])?)
        .minimum(L, "1 L")
        .aim(1.10 * L)
        .print();
    let minimum = CONNECT + 1.0;
    Figure::new("  cold connection", Unit::Milliseconds, times(&run.output["cold"])?)
        .minimum(minimum * L, "3 L")
        .aim(1.10 * minimum * L)
        .print();
    let run = client.measure("together").await?;
    let through = to(&run.requests, "$batch").len();
    Figure::new("  warm, from the click to the answer", Unit::Milliseconds, times(&run.output)?)
        .minimum(L, "1 L")
        .print();
    remark(&format!(
        "Ten activations took {:.1} $batch requests in the library, {:.1} from clicks.",
        ratio(batches, 2 * RUNS),
        ratio(through, RUNS)
    ));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

async fn provisioning() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("slow.toml");
    fs::write(&file, SCENARIO.replacen("[switches]", "[switches]\nprovisioning-delay = \"PT3S\"", 1))?;
    let client = Client::signed_in("sign-in", &["--scenario", &file.display().to_string()]).await?;
    let run = client.measure("provisioning").await?;
    let polls =
        to(&run.requests, "roleAssignmentScheduleRequests").into_iter().filter(|request| request["method"] == "GET");
    let polls = ratio(polls.count(), 1);
    Figure::new("a provisioning of 3 s, from the click to active", Unit::Milliseconds, times(&run.output)?)
        .minimum(3_000.0 + 2.0 * L, "3 s + 2 L")
        .aim(1.25 * 3_000.0 + 2.0 * L)
        .print();
    Figure::new("  polls until then", Unit::Count, [polls]).minimum(1.0, "1").aim(8.0).print();
    Ok(())
}

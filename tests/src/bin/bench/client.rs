//! Time on the wire: `pim` and the library as processes, with the desktop's keyring, against a tenant at the end of a line
//! with 80 ms a round trip, over TLS.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use pimento_tests::{
    clock::Stopwatch,
    desktop::{Desktop, Notifications, Setup},
    process::built,
};
use serde_json::Value;

use crate::{
    figures::{Figure, Unit, heading, remark},
    tenant::Tenant,
};

/// One round trip, milliseconds.
const L: f64 = 80.0;

/// Runs of each measurement.
const RUNS: usize = 7;

/// What a connection costs before its first request: one round trip for TCP, one for TLS 1.3.
const CONNECT: f64 = 2.0;

/// The scenario of the demo, to be changed in one place.
const SCENARIO: &str = include_str!("../../../../crates/tenant/scenarios/contoso.toml");

/// An account that is signed in: its tokens are in the keyring, its list in the saved view.
struct Client {
    desktop: Desktop,
    tenant: Tenant,
    home: PathBuf,
    ca_file: PathBuf,
}

/// What a process came to.
struct Run {
    /// Milliseconds from its start to its first line.
    took: f64,
    output: Value,
    /// The requests that reached the tenant.
    requests: Vec<Value>,
}

impl Client {
    async fn signed_in(arguments: &[&str]) -> Result<Self> {
        let setup = Setup { panel: false, keyring: true, notifications: Notifications::Recording };
        let desktop = Desktop::start(setup).await?;
        let home = desktop.home().join("pimento");
        let ca_file = desktop.home().join("ca.pem");
        let file = ca_file.display().to_string();
        let mut all = vec!["--latency", "80", "--seed", "7", "--tls-ca", &file];
        all.extend(arguments);
        let tenant = Tenant::start(desktop.home(), &all)?;
        let client = Self { desktop, tenant, home, ca_file };
        client.measure("sign-in").await?;
        Ok(client)
    }

    fn program(&self, name: &str) -> Result<Command> {
        let mut command = self.desktop.command(built(name)?);
        command.env("PIMENTO_TENANT", &self.tenant.line).env("PIMENTO_HOME", &self.home);
        command.env("PIMENTO_CA_FILE", &self.ca_file);
        Ok(command)
    }

    /// Runs a program and waits for its first line and its end.
    async fn run(&self, mut command: Command) -> Result<Run> {
        self.tenant.forget_requests().await?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let watch = Stopwatch::start();
        let mut child = command.spawn()?;
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut text = String::new();
        output.read_line(&mut text)?;
        let took = watch.elapsed().as_secs_f64() * 1_000.0;
        output.read_to_string(&mut text)?;
        let status = child.wait()?;
        ensure!(status.success(), "{command:?}: {status}: {text}");
        Ok(Run { took, output: serde_json::from_str(&text)?, requests: self.tenant.requests().await? })
    }

    /// `pim list --json`, which must show so many rows with their policies.
    async fn list(&self, rows: usize) -> Result<Run> {
        let mut command = self.program("pim")?;
        command.args(["list", "--json"]);
        let run = self.run(command).await?;
        let listed = run.output["eligible"].as_array().context("no rows")?;
        let known = listed.iter().filter(|row| row["requirements"]["known"] == true).count();
        ensure!((listed.len(), known) == (rows, rows), "{} rows, {known} with a policy", listed.len());
        Ok(run)
    }

    /// A measurement inside the library.
    async fn measure(&self, what: &str) -> Result<Run> {
        let mut command = self.program("bench-client")?;
        command.arg(what);
        self.run(command).await
    }

    /// Lets the access token expire. The client's idea of the service's time goes along, as it would in 25 real hours.
    async fn expire(&self) -> Result<()> {
        self.tenant.advance("PT25H").await?;
        let file = saved(&self.home.join("cli"))?;
        let mut saved: Value = serde_json::from_slice(&fs::read(&file)?)?;
        let offset = &mut saved["content"]["clockOffset"];
        *offset = (offset.as_i64().context("no offset in the saved view")? + 25 * 3_600_000).into();
        Ok(fs::write(&file, saved.to_string())?)
    }
}

/// The saved list in a program's folder: there is one account.
fn saved(state: &Path) -> Result<PathBuf> {
    let file = fs::read_dir(state.join("saved"))?.flatten().next().context("no saved list")?;
    Ok(file.path())
}

/// How many requests went to paths that contain this.
fn to<'a>(requests: &'a [Value], path: &str) -> Vec<&'a Value> {
    requests.iter().filter(|request| request["path"].as_str().is_some_and(|found| found.contains(path))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "sizes and numbers far below 2^52")]
fn sizes(requests: &[&Value]) -> (f64, f64) {
    let bytes: u64 = requests.iter().filter_map(|request| request["bytes"].as_u64()).sum();
    (requests.len() as f64, bytes as f64 / 1_024.0)
}

fn times(value: &Value) -> Result<Vec<f64>> {
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
    let client = Client::signed_in(&["--roles", "100"]).await?;
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
    let client = Client::signed_in(&["--roles", "1000"]).await?;
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
    let client = Client::signed_in(&["--scenario", &file.display().to_string()]).await?;
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

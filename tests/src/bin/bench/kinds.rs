//! All three kinds side by side: lists with their policies, activations, policies alone. Times, and what does not depend on
//! the machine: requests, and round trips that follow one another, counted from the tenant's log.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::{
    client::{times, to},
    figures::{Figure, Unit, heading, median, remark},
    rounds::longest_chain,
    signed_in::{CONNECT, Client, L, RUNS, Run},
};

/// Rows on a page.
const PAGE: usize = 100;

/// Reads in a batch.
const BATCH: usize = 20;

/// Requests that Azure is sent at once.
const AT_ONCE: usize = 16;

/// What the service takes to provision a group, milliseconds.
const PROVISIONING: f64 = 8_000.0;

/// A company of a generated size.
#[derive(Clone, Copy)]
struct Size {
    roles: usize,
    scopes: usize,
    tenants: usize,
}

impl Size {
    const fn new(roles: usize, scopes: usize) -> Self {
        Self { roles, scopes, tenants: 1 }
    }

    fn arguments(self) -> [String; 6] {
        let Self { roles, scopes, tenants } = self;
        [
            "--roles".into(),
            roles.to_string(),
            "--scopes".into(),
            scopes.to_string(),
            "--tenants".into(),
            tenants.to_string(),
        ]
    }

    async fn signed_in(self) -> Result<Client> {
        let arguments = self.arguments();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Client::signed_in("sign-in-kinds", &arguments).await
    }

    /// Directory roles, groups, Azure roles.
    fn each(self) -> [usize; 3] {
        let (groups, azure) = ((self.roles + 1) / 3, self.roles / 3);
        [self.roles - groups - azure, groups, azure]
    }

    /// Round trips that nobody can spare: a connection, page after page, and then what the last page's roles ask for. Of
    /// directory roles that comes beside the pages, in as many; of others in batches that all go out at once.
    fn least_rounds(self, listed_before: bool) -> f64 {
        let [directory, groups, azure] = self.each().map(pages);
        let policies = usize::from(!listed_before);
        CONNECT + count(directory.max(groups.max(azure) + policies))
    }

    /// A list of what may be activated and one of what is active for each kind, and the policies.
    fn least_requests(self) -> f64 {
        let [directory, groups, azure] = self.each();
        let lists = pages(directory) + pages(groups) + pages(azure) + 3;
        let policies = pages(directory) + groups.div_ceil(BATCH) + azure.div_ceil(BATCH);
        count(self.tenants * (lists + policies))
    }
}

fn pages(rows: usize) -> usize {
    rows.div_ceil(PAGE).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Runs of one measurement.
#[derive(Default)]
struct Runs {
    took: Vec<f64>,
    rounds: Vec<f64>,
    requests: Vec<f64>,
    connections: Vec<f64>,
}

impl Runs {
    fn add(&mut self, run: &Run) -> Result<()> {
        ensure!(to(&run.requests, "/oauth2/").is_empty(), "a token was asked for: {:?}", run.requests);
        let mut users: Vec<&str> = run.requests.iter().filter_map(|request| request["user"].as_str()).collect();
        users.sort_unstable();
        users.dedup();
        // Accounts know nothing of each other: none waits for another.
        let chains = users.iter().map(|user| longest_chain(run.requests.iter().filter(|it| it["user"] == **user)));
        let longest = chains.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or_default();
        let mut connections: Vec<_> = run.requests.iter().map(|request| request["connection"].as_u64()).collect();
        connections.sort_unstable();
        connections.dedup();
        self.took.push(run.took);
        self.rounds.push(CONNECT + count(longest));
        self.requests.push(count(run.requests.len()));
        self.connections.push(count(connections.len()));
        Ok(())
    }

    fn print(self, what: &str, size: Size, least: f64, aim: f64) {
        Figure::new(what, Unit::Milliseconds, self.took).minimum(least * L, format!("{least:.0} L")).aim(aim).print();
        // A machine that stops for longer than a round trip makes neighbours look like successors.
        let rounds = self.rounds.into_iter().fold(f64::INFINITY, f64::min);
        Figure::new("  round trips", Unit::Count, [rounds]).minimum(least, "counted").aim(least + 1.0).print();
        let requests = median(&self.requests);
        Figure::new("  requests", Unit::Count, self.requests).minimum(size.least_requests(), "counted").print();
        remark(&format!("{requests:.0} requests over {:.0} connections", median(&self.connections)));
    }
}

/// Prints the figures of all kinds.
pub async fn print() -> Result<()> {
    heading(&format!("All three kinds, L = {L} ms a round trip, medians of {RUNS} runs"));
    hundred().await?;
    for roles in [20, 200, 2_000] {
        for scopes in [5, 50] {
            cold(Size::new(roles, scopes)).await?;
        }
    }
    tenants().await?;
    ten().await?;
    azure().await?;
    policies().await
}

/// The list that nothing is known of before, and the one whose roles were listed before.
async fn hundred() -> Result<()> {
    let size = Size::new(100, 5);
    let client = size.signed_in().await?;
    let least = size.least_rounds(false);
    lists(&client, size, false).await?.print(
        "list of 100 roles, 5 scopes, nothing saved",
        size,
        least,
        1.15 * least * L,
    );
    let least = size.least_rounds(true);
    lists(&client, size, true).await?.print("  from a saved list", size, least, (least + 1.0) * L);
    Ok(())
}

async fn cold(size: Size) -> Result<()> {
    let client = size.signed_in().await?;
    let what = format!("list of {} roles, {} scopes, nothing saved", size.roles, size.scopes);
    let least = size.least_rounds(false);
    lists(&client, size, false).await?.print(&what, size, least, (least + 1.0) * L);
    Ok(())
}

async fn lists(client: &Client, size: Size, saved: bool) -> Result<Runs> {
    let mut runs = Runs::default();
    if saved {
        client.list(size.roles).await?;
    }
    for _ in 0..RUNS {
        if !saved {
            client.forget_lists()?;
        }
        runs.add(&client.list(size.roles).await?)?;
    }
    Ok(runs)
}

/// One person in three tenants, by the application's agent.
async fn tenants() -> Result<()> {
    let size = Size { tenants: 3, ..Size::new(200, 5) };
    let client = size.signed_in().await?;
    let mut runs = Runs::default();
    for _ in 0..RUNS {
        client.forget_lists()?;
        let run = client.measure("accounts").await?;
        ensure!(run.output == size.tenants * size.roles, "{} rows", run.output);
        runs.add(&run)?;
    }
    let least = size.least_rounds(false);
    runs.print("lists of 200 roles in each of 3 tenants, nothing saved", size, least, (least + 1.0) * L);
    Ok(())
}

/// Requests that change something: how many, and how many after one another, in a run.
fn writes(requests: &[Value], runs: usize) -> Result<(f64, f64)> {
    let writes: Vec<&Value> =
        requests.iter().filter(|request| request["method"] != "GET" && request["method"] != "HEAD").collect();
    let rounds = longest_chain(writes.iter().copied())?;
    Ok((count(writes.len()) / count(runs), count(rounds) / count(runs)))
}

async fn ten() -> Result<()> {
    let client = Size::new(200, 5).signed_in().await?;
    let run = client.measure("mixed").await?;
    let (requests, rounds) = writes(&run.requests, RUNS)?;
    Figure::new("ten of all kinds, from the click to the answers", Unit::Milliseconds, times(&run.output["answered"])?)
        .minimum(L, "1 L")
        .aim(2.0 * L)
        .print();
    Figure::new("  round trips", Unit::Count, [rounds]).minimum(1.0, "counted").aim(2.0).print();
    Figure::new("  requests", Unit::Count, [requests]).minimum(4.0, "one batch, three PUTs").print();
    Figure::new("  to all active, groups provisioned after 8 s", Unit::Milliseconds, times(&run.output["active"])?)
        .minimum(PROVISIONING + 2.0 * L, "8 s + 2 L")
        .aim(1.25 * PROVISIONING + 2.0 * L)
        .print();
    Ok(())
}

async fn azure() -> Result<()> {
    let client = Size::new(300, 10).signed_in().await?;
    let run = client.measure("azure").await?;
    let least = CONNECT + 2.0;
    let took = times(&run.output)?;
    let runs = took.len();
    Figure::new("Azure: list and ten activations, cold, in the library", Unit::Milliseconds, took)
        .minimum(least * L, "4 L: TCP, TLS, list, PUTs")
        .aim(1.10 * least * L)
        .print();
    let puts = run.requests.iter().filter(|request| request["method"] == "PUT");
    let puts: Vec<(Option<u64>, &str)> =
        puts.map(|put| (put["connection"].as_u64(), put["version"].as_str().unwrap_or_default())).collect();
    let mut connections = puts.clone();
    connections.sort_unstable();
    connections.dedup();
    let (_, rounds) = writes(&run.requests, runs)?;
    Figure::new("  round trips of the PUTs", Unit::Count, [rounds]).minimum(1.0, "counted").aim(1.0).print();
    remark(&format!("{} PUTs in {runs} runs, over {} connections: {connections:?}", puts.len(), connections.len()));
    Ok(())
}

async fn policies() -> Result<()> {
    for size in [Size::new(200, 5), Size::new(2_000, 50)] {
        let client = size.signed_in().await?;
        let [directory, groups, azure] = size.each();
        let batches = azure.div_ceil(BATCH);
        let kinds = [
            ("directory", directory, pages(directory), pages(directory)),
            ("groups", groups, 1, groups.div_ceil(BATCH)),
            ("azure", azure, batches.div_ceil(AT_ONCE), batches),
        ];
        for (kind, roles, least, requests) in kinds {
            let run = client.measure(&format!("policies-{kind}")).await?;
            // The first ones brought the list.
            let reads: Vec<&Value> = run.requests.iter().filter(|request| is_policy(request)).collect();
            let rounds = count(longest_chain(reads.iter().copied())?) / count(RUNS);
            Figure::new(format!("policies of {roles} roles: {kind}"), Unit::Milliseconds, times(&run.output)?)
                .minimum(count(least) * L, format!("{least} L"))
                .aim((count(least) + 1.0) * L)
                .print();
            Figure::new("  round trips", Unit::Count, [rounds])
                .minimum(count(least), "counted")
                .aim(count(least) + 1.0)
                .print();
            Figure::new("  requests", Unit::Count, [count(reads.len()) / count(RUNS)])
                .minimum(count(requests), "counted")
                .print();
        }
    }
    Ok(())
}

/// Does it ask for policies, one by one or in a batch?
fn is_policy(request: &Value) -> bool {
    let path = request["path"].as_str().unwrap_or_default();
    path.contains("PolicyAssignments") || path.ends_with("batch")
}

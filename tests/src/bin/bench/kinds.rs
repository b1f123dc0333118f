//! All three kinds side by side: lists with their policies, activations, policies alone. Times, and what does not depend on
//! the machine: requests, and round trips that follow one another, counted from the tenant's log.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{
    client::{times, to},
    figures::{Figure, Unit, heading, remark},
    rounds::{longest_chain, span},
    signed_in::{CONNECT, Client, L, RUNS, Run},
};

/// Rows on a page.
const PAGE: usize = 100;

/// Reads in a batch.
const BATCH: usize = 20;

/// Requests that Azure is sent at once.
const AT_ONCE: usize = 16;

/// Runs for which ten Azure roles each have to be on one page of a list, where every other one wants MFA; and one run more that counts.
const AZURE_RUNS: usize = 4;

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

/// What does not depend on the machine.
struct Counts {
    rounds: f64,
    requests: f64,
    connections: f64,
}

impl Counts {
    /// Those of a run that began with nothing but its tokens.
    fn of(run: &Run) -> Result<Self> {
        ensure!(to(&run.requests, "/oauth2/").is_empty(), "a token was asked for");
        let users: BTreeSet<&str> = run.requests.iter().filter_map(|request| request["user"].as_str()).collect();
        // Accounts know nothing of each other: none waits for another.
        let chains = users.iter().map(|user| longest_chain(run.requests.iter().filter(|it| it["user"] == **user)));
        let longest = chains.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or_default();
        let connections: BTreeSet<_> = run.requests.iter().map(|request| request["connection"].as_u64()).collect();
        Ok(Self {
            rounds: CONNECT + count(longest),
            requests: count(run.requests.len()),
            connections: count(connections.len()),
        })
    }

    fn print(&self, least_rounds: f64, least_requests: f64) {
        rounds(self.rounds, least_rounds, least_rounds + 1.0);
        Figure::new("  requests", Unit::Count, [self.requests]).minimum(least_requests, "counted").print();
        remark(&format!("over {:.0} connections", self.connections));
    }
}

fn rounds(counted: f64, least: f64, aim: f64) {
    Figure::new("  round trips", Unit::Count, [counted]).minimum(least, "counted").aim(aim).print();
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
    list(&client, size, false, "list of 100 roles, 5 scopes, nothing saved", 1.15 * least * L).await?;
    let least = size.least_rounds(true);
    list(&client, size, true, "  from a saved list", (least + 1.0) * L).await
}

async fn cold(size: Size) -> Result<()> {
    let client = size.signed_in().await?;
    let what = format!("list of {} roles, {} scopes, nothing saved", size.roles, size.scopes);
    list(&client, size, false, &what, (size.least_rounds(false) + 1.0) * L).await
}

async fn list(client: &Client, size: Size, saved: bool, what: &str, aim: f64) -> Result<()> {
    // The sign-in for Azure has replaced all tokens.
    client.list(size.roles).await?;
    let once = async |client: &Client| {
        if !saved {
            client.forget_lists()?;
        }
        client.list(size.roles).await
    };
    let mut took = Vec::new();
    for _ in 0..RUNS {
        took.push(once(client).await?.took);
    }
    let least = size.least_rounds(saved);
    Figure::new(what, Unit::Milliseconds, took).minimum(least * L, format!("{least:.0} L")).aim(aim).print();
    Counts::of(&client.far_away(once).await?)?.print(least, size.least_requests());
    Ok(())
}

/// One person in three tenants, by the application's agent.
async fn tenants() -> Result<()> {
    let size = Size { tenants: 3, ..Size::new(200, 5) };
    let client = size.signed_in().await?;
    client.measure("accounts").await?;
    let once = async |client: &Client| {
        client.forget_lists()?;
        let run = client.measure("accounts").await?;
        ensure!(run.output == size.tenants * size.roles, "{} rows", run.output);
        Ok(run)
    };
    let mut took = Vec::new();
    for _ in 0..RUNS {
        took.push(once(&client).await?.took);
    }
    let least = size.least_rounds(false);
    Figure::new("lists of 200 roles in each of 3 tenants, nothing saved", Unit::Milliseconds, took)
        .minimum(least * L, format!("{least:.0} L"))
        .aim((least + 1.0) * L)
        .print();
    Counts::of(&client.far_away(once).await?)?.print(least, size.least_requests());
    Ok(())
}

fn is_activation(request: &Value) -> bool {
    let to = request["path"].as_str().unwrap_or_default();
    request["method"] == "PUT" || to.ends_with("/$batch")
}

async fn ten() -> Result<()> {
    let client = Size::new(200, 5).signed_in().await?;
    let run = client.measure(&format!("mixed {RUNS}")).await?;
    Figure::new("ten of all kinds, from the click to the answers", Unit::Milliseconds, times(&run.output["answered"])?)
        .minimum(L, "1 L")
        .aim(2.0 * L)
        .print();
    Figure::new("  to all active, groups provisioned after 8 s", Unit::Milliseconds, times(&run.output["active"])?)
        .minimum(PROVISIONING + 2.0 * L, "8 s + 2 L")
        .aim(1.25 * PROVISIONING + 2.0 * L)
        .print();
    let run = client.far_away(async |client| client.measure("mixed 1").await).await?;
    // The batches before the first PUT belong to the list.
    let sent: Vec<&Value> = run.requests.iter().filter(|request| is_activation(request)).collect();
    let clicked =
        sent.iter().filter(|request| request["method"] == "PUT").map(|put| span(put)).collect::<Result<Vec<_>>>()?;
    let (first, answered) = clicked.iter().copied().min().context("no PUT")?;
    let mut with_it = Vec::new();
    for request in sent {
        // Side by side with the first PUT, or after it.
        if span(request)?.1 > first.midpoint(answered) {
            with_it.push(request);
        }
    }
    rounds(count(longest_chain(with_it.iter().copied())?), 1.0, 2.0);
    Figure::new("  requests", Unit::Count, [count(with_it.len())]).minimum(4.0, "one batch, three PUTs").print();
    Ok(())
}

async fn azure() -> Result<()> {
    let client = Size::new(300, 10).signed_in().await?;
    let run = client.measure(&format!("azure {AZURE_RUNS}")).await?;
    let least = CONNECT + 2.0;
    Figure::new("Azure: list and ten activations, cold, in the library", Unit::Milliseconds, times(&run.output)?)
        .minimum(least * L, "4 L: TCP, TLS, list, PUTs")
        .aim(1.10 * least * L)
        .print();
    let run = client.far_away(async |client| client.measure("azure 1").await).await?;
    let puts: Vec<&Value> = run.requests.iter().filter(|request| request["method"] == "PUT").collect();
    let over: BTreeSet<_> = puts.iter().map(|put| put["connection"].as_u64()).collect();
    ensure!(over.len() == 1 && puts.iter().all(|put| put["version"] == "HTTP/2.0"), "{puts:?}");
    // The other connection has brought the policies beforehand.
    let measured = run.requests.iter().filter(|request| over.contains(&request["connection"].as_u64()));
    let measured: Vec<&Value> = measured.collect();
    rounds(CONNECT + count(longest_chain(measured.iter().copied())?), least, least);
    Figure::new("  requests over one HTTP/2 connection", Unit::Count, [count(measured.len())])
        .minimum(11.0, "a list, ten PUTs")
        .print();
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
            let run = client.measure(&format!("policies-{kind} {RUNS}")).await?;
            let least = count(least);
            Figure::new(format!("policies of {roles} roles: {kind}"), Unit::Milliseconds, times(&run.output)?)
                .minimum(least * L, format!("{least:.0} L"))
                .aim((least + 1.0) * L)
                .print();
            let run = client.far_away(async |client| client.measure(&format!("policies-{kind} 1")).await).await?;
            let reads: Vec<&Value> = run.requests.iter().filter(|request| is_policy(request)).collect();
            rounds(count(longest_chain(reads.iter().copied())?), least, least + 1.0);
            Figure::new("  requests", Unit::Count, [count(reads.len())]).minimum(count(requests), "counted").print();
        }
    }
    Ok(())
}

/// Does it ask for policies, one by one or in a batch?
fn is_policy(request: &Value) -> bool {
    let path = request["path"].as_str().unwrap_or_default();
    path.contains("PolicyAssignments") || path.ends_with("batch")
}

//! `pim insight`.

use chrono::{DateTime, Local, Utc};
use pim::{
    problem::Problem,
    view::{Account, Insight, RoleUse, UnusedRole},
};
use serde::Serialize;

use super::history;
use crate::{
    failed::Failed,
    minutes::spoken,
    output::{self, clean, table},
    session::Session,
};

/// `pim insight`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    account: Option<&'a Account>,
    now: DateTime<Utc>,
    #[serde(flatten)]
    insight: &'a Insight,
    problem: Option<&'a Problem>,
}

/// Shows how roles are used.
pub async fn insight(session: &mut Session, json: bool) -> Result<(), Failed> {
    // What was not used is among what there is.
    session.listed().await?;
    let past = history::read(session, "").await?;
    let (view, now) = (session.view(), session.now());
    let insight = &past.insight;
    if json {
        let told = Told { account: output::account(&view), now, insight, problem: past.problem.as_ref() };
        return Ok(output::json(&told)?);
    }
    if insight.roles.is_empty() {
        say!("Nothing was activated since {}.", day(insight.since));
    } else {
        say!("Since {}; something was active {} of the time.\n", day(insight.since), share(insight));
        let lines: Vec<[String; 6]> = insight.roles.iter().map(line).collect();
        table(["Role", "Scope", "Times", "In all", "Asked for", "Used"], &lines)?;
        let hints: Vec<String> = insight.roles.iter().filter_map(hint).collect();
        if !hints.is_empty() {
            say!("\n{}", hints.join("\n"));
        }
    }
    if !insight.unused.is_empty() {
        say!("\nNot used for 90 days:");
        let lines: Vec<[String; 3]> = insight.unused.iter().map(unused).collect();
        table(["Role", "Scope", "Last"], &lines)?;
    }
    output::left_out(past.problem.as_ref());
    Ok(())
}

fn line(role: &RoleUse) -> [String; 6] {
    let average = |minutes: Option<u32>| minutes.map_or_else(String::new, length);
    [
        clean(&role.name),
        role.scope.as_deref().map_or_else(String::new, clean),
        role.times.to_string(),
        length(role.total_minutes),
        average(role.asked_minutes),
        average(role.used_minutes),
    ]
}

fn hint(role: &RoleUse) -> Option<String> {
    let (asked, used, enough) = (role.asked_minutes?, role.used_minutes?, role.enough_minutes?);
    let (name, asked, used, enough) = (clean(&role.name), length(asked), length(used), length(enough));
    Some(format!("{name}: you ask for {asked} and use {used} on average. {enough} would do."))
}

fn unused(role: &UnusedRole) -> [String; 3] {
    let scope = role.scope.as_deref().map_or_else(String::new, clean);
    [clean(&role.name), scope, role.last.map_or_else(String::new, day)]
}

fn length(minutes: u32) -> String {
    spoken(minutes.into())
}

/// `3 %`; of something that was there no less than one.
fn share(insight: &Insight) -> String {
    let percent = (u64::from(insight.active_minutes) * 100).div_ceil(u64::from(insight.minutes.max(1)));
    format!("{percent} %")
}

fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d").to_string()
}

//! `pim list` and `pim status`.

use chrono::{DateTime, TimeDelta, Utc};
use pim::{clock, timeline::Stretch, wall::Zone};

use super::history;
use crate::{
    args::Kind,
    failed::Failed,
    matching::{fold, title},
    output::{self, Look},
    session::Session,
};

/// Lists what can be activated; with words, only roles whose name or scope contains all of them.
pub async fn list(session: &mut Session, kind: Option<Kind>, filter: &[String], json: bool) -> Result<(), Failed> {
    let view = session.listed().await?;
    let words: Vec<String> = filter.iter().map(|word| fold(word)).collect();
    let kind = kind.map(pim::model::Kind::from);
    let keep = |row: &pim::view::EligibleRow| {
        let text = fold(&title(row));
        kind.is_none_or(|kind| row.kind == kind) && words.iter().all(|word| text.contains(word))
    };
    if json {
        output::json(&output::List::of(&view, kind, keep))?;
    } else {
        output::list(&view, kind, keep)?;
    }
    Ok(())
}

/// The day or the week that an instant is in.
pub type Period = fn(DateTime<Utc>, Zone) -> Stretch;

/// Shows what is active or on its way; with a period, what was active in it.
pub async fn status(session: &mut Session, period: Option<Period>, json: bool) -> Result<(), Failed> {
    let view = session.listed_so_far().await?;
    let Some(period) = period else {
        if json {
            output::json(&output::Status::of(&view, |_| true))?;
        } else {
            output::status(&view, |_| true)?;
        }
        return Ok(());
    };
    let past = history::read(session, "").await?;
    let (view, now) = (session.view(), session.now());
    let stretch = period(now, clock::zone);
    if json {
        let timeline = output::Timeline::of(&past, stretch, now);
        return Ok(output::json(&output::Status::of(&view, |_| true).with(timeline))?);
    }
    output::status(&view, |_| true)?;
    let day = |at: DateTime<Utc>| at.with_timezone(&clock::zone(at)).format("%a %Y-%m-%d").to_string();
    let last = stretch.to - TimeDelta::nanoseconds(1);
    let called =
        if day(stretch.from) == day(last) { day(last) } else { format!("{} to {}", day(stretch.from), day(last)) };
    say!("\n{called}");
    let lines =
        output::draw(output::Picture { lanes: &past.lanes, stretch, now, zone: clock::zone }, Look::of_stdout());
    if lines.is_empty() {
        say!("Nothing was active.");
    }
    for line in lines {
        say!("{line}");
    }
    output::left_out(past.problem.as_ref());
    Ok(())
}

//! `pim reviews decide`.

use pim::{
    cloud::{ACCESS_REVIEWS, REVIEWING},
    manage::reviews::{Reviewed, Undecided, Wish, called},
    model::{Opinion, ReviewDecision, ReviewItem},
};

use super::{
    ambiguous, choose, read,
    shapes::{DecidedRow, FailedRow, Outcome},
};
use crate::{
    args::{self, DecideReview, ReviewVerdict},
    confirm::confirm,
    failed::{Exit, Failed},
    matching::{Choice, Mismatch, find},
    output::{self, clean},
    session::Session,
};

/// Decides about people of one review.
pub async fn decide(session: &mut Session, options: DecideReview, json: bool) -> Result<(), Failed> {
    let DecideReview { verdict, review, people, all, kind, reason, change } = options;
    let kinds = args::Kind::or_all(kind);
    let (office, view) = session.office(&kinds).await?;
    // Whoever only wants to see what would be sent need not be allowed to send it.
    let permission = if change.dry_run { ACCESS_REVIEWS } else { REVIEWING };
    let waiting = read(&office, &kinds, false, permission).await?;
    let row = choose(&waiting, &review, false)?;
    let meant = if all { undecided(row)? } else { named(row, &people)? };
    let reason = reason.unwrap_or_default();
    let (wishes, silent): (Vec<Result<Wish, _>>, Vec<_>) =
        meant.into_iter().map(|item| wish(row, item, verdict, &reason)).partition(Result::is_ok);
    let wishes: Vec<Wish> = wishes.into_iter().flatten().collect();
    let mut failed: Vec<(String, Failed)> = silent.into_iter().filter_map(Result::err).collect();
    if let Some(undecided) = office.foresee_reviews(&wishes).into_iter().flatten().next() {
        return Err(Failed::not_sent(undecided.problem()).about(&clean(&row.review.name)));
    }
    let mut done = Vec::new();
    if change.dry_run {
        done.extend(wishes.iter().map(|wish| (wish, false)));
    } else if !wishes.is_empty() {
        confirm(change, &wishes.iter().map(Wish::sentence).collect::<Vec<_>>())?;
        for (wish, outcome) in wishes.iter().zip(office.review(&wishes).await) {
            match outcome {
                Ok(decided) => done.push((wish, decided.looked_up)),
                Err(undecided) => failed.push((wish.item.id.clone(), told(&undecided, &wish.item))),
            }
        }
    }
    if json {
        output::json(&Outcome {
            account: output::account(&view),
            now: office.now(),
            dry_run: change.dry_run,
            review: row.review.id(),
            decided: done.iter().map(|(wish, looked_up)| DecidedRow::of(wish, *looked_up)).collect(),
            failed: failed.iter().map(|(id, failed)| FailedRow::of(id, failed)).collect(),
        })?;
    } else {
        for (wish, looked_up) in &done {
            let note = if *looked_up { " (The answer was lost; that it was done was looked up.)" } else { "" };
            say!("{}: {}.{note}", if change.dry_run { "Would be sent" } else { "Done" }, wish.sentence());
        }
    }
    Failed::together(failed.into_iter().map(|(_, failure)| failure).collect(), json)
}

fn told(undecided: &Undecided, item: &ReviewItem) -> Failed {
    let problem = undecided.problem();
    let failed = if undecided.is_unsent() { Failed::not_sent(problem) } else { problem.into() };
    failed.about(&called(&item.person))
}

/// What is wanted about somebody; nothing, where the service has nothing to recommend.
fn wish(row: &Reviewed, item: &ReviewItem, verdict: ReviewVerdict, reason: &str) -> Result<Wish, (String, Failed)> {
    let opinion = match verdict {
        ReviewVerdict::Approve => Some(Opinion::Approve),
        ReviewVerdict::Deny => Some(Opinion::Deny),
        ReviewVerdict::DontKnow => Some(Opinion::DontKnow),
        ReviewVerdict::Recommended => item.recommended(),
    };
    let Some(opinion) = opinion else {
        let said = "The service recommends nothing here. Nothing was sent.";
        let failed = Failed::new(Exit::NotSent, "no-recommendation", said).about(&called(&item.person));
        return Err((item.id.clone(), failed));
    };
    Ok(Wish { review: row.review.clone(), item: item.clone(), opinion, reason: reason.trim().to_owned() })
}

fn items(row: &Reviewed) -> Result<&[ReviewItem], Failed> {
    row.items.as_deref().map_err(|problem| problem.clone().into())
}

/// Everybody about whom nobody has decided yet.
fn undecided(row: &Reviewed) -> Result<Vec<&ReviewItem>, Failed> {
    let open: Vec<_> = items(row)?.iter().filter(|item| item.decision == ReviewDecision::NotReviewed).collect();
    if open.is_empty() {
        let said = format!("{}: Everybody in it has been decided about.", clean(&row.review.name));
        return Err(Failed::new(Exit::NoSuchRole, "nobody-left", said));
    }
    Ok(open)
}

/// Those that are meant, each once.
fn named<'a>(row: &'a Reviewed, names: &[String]) -> Result<Vec<&'a ReviewItem>, Failed> {
    let choices: Vec<Choice<&ReviewItem>> = items(row)?
        .iter()
        .map(|item| Choice {
            id: item.id.clone(),
            name: called(&item.person),
            scope: item.person.username.clone(),
            what: item,
        })
        .collect();
    let mut chosen: Vec<&ReviewItem> = Vec::new();
    for name in names {
        let exact = |text: &Option<String>| text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case(name.trim()));
        let item = match choices.iter().find(|each| exact(&each.what.person.username) || exact(&each.what.person.id)) {
            Some(choice) => choice.what,
            None => match find(&choices, name, None) {
                Ok(choice) => choice.what,
                Err(Mismatch::Ambiguous { candidates, .. }) => return Err(ambiguous("person", name, &candidates)),
                Err(Mismatch::Unknown { .. }) => {
                    let (name, review) = (clean(name), clean(&row.review.name));
                    let said =
                        format!("Nobody in \"{review}\" is called \"{name}\". `pim reviews show` tells who is in it.");
                    return Err(Failed::new(Exit::NoSuchRole, "unknown-person", said));
                }
            },
        };
        if !chosen.iter().any(|known| known.id == item.id) {
            chosen.push(item);
        }
    }
    Ok(chosen)
}

//! `pim reviews`: access reviews that wait for the caller.

mod decide;
mod shapes;

use chrono::{DateTime, TimeDelta, Utc};
use pim::{
    cloud::{ACCESS_REVIEWS, Resource},
    manage::{
        Office,
        approvals::spoken,
        reviews::{Reviewed, Tally, Waiting, called},
    },
    model::{Kind, Opinion, ReviewDecision, ReviewItem},
};

use self::shapes::{List, PersonRow, Row, Shown, Source, last_activation};
use crate::{
    args::{self, Reviews, ReviewsCommand, Which},
    failed::{Exit, Failed},
    matching::{Choice, Mismatch, find, fold},
    output::{self, Standing, clean, moment, table, unlisted},
    session::Session,
};

/// A deadline that is further away than this is told in days.
const DAYS: TimeDelta = TimeDelta::days(2);

/// Lists reviews, shows one, or decides about people.
pub async fn reviews(session: &mut Session, options: Reviews, json: bool) -> Result<(), Failed> {
    match options.command {
        None => list(session, options.which, &[], json).await,
        Some(ReviewsCommand::List { which, filter }) => list(session, which, &filter, json).await,
        Some(ReviewsCommand::Show { review, kind }) => show(session, &review, kind, json).await,
        Some(ReviewsCommand::Decide(wanted)) => decide::decide(session, wanted, json).await,
    }
}

/// Reads reviews, and asks for the permission first where Microsoft Graph tells of them.
async fn read(office: &Office, kinds: &[Kind], all: bool, permission: &'static str) -> Result<Vec<Waiting>, Failed> {
    if kinds.iter().any(|kind| kind.resource() == Resource::Graph) {
        let permitted = office.permit(permission).await;
        // What else is asked for may be had without; the reading itself says what is missing.
        if let Err(problem) = permitted
            && !kinds.contains(&Kind::AzureResource)
        {
            return Err(problem.into());
        }
    }
    let waiting = office.reviews(kinds, all, permission).await;
    if waiting.iter().any(|waiting| waiting.found.is_ok()) {
        return Ok(waiting);
    }
    // What was never asked for says less than what failed.
    let mut problems: Vec<_> = waiting.iter().filter_map(|waiting| waiting.found.as_ref().err()).collect();
    problems.sort_by_key(|problem| Standing::after(Some(problem)) == Standing::NotAsked);
    match problems.first() {
        Some(problem) => Err((*problem).clone().into()),
        None => Ok(waiting),
    }
}

fn all(waiting: &[Waiting]) -> Vec<&Reviewed> {
    let mut rows: Vec<&Reviewed> = waiting.iter().filter_map(|waiting| waiting.found.as_ref().ok()).flatten().collect();
    // Each service's are in order already, those that are over from the latest to the first.
    rows.sort_by_key(|row| {
        let end = row.review.end.map(|end| end.timestamp());
        (!row.review.is_open(), end.is_none(), end.map(|end| if row.review.is_open() { end } else { -end }))
    });
    rows
}

async fn list(session: &mut Session, which: Which, filter: &[String], json: bool) -> Result<(), Failed> {
    let kinds = args::Kind::or_all(which.kind);
    let (office, view) = session.office(&kinds).await?;
    let waiting = read(&office, &kinds, which.ended, ACCESS_REVIEWS).await?;
    let words: Vec<String> = filter.iter().map(|word| fold(word)).collect();
    let now = office.now();
    let rows: Vec<&Reviewed> = all(&waiting)
        .into_iter()
        .filter(|row| {
            let text = fold(&format!("{} {}", row.review.name, row.resource().unwrap_or_default()));
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    if json {
        let reviews = rows.into_iter().map(|row| Row::of(row, now)).collect();
        let sources = Source::all(&waiting, &kinds);
        return Ok(output::json(&List { account: output::account(&view), now, sources, reviews })?);
    }
    if rows.is_empty() {
        let matching = if words.is_empty() { "" } else { " that matches" };
        say!("No access review{matching} waits for you.");
    } else {
        let lines: Vec<[String; 5]> = rows.iter().map(|row| line(row, now)).collect();
        table(["Review", "Of", "Scope", "Decide within", "Open"], &lines)?;
    }
    for missing in waiting.iter().filter_map(|waiting| shortfall(waiting, which.kind.is_some())) {
        say!("{missing}");
    }
    Ok(())
}

fn line(row: &Reviewed, now: DateTime<Utc>) -> [String; 5] {
    let review = &row.review;
    let left = match (review.is_open(), review.left(now), review.end) {
        (true, Some(left), _) => in_words(left),
        (true, None, _) => String::new(),
        (false, _, end) => {
            let at = end.map(|end| format!(" {}", moment(end, now))).unwrap_or_default();
            format!("{}{at}", clean(&review.status))
        }
    };
    let open = match &row.items {
        Ok(items) => {
            let Tally { open, total } = Tally::of(items);
            format!("{open} of {total}")
        }
        Err(problem) => clean(&problem.message),
    };
    let scope = review.scope.as_deref().map(|scope| clean(scope.rsplit('/').next().unwrap_or(scope)));
    [clean(&review.name), row.resource().map_or_else(String::new, clean), scope.unwrap_or_default(), left, open]
}

fn in_words(left: TimeDelta) -> String {
    match left {
        left if left <= TimeDelta::zero() => "over".into(),
        left if left >= DAYS => format!("{} days", left.num_days()),
        left => spoken(left),
    }
}

/// Why a service's reviews are not listed. What was never asked for is said where it alone is looked at.
fn shortfall(waiting: &Waiting, alone: bool) -> Option<String> {
    let problem = waiting.found.as_ref().err()?;
    let what = match waiting.service {
        Resource::Graph => "Reviews of directory roles and groups",
        Resource::Arm => "Reviews of Azure roles",
    };
    unlisted(what, "azure", problem, alone)
}

async fn show(session: &mut Session, name: &str, kind: Option<args::Kind>, json: bool) -> Result<(), Failed> {
    let kinds = args::Kind::or_all(kind);
    let (office, view) = session.office(&kinds).await?;
    let waiting = read(&office, &kinds, true, ACCESS_REVIEWS).await?;
    let row = choose(&waiting, name, true)?;
    let items = row.items.as_ref().map_err(|problem| Failed::from(problem.clone()))?;
    let activations = office.last_activations(&row.review, items).await;
    let now = office.now();
    if json {
        let people = items.iter().map(|item| PersonRow::of(item, &activations)).collect();
        return Ok(output::json(&Shown { account: output::account(&view), now, review: Row::of(row, now), people })?);
    }
    introduce(row, now);
    let lines: Vec<[String; 8]> = items
        .iter()
        .map(|item| {
            let at = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, |at| moment(at, now));
            [
                called(&item.person),
                item.recommendation.as_ref().map_or_else(String::new, word),
                at(item.last_sign_in),
                at(last_activation(item, &activations)),
                decision(item),
                item.by.as_ref().map_or_else(String::new, called),
                at(item.at),
                item.justification.as_deref().map_or_else(String::new, clean),
            ]
        })
        .collect();
    if lines.is_empty() {
        say!("Nobody is looked at in it.");
        return Ok(());
    }
    let head = ["Who", "Recommended", "Last sign-in", "Last activation", "Decision", "By", "At", "Reason"];
    Ok(table(head, &lines)?)
}

/// What a review is about.
fn introduce(row: &Reviewed, now: DateTime<Utc>) {
    let review = &row.review;
    say!("{}", clean(&review.name));
    if let Some(description) = &review.description {
        say!("{}", clean(description));
    }
    let mut facts = Vec::new();
    if let Some(resource) = row.resource() {
        let scope = review.scope.as_deref().map(|scope| format!(" at {}", clean(scope))).unwrap_or_default();
        facts.push(format!("It is about {}{scope}.", clean(resource)));
    }
    match (review.is_open(), review.end) {
        (true, Some(end)) => {
            let left = review.left(now).map(in_words).unwrap_or_default();
            facts.push(format!("Decide until {} ({left}).", moment(end, now)));
        }
        (true, None) => {}
        (false, _) => facts.push(format!("Nobody decides in it now ({}).", clean(&review.status))),
    }
    if review.is_open() && review.reason_to_approve {
        facts.push("Approving takes a reason.".into());
    }
    if review.is_open() && review.applies_itself {
        facts.push("What is decided is applied by itself at the end.".into());
    }
    if let Some(by) = &review.created_by {
        facts.push(format!("{} set it up.", called(by)));
    }
    say!("{}\n", facts.join(" "));
}

fn opinion(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Approve => "approve",
        Opinion::Deny => "deny",
        Opinion::DontKnow => "don't know",
    }
}

fn word(decision: &ReviewDecision) -> String {
    match decision {
        ReviewDecision::NotReviewed => String::new(),
        ReviewDecision::Decided(said) => opinion(*said).to_owned(),
        ReviewDecision::Other(word) => clean(word),
    }
}

fn decision(item: &ReviewItem) -> String {
    let word = word(&item.decision);
    match &item.applied {
        Some(applied) => format!("{word} ({})", clean(applied)),
        None => word,
    }
}

/// What a review is called by.
type Called<'a> = fn(&'a Reviewed) -> Option<&'a str>;

/// The one review that `name` means: by its own name, or by that of what it reviews. Those that wait come first; `ended` ones
/// are looked at where none of them is called so.
fn choose<'a>(waiting: &'a [Waiting], name: &str, ended: bool) -> Result<&'a Reviewed, Failed> {
    let rows = all(waiting);
    let by = |open: bool, called: Called<'a>| -> Vec<Choice<&'a Reviewed>> {
        let rows = rows.iter().filter(|row| row.review.is_open() == open);
        let choice = |row: &&'a Reviewed| {
            // Tells instances of one name apart.
            let end = row.review.end.map(|end| format!("until {}", end.format("%Y-%m-%d")));
            Some(Choice { id: row.review.id().to_owned(), name: called(row)?.to_owned(), scope: end, what: *row })
        };
        rows.filter_map(choice).collect()
    };
    let own = |row: &'a Reviewed| Some(row.review.name.as_str());
    let places: [(bool, Called<'a>); 4] =
        [(true, own), (true, Reviewed::resource), (false, own), (false, Reviewed::resource)];
    for (open, called) in places.into_iter().filter(|(open, _)| *open || ended) {
        match find(&by(open, called), name, None) {
            Ok(choice) => return Ok(choice.what),
            Err(Mismatch::Unknown { .. }) => {}
            Err(Mismatch::Ambiguous { candidates, .. }) => {
                return Err(ambiguous("review", name, &candidates));
            }
        }
    }
    // Perhaps it is among what could not be read.
    let unread = waiting.iter().filter_map(|waiting| waiting.found.as_ref().err());
    let mut failed = unread.filter(|problem| Standing::after(Some(problem)) != Standing::NotAsked);
    Err(failed.next().map_or_else(
        || {
            let which = if ended { "No access review of yours" } else { "No access review that waits for you" };
            let said = format!("{which} matches \"{}\". `pim reviews` shows those that wait.", clean(name));
            Failed::new(Exit::NoSuchRole, "unknown-review", said)
        },
        |problem| problem.clone().into(),
    ))
}

fn ambiguous(what: &str, name: &str, candidates: &[String]) -> Failed {
    let all: Vec<String> = candidates.iter().map(|name| clean(name)).collect();
    let said = format!("\"{}\" could mean {}. Write more of the name, or the id.", clean(name), all.join(", "));
    Failed::new(Exit::NoSuchRole, &format!("ambiguous-{what}"), said)
}

//! `pim audit`: what was done to whose roles, shown as it arrives, or downloaded.

use std::{io::IsTerminal, path::Path};

use chrono::{DateTime, Local, Utc};
use pim::{
    cloud::AUDIT_LOG,
    failure::Failure,
    history::Names,
    manage::{
        Office,
        audit::{self, Begun, Export, Format, Manifest, Matcher, Page, Pages, Query},
    },
    model::{Actor, AuditRecord, Kind, RoleKey, Target},
    problem::Problem,
    view::{Account, View},
};
use serde::Serialize;

use crate::{
    args::{Audit, AuditResult},
    failed::{Exit, Failed},
    moments::Moment,
    output::{self, clean},
    session::Session,
};

/// The service's word for an account whose roles may not read the log.
const NO_ROLE: &str = "Authentication_RequestFromUnsupportedUserRole";

/// `pim audit`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    account: Option<&'a Account>,
    records: &'a [AuditRecord],
    read: u64,
    unreadable: u64,
    more: bool,
}

/// `pim audit --export`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported<'a> {
    account: Option<&'a Account>,
    export: &'a Manifest,
}

/// Where records come from.
enum Source {
    /// The tenant's log.
    Log(Box<Pages>),
    /// One's own requests, all at once.
    Own(Option<Page>),
}

impl Source {
    async fn next(&mut self, office: &Office) -> Result<Option<Page>, Failed> {
        match self {
            Self::Own(page) => Ok(page.take()),
            Self::Log(pages) => pages.next(pause).await.map_err(|failure| unread(office, &failure)),
        }
    }
}

/// Shows the history, newest first, or downloads it.
pub async fn audit(session: &mut Session, options: &Audit, json: bool) -> Result<(), Failed> {
    let export = match &options.export {
        Some(file) => Some((file.as_path(), Format::of(file).ok_or_else(unknown_format)?)),
        None => None,
    };
    let view = if options.mine { session.listed_so_far().await? } else { session.signed_in().await? };
    let (office, _) = session.office(&[]).await?;
    let query = query(options, office.now())?;
    match export {
        Some((file, format)) => download(&office, &view, file, format, query, &asked(options), json).await,
        None => show(&office, &view, query, options.limit, json).await,
    }
}

fn unknown_format() -> Failed {
    Failed::new(
        Exit::Usage,
        "export",
        "The file's name must end in .csv, .jsonl or .ndjson: that decides what is written.",
    )
}

fn query(options: &Audit, now: DateTime<Utc>) -> Result<Query, Failed> {
    let moment = |moment: &Option<Moment>, end| match moment {
        None => Ok(None),
        Some(moment) => moment.instant(now, &Local, end).map(Some).ok_or_else(|| {
            Failed::new(Exit::Usage, "moment", format!("No clock here ever shows {}.", clean(&moment.text)))
        }),
    };
    let (from, to) = (moment(&options.from, false)?, moment(&options.to, true)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Failed::new(Exit::Usage, "moment", "--from is later than --to."));
    }
    let Audit { person, role, action, result, words, mine, .. } = options;
    let result = result.map(|result| result.word().to_owned());
    let (person, role, action, words) = (person.clone(), role.clone(), action.clone(), words.clone());
    Ok(Query { from, to, person, role, action, result, words, mine: *mine })
}

/// The question as it was typed, by which an interrupted download is known again.
fn asked(options: &Audit) -> String {
    let Audit { words, from, to, person, role, action, result, mine, .. } = options;
    let text = |moment: &Option<Moment>| moment.as_ref().map(|moment| moment.text.clone());
    let result = result.map(AuditResult::word);
    serde_json::json!([words, text(from), text(to), person, role, action, result, mine]).to_string()
}

async fn open(office: &Office, view: &View, query: &Query, first: Option<usize>) -> Result<Source, Failed> {
    if query.mine {
        return Ok(Source::Own(Some(own(office, view).await?)));
    }
    office.permit(AUDIT_LOG).await?;
    Ok(Source::Log(Box::new(office.sources().audit(query.from, query.to, first))))
}

/// One's own requests of all kinds that are asked for.
async fn own(office: &Office, view: &View) -> Result<Page, Failed> {
    let identity = office.identity();
    let actor = Actor {
        id: Some(office.own_id().to_owned()),
        name: Some(identity.name.clone()),
        username: Some(identity.username.clone()),
        app: false,
    };
    let mut page = Page::default();
    let mut problem = None;
    for kind in Kind::ALL.into_iter().filter(|kind| office.asks_for(*kind)) {
        match office.sources().requests(kind).await {
            Ok(requests) => page.records.extend(audit::own(&requests, &actor, |key| names(view, key))),
            Err(failure) => problem = Some((kind, failure.problem().clone())),
        }
    }
    if let Some((kind, problem)) = problem {
        if page.records.is_empty() {
            return Err(problem.into());
        }
        eprintln!("pim: Without those of one kind ({kind:?}): {}", clean(&problem.message));
    }
    page.records.sort_by_key(|record| std::cmp::Reverse(record.at));
    Ok(page)
}

fn names(view: &View, key: &RoleKey) -> Names {
    let id = key.id();
    let row = view.eligible.iter().find(|row| row.id == id);
    row.map_or_else(Names::default, |row| Names { role: Some(row.name.clone()), scope: row.scope.clone() })
}

async fn show(office: &Office, view: &View, query: Query, limit: usize, json: bool) -> Result<(), Failed> {
    let matcher = query.matcher();
    let first = query.takes_all().then_some(limit.saturating_add(1));
    let mut source = open(office, view, &query, first).await?;
    let mut shown = Listing { records: Vec::new(), count: 0, read: 0, unreadable: 0, more: false };
    while !shown.more
        && let Some(page) = source.next(office).await?
    {
        shown.take(page, &matcher, limit, json);
    }
    if json {
        return Ok(output::json(&Shown {
            account: output::account(view),
            records: &shown.records,
            read: shown.read,
            unreadable: shown.unreadable,
            more: shown.more,
        })?);
    }
    if shown.count == 0 {
        say!("There is nothing in the history{}.", if query.takes_all() { "" } else { " that you ask for" });
    }
    if shown.more {
        say!("\nThere are older ones: --limit, or --export FILE for all of them.");
    }
    warn(shown.unreadable);
    Ok(())
}

/// What is shown so far. Lines are printed as their page arrives and not kept.
struct Listing {
    records: Vec<AuditRecord>,
    count: usize,
    read: u64,
    unreadable: u64,
    more: bool,
}

impl Listing {
    fn take(&mut self, page: Page, matcher: &Matcher, limit: usize, json: bool) {
        self.unreadable += page.unreadable;
        for record in page.records {
            self.read += 1;
            if !matcher.matches(&record) {
                continue;
            }
            if self.count == limit {
                self.more = true;
                return;
            }
            self.count += 1;
            if json {
                self.records.push(record);
            } else {
                say!("{}", line(&record));
            }
        }
    }
}

fn line(record: &AuditRecord) -> String {
    let at = record.at.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S");
    let name = |target: &Target| target.named().map(str::to_owned);
    let by = record.by.named().map_or("nobody".into(), clean);
    let mut line = format!("{at}  {by:<24}  {}", clean(&record.activity));
    let mut add = |before: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            line.push_str(before);
            line.push_str(&clean(&text));
        }
    };
    add(" · ", record.role.as_ref().and_then(name));
    add(" · for ", record.subject.as_ref().and_then(name).filter(|subject| Some(subject) != record.by.name.as_ref()));
    add(" · at ", record.scope.as_ref().and_then(name));
    add(" · ", (record.result.word() != "success").then(|| record.result.word().to_owned()));
    add(": ", record.reason.clone());
    line
}

async fn download(
    office: &Office,
    view: &View,
    file: &Path,
    format: Format,
    query: Query,
    asked: &str,
    json: bool,
) -> Result<(), Failed> {
    let begun = Export::begin(file, format, query, asked, &office.identity().id(), office.now()).map_err(not_begun)?;
    let manifest = match begun {
        Begun::Finished(manifest) => *manifest,
        Begun::Open(export) => fill(office, view, *export).await?,
    };
    if json {
        return Ok(output::json(&Exported { account: output::account(view), export: &manifest })?);
    }
    let Manifest { count, read, sha256, .. } = &manifest;
    say!("{count} of {read} records were written to {}.", file.display());
    say!("SHA-256 {sha256}, as in {}.", audit::beside(file, ".manifest.json").display());
    warn(manifest.unreadable);
    Ok(())
}

async fn fill(office: &Office, view: &View, mut export: Export) -> Result<Manifest, Failed> {
    for aside in &export.aside {
        eprintln!("pim: What an earlier run had left could not be used. It was kept as {}.", aside.display());
    }
    if export.read() > 0 && !export.is_complete() {
        eprintln!("pim: An earlier run had read {} records; this one goes on.", export.read());
    }
    if !export.is_complete() {
        let watched = std::io::stderr().is_terminal();
        let mut source = open(office, view, &export.query(), None).await?;
        while let Some(page) = source.next(office).await.map_err(kept)? {
            export.take(&page).map_err(|error| kept(error.into()))?;
            if let Some(reached) = export.reached().filter(|_| watched) {
                let reached = reached.with_timezone(&Local).format("%Y-%m-%d %H:%M");
                eprint!("\r{} records, back to {reached} ", export.count());
            }
        }
        if watched {
            eprintln!();
        }
    }
    export.finish(office.now()).map_err(|failed| kept(not_begun(failed)))
}

/// An interruption loses nothing.
fn kept(mut failed: Failed) -> Failed {
    failed.problem.message.push_str(" What has arrived is kept: the same command goes on with it.");
    failed
}

fn not_begun(failed: audit::Failed) -> Failed {
    match failed {
        audit::Failed::Disk(error) => {
            Failed::new(Exit::Refused, "export", format!("The file could not be written: {error}."))
        }
        failed => Failed::new(Exit::Usage, "export", format!("{failed}.")),
    }
}

/// Why the log cannot be read, and what helps.
fn unread(office: &Office, failure: &Failure) -> Failed {
    let problem = office.explained(AUDIT_LOG, failure.problem().clone());
    let more = if problem.code.eq_ignore_ascii_case(NO_ROLE) {
        " `pim need microsoft.directory/auditLogs/allProperties/read` says which role does, `pim audit --mine` shows your own \
         requests."
    } else {
        ""
    };
    Failed::from(Problem { message: format!("{}{more}", problem.message), ..problem })
}

fn pause(until: DateTime<Utc>) {
    eprintln!("pim: The service asks for a pause until {}.", until.with_timezone(&Local).format("%H:%M:%S"));
}

fn warn(unreadable: u64) {
    if unreadable > 0 {
        eprintln!("pim: {unreadable} records could not be read by this version and are left out.");
    }
}

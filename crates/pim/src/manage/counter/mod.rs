//! Where the Manage window's questions are answered, one after the other. What was told last is remembered, so that the window
//! names what it means by ids. What people write themselves (names to look for, a scope's path, a file of policies) is checked
//! for what it can be before any of it becomes part of a request.

mod activations;
mod alerts;
mod approvals;
mod assignments;
mod audit;
mod changes;
mod download;
mod giving;
mod need;
mod places;
mod policies;
mod reviews;
mod standing;

use std::path::PathBuf;

use self::{download::Download, giving::Givable, need::Known, policies::Compared};
use super::{
    Office,
    approvals::PendingApproval,
    audit::{Pages, Unfinished},
    download::directory,
    reviews::Reviewed,
    standing::Replacement,
};
use crate::{
    codes,
    model::{Alert, Holding, Principal, Scope},
    paths::Paths,
    problem::{Problem, Remedy},
    view::{Ask, Told},
};

const LONGEST: usize = 500;

/// What somebody chose is not among what was told last.
const NOT_TOLD: &str = "not-told";

/// A counter: what was told there last. A new one for each account, since none knows of another.
#[derive(Debug, Default)]
pub struct Counter {
    waiting: Vec<PendingApproval>,
    held: Vec<Holding>,
    proposed: Vec<Replacement>,
    alerts: Vec<Alert>,
    reviewed: Vec<Reviewed>,
    log: Option<Pages>,
    download: Option<Download>,
    unfinished: Vec<Unfinished>,
    givable: Vec<Givable>,
    people: Vec<Principal>,
    scopes: Vec<Scope>,
    governed: Vec<Givable>,
    compared: Vec<Compared>,
    known: Option<Known>,
    /// Where the account's lists are kept; `None`: where the application keeps them.
    paths: Option<Paths>,
    /// Where files are written; `None`: to the user's folder for downloads.
    folder: Option<PathBuf>,
}

impl Counter {
    /// One whose files are written to this folder instead of the user's folder for downloads.
    pub fn writing_to(folder: PathBuf) -> Self {
        Self { folder: Some(folder), ..Self::default() }
    }

    /// One that finds the account's lists in these places, and writes files to their folder for downloads.
    pub fn within(paths: Paths) -> Self {
        Self { folder: paths.downloads(), paths: Some(paths), ..Self::default() }
    }

    /// Where files are written.
    fn folder(&self) -> Result<PathBuf, Problem> {
        let none = || ours("no-folder", say!("no-downloads-folder"), Remedy::None);
        self.folder.clone().or_else(directory).ok_or_else(none)
    }

    /// Answers a question with an account's session.
    pub async fn answer(&mut self, office: &Office, ask: Ask) -> Told {
        // Boxed: every way of answering is a large future.
        Box::pin(self.look(office, ask)).await.unwrap_or_else(|problem| Told::Failed { problem })
    }

    async fn look(&mut self, office: &Office, ask: Ask) -> Result<Told, Problem> {
        match ask {
            Ask::Approvals => Ok(self.approvals(office).await),
            Ask::Decide { ids, approve, reason } => self.decide(office, &ids, approve, &reason).await,
            Ask::Assignments => Ok(self.assignments(office).await),
            Ask::Standing { days, allow } => Ok(Box::pin(self.standing(office, days, allow)).await),
            Ask::Alerts { allow } => Ok(self.alerts(office, allow).await),
            Ask::Dismiss { ids } => self.dismiss(office, &ids).await,
            Ask::LookAgain { id } => self.look_again(office, id.as_deref()).await,
            Ask::Reviews { allow } => Ok(self.reviews(office, allow).await),
            Ask::Review { ids, verdict, reason } => self.review(office, &ids, verdict, &reason).await,
            Ask::Audit { allow } => Ok(self.audit(office, allow).await),
            Ask::AuditFurther => Ok(self.audit_further(office).await),
            Ask::Download { span, format } => self.download(office, span, format).await,
            Ask::DownloadFurther => self.download_further(office).await,
            Ask::Unfinished => self.unfinished(office).await,
            Ask::ResumeDownload { id } => self.resume_download(office, &id).await,
            Ask::Activations { roles, allow } => Ok(self.activations(office, &roles, allow).await),
            // The user's settings and the flyout are those of whoever runs the window.
            Ask::Watch { .. } | Ask::OpenForm { .. } => Err(not_told()),
            Ask::Need { text, allow } => self.need(office, &text, allow).await,
            Ask::Givable => Ok(self.givable(office).await),
            Ask::FindPeople { who, text } => self.find_people(office, who, &text).await,
            Ask::FindUnits { role, text } => self.find_units(office, &role, &text).await,
            Ask::FindGroups { text } => self.find_groups(office, &text).await,
            Ask::Scopes { below } => self.scopes(office, below.as_deref()).await,
            Ask::WriteScope { path } => self.write_scope(office, &path),
            Ask::RolesAt { scope } => self.roles_at(office, &scope).await,
            Ask::Policies => Ok(self.policies(office).await),
            Ask::Policy { role } => self.policy(office, &role).await,
            Ask::ComparePolicies { wanted } => self.compare_policies(office, &wanted).await,
            Ask::ApplyPolicies { ids } => self.apply_policies(office, &ids).await,
            Ask::ExportPolicies { ids } => self.export_policies(office, &ids).await,
            Ask::Plan { change } => self.plan(office, &change).await,
            Ask::Rehearse { change } => self.rehearse(office, &change).await,
            Ask::Change { change } => self.change(office, &change).await,
        }
    }
}

/// Those with these ids, each once; one that was not told is none.
fn picked<T: Clone>(all: &[T], ids: &[String], id: impl Fn(&T) -> String) -> Result<Vec<T>, Problem> {
    let mut chosen: Vec<T> = Vec::new();
    for wanted in ids {
        let found = all.iter().find(|each| id(each) == *wanted).ok_or_else(not_told)?;
        if !chosen.iter().any(|known| id(known) == *wanted) {
            chosen.push(found.clone());
        }
    }
    if chosen.is_empty() { Err(not_told()) } else { Ok(chosen) }
}

fn not_told() -> Problem {
    ours(NOT_TOLD, say!("not-listed-any-more"), Remedy::Refresh)
}

fn ours(code: &str, message: String, remedy: Remedy) -> Problem {
    Problem { code: code.into(), message, remedy, correlation_id: None, detail: None }
}

fn shown(text: &str) -> Option<String> {
    Some(codes::clean(text, LONGEST)).filter(|text| !text.is_empty())
}

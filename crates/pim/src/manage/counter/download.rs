//! The audit history as a file, a page with each question: no other question waits for all of it, and it is stopped by asking
//! no further.

use std::io;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Counter, LONGEST, ours, picked};
use crate::{
    cloud::AUDIT_LOG,
    codes,
    manage::{
        Office,
        audit::{self, Begun, Export, Failed, Format, Manifest, Pages, Query, Unfinished},
    },
    problem::{Problem, Remedy},
    view::{AuditSpan, DownloadState, Told, UnfinishedRow},
};

/// How the names of the files begin.
const STEM: &str = "pimento-audit";

/// A download that is under way. Dropped, it can be taken up again.
#[derive(Debug)]
pub(super) struct Download {
    export: Export,
    pages: Pages,
}

impl Counter {
    /// Stops what is under way, and tells what can be gone on with.
    pub(super) async fn unfinished(&mut self, office: &Office) -> Result<Told, Problem> {
        self.download = None;
        let (folder, account) = (self.folder()?, office.identity().id());
        let found = on_disk(move || Ok(audit::unfinished(&folder, STEM, &account)?)).await?;
        // What somebody began on the command line is gone on with there.
        self.unfinished = found.into_iter().filter(|each| AuditSpan::of(&each.asked).is_some()).collect();
        let rows = self.unfinished.iter().filter_map(|each| {
            Some(UnfinishedRow {
                id: unfinished_id(each),
                span: AuditSpan::of(&each.asked)?,
                format: each.format,
                begun: each.begun,
                count: each.count,
                reached: each.reached,
            })
        });
        Ok(Told::Unfinished { rows: rows.collect() })
    }

    /// Begins a new file. Nothing is asked of the service yet.
    pub(super) async fn download(&mut self, office: &Office, span: AuditSpan, format: Format) -> Result<Told, Problem> {
        self.download = None;
        let (folder, account, now) = (self.folder()?, office.identity().id(), office.now());
        let stem = format!("{STEM}-{}", now.format("%Y-%m-%d"));
        let begin = move || audit::begin_in(&folder, &stem, format, &span.query(now), span.asked(), &account, now);
        let export = on_disk(begin).await?;
        Ok(self.begun(office, *export))
    }

    /// Goes on with one that has not come to its end.
    pub(super) async fn resume_download(&mut self, office: &Office, id: &str) -> Result<Told, Problem> {
        self.download = None;
        let Unfinished { file, asked, format, .. } =
            picked(&self.unfinished, &[id.to_owned()], unfinished_id)?.remove(0);
        let (account, now) = (office.identity().id(), office.now());
        // Where what is there cannot be used, the same is asked anew.
        let query = AuditSpan::of(&asked).unwrap_or(AuditSpan::Everything).query(now);
        let path = file.clone();
        match on_disk(move || Export::begin(&path, format, query, &asked, &account, now)).await? {
            Begun::Open(export) => Ok(self.begun(office, *export)),
            Begun::Finished(manifest) => Ok(finished(&file.display().to_string(), *manifest)),
        }
    }

    fn begun(&mut self, office: &Office, export: Export) -> Told {
        let Query { from, to, .. } = export.query();
        let told = under_way(&export, None);
        self.download = Some(Download { export, pages: office.sources().audit(from, to, None) });
        told
    }

    /// Writes the next page; after the last one the file is finished. What fails on the way has stopped, and what has arrived is
    /// kept.
    pub(super) async fn download_further(&mut self, office: &Office) -> Result<Told, Problem> {
        let Some(Download { mut export, mut pages }) = self.download.take() else {
            return Err(ours("no-download", say!("nothing-downloaded"), Remedy::None));
        };
        let page = if export.is_complete() { Ok(None) } else { pages.next_at_once().await };
        match page {
            Ok(Some(page)) => {
                let export = on_disk(move || export.take(&page).map(|()| export).map_err(Failed::Disk)).await?;
                let told = under_way(&export, None);
                self.download = Some(Download { export, pages });
                Ok(told)
            }
            Ok(None) => {
                let (file, now) = (export.file().display().to_string(), office.now());
                let manifest = on_disk(move || export.finish(now)).await?;
                Ok(finished(&file, manifest))
            }
            Err(failure) => {
                let pause = pages.pause(&failure);
                if pause.is_none() {
                    if export.count() == 0 && export.unreadable() == 0 {
                        // Nothing has arrived: there is nothing to go on with.
                        on_disk(move || export.discard().map_err(Failed::Disk)).await?;
                    }
                    return Err(office.explained(AUDIT_LOG, failure.problem().clone()));
                }
                let told = under_way(&export, pause);
                self.download = Some(Download { export, pages });
                Ok(told)
            }
        }
    }
}

/// Unique in the folder.
fn unfinished_id(one: &Unfinished) -> String {
    one.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn under_way(export: &Export, pause: Option<DateTime<Utc>>) -> Told {
    Told::Download {
        state: DownloadState {
            file: codes::clean(&export.file().display().to_string(), LONGEST),
            count: export.count(),
            unreadable: export.unreadable(),
            reached: export.reached(),
            pause,
            sha256: None,
        },
    }
}

fn finished(file: &str, manifest: Manifest) -> Told {
    let Manifest { count, unreadable, sha256, .. } = manifest;
    let (file, sha256) = (codes::clean(file, LONGEST), Some(sha256));
    Told::Download { state: DownloadState { file, count, unreadable, reached: None, pause: None, sha256 } }
}

/// Does it where waiting for the disk holds nobody up.
async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failed> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|ended| Err(io::Error::other(ended).into())).map_err(|failed| {
        let said = match failed {
            Failed::Disk(error) => say!("file-not-written", reason = error.to_string()),
            failed => say!("file-sentence", what = failed.to_string()),
        };
        ours("export", codes::clean(&said, LONGEST), Remedy::None)
    })
}

impl AuditSpan {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Everything];

    /// The question, by which a download is known again.
    fn asked(self) -> &'static str {
        match self {
            Self::Day => "window: day",
            Self::Week => "window: week",
            Self::Month => "window: month",
            Self::Everything => "window: everything",
        }
    }

    fn of(asked: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.asked() == asked)
    }

    fn query(self, now: DateTime<Utc>) -> Query {
        let days = match self {
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Everything => None,
        };
        Query { from: days.map(|days| now - TimeDelta::days(days)), ..Query::default() }
    }
}

//! The audit history.

use super::{Counter, LONGEST, shown};
use crate::{
    cloud::AUDIT_LOG,
    codes,
    manage::{Office, audit::Page},
    model::{AuditOutcome, AuditRecord, Target},
    view::{AuditRow, Told},
};

/// Records of the first page: enough for a look.
const FIRST: usize = 200;

impl Counter {
    pub(super) async fn audit(&mut self, office: &Office, allow: bool) -> Told {
        if allow {
            // Whoever says no is told what is missing.
            let _ = office.permit(AUDIT_LOG).await;
        }
        self.log = Some(office.sources().audit(None, None, Some(FIRST)));
        self.audit_further(office).await
    }

    /// The next page. One that fails is asked for again by the next question.
    pub(super) async fn audit_further(&mut self, office: &Office) -> Told {
        let Some(log) = &mut self.log else {
            return Told::Audit { rows: Vec::new(), more: false, unreadable: 0, refused: None, allowable: false };
        };
        // The pauses that the service wants are waited for.
        match log.next(|_| {}).await {
            Ok(page) => {
                let Page { records, unreadable } = page.unwrap_or_default();
                let rows = records.iter().map(AuditRow::of).collect();
                Told::Audit { rows, more: log.is_unfinished(), unreadable, refused: None, allowable: false }
            }
            Err(failure) => {
                let problem = office.explained(AUDIT_LOG, failure.problem().clone());
                let (more, allowable) = (log.is_unfinished(), codes::lacks_consent(&problem.code));
                Told::Audit { rows: Vec::new(), more, unreadable: 0, refused: Some(problem), allowable }
            }
        }
    }
}

impl AuditRow {
    fn of(record: &AuditRecord) -> Self {
        let by = record.by.named().and_then(shown);
        let of = |target: &Option<Target>| target.as_ref().and_then(Target::named).and_then(shown);
        Self {
            id: record.id.clone(),
            at: record.at,
            activity: codes::clean(&record.activity, LONGEST),
            failed: (record.result != AuditOutcome::Success).then(|| codes::clean(record.result.word(), LONGEST)),
            subject: of(&record.subject).filter(|subject| Some(subject) != by.as_ref()),
            by,
            role: of(&record.role),
            scope: of(&record.scope.clone().filter(|scope| !scope.is_directory())),
            reason: record.reason.as_deref().and_then(shown),
            ticket: record.ticket.as_deref().and_then(shown),
        }
    }
}

//! The tenants that an account is known in, as Azure Resource Manager tells them: asked for when somebody wants to know.

use super::{messages::Done, run::Agent};
use crate::{
    codes,
    failure::Failure,
    model::Tenant,
    problem::Problem,
    view::{TenantRow, Tenants},
};

/// A name of somebody else's choice is no longer than this.
const LONGEST: usize = 256;

impl Agent {
    /// Asks, without a browser: where Azure's token cannot be had in silence, that is the answer.
    pub(super) fn find_tenants(&mut self) {
        let Some(open) = self.open().cloned() else { return };
        let tenants = self.tenants.get_or_insert_with(nothing);
        if !std::mem::replace(&mut tenants.loading, true) {
            self.spawn(async move { Done::Tenants(open.roles.azure.tenants().await) });
        }
    }

    pub(super) fn tenants_found(&mut self, result: Result<Vec<Tenant>, Failure>) {
        let before = self.tenants.take().unwrap_or_else(nothing);
        match result {
            Ok(found) => {
                let unnamed = self.open().filter(|open| open.tenant.is_none());
                let name = unnamed.and_then(|open| open.named_among(&found));
                self.named(name);
                self.tenants = Some(Tenants { rows: rows(found), ..nothing() });
            }
            Err(Failure::SignedOut(problem)) => self.end_session(Some(problem)),
            // What was known stays.
            Err(failure) => {
                self.tenants = Some(Tenants { loading: false, problem: Some(explained(&failure)), ..before });
            }
        }
    }
}

fn nothing() -> Tenants {
    Tenants { loading: false, problem: None, rows: Vec::new() }
}

fn rows(found: Vec<Tenant>) -> Vec<TenantRow> {
    let shown = |text: Option<String>| text.map(|text| codes::clean(&text, LONGEST)).filter(|text| !text.is_empty());
    let row = |tenant: Tenant| {
        let domain = shown(tenant.default_domain);
        let name = shown(tenant.name).or_else(|| domain.clone()).unwrap_or_else(|| codes::clean(&tenant.id, LONGEST));
        TenantRow { id: tenant.id.to_ascii_lowercase(), name, domain, account: None }
    };
    let mut rows: Vec<_> = found.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id.clone()));
    rows
}

fn explained(failure: &Failure) -> Problem {
    let problem = failure.problem().clone();
    if codes::lacks_consent(&problem.code) {
        return Problem { message: say!("tenants-not-consented"), ..problem };
    }
    problem
}

//! `pim diagnostics`

use pim::diagnostics::{Report, Surroundings, Troubles};

use crate::{failed::Failed, output, session::Session};

/// Prints what somebody can hand to whoever helps them. Nobody need be signed in.
pub async fn diagnostics(session: &mut Session, names: bool, json: bool) -> Result<(), Failed> {
    session.known().await?;
    // What stands in the way of that is what is reported.
    let _ = session.listed_so_far().await;
    let view = session.view();
    let mut troubles = Troubles::default();
    troubles.see(&view);
    let around = Surroundings::look("pim", crate::build(), session.paths());
    let report = Report::new(&view, &troubles, &around, names);
    if json {
        return Ok(output::json(&report)?);
    }
    say!("{}", report.to_string().trim_end());
    Ok(())
}

//! `pim list` and `pim status`.

use crate::{
    args::Kind,
    failed::Failed,
    matching::{fold, title},
    output,
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

/// Shows what is active or on its way.
pub async fn status(session: &mut Session, json: bool) -> Result<(), Failed> {
    let view = session.listed_so_far().await?;
    if json {
        output::json(&output::Status::of(&view, |_| true))?;
    } else {
        output::status(&view, |_| true)?;
    }
    Ok(())
}

//! What went wrong lately: views only say what is wrong now. Pure.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};

use crate::{
    problem::Problem,
    view::{ExtensionState, ExtensionView, RowState, Session, View},
};

/// No more are remembered.
const MOST: usize = 20;

/// What went wrong lately, newest last. Nothing of it is written down.
#[derive(Clone, Debug, Default)]
pub struct Troubles {
    last: VecDeque<Trouble>,
    /// What the last view said: what it says again is no news.
    shown: Vec<(&'static str, Problem)>,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// When it was first shown.
    pub at: DateTime<Utc>,
    /// With what.
    pub about: &'static str,
    pub problem: Problem,
}

impl Troubles {
    /// Takes over what a view says that the one before did not.
    pub fn see(&mut self, view: &View) {
        let shown: Vec<_> = all(view).into_iter().map(|(about, problem)| (about, problem.clone())).collect();
        for (about, problem) in shown.iter().filter(|each| !self.shown.contains(each)) {
            if self.last.len() == MOST {
                self.last.pop_front();
            }
            self.last.push_back(Trouble { at: view.now, about, problem: problem.clone() });
        }
        self.shown = shown;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Trouble> {
        self.last.iter()
    }
}

/// Everything that a view says went wrong.
fn all<'a>(view: &'a View) -> Vec<(&'static str, &'a Problem)> {
    let mut found = Vec::new();
    let mut add = |about, problem: Option<&'a Problem>| found.extend(problem.map(|problem| (about, problem)));
    if let Session::SignedOut { reason } = &view.session {
        add("session", reason.as_ref());
    }
    add("sign-in", view.sign_in_end.as_ref().and_then(|end| end.problem.as_ref()));
    for row in &view.accounts {
        add("account", row.problem.as_ref());
    }
    add("tenants", view.tenants.as_ref().and_then(|tenants| tenants.problem.as_ref()));
    add("list", view.list.problem.as_ref());
    for source in &view.list.sources {
        add("list", source.problem.as_ref());
        add("list", source.partial.as_ref());
    }
    for row in view.active.iter().chain(view.accounts.iter().flat_map(|row| &row.active)) {
        if let RowState::Failed { problem } = &row.state {
            add("activation", Some(problem));
        }
        add("active role", row.problem.as_ref());
        add("extension", extension(row.extension.as_ref()));
        if let Some(RowState::Failed { problem }) = row.renewal.as_ref().and_then(|renewal| renewal.pending.as_ref()) {
            add("renewal", Some(problem));
        }
    }
    for row in &view.eligible {
        add("eligible role", row.problem.as_ref());
        add("extension", extension(row.extension.as_ref()));
    }
    add("bundle", view.bundle_problem.as_ref());
    add("history", view.history.as_ref().and_then(|history| history.problem.as_ref()));
    found
}

fn extension(view: Option<&ExtensionView>) -> Option<&Problem> {
    match &view?.state {
        ExtensionState::Failed { problem } => Some(problem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Remedy;

    fn view(second: u32, codes: &[&str]) -> View {
        let now = format!("2026-11-23T12:00:{second:02}Z").parse().unwrap();
        let problem = |code: &&str| Problem {
            code: (*code).to_owned(),
            message: "It did not work.".into(),
            remedy: Remedy::None,
            correlation_id: None,
            detail: None,
        };
        let mut view = View::empty(now);
        view.list.problem = codes.first().map(problem);
        view.bundle_problem = codes.get(1).map(problem);
        view
    }

    fn seen(troubles: &Troubles) -> Vec<(String, &'static str, String)> {
        let told = |each: &Trouble| (each.at.format("%S").to_string(), each.about, each.problem.code.clone());
        troubles.iter().map(told).collect()
    }

    #[test]
    fn each_is_remembered_once_with_the_time_at_which_it_was_first_shown() {
        let mut troubles = Troubles::default();
        for (second, codes) in [
            (0, &[][..]),
            (1, &["network"]),
            (2, &["network"]),
            (3, &["network", "bundle"]),
            (4, &[]),
            (5, &["network"]),
        ] {
            troubles.see(&view(second, codes));
        }
        let expected = [("01", "list", "network"), ("03", "bundle", "bundle"), ("05", "list", "network")];
        assert_eq!(seen(&troubles), expected.map(|(at, about, code)| (at.to_owned(), about, code.to_owned())));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut troubles = Troubles::default();
        for second in 0..50 {
            troubles.see(&view(second, &[&format!("code-{second}")]));
        }
        assert_eq!(seen(&troubles).len(), MOST);
        assert_eq!(seen(&troubles).last().map(|last| last.2.clone()), Some("code-49".to_owned()));
    }
}

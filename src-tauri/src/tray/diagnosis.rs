//! The report that somebody can hand to whoever helps them.

use std::sync::Arc;

use pim::{
    diagnostics::{Report, Surroundings, Troubles},
    paths::Paths,
    view::{Notice, View},
};

/// What a report is made of, as far as it has to be remembered.
#[derive(Debug)]
pub struct Diagnosis {
    paths: Paths,
    troubles: Troubles,
}

impl Diagnosis {
    /// With the files that lie there.
    pub fn new(paths: Paths) -> Self {
        Self { paths, troubles: Troubles::default() }
    }

    /// Remembers what has gone wrong.
    pub fn see(&mut self, view: &View) {
        self.troubles.see(view);
    }

    /// Makes a report, beside the tray's loop: files are read for it.
    pub fn make(
        &self,
        view: &Arc<View>,
        notices: Vec<Notice>,
        names: bool,
        tell: impl FnOnce(String) + Send + 'static,
    ) {
        let (paths, troubles) = (self.paths.clone(), self.troubles.clone());
        let mut view = View::clone(view);
        view.notices.extend(notices);
        tokio::task::spawn_blocking(move || {
            let around = Surroundings::look("pimento", crate::build(), &paths);
            tell(Report::new(&view, &troubles, &around, names).to_string());
        });
    }
}

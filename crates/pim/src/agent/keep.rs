//! What outlasts a run: who is signed in, what was listed, bundles in a file of the user's.

use std::{io, path::PathBuf};

use super::{
    messages::Done,
    run::{Agent, Session},
};
use crate::{
    elevation::Elevation,
    export,
    saved::{Change, SavedView},
    view::{Notice, Severity},
};

impl Agent {
    /// Writes down who is signed in, as it is shown.
    pub(super) fn keep_session(&mut self) {
        if let Session::SignedIn(open) = &self.session {
            let saved = open.saved();
            self.account = saved.account.clone();
            self.disk.accounts(Change::Keep(Box::new(saved)));
        }
    }

    /// Whether each kind's lists are being read.
    pub(super) fn loading(&self) -> Vec<bool> {
        let list = self.machine.as_ref().map(Elevation::list);
        list.into_iter().flat_map(|list| list.sources).map(|source| source.loading).collect()
    }

    pub(super) fn save_view(&self) {
        let Some(machine) = &self.machine else { return };
        let known = machine.known();
        if known.as_of.is_some() && self.open().is_some() {
            let clock_offset = self.clock.offset().num_milliseconds();
            self.disk.view(SavedView { account: self.account.id.clone(), clock_offset, known });
        }
    }

    pub(super) fn export_bundles(&mut self, names: &[String]) {
        let (Some(machine), Some(folder)) = (&self.machine, self.downloads.clone()) else { return };
        let bundles = machine.bundles(names);
        self.spawn(async move {
            let written = tokio::task::spawn_blocking(move || export::export(&bundles, &folder)).await;
            Done::Exported(written.unwrap_or_else(|error| Err(io::Error::other(error))))
        });
    }

    pub(super) fn exported(&mut self, result: io::Result<PathBuf>) {
        self.notices.retain(|notice| notice.id != "export");
        let id = "export".to_owned();
        self.notices.push(match result {
            Ok(file) => {
                let message = say!("bundles-exported", file = file.display().to_string());
                Notice { id, severity: Severity::Info, message, detail: None }
            }
            Err(error) => {
                let message = say!("bundles-not-exported");
                Notice { id, severity: Severity::Warning, message, detail: Some(error.to_string()) }
            }
        });
    }
}

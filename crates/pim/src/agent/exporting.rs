//! Bundles, written to a file in the user's folder for downloads.

use std::{io, path::PathBuf};

use super::run::{Agent, Done};
use crate::{
    export,
    view::{Notice, Severity},
};

impl Agent {
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
                let message = format!("The bundles were written to {}.", file.display());
                Notice { id, severity: Severity::Info, message, detail: None }
            }
            Err(error) => {
                let message = "The bundles could not be written to your folder for downloads.".to_owned();
                Notice { id, severity: Severity::Warning, message, detail: Some(error.to_string()) }
            }
        });
    }
}

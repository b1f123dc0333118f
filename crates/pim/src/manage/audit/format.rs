//! What kinds of files the history is downloaded to.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::csv;
use crate::model::AuditRecord;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export, rename = "AuditFormat"))]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Comma-separated values, for a spreadsheet.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

impl Format {
    /// By the end of the file's name: `.csv`, `.jsonl` or `.ndjson`.
    pub fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// What the name of such a file ends in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// Its beginning.
    pub(super) fn head(self) -> String {
        match self {
            Self::Csv => csv::head(),
            Self::JsonLines => String::new(),
        }
    }

    /// A record of it.
    pub(super) fn line(self, record: &AuditRecord) -> String {
        match self {
            Self::Csv => csv::csv(record),
            Self::JsonLines => csv::json(record),
        }
    }
}

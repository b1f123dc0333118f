//! Every answer of Microsoft Graph and Azure Resource Manager that a tenant gave is held against Microsoft's contract.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use tenant::{contract, graph::Observation};

/// A line of `pim tenant --record`.
#[derive(Deserialize)]
struct Line {
    version: String,
    method: String,
    target: String,
    status: u16,
    body: Option<Value>,
}

impl Line {
    fn observation(self) -> Result<Observation> {
        Ok(Observation {
            version: match self.version.as_str() {
                "beta" => "beta",
                tenant::arm::VERSION => tenant::arm::VERSION,
                _ => "v1.0",
            },
            method: Method::from_bytes(self.method.as_bytes())?,
            target: self.target,
            status: StatusCode::from_u16(self.status)?,
            body: self.body,
        })
    }
}

/// What is wrong with the answers in a record.
pub fn complaints(record: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(record).with_context(|| record.display().to_string())?;
    ensure!(text.is_empty() || text.ends_with('\n'), "the record ends in the middle of a line");
    let mut complaints = Vec::new();
    for line in text.lines() {
        let line: Line = serde_json::from_str(line).with_context(|| format!("not a line of a record: {line}"))?;
        complaints.extend(contract::check(&line.observation()?));
    }
    Ok(complaints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_property_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let record = folder.path().join("answers.jsonl");
        let line = |name: &str| {
            let body = serde_json::json!({ "value": [{ name: "1" }] });
            let target = "roleManagement/directory/roleDefinitions";
            serde_json::json!({ "version": "v1.0", "method": "GET", "target": target, "status": 200, "body": body })
        };
        fs::write(&record, format!("{}\n", line("id"))).expect("written");
        assert_eq!(complaints(&record).expect("read"), Vec::<String>::new());
        fs::write(&record, format!("{}\n{}\n", line("id"), line("idd"))).expect("written");
        assert!(!complaints(&record).expect("read").is_empty());
    }
}

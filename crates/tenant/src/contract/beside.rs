//! Microsoft's OpenAPI descriptions as they may lie beside the repository: a second opinion where they do.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The documents that describe Graph, by service. The first that has a path answers for it.
const DOCUMENTS: [(&str, &str); 7] = [
    ("graph/v1.0", "graph-v1.0-pim-roles.openapi.yaml"),
    ("graph/v1.0", "graph-v1.0-pim-policies.openapi.yaml"),
    ("graph/v1.0", "graph-v1.0-pim-groups.openapi.yaml"),
    ("graph/v1.0", "graph-v1.0-audit-directory.openapi.yaml"),
    ("graph/v1.0", "graph-v1.0-accessreviews.openapi.yaml"),
    ("graph/beta", "graph-beta-approvals.openapi.yaml"),
    ("graph/beta", "graph-beta-alerts.openapi.yaml"),
];

/// The folder: `PIMENTO_CONTRACTS`, or `../shared/api/contracts` beside the repository; nothing where there is none.
pub(super) fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("PIMENTO_CONTRACTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/api/contracts"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// All documents with their services.
///
/// # Panics
///
/// When one of them is missing or is no OpenAPI document.
pub(super) fn read(folder: &Path) -> Vec<(String, Value)> {
    let documents = DOCUMENTS.into_iter();
    documents.map(|(service, name)| (service.to_owned(), document(&folder.join(name)))).collect()
}

/// One document.
///
/// # Panics
///
/// When it is missing or cannot be read.
pub(super) fn document(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

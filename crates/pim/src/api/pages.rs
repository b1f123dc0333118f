//! Lists that come in pages.

use std::collections::HashSet;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::Client;
use crate::{cloud::Resource, codes, failure::Failure};

/// No list of one person's roles has more pages.
const MOST_PAGES: usize = 1000;

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    value: Vec<Value>,
    #[serde(default, rename = "@odata.nextLink")]
    next: Option<String>,
}

impl Client {
    /// All rows, page by page: the next page's address is opaque, and only the page before it knows it.
    ///
    /// A row that this version cannot read is left out rather than taking the whole list with it.
    pub(super) async fn pages<T: DeserializeOwned>(&self, resource: Resource, first: Url) -> Result<Vec<T>, Failure> {
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(first);
        while let Some(url) = next.take() {
            if seen.len() >= MOST_PAGES || !seen.insert(url.clone()) {
                return Err(Failure::Refused(codes::ours(codes::ENDLESS_PAGES, None)));
            }
            let page: Page = self.read(resource, url).await?;
            for row in page.value {
                match serde_json::from_value(row) {
                    Ok(row) => rows.push(row),
                    Err(error) => tracing::warn!(kind = ?error.classify(), "a row of a list was not understood"),
                }
            }
            if let Some(link) = page.next {
                let url = Url::parse(&link)
                    .map_err(|error| Failure::Refused(codes::ours(codes::FOREIGN_LINK, Some(error.to_string()))))?;
                // Checked again before a token is sent; said here so that nothing else is tried first.
                self.permit(resource, &url)?;
                next = Some(url);
            }
        }
        Ok(rows)
    }
}

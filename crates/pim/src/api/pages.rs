//! Lists that come in pages.

use std::{collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;
use url::Url;

use super::{
    Client,
    answer::{self, Effect},
};
use crate::{cloud::Resource, codes, failure::Failure, net::Answer};

/// No list of one person's roles has more pages.
const MOST_PAGES: usize = 1000;

/// A list beyond these, in rows and in bytes of them, is nobody's: the memory that it would take is better kept.
const MOST_ROWS: usize = 50_000;
const MOST_BYTES: usize = 64 << 20;

/// A page's rows as text: where the next page is must be known before they are understood.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    value: Vec<Box<RawValue>>,
    /// Graph's, Azure's, and what management groups call it.
    #[serde(default, rename = "@odata.nextLink", alias = "nextLink", alias = "@nextLink")]
    next: Option<String>,
}

/// A page is a JSON object. What is derived would take an array for one, too: its first element for the rows.
struct Object(Page);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Object, A::Error> {
                Page::deserialize(MapAccessDeserializer::new(fields)).map(Object)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl Client {
    /// All rows, page by page: the next page's address is opaque, and only the page before it knows it.
    ///
    /// A row that this version cannot read is left out rather than taking the whole list with it.
    pub(super) async fn pages<T: DeserializeOwned>(&self, resource: Resource, first: Url) -> Result<Vec<T>, Failure> {
        self.pages_telling(resource, first, |_| {}).await
    }

    /// The same. `told` hears of the rows of every page that another one follows, while that one is on its way.
    pub(super) async fn pages_telling<T: DeserializeOwned>(
        &self,
        resource: Resource,
        first: Url,
        told: impl FnMut(&[T]),
    ) -> Result<Vec<T>, Failure> {
        let Object(page) = self.read(resource, first.clone()).await?;
        self.pages_from(resource, page, HashSet::from([first]), told).await
    }

    /// The same where the first page came inside a batch.
    pub(super) async fn pages_within<T: DeserializeOwned>(
        &self,
        resource: Resource,
        answer: &Answer,
    ) -> Result<Vec<T>, Failure> {
        let Object(page) = answer::parsed(&answer.body, Effect::Read)?;
        self.pages_from(resource, page, HashSet::new(), |_| {}).await
    }

    /// One page by itself: its rows as text, and where the next one is, which is looked at before anything of it is used. A
    /// pause that the service names is the caller's to wait for.
    pub(super) async fn page(
        &self,
        resource: Resource,
        url: Url,
    ) -> Result<(Vec<Box<RawValue>>, Option<Url>), Failure> {
        let Object(page) = self.read_unless_paused(resource, url).await?;
        let next = match page.next {
            Some(link) => {
                let url = Url::parse(&link)
                    .map_err(|error| Failure::Refused(codes::ours(codes::FOREIGN_LINK, Some(error.to_string()))))?;
                self.permit(resource, &url)?;
                Some(url)
            }
            None => None,
        };
        Ok((page.value, next))
    }

    async fn pages_from<T: DeserializeOwned>(
        &self,
        resource: Resource,
        mut page: Page,
        mut seen: HashSet<Url>,
        mut told: impl FnMut(&[T]),
    ) -> Result<Vec<T>, Failure> {
        let mut rows = Vec::new();
        let mut measure = Measure::default();
        measure.add(&page.value)?;
        // Azure says "nothing" in this way, too.
        while let Some(link) = page.next.filter(|link| resource == Resource::Graph || !link.is_empty()) {
            let url = Url::parse(&link)
                .map_err(|error| Failure::Refused(codes::ours(codes::FOREIGN_LINK, Some(error.to_string()))))?;
            // Checked again before a token is sent; said here so that nothing else is tried first.
            self.permit(resource, &url)?;
            if seen.len() >= MOST_PAGES || !seen.insert(url.clone()) {
                return Err(Failure::Refused(codes::ours(codes::ENDLESS_PAGES, None)));
            }
            // The rows are understood while the next page is on its way.
            let understand = async {
                tokio::task::yield_now().await;
                let before = rows.len();
                rows.extend(understood(page.value));
                told(&rows[before..]);
            };
            let (next, ()) = tokio::join!(self.read(resource, url), understand);
            Object(page) = next?;
            measure.add(&page.value)?;
        }
        rows.extend(understood(page.value));
        Ok(rows)
    }
}

/// How much of a list there is so far.
#[derive(Default)]
struct Measure {
    rows: usize,
    bytes: usize,
}

impl Measure {
    fn add(&mut self, rows: &[Box<RawValue>]) -> Result<(), Failure> {
        self.rows += rows.len();
        self.bytes += rows.iter().map(|row| row.get().len()).sum::<usize>();
        if self.rows > MOST_ROWS || self.bytes > MOST_BYTES {
            let said = format!("{} rows, {} MiB.", self.rows, self.bytes >> 20);
            return Err(Failure::Refused(codes::ours(codes::TOO_LARGE, Some(said))));
        }
        Ok(())
    }
}

/// The rows that this version can read.
fn understood<T: DeserializeOwned>(rows: Vec<Box<RawValue>>) -> impl Iterator<Item = T> {
    rows.into_iter().filter_map(|row| match serde_json::from_str(row.get()) {
        Ok(row) => Some(row),
        Err(error) => {
            tracing::warn!(kind = ?error.classify(), "a row of a list was not understood");
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_beyond_all_measure_is_refused_however_it_is_cut_into_pages() {
        let page = |row: &str, rows: usize| -> Vec<Box<RawValue>> {
            vec![RawValue::from_string(row.to_owned()).expect("JSON"); rows]
        };
        let taken = |page: &[Box<RawValue>]| {
            let mut measure = Measure::default();
            (0..1000).take_while(|_| measure.add(page).is_ok()).count()
        };
        assert_eq!(taken(&page("{}", 999)), 50);
        let long = format!("\"{}\"", " ".repeat((1 << 20) - 2));
        assert_eq!(taken(&page(&long, 1)), 64);
    }
}

//! The system's browser, or whatever plays its part.

use std::{fmt, io, sync::Arc};

use url::Url;

/// Opens an address in the browser. Tests and the demo hand in somebody else who walks the pages.
#[derive(Clone)]
pub struct Browser(Arc<Open>);

type Open = dyn Fn(&Url) -> io::Result<()> + Send + Sync;

impl Browser {
    /// The system's default browser.
    pub fn system() -> Self {
        Self::new(|url| open::that_detached(url.as_str()))
    }

    /// Anything that takes an address and returns without waiting for the person.
    pub fn new(open: impl Fn(&Url) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Opens the address. Starting a browser may take its time, so this happens on a thread of its own.
    pub(crate) async fn open(&self, url: Url) -> io::Result<()> {
        let open = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || open(&url)).await.unwrap_or_else(|error| Err(io::Error::other(error)))
    }
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser")
    }
}

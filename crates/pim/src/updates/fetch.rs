//! What comes over the network: the manifest with its signature, and packages. Made for one errand and forgotten after it.

use std::time::Duration;

use reqwest::{Client, Response, redirect, retry};
use tokio::sync::mpsc;
use url::Url;

use super::{
    manifest::{Manifest, Package, Signed},
    shelf::{Draft, Shelf},
    source::Source,
};
use crate::{
    codes,
    net::{self, Broken},
    problem::Problem,
};

/// The longest manifest, bytes.
const LONGEST_MANIFEST: usize = 64 * 1024;

/// The longest signature, bytes.
const LONGEST_SIGNATURE: usize = 4 * 1024;

/// Where a release is kept, two or three redirects lead.
const MOST_REDIRECTS: usize = 5;

/// For the connection alone.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);

/// Silence of this length is the end. A package may take as long as it takes.
const SILENCE: Duration = Duration::from_secs(30);

/// Chunks that wait for the disk.
const WAITING: usize = 16;

/// One errand's connections.
pub struct Fetch {
    http: Client,
    source: Source,
}

impl Fetch {
    /// Nothing is sent yet.
    pub fn new(source: Source) -> Result<Self, Problem> {
        // The first one wins; a program that installed its own provider keeps it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("Pimento/", env!("CARGO_PKG_VERSION")))
            // What is fetched is signed, so where it lies is of no matter; but it comes over TLS.
            .redirect(redirect::Policy::limited(MOST_REDIRECTS))
            .retry(retry::never())
            .connect_timeout(CONNECTED_WITHIN)
            .read_timeout(SILENCE)
            .gzip(false);
        builder = if source.is_loopback() { builder.no_proxy().tls_certs_only([]) } else { builder.https_only(true) };
        let http = builder.build().map_err(|error| codes::ours(codes::NETWORK, Some(net::chain(&error))))?;
        Ok(Self { http, source })
    }

    /// The manifest that lies there now, if it is signed as it must be.
    pub async fn manifest(&self) -> Result<(Signed, Manifest), Problem> {
        let signature = self.text(self.source.signature(), LONGEST_SIGNATURE).await?;
        let text = self.text(self.source.manifest().clone(), LONGEST_MANIFEST).await?;
        let signed = Signed { text, signature };
        let manifest = signed.verified(&self.source)?;
        Ok((signed, manifest))
    }

    /// Downloads a package to the shelf, where nothing is left of one that is not what was signed. `told` hears how much of it is
    /// here, in percent.
    pub async fn package(&self, package: &Package, shelf: &Shelf, told: impl Fn(u8)) -> Result<(), Problem> {
        let address = self.source.beside(&package.file);
        let address = address.ok_or_else(|| codes::ours(codes::UPDATE_UNREADABLE, Some(package.file.clone())))?;
        let mut response = self.send(address).await?;
        let (shelf, wanted) = (shelf.clone(), package.clone());
        let (chunks, waiting) = mpsc::channel(WAITING);
        let writing = tokio::task::spawn_blocking(move || write(shelf.begin(&wanted)?, waiting));
        let (mut size, mut percent) = (0_u64, 0);
        let broken = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    size += chunk.len() as u64;
                    // Whoever writes has given up: it says why.
                    if chunks.send(Some(chunk)).await.is_err() {
                        break None;
                    }
                    let now = u8::try_from((size * 100 / u64::from(package.size)).min(100)).unwrap_or(100);
                    if now != percent {
                        percent = now;
                        told(percent);
                    }
                }
                Ok(None) => {
                    let _ = chunks.send(None).await;
                    break None;
                }
                Err(error) => break Some(Broken::from(error).problem()),
            }
        };
        drop(chunks);
        let written = writing.await.unwrap_or_else(|error| Err(not_kept(error.to_string())));
        broken.map_or(written, Err)
    }

    async fn text(&self, address: Url, longest: usize) -> Result<String, Problem> {
        let mut response = self.send(address).await?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Broken::from(error).problem())? {
            if body.len() + chunk.len() > longest {
                return Err(codes::ours(codes::TOO_LARGE, None));
            }
            body.extend_from_slice(&chunk);
        }
        String::from_utf8(body).map_err(|error| codes::ours(codes::UPDATE_UNREADABLE, Some(error.to_string())))
    }

    async fn send(&self, address: Url) -> Result<Response, Problem> {
        let response = self.http.get(address).send().await.map_err(|error| Broken::from(error).problem())?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(codes::ours(codes::UPDATE_NOT_THERE, Some(response.status().to_string())))
    }
}

/// Writes what comes. `None` says that it was all; without it, it was not.
fn write(mut draft: Draft, mut chunks: mpsc::Receiver<Option<impl AsRef<[u8]>>>) -> Result<(), Problem> {
    while let Some(chunk) = chunks.blocking_recv() {
        match chunk {
            Some(bytes) => draft.add(bytes.as_ref())?,
            None => return draft.finish(),
        }
    }
    Err(not_kept("it broke off".into()))
}

fn not_kept(why: String) -> Problem {
    codes::ours(codes::UPDATE_NOT_KEPT, Some(why))
}

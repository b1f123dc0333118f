//! Where newer versions are told of, and whom to believe about them. Both are built in: nothing that runs beside Pimento has a say.

use minisign_verify::PublicKey;
use url::{Host, Url};

/// Where a manifest lies, and whose signature it has.
#[derive(Clone, Debug)]
pub struct Source {
    address: Url,
    key: PublicKey,
    /// What may be fetched without TLS: from this machine, by tests.
    plain: bool,
}

impl Source {
    /// What is built in: the manifest's address and minisign's public key. `None` for a build without either, and for one whose
    /// address is not https or whose key is none.
    pub fn built_in(address: Option<&str>, key: Option<&str>) -> Option<Self> {
        // A workflow that has no such variable sets an empty one.
        let (address, key) = (address.filter(|text| !text.is_empty())?, key.filter(|text| !text.is_empty())?);
        let source = Self::new(address, key, false);
        if source.is_none() {
            tracing::error!(address, "this build cannot look for newer versions: address or key is none");
        }
        source
    }

    /// For tests: a server on this machine's loopback interface, over http.
    #[doc(hidden)]
    pub fn on_loopback(address: &str, key: &str) -> Option<Self> {
        Self::new(address, key, true)
    }

    fn new(address: &str, key: &str, plain: bool) -> Option<Self> {
        let key = PublicKey::from_base64(key.trim()).ok()?;
        let source = Self { address: Url::parse(address).ok()?, key, plain };
        source.allows(&source.address).then_some(source)
    }

    /// The manifest.
    pub(super) fn manifest(&self) -> &Url {
        &self.address
    }

    /// Its signature, beside it.
    pub(super) fn signature(&self) -> Url {
        let mut address = self.address.clone();
        address.set_path(&format!("{}.minisig", self.address.path()));
        address
    }

    /// A file beside it, by a name that leads nowhere else.
    pub(super) fn beside(&self, file: &str) -> Option<Url> {
        self.address.join(file).ok().filter(|url| self.allows(url))
    }

    pub(super) fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Nothing but this machine is meant.
    pub(super) fn is_loopback(&self) -> bool {
        self.plain
    }

    /// Over TLS, or on this machine where that is meant.
    pub(super) fn allows(&self, url: &Url) -> bool {
        let loopback = match url.host() {
            Some(Host::Ipv4(host)) => host.is_loopback(),
            Some(Host::Ipv6(host)) => host.is_loopback(),
            _ => false,
        };
        url.has_host() && (url.scheme() == "https" || self.plain && loopback && url.scheme() == "http")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As minisign's own documentation has it.
    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn only_an_https_address_with_a_key_is_looked_at() {
        let source = |address, key| Source::built_in(address, key).map(|source| source.address.to_string());
        let address = "https://downloads.example/pimento/updates.json";
        assert_eq!(source(Some(address), Some(KEY)).as_deref(), Some(address));
        for (address, key) in [
            (None, None),
            (Some(address), None),
            (None, Some(KEY)),
            (Some(address), Some("")),
            (Some(""), Some(KEY)),
            (Some(address), Some("RWQf6LRCGA9i")),
            (Some("http://downloads.example/updates.json"), Some(KEY)),
            (Some("http://127.0.0.1/updates.json"), Some(KEY)),
            (Some("file:///tmp/updates.json"), Some(KEY)),
            (Some("updates.json"), Some(KEY)),
        ] {
            assert_eq!(source(address, key), None, "{address:?}");
        }
    }

    #[test]
    fn signature_and_packages_lie_beside_the_manifest() {
        let source = Source::built_in(Some("https://downloads.example/latest/updates.json"), Some(KEY)).unwrap();
        assert_eq!(source.signature().as_str(), "https://downloads.example/latest/updates.json.minisig");
        let beside = |file| source.beside(file).map(String::from);
        assert_eq!(beside("p_1.deb").as_deref(), Some("https://downloads.example/latest/p_1.deb"));
        assert_eq!(beside("http://elsewhere.example/p_1.deb"), None);
    }

    #[test]
    fn without_tls_nothing_but_this_machine_is_asked() {
        assert!(Source::on_loopback("http://127.0.0.1:4711/updates.json", KEY).is_some());
        for address in ["http://downloads.example/updates.json", "http://127.0.0.1.example/updates.json", "file:///x"] {
            assert!(Source::on_loopback(address, KEY).is_none(), "{address}");
        }
    }
}

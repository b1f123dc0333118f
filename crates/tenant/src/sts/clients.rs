//! The client applications that the tenant knows, and the rules for their redirect URIs.

use url::Url;

/// A public client application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id (`appid` in tokens).
    pub id: &'static str,
    /// Its name on the consent page.
    pub name: &'static str,
    /// Its registered redirect URIs; ports of loopback hosts are left out, since they are ignored when matching.
    pub redirect_uris: &'static [&'static str],
    /// One of Microsoft's own: consented everywhere, but not for the PIM permissions of Microsoft Graph (AADSTS65002).
    pub first_party: bool,
}

/// The embedded web view's redirect of the real service, which several clients have registered.
const NATIVE_CLIENT: &str = "https://login.microsoftonline.com/common/oauth2/nativeclient";

/// Pimento's registration in the simulated tenant.
pub const PIMENTO: Client = Client {
    id: "7b5e3c1a-92d4-4f68-8a0b-1c6d5e4f3a29",
    name: "Pimento",
    redirect_uris: &["http://localhost/", "http://127.0.0.1/", NATIVE_CLIENT],
    first_party: false,
};

/// Every client of the tenant.
pub const ALL: [Client; 4] = [
    PIMENTO,
    Client {
        id: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
        name: "Microsoft Graph Command Line Tools",
        redirect_uris: &["http://localhost/", NATIVE_CLIENT],
        first_party: false,
    },
    Client {
        id: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        name: "Microsoft Azure CLI",
        redirect_uris: &["http://localhost/", NATIVE_CLIENT],
        first_party: true,
    },
    Client {
        id: "1950a258-227b-4e31-a9cf-717495945fc2",
        name: "Microsoft Azure PowerShell",
        redirect_uris: &["http://localhost/", NATIVE_CLIENT],
        first_party: true,
    },
];

/// The client with this id.
pub fn find(id: &str) -> Option<&'static Client> {
    ALL.iter().find(|client| client.id.eq_ignore_ascii_case(id))
}

impl Client {
    /// Whether a redirect URI is registered: exact and case sensitive, but any port of a loopback host.
    pub fn accepts(&self, redirect_uri: &Url) -> bool {
        let mut plain = redirect_uri.clone();
        plain.set_fragment(None);
        if redirect_uri.scheme() == "http"
            && matches!(redirect_uri.host_str(), Some("localhost" | "127.0.0.1"))
            && plain.set_port(None).is_err()
        {
            return false;
        }
        redirect_uri.fragment().is_none() && self.redirect_uris.contains(&plain.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(uri: &str) -> bool {
        PIMENTO.accepts(&Url::parse(uri).unwrap())
    }

    #[test]
    fn loopback_ports_are_ignored_and_nothing_else() {
        for uri in ["http://localhost", "http://localhost:49152", "http://localhost:49152/", "http://127.0.0.1:8400"] {
            assert!(accepted(uri), "{uri}");
        }
        for uri in [
            "https://localhost:49152/",
            "http://localhost:49152/callback",
            "http://localhost:49152/?a=b",
            "http://[::1]:49152/",
            "http://localhost.example.com/",
            "http://user@localhost/",
            "https://example.com/",
            "http://localhost/#fragment",
        ] {
            assert!(!accepted(uri), "{uri}");
        }
        assert!(accepted(NATIVE_CLIENT));
        assert!(!accepted("https://login.microsoftonline.com/common/oauth2/nativeClient"), "case sensitive");
    }
}

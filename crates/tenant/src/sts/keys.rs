//! The tenant's signing key, and RS256 tokens made with it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::signature::{SignatureEncoding as _, Signer as _, Verifier as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::ids::Ids;

/// Bits of the modulus: what Entra uses.
const BITS: usize = 2048;

/// How every token begins: the encoded start of its header. Tests look for leaked tokens by it.
pub const TOKEN_START: &str = "eyJhbGciOiJSUzI1NiIs";

/// The key that signs the tenant's tokens.
pub struct Keys {
    private: RsaPrivateKey,
    signing: SigningKey<Sha256>,
    verifying: VerifyingKey<Sha256>,
    kid: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Keys {
    /// The key for a seed; without one, a key that nobody can predict.
    ///
    /// Making one takes a good part of a second, so that tenants of one process with the same seed share it.
    pub fn for_seed(seed: Option<u64>) -> Result<Self, rsa::Error> {
        static MADE: Mutex<BTreeMap<Option<u64>, RsaPrivateKey>> = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(private) = made.get(&seed) {
            return Ok(Self::from_private(private.clone()));
        }
        // A stream of its own, so that ids are the same whether the key had to be made or not.
        let mut ids = seed.map_or_else(Ids::unpredictable, |seed| Ids::new(seed, u64::MAX));
        let private = RsaPrivateKey::new(ids.generator(), BITS)?;
        made.insert(seed, private.clone());
        Ok(Self::from_private(private))
    }

    /// Take up a key that was saved with [`Keys::to_pem`].
    pub fn from_pem(pem: &str) -> Result<Self, rsa::pkcs8::Error> {
        RsaPrivateKey::from_pkcs8_pem(pem).map(Self::from_private)
    }

    /// The private key, for the state file.
    pub fn to_pem(&self) -> Result<String, rsa::pkcs8::Error> {
        Ok(self.private.to_pkcs8_pem(LineEnding::LF)?.to_string())
    }

    fn from_private(private: RsaPrivateKey) -> Self {
        let public = RsaPublicKey::from(&private);
        let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(public.n().to_bytes_be()))[..27].to_owned();
        Self { signing: SigningKey::new(private.clone()), verifying: VerifyingKey::new(public), private, kid }
    }

    /// The JWKS document.
    pub fn jwks(&self, issuer: &str) -> Value {
        let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        json!({ "keys": [{
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "x5t": self.kid,
            "n": number(self.private.n()), "e": number(self.private.e()), "issuer": issuer,
        }] })
    }

    /// A signed JSON Web Token with these claims.
    pub fn sign(&self, claims: &Value) -> String {
        let header = json!({ "typ": "JWT", "alg": "RS256", "kid": self.kid, "x5t": self.kid });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.signing.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }

    /// The claims of a token, if this key has signed it. Says nothing about audience and lifetime.
    pub fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let signature = Signature::try_from(signature.as_slice()).ok()?;
        self.verifying.verify(signed.as_bytes(), &signature).ok()?;
        unverified_claims(token)
    }
}

/// The claims of a token, whoever has signed it: for the request log only.
pub fn unverified_claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_accepted_only_as_they_were_signed() {
        let keys = Keys::for_seed(Some(1)).unwrap();
        let claims = json!({ "upn": "maya@contoso.com" });
        let token = keys.sign(&claims);
        assert_eq!(keys.verify(&token), Some(claims.clone()));
        assert!(token.starts_with(TOKEN_START));
        let other = URL_SAFE_NO_PAD.encode(json!({ "upn": "root@contoso.com" }).to_string());
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(keys.verify(&format!("{}.{other}.{}", parts[0], parts[2])), None);
        assert_eq!(keys.verify("a.b"), None);
        let saved = Keys::from_pem(&keys.to_pem().unwrap()).unwrap();
        assert_eq!(saved.verify(&token), Some(claims));
    }
}

//! Ids and secrets from one seeded generator, so that a run with the same seed makes the same ids.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_chacha::ChaCha20Rng;
use rsa::rand_core::{RngCore, SeedableRng};
use uuid::Uuid;

/// The tenant's source of ids.
#[derive(Debug)]
pub struct Ids(ChaCha20Rng);

impl Ids {
    /// The generator for `seed`. `stream` tells the runs that share one state file apart: each goes on
    /// with ids that no run before it has used.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha20Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A generator that nobody can predict.
    pub fn unpredictable() -> Self {
        let mut seed = [0; 32];
        let (first, second) = seed.split_at_mut(16);
        // Version 4 GUIDs are the system's randomness, all but six bits of each.
        first.copy_from_slice(Uuid::new_v4().as_bytes());
        second.copy_from_slice(Uuid::new_v4().as_bytes());
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// A new GUID.
    pub fn guid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A new unguessable text of `bytes` random bytes, base64url.
    pub fn secret(&mut self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.0.fill_bytes(&mut buffer);
        URL_SAFE_NO_PAD.encode(buffer)
    }

    /// A new text of `length` characters out of `alphabet`.
    pub fn pick(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.0.next_u32() as usize % alphabet.len()])).collect()
    }

    /// The generator itself, for the signing key.
    pub(crate) fn generator(&mut self) -> &mut ChaCha20Rng {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_ids_and_another_stream_does_not() {
        let ids = |seed, stream| Ids::new(seed, stream).guid();
        assert_eq!(ids(7, 0), ids(7, 0));
        assert_ne!(ids(7, 0), ids(8, 0));
        assert_ne!(ids(7, 0), ids(7, 1));
        assert_ne!(Ids::unpredictable().guid(), Ids::unpredictable().guid());
    }
}

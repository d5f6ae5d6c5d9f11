//! Keys: the server's secret one, and the public ones by which its receipts are checked, for ever.

use crate::proof::{Line, Proof, seal, signed};
use crate::{VERSION, hex};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Signs receipts.
pub struct Signer {
    key: SigningKey,
    id: String,
}

impl Signer {
    /// A signer with this secret key: 32 bytes from a cryptographic source.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let id = key_id(&key.verifying_key().to_bytes());
        Self { key, id }
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The public key's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Seals the lines, each with a salt of its own out of `random`, and signs them.
    #[must_use]
    pub fn sign(&self, lines: Vec<(String, String)>, random: &[u8; 32]) -> Proof {
        let salts = (0_u32..).map(|number| salt(random, number));
        let (mut sealed, mut seals) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
        for ((name, value), salt) in lines.into_iter().zip(salts) {
            seals.push(seal(&salt, &name, &value));
            sealed.push(Line::Open { name, value, salt });
        }
        let signature = hex(&self.key.sign(&signed(&seals)).to_bytes());
        Proof { format: VERSION.to_owned(), key: self.id.clone(), signature, lines: sealed }
    }
}

/// One salt shows nothing of the next, because SHA-256 does not go backwards.
fn salt(random: &[u8; 32], number: u32) -> String {
    let sum = Sha256::new_with_prefix(VERSION).chain_update(" salt\n").chain_update(random);
    hex(&sum.chain_update(number.to_be_bytes()).finalize()[..16])
}

/// A key's name: the first eight bytes of its SHA-256, in hexadecimal. It only says which key to try.
#[must_use]
pub fn key_id(public: &[u8; 32]) -> String {
    hex(&Sha256::digest(public)[..8])
}

/// Whether these bytes are a public key that can be used.
#[must_use]
pub fn public_key(bytes: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(bytes).is_ok_and(|key| !key.is_weak())
}

//! The key of lookup codes. Codes are made with it and kept only as hashes under it: a stolen database alone gives no
//! code and lets none be tried. The secrets of letters about accounts are made of it in the same way.

use account::{ConsentId, Letter};
use dossier::LookupCode;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use store::DraftKey;
use store::notices::NoticeId;

/// The key, from [`crate::secret::LOOKUP`].
#[derive(Clone)]
pub struct Pepper(Hmac<Sha256>);

impl Pepper {
    /// A key of these bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        // HMAC fills a short key up with zeros to the block of 64 bytes (RFC 2104 §2).
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        Self(Hmac::new(&block.into()))
    }

    /// The bits of the code for a draft's dossier. Without the key they cannot be told from random ones; with it they
    /// can be made again, so that a repeated answer has its code though the code is kept nowhere.
    #[must_use]
    pub fn code_bits(&self, draft: DraftKey) -> [u8; 8] {
        self.bits("code of draft", draft.0)
    }

    /// The bits of the follow code of the petition that is sent under this key; no dossier's code has them.
    #[must_use]
    pub fn petition_bits(&self, key: DraftKey) -> [u8; 8] {
        self.bits("code of petition", key.0)
    }

    /// The bits of a code of this kind, made of a name that nothing else of the kind has.
    fn bits(&self, kind: &str, name: [u8; 16]) -> [u8; 8] {
        let sum: [u8; 32] = self.0.clone().chain_update(kind).chain_update(name).finalize().into_bytes().into();
        let [a, b, c, d, e, f, g, h, ..] = sum;
        [a, b, c, d, e, f, g, h]
    }

    /// The keyed hash under which a code's petition is found. The same code opens no dossier.
    #[must_use]
    pub fn petition_hash(&self, code: &LookupCode) -> [u8; 32] {
        self.hash_text(&format!("petition {}", code.plain()))
    }

    /// The bits of the code of the consent with this name; nothing else has them.
    #[must_use]
    pub fn consent_bits(&self, id: ConsentId) -> [u8; 8] {
        self.bits("code of consent", id.0)
    }

    /// The keyed hash under which a code's consent is found. The same code opens no dossier.
    #[must_use]
    pub fn consent_hash(&self, code: &LookupCode) -> [u8; 32] {
        self.hash_text(&format!("consent {}", code.plain()))
    }

    /// The keyed hash under which a code's dossier is found.
    #[must_use]
    pub fn hash(&self, code: &LookupCode) -> [u8; 32] {
        self.hash_text(&code.plain())
    }

    /// The secret of a letter about an account: of its kind, its address and its random name. It is kept nowhere; whoever has
    /// those three and the key can make it again.
    #[must_use]
    pub fn letter_secret(&self, letter: Letter, to: &str, id: NoticeId) -> [u8; 32] {
        let start = self.0.clone().chain_update("letter ").chain_update(letter.name()).chain_update(" ");
        start.chain_update(id.0).chain_update(to).finalize().into_bytes().into()
    }

    /// The same work for what is not even a code, so that it takes as long to refuse.
    #[must_use]
    pub fn hash_text(&self, text: &str) -> [u8; 32] {
        self.0.clone().chain_update(text).finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_key_gives_other_codes_and_other_hashes() {
        let (one, other) = (Pepper::new(&[1; 32]), Pepper::new(&[2; 32]));
        let (code, draft) = (LookupCode::new([7; 8]), DraftKey([3; 16]));
        assert_eq!(one.hash(&code), Pepper::new(&[1; 32]).hash(&code));
        assert_ne!(one.hash(&code), other.hash(&code));
        assert_ne!(one.code_bits(draft), other.code_bits(draft));
        assert_ne!(one.code_bits(draft), one.petition_bits(draft));
        assert_ne!(one.hash(&code), one.petition_hash(&code));
        assert_ne!(one.code_bits(draft), one.consent_bits(ConsentId(draft.0)));
        assert_ne!(one.hash(&code), one.consent_hash(&code));
    }
}

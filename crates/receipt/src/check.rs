//! Checking a receipt that somebody brings: three answers, none of them "perhaps".

use crate::proof::signed;
use crate::{Line, Proof, VERSION, key_id, unhex};
use ed25519_dalek::{Signature, VerifyingKey};

/// What came of checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Signed by one of the known keys, and nothing in it was changed since.
    Valid,
    /// It names a known key, but something was changed: a line, a closed line, their order, their number, the signature.
    Changed,
    /// It names a key that is not among the known ones, or is a receipt of a later version.
    UnknownKey,
}

/// The public keys to check by.
pub type Known = [[u8; 32]];

/// Checks a proof. Only what stands in its open lines is proven, and only by [`Verdict::Valid`].
#[must_use]
pub fn check(proof: &Proof, known: &Known) -> Verdict {
    let Some(key) = known.iter().find(|key| proof.format == VERSION && key_id(key) == proof.key) else {
        return Verdict::UnknownKey;
    };
    let seals: Option<Vec<_>> = proof.lines.iter().map(Line::seal).collect();
    let fits = || {
        let signature = Signature::from_bytes(&unhex(&proof.signature)?);
        // Strictly: no two signatures of the same lines, and no key that signs everything.
        VerifyingKey::from_bytes(key).ok()?.verify_strict(&signed(&seals?), &signature).ok()
    };
    if fits().is_some() { Verdict::Valid } else { Verdict::Changed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Signer;
    use proptest::prelude::*;

    fn proof() -> (Proof, [u8; 32]) {
        let signer = Signer::new(&[7; 32]);
        let lines = [("dossier", "01a2"), ("paper-1-name", "Giấy xác nhận"), ("paper-1-content", "image/jpeg 1 5 ab")];
        let lines = lines.map(|(name, value)| (name.to_owned(), value.to_owned()));
        (signer.sign(lines.into(), &[9; 32]), signer.public())
    }

    #[test]
    fn it_is_valid_open_and_closed_and_for_nobody_else() {
        let (proof, public) = proof();
        assert_eq!(check(&proof, &[[0; 32], public]), Verdict::Valid);
        assert_eq!(check(&proof, &[Signer::new(&[8; 32]).public()]), Verdict::UnknownKey);
        let later = Proof { format: "motcua-receipt/2".to_owned(), ..proof.clone() };
        assert_eq!(check(&later, &[public]), Verdict::UnknownKey);
        let closed = proof.closed_but(|name| name != "paper-1-name");
        assert_eq!(check(&closed, &[public]), Verdict::Valid);
        assert!(!serde_json::to_string(&closed).unwrap().contains("xác nhận"));
        assert_eq!((closed.says("paper-1-name"), closed.says("dossier")), (None, Some("01a2")));
    }

    #[test]
    fn a_line_left_out_moved_or_doubled_is_a_change() {
        let (proof, public) = proof();
        let touched: [fn(&mut Vec<Line>); 5] = [
            |lines| drop(lines.remove(1)),
            |lines| lines.swap(0, 1),
            |lines| lines.push(lines[2].clone()),
            Vec::clear,
            |lines| {
                // The border between name and value moves.
                if let Line::Open { name, value, .. } = &mut lines[0] {
                    *name = format!("{name}\n{value}");
                    value.clear();
                }
            },
        ];
        for touch in touched {
            let mut changed = proof.clone();
            touch(&mut changed.lines);
            assert_eq!(check(&changed, &[public]), Verdict::Changed, "{changed:?}");
        }
    }

    #[test]
    fn every_flipped_bit_is_found() {
        let (proof, public) = proof();
        let text = serde_json::to_string(&proof).unwrap();
        let mut read = 0;
        for place in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[place / 8] ^= 1 << (place % 8);
            // Where it is no receipt any more, nobody can take it for one.
            if let Ok(changed) = serde_json::from_slice::<Proof>(&bytes) {
                read += 1;
                assert_ne!(check(&changed, &[public]), Verdict::Valid, "{}", String::from_utf8_lossy(&bytes));
            }
        }
        assert!(read > 1000, "most flips leave readable JSON: {read}");
    }

    proptest! {
        #[test]
        fn nothing_brought_makes_it_panic(key in "[0-9a-f]{0,17}", signature in "[0-9a-f]{0,130}", name in "\\PC{0,8}", salt in "\\PC{0,40}") {
            let (proof, public) = proof();
            let line = Line::Open { name, value: String::new(), salt };
            let other = Proof { key, signature: signature.clone(), lines: vec![line], ..proof.clone() };
            prop_assert_ne!(check(&other, &[public]), Verdict::Valid);
            prop_assert_ne!(check(&Proof { signature, ..proof }, &[public]), Verdict::Valid);
        }
    }
}

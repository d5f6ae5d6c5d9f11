//! The audit chain: each row's hash is SHA-256 over the row and the hash before it.
//!
//! A changed, missing, added or moved row shows as the first row whose hash does not fit. Rows cut from the end leave
//! a shorter chain that fits; only the number and hash of the last row, kept somewhere else, show that.

use crate::Hash;
use procedure::calendar::Moment;
use sha2::{Digest, Sha256};

/// The hash before the first row.
pub const START: Hash = [0; 32];

/// One act. Holds no personal data: who and what are named by identifiers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// 1, 2, 3 … without gaps.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// What was done, e.g. `dossier-sent`.
    pub act: String,
    /// To what, by its identifier.
    pub subject: String,
    /// What else belongs to it.
    pub detail: String,
    /// [`hash`] of this row.
    pub hash: Hash,
}

/// The last row of a chain that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number, 0 when there is no row.
    pub id: i64,
    /// Its hash.
    pub hash: Hash,
}

/// The hash of a row after the row whose hash is `before`. Every field goes in with its length, so that no two
/// different rows give the same bytes.
#[must_use]
pub fn hash(before: &Hash, id: i64, at: Moment, act: &str, subject: &str, detail: &str) -> Hash {
    let mut sum = Sha256::new();
    sum.update(id.to_be_bytes());
    sum.update(at.0.to_be_bytes());
    for field in [act, subject, detail] {
        sum.update((field.len() as u64).to_be_bytes());
        sum.update(field);
    }
    sum.update(before);
    sum.finalize().into()
}

/// Follows a chain from its first row on.
///
/// # Errors
/// The number that the first row which does not fit should have.
pub fn verify(rows: impl IntoIterator<Item = Row>) -> Result<Head, i64> {
    let mut head = Head { id: 0, hash: START };
    for row in rows {
        let expected = head.id + 1;
        let fits =
            row.id == expected && row.hash == hash(&head.hash, row.id, row.at, &row.act, &row.subject, &row.detail);
        if !fits {
            return Err(expected);
        }
        head = Head { id: row.id, hash: row.hash };
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> Vec<Row> {
        let mut before = START;
        (1..=length)
            .map(|id| {
                let (at, act, subject) = (Moment(id * 1000), "dossier-sent".to_owned(), format!("d{id}"));
                let hash = hash(&before, id, at, &act, &subject, "");
                before = hash;
                Row { id, at, act, subject, detail: String::new(), hash }
            })
            .collect()
    }

    #[test]
    fn an_untouched_chain_fits() {
        assert_eq!(verify(chain(1000)).map(|head| head.id), Ok(1000));
        assert_eq!(verify([]), Ok(Head { id: 0, hash: START }));
    }

    #[test]
    fn every_touch_is_found_at_its_row() {
        type Touch = fn(&mut Vec<Row>);
        let touches: [(&str, Touch); 7] = [
            ("text changed", |rows| rows[49].subject.push('x')),
            ("time changed", |rows| rows[49].at = Moment(1)),
            ("border between fields moved", |rows| {
                rows[49].act.push('d');
                rows[49].subject.remove(0);
            }),
            ("row deleted", |rows| drop(rows.remove(49))),
            ("rows swapped", |rows| rows.swap(49, 50)),
            ("row doubled", |rows| rows.insert(49, rows[48].clone())),
            ("one bit of a hash", |rows| rows[49].hash[31] ^= 1),
        ];
        for (what, touch) in touches {
            let mut rows = chain(100);
            touch(&mut rows);
            assert_eq!(verify(rows), Err(50), "{what}");
        }
    }
}

//! Checkpoints of the audit chain: every ten minutes its last row is signed and written to a file that belongs on another
//! disk. The chain alone shows a changed row; that its end was cut off, or all of it written anew, only these show.
//!
//! A checkpoint is a signed list of lines in the receipts' format (crate `receipt`), one JSON object a line of the file:
//! the row's number, its hash, when, and the SHA-256 of the checkpoint before it, so that none can be left out.

use crate::app::App;
use procedure::calendar::Moment;
use receipt::{Proof, Signer, Verdict};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use store::audit::{self, Row};
use store::{Hash, hex};

/// How often a checkpoint is written.
pub const EVERY_MS: i64 = 10 * 60_000;
/// Rows younger than this may still be without a checkpoint.
const GRACE_MS: i64 = EVERY_MS + 5 * 60_000;

/// What is wrong with a chain or its checkpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This row is changed, missing, added or moved.
    Row(i64),
    /// This line of the file, from 1 on, is changed, missing, added or moved, or not signed by a key of ours.
    Checkpoint(usize),
    /// The chain ends before this row, of which there is a checkpoint: rows were cut off.
    Cut(i64),
    /// The row has another hash than its checkpoint: the chain was written anew.
    Rewritten(i64),
    /// The rows after this one are old enough to have a checkpoint, and have none.
    Uncovered(i64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row) => write!(f, "row {row} does not fit"),
            Self::Checkpoint(line) => write!(f, "checkpoint {line} is changed, missing or not signed by a known key"),
            Self::Cut(row) => write!(f, "the chain ends before row {row}, of which there is a checkpoint"),
            Self::Rewritten(row) => write!(f, "row {row} is not the one its checkpoint was made of"),
            Self::Uncovered(row) => write!(f, "no checkpoint covers the rows after {row}"),
        }
    }
}

/// Writes a checkpoint of the chain's last row, unless the newest one is of that row already.
///
/// # Errors
/// When the chain or the file cannot be read or written.
pub async fn anchor(app: &App, file: &Path) -> Result<(), String> {
    let head = app.store.audit_head().await.map_err(|error| error.to_string())?;
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut open = File::options().create(true).read(true).append(true).open(file).map_err(told)?;
    let kept = tail(&mut open).map_err(told)?;
    let last = kept.lines().next_back();
    let row = |line: &str| serde_json::from_str::<Proof>(line).ok()?.says("audit-row").map(str::to_owned);
    if head.id == 0 || last.and_then(row) == Some(head.id.to_string()) {
        return Ok(());
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| error.to_string())?;
    let line = checkpoint(&app.signer, head.id, &head.hash, app.now(), last, &random)?;
    open.write_all(format!("{line}\n").as_bytes()).and_then(|()| open.sync_all()).map_err(told)
}

/// The end of a file, in which its last line stands whole: a checkpoint takes less than a kilobyte.
fn tail(file: &mut File) -> std::io::Result<String> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(8_192)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn checkpoint(
    signer: &Signer,
    row: i64,
    hash: &Hash,
    now: Moment,
    before: Option<&str>,
    random: &[u8; 32],
) -> Result<String, String> {
    let lines = [
        ("audit-row", row.to_string()),
        ("audit-hash", hex(hash)),
        ("audit-at", now.0.to_string()),
        ("audit-before", hex(&Sha256::digest(before.unwrap_or_default()))),
    ];
    let lines = lines.map(|(name, value)| (name.to_owned(), value)).into();
    serde_json::to_string(&signer.sign(lines, random)).map_err(|error| error.to_string())
}

/// Follows the chain, and each checkpoint to its row; gives the last row's number. The rows are looked at one after the
/// other and not kept.
///
/// # Errors
/// A fault: of the checkpoints first, then of the chain, then of how they fit.
pub fn verify(
    rows: &mut dyn Iterator<Item = Row>,
    checkpoints: &str,
    keys: &[Hash],
    now: Moment,
) -> Result<i64, Fault> {
    let signed = signed(checkpoints, keys)?;
    let covered = signed.last().map_or(0, |(row, _)| *row);
    let (mut next, mut rewritten, mut uncovered) = (signed.iter().peekable(), None, None);
    let looked = rows.inspect(|row| {
        if let Some((number, hash)) = next.next_if(|(number, _)| *number == row.id)
            && hex(&row.hash) != *hash
        {
            rewritten.get_or_insert(*number);
        }
        if row.id > covered && row.at.0 + GRACE_MS < now.0 {
            uncovered.get_or_insert(covered);
        }
    });
    let head = audit::verify(looked).map_err(Fault::Row)?;
    // The chain fits in itself, so what its checkpoints say of it is about these very rows.
    if let Some(row) = rewritten {
        return Err(Fault::Rewritten(row));
    }
    if let Some((row, _)) = signed.iter().find(|(row, _)| *row > head.id) {
        return Err(Fault::Cut(*row));
    }
    uncovered.map_or(Ok(head.id), |row| Err(Fault::Uncovered(row)))
}

/// Row and hash of each checkpoint, in their order.
fn signed(checkpoints: &str, keys: &[Hash]) -> Result<Vec<(i64, String)>, Fault> {
    let mut signed: Vec<(i64, String)> = Vec::new();
    let mut before = "";
    for (number, line) in (1..).zip(checkpoints.lines()) {
        let fault = Fault::Checkpoint(number);
        let proof: Proof = serde_json::from_str(line).map_err(|_| fault)?;
        let says = |name: &str| proof.says(name).ok_or(fault);
        let row: i64 = says("audit-row")?.parse().map_err(|_| fault)?;
        let follows =
            signed.last().map_or(0, |(row, _)| *row) < row && says("audit-before")? == hex(&Sha256::digest(before));
        if !follows || receipt::check(&proof, keys) != Verdict::Valid {
            return Err(fault);
        }
        signed.push((row, says("audit-hash")?.to_owned()));
        before = line;
    }
    Ok(signed)
}

/// Verifies a data folder, which may be in use, against a file of checkpoints.
///
/// # Errors
/// The fault, or why something cannot be read.
pub fn verify_folder(data: &Path, checkpoints: &Path, now: Moment) -> Result<i64, String> {
    // First the file, then the chain: what is written meanwhile is only longer.
    let text = std::fs::read_to_string(checkpoints).map_err(|error| format!("{}: {error}", checkpoints.display()))?;
    let told = store::with_audit(data, |rows, keys| verify(rows, &text, keys, now));
    told.map_err(|error| error.to_string())?.map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: i64 = 60_000;

    fn chain(length: i64, subject: &str) -> Vec<Row> {
        let mut before = audit::START;
        (1..=length)
            .map(|id| {
                let (at, act, subject) = (Moment(id * STEP), "dossier-read".to_owned(), format!("{subject}{id}"));
                let hash = audit::hash(&before, id, at, &act, &subject, "");
                before = hash;
                Row { id, at, act, subject, detail: String::new(), hash }
            })
            .collect()
    }

    fn checkpoints(rows: &[Row], at: &[usize], signer: &Signer) -> String {
        let mut text: Vec<String> = Vec::new();
        for row in at.iter().map(|row| &rows[row - 1]) {
            let before = text.last().map(String::as_str);
            text.push(checkpoint(signer, row.id, &row.hash, row.at, before, &[5; 32]).unwrap());
        }
        text.join("\n")
    }

    #[test]
    fn whatever_is_touched_is_named() {
        let (signer, other) = (Signer::new(&[7; 32]), Signer::new(&[8; 32]));
        let keys = [signer.public()];
        let rows = chain(100, "d");
        let good = checkpoints(&rows, &[10, 40, 90], &signer);
        let lines: Vec<&str> = good.lines().collect();
        let now = Moment(100 * STEP);
        let verify = |rows: &[Row], text: &str| verify(&mut rows.iter().cloned(), text, &keys, now);
        assert_eq!(verify(&rows, &good), Ok(100));
        assert_eq!(verify(&rows[..90], &good), Ok(90));
        let mut bit = rows.clone();
        bit[49].hash[0] ^= 1;
        for (what, rows, text, fault) in [
            ("a row changed", &bit[..], good.clone(), Fault::Row(50)),
            ("the end cut off", &rows[..89], good.clone(), Fault::Cut(90)),
            ("the beginning of a longer end", &rows[..50], good.clone(), Fault::Cut(90)),
            ("all of it anew", &chain(100, "x"), good.clone(), Fault::Rewritten(10)),
            ("a checkpoint left out", &rows, [lines[0], lines[2]].join("\n"), Fault::Checkpoint(2)),
            ("the first left out", &rows, lines[1..].join("\n"), Fault::Checkpoint(1)),
            ("two swapped", &rows, [lines[1], lines[0], lines[2]].join("\n"), Fault::Checkpoint(1)),
            ("one doubled", &rows, [lines[0], lines[0]].join("\n"), Fault::Checkpoint(2)),
            ("a number changed", &rows, good.replace("\"40\"", "\"41\""), Fault::Checkpoint(2)),
            ("rubbish", &rows, format!("{}\n{{}}", lines[0]), Fault::Checkpoint(2)),
            ("signed by another", &rows, checkpoints(&rows, &[10], &other), Fault::Checkpoint(1)),
            ("the newest cut off", &rows, lines[..2].join("\n"), Fault::Uncovered(40)),
            ("all of them gone", &rows, String::new(), Fault::Uncovered(0)),
        ] {
            assert_eq!(verify(rows, &text), Err(fault), "{what}");
        }
        // An old backup put back in place of the newer chain.
        assert_eq!(verify(&rows[..39], &good), Err(Fault::Cut(40)));
    }
}

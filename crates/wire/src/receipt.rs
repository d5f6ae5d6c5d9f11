//! The answer to a submission.

use crate::Promises;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/dossiers`: the dossier has arrived whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The lookup code, in groups of four: `7K3M-0TQ9-XW4D-5`.
    pub code: String,
    /// The QR picture of the code, row by row, `1` for a dark dot; empty when it could not be made.
    #[serde(default)]
    pub qr: Vec<String>,
    /// When it was sent, in milliseconds since 1970 in UTC.
    pub sent_at: i64,
    /// The procedure's legal name.
    pub procedure: String,
    /// The receiving agency's name.
    pub agency: String,
    /// Where it is.
    pub address: String,
    /// Its help line.
    pub phone: String,
    /// Every paper that arrived.
    pub papers: Vec<ReceivedPaper>,
    /// When what is expected to happen; the binding appointment comes with reception.
    pub promises: Promises,
}

/// A paper that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivedPaper {
    /// Which paper, in the procedure's words.
    pub paper: String,
    /// The file's name.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
}

impl From<&dossier::Receipt> for Receipt {
    fn from(receipt: &dossier::Receipt) -> Self {
        Self {
            code: receipt.code.to_string(),
            qr: Vec::new(),
            sent_at: receipt.sent_at.0,
            procedure: receipt.procedure.clone(),
            agency: receipt.agency.clone(),
            address: receipt.address.clone(),
            phone: receipt.phone.clone(),
            papers: receipt.papers.iter().map(ReceivedPaper::from).collect(),
            promises: (&receipt.promises).into(),
        }
    }
}

impl From<&dossier::ReceivedPaper> for ReceivedPaper {
    fn from(paper: &dossier::ReceivedPaper) -> Self {
        Self {
            paper: paper.paper.clone(),
            name: paper.name.clone(),
            kind: paper.kind.clone(),
            bytes: paper.bytes,
            sha256: paper.sha256.clone(),
        }
    }
}

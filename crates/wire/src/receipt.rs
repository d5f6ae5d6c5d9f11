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
    /// How many of its forms have an official paper: `GET /api/v1/dossiers/forms/{number}/pdf`, from 1 on. Early receipts
    /// do not tell.
    #[serde(default)]
    pub forms: usize,
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
    /// The same, sealed and signed, to show to others; it has no lookup code. Receipts of early versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Proof>))]
    pub proof: Option<receipt::Proof>,
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
    /// How many pages, where they could be counted.
    #[serde(default)]
    pub pages: Option<u32>,
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
            forms: receipt.forms,
            procedure: receipt.procedure.clone(),
            agency: receipt.agency.clone(),
            address: receipt.address.clone(),
            phone: receipt.phone.clone(),
            papers: receipt.papers.iter().map(ReceivedPaper::from).collect(),
            promises: (&receipt.promises).into(),
            proof: None,
        }
    }
}

impl From<&dossier::ReceivedPaper> for ReceivedPaper {
    fn from(paper: &dossier::ReceivedPaper) -> Self {
        Self {
            paper: paper.paper.clone(),
            name: paper.name.clone(),
            kind: paper.kind.clone(),
            pages: paper.pages,
            bytes: paper.bytes,
            sha256: paper.sha256.clone(),
        }
    }
}

/// `GET /api/v1/receipt-keys`: the public keys by which receipts are checked, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKeys {
    /// Every key that ever signed; a receipt names the one that signed it.
    pub keys: Vec<ReceiptKey>,
}

/// A public key of receipts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKey {
    /// Its name: the first 16 hexadecimal digits of its SHA-256.
    pub id: String,
    /// The Ed25519 public key (RFC 8032), 64 hexadecimal digits.
    pub public: String,
}

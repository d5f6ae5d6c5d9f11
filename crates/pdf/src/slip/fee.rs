//! *Biên lai thu phí, lệ phí*: that a fee was paid online.

use super::data::{moment, perhaps};
use super::{Applicant, Contact};
use procedure::calendar::Moment;
use serde::Serialize;

/// That a fee was paid. It is told from what the provider affirmed and needs no signature; it does not take the place of a
/// tax authority's electronic receipt (biên lai điện tử, Nghị định 123/2020/NĐ-CP), and says so.
#[derive(Clone, Debug, Serialize)]
pub struct FeeReceipt {
    /// The order's name, which no other receipt has.
    pub number: String,
    /// Who receives the fee.
    pub recipient: String,
    /// Who pays it: the filer of the dossier.
    pub payer: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// The fee's legal name.
    pub fee: String,
    /// What sets its amount; may be empty.
    pub law: String,
    /// In đồng, in digits: "150.000".
    pub amount: String,
    /// The same in words.
    pub words: String,
    /// Through whom it was paid.
    pub way: String,
    /// The provider's number of the payment.
    pub transaction: String,
    /// When it was paid.
    #[serde(serialize_with = "moment")]
    pub paid: Moment,
    /// What came beside it and is not owed.
    pub back: Vec<GivenBack>,
    /// Where the dossier is followed, and whom to ask.
    pub contact: Contact,
}

/// A payment that is not owed: it has gone back, or will.
#[derive(Clone, Debug, Serialize)]
pub struct GivenBack {
    /// In đồng, in digits.
    pub amount: String,
    /// Through whom it came.
    pub way: String,
    /// The provider's number of it.
    pub transaction: String,
    /// When it went back; nothing while it has not.
    #[serde(serialize_with = "perhaps")]
    pub gone: Option<Moment>,
}

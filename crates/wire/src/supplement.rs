//! A citizen answers a supplement: what was marked is opened by the lookup code and the last digits of the telephone
//! number, and sent once.

use crate::Supplement;
use form::Answers;
use procedure::FiledPaper;
use serde::{Deserialize, Serialize};

/// What opens a dossier to its citizen: the body of `POST /api/v1/supplements/open`, of `POST /api/v1/replies/open`, and of
/// `POST /api/v1/replies/result`, which answers with the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ByCode {
    /// The lookup code, however it is typed.
    pub code: String,
    /// The last four digits of the filer's telephone number; empty where it is the signed-in account's own.
    pub digits: String,
}

/// What is to be mended, and nothing else of the dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupplementOpened {
    /// The procedure's id.
    pub procedure: String,
    /// The fingerprint of the procedure as it was filed.
    pub fingerprint: String,
    /// The receiving agency's name.
    pub agency: String,
    /// Its help line.
    pub phone: String,
    /// What was asked for, in the officer's words.
    pub asked: Supplement,
    /// The forms with marked places, each with the answers there.
    pub forms: Vec<MarkedForm>,
    /// The marked papers.
    pub papers: Vec<MarkedPaper>,
}

/// A marked paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkedPaper {
    /// Its id in the procedure.
    pub paper: String,
    /// What it is, in the procedure's words.
    pub name: String,
    /// How many files of it there are now; new ones take their place.
    pub files: usize,
}

/// A form with marked places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkedForm {
    /// The form's id.
    pub form: String,
    /// The fingerprint of the form as it was filled: its text is at `/api/v1/forms/{fingerprint}`.
    pub fingerprint: String,
    /// The marked places.
    pub places: Vec<String>,
    /// The answers at these places.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub answers: Answers,
}

/// The body of `POST /api/v1/supplements`, with an `Idempotency-Key` under which its papers were sent up before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendSupplement {
    /// The lookup code.
    pub code: String,
    /// The last four digits of the filer's telephone number; empty where it is the signed-in account's own.
    pub digits: String,
    /// The answers at the marked places, form by form.
    pub forms: Vec<MendedForm>,
    /// The papers at the marked places: they take the place of those that were there.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::FiledPaper>))]
    pub papers: Vec<FiledPaper>,
}

/// The new answers of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MendedForm {
    /// The form's id.
    pub form: String,
    /// The answers.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub answers: Answers,
}

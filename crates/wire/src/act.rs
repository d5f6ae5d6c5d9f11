//! What an officer does with a dossier, and what they ask its citizen for.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/desk/dossiers/{id}/acts`, with an `Idempotency-Key`. Answered with the [`DeskDossier`] after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActRequest {
    /// The version the officer saw.
    pub version: u32,
    /// What they do.
    pub act: Act,
}

/// What an officer does with a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Takes the work.
    Claim,
    /// Gives it back to everybody of the role.
    Release,
    /// Gives it to a colleague.
    Assign {
        /// The colleague's id.
        officer: String,
    },
    /// Receives the dossier: the official number is born, the next stage begins.
    Receive,
    /// Asks for a supplement: the clock stops.
    AskSupplement {
        /// Everything that is to be mended.
        supplement: Supplement,
    },
    /// The desk proposes to its head to refuse.
    ProposeRefusal {
        /// Why.
        reason: String,
    },
    /// The head of the desk refuses.
    Refuse {
        /// Why, for the citizen.
        reason: String,
    },
    /// The head of the desk does not refuse: back to the desk.
    Reconsider {
        /// Why.
        reason: String,
    },
    /// This turn is done: to the next one.
    Forward {
        /// What the next one should know; may be empty.
        note: String,
    },
    /// Back to an earlier stage.
    SendBack {
        /// The stage's id.
        stage: String,
        /// Why.
        reason: String,
    },
    /// Trả không giải quyết: down to the one-stop desk, with the reason.
    ReturnUnsolved {
        /// Why, for the citizen.
        reason: String,
    },
    /// Asks for pardon and takes more time, at most once.
    Extend {
        /// How much more, in quarter-days.
        quarter_days: u16,
        /// Why, for the citizen.
        reason: String,
    },
    /// Attaches the signed result, sent up before under this act's own key to `PUT /api/v1/papers/{sha256}`.
    AttachResult {
        /// Number of the decision.
        number: String,
        /// SHA-256 of the file.
        sha256: String,
        /// The file's name.
        file: String,
    },
    /// What was objected to its posting is re-checked.
    Recheck {
        /// Whether it stands: then it is posted again. What does not stand is returned unsolved.
        stands: bool,
        /// Why; where it does not stand, for the citizen.
        reason: String,
    },
    /// The result, or the refusal, has been given to the citizen: it is over.
    HandOver {
        /// The originals compared before; all of the dossier's `originals`.
        #[serde(default)]
        compared: Vec<Compared>,
    },
}

/// A paper compared with its original (đối chiếu bản chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The paper's id in the procedure.
    pub paper: String,
    /// In what the original differs; empty when it is the same.
    #[serde(default)]
    pub differs: String,
}

/// What the citizen is asked to mend or add, all at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// Each field or paper.
    pub items: Vec<SupplementItem>,
    /// What else is to be said; may be empty.
    #[serde(default)]
    pub note: String,
}

/// One field or paper to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SupplementItem {
    /// `nd20-04/ho_ten` or `paper/giay-chung-tu`.
    pub place: String,
    /// What to mend, in words for the citizen.
    pub says: String,
}

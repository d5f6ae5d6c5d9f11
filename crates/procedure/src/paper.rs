//! Papers (giấy tờ, thành phần hồ sơ): which a case needs and why, and the limits of what may be attached.

use crate::Procedure;
use form::scope::Values;
use form::{Condition, Date, Required, Scope};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A kind of paper a procedure may ask for.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct PaperKind {
    /// `giay-chung-tu`: never changes once dossiers exist.
    pub id: String,
    /// "Giấy chứng tử".
    pub name: String,
    /// Why this case needs it, in plain words.
    pub why: String,
    /// The article that asks for it.
    pub law: String,
    /// What to do when the person does not have it.
    pub missing: String,
    /// Asked for only then; always, when nothing is said. Names are those of the guiding questions, or `form/question`.
    pub show: Option<Condition>,
    /// Whether it must be there.
    pub required: Required,
    /// Most files of this kind.
    pub max_files: u8,
    /// The drawing that shows what it looks like, `samples/<sample>.svg` of the site; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sample: String,
}

/// A paper this dossier is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need<'a> {
    /// Which.
    pub paper: &'a PaperKind,
    /// False when it may be left out.
    pub required: bool,
}

/// The papers this dossier is asked for, from the values of its case and forms.
#[must_use]
pub fn required_papers<'a>(procedure: &'a Procedure, values: &Values, today: Date) -> Vec<Need<'a>> {
    let scope = Scope::new(values, today);
    let asked = procedure.papers.iter().filter(|paper| scope.shows(paper.show.as_ref()));
    asked.map(|paper| Need { paper, required: paper.required.holds(&scope) }).collect()
}

/// Most bytes of one file.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// Most bytes of all files of a dossier.
pub const MAX_DOSSIER_BYTES: u64 = 40 * 1024 * 1024;
/// Most files of a dossier.
pub const MAX_FILES: usize = 30;
/// The media types taken.
pub const MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

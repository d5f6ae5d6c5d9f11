//! The catalogue the browser starts from: what procedures there are, and under which names its files lie.

use pack::Pack;
use serde::{Deserialize, Serialize};

/// Everything the first page needs, and the names of the rest.
#[derive(Clone, Debug, Default, PartialEq, Pack, Serialize, Deserialize)]
pub struct Catalogue {
    /// In the order they are shown.
    pub procedures: Vec<Listed>,
    /// Forms by id.
    pub forms: Vec<Stored>,
    /// The file of agencies.
    pub agencies: String,
    /// The file of provinces.
    pub provinces: String,
    /// Province code → its file of communes.
    pub communes: Vec<(String, String)>,
}

/// A procedure as the list shows it.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Listed {
    /// The procedure's own file.
    pub stored: Stored,
    /// The legal name.
    pub name: String,
    /// The name people use.
    pub short: String,
    /// Lĩnh vực.
    pub field: String,
    /// Words people search by.
    pub keywords: Vec<String>,
    /// One or two sentences.
    pub summary: String,
    /// The whole time in quarter-days.
    pub quarter_days: u32,
    /// What it costs, in words.
    pub fee: String,
    /// The file of its rules of who may have what; empty when it has none.
    pub eligibility: String,
}

/// Something with a fingerprint, and the file it lies in, which begins with that fingerprint.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// The first eight bytes of its fingerprint: another language is another file of the same version.
    pub version: u64,
    /// Path below `data/`.
    pub file: String,
}

impl Catalogue {
    /// The procedure with this id.
    #[must_use]
    pub fn procedure(&self, id: &str) -> Option<&Listed> {
        self.procedures.iter().find(|listed| listed.stored.id == id)
    }

    /// The form with this id.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Stored> {
        self.forms.iter().find(|stored| stored.id == id)
    }

    /// The file of a province's communes.
    #[must_use]
    pub fn communes_of(&self, province: &str) -> Option<&str> {
        self.communes.iter().find(|(code, _)| code == province).map(|(_, file)| file.as_str())
    }
}

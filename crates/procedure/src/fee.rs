//! What it costs to file (phí, lệ phí): the amount set by law, who pays less or nothing, and to whom it goes.
//!
//! The amount is a province's resolution's (Luật Phí và lệ phí 97/2015/QH13), so it is data like everything else of a
//! procedure. What one dossier owes follows from its answers, by [`Procedure::fee`], the same wherever it is asked.

use crate::Procedure;
use form::scope::Values;
use form::{Condition, Date, Scope};
use pack::{Pack, Reader};
use serde::{Deserialize, Serialize};

/// What it costs to file. Texts that a free procedure has no use for are empty, and its JSON does not name them: it is the
/// text it was before there were any.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// In đồng; 0 when it is free.
    pub amount: i64,
    /// The few words of it: "75.000 đồng".
    pub says: String,
    /// Its legal name: "Lệ phí cấp giấy phép xây dựng".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The article or resolution that sets the amount.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub law: String,
    /// Who receives it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recipient: String,
    /// Who pays less or nothing, tried in order. Empty in the browser's files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<Exemption>,
    /// The sentences of the exemptions, which is all that a citizen's page shows of them. Only in the browser's files.
    #[serde(skip)]
    pub exempt: Vec<String>,
}

/// A case in which less is paid, or nothing (miễn, giảm).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// A name for tests and statistics.
    pub id: String,
    /// Holds over the guiding questions by id and the answers of templates as `form/question`.
    pub when: Condition,
    /// What is left to pay, in đồng: 0 is miễn, more is giảm.
    #[serde(default)]
    pub amount: i64,
    /// Who that is and what it means, in plain words.
    pub says: String,
    /// The article it rests on.
    pub law: String,
}

/// What one dossier owes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeeDue<'a> {
    /// In đồng, after the exemption; 0 when nothing is to be paid.
    pub amount: i64,
    /// The fee's legal name; empty when the procedure is free.
    pub name: &'a str,
    /// What sets the amount.
    pub law: &'a str,
    /// Who receives it.
    pub recipient: &'a str,
    /// Why it is less than the full amount, when it is.
    pub exemption: Option<&'a Exemption>,
}

impl Procedure {
    /// What a dossier with these values of its case and forms owes on this day: the first exemption that holds counts.
    ///
    /// What is not answered exempts nobody.
    #[must_use]
    pub fn fee(&self, values: &Values, today: Date) -> FeeDue<'_> {
        let Fee { amount, name, law, recipient, exemptions, .. } = &self.fee;
        let scope = Scope::new(values, today);
        let exemption = exemptions.iter().find(|exemption| scope.shows(Some(&exemption.when)));
        let amount = exemption.map_or(*amount, |exemption| exemption.amount);
        FeeDue { amount, name, law, recipient, exemption }
    }
}

/// Only what a citizen's page shows: the conditions would cost the browser's program more than they are worth to it.
impl Pack for Fee {
    fn write(&self, out: &mut Vec<u8>) {
        self.amount.write(out);
        self.says.write(out);
        self.exempt.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self { amount: Pack::read(from), says: Pack::read(from), exempt: Pack::read(from), ..Self::default() }
    }
}

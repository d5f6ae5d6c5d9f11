//! `fee` of `procedures/<id>.toml` as it is written, and what it must keep.

use super::verify::stray;
use crate::{Exemption, Fee, Procedure};
use form::source::line_of;
use form::{Condition, Form};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// What it costs to file. A free procedure says only `amount = 0` and what people read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFee {
    /// In đồng.
    amount: i64,
    /// The few words of it in a list: "75.000 đồng".
    says: String,
    /// Its legal name: "Lệ phí cấp giấy phép xây dựng".
    #[serde(default)]
    name: String,
    /// The article or resolution that sets the amount.
    #[serde(default)]
    law: String,
    /// Who receives it.
    #[serde(default)]
    recipient: String,
    /// Who pays less or nothing, tried in order.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenExemption>")]
    exemption: Vec<Spanned<WrittenExemption>>,
}

/// A case in which less is paid, or nothing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenExemption {
    /// A name.
    id: String,
    /// Guiding questions by id, answers of templates as "nd15-01/cap_cong_trinh".
    when: Condition,
    /// What is left to pay, in đồng; nothing when left out.
    #[serde(default)]
    amount: i64,
    /// Who that is and what it means, in plain words.
    says: String,
    /// The article it rests on.
    law: String,
}

/// The fee, and the line of each of its exemptions.
pub(super) fn fee(text: &str, written: WrittenFee) -> (Fee, Vec<usize>) {
    let WrittenFee { amount, says, name, law, recipient, exemption } = written;
    let (mut exemptions, mut lines) = (Vec::new(), Vec::new());
    for row in exemption {
        lines.push(line_of(text, row.span().start));
        let WrittenExemption { id, when, amount, says, law } = row.into_inner();
        exemptions.push(Exemption { id, when, amount, says, law });
    }
    (Fee { amount, says, name, law, recipient, exemptions, exempt: Vec::new() }, lines)
}

/// Whoever is asked for money is told what for, by which law and by whom; each exemption leaves less to pay and can be told from
/// the answers.
pub(super) fn verify(
    procedure: &Procedure,
    lines: &[usize],
    forms: &BTreeMap<String, Form>,
) -> Result<(), (usize, String)> {
    let fee = &procedure.fee;
    if fee.amount < 0 || fee.says.is_empty() {
        return Err((1, "a fee is 0 đồng or more, and says so".to_owned()));
    }
    if fee.amount > 0 && [&fee.name, &fee.law, &fee.recipient].iter().any(|text| text.is_empty()) {
        return Err((1, "a fee that is paid has a name, a law and a recipient".to_owned()));
    }
    let mut ids = BTreeSet::new();
    for (exemption, line) in fee.exemptions.iter().zip(lines) {
        let Exemption { id, when, amount, says, law } = exemption;
        let wrong = if !ids.insert(id) {
            Some(format!("two exemptions are called \"{id}\""))
        } else if says.is_empty() || law.is_empty() {
            Some(format!("the exemption \"{id}\" says nothing, or has no law"))
        } else if !(0..fee.amount).contains(amount) {
            Some(format!("the exemption \"{id}\" leaves {amount} đồng to pay of {}", fee.amount))
        } else {
            stray(when, procedure, forms)
                .map(|name| format!("the exemption \"{id}\" looks at \"{name}\", which nothing asks"))
        };
        if let Some(says) = wrong {
            return Err((*line, says));
        }
    }
    Ok(())
}

//! "May I, and how much?" as the API answers it.

use procedure::VerdictKind;
use procedure::eligibility::{self, Per};
use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/procedures/{id}/eligibility`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EligibilityRequest {
    /// Place → what was chosen or typed.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub answers: form::Answers,
}

/// What the rules answer. Advice, never a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The outcome's id.
    pub outcome: String,
    /// What it comes to.
    pub verdict: VerdictWord,
    /// The article of law.
    pub law: String,
    /// First day on which that is the law, "2021-07-01"; nothing for whoever fits no rule.
    pub in_force_from: Option<String>,
    /// Last day, when known.
    pub in_force_until: Option<String>,
    /// Why, in Vietnamese, for people.
    pub says: String,
    /// What else to try; may be empty.
    pub instead: String,
    /// How much, when the law names an amount.
    pub amount: Option<Amount>,
    /// What is not certain, as Vietnamese sentences.
    pub doubts: Vec<String>,
}

/// What a verdict comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// The answers fit an article of law.
    Probably,
    /// They do not.
    No,
    /// An officer can tell.
    Ask,
}

/// An amount with its sum: standard × coefficient ÷ 100 × times = total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Amount {
    /// The standard's name in law.
    pub standard_name: String,
    /// In đồng.
    pub standard: i64,
    /// The law that sets it.
    pub standard_law: String,
    /// The day from which it is so much.
    pub standard_from: String,
    /// In hundredths: 150 is 1,5.
    pub coefficient: u32,
    /// The numbers that were answered: children, people, kilometres.
    pub times: Vec<i64>,
    /// In đồng.
    pub total: i64,
    /// How often.
    pub per: PayPeriod,
    /// The law says "at least".
    pub at_least: bool,
}

/// How often an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PayPeriod {
    /// Every month.
    Month,
    /// Once.
    Once,
}

impl From<eligibility::Verdict> for Verdict {
    fn from(verdict: eligibility::Verdict) -> Self {
        Self {
            outcome: verdict.outcome,
            verdict: match verdict.kind {
                VerdictKind::Probably => VerdictWord::Probably,
                VerdictKind::No => VerdictWord::No,
                VerdictKind::Ask => VerdictWord::Ask,
            },
            law: verdict.law,
            in_force_from: verdict.in_force.from.map(|day| day.to_string()),
            in_force_until: verdict.in_force.until.map(|day| day.to_string()),
            says: verdict.says,
            instead: verdict.instead,
            amount: verdict.amount.map(Amount::from),
            doubts: verdict.doubts,
        }
    }
}

impl From<eligibility::Amount> for Amount {
    fn from(amount: eligibility::Amount) -> Self {
        Self {
            standard_name: amount.standard_name,
            standard: amount.standard,
            standard_law: amount.standard_law,
            standard_from: amount.standard_from.to_string(),
            coefficient: amount.coefficient,
            times: amount.times,
            total: amount.total,
            per: match amount.per {
                Per::Month => PayPeriod::Month,
                Per::Once => PayPeriod::Once,
            },
            at_least: amount.at_least,
        }
    }
}

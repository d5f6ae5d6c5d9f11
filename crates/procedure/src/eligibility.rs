//! "May I, and how much?": rules as data beside a procedure, asked before anything is filled. Advice, never a decision.

use form::{Answers, Condition, Date, Form, Given, Problem, Scope, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// The rules of one procedure, as written in `forms/eligibility/<procedure>.toml`.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Eligibility {
    /// A few questions, as a small form of their own. None of them asks who somebody is.
    pub questions: Form,
    /// Tried in order: the first that is in force and holds is the verdict.
    pub outcomes: Vec<Outcome>,
    /// For whoever fits none of them, and for days before the law began: ask an officer.
    pub otherwise: Outcome,
    /// The standards the outcomes pay by.
    pub standards: Vec<Standard>,
    /// What people must be told on certain days, because the law in our hands may no longer be the whole.
    pub doubts: Vec<Doubt>,
}

/// One answer the rules can give.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Outcome {
    /// A name for tests and programs.
    pub id: String,
    /// Holds over the questions; always, when nothing is said.
    pub when: Option<Condition>,
    /// What it comes to.
    pub kind: VerdictKind,
    /// The article of law.
    pub law: String,
    /// From when until when it is the law.
    pub in_force: Days,
    /// Why, in plain words.
    pub says: String,
    /// What else to try; empty when there is nothing to add.
    pub instead: String,
    /// What is paid, when the law names an amount.
    pub pays: Option<Pays>,
}

/// What a verdict comes to. There is no "yes": that is the office's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// The answers fit an article of law.
    Probably,
    /// They do not, and the reason is told.
    No,
    /// The answers alone cannot tell: an officer can.
    Ask,
}

/// Days from the first to the last; open at an end about which nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pack, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// How an amount is worked out: the standard of the day × the coefficient × the answers to `times`.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pays {
    /// The standard's file in `forms/standards/`.
    pub standard: String,
    /// In hundredths: 150 is 1,5.
    pub coefficient: u32,
    /// Monthly, or once.
    pub per: Per,
    /// Questions whose numbers multiply it: children, people, kilometres.
    #[serde(default)]
    pub times: Vec<String>,
    /// The law says "at least" (tối thiểu, thấp nhất).
    #[serde(default)]
    pub at_least: bool,
}

/// How often an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Every month.
    Month,
    /// Once.
    Once,
}

/// An amount set by law that changes with time, such as mức chuẩn trợ giúp xã hội.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Standard {
    /// The file's name.
    pub id: String,
    /// Its name in law.
    pub name: String,
    /// Oldest first; each holds until the next begins.
    pub rates: Vec<Rate>,
}

/// What a standard is from a day on.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Rate {
    /// In đồng.
    pub amount: i64,
    /// The first day.
    pub from: Date,
    /// The article of law.
    pub law: String,
    /// Said to people when the figure is not certain; empty when it is.
    pub doubt: String,
}

/// A sentence people must be told on certain days.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Doubt {
    /// The days.
    pub in_force: Days,
    /// The sentence.
    pub says: String,
}

/// What the rules answer.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Verdict {
    /// The outcome's id.
    pub outcome: String,
    /// What it comes to.
    pub kind: VerdictKind,
    /// The article of law.
    pub law: String,
    /// From when until when it is the law.
    pub in_force: Days,
    /// Why, in plain words.
    pub says: String,
    /// What else to try; may be empty.
    pub instead: String,
    /// How much, when the law names an amount.
    pub amount: Option<Amount>,
    /// What is not certain, as sentences.
    pub doubts: Vec<String>,
}

/// An amount with its sum: standard × coefficient × numbers = total.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Amount {
    /// The standard's name in law.
    pub standard_name: String,
    /// The standard of the day, in đồng.
    pub standard: i64,
    /// The law that sets it.
    pub standard_law: String,
    /// The day from which it is so much.
    pub standard_from: Date,
    /// In hundredths.
    pub coefficient: u32,
    /// The numbers answered, in the order of the rule.
    pub times: Vec<i64>,
    /// In đồng.
    pub total: i64,
    /// Monthly, or once.
    pub per: Per,
    /// The law says "at least".
    pub at_least: bool,
}

impl Days {
    /// Whether the day is one of them.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Standard {
    /// What it is on a day; nothing before its first.
    #[must_use]
    pub fn rate(&self, on: Date) -> Option<&Rate> {
        self.rates.iter().rev().find(|rate| rate.from <= on)
    }
}

impl Eligibility {
    /// What the answers come to on `given.today`. Pure like the check, so that whoever asks, and wherever, is told the same.
    ///
    /// # Errors
    /// What is wrong with the answers, as [`form::check`] finds it.
    pub fn assess(&self, answers: &Answers, given: &Given<'_>) -> Result<Verdict, Vec<Problem>> {
        let checked = form::check(&self.questions, answers, given)?;
        let scope = Scope::new(checked.values(), given.today);
        let outcome = self
            .outcomes
            .iter()
            .find(|outcome| outcome.in_force.contains(given.today) && scope.shows(outcome.when.as_ref()))
            .unwrap_or(&self.otherwise);
        let paid = outcome.pays.as_ref().and_then(|pays| self.amount(pays, &scope));
        let doubts = self.doubts.iter().filter(|doubt| doubt.in_force.contains(given.today)).map(|doubt| &doubt.says);
        let of_rate = paid.iter().map(|(_, rate)| &rate.doubt).filter(|says| !says.is_empty());
        let doubts = of_rate.chain(doubts).cloned().collect();
        Ok(Verdict {
            outcome: outcome.id.clone(),
            kind: outcome.kind,
            law: outcome.law.clone(),
            in_force: outcome.in_force,
            says: outcome.says.clone(),
            instead: outcome.instead.clone(),
            amount: paid.map(|(amount, _)| amount),
            doubts,
        })
    }

    /// Nothing, when a number was not answered, the standard was not yet set, or the sum is beyond counting.
    fn amount(&self, pays: &Pays, scope: &Scope<'_>) -> Option<(Amount, &Rate)> {
        let standard = self.standards.iter().find(|standard| standard.id == pays.standard)?;
        let rate = standard.rate(scope.today)?;
        let number = |name: &String| match scope.value(name)? {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        let times: Vec<i64> = pays.times.iter().map(number).collect::<Option<_>>()?;
        let one = rate.amount.checked_mul(i64::from(pays.coefficient))? / 100;
        let total = times.iter().try_fold(one, |sum, number| sum.checked_mul(*number))?;
        let amount = Amount {
            standard_name: standard.name.clone(),
            standard: rate.amount,
            standard_law: rate.law.clone(),
            standard_from: rate.from,
            coefficient: pays.coefficient,
            times,
            total,
            per: pays.per,
            at_least: pays.at_least,
        };
        Some((amount, rate))
    }
}

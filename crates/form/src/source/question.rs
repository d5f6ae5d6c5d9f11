//! A question as it is written in the files, and how it becomes one of the closed kinds.

use super::Shelf;
use crate::answers::MOST_ROWS;
use crate::kind::date::Precision;
use crate::kind::{
    address, choice, choices, computed, date, declaration, email, money, number, personal_id, phone, repeat, text,
    yes_no,
};
use crate::{Choosable, Condition, Kind, Operand, Question, Required, Rule, Tells};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

/// One question, or the use of a shared group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenQuestion {
    /// Lower-case letters, digits and underscores.
    pub id: String,
    /// The kind of answer.
    kind: WrittenKind,
    /// Its number on the paper.
    #[serde(default)]
    number: String,
    /// Plain words.
    label: String,
    /// The paper's own wording.
    #[serde(default)]
    legal: String,
    /// Help below the label.
    #[serde(default)]
    hint: String,
    /// true, false, or a condition. True when nothing is said.
    #[serde(default)]
    required: Option<WrittenRequired>,
    /// Shown only then.
    #[serde(default)]
    show: Option<Condition>,
    /// What must hold between this answer and others.
    #[serde(default)]
    rule: Vec<WrittenRule>,
    /// Answered by the guiding questions of the procedure.
    #[serde(default)]
    given: bool,
    /// What of a person's identity card answers it.
    #[serde(default)]
    card: Option<WrittenCard>,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: String,
    /// Of a text: fewest characters. Of a number: the least. Of a group: fewest rows.
    #[serde(default)]
    min: Option<Operand>,
    /// Of a text: most characters. Of a number: the most. Of a group: most rows.
    #[serde(default)]
    max: Option<Operand>,
    /// Of a text: offered while typing (texts, or the name of a list).
    #[serde(default)]
    suggestions: Option<Suggestions>,
    /// Of a choice: the answers offered.
    #[serde(default)]
    options: Vec<WrittenOption>,
    /// Of a choice: the name of a shared list.
    #[serde(default)]
    list: Option<String>,
    /// Of a choice: found by typing.
    #[serde(default)]
    search: bool,
    /// Of yes/no: "Có" stands first.
    #[serde(default)]
    yes_first: bool,
    /// Of a date: how much must be filled.
    #[serde(default)]
    accepts: Option<Precision>,
    /// Of a date: not before this.
    #[serde(default)]
    earliest: Option<Operand>,
    /// Of a date: not after this.
    #[serde(default)]
    latest: Option<Operand>,
    /// Of a personal number: the question with the date of birth.
    #[serde(default)]
    birth: Option<String>,
    /// Of a personal number: the question with the sex.
    #[serde(default)]
    sex: Option<String>,
    /// Of a personal number: the question with another person's number.
    #[serde(default)]
    differs_from: Option<String>,
    /// Of an address: village, street and house must be told. True when nothing is said.
    #[serde(default)]
    detailed: Option<bool>,
    /// Of a number or a computed value: written after it.
    #[serde(default)]
    unit: String,
    /// Of a computed value: what it is worked out from.
    #[serde(default)]
    of: Option<Operand>,
    /// Of a group: what a row is called.
    #[serde(default)]
    row: String,
    /// Of a group: the words on the button.
    #[serde(default)]
    add: String,
    /// Of a group: the questions of a row.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenQuestion>")]
    question: Vec<toml::Table>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum WrittenKind {
    Name,
    Text,
    LongText,
    Number,
    Money,
    Date,
    Month,
    Year,
    Choice,
    Choices,
    YesNo,
    PersonalId,
    Phone,
    Email,
    Address,
    Repeat,
    Declaration,
    Computed,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenRequired {
    Plain(bool),
    When(Condition),
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Suggestions {
    List(String),
    Texts(Vec<String>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    #[serde(default)]
    when: Option<Condition>,
    holds: Condition,
    says: String,
    #[serde(default)]
    warns: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenCard {
    /// What the card tells here.
    tells: WrittenTells,
    /// The question with the name of the person whose card it is, asked before this one.
    of: String,
}

/// [`Tells`] without the name, which nobody has to write.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum WrittenTells {
    Number,
    Birth,
    Sex,
    Residence,
    Issued,
    Issuer,
}

impl From<WrittenTells> for Tells {
    fn from(written: WrittenTells) -> Self {
        match written {
            WrittenTells::Number => Self::Number,
            WrittenTells::Birth => Self::Birth,
            WrittenTells::Sex => Self::Sex,
            WrittenTells::Residence => Self::Residence,
            WrittenTells::Issued => Self::Issued,
            WrittenTells::Issuer => Self::Issuer,
        }
    }
}

/// One offered answer as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenOption {
    value: String,
    label: String,
    #[serde(default)]
    hint: String,
    #[serde(default)]
    show: Option<Condition>,
}

impl From<WrittenOption> for Choosable {
    fn from(written: WrittenOption) -> Self {
        Self { value: written.value, label: written.label, hint: written.hint, show: written.show }
    }
}

impl WrittenQuestion {
    /// The question it means.
    pub(super) fn build(self, shelf: &Shelf) -> Result<Question, String> {
        let (id, number, label, legal, hint) =
            (self.id.clone(), self.number.clone(), self.label.clone(), self.legal.clone(), self.hint.clone());
        let required = match &self.required {
            None | Some(WrittenRequired::Plain(true)) => Required::Always,
            Some(WrittenRequired::Plain(false)) => Required::Never,
            Some(WrittenRequired::When(condition)) => Required::When(condition.clone()),
        };
        let rules = self
            .rule
            .iter()
            .map(|rule| Rule {
                id: rule.id.clone(),
                when: rule.when.clone(),
                holds: rule.holds.clone(),
                says: rule.says.clone(),
                warns: rule.warns,
            })
            .collect();
        let (show, given) = (self.show.clone(), self.given);
        // Until the whole form is read, a question holds whose card answers it; `verify` hands that to the name.
        let told = |card: &WrittenCard| [Tells::from(card.tells).word(), "=", &card.of].concat();
        let card = self.card.as_ref().map(told).unwrap_or_default();
        let kind = self.kind(shelf)?;
        Ok(Question { id, number, label, legal, hint, kind, required, show, rules, given, card })
    }

    fn kind(self, shelf: &Shelf) -> Result<Kind, String> {
        Ok(match self.kind {
            WrittenKind::Name => Kind::Text(self.text(shelf, 2, 100, false, true)?),
            WrittenKind::Text => Kind::Text(self.text(shelf, 1, 200, false, false)?),
            WrittenKind::LongText => Kind::Text(self.text(shelf, 1, 1000, true, false)?),
            WrittenKind::Number => Kind::Number(number::Number { min: self.min, max: self.max, unit: self.unit }),
            WrittenKind::Money => Kind::Money(money::Money {}),
            WrittenKind::Date => Kind::Date(self.date(Precision::Day)),
            WrittenKind::Month => Kind::Date(self.date(Precision::Month)),
            WrittenKind::Year => Kind::Date(self.date(Precision::Year)),
            WrittenKind::Choice => Kind::Choice(choice::Choice { search: self.search, options: self.offered(shelf)? }),
            WrittenKind::Choices => Kind::Choices(choices::Choices { options: self.offered(shelf)? }),
            WrittenKind::YesNo => Kind::YesNo(yes_no::YesNo { yes_first: self.yes_first }),
            WrittenKind::PersonalId => Kind::PersonalId(personal_id::PersonalId {
                birth: self.birth,
                sex: self.sex,
                differs_from: self.differs_from,
            }),
            WrittenKind::Phone => Kind::Phone(phone::Phone {}),
            WrittenKind::Email => Kind::Email(email::Email {}),
            WrittenKind::Address => Kind::Address(address::Address { detailed: self.detailed.unwrap_or(true) }),
            WrittenKind::Declaration => Kind::Declaration(declaration::Declaration {}),
            WrittenKind::Computed => Kind::Computed(computed::Computed {
                of: self.of.ok_or("a computed question needs `of`")?,
                unit: self.unit,
            }),
            WrittenKind::Repeat => {
                let mut questions = Vec::new();
                for table in self.question {
                    questions.extend(super::expand::expand(table, shelf)?);
                }
                if questions.is_empty() {
                    return Err("a repeat group needs at least one question".to_owned());
                }
                let max = small(self.max.as_ref(), 20)?;
                if usize::from(max) > MOST_ROWS {
                    return Err(format!("a repeat group has at most {MOST_ROWS} rows"));
                }
                Kind::Repeat(repeat::Repeat {
                    questions: questions.into_iter().map(Arc::new).collect(),
                    min: small(self.min.as_ref(), 1)?,
                    max,
                    row: self.row,
                    add: self.add,
                })
            }
        })
    }

    fn text(self, shelf: &Shelf, min: u16, max: u16, long: bool, name: bool) -> Result<text::Text, String> {
        let suggestions = match self.suggestions {
            None => Vec::new(),
            Some(Suggestions::Texts(texts)) => texts,
            Some(Suggestions::List(list)) => find(shelf, &list)?.iter().map(|option| option.label.clone()).collect(),
        };
        Ok(text::Text {
            min: small(self.min.as_ref(), min)?,
            max: small(self.max.as_ref(), max)?,
            long,
            name,
            suggestions,
        })
    }

    fn date(self, asks: Precision) -> date::DateKind {
        date::DateKind { asks, accepts: self.accepts.unwrap_or(asks), earliest: self.earliest, latest: self.latest }
    }

    fn offered(self, shelf: &Shelf) -> Result<Vec<Choosable>, String> {
        let mut options: Vec<Choosable> = match &self.list {
            Some(list) => find(shelf, list)?.to_vec(),
            None => Vec::new(),
        };
        options.extend(self.options.into_iter().map(Into::into));
        if options.is_empty() { Err("a choice needs `options` or a `list`".to_owned()) } else { Ok(options) }
    }
}

fn find<'a>(shelf: &'a Shelf, list: &str) -> Result<&'a [Choosable], String> {
    shelf.lists.get(list).map(Vec::as_slice).ok_or_else(|| format!("there is no list \"{list}\" in forms/lists/"))
}

fn small<T: TryFrom<i64>>(bound: Option<&Operand>, default: T) -> Result<T, String> {
    match bound {
        None => Ok(default),
        Some(Operand::Number(number)) => T::try_from(*number).map_err(|_| format!("{number} is too large here")),
        Some(_) => Err("`min` and `max` must be plain numbers here".to_owned()),
    }
}

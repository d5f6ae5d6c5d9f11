//! The closed set of question kinds. Each kind's whole behaviour is one file below; nothing else tells kinds apart.

pub mod address;
pub mod choice;
pub mod choices;
pub mod computed;
pub mod date;
pub mod declaration;
pub mod email;
pub mod money;
pub mod number;
pub mod personal_id;
pub mod phone;
pub mod repeat;
pub mod text;
pub mod yes_no;

use crate::{Answers, Code, Condition, Given, Problem, Scope, Units, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub enum Kind {
    /// One line, or several.
    Text(text::Text),
    /// A whole number.
    Number(number::Number),
    /// An amount in đồng.
    Money(money::Money),
    /// A date, a month or a year.
    Date(date::DateKind),
    /// One of several.
    Choice(choice::Choice),
    /// Some of several.
    Choices(choices::Choices),
    /// Yes or no.
    YesNo(yes_no::YesNo),
    /// CMND of 9 digits or căn cước of 12.
    PersonalId(personal_id::PersonalId),
    /// A Vietnamese telephone number.
    Phone(phone::Phone),
    /// An e-mail address.
    Email(email::Email),
    /// Province, commune and the rest.
    Address(address::Address),
    /// Rows of the same questions.
    Repeat(repeat::Repeat),
    /// A sentence to agree to.
    Declaration(declaration::Declaration),
    /// A value the form works out.
    Computed(computed::Computed),
}

/// What reading an answer gives.
#[derive(Default)]
pub struct Read {
    /// The value, when it could be read.
    pub value: Option<Value>,
    /// The tidy texts to keep, by part of the place (empty for the place itself).
    pub kept: Vec<(&'static str, String)>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// What a kind may look at while it reads an answer.
pub struct Reading<'a> {
    /// Everything typed.
    pub answers: &'a Answers,
    /// The place of the question.
    pub place: &'a str,
    /// The label, for problems.
    pub label: &'a str,
    /// The values read so far, in the row of this question.
    pub scope: Scope<'a>,
    /// Today and the units.
    pub given: &'a Given<'a>,
    /// The label of another question, for problems about two of them.
    pub label_of: &'a dyn Fn(&str) -> String,
}

impl Reading<'_> {
    /// The text at the place, trimmed, composed, with single spaces.
    #[must_use]
    pub fn tidy(&self) -> String {
        crate::text::tidy(self.answers.get(self.place), false)
    }

    /// The tidy text at a part of the place.
    #[must_use]
    pub fn tidy_part(&self, part: &str) -> String {
        crate::text::tidy(self.answers.part(self.place, part), false)
    }

    /// A problem that blocks, at the place.
    #[must_use]
    pub fn problem(&self, code: Code, arg: impl Into<String>) -> Problem {
        Problem {
            place: self.place.to_owned(),
            code,
            arg: arg.into(),
            label: self.label.to_owned(),
            blocks: true,
            says: String::new(),
        }
    }

    /// A problem that lets the person go on.
    #[must_use]
    pub fn warning(&self, code: Code, arg: impl Into<String>) -> Problem {
        Problem { blocks: false, ..self.problem(code, arg) }
    }
}

impl Read {
    /// Nothing typed.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A readable answer kept as one text.
    #[must_use]
    pub fn good(value: Value, kept: String) -> Self {
        Self { value: Some(value), kept: vec![("", kept)], problems: Vec::new() }
    }

    /// Something wrong.
    #[must_use]
    pub fn bad(problem: Problem) -> Self {
        Self { value: None, kept: Vec::new(), problems: vec![problem] }
    }

    /// Whether nothing was typed at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_none() && self.problems.is_empty()
    }
}

impl Kind {
    /// Reads the answer. Repeat groups are walked by `check`, which knows their rows.
    #[must_use]
    pub fn read(&self, reading: &Reading<'_>) -> Read {
        match self {
            Self::Text(kind) => kind.read(reading),
            Self::Number(kind) => kind.read(reading),
            Self::Money(kind) => kind.read(reading),
            Self::Date(kind) => kind.read(reading),
            Self::Choice(kind) => kind.read(reading),
            Self::Choices(kind) => kind.read(reading),
            Self::YesNo(kind) => kind.read(reading),
            Self::PersonalId(kind) => kind.read(reading),
            Self::Phone(kind) => kind.read(reading),
            Self::Email(kind) => kind.read(reading),
            Self::Address(kind) => kind.read(reading),
            Self::Repeat(kind) => kind.read(reading),
            Self::Declaration(kind) => kind.read(reading),
            Self::Computed(kind) => kind.read(reading),
        }
    }

    /// The answer as a person reads it, empty when there is none. Texts that cannot be read are shown as typed.
    #[must_use]
    pub fn show(&self, answers: &Answers, place: &str, units: &dyn Units) -> String {
        match self {
            Self::Money(kind) => kind.show(answers, place),
            Self::Date(kind) => kind.show(answers, place),
            Self::Choice(kind) => kind.show(answers, place),
            Self::Choices(kind) => kind.show(answers, place),
            Self::PersonalId(kind) => kind.show(answers, place),
            Self::Phone(kind) => kind.show(answers, place),
            Self::Address(kind) => kind.show(answers, place, units),
            Self::Number(kind) => kind.show(answers, place),
            Self::Text(_)
            | Self::YesNo(_)
            | Self::Email(_)
            | Self::Repeat(_)
            | Self::Declaration(_)
            | Self::Computed(_) => answers.get(place).to_owned(),
        }
    }

    /// The parts below the place that may hold a text; the empty part is the place itself.
    #[must_use]
    pub fn has_part(&self, part: &str) -> bool {
        match self {
            Self::Date(kind) => kind.has_part(part),
            Self::Choices(kind) => kind.has_part(part),
            Self::Address(_) => address::PARTS.contains(&part),
            _ => part.is_empty(),
        }
    }

    /// What is wrong when nothing was answered.
    #[must_use]
    pub fn missing(&self) -> Code {
        match self {
            Self::Choice(_) | Self::Choices(_) | Self::YesNo(_) => Code::RequiredChoice,
            Self::Declaration(_) => Code::NotDeclared,
            _ => Code::Required,
        }
    }

    /// The part that takes the focus when something is wrong with the whole.
    #[must_use]
    pub fn first_part(&self) -> &'static str {
        match self {
            Self::Date(kind) => kind.first_part(),
            Self::Address(_) => "province",
            _ => "",
        }
    }

    /// Calls `visit` with the name of every other question it looks at.
    pub fn visit(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Number(kind) => kind.min.iter_mut().chain(kind.max.iter_mut()).for_each(|bound| bound.visit(visit)),
            Self::Date(kind) => {
                kind.earliest.iter_mut().chain(kind.latest.iter_mut()).for_each(|bound| bound.visit(visit));
            }
            Self::PersonalId(kind) => {
                kind.birth.iter_mut().chain(kind.sex.iter_mut()).chain(kind.differs_from.iter_mut()).for_each(visit);
            }
            Self::Computed(kind) => kind.of.visit(visit),
            Self::Choice(kind) => kind.options.iter_mut().for_each(|option| visit_condition(&mut option.show, visit)),
            Self::Choices(kind) => kind.options.iter_mut().for_each(|option| visit_condition(&mut option.show, visit)),
            _ => {}
        }
    }

    /// Calls `visit` with every text a person reads.
    pub fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Choice(kind) => choice::visit_texts(&mut kind.options, visit),
            Self::Choices(kind) => choice::visit_texts(&mut kind.options, visit),
            Self::Repeat(kind) => {
                visit(&mut kind.row);
                visit(&mut kind.add);
            }
            Self::Number(kind) => visit(&mut kind.unit),
            Self::Computed(kind) => visit(&mut kind.unit),
            _ => {}
        }
    }
}

fn visit_condition(condition: &mut Option<Condition>, visit: &mut dyn FnMut(&mut String)) {
    if let Some(condition) = condition {
        condition.visit(visit);
    }
}

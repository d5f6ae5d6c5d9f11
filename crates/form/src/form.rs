//! What a form is made of: steps, questions, when each is shown and required, and rules between answers.

use crate::{Condition, Date, Kind};
use pack::Pack;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One official template, as written in `forms/templates/<id>/form.toml`.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Form {
    /// `nd20-1a`: never changes once dossiers exist.
    pub id: String,
    /// "Mẫu số 1a", as printed on the paper.
    pub number: String,
    /// The title as printed.
    pub title: String,
    /// The line in brackets below the title, empty when there is none.
    pub subtitle: String,
    /// Who it is for, in plain words.
    pub about: String,
    /// The articles it rests on.
    pub legal_basis: Vec<String>,
    /// First day it may be used.
    pub in_force_from: Date,
    /// Last day it may be used, when that is known.
    pub in_force_until: Option<Date>,
    /// The steps, in the paper's own order.
    pub steps: Vec<Step>,
}

/// One screen: a few questions that belong together on the paper.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Step {
    /// Name in the address bar and in texts of other languages.
    pub id: String,
    /// Plain words.
    pub title: String,
    /// The heading the paper has at this place, empty when it has none.
    pub legal: String,
    /// A sentence or two before the questions, empty when not needed.
    pub intro: String,
    /// Shown only then; always, when nothing is said.
    pub show: Option<Condition>,
    /// In the paper's order; shared with the page that draws them.
    pub questions: Vec<Arc<Question>>,
}

/// One question, as the person sees it and as the paper words it.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Question {
    /// The place of its answer.
    pub id: String,
    /// Its number on the paper ("5", "II.2.a"), empty when not numbered.
    pub number: String,
    /// Plain words.
    pub label: String,
    /// The paper's own wording, empty when the plain words are the paper's.
    pub legal: String,
    /// Help below the label, empty when not needed.
    pub hint: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Whether it must be answered.
    pub required: Required,
    /// Shown only then; always, when nothing is said. May only look at questions before it.
    pub show: Option<Condition>,
    /// What must hold between this answer and others.
    pub rules: Vec<Rule>,
    /// Answered by the guiding questions of the procedure, not asked again on a step.
    pub given: bool,
    /// Of a name: what an identity card tells about that person, and the ids it answers: `birth=ngay_sinh sex=gioi_tinh`.
    /// Empty where no card answers anything.
    #[serde(default)]
    pub card: String,
}

/// Whether an answer must be there.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    Never,
    /// Only when the condition surely holds.
    When(Condition),
}

/// Something that must hold between answers, with the sentence that says how to mend it.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Rule {
    /// The code of the problem it raises.
    pub id: String,
    /// The rule speaks only then; always, when nothing is said.
    pub when: Option<Condition>,
    /// What must hold. What cannot be known (an answer is missing) counts as holding.
    pub holds: Condition,
    /// The sentence for the person.
    pub says: String,
    /// A warning lets the person go on.
    pub warns: bool,
}

/// One of the answers to choose from.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Choosable {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Help below the label, empty when not needed.
    pub hint: String,
    /// Offered only then; always, when nothing is said.
    pub show: Option<Condition>,
}

impl Form {
    /// All questions outside repeat groups, in order, with the number of their step.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.steps
            .iter()
            .enumerate()
            .flat_map(|(number, step)| step.questions.iter().map(move |question| (number, &**question)))
    }

    /// The question whose answer stands at this place: `con.1.ho_ten` finds `ho_ten` in the group `con`.
    #[must_use]
    pub fn question_at(&self, place: &str) -> Option<&Question> {
        let id = place.split('.').next()?;
        let (_, question) = self.questions().find(|(_, question)| question.id == id)?;
        let mut rest = place[id.len()..].split('.').skip(1);
        match (&question.kind, rest.next()) {
            (Kind::Repeat(group), Some(_row)) => match rest.next() {
                Some(inner) => group.questions.iter().find(|question| question.id == inner).map(|question| &**question),
                None => Some(question),
            },
            _ => Some(question),
        }
    }

    /// The step on which a place is asked.
    #[must_use]
    pub fn step_of(&self, place: &str) -> Option<usize> {
        let id = place.split('.').next()?;
        self.questions().find(|(_, question)| question.id == id).map(|(step, _)| step)
    }
}

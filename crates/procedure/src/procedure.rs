//! A procedure (thủ tục hành chính): what is in its file, and which outcome a person's case leads to.

use crate::{Agencies, Agency, Fee, Flows, PaperKind, Role};
use form::scope::{Value, Values};
use form::{Answers, Condition, Date, Form, Map, Scope};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// The form every dossier has beside its templates: who files, how the result is received, how to be told.
pub const FILER_FORM: &str = "nguoi-nop";

/// A level of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Huyện, thị xã, thành phố thuộc tỉnh: until 30 June 2025.
    District,
    /// Tỉnh, thành phố.
    Province,
}

/// How much of the procedure runs online (Decree 42/2022/NĐ-CP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Toàn trình.
    Full,
    /// Một phần.
    Partial,
}

/// One procedure, as written in `forms/procedures/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Procedure {
    /// The file's name; never changes once dossiers exist.
    pub id: String,
    /// Mã thủ tục, empty when none was printed.
    pub code: String,
    /// The legal name.
    pub name: String,
    /// The name people use.
    pub short: String,
    /// Lĩnh vực, by which the catalogue groups.
    pub field: String,
    /// Words people search by.
    pub keywords: Vec<String>,
    /// How much of it runs online.
    pub mode: Mode,
    /// One or two sentences.
    pub summary: String,
    /// Who may ask.
    pub who: Vec<String>,
    /// The articles it rests on.
    pub legal_basis: Vec<String>,
    /// The first day it may be used.
    pub in_force_from: Date,
    /// The last day, when known.
    pub in_force_until: Option<Date>,
    /// What it costs.
    pub fee: Fee,
    /// Which agencies receive it, by date.
    pub receives: Vec<Receives>,
    /// The guiding questions, as a small form of their own; it may have no steps.
    pub case: Form,
    /// Tried in order: the first that holds is the case's outcome.
    pub outcomes: Vec<Outcome>,
    /// The guiding question whose "yes" says that the templates come written by hand, as a paper; empty where that is not
    /// taken. It is a given one: it is answered by a button where the case has led, and asked of nobody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub handwritten: String,
    /// All papers any case may need.
    pub papers: Vec<PaperKind>,
    /// The stages in order.
    pub stages: Vec<Stage>,
    /// Other ways for the stages, at some agencies.
    #[serde(default, skip_serializing_if = "Flows::is_empty")]
    pub flows: Flows,
    /// Public posting (niêm yết), when there is one.
    pub posting: Option<Posting>,
    /// What comes out.
    pub result: ResultPaper,
}

/// From when until when agencies of a level receive it.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Receives {
    /// The level.
    pub level: Level,
    /// First day; always, when nothing is said.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Receives {
    /// Whether it lets agencies of a level receive on a day.
    #[must_use]
    pub fn holds(&self, level: Level, on: Date) -> bool {
        self.level == level && self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

/// Where a case leads: to forms, or to a "no" with its reason.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Outcome {
    /// A name for tests and statistics.
    pub id: String,
    /// Holds over the guiding questions; always, when nothing is said.
    pub when: Option<Condition>,
    /// The article of law.
    pub law: String,
    /// What it means for the person, in plain words.
    pub says: String,
    /// The templates to fill, in order; none when the case cannot be filed.
    pub forms: Vec<String>,
    /// Template → answers the case already gives it.
    pub given: Map<Answers>,
}

/// One stage of the work, with its own time.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// The step's number in the decision: "1.1".
    pub id: String,
    /// The words of the larger step it belongs to, empty when it stands alone.
    #[serde(default)]
    pub part: String,
    /// What is done, in the decision's words.
    pub name: String,
    /// The same in a citizen's words; stages with the same words in a row are told as one.
    pub citizen: String,
    /// At which level.
    pub unit: Level,
    /// Who acts, in the decision's words.
    pub role: String,
    /// The roles that act in turn: the stage ends when the last of them is done. Empty in the browser's files.
    #[serde(default)]
    pub acts: Vec<Role>,
    /// Working time in quarter-days: 4 are one working day.
    pub quarter_days: u16,
    /// The people's meeting (họp dân) that has to agree before the stage goes on. Not in the browser's files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[pack(skip)]
    pub meeting: Option<Meeting>,
}

/// A meeting of the people of a village about what the stage found (Quyết định 24/2021/QĐ-TTg).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Of a hundred people present, at least so many have to agree.
    pub share: u8,
}

/// Public posting of the result before it is final.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// The stage in which it is posted.
    pub stage: String,
    /// For how many working days.
    pub working_days: u8,
    /// What people are told of it.
    pub says: String,
}

/// What comes out, and how it may be received.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultPaper {
    /// "Quyết định trợ cấp …".
    pub name: String,
    /// Ways to receive it: values of `cach_nhan` in the filer form ("truc_tuyen", "buu_dien", "tai_quay").
    pub ways: Vec<String>,
}

impl Procedure {
    /// The whole time in quarter-days.
    #[must_use]
    pub fn quarter_days(&self) -> u32 {
        self.stages.iter().map(|stage| u32::from(stage.quarter_days)).sum()
    }

    /// Whether agencies of a level receive it on a day.
    #[must_use]
    pub fn receives_at(&self, level: Level, on: Date) -> bool {
        self.receives.iter().any(|rule| rule.holds(level, on))
    }

    /// The unit that acts at a stage of a dossier which this agency receives; none when the stage's level is above all
    /// of its agencies.
    ///
    /// The level of the first stage is wherever the dossier is received: a procedure written for districts runs at the
    /// commune that receives it since.
    #[must_use]
    pub fn unit_of<'a>(&self, stage: usize, agency: &'a Agency, agencies: &'a Agencies) -> Option<&'a Agency> {
        let level = self.stages.get(stage)?.unit;
        if self.stages.first().is_some_and(|first| first.unit == level) {
            return Some(agency);
        }
        agencies.above(agency).find(|unit| unit.level == level)
    }

    /// Whether it may be used on a day.
    #[must_use]
    pub fn in_force(&self, on: Date) -> bool {
        self.in_force_from <= on && self.in_force_until.is_none_or(|until| on <= until)
    }

    /// Where the case leads. Nothing, when no outcome holds for these answers.
    #[must_use]
    pub fn outcome(&self, case: &Values, today: Date) -> Option<&Outcome> {
        let scope = Scope::new(case, today);
        self.outcomes.iter().find(|outcome| scope.shows(outcome.when.as_ref()))
    }

    /// Whether the templates of this case come written by hand.
    #[must_use]
    pub fn by_hand(&self, case: &Values) -> bool {
        matches!(case.get(&self.handwritten), Some(Value::Text(answer)) if answer == "yes")
    }

    /// Whether this paper is the templates themselves, written by hand.
    #[must_use]
    pub fn is_by_hand(&self, paper: &PaperKind) -> bool {
        let of_case =
            |show: &Condition| matches!(show, Condition::Eq(name, yes) if *name == self.handwritten && yes == "yes");
        !self.handwritten.is_empty() && paper.show.as_ref().is_some_and(of_case)
    }

    /// The forms to fill in for this case, in the order of [`Self::forms_of`]: who files is asked here also when the rest
    /// comes on paper.
    pub fn forms_to_fill<'a>(&self, outcome: &'a Outcome, case: &Values) -> impl Iterator<Item = &'a str> + use<'a> {
        let by_hand = self.by_hand(case);
        self.forms_of(outcome).filter(move |id| !by_hand || *id == FILER_FORM)
    }

    /// The forms of this outcome, the filer form last; none when the case cannot be filed.
    pub fn forms_of<'a>(&self, outcome: &'a Outcome) -> impl Iterator<Item = &'a str> + use<'a> {
        let filer = (!outcome.forms.is_empty()).then_some(FILER_FORM);
        outcome.forms.iter().map(String::as_str).chain(filer)
    }

    /// What was typed into a form, with what the case gives laid over it: a browser cannot answer in its place.
    #[must_use]
    pub fn filled(&self, outcome: &Outcome, form: &str, typed: &Answers) -> Answers {
        let mut answers = typed.clone();
        if form == FILER_FORM {
            for way in &self.result.ways {
                answers.set(&form::answers::join("cac_cach_nhan", way), "yes");
            }
        }
        for (place, text) in outcome.given.get(form).into_iter().flat_map(Answers::iter) {
            answers.set(place, text);
        }
        answers
    }
}

//! What a print file may look at, as JSON: the form, the shown answers ready to be written down, the facts.

use crate::{Facts, MOST_CHARACTERS, PdfError};
use form::kind::date::Precision;
use form::{Answers, Choosable, Date, Form, Given, Kind, Question, answers, text};
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole file, `/data.json` to Typst.
#[derive(Serialize)]
pub(crate) struct Data<'a> {
    form: About<'a>,
    /// In the form's order; questions of a group are named `group.question`.
    steps: Vec<Step<'a>>,
    questions: BTreeMap<String, Asked<'a>>,
    /// Place → what was answered, of the questions that are shown.
    answers: BTreeMap<String, Answered>,
    /// Nothing was typed: a paper to be written by hand.
    blank: bool,
    agency: &'a str,
    commune: &'a str,
    /// The day that goes beside the signature.
    signed_on: Option<Day>,
    /// Whether there is a picture at the top left.
    qr: bool,
}

#[derive(Serialize)]
pub(crate) struct About<'a> {
    pub id: &'a str,
    pub number: &'a str,
    pub title: &'a str,
    pub subtitle: &'a str,
    pub law: &'a str,
}

#[derive(Serialize)]
struct Step<'a> {
    heading: &'a str,
    questions: Vec<&'a str>,
}

/// A question as the paper words it.
#[derive(Default, Serialize)]
struct Asked<'a> {
    kind: &'static str,
    number: &'a str,
    label: &'a str,
    options: Vec<Offered<'a>>,
    /// "đồng", "người": printed after the answer.
    unit: &'a str,
    long: bool,
    yes_first: bool,
    /// The boxes of a date: "year", "month", "day".
    asks: &'static str,
    /// The questions of one row, and the fewest rows there may be.
    columns: Vec<String>,
    row: &'a str,
    least: u8,
}

#[derive(Serialize)]
struct Offered<'a> {
    value: &'a str,
    label: &'a str,
}

/// An answer in the forms a paper may want it.
#[derive(Default, Serialize)]
struct Answered {
    /// As it is read; amounts without their unit, "yes" and "no" as they are.
    text: String,
    /// The values chosen.
    chosen: Vec<String>,
    #[serde(flatten)]
    date: Day,
    rows: usize,
}

#[derive(Default, Serialize)]
pub(crate) struct Day {
    day: String,
    month: String,
    year: String,
}

impl Day {
    /// Two digits for the days to 9 and the months 1 and 2, as Decree 30/2020/NĐ-CP writes dates.
    fn written(day: &str, month: &str, year: &str) -> Self {
        let two = |part: &str, first: &[&str]| {
            if first.contains(&part) { format!("0{part}") } else { part.to_owned() }
        };
        Self {
            day: two(day, &["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
            month: two(month, &["1", "2"]),
            year: year.to_owned(),
        }
    }

    /// "02/9/1950", or what is known of it.
    fn joined(&self) -> String {
        let parts = [&self.day, &self.month, &self.year].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self::written(&date.day.to_string(), &date.month.to_string(), &date.year.to_string())
    }
}

/// The JSON text.
///
/// # Errors
/// [`PdfError::TooLong`].
pub(crate) fn json(
    form: &Form,
    typed: Option<&Answers>,
    given: &Given<'_>,
    facts: &Facts<'_>,
    picture: &str,
) -> Result<String, PdfError> {
    let mut questions = BTreeMap::new();
    for (_, question) in form.questions() {
        questions.insert(question.id.clone(), asked(question));
        if let Kind::Repeat(group) = &question.kind {
            for inner in &group.questions {
                questions.insert(answers::join(&question.id, &inner.id), asked(inner));
            }
        }
    }
    let steps = form.steps.iter().map(|step| Step {
        heading: if step.legal.is_empty() { &step.title } else { &step.legal },
        questions: step.questions.iter().map(|question| question.id.as_str()).collect(),
    });
    let data = Data {
        form: About {
            id: &form.id,
            number: &form.number,
            title: &form.title,
            subtitle: &form.subtitle,
            law: form.legal_basis.first().map_or("", String::as_str),
        },
        steps: steps.collect(),
        questions,
        answers: typed.map_or_else(|| Ok(BTreeMap::new()), |typed| answered(form, typed, given))?,
        blank: typed.is_none(),
        agency: facts.agency,
        commune: facts.commune,
        signed_on: facts.signed_on.map(Day::from),
        qr: !picture.is_empty(),
    };
    // Maps with text keys and plain values always become JSON.
    Ok(serde_json::to_string(&data).unwrap_or_default())
}

fn asked(question: &Question) -> Asked<'_> {
    let asked = Asked {
        number: &question.number,
        label: if question.legal.is_empty() { &question.label } else { &question.legal },
        ..Asked::default()
    };
    match &question.kind {
        Kind::Text(kind) => Asked { kind: "text", long: kind.long, ..asked },
        Kind::Number(kind) => Asked { kind: "number", unit: &kind.unit, ..asked },
        Kind::Computed(kind) => Asked { kind: "number", unit: &kind.unit, ..asked },
        Kind::Money(_) => Asked { kind: "number", unit: "đồng", ..asked },
        Kind::Date(kind) => Asked { kind: "date", asks: boxes(kind.asks), ..asked },
        Kind::Choice(kind) if kind.search => Asked { kind: "text", options: options(&kind.options), ..asked },
        Kind::Choice(kind) => Asked { kind: "choice", options: options(&kind.options), ..asked },
        Kind::Choices(kind) => Asked { kind: "choice", options: options(&kind.options), ..asked },
        Kind::YesNo(kind) => Asked { kind: "yes_no", yes_first: kind.yes_first, ..asked },
        Kind::PersonalId(_) | Kind::Phone(_) | Kind::Email(_) | Kind::Address(_) => Asked { kind: "text", ..asked },
        Kind::Declaration(_) => Asked { kind: "declaration", ..asked },
        Kind::Repeat(group) => Asked {
            kind: "rows",
            columns: group.questions.iter().map(|inner| answers::join(&question.id, &inner.id)).collect(),
            row: &group.row,
            least: group.min,
            ..asked
        },
    }
}

fn options(options: &[Choosable]) -> Vec<Offered<'_>> {
    options.iter().map(|option| Offered { value: &option.value, label: &option.label }).collect()
}

fn boxes(asks: Precision) -> &'static str {
    match asks {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
    }
}

/// The answers of the shown questions only: what was typed before a choice was changed is not on the paper.
fn answered(form: &Form, typed: &Answers, given: &Given<'_>) -> Result<BTreeMap<String, Answered>, PdfError> {
    // Before anything is walked: what comes over the network may be of any length.
    if typed.iter().map(|(_, text)| text.chars().count()).sum::<usize>() > MOST_CHARACTERS {
        return Err(PdfError::TooLong);
    }
    let mut all = BTreeMap::new();
    for row in form::summary::summary(form, typed, given).into_iter().flat_map(|section| section.rows) {
        if let Some(question) = form.question_at(&row.place) {
            let answer = answer(question, typed, &row.place, &row.answer);
            all.insert(row.place, answer);
        }
    }
    for (_, question) in form.questions().filter(|(_, question)| matches!(question.kind, Kind::Repeat(_))) {
        // The summary tells the rows of a shown group and not the group.
        let first = answers::join(&question.id, "0");
        let shown = all.keys().any(|place| answers::is_within(place, &first));
        let rows = if shown { typed.rows(&question.id) } else { 0 };
        all.insert(question.id.clone(), Answered { rows, ..Answered::default() });
    }
    Ok(all)
}

fn answer(question: &Question, typed: &Answers, place: &str, told: &str) -> Answered {
    let part = |part: &str| clean(typed.part(place, part), false);
    match &question.kind {
        Kind::Date(_) => {
            let date = Day::written(&part("day"), &part("month"), &part("year"));
            Answered { text: date.joined(), date, ..Answered::default() }
        }
        Kind::Choice(_) => {
            Answered { text: clean(told, false), chosen: vec![typed.get(place).to_owned()], ..Answered::default() }
        }
        Kind::Choices(kind) => Answered {
            text: clean(told, false),
            chosen: kind
                .options
                .iter()
                .filter(|option| typed.part(place, &option.value) == "yes")
                .map(|option| option.value.clone())
                .collect(),
            ..Answered::default()
        },
        // The paper prints the unit itself.
        Kind::Money(_) => Answered { text: bare(told, "đồng"), ..Answered::default() },
        Kind::Number(kind) => Answered { text: bare(told, &kind.unit), ..Answered::default() },
        Kind::Computed(kind) => Answered { text: bare(told, &kind.unit), ..Answered::default() },
        // Read out in groups on the screen; on paper, and for whoever searches in it, the number is one word.
        Kind::PersonalId(_) | Kind::Phone(_) => {
            Answered { text: clean(&told.replace(' ', ""), false), ..Answered::default() }
        }
        Kind::Text(kind) => Answered { text: clean(told, kind.long), ..Answered::default() },
        _ => Answered { text: clean(told, false), ..Answered::default() },
    }
}

/// A number without the unit it is read out with.
fn bare(told: &str, unit: &str) -> String {
    clean(told.strip_suffix(unit).unwrap_or(told), false)
}

/// The longest word that fits beside a label; a longer one is given places where it may break.
const LONGEST_WORD: usize = 40;

/// Composed letters, single spaces, no sign that cannot be seen: answers may be printed before any check.
pub(crate) fn clean(typed: &str, lines: bool) -> String {
    let seen: String = typed.chars().filter(|sign| text::forbidden(sign.encode_utf8(&mut [0; 4])).is_none()).collect();
    let tidy = text::tidy(&seen, lines);
    let mut out = String::with_capacity(tidy.len());
    let mut run = 0;
    for sign in tidy.chars() {
        run = if sign.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(sign);
    }
    out
}

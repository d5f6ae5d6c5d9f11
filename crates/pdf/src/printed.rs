//! Which questions a paper prints. Every word of the vocabulary in `paper.typ` leaves an invisible mark with the place it
//! wrote; a print file that forgets a question is told so before a citizen misses an answer on the paper.

use form::{Form, Kind, Question, answers};
use std::collections::BTreeSet;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector as _, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The marks of one paper.
pub(crate) struct Marks {
    /// Places, and `place=value` for single boxes of a choice.
    printed: BTreeSet<String>,
    /// Places that are said to have no place on the paper.
    pub unprinted: BTreeSet<String>,
}

impl Marks {
    pub(crate) fn of(document: &PagedDocument) -> Self {
        Self { printed: labelled(document, "printed"), unprinted: labelled(document, "unprinted") }
    }

    fn has(&self, place: &str, question: &Question) -> bool {
        let options = match &question.kind {
            Kind::Choice(kind) => kind.options.as_slice(),
            Kind::Choices(kind) => &kind.options,
            _ => &[],
        };
        let boxes = || options.iter().all(|option| self.printed.contains(&format!("{place}={}", option.value)));
        self.printed.contains(place) || self.unprinted.contains(place) || (!options.is_empty() && boxes())
    }
}

fn labelled(document: &PagedDocument, label: &str) -> BTreeSet<String> {
    let Some(label) = Label::new(PicoStr::intern(label)) else {
        return BTreeSet::new();
    };
    let found = document.introspector().query(&Selector::Label(label));
    let marks = found.iter().filter_map(|mark| match &mark.to_packed::<MetadataElem>()?.value {
        Value::Str(place) => Some(place.to_string()),
        _ => None,
    });
    marks.collect()
}

/// A sentence for each question that is nowhere on the paper.
pub(crate) fn forgotten(form: &Form, marks: &Marks) -> Vec<String> {
    let mut missing = Vec::new();
    let mut look = |place: &str, question: &Question| {
        if !marks.has(place, question) {
            missing.push(format!(
                "does not print \"{place}\"; where the paper has no place for it, say #unprinted(\"{place}\")"
            ));
        }
    };
    for (_, question) in form.questions() {
        match &question.kind {
            Kind::Repeat(group) => {
                for inner in &group.questions {
                    look(&answers::join(&question.id, &inner.id), inner);
                }
            }
            _ => look(&question.id, question),
        }
    }
    missing
}

//! A form in another language: one dictionary from Vietnamese texts to theirs, shared by every form and procedure.

use crate::{Form, Kind, Question};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Vietnamese text → the other language's, as read from `forms/texts/<language>.toml`. An empty text means "the same"
/// (names of peoples, for example).
pub type Dictionary = BTreeMap<String, String>;

/// Puts the dictionary's text in place; notes the text when the dictionary lacks it.
pub fn translate(text: &mut String, dictionary: &Dictionary, missing: &mut Vec<String>) {
    match dictionary.get(text.as_str()) {
        _ if text.is_empty() => {}
        Some(same) if same.is_empty() => {}
        Some(other) => other.clone_into(text),
        None => missing.push(text.clone()),
    }
}

impl Form {
    /// The form in the dictionary's language, and the texts it lacks (which stay Vietnamese).
    #[must_use]
    pub fn translated(&self, dictionary: &Dictionary) -> (Form, Vec<String>) {
        let mut form = self.clone();
        let mut missing = Vec::new();
        form.visit_texts(&mut |text| translate(text, dictionary, &mut missing));
        (form, missing)
    }

    /// Calls `visit` with every text of plain words. The paper's own wording stays Vietnamese: that is what is signed.
    pub fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.title);
        visit(&mut self.about);
        for step in &mut self.steps {
            visit(&mut step.title);
            visit(&mut step.intro);
            for question in step.questions.iter_mut().map(Arc::make_mut) {
                visit_question(question, visit);
                if let Kind::Repeat(group) = &mut question.kind {
                    group.questions.iter_mut().map(Arc::make_mut).for_each(|question| visit_question(question, visit));
                }
            }
        }
    }
}

fn visit_question(question: &mut Question, visit: &mut dyn FnMut(&mut String)) {
    visit(&mut question.label);
    visit(&mut question.hint);
    question.kind.visit_texts(visit);
    for rule in &mut question.rules {
        visit(&mut rule.says);
    }
}

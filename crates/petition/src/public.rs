//! What an officer writes for the public: a title, the question as edited, the answer. The citizen's words are never copied
//! into it by the program.

use crate::ActFault;
use form::text::{forbidden, length, tidy};
use serde::{Deserialize, Serialize};

/// The most letters of a title.
const MOST_TITLE_SIGNS: usize = 150;
/// The most letters of a question or an answer.
pub(crate) const MOST_TEXT_SIGNS: usize = 5_000;

/// A question and its answer for everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicVersion {
    /// One line that says what it is about.
    pub title: String,
    /// What was asked, in the officer's words.
    pub question: String,
    /// What is answered.
    pub answer: String,
}

impl PublicVersion {
    /// Its fields with their names, in order.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &str); 3] {
        [("title", &self.title), ("question", &self.question), ("answer", &self.answer)]
    }

    /// Tidies it, and tells what is missing or too long.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields.
    pub fn read(&self) -> Result<Self, Vec<ActFault>> {
        let (title, question) = (tidy(&self.title, false), tidy(&self.question, true));
        let read = Self { title, question, answer: tidy(&self.answer, true) };
        let most = |place: &str| if place == "title" { MOST_TITLE_SIGNS } else { MOST_TEXT_SIGNS };
        let faults: Vec<ActFault> =
            read.fields().into_iter().filter_map(|(place, text)| fault(place, text, most(place))).collect();
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

/// What is wrong with a tidy text of a field, if anything is.
pub(crate) fn fault(place: &'static str, text: &str, most: usize) -> Option<ActFault> {
    if text.is_empty() {
        Some(ActFault::Empty(place))
    } else if length(text) > most {
        Some(ActFault::TooLong(place, most))
    } else {
        forbidden(text).map(|_| ActFault::Unprintable(place))
    }
}

//! Text: a name, a line, or several lines.

use super::{Read, Reading};
use crate::{Code, Value, text};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A text of limited length, counted in the characters a person sees.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Text {
    /// Fewest characters.
    pub min: u16,
    /// Most characters.
    pub max: u16,
    /// Several lines may be typed.
    pub long: bool,
    /// It is a person's name: letters, blanks, hyphen, apostrophe, dot.
    pub name: bool,
    /// Offered while typing; anything else may be typed too.
    pub suggestions: Vec<String>,
}

impl Text {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.answers.get(reading.place);
        if text::forbidden(typed).is_some() {
            return Read::bad(reading.problem(Code::ForbiddenSign, ""));
        }
        let kept = text::tidy(typed, self.long);
        if kept.is_empty() {
            return Read::empty();
        }
        let length = text::length(&kept);
        let problem = if length < usize::from(self.min) {
            reading.problem(Code::TooShort, self.min.to_string())
        } else if length > usize::from(self.max) {
            reading.problem(Code::TooLong, self.max.to_string())
        } else if self.name && !kept.chars().all(in_a_name) {
            reading.problem(Code::NotAName, "")
        } else {
            return Read::good(Value::Text(kept.clone()), kept);
        };
        Read::bad(problem)
    }
}

fn in_a_name(sign: char) -> bool {
    text::is_letter(sign) || matches!(sign, ' ' | '-' | '\'' | '’' | '.') || ('\u{300}'..='\u{36f}').contains(&sign)
}

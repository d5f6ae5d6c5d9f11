//! What a person has typed so far: a flat list of places and texts, kept exactly as typed.

use crate::Map;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// Place → text as typed. As JSON it is one flat object of strings; as a web form, its fields.
///
/// Places: `ho_ten`; `ngay_sinh.day`, `.month`, `.year`; `thuong_tru.province`, `.commune`, `.detail`;
/// `dang_tat.nhin` = "yes" for each ticked choice; `con` = the number of rows, then `con.0.ho_ten`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Pack, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(Map<String>);

/// The most rows a group is ever read to, whatever the typed number says.
pub const MOST_ROWS: usize = 200;

impl Answers {
    /// The text at a place, empty when nothing was typed.
    #[must_use]
    pub fn get(&self, place: &str) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }

    /// The text at `place.part`.
    #[must_use]
    pub fn part(&self, place: &str, part: &str) -> &str {
        self.get(&join(place, part))
    }

    /// Keeps the text; an empty text takes the place away.
    pub fn set(&mut self, place: &str, text: &str) {
        if text.is_empty() {
            self.0.remove(place);
        } else {
            self.0.insert(place.to_owned(), text.to_owned());
        }
    }

    /// All places and texts, in the order of the places.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(place, text)| (place, text.as_str()))
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many places hold a text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many rows a repeat group has, at most [`MOST_ROWS`].
    #[must_use]
    pub fn rows(&self, group: &str) -> usize {
        self.get(group).parse::<usize>().unwrap_or(0).min(MOST_ROWS)
    }

    /// Takes one row of a group away; the rows after it move up.
    pub fn remove_row(&mut self, group: &str, row: usize) {
        let rows = self.rows(group);
        if row >= rows {
            return;
        }
        let old = core::mem::take(&mut self.0);
        for (place, text) in old {
            match row_of(&place, group) {
                Some((number, _)) if number == row => {}
                Some((number, rest)) if number > row => {
                    self.0.insert(format!("{group}.{}.{rest}", number - 1), text);
                }
                _ => {
                    self.0.insert(place, text);
                }
            }
        }
        let left = rows - 1;
        self.set(group, &if left == 0 { String::new() } else { left.to_string() });
    }

    /// Whether anything is typed at the place or below it.
    #[must_use]
    pub fn touches(&self, place: &str) -> bool {
        self.0.from_key(place).take_while(|(key, _)| key.starts_with(place)).any(|(key, _)| is_within(key, place))
    }
}

impl FromIterator<(String, String)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(rows: I) -> Self {
        Self(rows.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }
}

/// `place.part`.
#[must_use]
pub fn join(place: &str, part: &str) -> String {
    let mut out = String::with_capacity(place.len() + part.len() + 1);
    out.push_str(place);
    out.push('.');
    out.push_str(part);
    out
}

/// Whether `key` is the place itself or one of its parts.
#[must_use]
pub fn is_within(key: &str, place: &str) -> bool {
    key.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn row_of<'a>(place: &'a str, group: &str) -> Option<(usize, &'a str)> {
    let rest = place.strip_prefix(group)?.strip_prefix('.')?;
    let (number, rest) = rest.split_once('.')?;
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(rows: &[(&str, &str)]) -> Answers {
        rows.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn taking_a_row_away_moves_the_others_up() {
        let mut answers =
            typed(&[("con", "3"), ("con.0.ten", "A"), ("con.1.ten", "B"), ("con.2.ten", "C"), ("conx", "1")]);
        answers.remove_row("con", 1);
        assert_eq!(answers, typed(&[("con", "2"), ("con.0.ten", "A"), ("con.1.ten", "C"), ("conx", "1")]));
        answers.remove_row("con", 5);
        answers.remove_row("con", 0);
        answers.remove_row("con", 0);
        assert_eq!(answers, typed(&[("conx", "1")]));
    }

    #[test]
    fn a_place_touches_its_parts_and_not_its_namesakes() {
        let answers = typed(&[("ngay.day", "1"), ("ngay_sinh", "x")]);
        assert!(answers.touches("ngay"));
        assert!(!answers.touches("nga"));
        assert_eq!(typed(&[("con", "999999999")]).rows("con"), MOST_ROWS);
        assert_eq!(typed(&[("con", "-1")]).rows("con"), 0);
    }
}

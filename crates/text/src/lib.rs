//! The words people read, one file a language, and the sentence for every problem.
//!
//! Vietnamese is compiled in; every other language is one file beside it, which the build writes out and the browser
//! fetches only when it is chosen.

pub mod amount;
pub mod dossier;
pub mod problem;
pub mod time;

pub use problem::{problem, sentence};

/// The name of a text, which is the text itself: a program holds only those that it says.
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static Text);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.place == other.0.place
    }
}

#[derive(Debug)]
struct Text {
    /// Where it stands in the file of every other language.
    place: u16,
    vietnamese: &'static str,
}

mod table {
    use super::{Key, Text};
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Empty for Vietnamese; an empty text falls back to it.
    other: Vec<String>,
}

impl Words {
    /// Vietnamese.
    #[must_use]
    pub const fn vietnamese() -> Self {
        Self { other: Vec::new() }
    }

    /// A language as [`bytes`] wrote it.
    ///
    /// Nothing, when the bytes are not such a file.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self { other: pack::from_bytes(bytes)? })
    }

    /// The text with this name.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        match self.other.get(usize::from(key.0.place)) {
            Some(text) if !text.is_empty() => text,
            _ => key.0.vietnamese,
        }
    }

    /// The text with `{name}` replaced.
    #[must_use]
    pub fn fill(&self, key: Key, with: &[(&str, &str)]) -> String {
        let mut parts = self.get(key).split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            // A place that nobody fills stays to be seen.
            match with.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => text.push_str(value),
                None => text.extend(["{", name, "}"]),
            }
            text.push_str(rest);
        }
        text
    }
}

/// The other languages there are.
#[cfg(feature = "languages")]
pub fn languages() -> impl Iterator<Item = &'static str> {
    table::OTHERS.iter().map(|(language, ..)| *language)
}

/// The file of a language for the browser; nothing when there is no such language.
#[cfg(feature = "languages")]
#[must_use]
pub fn bytes(language: &str) -> Option<Vec<u8>> {
    let (_, row, _) = table::OTHERS.iter().find(|(name, ..)| *name == language)?;
    let row: Vec<String> = row.iter().map(|text| (*text).to_owned()).collect();
    Some(pack::to_bytes(&row))
}

#[cfg(all(test, feature = "languages"))]
mod tests {
    use super::*;

    #[test]
    fn no_language_lacks_a_text_or_has_one_too_many() {
        for (language, row, strays) in table::OTHERS {
            let missing: Vec<&str> =
                row.iter().zip(table::NAMES).filter(|(text, _)| text.is_empty()).map(|(_, name)| name).collect();
            assert!(missing.is_empty(), "texts/{language}.toml lacks {missing:#?}");
            assert!(strays.is_empty(), "texts/{language}.toml has what vi.toml has not: {strays:#?}");
        }
    }

    #[test]
    fn every_language_keeps_the_places_to_fill() {
        for (language, row, _) in table::OTHERS {
            for ((text, vietnamese), name) in row.iter().zip(table::VIETNAMESE).zip(table::NAMES) {
                let places = |text: &str| {
                    let mut places: Vec<String> = text
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                        .collect();
                    places.sort();
                    places
                };
                assert_eq!(places(text), places(vietnamese), "texts/{language}.toml, {name}");
            }
        }
    }

    #[test]
    fn a_language_goes_to_bytes_and_back() {
        for language in languages() {
            let words = Words::from_bytes(&bytes(language).unwrap()).unwrap();
            assert_ne!(words.get(Key::HomeTitle), Words::vietnamese().get(Key::HomeTitle));
        }
        assert!(bytes("xx").is_none());
    }
}

//! The words people read, one file a language, and the sentence for every problem.
//!
//! Vietnamese is compiled in; every other language is one file beside it, which the build writes out and the browser
//! fetches only when it is chosen.

pub mod problem;

pub use problem::{problem, sentence};

mod table {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}
pub use table::Key;

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
    /// # Errors
    /// When the bytes are not such a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, postcard::Error> {
        Ok(Self { other: postcard::from_bytes(bytes)? })
    }

    /// The text with this name.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        let place = key as usize;
        match self.other.get(place) {
            Some(text) if !text.is_empty() => text,
            _ => table::VIETNAMESE[place],
        }
    }

    /// The text with `{name}` replaced.
    #[must_use]
    pub fn fill(&self, key: Key, with: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in with {
            text = text.replace(&["{", name, "}"].concat(), value);
        }
        text
    }
}

/// The other languages there are.
#[cfg(feature = "languages")]
pub fn languages() -> impl Iterator<Item = &'static str> {
    table::OTHERS.iter().map(|(language, ..)| *language)
}

/// The file of a language for the browser.
///
/// # Errors
/// When there is no such language.
#[cfg(feature = "languages")]
pub fn bytes(language: &str) -> Result<Vec<u8>, postcard::Error> {
    let row = table::OTHERS.iter().find(|(name, ..)| *name == language).map(|(_, row, _)| row.to_vec());
    postcard::to_allocvec(&row.ok_or(postcard::Error::SerdeDeCustom)?)
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
        assert!(bytes("xx").is_err());
    }
}

//! The words of the language the page is shown in. A page has one language from its first paint to its last.

use std::sync::OnceLock;
use text::{Key, Words};

static WORDS: OnceLock<Words> = OnceLock::new();

/// Sets the language, once, before anything is drawn.
pub fn set_words(words: Words) {
    // A second call would mean two languages on one page: the first stays.
    let _ = WORDS.set(words);
}

/// The words of the page.
pub fn words() -> &'static Words {
    WORDS.get_or_init(Words::vietnamese)
}

/// The text with this name.
#[must_use]
pub fn t(key: Key) -> &'static str {
    words().get(key)
}

/// The text with `{name}` replaced.
#[must_use]
pub fn fill(key: Key, with: &[(&str, &str)]) -> String {
    words().fill(key, with)
}

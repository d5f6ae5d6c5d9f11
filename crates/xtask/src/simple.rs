//! The words of `public/simple.js`, and the languages it offers: one small file a language, `data/simple.<language>.json`.

use serde_json::{Value, json};
use text::{Key, Words};

/// Every language's code, with its file.
pub fn words() -> Vec<(&'static str, String)> {
    let all: Vec<(&str, Words)> = std::iter::once(("vi", Words::vietnamese()))
        .chain(text::languages().filter_map(|code| Some((code, Words::from_bytes(&text::bytes(code)?)?))))
        .collect();
    all.iter().map(|(code, words)| (*code, file(words, &all).to_string())).collect()
}

fn file(words: &Words, all: &[(&str, Words)]) -> Value {
    let says = |key| words.get(key);
    // Each language is called what its own people call it.
    let languages = all.iter().map(|(code, words)| ((*code).to_owned(), json!(words.get(Key::SimpleLanguage))));
    json!({
        "on": says(Key::SimpleOn),
        "contrast": says(Key::SimpleContrast),
        "easier": says(Key::SimpleEasier),
        "where": says(Key::SimpleWhere),
        "moves": says(Key::SimpleMoves),
        "at": says(Key::SimpleAt),
        "before": says(Key::SimpleBefore),
        "next": says(Key::SimpleNext),
        "read": says(Key::SimpleRead),
        "stop": says(Key::SimpleStop),
        "languages": languages.collect::<serde_json::Map<_, _>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_file_and_is_offered_in_all() {
        let files = words();
        let codes: Vec<&str> = files.iter().map(|(code, _)| *code).collect();
        assert!(codes.starts_with(&["vi"]) && codes.contains(&"en"));
        for (code, text) in &files {
            let file: Value = serde_json::from_str(text).unwrap();
            let offered: Vec<&str> = file["languages"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(offered.len(), codes.len(), "{code}");
            assert!(file["at"].as_str().unwrap().contains("{number}"), "{code}");
        }
        assert_ne!(files[0].1, files[1].1);
    }
}

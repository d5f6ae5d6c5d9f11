//! `post.toml`: who pays the public post, in words, and what it costs where that is known.

use form::kind::money::group;
use form::source::{LoadError, toml_error};
use schemars::JsonSchema;
use serde::Deserialize;

/// Who pays the public post for what is fetched and delivered.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Who pays, when and to whom: for the officer and for the label.
    pub says: String,
    /// What it costs, where that is known.
    #[serde(default)]
    rate: Vec<Rate>,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    pub uncertain: Vec<String>,
}

/// A price of the post.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rate {
    /// For what: "Trong tỉnh, đến 100 gam".
    what: String,
    /// In đồng.
    amount: i64,
}

impl Post {
    /// Who pays, and the prices that are known, in words.
    #[must_use]
    pub fn told(&self) -> String {
        let rates = self.rate.iter().map(|rate| format!("{}: khoảng {} đồng.", rate.what, group(rate.amount)));
        std::iter::once(self.says.clone()).chain(rates).collect::<Vec<_>>().join(" ")
    }
}

/// The JSON Schema of `post.toml`, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Post).to_value()
}

/// Reads the file.
///
/// # Errors
/// Its first mistake.
pub(super) fn load(file: &str, text: &str) -> Result<Post, LoadError> {
    let post: Post = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let says = if post.says.is_empty() {
        "say who pays the post"
    } else if post.rate.iter().any(|rate| rate.amount <= 0 || rate.what.is_empty()) {
        "a price is more than nothing, and for something"
    } else {
        return Ok(post);
    };
    Err(LoadError { file: file.to_owned(), line: 1, says: says.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::load;

    #[test]
    fn who_pays_is_said_with_the_prices_that_are_known() {
        let text = "says = \"Người nhận trả.\"\n[[rate]]\nwhat = \"Trong tỉnh\"\namount = 26000\n";
        assert_eq!(load("post.toml", text).unwrap().told(), "Người nhận trả. Trong tỉnh: khoảng 26.000 đồng.");
        for wrong in ["says = \"\"", "says = \"x\"\n[[rate]]\nwhat = \"y\"\namount = 0\n", "says = 1"] {
            assert!(load("post.toml", wrong).is_err(), "{wrong}");
        }
    }
}

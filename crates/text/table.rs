//! Reading a folder of languages: `vi.toml` says which texts there are, every other file is one more language. Used by the
//! build script and by the test that adds a third.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// "home.title" → the text.
pub type Texts = BTreeMap<String, String>;

/// One language other than Vietnamese, text by text in the order of [`Table::vietnamese`].
pub struct Language {
    /// Its code, which is the file's name.
    pub code: String,
    /// A text for each Vietnamese one, empty where it is missing.
    pub row: Vec<String>,
    /// Texts that Vietnamese does not have.
    pub strays: Vec<String>,
}

/// All languages of a folder.
pub struct Table {
    /// Every text there is.
    pub vietnamese: Texts,
    /// The other languages, by code.
    pub others: Vec<Language>,
}

impl Table {
    /// Reads every file of a folder.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let vietnamese = texts(&folder.join("vi.toml"))?;
        let mut others = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            if code == "vi" {
                continue;
            }
            let mut texts = texts(&path)?;
            let row = vietnamese.keys().map(|name| texts.remove(name).unwrap_or_default()).collect();
            others.push(Language { code, row, strays: texts.into_keys().collect() });
        }
        others.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(Self { vietnamese, others })
    }
}

/// Sections that came when the places of the others were weighed: a place is two bytes in the first program, and how well
/// they can be pressed depends on which they are. So these stand behind all others, in the order in which they came.
const LATER: [&str; 6] = ["own_page", "petition", "public_figures", "rating", "consent", "with_account"];

/// Section and name of every text: `[home] title = "…"` is "home.title"; those of [`LATER`] begin with
/// signs behind all letters.
fn texts(path: &Path) -> Result<Texts, Box<dyn Error>> {
    let table: toml::Table = toml::from_str(&fs::read_to_string(path)?)?;
    let mut texts = Texts::new();
    for (section, rows) in table {
        let later = LATER.iter().position(|later| *later == section).map_or(0, |place| place + 1);
        let section = format!("{}{section}", "~".repeat(later));
        for (name, text) in rows.as_table().into_iter().flatten() {
            texts.insert(format!("{section}.{name}"), text.as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(texts)
}

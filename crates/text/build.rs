//! Turns `texts/*.toml` into tables: one key for each text of `vi.toml`, one row a language.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

type Texts = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=texts");
    let vietnamese = read(Path::new("texts/vi.toml"))?;
    let mut out = String::from("#[allow(non_upper_case_globals)]\nimpl Key {\n");
    for (place, (name, text)) in vietnamese.iter().enumerate() {
        let told = text.lines().next().unwrap_or_default().replace(['[', ']', '<', '>', '`'], "");
        let name = variant(name);
        writeln!(
            out,
            "    /// {told}\n    pub const {name}: Self = Self(&Text {{ place: {place}, vietnamese: {text:?} }});"
        )?;
    }
    writeln!(out, "}}\n#[cfg(feature = \"languages\")]\npub(crate) const COUNT: usize = {};", vietnamese.len())?;
    writeln!(
        out,
        "#[cfg(all(test, feature = \"languages\"))]\npub(crate) static VIETNAMESE: [&str; COUNT] = {:?};",
        vietnamese.values().collect::<Vec<_>>()
    )?;
    writeln!(
        out,
        "#[cfg(all(test, feature = \"languages\"))]\npub(crate) static NAMES: [&str; COUNT] = {:?};",
        vietnamese.keys().collect::<Vec<_>>()
    )?;
    writeln!(out, "#[cfg(feature = \"languages\")]\npub(crate) static OTHERS: &[(&str, [&str; COUNT], &[&str])] = &[")?;
    for entry in fs::read_dir("texts")? {
        let path = entry?.path();
        let language = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if language == "vi" {
            continue;
        }
        let texts = read(&path)?;
        let row: Vec<&str> = vietnamese.keys().map(|name| texts.get(name).map_or("", String::as_str)).collect();
        let strays: Vec<&String> = texts.keys().filter(|name| !vietnamese.contains_key(*name)).collect();
        writeln!(out, "    ({language:?}, {row:?}, &{strays:?}),")?;
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), out)?;
    Ok(())
}

/// Section and name of every text: `[home] title = "…"` is "home.title".
fn read(path: &Path) -> Result<Texts, Box<dyn std::error::Error>> {
    let table: toml::Table = toml::from_str(&fs::read_to_string(path)?)?;
    let mut texts = Texts::new();
    for (section, rows) in table {
        for (name, text) in rows.as_table().into_iter().flatten() {
            texts.insert(format!("{section}.{name}"), text.as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(texts)
}

/// "home.go_on" → "HomeGoOn".
fn variant(name: &str) -> String {
    name.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
        })
        .collect()
}

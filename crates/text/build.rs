//! Turns `texts/*.toml` into tables: one key for each text of `vi.toml`, one row a language.

mod table;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};
use table::{Language, Table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=texts");
    let Table { vietnamese, others } = Table::read(Path::new("texts"))?;
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
    for Language { code, row, strays } in &others {
        writeln!(out, "    ({code:?}, {row:?}, &{strays:?}),")?;
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), out)?;
    Ok(())
}

/// "home.go_on" → "HomeGoOn".
fn variant(name: &str) -> String {
    name.split(['.', '_', '-', '~'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
        })
        .collect()
}

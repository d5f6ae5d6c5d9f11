//! `units/agencies.toml` as it is written: the agencies with their dates, and the changes that join, part, rename or move
//! them.

use crate::agency::book::{Change, ChangeKind, Written};
use crate::{Agency, AgencyBook, Level};
use form::Date;
use form::source::{LoadError, line_of, toml_error};
use serde::Deserialize;
use toml::Spanned;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAgencies {
    agency: Vec<Spanned<WrittenAgency>>,
    #[serde(default)]
    change: Vec<Spanned<WrittenChange>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAgency {
    code: String,
    name: String,
    level: Level,
    parent: Option<String>,
    address: String,
    phone: String,
    /// First day, "2027-01-01"; always, when nothing is said.
    from: Option<String>,
    /// Last day; a change of the next day says who has its work then.
    until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChange {
    /// The first day on which it is so.
    day: String,
    /// Several become one.
    merge: Option<Vec<String>>,
    /// One becomes several.
    split: Option<String>,
    /// One is called something else.
    rename: Option<String>,
    /// One gets another parent.
    hand_over: Option<String>,
    /// What a merge or a split makes.
    into: Option<OneOrMore>,
    /// Who takes over the work in process after a split.
    work: Option<String>,
    /// The new name.
    name: Option<String>,
    /// The new parent.
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// Reads the file.
///
/// # Errors
/// Its first mistake.
pub(super) fn load(path: &str, text: &str) -> Result<AgencyBook, LoadError> {
    let read: WrittenAgencies = toml::from_str(text).map_err(|error| toml_error(path, text, &error))?;
    let wrong = |line: usize, says: String| LoadError { file: path.to_owned(), line, says };
    let (mut written, mut changes) = (Vec::new(), Vec::new());
    for one in read.agency {
        let line = line_of(text, one.span().start);
        written.push(agency(one.into_inner()).map_err(|says| wrong(line, says))?);
    }
    for one in read.change {
        let line = line_of(text, one.span().start);
        changes.push(change(one.into_inner()).map_err(|says| wrong(line, says))?);
    }
    AgencyBook::new(&written, &changes).map_err(|says| wrong(1, says))
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("\"{text}\" is no day like \"2027-01-01\""))
}

fn agency(one: WrittenAgency) -> Result<Written, String> {
    let WrittenAgency { code, name, level, parent, address, phone, from, until } = one;
    let read = |text: Option<String>| text.map(|text| day(&text)).transpose();
    let (from, until) = (read(from)?, read(until)?);
    Ok(Written { agency: Agency { code, name, level, parent, address, phone }, from, until })
}

fn change(one: WrittenChange) -> Result<Change, String> {
    let WrittenChange { day: on, merge, split, rename, hand_over, into, work, name, to } = one;
    let kind = match (merge, split, rename, hand_over, into, work, name, to) {
        (Some(of), None, None, None, Some(OneOrMore::One(into)), None, None, None) => ChangeKind::Merge { of, into },
        (None, Some(of), None, None, Some(OneOrMore::More(into)), Some(work), None, None) => {
            ChangeKind::Split { of, into, work }
        }
        (None, None, Some(of), None, None, None, Some(name), None) => ChangeKind::Rename { of, name },
        (None, None, None, Some(of), None, None, None, Some(to)) => ChangeKind::HandOver { of, to },
        _ => {
            return Err("a change is `merge` (several) with `into` (one), `split` (one) with `into` (several) and \
                        `work`, `rename` with `name`, or `hand_over` with `to`"
                .to_owned());
        }
    };
    Ok(Change { day: day(&on)?, kind })
}

#[cfg(test)]
mod tests {
    use super::load;

    const TWO: &str = "[[agency]]\ncode = \"1\"\nname = \"UBND xã Một\"\nlevel = \"commune\"\naddress = \"\"\nphone = \"\"\n\
        [[agency]]\ncode = \"2\"\nname = \"UBND xã Hai\"\nlevel = \"commune\"\naddress = \"\"\nphone = \"\"\n";

    #[test]
    fn changes_are_read_and_mistakes_told_with_their_line() {
        for (change, line, says) in [
            ("merge = [\"1\", \"2\"]\ninto = \"2\"", 0, ""),
            ("rename = \"1\"\nname = \"UBND phường Một\"", 0, ""),
            ("hand_over = \"1\"\nto = \"2\"", 0, ""),
            ("split = \"1\"\ninto = [\"2\"]\nwork = \"2\"", 0, ""),
            ("split = \"1\"\ninto = [\"2\"]", 13, "a change is"),
            ("merge = [\"1\"]\ninto = \"2\"\nname = \"x\"", 13, "a change is"),
            ("rename = \"1\"\nnom = \"x\"", 16, "nom"),
            ("rename = \"3\"\nname = \"x\"", 1, "no agency 3"),
            ("split = \"1\"\ninto = [\"2\"]\nwork = \"3\"", 1, "`work`"),
        ] {
            let text = format!("{TWO}[[change]]\nday = \"2027-01-01\"\n{change}\n");
            match load("units/agencies.toml", &text) {
                Ok(_) => assert_eq!(line, 0, "{change}"),
                Err(error) => assert!(error.line == line && error.says.contains(says), "{change}: {error}"),
            }
        }
        let text = format!("{TWO}from = \"2027-02-30\"\n");
        assert!(load("units/agencies.toml", &text).is_err_and(|error| error.line == 7));
    }
}

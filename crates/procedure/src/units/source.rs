//! Reads the tables of `forms/units/` and writes the browser's files: one of provinces and one for each province.

use super::{Commune, Province, UnitKind, UnitsBook};
use core::fmt;
use form::Date;
use form::text::fold;

/// What is wrong with a table of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsError {
    /// "provinces.tsv", "communes.tsv" or "former.tsv".
    pub table: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in English.
    pub says: &'static str,
}

impl fmt::Display for UnitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.table, self.line, self.says)
    }
}

impl core::error::Error for UnitsError {}

/// The texts of the three tables.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// `provinces.tsv`.
    pub provinces: &'a str,
    /// `communes.tsv`.
    pub communes: &'a str,
    /// `former.tsv`.
    pub former: &'a str,
}

/// All units there are: what the API checks with.
///
/// # Errors
/// When a table has a line that cannot be read, a code twice, or names a unit that is not there.
pub fn book(tables: Tables<'_>) -> Result<UnitsBook, UnitsError> {
    let mut book = UnitsBook::new(provinces(tables.provinces)?);
    let former = former(tables.former)?;
    let mut used = 0;
    let mut seen: Vec<&str> = Vec::new();
    let mut by_province: Vec<(&str, Vec<Commune>)> = Vec::new();
    for (line, [code, name, kind, province, from, until]) in rows("communes.tsv", tables.communes)? {
        let wrong = |says| UnitsError { table: "communes.tsv", line, says };
        if !is_code(code, 5) || !book.provinces.iter().any(|unit| unit.code == province) {
            return Err(wrong("the code has not five digits, or there is no such province"));
        }
        let kind = UnitKind::read(kind).ok_or_else(|| wrong("no such kind"))?;
        let (from, until) = dates(from, until).ok_or_else(|| wrong("no such dates"))?;
        let from = from.ok_or_else(|| wrong("the first day is missing"))?;
        let first = former.partition_point(|(became, _)| *became < code);
        let names: Vec<String> =
            former[first..].iter().take_while(|(became, _)| *became == code).map(|(_, old)| old.clone()).collect();
        used += names.len();
        let unit = Commune {
            code: code.to_owned(),
            kind,
            label: format!("{} {name}", kind.word()),
            from,
            until,
            former: names,
        };
        seen.push(code);
        match by_province.iter_mut().find(|(code, _)| *code == province) {
            Some((_, communes)) => communes.push(unit),
            None => by_province.push((province, vec![unit])),
        }
    }
    seen.sort_unstable();
    if seen.windows(2).any(|two| two[0] == two[1]) {
        return Err(UnitsError { table: "communes.tsv", line: 0, says: "a code is there twice" });
    }
    if used != former.len() {
        return Err(UnitsError { table: "former.tsv", line: 0, says: "a ward became a commune that is not there" });
    }
    for (province, mut communes) in by_province {
        communes.sort_by_cached_key(|unit| fold(unit.name()));
        book.add(province, communes);
    }
    Ok(book)
}

/// The browser's files: `provinces`, and one for each province named by its code.
///
/// # Errors
/// As for [`book`].
pub fn files(tables: Tables<'_>) -> Result<Vec<(String, Vec<u8>)>, UnitsError> {
    let book = book(tables)?;
    let mut files = vec![("provinces".to_owned(), pack::to_bytes(&book.provinces))];
    for (province, communes) in &book.loaded {
        files.push((province.clone(), pack::to_bytes(communes)));
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(files)
}

/// Provinces that have a first day are units of today; those without are names of before.
fn provinces(text: &str) -> Result<Vec<Province>, UnitsError> {
    let mut units: Vec<Province> = Vec::new();
    let mut before: Vec<(usize, &str, String)> = Vec::new();
    for (line, [code, name, kind, from, until, became]) in rows("provinces.tsv", text)? {
        let wrong = |says| UnitsError { table: "provinces.tsv", line, says };
        let kind = UnitKind::read(kind).ok_or_else(|| wrong("no such kind"))?;
        let label = format!("{} {name}", kind.word());
        match dates(from, until).ok_or_else(|| wrong("no such dates"))? {
            _ if !is_code(code, 2) => return Err(wrong("the code has not two digits")),
            (None, Some(_)) => before.push((line, became, label)),
            (None, None) => return Err(wrong("neither a first nor a last day")),
            (Some(_), _) if units.iter().any(|unit| unit.code == code) => return Err(wrong("the code is there twice")),
            (Some(from), until) => {
                units.push(Province { code: code.to_owned(), kind, label, from, until, former: Vec::new() });
            }
        }
    }
    for (line, became, label) in before {
        let unit = units.iter_mut().find(|unit| unit.code == became);
        let unit =
            unit.ok_or(UnitsError { table: "provinces.tsv", line, says: "became a province that is not there" })?;
        if unit.label != label {
            unit.former.push(label);
        }
    }
    units.sort_by_cached_key(|unit| fold(unit.name()));
    Ok(units)
}

/// Pairs of a commune's code and one former unit on its land, in the order of the codes.
fn former(text: &str) -> Result<Vec<(&str, String)>, UnitsError> {
    let mut pairs = Vec::new();
    for (line, [_, ward, _, district, _, _, _, became]) in rows("former.tsv", text)? {
        if district.is_empty() || became.is_empty() {
            return Err(UnitsError { table: "former.tsv", line, says: "the district or what it became is missing" });
        }
        // Five island districts had no wards.
        let name = if ward.is_empty() { district.to_owned() } else { format!("{ward}, {district}") };
        for code in became.split(',') {
            pairs.push((code, name.clone()));
        }
    }
    pairs.sort_by(|one, other| one.0.cmp(other.0));
    Ok(pairs)
}

/// The lines below the heading, each with its number, cut into exactly `N` fields.
fn rows<'a, const N: usize>(table: &'static str, text: &'a str) -> Result<Vec<(usize, [&'a str; N])>, UnitsError> {
    let cut = |(place, line): (usize, &'a str)| {
        let fields: Vec<&str> = line.split('\t').collect();
        let fields = fields.try_into().map_err(|_| UnitsError {
            table,
            line: place + 1,
            says: "not the right number of fields",
        })?;
        Ok((place + 1, fields))
    };
    text.lines().enumerate().skip(1).map(cut).collect()
}

fn is_code(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|sign| sign.is_ascii_digit())
}

/// Both dates; an empty field is none, and an unreadable one makes it fail.
fn dates(from: &str, until: &str) -> Option<(Option<Date>, Option<Date>)> {
    let read = |text: &str| if text.is_empty() { Some(None) } else { Date::parse(text).map(Some) };
    Some((read(from)?, read(until)?))
}

//! The PDF around the signatures: their fields, and the bytes they are over (ISO 32000-1 §12.8.1).

use crate::{MOST_SIGNATURES, time};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::BTreeSet;

/// Most bytes that any stream inside may unfold to while the file is read.
const MOST_UNFOLDED: usize = 32 * 1024 * 1024;
/// Most fields that are looked at, and how deep they may lie in each other.
const MOST_FIELDS: usize = 2_000;
const MOST_DEEP: usize = 16;

/// A PDF.
pub struct File<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What stands in it now.
    pub document: Document,
}

/// A signature's field.
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where in the file what it signs stands: from, length, from, length.
    range: Option<[usize; 4]>,
    /// The signed message.
    pub contents: Option<Vec<u8>>,
    /// The time it claims, in milliseconds since 1970.
    pub claimed: Option<i64>,
    /// Whether it is `ETSI.CAdES.detached`.
    pub cades: bool,
}

/// Reads a PDF, or a revision of one. One whose table of objects had to be guessed is not read: which object is meant
/// would be a matter of taste, and a signature must not be one. Nor is one that is locked.
pub fn document(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNFOLDED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    let plain = document.xref_recovery.is_none() && !document.is_encrypted() && !document.trailer.has(b"Encrypt");
    plain.then_some(document)
}

impl<'a> File<'a> {
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { bytes, document: document(bytes)? })
    }

    /// The fields that are signed by somebody, in the order in which they were signed. Stamps of the time alone
    /// (`ETSI.RFC3161`) say nothing about who, and are left out.
    pub fn signatures(&self) -> Vec<Field> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for field in form(&self.document).map(|form| list(&self.document, form, b"Fields")).unwrap_or_default() {
            self.walk(field, String::new(), 0, &mut seen, &mut found);
        }
        found.sort_by_key(|field: &Field| field.range.map_or(usize::MAX, |range| range[2].saturating_add(range[3])));
        found.truncate(MOST_SIGNATURES);
        found
    }

    fn walk(&self, id: ObjectId, above: String, deep: usize, seen: &mut BTreeSet<ObjectId>, found: &mut Vec<Field>) {
        if deep > MOST_DEEP || seen.len() > MOST_FIELDS || !seen.insert(id) {
            return;
        }
        let Ok(field) = self.document.get_dictionary(id) else { return };
        let own = field.get(b"T").and_then(Object::as_str).map(text).unwrap_or_default();
        let name = if above.is_empty() || own.is_empty() { above + &own } else { format!("{above}.{own}") };
        if let Some(value) = dictionary(&self.document, field, b"V").filter(|value| value.has(b"ByteRange")) {
            found.extend(signature(name.clone(), value));
        }
        for kid in list(&self.document, field, b"Kids") {
            self.walk(kid, name.clone(), deep + 1, seen, found);
        }
    }

    /// The two stretches of bytes a field signs, if they are all of a file but the signature itself: from the first byte
    /// on, with one gap, in which there is the signature and nothing else.
    pub fn signed(&self, field: &Field) -> Option<[&'a [u8]; 2]> {
        let [from, length, again, rest] = field.range?;
        let gap = self.bytes.get(length..again)?;
        let before = self.bytes.get(from..length).filter(|_| from == 0)?;
        let after = self.bytes.get(again..again.checked_add(rest)?)?;
        let written = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
        (unhex(written)? == *field.contents.as_ref()?).then_some([before, after])
    }

    /// The file as it was when a field was signed, and what was put behind it.
    pub fn revision(&self, field: &Field) -> Option<(&'a [u8], &'a [u8])> {
        let [_, _, again, rest] = field.range?;
        self.bytes.split_at_checked(again.checked_add(rest)?)
    }
}

fn signature(name: String, value: &Dictionary) -> Option<Field> {
    let kind = value.get(b"SubFilter").and_then(Object::as_name).unwrap_or_default();
    if kind == b"ETSI.RFC3161" {
        return None;
    }
    let known = matches!(kind, b"adbe.pkcs7.detached" | b"ETSI.CAdES.detached");
    let range = value.get(b"ByteRange").and_then(Object::as_array).ok().and_then(|all| {
        let numbers = all.iter().map(|number| usize::try_from(number.as_i64().ok()?).ok());
        numbers.collect::<Option<Vec<usize>>>()?.try_into().ok()
    });
    let contents = value.get(b"Contents").and_then(Object::as_str).ok().filter(|_| known);
    Some(Field {
        name,
        range,
        contents: contents.map(<[u8]>::to_vec),
        claimed: value.get(b"M").and_then(Object::as_str).ok().and_then(time::of_pdf),
        cades: kind == b"ETSI.CAdES.detached",
    })
}

/// The document's form (AcroForm).
pub fn form(document: &Document) -> Option<&Dictionary> {
    dictionary(document, document.catalog().ok()?, b"AcroForm")
}

/// A dictionary under a key, itself or by reference.
pub fn dictionary<'a>(document: &'a Document, above: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    above.get_deref(key, document).ok()?.as_dict().ok()
}

/// The references of a list under a key.
pub fn list(document: &Document, above: &Dictionary, key: &[u8]) -> Vec<ObjectId> {
    let Ok(all) = above.get_deref(key, document).and_then(Object::as_array) else { return Vec::new() };
    all.iter().filter_map(|one| one.as_reference().ok()).collect()
}

/// Text as PDF writes it: UTF-16 with its mark, or bytes that are nearly ASCII.
fn text(bytes: &[u8]) -> String {
    let plain: String = match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{FFFD}')).collect()
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    };
    plain.chars().filter(|sign| !sign.is_control()).take(100).collect()
}

fn unhex(written: &[u8]) -> Option<Vec<u8>> {
    let digit = |sign: &u8| char::from(*sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = written.chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    });
    pairs.collect()
}

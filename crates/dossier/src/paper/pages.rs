//! How many pages a paper has, counted from its content for the receipt.
//!
//! Written here rather than with a PDF library: those we looked at unpack every stream without a limit, and ten megabytes
//! from a stranger can unpack to ten gigabytes. Only what names pages is read here, at most [`MOST_UNPACKED`] of it, and
//! where that does not suffice the answer is "unknown", never a guess.

use super::FileKind;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes unpacked of one file.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
/// The most bytes of an object without its stream; a page tree of thirty thousand leaves in one list fits.
const LARGEST: usize = 256 * 1024;
/// The most objects of a file that are looked at.
const MOST_OBJECTS: usize = 300_000;

/// The pages of a file that passed [`super::look`]: one for a picture; `None` for a PDF whose page tree is not understood.
#[must_use]
pub fn count(kind: FileKind, bytes: &[u8]) -> Option<u32> {
    if kind == FileKind::Pdf { Objects::of(bytes)?.pages() } else { Some(1) }
}

/// The dictionaries of a PDF by their object number. Of several versions the last one counts, as in every reader: a
/// signature or a comment is added to the end of a file, with a new version of the page it stands on.
struct Objects {
    bodies: BTreeMap<u32, Vec<u8>>,
    /// The number of the last catalog (ISO 32000-1 §7.7.2).
    catalog: Option<u32>,
    room: usize,
}

impl Objects {
    /// Reads every object in the order of the file; `None` when there are too many, or one that is needed stays packed.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut objects = Self { bodies: BTreeMap::new(), catalog: None, room: MOST_UNPACKED };
        let mut at = 0;
        while let Some(found) = find(&bytes[at..], b" obj") {
            let head = at + found;
            at = head + 4;
            let Some(number) = number_before(&bytes[..head]) else { continue };
            let rest = &bytes[at..];
            let near = &rest[..rest.len().min(LARGEST)];
            let end = find(near, b"endobj").unwrap_or(near.len());
            let stream = find(&near[..end], b"stream");
            let dictionary = &near[..stream.unwrap_or(end)];
            at += end;
            // Every step goes on behind what it has read, so that no file is read more than a few times over.
            if let Some(stream) = stream {
                let data = &rest[stream + 6..];
                let Some(length) = find(data, b"endstream") else { break };
                at = bytes.len() - data.len() + length;
                if is(dictionary, b"/ObjStm") {
                    let data = data[..length].strip_prefix(b"\r").unwrap_or(&data[..length]);
                    objects.unpack(dictionary, data.strip_prefix(b"\n").unwrap_or(data))?;
                }
            }
            objects.add(number, dictionary)?;
        }
        Some(objects)
    }

    fn add(&mut self, number: u32, body: &[u8]) -> Option<()> {
        if is(body, b"/Catalog") {
            self.catalog = Some(number);
        }
        // Of everything else only that there is a newer version matters; fonts and pictures are forgotten at once.
        let names_pages = is(body, b"/Page") || is(body, b"/Pages") || is(body, b"/Catalog") || is_array(body);
        self.bodies.insert(number, if names_pages { body.to_vec() } else { Vec::new() });
        (self.bodies.len() <= MOST_OBJECTS).then_some(())
    }

    /// Reads the objects packed in a stream (§7.5.7): pairs of number and place, then the objects.
    fn unpack(&mut self, dictionary: &[u8], packed: &[u8]) -> Option<()> {
        let first = usize::try_from(number_after(dictionary, b"/First")?).ok()?;
        let unpacked = decompress_to_vec_zlib_with_limit(packed, self.room).ok()?;
        self.room -= unpacked.len();
        let places = numbers(unpacked.get(..first)?);
        let pairs: Vec<(u32, usize)> = places
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[number, place]| (*number, first.saturating_add(*place as usize)))
            .collect();
        for (i, (number, place)) in pairs.iter().enumerate() {
            let end = pairs.get(i + 1).map_or(unpacked.len(), |(_, next)| *next);
            self.add(*number, unpacked.get(*place..end)?)?;
        }
        Some(())
    }

    /// Follows the tree from its root to the leaves, each once.
    fn pages(&self) -> Option<u32> {
        let catalog = self.bodies.get(&self.catalog?)?;
        let mut waiting = vec![number_after(catalog, b"/Pages")?];
        let (mut seen, mut count) = (BTreeSet::new(), 0);
        while let Some(number) = waiting.pop() {
            if !seen.insert(number) {
                continue;
            }
            let body = self.bodies.get(&number)?;
            if is(body, b"/Pages") || find(body, b"/Kids").is_some() {
                let kids = &body[find(body, b"/Kids")? + 5..];
                let kids = match (kids.trim_ascii_start().first(), number_after(body, b"/Kids")) {
                    (Some(b'['), _) => kids,
                    (_, Some(list)) => self.bodies.get(&list)?.as_slice(),
                    _ => return None,
                };
                let kids = numbers(kids.get(find(kids, b"[")? + 1..find(kids, b"]")?)?);
                // Number and generation stand before each "R".
                waiting.extend(kids.as_chunks::<2>().0.iter().map(|[kid, _]| *kid));
            } else if is(body, b"/Page") {
                count += 1;
            }
        }
        (count > 0).then_some(count)
    }
}

/// Whether a dictionary says `/Type` and then this name, and not a longer one.
fn is(dictionary: &[u8], name: &[u8]) -> bool {
    let mut rest = dictionary;
    while let Some(found) = find(rest, b"/Type") {
        rest = &rest[found + 5..];
        if let Some(after) = rest.trim_ascii_start().strip_prefix(name)
            && !after.first().is_some_and(u8::is_ascii_alphanumeric)
        {
            return true;
        }
    }
    false
}

fn is_array(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"[")
}

/// The object number in `12 0`, which stands right before `obj`.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let tail = &bytes[bytes.len().saturating_sub(24)..];
    let start = tail.iter().rposition(|byte| !byte.is_ascii_digit() && *byte != b' ').map_or(0, |last| last + 1);
    let found = numbers(&tail[start..]);
    found.len().checked_sub(2).and_then(|place| found.get(place)).copied()
}

/// The number after a name that is not the beginning of a longer one.
fn number_after(dictionary: &[u8], name: &[u8]) -> Option<u32> {
    let mut rest = dictionary;
    loop {
        rest = &rest[find(rest, name)? + name.len()..];
        let value = rest.trim_ascii_start();
        if value.first().is_some_and(u8::is_ascii_digit) {
            return numbers(&value[..value.len().min(12)]).first().copied();
        }
    }
}

/// The whole numbers in a text, whatever stands between them.
fn numbers(text: &[u8]) -> Vec<u32> {
    let words = text.split(|byte| !byte.is_ascii_digit()).filter(|word| !word.is_empty());
    words.map_while(|word| std::str::from_utf8(word).ok()?.parse().ok()).collect()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == first) {
        at += found;
        if bytes[at..].starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;

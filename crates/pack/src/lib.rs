//! A small binary form: how definitions come to the browser, and how drafts are kept on the phone.
//!
//! Both sides know the type, so no names are written. Reading never stops in the middle: what is missing or wrong is
//! read as nothing, remembered, and the whole refused at the end. That is why the browser's program holds a quarter of the
//! code that serde needs for the same types (`docs/decisions/0004-a-second-program.md`).

// The derive writes paths that begin with `::pack`, in the tests below too.
#[cfg(test)]
extern crate self as pack;

pub use pack_derive::Pack;

use std::sync::Arc;

/// A value that can be written and read back.
pub trait Pack: Sized {
    /// Writes it at the end.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads it; something empty when it is not there, which [`Reader::refuse`] remembers.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// The bytes of a value.
pub fn to_bytes(value: &impl Pack) -> Vec<u8> {
    let mut out = Vec::new();
    value.write(&mut out);
    out
}

/// The value whose bytes these are, all of them; nothing when they are not such a value.
#[must_use]
pub fn from_bytes<T: Pack>(bytes: &[u8]) -> Option<T> {
    let mut from = Reader { bytes, refused: false };
    let value = T::read(&mut from);
    (!from.refused && from.bytes.is_empty()).then_some(value)
}

/// What is still to be read.
pub struct Reader<'a> {
    bytes: &'a [u8],
    refused: bool,
}

impl<'a> Reader<'a> {
    /// Remembers that the bytes are not what was expected. From here on everything is empty.
    pub fn refuse(&mut self) {
        self.refused = true;
        self.bytes = &[];
    }

    /// The next byte; zero when there is none.
    pub fn byte(&mut self) -> u8 {
        if let Some((first, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            *first
        } else {
            self.refuse();
            0
        }
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
            if shift > 63 {
                self.refuse();
                return 0;
            }
        }
    }

    /// How many follow. Each takes a byte at least, so more than there are bytes is refused before memory is asked for.
    fn count(&mut self) -> usize {
        match usize::try_from(self.number()) {
            Ok(count) if count <= self.bytes.len() => count,
            _ => {
                self.refuse();
                0
            }
        }
    }

    fn text(&mut self) -> &'a str {
        let count = self.count();
        let (text, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        core::str::from_utf8(text).unwrap_or_else(|_| {
            self.refuse();
            ""
        })
    }
}

fn put(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        // Masked to seven bits, so nothing is cut off.
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Pack for $kind {
            fn write(&self, out: &mut Vec<u8>) {
                put(u64::try_from(*self).unwrap_or(u64::MAX), out);
            }
            fn read(from: &mut Reader<'_>) -> Self {
                Self::try_from(from.number()).unwrap_or_else(|_| {
                    from.refuse();
                    0
                })
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, usize);

impl Pack for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        // Small numbers of either sign stay short: 0, -1, 1, -2, …
        put((self.cast_unsigned() << 1) ^ (self >> 63).cast_unsigned(), out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Pack for i32 {
    fn write(&self, out: &mut Vec<u8>) {
        i64::from(*self).write(out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        Self::try_from(i64::read(from)).unwrap_or_else(|_| {
            from.refuse();
            0
        })
    }
}

impl Pack for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn read(from: &mut Reader<'_>) -> Self {
        let byte = from.byte();
        if byte > 1 {
            from.refuse();
        }
        byte == 1
    }
}

/// Takes no bytes, so a list of nothings cannot be counted by what is left: only maps hold it, beside their keys.
impl Pack for () {
    fn write(&self, _: &mut Vec<u8>) {}
    fn read(_: &mut Reader<'_>) -> Self {}
}

impl Pack for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn read(from: &mut Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|item| item.write(out));
    }
    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.count();
        // Grows as it is read: a count that promises more than comes costs nothing.
        (0..count).map_while(|_| (!from.refused).then(|| T::read(from))).collect()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(from: &mut Reader<'_>) -> Self {
        bool::read(from).then(|| T::read(from))
    }
}

impl<T: Pack> Pack for Box<T> {
    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        Self::new(T::read(from))
    }
}

impl<T: Pack> Pack for Arc<T> {
    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        Self::new(T::read(from))
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Pack)]
    struct Row {
        name: String,
        count: u32,
        minus: i64,
        inner: Vec<Tree>,
        pair: (u8, Option<i32>),
    }

    #[derive(Clone, Debug, PartialEq, Pack)]
    enum Tree {
        Leaf,
        Not(Box<Tree>),
        All { of: Vec<Tree>, yes: bool },
    }

    fn row() -> Row {
        let deep = Tree::All { of: vec![Tree::Leaf, Tree::Not(Box::new(Tree::Leaf))], yes: true };
        let inner = vec![deep, Tree::Leaf];
        Row { name: "Hồ Thị Mừng".to_owned(), count: 300, minus: i64::MIN, inner, pair: (255, Some(-1)) }
    }

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(from_bytes::<Row>(&to_bytes(&row())), Some(row()));
        for number in [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN] {
            assert_eq!(from_bytes::<i64>(&to_bytes(&number)), Some(number));
        }
        for number in [0, 127, 128, u64::MAX] {
            assert_eq!(from_bytes::<u64>(&to_bytes(&number)), Some(number));
        }
        assert_eq!(to_bytes(&-1_i64), [1]);
        assert_eq!(to_bytes(&300_u32), [0xac, 2]);
    }

    #[test]
    fn what_is_cut_off_or_has_something_behind_it_is_refused() {
        let whole = to_bytes(&row());
        for end in 0..whole.len() {
            assert_eq!(from_bytes::<Row>(&whole[..end]), None, "cut at {end}");
        }
        assert_eq!(from_bytes::<Row>(&[&whole[..], &[0]].concat()), None);
    }

    #[test]
    fn rubbish_is_refused_without_asking_for_memory() {
        let endless = [0xff; 40];
        assert_eq!(from_bytes::<Vec<String>>(&endless), None);
        assert_eq!(from_bytes::<u64>(&endless), None);
        assert_eq!(from_bytes::<String>(&[2, 0xc3, 0x28]), None, "not UTF-8");
        assert_eq!(from_bytes::<bool>(&[2]), None);
        assert_eq!(from_bytes::<Tree>(&[9]), None, "no such variant");
        assert_eq!(from_bytes::<u8>(&[0x80, 2]), None, "256 is no byte");
        // Boxes in boxes, as deep as the bytes go.
        assert_eq!(from_bytes::<Tree>(&[1; 2000]), None);
    }

    #[test]
    fn any_byte_changed_is_refused_or_read_as_something_else_but_never_panics() {
        let whole = to_bytes(&row());
        for place in 0..whole.len() {
            for byte in [0, 1, 2, 0x7f, 0x80, 0xff] {
                let mut other = whole.clone();
                other[place] = byte;
                let _ = from_bytes::<Row>(&other);
            }
        }
    }
}

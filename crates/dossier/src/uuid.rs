//! Names of things inside the system: UUIDs of version 7 (RFC 9562 §5.7), the time first, so that rows made one after the
//! other lie together.

use procedure::calendar::Moment;
use std::fmt;

/// A new one.
pub(crate) fn new(now: Moment, random: [u8; 16]) -> [u8; 16] {
    let mut bytes = random;
    bytes[..6].copy_from_slice(&now.0.to_be_bytes()[2..]);
    bytes[6] = 0x70 | (bytes[6] & 0x0F);
    bytes[8] = 0x80 | (bytes[8] & 0x3F);
    bytes
}

/// Writes it in the form 8-4-4-4-12.
pub(crate) fn write(bytes: [u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            f.write_str("-")?;
        }
        write!(f, "{byte:02x}")?;
    }
    Ok(())
}

/// Reads exactly that form, letters of either case.
pub(crate) fn read(text: &str) -> Option<[u8; 16]> {
    let parts: Vec<&str> = text.split('-').collect();
    if !parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) || !text.is_ascii() {
        return None;
    }
    let digits = parts.concat();
    let mut bytes = [0; 16];
    for (byte, place) in bytes.iter_mut().zip((0..32).step_by(2)) {
        let pair = digits.get(place..place + 2)?;
        // A sign before a digit would be read as one.
        let plain = pair.bytes().all(|sign| sign.is_ascii_hexdigit());
        *byte = u8::from_str_radix(pair, 16).ok().filter(|_| plain)?;
    }
    Some(bytes)
}

/// `Display`, `Debug`, `Serialize` and `Deserialize` of a name, all by the same form.
macro_rules! named {
    ($name:ident, $what:literal) => {
        impl $name {
            /// A new one: the time first, so that rows made one after the other lie together.
            #[must_use]
            pub fn new(now: ::procedure::calendar::Moment, random: [u8; 16]) -> Self {
                Self($crate::uuid::new(now, random))
            }

            /// The one that is written so; none, when the text is no UUID.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                $crate::uuid::read(text).map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::uuid::write(self.0, f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::uuid::write(self.0, f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(from)?;
                Self::read(&text).ok_or_else(|| ::serde::de::Error::custom($what))
            }
        }
    };
}
pub(crate) use named;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_form_is_read() {
        let good = "01A2008D-7400-7fff-bfff-00000000000f";
        assert_eq!(read(good).map(|bytes| (bytes[0], bytes[15])), Some((1, 15)));
        for bad in [
            "",
            "1",
            "01a2008d74007fffbfff00000000000f",
            "01a2008d-7400-7fff-bfff-00000000000g",
            "+1a2008d-7400-7fff-bfff-00000000000f",
            "é-4-4-4-12",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}

//! Names of sixteen bytes made of chance alone, written as 32 hexadecimal digits.

/// The name that is written so: exactly 32 digits, letters in lower case. A name has one spelling, so that it can be looked up.
#[must_use]
pub fn read(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    if text.len() != 32 || !text.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (byte, place) in bytes.iter_mut().zip((0..32).step_by(2)) {
        *byte = u8::from_str_radix(text.get(place..place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// `read`, `Display`, `Debug`, `Serialize` and `Deserialize` of such a name, all by the same form.
#[macro_export]
macro_rules! hex_id {
    ($name:ident, $wrong:literal) => {
        impl $name {
            /// The id that is written so: 32 hexadecimal digits in lower case.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                $crate::id::read(text).map(Self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(self, f)
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
                Self::read(&text).ok_or_else(|| ::serde::de::Error::custom($wrong))
            }
        }
    };
}

//! Names in certificates, in the letters they are written in.

use crate::report::Person;
use const_oid::ObjectIdentifier;
use der::{Tag, Tagged as _};
use x509_cert::name::Name;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// Where Vietnamese authorities write "MST:…" and "CCCD:…".
const UID: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1");
/// No longer text is told.
const MOST_SIGNS: usize = 200;

/// Whose name it is.
pub fn person(name: &Name) -> Person {
    let first = |wanted: ObjectIdentifier| {
        let mut all = name.iter().filter(|part| part.oid == wanted);
        all.next().and_then(|part| text(part.value.tag(), part.value.value())).unwrap_or_default()
    };
    let uid = first(UID);
    Person {
        name: first(COMMON_NAME),
        organisation: first(ORGANISATION),
        number: if uid.is_empty() { first(SERIAL_NUMBER) } else { uid },
    }
}

fn text(tag: Tag, bytes: &[u8]) -> Option<String> {
    let text = match tag {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::NumericString => {
            String::from_utf8(bytes.to_vec()).ok()?
        }
        Tag::BmpString => {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()?
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _ => return None,
    };
    // Signs that turn the direction of writing could make a name look like another.
    let plain = text.chars().filter(|c| {
        !c.is_control()
            && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    });
    Some(plain.take(MOST_SIGNS).collect::<String>().trim().to_owned())
}

//! VietQR: a bank transfer as a picture (NAPAS, EMVCo Merchant-Presented QR). No callback comes of it: the bank's statement says
//! that it was paid, and finds the order by the purpose that the picture carries.

use crc::{CRC_16_IBM_3740, Crc};

/// Whom a transfer goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The bank's number, 6 digits (BIN).
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is, for people.
    pub holder: String,
}

/// The most signs of a purpose that every bank keeps.
pub const PURPOSE: usize = 25;

/// What the picture says: this much to this account, with this purpose (letters and digits of ASCII). Nothing when a part is
/// longer than its length can say or is not ASCII.
#[must_use]
pub fn payload(receiver: &Receiver, amount: i64, purpose: &str) -> Option<String> {
    let clean = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
    if purpose.is_empty() || purpose.len() > PURPOSE || !clean(purpose) || amount <= 0 {
        return None;
    }
    if receiver.bank.len() != 6 || !receiver.bank.bytes().all(|byte| byte.is_ascii_digit()) || !clean(&receiver.account)
    {
        return None;
    }
    let to = [tlv("00", &receiver.bank)?, tlv("01", &receiver.account)?].concat();
    let service = [tlv("00", "A000000727")?, tlv("01", &to)?, tlv("02", "QRIBFTTA")?].concat();
    let fields = [
        tlv("00", "01")?,
        tlv("01", "12")?,
        tlv("38", &service)?,
        tlv("53", "704")?,
        tlv("54", &amount.to_string())?,
        tlv("58", "VN")?,
        tlv("62", &tlv("08", purpose)?)?,
    ];
    Some(sealed(&fields.concat()))
}

/// Number, length in two digits, value.
fn tlv(id: &str, value: &str) -> Option<String> {
    (value.len() <= 99).then(|| format!("{id}{:02}{value}", value.len()))
}

/// With its checksum, which counts its own number and length too.
fn sealed(fields: &str) -> String {
    let whole = format!("{fields}6304");
    let sum = Crc::<u16>::new(&CRC_16_IBM_3740).checksum(whole.as_bytes());
    format!("{whole}{sum:04X}")
}

/// Whether the checksum of a picture's text fits.
#[must_use]
pub fn is_whole(text: &str) -> bool {
    text.len() > 8 && text.is_char_boundary(text.len() - 8) && sealed(&text[..text.len() - 8]) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receiver() -> Receiver {
        Receiver { bank: "970416".to_owned(), account: "257678859".to_owned(), holder: "KHO BAC THU".to_owned() }
    }

    /// The second is made with the same fields; both are the published ones of shared specifications.
    #[test]
    fn the_published_pictures_fit() {
        let still = "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F";
        let moving = "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6";
        assert!(is_whole(still) && is_whole(moving));
        assert_eq!(payload(&receiver(), 10_000, "Chuyen tien").as_deref(), Some(moving));
        for place in 0..moving.len() {
            let mut bytes = moving.as_bytes().to_vec();
            bytes[place] ^= 1;
            assert!(!String::from_utf8(bytes).is_ok_and(|text| is_whole(&text)), "a changed sign at {place} is seen");
        }
    }

    #[test]
    fn what_a_bank_would_cut_or_misread_is_not_made() {
        for purpose in ["", "Lệ phí", "abcdefghijklmnopqrstuvwxyz", "a-b", "a\n"] {
            assert_eq!(payload(&receiver(), 10_000, purpose), None, "{purpose}");
        }
        assert_eq!(payload(&receiver(), 0, "MC1"), None);
        assert_eq!(payload(&Receiver { bank: "97041".to_owned(), ..receiver() }, 1, "MC1"), None);
        assert_eq!(payload(&Receiver { account: "1".repeat(90), ..receiver() }, 1, "MC1"), None);
    }
}

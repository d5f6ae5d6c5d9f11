//! The QR picture of a lookup code, so that the browser needs no program for it.

use fast_qr::{ECL, Mask, Module, QRBuilder};

/// The picture row by row, `1` for a dark dot; empty where it cannot be made.
pub(crate) fn rows(text: &str) -> Vec<String> {
    // Any of the eight masks can be read; trying all took a tenth of a submission: decision 5.
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).mask(Mask::Checkerboard).build() else {
        return Vec::new();
    };
    let dot = |module: &Module| if module.value() { '1' } else { '0' };
    (0..code.size).map(|row| code[row].iter().take(code.size).map(dot).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_makes_the_smallest_picture_with_its_three_corners() {
        let picture = rows("7K3M-0TQ9-XW4D-5");
        assert_eq!(picture.len(), 21);
        assert!(picture.iter().all(|row| row.len() == 21));
        assert!(picture[0].starts_with("11111110") && picture[0].ends_with("01111111"));
        assert!(picture[20].starts_with("11111110"));
    }
}

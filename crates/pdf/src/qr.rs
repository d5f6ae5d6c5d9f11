//! The QR picture at the top left of a paper, as Circular 01/2023/TT-VPCP asks: what the paper is, not whose.

use crate::Facts;
use core::fmt::Write as _;
use fast_qr::{ECL, Mask, QRBuilder};
use form::Form;

/// What is read from the picture, a fact a line. The circular also names the identifier of the person. It is left out:
/// any telephone reads the picture, and beside the title of a paper about an illness it would say who is ill. For the
/// same reason the paper is named by its title and not by its number, and the lookup code is never in it.
pub(crate) fn text(form: &Form, facts: &Facts<'_>) -> String {
    let mut text = String::new();
    let mut fact = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    fact("Mã hồ sơ", facts.dossier);
    fact("Mã TTHC", facts.procedure_code);
    fact("Tên giấy tờ", &form.title);
    fact("Hệ thống", facts.system);
    if let Some(made_at) = facts.made_at {
        let (date, (hour, minute)) = (made_at.date(), made_at.clock());
        fact("Thời điểm cấp", &format!("{:02}/{:02}/{} {hour:02}:{minute:02}", date.day, date.month, date.year));
    }
    text.truncate(text.trim_end().len());
    text
}

/// The picture as SVG, one unit a dot; empty where it cannot be made, and then the paper has none.
pub(crate) fn svg(text: &str) -> String {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).mask(Mask::Checkerboard).build() else {
        return String::new();
    };
    let size = code.size;
    let mut path = String::new();
    for row in 0..size {
        // Dark dots side by side are one rectangle: between two, a printer may leave a white line.
        let mut start = None;
        for column in 0..=size {
            let dark = column < size && code[row][column].value();
            match (dark, start) {
                (true, None) => start = Some(column),
                (false, Some(from)) => {
                    let _ = write!(path, "M{from} {row}h{}v1h-{}z", column - from, column - from);
                    start = None;
                }
                _ => {}
            }
        }
    }
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>"#)
}

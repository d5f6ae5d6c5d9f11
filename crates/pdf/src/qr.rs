//! The QR picture at the top left of a paper, as Circular 01/2023/TT-VPCP asks: what the paper is, and of a form not whose.

use crate::{Facts, Slip};
use core::fmt::Write as _;
use fast_qr::{ECL, Mask, QRBuilder};
use form::Form;
use procedure::calendar::Moment;

/// What is read from the picture of a form, a fact a line. The circular also names the identifier of the person. It is
/// left out: any telephone reads the picture, and beside the title of a paper about an illness it would say who is ill. For
/// the same reason the paper is named by its title and not by its number, and the lookup code is never in it.
pub(crate) fn of_form(form: &Form, facts: &Facts<'_>) -> String {
    text(&form.title, facts, ("", None))
}

/// The same of a paper of the desk, whose title says nothing of an illness: with the number as the paper shows it, its
/// middle hidden, and the appointment.
pub(crate) fn of_slip(slip: &Slip, facts: &Facts<'_>) -> String {
    // A list leads to its page, and tells nothing itself.
    if let Slip::Posting(posting) = slip {
        return posting.link.clone();
    }
    // A register tells of many dossiers; a draft is issued by nobody.
    let facts = match slip {
        // Each label has a picture of its own.
        Slip::Draft(_) | Slip::Labels(_) => return String::new(),
        Slip::Register(_) => Facts { dossier: "", procedure_code: "", ..*facts },
        _ => *facts,
    };
    text(slip.title(), &facts, slip.told())
}

fn text(title: &str, facts: &Facts<'_>, (person, due): (&str, Option<Moment>)) -> String {
    let mut text = String::new();
    let mut fact = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    fact("Mã hồ sơ", facts.dossier);
    fact("Mã TTHC", facts.procedure_code);
    fact("Số định danh", person);
    fact("Tên giấy tờ", title);
    fact("Hệ thống", facts.system);
    fact("Thời điểm cấp", &facts.made_at.map_or_else(String::new, short));
    fact("Hẹn trả kết quả", &due.map_or_else(String::new, short));
    text.truncate(text.trim_end().len());
    text
}

/// "22/11/2026 14:05"
fn short(at: Moment) -> String {
    let (date, (hour, minute)) = (at.date(), at.clock());
    format!("{:02}/{:02}/{} {hour:02}:{minute:02}", date.day, date.month, date.year)
}

/// The picture as SVG, one unit a dot; empty where it cannot be made, and then the paper has none.
pub(crate) fn svg(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
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

#[cfg(test)]
mod tests {
    use super::of_slip;
    use crate::slip::{Apology, Applicant, Register, Slip};
    use crate::{Facts, qr};
    use procedure::calendar::Moment;

    /// Sunday, 22 November 2026, 14:05 in Việt Nam.
    const NOW: Moment = Moment(1_795_331_100_000);

    fn facts() -> Facts<'static> {
        let (procedure_code, dossier) = ("1.001731", "H50.99.99-261120-0007");
        Facts { procedure_code, dossier, system: "Một Cửa", made_at: Some(NOW), ..Facts::default() }
    }

    #[test]
    fn the_picture_of_a_paper_of_the_desk_tells_what_the_circular_names() {
        let slip = Slip::Apology(Apology {
            number: String::new(),
            applicant: Applicant { masked_id: "000•••••0001".to_owned(), ..Applicant::default() },
            received: NOW,
            due: NOW,
            reason: String::new(),
            due_anew: NOW.plus_ms(3_600_000),
            title: String::new(),
            officer: String::new(),
        });
        let text = of_slip(&slip, &facts());
        assert_eq!(
            text,
            "Mã hồ sơ: H50.99.99-261120-0007\nMã TTHC: 1.001731\nSố định danh: 000•••••0001\n\
             Tên giấy tờ: Phiếu xin lỗi và hẹn lại ngày trả kết quả\nHệ thống: Một Cửa\n\
             Thời điểm cấp: 22/11/2026 14:05\nHẹn trả kết quả: 22/11/2026 15:05"
        );
        assert!(!qr::svg(&text).is_empty());
    }

    #[test]
    fn the_picture_of_a_register_tells_of_nobody() {
        let (desk, book) = (String::new(), String::new());
        let register = Slip::Register(Register { desk, book, from: None, to: None, rows: Vec::new() });
        let told = "Tên giấy tờ: Sổ theo dõi hồ sơ\nHệ thống: Một Cửa\nThời điểm cấp: 22/11/2026 14:05";
        assert_eq!(of_slip(&register, &facts()), told);
    }
}

//! QR pictures: of rows that the server sent, and of what only this phone may know.

use fast_qr::{ECL, QRBuilder};
use ui::{Html, html};

/// A picture of rows of `0` and `1`; nothing when there are none.
pub fn of_rows(rows: &[String], label: String) -> Option<Html> {
    drawn(rows, label, "qr")
}

fn drawn(rows: &[String], label: String, class: &'static str) -> Option<Html> {
    let size = rows.len();
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, dot) in row.bytes().enumerate() {
            if dot == b'1' {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    let frame = format!("-4 -4 {} {}", size + 8, size + 8);
    (size > 0).then(|| html! { <svg class=class role="img" aria-label=label viewBox=frame><path d=path /></svg> })
}

/// A picture of a text, made on this phone.
pub fn of_text(text: &str, label: &str) -> Option<Html> {
    // It is read from a screen close by, so the least correction suffices, and the dots are as large as they can be.
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let dot = |module: &fast_qr::Module| if module.value() { '1' } else { '0' };
    let rows: Vec<String> = (0..code.size).map(|row| code[row].iter().take(code.size).map(dot).collect()).collect();
    drawn(&rows, label.to_owned(), "qr large")
}

//! A result that is still to be decided: a draft (dự thảo) by the form of Nghị định 30/2020/NĐ-CP, Phụ lục I and III, filled
//! from a dossier. What an officer decides stays open, as dots.
//!
//! It is laid out by Typst as the papers of the desk are, and written as RTF for officers to edit: plain text with marks,
//! which every word processor opens and nothing can run in.

use serde::Serialize;
use std::fmt::Write as _;

/// What is left open for whoever decides.
pub const OPEN: &str = "………";

/// A draft.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Draft {
    /// The unit above, as it stands over the office: empty where none does.
    pub above: String,
    /// Who issues it: "Ủy ban nhân dân xã Thử".
    pub office: String,
    /// Where: "Hướng Lập".
    pub place: String,
    /// What stands behind the number: "QĐ-UBND".
    pub symbol: String,
    /// Its kind, "Quyết định"; empty for a letter (công văn).
    pub kind: String,
    /// What it is about (trích yếu): "Về việc …".
    pub about: String,
    /// To whom a letter or a submission goes; empty otherwise.
    pub to: String,
    /// Who decides: "Chủ tịch Ủy ban nhân dân xã Thử"; empty where nobody does.
    pub decides: String,
    /// What it rests on (căn cứ), each without its last sign.
    pub grounds: Vec<String>,
    /// Its text: articles ("Điều 1. …") or paragraphs.
    pub text: Vec<String>,
    /// Who gets it (nơi nhận).
    pub receivers: Vec<String>,
    /// The title of who signs.
    pub signs: String,
}

impl Draft {
    /// The draft as RTF 1.9: ASCII, with every other sign as its number.
    #[must_use]
    pub fn rtf(&self) -> String {
        let mut to = Writer(String::from(
            "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\n\
             \\paperw11906\\paperh16838\\margl1701\\margr1134\\margt1134\\margb1134\\f0\\fs26\n",
        ));
        to.line("\\qc\\b", "DỰ THẢO – chưa phải kết quả, chưa có giá trị");
        // The head is a table of two columns, as the decree draws it.
        to.raw("\\trowd\\cellx4000\\cellx9070\\pard\\intbl\\qc ");
        if !self.above.is_empty() {
            to.text(&self.above.to_uppercase());
            to.raw("\\line ");
        }
        to.marked("\\b", &self.office.to_uppercase());
        to.raw("\\line ");
        to.text(&format!("Số: {OPEN}/{}", self.symbol));
        if self.kind.is_empty() {
            to.raw("\\line ");
            to.text(&format!("V/v {}", self.about));
        }
        to.raw("\\cell ");
        to.marked("\\b", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        to.raw("\\line ");
        to.marked("\\b", "Độc lập - Tự do - Hạnh phúc");
        to.raw("\\line ");
        to.marked("\\i", &format!("{}, ngày … tháng … năm …", self.place));
        to.raw("\\cell\\row\\pard\\par\n");
        if !self.kind.is_empty() {
            to.line("\\qc\\b", &self.kind.to_uppercase());
            to.line("\\qc\\b", &self.about);
        }
        if !self.to.is_empty() {
            to.line("\\qc", &format!("Kính gửi: {}", self.to));
        }
        if !self.decides.is_empty() {
            to.line("\\qc\\b", &self.decides.to_uppercase());
        }
        self.grounds.iter().for_each(|ground| to.line("\\qj\\fi567\\sa120\\i", &format!("{ground};")));
        if !self.decides.is_empty() {
            to.line("\\qc\\b", "QUYẾT ĐỊNH:");
        }
        self.text.iter().for_each(|paragraph| to.line("\\qj\\fi567\\sa120", paragraph));
        to.raw("\\par\\trowd\\cellx4500\\cellx9070\\pard\\intbl\\ql ");
        to.marked("\\b\\i\\fs24", "Nơi nhận:");
        for receiver in &self.receivers {
            to.raw("\\line ");
            to.marked("\\fs22", &format!("- {receiver};"));
        }
        to.raw("\\cell\\qc ");
        to.marked("\\b", &self.signs.to_uppercase());
        to.raw("\\cell\\row\\pard\\par\n}");
        to.0
    }
}

struct Writer(String);

impl Writer {
    fn raw(&mut self, marks: &str) {
        self.0.push_str(marks);
    }

    /// Text, of which nothing can be read as a mark.
    fn text(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '\\' | '{' | '}' => self.0.extend(['\\', sign]),
                ' '..='~' => self.0.push(sign),
                '\n' => self.0.push_str("\\line "),
                _ if sign.is_control() => {}
                _ => {
                    let mut units = [0; 2];
                    for unit in sign.encode_utf16(&mut units) {
                        // A number of sixteen bits with its sign, and what a reader shows that knows no Unicode.
                        let _ = write!(self.0, "\\u{}?", unit.cast_signed());
                    }
                }
            }
        }
    }

    fn marked(&mut self, marks: &str, text: &str) {
        self.raw("{");
        self.raw(marks);
        self.raw(" ");
        self.text(text);
        self.raw("}");
    }

    fn line(&mut self, marks: &str, text: &str) {
        self.raw("{\\pard");
        self.raw(marks);
        self.raw(" ");
        self.text(text);
        self.raw("\\par}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_is_a_mark() {
        let name = "}{\\field{\\*\\fldinst DDEAUTO}} Đỗ Ước 😀\u{7}";
        let draft = Draft { text: vec![name.to_owned()], ..Draft::default() };
        let rtf = draft.rtf();
        assert!(rtf.is_ascii());
        assert!(rtf.contains("\\}\\{\\\\field\\{\\\\*\\\\fldinst DDEAUTO\\}\\}"), "{rtf}");
        assert!(rtf.contains("\\u272?\\u7895? \\u431?\\u7899?c \\u-10179?\\u-8704?"), "{rtf}");
        let plain = rtf.replace("\\\\", "").replace("\\{", "").replace("\\}", "");
        let depth = plain.chars().fold(0_i32, |depth, sign| depth + i32::from(sign == '{') - i32::from(sign == '}'));
        assert_eq!(depth, 0, "every group is closed");
    }
}

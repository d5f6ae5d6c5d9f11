//! Everything that was typed into the plain form, as its fields bring it and as they take it along again.

use form::text::fold;
use form::{Answers, Date, Form, Kind};
use procedure::units::UnitsBook;
use procedure::{FiledPaper, Filing, FilledForm};
use std::collections::BTreeMap;

/// The scope of the guiding questions, where a form has its id.
pub const CASE: &str = "case";

/// Everything typed so far. Names of fields are the places of `procedure::check`: `agency`, `case/<place>`,
/// `<form>/<place>`, `papers/<id>`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    /// The draft's key, a UUID; the server makes one for each form it begins.
    pub key: String,
    /// Code of the receiving agency.
    pub agency: String,
    /// Fingerprint of the procedure as the page was drawn from it, empty at first.
    pub version: String,
    /// Form → its fingerprint as the page was drawn from it.
    pub versions: BTreeMap<String, String>,
    /// Warnings that were shown, as [`Typed::warned`] writes them.
    pub seen: String,
    /// Answers to the guiding questions.
    pub case: Answers,
    /// Form → its answers.
    pub forms: BTreeMap<String, Answers>,
    /// Papers that arrived and are still wanted.
    pub papers: Vec<FiledPaper>,
}

/// A text and its fingerprint.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a, T> {
    /// The text.
    pub text: &'a T,
    /// Its fingerprint.
    pub fingerprint: &'a str,
}

impl Typed {
    /// Takes in one field. What has no name of ours is left out.
    pub fn set(&mut self, name: &str, text: &str) {
        // Browsers send line breaks of a text area as two signs, whatever was typed.
        let text = text.replace("\r\n", "\n");
        match name.split_once('/') {
            None => match name {
                "key" => self.key = text,
                "agency" => self.agency = text,
                "version" => self.version = text,
                "seen" => self.seen = text,
                _ => {}
            },
            Some(("version", form)) => {
                self.versions.insert(form.to_owned(), text);
            }
            Some(("papers", paper)) => self.papers.extend(read_paper(paper, &text)),
            Some((CASE, place)) => self.case.set(place, &text),
            Some((form, place)) => self.forms.entry(form.to_owned()).or_default().set(place, &text),
        }
    }

    /// The answers typed into a form, or to the guiding questions.
    #[must_use]
    pub fn answers(&self, scope: &str) -> Answers {
        if scope == CASE { self.case.clone() } else { self.forms.get(scope).cloned().unwrap_or_default() }
    }

    /// The answers of a form, to write on.
    pub fn answers_mut(&mut self, scope: &str) -> &mut Answers {
        if scope == CASE { &mut self.case } else { self.forms.entry(scope.to_owned()).or_default() }
    }

    /// Every field there is, hidden ones too, as [`Typed::set`] takes them in.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let mut all = vec![one("key", &self.key), one("version", &self.version), one("agency", &self.agency)];
        all.extend(self.versions.iter().map(|(form, text)| (format!("version/{form}"), text.clone())));
        all.extend(self.case.iter().map(|(place, text)| (format!("{CASE}/{place}"), text.to_owned())));
        for (form, answers) in &self.forms {
            all.extend(answers.iter().map(|(place, text)| (format!("{form}/{place}"), text.to_owned())));
        }
        all.extend(self.papers.iter().map(|paper| (format!("papers/{}", paper.paper), write_paper(paper))));
        all.retain(|(_, text)| !text.is_empty());
        all
    }

    /// What is sent, of the forms the case needs and the papers it asks for.
    #[must_use]
    pub fn filing(&self, procedure: &str, forms: &[&str], wanted: &dyn Fn(&str) -> bool) -> Filing {
        let filled = forms.iter().map(|form| FilledForm {
            form: (*form).to_owned(),
            fingerprint: self.versions.get(*form).cloned().unwrap_or_default(),
            answers: self.answers(form),
        });
        Filing {
            procedure: procedure.to_owned(),
            fingerprint: self.version.clone(),
            agency: self.agency.clone(),
            case: self.case.clone(),
            forms: filled.collect(),
            papers: self.papers.iter().filter(|paper| wanted(&paper.paper)).cloned().collect(),
        }
    }

    /// How warnings are remembered as shown: their places and codes.
    #[must_use]
    pub fn warned(warnings: &[form::Problem]) -> String {
        warnings.iter().map(|one| format!("{}={};", one.place, one.code.as_str())).collect()
    }
}

/// `<sha256> <bytes> <media type> <file name>`.
pub(crate) fn write_paper(paper: &FiledPaper) -> String {
    format!("{} {} {} {}", paper.sha256, paper.bytes, paper.kind, paper.name)
}

fn read_paper(id: &str, text: &str) -> Option<FiledPaper> {
    let mut parts = text.splitn(4, ' ');
    let (sha256, bytes, kind, name) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
    Some(FiledPaper {
        paper: id.to_owned(),
        sha256: sha256.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        bytes,
    })
}

/// Puts the code in place of a commune's name where exactly one commune of the province has it: today's name first, then a
/// former one. What fits none or several stays as typed, for the check to speak of.
pub fn settle(form: &Form, answers: &mut Answers, units: &UnitsBook, on: Date) {
    let typed: Vec<(String, String)> = answers
        .iter()
        .filter_map(|(place, text)| Some((place.strip_suffix(".commune")?.to_owned(), text.to_owned())))
        .filter(|(place, _)| form.question_at(place).is_some_and(|one| matches!(one.kind, Kind::Address(_))))
        .collect();
    for (place, text) in typed {
        if let Some(code) = commune(units, answers.part(&place, "province"), &text, on) {
            answers.set(&form::answers::join(&place, "commune"), &code);
        }
    }
}

fn commune(units: &UnitsBook, province: &str, typed: &str, on: Date) -> Option<String> {
    let key = fold(typed);
    let standing = || {
        let all = units.communes(province).into_iter().flatten();
        all.filter(|one| one.from <= on && one.until.is_none_or(|last| on <= last))
    };
    let by_label: Vec<_> = standing().filter(|one| fold(&one.label) == key).collect();
    let by_name: Vec<_> = standing().filter(|one| fold(one.name()) == key).collect();
    let by_former: Vec<_> = standing().filter(|one| one.former.iter().any(|name| fold(name) == key)).collect();
    let found = [by_label, by_name, by_former].into_iter().find(|found| !found.is_empty())?;
    match found.as_slice() {
        [only] => Some(only.code.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_out_and_come_back_the_same() {
        let mut typed = Typed::default();
        for (name, text) in [
            ("key", "k"),
            ("agency", "19351"),
            ("version", "v"),
            ("version/thu", "w"),
            ("case/co_giay", "yes"),
            ("thu/ngay_sinh.day", "2"),
            ("thu/ly_do", "một\r\nhai"),
            ("papers/giay-thu", "abc 12 application/pdf giấy của tôi.pdf"),
            ("papers/giay-thu", "rubbish"),
            ("unknown", "x"),
        ] {
            typed.set(name, text);
        }
        assert_eq!(typed.answers("thu").get("ly_do"), "một\nhai");
        assert_eq!((typed.papers.len(), typed.papers[0].name.as_str()), (1, "giấy của tôi.pdf"));
        let mut again = Typed::default();
        for (name, text) in typed.fields() {
            again.set(&name, &text);
        }
        assert_eq!(again, typed);
    }
}

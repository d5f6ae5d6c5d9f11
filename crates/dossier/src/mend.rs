//! What the citizen sends when a supplement was asked for: it may change what was marked and nothing else.

use crate::Supplement;
use form::Answers;
use form::answers::is_within;
use procedure::procedure::FILER_FORM;
use procedure::{FiledPaper, Filing, FilledForm};

/// The question of the filer's form whose last digits open a supplement, beside the lookup code.
const PHONE: &str = "dien_thoai";
/// How many of its last digits.
pub const DIGITS: usize = 4;

/// Why a supplement is not taken. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MendRefused {
    /// An answer or a paper that nobody asked for: its place.
    NotAsked(String),
    /// A paper that was asked for is missing: its place.
    PaperMissing(String),
}

/// The digits that open a supplement beside the code: the last ones of the filer's telephone number.
#[must_use]
pub fn digits(filing: &Filing) -> Option<String> {
    let filer = filing.forms.iter().find(|filled| filled.form == FILER_FORM)?;
    let phone: String = filer.answers.get(PHONE).chars().filter(char::is_ascii_digit).collect();
    phone.get(phone.len().checked_sub(DIGITS)?..).map(str::to_owned)
}

/// The answers at the places that were marked, form by form: all that a supplement shows again.
#[must_use]
pub fn marked(filing: &Filing, asked: &Supplement) -> Vec<(FilledForm, Vec<String>)> {
    let of = |filled: &FilledForm| {
        let places: Vec<String> = places(asked, &filled.form).map(str::to_owned).collect();
        let mut answers = Answers::default();
        for (key, text) in filled.answers.iter() {
            if places.iter().any(|place| is_within(key, place)) {
                answers.set(key, text);
            }
        }
        (FilledForm { answers, ..filled.clone() }, places)
    };
    filing.forms.iter().map(of).filter(|(_, places)| !places.is_empty()).collect()
}

fn places<'a>(asked: &'a Supplement, form: &'a str) -> impl Iterator<Item = &'a str> {
    let place = move |item: &'a crate::SupplementItem| {
        item.place.split_once('/').filter(|(of, _)| *of == form).map(|(_, place)| place)
    };
    asked.items.iter().filter_map(place)
}

/// The filing after the supplement: at the marked places what was sent now, everywhere else what was there. Whether all
/// of it is right the check of a filing says, as for a new one.
///
/// # Errors
/// Where something was sent that nobody asked for, or a paper is missing.
pub fn mend(
    filing: &Filing,
    asked: &Supplement,
    answers: &[(String, Answers)],
    papers: &[FiledPaper],
) -> Result<Filing, MendRefused> {
    let mut mended = filing.clone();
    for (form, given) in answers {
        let marked: Vec<&str> = places(asked, form).collect();
        let stray = given.iter().find(|(key, _)| !marked.iter().any(|place| is_within(key, place)));
        if let Some((key, _)) = stray {
            return Err(MendRefused::NotAsked(format!("{form}/{key}")));
        }
    }
    for filled in &mut mended.forms {
        let marked: Vec<&str> = places(asked, &filled.form).collect();
        if marked.is_empty() {
            continue;
        }
        let mut whole = Answers::default();
        let kept = filled.answers.iter().filter(|(key, _)| !marked.iter().any(|place| is_within(key, place)));
        let given = answers.iter().filter(|(form, _)| *form == filled.form).flat_map(|(_, given)| given.iter());
        for (key, text) in kept.chain(given) {
            whole.set(key, text);
        }
        filled.answers = whole;
    }
    let wanted: Vec<&str> = places(asked, "paper").collect();
    if let Some(paper) = papers.iter().find(|paper| !wanted.contains(&paper.paper.as_str())) {
        return Err(MendRefused::NotAsked(format!("paper/{}", paper.paper)));
    }
    if let Some(paper) = wanted.iter().find(|wanted| !papers.iter().any(|paper| paper.paper == **wanted)) {
        return Err(MendRefused::PaperMissing(format!("paper/{paper}")));
    }
    mended.papers.retain(|paper| !wanted.contains(&paper.paper.as_str()));
    mended.papers.extend(papers.iter().cloned());
    Ok(mended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SupplementItem;

    fn answers(rows: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        rows.iter().for_each(|(place, text)| answers.set(place, text));
        answers
    }

    fn paper(id: &str, name: &str) -> FiledPaper {
        FiledPaper {
            paper: id.to_owned(),
            sha256: "a".repeat(64),
            name: name.to_owned(),
            kind: "image/jpeg".to_owned(),
            bytes: 9,
        }
    }

    fn filing() -> Filing {
        let form = |id: &str, rows: &[(&str, &str)]| FilledForm {
            form: id.to_owned(),
            fingerprint: "f".repeat(64),
            answers: answers(rows),
        };
        Filing {
            procedure: "thu".to_owned(),
            fingerprint: "p".repeat(64),
            agency: "19351".to_owned(),
            case: Answers::default(),
            forms: vec![
                form("thu", &[("ho_ten", "An"), ("ngay.day", "2"), ("ngay.month", "9"), ("ngay_sinh", "1950")]),
                form(FILER_FORM, &[("dien_thoai", "0900 000 123")]),
            ],
            papers: vec![paper("mot", "cũ.jpg"), paper("hai", "hai.jpg")],
        }
    }

    fn asked(places: &[&str]) -> Supplement {
        let item = |place: &&str| SupplementItem { place: (*place).to_owned(), says: "sửa".to_owned() };
        Supplement { items: places.iter().map(item).collect(), note: String::new() }
    }

    #[test]
    fn only_what_was_marked_is_shown_and_changed() {
        let (filing, asked) = (filing(), asked(&["thu/ngay", "paper/mot"]));
        assert_eq!(digits(&filing).as_deref(), Some("0123"));
        let shown = marked(&filing, &asked);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].0.answers, answers(&[("ngay.day", "2"), ("ngay.month", "9")]));
        let given = [("thu".to_owned(), answers(&[("ngay.day", "3"), ("ngay.year", "1951")]))];
        let mended = mend(&filing, &asked, &given, &[paper("mot", "mới.jpg")]).unwrap();
        let expected = answers(&[("ho_ten", "An"), ("ngay_sinh", "1950"), ("ngay.day", "3"), ("ngay.year", "1951")]);
        assert_eq!(mended.forms[0].answers, expected);
        assert_eq!(mended.forms[1], filing.forms[1]);
        let names: Vec<&str> = mended.papers.iter().map(|paper| paper.name.as_str()).collect();
        assert_eq!(names, ["hai.jpg", "mới.jpg"]);
    }

    #[test]
    fn what_nobody_asked_for_is_refused() {
        let (filing, asked) = (filing(), asked(&["thu/ngay", "paper/mot"]));
        let refused = |form: &str, place: &str, papers: &[FiledPaper]| {
            mend(&filing, &asked, &[(form.to_owned(), answers(&[(place, "x")]))], papers).unwrap_err()
        };
        let good = [paper("mot", "m")];
        for (form, place, papers, expected) in [
            ("thu", "ho_ten", &good[..], MendRefused::NotAsked("thu/ho_ten".to_owned())),
            ("thu", "ngay_sinh", &good, MendRefused::NotAsked("thu/ngay_sinh".to_owned())),
            ("khac", "ngay", &good, MendRefused::NotAsked("khac/ngay".to_owned())),
            ("thu", "ngay.day", &[], MendRefused::PaperMissing("paper/mot".to_owned())),
            ("thu", "ngay.day", &[paper("hai", "h")], MendRefused::NotAsked("paper/hai".to_owned())),
        ] {
            assert_eq!(refused(form, place, papers), expected);
        }
    }
}

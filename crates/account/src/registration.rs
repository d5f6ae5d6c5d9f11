//! What a citizen tells about themselves when they register, and when they change it: checked by the very kinds of questions
//! that forms are made of, so that what the account keeps can be put into any form later.

use crate::citizen::{Details, Organisation};
use form::kind::address::Address;
use form::kind::choice::Choice;
use form::kind::date::{DateKind, Precision};
use form::kind::email::Email;
use form::kind::personal_id::PersonalId;
use form::kind::phone::Phone;
use form::kind::text::Text;
use form::{Answers, Choosable, Code, Date, Form, Given, Kind, Operand, Problem, Question, Required, Step, Value};
use std::sync::Arc;

/// What was told, tidied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Họ tên.
    pub name: String,
    /// The e-mail address in lower case; empty when none was asked for.
    pub email: String,
    /// The rest.
    pub details: Details,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What a kind of question found. Its place is the name of the field: `name`, `email`, `number`, `birth`, `sex`,
    /// `province`, `commune`, `detail`, `organisation.name`.
    Answer(Problem),
    /// The tax code of the organisation is none.
    TaxCode,
}

/// Checks what was told. `email` is nothing where no address is asked for.
///
/// # Errors
/// All that has to be mended.
pub fn check(name: &str, email: Option<&str>, details: &Details, given: &Given<'_>) -> Result<Told, Vec<Fault>> {
    let mut answers = Answers::default();
    let mut set = |place: &str, text: &str| answers.set(place, text);
    set("name", name);
    set("email", email.unwrap_or_default());
    set("number", &details.number);
    set("sex", &details.sex);
    set("address.province", &details.province);
    set("address.commune", &details.commune);
    set("address.detail", &details.detail);
    let birth = details.birth.trim();
    match birth.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => {
            for (part, text) in [("year", year), ("month", month), ("day", day)] {
                set(&format!("birth.{part}"), text);
            }
        }
        // A year, or what is no date at all, which the question says.
        _ => set("birth.year", birth),
    }
    if let Some(organisation) = &details.organisation {
        set("organisation", &organisation.name);
    }
    let form = questions(email.is_some(), details.organisation.is_some());
    let tax_code = details.organisation.as_ref().map(|organisation| tax_code(&organisation.tax_code));
    let wrong_code = (tax_code == Some(None)).then_some(Fault::TaxCode);
    let checked = match form::check(&form, &answers, given) {
        Ok(checked) if wrong_code.is_none() => checked,
        Ok(_) => return Err(wrong_code.into_iter().collect()),
        Err(problems) => {
            let blocking = problems.into_iter().filter(|problem| problem.blocks);
            return Err(blocking.map(|problem| Fault::Answer(named(problem))).chain(wrong_code).collect());
        }
    };
    let kept = |place: &str| checked.answers().get(place).to_owned();
    let organisation = tax_code.flatten().map(|tax_code| Organisation { name: kept("organisation"), tax_code });
    let birth = match checked.values().get("birth") {
        Some(Value::Dates(first, last)) if first == last => written(*first),
        Some(Value::Dates(first, _)) => first.year.to_string(),
        _ => String::new(),
    };
    Ok(Told {
        name: kept("name"),
        email: kept("email").to_ascii_lowercase(),
        details: Details {
            number: kept("number"),
            birth,
            sex: kept("sex"),
            province: kept("address.province"),
            commune: kept("address.commune"),
            detail: kept("address.detail"),
            organisation,
        },
    })
}

/// An e-mail address in lower case, if it looks like one.
///
/// # Errors
/// What is wrong with it; its place is `email`.
pub fn email(typed: &str, given: &Given<'_>) -> Result<String, Vec<Fault>> {
    alone(question("email", "Địa chỉ e-mail", Kind::Email(Email {}), true), typed, given)
        .map(|email| email.to_ascii_lowercase())
}

/// A telephone number that takes text messages, as it is kept (0900000123).
///
/// # Errors
/// What is wrong with it; its place is `phone`.
pub fn phone(typed: &str, given: &Given<'_>) -> Result<String, Vec<Fault>> {
    let question = question("phone", "Số điện thoại", Kind::Phone(Phone {}), true);
    let label = question.label.clone();
    let phone = alone(question, typed, given)?;
    if phone.starts_with("02") {
        // A landline takes no messages.
        let (place, arg, says) = ("phone".to_owned(), String::new(), String::new());
        return Err(vec![Fault::Answer(Problem { place, code: Code::NotAPhone, arg, label, blocks: true, says })]);
    }
    Ok(phone)
}

fn alone(question: Question, typed: &str, given: &Given<'_>) -> Result<String, Vec<Fault>> {
    let place = question.id.clone();
    let mut answers = Answers::default();
    answers.set(&place, typed);
    match form::check(&form(vec![question]), &answers, given) {
        Ok(checked) => Ok(checked.answers().get(&place).to_owned()),
        Err(problems) => Err(problems.into_iter().map(Fault::Answer).collect()),
    }
}

/// A tax code (mã số thuế) without its hyphen: 10 digits whose last is reckoned from the others, the same and three of a branch,
/// or since 1 July 2025 the personal number of a person or household (Circular 86/2024/TT-BTC).
#[must_use]
pub fn tax_code(typed: &str) -> Option<String> {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let code: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.')).collect();
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: Vec<u32> = code.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let fits = match digits.len() {
        12 => true,
        10 | 13 => {
            let sum: u32 = WEIGHTS.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
            // A remainder of nothing would make ten, which is no digit: such codes are never given.
            10 - sum % 11 == digits[9] && (digits.len() == 10 || digits[10..] != [0, 0, 0])
        }
        _ => false,
    };
    fits.then_some(code)
}

/// Where somebody was, if it is a path of this very site: other sites' addresses in it would make our page send people there.
#[must_use]
pub fn local_path(next: &str) -> Option<&str> {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (next.len() <= 300 && plain && next.starts_with('/') && !next.starts_with("//")).then_some(next)
}

fn written(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// The problem at the field's own name.
fn named(problem: Problem) -> Problem {
    let place = match (problem.place.as_str(), &problem.code) {
        ("address", Code::AddressIncomplete) => problem.arg.clone(),
        ("address", Code::AddressUnknown) => "commune".to_owned(),
        ("address", _) => "detail".to_owned(),
        ("organisation", _) => "organisation.name".to_owned(),
        (place, _) => place.split('.').next().unwrap_or_default().to_owned(),
    };
    Problem { place, ..problem }
}

fn questions(email: bool, organisation: bool) -> Form {
    let name = Text { min: 2, max: 80, long: false, name: true, suggestions: Vec::new() };
    let birth =
        DateKind { asks: Precision::Day, accepts: Precision::Year, earliest: None, latest: Some(Operand::Today) };
    let sexes = [("nam", "Nam"), ("nu", "Nữ")].map(|(value, label)| Choosable {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        show: None,
    });
    let number = PersonalId { birth: None, sex: None, differs_from: None };
    let mut questions = vec![
        question("name", "Họ và tên", Kind::Text(name), true),
        question("email", "Địa chỉ e-mail", Kind::Email(Email {}), email),
        question("number", "Số định danh cá nhân", Kind::PersonalId(number), false),
        question("birth", "Ngày sinh", Kind::Date(birth), false),
        question("sex", "Giới tính", Kind::Choice(Choice { options: sexes.into(), search: false }), false),
        question("address", "Nơi ở", Kind::Address(Address { detailed: false }), false),
    ];
    if organisation {
        let name = Text { min: 2, max: 200, long: false, name: false, suggestions: Vec::new() };
        questions.push(question("organisation", "Tên tổ chức", Kind::Text(name), true));
    }
    form(questions)
}

fn form(questions: Vec<Question>) -> Form {
    let step = Step {
        id: "account".to_owned(),
        title: String::new(),
        legal: String::new(),
        intro: String::new(),
        show: None,
        questions: questions.into_iter().map(Arc::new).collect(),
    };
    Form {
        id: "account".to_owned(),
        number: String::new(),
        title: String::new(),
        subtitle: String::new(),
        about: String::new(),
        legal_basis: Vec::new(),
        in_force_from: Date { year: 2026, month: 1, day: 1 },
        in_force_until: None,
        steps: vec![step],
    }
}

fn question(id: &str, label: &str, kind: Kind, required: bool) -> Question {
    Question {
        id: id.to_owned(),
        number: String::new(),
        label: label.to_owned(),
        legal: String::new(),
        hint: String::new(),
        kind,
        required: if required { Required::Always } else { Required::Never },
        show: None,
        rules: Vec::new(),
        given: false,
        card: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::units::NoUnits;

    const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

    fn checked(name: &str, email: &str, details: &Details) -> Result<Told, Vec<String>> {
        check(name, Some(email), details, &Given { today: TODAY, units: &NoUnits }).map_err(|faults| {
            let told = |fault| match fault {
                Fault::Answer(problem) => format!("{} {}", problem.place, problem.code.as_str()),
                Fault::TaxCode => "tax code".to_owned(),
            };
            faults.into_iter().map(told).collect()
        })
    }

    #[test]
    fn what_is_told_is_tidied() {
        let details = Details {
            number: "000 162 000 017".to_owned(),
            birth: "1962-3-5".to_owned(),
            sex: "nu".to_owned(),
            organisation: Some(Organisation { name: " Hộ  Lan ".to_owned(), tax_code: "0100109106-001".to_owned() }),
            ..Details::default()
        };
        let told = checked("  Trần  Thị Lan ", " Lan@Example.COM ", &details).unwrap();
        assert_eq!((told.name.as_str(), told.email.as_str()), ("Trần Thị Lan", "lan@example.com"));
        assert_eq!((told.details.number.as_str(), told.details.birth.as_str()), ("000162000017", "1962-03-05"));
        let organisation = told.details.organisation.unwrap();
        assert_eq!((organisation.name.as_str(), organisation.tax_code.as_str()), ("Hộ Lan", "0100109106001"));
        let year = Details { birth: "1962".to_owned(), ..Details::default() };
        assert_eq!(checked("Lan A", "a@b.vn", &year).unwrap().details.birth, "1962");
    }

    #[test]
    fn each_slip_is_found_at_its_field() {
        let details = |change: &dyn Fn(&mut Details)| {
            let mut details = Details::default();
            change(&mut details);
            details
        };
        let plain = Details::default();
        for (name, email, details, expected) in [
            ("", "a@b.vn", plain.clone(), "name required"),
            ("Lan\r\nBcc: x@y.vn", "a@b.vn", plain.clone(), "name not-a-name"),
            ("Lan\u{202e}", "a@b.vn", plain.clone(), "name forbidden-sign"),
            ("Lan A", "", plain.clone(), "email required"),
            ("Lan A", "a@b.vn\r\nBcc: x@y.vn", plain.clone(), "email not-an-email"),
            ("Lan A", "a@b.vn", details(&|one| one.number = "123".to_owned()), "number id-length"),
            ("Lan A", "a@b.vn", details(&|one| one.birth = "2026-11-23".to_owned()), "birth date-too-late"),
            ("Lan A", "a@b.vn", details(&|one| one.birth = "1962-03".to_owned()), "birth date-not-real"),
            ("Lan A", "a@b.vn", details(&|one| one.birth = "1962-02-30".to_owned()), "birth date-not-real"),
            ("Lan A", "a@b.vn", details(&|one| one.sex = "x".to_owned()), "sex not-an-option"),
            ("Lan A", "a@b.vn", details(&|one| one.commune = "19351".to_owned()), "province address-incomplete"),
            ("Lan A", "a@b.vn", details(&|one| one.detail = "a\0".to_owned()), "detail forbidden-sign"),
        ] {
            assert_eq!(checked(name, email, &details), Err(vec![expected.to_owned()]), "{name} {email}");
        }
        let organisation = Details { organisation: Some(Organisation::default()), ..Details::default() };
        let expected = vec!["organisation.name required".to_owned(), "tax code".to_owned()];
        assert_eq!(checked("Lan A", "a@b.vn", &organisation), Err(expected));
    }

    #[test]
    fn a_tax_code_is_known_by_its_check_digit() {
        for (typed, kept) in [
            ("0100109106", Some("0100109106")),
            ("0100109106-001", Some("0100109106001")),
            ("0100109106-000", None),
            ("0100109107", None),
            ("000162000017", Some("000162000017")),
            ("01001091", None),
            ("0100109l06", None),
            ("", None),
        ] {
            assert_eq!(tax_code(typed).as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn only_a_path_of_this_site_leads_back() {
        for good in ["/", "/drafts/01a2/check", "/apply/1.001776?step=2#x"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\\b",
            "/a b",
            "/a\r\nSet-Cookie: x",
            "/\u{2028}",
            &format!("/{}", "a".repeat(300)),
        ] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_landline_takes_no_messages() {
        let given = Given { today: TODAY, units: &NoUnits };
        assert_eq!(phone("+84 900 000 123", &given), Ok("0900000123".to_owned()));
        assert!(phone("0233 3000 000", &given).is_err() && phone("", &given).is_err());
        assert_eq!(super::email("A@B.vn", &given), Ok("a@b.vn".to_owned()));
    }
}

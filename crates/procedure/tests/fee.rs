//! What a dossier owes: the whole fee, less, or nothing, from its case and its forms; and fees that cannot be meant.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::scope::Values;
use form::{Date, Given};
use library::{example, files, load};
use procedure::source::{Library, browser};
use procedure::{Fee, Filing, FilledForm, Procedure};

const PERMIT: &str = "cap-giay-phep-xay-dung";
const FILE: &str = "procedures/cap-giay-phep-xay-dung.toml";

/// A filing of the permit: who is exempt by the case, and this example of the form; none when it came by hand.
fn filing(exempt: &str, form: Option<&str>) -> Filing {
    let case = [("viec", "xay-moi"), ("noi", "quy-hoach"), ("lien_ke", "no"), ("dien_mien", exempt)];
    let filled = |name: &str| FilledForm {
        form: "nd15-01".to_owned(),
        fingerprint: String::new(),
        answers: example(&files(), &format!("templates/nd15-01/examples/{name}.json")),
    };
    Filing {
        procedure: PERMIT.to_owned(),
        fingerprint: String::new(),
        agency: "19351".to_owned(),
        case: case.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect(),
        forms: form.map(filled).into_iter().collect(),
        papers: Vec::new(),
    }
}

/// What it comes to: the amount and the exemption's id.
fn due(library: &Library, procedure: &Procedure, filing: &Filing, today: &str) -> (i64, String) {
    let today = Date::parse(today).unwrap();
    let given = Given { today, units: &library.units };
    let values = filing.values(procedure, &|id| library.forms.get(id), &given);
    let due = procedure.fee(&values, today);
    (due.amount, due.exemption.map(|exemption| exemption.id.clone()).unwrap_or_default())
}

#[test]
fn the_fee_follows_from_the_case_and_the_form() {
    let library = load(&files());
    let permit = &library.procedures[PERMIT];
    // The owner of ok-thue-thiet-ke was born on 12 April 1981, the one of ok-tu-ve some day of 1955.
    for (exempt, form, today, amount, exemption) in [
        ("khong", Some("ok-thue-thiet-ke"), "2026-11-28", 75_000, ""),
        ("ho-ngheo", Some("ok-thue-thiet-ke"), "2026-11-28", 0, "ho-ngheo"),
        ("nguoi-co-cong", Some("ok-thue-thiet-ke"), "2026-11-28", 0, "nguoi-co-cong"),
        ("khuyet-tat", Some("ok-thue-thiet-ke"), "2026-11-28", 0, "khuyet-tat"),
        ("dan-toc-thieu-so", Some("ok-thue-thiet-ke"), "2026-11-28", 0, "dan-toc-thieu-so"),
        ("khong", Some("ok-tu-ve"), "2026-11-28", 0, "cao-tuoi"),
        // The day of the sixtieth birthday, and the day before.
        ("khong", Some("ok-thue-thiet-ke"), "2041-04-12", 0, "cao-tuoi"),
        ("khong", Some("ok-thue-thiet-ke"), "2041-04-11", 75_000, ""),
        // Two reasons: the first of the file is told.
        ("ho-ngheo", Some("ok-tu-ve"), "2026-11-28", 0, "ho-ngheo"),
        // Written by hand, nobody knows the date of birth: nothing is given away.
        ("khong", None, "2026-11-28", 75_000, ""),
        ("ho-ngheo", None, "2026-11-28", 0, "ho-ngheo"),
        // Not answered, or something else than was offered.
        ("", Some("ok-thue-thiet-ke"), "2026-11-28", 75_000, ""),
        ("ho-can-ngheo", Some("ok-thue-thiet-ke"), "2026-11-28", 75_000, ""),
    ] {
        let found = due(&library, permit, &filing(exempt, form), today);
        assert_eq!(found, (amount, exemption.to_owned()), "{exempt}, {form:?}, {today}");
    }
}

#[test]
fn an_exemption_may_leave_a_part_to_pay() {
    let mut files = files();
    let part = files[FILE].replace("id = \"khuyet-tat\"\n", "id = \"khuyet-tat\"\namount = 37500\n");
    files.insert(FILE.to_owned(), part);
    let library = load(&files);
    let found =
        due(&library, &library.procedures[PERMIT], &filing("khuyet-tat", Some("ok-thue-thiet-ke")), "2026-11-28");
    assert_eq!(found, (37_500, "khuyet-tat".to_owned()));
}

#[test]
fn a_free_procedure_asks_nothing_and_is_the_text_it_was() {
    let library = load(&files());
    let free = library.procedures.values().filter(|procedure| procedure.fee.amount == 0);
    let mut count = 0;
    for procedure in free {
        count += 1;
        let due = procedure.fee(&Values::new(), Date::parse("2026-11-28").unwrap());
        assert_eq!((due.amount, due.name, due.law, due.exemption), (0, "", "", None), "{}", procedure.id);
        let told = "\"fee\":{\"amount\":0,\"says\":\"Không mất phí\"}";
        assert!(procedure.to_json().contains(told), "{}: {}", procedure.id, procedure.to_json());
        let old: Fee = serde_json::from_str(&told["\"fee\":".len()..]).unwrap();
        assert_eq!(old, procedure.fee);
    }
    assert_eq!(count, 5);
    let permit = &library.procedures[PERMIT];
    let read: Procedure = serde_json::from_str(&permit.to_json()).unwrap();
    assert_eq!(&read, permit);
}

#[test]
fn browsers_are_told_who_is_exempt_in_their_language() {
    let files = files();
    let written = browser::write(&load(&files), &files, form::Date::parse("2026-11-22").unwrap()).unwrap();
    for (language, first) in [("vi", "Hộ nghèo không phải nộp lệ phí."), ("en", "Poor households pay no fee.")]
    {
        let of = |(path, _): &&(String, Vec<u8>)| {
            path.starts_with(&format!("procedures/{PERMIT}-")) && path.ends_with(&format!(".{language}.bin"))
        };
        let (_, bytes) = written.files.iter().find(of).unwrap();
        let (_, procedure): (String, Procedure) = pack::from_bytes(bytes).unwrap();
        let fee = &procedure.fee;
        assert_eq!((fee.amount, fee.says.as_str()), (75_000, "75.000 đồng"));
        assert_eq!((procedure.fee.exempt.len(), procedure.fee.exempt[0].as_str()), (5, first));
        assert!(procedure.fee.exemptions.is_empty(), "conditions are the API's");
    }
}

#[test]
fn a_fee_that_cannot_be_meant_does_not_load() {
    let good = files();
    let text = &good[FILE];
    for (from, to, says) in [
        ("amount = 75000", "amount = -1", "0 đồng or more"),
        ("law = \"Luật Phí và lệ phí 97/2015/QH13; mức", "# law = \"mức", "has a name, a law and a recipient"),
        ("recipient = \"Bộ phận", "# recipient = \"Bộ phận", "has a name, a law and a recipient"),
        ("[\"dien_mien\", \"ho-ngheo\"] }\nsays", "[\"dien_miem\", \"ho-ngheo\"] }\nsays", "looks at \"dien_miem\""),
        ("nd15-01/cdt_ngay_sinh\", at_least", "nd15-01/cdt_tuoi\", at_least", "looks at \"nd15-01/cdt_tuoi\""),
        (
            "nd15-01/cdt_ngay_sinh\", at_least",
            "nd15-02/cdt_ngay_sinh\", at_least",
            "looks at \"nd15-02/cdt_ngay_sinh\"",
        ),
        ("id = \"khuyet-tat\"", "id = \"ho-ngheo\"", "two exemptions are called \"ho-ngheo\""),
        ("id = \"khuyet-tat\"", "id = \"khuyet-tat\"\namount = 75000", "leaves 75000 đồng to pay of 75000"),
        ("says = \"Hộ nghèo không phải nộp lệ phí.\"", "says = \"\"", "says nothing"),
        ("amount = 75000", "amount = 0", "leaves 0 đồng to pay of 0"),
        ("amount = 75000", "amount = 75000\nvat = 10", "unknown field `vat`"),
    ] {
        let mut files = good.clone();
        let bad = text.replacen(from, to, 1);
        assert_ne!(&bad, text, "{from} is not in the file");
        files.insert(FILE.to_owned(), bad);
        let errors = Library::load(&files).err().unwrap_or_else(|| panic!("loads, though {says}")).to_string();
        assert!(errors.contains(says), "{says}: {errors}");
    }
}

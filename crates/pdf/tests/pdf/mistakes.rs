//! Print files written by an office: without one there is a decent paper, and a wrong one is told with file and line.

use crate::world::{NOW, World, facts, read, root, words, world};
use form::Answers;
use pdf::PdfError;

/// The project's files with one changed or added.
fn with(path: &str, text: &str) -> World {
    let mut files = world().files.clone();
    files.insert(path.to_owned(), text.to_owned());
    World::of(files)
}

fn faults(world: &World, id: &str) -> Vec<String> {
    match world.press.print(world.form(id), None, &world.given(NOW.date()), &facts()) {
        Ok(printed) => printed.faults.iter().map(ToString::to_string).collect(),
        Err(PdfError::Source(errors)) => errors.iter().map(ToString::to_string).collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_question_that_is_not_printed_is_a_mistake() {
    let good = &world().files["templates/qd24-04/print.typ"];
    let path = "templates/qd24-04/print.typ";
    let without = good.replace("#par[Cơ quan cấp: #fill(\"noi_cap\")]", "");
    assert_ne!(&without, good);
    let told = faults(&with(path, &without), "qd24-04");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("templates/qd24-04/print.typ:1: does not print \"noi_cap\""), "{told:?}");

    let half = good.replace(", Nữ #box-of(\"gioi_tinh\", \"nu\")", "");
    assert_ne!(&half, good);
    let told = faults(&with(path, &half), "qd24-04");
    assert!(told.len() == 1 && told[0].contains("does not print \"gioi_tinh\""), "{told:?}");
}

#[test]
fn a_mistake_is_told_where_it_stands() {
    let path = "templates/qd24-04/print.typ";
    for (text, line, says) in [
        ("#import \"/paper.typ\": *\n\n#fill(\"khong_co\")", 3, "the form has no question \"khong_co\""),
        (
            "#import \"/paper.typ\": *\n#show: paper\n\n#option(\"gioi_tinh\", \"khac\")[Khác]",
            4,
            "has no option \"khac\"",
        ),
        ("#import \"/paper.typ\": *\n#let a = (", 2, "unclosed delimiter"),
        ("\n\n#import \"@preview/abc:0.1.0\": *", 3, "not found"),
        ("#import \"/paper.typ\": *\n#read(\"/etc/passwd\")", 2, "not found"),
        ("#import \"/paper.typ\": *\n#image(\"../../../../etc/passwd\")", 2, "escape"),
        ("#import \"/paper.typ\": *\n#while data != 1 { }", 2, "infinite"),
    ] {
        let told = faults(&with(path, text), "qd24-04");
        assert!(told[0].starts_with(&format!("{path}:{line}: ")), "{told:?}");
        assert!(told[0].contains(says), "{told:?}");
    }
}

#[test]
fn a_print_file_lies_beside_its_form() {
    let mut files = world().files.clone();
    files.insert("templates/khong-co/print.typ".to_owned(), String::new());
    let errors = procedure::source::Library::load(&files).err().unwrap().to_string();
    assert!(errors.contains("templates/khong-co/print.typ:1: "), "{errors}");
}

#[test]
fn a_new_template_prints_without_a_print_file_and_with_one() {
    let sixth = root().join("crates/procedure/../../tests/sixth/forms");
    let files = read(&[root().join("forms"), sixth]);
    let world = World::of(files.clone());
    let blank = words(&world.print("xn-01", None));
    for said in ["cộnghòaxãhộichủnghĩaviệtnam", "trang1/"] {
        assert!(blank.contains(said), "{blank}");
    }
    for (name, answers, _) in world.good("xn-01") {
        let printed = world.print("xn-01", Some(&answers));
        assert!(words(&printed).contains(&crate::world::squeeze(answers.get("x_ho_ten"))), "{name}");
        assert!(printed.to_pdf().unwrap().starts_with(b"%PDF-1.7"));
    }

    let mut files = files;
    let own = "#import \"/paper.typ\": *\n#show: paper\n#name[Mẫu của xã]\n#unprinted(..data.questions.keys())\n#fill(\"x_ho_ten\")";
    files.insert("templates/xn-01/print.typ".to_owned(), own.to_owned());
    assert!(words(&World::of(files).print("xn-01", None)).contains("mẫucủaxã"));
}

#[test]
fn a_form_of_an_earlier_day_is_printed_by_its_own_definition() {
    let world = world();
    let mut older = world.form("qd24-04").clone();
    std::sync::Arc::make_mut(&mut older.steps[0].questions[0]).id = "ten_truoc_kia".to_owned();
    let mut answers = Answers::default();
    answers.set("ten_truoc_kia", "Hồ Thị Cũ");
    let given = world.given(NOW.date());
    assert!(world.press.print(&older, Some(&answers), &given, &facts()).is_err());
    let printed = world.press.print_generic(&older, Some(&answers), &given, &facts()).unwrap();
    assert_eq!(printed.faults, []);
    assert!(words(&printed).contains("hồthịcũ"));
    assert_eq!(world.press.form(&older, Some(&answers), &given, &facts()).unwrap(), printed.to_pdf().unwrap());
}

#[test]
fn the_layout_from_the_definition_prints_every_template_too() {
    let world = world();
    for form in world.papers() {
        let (_, answers, today) = world.good(&form.id).swap_remove(0);
        for typed in [None, Some(&answers)] {
            let printed = world.press.print_generic(form, typed, &world.given(today), &facts()).unwrap();
            assert_eq!(printed.faults, [], "{}", form.id);
        }
    }
}

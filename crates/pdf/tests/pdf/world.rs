//! The project's forms with their examples, and the words on a laid-out paper.

use form::{Answers, Date, Form, Given};
use pdf::{Facts, Press, Printed};
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;
use procedure::source::{Files, Library, examples};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use typst::layout::{Frame, FrameItem};

/// Sunday, 22 November 2026, 14:05 in Việt Nam.
pub const NOW: Moment = Moment(1_795_331_100_000);

pub struct World {
    pub files: Files,
    pub library: Library,
    pub press: Press,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::of(read(&[root().join("forms")])))
}

/// Every file of these folders.
pub fn read(folders: &[PathBuf]) -> Files {
    let mut files = Files::new();
    for folder in folders {
        collect(folder, "", &mut files);
    }
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else if [".toml", ".tsv", ".json", ".typ"].iter().any(|end| name.ends_with(end)) {
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What is printed beside the answers in every test.
pub fn facts() -> Facts<'static> {
    Facts { system: "Một Cửa", made_at: Some(NOW), ..Facts::default() }
}

impl World {
    pub fn of(files: Files) -> Self {
        let library = Library::load(&files).unwrap_or_else(|errors| panic!("{errors}"));
        let press = Press::new(&library.prints);
        Self { files, library, press }
    }

    /// The twelve official templates.
    pub fn papers(&self) -> impl Iterator<Item = &Form> {
        self.library.forms.values().filter(|form| form.id != FILER_FORM)
    }

    /// The examples of a template that must pass: name, answers, day.
    pub fn good(&self, id: &str) -> Vec<(String, Answers, Date)> {
        self.examples(id, "ok-")
    }

    pub fn examples(&self, id: &str, begins: &str) -> Vec<(String, Answers, Date)> {
        let folder = format!("templates/{id}/examples/");
        let texts = self.files.iter().filter(|(path, _)| path.starts_with(&format!("{folder}{begins}")));
        let filled = texts.map(|(path, text)| {
            let (answers, today) = examples::filled(&self.files, id, text).unwrap();
            (path[folder.len()..].trim_end_matches(".json").to_owned(), answers, today)
        });
        filled.collect()
    }

    pub fn given(&self, today: Date) -> Given<'_> {
        Given { today, units: &self.library.units }
    }

    pub fn form(&self, id: &str) -> &Form {
        &self.library.forms[id]
    }

    /// The paper by its print file, which must be without a fault.
    pub fn print(&self, id: &str, answers: Option<&Answers>) -> Printed {
        let printed = self.press.print(self.form(id), answers, &self.given(NOW.date()), &facts()).unwrap();
        assert_eq!((&*printed.faults, &*printed.warnings), (&[][..], &[][..]), "{id}");
        printed
    }

    pub fn pdf(&self, id: &str, answers: Option<&Answers>) -> Vec<u8> {
        self.press.form(self.form(id), answers, &self.given(NOW.date()), &facts()).unwrap()
    }
}

/// The words on the pages, without blanks: lines may break anywhere.
pub fn words(printed: &Printed) -> String {
    let mut text = String::new();
    for page in printed.document.pages() {
        gather(&page.frame, &mut text);
    }
    squeeze(&text)
}

pub fn squeeze(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{200b}').flat_map(char::to_lowercase).collect()
}

fn gather(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Text(item) => text.push_str(&item.text),
            FrameItem::Group(group) => gather(&group.frame, text),
            _ => {}
        }
    }
}

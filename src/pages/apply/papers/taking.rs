//! Taking chosen files in, one after the other: a phone holds one picture in memory at a time.

use super::super::photo::part;
use crate::app::app;
use crate::picture::{self, Chosen, Made, Refused};
use crate::route::Page;
use crate::state::draft::{self, DraftPaper};
use crate::state::photos::{self, MOST_PAGES, NotKept};
use crate::state::work::Work;
use crate::task::background;
use text::Key;
use ui::prelude::*;
use ui::{fill, t};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

/// Takes in what an input was given. Photographs open for the person to look at; what is refused is told.
pub fn take_in(
    work: &Work,
    paper: &str,
    name: &str,
    event: &web_sys::Event,
    busy: RwSignal<bool>,
    refused: RwSignal<String>,
) {
    let files = files(event);
    let (work, paper, name) = (work.clone(), paper.to_owned(), name.to_owned());
    busy.set(true);
    background(async move {
        let (mut first, mut told) = (None, Vec::new());
        for file in files {
            match take_one(&work, &paper, &name, &file, None).await {
                Ok(number) => first = first.or(number),
                Err(says) => told.push(says),
            }
        }
        let stays = busy.try_set(false).is_none();
        refused.try_set(told.join(" "));
        // Who has gone on meanwhile finds the photographs here, waiting to be looked at.
        if let Some(number) = first.filter(|_| stays && told.is_empty()) {
            app().route.go(Page::Draft(work.now().key, part(number)));
        }
    });
}

/// The files an input was given, which may be given again afterwards.
pub fn files(event: &web_sys::Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let list = input.files();
    let files = list.map(|list| (0..list.length()).filter_map(|place| list.get(place)).collect()).unwrap_or_default();
    input.set_value("");
    files
}

/// Takes one file in: a photograph gets a number, in place of another or as the last; a document is kept as it is.
pub async fn take_one(
    work: &Work,
    paper: &str,
    name: &str,
    file: &File,
    instead: Option<u32>,
) -> Result<Option<u32>, String> {
    let called = file.name();
    match picture::chosen(file).await.map_err(|reason| refusal(reason, &called))? {
        Chosen::Document(made) => keep(work, paper, name, &called, made).await.map(|()| None),
        Chosen::Picture => {
            let taken = picture::take(file).await.map_err(|reason| refusal(reason, &called))?;
            let kept = photos::keep(work, paper, before(file), taken, instead).await;
            kept.map(Some).map_err(|reason| match reason {
                NotKept::Twice => fill(Key::ProblemPaperTwice, &[("label", &called)]),
                NotKept::TooManyPages => {
                    fill(Key::ProblemPaperPages, &[("label", name), ("arg", &MOST_PAGES.to_string())])
                }
                NotKept::Storage => t(Key::SavedFailed).to_owned(),
            })
        }
    }
}

async fn keep(work: &Work, paper: &str, name: &str, called: &str, made: Made) -> Result<(), String> {
    let now = work.now();
    if now.papers.iter().any(|kept| kept.sha256 == made.sha256) {
        return Err(fill(Key::ProblemPaperTwice, &[("label", called)]));
    }
    let mut number = 0;
    work.change(|draft| number = draft.number());
    draft::put_paper(&now.key, number, &made.blob).await.map_err(|_| t(Key::SavedFailed).to_owned())?;
    let count = now.papers.iter().filter(|kept| kept.paper == paper && kept.pages.is_empty()).count() + 1;
    // "Giấy chứng tử 1.pdf" tells an officer more than "scan_2031.pdf".
    let kept = DraftPaper {
        number,
        paper: paper.to_owned(),
        name: format!("{name} {count}.pdf"),
        kind: "application/pdf".to_owned(),
        bytes: made.bytes,
        before: made.bytes,
        sha256: made.sha256,
        pages: Vec::new(),
    };
    work.change(|draft| draft.papers.push(kept));
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of files are whole and small")]
fn before(file: &File) -> u64 {
    file.size() as u64
}

/// Why something is not taken, in words; `label` is the file's name.
pub fn refusal(reason: Refused, label: &str) -> String {
    let key = match reason {
        Refused::Empty => Key::ProblemPaperEmpty,
        Refused::TooLarge => Key::ProblemPaperTooLarge,
        Refused::Heic => Key::ProblemPaperHeic,
        Refused::Kind => Key::ProblemPaperKind,
        Refused::Broken => Key::ProblemPaperBroken,
        Refused::Locked => Key::ProblemPaperLocked,
        Refused::Pixels => Key::ProblemPaperPixels,
        Refused::Corners => Key::ProblemPaperCorners,
        Refused::Memory => Key::ProblemPaperMemory,
        Refused::Program => Key::ProblemPaperProgram,
        Refused::Storage => return t(Key::SavedFailed).to_owned(),
    };
    fill(key, &[("label", label)])
}

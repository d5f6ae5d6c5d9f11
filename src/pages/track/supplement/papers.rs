//! A marked paper: photographs and files that take the place of those that were sent.

use crate::client::{Answer, Failure, papers};
use crate::pages::apply::papers::taking::{files, refusal};
use crate::picture::{self, Chosen, Made, Refused};
use crate::state::photos::whole;
use crate::task::background;
use form::{Code, Problem};
use procedure::FiledPaper;
use text::Key;
use text::amount::size;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use web_sys::{Blob, File};
use wire::MarkedPaper;

/// A paper that was marked, with what is chosen for it so far.
#[derive(Clone)]
pub struct Marked {
    /// Its id in the procedure.
    pub id: String,
    name: String,
    /// Whether something of it was sent before.
    had: bool,
    chosen: RwSignal<Vec<One>, LocalStorage>,
    wrong: RwSignal<String>,
}

/// A file that was chosen, ready to be sent.
#[derive(Clone)]
struct One {
    name: String,
    kind: &'static str,
    sha256: String,
    bytes: u64,
    blob: Blob,
}

impl Marked {
    /// Nothing is chosen yet.
    pub fn new(paper: &MarkedPaper) -> Self {
        Self {
            id: paper.paper.clone(),
            name: paper.name.clone(),
            had: paper.files > 0,
            chosen: RwSignal::new_local(Vec::new()),
            wrong: RwSignal::new(String::new()),
        }
    }

    /// What is wrong while nothing is chosen.
    pub fn missing(&self) -> Option<Problem> {
        let says = format!("{}: {}", self.name, t(Key::SupplementMissing));
        self.chosen.with_untracked(Vec::is_empty).then(|| Problem {
            place: format!("paper-{}", self.id),
            code: Code::PaperMissing,
            arg: String::new(),
            label: self.name.clone(),
            blocks: true,
            says,
        })
    }

    /// Sends the bytes; what was sent, or the answer that refuses it.
    pub async fn send(&self, key: &str) -> Result<Result<Vec<FiledPaper>, Answer>, Failure> {
        let mut sent = Vec::new();
        for one in self.chosen.get_untracked() {
            let answer = papers::put_bytes(key, &one.sha256, one.kind, &one.blob).await?;
            if !matches!(answer.status, 200 | 201) {
                return Ok(Err(answer));
            }
            let One { name, kind, sha256, bytes, .. } = one;
            sent.push(FiledPaper { paper: self.id.clone(), sha256, name, kind: kind.to_owned(), bytes });
        }
        Ok(Ok(sent))
    }
}

/// Draws it, below what the officer says of it.
pub fn marked(paper: &Marked, says: String) -> Html {
    let busy = RwSignal::new(false);
    let (chosen, wrong) = (paper.chosen, paper.wrong);
    let take = {
        let name = paper.name.clone();
        move |event: web_sys::Event| {
            let (files, name) = (files(&event), name.clone());
            busy.set(true);
            wrong.set(String::new());
            background(async move {
                for file in files {
                    let number = chosen.with_untracked(Vec::len) + 1;
                    match one(&file, &format!("{name} {number}")).await {
                        Ok(one) => {
                            chosen.try_update(|all| {
                                if !all.iter().any(|before| before.sha256 == one.sha256) {
                                    all.push(one);
                                }
                            });
                        }
                        Err(reason) => {
                            wrong.try_set(refusal(reason, &file.name()));
                        }
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let rows = move || {
        let rows: Vec<Html> = chosen.get().into_iter().map(|one| row(&one, chosen)).collect();
        rows
    };
    let id = format!("paper-{}", paper.id);
    let label = id.clone();
    html! {
        <div class="panel">
            <h3>{paper.name.clone()}</h3>
            <p class="warning">{says}</p>
            {paper.had.then(|| html! { <p class="hint">{t(Key::SupplementPaperNow)}</p> })}
            <ul class="list">{rows}</ul>
            <p class="bad-text" role="alert">{move || wrong.get()}</p>
            <p role="status">{move || busy.get().then(|| t(Key::SupplementWorking))}</p>
            <label class="button quiet" for=label>{t(Key::SupplementAdd)}</label>
            <input type="file" class="unseen" id=id accept="image/*,application/pdf" multiple="" on:change=take />
        </div>
    }
}

fn row(one: &One, chosen: RwSignal<Vec<One>, LocalStorage>) -> Html {
    let says = fill(Key::SupplementAdded, &[("name", &one.name), ("size", &size(one.bytes))]);
    let away = fill(Key::SupplementTakeAway, &[("name", &one.name)]);
    let sha256 = one.sha256.clone();
    let remove = move |_: web_sys::Event| chosen.update(|all| all.retain(|one| one.sha256 != sha256));
    html! { <li>{says}" "<button type="button" class="link" on:click=remove>{away}</button></li> }
}

/// A chosen file as it is sent: a document as it is, a photograph straightened where its corners are seen, as a page.
async fn one(file: &File, name: &str) -> Result<One, Refused> {
    let (made, kind, ending) = match picture::chosen(file).await? {
        Chosen::Document(made) => (made, "application/pdf", "pdf"),
        Chosen::Picture => {
            let taken = picture::take(file).await?;
            let corners = taken.corners.unwrap_or_else(whole);
            (picture::page(&taken.made.blob, &corners, 0, false).await?, "image/jpeg", "jpg")
        }
    };
    let Made { blob, bytes, sha256 } = made;
    Ok(One { name: format!("{name}.{ending}"), kind, sha256, bytes, blob })
}

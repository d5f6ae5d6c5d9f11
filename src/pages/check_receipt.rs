//! Anybody checks a receipt that somebody shows them: signed by us and unchanged, or not; and whether files are those
//! that it names. All of it happens on this phone; nothing is sent anywhere.

use crate::app::back;
use crate::cipher::sha256;
use crate::route::Page;
use crate::state::{receipt_keys, receipts};
use crate::task::background;
use receipt::{Content, Line, Proof, Verdict, check, hex};
use text::Key;
use text::amount::size;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};
use wire::Receipt;

/// What came of looking at what was brought.
#[derive(Clone)]
enum Shown {
    Nothing,
    /// It is no receipt at all, or there is nothing to check it by.
    Cannot(&'static str),
    /// It is one, with this verdict.
    Checked(Proof, Verdict),
}

pub fn draw(key: String) -> Html {
    crate::app::title(t(Key::CheckReceiptTitle));
    let shown = RwSignal::new(Shown::Nothing);
    let pasted = RwSignal::new(String::new());
    background(async move {
        // Fetched now, so that they are here when the network is not.
        drop(receipt_keys::known().await);
        // The receipt on this phone, when the person comes from there.
        if let Ok(Some(kept)) = receipts::find(&key).await
            && let Ok(Receipt { proof: Some(proof), .. }) = serde_json::from_str(&kept.receipt)
        {
            decide(proof, shown).await;
        }
    });
    let choose = move |event: web_sys::Event| {
        let Some(file) = chosen(&event).into_iter().next() else { return };
        background(async move {
            let text = blob::read(&file).await.and_then(|bytes| String::from_utf8(bytes).ok());
            look(&text.unwrap_or_default(), shown).await;
        });
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        let text = pasted.get_untracked();
        background(async move { look(&text, shown).await });
    };
    let result = move || match shown.get() {
        Shown::Nothing => Html::none(),
        Shown::Cannot(says) => html! { <div class="warning" role="alert"><p>{says}</p></div> },
        Shown::Checked(proof, verdict) => found(&proof, verdict),
    };
    html! {
        {back(&Page::Home)}
        <h1>{t(Key::CheckReceiptTitle)}</h1>
        <p>{t(Key::CheckReceiptWhat)}</p>
        <label class="button file">
            {t(Key::CheckReceiptFile)}
            <input type="file" class="unseen" accept="application/json,.json,text/plain" on:change=choose />
        </label>
        <details>
            <summary>{t(Key::CheckReceiptPaste)}</summary>
            <form on:submit=submit>
                <div class="field">
                    <label class="label" for="pasted">{t(Key::CheckReceiptText)}</label>
                    <textarea id="pasted" rows="4" spellcheck="false" autocomplete="off"
                        on:input=move |event| pasted.set(event_target_value(&event))></textarea>
                </div>
                <button class="button quiet">{t(Key::CheckReceiptGo)}</button>
            </form>
        </details>
        <div id="verdict" tabindex="-1">{result}</div>
    }
}

async fn look(text: &str, shown: RwSignal<Shown>) {
    match serde_json::from_str::<Proof>(text.trim()) {
        Ok(proof) => decide(proof, shown).await,
        Err(_) => drop(shown.try_set(Shown::Cannot(t(Key::CheckReceiptUnreadable)))),
    }
    ui::focus_soon("verdict");
}

async fn decide(proof: Proof, shown: RwSignal<Shown>) {
    let known = receipt_keys::known().await;
    shown.try_set(if known.is_empty() {
        Shown::Cannot(t(Key::CheckReceiptNoKeys))
    } else {
        let verdict = check(&proof, &known);
        Shown::Checked(proof, verdict)
    });
}

fn found(proof: &Proof, verdict: Verdict) -> Html {
    let (class, title, says) = match verdict {
        Verdict::Valid => ("panel valid", Key::CheckReceiptValid, Key::CheckReceiptValidSays),
        Verdict::Changed => ("summary", Key::CheckReceiptChanged, Key::CheckReceiptChangedSays),
        Verdict::UnknownKey => ("warning", Key::CheckReceiptUnknown, Key::CheckReceiptUnknownSays),
    };
    let told = html! { <div class=class role="alert"><h2>{t(title)}</h2><p>{t(says)}</p></div> };
    // What was not signed by us is not shown as if it were: whoever forged it chose its words.
    let shown = (verdict == Verdict::Valid).then(|| says_of(proof));
    html! { {told}{shown} }
}

fn says_of(proof: &Proof) -> Html {
    let closed = proof.lines.iter().filter(|line| matches!(line, Line::Closed { .. })).count();
    let rows: Vec<_> = [
        ("sent", Key::CheckReceiptSent),
        ("agency", Key::ReceiptAgency),
        ("procedure", Key::ReceiptProcedure),
        ("reception-by", Key::CheckReceiptReceptionBy),
        ("result-by", Key::CheckReceiptResultBy),
        ("dossier", Key::CheckReceiptDossier),
    ]
    .into_iter()
    .filter_map(|(name, label)| {
        let value = told(name, proof.says(name)?);
        Some(html! { <div class="row"><dt>{t(label)}</dt><dd>{value}</dd></div> })
    })
    .collect();
    let papers: Vec<(usize, Content)> = (1..=proof.lines.len())
        .filter_map(|number| Some((number, Content::read(proof.says(&format!("paper-{number}-content"))?)?)))
        .collect();
    let listed: Vec<_> = papers.iter().map(|(number, content)| paper(proof, *number, content)).collect();
    let listed = (!listed.is_empty()).then(|| html! { <h2>{t(Key::ReceiptPapers)}</h2><ul class="list">{listed}</ul> });
    let closed = (closed > 0)
        .then(|| html! { <p class="hint">{fill(Key::CheckReceiptClosed, &[("count", &closed.to_string())])}</p> });
    html! {
        <dl class="answers">{rows}</dl>
        {listed}
        {closed}
        {compare(papers)}
        <p class="hint">{fill(Key::ReceiptSignedBy, &[("key", &proof.key)])}</p>
    }
}

/// A line's value for people: moments as Việt Nam's clock shows them.
fn told(name: &str, value: &str) -> String {
    match name {
        // Two moments stand in it; the second one is Việt Nam's.
        "sent" | "reception-by" | "result-by" => {
            let moment = value.split(' ').next_back().unwrap_or(value);
            let (day, time) = moment.split_once('T').unwrap_or((moment, ""));
            let day: Vec<&str> = day.split('-').rev().collect();
            format!("{} {}", time.get(..5).unwrap_or_default(), day.join("/"))
        }
        _ => value.to_owned(),
    }
}

fn paper(proof: &Proof, number: usize, content: &Content) -> Html {
    let says = |part: &str| proof.says(&format!("paper-{number}-{part}")).map(str::to_owned);
    let name = says("name").or_else(|| says("file"));
    let name = name.unwrap_or_else(|| fill(Key::CheckReceiptPaper, &[("number", &number.to_string())]));
    html! { <li>{name}<small>{about(content.pages, content.bytes)}</small>{hash(&content.sha256)}</li> }
}

/// "2 trang · 412 KB".
pub fn about(pages: Option<u32>, bytes: u64) -> String {
    let pages = match pages {
        Some(count) => fill(Key::ReceiptPages, &[("count", &count.to_string())]),
        None => t(Key::ReceiptPagesUnknown).to_owned(),
    };
    format!("{pages} · {}", size(bytes))
}

/// The beginning of a SHA-256, and all of it on demand.
pub fn hash(sha256: &str) -> Html {
    let short = sha256.get(..8).unwrap_or_default();
    html! {
        <details class="fingerprint"><summary>{t(Key::ReceiptFingerprint)}" "<span class="hash">{short.to_owned()}"…"</span></summary>
            <span class="hash">"SHA-256 "{sha256.to_owned()}</span></details>
    }
}

/// Are these the very files? Their bytes are hashed here and go nowhere.
fn compare(papers: Vec<(usize, Content)>) -> Option<Html> {
    if papers.is_empty() {
        return None;
    }
    let results = RwSignal::new(Vec::<(String, Option<usize>)>::new());
    let choose = move |event: web_sys::Event| {
        let papers = papers.clone();
        let files = chosen(&event);
        background(async move {
            let mut found = Vec::new();
            for file in files {
                let hash = match blob::read(&file).await {
                    Some(bytes) => sha256(&bytes).await.map(|hash| hex(&hash)),
                    None => None,
                };
                let place = papers.iter().find(|(_, content)| Some(&content.sha256) == hash.as_ref());
                found.push((file.name(), place.map(|(number, _)| *number)));
            }
            results.try_set(found);
        });
    };
    let rows = move || {
        let row = |(name, place): &(String, Option<usize>)| match place {
            Some(number) => {
                let says = fill(Key::CheckReceiptSame, &[("number", &number.to_string())]);
                html! { <li><b>{name.clone()}</b>" "<span class="tag ok">{says}</span></li> }
            }
            None => {
                html! { <li><b>{name.clone()}</b>" "<span class="tag wait">{t(Key::CheckReceiptOther)}</span></li> }
            }
        };
        let rows: Vec<_> = results.with(|found| found.iter().map(row).collect());
        (!rows.is_empty()).then(|| html! { <ul class="list">{rows}</ul> })
    };
    Some(html! {
        <h2>{t(Key::CheckReceiptCompare)}</h2>
        <p class="hint">{t(Key::CheckReceiptCompareHow)}</p>
        <label class="button quiet file">
            {t(Key::CheckReceiptCompareFiles)}
            <input type="file" class="unseen" multiple=true on:change=choose />
        </label>
        <div role="status">{rows}</div>
    })
}

fn chosen(event: &web_sys::Event) -> Vec<File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let files = input.as_ref().and_then(HtmlInputElement::files);
    let files = files.map(|list| (0..list.length()).filter_map(|place| list.get(place)).collect()).unwrap_or_default();
    if let Some(input) = input {
        // The same file may be chosen again.
        input.set_value("");
    }
    files
}

//! Opening a draft that another phone hands over: by the link of its QR picture, or by the code that is typed.

use super::code_box::{Says, code_box};
use crate::app::{app, back};
use crate::client::handovers::Refused;
use crate::clock;
use crate::route::{Page, Part};
use crate::state::draft;
use crate::state::handed_over::of_link;
use crate::state::handover::{self, Arrived};
use crate::task::background;
use dossier::{CodeError, HandoverCode};
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};

/// How a handover is opened.
#[derive(Clone)]
enum Way {
    Link(String, [u8; 32]),
    Code(HandoverCode),
}

/// What the page shows below its title.
#[derive(Clone)]
enum Shown {
    /// The button of a link, or the box for a code.
    Ask,
    /// Under way, in words: part so many of so many.
    Going(usize, usize),
    /// Something is wrong with what was typed.
    Wrong(String),
    /// It did not come; trying again may help, or not.
    Failed(String),
    /// There is another version on this phone already, of this moment.
    Choose(Arrived, i64),
}

pub fn draw() -> Html {
    crate::app::title(t(Key::OpenDraftTitle));
    let shown = RwSignal::new(Shown::Ask);
    let code = RwSignal::new(String::new());
    let link = of_link(&window().location().hash().unwrap_or_default());
    let inside = move || match (shown.get(), link.clone()) {
        (Shown::Going(number, count), _) => going(number, count),
        (Shown::Choose(arrived, here), _) => choose(arrived, here, shown),
        (Shown::Failed(says), link) => html! {
            <div class="warning" role="alert"><p>{says}</p></div>
            {ask(link, code, shown)}
        },
        (_, link) => ask(link, code, shown),
    };
    html! {
        {back(&Page::Home)}
        <h1>{t(Key::OpenDraftTitle)}</h1>
        {inside}
    }
}

fn ask(link: Option<(String, [u8; 32])>, code: RwSignal<String>, shown: RwSignal<Shown>) -> Html {
    if let Some((id, secret)) = link {
        return html! {
            <p>{t(Key::OpenDraftByLink)}</p>
            <p>{t(Key::OpenDraftOnce)}</p>
            <button type="button" class="button" on:click=move |_| begin(Way::Link(id.clone(), secret), shown)>{t(Key::OpenDraftGo)}</button>
        };
    }
    let wrong = Memo::new(move |_| match shown.get() {
        Shown::Wrong(says) => says,
        _ => String::new(),
    });
    let submit = move || match HandoverCode::read(&code.get_untracked()) {
        Ok(code) => begin(Way::Code(code), shown),
        Err(error) => shown.set(Shown::Wrong(mistyped(error))),
    };
    let says = Says { label: Key::OpenDraftLabel, hint: Key::OpenDraftHint, go: Key::OpenDraftGo };
    html! {
        <p>{t(Key::OpenDraftByCode)}</p>
        <p>{t(Key::OpenDraftOnce)}</p>
        {code_box(says, code, wrong, submit)}
    }
}

fn mistyped(error: CodeError) -> String {
    match error {
        CodeError::TooShort(0) => t(Key::OpenDraftEmpty).to_owned(),
        CodeError::TooShort(count) | CodeError::TooLong(count) => {
            fill(Key::OpenDraftLength, &[("count", &count.to_string())])
        }
        CodeError::WrongSign(sign) => fill(Key::OpenDraftSign, &[("sign", &sign.to_string())]),
        CodeError::CheckFails => t(Key::OpenDraftTypo).to_owned(),
    }
}

fn going(number: usize, count: usize) -> Html {
    let parts = [("number", number.to_string()), ("count", count.to_string())];
    let parts = parts.each_ref().map(|(name, value)| (*name, value.as_str()));
    let says = if count == 0 { t(Key::OpenDraftUnlocking).to_owned() } else { fill(Key::OpenDraftGetting, &parts) };
    let (value, max) = (number.saturating_sub(1).to_string(), count.max(1).to_string());
    html! {
        <p role="status"><b>{says}</b></p>
        <progress class="progress" aria-label=t(Key::OpenDraftTitle) value=value max=max></progress>
        <p>{t(Key::OpenDraftWait)}</p>
    }
}

fn begin(way: Way, shown: RwSignal<Shown>) {
    shown.set(Shown::Going(0, 0));
    background(async move {
        let tell = |number, count| drop(shown.try_set(Shown::Going(number, count)));
        let arrived = match &way {
            Way::Link(id, secret) => handover::open_link(id, secret, &tell).await,
            Way::Code(code) => handover::open_code(code, &tell).await,
        };
        match arrived {
            Ok(arrived) => match draft::find(&arrived.draft.key).await {
                Ok(Some(here)) if here != arrived.draft => {
                    shown.try_set(Shown::Choose(arrived, here.saved_at));
                }
                _ => keep(arrived, shown).await,
            },
            Err(refused) => {
                shown.try_set(Shown::Failed(says(refused)));
            }
        }
    });
}

async fn keep(arrived: Arrived, shown: RwSignal<Shown>) {
    match arrived.keep().await {
        Ok(()) => app().route.replace(Page::Draft(arrived.draft.key.clone(), Part::Tasks)),
        Err(_) => {
            shown.try_set(Shown::Failed(t(Key::SavedFailed).to_owned()));
        }
    }
}

fn says(refused: Refused) -> String {
    match refused {
        Refused::Line => t(Key::OpenDraftFailed).to_owned(),
        Refused::No(_, says) => says,
    }
}

/// The same draft is on this phone in another version: which one counts is for the person to say.
fn choose(arrived: Arrived, here: i64, shown: RwSignal<Shown>) -> Html {
    let time = |at| clock::moment(Moment(at));
    let told = fill(Key::OpenDraftTwo, &[("name", &arrived.draft.name)]);
    let theirs = fill(Key::OpenDraftTheirs, &[("time", &time(arrived.draft.saved_at))]);
    let mine = fill(Key::OpenDraftMine, &[("time", &time(here))]);
    let key = arrived.draft.key.clone();
    let take = move |_| {
        let arrived = arrived.clone();
        background(async move { keep(arrived, shown).await });
    };
    let stay = move |_| {
        crate::state::handed_over::unmark(&key);
        app().route.replace(Page::Draft(key.clone(), Part::Tasks));
    };
    html! {
        <div class="warning" role="alert"><p>{told}</p></div>
        <button type="button" class="button" on:click=take>{theirs}</button>
        <button type="button" class="button quiet" on:click=stay>{mine}</button>
    }
}

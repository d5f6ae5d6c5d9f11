//! Filing a dossier, part by part: agency, case, forms, papers, check, send.

mod agency;
mod check_answers;
mod hand_over;
mod outcome;
pub(super) mod papers;
mod photo;
mod sample;
mod send;
mod step;
mod tasks;

use super::{drawing, waiting};
use crate::app::app;
use crate::route::{Page, Part};
use crate::state::work::{self, Work};
use crate::state::{Saved, handed_over, outbox};
use crate::task::background;
use text::Key;
use ui::prelude::*;
use ui::t;
use ui::{Html, html};

/// Draws a part of the draft with this key.
pub fn draw(key: String, part: Part, draw: fn(&Work, &str, &Part) -> Html) -> Html {
    waiting(move || {
        let (key, part) = (key.clone(), part.clone());
        Box::pin(async move {
            let work = work::open(&key).await?;
            drawing(move || match &work {
                // What is on its way to another phone is not filled on here before it is taken back.
                Some(_) if part != Part::HandOver && handed_over::is_marked(&key) => {
                    app().route.replace(page(&key, Part::HandOver));
                    Html::none()
                }
                Some(work) => {
                    tell_saved(work);
                    if part != Part::Send {
                        take_back(work);
                    }
                    draw(work, &key, &part)
                }
                None => gone(),
            })
        })
    })
}

/// The parts up to the forms.
pub fn first(work: &Work, key: &str, part: &Part) -> Html {
    match part {
        Part::Agency => agency::draw(work, key),
        Part::Case(step) => step::draw(work, key, None, step),
        Part::Outcome => outcome::draw(work, key),
        Part::Form(form, step) => step::draw(work, key, Some(form), step),
        _ => tasks::draw(work, key),
    }
}

/// The parts after the forms.
pub fn later(work: &Work, key: &str, part: &Part) -> Html {
    match part {
        Part::Papers => papers::draw(work, key),
        Part::Photo(number) => photo::draw(work, key, number),
        Part::Send => send::draw(work, key),
        _ => check_answers::draw(work, key),
    }
}

/// A draft that waits to be sent and is opened to be changed waits no longer.
fn take_back(work: &Work) {
    if work.draft.with_untracked(|draft| draft.queued) {
        let key = work.now().key;
        work.change(|draft| draft.queued = false);
        background(async move {
            // What cannot be taken out is sent as it was, and the change is refused with the receipt of that.
            let _ = outbox::withdraw(&key).await;
        });
    }
}

/// The parts that stand aside: there is one.
pub fn aside(work: &Work, key: &str, _: &Part) -> Html {
    hand_over::draw(work, key)
}

fn tell_saved(work: &Work) {
    let saved = app().saved;
    if saved.get_untracked() == Saved::Nothing {
        saved.set(Saved::At(work.draft.with_untracked(|draft| draft.saved_at)));
    }
}

fn gone() -> Html {
    crate::app::title(t(Key::ApplyGoneTitle));
    html! {
        {crate::app::back(&Page::Home)}
        <h1>{t(Key::ApplyGoneTitle)}</h1>
        <p>{t(Key::ApplyGone)}</p>
        <a class="button" href="/">{t(Key::FrameHome)}</a>
    }
}

/// The page of a part of the draft.
fn page(key: &str, part: Part) -> Page {
    Page::Draft(key.to_owned(), part)
}

/// Where the guiding questions begin, or the outcome when there are none.
fn first_of_case(work: &Work) -> Part {
    work.procedure.case.steps.first().map_or(Part::Outcome, |step| Part::Case(step.id.clone()))
}

fn go(key: &str, part: Part) {
    app().route.go(page(key, part));
}

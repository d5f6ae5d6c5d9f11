//! After the result: how satisfied were you? Five levels, some aspects, own words; for whoever has code and digits.

use super::digits::{self, said};
use crate::client::ratings;
use crate::clock;
use crate::task::background;
use dossier::rating::{Aspect, Level};
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{ByCode, GiveRating, Rated, RatedAspect, RatingOpened, Timeline};

/// The levels as they are offered, the best first.
const LEVELS: [(Level, Key); 5] = [
    (Level::VerySatisfied, Key::RatingVerySatisfied),
    (Level::Satisfied, Key::RatingSatisfied),
    (Level::Neutral, Key::RatingNeutral),
    (Level::Dissatisfied, Key::RatingDissatisfied),
    (Level::VeryDissatisfied, Key::RatingVeryDissatisfied),
];

const ASPECTS: [(Aspect, &str, Key); 4] = [
    (Aspect::Time, "rating-time", Key::RatingTime),
    (Aspect::Manner, "rating-manner", Key::RatingManner),
    (Aspect::Information, "rating-information", Key::RatingInformation),
    (Aspect::Cost, "rating-cost", Key::RatingCost),
];

/// What was opened, and what opened it.
#[derive(Clone)]
struct Opened {
    by: ByCode,
    told: RatingOpened,
}

/// Draws it for a dossier that is over; nothing otherwise.
pub fn draw(code: &str, timeline: &Timeline) -> Html {
    if !matches!(timeline.state.as_str(), "returned" | "not-received" | "stopped") {
        return Html::none();
    }
    let opened = |opened: Opened| {
        ui::focus_soon("rating");
        page(&opened)
    };
    digits::ask("rating-digits", (Key::RatingTitle, Key::RatingOpen), (code, timeline.own), load, opened)
}

async fn load(by: ByCode) -> Result<Opened, String> {
    let failed = || t(Key::FrameFailed).to_owned();
    let answer = ratings::open(&by).await.map_err(|_| failed())?;
    if answer.status != 200 {
        return Err(said(&answer));
    }
    let told = serde_json::from_str(&answer.body).map_err(|_| failed())?;
    Ok(Opened { by, told })
}

fn page(opened: &Opened) -> Html {
    let inside = if opened.told.open {
        form(opened)
    } else {
        html! { <p>{t(Key::RatingOver)}</p> }
    };
    html! {
        <section id="rating" tabindex="-1" class="panel no-print">
            <h2>{t(Key::RatingTitle)}</h2>
            {inside}
        </section>
    }
}

fn form(opened: &Opened) -> Html {
    let before = opened.told.rating.clone();
    let level = RwSignal::new(before.as_ref().map(|rating| rating.level));
    let words = RwSignal::new(before.as_ref().map(|rating| rating.words.clone()).unwrap_or_default());
    let aspects = RwSignal::new(before.map(|rating| rating.aspects).unwrap_or_default());
    let given = RwSignal::new(opened.told.until.map(thanks).unwrap_or_default());
    let wrong = RwSignal::new(String::new());
    let sending = RwSignal::new(false);
    let by = opened.by.clone();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        let Some(level) = level.get_untracked() else {
            wrong.set(t(Key::RatingMissing).to_owned());
            return ui::focus("rating-level");
        };
        if sending.get_untracked() {
            return;
        }
        wrong.set(String::new());
        sending.set(true);
        let rating = Rated { level, aspects: aspects.get_untracked(), words: words.get_untracked() };
        let give = GiveRating { code: by.code.clone(), digits: by.digits.clone(), rating };
        background(async move {
            let says = match ratings::give(&give).await {
                Ok(answer) if answer.status == 200 => {
                    let told = serde_json::from_str::<RatingOpened>(&answer.body).ok();
                    given.try_set(told.and_then(|told| told.until).map(thanks).unwrap_or_default());
                    ui::focus_soon("rating-given");
                    String::new()
                }
                Ok(answer) => problem(&answer),
                Err(_) => t(Key::FrameFailed).to_owned(),
            };
            wrong.try_set(says);
            sending.try_set(false);
        });
    };
    let bad = move || !wrong.with(String::is_empty);
    let levels: Vec<_> = LEVELS.iter().enumerate().map(|(place, one)| radio(level, *one, place == 0)).collect();
    let rows: Vec<_> = ASPECTS.iter().map(|one| aspect(aspects, *one)).collect();
    html! {
        <p id="rating-given" tabindex="-1" role="status"><b>{move || given.get()}</b></p>
        <p>{t(Key::RatingIntro)}</p>
        <form on:submit=send novalidate>
            <fieldset class="field" class:bad=bad aria-describedby="rating-problem">
                <legend class="label">{t(Key::RatingLevel)}</legend>
                <p class="bad-text" id="rating-problem" role="alert">{move || wrong.get()}</p>
                {levels}
            </fieldset>
            <h3>{t(Key::RatingAspects)}</h3>
            {rows}
            <div class="field">
                <label class="label" for="rating-words">{t(Key::RatingWords)}</label>
                <p class="hint" id="rating-words-hint">{t(Key::RatingWordsHint)}</p>
                <textarea id="rating-words" rows="4" aria-describedby="rating-words-hint rating-problem" prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))></textarea>
            </div>
            <button class="button">{move || t(if sending.get() { Key::RatingSending } else { Key::RatingGive })}</button>
        </form>
    }
}

fn thanks(until: i64) -> String {
    fill(Key::RatingGiven, &[("time", &clock::moment(Moment(until)))])
}

/// What is wrong with the field says more than that something is.
fn problem(answer: &crate::client::Answer) -> String {
    let first = serde_json::from_str::<wire::Problem>(&answer.body)
        .ok()
        .and_then(|problem| problem.problems.into_iter().next());
    first.map_or_else(|| said(answer), |field| field.says)
}

fn radio(chosen: RwSignal<Option<Level>>, (level, says): (Level, Key), first: bool) -> Html {
    let id = if first { "rating-level".to_owned() } else { format!("rating-level-{}", level.number()) };
    html! {
        <label class="choice" for=id.clone()>
            <input type="radio" id=id name="rating-level" prop:checked=move || chosen.get() == Some(level)
                on:change=move |_| chosen.set(Some(level)) />
            <span>{t(says)}</span>
        </label>
    }
}

fn aspect(rated: RwSignal<Vec<RatedAspect>>, (aspect, id, says): (Aspect, &'static str, Key)) -> Html {
    let kept = rated.with_untracked(|all| all.iter().find(|one| one.aspect == aspect).map(|one| one.level));
    let options: Vec<_> = LEVELS
        .iter()
        .map(|(level, says)| {
            html! { <option value=level.number().to_string() selected=kept == Some(*level)>{t(*says)}</option> }
        })
        .collect();
    let choose = move |event: web_sys::Event| {
        let level = event_target_value(&event).parse().ok().and_then(Level::of_number);
        rated.update(|all| {
            all.retain(|one| one.aspect != aspect);
            all.extend(level.map(|level| RatedAspect { aspect, level }));
        });
    };
    html! {
        <div class="field">
            <label class="label" for=id>{t(says)}</label>
            <select id=id on:change=choose><option value="">{t(Key::RatingNoAnswer)}</option>{options}</select>
        </div>
    }
}

//! The households: which are discussed, their scores, and the votes with a count that says at once whether they are enough.

use super::field::{id, problem};
use super::hall::Hall;
use crate::meeting::{Kept, Row, number};
use dossier::meeting::{Area, Class, agreed, tally};
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};

/// A number of a household: the end of its place, its label, where it is kept.
type Number = (&'static str, &'static str, fn(&mut Row) -> &mut String);

const SCORES: [Number; 2] =
    [("score_a", "Điểm A", |row| &mut row.score_a), ("score_b", "Điểm B", |row| &mut row.score_b)];
const VOTES: [Number; 3] = [
    ("agree", "Đồng ý", |row| &mut row.agree),
    ("against", "Không đồng ý", |row| &mut row.against),
    ("no_opinion", "Không có ý kiến", |row| &mut row.no_opinion),
];

/// Which households are discussed.
pub fn choice(hall: Hall) -> Html {
    let all = hall.peek(|kept| kept.households.clone()).unwrap_or_default();
    let rows: Vec<_> = all
        .into_iter()
        .map(|one| {
            let dossier = one.dossier.clone();
            let chosen = hall.peek(|kept| kept.rows.iter().any(|row| row.dossier == dossier)).unwrap_or_default();
            let turn = move |event: web_sys::Event| {
                let on = event_target_checked(&event);
                hall.change(|kept| {
                    kept.rows.retain(|row| row.dossier != dossier);
                    if on {
                        kept.rows.push(Row { dossier: dossier.clone(), ..Row::default() });
                    }
                });
            };
            html! {
                <label class="choice"><input type="checkbox" prop:checked=chosen on:change=turn /><span><b>{one.person.clone()}</b>{super::about(&one)}</span></label>
            }
        })
        .collect();
    html! {
        <fieldset>
            <legend><h2>"1. Hộ đưa ra họp"</h2></legend>
            <div id=id("households") tabindex="-1">{problem(hall, "households")}</div>
            {rows}
        </fieldset>
    }
}

/// Scores and votes of those that are discussed.
pub fn draw(hall: Hall) -> Html {
    let chosen = Memo::new(move |_| {
        hall.with(|kept| kept.rows.iter().map(|row| row.dossier.clone()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let rows = move || {
        let rows: Vec<_> =
            chosen.get().into_iter().enumerate().map(|(place, dossier)| row(hall, place, &dossier)).collect();
        if rows.is_empty() {
            html! { <p class="hint">"Chọn hộ ở mục 1 trước."</p> }
        } else {
            html! { {rows} }
        }
    };
    html! {
        <section aria-labelledby="votes-title">
            <h2 id="votes-title">"4. Ý kiến về từng hộ"</h2>
            {rows}
        </section>
    }
}

fn row(hall: Hall, place: usize, dossier: &str) -> Html {
    let person = hall.peek(|kept| kept.household(dossier).map(|one| one.person.clone())).flatten().unwrap_or_default();
    let at = format!("households/{place}");
    let scores: Vec<_> = SCORES.into_iter().map(|one| score(hall, &at, dossier.to_owned(), &person, one)).collect();
    let votes: Vec<_> = VOTES.into_iter().map(|one| vote(hall, &at, dossier.to_owned(), &person, one)).collect();
    let says = {
        let dossier = dossier.to_owned();
        Memo::new(move |_| hall.with(|kept| standing(kept, &dossier)).unwrap_or_default())
    };
    let note = hall.peek(|kept| kept.rows.get(place).map(|row| row.note.clone())).flatten().unwrap_or_default();
    let write = {
        let dossier = dossier.to_owned();
        move |event: web_sys::Event| {
            let text = event_target_value(&event);
            hall.change_row(&dossier, |row| row.note = text);
        }
    };
    let note_id = id(&format!("{at}/note"));
    html! {
        <div class="household" id=id(&at) tabindex="-1">
            <h3>{person.clone()}</h3>
            {problem(hall, &at)}
            <div class="scores">{scores}</div>
            <p class="hint">{move || says.get().class}</p>
            <div class="votes">{votes}</div>
            {problem(hall, &format!("{at}/agree"))}
            <p class="tally" role="status" class:enough=move || says.get().enough>{move || says.get().tally}</p>
            <div class="field">
                <label class="label" for=note_id.clone()>"Ý kiến về hộ này"<span class="unseen">{format!(" – {person}")}</span></label>
                <textarea id=note_id rows="2" prop:value=note on:input=write></textarea>
            </div>
        </div>
    }
}

/// What is said live about a household.
#[derive(Clone, Default, PartialEq, Eq)]
struct Standing {
    class: String,
    tally: String,
    enough: bool,
}

fn standing(kept: &Kept, dossier: &str) -> Standing {
    let Some(row) = kept.rows.iter().find(|row| row.dossier == dossier) else { return Standing::default() };
    let share = kept.household(dossier).map_or(50, |one| one.share);
    let area = if kept.words.urban { Area::Urban } else { Area::Rural };
    let score = |text: &str| text.trim().parse::<u16>().ok();
    let class = match (score(&row.score_a), score(&row.score_b)) {
        (Some(a), Some(b)) => format!("Theo điểm: {}.", Class::of(area, a, b).says()),
        _ => "Nhập điểm A, điểm B theo phiếu rà soát.".to_owned(),
    };
    let agree = number(&row.agree).unwrap_or_default();
    let tally = format!("{}.", tally(share, agree, kept.present()).trim_end_matches('.'));
    Standing { class, tally, enough: agreed(share, agree, kept.present()) }
}

fn score(hall: Hall, at: &str, dossier: String, person: &str, (end, label, of): Number) -> Html {
    let place = format!("{at}/{end}");
    let id = id(&place);
    let now = hall.peek(|kept| current(kept, &dossier, of)).unwrap_or_default();
    let bad = {
        let place = place.clone();
        move || !hall.wrong_at(&place).is_empty()
    };
    let write = move |event: web_sys::Event| {
        let text = typed(&event);
        hall.change_row(&dossier, |row| *of(row) = text);
    };
    let by = format!("{id}-problem");
    html! {
        <div class="field" class:bad=bad>
            <label class="label" for=id.clone()>{label}<span class="unseen">{format!(" – {person}")}</span></label>
            {problem(hall, &place)}
            <input type="text" inputmode="numeric" class="short" id=id autocomplete="off" aria-describedby=by prop:value=now on:input=write />
        </div>
    }
}

/// A count with a button for one less and one more, each as large as a thumb.
fn vote(hall: Hall, at: &str, dossier: String, person: &str, (end, label, of): Number) -> Html {
    let id = id(&format!("{at}/{end}"));
    let shown = {
        let dossier = dossier.clone();
        move || hall.with(|kept| current(kept, &dossier, of)).unwrap_or_default()
    };
    let write = {
        let dossier = dossier.clone();
        move |event: web_sys::Event| {
            let text = typed(&event);
            hall.change_row(&dossier, |row| *of(row) = text);
        }
    };
    let step = move |by: i64| {
        let dossier = dossier.clone();
        move |_| {
            hall.change_row(&dossier, |row| {
                let count = i64::from(number(of(row)).unwrap_or_default()) + by;
                *of(row) = count.max(0).to_string();
            });
        }
    };
    let (less, more) = (format!("Bớt một: {label}, {person}"), format!("Thêm một: {label}, {person}"));
    html! {
        <div class="vote">
            <label class="label" for=id.clone()>{label}<span class="unseen">{format!(" – {person}")}</span></label>
            <div>
                <button type="button" class="button quiet" aria-label=less on:click=step(-1)>"−"</button>
                <input type="text" inputmode="numeric" id=id autocomplete="off" prop:value=shown on:input=write />
                <button type="button" class="button quiet" aria-label=more on:click=step(1)>"+"</button>
            </div>
        </div>
    }
}

fn current(kept: &Kept, dossier: &str, of: fn(&mut Row) -> &mut String) -> String {
    let row = kept.rows.iter().find(|row| row.dossier == dossier);
    row.map(|row| of(&mut row.clone()).clone()).unwrap_or_default()
}

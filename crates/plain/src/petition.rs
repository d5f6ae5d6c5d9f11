//! Petitions and feedback (phản ánh, kiến nghị) for everybody: pages of HTML alone, so that they can be written and read on
//! whatever there is.

mod form;

use crate::frame::{Style, fill, moment, page_of, t};
use crate::line::{described, says as wrong_of, summary, text_field};
use maud::{Markup, html};
use procedure::Agency;
use procedure::calendar::Moment;
use text::{Key, Words};
use wire::{PetitionStanding, PetitionStep, PublishedPetition, PublishedPetitions};

pub use form::{Photo, Writing, write};

const HOME: &str = "/phan-anh";

/// The sentence for a fault's code.
#[must_use]
pub fn says(code: &str) -> &'static str {
    t(key_of(code))
}

fn key_of(code: &str) -> Key {
    match code {
        "field-missing" => Key::PetitionFieldMissing,
        "unit-unknown" => Key::PetitionUnitWrong,
        "says-missing" => Key::PetitionSaysMissing,
        "says-too-long" => Key::PetitionSaysLong,
        "name-too-long" => Key::PetitionNameLong,
        "contact-wrong" => Key::PetitionContactWrong,
        "too-many-photos" => Key::PetitionPhotosMany,
        "photo-refused" => Key::PetitionPhotoRefused,
        _ => Key::PetitionUnprintable,
    }
}

fn page(style: &Style, title: &str, inside: &Markup) -> String {
    page_of(style, title, HOME, inside)
}

fn back() -> Markup {
    html! { a.back href=(HOME) { "‹ " (t(Key::PetitionTitle)) } }
}

/// Where everybody begins: writing, following, reading what others were answered. The days are those in which a unit
/// receives and answers.
#[must_use]
pub fn start(style: &Style, days: (u8, u8), newest: &[PublishedPetition]) -> String {
    let inside = html! {
        h1 { (t(Key::PetitionTitle)) }
        p { (t(Key::PetitionIntro)) }
        p { (promise(days)) }
        a.button href="/phan-anh/gui" { (t(Key::PetitionWrite)) }
        h2 { (t(Key::PetitionFollow)) }
        (code_form("", None))
        h2 { (t(Key::PetitionAnswers)) }
        @if newest.is_empty() { p { (t(Key::PetitionNoneYet)) } } @else { (answers(newest)) }
        a.button.quiet href="/phan-anh/tra-loi" { (t(Key::PetitionSeeAnswers)) }
        p.hint { (t(Key::PetitionNotComplaint)) }
    };
    page(style, t(Key::PetitionTitle), &inside)
}

fn promise((receive, answer): (u8, u8)) -> String {
    fill(Key::PetitionPromise, &[("receive", &receive.to_string()), ("answer", &answer.to_string())])
}

fn code_form(typed: &str, wrong: Option<Key>) -> Markup {
    let wrong = wrong.map(t);
    html! {
        form method="post" action="/phan-anh/theo-doi" enctype="multipart/form-data" novalidate {
            (text_field("code", Key::PetitionCode, Some(Key::PetitionCodeHint), wrong, &html! {
                input #code type="text" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" value=(typed)
                    aria-describedby=[described("code", true, wrong)] aria-invalid=[wrong.map(|_| "true")];
            }))
            button.button { (t(Key::PetitionLook)) }
        }
    }
}

/// The form in which a code is typed, with what is wrong with the one that was.
#[must_use]
pub fn follow(style: &Style, typed: &str, wrong: Option<Key>) -> String {
    let told: Vec<(&'static str, Key)> = wrong.map(|key| ("code", key)).into_iter().collect();
    let inside = html! {
        (back())
        h1 { (t(Key::PetitionFollow)) }
        (summary(&told))
        (code_form(typed, wrong))
    };
    page(style, t(Key::PetitionFollow), &inside)
}

/// What whoever wrote reads: the code, who has it, and by when it is answered; `mine`: it is in their account too.
#[must_use]
pub fn taken(style: &Style, code: &str, standing: &PetitionStanding, mine: bool) -> String {
    let inside = html! {
        div.done {
            h1 { (t(Key::PetitionTaken)) }
            p { (t(Key::PetitionCode)) }
            span.code { (code) }
            p { (t(Key::PetitionKeepCode)) }
        }
        dl.answers {
            div.row { dt { (t(Key::PetitionGoesTo)) } dd { (standing.unit) br; (standing.phone) } }
            div.row { dt { (t(Key::PetitionAnswerDue)) } dd { (due(standing)) } }
        }
        @if mine { p { a href="/account/petitions" { (t(Key::PetitionMine)) } } }
        a.button.quiet href=(HOME) { (t(Key::PetitionBack)) }
    };
    page(style, t(Key::PetitionTaken), &inside)
}

fn due(standing: &PetitionStanding) -> String {
    text::time::day(&Words::vietnamese(), Moment(standing.answer_due_at).date())
}

/// Where a petition stands, in a few words.
pub(crate) fn state(name: &str) -> Key {
    match name {
        "received" => Key::PetitionStateReceived,
        "answered" => Key::PetitionStateAnswered,
        "refused" => Key::PetitionStateRefused,
        _ => Key::PetitionStateSent,
    }
}

/// Where a petition stands, and the answer once there is one.
#[must_use]
pub fn standing(style: &Style, standing: &PetitionStanding) -> String {
    let state = state(&standing.state);
    let over = matches!(standing.state.as_str(), "answered" | "refused");
    let head = if standing.state == "refused" { Key::PetitionWhyRefused } else { Key::PetitionAnswer };
    let inside = html! {
        (back())
        h1 { (t(state)) }
        @if !over && standing.late {
            div.warning { p { (fill(Key::PetitionIsLate, &[("phone", &standing.phone)])) } }
        }
        @if over {
            h2 { (t(head)) }
            (lines(&standing.answer))
            @if !standing.turn_to.is_empty() {
                h2 { (t(Key::PetitionTurnTo)) }
                (lines(&standing.turn_to))
            }
            @if !standing.public.is_empty() {
                p { a href={ "/phan-anh/tra-loi/" (standing.public) } { (t(Key::PetitionSeePublic)) } }
            }
        }
        dl.answers {
            div.row { dt { (t(Key::PetitionAbout)) } dd { (standing.field) } }
            div.row { dt { (t(Key::PetitionSentAt)) } dd { (moment(Moment(standing.sent_at))) } }
            div.row { dt { (t(Key::PetitionHasIt)) } dd { (standing.unit) br; (standing.phone) } }
            @if !over { div.row { dt { (t(Key::PetitionAnswerDue)) } dd { (due(standing)) } } }
        }
        h2 { (t(Key::PetitionHappened)) }
        ol.steps {
            @for (place, step) in standing.events.iter().enumerate() {
                li.past[place + 1 < standing.events.len()].now[place + 1 == standing.events.len()] {
                    b { (step_says(step)) }
                    small { (moment(Moment(step.at))) }
                    @if !step.reason.is_empty() { p { (fill(Key::PetitionReason, &[("reason", &step.reason)])) } }
                }
            }
        }
    };
    page(style, t(state), &inside)
}

fn step_says(step: &PetitionStep) -> String {
    let key = match step.name.as_str() {
        "received" => Key::PetitionStepReceived,
        "routed" => Key::PetitionStepRouted,
        "answered" => Key::PetitionStepAnswered,
        "refused" => Key::PetitionStepRefused,
        "published" => Key::PetitionStepPublished,
        "withdrawn" => Key::PetitionStepWithdrawn,
        _ => Key::PetitionStepSent,
    };
    fill(key, &[("unit", &step.unit)])
}

fn lines(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.is_empty()) { p { (line) } } }
}

fn answers(found: &[PublishedPetition]) -> Markup {
    html! {
        @if found.is_empty() { p { (t(Key::PetitionNothingFound)) } }
        ul.list {
            @for one in found {
                li { a href={ "/phan-anh/tra-loi/" (one.id) } { (one.title) } small { (told_by(one)) } }
            }
        }
    }
}

fn told_by(one: &PublishedPetition) -> String {
    let date = text::time::date(Moment(one.published_at).date());
    fill(Key::PetitionPublishedOn, &[("unit", &one.unit), ("date", &date)])
}

/// What the list of published answers was asked for.
#[derive(Clone, Debug, Default)]
pub struct Looking {
    /// Code of the unit; empty for all.
    pub unit: String,
    /// Id of the field; empty for all.
    pub field: String,
    /// Words.
    pub search: String,
    /// The address of the next page; empty at the end.
    pub next: String,
}

/// The published answers, to be found by unit, field and words.
#[must_use]
pub fn list(style: &Style, agencies: &[Agency], looking: &Looking, found: &PublishedPetitions) -> String {
    let choice = |name: &str, label: Key, all: Key, options: &Markup| {
        html! {
            div.field {
                label.label for=(name) { (t(label)) }
                select id=(name) name=(name) { option value="" { (t(all)) } (options) }
            }
        }
    };
    let units = html! {
        @for agency in agencies {
            option value=(agency.code) selected[agency.code == looking.unit] { (agency.name) }
        }
    };
    let fields = html! {
        @for field in &found.fields { option value=(field.id) selected[field.id == looking.field] { (field.name) } }
    };
    let inside = html! {
        (back())
        h1 { (t(Key::PetitionAnswers)) }
        form method="get" action="/phan-anh/tra-loi" {
            (choice("don-vi", Key::PetitionByUnit, Key::PetitionAllUnits, &units))
            (choice("viec", Key::PetitionByField, Key::PetitionAllFields, &fields))
            (text_field("tu", Key::PetitionByWords, None, None, &html! {
                input #tu type="search" name="tu" autocomplete="off" value=(looking.search);
            }))
            button.button.quiet { (t(Key::PetitionFind)) }
        }
        (answers(&found.petitions))
        @if !looking.next.is_empty() { a.button.quiet href=(looking.next) { (t(Key::PetitionOlder)) } }
    };
    page(style, t(Key::PetitionAnswers), &inside)
}

/// One of them.
#[must_use]
pub fn one(style: &Style, one: &PublishedPetition) -> String {
    let inside = html! {
        a.back href="/phan-anh/tra-loi" { "‹ " (t(Key::PetitionAnswers)) }
        span.caption { (one.field) }
        h1 { (one.title) }
        p { small { (told_by(one)) } }
        h2 { (t(Key::PetitionQuestion)) }
        (lines(&one.question))
        p.hint { (t(Key::PetitionEdited)) }
        h2 { (t(Key::PetitionAnswer)) }
        (lines(&one.answer))
    };
    page(style, &one.title, &inside)
}

/// Why something was refused.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        a.button.quiet href=(HOME) { (t(Key::PetitionBack)) }
    };
    page(style, title, &inside)
}

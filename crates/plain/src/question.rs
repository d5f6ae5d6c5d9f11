//! Drawing a question of each kind; the ids and classes are those of `ui::question`, so one style sheet fits both.

use crate::fields::{Sheet, grouped, single};
use crate::frame::{fill, t};
use form::answers::join;
use form::check::row_place;
use form::kind::address::PARTS;
use form::kind::choice::Choice;
use form::kind::computed::Computed;
use form::kind::date::DateKind;
use form::kind::repeat::Repeat;
use form::kind::text::Text;
use form::{Choosable, Kind, Question};
use maud::{Markup, html};
use text::Key;

/// Draws a question that is shown for the answers given so far.
pub(crate) fn question(question: &Question, sheet: &Sheet<'_>, place: &str) -> Markup {
    if question.given || !sheet.walk.shown.contains(place) {
        return html! {};
    }
    match &question.kind {
        Kind::Text(kind) if kind.long => long_text(question, sheet, place),
        Kind::Text(kind) => text_line(question, kind, sheet, place),
        Kind::Number(kind) => line(question, sheet, place, "numeric", &kind.unit),
        Kind::PersonalId(_) => line(question, sheet, place, "numeric", ""),
        Kind::Phone(_) => line(question, sheet, place, "tel", ""),
        Kind::Email(_) => line(question, sheet, place, "email", ""),
        Kind::Money(_) => line(question, sheet, place, "numeric", "đồng"),
        Kind::Date(kind) => date(question, kind, sheet, place),
        Kind::Choice(kind) => choice(question, kind, sheet, place),
        Kind::Choices(kind) => {
            let rows = offered(&kind.options, sheet, place).enumerate().map(|(number, option)| {
                let name = sheet.draw(&join(place, &option.value));
                let id = if number == 0 { sheet.name(place) } else { name.clone() };
                tick("checkbox", &id, &name, "yes", option, sheet.answers.part(place, &option.value) == "yes")
            });
            let rows: Vec<Markup> = rows.collect();
            grouped(
                question,
                sheet,
                place,
                &html! {
                    p.hint { (t(Key::QuestionChooseSeveral)) }
                    @for row in rows { (row) }
                },
            )
        }
        Kind::YesNo(kind) => {
            let mut words = [("no", Key::FrameNo), ("yes", Key::FrameYes)];
            if kind.yes_first {
                words.reverse();
            }
            let options = words.map(|(value, key)| plain_option(value, t(key)));
            let all: Vec<&Choosable> = options.iter().collect();
            grouped(question, sheet, place, &html! { div.side-by-side { (radios(&all, sheet, place)) } })
        }
        Kind::Address(_) => address(question, sheet, place),
        Kind::Repeat(kind) => repeat(question, kind, sheet, place),
        Kind::Declaration(_) => {
            let name = sheet.draw(place);
            let agree = plain_option("yes", t(Key::QuestionAgree));
            let ticked = sheet.answers.get(place) == "yes";
            grouped(question, sheet, place, &tick("checkbox", &name, &name, "yes", &agree, ticked))
        }
        Kind::Computed(kind) => computed(question, kind, sheet, place),
    }
}

fn plain_option(value: &str, label: &str) -> Choosable {
    Choosable { value: value.to_owned(), label: label.to_owned(), hint: String::new(), show: None }
}

fn offered<'a>(options: &'a [Choosable], sheet: &Sheet<'_>, place: &str) -> impl Iterator<Item = &'a Choosable> {
    let scope = sheet.scope_at(place);
    let offered: Vec<&Choosable> = options.iter().filter(|option| scope.shows(option.show.as_ref())).collect();
    offered.into_iter()
}

fn tick(kind: &str, id: &str, name: &str, value: &str, option: &Choosable, on: bool) -> Markup {
    html! {
        label.choice for=(id) {
            input type=(kind) id=(id) name=(name) value=(value) checked[on];
            span { (option.label) @if !option.hint.is_empty() { small { (option.hint) } } }
        }
    }
}

/// The first one carries the id of the place, so that a problem leads to it.
fn radios(options: &[&Choosable], sheet: &Sheet<'_>, place: &str) -> Markup {
    let name = sheet.draw(place);
    html! {
        @for (number, option) in options.iter().enumerate() {
            @let id = if number == 0 { name.clone() } else { format!("{name}={}", option.value) };
            (tick("radio", &id, &name, &option.value, option, sheet.answers.get(place) == option.value))
        }
    }
}

fn choice(question: &Question, kind: &Choice, sheet: &Sheet<'_>, place: &str) -> Markup {
    let options: Vec<&Choosable> = offered(&kind.options, sheet, place).collect();
    if !kind.search {
        return grouped(question, sheet, place, &radios(&options, sheet, place));
    }
    let rows = options.iter().map(|option| (option.value.as_str(), option.label.as_str()));
    single(question, sheet, place, &select(question, sheet, place, place, rows))
}

fn select<'a>(
    question: &Question,
    sheet: &Sheet<'_>,
    place: &str,
    of: &str,
    rows: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    let name = sheet.draw(place);
    let kept = sheet.answers.get(place);
    html! {
        select id=(name) name=(name) aria-describedby=[sheet.described_by(question, of)] aria-invalid=[sheet.invalid(of)] {
            option value="" { (t(Key::PlainChoose)) }
            @for (value, label) in rows { option value=(value) selected[value == kept] { (label) } }
        }
    }
}

fn line(question: &Question, sheet: &Sheet<'_>, place: &str, mode: &str, unit: &str) -> Markup {
    let name = sheet.draw(place);
    single(
        question,
        sheet,
        place,
        &html! {
            div.line {
                input type="text" id=(name) name=(name) inputmode=(mode) autocomplete="off" value=(sheet.answers.get(place))
                    aria-describedby=[sheet.described_by(question, place)] aria-invalid=[sheet.invalid(place)];
                @if !unit.is_empty() { span.unit { (unit) } }
            }
        },
    )
}

fn text_line(question: &Question, kind: &Text, sheet: &Sheet<'_>, place: &str) -> Markup {
    let name = sheet.draw(place);
    let list = (!kind.suggestions.is_empty()).then(|| format!("{name}-list"));
    single(
        question,
        sheet,
        place,
        &html! {
            input type="text" id=(name) name=(name) list=[&list] autocomplete="off" value=(sheet.answers.get(place))
                aria-describedby=[sheet.described_by(question, place)] aria-invalid=[sheet.invalid(place)];
            @if let Some(list) = &list {
                datalist id=(list) { @for text in &kind.suggestions { option value=(text) {} } }
            }
        },
    )
}

fn long_text(question: &Question, sheet: &Sheet<'_>, place: &str) -> Markup {
    let name = sheet.draw(place);
    // The first line break inside a text area is not part of its text.
    single(
        question,
        sheet,
        place,
        &html! {
            textarea id=(name) name=(name) rows="4" aria-describedby=[sheet.described_by(question, place)]
                aria-invalid=[sheet.invalid(place)] { "\n" (sheet.answers.get(place)) }
        },
    )
}

fn date(question: &Question, kind: &DateKind, sheet: &Sheet<'_>, place: &str) -> Markup {
    grouped(
        question,
        sheet,
        place,
        &html! {
            div.three {
                @for part in kind.parts() {
                    @let (label, class) = match part {
                        "day" => (Key::QuestionDay, "d"),
                        "month" => (Key::QuestionMonth, "d"),
                        _ => (Key::QuestionYear, "y"),
                    };
                    @let name = sheet.draw(&join(place, part));
                    div {
                        label for=(name) { (t(label)) }
                        input type="text" id=(name) name=(name) class=(class) inputmode="numeric" maxlength="4"
                            autocomplete="off" value=(sheet.answers.part(place, part))
                            aria-describedby=[sheet.described_by(question, place)] aria-invalid=[sheet.invalid(place)];
                    }
                }
            }
        },
    )
}

fn address(question: &Question, sheet: &Sheet<'_>, place: &str) -> Markup {
    let [province, commune, detail] = PARTS.map(|part| join(place, part));
    let stands = |from, until: Option<form::Date>| from <= sheet.today && until.is_none_or(|last| sheet.today <= last);
    let provinces = sheet.units.provinces().iter().filter(|one| stands(one.from, one.until));
    let communes: Vec<_> = sheet.units.communes(sheet.answers.get(&province)).into_iter().flatten().collect();
    let kept = sheet.answers.get(&commune);
    let shows = communes.iter().find(|one| one.code == kept).map_or(kept, |one| one.label.as_str());
    let list = format!("{}-list", sheet.name(&commune));
    let hint = format!("{}-hint", sheet.name(&commune));
    let commune_name = sheet.draw(&commune);
    let detail_name = sheet.draw(&detail);
    grouped(
        question,
        sheet,
        place,
        &html! {
            div.address {
                div {
                    label for=(sheet.name(&province)) { (t(Key::QuestionProvince)) }
                    (select(question, sheet, &province, place, provinces.map(|one| (one.code.as_str(), one.label.as_str()))))
                }
                div {
                    label for=(commune_name) { (t(Key::QuestionCommune)) }
                    p.hint id=(hint) { (t(Key::PlainCommuneHint)) }
                    input type="text" id=(commune_name) name=(commune_name) value=(shows) list=[(!communes.is_empty()).then_some(&list)]
                        autocomplete="off" aria-describedby=(hint) aria-invalid=[sheet.invalid(place)];
                    @if !communes.is_empty() {
                        datalist id=(list) {
                            @for one in communes.iter().filter(|one| stands(one.from, one.until)) { option value=(one.label) {} }
                        }
                    }
                }
                div {
                    label for=(detail_name) { (t(Key::QuestionDetail)) }
                    input type="text" id=(detail_name) name=(detail_name) value=(sheet.answers.get(&detail)) autocomplete="off"
                        aria-describedby=[sheet.described_by(question, place)] aria-invalid=[sheet.invalid(place)];
                }
            }
        },
    )
}

fn repeat(question: &Question, kind: &Repeat, sheet: &Sheet<'_>, place: &str) -> Markup {
    let rows = sheet.answers.rows(place);
    let group = sheet.name(place);
    grouped(
        question,
        sheet,
        place,
        &html! {
            @if rows == 0 { p.hint { (t(Key::QuestionRowsNone)) } }
            @for row in 0..rows {
                @let name = format!("{} {}", kind.row, row + 1);
                section.panel.row-panel aria-label=(name) {
                    h4 { (name) }
                    @for inner in &kind.questions { (self::question(inner, sheet, &row_place(place, row, &inner.id))) }
                    button.button.quiet.danger name="do" value={ "remove " (group) " " (row) } {
                        (fill(Key::QuestionRemoveRow, &[("row", &name)]))
                    }
                }
            }
            button.button.quiet id=(group) name="do" value={ "add " (group) } disabled[rows >= usize::from(kind.max)] { (kind.add) }
        },
    )
}

fn computed(question: &Question, kind: &Computed, sheet: &Sheet<'_>, place: &str) -> Markup {
    let kept = sheet.walk.kept.iter().find(|(at, _)| at == place).map_or("", |(_, text)| text);
    html! {
        div.field {
            span.label { (question.label) }
            p.hint { (t(Key::PlainComputed)) }
            output id=(sheet.name(place)) { (kept) " " (kind.unit) }
        }
    }
}

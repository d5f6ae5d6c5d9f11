//! An address: province, then its commune, both found by typing; then village, street and house.

use crate::combobox::{Combobox, combobox};
use crate::field::{described_by, grouped, invalid, is_bad};
use crate::focus::typed;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, t};
use form::Question;
use form::answers::join;
use std::sync::Arc;
use text::Key;

pub(super) fn draw(question: &Question, sheet: Sheet, place: &str) -> Html {
    let [province, commune, detail] = form::kind::address::PARTS.map(|part| join(place, part));
    let units = sheet.units;
    (units.load)(&sheet.peek(&province));
    let bad = is_bad(sheet, place);
    let describes = described_by(question, place);
    // A box that holds a code is drawn again when its name has arrived; one in which somebody types is left alone.
    let province_box = {
        let (id, commune, describes) = (province.clone(), commune.clone(), describes.clone());
        let at = province.clone();
        let waits = Memo::new(move |_| waits(sheet, &at));
        let bad = bad.clone();
        move || {
            waits.track();
            let (at, below) = (id.clone(), commune.clone());
            let kept = sheet.peek(&id);
            combobox(Combobox {
                id: id.clone(),
                described_by: describes.clone(),
                shows: (units.name)(&kept).unwrap_or(kept),
                suggest: Arc::new(move |text| {
                    units.loaded.track();
                    (units.provinces)(text)
                }),
                keep: Arc::new(move |text| {
                    if sheet.peek(&at) != text {
                        sheet.write(&at, text);
                        sheet.write(&below, "");
                        (units.load)(text);
                    }
                }),
                bad: bad.clone(),
            })
        }
    };
    let commune_box = {
        let (id, above) = (commune.clone(), province.clone());
        let at = commune.clone();
        let chosen = Memo::new(move |_| (waits(sheet, &at), sheet.read(&above)));
        let above = province.clone();
        let bad = bad.clone();
        move || {
            chosen.track();
            let (at, above) = (id.clone(), above.clone());
            let kept = sheet.peek(&id);
            combobox(Combobox {
                id: id.clone(),
                described_by: format!("{id}-hint"),
                shows: (units.name)(&kept).unwrap_or(kept),
                suggest: Arc::new(move |text| {
                    units.loaded.track();
                    (units.communes)(&sheet.peek(&above), text)
                }),
                keep: Arc::new(move |text| sheet.write(&at, text)),
                bad: bad.clone(),
            })
        }
    };
    let at = detail.clone();
    let keep = move |event| sheet.write(&at, &typed(&event));
    let inside = html! {
        <label for=province>{t(Key::QuestionProvince)}</label>
        {province_box}
        <label for=commune.clone()>{t(Key::QuestionCommune)}</label>
        <p class="hint" id=format!("{commune}-hint")>{t(Key::QuestionCommuneHint)}</p>
        {commune_box}
        <label for=detail.clone()>{t(Key::QuestionDetail)}</label>
        <input type="text" id=detail.clone() autocomplete="off" aria-describedby=describes
            aria-invalid=invalid(bad) prop:value=sheet.peek(&detail) on:input=keep />
    };
    grouped(question, sheet, place, html! { <div class="address">{inside}</div> })
}

/// Whether the place holds a code whose name has not arrived yet.
fn waits(sheet: Sheet, place: &str) -> bool {
    sheet.units.loaded.track();
    let kept = sheet.peek(place);
    let is_code = !kept.is_empty() && kept.bytes().all(|byte| byte.is_ascii_digit());
    is_code && (sheet.units.name)(&kept).is_none()
}

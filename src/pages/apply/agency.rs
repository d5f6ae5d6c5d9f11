//! Which one-stop desk receives the dossier.

use super::{first_of_case, go, page};
use crate::clock::today;
use crate::route::{Page, Part};
use crate::state::work::Work;
use form::{Code, Problem};
use procedure::{Agency, Level};
use std::sync::Arc;
use text::Key;
use ui::combobox::{Combobox, combobox};
use ui::prelude::*;
use ui::sheet::Suggestion;
use ui::{Html, html};
use ui::{error_summary, t};

const ID: &str = "agency";

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::AgencyTitle));
    let problems = RwSignal::new(Vec::<Problem>::new());
    let receiving: Arc<[(String, Suggestion)]> =
        work.agencies.receiving(&work.procedure, today()).map(|agency| offered(work, agency)).collect();
    let at_district = work.procedure.receives_at(Level::District, today());
    let (hint, label) = if at_district {
        (Key::AgencyHintDistrict, Key::AgencySearchDistrict)
    } else {
        (Key::AgencyHint, Key::AgencySearch)
    };
    let kept = work.now().agency;
    let shows = receiving.iter().find(|(_, one)| one.value == kept).map_or(kept, |(_, one)| one.label.clone());
    let suggest = {
        let receiving = receiving.clone();
        move |typed: &str| -> Vec<Suggestion> {
            let key = form::text::fold(typed);
            let exact = receiving.iter().any(|(name, _)| *name == key);
            let fits = receiving.iter().filter(|(name, _)| exact || key.split(' ').all(|word| name.contains(word)));
            // Whoever types a name means that place before the others of its old district.
            let (mut first, rest): (Vec<_>, Vec<_>) =
                fits.map(|(_, one)| one.clone()).partition(|one| form::text::fold(&one.label).ends_with(&key));
            first.extend(rest);
            first
        }
    };
    let keep = {
        let work = work.clone();
        move |text: &str| work.change(|draft| text.clone_into(&mut draft.agency))
    };
    let parts = Combobox {
        id: ID.to_owned(),
        described_by: "agency-hint agency-problem".to_owned(),
        shows,
        suggest: Arc::new(suggest),
        keep: Arc::new(keep),
        bad: Arc::new(move || problems.with(|problems| !problems.is_empty())),
    };
    let next = {
        let (work, key) = (work.clone(), key.to_owned());
        move |_| {
            let chosen = work.now().agency;
            if receiving.iter().any(|(_, one)| one.value == chosen) {
                let answered = work.outcome().is_some();
                go(&key, if answered { Part::Tasks } else { first_of_case(&work) });
            } else {
                problems.set(vec![missing()]);
                ui::focus_soon(ui::error_summary::ID);
            }
        }
    };
    let bad = move || problems.with(|problems| !problems.is_empty());
    let told = move || bad().then(|| t(Key::AgencyMissing));
    html! {
        {crate::app::back(&back(work, key))}
        {error_summary(problems, |_| ID.to_owned())}
        <span class="caption">{work.procedure.short.clone()}</span>
        <h1>{t(Key::AgencyTitle)}</h1>
        <div class="field" class:bad=bad>
            <label class="label" for=ID>{t(label)}</label>
            <p class="hint" id="agency-hint">{t(hint)}</p>
            <p class="bad-text" id="agency-problem">{told}</p>
            {combobox(parts)}
        </div>
        <button type="button" class="button" on:click=next>{t(Key::ApplyContinue)}</button>
    }
}

fn back(work: &Work, key: &str) -> Page {
    if work.now().agency.is_empty() { Page::Procedure(work.procedure.id.clone()) } else { page(key, Part::Tasks) }
}

fn offered(work: &Work, agency: &Agency) -> (String, Suggestion) {
    let above = agency.parent.as_deref().and_then(|parent| work.agencies.find(parent));
    let note = above.map(|above| above.name.trim_start_matches("UBND ").to_owned()).unwrap_or_default();
    let name = form::text::fold(&format!("{} {note}", agency.name));
    (name, Suggestion { value: agency.code.clone(), label: agency.name.clone(), note })
}

fn missing() -> Problem {
    Problem {
        place: ID.to_owned(),
        code: Code::AgencyUnknown,
        arg: String::new(),
        label: String::new(),
        blocks: true,
        says: t(Key::AgencyMissing).to_owned(),
    }
}

//! Where the case leads: the forms to fill and the law behind it, or a "no" with its reason.

use super::{first_of_case, page};
use crate::route::Part;
use crate::state::work::Work;
use text::Key;
use ui::{Html, html};
use ui::{fill, t};

pub fn draw(work: &Work, key: &str) -> Html {
    let Some(outcome) = work.outcome() else {
        // Questions are still open: they come first.
        return super::tasks::draw(work, key);
    };
    let asked = !work.procedure.case.steps.is_empty();
    let change = asked.then(|| {
        let href = page(key, first_of_case(work)).path();
        html! { <a class="button quiet" href=href>{t(Key::OutcomeChange)}</a> }
    });
    let law = html! { <p class="law" lang="vi">{t(Key::OutcomeLaw)}": "{outcome.law.clone()}</p> };
    if outcome.forms.is_empty() {
        crate::app::title(t(Key::OutcomeStopTitle));
        return html! {
            {crate::app::back(&page(key, Part::Agency))}
            <h1>{t(Key::OutcomeStopTitle)}</h1>
            <p>{outcome.says.clone()}</p>
            {law}
            <p>{fill(Key::OutcomeAsk, &[("phone", t(Key::FramePhone))])}</p>
            {change}
        };
    }
    crate::app::title(t(Key::OutcomeTitle));
    let forms: Vec<_> = outcome
        .forms
        .iter()
        .filter_map(|id| work.forms.get(id))
        .map(|form| html! { <li><b>{form.number.clone()}</b>" – "{form.title.clone()}<small>{form.about.clone()}</small></li> })
        .collect();
    let href = page(key, Part::Tasks).path();
    html! {
        {crate::app::back(&page(key, Part::Agency))}
        <h1>{t(Key::OutcomeTitle)}</h1>
        <p>{outcome.says.clone()}</p>
        <ul class="list">{forms}</ul>
        {law}
        {(!work.procedure.handwritten.is_empty()).then(|| by_hand(work))}
        <a class="button" href=href>{t(Key::ApplyContinue)}</a>
        {change}
    }
}

/// The box of those who have the forms on paper already.
fn by_hand(work: &Work) -> Html {
    let checked = work.procedure.by_hand(&work.case_values());
    let work = work.clone();
    let turn = move |_| {
        let name = &work.procedure.handwritten;
        work.change(|draft| {
            let turned = if draft.case.get(name).is_empty() { "yes" } else { "" };
            draft.case.set(name, turned);
        });
    };
    html! {
        <label class="choice">
            <input type="checkbox" prop:checked=checked on:change=turn />
            <span>{t(Key::OutcomeByHand)}</span>
        </label>
    }
}

//! Where the case leads: the forms to fill and the law behind it, or a "no" with its reason.

use super::{first_of_case, page};
use crate::route::Part;
use crate::state::work::Work;
use procedure::procedure::FILER_FORM;
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
    let forms: Vec<_> = work
        .form_ids()
        .iter()
        .filter(|id| *id != FILER_FORM)
        .filter_map(|id| work.forms.get(id))
        .map(|form| html! { <li><b>{form.number.clone()}</b>" – "{form.title.clone()}<small>{form.about.clone()}</small></li> })
        .collect();
    let href = page(key, Part::Tasks).path();
    html! {
        {crate::app::back(&page(key, Part::Agency))}
        <h1>{t(Key::OutcomeTitle)}</h1>
        <p>{outcome.says.clone()}</p>
        <h2>{t(Key::OutcomeForms)}</h2>
        <ul class="list">{forms}</ul>
        {law}
        <a class="button" href=href>{t(Key::ApplyContinue)}</a>
        {change}
    }
}

//! The list of what is wrong, on top of the page; it takes the focus and leads to each place.

use crate::prelude::*;
use crate::{Html, html};
use crate::{fill, focus, t, words};
use form::Problem;
use text::Key;

/// The id of the summary.
pub const ID: &str = "problems";

/// Draws the problems that block, or else the warnings; nothing when there are none. `target` gives the id to focus.
pub fn error_summary(problems: RwSignal<Vec<Problem>>, target: impl Fn(&Problem) -> String + 'static) -> Html {
    summary(problems, Box::new(target))
}

fn summary(problems: RwSignal<Vec<Problem>>, target: Box<dyn Fn(&Problem) -> String>) -> Html {
    let inside = move || {
        let found = problems.get();
        let blocking = found.iter().filter(|problem| problem.blocks).count();
        let title = match (found.is_empty(), blocking) {
            (true, _) => return None,
            (false, 0) => t(Key::ErrorsWarning).to_owned(),
            (false, 1) => t(Key::ErrorsTitleOne).to_owned(),
            (false, count) => fill(Key::ErrorsTitle, &[("count", &count.to_string())]),
        };
        let told = found.into_iter().filter(|problem| problem.blocks || blocking == 0);
        let rows: Vec<_> = told
            .map(|problem| {
                let id = target(&problem);
                let href = format!("#{id}");
                let go = move |event: web_sys::Event| {
                    event.prevent_default();
                    focus(&id);
                };
                html! { <li><a href=href on:click=go>{text::problem(words(), &problem)}</a></li> }
            })
            .collect();
        let class = if blocking == 0 { "summary mild" } else { "summary" };
        let hint = (blocking == 0).then(|| html! { <p>{t(Key::ErrorsWarningHint)}</p> });
        Some(html! {
            <div class=class id=ID tabindex="-1" role="alert" aria-labelledby="problems-title">
                <h2 id="problems-title">{title}</h2>
                <ul>{rows}</ul>
                {hint}
            </div>
        })
    };
    html! { {inside} }
}

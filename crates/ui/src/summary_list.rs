//! Answers set out for reading again, each with a way to change it.

use crate::t;
use crate::{Html, html};
use form::summary::{Row, Section};
use text::Key;

/// Draws sections of answers. `href` gives the page on which a section's step is asked; nothing when it cannot be changed.
pub fn summary_list(sections: Vec<Section>, href: impl Fn(&Section, &Row) -> Option<String>) -> Html {
    let parts: Vec<_> = sections
        .into_iter()
        .map(|section| {
            let rows: Vec<_> = section.rows.iter().map(|row| drawn(row, href(&section, row))).collect();
            html! { <h3>{section.title.clone()}</h3><dl class="answers">{rows}</dl> }
        })
        .collect();
    html! { {parts} }
}

fn drawn(row: &Row, href: Option<String>) -> Html {
    let answer = match (row.yes_no, row.answer.as_str()) {
        (_, "") => t(Key::CheckNotAnswered).to_owned(),
        (true, "yes") => t(Key::FrameYes).to_owned(),
        (true, "no") => t(Key::FrameNo).to_owned(),
        (_, answer) => answer.to_owned(),
    };
    let label = if row.row.is_empty() { row.label.clone() } else { format!("{} – {}", row.row, row.label) };
    let change = href.map(|href| {
        let name = format!("{} {label}", t(Key::CheckChange));
        html! { <dd class="action"><a href=href aria-label=name>{t(Key::CheckChange)}</a></dd> }
    });
    html! { <div class="row"><dt>{label}</dt><dd>{answer}</dd>{change}</div> }
}

//! The answers of all forms, each with a way to say that it has to be mended.

use super::desk::Desk;
use super::marks;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskAnswer, DeskForm, DeskSection};

pub fn draw(desk: Desk) -> Html {
    // Only drawn anew when the forms themselves change, not after every act.
    let forms = Memo::new(move |_| desk.read(|dossier| dossier.forms.clone()).unwrap_or_default());
    let inside = move || forms.with(|forms| forms.iter().map(|one| form(one, desk)).collect::<Vec<_>>());
    html! { <h2 id="answers-title">"Tờ khai"</h2>{inside} }
}

fn form(form: &DeskForm, desk: Desk) -> Html {
    let sections: Vec<_> = form.sections.iter().map(|one| section(one, desk)).collect();
    let print = form.print.map(|number| {
        let name = if form.number.is_empty() { "tờ khai".to_owned() } else { form.number.clone() };
        let take = move |_| {
            desk.give(desk.path(&format!("/forms/{number}/pdf")), "application/pdf", format!("to-khai-{number}.pdf"));
        };
        html! { <button type="button" class="link" on:click=take>{format!("Tải {name} (PDF)")}</button> }
    });
    let number = (!form.number.is_empty()).then(|| html! { <span class="caption">{form.number.clone()}</span> });
    html! { <div class="form-head"><h3>{number}{form.title.clone()}</h3>{print}</div>{sections} }
}

fn section(section: &DeskSection, desk: Desk) -> Html {
    let rows: Vec<_> = section.rows.iter().map(|one| row(one, desk)).collect();
    html! { <h4>{section.title.clone()}</h4><dl class="answers">{rows}</dl> }
}

fn row(row: &DeskAnswer, desk: Desk) -> Html {
    let (answer, class) = match row.answer.as_str() {
        "" => ("Không khai".to_owned(), "none"),
        answer => (answer.to_owned(), ""),
    };
    if row.place.is_empty() {
        return html! { <div class="row"><dt>{row.label.clone()}</dt><dd class=class>{answer}</dd></div> };
    }
    let marked = marks::is_marked(desk, &row.place);
    html! {
        <div class="row" class:marked=move || marked.get()>
            <dt>{row.label.clone()}</dt>
            <dd class=class>{answer}</dd>
            <dd class="action">{marks::button(desk, &row.place, &row.label)}</dd>
            <dd class="mark">{marks::field(desk, &row.place, &row.label)}</dd>
        </div>
    }
}

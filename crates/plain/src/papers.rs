//! The papers a case needs: those that have arrived, each with a tick to keep it, and a field for more.

use crate::fields::{Drawn, said};
use crate::frame::t;
use crate::typed::{Typed, write_paper};
use form::Problem;
use maud::{Markup, html};
use procedure::Need;
use text::Key;

/// What file fields take.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf";

pub(crate) fn draw(needs: &[Need<'_>], typed: &Typed, problems: &[Problem], drawn: &Drawn) -> Markup {
    html! {
        h2 { (t(Key::PapersTitle)) }
        @if needs.is_empty() {
            p { (t(Key::PapersNone)) }
        } @else {
            p.hint { (t(Key::PlainPapersHint)) }
            @for need in needs { (one(need, typed, problems, drawn)) }
            p.hint { (t(Key::PapersOriginal)) }
        }
        @for problem in problems.iter().filter(|problem| problem.place == "papers") { (said(problem)) }
    }
}

fn one(need: &Need<'_>, typed: &Typed, problems: &[Problem], drawn: &Drawn) -> Markup {
    let id = format!("papers/{}", need.paper.id);
    drawn.borrow_mut().insert(id.clone());
    let wrong: Vec<&Problem> = problems.iter().filter(|problem| problem.place == id).collect();
    let arrived: Vec<_> = typed.papers.iter().filter(|paper| paper.paper == need.paper.id).collect();
    html! {
        fieldset.field.bad[wrong.iter().any(|problem| problem.blocks)] {
            legend.label { (need.paper.name) @if !need.required { " " (t(Key::ApplyOptional)) } }
            p.hint id={ (id) "-hint" } { (need.paper.why) " (" (need.paper.law) ")" }
            div id={ (id) "-problem" } { @for problem in &wrong { (said(problem)) } }
            @for (number, paper) in arrived.iter().enumerate() {
                @let keep = format!("{id}={number}");
                label.choice for=(keep) {
                    input type="checkbox" id=(keep) name=(id) value=(write_paper(paper)) checked;
                    span { (paper.name) small { (t(Key::PlainArrived)) } }
                }
            }
            label for=(id) { @if arrived.is_empty() { (t(Key::PapersFile)) } @else { (t(Key::PlainMoreFiles)) } }
            input type="file" id=(id) name=(id) multiple accept=(ACCEPT) aria-describedby={ (id) "-hint " (id) "-problem" }
                aria-invalid=[(!wrong.is_empty()).then_some("true")];
        }
    }
}

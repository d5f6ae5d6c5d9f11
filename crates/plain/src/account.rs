//! The pages of citizens' accounts (Trang cá nhân): registering step by step, signing in, and what is in an account.
//!
//! Pages of HTML alone, as the public lists are: whoever has a poor telephone waits for no program, and the citizens' site
//! carries nothing of them. Like the officers' words they stand where they are shown, and are Vietnamese only
//! (`docs/decisions/0037-pages-of-accounts.md`).

pub mod consent;
pub mod home;
pub mod identity;
pub mod kept;
pub mod links;
pub mod notices;
pub mod others;
pub mod phone;
pub mod register;
pub mod settings;
pub mod sign_in;
pub mod typed;

use crate::frame::{Style, page_of, t};
use crate::line;
use maud::{Markup, html};
use text::Key;
use wire::FieldProblem;

/// The frame around a page of accounts.
fn page(style: &Style, title: &str, inside: &Markup) -> String {
    // What a mailed link or an identity provider's page left behind `#` may arrive at any of them.
    page_of(style, title, "/", &html! { (inside) script src="/account.js" {} })
}

/// Everything that has to be mended, on top of the page, each leading to its field.
fn summary(wrong: &[FieldProblem]) -> Markup {
    summary_of("", wrong)
}

/// The same where a page has several forms: ids begin with the name of the one that was sent.
fn summary_of(form: &str, wrong: &[FieldProblem]) -> Markup {
    let wrong: Vec<_> = wrong.iter().map(|problem| (id(form, &problem.place), problem.says.as_str())).collect();
    line::summary_of(&wrong)
}

/// The id of a field in one of a page's forms, which has a name where there are several.
fn id(form: &str, name: &str) -> String {
    if form.is_empty() { name.to_owned() } else { format!("{form}-{name}") }
}

/// A field of one line.
#[derive(Clone, Copy, Default)]
struct Line<'a> {
    /// The name of its form where a page has several.
    form: &'a str,
    /// The field's name and place.
    name: &'a str,
    label: &'a str,
    /// Empty for none.
    hint: &'a str,
    /// `text`, `email`, `tel` or `password`.
    kind: &'a str,
    /// What the browser may fill in.
    autocomplete: &'a str,
    value: &'a str,
}

impl Line<'_> {
    fn draw(self, wrong: &[FieldProblem]) -> Markup {
        let Line { form, name, label, hint, kind, autocomplete, value } = self;
        // A lookup code, which has letters, is no such field.
        let digits = autocomplete == "one-time-code" || name == "digits" || name == "number";
        field((form, name), label, hint, wrong, &|id, described, bad| {
            html! {
                input id=(id) name=(name) type=(kind) autocomplete=(autocomplete) value=(value)
                    inputmode=[digits.then_some("numeric")]
                    autocapitalize=[(kind != "text").then_some("none")] spellcheck="false"
                    aria-describedby=[described] aria-invalid=[bad];
            }
        })
    }
}

/// Draws an input: told its id, what describes it, and whether it is wrong.
type Input<'a> = dyn Fn(&str, Option<String>, Option<&'static str>) -> Markup + 'a;

/// A field around its input, which is told what describes it and whether it is wrong.
fn field((form, name): (&str, &str), label: &str, hint: &str, wrong: &[FieldProblem], input: &Input<'_>) -> Markup {
    let says = wrong.iter().find(|problem| problem.place == name).map(|problem| problem.says.as_str());
    let id = id(form, name);
    let described = line::described(&id, !hint.is_empty(), says);
    line::framed(&id, label, hint, says, &input(&id, described, says.map(|_| "true")))
}

/// A list to choose from.
fn select(
    (name, label, hint): (&str, &str, &str),
    chosen: &str,
    options: &[(&str, &str)],
    wrong: &[FieldProblem],
) -> Markup {
    field(("", name), label, hint, wrong, &|id, described, bad| {
        html! {
            select id=(id) name=(name) aria-describedby=[described] aria-invalid=[bad] {
                option value="" { (t(Key::PlainChoose)) }
                @for (value, label) in options { option value=(value) selected[*value == chosen] { (label) } }
            }
        }
    })
}

fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Why something was refused.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        a.button.quiet href="/account" { "Về Trang cá nhân" }
    };
    page(style, title, &inside)
}

//! Public lists: which there are, one of them, and objecting to a line of it. Pages of HTML alone, because every telephone
//! opens them, nothing keeps them, and what has ended is nowhere any more.

use crate::frame::{Style, fill, moment, page_of, t};
use crate::line::{described, summary, text_field};
use maud::{Markup, html};
use procedure::Agency;
use procedure::calendar::Moment;
use text::Key;
use wire::{PostingHead, PublicLine, PublicPosting};

/// What was typed of an objection.
#[derive(Clone, Debug, Default)]
pub struct Objecting {
    /// The key under which it is taken once.
    pub key: String,
    /// Who objects.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// What is wrong.
    pub says: String,
}

fn page(style: &Style, title: &str, inside: &Markup) -> String {
    page_of(style, title, "/niem-yet", inside)
}

/// The communes to choose from, and the lists of the one that was chosen.
#[must_use]
pub fn list(style: &Style, agencies: &[&Agency], chosen: Option<&Agency>, found: Option<&[PostingHead]>) -> String {
    let inside = html! {
        h1 { (t(Key::PostingTitle)) }
        p { (t(Key::PostingIntro)) }
        form method="get" action="/niem-yet" {
            div.field {
                label.label for="xa" { (t(Key::PostingCommune)) }
                select #xa name="xa" {
                    option value="" { (t(Key::PlainChoose)) }
                    @for agency in agencies {
                        option value=(agency.code) selected[chosen.is_some_and(|one| one.code == agency.code)] { (agency.name) }
                    }
                }
            }
            button.button { (t(Key::PostingShow)) }
        }
        @if let (Some(agency), Some(found)) = (chosen, found) {
            h2 { (agency.name) }
            @if found.is_empty() { p { (t(Key::PostingNone)) } }
            ul.list {
                @for head in found {
                    li {
                        a href={ "/niem-yet/" (head.id) } { (head.title) }
                        small { (fill(Key::PostingPeople, &[("count", &head.lines.to_string())])) }
                        small { (until(head.not_after)) }
                    }
                }
            }
        }
    };
    page(style, t(Key::PostingTitle), &inside)
}

/// One list.
#[must_use]
pub fn posting(style: &Style, posting: &PublicPosting) -> String {
    let inside = html! {
        a.back href="/niem-yet" { "‹ " (t(Key::PostingTitle)) }
        span.caption { (posting.agency) }
        h1 { (t(Key::PostingOne)) }
        p { b { (posting.title) } }
        p { (until(posting.not_after)) " " (t(Key::PostingThenGone)) }
        p { (t(Key::PostingHow)) }
        h2 { (fill(Key::PostingPeople, &[("count", &posting.lines.len().to_string())])) }
        ol.list {
            @for line in &posting.lines {
                li {
                    b { (line.line) ". " (line.name) }
                    small { (line.place) }
                    a href={ "/niem-yet/" (posting.id) "/" (line.line) } {
                        span { (t(Key::PostingObject)) span.unseen { " " (line.name) } }
                    }
                }
            }
        }
        p { (fill(Key::PostingAsk, &[("agency", &posting.agency), ("phone", &posting.phone)])) }
        a.button.quiet href={ "/niem-yet/" (posting.id) ".pdf" } { (t(Key::PostingPrint)) }
    };
    page(style, t(Key::PostingOne), &inside)
}

/// The form in which somebody objects to a line, with what is wrong with it: the field, and why.
#[must_use]
pub fn object(
    style: &Style,
    posting: &PublicPosting,
    line: &PublicLine,
    typed: &Objecting,
    wrong: &[(&'static str, Key)],
) -> String {
    let says = |field: &str| crate::line::says(wrong, field);
    let inside = html! {
        a.back href={ "/niem-yet/" (posting.id) } { "‹ " (t(Key::PostingBack)) }
        h1 { (t(Key::PostingObject)) }
        (summary(wrong))
        (about(posting, line))
        p { (t(Key::PostingWhoReads)) }
        form method="post" action={ "/niem-yet/" (posting.id) "/" (line.line) } enctype="multipart/form-data" novalidate {
            input type="hidden" name="key" value=(typed.key);
            (text_field("name", Key::PostingName, None, says("name"), &html! {
                input #name type="text" name="name" autocomplete="name" value=(typed.name)
                    aria-describedby=[described("name", false, says("name"))] aria-invalid=[says("name").map(|_| "true")];
            }))
            (text_field("contact", Key::PostingContact, Some(Key::PostingContactHint), says("contact"), &html! {
                input #contact type="text" name="contact" autocomplete="tel" value=(typed.contact)
                    aria-describedby=[described("contact", true, says("contact"))] aria-invalid=[says("contact").map(|_| "true")];
            }))
            (text_field("says", Key::PostingSays, Some(Key::PostingSaysHint), says("says"), &html! {
                // The first line break inside a text area is not part of its text.
                textarea #says name="says" rows="5" aria-describedby=[described("says", true, says("says"))]
                    aria-invalid=[says("says").map(|_| "true")] { "\n" (typed.says) }
            }))
            button.button { (t(Key::PostingSend)) }
        }
    };
    page(style, t(Key::PostingObject), &inside)
}

fn about(posting: &PublicPosting, line: &PublicLine) -> Markup {
    html! {
        dl.answers {
            div.row { dt { (t(Key::PostingAbout)) } dd { b { (line.name) } br; (line.place) } }
            div.row { dt { (t(Key::PostingInList)) } dd { (posting.title) br; (posting.agency) } }
        }
    }
}

/// What whoever objected reads: that it was taken, and what happens with it.
#[must_use]
pub fn objected(style: &Style, posting: &PublicPosting, line: &PublicLine) -> String {
    let inside = html! {
        div.done { h1 { (t(Key::PostingTaken)) } }
        (about(posting, line))
        p { (t(Key::PostingThen)) }
        p { (fill(Key::PostingAsk, &[("agency", &posting.agency), ("phone", &posting.phone)])) }
        a.button.quiet href={ "/niem-yet/" (posting.id) } { (t(Key::PostingBack)) }
    };
    page(style, t(Key::PostingTaken), &inside)
}

/// Why something was refused.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        a.button.quiet href="/niem-yet" { (t(Key::PostingTitle)) }
    };
    page(style, title, &inside)
}

fn until(not_after: i64) -> String {
    fill(Key::PostingUntil, &[("time", &moment(Moment(not_after)))])
}

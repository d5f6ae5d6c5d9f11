//! The frame of every plain page, the list of procedures, and the page that says why something was refused.

use maud::{DOCTYPE, Markup, html};
use procedure::calendar::Moment;
use text::time::day;
use text::{Key, Words};

/// Where the site's style sheets are, as its first page names them.
pub type Style = [String];

/// A text of the page; plain pages are in Vietnamese, as the forms and the API's sentences are.
pub(crate) fn t(key: Key) -> &'static str {
    static WORDS: Words = Words::vietnamese();
    WORDS.get(key)
}

pub(crate) fn fill(key: Key, with: &[(&str, &str)]) -> String {
    Words::vietnamese().fill(key, with)
}

/// "10:58 Chủ nhật 22/11/2026".
#[must_use]
pub fn moment(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{hour}:{minute:02} {}", date(moment))
}

/// "Chủ nhật 22/11/2026".
#[must_use]
pub fn date(moment: Moment) -> String {
    day(&Words::vietnamese(), moment.date())
}

/// The frame around a page of the plain form.
pub(crate) fn page(style: &Style, title: &str, inside: &Markup) -> String {
    page_of(style, title, "/plain", inside)
}

/// The frame around a page whose name of the site leads to `home`, and that no search engine is to keep.
pub(crate) fn page_of(style: &Style, title: &str, home: &str, inside: &Markup) -> String {
    whole(style, title, home, false, inside)
}

/// The frame around a page that anybody may find.
pub(crate) fn findable(style: &Style, title: &str, home: &str, inside: &Markup) -> String {
    whole(style, title, home, true, inside)
}

fn whole(style: &Style, title: &str, home: &str, findable: bool, inside: &Markup) -> String {
    let whole = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if !findable { meta name="robots" content="noindex"; }
                // Else a browser asks for one that is not there.
                link rel="icon" href="data:,";
                title { (fill(Key::FramePageTitle, &[("title", title)])) }
                @for sheet in style { link rel="stylesheet" href=(sheet); }
            }
            body {
                a.skip href="#main" { (t(Key::FrameSkip)) }
                header.bar {
                    span.mark aria-hidden="true" { "QT" }
                    a.who href=(home) { (t(Key::FrameProvince)) b { (t(Key::FrameName)) } }
                }
                main #main tabindex="-1" { (inside) }
                footer {
                    p {
                        a href="/niem-yet" { (t(Key::PostingTitle)) } " · "
                        a href="/phan-anh" { (t(Key::PetitionTitle)) } " · "
                        a href="/so-lieu" { (t(Key::PublicFiguresTitle)) }
                    }
                    p { (fill(Key::FrameHelp, &[("phone", t(Key::FramePhone))])) }
                    p { (t(Key::FrameDemonstration)) }
                }
            }
        }
    };
    whole.into_string()
}

/// The procedures that may be filed, each with its id, the name people use and a sentence on it.
#[must_use]
pub fn list<'a>(style: &Style, procedures: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let inside = html! {
        h1 { (t(Key::PlainTitle)) }
        p { (t(Key::PlainIntro)) }
        p { a href="/dich-vu" { (t(Key::ServicesAll)) } }
        ul.list {
            @for (id, short, summary) in procedures {
                li { a href={ "/plain/" (id) } { (short) } small { (summary) } }
            }
        }
    };
    page(style, t(Key::PlainTitle), &inside)
}

/// Why something was refused.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        p { (t(Key::PlainGoBack)) }
        a.button.quiet href="/plain" { (t(Key::PlainTitle)) }
    };
    page(style, title, &inside)
}

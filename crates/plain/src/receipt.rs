//! The receipt: the code large, what happens next and by when, what arrived.

use crate::frame::{Style, fill, moment, page, t};
use maud::html;
use procedure::calendar::Moment;
use text::time::day;
use text::{Key, Words};
use wire::Receipt;

/// The page of a receipt.
#[must_use]
pub fn receipt(style: &Style, receipt: &Receipt) -> String {
    let promises = &receipt.promises;
    let inside = html! {
        div.done {
            h1 { (t(Key::ReceiptTitle)) }
            p { (t(Key::ReceiptCode)) }
            span.code { (receipt.code) }
            p { (t(Key::ReceiptSecret)) }
        }
        p { (t(Key::ReceiptKeep)) }
        h2 { (t(Key::ReceiptNext)) }
        ol.steps {
            li.past { b { (t(Key::ReceiptYouSent)) } small { (moment(Moment(receipt.sent_at))) } }
            li.now {
                b { (fill(Key::ReceiptReception, &[("agency", &receipt.agency)])) }
                small { (fill(Key::ReceiptReceptionBy, &[("time", &moment(Moment(promises.reception.at)))])) }
            }
            li {
                b { (t(Key::ReceiptResult)) }
                small { (fill(Key::ReceiptResultBy, &[("time", &day(&Words::vietnamese(), Moment(promises.result.at).date()))])) }
            }
        }
        dl.answers {
            div.row { dt { (t(Key::ReceiptProcedure)) } dd { (receipt.procedure) } }
            div.row { dt { (t(Key::ReceiptAgency)) } dd { (receipt.agency) br; (receipt.phone) } }
        }
        @if !receipt.papers.is_empty() {
            h2 { (t(Key::ReceiptPapers)) }
            ul.list {
                @for paper in &receipt.papers { li { (paper.name) small.hash { "SHA-256 " (paper.sha256) } } }
            }
        }
    };
    page(style, t(Key::ReceiptTitle), &inside)
}

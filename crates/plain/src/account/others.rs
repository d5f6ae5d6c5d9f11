//! Nộp hộ: who files for whom with whose consent, and what was filed by it.

use super::{hidden, page};
use crate::frame::{Style, date, moment, t};
use account::consent::Kinship;
use maud::{Markup, html};
use procedure::calendar::Moment;
use wire::{FeeWord, FiledDossiers, FiledForOther, MyConsent, MyConsents};

/// What is to be said on top of the page, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A consent was offered; its code is to be told.
    Offered,
    /// One was taken up.
    Accepted,
    /// One was recorded from paper; its code is to be given on.
    Recorded,
    /// One was taken back.
    Withdrawn,
}

impl Done {
    /// The one that an address names.
    #[must_use]
    pub fn read(query: Option<&str>) -> Option<Self> {
        match query? {
            "offered" => Some(Self::Offered),
            "accepted" => Some(Self::Accepted),
            "recorded" => Some(Self::Recorded),
            "withdrawn" => Some(Self::Withdrawn),
            _ => None,
        }
    }

    const fn says(self) -> &'static str {
        match self {
            Self::Offered => "Đã tạo mã đồng ý. Đọc mã ở dưới cho người nộp hộ; họ đăng nhập rồi nhập mã trong 7 ngày.",
            Self::Accepted => {
                "Bạn đã nhận nộp hộ. Từ giờ, hồ sơ bạn nộp cho người ấy cũng hiện trong tài khoản của họ."
            }
            Self::Recorded => {
                "Đã ghi nhận. Hãy chép mã ở dưới vào giấy, đưa cho người được nộp hộ: có mã là rút lại được."
            }
            Self::Withdrawn => "Đã rút lại sự đồng ý.",
        }
    }
}

/// All consents of an account, and what was filed by those it holds.
#[must_use]
pub fn others(style: &Style, consents: &MyConsents, filed: &FiledDossiers, done: Option<Done>) -> String {
    let inside = html! {
        a.back href="/account" { "‹ Trang cá nhân" }
        @if let Some(done) = done { div.done role="status" { p { (done.says()) } } }
        h1 { "Nộp hộ" }
        p { "Con cháu, trưởng thôn hay nhân viên nộp hồ sơ thay thì cần được người có hồ sơ đồng ý. Cả hai bên và cơ quan đều thấy, và rút lại lúc nào cũng được." }
        h2 { "Tôi nộp hộ người khác" }
        @for consent in &consents.held { (held(consent)) }
        @if consents.held.is_empty() { p { "Chưa có ai đồng ý cho bạn nộp hộ." } }
        p {
            a.button.quiet href="/account/others/accept" { "Tôi có mã đồng ý" }
            a.button.quiet href="/account/others/paper" { "Người ấy ký trên giấy" }
        }
        @if !filed.rows.is_empty() { h2 #filed { "Hồ sơ tôi đã nộp hộ" } }
        @for row in &filed.rows { (dossier(row)) }
        @if let (true, Some(last)) = (filed.more, filed.rows.last()) {
            p { a href={ "/account/others?before=" (last.dossier.id) } { "Xem hồ sơ cũ hơn" } }
        }
        h2 { "Người nộp hộ tôi" }
        @for consent in &consents.given { (given(consent)) }
        @if consents.given.is_empty() { p { "Bạn chưa cho ai nộp hộ." } }
        p { a.button.quiet href="/account/others/give" { "Cho người khác nộp hộ tôi" } }
    };
    page(style, "Nộp hộ", &inside)
}

pub(super) fn lives(consent: &MyConsent) -> bool {
    matches!(consent.standing.as_str(), "offered" | "in-force")
}

/// A consent by which the account's holder files.
fn held(consent: &MyConsent) -> Markup {
    html! {
        div.panel {
            p { b { (consent.owner) } br; small { "Bạn là: " (kinship(&consent.kinship)) } }
            (stands(consent))
            @if consent.basis == "paper" && lives(consent) {
                p { small { "Mã rút lại, chép cho người được nộp hộ. Rút lại ở trang " b { "/dong-y" } " hoặc tại Bộ phận Một cửa:" } br; span.code { (consent.code) } }
            }
            @if consent.standing == "in-force" {
                p.hint { "Khi điền, chọn «Nộp hộ người khác» và ghi đúng tên, số định danh của người ấy: hồ sơ tự gắn với sự đồng ý này." }
                a.button href="/" { "Nộp hồ sơ" span.unseen { " hộ " (consent.owner) } }
            }
            @if lives(consent) { (take_back(consent, "Thôi nộp hộ", &consent.owner)) }
        }
    }
}

/// A consent by which somebody files for the account's holder.
fn given(consent: &MyConsent) -> Markup {
    html! {
        div.panel.go-on[consent.standing == "offered"] {
            p { b { (consent.filer) } br; small { (kinship(&consent.kinship)) } }
            (stands(consent))
            @if consent.standing == "offered" {
                p { small { "Mã đồng ý, đọc cho người nộp hộ:" } br; span.code { (consent.code) } }
            }
            // Also once its time is over: until it is taken back, whoever filed still follows what they filed.
            @if consent.standing != "withdrawn" { (take_back(consent, "Rút lại sự đồng ý", &consent.filer)) }
        }
    }
}

/// Whether a consent holds, until when, on what it rests, and what was filed by it.
pub(super) fn stands(consent: &MyConsent) -> Markup {
    let at = |at: i64| moment(Moment(at));
    let until = date(Moment(consent.until));
    html! {
        p {
            @match consent.standing.as_str() {
                "offered" => { span.tag.wait { "Chờ nhập mã" } " " small { "trước " (at(consent.until)) } },
                "in-force" => { span.tag.ok { "Đang có hiệu lực" } " " small { "đến hết " (until) } },
                "withdrawn" => { span.tag { "Đã rút lại" } " " small { (consent.withdrawn_at.map(at).unwrap_or_default()) } },
                _ => { span.tag { "Đã hết hạn" } " " small { "từ " (until) } },
            }
        }
        p.hint {
            @if consent.basis == "paper" { "Ký trên giấy, ghi nhận " } @else { "Cho từ tài khoản " } (at(consent.given_at))
            @if !consent.procedure.is_empty() { br; "Chỉ cho: " (consent.procedure) }
            @if consent.dossiers > 0 { br; (consent.dossiers) " hồ sơ đã nộp hộ" }
        }
    }
}

fn take_back(consent: &MyConsent, says: &str, whose: &str) -> Markup {
    html! {
        form method="post" action="/account/others" {
            (hidden("id", &consent.id))
            button.link { (says) span.unseen { ": " (whose) } }
        }
    }
}

/// A dossier that was filed for somebody else.
fn dossier(row: &FiledForOther) -> Markup {
    let FiledForOther { dossier, person, consent } = row;
    let waits = dossier.state == "supplement-asked" || dossier.fee == FeeWord::Unpaid;
    html! {
        div.panel.go-on[waits] {
            p { b { (person) } br; small { (dossier.title) } }
            p {
                span.tag { (t(text::dossier::state(&dossier.state))) }
                @if dossier.fee == FeeWord::Unpaid { " " span.tag.wait { "Chưa nộp phí, lệ phí" } }
            }
            p.hint {
                "Nộp " (moment(Moment(dossier.sent_at)))
                @if consent.is_empty() { br; "Lúc nộp chưa có sự đồng ý được ghi nhận" }
            }
            a.button.quiet href={ "/track#" (dossier.code) } { "Xem tiến độ" span.unseen { " " (person) } }
        }
    }
}

pub(super) fn kinship(name: &str) -> &'static str {
    Kinship::of_name(name).map_or("", Kinship::says)
}

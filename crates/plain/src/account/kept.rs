//! Kho giấy tờ của tôi, Danh sách giao dịch, and the petitions that were sent from the account.

use super::{Line, field, hidden, page, summary};
use crate::frame::{Style, moment, t};
use crate::petition::state;
use form::kind::money::group;
use maud::html;
use procedure::calendar::Moment;
use text::Key;
use wire::{FieldProblem, MyPapers, MyPetition, MyPetitions, MyTransactions};

/// What was done with the papers, told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// One was put in.
    Kept,
    /// One was taken out.
    Left,
}

/// The papers, and a form to put one in.
#[must_use]
pub fn papers(style: &Style, papers: &MyPapers, done: Option<Done>, name: &str, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        a.back href="/account" { "‹ Trang cá nhân" }
        (summary(wrong))
        @if let Some(done) = done {
            div.done role="status" { p { (match done {
                Done::Kept => "Đã cất giấy vào kho.",
                Done::Left => "Đã bỏ giấy khỏi kho. Giấy đã nộp cùng hồ sơ vẫn ở cơ quan.",
            }) } }
        }
        h1 { "Giấy tờ của tôi" }
        p { "Giấy bạn đã nộp, kết quả đã nhận và giấy bạn tự cất. Hồ sơ sau lấy lại được, không phải chụp lần nữa." }
        @if papers.rows.is_empty() { p { b { "Chưa có giấy nào." } } }
        @for row in &papers.rows {
            div.panel {
                p { b { (row.name) } br;
                    small { (origin(&row.origin)) @if !row.of.is_empty() { " · " (row.of) } } br;
                    small { (moment(Moment(row.kept_at))) " · " (row.size.div_ceil(1000)) " KB" }
                }
                a.button.quiet href={ "/api/v1/citizens/me/papers/" (row.sha256) } download { "Tải về" span.unseen { " " (row.name) } }
                form method="post" action="/account/papers/leave" {
                    (hidden("sha256", &row.sha256))
                    button.link { "Bỏ khỏi kho" span.unseen { " " (row.name) } }
                }
            }
        }
        h2 { "Cất thêm một giấy" }
        form method="post" action="/account/papers" enctype="multipart/form-data" novalidate {
            (Line { name: "name", label: "Tên giấy", hint: "Ví dụ: Giấy khai sinh của cháu An", kind: "text", autocomplete: "off", value: name, ..Line::default() }.draw(wrong))
            (field(("", "file"), "Ảnh hoặc tệp PDF", "Tối đa 10 MB. Trên điện thoại, bấm để chụp hoặc chọn ảnh.", wrong, &|id, described, bad| html! {
                input id=(id) name="file" type="file" accept="image/*,application/pdf" aria-describedby=[described] aria-invalid=[bad];
            }))
            button.button.quiet { "Cất vào kho" }
        }
    };
    page(style, "Giấy tờ của tôi", &inside)
}

fn origin(name: &str) -> &'static str {
    match name {
        "sent" => "Đã nộp cùng hồ sơ",
        "result" => "Kết quả cơ quan trả",
        _ => "Bạn tự cất",
    }
}

/// What was written to the office from the account.
#[must_use]
pub fn petitions(style: &Style, all: &MyPetitions) -> String {
    let inside = html! {
        a.back href="/account" { "‹ Trang cá nhân" }
        h1 { (t(Key::PetitionTitle)) }
        p { "Phản ánh, kiến nghị bạn gửi khi đang đăng nhập. Cán bộ không thấy tài khoản của bạn, chỉ thấy những gì bạn viết." }
        @if all.rows.is_empty() { p { b { "Chưa gửi phản ánh nào." } } }
        @for MyPetition { code, standing } in &all.rows {
            div.panel {
                p { b { (standing.field) } br; small { "Gửi " (moment(Moment(standing.sent_at))) " đến " (standing.unit) } }
                p { span.tag { (t(state(&standing.state))) } }
                form method="post" action="/phan-anh/theo-doi" enctype="multipart/form-data" {
                    (hidden("code", code))
                    button.button.quiet { "Xem" span.unseen { " " (standing.field) } }
                }
            }
        }
        a.button href="/phan-anh/gui" { (t(Key::PetitionWrite)) }
    };
    page(style, t(Key::PetitionTitle), &inside)
}

/// What was to be paid, and what came of it.
#[must_use]
pub fn transactions(style: &Style, all: &MyTransactions) -> String {
    let inside = html! {
        a.back href="/account" { "‹ Trang cá nhân" }
        h1 { "Danh sách giao dịch" }
        p { "Phí, lệ phí của các hồ sơ trong tài khoản. Thanh toán và biên lai ở trang của từng hồ sơ." }
        @if all.rows.is_empty() { p { b { "Chưa có hồ sơ nào phải nộp phí." } } }
        @for row in &all.rows {
            @let paid = row.fee.paid_at;
            div.panel.go-on[paid.is_none() && row.fee.amount > 0] {
                p { b { (row.title) } @if !row.number.is_empty() { br; small { "Mã hồ sơ " (row.number) } } }
                p { b { (group(row.fee.amount)) " đồng" } br; small { (row.fee.words) } br; small { "Thu bởi " (row.fee.agency) } }
                p {
                    @match paid {
                        Some(at) => { span.tag.ok { "Đã nộp" } " " small { (moment(Moment(at))) } }
                        None => span.tag.wait { "Chưa nộp" }
                    }
                }
                @for order in &row.fee.orders {
                    p.hint { (provider(&order.provider)) " · " (moment(Moment(order.made_at))) " · mã " (order.order) }
                }
                @if paid.is_none() && row.fee.amount > 0 { a.button href={ "/track#" (row.code) } { "Thanh toán phí/lệ phí" } }
                @else { a.button.quiet href={ "/track#" (row.code) } { "Xem và tải biên lai" } }
            }
        }
        @if let Some(before) = &all.before { p { a href={ "/account/transactions?before=" (before) } { "Xem cũ hơn" } } }
    };
    page(style, "Danh sách giao dịch", &inside)
}

fn provider(name: &str) -> &'static str {
    match name {
        "vnpay" => "VNPay",
        "momo" => "Ví MoMo",
        _ => "Chuyển khoản (VietQR)",
    }
}

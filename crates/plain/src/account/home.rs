//! Trang cá nhân: the account's dossiers, and the ways to everything else in it.

use super::{Line, hidden, notices, page, summary};
use crate::frame::{Style, moment};
use maud::{Markup, html};
use procedure::calendar::Moment;
use wire::{CitizenMe, FeeWord, FieldProblem, MyDossier, MyDossiers, MyNotices};

/// What is to be said on top of the page, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A dossier was taken into the account.
    Claimed,
    /// One was taken out.
    Left,
}

/// The page, with the new notices. `code` is what was typed of a code that opened nothing.
#[must_use]
pub fn home(
    style: &Style,
    me: &CitizenMe,
    dossiers: &MyDossiers,
    new: &MyNotices,
    done: Option<Done>,
    code: &str,
    wrong: &[FieldProblem],
) -> String {
    let over =
        |row: &&MyDossier| matches!(row.state.as_str(), "not-received" | "withdrawn" | "stopped" | "done" | "returned");
    let waits = |row: &&MyDossier| row.state == "supplement-asked" || row.fee == FeeWord::Unpaid;
    let to_do: Vec<_> = dossiers.rows.iter().filter(|row| !over(row) && waits(row)).collect();
    let running: Vec<_> = dossiers.rows.iter().filter(|row| !over(row) && !waits(row)).collect();
    let ended: Vec<_> = dossiers.rows.iter().filter(over).collect();
    let inside = html! {
        span.caption { "Trang cá nhân" }
        (summary(wrong))
        @if let Some(done) = done {
            div.done role="status" { p { (match done {
                Done::Claimed => "Đã đưa hồ sơ vào tài khoản của bạn.",
                Done::Left => "Đã bỏ hồ sơ khỏi tài khoản. Mã tra cứu vẫn dùng được.",
            }) } }
        }
        h1 { (me.name) }
        @if let Some(organisation) = &me.details.organisation { p { (organisation.name) } }
        (notices::news(new))
        @if dossiers.rows.is_empty() {
            h2 { "Hồ sơ của tôi" }
            p { "Chưa có hồ sơ nào. Hồ sơ bạn nộp khi đang đăng nhập tự vào đây; hồ sơ đã nộp trước thì lấy về bằng mã tra cứu ở dưới." }
        }
        (part("Bạn cần làm", &to_do))
        (part("Đang giải quyết", &running))
        (menu(new))
        (part("Đã xong", &ended))
        @if let (true, Some(last)) = (dossiers.more, dossiers.rows.last()) {
            p { a href={ "/account?before=" (last.id) } { "Xem hồ sơ cũ hơn" } }
        }
        h2 #claim { "Lấy hồ sơ đã nộp về tài khoản" }
        p { "Dùng cho hồ sơ bạn đã nộp mà không đăng nhập, hoặc nộp tại quầy." }
        form method="post" action="/account/dossiers" novalidate {
            (hidden("wish", "claim"))
            (Line { name: "code", label: "Mã tra cứu", hint: "Trên giấy tiếp nhận. Gõ thường, thiếu dấu gạch cũng được.", kind: "text", autocomplete: "off", value: code, ..Line::default() }.draw(wrong))
            (Line { name: "digits", label: "4 số cuối điện thoại đã khai", hint: "", kind: "text", autocomplete: "off", value: "", ..Line::default() }.draw(wrong))
            button.button.quiet { "Lấy về tài khoản" }
        }
    };
    page(style, "Trang cá nhân", &inside)
}

/// The ways from here.
fn menu(new: &MyNotices) -> Markup {
    html! {
        nav aria-label="Trang cá nhân" {
            a.button href="/" { "Nộp hồ sơ" }
            ul.list {
                li { a href="/" { "Hồ sơ đang viết trên máy này" } small { "Bản nháp nằm trong máy, mở ở trang chủ." } }
                li { a href="/account/notices" { "Thông báo" @if let Some(count) = notices::count(new) { " (" (count) " mới)" } } small { "Những việc đã xảy ra với hồ sơ và tài khoản của bạn." } }
                li { a href="/account/papers" { "Giấy tờ của tôi" } small { "Giấy đã nộp, kết quả đã nhận, giấy bạn tự cất." } }
                li { a href="/account/transactions" { "Danh sách giao dịch" } small { "Phí, lệ phí: thanh toán và biên lai." } }
                li { a href="/account/petitions" { "Phản ánh của tôi" } small { "Đã gửi khi đăng nhập, và câu trả lời." } }
                li { a href="/account/others" { "Nộp hộ" } small { "Tôi nộp cho người khác, và ai nộp hộ tôi." } }
                li { a href="/account/details" { "Thông tin của tôi" } small { "Dùng để điền sẵn vào tờ khai." } }
                li { a href="/account/security" { "Đăng nhập và bảo mật" } small { "E-mail, điện thoại, mật khẩu, đăng xuất khỏi mọi máy, xóa tài khoản." } }
            }
            form method="post" action="/account/sign-out" { button.button.quiet { "Đăng xuất" } }
        }
    }
}

fn part(title: &str, rows: &[&MyDossier]) -> Markup {
    html! {
        @if !rows.is_empty() {
            h2 { (title) " (" (rows.len()) ")" }
            @for row in rows { (dossier(row)) }
        }
    }
}

fn dossier(row: &MyDossier) -> Markup {
    let follow = format!("/track#{}", row.code);
    html! {
        div.panel.go-on[row.state == "supplement-asked" || row.fee == FeeWord::Unpaid] {
            p { b { (row.title) } br; small { (row.agency) } }
            p {
                span.tag { (crate::frame::t(text::dossier::state(&row.state))) }
                @if row.fee == FeeWord::Unpaid { " " span.tag.wait { "Chưa nộp phí, lệ phí" } }
                @if row.fee == FeeWord::Paid { " " span.tag.ok { "Đã nộp phí, lệ phí" } }
            }
            p.hint {
                "Nộp " (moment(Moment(row.sent_at)))
                @if let Some(due) = row.due { br; "Hẹn trả " (moment(Moment(due))) }
                @if !row.number.is_empty() { br; "Mã hồ sơ " (row.number) }
                @if !row.filer.is_empty() { br; "Nộp hộ bởi " (row.filer) }
            }
            @if row.state == "supplement-asked" { a.button href=(follow) { "Xem và bổ sung" } }
            @else if row.fee == FeeWord::Unpaid { a.button href=(follow) { "Thanh toán phí/lệ phí" } }
            @else { a.button.quiet href=(follow) { "Xem tiến độ" } }
            form method="post" action="/account/dossiers" {
                (hidden("wish", "leave"))
                (hidden("id", &row.id))
                button.link { "Bỏ khỏi danh sách" span.unseen { " " (row.title) } }
            }
        }
    }
}

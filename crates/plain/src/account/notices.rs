//! Thông báo của tôi: what happened, the newest first, each with one way on.

use super::{hidden, page};
use crate::frame::{Style, fill, moment, t};
use maud::{Markup, html};
use procedure::calendar::Moment;
use text::{Key, dossier};
use wire::{MyNotice, MyNotices, NoticeDossier};

/// How many are new; nothing when none is.
pub(super) fn count(notices: &MyNotices) -> Option<String> {
    let count = notices.rows.iter().filter(|row| row.new).count();
    (count > 0).then(|| if notices.before.is_some() { format!("hơn {count}") } else { count.to_string() })
}

/// The way to the new ones, where there are any: the menu that has it always may stand below many dossiers.
pub(super) fn news(notices: &MyNotices) -> Markup {
    html! {
        @if let Some(count) = count(notices) { p { a href="/account/notices" { "Xem " (count) " thông báo mới" } } }
    }
}

/// The page. The mark that all has been seen is a post, so that a page fetched ahead, or lost on its way, takes nothing off:
/// `account.js` sends it once the page is before somebody's eyes, and where scripts are off there is the button.
#[must_use]
pub fn notices(style: &Style, all: &MyNotices) -> String {
    let newest = all.rows.iter().find(|row| row.new).map(|row| row.at);
    let inside = html! {
        a.back href="/account" { "‹ Trang cá nhân" }
        h1 { "Thông báo của tôi" }
        p { "Những việc đã xảy ra với hồ sơ trong tài khoản và với chính tài khoản, việc mới nhất ở trên." }
        @if let Some(until) = newest {
            form #seen method="post" action="/account/notices" {
                (hidden("until", &until.to_string()))
                button.button.quiet { "Đánh dấu đã xem" }
            }
        }
        @if all.rows.is_empty() && all.before.is_none() { p { b { "Chưa có thông báo nào." } } }
        @for row in &all.rows { (notice(row)) }
        @if let Some(before) = all.before { p { a href={ "/account/notices?before=" (before) } { "Xem thông báo cũ hơn" } } }
    };
    page(style, "Thông báo của tôi", &inside)
}

fn notice(row: &MyNotice) -> Markup {
    let waits = row.waits;
    html! {
        section.panel.go-on[waits] {
            h2 { @if row.new { span.tag { "Mới" } " " } (title(&row.event)) }
            p.hint { (moment(Moment(row.at))) }
            @if let Some(due) = row.due { p { "Hẹn trả kết quả: " b { (moment(Moment(due))) } } }
            @if let Some(until) = row.posted_until {
                p { (fill(Key::TrackPostedUntil, &[("time", &moment(Moment(until)))])) }
            }
            @let next = next(&row.event, waits);
            @if !next.is_empty() { p { (next) } }
            @match &row.dossier {
                Some(dossier) => (of_dossier(dossier, &row.event, waits)),
                None => a.button.quiet href="/account/security" { "Xem đăng nhập và bảo mật" },
            }
        }
    }
}

/// Which dossier it is, and the way to it.
fn of_dossier(NoticeDossier { title, agency, number, code, .. }: &NoticeDossier, event: &str, waits: bool) -> Markup {
    let go = match (event, waits) {
        ("supplement-asked", true) => "Xem và bổ sung",
        ("fee-unpaid", true) => "Thanh toán phí/lệ phí",
        ("fee-paid", _) => "Xem và tải biên lai",
        _ => "Xem hồ sơ",
    };
    html! {
        p { b { (title) } br; small { (agency) @if !number.is_empty() { br; "Mã hồ sơ " (number) } } }
        a.button.quiet[!waits] href={ "/track#" (code) } { (go) span.unseen { " " (title) } }
    }
}

/// What happened: of a dossier in the words of the page that follows it.
fn title(event: &str) -> &'static str {
    match event {
        "done" => t(dossier::state(event)),
        "fee-unpaid" => "Hồ sơ này phải nộp phí, lệ phí",
        "fee-refund" => t(Key::PayTitleRefund),
        "password-changed" => "Mật khẩu của tài khoản đã được đổi",
        "password-reset" => "Mật khẩu của tài khoản đã được đặt lại qua thư",
        "email-changed" => "Địa chỉ e-mail của tài khoản đã được đổi",
        "phone-changed" => "Số điện thoại của tài khoản đã được đổi",
        "signed-out-everywhere" => "Tài khoản đã được đăng xuất khỏi mọi máy",
        "identity-added" => "Đã thêm một cách đăng nhập vào tài khoản",
        "identity-removed" => "Đã bỏ một cách đăng nhập khỏi tài khoản",
        of_dossier => t(dossier::event(of_dossier)),
    }
}

/// What there is to do; empty where the words say it already.
fn next(event: &str, waits: bool) -> &'static str {
    match event {
        "supplement-asked" if waits => {
            "Mở hồ sơ để xem từng chỗ cần bổ sung và gửi ngay trên trang. Thời hạn giải quyết đang dừng để chờ bạn."
        }
        "supplement-asked" => "Việc này đã xong.",
        "not-received" => "Mở hồ sơ để xem lý do. Sửa theo lý do ấy rồi nộp hồ sơ mới.",
        "returned-unsolved" | "extended" => "Mở hồ sơ để xem lý do.",
        "done" => "Mở hồ sơ để tải kết quả hoặc xem nhận ở đâu.",
        "fee-refund" => {
            "Cơ quan hoàn lại khoản phí bạn đã nộp, vào đúng thẻ, tài khoản hoặc ví bạn đã dùng. Bạn không phải làm gì."
        }
        "password-changed"
        | "password-reset"
        | "email-changed"
        | "phone-changed"
        | "signed-out-everywhere"
        | "identity-added"
        | "identity-removed" => "Nếu không phải bạn làm, hãy đổi mật khẩu ngay rồi báo Bộ phận Một cửa của xã.",
        _ => "",
    }
}

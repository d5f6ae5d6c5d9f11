//! Đăng nhập, and what to do when the password is forgotten.

use super::identity::buttons;
use super::{Line, hidden, page, summary};
use crate::frame::Style;
use maud::html;
use wire::{FieldProblem, IdentityProviders};

/// The page to sign in on. `why` is said on top: that a session is over, or that something was wrong; empty for nothing.
#[must_use]
pub fn sign_in(
    style: &Style,
    providers: &IdentityProviders,
    (login, next): (&str, &str),
    why: &str,
    wrong: &[FieldProblem],
) -> String {
    let inside = html! {
        h1 { "Đăng nhập" }
        (summary(wrong))
        @if !why.is_empty() { div.warning role="alert" { p { (why) } } }
        form method="post" action="/account/sign-in" novalidate {
            (hidden("next", next))
            (Line { name: "login", label: "E-mail hoặc số điện thoại", hint: "", kind: "text", autocomplete: "username", value: login, ..Line::default() }.draw(wrong))
            (Line { name: "password", label: "Mật khẩu", hint: "", kind: "password", autocomplete: "current-password", value: "", ..Line::default() }.draw(wrong))
            button.button { "Đăng nhập" }
        }
        (buttons(providers, next))
        p { a href="/account/reset" { "Quên mật khẩu" } }
        p { "Chưa có tài khoản? " a href={ "/account/register" (query(next)) } { "Đăng ký" } }
        p.hint { "Tra cứu và nộp hồ sơ không cần đăng nhập. Hồ sơ đang viết vẫn còn trên máy này." }
    };
    page(style, "Đăng nhập", &inside)
}

/// The part of an address that says where to go afterwards.
fn query(next: &str) -> String {
    let plain = next.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'/' | b'-'));
    if next.is_empty() || !plain { String::new() } else { format!("?next={next}") }
}

/// Asks for a link to set a new password.
#[must_use]
pub fn ask_reset(style: &Style, login: &str, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        h1 { "Quên mật khẩu" }
        (summary(wrong))
        p { "Nhập e-mail hoặc số điện thoại của tài khoản. Chúng tôi gửi thư có đường dẫn đặt mật khẩu mới, dùng được trong 30 phút." }
        form method="post" action="/account/reset" novalidate {
            (hidden("wish", "ask"))
            (Line { name: "login", label: "E-mail hoặc số điện thoại", hint: "", kind: "text", autocomplete: "username", value: login, ..Line::default() }.draw(wrong))
            button.button { "Gửi thư cho tôi" }
        }
        p { a href="/account/sign-in" { "‹ Đăng nhập" } }
    };
    page(style, "Quên mật khẩu", &inside)
}

/// After asking, the same whoever has the address.
#[must_use]
pub fn reset_sent(style: &Style) -> String {
    let inside = html! {
        div.done { h1 { "Hãy mở hộp thư của bạn" } }
        p { "Nếu có tài khoản dùng địa chỉ ấy, thư có đường dẫn đặt mật khẩu mới đang trên đường tới. Đường dẫn dùng được trong 30 phút." }
        p.hint { "Không thấy thư thì xem cả mục Thư rác (Spam)." }
        a.button.quiet href="/account/sign-in" { "Đăng nhập" }
    };
    page(style, "Hãy mở hộp thư của bạn", &inside)
}

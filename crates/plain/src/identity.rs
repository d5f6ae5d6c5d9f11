//! The page that says why somebody who comes back from an identity provider is not signed in.

use crate::frame::{Style, page_of};
use maud::html;

/// Where somebody signs in once more.
const SIGN_IN: &str = "/account/sign-in";

/// Why they are not signed in, and the way back.
#[must_use]
pub fn refused(style: &Style, title: &str, detail: &str) -> String {
    let inside = html! {
        h1 { (title) }
        @if !detail.is_empty() { p { (detail) } }
        // What was typed is on the phone, and none of it needs an account.
        p { "Những gì bạn đã điền vẫn còn trên máy. Bạn cũng có thể nộp hồ sơ mà không cần tài khoản." }
        a.button href=(SIGN_IN) { "Về trang đăng nhập" }
        " "
        a.button.quiet href="/" { "Về trang đầu" }
    };
    page_of(style, title, "/", &inside)
}

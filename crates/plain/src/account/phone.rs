//! The telephone number as the last part of registering: it can be left for later. The account is there already, and whoever closes the
//! page loses nothing of it.

use super::register::caption;
use super::settings::again;
use super::typed::{Page, Typed};
use super::{Line, hidden, page, summary};
use crate::frame::Style;
use maud::{Markup, html};
use wire::{CitizenMe, FieldProblem};

/// The number, and where the person was before they registered.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// As it was typed, or as it is kept.
    pub phone: &'a str,
    /// A path of this site, or empty.
    pub next: &'a str,
}

/// Asks for the number. `password`: whether signing in is so long ago that the password is asked for once more.
#[must_use]
pub fn number(style: &Style, me: &CitizenMe, asked: Asked<'_>, password: bool, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        (place(me, Page::Phone))
        (summary(wrong))
        h1 { "Số điện thoại" }
        p { "Tài khoản của bạn đã lập xong. Thêm số điện thoại thì bạn đăng nhập được bằng số ấy, không phải nhớ e-mail." }
        form method="post" action="/account/phone" novalidate {
            (hidden("next", asked.next))
            (Line { name: "phone", label: "Số điện thoại di động", hint: "Chúng tôi nhắn một mã 6 chữ số tới số này.", kind: "tel", autocomplete: "tel", value: asked.phone, ..Line::default() }.draw(wrong))
            @if password { (again(me, "", wrong)) }
            button.button name="wish" value="number" { "Nhắn mã cho tôi" }
            (later())
        }
        p.hint { "Để sau cũng được: thêm số lúc nào tùy bạn, ở mục Đăng nhập và bảo mật." }
    };
    page(style, "Số điện thoại", &inside)
}

/// Asks for the digits that went to it. `resent`: they went once more.
#[must_use]
pub fn digits(style: &Style, me: &CitizenMe, asked: Asked<'_>, resent: bool, wrong: &[FieldProblem]) -> String {
    // As people read it: 0900 000 123.
    let gap = |at: usize| (at == 4 || at == 7).then_some(' ');
    let spaced: String =
        asked.phone.chars().enumerate().flat_map(|(at, sign)| gap(at).into_iter().chain([sign])).collect();
    let inside = html! {
        (place(me, Page::Digits))
        (summary(wrong))
        @if resent { div.done role="status" { p { "Đã nhắn mã mới. Dùng mã trong tin nhắn mới nhất." } } }
        h1 { "Nhập mã trong tin nhắn" }
        p { "Đã nhắn một mã 6 chữ số tới số " b { (spaced) } "." }
        form method="post" action="/account/phone" novalidate {
            (hidden("next", asked.next))
            (hidden("phone", asked.phone))
            (Line { name: "code", label: "Mã 6 chữ số", hint: "Dùng được 10 phút, nhập tối đa 5 lần.", kind: "text", autocomplete: "one-time-code", ..Line::default() }.draw(wrong))
            button.button name="wish" value="digits" { "Xác nhận số này" }
            button.button.quiet name="wish" value="again" { "Gửi lại mã" }
            (later())
            button.link name="wish" value="back" { "‹ Sửa số điện thoại" }
        }
        p.hint { "Tin nhắn có thể đến sau một, hai phút. Không thấy thì xem lại số, rồi bấm “Gửi lại mã”. Đừng cho ai biết mã này." }
    };
    page(style, "Nhập mã trong tin nhắn", &inside)
}

fn later() -> Markup {
    html! { button.button.quiet name="wish" value="later" { "Để sau" } }
}

fn place(me: &CitizenMe, page: Page) -> Markup {
    caption(&Typed::of(&me.name, &me.details), page, me.sms)
}

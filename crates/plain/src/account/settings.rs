//! What an account keeps of its holder, and how it is opened.

use super::identity::list;
use super::links::new_password;
use super::register::{home_fields, organisation, person};
use super::typed::Typed;
use super::{Line, hidden, id, page, summary, summary_of};
use crate::frame::Style;
use maud::{Markup, html};
use procedure::units::UnitsBook;
use wire::{CitizenMe, FieldProblem, Identities, IdentityProviders};

/// What the account keeps, to be changed.
#[must_use]
pub fn details(style: &Style, units: &UnitsBook, typed: &Typed, kept: bool, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        (back())
        (summary(wrong))
        @if kept { div.done role="status" { p { "Đã lưu." } } }
        h1 { "Thông tin của tôi" }
        p { "Những điều này điền sẵn vào tờ khai. Chỉ bạn thấy; cán bộ chỉ thấy những gì bạn gửi trong hồ sơ." }
        form method="post" action="/account/details" novalidate {
            @if typed.is_organisation() { (hidden("kind", "organisation")) (organisation(typed, wrong)) }
            (person(typed, wrong))
            (home_fields(units, typed, wrong))
            button.button { "Lưu" }
        }
    };
    page(style, "Thông tin của tôi", &inside)
}

/// What was done on the page of signing in, or is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Another password is set.
    Password,
    /// A link went to the new address.
    EmailAsked,
    /// Digits went to the new number, and are to be typed.
    PhoneAsked,
    /// The number is confirmed.
    Phone,
    /// A provider does not open the account any more.
    Identity,
}

/// E-mail address, telephone number, password, sessions, and the end of the account.
#[must_use]
pub fn security(
    style: &Style,
    me: &CitizenMe,
    (known, providers): (&Identities, &IdentityProviders),
    done: Option<Done>,
    form: &str,
    wrong: &[FieldProblem],
) -> String {
    // Several forms of one page ask for a password: what is wrong is shown at the one that was sent.
    let of = |name: &str| if form == name { wrong } else { &[] };
    let inside = html! {
        (back())
        (summary_of(form, wrong))
        @if let Some(done) = done {
            div.done role="status" { p { (match done {
                Done::Password => "Đã đổi mật khẩu. Những máy khác đã được đăng xuất.",
                Done::EmailAsked => "Hãy mở hộp thư của địa chỉ mới và bấm đường dẫn trong thư. Đến lúc đó địa chỉ cũ vẫn được dùng.",
                Done::PhoneAsked => "Đã gửi mã 6 chữ số tới số mới. Nhập mã ở dưới.",
                Done::Phone => "Đã xác nhận số điện thoại.",
                Done::Identity => "Đã bỏ cách đăng nhập ấy.",
            }) } }
        }
        h1 { "Đăng nhập và bảo mật" }
        h2 { "E-mail" }
        p { (if me.email.is_empty() { "Chưa có" } else { me.email.as_str() }) }
        (folded("Đổi e-mail", form == "email", &html! {
            form method="post" action="/account/security" novalidate {
                (hidden("wish", "email"))
                (Line { form: "email", name: "email", label: "Địa chỉ mới", hint: "Địa chỉ đang dùng cũng được báo.", kind: "email", autocomplete: "email", value: "" }.draw(of("email")))
                (again(me, "email", of("email")))
                button.button { "Gửi thư xác nhận" }
            }
        }))
        h2 { "Số điện thoại" }
        p { (if me.phone.is_empty() { "Chưa có" } else { me.phone.as_str() }) }
        @if me.sms {
            @if matches!(done, Some(Done::PhoneAsked)) || form == "code" {
                form method="post" action="/account/security" novalidate {
                    (hidden("wish", "code"))
                    (Line { form: "code", name: "code", label: "Mã 6 chữ số", hint: "Trong tin nhắn vừa gửi, dùng được 10 phút.", kind: "text", autocomplete: "one-time-code", value: "" }.draw(of("code")))
                    button.button { "Xác nhận số này" }
                }
            }
            (folded("Đổi số điện thoại", form == "phone", &html! {
                form method="post" action="/account/security" novalidate {
                    (hidden("wish", "phone"))
                    (Line { form: "phone", name: "phone", label: "Số mới", hint: "Chúng tôi nhắn một mã 6 chữ số tới số này.", kind: "tel", autocomplete: "tel", value: "" }.draw(of("phone")))
                    (again(me, "phone", of("phone")))
                    button.button { "Nhắn mã cho tôi" }
                }
            }))
        } @else { p.hint { "Cổng này chưa gửi được tin nhắn, nên chưa xác nhận số điện thoại ở đây." } }
        h2 { "Mật khẩu" }
        (folded(if me.password { "Đổi mật khẩu" } else { "Đặt mật khẩu" }, form == "password", &html! {
            form method="post" action="/account/security" novalidate {
                (hidden("wish", "password"))
                @if me.password {
                    (Line { form: "password", name: "old", label: "Mật khẩu đang dùng", hint: "", kind: "password", autocomplete: "current-password", value: "" }.draw(of("password")))
                }
                (new_password("password", of("password")))
                button.button { "Lưu mật khẩu" }
            }
        }))
        (list(me, (known, providers), form, wrong))
        h2 { "Đăng xuất" }
        form method="post" action="/account/sign-out" {
            button.button.quiet { "Đăng xuất khỏi máy này" }
            button.button.quiet name="wish" value="everywhere" { "Đăng xuất khỏi mọi máy" }
        }
        p.hint { "Máy dùng chung? Bản nháp hồ sơ còn nằm trong máy; mở trang chủ để xóa từng bản." }
        h2 { "Xóa tài khoản" }
        p { "Xóa tên, giấy tờ và mọi điều tài khoản giữ về bạn. Hồ sơ đã nộp vẫn ở cơ quan, vì luật bắt phải lưu, và vẫn tra cứu được bằng mã." }
        (folded("Xóa tài khoản của tôi", form == "delete", &html! {
            form method="post" action="/account/security" novalidate {
                (hidden("wish", "delete"))
                (again(me, "delete", of("delete")))
                button.button.danger { "Xóa tài khoản, không lấy lại được" }
            }
        }))
    };
    page(style, "Đăng nhập và bảo mật", &inside)
}

/// The account is gone.
#[must_use]
pub fn deleted(style: &Style) -> String {
    let inside = html! {
        div.done { h1 { "Đã xóa tài khoản" } }
        p { "Hồ sơ đã nộp vẫn được giải quyết, và tra cứu bằng mã trên giấy tiếp nhận." }
        a.button.quiet href="/" { "Về trang chủ" }
    };
    page(style, "Đã xóa tài khoản", &inside)
}

fn back() -> Markup {
    html! { a.back href="/account" { "‹ Trang cá nhân" } }
}

pub(super) fn folded(title: &str, open: bool, inside: &Markup) -> Markup {
    html! { details.fold open[open] { summary { (title) } (inside) } }
}

/// The password once more, from whoever has one; whoever has none may be told to sign in anew.
pub(super) fn again(me: &CitizenMe, form: &str, wrong: &[FieldProblem]) -> Markup {
    html! {
        @if me.password {
            (Line { form, name: "password", label: "Mật khẩu đang dùng", hint: "", kind: "password", autocomplete: "current-password", value: "" }.draw(wrong))
        } @else if let Some(problem) = wrong.iter().find(|problem| problem.place == "password") {
            p.bad-text id=(id(form, "password")) tabindex="-1" { (problem.says) }
        }
    }
}

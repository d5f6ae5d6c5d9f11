//! What a mailed link opens. Its token stands behind `#`, which browsers send to nobody; `public/account.js` puts it into the form,
//! and where scripts are off it is copied by hand. Opening uses nothing up: mailboxes' scanners open links too.

use super::register::caption;
use super::typed::{Page, Typed};
use super::{Line, hidden, page, summary};
use crate::frame::{Style, moment};
use maud::{Markup, html};
use procedure::calendar::Moment;
use wire::{CitizenLinkOpened, FieldProblem};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Making the account.
    Confirm,
    /// Setting a new password.
    Reset,
    /// Using another e-mail address.
    Email,
}

impl Link {
    /// The page's address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Confirm => "/account/confirm",
            Self::Reset => "/account/reset/link",
            Self::Email => "/account/email",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Confirm => "Xác nhận đăng ký",
            Self::Reset => "Đặt mật khẩu mới",
            Self::Email => "Xác nhận địa chỉ e-mail mới",
        }
    }
}

/// The page a link leads to, before it is opened.
#[must_use]
pub fn arrived(style: &Style, link: Link) -> String {
    let inside = html! {
        h1 { (link.title()) }
        form method="post" action=(link.path()) {
            (hidden("wish", "open"))
            (Line { name: "token", label: "Mã trong đường dẫn", hint: "Phần đứng sau dấu # của đường dẫn trong thư.", kind: "text", autocomplete: "off", value: "", ..Line::default() }.draw(&[]))
            button.button { "Tiếp tục" }
        }
    };
    page(style, link.title(), &inside)
}

/// What the link opened, and the button that uses it up. `registering`: what was told on registering, and whether text messages
/// are sent here.
#[must_use]
pub fn opened(
    style: &Style,
    link: Link,
    token: &str,
    opened: &CitizenLinkOpened,
    registering: Option<(&Typed, bool)>,
    wrong: &[FieldProblem],
) -> String {
    let inside = html! {
        @if let Some((typed, sms)) = registering { (caption(typed, Page::Password, sms)) }
        (summary(wrong))
        h1 { (link.title()) }
        dl.answers {
            @if !opened.organisation.is_empty() { div.row { dt { "Tổ chức" } dd { (opened.organisation) } } }
            div.row { dt { "Họ và tên" } dd { (opened.name) } }
            div.row { dt { "E-mail" } dd { (opened.email) } }
            div.row { dt { "Dùng được đến" } dd { (moment(Moment(opened.until))) } }
        }
        form method="post" action=(link.path()) novalidate {
            (hidden("wish", "finish"))
            (hidden("token", token))
            // So that the telephone keeps the password under its name.
            input type="hidden" name="login" value=(opened.email) autocomplete="username";
            @if link != Link::Email { (new_password("", wrong)) }
            button.button { @match link {
                Link::Confirm => "Xác nhận và đặt mật khẩu",
                Link::Reset => "Đặt mật khẩu mới",
                Link::Email => "Dùng địa chỉ này",
            } }
        }
        p.hint { "Không phải bạn? Đóng trang này, không cần làm gì: " (match link {
            Link::Confirm => "chưa có tài khoản nào được lập.",
            Link::Reset => "mật khẩu vẫn như cũ.",
            Link::Email => "địa chỉ của tài khoản vẫn như cũ.",
        }) }
    };
    page(style, link.title(), &inside)
}

/// A password to choose.
pub(super) fn new_password(form: &str, wrong: &[FieldProblem]) -> Markup {
    let hint = "Ít nhất 8 ký tự. Một câu ngắn dễ nhớ là tốt nhất, đừng dùng tên hay số điện thoại của bạn.";
    let line = Line {
        form,
        name: "password",
        label: "Mật khẩu mới",
        hint,
        kind: "password",
        autocomplete: "new-password",
        value: "",
    };
    line.draw(wrong)
}

/// The address was changed.
#[must_use]
pub fn email_changed(style: &Style) -> String {
    let inside = html! {
        div.done { h1 { "Đã đổi địa chỉ e-mail" } }
        p { "Từ nay thư gửi về địa chỉ mới, và bạn đăng nhập bằng địa chỉ mới." }
        a.button.quiet href="/account" { "Về Trang cá nhân" }
    };
    page(style, "Đã đổi địa chỉ e-mail", &inside)
}

//! Signing in with an identity provider: before the person goes there, and when an account may be theirs already.

use super::settings::{again, folded};
use super::{Line, hidden, page, summary};
use crate::frame::{Style, moment};
use maud::{Markup, html};
use procedure::calendar::Moment;
use wire::{CitizenMe, FieldProblem, Identities, IdentityProvider, IdentityProviders};

/// A button for each provider of the office.
pub(super) fn buttons(providers: &IdentityProviders, next: &str) -> Markup {
    html! {
        @for provider in &providers.rows {
            form method="post" action="/account/providers" {
                (hidden("provider", &provider.id))
                (hidden("next", next))
                button.button.quiet { "Đăng nhập bằng " (provider.name) }
            }
        }
    }
}

/// The name of the form that adds a provider to the account, where its page has several.
#[must_use]
pub fn form(provider: &str) -> String {
    format!("identity-{provider}")
}

/// Adds a provider to the account that is signed in, once the password was said again. `sent`: the form that was sent.
fn add(me: &CitizenMe, provider: &IdentityProvider, sent: &str, wrong: &[FieldProblem]) -> Markup {
    let form = form(&provider.id);
    let wrong = if form == sent { wrong } else { &[] };
    folded(
        &format!("Thêm {}", provider.name),
        form == sent,
        &html! {
            form method="post" action="/account/providers" novalidate {
                (hidden("provider", &provider.id))
                (hidden("next", "/account/security"))
                (hidden("link", "yes"))
                (again(me, &form, wrong))
                button.button { "Thêm " (provider.name) }
            }
        },
    )
}

/// What they are about to do: another site comes next, under its own name.
#[must_use]
pub fn going(style: &Style, name: &str, location: &str) -> String {
    let title = format!("Sang trang {name}");
    let inside = html! {
        h1 { (title) }
        p { "Bạn đăng nhập ở trang của " b { (name) } " rồi được đưa về đây. Chúng tôi không biết mật khẩu bạn dùng ở đó." }
        a.button href=(location) rel="noreferrer" { "Sang trang " (name) }
        p { a href="/account/sign-in" { "‹ Chọn cách khác" } }
    };
    page(style, &title, &inside)
}

/// An account has the address or number that the provider told: its holder affirms it, or stands apart. The ticket comes from behind
/// `#`, by `public/account.js`.
#[must_use]
pub fn ask(style: &Style, ticket: &str, login: &str, wrong: &[FieldProblem]) -> String {
    let inside = html! {
        h1 { "Có phải tài khoản của bạn?" }
        (summary(wrong))
        p { "Đã có một tài khoản dùng e-mail, số điện thoại hoặc số định danh của bạn. Nếu đó là tài khoản của bạn, đăng nhập một lần bằng mật khẩu để nối hai cách đăng nhập." }
        form method="post" action="/account/identity" novalidate {
            input type="hidden" #ticket name="ticket" value=(ticket);
            (hidden("wish", "link"))
            (Line { name: "login", label: "E-mail hoặc số điện thoại", kind: "text", autocomplete: "username", value: login, ..Line::default() }.draw(wrong))
            (Line { name: "password", label: "Mật khẩu", kind: "password", autocomplete: "current-password", ..Line::default() }.draw(wrong))
            button.button { "Đúng, nối vào tài khoản này" }
            button.button.quiet name="wish" value="apart" { "Không phải của tôi, lập tài khoản riêng" }
        }
    };
    page(style, "Có phải tài khoản của bạn?", &inside)
}

/// The providers that open an account, and those that could.
pub(super) fn list(
    me: &CitizenMe,
    (known, providers): (&Identities, &IdentityProviders),
    sent: &str,
    wrong: &[FieldProblem],
) -> Markup {
    let others = providers.rows.iter().filter(|one| known.rows.iter().all(|row| row.provider != one.id));
    html! {
        @if !known.rows.is_empty() || !providers.rows.is_empty() {
            h2 { "Cách đăng nhập khác" }
            @for row in &known.rows {
                section.panel aria-label=(row.name) {
                    p { b { (row.name) } br; small { "Dùng gần nhất " (moment(Moment(row.used_at))) } }
                    form method="post" action="/account/identity/remove" {
                        (hidden("id", &row.id))
                        button.link { "Bỏ cách này" span.unseen { " " (row.name) } }
                    }
                }
            }
            @for other in others { (add(me, other, sent, wrong)) }
        }
    }
}

//! Signing in: as a page of its own, and on top of a page whose session is over, which goes on afterwards.

use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::session;
use crate::task::background;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Me, SignIn};

const WRONG: &str = "Số điện thoại, mật khẩu hoặc mã 6 chữ số chưa đúng. Hãy xem lại cả ba; mã đổi sau mỗi 30 giây.";

thread_local! {
    // So that signing in again asks for less; in this page's memory only.
    static PHONE: RwSignal<String> = app::lasting(|| RwSignal::new(String::new()));
}

/// The page, where nobody is signed in.
pub fn page() -> Html {
    app::title("Đăng nhập");
    html! {
        <h1 id="sign-in-title" tabindex="-1">"Đăng nhập"</h1>
        <p class="hint">"Dành cho cán bộ, công chức. Người dân nộp và tra cứu hồ sơ ở "<a href="/">"trang của người dân"</a>", không cần đăng nhập."</p>
        {form()}
    }
}

/// On top of a page whose session is over. Nothing of that page can be seen meanwhile.
pub fn on_top() -> Html {
    html! {
        <div class="on-top" role="dialog" aria-modal="true" aria-labelledby="sign-in-title">
            <div>
                <h1 id="sign-in-title" tabindex="-1">"Phiên làm việc đã hết"</h1>
                <p>"Đăng nhập lại để làm tiếp. Những gì đang nhập vẫn còn nguyên, việc đang gửi sẽ được gửi tiếp."</p>
                {form()}
            </div>
        </div>
    }
}

fn form() -> Html {
    let phone = PHONE.with(|phone| *phone);
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let sending = RwSignal::new(false);
    let bad = move || wrong.with(|wrong| !wrong.is_empty());
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if sending.get_untracked() {
            return;
        }
        let body = SignIn {
            phone: phone.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            code: digits(&code.get_untracked()),
        };
        if body.phone.is_empty() || body.password.is_empty() || body.code.len() != 6 {
            wrong.set("Hãy nhập đủ số điện thoại, mật khẩu và mã 6 chữ số.".to_owned());
            let empty = if body.phone.is_empty() {
                "phone"
            } else if body.password.is_empty() {
                "password"
            } else {
                "code"
            };
            ui::focus(empty);
            return;
        }
        wrong.set(String::new());
        sending.set(true);
        background(async move {
            match sign_in(&body).await {
                Ok(me) => session::signed_in(me),
                Err(failure) => {
                    // The page may be another one meanwhile.
                    wrong.try_set(if failure.code() == "sign-in-wrong" { WRONG.to_owned() } else { failure.says() });
                    ui::focus_soon("code");
                }
            }
            sending.try_set(false);
        });
    };
    html! {
        <form class="sign-in" on:submit=submit novalidate>
            <p class="bad-text" id="sign-in-problem" role="alert">{move || wrong.get()}</p>
            <div class="field" class:bad=bad>
                <label class="label" for="phone">"Số điện thoại"</label>
                <input type="tel" id="phone" autocomplete="username" aria-describedby="sign-in-problem" aria-invalid=move || bad().to_string()
                    prop:value=move || phone.get() on:input=move |event| phone.set(typed(&event)) />
            </div>
            {password_field(password, "Mật khẩu", "current-password", "sign-in-problem", bad)}
            {code_field(code, "sign-in-problem", bad)}
            <button class="button">{move || if sending.get() { "Đang đăng nhập…" } else { "Đăng nhập" }}</button>
            <p class="hint">"Quên mật khẩu, đổi điện thoại hay mất ứng dụng mã: nhờ người quản trị của đơn vị cấp lại liên kết đăng nhập lần đầu, hoặc gọi "{ui::t(text::Key::FramePhone)}"."</p>
        </form>
    }
}

async fn sign_in(body: &SignIn) -> Result<Me, Failure> {
    let bytes = Request::post("/api/v1/officers/sign-in", body).once().await?;
    serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable)
}

/// A password and a way to see it.
pub fn password_field(
    value: RwSignal<String>,
    label: &'static str,
    autocomplete: &'static str,
    described_by: &'static str,
    bad: impl Fn() -> bool + Copy + 'static,
) -> Html {
    let shown = RwSignal::new(false);
    html! {
        <div class="field" class:bad=bad>
            <label class="label" for="password">{label}</label>
            <div class="line">
                <input type=move || if shown.get() { "text" } else { "password" } id="password" autocomplete=autocomplete
                    autocapitalize="none" spellcheck="false" aria-describedby=described_by aria-invalid=move || bad().to_string()
                    on:input=move |event| value.set(typed(&event)) />
                <button type="button" class="button quiet small" aria-pressed=move || shown.get().to_string()
                    aria-label="Hiện mật khẩu" on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { "Ẩn" } else { "Hiện" }}
                </button>
            </div>
        </div>
    }
}

/// The six digits of the authenticator.
pub fn code_field(
    value: RwSignal<String>,
    described_by: &'static str,
    bad: impl Fn() -> bool + Copy + 'static,
) -> Html {
    html! {
        <div class="field" class:bad=bad>
            <label class="label" for="code">"Mã 6 chữ số"</label>
            <p class="hint" id="code-hint">"Mở ứng dụng tạo mã (Google Authenticator, Aegis, FreeOTP…) trên điện thoại của bạn."</p>
            <input type="text" id="code" class="code-box short" inputmode="numeric" autocomplete="one-time-code" maxlength="7"
                aria-describedby=format!("code-hint {described_by}") aria-invalid=move || bad().to_string()
                on:input=move |event| value.set(typed(&event)) />
        </div>
    }
}

/// The digits of what was typed: authenticators show "123 456".
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Goes where work begins.
pub fn into_queue(me: Me) {
    app().route.replace(super::all());
    session::signed_in(me);
}

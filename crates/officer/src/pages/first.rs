//! The first sign-in: an officer opens the link they were given, chooses a password and sets the authenticator up.

use super::sign_in::{code_field, digits, into_queue, password_field};
use crate::app;
use crate::client::{Failure, Request};
use crate::clock;
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsValue;
use wire::{FinishFirst, FirstSignIn, Me, OpenFirst};

/// The least letters of a password.
const LEAST: usize = 8;

pub fn draw() -> Html {
    app::title("Đăng nhập lần đầu");
    let token = from_address();
    let opened = RwSignal::new(None::<Result<FirstSignIn, Failure>>);
    let open = {
        let token = token.clone();
        move || {
            opened.set(None);
            let token = token.clone();
            background(async move {
                let found = Request::post("/api/v1/officers/first", &OpenFirst { token }).once().await;
                let found = found.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable));
                // The officer may have left the page meanwhile.
                opened.try_set(Some(found));
            });
        }
    };
    if token.is_empty() {
        return over();
    }
    open();
    html! { {move || match opened.get() {
        None => super::loading(),
        Some(Ok(first)) => form(&first, token.clone(), opened),
        Some(Err(failure)) if matches!(failure.status(), 401 | 404 | 410 | 422) => over(),
        Some(Err(failure)) => {
            let open = open.clone();
            html! { <h1>"Đăng nhập lần đầu"</h1>{super::failed(&failure, move |_| open())} }
        }
    }} }
}

/// The token behind `#`: browsers send that part to nobody. It is taken out of sight at once.
fn from_address() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let token = hash.trim_start_matches('#').to_owned();
    if !token.is_empty()
        && let Ok(history) = window().history()
    {
        // An address that keeps the token harms only this machine's history.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("/officer/first"));
    }
    token
}

fn over() -> Html {
    html! {
        <h1>"Liên kết này không dùng được"</h1>
        <p>"Liên kết đăng nhập lần đầu chỉ dùng được một lần và trong thời hạn ghi khi cấp. Nếu vừa tải lại trang, hãy mở lại liên kết đã nhận. Nếu liên kết đã dùng hoặc quá hạn, nhờ người quản trị của đơn vị cấp liên kết mới."</p>
        <p>"Đã đặt mật khẩu rồi? "<a href="/officer">"Đăng nhập"</a></p>
    }
}

fn form(first: &FirstSignIn, token: String, opened: RwSignal<Option<Result<FirstSignIn, Failure>>>) -> Html {
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new((String::new(), ""));
    let sending = RwSignal::new(false);
    let bad = move |field: &str| wrong.with(|(_, at)| *at == field);
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if sending.get_untracked() {
            return;
        }
        let body = FinishFirst {
            token: token.clone(),
            password: password.get_untracked(),
            code: digits(&code.get_untracked()),
        };
        let slip = if body.password.chars().count() < LEAST {
            Some(("Mật khẩu cần ít nhất 8 ký tự.", "password"))
        } else if body.code.len() != 6 {
            Some(("Hãy nhập đủ mã 6 chữ số mà ứng dụng đang hiện.", "code"))
        } else {
            None
        };
        if let Some((says, field)) = slip {
            wrong.set((says.to_owned(), field));
            return ui::focus(field);
        }
        wrong.set((String::new(), ""));
        sending.set(true);
        background(async move {
            match finish(&body).await {
                Ok(me) => into_queue(me),
                // Somebody has used the link meanwhile.
                Err(failure) if failure.status() == 404 => drop(opened.try_set(Some(Err(failure)))),
                Err(failure) => {
                    let at = if failure.place() == "password" { "password" } else { "code" };
                    let says = if failure.code() == "sign-in-wrong" {
                        "Mã 6 chữ số chưa đúng. Đợi ứng dụng đổi sang mã mới rồi nhập lại.".to_owned()
                    } else {
                        failure.says()
                    };
                    // The officer may have left the page meanwhile.
                    wrong.try_set((says, at));
                    sending.try_set(false);
                    ui::focus_soon(at);
                }
            }
        });
    };
    let groups: Vec<String> =
        first.secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    html! {
        <span class="caption">"Đăng nhập lần đầu"</span>
        <h1>{first.name.clone()}</h1>
        <p>{first.unit.clone()}<br />"Tên đăng nhập: "<b>{first.phone.clone()}</b></p>
        <p class="hint">"Nếu đây không phải là bạn, hãy đóng trang và báo người quản trị. Liên kết dùng được đến "{clock::due(first.until)}"."</p>
        <form class="first" on:submit=submit novalidate>
            <h2>"1. Chọn mật khẩu"</h2>
            <p class="hint" id="password-hint">"Ít nhất 8 ký tự. Dài thì tốt hơn rắc rối: ba bốn từ không liên quan, dễ nhớ với riêng bạn. Đừng dùng lại mật khẩu của nơi khác, đừng dùng tên, ngày sinh hay số điện thoại."</p>
            {password_field(password, "Mật khẩu mới", "new-password", "password-hint first-problem", move || bad("password"))}
            <h2>"2. Gắn ứng dụng tạo mã"</h2>
            <p>"Cài một ứng dụng tạo mã trên điện thoại của bạn (Google Authenticator, Aegis, FreeOTP…), chọn thêm tài khoản rồi quét hình này."</p>
            {picture(&first.qr)}
            <p>"Không quét được thì nhập tay khóa này:"</p>
            <p class="code secret">{groups.join(" ")}</p>
            <h2>"3. Nhập mã ứng dụng đang hiện"</h2>
            {code_field(code, "first-problem", move || bad("code"))}
            <p class="bad-text" id="first-problem" role="alert">{move || wrong.with(|(says, _)| says.clone())}</p>
            <button class="button">{move || if sending.get() { "Đang lưu…" } else { "Lưu và bắt đầu làm việc" }}</button>
        </form>
    }
}

async fn finish(body: &FinishFirst) -> Result<Me, Failure> {
    let bytes = Request::post("/api/v1/officers/first/finish", body).once().await?;
    serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable)
}

/// The QR picture of rows of `0` and `1`.
fn picture(rows: &[String]) -> Option<Html> {
    let size = rows.len();
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, dot) in row.bytes().enumerate() {
            if dot == b'1' {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    let frame = format!("-4 -4 {} {}", size + 8, size + 8);
    let label = "Hình QR của khóa, để quét bằng ứng dụng tạo mã";
    (size > 0).then(|| html! { <svg class="qr large" role="img" aria-label=label viewBox=frame><path d=path /></svg> })
}

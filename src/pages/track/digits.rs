//! The last digits of the telephone number: what they open is told to nobody who has the code alone.

use crate::client::Answer;
use crate::task::background;
use text::Key;
use ui::focus::typed;
use ui::prelude::*;
use ui::t;
use ui::{Html, html};
use wire::ByCode;

/// Asks for them, opens with them, and draws what was opened in place of the question. `load` gives that or what went wrong,
/// in words; `id` names the box on this page.
pub fn ask<T, F>(
    id: &'static str,
    (title, go): (Key, Key),
    code: &str,
    load: impl Fn(ByCode) -> F + Copy + 'static,
    draw: impl Fn(T) -> Html + Clone + 'static,
) -> Html
where
    T: Clone + 'static,
    F: Future<Output = Result<T, String>> + 'static,
{
    let opened = RwSignal::new_local(None::<T>);
    let digits = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let code = code.to_owned();
    let open = move |event: web_sys::Event| {
        event.prevent_default();
        let by = ByCode { code: code.clone(), digits: digits.get_untracked() };
        if by.digits.chars().filter(char::is_ascii_digit).count() != 4 {
            wrong.set(t(Key::DigitsWrong).to_owned());
            ui::focus(id);
            return;
        }
        wrong.set(String::new());
        background(async move {
            match load(by).await {
                Ok(found) => drop(opened.try_set(Some(found))),
                Err(says) => drop(wrong.try_set(says)),
            }
        });
    };
    let closed = move || {
        let bad = move || !wrong.with(String::is_empty);
        let (hint, problem) = (format!("{id}-hint"), format!("{id}-problem"));
        let described = format!("{hint} {problem}");
        html! {
            <form on:submit=open.clone() class="panel no-print">
                <h2>{t(title)}</h2>
                <div class="field" class:bad=bad>
                    <label class="label" for=id>{t(Key::DigitsLabel)}</label>
                    <p class="hint" id=hint>{t(Key::DigitsHint)}</p>
                    <p class="bad-text" id=problem role="alert">{move || wrong.get()}</p>
                    <input type="text" id=id inputmode="numeric" autocomplete="off" maxlength="6" class="short"
                        aria-describedby=described aria-invalid=move || bad().to_string()
                        prop:value=move || digits.get() on:input=move |event| digits.set(typed(&event)) />
                </div>
                <button class="button">{t(go)}</button>
            </form>
        }
    };
    html! { {move || match opened.get() {
        None => closed(),
        Some(found) => draw(found),
    }} }
}

/// What the API says of a refusal.
pub fn said(answer: &Answer) -> String {
    match serde_json::from_str::<wire::Problem>(&answer.body) {
        Ok(problem) => format!("{}. {}", problem.title, problem.detail),
        Err(_) => t(Key::FrameFailed).to_owned(),
    }
}

//! The last digits of the telephone number: what they open is told to nobody who has the code alone. The account that sent the
//! dossier is not asked for them.

use crate::client::Answer;
use crate::task::background;
use text::Key;
use ui::focus::typed;
use ui::prelude::*;
use ui::t;
use ui::{Html, html};
use wire::ByCode;

/// Asks for them, opens with them, and draws what was opened in place of the question. `load` gives that or what went wrong,
/// in words; `id` names the box on this page, and `own` tells whether the account that is signed in sent the dossier.
pub fn ask<T, F>(
    id: &'static str,
    (title, go): (Key, Key),
    (code, own): (&str, bool),
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
    let asks = RwSignal::new(!own);
    let code = code.to_owned();
    let open = move |event: web_sys::Event| {
        event.prevent_default();
        let by = ByCode { code: code.clone(), digits: digits.get_untracked() };
        if asks.get_untracked() && by.digits.chars().filter(char::is_ascii_digit).count() != 4 {
            wrong.set(t(Key::DigitsWrong).to_owned());
            ui::focus(id);
            return;
        }
        wrong.set(String::new());
        background(async move {
            match load(by).await {
                Ok(found) => drop(opened.try_set(Some(found))),
                Err(says) => {
                    wrong.try_set(says);
                    // Where the session is over meanwhile, the digits open it still.
                    asks.try_set(true);
                }
            }
        });
    };
    let closed = move || {
        let bad = move || !wrong.with(String::is_empty);
        let (hint, problem) = (format!("{id}-hint"), format!("{id}-problem"));
        let described = format!("{hint} {problem}");
        let field = move || {
            let (hint, problem, described) = (hint.clone(), problem.clone(), described.clone());
            html! {
                <div class="field" class:bad=bad>
                    <label class="label" for=id>{t(Key::DigitsLabel)}</label>
                    <p class="hint" id=hint>{t(Key::DigitsHint)}</p>
                    <p class="bad-text" id=problem role="alert">{move || wrong.get()}</p>
                    <input type="text" id=id inputmode="numeric" autocomplete="off" maxlength="6" class="short"
                        aria-describedby=described aria-invalid=move || bad().to_string()
                        prop:value=move || digits.get() on:input=move |event| digits.set(typed(&event)) />
                </div>
            }
        };
        let known = || html! { <p class="hint">{t(Key::WithAccountNoDigits)}</p> };
        html! {
            <form on:submit=open.clone() class="panel no-print">
                <h2>{t(title)}</h2>
                {move || if asks.get() { field() } else { known() }}
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

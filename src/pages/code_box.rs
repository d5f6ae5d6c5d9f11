//! The box into which a code is typed, with what is wrong with it and the button that asks.

use text::Key;
use ui::focus::typed;
use ui::prelude::*;
use ui::t;
use ui::{Html, html};

/// What is said around the box.
#[derive(Clone, Copy)]
pub struct Says {
    /// Its label.
    pub label: Key,
    /// The hint below it.
    pub hint: Key,
    /// The button.
    pub go: Key,
}

/// Draws it. `wrong` is what is wrong with the code, empty when nothing is.
pub fn code_box(says: Says, code: RwSignal<String>, wrong: Memo<String>, submit: impl FnMut() + 'static) -> Html {
    let bad = move || wrong.with(|wrong| !wrong.is_empty());
    let mut submit = submit;
    let asked = move |event: web_sys::Event| {
        event.prevent_default();
        submit();
    };
    html! {
        <form on:submit=asked>
            <div class="field" class:bad=bad>
                <label class="label" for="code">{t(says.label)}</label>
                <p class="hint" id="code-hint">{t(says.hint)}</p>
                <p class="bad-text" id="code-problem" role="alert">{move || wrong.get()}</p>
                <input type="text" id="code" class="code-box" autocomplete="off" autocapitalize="characters" spellcheck="false"
                    aria-describedby="code-hint code-problem" aria-invalid=move || bad().to_string()
                    prop:value=move || code.get() on:input=move |event| code.set(typed(&event)) />
            </div>
            <button class="button">{t(says.go)}</button>
        </form>
    }
}

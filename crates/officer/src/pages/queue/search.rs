//! Searching for a dossier by mã hồ sơ or name. What is searched for stands in the address, like every filter.

use crate::app::app;
use crate::client::{Failure, Request};
use crate::route::{Filter, Page};
use crate::task::background;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::Found;

/// The field, with what is searched for now.
pub fn field(filter: &Filter) -> Html {
    let words = RwSignal::new(filter.search.clone());
    let to = filter.clone();
    let search = move |event: web_sys::Event| {
        event.prevent_default();
        let search = words.get_untracked().trim().to_owned();
        app().route.go(Page::Queue(Filter { search, ..to.clone() }));
    };
    html! {
        <form class="filter" role="search" on:submit=search>
            <label for="search">"Tìm theo tên hoặc số hồ sơ"</label>
            <input type="search" id="search" autocomplete="off" maxlength="100" prop:value=words.get_untracked() on:input=move |event| words.set(typed(&event)) />
            <button class="button quiet">"Tìm"</button>
        </form>
    }
}

/// What was found.
pub fn results(filter: &Filter) -> Html {
    let found = RwSignal::new(None::<Result<Found, Failure>>);
    let path = format!("/api/v1/desk/search?q={}", String::from(js_sys::encode_uri_component(&filter.search)));
    let load = move || {
        found.set(None);
        let path = path.clone();
        background(async move {
            let answer = Request::get(path).json::<Found>().await;
            if let Ok(answer) = &answer {
                app().told.set(format!("Tìm thấy {} hồ sơ", answer.rows.len()));
            }
            // The officer may have gone elsewhere meanwhile.
            found.try_set(Some(answer));
        });
    };
    load();
    let back = Page::Queue(Filter { search: String::new(), ..filter.clone() });
    let searched = filter.search.clone();
    let inside = move || match found.get() {
        None => super::super::loading(),
        Some(Err(failure)) => {
            let load = load.clone();
            super::super::failed(&failure, move |_| load())
        }
        Some(Ok(Found { rows, more })) => {
            let count = match (rows.len(), more) {
                (0, _) => format!("Không có hồ sơ nào khớp với “{searched}” trong những hồ sơ bạn được xem."),
                (count, true) => format!("{count} hồ sơ mới nhất. Hãy nhập thêm chữ để thấy đúng hồ sơ cần tìm."),
                (count, false) => format!("{count} hồ sơ"),
            };
            html! { <p class="hint" role="status">{count}</p>{super::plain_table(&rows)} }
        }
    };
    html! { <p><a class="back" href=back.address()>"‹ Danh sách việc"</a></p>{inside} }
}

//! From which day until which: chosen by a form or a link, and kept in the address.

use crate::app::app;
use crate::clock;
use crate::route::{Page, Period};
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};

/// The period with both of its days: until it is chosen, this month so far.
pub fn whole(asked: &Period) -> Period {
    let month = this_month();
    let or = |day: &String, other: String| if day.is_empty() { other } else { day.clone() };
    Period { from: or(&asked.from, month.from), until: or(&asked.until, month.until) }
}

fn this_month() -> Period {
    let today = clock::now().date();
    Period { from: format!("{:04}-{:02}-01", today.year, today.month), until: today.to_string() }
}

/// The form of the period, with the periods asked for most often; each leads to a page.
pub fn choice(period: &Period, page: impl Fn(Period) -> Page + Copy + 'static) -> Html {
    let from = RwSignal::new(period.from.clone());
    let until = RwSignal::new(period.until.clone());
    let wrong = RwSignal::new("");
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        let chosen = Period { from: from.get_untracked(), until: until.get_untracked() };
        // Days written so stand in the order of their letters.
        if chosen.from.is_empty() || chosen.until.is_empty() {
            wrong.set("Hãy chọn cả hai ngày.");
            ui::focus(if chosen.from.is_empty() { "from" } else { "until" });
        } else if chosen.until < chosen.from {
            wrong.set("Ngày cuối phải bằng hoặc sau ngày đầu.");
            ui::focus("until");
        } else {
            app().route.go(page(chosen));
        }
    };
    let today = clock::now().date();
    let monday = today.add_days(1 - i32::from(today.weekday()));
    let until_today = |from: String| Period { from, until: today.to_string() };
    let quick: Vec<_> = [
        ("Hôm nay", until_today(today.to_string())),
        ("Tuần này", until_today(monday.to_string())),
        ("Tháng này", this_month()),
    ]
    .into_iter()
    .map(|(says, to)| {
        let current = (to == *period).then(|| "true".to_owned());
        html! { <li><a href=page(to).address() aria-current=current>{says}</a></li> }
    })
    .collect();
    html! {
        <nav class="tabs" aria-label="Chọn nhanh kỳ"><ul>{quick}</ul></nav>
        <form class="period" on:submit=submit novalidate>
            <div>
                <label class="label" for="from">"Từ ngày"</label>
                <input type="date" id="from" aria-describedby="period-problem" prop:value=period.from.clone()
                    on:input=move |event| from.set(typed(&event)) />
            </div>
            <div>
                <label class="label" for="until">"Đến hết ngày"</label>
                <input type="date" id="until" aria-describedby="period-problem" prop:value=period.until.clone()
                    on:input=move |event| until.set(typed(&event)) />
            </div>
            <button class="button quiet small">"Xem"</button>
            <p class="bad-text" id="period-problem" role="alert">{move || wrong.get()}</p>
        </form>
    }
}

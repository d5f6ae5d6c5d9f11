//! Home: what is going on, the search, and the list of procedures by field.

use super::{drawing, waiting};
use crate::clock;
use crate::route::{Page, Part};
use crate::state::draft::{self, Draft};
use crate::state::receipts::{self, KeptReceipt};
use crate::state::{catalogue, outbox};
use crate::task::background;
use procedure::calendar::Moment;
use procedure::catalogue::{Catalogue, Listed};
use procedure::search::{Entry, search};
use std::sync::Arc;
use text::Key;
use text::amount::days;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};

pub fn draw() -> Html {
    crate::app::title(t(Key::HomeTitle));
    waiting(|| {
        Box::pin(async {
            let catalogue = catalogue::catalogue().await?;
            drawing(move || with(&catalogue))
        })
    })
}

fn with(catalogue: &Arc<Catalogue>) -> Html {
    let query = RwSignal::new(String::new());
    let results = {
        let catalogue = catalogue.clone();
        move || {
            let query = query.get();
            let found = matches(&query, &catalogue);
            if query.trim().is_empty() {
                grouped(&catalogue)
            } else if found.is_empty() {
                let told = fill(Key::HomeNothing, &[("query", query.trim())]);
                html! { <p role="status">{told}</p>{grouped(&catalogue)} }
            } else {
                let told = fill(Key::HomeFound, &[("count", &found.len().to_string())]);
                html! { <p class="hint" role="status">{told}</p>{list(found.iter().map(|place| &catalogue.procedures[*place]))} }
            }
        }
    };
    // Enter in the search opens the first match, as people expect of a search.
    let submit = {
        let catalogue = catalogue.clone();
        move |event: web_sys::Event| {
            event.prevent_default();
            if let Some(place) = query.with_untracked(|query| matches(query, &catalogue).first().copied()) {
                crate::app::app().route.go(Page::Procedure(catalogue.procedures[place].stored.id.clone()));
            }
        }
    };
    html! {
        <h1>{t(Key::HomeTitle)}</h1>
        <form class="search" role="search" on:submit=submit>
            <label class="unseen" for="search">{t(Key::HomeSearch)}</label>
            <input type="search" id="search" autocomplete="off" enterkeyhint="search" placeholder=t(Key::HomeSearch)
                aria-describedby="search-hint" on:input=move |event| query.set(typed(&event)) />
            <button class="go">{t(Key::HomeSearchGo)}</button>
        </form>
        <p class="hint" id="search-hint">{t(Key::HomeSearchHint)}</p>
        // Without its slash the link is the browser's: those pages are none of this program's.
        <p><a href="dich-vu">{t(Key::ServicesAll)}</a></p>
        <p><a href="account">{t(Key::OwnPageTitle)}</a></p>
        {on_this_phone()}
        {results}
        <p><a href="/open-draft">{t(Key::OpenDraftTitle)}</a></p>
    }
}

fn matches(query: &str, catalogue: &Catalogue) -> Vec<usize> {
    // The common name stands among the keywords, so that both names are searched.
    let words: Vec<Vec<String>> = catalogue
        .procedures
        .iter()
        .map(|listed| listed.keywords.iter().chain([&listed.short, &listed.field]).cloned().collect())
        .collect();
    let entries: Vec<Entry<'_>> = catalogue
        .procedures
        .iter()
        .zip(&words)
        .map(|(listed, keywords)| Entry { name: &listed.name, keywords })
        .collect();
    search(query, &entries)
}

fn grouped(catalogue: &Catalogue) -> Html {
    let mut fields: Vec<&str> = Vec::new();
    for listed in &catalogue.procedures {
        if !fields.contains(&listed.field.as_str()) {
            fields.push(&listed.field);
        }
    }
    let groups: Vec<_> = fields
        .into_iter()
        .map(|field| {
            let rows = list(catalogue.procedures.iter().filter(|listed| listed.field == field));
            html! { <h2>{field.to_owned()}</h2>{rows} }
        })
        .collect();
    html! { {groups} }
}

fn list<'a>(rows: impl Iterator<Item = &'a Listed>) -> Html {
    let rows: Vec<_> = rows
        .map(|listed| {
            let href = Page::Procedure(listed.stored.id.clone()).path();
            let time = fill(Key::ProcedureHalfDays, &[("days", &days(listed.quarter_days))]);
            let about = fill(Key::HomeAbout, &[("days", &time), ("fee", &listed.fee)]);
            html! { <li><a href=href>{listed.short.clone()}</a><small>{listed.summary.clone()}</small><small>{about}</small></li> }
        })
        .collect();
    html! { <ul class="list">{rows}</ul> }
}

/// Drafts and receipts of this phone, and word of drafts the browser has thrown away.
fn on_this_phone() -> Html {
    let drafts = RwSignal::new(Vec::<Draft>::new());
    let sent = RwSignal::new(Vec::<KeptReceipt>::new());
    let lost = RwSignal::new(false);
    let load = move || {
        background(async move {
            let kept = draft::all().await;
            lost.try_set(draft::lost(&kept));
            drafts.try_set(kept);
            sent.try_set(receipts::all().await);
        });
    };
    load();
    let begun = move || drafts.get().into_iter().map(|draft| begun(draft, load)).collect::<Vec<_>>();
    let kept = move || {
        let rows: Vec<_> = sent.get().iter().map(sent_row).collect();
        (!rows.is_empty()).then(|| html! { <h2>{t(Key::HomeSent)}</h2><ul class="list">{rows}</ul> })
    };
    let told = move || lost.get().then(|| html! { <div class="warning" role="alert"><p>{t(Key::SavedLost)}</p></div> });
    html! { {told}{begun}{kept} }
}

fn begun(draft: Draft, reload: impl Fn() + Copy + Send + Sync + 'static) -> Html {
    let asks = RwSignal::new(false);
    let queued = draft.queued;
    let href = Page::Draft(draft.key.clone(), if queued { Part::Send } else { Part::Tasks }).path();
    let refused = RwSignal::new(false);
    if queued {
        let key = draft.key.clone();
        background(async move {
            refused.try_set(outbox::refused(&key).await);
        });
    }
    let waits = move || {
        queued
            .then(|| t(if refused.get() { Key::HomeRefused } else { Key::HomeQueued }))
            .map(|says| html! { <p>{says}</p> })
    };
    let hand_over = Page::Draft(draft.key.clone(), Part::HandOver).path();
    let time = Moment(draft.saved_at);
    let when = fill(Key::SavedNow, &[("time", &clock::moment(time))]);
    let name = draft.name.clone();
    let ask = {
        let name = name.clone();
        move || {
            let draft = draft.clone();
            let discard = move |_| {
                let draft = draft.clone();
                background(async move {
                    // What cannot be discarded is still there when the list is read again.
                    let _ = draft::discard(&draft).await;
                    reload();
                });
            };
            if asks.get() {
                html! {
                    <p role="alert">{fill(Key::HomeDiscardSure, &[("name", &name)])}</p>
                    <div class="row2">
                        <button type="button" class="button danger" on:click=discard>{t(Key::HomeDiscardYes)}</button>
                        <button type="button" class="button quiet" on:click=move |_| asks.set(false)>{t(Key::HomeDiscardNo)}</button>
                    </div>
                }
            } else {
                html! { <button type="button" class="link" on:click=move |_| asks.set(true)>{t(Key::HomeDiscard)}</button> }
            }
        }
    };
    html! {
        <section class="panel go-on">
            <h2>{t(Key::HomeGoOn)}</h2>
            <p><b>{name}</b><span class="caption">{when}</span></p>
            {waits}
            <a class="button" href=href>{t(if queued { Key::HomeQueuedLink } else { Key::HomeGoOnLink })}</a>
            <a href=hand_over>{t(Key::HandOverTitle)}</a>
            {ask}
        </section>
    }
}

fn sent_row(kept: &KeptReceipt) -> Html {
    let href = Page::Receipt(kept.key.clone()).path();
    let when = fill(Key::HomeSentAt, &[("time", &clock::moment(Moment(kept.sent_at)))]);
    html! { <li><a href=href>{kept.name.clone()}</a><small>{when}</small></li> }
}

//! The pages there are and their addresses; what is filtered stands in the address too, so that it can be kept and sent on.

use ui::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// A list of work.
    Queue(Filter),
    /// A dossier, by its id.
    Dossier(String),
    /// Public posting.
    Postings,
    /// What goes by post.
    Parcels,
    /// Entering dossiers that came on paper.
    Counter,
    /// The people's meetings.
    Meetings,
    /// The fees of a period; those that stand in one way, or all where that is empty.
    Payments(Period, String),
    /// The figures of a period.
    Figures(Period),
    /// Who is away, and who acts in their place.
    Absences,
    /// The officers whom an administrator manages.
    Officers,
    /// The first sign-in of an officer.
    First,
    /// No such page.
    NotFound,
}

/// Which work is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// `now`, `mine`, `late`, `near`, `stopped` or `stuck`; empty is `now`.
    pub list: String,
    /// A procedure's id; empty for all.
    pub procedure: String,
    /// What is searched for in place of a list; empty for none.
    pub search: String,
}

impl Filter {
    /// The list it names.
    pub fn list(&self) -> &str {
        if self.list.is_empty() { "now" } else { &self.list }
    }

    /// As the part of an address behind `?`, with the question mark; empty for what needs none.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.list() != "now" {
            parts.push(format!("list={}", self.list()));
        }
        if !self.procedure.is_empty() {
            parts.push(format!("procedure={}", self.procedure));
        }
        if !self.search.is_empty() {
            parts.push(format!("q={}", String::from(js_sys::encode_uri_component(&self.search))));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// From which day until which, as they stand in an address: 2026-11-01.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; empty for the first of this month.
    pub from: String,
    /// The last day; empty for today.
    pub until: String,
}

impl Period {
    /// As the part of an address behind `?`, with the question mark; empty for what needs none.
    pub fn query(&self) -> String {
        let named = [("from", &self.from), ("until", &self.until)];
        let said = named.iter().filter(|(_, day)| !day.is_empty());
        let parts: Vec<String> = said.map(|(name, day)| format!("{name}={day}")).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

impl Page {
    /// The page at an address.
    fn at(path: &str, query: &str) -> Self {
        let given = |name: &str| UrlSearchParams::new_with_str(query).ok().and_then(|query| query.get(name));
        let asked = |name: &str| {
            let value = given(name);
            // What goes into the next address is made of these signs alone.
            let plain = |text: &String| text.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
            value.filter(plain).unwrap_or_default()
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["officer"] => Self::Queue(Filter {
                list: asked("list"),
                procedure: asked("procedure"),
                search: given("q").unwrap_or_default().chars().take(100).collect(),
            }),
            ["officer", "dossiers", id] => Self::Dossier((*id).to_owned()),
            ["officer", "postings"] => Self::Postings,
            ["officer", "parcels"] => Self::Parcels,
            ["officer", "counter"] => Self::Counter,
            ["officer", "meetings"] => Self::Meetings,
            ["officer", "payments"] => {
                Self::Payments(Period { from: asked("from"), until: asked("until") }, asked("standing"))
            }
            ["officer", "figures"] => Self::Figures(Period { from: asked("from"), until: asked("until") }),
            ["officer", "absences"] => Self::Absences,
            ["officer", "officers"] => Self::Officers,
            ["officer", "first"] => Self::First,
            _ => Self::NotFound,
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        match self {
            Self::Queue(filter) => format!("/officer{}", filter.query()),
            Self::Dossier(id) => format!("/officer/dossiers/{id}"),
            Self::Postings => "/officer/postings".to_owned(),
            Self::Parcels => "/officer/parcels".to_owned(),
            Self::Counter => "/officer/counter".to_owned(),
            Self::Meetings => "/officer/meetings".to_owned(),
            Self::Payments(period, standing) if standing.is_empty() => format!("/officer/payments{}", period.query()),
            Self::Payments(period, standing) => {
                let query = period.query();
                let sign = if query.is_empty() { '?' } else { '&' };
                format!("/officer/payments{query}{sign}standing={standing}")
            }
            Self::Figures(period) => format!("/officer/figures{}", period.query()),
            Self::Absences => "/officer/absences".to_owned(),
            Self::Officers => "/officer/officers".to_owned(),
            Self::First => "/officer/first".to_owned(),
            Self::NotFound => "/officer".to_owned(),
        }
    }
}

/// Where the site is. Links inside the site change it instead of loading a page anew.
#[derive(Clone, Copy)]
pub struct Route {
    page: RwSignal<Page>,
    /// The list the officer came from, to go back to.
    from: RwSignal<Filter>,
}

impl Route {
    /// Starts at the browser's address and follows its back button and the site's links.
    pub fn follow() -> Self {
        let route = Self { page: RwSignal::new(here()), from: RwSignal::new(Filter::default()) };
        let back = Closure::<dyn FnMut()>::new(move || route.set(here()));
        let click = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event| route.take_over(&event));
        // Both listeners live as long as the page.
        let _ = window().add_event_listener_with_callback("popstate", back.into_js_value().unchecked_ref());
        let _ = window().add_event_listener_with_callback("click", click.into_js_value().unchecked_ref());
        route
    }

    /// The page to draw.
    pub fn page(self) -> Page {
        self.page.get()
    }

    /// The same without following it.
    pub fn peek(self) -> Page {
        self.page.get_untracked()
    }

    /// The list the officer came from.
    pub fn from(self) -> Page {
        Page::Queue(self.from.get())
    }

    /// The same without following it.
    pub fn peek_from(self) -> Page {
        Page::Queue(self.from.get_untracked())
    }

    /// Goes to a page.
    pub fn go(self, page: Page) {
        if let Ok(history) = window().history() {
            // A browser that refuses the address still shows the page.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&page.address()));
        }
        self.set(page);
    }

    /// Goes to a page in place of this one.
    pub fn replace(self, page: Page) {
        if let Ok(history) = window().history() {
            // A browser that refuses the address still shows the page.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page.address()));
        }
        self.set(page);
    }

    fn set(self, page: Page) {
        if let Page::Queue(filter) = &page {
            self.from.set(filter.clone());
        }
        self.page.set(page);
    }

    /// A plain click on a link of this site; anything else is the browser's.
    fn take_over(self, event: &web_sys::MouseEvent) {
        if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key()
        {
            return;
        }
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        if href == "/officer" || href.starts_with("/officer/") || href.starts_with("/officer?") {
            event.prevent_default();
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            self.go(Page::at(path, query));
        }
    }
}

/// The page at the browser's address.
fn here() -> Page {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    Page::at(&path, &location.search().unwrap_or_default())
}

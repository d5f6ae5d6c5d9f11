//! The pages there are, and their addresses. A small router of our own: leptos_router would add 47 KB to the wasm.

use crate::app::app;
use ui::prelude::*;
use wasm_bindgen::prelude::*;

/// The programs the site is made of. `public/boot.js` starts the one an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// All up to the forms.
    First,
    /// What comes after them, and beside them.
    Later,
    /// What hardly anybody needs: to another phone and from one, and checking a receipt. It alone carries what reads
    /// signatures and makes QR pictures.
    Aside,
}

/// Stands behind the address of a step that somebody opens from the look-over to mend it.
pub const MENDS: &str = "?mend";

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// What do you need?
    Home,
    /// A procedure, by id.
    Procedure(String),
    /// May I, and how much? By the procedure's id.
    Eligibility(String),
    /// Follow a dossier.
    Track,
    /// What was sent from this phone, by the draft's key.
    Receipt(String),
    /// Is this receipt ours, and unchanged? One of this phone by the draft's key, or whichever is brought.
    CheckReceipt(String),
    /// A draft comes from another phone.
    OpenDraft,
    /// A draft, by its key, and the part of it.
    Draft(String, Part),
    /// No such page.
    NotFound,
}

/// A part of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Which agency receives it.
    Agency,
    /// A step of the guiding questions, by id.
    Case(String),
    /// Where the case leads.
    Outcome,
    /// The list of what is to do.
    Tasks,
    /// A step of a form: form and step, by id.
    Form(String, String),
    /// Papers.
    Papers,
    /// A photograph of a paper, by its number in the draft; the first program need not know what a number is.
    Photo(String),
    /// To another phone.
    HandOver,
    /// Check answers.
    Check,
    /// Sending.
    Send,
}

impl Page {
    /// The page at an address.
    pub fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["procedures", id] => Self::Procedure((*id).to_owned()),
            ["procedures", id, "eligibility"] => Self::Eligibility((*id).to_owned()),
            ["track"] => Self::Track,
            ["receipts", key] => Self::Receipt((*key).to_owned()),
            ["receipts", key, "check"] => Self::CheckReceipt((*key).to_owned()),
            ["check-receipt"] => Self::CheckReceipt(String::new()),
            ["open-draft"] => Self::OpenDraft,
            ["drafts", key, rest @ ..] => {
                Part::at(rest).map_or(Self::NotFound, |part| Self::Draft((*key).to_owned(), part))
            }
            _ => Self::NotFound,
        }
    }

    /// The program that draws it.
    pub fn program(&self) -> Program {
        match self {
            Self::Home | Self::Procedure(_) | Self::NotFound => Program::First,
            Self::Eligibility(_) | Self::Track | Self::Receipt(_) => Program::Later,
            Self::CheckReceipt(_) | Self::OpenDraft => Program::Aside,
            Self::Draft(_, part) => match part {
                Part::Papers | Part::Photo(_) | Part::Check | Part::Send => Program::Later,
                Part::HandOver => Program::Aside,
                Part::Agency | Part::Case(_) | Part::Outcome | Part::Tasks | Part::Form(..) => Program::First,
            },
        }
    }

    /// Its address.
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::Procedure(id) => format!("/procedures/{id}"),
            Self::Eligibility(id) => format!("/procedures/{id}/eligibility"),
            Self::Track => "/track".to_owned(),
            Self::Receipt(key) => format!("/receipts/{key}"),
            Self::CheckReceipt(key) if key.is_empty() => "/check-receipt".to_owned(),
            Self::CheckReceipt(key) => format!("/receipts/{key}/check"),
            Self::OpenDraft => "/open-draft".to_owned(),
            Self::Draft(key, part) => format!("/drafts/{key}/{}", part.path()),
        }
    }
}

impl Part {
    fn at(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["agency"] => Self::Agency,
            ["case", step] => Self::Case((*step).to_owned()),
            ["outcome"] => Self::Outcome,
            [] | ["tasks"] => Self::Tasks,
            ["forms", form, step] => Self::Form((*form).to_owned(), (*step).to_owned()),
            ["papers"] => Self::Papers,
            ["papers", number] => Self::Photo((*number).to_owned()),
            ["hand-over"] => Self::HandOver,
            ["check"] => Self::Check,
            ["send"] => Self::Send,
            _ => return None,
        })
    }

    fn path(&self) -> String {
        match self {
            Self::Agency => "agency".to_owned(),
            Self::Case(step) => format!("case/{step}"),
            Self::Outcome => "outcome".to_owned(),
            Self::Tasks => "tasks".to_owned(),
            Self::Form(form, step) => format!("forms/{form}/{step}"),
            Self::Papers => "papers".to_owned(),
            Self::Photo(number) => format!("papers/{number}"),
            Self::HandOver => "hand-over".to_owned(),
            Self::Check => "check".to_owned(),
            Self::Send => "send".to_owned(),
        }
    }
}

/// Where the site is. Links inside the site change it instead of loading a page anew.
#[derive(Clone, Copy)]
pub struct Route(RwSignal<Page>);

impl Route {
    /// Starts at the browser's address and follows its back button and the site's links.
    pub fn follow() -> Self {
        let route = Self(RwSignal::new(Page::at(&address())));
        let back = Closure::<dyn FnMut()>::new(move || route.0.set(Page::at(&address())));
        let click = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event| route.take_over(&event));
        if let Some(window) = web_sys::window() {
            // Both listeners live as long as the page.
            let _ = window.add_event_listener_with_callback("popstate", back.into_js_value().unchecked_ref());
            let _ = window.add_event_listener_with_callback("click", click.into_js_value().unchecked_ref());
        }
        route
    }

    /// The page to draw.
    pub fn page(self) -> Page {
        self.0.get()
    }

    /// Goes to a page.
    pub fn go(self, page: Page) {
        self.change(page, false);
    }

    /// Goes to a page in place of this one, so that "back" does not return here.
    pub fn replace(self, page: Page) {
        self.change(page, true);
    }

    fn change(self, page: Page, replace: bool) {
        let path = page.path();
        if page.program() != app().program {
            leave(path, replace);
            return;
        }
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            // A browser that refuses the address still shows the page.
            let _ = if replace {
                history.replace_state_with_url(&JsValue::NULL, "", Some(&path))
            } else {
                history.push_state_with_url(&JsValue::NULL, "", Some(&path))
            };
        }
        self.0.set(page);
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
        if href.starts_with('/') && !href.starts_with("//") {
            event.prevent_default();
            let page = Page::at(href.split('?').next().unwrap_or_default());
            if page.program() == app().program { self.go(page) } else { leave(href, false) }
        }
    }
}

/// Leaves for a page of the other program, once everything typed is on the disk: that program reads it from there.
fn leave(path: String, replace: bool) {
    crate::state::draft::when_kept(move |kept| {
        // What the phone refuses to keep must not be left: it is nowhere else, and the page says so.
        if let Some(window) = web_sys::window().filter(|_| kept) {
            let location = window.location();
            // A browser that refuses to go leaves the person where nothing is lost.
            let _ = if replace { location.replace(&path) } else { location.assign(&path) };
        }
    });
}

fn address() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_an_address_and_every_address_its_page() {
        for page in [
            Page::Home,
            Page::Procedure("ho-tro-chi-phi-mai-tang".to_owned()),
            Page::Eligibility("ho-tro-chi-phi-mai-tang".to_owned()),
            Page::Track,
            Page::Receipt("k".to_owned()),
            Page::CheckReceipt(String::new()),
            Page::CheckReceipt("k".to_owned()),
            Page::OpenDraft,
            Page::Draft("k".to_owned(), Part::Agency),
            Page::Draft("k".to_owned(), Part::Case("ai".to_owned())),
            Page::Draft("k".to_owned(), Part::Outcome),
            Page::Draft("k".to_owned(), Part::Tasks),
            Page::Draft("k".to_owned(), Part::Form("nd20-04".to_owned(), "nguoi-mat".to_owned())),
            Page::Draft("k".to_owned(), Part::Papers),
            Page::Draft("k".to_owned(), Part::Photo("3".to_owned())),
            Page::Draft("k".to_owned(), Part::HandOver),
            Page::Draft("k".to_owned(), Part::Check),
            Page::Draft("k".to_owned(), Part::Send),
        ] {
            assert_eq!(Page::at(&page.path()), page);
        }
        for path in ["/x", "/procedures", "/drafts/k/forms/x", "/drafts/k/papers/3/x", "/track/7K3M"] {
            assert_eq!(Page::at(path), Page::NotFound, "{path}");
        }
    }
}

//! Elements of the page, all of one type: made at once, kept up to date by Leptos' effects.
//!
//! Written with `html!` (crate `markup`). Leptos' own views give every element a type of its own, which the citizen's
//! wasm paid for with 200 KB: see `docs/decisions/0003-one-type-of-element.md`.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, Node};

/// Part of a page: an element, or several parts beside each other.
#[derive(Clone)]
pub struct Html(Node);

impl Html {
    /// Nothing at all.
    #[must_use]
    pub fn none() -> Self {
        fragment().done()
    }

    /// Puts it into an element of the page.
    pub fn mount(self, place: &Element) {
        append(place, &self.0);
    }
}

/// An element in the making.
pub struct Making(Node);

/// Begins an element.
#[must_use]
pub fn element(name: &str) -> Making {
    let document = document();
    // Pictures live in their own namespace; a browser draws nothing without it.
    let made = match name {
        "svg" | "path" => document.create_element_ns(Some("http://www.w3.org/2000/svg"), name),
        _ => document.create_element(name),
    };
    // Names come from our own pages, and all of them are real elements.
    Making(made.map_or_else(|_| document.create_document_fragment().into(), Into::into))
}

/// Begins several parts beside each other.
#[must_use]
pub fn fragment() -> Making {
    Making(document().create_document_fragment().into())
}

impl Making {
    /// An attribute: a text, whether it is there, or a function of signals that gives one.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl IntoAttr) -> Self {
        let element = self.element();
        watch(value.into_attr(), move |text| {
            // Names come from our own pages, and all of them are real attributes.
            let _ = match text {
                Some(text) => element.set_attribute(name, &text),
                None => element.remove_attribute(name),
            };
        });
        self
    }

    /// An attribute that is written out in the page.
    #[must_use]
    pub fn fixed(self, name: &str, value: &str) -> Self {
        // Names come from our own pages, and all of them are real attributes.
        let _ = self.0.unchecked_ref::<Element>().set_attribute(name, value);
        self
    }

    /// A class that is there only while the function says so.
    #[must_use]
    pub fn class_when(self, name: &'static str, when: impl Fn() -> bool + 'static) -> Self {
        let list = self.element().class_list();
        watch(Attr::Live(Box::new(move || when().then(String::new))), move |text| {
            let _ = list.toggle_with_force(name, text.is_some());
        });
        self
    }

    /// What an input holds.
    #[must_use]
    pub fn value(self, value: impl IntoAttr) -> Self {
        self.property("value", value.into_attr(), |text| text.unwrap_or_default().into())
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn checked(self, value: impl IntoAttr) -> Self {
        self.property("checked", value.into_attr(), |text| text.is_some().into())
    }

    fn property(self, name: &'static str, value: Attr, of: fn(Option<String>) -> JsValue) -> Self {
        let element = self.element();
        watch(value, move |text| {
            let now = of(text);
            // Setting what is already there would move the cursor of the person typing.
            if js_sys::Reflect::get(&element, &name.into()).is_ok_and(|before| before != now) {
                let _ = js_sys::Reflect::set(&element, &name.into(), &now);
            }
        });
        self
    }

    /// What happens on an event.
    #[must_use]
    pub fn on(self, name: &str, listener: impl FnMut(Event) + 'static) -> Self {
        let listener: Box<dyn FnMut(Event)> = Box::new(listener);
        // The browser lets the function go together with the element.
        let _ = self.0.add_event_listener_with_callback(name, Closure::wrap(listener).into_js_value().unchecked_ref());
        self
    }

    /// What stands inside.
    #[must_use]
    pub fn child(self, child: impl Child) -> Self {
        child.put(&self.0);
        self
    }

    /// The finished part.
    #[must_use]
    pub fn done(self) -> Html {
        Html(self.0)
    }

    fn element(&self) -> Element {
        self.0.clone().unchecked_into()
    }
}

/// The value of an attribute.
pub enum Attr {
    /// It never changes; nothing means the attribute is not there.
    Fixed(Option<String>),
    /// It follows signals.
    Live(Box<dyn Fn() -> Option<String>>),
}

/// What may be written as the value of an attribute.
pub trait IntoAttr {
    /// The value.
    fn into_attr(self) -> Attr;
}

impl IntoAttr for &str {
    fn into_attr(self) -> Attr {
        Attr::Fixed(Some(self.to_owned()))
    }
}

impl IntoAttr for String {
    fn into_attr(self) -> Attr {
        Attr::Fixed(Some(self))
    }
}

impl IntoAttr for Option<String> {
    fn into_attr(self) -> Attr {
        Attr::Fixed(self)
    }
}

impl IntoAttr for bool {
    fn into_attr(self) -> Attr {
        Attr::Fixed(self.then(String::new))
    }
}

impl<F, V> IntoAttr for F
where
    F: Fn() -> V + 'static,
    V: IntoAttr,
{
    fn into_attr(self) -> Attr {
        Attr::Live(Box::new(move || match self().into_attr() {
            Attr::Fixed(text) => text,
            Attr::Live(text) => text(),
        }))
    }
}

/// What may stand inside an element.
pub trait Child {
    /// Puts it at the end of the parent.
    fn put(self, parent: &Node);
}

impl Child for Html {
    fn put(self, parent: &Node) {
        append(parent, &self.0);
    }
}

impl Child for &str {
    fn put(self, parent: &Node) {
        append(parent, &document().create_text_node(self));
    }
}

impl Child for String {
    fn put(self, parent: &Node) {
        self.as_str().put(parent);
    }
}

impl Child for () {
    fn put(self, _: &Node) {}
}

impl<C: Child> Child for Option<C> {
    fn put(self, parent: &Node) {
        if let Some(child) = self {
            child.put(parent);
        }
    }
}

impl<C: Child> Child for Vec<C> {
    fn put(self, parent: &Node) {
        self.into_iter().for_each(|child| child.put(parent));
    }
}

impl<F, C> Child for F
where
    F: Fn() -> C + 'static,
    C: Child,
{
    fn put(self, parent: &Node) {
        live(parent, Box::new(move |into| self().put(into)));
    }
}

/// A part drawn anew whenever a signal it reads changes, between two marks that stay.
fn live(parent: &Node, draw: Box<dyn Fn(&Node)>) {
    let [start, end] = [(); 2].map(|()| Node::from(document().create_comment("")));
    append(parent, &start);
    append(parent, &end);
    effect(move || {
        while let Some(old) = start.next_sibling().filter(|old| *old != end) {
            old.unchecked_ref::<Element>().remove();
        }
        let fresh = Node::from(document().create_document_fragment());
        draw(&fresh);
        if let Some(parent) = end.parent_node() {
            // The mark is a child of its own parent, so that this cannot be refused.
            let _ = parent.insert_before(&fresh, Some(&end));
        }
    });
}

fn watch(value: Attr, set: impl Fn(Option<String>) + 'static) {
    match value {
        Attr::Fixed(text) => set(text),
        Attr::Live(text) => effect(move || set(text())),
    }
}

/// Runs at once and after every change of what it reads, until the part of the page it belongs to goes.
fn effect(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    StoredValue::new_local(RenderEffect::new(move |_: Option<()>| run()));
}

fn append(parent: &Node, child: &Node) {
    // A part is never put into itself, which is all that could be refused.
    let _ = parent.append_child(child);
}

fn document() -> Document {
    leptos::prelude::document()
}
